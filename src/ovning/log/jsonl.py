"""One play's log as canonical JSONL: the same log is always the same bytes.

The first line says what the file is: ``{"format":"ovning.log","version":1}``. Then one record a line,
``{"n":0,"type":"PlayStarted","at":0,…}``: its number from 0, its type, and its fields in their order. UTF-8, nothing
escaped that need not be, no spaces between, every line (the last too) ended by a single line feed, numbers in the
shortest form that reads back as the same number (``repr``). The first record is ``PlayStarted`` and the last
``PlayEnded``, so a file that was cut off is known as such.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Final, NoReturn

from ovning.errors import InputError, OutputError, Problem
from ovning.log.fields import FORMAT, RECORD_TYPES, VERSION, fields_of
from ovning.log.records import Log, PlayEnded, PlayStarted, Record

_encode: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode
_LONGEST_EXCERPT: Final = 120


def lines(log: Iterable[Record]) -> Iterator[str]:
    """The lines of the file, without their line feeds."""
    yield _encode({"format": FORMAT, "version": VERSION})
    for n, record in enumerate(log):
        name = type(record).__name__
        written: dict[str, Any] = {"n": n, "type": name}
        for field, value in zip(fields_of(name), record, strict=True):
            written[field.name] = field.canonical(value)
        yield _encode(written)


def to_bytes(log: Iterable[Record]) -> bytes:
    """The whole file. Raises ``ValueError`` for a value that cannot be written, such as a NaN."""
    return "".join(f"{line}\n" for line in lines(log)).encode()


def write(log: Iterable[Record], path: Path) -> None:
    """Write the file, whole or not at all. Raises ``OutputError`` when it cannot be written."""
    content = to_bytes(log)
    part = path.with_name(f"{path.name}.part")
    try:
        part.write_bytes(content)
        part.replace(path)
    except OSError as problem:
        raise OutputError(f"kan inte skriva loggen {path}: {problem.strerror}") from problem
    finally:
        part.unlink(missing_ok=True)


def read(path: Path) -> Log:
    """The log in a file, every field as it was. Raises ``InputError`` with file and line if the file is damaged."""
    try:
        content = path.read_bytes()
    except OSError as problem:
        raise InputError((Problem("error", str(path), 0, 0, f"kan inte läsa loggen: {problem.strerror}"),)) from problem
    return from_bytes(content, str(path))


def from_bytes(content: bytes, name: str) -> Log:
    """The log in a file's bytes; ``name`` stands for the file in messages. Raises ``InputError`` like ``read``."""
    rows = content.split(b"\n")
    if rows[-1]:
        _damaged(name, len(rows), "den sista raden är avhuggen", rows[-1])
    del rows[-1]
    if not rows:
        _damaged(name, 1, "filen är tom", b"")
    _check_header(name, rows[0])
    log = tuple(_record(name, n, row) for n, row in enumerate(rows[1:]))
    if not log or not isinstance(log[0], PlayStarted):
        _damaged(name, 2, "loggen börjar inte med PlayStarted", b"")
    if not isinstance(log[-1], PlayEnded):
        _damaged(name, len(rows), "loggen slutar inte med PlayEnded; den är avhuggen", rows[-1])
    return log


def _check_header(name: str, row: bytes) -> None:
    header = _parsed(name, 1, row)
    if header.get("format") != FORMAT:
        _damaged(name, 1, f"första raden ska säga att detta är en logg: {{“format”:“{FORMAT}”,…}}", row)
    if header.get("version") != VERSION or type(header["version"]) is not int:
        _damaged(
            name, 1, f"loggen har version {header.get('version')!r}; den här versionen av ovning läser {VERSION}", row
        )


def _record(name: str, n: int, row: bytes) -> Record:
    line = n + 2
    read = _parsed(name, line, row)
    if read.get("n") != n or type(read["n"]) is not int:
        _damaged(name, line, f"posten borde ha nummer {n}; rader saknas eller är omkastade", row)
    kind = read.get("type")
    if not isinstance(kind, str) or kind not in RECORD_TYPES:
        _damaged(name, line, f"okänd sorts post: {kind!r}", row)
    fields = fields_of(kind)
    odd = set(read) ^ {"n", "type", *(field.name for field in fields)}
    if odd:
        _damaged(name, line, f"{kind} har inte de fält den ska: {', '.join(sorted(odd))}", row)
    try:
        values = [field.typed(read[field.name]) for field in fields]
    except ValueError as problem:
        _damaged(name, line, f"{kind}: {problem}", row)
    record: Record = RECORD_TYPES[kind](*values)
    return record


def _parsed(name: str, line: int, row: bytes) -> dict[str, Any]:
    try:
        read = json.loads(row.decode(), parse_constant=_no_number)
    except (ValueError, RecursionError):
        _damaged(name, line, "raden går inte att läsa som JSON", row)
    if not isinstance(read, dict):
        _damaged(name, line, "raden är ingen post", row)
    return read


def _no_number(text: str) -> NoReturn:
    raise ValueError(text)


def _damaged(name: str, line: int, message: str, row: bytes) -> NoReturn:
    excerpt = row.decode(errors="replace")[:_LONGEST_EXCERPT]
    fix = "spela om övningen med samma frö; loggen blir då densamma, byte för byte"
    raise InputError((Problem("error", name, line, 0, f"loggen är skadad: {message}", fix, excerpt),))
