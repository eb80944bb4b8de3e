"""Objectives: what each criterion came to in one play, and the grade that follows from its limits."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Final, Literal, NamedTuple

from ovning.log.records import (
    DecisionMade,
    FactLearned,
    InjectReceived,
    InjectSent,
    LevelActivated,
    Log,
    PlayEnded,
    Record,
    TaskFinished,
)
from ovning.measures.wholes import Whole, measure_whole
from ovning.model.exercise import Criterion, Exercise
from ovning.model.organisation import Organisation

Grade = Literal["met", "partly", "not_met", "not_tested"]
"""``not_tested``: the inject never came, or the play ended before the limit; it is never counted as not met."""

GRADES: tuple[Grade, ...] = ("not_met", "partly", "met", "not_tested")
"""Worst first; what was not tested says nothing."""


class CriterionTime(NamedTuple):
    """One criterion in one play."""

    objective: str
    criterion: int
    """Which of the objective's criteria, from 0."""
    begins_at: int | None
    """What the time counts from: STARTEX or its inject, milliseconds; ``None`` if that never came."""
    measured: float | None
    """In the criterion's unit (whole milliseconds, a share, a number); ``None`` when it was not reached within the
    horizon, or the play does not tell."""
    followed: int
    """Milliseconds for which it was followed: to when it was reached, or to the horizon."""
    grade: Grade
    numbers: tuple[int, ...]
    """The records that it rests on; empty when nothing happened."""


def criterion_times(
    log: Log,
    exercise: Exercise,
    organisation: Organisation,
    warranted: Collection[str] | None = None,
    whole: Whole | None = None,
) -> tuple[CriterionTime, ...]:
    """Every criterion of every objective, in the order of the exercise.

    An inject that is repeated counts with its first sending, and what happens repeatedly with the first time. A course
    that does not warrant a level (``warranted``; every level if left out) does not test how soon it is reached. Without
    ``whole``, criteria on the whole of a play are not tested.
    """
    horizon = next(record.at for record in reversed(log) if isinstance(record, PlayEnded))
    return tuple(
        CriterionTime(objective.id, index, None, None, 0, "not_tested", ())
        if warranted is not None and criterion.level is not None and criterion.level not in warranted
        else _criterion_time(log, criterion, organisation, horizon, objective.id, index)
        if criterion.is_time
        else _criterion_whole(log, criterion, organisation, whole, objective.id, index)
        for objective in exercise.objectives
        for index, criterion in enumerate(objective.criteria)
    )


def grade_of(criterion: Criterion, measured: float | None, followed: int) -> Grade:
    """The grade of what was measured, or of a time that was not reached while it was followed (milliseconds).

    A time that was not reached, and followed for less than the limit, tells nothing; nor does a play that does not tell
    what a criterion on the whole of it asks.
    """
    if measured is None:
        return "not_met" if criterion.is_time and followed >= criterion.met else "not_tested"
    if _is_within(criterion, measured, criterion.met):
        return "met"
    return "partly" if criterion.partly is not None and _is_within(criterion, measured, criterion.partly) else "not_met"


def _is_within(criterion: Criterion, measured: float, limit: float) -> bool:
    return measured <= limit if criterion.wants_less else measured >= limit


def objective_grades(times: Iterable[CriterionTime]) -> dict[str, Grade]:
    """The grade of each objective: that of its worst criterion among those that were tested."""
    found: dict[str, Grade] = {}
    for time in times:
        before = found.setdefault(time.objective, time.grade)
        found[time.objective] = min(before, time.grade, key=GRADES.index)
    return found


class _Reached(NamedTuple):
    """When what a criterion waits for happened, or that it never can any more."""

    at: int | None
    number: int


def _criterion_time(
    log: Log, criterion: Criterion, organisation: Organisation, horizon: int, objective: str, index: int
) -> CriterionTime:
    sent = _first_sent(log, criterion.inject) if criterion.inject is not None else None
    if criterion.inject is not None and sent is None:
        return CriterionTime(objective, index, None, None, 0, "not_tested", ())
    record, number = sent or (None, 0)
    begins_at = record.at if record else 0
    numbers = (number,) if record else ()
    reached = _reached(log, criterion, organisation, record)
    if reached is None:
        followed = horizon - begins_at
        grade = grade_of(criterion, None, followed)
        return CriterionTime(objective, index, begins_at, None, followed, grade, numbers)
    numbers = (*numbers, reached.number)
    if reached.at is None:
        return CriterionTime(objective, index, begins_at, None, horizon - begins_at, "not_met", numbers)
    measured = reached.at - begins_at
    return CriterionTime(
        objective, index, begins_at, measured, measured, grade_of(criterion, measured, measured), numbers
    )


def _criterion_whole(
    log: Log, criterion: Criterion, organisation: Organisation, whole: Whole | None, objective: str, index: int
) -> CriterionTime:
    horizon = log[-1].at
    measured = None if whole is None else measure_whole(log, criterion, organisation, whole)
    grade = grade_of(criterion, measured, horizon)
    return CriterionTime(objective, index, 0, measured, horizon, grade, ())


def _first_sent(log: Sequence[Record], inject: str) -> tuple[InjectSent, int] | None:
    for number, record in enumerate(log):
        if isinstance(record, InjectSent) and record.inject == inject:
            return record, number
    return None


_REACHED_BY: Final[dict[str, type]] = {
    "time_to_level": LevelActivated,
    "time_to_received": InjectReceived,
    "time_to_task": TaskFinished,
    "time_to_decision": DecisionMade,
    "time_to_fact": FactLearned,
}


def _reached(log: Log, criterion: Criterion, organisation: Organisation, sent: InjectSent | None) -> _Reached | None:
    kind = _REACHED_BY[criterion.measure]
    for number, record in enumerate(log):
        if type(record) is not kind:
            continue
        match record:
            case LevelActivated() if record.level == criterion.level:
                return _Reached(record.at, number)
            case InjectReceived() if sent and record.case == sent.case:
                return _Reached(record.at, number)
            case TaskFinished() if sent and record.task == f"{sent.case}/{criterion.task}":
                return _Reached(record.at if record.outcome == "done" else None, number)
            case DecisionMade() if record.decision == criterion.decision and (sent is None or record.at >= sent.at):
                return _Reached(record.at, number)
            case FactLearned() if record.fact == criterion.fact:
                if _knows(record.knower, criterion.known_by, organisation):
                    return _Reached(record.at, number)
            case _:
                pass
    return None


def _knows(knower: str, wanted: str | None, organisation: Organisation) -> bool:
    if wanted is None:
        return True
    if wanted == "staff":
        return any(knower == level.id for level in organisation.levels)
    function = organisation.functions.get(knower)
    return function is not None and function.role == wanted
