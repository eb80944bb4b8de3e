"""``ovning report``: a run's and a comparison's report as Word and PDF, beside the page and saying the same."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import lxml.html
import pytest
from docx import Document
from docx.oxml.ns import qn

from ovning.cli import execute
from ovning.report.papers.word import bookmark
from tests.commands.conftest import Said
from tests.commands.test_run import contents

FEW = ("--runs", "3", "--jobs", "1", "--marking", "Får inte spridas")
MADE = {
    "run": ("run", "elavbrott", "--org", "orebro", *FEW, "--gains", "0"),
    "compare": ("compare", "elavbrott", "--org", "orebro", "--org", "haninge", *FEW),
}


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with what a run and a comparison wrote; nobody may change it."""
    folder = tmp_path_factory.mktemp("made")
    for name, words in MADE.items():
        assert execute([*words, "--out", str(folder / name)]) == 0
    return folder


@pytest.fixture
def folder(made: Path, tmp_path: Path, request: pytest.FixtureRequest) -> Path:
    name = getattr(request, "param", "run")
    return Path(shutil.copytree(made / name, tmp_path / name))


both = pytest.mark.parametrize("folder", list(MADE), indirect=True)


def _printed(folder: Path) -> lxml.html.HtmlElement:
    """The page without what is folded and what is only for the screen."""
    (main,) = lxml.html.fromstring((folder / "report.html").read_text("utf-8")).iter("main")
    for gone in [*main.iter("details", "nav", "script"), *main.find_class("onscreen")]:
        if gone.get("open") is None:
            gone.drop_tree()
    return main


@both
def test_word_and_pdf_are_put_beside_the_page(ovning: Callable[..., Said], folder: Path) -> None:
    said = ovning("report", str(folder))
    assert said.code == 0, said.err
    assert "ingen utvärdering" in said.out
    files = json.loads((folder / "manifest.json").read_text("utf-8"))["files"]
    assert set(files) == {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()} - {
        "manifest.json"
    }
    for mark in (b"/StructTreeRoot", b"/Lang(sv-SE)", b"<pdfuaid:part>1<"):
        assert mark in (folder / "report.pdf").read_bytes()
    before = contents(folder)
    assert ovning("report", str(folder)).code == 0
    assert contents(folder) == before


@both
def test_they_say_what_the_printed_page_says_and_every_number_can_be_found(
    ovning: Callable[..., Said], folder: Path
) -> None:
    assert ovning("report", str(folder), "--to", "docx").code == 0
    assert not (folder / "report.pdf").exists()
    document, page = Document(str(folder / "report.docx")), _printed(folder)
    body = document.element.body
    marks = {one.get(qn("w:name")): one.getnext() for one in body.iter(qn("w:bookmarkStart"))}
    numbers = [(one.get("data-at"), one.text_content()) for one in page.iter("data")]
    assert len(numbers) > 50
    for at, text in numbers:
        name = bookmark(at)
        written = [
            run.findtext(qn("w:t")) for mark, run in marks.items() if mark == name or mark.startswith(f"{name}__")
        ]
        assert text in written, at
    headings = [p.text for p in document.paragraphs if p.style is not None and p.style.name.startswith("Heading")]
    assert headings == [" ".join(one.text_content().split()) for one in page.iter("h2", "h3")]
    pictures = [one.get("descr") for one in body.iter(qn("wp:docPr"))]
    assert pictures == [one.get("aria-label") for one in page.iter("figure")]
    assert len(document.tables) == sum(1 for _ in page.iter("table"))
    header = document.sections[0].header.paragraphs[0].text
    assert header == "Får inte spridas · Simuleringsresultat. Ingen utvärdering av en övning."


def test_the_same_run_can_be_made_again_over_it(ovning: Callable[..., Said], folder: Path) -> None:
    assert ovning("report", str(folder), "--to", "docx").code == 0
    assert ovning(*MADE["run"], "--out", str(folder)).code == 0
    assert not (folder / "report.docx").exists()


def test_a_document_that_somebody_wrote_in_is_not_written_over(ovning: Callable[..., Said], folder: Path) -> None:
    assert ovning("report", str(folder), "--to", "docx").code == 0
    (folder / "report.docx").write_bytes(b"mine")
    said = ovning("report", str(folder))
    assert said.code == 2
    assert "har ändrats" in said.err
    assert (folder / "report.docx").read_bytes() == b"mine"
    assert not (folder / "report.pdf").exists()


def _no_page(folder: Path) -> None:
    (folder / "report.html").unlink()


def _no_manifest(folder: Path) -> None:
    (folder / "manifest.json").write_text("{}", encoding="utf-8")


def _changed(folder: Path) -> None:
    (folder / "report.html").write_text("<p>annat</p>", encoding="utf-8")


def _no_figure(folder: Path) -> None:
    next((folder / "figures").glob("kriterier.png")).unlink()


def _all(folder: Path) -> None:
    shutil.rmtree(folder)


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (_all, "mappen finns inte"),
        (_no_page, "ingen report.html"),
        (_no_manifest, "inte gjord av ovning"),
        (_changed, "har ändrats"),
        (_no_figure, "figuren går inte att läsa"),
    ],
)
def test_a_folder_that_cannot_be_used_is_said_to_be_so(
    ovning: Callable[..., Said], folder: Path, spoil: Callable[[Path], None], said: str
) -> None:
    spoil(folder)
    found = ovning("report", str(folder))
    assert (found.code, "Traceback" in found.err) == (3, False)
    assert said in found.err
    assert not (folder / "report.docx").exists()


def test_words_that_are_wrong(ovning: Callable[..., Said], folder: Path, tmp_path: Path) -> None:
    said = ovning("report", str(folder), "--to", "odt")
    assert (said.code, "docx eller pdf" in said.err) == (2, True)
    template = tmp_path / "mall.docx"
    template.write_bytes(b"inget")
    said = ovning("report", str(folder), "--template", str(template))
    assert (said.code, "mallen går inte att läsa" in said.err) == (3, True)
