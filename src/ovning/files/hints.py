"""The word that was perhaps meant."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches


def nearest(word: str, known: Iterable[str], cutoff: float = 0.6) -> str | None:
    """The known word most like this one, if any is like it (``cutoff`` from 0, anything, to 1, the same)."""
    choices = {k.lower(): k for k in sorted(known, reverse=True)}
    found = get_close_matches(word.lower(), choices, n=1, cutoff=cutoff)
    return choices[found[0]] if found else None


def meant(word: str, known: Iterable[str]) -> str:
    """``menade du …?``, or the words there are when they are few, or nothing."""
    names = sorted(set(known))
    if (near := nearest(word, names)) is not None:
        return f"menade du ”{near}”?"
    if not names:
        return "det finns inga sådana här"
    return f"det finns: {', '.join(names)}" if len(names) <= 12 else ""
