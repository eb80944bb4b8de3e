"""Times as people write them: ``09:35``, ``9.35``, ``0935``, ``kl 09.35``, ``T+1:35``, with or without a date."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final, NamedTuple

from ovning.model.conduct import Conduct
from ovning.units import DAY, HOUR, MINUTE, SECOND, Clock, parse_duration

_OFFSET: Final = re.compile(r"t\s*\+\s*(.+)", re.IGNORECASE)
_HOURS: Final = re.compile(r"(\d{1,3})\s*[:.]\s*([0-5]\d)(?:\s*[:.]\s*([0-5]\d))?")
_CLOCK: Final = re.compile(
    r"(?:(?:kl|klockan|ca|c:a|omkring|~)\.?\s*)*([01]?\d|2[0-4])\s*[:.,h]\s*([0-5]\d)(?:\s*[:.]\s*([0-5]\d))?",
    re.IGNORECASE,
)
_TIGHT: Final = re.compile(r"(?:(?:kl|klockan|ca)\.?\s*)*([01]\d|2[0-4])([0-5]\d)", re.IGNORECASE)
_ISO: Final = re.compile(r"(\d{4})-(\d{2})-(\d{2})[ T]+(.+)")
_DAY: Final = re.compile(r"(\d{1,2})\s*[/.]\s*(\d{1,2})(?:\s*[/.-]\s*(\d{4}))?\s+(.+)")
_BACK: Final = 6 * HOUR
"""A time so much earlier than the row before is of the next day; a little earlier is only out of order."""


class Offset(NamedTuple):
    """Since STARTEX."""

    ms: int


class OfDay(NamedTuple):
    """A clock time, of a known day or of none."""

    ms: int
    """Since midnight."""
    day: date | None = None


def read_time(text: str) -> Offset | OfDay | None:
    """What a cell says; ``None`` if that is no time."""
    said = text.strip()
    if offset := _OFFSET.fullmatch(said):
        return _offset(offset[1].strip())
    if whole := _ISO.fullmatch(said):
        return _on_day(whole[4], (int(whole[1]), int(whole[2]), int(whole[3])))
    if found := (_CLOCK.fullmatch(said) or _TIGHT.fullmatch(said)):
        hours, minutes, *rest = found.groups()
        seconds = int(rest[0]) if rest and rest[0] else 0
        return OfDay(int(hours) * HOUR + int(minutes) * MINUTE + seconds * SECOND)
    if dated := _DAY.fullmatch(said):
        return _on_day(dated[4], (int(dated[3] or 0), int(dated[2]), int(dated[1])))
    return None


def _offset(said: str) -> Offset | None:
    if found := _HOURS.fullmatch(said):
        return Offset(int(found[1]) * HOUR + int(found[2]) * MINUTE + int(found[3] or 0) * SECOND)
    if said == "0":
        return Offset(0)
    try:
        return Offset(parse_duration(said))
    except ValueError:
        return None


def _on_day(text: str, day: tuple[int, int, int]) -> OfDay | None:
    found = read_time(text)
    if not isinstance(found, OfDay):
        return None
    year, month, number = day
    try:
        # Year 1 stands for the year of the scenario: ``22/1 09:35``.
        return OfDay(found.ms, date(year or 1, month, number))
    except ValueError:
        return None


@dataclass(slots=True)
class Reader:
    """Times of one observer's rows, one after another."""

    clock: Clock
    horizon: int
    conduct: Conduct | None = None
    by_wall: bool = False
    """Times are those of the real day of the exercise, and not of the scenario."""
    last: int | None = None

    def place(self, said: Offset | OfDay) -> int | None:
        """Milliseconds from STARTEX; ``None`` for a time outside the exercise, or in hours that were not played."""
        at = said.ms if isinstance(said, Offset) else self._by_wall(said) if self.by_wall else self._by_scenario(said)
        if at is None or not 0 <= at <= self.horizon or (self.conduct and self.conduct.elapsed(at) is None):
            return None
        self.last = at if self.last is None else max(self.last, at)
        return at

    def _by_scenario(self, said: OfDay) -> int | None:
        begins = 0 if self.conduct is None else self.conduct.plays[0]
        if said.day is not None:
            year = said.day.year if said.day.year > 1 else self.clock.local(begins).year
            return self._since(said.day.replace(year=year), said.ms)
        earliest = begins if self.last is None else self.last - _BACK
        first = self.clock.local(max(0, earliest)).date() - timedelta(days=1)
        for n in range(self.horizon // DAY + 3):
            at = self._since(first + timedelta(days=n), said.ms)
            if at >= max(earliest, begins) and (self.conduct is None or self.conduct.elapsed(at) is not None):
                return at
        return None

    def _by_wall(self, said: OfDay) -> int | None:
        if self.conduct is None or self.conduct.begins is None:
            return None
        hours, minutes = self.conduct.begins.split(":")
        elapsed = (said.ms - int(hours) * HOUR - int(minutes) * MINUTE) % DAY
        return self.conduct.scenario_time(elapsed)

    def _since(self, day: date, ms: int) -> int:
        later, rest = divmod(ms, DAY)
        midnight = datetime.combine(day + timedelta(days=later), time())
        return self.clock.since(midnight + timedelta(milliseconds=rest))
