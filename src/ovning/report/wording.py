"""Numbers in Swedish: shares, times and their intervals, said the same way in the terminal and in the report."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from ovning.units import HOUR, MINUTE
from ovning.words import phrase

NBSP: Final = "\N{NO-BREAK SPACE}"
"""Between a number and its sign, so that they are not parted."""

_UNITS: Final = ("s", "min", "h", "d")
"""In which times are written in the files."""


def unbroken(text: str) -> str:
    """The same text where no line is broken inside a time or between a number and its interval."""
    inside, after, _ = _patterns()
    return after.sub(rf"\1{NBSP}", inside.sub(NBSP, text))


def with_comma(text: str) -> str:
    """A time as written in a file, with the comma that Swedish has: ``4,5 min``."""
    *_, point = _patterns()
    return point.sub(",", text)


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """A space inside a time or before an interval; one between two parts of a time; the point in the number of one."""
    hours, days = (phrase(f"duration.{unit}", count="").strip() for unit in ("hours", "days"))
    units, longer = ("|".join(map(re.escape, each)) for each in ((*_UNITS, days), (hours, "d", days)))
    return (
        re.compile(rf"(?<=\d)[ ](?=(?:{units})\b)|(?<=[%\d])[ ](?=\([\d,]+–)"),
        re.compile(rf"(\d\u00a0(?:{longer})) (?=\d)"),
        re.compile(rf"(?<=\d)\.(?=\d+\s*(?:{units})\b)"),
    )


def percent(share: float | None) -> str:
    """``87 %``; never rounds what is not all or nothing to all or nothing."""
    if share is None:
        return "–"
    if 0 < share <= 0.005:
        return f"<1{NBSP}%"
    if 0.995 <= share < 1:
        return f">99{NBSP}%"
    return f"{100 * share:.0f}{NBSP}%"


def minutes(ms: float) -> str:
    """Minutes with one decimal where it tells something: ``0,4``, ``12``, ``3 335``."""
    value = ms / MINUTE
    return f"{value:.1f}".replace(".", ",") if value < 10 else f"{value:,.0f}".replace(",", NBSP)


def hours(ms: float) -> str:
    """Hours with one decimal where it tells something: ``0,4``, ``12``."""
    return number(ms / HOUR)


def number(value: float) -> str:
    """A mean number of something: ``0,4``, ``12``, ``12 400``."""
    if value < 10 and round(value, 1) != round(value):
        return f"{value:.1f}".replace(".", ",")
    return f"{value:,.0f}".replace(",", NBSP)
