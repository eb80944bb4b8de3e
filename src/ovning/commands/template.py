"""A municipality's own Word template, as somebody gave it."""

from __future__ import annotations

from pathlib import Path

from ovning.errors import InputError, Problem
from ovning.report.papers.paper import Paper
from ovning.report.papers.word import word_document


def house_template(path: Path) -> bytes:
    """A house template. Raises ``InputError`` for a file that is no Word document."""
    try:
        content = path.read_bytes()
        word_document(Paper("", "", "", "", ()), None, content)
    except (OSError, ValueError):
        message, fix = "mallen går inte att läsa som ett Word-dokument", "spara den som .docx, inte .dotx eller .doc"
        raise InputError((Problem("error", str(path), 0, 0, message, fix),)) from None
    return content
