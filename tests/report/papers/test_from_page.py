"""A page read back as a paper."""

from __future__ import annotations

import pytest

from ovning.report.papers.from_page import NoReportError, paper_of_page
from ovning.report.papers.paper import Block, Bullets, Grid, Heading, Picture, Text
from ovning.report.said import Number, Said

TOP = '<h1>Övning</h1><p class="under">Lillby · 3 spel</p>'


def blocks(inside: str) -> tuple[Block, ...]:
    return paper_of_page(f"<main>{TOP}{inside}</main>", lambda name: name.encode())[0].blocks


def test_title_marking_and_what_it_is() -> None:
    paper, marking = paper_of_page(f'<main><p class="marking">Hemlig</p>{TOP}</main>', lambda _: b"")
    assert (paper.title, paper.under, marking, paper.blocks) == ("Övning", "Lillby · 3 spel", "Hemlig", ())
    assert "Ingen utvärdering" in paper.reader


def test_numbers_keep_their_places_and_lines_their_spaces() -> None:
    (text,) = blocks(
        '<p>\n  högst <data value="3.5" data-at="/levels/0" data-as="hours">3,5\u00a0h</data>,\n  sägs det </p>'
    )
    assert isinstance(text, Text)
    assert text.text == Said(("högst ", Number("3,5\u00a0h", "/levels/0", "3.5", "hours"), ", sägs det"))


def test_headings_lists_and_drawings() -> None:
    heading, points, picture = blocks(
        '<h2 id="a">Målen</h2><ol class="brief"><li>ett <b>och</b></li><li>två</li></ol>'
        '<figure aria-label="en trappa" data-figure="trappan"><svg><text>osynligt</text></svg></figure>'
    )
    assert heading == Heading(Said(("Målen",)), 1)
    assert isinstance(points, Bullets)
    assert list(map(str, points.points)) == ["ett och", "två"]
    assert picture == Picture("en trappa", b"trappan")


def test_a_column_of_bars_is_left_out_and_a_cell_across_stands_last() -> None:
    (grid,) = blocks(
        "<div><table><caption>Mål</caption><thead><tr><th>mål</th><th>stapel</th><th>nås</th></tr></thead><tbody>"
        '<tr><th>M1</th><td><div aria-hidden="true">xx</div></td><td>40 %</td></tr>'
        '<tr><th>M2</th><td colspan="2">prövades inte</td></tr></tbody></table></div>'
    )
    assert isinstance(grid, Grid)
    assert (grid.title, grid.heads) == ("Mål", ("mål", "nås"))
    assert [tuple(map(str, row)) for row in grid.rows] == [("M1", "40 %"), ("M2", "prövades inte")]


def test_what_is_folded_is_named_and_left_out() -> None:
    table = "<table><caption>Alla</caption><thead><tr><th>a</th></tr></thead><tbody><tr><td>b</td></tr></tbody></table>"
    folded = f"<details{{}}><summary>Alla (2 rader)</summary>{table}</details>"
    (text,) = blocks(folded.format(""))
    assert isinstance(text, Text)
    assert "Alla (2 rader)" in str(text.text)
    assert [type(one) for one in blocks(folded.format(" open"))] == [Grid]
    assert blocks("<details><summary>Natten</summary><ul><li>03.50 larm</li></ul></details>") == ()


@pytest.mark.parametrize(
    "page",
    ["", "<p>något</p>", "<main><h1>Övning</h1></main>", f"<main>{TOP}<figure aria-label='x'></figure></main>"],
)
def test_another_page_is_no_report(page: str) -> None:
    with pytest.raises(NoReportError):
        paper_of_page(page, lambda _: b"")
