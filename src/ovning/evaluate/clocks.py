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
_DAYS: Final = re.compile(r"(\d{1,3})\s*d\s+(\d{1,2}):([0-5]\d)")
_CLOCK: Final = re.compile(
    r"(?:(?:kl|klockan|ca|c:a|omkring|~)\.?\s*)*([01]?\d|2[0-4])\s*[:.,h]\s*([0-5]\d)(?:\s*[:.]\s*([0-5]\d))?",
    re.IGNORECASE,
)
_TIGHT: Final = re.compile(r"(?:(?:kl|klockan|ca)\.?\s*)*([01]\d|2[0-4])([0-5]\d)", re.IGNORECASE)
_SHORT: Final = re.compile(r"(\d)([0-5]\d)")
_FRACTION: Final = re.compile(r"0\.(\d|\d{3,})")
"""Of a day; with two decimals it is hours and minutes: ``0.35``."""
_ISO: Final = re.compile(r"(\d{4})-?(\d{2})-?(\d{2})(?:[ T]+(.+))?")
_DAY: Final = re.compile(r"(\d{1,2})\s*[/.]\s*(\d{1,2})(?:\s*[/.-]\s*(\d{4}))?(?:\s+(.+))?")
_NAMED: Final = re.compile(r"(\d{1,2})\.?\s+([a-zåäö]{3})[a-zåäö]*\.?(?:\s+(\d{4}))?(?:[\s,]+(.+))?", re.IGNORECASE)
_MONTHS: Final = ("jan", "feb", "mar", "apr", "maj", "jun", "jul", "aug", "sep", "okt", "nov", "dec")
_BACK: Final = 6 * HOUR
"""A time so much earlier than the row before is of the next day; a little earlier is only out of order."""
_EARLY: Final = HOUR
"""So long before the exercise people may begin to take notes."""
_LATER: Final = 18 * HOUR
"""A time of the wall so long after the beginning is before it."""


class Offset(NamedTuple):
    """Since STARTEX."""

    ms: int


class OfDay(NamedTuple):
    """A clock time, of a known day or of none."""

    ms: int
    """Since midnight."""
    day: date | None = None
    """Year 1 stands for the year of the scenario: ``22/1``."""


def read_time(text: str) -> Offset | OfDay | None:
    """What a cell says; ``None`` if that is no time."""
    said = text.strip()
    if offset := _OFFSET.fullmatch(said):
        return _offset(offset[1].strip())
    if found := (_CLOCK.fullmatch(said) or _TIGHT.fullmatch(said)):
        hours, minutes, *rest = found.groups()
        seconds = int(rest[0]) if rest and rest[0] else 0
        return OfDay(int(hours) * HOUR + int(minutes) * MINUTE + seconds * SECOND)
    for form in (_ISO, _DAY, _NAMED):
        dated = form.fullmatch(said)
        if dated is not None and (rest_of := dated[dated.re.groups]):
            day, clock = read_day(said[: dated.start(dated.re.groups)].strip(" ,T")), read_time(rest_of)
            if day is not None and isinstance(clock, OfDay):
                return OfDay(clock.ms, day)
    return None


def read_day(text: str) -> date | None:
    """A date, without a time or with midnight after it as Excel keeps one."""
    said = text.strip().removesuffix(" 00:00:00")
    if (iso := _ISO.fullmatch(said)) and iso[4] is None:
        return _date(iso[1], iso[2], iso[3])
    if (dated := _DAY.fullmatch(said)) and dated[4] is None:
        return _date(dated[3], dated[2], dated[1])
    if (named := _NAMED.fullmatch(said)) and named[4] is None and named[2].casefold() in _MONTHS:
        return _date(named[3], str(_MONTHS.index(named[2].casefold()) + 1), named[1])
    return None


def _date(year: str | None, month: str, day: str) -> date | None:
    try:
        return date(int(year or 1), int(month), int(day))
    except ValueError:
        return None


def of_excel(text: str) -> OfDay | None:
    """A time that Excel shows as a number: a part of a day, or ``0512`` without its nought."""
    said = text.strip()
    if _FRACTION.fullmatch(said):
        return OfDay(round(float(said) * DAY / SECOND) * SECOND)
    short = _SHORT.fullmatch(said)
    return None if short is None else OfDay(int(short[1]) * HOUR + int(short[2]) * MINUTE)


def _offset(written: str) -> Offset | None:
    said = written.partition(",")[0].strip()  # ``T+3:20, fre 04:20``, as the papers have it
    if found := _DAYS.fullmatch(said):
        return Offset(int(found[1]) * DAY + int(found[2]) * HOUR + int(found[3]) * MINUTE)
    if found := _HOURS.fullmatch(said):
        return Offset(int(found[1]) * HOUR + int(found[2]) * MINUTE + int(found[3] or 0) * SECOND)
    if said == "0":
        return Offset(0)
    try:
        return Offset(parse_duration(said))
    except ValueError:
        return None


class Placed(NamedTuple):
    """A time of the scenario."""

    at: int | None
    """Milliseconds from STARTEX; ``None`` for a time outside the exercise, or in hours that were not played."""
    jumped: bool = False
    """Whether it lies in hours that were not played."""
    paused: bool = False
    """Whether the play stood still then."""
    edge: bool = False
    """Whether the play stopped and went on at that very moment; it is taken to have gone on."""
    next_day: bool = False
    """Whether it was taken to be of the day after the row before, and many hours later."""


@dataclass(slots=True)
class Reader:
    """Times of one observer's rows, one after another."""

    clock: Clock
    horizon: int
    conduct: Conduct | None = None
    by_wall: bool = False
    """Times are those of the real day of the exercise, and not of the scenario."""
    last: int | None = None

    def place(self, said: Offset | OfDay) -> Placed:
        """Where it is in the scenario."""
        at = said.ms if isinstance(said, Offset) else self._by_wall(said) if self.by_wall else self._by_scenario(said)
        if at is None or not 0 <= at <= self.horizon:
            return Placed(None, paused=self.by_wall and isinstance(said, OfDay) and self._is_paused(said))
        if self.conduct is not None and self.conduct.elapsed(at) is None:
            return Placed(None, jumped=self.conduct.plays[0] < at < self.conduct.plays[1])
        before = self.last
        self.last = at if before is None else max(before, at)
        guessed = isinstance(said, OfDay) and said.day is None and not self.by_wall
        known = self._begins() if before is None else before
        moved = guessed and abs(at - known) > _BACK and self._day(at) != self._day(known)
        edge = self.by_wall and isinstance(said, OfDay) and self._is_edge(at)
        return Placed(at, edge=edge, next_day=moved)

    def _is_edge(self, at: int) -> bool:
        conduct = self.conduct
        jumps = () if conduct is None else conduct.jumps
        return any(one.to == at and conduct.elapsed(one.at) == conduct.elapsed(at) for one in jumps if conduct)

    def _is_paused(self, said: OfDay) -> bool:
        elapsed = self._elapsed(said)
        return elapsed is not None and self.conduct is not None and self.conduct.is_paused(elapsed)

    def _begins(self) -> int:
        return 0 if self.conduct is None else self.conduct.plays[0]

    def _day(self, at: int) -> date:
        return self.clock.local(at).date()

    def _by_scenario(self, said: OfDay) -> int | None:
        begins = self._begins()
        if said.day is not None:
            year = said.day.year if said.day.year > 1 else self.clock.local(begins).year
            try:
                return self._since(said.day.replace(year=year), said.ms)
            except (ValueError, OverflowError):
                return None
        at = self._after_the_last(said.ms, begins)
        if self.conduct is None or (at is not None and self._is_played(at)):
            return at
        # Hours that were not played: the only day on which the same clock was, else the next.
        seen = [one for one in self._same_clock(said.ms) if self._is_played(one)]
        later = [one for one in seen if self.last is None or one >= self.last]
        return next(iter(later or seen), at)

    def _after_the_last(self, ms: int, begins: int) -> int | None:
        earliest = begins - _EARLY if self.last is None else self.last - _BACK
        first = self.clock.local(max(0, earliest)).date() - timedelta(days=1)
        for n in range(self.horizon // DAY + 3):
            at = self._since(first + timedelta(days=n), ms)
            if at < earliest:
                continue
            if at >= begins:
                return at
            if self.last is None:
                return None  # noted before the exercise began, and not a day later
        return None

    def _same_clock(self, ms: int) -> list[int]:
        first = self.clock.local(0).date()
        return [self._since(first + timedelta(days=n), ms) for n in range(self.horizon // DAY + 2)]

    def _is_played(self, at: int) -> bool:
        return self.conduct is not None and self.conduct.elapsed(at) is not None

    def _by_wall(self, said: OfDay) -> int | None:
        elapsed = self._elapsed(said)
        return None if self.conduct is None or elapsed is None else self.conduct.scenario_time(elapsed)

    def _elapsed(self, said: OfDay) -> int | None:
        if self.conduct is None or self.conduct.begins is None:
            return None
        hours, minutes = self.conduct.begins.split(":")
        elapsed = (said.ms - int(hours) * HOUR - int(minutes) * MINUTE) % DAY
        return None if elapsed > _LATER else elapsed

    def _since(self, day: date, ms: int) -> int:
        later, rest = divmod(ms, DAY)
        midnight = datetime.combine(day + timedelta(days=later), time())
        return self.clock.since(midnight + timedelta(milliseconds=rest))
