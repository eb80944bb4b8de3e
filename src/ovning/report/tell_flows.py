"""Flows told together for a stretch of time: how many came, were taken care of, wait, gave up or are late."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from ovning.log import records as r
from ovning.report.names import small
from ovning.report.tell_services import spaced
from ovning.report.teller import Entry, Teller
from ovning.report.wording import percent
from ovning.units import say_duration
from ovning.words import phrase, word

_Flow = r.FlowArrived | r.FlowTurnedAway | r.FlowBegun | r.FlowDone | r.FlowLeft | r.FlowLate


@dataclass(slots=True)
class _Kept:
    """A service that a flow keeps up, whatever changes it."""

    level: float = 1.0
    dip: float = 1.0
    """The least that it came down to since it was last whole."""
    lowest: float = 1.0
    """The least that it came down to in this stretch, or before it if it was down when the stretch began."""

    def next(self) -> None:
        """Begin another stretch."""
        self.lowest = self.dip

    def becomes(self, level: float, *, by_flow: bool) -> None:
        """It has a new level."""
        self.level = level
        self.dip = min(self.dip, level) if level < 1 else 1.0
        # What others put in order was not down because the flow fell behind: it had perhaps never been opened.
        self.lowest = min(self.lowest, level) if level < 1 or by_flow else 1.0


@dataclass(slots=True)
class _Count:
    """One flow: what has happened in this stretch, and what stands over to the next."""

    came: int = 0
    done: int = 0
    gave_up: int = 0
    no_need: int = 0
    turned_away: int = 0
    begun: int = 0
    waited: int = 0
    too_late: int = 0
    left: int = 0
    """How many are there still, waiting or being taken care of."""
    late: set[int] = field(default_factory=set)
    """Those of them that are late."""
    kept_changed: bool = False
    """Whether it changed the service that it keeps up."""
    numbers: list[int] = field(default_factory=list)
    latest: int = 0
    """The last record that says how many are left."""

    def is_smooth(self, least_wait: int) -> bool:
        """Whether nobody waited for long, left or is late, and no more are left than were taken care of."""
        trouble = self.gave_up or self.turned_away or self.too_late or self.late or self.left > self.done
        return not trouble and self.waited < max(self.begun, 1) * least_wait

    def next(self) -> None:
        """Begin another stretch."""
        self.came = self.done = self.gave_up = self.no_need = self.turned_away = 0
        self.begun = self.waited = self.too_late = 0
        self.kept_changed = False
        self.numbers = []

    def add(self, number: int, record: _Flow) -> None:
        """Count a record."""
        self.numbers.append(number)
        self.latest = number
        match record:
            case r.FlowArrived():
                self.came += record.number
                self.left += record.number
            case r.FlowTurnedAway():
                self.turned_away += record.number
                self._gone(record.number, record.items)
            case r.FlowBegun() if record.work:
                self.begun += record.number
                self.waited += record.waited
            case r.FlowDone():
                if record.last:
                    self.done += record.number
                    self._gone(record.number, record.items)
            case r.FlowLeft(why="gave_up"):
                self.gave_up += record.number
                self._gone(record.number, record.items)
            case r.FlowLeft():
                self.no_need += record.number
                self._gone(record.number, record.items)
            case r.FlowLate():
                self.too_late += record.number
                self.late.update(record.items)

    def _gone(self, number: int, items: Sequence[int]) -> None:
        self.left -= number
        self.late.difference_update(items)

    def says(self, least_wait: int = 1000) -> str:
        """In words; a mean wait shorter than ``least_wait`` milliseconds is not worth any."""
        said = [
            phrase(f"course.flow.{what}", count=spaced(count))
            for what, count in (
                ("came", self.came),
                ("done", self.done),
                ("gave_up", self.gave_up),
                ("turned_away", self.turned_away),
                ("no_need", self.no_need),
                ("too_late", self.too_late),
            )
            if count
        ]
        said.append(self._says_left())
        if self.begun and self.waited >= self.begun * least_wait:
            said.append(phrase("course.flow.waited", lasted=say_duration(self.waited / self.begun)))
        return ", ".join(said)

    def _says_left(self) -> str:
        if not self.left:
            return word("course.flow.nobody_left")
        if not self.late:
            return phrase("course.flow.left", count=spaced(self.left))
        return phrase("course.flow.left_late", count=spaced(self.left), late=spaced(len(self.late)))


def flows(teller: Teller, bounds: Sequence[int], *, least_wait: int = 1000) -> list[Entry]:
    """One entry at the end of each stretch between two bounds in which anything came, was done or stood waiting.

    A mean wait shorter than ``least_wait`` milliseconds is not told. ``what`` are the lines of flows that did not go
    smoothly.
    """
    scenario = teller.setup.scenario.flows
    kept = {flow.keeps: _Kept() for flow in scenario.values() if flow.keeps is not None}
    counts: dict[str, _Count] = {}
    entries: list[Entry] = []
    passed = 0
    for since, until in pairwise(bounds):
        # What happens at a bound belongs to the stretch that it ends, as with standing work.
        while passed < len(teller.log) and teller.log[passed].at <= until:
            number, record = passed, teller.log[passed]
            passed += 1
            if isinstance(record, _Flow):
                counts.setdefault(record.flow, _Count()).add(number, record)
            elif isinstance(record, r.ServiceChanged) and record.service in kept:
                by_flow = record.caused_by in scenario
                kept[record.service].becomes(record.level, by_flow=by_flow)
                if by_flow:
                    count = counts.setdefault(record.caused_by, _Count())
                    count.kept_changed = True
                    count.numbers.append(number)
        entry = _entry(teller, since, until, counts, kept, least_wait)
        if entry is not None:
            entries.append(entry)
        for count in counts.values():
            count.next()
        for service in kept.values():
            service.next()
    return entries


def _entry(
    teller: Teller, since: int, until: int, counts: dict[str, _Count], kept: dict[str, _Kept], least_wait: int
) -> Entry | None:
    title = phrase("course.flow.title", since=teller.clock(since), until=teller.clock(until))
    entry = Entry(until, "flow", title)
    for flow, count in counts.items():
        if not count.numbers and not count.left:
            continue
        text = f"{teller.names.flow(flow)}: {count.says(least_wait)}"
        known = teller.setup.scenario.flows.get(flow)
        if count.kept_changed and known is not None and known.keeps is not None:
            text += f"; {_says_kept(teller, known.keeps, kept[known.keeps])}"
        entry.lines.append(f"{text}.")
        if count.kept_changed or not count.is_smooth(least_wait):
            entry.what.append(entry.lines[-1])
        entry.records.extend(count.numbers or [count.latest])
    entry.records.sort()
    return entry if entry.lines else None


def _says_kept(teller: Teller, service: str, kept: _Kept) -> str:
    which = "down" if kept.level < 1 else "back_lowest" if kept.lowest < 1 else "back"
    return phrase(
        f"course.flow.service_{which}",
        service=small(teller.names.service(service)),
        share=percent(kept.level),
        lowest=percent(kept.lowest),
    )
