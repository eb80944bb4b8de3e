"""When people are at work, and when it is night, in milliseconds since STARTEX."""

from __future__ import annotations

from bisect import bisect_right
from datetime import date, datetime, time, timedelta
from typing import Final

from ovning.free_days import is_free_day
from ovning.model.assumptions import ModelAssumptions, OfficeHours
from ovning.units import DAY, MINUTE, Clock

_DAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_ALWAYS: Final = "always"
_NEVER: Final = "never"
FOREVER: Final = 1 << 50


class Calendars:
    """All calendars of one exercise, spelled out from a day before STARTEX to well after the horizon."""

    def __init__(self, clock: Clock, horizon: int, assumptions: ModelAssumptions) -> None:
        self._clock = clock
        first = clock.local(0).date() - timedelta(days=3)
        days = [first + timedelta(days=n) for n in range(horizon // DAY + 14)]
        self._spans = {name: self._work(days, hours) for name, hours in sorted(assumptions.calendars.items())}
        begins, ends = assumptions.night_begins, assumptions.night_ends
        parts: list[tuple[int, bool, str]] = []
        for day in days:
            next_day = day + timedelta(days=int(ends <= begins))
            morning = clock.on(next_day, ends)
            parts.append((clock.on(day, begins), True, f"{day}/night"))
            next_evening = clock.on(day + timedelta(days=1), begins)
            blocks = range(morning, max(next_evening, morning + 1), max(assumptions.luck_of_the_day_lasts, MINUTE))
            parts.extend((at, False, f"{next_day}/day/{n}") for n, at in enumerate(blocks))
        self._parts = sorted(parts)
        self._part_starts = [p[0] for p in self._parts]
        mondays = [day for day in [first - timedelta(days=7), *days] if day.weekday() == 0]
        self._weeks = [(clock.since(datetime.combine(day, time())), (day.toordinal() - 1) // 7) for day in mondays]
        self._week_starts = [start for start, _ in self._weeks]
        begun = clock.local(0)  # which need not be a whole minute; offsets from UTC are
        self._past_minute = begun.second * 1_000_000 + begun.microsecond
        self._clocks: dict[int, str] = {}

    def _work(self, days: list[date], hours: OfficeHours) -> list[tuple[int, int]]:
        spans = []
        for day in days:
            if _DAYS[day.weekday()] in hours.days and (hours.holidays or not is_free_day(day)):
                close = day + timedelta(days=int(hours.end <= hours.begin))
                spans.append((self._clock.on(day, hours.begin), self._clock.on(close, hours.end)))
        return spans

    def span(self, calendar: str, at: int) -> tuple[int, int] | None:
        """The stretch of work that ``at`` falls in, or ``None``."""
        if calendar == _ALWAYS:
            return (-FOREVER, FOREVER)
        if calendar == _NEVER:
            return None
        spans = self._spans[calendar]
        i = bisect_right(spans, (at, FOREVER)) - 1
        return spans[i] if i >= 0 and spans[i][0] <= at < spans[i][1] else None

    def latest(self, calendar: str, at: int) -> tuple[int, int] | None:
        """The stretch of work that ``at`` falls in, or else the last one before it."""
        if calendar in (_ALWAYS, _NEVER):
            return self.span(calendar, at)
        spans = self._spans[calendar]
        i = bisect_right(spans, (at, FOREVER)) - 1
        return spans[i] if i >= 0 else None

    def next_begin(self, calendar: str, at: int) -> int | None:
        """When work next begins after ``at``, or ``None``."""
        if calendar in (_ALWAYS, _NEVER):
            return None
        spans = self._spans[calendar]
        i = bisect_right(spans, (at, FOREVER))
        return spans[i][0] if i < len(spans) else None

    def moments(self, text: str, horizon: int) -> list[int]:
        """When the clock shows this, from STARTEX to the horizon."""
        first = self._clock.local(0).date()
        days = [first + timedelta(days=n) for n in range(horizon // DAY + 2)]
        moments = [self._clock.on(day, text) for day in days]
        return [at for at in moments if 0 <= at <= horizon]

    def clock(self, at: int) -> str:
        """What the clock shows, such as 14:05."""
        minute = (at * 1000 + self._past_minute) // 60_000_000
        shown = self._clocks.get(minute)
        if shown is None:
            shown = self._clocks[minute] = self._clock.local(at).strftime("%H:%M")
        return shown

    def part(self, at: int) -> tuple[bool, str, int]:
        """Whether it is night, the name of this night or stretch of the day, and when it ends."""
        i = bisect_right(self._part_starts, at) - 1
        _, night, name = self._parts[i]
        return night, name, self._part_starts[i + 1]

    def next_week(self, at: int) -> int:
        """When the next week begins."""
        return self._week_starts[min(bisect_right(self._week_starts, at), len(self._week_starts) - 1)]

    def week(self, at: int) -> int:
        """A running number of the week, Monday to Sunday."""
        i = bisect_right(self._week_starts, at) - 1
        return self._weeks[i][1] if i >= 0 else self._weeks[0][1] - 1
