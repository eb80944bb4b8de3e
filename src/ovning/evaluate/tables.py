"""Files of notes as plain tables: Excel, comma or semicolon text, JSON lines. Formulas and macros are never run."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any, Final

from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from ovning.errors import InputError, Problem
from ovning.evaluate.note import Lost
from ovning.limits import LARGEST_FILE, LONGEST_TEXT, MOST_COLUMNS, MOST_NOTES

_LARGEST_UNPACKED: Final = 50 * LARGEST_FILE
_DELIMITERS: Final = (";", "\t", ",")
_SHEETS: Final = (".xlsx", ".xlsm")
_TEXTS: Final = (".csv", ".tsv", ".txt")
_LINES: Final = (".jsonl", ".ndjson")
_NO_TEXT: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
"""What no document can hold."""
Row = tuple[str, tuple[str, ...]]
"""Where it stands, and its cells."""


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells as text."""

    name: str
    """Of the file, and of the sheet if there are several."""
    rows: tuple[Row, ...]
    """Empty rows are left out."""
    lost: tuple[Lost, ...] = ()
    """What could not be read of it."""
    is_excel: bool = False


def read_tables(path: Path, name: str | None = None) -> tuple[Table, ...]:
    """What stands in a file. Raises ``InputError`` for one that cannot be read as any of them.

    ``name``: what the file is called in what comes of it, if not by its own name.
    """
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise _unreadable(path, "filen är för stor", "dela den, eller ta bort bilder ur den")
        content = path.read_bytes()
    except FileNotFoundError:
        raise _unreadable(path, "filen går inte att läsa: den finns inte", "kontrollera namnet") from None
    except OSError as problem:
        raise _unreadable(path, f"filen går inte att läsa: {problem.strerror}", "får du öppna den?") from None
    kind, called = path.suffix.lower(), name or path.name
    if kind in _SHEETS:
        return tuple(_sheets(path, called, content))
    if kind in _LINES:
        return (_lines(path, called, content),)
    if kind in _TEXTS:
        return (_text(path, called, content),)
    message = f"”{kind or path.name}” är inget format som går att läsa"
    raise _unreadable(path, message, "spara som .xlsx, .csv eller .jsonl")


def _unreadable(path: Path, message: str, fix: str) -> InputError:
    return InputError((Problem("error", str(path), 0, 0, message, fix),))


def _book(path: Path, content: bytes, *, values: bool) -> Workbook:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            if sum(part.file_size for part in parts.infolist()) > _LARGEST_UNPACKED:
                raise _unreadable(path, "filen är för stor när den packas upp", "spara bara bladen med observationer")
        return load_workbook(io.BytesIO(content), data_only=values, keep_vba=False, keep_links=False)
    except InputError:
        raise
    except Exception:
        # The library has no error of its own for all that may be wrong in such a file.
        fix = "öppna den i Excel och spara den igen som .xlsx"
        raise _unreadable(path, "filen går inte att läsa som Excel", fix) from None


def _sheets(path: Path, name: str, content: bytes) -> Iterator[Table]:
    # Values as they were last worked out; a formula is never worked out here.
    book, written = _book(path, content, values=True), _book(path, content, values=False)
    for sheet in book.worksheets:
        called = f"{name}, {sheet.title}"
        if sheet.sheet_state != "visible":
            yield Table(called, (), (Lost(called, "hidden", sheet.title),))
            continue
        merged, rows, lost = _merged(sheet), list[Row](), list[Lost]()
        formulas = written[sheet.title]
        for row in sheet.iter_rows(max_row=min(sheet.max_row, MOST_NOTES), max_col=min(sheet.max_column, MOST_COLUMNS)):
            where = f"{called}, rad {row[0].row}"
            for cell in row:
                if cell.value is None and formulas[cell.coordinate].data_type == "f":
                    lost.append(Lost(where, "formula", str(formulas[cell.coordinate].value), whole=False))
            cells = tuple(_said(merged.get(cell.coordinate, cell.value)) for cell in row)
            if any(cells):
                rows.append((where, cells))
        if sheet.max_row > MOST_NOTES or sheet.max_column > MOST_COLUMNS:
            lost.append(Lost(called, "too_large", sheet.dimensions))
        yield Table(called, tuple(rows), tuple(lost), is_excel=True)


def _merged(sheet: Worksheet) -> dict[str, Any]:
    """Cells that were put together: each says what the first of them says."""
    found: dict[str, Any] = {}
    for span in sheet.merged_cells.ranges:
        if span.max_row > MOST_NOTES or span.max_col > MOST_COLUMNS or span.size["rows"] * span.size["columns"] > 2000:
            continue
        value = sheet.cell(span.min_row, span.min_col).value
        found |= {sheet.cell(row, column).coordinate: value for row, column in span.cells}
    return found


def _said(value: object) -> str:
    """A cell as somebody would have typed it."""
    match value:
        case None:
            return ""
        case datetime():
            # A date before 1901 is how Excel keeps a time that is of no day.
            return f"{value:%H:%M:%S}" if value.year < 1901 else f"{value:%Y-%m-%d %H:%M:%S}"
        case date():
            return f"{value:%Y-%m-%d}"
        case time():
            return f"{value:%H:%M:%S}"
        case timedelta():
            seconds = round(value.total_seconds())
            return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"
        case bool():
            return "ja" if value else "nej"
        case float() if 0 < value < 1:
            # A time of day without a format, or a share: three decimals tell it from ``0.35`` as people write it.
            return f"{value:.3f}" if round(value, 3) == value else f"{value:.6f}"
        case float():
            return f"{value:g}"
        case dict() | list():
            return clean(json.dumps(value, ensure_ascii=False))
        case _:
            return clean(str(value))


def clean(text: str) -> str:
    """Without what no document can hold."""
    return _NO_TEXT.sub(" ", text.strip())[:LONGEST_TEXT]


def decoded(content: bytes) -> str:
    """Text as Swedish Excel, Google and others write it: UTF-8, UTF-16 with its mark, or Windows-1252."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _text(path: Path, name: str, content: bytes) -> Table:
    text = decoded(content)
    # A title may stand above the heads, and commas in what people wrote: what makes most rows alike is what parts them.
    every = [_parted(name, text, delimiter) for delimiter in _DELIMITERS]
    rows = max(every, key=_alike)
    lost = [Lost(name, "too_large", "")] if len(rows) > MOST_NOTES else []
    if not rows and text.strip():
        raise _unreadable(path, "filen går inte att läsa som en tabell", "spara den igen som csv")
    return Table(name, tuple(rows[:MOST_NOTES]), tuple(lost))


def _alike(rows: Sequence[Row]) -> int:
    """How many rows have as many cells as most, if that is more than one."""
    sizes = Counter(len(cells) for _, cells in rows if len(cells) > 1)
    return max(sizes.values(), default=0)


def _parted(name: str, text: str, delimiter: str) -> list[Row]:
    quoted, plain = (_rows(name, text, delimiter, quoting) for quoting in (csv.QUOTE_MINIMAL, csv.QUOTE_NONE))
    # A quotation mark that nobody closed takes the rows after it into one cell.
    swallowed = any("\n" in cell and cell.count(delimiter) > 1 for _, cells in quoted for cell in cells)
    return plain if swallowed or not quoted else quoted


def _rows(name: str, text: str, delimiter: str, quoting: Any) -> list[Row]:  # noqa: ANN401  # csv has no public type for it
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, quoting=quoting)
    found: list[Row] = []
    try:
        for row in reader:
            cells = tuple(clean(_without_mark(cell.strip())) for cell in row)
            if any(cells):
                found.append((f"{name}, rad {reader.line_num}", cells))
    except csv.Error:
        return []
    return found


def _without_mark(text: str) -> str:
    """Without the apostrophe by which a text that looks like a formula is kept a text."""
    return text[1:] if text[:1] == "'" and text[1:2] in ("=", "+", "-", "@", "'") else text


def _lines(path: Path, name: str, content: bytes) -> Table:
    heads: dict[str, None] = {}
    records: list[tuple[int, dict[str, Any]]] = []
    lines = decoded(content).split("\n")
    for number, line in enumerate(lines[:MOST_NOTES], 1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
        except (ValueError, RecursionError):
            record = None
        if not isinstance(record, dict):
            raise InputError(
                (Problem("error", str(path), number, 1, "raden är inget JSON-objekt", "skriv ett objekt på varje rad"),)
            )
        records.append((number, record))
        heads |= dict.fromkeys(str(key) for key in record)
    rows: list[Row] = [(f"{name}, rad 0", tuple(heads))]
    rows += [(f"{name}, rad {number}", tuple(_said(record.get(head)) for head in heads)) for number, record in records]
    lost = [Lost(name, "too_large", "")] if len(lines) > MOST_NOTES else []
    return Table(name, tuple(rows), tuple(lost))
