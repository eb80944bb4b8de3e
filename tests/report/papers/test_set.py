"""Papers as they are set: whatever is in them, all of it is there."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from ovning.report.papers.paper import Grid, Paper, Text, Written, with_numbers
from ovning.report.papers.pdf import pdf
from ovning.report.papers.web import web_page
from ovning.report.papers.word import word_document
from ovning.report.said import Reference, Said, said


def test_a_paper_with_nothing_in_it_is_written_all_the_same() -> None:
    empty = Paper("tom", "Tom", "Inget", "Alla", ())
    assert word_document(empty)
    assert pdf(empty).startswith(b"%PDF")


def test_an_empty_cell_and_one_longer_than_a_page_are_set_whole(tmp_path: Path) -> None:
    words = " ".join(f"ord{number}" for number in range(1500))
    rows: tuple[tuple[Written, ...], ...] = ((Said(()), words), ("kort", "kort"))
    paper = Paper("lang", "Lång", "Under", "Alla", (Text(Said(())), Grid("Tabell", ("a", "b"), rows, (1, 3))))
    file = tmp_path / "lang.pdf"
    file.write_bytes(pdf(paper))
    if shutil.which("pdftotext") is None:
        pytest.skip("no pdftotext on this machine")
    told = subprocess.run(["pdftotext", str(file), "-"], capture_output=True, text=True, check=True).stdout
    assert set(words.split()) <= set(told.split())


def test_a_reference_to_a_table_that_is_not_there_is_a_mistake_of_ours() -> None:
    with pytest.raises(KeyError):
        with_numbers([Text(said("se tabell ", Reference("ingen")))])


def test_the_same_table_twice_is_two_tables() -> None:
    table = Grid("Tabell", ("a",), (("b",),), (1,))
    first, second = with_numbers([table, table])
    assert isinstance(first, Grid)
    assert isinstance(second, Grid)
    assert (first.number, second.number) == (1, 2)


def test_a_reference_is_a_link_on_the_page_and_in_the_pdf() -> None:
    table = Grid("Tabell", ("a",), (("b",),), (1,), label="x")
    blocks = with_numbers([Text(said("se tabell ", Reference("x"))), table])
    paper = Paper("p", "P", "Under", "Alla", blocks)
    page = web_page(paper)
    assert 'se tabell <a href="#t1">1</a>' in page
    assert '<table id="t1">' in page
    assert b"/Link" in pdf(paper)
