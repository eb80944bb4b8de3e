"""The catalogue's texts with numbers in them that know where they come from."""

from __future__ import annotations

from ovning.report.said import Said, Text, said
from ovning.words import form, parts_of, word

__all__ = ["counted", "word", "words"]


def words(key: str, /, **parts: Text) -> Said:
    """The text of the key with its places filled in. Raises ``KeyError`` for a key or a place that is not there."""
    pieces: list[Text] = []
    for literal, place in parts_of(key):
        pieces.append(literal)
        if place is not None:
            pieces.append(parts[place])
    return said(*pieces)


def counted(key: str, count: int, /, **parts: Text) -> Said:
    """The text for one or for several: ``key.one`` or ``key.other``."""
    return words(form(key, count), **parts)
