"""Numbers in Swedish: shares, times and their intervals, said the same way in the terminal and in the report."""

from __future__ import annotations

import re
from typing import Final

from ovning.measures.intervals import Mean, Quantile, Share
from ovning.model.exercise import Criterion
from ovning.units import HOUR, MINUTE, say_duration

NBSP: Final = "\N{NO-BREAK SPACE}"
"""Between a number and its sign, so that they are not parted."""

_INSIDE: Final = re.compile(r"(?<=\d)[ ](?=(?:s|min|h|d)\b)|(?<=[%\d])[ ](?=\([\d,]+–)")
_POINT: Final = re.compile(r"(?<=\d)\.(?=\d+\s*(?:s|min|h|d)\b)")


def unbroken(text: str) -> str:
    """The same text where no line is broken inside a time or between a number and its interval."""
    return re.sub(r"(?<=\d\u00a0[hd])[ ](?=\d)", NBSP, _INSIDE.sub(NBSP, text))


def with_comma(text: str) -> str:
    """A time as written in a file, with the comma that Swedish has: ``4,5 min``."""
    return _POINT.sub(",", text)


def percent(share: float | None) -> str:
    """``87 %``; never rounds what is not all or nothing to all or nothing."""
    if share is None:
        return "–"
    if 0 < share < 0.005:
        return f"<1{NBSP}%"
    if 0.995 <= share < 1:
        return f">99{NBSP}%"
    return f"{100 * share:.0f}{NBSP}%"


def share(value: Share) -> str:
    """A share with its interval: ``87 % (82–91)``."""
    if value.share is None:
        return "–"
    return f"{percent(value.share)} ({100 * value.low:.0f}–{100 * value.high:.0f})"


def limit(criterion: Criterion, value: float) -> str:
    """A limit of a criterion, or what it came to: ``30 min``, ``90 %``, ``3``."""
    if criterion.unit == "share":
        return percent(value)
    return f"{value:.0f}" if criterion.unit == "count" else say_duration(value)


def within(criterion: Criterion, value: float) -> str:
    """A limit with its word: ``inom 30 min``, ``minst 90 %``, ``högst 3``."""
    word = "inom" if criterion.is_time else "högst" if criterion.wants_less else "minst"
    return f"{word} {limit(criterion, value)}"


def minutes(ms: float) -> str:
    """Minutes with one decimal where it tells something: ``0,4``, ``12``, ``3 335``."""
    value = ms / MINUTE
    return f"{value:.1f}".replace(".", ",") if value < 10 else f"{value:,.0f}".replace(",", NBSP)


def mean_minutes(value: Mean) -> str:
    """A mean with its interval, in minutes: ``12 (10–14)``."""
    if value.low is None or value.high is None:
        return minutes(value.mean)
    return f"{minutes(value.mean)} ({minutes(value.low)}–{minutes(value.high)})"


def hours(ms: float) -> str:
    """Hours with one decimal where it tells something: ``0,4``, ``12``."""
    return number(ms / HOUR)


def mean_hours(value: Mean) -> str:
    """A mean with its interval, in hours."""
    if value.low is None or value.high is None:
        return hours(value.mean)
    return f"{hours(value.mean)} ({hours(value.low)}–{hours(value.high)})"


def number(value: float) -> str:
    """A mean number of something: ``0,4``, ``12``, ``12 400``."""
    if value < 10 and round(value, 1) != round(value):
        return f"{value:.1f}".replace(".", ",")
    return f"{value:,.0f}".replace(",", NBSP)


def mean_number(value: Mean) -> str:
    """A mean number with its interval: ``12 (10–14)``."""
    if value.low is None or value.high is None:
        return number(value.mean)
    return f"{number(value.mean)} ({number(value.low)}–{number(value.high)})"


def not_within(horizon: int) -> str:
    """What is said of a time that was not reached."""
    return f"inte inom {say_duration(horizon)}"


def quantile(value: Quantile | None, horizon: int) -> str:
    """A time, or that it was not reached."""
    if value is None:
        return "–"
    return not_within(horizon) if value.value is None else say_duration(value.value)


def span(low: Quantile | None, high: Quantile | None, horizon: int) -> str:
    """From one quantile to another: ``1 h 5 min – 3 h``."""
    if low is None or high is None:
        return "–"
    if low.value is None:
        return not_within(horizon)
    if high.value is None:
        return f"{say_duration(low.value)} – {not_within(horizon)}"
    return f"{say_duration(low.value)} – {say_duration(high.value)}"
