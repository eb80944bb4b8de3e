"""Flows: what came, what was taken care of and what was not, and how much waited how long."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from ovning.log.records import (
    FlowArrived,
    FlowBegun,
    FlowDone,
    FlowLate,
    FlowLeft,
    FlowTurnedAway,
    Log,
    PlayEnded,
    Record,
)
from ovning.units import HOUR

FlowRecord = FlowArrived | FlowTurnedAway | FlowBegun | FlowDone | FlowLeft | FlowLate


class FlowOutcome(NamedTuple):
    """One flow in one play; items, and milliseconds."""

    flow: str
    arrived: int
    done: int
    """Through all their stages."""
    gave_up: int
    no_need: int
    """Went because what they lacked was back."""
    turned_away: int
    waiting: int
    """Wait at the end of the play, at any stage."""
    in_work: int
    """Are being taken care of, or stay, at the end of the play."""
    waited: int
    """Item-milliseconds of waiting at all stages, to the end of the play."""
    late: int
    """How many were ever late."""
    late_time: int
    """Item-milliseconds from when each was late until it was through, went away, or the play ended."""
    largest: int
    """The most that waited at the same time."""
    largest_at: int | None
    """When they first were so many; ``None`` if nothing ever waited."""
    backlog: tuple[int, ...]
    """How many waited at the end of each hour from STARTEX."""
    waited_by_hour: tuple[int, ...] = ()
    """``waited`` hour by hour from STARTEX, to which they sum. The last hour of a play may be cut."""

    @property
    def left(self) -> int:
        """Went away without having been taken care of."""
        return self.gave_up + self.no_need

    @property
    def mean_wait(self) -> float | None:
        """Milliseconds of waiting for each that came, those who still wait with what they have waited."""
        return self.waited / self.arrived if self.arrived else None

    @property
    def is_conserved(self) -> bool:
        """Whether all that came are done, have left or were turned away, or are still there."""
        return self.arrived == self.done + self.left + self.turned_away + self.waiting + self.in_work


@dataclass(slots=True)
class _Flow:
    arrived: int = 0
    done: int = 0
    gave_up: int = 0
    no_need: int = 0
    turned_away: int = 0
    waiting: int = 0
    in_work: int = 0
    waited: int = 0
    since: int = 0
    largest: int = 0
    largest_at: int | None = None
    late: int = 0
    late_time: int = 0
    late_since: dict[int, int] = field(default_factory=dict)
    backlog: list[int] = field(default_factory=list)
    waited_by_hour: list[int] = field(default_factory=list)

    def until(self, at: int) -> None:
        """Count what waits up to a moment."""
        while (len(self.backlog) + 1) * HOUR < at:
            self.backlog.append(self.waiting)
        # Those who come and are begun with at the same moment have never waited.
        if at > self.since and self.waiting > self.largest:
            self.largest, self.largest_at = self.waiting, self.since
        self.waited += self.waiting * (at - self.since)
        hour = self.since // HOUR
        while self.since < at:
            ends = min((hour + 1) * HOUR, at)
            self.waited_by_hour += [0] * (hour + 1 - len(self.waited_by_hour))
            self.waited_by_hour[hour] += self.waiting * (ends - self.since)
            self.since = ends
            hour += 1

    def no_longer_late(self, items: Iterable[int], at: int) -> None:
        for item in items:
            since = self.late_since.pop(item, None)
            if since is not None:
                self.late_time += at - since


def flow_outcomes(log: Log, flows: Iterable[str]) -> tuple[FlowOutcome, ...]:
    """The named flows, in their order, and any other that the log holds."""
    found = {flow: _Flow() for flow in flows}
    for record in log:
        if isinstance(record, FlowRecord):
            flow = found.setdefault(record.flow, _Flow())
            flow.until(record.at)
            _count(flow, record)
    last = log[-1]
    if not isinstance(last, PlayEnded):
        raise ValueError("the log does not end with PlayEnded")
    for flow in found.values():
        flow.until(last.at)
        flow.no_longer_late(list(flow.late_since), last.at)
        if (len(flow.backlog) + 1) * HOUR == last.at:
            flow.backlog.append(flow.waiting)
    return tuple(
        FlowOutcome(
            name,
            flow.arrived,
            flow.done,
            flow.gave_up,
            flow.no_need,
            flow.turned_away,
            flow.waiting,
            flow.in_work,
            flow.waited,
            flow.late,
            flow.late_time,
            flow.largest,
            flow.largest_at,
            tuple(flow.backlog),
            tuple(flow.waited_by_hour),
        )
        for name, flow in found.items()
    )


def _count(flow: _Flow, record: FlowRecord) -> None:
    match record:
        case FlowArrived():
            flow.arrived += record.number
            flow.waiting += record.number
        case FlowBegun():
            flow.waiting -= record.number
            flow.in_work += record.number
        case FlowDone():
            flow.in_work -= record.number
            if record.last:
                flow.done += record.number
                flow.no_longer_late(record.items, record.at)
            else:
                flow.waiting += record.number
        case FlowLeft():
            flow.waiting -= record.number
            flow.gave_up += record.number if record.why == "gave_up" else 0
            flow.no_need += record.number if record.why == "no_need" else 0
            flow.no_longer_late(record.items, record.at)
        case FlowTurnedAway():
            flow.waiting -= record.number
            flow.turned_away += record.number
            flow.no_longer_late(record.items, record.at)
        case FlowLate():
            flow.late += record.number
            flow.late_since |= dict.fromkeys(record.items, record.at)


def flow_faults(log: Iterable[Record]) -> tuple[str, ...]:
    """What cannot be so in the flows of a log, with the number of the record: nothing in a log that is right.

    Each item must come before anything else, be in one place at a time, and be through or away only once; of those that
    are only counted, no more may be begun with, done or gone than there are.
    """
    found: list[str] = []
    places: dict[str, dict[int, str]] = {}
    counts: dict[str, dict[str, int]] = {}
    for number, record in enumerate(log):
        if not isinstance(record, FlowRecord):
            continue
        before, after = _MOVES[type(record)]
        if isinstance(record, FlowDone):
            after = "gone" if record.last else "waiting"
        counted = counts.setdefault(record.flow, {})
        if not isinstance(record, FlowLate):
            counted[before] = counted.get(before, 0) - record.number
            counted[after] = counted.get(after, 0) + record.number
            if before != "nowhere" and counted[before] < 0:
                found.append(f"record {number}: {record.flow}: {-counted[before]} more than are {before}")
        if record.items and len(set(record.items)) != record.number:
            found.append(f"record {number}: {record.flow}: {record.number} items, named {record.items}")
        known = places.setdefault(record.flow, {})
        for item in record.items:
            if known.get(item, "nowhere") != before:
                found.append(f"record {number}: {record.flow} {item} is {known.get(item, 'nowhere')}, not {before}")
            known[item] = after
    return tuple(found)


_MOVES: dict[type, tuple[str, str]] = {
    FlowArrived: ("nowhere", "waiting"),
    FlowTurnedAway: ("waiting", "gone"),
    FlowBegun: ("waiting", "in work"),
    FlowDone: ("in work", ""),
    FlowLeft: ("waiting", "gone"),
    FlowLate: ("waiting", "waiting"),
}


class InTime(NamedTuple):
    """How many of a flow's items were taken care of in time."""

    hits: int
    of: int
    """Those for whom the play tells: whose time was up before it ended, or who were taken care of."""

    @property
    def share(self) -> float | None:
        """``None`` when there were none."""
        return self.hits / self.of if self.of else None


def in_time(log: Log, flow: str, limit: int, stage: str | None = None) -> InTime:
    """How many of a flow's items somebody began to take care of within ``limit`` milliseconds of their arrival.

    ``stage``: the stage that must have been begun with; the first one begun if left out. Those who give up or are
    turned away were not in time. Those who leave because they need nothing any more while there was still time, and
    those whose time is not up when the play ends, tell nothing. Where items are only counted, a piece of work is in
    time for all in it or for none, by how long they had waited on average, and those who wait at the end are the last
    who came.
    """
    came: dict[int, int] = {}
    counted: list[tuple[int, int]] = []
    waiting = hits = of = 0
    end = log[-1].at
    for record in log:
        if not isinstance(record, FlowRecord) or record.flow != flow:
            continue
        match record:
            case FlowArrived(items=()):
                counted.append((record.at, record.number))
                waiting += record.number
            case FlowArrived():
                came |= dict.fromkeys(record.items, record.at)
            case FlowBegun(items=()):
                waiting -= record.number
                of += record.number
                hits += record.number if record.waited <= limit * record.number else 0
            case FlowLeft(items=()) | FlowTurnedAway(items=()):
                waiting -= record.number
                of += record.number
            case FlowBegun() if stage is None or record.stage == stage:
                times = [came.pop(item) for item in record.items if item in came]
                of += len(times)
                hits += sum(record.at - at <= limit for at in times)
            case FlowLeft() | FlowTurnedAway():
                times = [came.pop(item) for item in record.items if item in came]
                no_need = isinstance(record, FlowLeft) and record.why == "no_need"
                of += sum(not no_need or record.at - at > limit for at in times)
            case FlowDone(last=True):
                for item in record.items:  # through without the stage that was asked for
                    came.pop(item, None)
            case _:
                pass
    of += sum(end - at > limit for at in came.values())
    for at, number in reversed(counted):
        left = min(number, waiting)
        waiting -= left
        of += left if end - at > limit else 0
    return InTime(hits, of)
