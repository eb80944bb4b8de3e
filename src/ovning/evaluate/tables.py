"""Files of notes as plain tables: Excel, comma or semicolon text, JSON lines. Formulas and macros are never run."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any, Final

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet.worksheet import Worksheet

from ovning.errors import InputError, Problem
from ovning.limits import LARGEST_FILE, LONGEST_TEXT, MOST_NOTES

_LARGEST_UNPACKED: Final = 50 * LARGEST_FILE
_DELIMITERS: Final = (";", "\t", ",")
_SHEETS: Final = (".xlsx", ".xlsm")
_TEXTS: Final = (".csv", ".tsv", ".txt")
_LINES: Final = (".jsonl", ".ndjson")


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells as text, with where each stands."""

    name: str
    """Of the file, and of the sheet if there are several."""
    rows: tuple[tuple[str, tuple[str, ...]], ...]
    """Where it stands, and its cells; empty rows are left out."""


def read_tables(path: Path) -> tuple[Table, ...]:
    """What stands in a file. Raises ``InputError`` for one that cannot be read as any of them."""
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise _unreadable(path, "filen är för stor", "dela den, eller ta bort bilder ur den")
        content = path.read_bytes()
    except OSError as problem:
        raise _unreadable(path, f"filen går inte att läsa: {problem.strerror}", "kontrollera namnet") from None
    kind = path.suffix.lower()
    if kind in _SHEETS:
        return tuple(_sheets(path, content))
    if kind in _LINES:
        return (_lines(path, content),)
    if kind in _TEXTS:
        return (_text(path, content),)
    raise _unreadable(
        path, f"”{kind or path.name}” är inget format som går att läsa", "spara som .xlsx, .csv eller .jsonl"
    )


def _unreadable(path: Path, message: str, fix: str) -> InputError:
    return InputError((Problem("error", str(path), 0, 0, message, fix),))


def _sheets(path: Path, content: bytes) -> Iterator[Table]:
    broken = "filen går inte att läsa som Excel"
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            if sum(part.file_size for part in parts.infolist()) > _LARGEST_UNPACKED:
                raise _unreadable(path, "filen är för stor när den packas upp", "spara bara bladen med observationer")
        # Values as they were last worked out; a formula is never worked out here.
        book = load_workbook(io.BytesIO(content), data_only=True, keep_vba=False, keep_links=False)
    except (zipfile.BadZipFile, InvalidFileException, KeyError, ValueError, OSError):
        raise _unreadable(path, broken, "öppna den i Excel och spara den igen som .xlsx") from None
    for sheet in book.worksheets:
        merged = _merged(sheet)
        rows = []
        for row in sheet.iter_rows(max_row=min(sheet.max_row, MOST_NOTES)):
            cells = tuple(_said(merged.get(cell.coordinate, cell.value)) for cell in row)
            if any(cells):
                rows.append((f"{path.name}, {sheet.title}, rad {row[0].row}", cells))
        yield Table(f"{path.name}, {sheet.title}", tuple(rows))


def _merged(sheet: Worksheet) -> dict[str, Any]:
    """Cells that were put together: each says what the first of them says."""
    found: dict[str, Any] = {}
    for span in sheet.merged_cells.ranges:
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
        case float():
            return f"{value:g}"
        case _:
            return str(value).strip()[:LONGEST_TEXT]


def decoded(content: bytes) -> str:
    """Text as Swedish Excel, Google and others write it: UTF-8, UTF-16 with its mark, or Windows-1252."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _text(path: Path, content: bytes) -> Table:
    text = decoded(content)
    first = next((line for line in text.splitlines() if line.strip()), "")
    delimiter = max(_DELIMITERS, key=first.count)
    rows: list[tuple[str, tuple[str, ...]]] = []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        for row in reader:
            cells = tuple(_without_mark(cell.strip())[:LONGEST_TEXT] for cell in row)
            if any(cells) and len(rows) < MOST_NOTES:
                rows.append((f"{path.name}, rad {reader.line_num}", cells))
    except csv.Error:
        raise _unreadable(path, f"rad {reader.line_num} går inte att läsa", "spara filen igen som csv") from None
    return Table(path.name, tuple(rows))


def _without_mark(text: str) -> str:
    """Without the apostrophe by which a text that looks like a formula is kept a text."""
    return text[1:] if text[:1] == "'" and text[1:2] in ("=", "+", "-", "@", "'") else text


def _lines(path: Path, content: bytes) -> Table:
    heads: dict[str, None] = {}
    records: list[tuple[int, dict[str, Any]]] = []
    for number, line in enumerate(decoded(content).splitlines()[:MOST_NOTES], 1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
        except (json.JSONDecodeError, RecursionError):
            record = None
        if not isinstance(record, dict):
            raise InputError(
                (Problem("error", str(path), number, 1, "raden är inget JSON-objekt", "skriv ett objekt på varje rad"),)
            )
        records.append((number, record))
        heads |= dict.fromkeys(str(key) for key in record)
    rows: list[tuple[str, Sequence[str]]] = [(f"{path.name}, rad 0", tuple(heads))]
    rows += [(f"{path.name}, rad {number}", [_said(record.get(head)) for head in heads]) for number, record in records]
    return Table(path.name, tuple((where, tuple(cells)) for where, cells in rows))
