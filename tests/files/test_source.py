"""Files that are no readable text."""

from __future__ import annotations

from pathlib import Path

import pytest

from ovning.errors import InputError, Problem
from ovning.files import check_paths, load_setup
from ovning.limits import LARGEST_FILE
from tests.files.base import ORGANISATION, SCENARIO, write

ORG = "organisations/smastad.yaml"


def said_of(data: bytes, tmp_path: Path) -> Problem:
    exercise = write(tmp_path)
    (tmp_path / ORG).write_bytes(data)
    with pytest.raises(InputError) as refused:
        load_setup(exercise, "smastad")
    assert len(refused.value.problems) == 1
    assert refused.value.exit_code == 3
    return refused.value.problems[0]


def test_windows_1252_is_recognised_and_placed(tmp_path: Path) -> None:
    problem = said_of(ORGANISATION.encode("cp1252"), tmp_path)
    assert problem.message == "filen är inte UTF-8"
    assert "Windows-1252 (här ett ”å”)" in problem.fix
    assert (problem.line, problem.column) == (2, 10)
    assert problem.excerpt == "title: Småstad (påhittad)"


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_utf_16_is_recognised(encoding: str, tmp_path: Path) -> None:
    problem = said_of(ORGANISATION.encode(encoding), tmp_path)
    assert problem.message == "filen är sparad som UTF-16, inte UTF-8"


def test_a_byte_order_mark_and_windows_line_ends_are_no_problem(tmp_path: Path) -> None:
    exercise = write(tmp_path)
    plain, _ = load_setup(exercise, "smastad")
    (tmp_path / ORG).write_bytes(b"\xef\xbb\xbf" + ORGANISATION.replace("\n", "\r\n").encode())
    assert load_setup(exercise, "smastad")[0].organisation == plain.organisation


def test_the_line_is_right_with_windows_line_ends(tmp_path: Path) -> None:
    problem = said_of(ORGANISATION.replace("quorum: 3", "quorum: x").replace("\n", "\r\n").encode(), tmp_path)
    unix = ORGANISATION.split("quorum")[0].count("\n") + 1
    assert (problem.line, problem.excerpt) == (unix, "    quorum: x")


def test_too_large(tmp_path: Path) -> None:
    problem = said_of(b"#" * (LARGEST_FILE + 1), tmp_path)
    assert problem.message == "filen är större än 2 MB"


def test_an_alias_bomb_is_refused_before_it_grows(tmp_path: Path) -> None:
    rows = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    rows += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 10)]
    problem = said_of("\n".join(rows).encode(), tmp_path)
    assert "fler än 50000 värden när alias skrivits ut" in problem.message


def test_aliases_within_bounds_are_followed(tmp_path: Path) -> None:
    exercise = write(tmp_path)
    text = SCENARIO.replace("takes: {median: 5 min, p90: 10 min}", "takes: &t {median: 5 min, p90: 10 min}")
    (exercise / "scenario.yaml").write_text(text.replace("takes: {mean: 5 min}", "takes: *t"), encoding="utf-8")
    procedures = load_setup(exercise, "smastad")[0].scenario.procedures
    assert procedures["answer"][0].takes == procedures["verify_and_alert"][0].takes


@pytest.mark.parametrize(
    ("exercise", "organisation", "message"),
    [
        ("finns-inte", "smastad", "hittar ingen övning ”finns-inte”"),
        ("stromlost", "smastaden", "hittar ingen organisation ”smastaden”"),
        ("organisations", "smastad", "mappen innehåller ingen exercise.yaml"),
        ("stromlost", "organisations/borta.yaml", "hittar ingen organisation ”organisations/borta.yaml”"),
        ("a\0b", "smastad", "hittar ingen övning"),
    ],
)
def test_what_is_not_there(
    exercise: str, organisation: str, message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path)
    monkeypatch.chdir(tmp_path)
    with pytest.raises(InputError) as refused:
        load_setup(exercise, organisation)
    assert message in refused.value.problems[0].message


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("borta.yaml", "filen finns inte"),
        ("tom", "mappen innehåller inga YAML-filer"),
        ("okand.yaml", "det går inte att se vad detta är för slags fil"),
        ("a\0b", "sökvägen går inte att läsa"),
    ],
)
def test_what_cannot_be_checked(path: str, message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "tom").mkdir()
    (tmp_path / "okand.yaml").write_text("hej: 1\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    (problem,) = check_paths([path])
    assert message in problem.message
    assert problem.file == path


def test_a_folder_with_a_file_name_is_refused(tmp_path: Path) -> None:
    exercise = write(tmp_path)
    (exercise / "scenario.yaml").unlink()
    (exercise / "scenario.yaml").mkdir()
    with pytest.raises(InputError, match="detta är en mapp"):
        load_setup(exercise, "smastad")


def test_a_link_out_of_the_folder_is_not_followed(tmp_path: Path) -> None:
    exercise = write(tmp_path / "inne")
    outside = tmp_path / "ute.yaml"
    (exercise / "scenario.yaml").rename(outside)
    (exercise / "scenario.yaml").symlink_to(outside)
    with pytest.raises(InputError, match="utanför övningens mapp"):
        load_setup(exercise, "smastad")


def test_every_problem_of_every_file_is_said_at_once(tmp_path: Path) -> None:
    write(tmp_path)
    for name, old, new in (
        (ORG, "role: executive", "rolle: executive"),
        (ORG, "quorum: 3", "quorum: tre"),
        ("stromlost/scenario.yaml", "delay: 30 min", "delay: 30"),
        ("stromlost/exercise.yaml", "id: M1", "id: m1"),
    ):
        path = tmp_path / name
        path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    problems = check_paths([tmp_path])
    assert {Path(p.file).name for p in problems if p.severity == "error"} == {
        "smastad.yaml",
        "scenario.yaml",
        "exercise.yaml",
    }
    assert sum(p.severity == "error" for p in problems) == 5
