"""Tables as text that a spreadsheet may open: a title is shown as it is written, and never worked out as a formula.

A text that begins as a formula does, or with an apostrophe, is given an apostrophe before it, which a spreadsheet takes
as the mark of a text; whoever reads the file otherwise takes one apostrophe away from the beginning of a text.
Numbers are left alone, also negative ones.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from typing import Final, TextIO

_MARK: Final = "'"
_BEGINNINGS: Final = ("=", "+", "-", "@", "\t", "\n", "＝", "＋", "－", "＠", _MARK)
"""What makes a spreadsheet take a text for a formula; the wide forms too, and the mark itself."""


def csv_text(rows: Iterable[Iterable[object]]) -> str:
    """The rows as CSV, every text harmless."""
    text = io.StringIO()
    write_csv(text, rows)
    return text.getvalue()


def write_csv(file: TextIO, rows: Iterable[Iterable[object]]) -> None:
    """The same, row by row to a file."""
    writer = csv.writer(file, lineterminator="\n")
    writer.writerows([cell(value) for value in row] for row in rows)


def cell(value: object) -> object:
    """A value as it may stand in a cell; a carriage return becomes a line feed, for not all readers keep it."""
    if not isinstance(value, str):
        return value
    text = value.replace("\r\n", "\n").replace("\r", "\n")
    return _MARK + text if text.startswith(_BEGINNINGS) else text


def read_cell(text: str) -> str:
    """What stood there before ``cell``."""
    return text.removeprefix(_MARK)
