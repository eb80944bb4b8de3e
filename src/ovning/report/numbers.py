"""Numbers of ``results.json`` as they are said, each with its place: shares, times, means and their intervals."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, NamedTuple

from ovning.report import wording
from ovning.report.catalogue import word, words
from ovning.report.place import Place
from ovning.report.said import Kind, Said, number, said
from ovning.report.wording import NBSP
from ovning.units import say_duration

NOTHING: Final = Said(("–",))
"""Where there is no number to tell."""


class Unit(NamedTuple):
    """How a mean is written."""

    kind: Kind
    text: Callable[[float], str]


MINUTES: Final = Unit("minutes", wording.minutes)
"""Milliseconds in minutes."""
HOURS: Final = Unit("hours", wording.hours)
"""Milliseconds in hours."""
NUMBER: Final = Unit("number", wording.number)
DURATION: Final = Unit("duration", say_duration)
"""Milliseconds in words."""
PERCENT: Final = Unit("percent", wording.percent)


def plain(place: Place, unit: Unit) -> Said:
    """One number: ``12``; ``–`` for none."""
    return NOTHING if place.value is None else number(place, unit.text(place.value), unit.kind)


def whole(place: Place) -> Said:
    """A whole number of something: ``200``."""
    return number(place, f"{place.value:,}".replace(",", NBSP), "whole")


def percent(place: Place) -> Said:
    """A share without its interval: ``87 %``; of a *share* or a number."""
    return plain(place["share"] if isinstance(place.value, dict) else place, PERCENT)


def duration(place: Place) -> Said:
    """A time in words: ``2 h 5 min``."""
    return plain(place, DURATION)


def share(place: Place) -> Said:
    """A *share* with its interval: ``87 % (82–91)``."""
    if place["share"].value is None:
        return NOTHING
    low, high = (number(place[end], f"{100 * place[end].value:.0f}", "percent") for end in ("low", "high"))
    return said(percent(place), f"{NBSP}(", low, "–", high, ")")


def mean(place: Place, unit: Unit) -> Said:
    """A *mean* with its interval: ``12 (10–14)``."""
    if place["low"].value is None:
        return plain(place["mean"], unit)
    low, high = (plain(place[end], unit) for end in ("low", "high"))
    return said(plain(place["mean"], unit), f"{NBSP}(", low, "–", high, ")")


def quantile(place: Place, horizon: Place) -> Said:
    """A *quantile* of a time: the time, or that it was not reached."""
    if place.value is None:
        return NOTHING
    return not_within(horizon) if place["value"].value is None else duration(place["value"])


def not_within(horizon: Place) -> Said:
    """What is said of a time that was not reached."""
    return words("number.not_within", horizon=duration(horizon))


def span(times: Place, horizon: Place) -> Said:
    """From the first tenth of the plays to the last: ``1 h 5 min – 3 h``."""
    low, high = times["p10"], times["p90"]
    if low.value is None or high.value is None:
        return NOTHING
    if low["value"].value is None:
        return not_within(horizon)
    return said(duration(low["value"]), " – ", quantile(high, horizon))


def times(place: Place, horizon: Place) -> Said:
    """The middle of *times* and what lies around it: ``12 min (5 min – 1 h)``; ``aldrig`` for what never came."""
    middle = place["median"]
    if middle.value is None or middle["value"].value is None:
        return quantile(middle, horizon)
    ends = (_short(place[end]) for end in ("p10", "p90"))
    low, high = ends
    return said(_short(middle), " (", low, " – ", high, ")")


def _short(place: Place) -> Said:
    if place.value is None or place["value"].value is None:
        return said(word("number.never"))
    return duration(place["value"])
