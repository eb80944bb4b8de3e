"""A report's page as a paper: what it holds when it is printed, so that both say the same."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Final, cast

import lxml.etree
import lxml.html
from lxml.html import HtmlElement

from ovning.report.papers.paper import Block, Bullets, Grid, Heading, Paper, Picture, Text, Written, with_numbers
from ovning.report.said import Kind, Number, Said
from ovning.words import phrase, word

_SPACES: Final = re.compile(r"[ \t\r\n]+")
"""Not those between a number and its unit, which hold together."""
_NOT_PAPER: Final = frozenset({"nav", "script", "style", "svg"})
_NOT_SAID: Final = frozenset({"onscreen", "marking", "under"})
_ROOM: Final = 92
"""Letters beside each other on a page."""
_LONGEST: Final = 60
"""Letters after which a column that is wider is no easier to read."""
_SIZES: Final = ((9, 1.0), (8, 1.125))
"""Points, and how much of the page the words of a table may take, in letters of 9, to be set so; none are smaller."""
_ONE_LINE: Final = 11
_AROUND: Final = 3.3
"""What the edges of a cell take, in letters."""
_BOLD: Final = 1.2
"""How much wider a head's letters are."""


class NoReportError(ValueError):
    """The page is no report of this program, or of a version that wrote it otherwise."""


def paper_of_page(page: str, picture: Callable[[str], bytes]) -> tuple[Paper, str | None]:
    """The paper, and the marking that stands on the page. ``picture``: a drawing of the report, by its name.

    What is folded is left out, as it is when the page is printed. Raises ``NoReportError``.
    """
    try:
        whole = lxml.html.document_fromstring(page.encode(), lxml.html.HTMLParser(encoding="utf-8"))
    except lxml.etree.ParserError:
        raise NoReportError from None
    body = next(iter(whole.iter("main")), None)
    title = None if body is None else body.find("h1")
    under = None if body is None else _of_class(body, "under")
    if body is None or title is None or under is None:
        raise NoReportError
    marking = _of_class(body, "marking")
    blocks = with_numbers(tuple(_blocks(body, picture)))
    paper = Paper("report", str(_written(title)), str(_written(under)), word("papers.reader.simulation"), blocks)
    return paper, None if marking is None else str(_written(marking))


def _of_class(body: HtmlElement, name: str) -> HtmlElement | None:
    return next((one for one in body if one.get("class") == name), None)


def _blocks(parent: HtmlElement, picture: Callable[[str], bytes]) -> Iterator[Block]:
    for node in parent:
        names = set((node.get("class") or "").split())
        if node.tag in _NOT_PAPER or names & _NOT_SAID:
            continue
        match node.tag:
            case "h2" | "h3":
                yield Heading(_written(node), int(node.tag[1]) - 1)
            case "p":
                yield Text(_written(node), strong=len(node) == 1 and node[0].tag == "strong" and not node.text)
            case "ul" | "ol":
                yield Bullets(tuple(_written(one) for one in node))
            case "table":
                yield _grid(node)
            case "figure":
                name = node.get("data-figure")
                if name is None:
                    raise NoReportError
                yield Picture(node.get("aria-label") or "", picture(name))
            case "div":
                yield from _blocks(node, picture)
            case "details" if node.get("open") is not None:
                yield from _blocks(node, picture)
            case "details" if next(node.iter("table"), None) is not None:
                yield Text(phrase("papers.folded", what=str(_written(node[0]))))


def _grid(table: HtmlElement) -> Grid:
    head, body = table.find("thead"), table.find("tbody")
    caption = table.find("caption")
    heads = tuple(str(_written(one)) for one in head[0])
    rows = [_row(row) for row in body]
    # A column of bars says to the eye what the numbers beside it say.
    kept = [n for n in range(len(heads)) if any(str(row[n]) for row in rows)]
    rows = [tuple(row[n] for n in kept) for row in rows]
    heads = tuple(heads[n] for n in kept)
    least = _least(heads, rows)
    crowded = sum(least) / _ROOM
    size = next((size for size, letters in _SIZES if crowded <= letters), _SIZES[-1][0])
    return Grid(str(_written(caption)), heads, tuple(rows), _widths(least, rows), size=size)


def _row(row: HtmlElement) -> tuple[Written, ...]:
    """Its cells; one across several columns stands in the last of them."""
    found: list[Written] = []
    for cell in row:
        found += [""] * (int(cell.get("colspan") or 1) - 1)
        found.append(_written(cell))
    return tuple(found)


def _least(heads: Sequence[str], rows: Sequence[Sequence[Written]]) -> list[float]:
    """How wide each column is at least, in letters: as its longest word."""
    return [_AROUND + max(_BOLD * _word(head), *(_word(str(row[n])) for row in rows)) for n, head in enumerate(heads)]


def _widths(least: Sequence[float], rows: Sequence[Sequence[Written]]) -> tuple[float, ...]:
    """In letters: enough for the longest word of each, and the rest to those with long texts."""
    columns = [[str(row[n]) for row in rows] for n in range(len(least))]
    wanted = [
        max(0.0, min(_LONGEST, max(map(len, column))) - so_much) for column, so_much in zip(columns, least, strict=True)
    ]
    left = max(0.0, _ROOM - sum(least)) / (sum(wanted) or 1)
    return tuple(so_much + left * more for so_much, more in zip(least, wanted, strict=True))


def _word(text: str) -> int:
    """The longest of its words; what is short should stand on one line."""
    return len(text) if len(text) <= _ONE_LINE else max(map(len, re.split(r"[ -]", text)))


def _written(node: HtmlElement) -> Written:
    """Its text; numbers keep their places."""
    pieces: list[str | Number] = []
    for piece in _pieces(node):
        if isinstance(piece, str) and pieces and isinstance(pieces[-1], str):
            pieces[-1] += piece
        else:
            pieces.append(piece)
    pieces = [_SPACES.sub(" ", piece) if isinstance(piece, str) else piece for piece in pieces]
    if pieces and isinstance(pieces[0], str):
        pieces[0] = pieces[0].lstrip(" ")
    if pieces and isinstance(pieces[-1], str):
        pieces[-1] = pieces[-1].rstrip(" ")
    return Said(tuple(pieces))


def _pieces(node: HtmlElement) -> Iterator[str | Number]:
    if node.text:
        yield node.text
    for one in node:
        if one.tag == "data":
            yield Number(one.text_content(), one.get("data-at"), one.get("value"), cast(Kind, one.get("data-as")))
        elif one.tag == "br":
            yield " "
        elif one.get("aria-hidden") is None and one.get("class") != "key" and one.tag not in _NOT_PAPER:
            yield from _pieces(one)
        if one.tail:
            yield one.tail
