"""What is said in the same way everywhere: days, and things one after another."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import reduce
from typing import Final

from ovning.words import phrase, word

_DAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def weekday(day: date) -> str:
    """``torsdag``."""
    return word(f"weekday.{_DAYS[day.weekday()]}")


def weekday_short(day: date) -> str:
    """``tor``."""
    return word(f"weekday_short.{_DAYS[day.weekday()]}")


def month(day: date) -> str:
    """``januari``."""
    return word(f"month.{day.month}")


def enumerated(texts: Sequence[str]) -> str:
    """``a, b och c``; nothing for none."""
    if len(texts) < 2:
        return "".join(texts)
    return phrase("list.and", before=", ".join(texts[:-1]), last=texts[-1])


def chained(texts: Sequence[str]) -> str:
    """``a och b och c``; nothing for none."""
    return reduce(lambda before, last: phrase("list.and", before=before, last=last), texts) if texts else ""


def alternatives(texts: Sequence[str]) -> str:
    """``a eller b eller c``; nothing for none."""
    return reduce(lambda before, last: phrase("list.or", before=before, last=last), texts) if texts else ""
