"""What an exercise puts to the test: which injects come and are answered, which criteria can turn out either way.

An inject that never comes, a task that nobody ever finishes and a criterion that everybody always meets tell nothing of
the organisation, however many times they are played.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from ovning.experiment.replicate import Played
from ovning.log.records import (
    CaseClosed,
    InjectReceived,
    InjectSent,
    InjectWithheld,
    Log,
    TaskFinished,
    TaskRequested,
)
from ovning.measures.intervals import Share, share_of
from ovning.measures.objectives import CriterionTime
from ovning.model.setup import Setup

Step = tuple[str, str]
"""An inject and a task of the procedure that it asks for."""
Varies = Literal["both", "plays", "organisations", "never", "not_tested"]
"""Whether a criterion is met in some plays of an organisation and not in others, whether organisations surely differ
(the intervals of two shares of plays have nothing in common), both, or neither. Where no organisation's plays differ,
any difference between organisations is one."""


class Occurred(NamedTuple):
    """What came of the injects in one play; an inject that came several times counts once."""

    sent: frozenset[str]
    received: frozenset[str]
    answered: frozenset[str]
    """Everything that it asked for was done."""
    withheld: frozenset[tuple[str, str]]
    """An inject and why it did not come."""
    requested: frozenset[Step]
    done: frozenset[Step]


@dataclass(frozen=True, slots=True)
class Arm:
    """One organisation's plays."""

    setup: Setup
    occurred: tuple[Occurred, ...]
    criteria: tuple[tuple[CriterionTime, ...], ...]
    """Of each play, in the order of the exercise."""


class InjectCover(NamedTuple):
    """An inject; one share for each organisation."""

    inject: str
    sent: tuple[Share, ...]
    """Of all plays."""
    received: tuple[Share, ...]
    """Of those in which it came."""
    answered: tuple[Share, ...]
    """Of those in which it came."""
    withheld: tuple[tuple[str, int], ...]
    """Why it did not come, and in how many plays of all organisations."""


class TaskCover(NamedTuple):
    """A task of the procedure that an inject asks for; one share for each organisation."""

    inject: str
    task: str
    requested: tuple[Share, ...]
    """Of the plays in which the inject came."""
    done: tuple[Share, ...]
    """Of the same."""


class CriterionCover(NamedTuple):
    """A criterion; one share for each organisation."""

    objective: str
    criterion: int
    """Which of the objective's criteria, from 0."""
    met: tuple[Share, ...]
    """Of the plays in which it was tested."""
    fastest: float | None
    """In the criterion's unit, the least of all plays of all organisations; ``None`` if it was never reached."""
    slowest: float | None
    """Of those in which it was reached."""
    varies: Varies


@dataclass(frozen=True, slots=True)
class Coverage:
    """What the exercise puts to the test."""

    plays: int
    """For each organisation."""
    injects: tuple[InjectCover, ...]
    """Those of the course that was played, in the order of the scenario."""
    tasks: tuple[TaskCover, ...]
    criteria: tuple[CriterionCover, ...]


def arm(setup: Setup, plays: Iterable[Played]) -> Arm:
    """What is needed of one organisation's plays; no log is kept."""
    found = [(occurred(played.log), played.summary.criteria) for played in plays]
    return Arm(setup, tuple(play for play, _ in found), tuple(criteria for _, criteria in found))


def occurred(log: Log) -> Occurred:
    """What came of the injects in one play."""
    cases: dict[str, str] = {}
    steps: dict[str, Step] = {}
    received, answered, done = set(), set(), set()
    withheld: set[tuple[str, str]] = set()
    for record in log:
        match record:
            case InjectSent():
                cases[record.case] = record.inject
            case InjectWithheld():
                withheld.add((record.inject, record.reason))
            case InjectReceived():
                received.add(record.inject)
            case TaskRequested() if record.case in cases:
                steps[record.task] = (cases[record.case], record.task.removeprefix(f"{record.case}/"))
            case TaskFinished() if record.task in steps and record.outcome == "done":
                done.add(steps[record.task])
            case CaseClosed() if record.case in cases and record.outcome == "done":
                answered.add(cases[record.case])
            case _:
                pass
    return Occurred(
        frozenset(cases.values()),
        frozenset(received),
        frozenset(answered),
        frozenset(withheld),
        frozenset(steps.values()),
        frozenset(done),
    )


def cover(arms: Sequence[Arm]) -> Coverage:
    """All organisations' plays of one exercise together. Raises ``ValueError`` if there are none."""
    if not arms or not arms[0].occurred:
        raise ValueError("no plays cover nothing")
    setup = arms[0].setup
    injects = setup.scenario.injects
    return Coverage(
        len(arms[0].occurred),
        tuple(_inject(inject.id, arms) for inject in injects),
        tuple(
            _task(inject.id, task.task, arms)
            for inject in injects
            for task in setup.scenario.procedures.get(inject.asks_for or "", ())
        ),
        tuple(
            _criterion(objective.id, number, arms)
            for objective in setup.exercise.objectives
            for number in range(len(objective.criteria))
        ),
    )


def _inject(inject: str, arms: Sequence[Arm]) -> InjectCover:
    sent, received, answered = [], [], []
    for one in arms:
        came = [play for play in one.occurred if inject in play.sent]
        sent.append(share_of(len(came), len(one.occurred)))
        received.append(share_of(sum(inject in play.received for play in came), len(came)))
        answered.append(share_of(sum(inject in play.answered for play in came), len(came)))
    reasons = [why for one in arms for play in one.occurred for name, why in play.withheld if name == inject]
    counted = tuple((why, reasons.count(why)) for why in sorted(set(reasons)))
    return InjectCover(inject, tuple(sent), tuple(received), tuple(answered), counted)


def _task(inject: str, task: str, arms: Sequence[Arm]) -> TaskCover:
    requested, done = [], []
    for one in arms:
        came = [play for play in one.occurred if inject in play.sent]
        requested.append(share_of(sum((inject, task) in play.requested for play in came), len(came)))
        done.append(share_of(sum((inject, task) in play.done for play in came), len(came)))
    return TaskCover(inject, task, tuple(requested), tuple(done))


def _criterion(objective: str, number: int, arms: Sequence[Arm]) -> CriterionCover:
    met, times = [], []
    for one in arms:
        tested = [
            time
            for play in one.criteria
            for time in play
            if (time.objective, time.criterion) == (objective, number) and time.grade != "not_tested"
        ]
        met.append(share_of(sum(time.grade == "met" for time in tested), len(tested)))
        times += [time.measured for time in tested if time.measured is not None]
    return CriterionCover(
        objective, number, tuple(met), min(times, default=None), max(times, default=None), _varies(met)
    )


def _varies(met: Sequence[Share]) -> Varies:
    tested = [share for share in met if share.n]
    if not tested:
        return "not_tested"
    plays = any(0 < share.hits < share.n for share in tested)
    if plays:
        return "both" if max(share.low for share in tested) > min(share.high for share in tested) else "plays"
    return "organisations" if len({share.share for share in tested}) > 1 else "never"
