"""Numbers in Swedish: shares, times and their intervals, said the same way in the terminal and in the report."""

from __future__ import annotations

import re
from typing import Final

from ovning.units import HOUR, MINUTE

NBSP: Final = "\N{NO-BREAK SPACE}"
"""Between a number and its sign, so that they are not parted."""

_INSIDE: Final = re.compile(r"(?<=\d)[ ](?=(?:s|min|h|d|dygn)\b)|(?<=[%\d])[ ](?=\([\d,]+–)")
_AFTER: Final = re.compile(r"(\d\u00a0(?:h|d|dygn)) (?=\d)")
_POINT: Final = re.compile(r"(?<=\d)\.(?=\d+\s*(?:s|min|h|d|dygn)\b)")


def unbroken(text: str) -> str:
    """The same text where no line is broken inside a time or between a number and its interval."""
    return _AFTER.sub(rf"\1{NBSP}", _INSIDE.sub(NBSP, text))


def with_comma(text: str) -> str:
    """A time as written in a file, with the comma that Swedish has: ``4,5 min``."""
    return _POINT.sub(",", text)


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
