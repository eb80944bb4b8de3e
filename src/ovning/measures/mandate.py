"""Mandate: what the right to decide cost in time, where nobody had it, and where somebody acted without."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from ovning.log.records import ActedWithoutMandate, DecisionMade, MandateMissing, Record
from ovning.measures.lives import Life, Lives


class DecisionTime(NamedTuple):
    """One task that takes a decision, and what its mandate cost."""

    decision: str
    task: str
    case: str
    needed_at: int
    """When the decision was needed, milliseconds since STARTEX."""
    made_at: int | None
    """When it was made; ``None``: not within the horizon, or never."""
    station: str | None
    """Who made it."""
    how: str | None
    """``own``, ``deputy``, ``seat``, ``body``, ``chair`` or ``joint``; ``None`` when not made."""
    mandate: int
    """Milliseconds of waiting whose cause was the mandate; 0 for who holds it and was free to use it."""
    number: int
    """The record of the decision, or of the need when it was not made."""

    @property
    def took(self) -> int | None:
        """Milliseconds from need to decision."""
        return None if self.made_at is None else self.made_at - self.needed_at


class Gap(NamedTuple):
    """A decision that nobody in the organisation holds."""

    decision: str
    task: str
    case: str
    at: int
    number: int
    """The record that says so."""


class Act(NamedTuple):
    """For life: somebody acted first, without the mandate."""

    decision: str
    task: str
    station: str
    at: int
    number: int
    """The record that says so."""


def decision_times(log: Iterable[Record], lives: Lives) -> tuple[DecisionTime, ...]:
    """Every need of a decision, in the order in which the needs arose; a task counts with its first decision."""
    made: dict[str, tuple[DecisionMade, int]] = {}
    for number, record in enumerate(log):
        if isinstance(record, DecisionMade):
            made.setdefault(record.task, (record, number))
    return tuple(
        _decision_time(life, made.get(life.task))
        for life in lives.tasks.values()
        if life.task in made or life.decision is not None
    )


def mandate_by_decision(times: Iterable[DecisionTime]) -> dict[str, int]:
    """Milliseconds that each decision waited for its mandate, all its needs together; zero is told as zero."""
    summed: dict[str, int] = {}
    for time in times:
        summed[time.decision] = summed.get(time.decision, 0) + time.mandate
    return dict(sorted(summed.items(), key=lambda item: (-item[1], item[0])))


def without_wait(times: Iterable[DecisionTime]) -> tuple[DecisionTime, ...]:
    """Decisions that were made without a millisecond of waiting for the mandate (zero mandate minutes)."""
    return tuple(time for time in times if time.made_at is not None and time.mandate == 0)


def gaps(log: Iterable[Record]) -> tuple[Gap, ...]:
    """Needs of a decision that nobody holds."""
    return tuple(
        Gap(record.decision, record.task, record.case, record.at, number)
        for number, record in enumerate(log)
        if isinstance(record, MandateMissing)
    )


def acts_without_mandate(log: Iterable[Record]) -> tuple[Act, ...]:
    """What was done for life before anybody with the mandate was there."""
    return tuple(
        Act(record.decision, record.task, record.station, record.at, number)
        for number, record in enumerate(log)
        if isinstance(record, ActedWithoutMandate)
    )


def _decision_time(life: Life, made: tuple[DecisionMade, int] | None) -> DecisionTime:
    mandate = sum(stretch.lasted for stretch in life.stretches if stretch.cause == "mandate")
    if made is None:
        decision = life.decision or life.needs
        return DecisionTime(
            decision, life.task, life.case, life.requested_at, None, None, None, mandate, life.requested_by
        )
    record, number = made
    return DecisionTime(
        record.decision,
        life.task,
        life.case,
        life.requested_at,
        record.at,
        record.station,
        record.how,
        mandate,
        number,
    )
