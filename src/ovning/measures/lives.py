"""The life of every task and case in a log: contiguous stretches of waiting and work, each with its record number."""

from __future__ import annotations

from collections.abc import Container, Iterable
from dataclasses import dataclass
from typing import NamedTuple, NoReturn

from ovning.log.records import (
    CaseClosed,
    CaseOpened,
    Cause,
    Outcome,
    PlayEnded,
    Record,
    TaskFinished,
    TaskRequested,
    TaskUnfinished,
    Waited,
    Worked,
)


class Stretch(NamedTuple):
    """A part of a task's life, milliseconds since STARTEX."""

    since: int
    at: int
    task: str
    cause: Cause | None
    """Why it waited; ``None`` while it was worked on."""
    station: str
    """Who was waited for, or who worked."""
    detail: str
    """What was waited for in particular; empty for work."""
    number: int
    """The record that says so (the first, when several persons worked together)."""

    @property
    def lasted(self) -> int:
        """Milliseconds."""
        return self.at - self.since


@dataclass(frozen=True, slots=True)
class Life:
    """A task from request to end."""

    task: str
    case: str
    title: str
    needs: str
    after: tuple[str, ...]
    """Its predecessors' ids, as listed."""
    holder: str | None
    """The station that had the case when it was requested; ``None`` when it came from outside."""
    requested_at: int
    ended_at: int
    """When it finished, or the horizon."""
    outcome: Outcome | None
    """``None`` when it was still open at the horizon."""
    stretches: tuple[Stretch, ...]
    requested_by: int
    """The number of its ``TaskRequested``."""
    ended_by: int
    """The number of its ``TaskFinished`` or ``TaskUnfinished``."""

    @property
    def decision(self) -> str | None:
        """The decision it takes, if it takes one."""
        return self.needs[7:-1] if self.needs.startswith("decide(") else None


@dataclass(frozen=True, slots=True)
class CaseLife:
    """A case from opening to close."""

    case: str
    kind: str
    subject: str
    objectives: tuple[str, ...]
    caused_by: str | None
    opened_at: int
    closed_at: int | None
    """``None`` when it was open at the horizon."""
    outcome: Outcome | None
    tasks: tuple[str, ...]
    """Ids in the order in which they were requested."""
    opened_by: int
    """The number of its ``CaseOpened``."""


@dataclass(frozen=True, slots=True)
class Lives:
    """Everything that lived in one play."""

    tasks: dict[str, Life]
    """By id, in the order in which they were requested."""
    cases: dict[str, CaseLife]
    """By id, in the order in which they were opened."""
    ended_at: int
    """The horizon, milliseconds since STARTEX."""


def read_lives(log: Iterable[Record]) -> Lives:
    """Lives of all tasks and cases.

    Persons who do a task together begin and stop together, and are counted once. Raises ``ValueError`` if a log
    contradicts itself: stretches that leave a gap or overlap, an end without a beginning, a task without an end.
    """
    requested: dict[str, tuple[TaskRequested, int]] = {}
    ended: dict[str, tuple[TaskFinished | TaskUnfinished, int]] = {}
    opened: dict[str, tuple[CaseOpened, int]] = {}
    closed: dict[str, CaseClosed] = {}
    stretches: dict[str, dict[tuple[int, int], Stretch]] = {}
    horizon: int | None = None
    for number, record in enumerate(log):
        match record:
            case Waited():
                key = (record.since, record.at)
                if key in stretches.setdefault(record.task, {}):
                    _contradiction(number, f"{record.task} waits twice from {key[0]} to {key[1]}")
                stretches[record.task][key] = Stretch(
                    record.since, record.at, record.task, record.cause, record.station, record.detail, number
                )
            case Worked(activity="work"):
                key = (record.since, record.at)
                stretches.setdefault(record.task, {}).setdefault(
                    key, Stretch(record.since, record.at, record.task, None, record.station, "", number)
                )
            case TaskRequested():
                _once(requested, record.task, number)
                requested[record.task] = (record, number)
            case TaskFinished() | TaskUnfinished():
                _once(ended, record.task, number)
                ended[record.task] = (record, number)
            case CaseOpened():
                _once(opened, record.case, number)
                opened[record.case] = (record, number)
            case CaseClosed():
                _once(closed, record.case, number)
                closed[record.case] = record
            case PlayEnded():
                horizon = record.at
            case _:
                pass
    if horizon is None:
        raise ValueError("the log does not end with PlayEnded")
    tasks = {
        task: _life(request, number, ended.get(task), stretches.pop(task, {}))
        for task, (request, number) in requested.items()
    }
    for task in stretches:
        raise ValueError(f"{task} waits or is worked on but was never requested")
    return Lives(tasks, _cases(opened, closed, tasks), horizon)


def _life(
    request: TaskRequested,
    number: int,
    end: tuple[TaskFinished | TaskUnfinished, int] | None,
    stretches: dict[tuple[int, int], Stretch],
) -> Life:
    if end is None:
        _contradiction(number, f"{request.task} has no end, not even at the horizon")
    finish, ended_by = end
    life = tuple(stretches[key] for key in sorted(stretches))
    cursor = request.at
    for stretch in life:
        if stretch.since != cursor or stretch.at < stretch.since:
            _contradiction(stretch.number, f"{request.task}: a stretch begins at {stretch.since}, not at {cursor}")
        cursor = stretch.at
    if cursor != finish.at:
        _contradiction(ended_by, f"{request.task} ends at {finish.at}, its last stretch at {cursor}")
    return Life(
        task=request.task,
        case=request.case,
        title=request.title,
        needs=request.needs,
        after=request.after,
        holder=request.holder,
        requested_at=request.at,
        ended_at=finish.at,
        outcome=finish.outcome if isinstance(finish, TaskFinished) else None,
        stretches=life,
        requested_by=number,
        ended_by=ended_by,
    )


def _cases(
    opened: dict[str, tuple[CaseOpened, int]], closed: dict[str, CaseClosed], tasks: dict[str, Life]
) -> dict[str, CaseLife]:
    of_case: dict[str, list[str]] = {case: [] for case in opened}
    for life in tasks.values():
        if life.case not in of_case:
            _contradiction(life.requested_by, f"{life.task} belongs to a case that was never opened: {life.case}")
        of_case[life.case].append(life.task)
    cases = {}
    for case, (record, number) in opened.items():
        close = closed.get(case)
        cases[case] = CaseLife(
            case=case,
            kind=record.kind,
            subject=record.subject,
            objectives=record.objectives,
            caused_by=record.caused_by,
            opened_at=record.at,
            closed_at=close.at if close else None,
            outcome=close.outcome if close else None,
            tasks=tuple(of_case[case]),
            opened_by=number,
        )
    return cases


def _once(seen: Container[str], key: str, number: int) -> None:
    if key in seen:
        _contradiction(number, f"{key} comes a second time")


def _contradiction(number: int, message: str) -> NoReturn:
    raise ValueError(f"record {number}: {message}")
