"""The same utvärdering as PDF and as a page: accessible, nothing lost on the way, nobody's words taken for commands."""

from __future__ import annotations

import io
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from matplotlib.figure import Figure

from ovning.report.evaluation.outcome import Evaluated
from ovning.report.evaluation.utvardering import utvardering
from ovning.report.papers.paper import Bullets, Grid, Heading, Paper, Picture, Text, texts
from ovning.report.papers.pdf import pdf, typst_source
from ovning.report.papers.web import web_page
from ovning.report.papers.word import word_document
from tests.report.browser import ask
from tests.report.test_axe import FOUND, PACKAGES, axe_core

HOSTILE = (
    '#panic("x")',
    "*fet* _kursiv_ `kod` $x$",
    '"; #read("/etc/passwd")',
    "<script>alert(1)</script>",
    "\\ [ ] @ref {{ x }}",
)


@pytest.fixture(scope="module")
def paper(evaluated: Evaluated) -> Paper:
    return utvardering(evaluated)


def test_the_pdf_is_tagged_with_language_and_title_and_the_same_each_time(paper: Paper) -> None:
    made = pdf(paper, "Får inte spridas")
    assert made == pdf(paper, "Får inte spridas")
    assert made.startswith(b"%PDF-1.")
    # typst refuses to write what is not PDF/UA-1; these are what says so in the file.
    for mark in (b"/MarkInfo", b"/StructTreeRoot", b"/Lang(sv-SE)", b"pdfuaid:part", b"<pdfuaid:part>1<"):
        assert mark in made, mark


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []
        self.quiet = 0

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        self.quiet += tag == "style"

    def handle_endtag(self, tag: str) -> None:
        self.quiet -= tag == "style"

    def handle_data(self, data: str) -> None:
        if not self.quiet:
            self.said.append(data)


def _plain(text: str) -> str:
    return re.sub(r"\s+", " ", text)


def test_the_page_says_all_that_the_paper_does(paper: Paper) -> None:
    words = _Words()
    words.feed(web_page(paper, "Får inte spridas"))
    whole = _plain("".join(words.said))
    assert [text for text in texts(paper.blocks) if _plain(text).strip() not in whole] == []
    for text in (paper.title, paper.under, paper.reader, "Får inte spridas"):
        assert text in whole
    assert '<html lang="sv">' in web_page(paper)
    assert "<script" not in web_page(paper)


@pytest.mark.parametrize("package", PACKAGES)
def test_axe_core_finds_nothing_on_the_page(package: str, paper: Paper, tmp_path: Path) -> None:
    axe = axe_core(package)
    found: dict[str, Any] = ask(web_page(paper, "Får inte spridas"), FOUND, tmp_path, before=axe)
    assert found["violated"] == []
    assert {"color-contrast", "html-has-lang", "document-title"} <= set(found["passed"])


@pytest.mark.parametrize("words", HOSTILE)
def test_what_people_wrote_is_words_and_no_commands(words: str) -> None:
    blocks = (
        Heading(words),
        Text(words),
        Text(words, strong=True),
        Bullets((words,)),
        Grid(words, (words,), ((words,),), (1,)),
    )
    paper = Paper("namn", words, words, words, blocks)
    assert pdf(paper, words)
    assert "<script>" not in web_page(paper, words)
    assert typst_source(paper).count("#read") == typst_source(paper).count('"; #read'.replace('"', '\\"'))


def test_a_drawing_is_told_in_words_wherever_it_stands() -> None:
    canvas = io.BytesIO()
    Figure(figsize=(1, 1)).savefig(canvas, format="png")
    paper = Paper("x", "Övning", "under", "alla", (Picture('en "trappa" \\ #x', canvas.getvalue()),))
    assert 'alt="en &#34;trappa&#34; \\ #x"' in web_page(paper)
    assert pdf(paper).startswith(b"%PDF")
    (shape,) = Document(io.BytesIO(word_document(paper))).inline_shapes
    assert shape._inline.docPr.get("descr") == 'en "trappa" \\ #x'
