"""Durations in whole milliseconds, and the exercise clock.

Inside a play time is an integer number of milliseconds since STARTEX; calendar time exists only here, at the edges.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from ovning.words import phrase

SECOND: Final = 1_000
MINUTE: Final = 60 * SECOND
HOUR: Final = 60 * MINUTE
DAY: Final = 24 * HOUR

ZONE: Final = ZoneInfo("Europe/Stockholm")

_UNITS: Final = {"s": SECOND, "min": MINUTE, "h": HOUR, "d": DAY}
_MOST_CHARACTERS: Final = 100
_PART: Final = re.compile(r"\s*(\d+(?:[.,]\d+)?)\s*([^\W\d]+)\s*")
LONGEST: Final = 366 * DAY
"""No duration in a file is longer."""


def parse_duration(text: object) -> int:
    """Milliseconds in a duration such as ``15 min``, ``2 h`` or ``1 h 30 min``.

    Raises ``ValueError``, with a Swedish text, for a missing or unknown unit, a negative or an absurd duration.
    """
    if isinstance(text, str) and len(text) > _MOST_CHARACTERS:
        raise ValueError(f"”{text[:30]}…” är ingen tid; skriv till exempel ”15 min”, ”2 h” eller ”1 h 30 min”")
    if isinstance(text, bool) or not isinstance(text, str):
        raise ValueError(f"en tid måste skrivas med enhet, till exempel ”15 min” eller ”2 h”; här står {text!r}")
    total = 0.0
    at = 0
    stripped = text.strip()
    while at < len(stripped):
        match = _PART.match(stripped, at)
        if match is None:
            raise ValueError(f"”{text}” är ingen tid; skriv till exempel ”15 min”, ”2 h” eller ”1 h 30 min”")
        number, unit = match.groups()
        if unit not in _UNITS:
            raise ValueError(f"okänd tidsenhet ”{unit}” i ”{text}”; använd s, min, h eller d")
        total += float(number.replace(",", ".")) * _UNITS[unit]
        at = match.end()
    if not stripped:
        raise ValueError("en tid får inte vara tom; skriv till exempel ”15 min”")
    if total > LONGEST:
        raise ValueError(f"”{text}” är längre än ett år")
    return round(total)


def say_duration(ms: float) -> str:
    """A duration for people: ``4 min``, ``1 h 5 min``, ``2 dygn 3 h``."""
    if 0 < ms < MINUTE:
        return phrase("duration.seconds", count=str(round(ms / SECOND)))
    minutes = round(ms / MINUTE)
    if minutes >= 24 * 60:
        days, hours, mins = *divmod(round(ms / HOUR), 24), 0
    else:
        days, (hours, mins) = 0, divmod(minutes, 60)
    parts = [
        phrase(f"duration.{unit}", count=str(number))
        for unit, number in (("days", days), ("hours", hours), ("minutes", mins))
        if number
    ]
    return " ".join(parts) or phrase("duration.minutes", count="0")


@dataclass(frozen=True, slots=True)
class Clock:
    """Turns milliseconds since STARTEX into local Swedish time and back, over changes to and from summer time."""

    start: datetime
    """STARTEX, aware, in Europe/Stockholm."""

    @classmethod
    def at(cls, local: datetime) -> Clock:
        """The clock of an exercise that starts at this naive local time."""
        return cls(local.replace(tzinfo=ZONE))

    def local(self, ms: int) -> datetime:
        """Local time, aware."""
        return (self.start.astimezone(UTC) + timedelta(milliseconds=ms)).astimezone(ZONE)

    def since(self, local: datetime) -> int:
        """Milliseconds from STARTEX to a local time (naive times are taken as Swedish)."""
        aware = local if local.tzinfo else local.replace(tzinfo=ZONE)
        return round((aware.astimezone(UTC) - self.start.astimezone(UTC)).total_seconds() * 1000)

    def on(self, day: date, clock: str) -> int:
        """Milliseconds from STARTEX to a clock time of a day; ``24:00`` is the midnight that ends it."""
        hours, minutes = clock.split(":")
        later, hour = divmod(int(hours), 24)
        return self.since(datetime.combine(day + timedelta(days=later), time(hour, int(minutes))))
