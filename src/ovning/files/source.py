"""Files as text: found, small enough, and UTF-8; anything else is a problem with a hint."""

from __future__ import annotations

import hashlib
import re
from itertools import islice
from pathlib import Path
from typing import Final

from ovning.errors import InputError, Problem, why
from ovning.files.tree import Place, Source
from ovning.letters import IN_FILE, name_of
from ovning.limits import LARGEST_FILE

_LINE_END: Final = re.compile(r"\r\n|\r|\n")
_MARKS: Final = 20
"""So many characters that may not be there are pointed at."""


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
        if path.is_symlink() and not path.exists():
            raise failed(name, "länken leder inte till någon fil", "ta bort den, eller lägg filen här")
        if not path.exists():
            raise failed(name, "filen finns inte", "kontrollera sökvägen och att filändelsen är .yaml")
        if not path.is_file():
            raise failed(name, "detta är ingen vanlig fil", "lägg en fil med text här i stället")
        with path.open("rb") as stream:
            data = stream.read(LARGEST_FILE + 1)
    except OSError as problem:
        raise failed(name, f"filen kan inte läsas: {why(problem)}") from None
    except ValueError:
        raise failed(name, "sökvägen innehåller tecken som inte kan stå i ett filnamn") from None
    if len(data) > LARGEST_FILE:
        raise failed(
            name, f"filen är större än {LARGEST_FILE // 1_000_000} MB", "dela upp den, eller se om det är rätt fil"
        )
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
    source = Source(name, tuple(_LINE_END.split(text)), digest)
    hidden = [_hidden(source, text, found.start()) for found in islice(IN_FILE.finditer(text), _MARKS)]
    if hidden:
        raise InputError(tuple(hidden))
    return source, text


def _hidden(source: Source, text: str, at: int) -> Problem:
    before = _LINE_END.split(text[:at])
    place = Place(source, len(before), len(before[-1]) + 1)
    message = f"ett styrtecken ({name_of(text[at])}) som inte får stå i en fil"
    return place.problem(message, "ta bort tecknet; det syns inte, men står i den kolumnen")
