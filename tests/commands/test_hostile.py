"""Hostile words and failing disks, from the files to what is printed and written."""

from __future__ import annotations

import csv
import errno
import io
import json
import os
import re
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ET
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from typing import Any, TextIO

import pytest
import yaml

import ovning.commands.output as output
import ovning.commands.run as run_module
from ovning.files.source import as_source
from ovning.files.tree import plain
from ovning.files.yaml12 import parse_yaml
from ovning.report.cells import cell, csv_text, read_cell
from tests.commands.conftest import Said
from tests.files.base import FILES, write

RUN = ("run", "stromlost", "--org", "smastad", "--runs", "2", "--jobs", "1", "--gains", "0", "--out", "ut")
WORDS = frozenset({"title", "expected", "text", "reason", "assumption", "purpose", "situation", "one"})
HIDDEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e]")


def spoken(tree: Any, word: str, keys: frozenset[str] = WORDS) -> Any:
    """The tree with the word in the place of every text that people read."""
    if isinstance(tree, dict):
        return {k: word if k in keys and isinstance(v, str) else spoken(v, word, keys) for k, v in tree.items()}
    return [spoken(v, word, keys) for v in tree] if isinstance(tree, list) else tree


class Elements(HTMLParser):
    """What a browser would find."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.said: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes.update(name for name, _ in attrs)

    def handle_data(self, data: str) -> None:
        self.said.append(data.replace("\xa0", " "))


def source_name(word: str) -> str:
    """The word as a source may be called: without what parts it from a section and from the next source."""
    return re.sub(r"[/;\s]+", " ", word)[:100].strip()


def write_with(word: str) -> None:
    write(Path())
    for name, text in FILES.items():
        tree = plain(parse_yaml(*as_source(text.encode(), name)))
        keys = WORDS | {"from"} if name.endswith("scenario.yaml") else WORDS
        if name == "sources.yaml":
            # What a source is called has rules of its own; a file that names it can say nothing else.
            tree["sources"][source_name(word)] = {"title": word, "kind": "document", "publisher": word, "note": word}
            Path(name).write_text(yaml.safe_dump(tree, allow_unicode=True), encoding="utf-8")
            continue
        tree = spoken(tree, source_name(word), frozenset({"source"}))
        made = yaml.safe_dump(spoken(tree, word, keys - ({"text"} if "{" in word else set())), allow_unicode=True)
        Path(name).write_text(made, encoding="utf-8")


EVIL = (
    "</title></style>]]><svg onload=x()><script>x()</script>\"'><img src=x onerror=x()> javascript:x() &lt;b&gt; <!--"
)
MARKUP = "[red]x[/red] [/] [bold {{ 7*7 }} {% if %} %s $\\frac{$ $x^2$ 日本 🔥"


@pytest.mark.parametrize("word", [EVIL, MARKUP])
def test_words_stay_words_in_everything_that_is_made_of_them(ovning: Callable[..., Said], word: str) -> None:
    write_with(word)
    said = ovning(*RUN)
    assert said.code == 0, said.err
    assert said.err == ""
    page = Path("ut/report.html").read_text(encoding="utf-8")
    elements = Elements()
    elements.feed(page)
    assert elements.tags & {"img", "iframe", "object", "foreignobject"} == set()
    # The page's own: one script, and links within it.
    assert page.count("<script") == page.count("</script") == 1
    assert all(end.startswith('"#') for end in re.split(r"<a\b[^>]*?href=", page)[1:])
    assert [name for name in elements.attributes if name.startswith("on")] == []
    assert page.count("</title>") == 1 + page.count("</title>", page.index("<body>"))
    assert sum(word in said for said in elements.said) > 20
    for figure in Path("ut/figures").glob("*.svg"):
        tags = {element.tag.rpartition("}")[2] for element in ET.parse(figure).iter()}
        assert tags & {"script", "image", "foreignObject", "a"} == set()
    for words in (("trace", "stromlost", "--org", "smastad", "--all"), ("show", "stromlost"), ("check", ".")):
        said = ovning(*words)
        assert said.code == 0
        assert said.err == ""
    squeezed = "".join(ovning("show", "organisations/smastad.yaml").out.split())
    assert "".join(word.split()) in squeezed


def test_what_moves_the_cursor_is_shown_as_a_mark(ovning: Callable[..., Said]) -> None:
    write(Path())
    scenario = Path("stromlost/scenario.yaml")
    whole = scenario.read_text(encoding="utf-8")
    scenario.write_text(whole.replace("title: Strömlöst", "title: \x1b[31mStröm\x07löst\u202e"), encoding="utf-8")
    for words in (("check", "."), RUN, ("check", "\x1b[2J"), ("show", "\x1b]0;x\x07"), ("\x1b[2J",), ("run", "\x9b2J")):
        said = ovning(*words)
        assert said.code in (2, 3)
        assert not HIDDEN.search(said.out + said.err)
    assert not Path("ut").exists()


# ---- cells ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text", ["=1+1", "+1", "-1", "@x", "\tx", "\rx", "＝1", "'x", "''", "x", "", "a=b", 'å,"ä";\nö']
)
def test_a_text_is_no_formula_and_survives(text: str) -> None:
    ((said, after),) = csv.reader(io.StringIO(csv_text([[text, -1.5]]), newline=""))
    assert not said.startswith(("=", "+", "-", "@", "\t", "\r", "＝"))
    assert read_cell(said) == text.replace("\r", "\n")
    assert after == "-1.5"


def test_numbers_stay_numbers() -> None:
    assert [cell(n) for n in (-1, -0.5, None, 3)] == [-1, -0.5, None, 3]


def test_plays_hold_no_formula(ovning: Callable[..., Said]) -> None:
    write_with("=cmd|' /C calc'!A1")
    assert ovning(*RUN).code == 0
    with Path("ut/plays.csv").open(encoding="utf-8", newline="") as stream:
        cells = [value for row in csv.reader(stream) for value in row]
    assert [value for value in cells if value.startswith(("=", "+", "@", "\t", "\r"))] == []


# ---- disks ----------------------------------------------------------------------------------------------------------


def old_results() -> dict[str, str]:
    """Something that a run has made before."""
    write(Path())
    with output.folder_in_the_making(Path("ut")) as folder:
        (folder / "figures").mkdir()
        (folder / "figures" / "trappan.svg").write_text("<svg/>", encoding="utf-8")
        (folder / "results.json").write_text("{}", encoding="utf-8")
        manifest = {"program": output.PROGRAM, "files": output.hashes(folder)}
        (folder / output.MANIFEST).write_text(json.dumps(manifest), encoding="utf-8")
    return output.hashes(Path("ut"))


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Figures and report that take no time."""

    def drawn(figure: object, folder: Path, name: str) -> None:
        (folder / f"{name}.svg").write_bytes(b"<svg/>")

    monkeypatch.setattr("ovning.figures.canvas.write", drawn)
    monkeypatch.setattr(run_module, "render_report", lambda *made: "<!DOCTYPE html>" + "x" * 1000)


def left() -> list[str]:
    """What stands beside the files of the exercise; plays that are kept for ``--resume`` have a test of their own."""
    return sorted({path.name for path in Path().iterdir()} - {name.split("/")[0] for name in FILES} - {".ut.part"})


@pytest.mark.usefixtures("quick")
@pytest.mark.parametrize(
    ("at", "number"),
    [
        ("results.json", errno.ENOSPC),
        ("plays.csv", errno.EROFS),
        ("report.html", errno.EDQUOT),
        ("manifest.json", errno.ENOSPC),
    ],
)
def test_a_disk_that_fails_leaves_the_old_results_whole(
    ovning: Callable[..., Said], monkeypatch: pytest.MonkeyPatch, number: int, at: str
) -> None:
    before = old_results()
    write_text = Path.write_text

    def failing(path: Path, text: str, *rest: Any, **more: Any) -> int:
        if path.name != at:
            return write_text(path, text, *rest, **more)
        write_text(path, text[: len(text) // 2], *rest, **more)
        raise OSError(number, os.strerror(number), str(path))

    def half(_outcome: object, file: TextIO) -> None:
        file.write("replication")
        raise OSError(number, os.strerror(number), at)

    monkeypatch.setattr(Path, "write_text", failing)
    if at == "plays.csv":  # which is written row by row
        monkeypatch.setattr(run_module, "write_plays", half)
    said = ovning(*RUN)
    assert said.code == 2
    assert re.search("disken är full|går bara att läsa|utrymme på disken är slut", said.err)
    why, how_to_go_on = said.err.strip().splitlines()
    assert why.startswith("Fel: ")
    assert "--resume" in how_to_go_on
    assert left() == ["ut"]
    assert output.hashes(Path("ut")) == before


@pytest.mark.usefixtures("quick")
@pytest.mark.parametrize("what", ["figures", "log", "rename"])
def test_a_disk_that_fills_up_elsewhere(
    ovning: Callable[..., Said], monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    before = old_results()

    def full(*args: Any, **more: Any) -> Any:
        raise OSError(errno.ENOSPC, "No space left on device")

    if what == "figures":
        monkeypatch.setattr(Path, "write_bytes", full)
    elif what == "log":
        monkeypatch.setattr(run_module.jsonl, "write", full)
    else:
        rename = Path.rename
        renamed: list[Path] = []

        def second(path: Path, to: Path) -> Path:
            renamed.append(path)
            return full() if len(renamed) == 2 else rename(path, to)

        monkeypatch.setattr(Path, "rename", second)
    said = ovning(*RUN)
    assert (said.code, "disken är full" in said.err) == (2, True)
    assert left() == ["ut"]
    assert output.hashes(Path("ut")) == before


@pytest.mark.usefixtures("quick")
@pytest.mark.parametrize("whole", [True, False])
def test_a_folder_that_vanishes_meanwhile(
    ovning: Callable[..., Said], monkeypatch: pytest.MonkeyPatch, whole: bool
) -> None:
    write(Path())
    aggregate = run_module.aggregate

    def vanishing(*args: Any) -> Any:
        for path in [Path("ny")] if whole else list(Path("ny").iterdir()):
            shutil.rmtree(path)
        return aggregate(*args)

    monkeypatch.setattr(run_module, "aggregate", vanishing)
    said = ovning(*RUN[:-1], "ny/ut")
    assert said.code == 2
    assert re.search("kunde inte skrivas|går inte att skriva", said.err)
    assert "finns inte" in said.err
    assert not Path("ny/ut").exists()
    assert left() == []


@pytest.mark.usefixtures("quick")
def test_what_is_written_in_the_old_results_meanwhile_is_not_lost(
    ovning: Callable[..., Said], monkeypatch: pytest.MonkeyPatch
) -> None:
    old_results()
    aggregate = run_module.aggregate

    def annotating(*args: Any) -> Any:
        Path("ut/anteckning.txt").write_text("mitt", encoding="utf-8")
        return aggregate(*args)

    monkeypatch.setattr(run_module, "aggregate", annotating)
    said = ovning(*RUN)
    assert said.code == 2
    assert "anteckning.txt" in said.err
    assert Path("ut/anteckning.txt").read_text(encoding="utf-8") == "mitt"
    assert left() == ["ut"]


@pytest.mark.usefixtures("quick")
@pytest.mark.parametrize("made", ["pipe", "link", "folder"])
def test_a_folder_with_anything_that_no_run_made_is_left_alone(
    ovning: Callable[..., Said], tmp_path: Path, made: str
) -> None:
    old_results()
    mine = Path("ut/figures/mitt")
    if made == "pipe":
        os.mkfifo(mine)
    elif made == "link":
        mine.symlink_to(tmp_path)
    else:
        mine.mkdir()
    said = ovning(*RUN)
    assert said.code == 2
    assert "figures/mitt" in said.err
    assert os.path.lexists(mine)


@pytest.mark.usefixtures("quick")
def test_results_are_put_where_a_link_leads(ovning: Callable[..., Said]) -> None:
    write(Path())
    Path("annat").mkdir()
    Path("ut").symlink_to("annat")
    assert ovning(*RUN).code == 0
    assert Path("ut").is_symlink()
    assert Path("annat/report.html").is_file()
    Path("runt").symlink_to("runt")
    for out in ("runt", "x" * 300):
        said = ovning(*RUN[:-1], out)
        assert said.code == 2
        assert "Ange en annan mapp" in said.err


def test_nobody_hears_and_nothing_breaks() -> None:
    program = [sys.executable, "-m", "ovning", "list"]
    with Path("/dev/full").open("wb") if Path("/dev/full").exists() else pytest.skip("no full device") as full:
        said = subprocess.run(program, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert said.returncode == 2
    assert said.stderr == "Fel: det går inte att skriva ut svaret: disken är full.\n"
    show = [sys.executable, "-m", "ovning", "show", "elavbrott"]
    with subprocess.Popen(show, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as heard:
        assert heard.stdout is not None
        assert heard.stderr is not None
        heard.stdout.close()
        assert heard.stderr.read() == b""
    assert heard.returncode == 0


def test_organisations_that_an_exercise_names_as_files_are_those_beside_it(ovning: Callable[..., Said]) -> None:
    write(Path("mapp"))
    exercise = Path("mapp/stromlost/exercise.yaml")
    whole = exercise.read_text(encoding="utf-8")
    exercise.write_text(whole.replace("[smastad]", '["../organisations/smastad.yaml"]'), encoding="utf-8")
    assert ovning("show", "mapp/stromlost").code == 0
    Path("hemligt.yaml").write_text("losenord: 1\n", encoding="utf-8")
    exercise.write_text(whole.replace("[smastad]", '["../../hemligt.yaml"]'), encoding="utf-8")
    said = ovning("show", "mapp/stromlost")
    assert said.code == 3
    assert "utanför övningens mapp" in said.err
    assert "losenord" not in said.err
