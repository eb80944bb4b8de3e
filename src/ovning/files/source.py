"""Files as text: found, small enough, and UTF-8; anything else is a problem with a hint."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path
from typing import Final

from ovning.errors import InputError, Problem
from ovning.files.tree import Place, Source

LARGEST: Final = 2_000_000
"""Bytes in a file; a large exercise is a twentieth of this."""

_CONTROL: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x80-\x84\x86-\x9f\ufffe\uffff\ud800-\udfff]")


def failed(name: str, message: str, fix: str = "") -> InputError:
    """The error for a file as a whole."""
    return InputError((Problem("error", name, 0, 0, message, fix),))


def read_text(path: Path, name: str) -> tuple[Source, str]:
    """The text of a file and what excerpts are taken from.

    Raises ``InputError`` for a file that is missing, a folder, too large, unreadable or not UTF-8.
    """
    try:
        if path.is_dir():
            raise failed(name, "detta är en mapp, inte en fil", "ange filen i mappen")
        if not path.exists():
            raise failed(name, "filen finns inte", "kontrollera sökvägen och att filändelsen är .yaml")
        if not path.is_file():
            raise failed(name, "detta är ingen vanlig fil")
        with path.open("rb") as stream:
            data = stream.read(LARGEST + 1)
    except OSError as problem:
        raise failed(name, f"filen kan inte läsas: {problem.strerror or problem}") from None
    except ValueError:
        raise failed(name, "sökvägen innehåller tecken som inte kan stå i ett filnamn") from None
    if len(data) > LARGEST:
        raise failed(name, f"filen är större än {LARGEST // 1_000_000} MB", "dela upp den, eller se om det är rätt fil")
    return as_source(data, name)


def as_source(data: bytes, name: str) -> tuple[Source, str]:
    """Bytes as text. Raises ``InputError`` where they are not UTF-8 or hold control characters."""
    digest = hashlib.sha256(data).hexdigest()
    if data[:2] in (b"\xff\xfe", b"\xfe\xff") or (data and data[:400].count(0) * 3 > len(data[:400])):
        raise failed(name, "filen är sparad som UTF-16, inte UTF-8", "spara om den med teckenkodningen UTF-8")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        text = data.decode("cp1252", errors="replace")
        before = data[: problem.start].decode("utf-8-sig", errors="replace")
        source = Source(name, tuple(text.splitlines()), digest)
        line, column = before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1
        guess = data[problem.start : problem.start + 1].decode("cp1252", errors="replace")
        fix = "spara om filen med teckenkodningen UTF-8"
        if guess in "åäöÅÄÖéÉ–”’":
            fix = f"filen ser ut att vara sparad som Windows-1252 (här ett ”{guess}”); {fix}"
        raise InputError((Place(source, line, column).problem("filen är inte UTF-8", fix),)) from None
    source = Source(name, tuple(re.split(r"\r\n|\r|\n", text)), digest)
    if found := _CONTROL.search(text):
        before = text[: found.start()]
        place = Place(source, len(re.findall(r"\r\n|\r|\n", before)) + 1, len(re.split(r"[\r\n]", before)[-1]) + 1)
        raise InputError(
            (place.problem(f"ett styrtecken (U+{ord(found[0]):04X}) som inte får stå i en fil", "ta bort tecknet"),)
        )
    return source, text
