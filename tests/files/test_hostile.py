"""Files that somebody made to do harm, or that are far too much: refused with a message, before they cost anything."""

from __future__ import annotations

import os
import re
import socket
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ovning import limits
from ovning.errors import InputError, Problem
from ovning.files import check_paths, load_setup
from ovning.files.source import as_source
from ovning.files.yaml12 import parse_yaml
from ovning.letters import IN_TEXT, shown
from tests.files.base import FILES, write
from tests.files.wrong import ASM, EXE, ORG, SCE, VOC

DOCS = Path(__file__).parents[2] / "docs" / "files.md"
CHARACTERS = "\x07\x1b\x00\x7f\x85\x9b\u2028\u2029\u202e\u2066"


def refused(what: Callable[[], object]) -> tuple[Problem, ...]:
    with pytest.raises(InputError) as caught:
        what()
    assert caught.value.exit_code == 3
    for problem in caught.value.problems:
        assert len(problem.message) <= 600
        assert len(problem.excerpt) <= 202
    return caught.value.problems


def said_of(name: str, data: bytes | str, folder: Path) -> tuple[Problem, ...]:
    """What loading an exercise says when one of its files holds this; a check says it too."""
    exercise = write(folder)
    (folder / name).write_bytes(data.encode() if isinstance(data, str) else data)
    problems = refused(lambda: load_setup(exercise, "smastad"))
    assert {p.message for p in problems if p.severity == "error"} <= {p.message for p in check_paths([folder])}
    return problems


def damaged(name: str, old: str, new: str, folder: Path) -> tuple[Problem, ...]:
    assert old in FILES[name]
    return said_of(name, FILES[name].replace(old, new, 1), folder)


# ---- YAML -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a: &a x\nb: [" + "*a, " * 300_000 + "]", "fler än 50000 värden när alias skrivits ut"),
        ("a: &a []\nb: [" + "*a, " * 300_000 + "]", "fler än 50000 värden när alias skrivits ut"),
        ("a: " + "[" * 10_000 + "]" * 10_000, "nästlade djupare än 40"),
        ("a: " + "{a: " * 10_000, "nästlade djupare än 40"),
        ("\n".join(" " * min(n, 190) + "a:" for n in range(10_000)), "nästlade djupare än 40"),
        ("a:\n " + "- " * 10_000 + "x", "nästlade djupare än 40"),
        ("? " * 10_000 + "x", "en nyckel måste vara ett ord"),
        ("a: " + "x" * 1_000_000, "en text på mer än 20000 tecken"),
        ("a: |\n" + " x\n" * 300_000, "en text på mer än 20000 tecken"),
        ("? " + "k" * 1_000_000 + "\n: 1", "en nyckel på mer än 200 tecken"),
        ("a: &" + "x" * 1_000_000 + " 1", "ett namn på mer än 200 tecken"),
        ("a: *" + "x" * 1_000_000, "ett namn på mer än 200 tecken"),
        ("a: !" + "x" * 1_000_000 + " 1", "ett namn på mer än 200 tecken"),
        ("a: " + "9" * 15_000, "orimligt många siffror"),
        ("a: 1e999", "för stort"),
        ("a: !!python/object/apply:os.system [x]", "taggar"),
        ("a: {<<: {b: 1}}", "sammanslagning med <<"),
        ('a: "\\e[31m"', "styrtecken (U+001B)"),
        ('"a\\0b": 1', "styrtecken (U+0000)"),
        ('a: "\\u202ex"', "styrtecken (U+202E)"),
        ('a: "\\ud800"', "omvänt snedstreck"),
        ("a: x\u2028b: 1", "styrtecken (U+2028)"),
        ("a: x\x85b: 1", "styrtecken (U+0085)"),
        ("a: x\u2066b", "styrtecken (U+2066)"),
        ("%YAML 9.9\n---\na: 1", "raden går inte att läsa som YAML"),
        ("k: 1\n" * 40_000, "”k” finns redan"),
        ("".join(f"k{n}: !!x 1\n" for n in range(20_000)), "taggar"),
    ],
)
def test_yaml_made_to_harm(text: str, message: str) -> None:
    problems = refused(lambda: parse_yaml(*as_source(text.encode("utf-8", "surrogatepass"), "prov.yaml")))
    assert message in problems[0].message
    assert len(problems) <= limits.MOST_PROBLEMS + 1
    assert all(p.line > 0 and p.column > 0 for p in problems)


@pytest.mark.parametrize("data", [b"a: \xed\xa0\x80", b"a: \xc0\xaf", b"a: \xff", b"\x00\x00\xfe\xff\x00\x00\x00a"])
def test_bytes_that_are_no_text(data: bytes, tmp_path: Path) -> None:
    (problem,) = said_of(SCE, data, tmp_path)
    assert "UTF-8" in problem.message


def test_every_hidden_character_of_a_file_is_pointed_at(tmp_path: Path) -> None:
    text = FILES[SCE].replace("title: Strömlöst", "title: Ström\x1blöst").replace("Falskt larm.", "Falskt\x07 larm.")
    problems = said_of(SCE, text, tmp_path)
    assert [p.message[:27] for p in problems] == ["ett styrtecken (U+001B) som", "ett styrtecken (U+0007) som"]
    assert (problems[0].line, problems[0].column) == (2, 13)


def test_the_excerpt_of_a_very_long_line_is_the_part_that_is_wrong(tmp_path: Path) -> None:
    line = "population: [" + "x, " * 5_000 + "!!int 5" + ", y" * 5_000 + "]"
    (problem,) = damaged(ORG, "population: 10000", line, tmp_path)
    assert "!!int 5" in problem.excerpt
    assert problem.excerpt.startswith("…")
    assert problem.excerpt.endswith("…")


@settings(max_examples=60, deadline=None)
@given(st.text(st.characters(codec="utf-8"), max_size=40))
def test_no_text_that_is_read_holds_a_hidden_character(text: str) -> None:
    quoted = "a: '" + text.replace("'", "''") + "'"
    try:
        node = parse_yaml(*as_source(quoted.encode(), "prov.yaml"))
    except InputError:
        return
    assert not IN_TEXT.search(node.mapping["a"].text or "")


@given(st.text(max_size=40))
def test_what_is_shown_holds_no_hidden_character(text: str) -> None:
    assert not IN_TEXT.search(shown(text))
    assert len(shown(text)) == len(text)


# ---- numbers --------------------------------------------------------------------------------------------------------

ALARM = "    at: 0 min\n    from"


@pytest.mark.parametrize(
    ("name", "old", "new", "message"),
    [
        (SCE, "horizon: 6 h", "horizon: 9999999999999 d", "längre än ett år"),
        (SCE, "horizon: 6 h", "horizon: 1000000000 h", "längre än ett år"),
        (SCE, "horizon: 6 h", f"horizon: {'1 h ' * 4_000}", "är ingen tid"),
        (SCE, "horizon: 6 h", f"horizon: {'9' * 15_000} h", "är ingen tid"),
        (SCE, '"2026-01-22T03:50"', '"0001-01-01T00:00"', "mellan år 1950 och 2199"),
        (SCE, '"2026-01-22T03:50"', '"9999-12-31T23:59"', "mellan år 1950 och 2199"),
        (SCE, "households: 4000", "households: 1000000000000", "högst 100000000"),
        (ORG, "population: 10000", "population: 1000000000000", "högst 100000000"),
        (ORG, "vardare: {count: 2,", "vardare: {count: 10000,", "fler än 5000 kan inte följas"),
        (SCE, "step: 15 min", "step: 0.001 s", "minst 1 s"),
        (ORG, "meeting_every: {assume: 3 h", "meeting_every: {assume: 1 s", "minst 1 min"),
        (VOC, "every: 1 h", "every: 1 s", "minst 1 min"),
        (SCE, "times: 2}", "times: 1000000000}", "högst 10000"),
        (SCE, ALARM, ALARM.replace("\n", "\n    repeat: {every: 0 s, times: 10000}\n"), "40004 inspel och uppgifter"),
        (SCE, "    step: 15 min\n    arrives:\n      per_hour: 2", "    arrives:\n      per_hour: 100000\n      #", ""),
        (ASM, "mornings_differ: {value: 0 min", "mornings_differ: {value: 366 d", "kan inte skilja sig"),
        (ASM, "ordinary_piece: {value: 20 min", "ordinary_piece: {value: 0 s", "stycken vardagsarbete"),
    ],
)
def test_numbers_that_no_play_would_get_through(name: str, old: str, new: str, message: str, tmp_path: Path) -> None:
    files = {**FILES, ORG: FILES[ORG].replace("role: executive", "role: executive\n    ordinary_load: 0.5")}
    if "per_hour: 100000" in new:
        files[SCE] = files[SCE].replace("      at_most: 200\n", "").replace("horizon: 6 h", "horizon: 9 h")
        message = "fler än 500000 går inte att spela"
    assert old in files[name]
    files[name] = files[name].replace(old, new, 1)
    problems = refused(lambda: load_setup(write(tmp_path, files), "smastad"))
    found = [p for p in problems if p.severity == "error"]
    assert message in found[0].message
    assert found[0].line > 0
    assert found[0].excerpt


@pytest.mark.parametrize(
    ("name", "old", "new", "message"),
    [
        (ORG, "units:\n", "units:\n" + "".join(f"  u{n}: {{title: U, site: s}}\n" for n in range(2_001)), "högst 2000"),
        (SCE, "variations:\n", "variations:\n" + "".join(f"  v{n}: {{title: V}}\n" for n in range(51)), "högst 50"),
        (EXE, "[smastad]", f"[{', '.join(f'o{n}' for n in range(101))}]", "högst 100"),
        (ORG, "title: Småstad (påhittad)", f"title: {'x' * 201}", "högst 200 tecken"),
    ],
)
def test_more_than_anybody_needs(name: str, old: str, new: str, message: str, tmp_path: Path) -> None:
    assert any(message in p.message for p in damaged(name, old, new, tmp_path))


def test_of_very_many_problems_the_first_are_told(tmp_path: Path) -> None:
    new = "population: 10000\n" + "".join(f"k{n}: 1\n" for n in range(3_000))
    problems = [p for p in damaged(ORG, "population: 10000", new, tmp_path) if p.severity == "error"]
    assert len(problems) == limits.MOST_PROBLEMS + 1
    assert any("det finns fler fel i filen än de 200 som visas" in p.message for p in problems)


def test_a_long_row_of_variants_or_assumptions_is_refused(tmp_path: Path) -> None:
    text = FILES[ASM].replace("pass_on: {value: 3 min", "pass_on: {value: {assume: a0}")
    text += "".join(f"a{n}: {{value: {{assume: a{n + 1}}}, range: x, reason: x}}\n" for n in range(3_000))
    problems = said_of(ASM, f"{text}a3000: {{value: 3 min, range: x, reason: x}}\n", tmp_path / "a")
    assert any("fler än 20 antaganden hänvisar till varandra" in p.message for p in problems)
    exercise = write(tmp_path / "b")
    for n in range(30):
        (tmp_path / "b" / f"organisations/o{n}.yaml").write_text(f"organisation: o{n}\nbased_on: o{n + 1}\n")
    (problem,) = refused(lambda: load_setup(exercise, "o0"))
    assert "fler än 10 varianter bygger på varandra" in problem.message


# ---- what is no file, or lies elsewhere -----------------------------------------------------------------------------


def sparse(path: Path) -> None:
    with path.open("wb") as stream:
        stream.truncate(100_000_000)


def pipe(path: Path) -> None:
    os.mkfifo(path)


def endless(path: Path) -> None:
    path.symlink_to("/dev/zero")


def ring(path: Path) -> None:
    path.symlink_to(path.name)


def plug(path: Path) -> None:
    here = Path.cwd()
    os.chdir(path.parent)  # the name of a socket may not be long
    socket.socket(socket.AF_UNIX).bind(path.name)
    os.chdir(here)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes and devices with names here")
@pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize("name", [SCE, ORG, EXE, VOC, ASM])
@pytest.mark.parametrize("make", [sparse, pipe, endless, ring, plug, Path.mkdir])
def test_what_is_no_file_is_told_of_and_not_passed_over(
    name: str, make: Callable[[Path], None], tmp_path: Path
) -> None:
    exercise = write(tmp_path)
    (tmp_path / name).unlink()
    make(tmp_path / name)
    told = [p.message for p in refused(lambda: load_setup(exercise, "smastad"))]
    patterns = {
        sparse: "filen är större än 2 MB",
        pipe: "detta är ingen vanlig fil",
        plug: "detta är ingen vanlig fil",
        endless: "länken leder ut ur mappen|ligger utanför övningens mapp",
        ring: "länken leder inte till någon fil",
    }
    pattern = patterns.get(make, "detta är en mapp, inte en fil")
    assert len(told) == 1
    assert re.search(pattern, told[0]), told


@pytest.mark.parametrize(
    "named",
    [
        "../../../etc/passwd",
        "/etc/passwd",
        "/dev/zero",
        "C:\\Windows\\x.yaml",
        "..\\..\\x.yaml",
        "\\\\server\\share\\x.yaml",
        "file:///etc/passwd",
        "~/x.yaml",
        "x" * 5_000,
        "a\nb.yaml",
    ],
)
@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        (EXE, "scenario: scenario.yaml", "scenario: {}"),
        (EXE, "[smastad]", "[{}]"),
        (ORG, "population:", "based_on: {}\npopulation:"),
    ],
)
def test_files_named_elsewhere_are_not_read(name: str, old: str, new: str, named: str, tmp_path: Path) -> None:
    quoted = '"' + named.replace("\\", "\\\\").replace("\n", "\\n") + '"'
    files = {**FILES, name: FILES[name].replace(old, new.format(quoted), 1)}
    write(tmp_path, files)
    problems = [p for p in check_paths([tmp_path]) if p.severity == "error"]
    assert len(problems) == 1
    assert re.search(r"utanför övningens mapp|finns inte|ingen sökväg|hittar ingen", problems[0].message)
    assert problems[0].line > 0
    assert "root:" not in problems[0].excerpt


def test_a_link_in_a_checked_folder_does_not_show_what_lies_elsewhere(tmp_path: Path) -> None:
    write(tmp_path / "inne")
    (tmp_path / "hemligt.yaml").write_text("losenord: 1\n", encoding="utf-8")
    (tmp_path / "inne" / "organisations" / "x.yaml").symlink_to(tmp_path / "hemligt.yaml")
    (problem,) = (p for p in check_paths([tmp_path / "inne"]) if p.severity == "error")
    assert "länken leder ut ur mappen" in problem.message
    assert "losenord" not in problem.excerpt


def test_a_link_within_the_folder_is_followed(tmp_path: Path) -> None:
    exercise = write(tmp_path)
    (tmp_path / ORG).rename(tmp_path / "organisations" / "andra.yaml")
    (tmp_path / ORG).symlink_to("andra.yaml")
    assert load_setup(exercise, "smastad")[0].organisation.organisation == "smastad"


# ---- the document ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", [name for name in vars(limits) if name.isupper() and name not in ("MINUTE", "SECOND")])
def test_every_limit_is_told_in_the_document(name: str) -> None:
    section = DOCS.read_text(encoding="utf-8").partition("## Limits")[2].partition("\n## ")[0]
    number = {"LARGEST_FILE": "2 MB", "SHORTEST_INTERVAL": "1 min", "SHORTEST_STEP": "1 s"}.get(
        name
    ) or f"{getattr(limits, name):,}"
    number = number.replace(",", " ") if "YEAR" not in name else number.replace(",", "")
    assert re.search(rf"\b{number}\b", section), number
