"""Many plays of one design together: shares, quantiles and means, each with its interval.

Shares have Wilson's interval, times have quantiles that may be beyond the horizon, with intervals between order
statistics, and waiting has means with Student's interval; formulas and sources in ``intervals``. The unit is always the
play.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple, cast

from ovning.log.records import Cause
from ovning.measures.intervals import Mean, Share, share_of
from ovning.measures.objectives import Grade
from ovning.measures.society import (
    FlowResult,
    ServiceResult,
    StrainResult,
    flow_results,
    service_results,
    strain_result,
)
from ovning.measures.starts import KINDS, StartKind
from ovning.measures.stocks import StockResult, stock_results
from ovning.measures.tally import Tally, Value
from ovning.measures.tallying import BODY_STEPS, LEVEL_STEPS, grade
from ovning.measures.times import Times, times_of
from ovning.measures.ways import WayResult, way_results
from ovning.model.exercise import Exercise

LevelStep = Literal["recommended", "decided", "alerted", "active", "stood_down"]
BodyStep = Literal["summoned", "convened", "entered_function"]
Verdict = Literal["reached", "not_reached", "undecided", "not_tested"]
"""Whether so large a share of plays as aimed at meet a criterion: the whole interval at or above it, or below it, or
neither."""


class PathMeans(NamedTuple):
    """Where the time to a level's activation went, in the plays in which it was activated; milliseconds a play.

    The means sum to the mean of ``active_at`` in those plays.
    """

    n: int
    before: Mean
    waiting: tuple[tuple[Cause, Mean], ...]
    """By cause, most first."""
    work: Mean
    gather: Mean


class LevelResult(NamedTuple):
    """A level over all plays; its times count from STARTEX."""

    level: str
    steps: tuple[tuple[LevelStep, Times], ...]
    path: PathMeans | None
    """``None`` when it was never activated."""
    unnecessary: Share
    """Of the plays, those in which it was activated without being warranted."""
    unnecessary_alert: Share
    """Of the plays, those in which its staff was called without being warranted, and it never became active."""


class BodyResult(NamedTuple):
    """A body over all plays; its times count from STARTEX."""

    body: str
    steps: tuple[tuple[BodyStep, Times], ...]


class CriterionResult(NamedTuple):
    """A criterion over all plays in which it was tested; its times count from where the criterion says."""

    objective: str
    criterion: int
    """Which of the objective's criteria, from 0."""
    met: Share
    at_least_partly: Share
    tested: int
    """In how many plays it was tested; the shares and times are of these."""
    plays: int
    times: Times
    target: float
    """The share of plays that should meet it."""
    verdict: Verdict


class ObjectiveResult(NamedTuple):
    """An objective over all plays in which any of its criteria was tested."""

    objective: str
    met: Share
    partly: Share
    not_met: Share
    tested: int
    plays: int


class InjectResult(NamedTuple):
    """An inject over the plays in which it came (its first sending); times count from when it was sent."""

    inject: str
    sent: Share
    """Of all plays."""
    answer: Times
    finished: Times
    never_answered: Share
    """Of the plays in which it came, those in which some sending of it was never taken in."""
    nothing_done: Share
    """Of the plays in which it came, those in which some sending of it was taken in and nothing came of it."""


class WaitingResult(NamedTuple):
    """Waiting for one station for one cause, milliseconds a play (0 in plays without it)."""

    cause: Cause
    station: str
    mean: Mean
    plays: Share
    """Of the plays, those in which it occurred."""
    of_path: Mean | None
    """Its share of all time on the critical paths (criticality); ``None`` for waiting that is not along them."""


class MandateResult(NamedTuple):
    """A decision over all plays."""

    decision: str
    waiting: Mean
    """Milliseconds of waiting for the mandate, a play."""
    without_wait: Share
    """Of the plays in which it was made, those in which no need of it waited for the mandate."""
    gap: Share
    """Of the plays, those in which it was needed and nobody holds it."""
    acted: Share
    """Of the plays, those in which somebody acted for life without it."""


class StartResult(NamedTuple):
    """The plays that started at one sort of time."""

    kind: StartKind
    plays: int
    levels: tuple[tuple[str, Times], ...]
    """When each level was active, from STARTEX."""
    criteria: tuple[Share, ...]
    """Of the plays in which it was tested, those that met each criterion, in the order of the exercise."""


@dataclass(frozen=True, slots=True)
class Results:
    """One design over many plays."""

    plays: int
    horizon: int
    """The longest horizon of any play, milliseconds."""
    levels: tuple[LevelResult, ...]
    bodies: tuple[BodyResult, ...]
    criteria: tuple[CriterionResult, ...]
    objectives: tuple[ObjectiveResult, ...]
    injects: tuple[InjectResult, ...]
    """By id."""
    waiting: tuple[WaitingResult, ...]
    """All waiting, most first."""
    critical_waiting: tuple[WaitingResult, ...]
    """Waiting along the critical paths of the cases that test an objective, most first."""
    critical_work: Mean
    """Milliseconds of work along the same paths, a play."""
    mandate: tuple[MandateResult, ...]
    """By decision."""
    strain: StrainResult
    services: tuple[ServiceResult, ...]
    """In the scenario's order."""
    flows: tuple[FlowResult, ...]
    stocks: tuple[StockResult, ...]
    """In the scenario's order."""
    starts: tuple[StartResult, ...]
    """By the sort of time at which plays started, those that any did."""
    ways: tuple[WayResult, ...]
    """Where the time to the criteria went: each objective, then its criteria, in the order of the exercise."""


def aggregate(tally: Tally, exercise: Exercise) -> Results:
    """All plays of one design together. Raises ``ValueError`` for no plays."""
    if not tally.plays:
        raise ValueError("no plays give no results")
    return Results(
        plays=tally.plays,
        horizon=max(int(value) for value in tally.column("horizon") if value is not None),
        levels=tuple(_level(tally, level) for level in tally.names("level")),
        bodies=tuple(
            BodyResult(body, tuple((step, tally.times("body", body, step)) for step in BODY_STEPS))
            for body in tally.names("body")
        ),
        criteria=_criteria(tally, exercise),
        objectives=_objectives(tally, exercise),
        injects=tuple(_inject(tally, inject) for inject in sorted(tally.names("inject"))),
        waiting=_waiting(tally, "waiting"),
        critical_waiting=_waiting(tally, "critical"),
        critical_work=tally.mean("critical_work"),
        mandate=tuple(_mandate(tally, decision) for decision in sorted(tally.names("mandate"))),
        strain=strain_result(tally),
        services=service_results(tally),
        flows=flow_results(tally),
        stocks=stock_results(tally),
        starts=_starts(tally, exercise),
        ways=way_results(tally, exercise),
    )


def _level(tally: Tally, level: str) -> LevelResult:
    return LevelResult(
        level,
        tuple((step, tally.times("level", level, step)) for step in LEVEL_STEPS),
        _path_means(tally, level) if tally.counted("path", level) else None,
        tally.share("level_unnecessary", level),
        tally.share("level_unnecessary_alert", level),
    )


def _path_means(tally: Tally, level: str) -> PathMeans:
    n = tally.counted("path", level)
    waiting = [
        (cast("Cause", cause), tally.mean("path_waiting", level, cause, of=n))
        for cause in tally.names("path_waiting", level)
    ]
    return PathMeans(
        n=n,
        before=tally.mean("path", level, "before", of=n),
        waiting=tuple(sorted(waiting, key=lambda item: (-item[1].mean, item[0]))),
        work=tally.mean("path", level, "work", of=n),
        gather=tally.mean("path", level, "gather", of=n),
    )


def _criteria(tally: Tally, exercise: Exercise) -> tuple[CriterionResult, ...]:
    found = []
    for objective in exercise.objectives:
        for number, criterion in enumerate(objective.criteria):
            key = ("criterion", objective.id, number)
            grades = [grade(value) for value in tally.column(*key, "grade")]
            measured = tally.column(*key, "measured")
            tested = [time for time, graded in zip(measured, grades, strict=True) if graded != "not_tested"]
            met = share_of(grades.count("met"), len(tested))
            found.append(
                CriterionResult(
                    objective.id,
                    number,
                    met,
                    share_of(grades.count("met") + grades.count("partly"), len(tested)),
                    len(tested),
                    tally.plays,
                    times_of(tested),
                    criterion.target_share,
                    judged(met, criterion.target_share),
                )
            )
    return tuple(found)


def judged(met: Share, target: float) -> Verdict:
    """Whether a criterion is met in as large a share of the plays as is asked for, as far as so many plays tell."""
    if met.n == 0:
        return "not_tested"
    if met.low >= target:
        return "reached"
    return "not_reached" if met.high < target else "undecided"


def _objectives(tally: Tally, exercise: Exercise) -> tuple[ObjectiveResult, ...]:
    found = []
    for objective in exercise.objectives:
        grades: list[Grade] = [grade(value) for value in tally.column("objective", objective.id)]
        tested = tally.plays - grades.count("not_tested")
        met, partly, not_met = (share_of(grades.count(one), tested) for one in ("met", "partly", "not_met"))
        found.append(ObjectiveResult(objective.id, met, partly, not_met, tested, tally.plays))
    return tuple(found)


def _inject(tally: Tally, inject: str) -> InjectResult:
    came = tally.counted("inject", inject, "sent")
    return InjectResult(
        inject,
        share_of(came, tally.plays),
        times_of(_of(came, tally.column("inject", inject, "answer"))),
        times_of(_of(came, tally.column("inject", inject, "finished"))),
        share_of(tally.counted("inject", inject, "never_answered"), came),
        share_of(tally.counted("inject", inject, "nothing_done"), came),
    )


def _of(plays: int, times: Sequence[Value]) -> list[Value]:
    """The times of only so many plays: those in which it was reached, and as many as there then are without."""
    reached = [time for time in times if time is not None]
    return [*reached, *([None] * (plays - len(reached)))]


def _waiting(tally: Tally, kind: str) -> tuple[WaitingResult, ...]:
    found = []
    for cause, station in tally.keys(kind):
        key = (kind, cause, station)
        found.append(
            WaitingResult(
                cast("Cause", cause),
                str(station),
                tally.mean(*key),
                tally.positive(*key),
                tally.ratio(key, ("critical_whole",)) if kind == "critical" else None,
            )
        )
    return tuple(sorted(found, key=lambda result: (-result.mean.mean, result.cause, result.station)))


def _starts(tally: Tally, exercise: Exercise) -> tuple[StartResult, ...]:
    kinds = tally.column("start")
    found = []
    for place, kind in enumerate(KINDS):
        rows = [row for row, of in enumerate(kinds) if of == place]
        if rows:
            found.append(
                StartResult(
                    kind,
                    len(rows),
                    tuple((level, _times(tally, rows, "level", level, "active")) for level in tally.names("level")),
                    tuple(
                        _met(tally, rows, objective.id, number)
                        for objective in exercise.objectives
                        for number in range(len(objective.criteria))
                    ),
                )
            )
    return tuple(found)


def _times(tally: Tally, rows: Sequence[int], *key: str | int) -> Times:
    column = tally.column(*key)
    return times_of([column[row] for row in rows])


def _met(tally: Tally, rows: Sequence[int], objective: str, number: int) -> Share:
    column = tally.column("criterion", objective, number, "grade")
    grades = [grade(column[row]) for row in rows]
    return share_of(grades.count("met"), len(grades) - grades.count("not_tested"))


def _mandate(tally: Tally, decision: str) -> MandateResult:
    key = ("mandate", decision)
    return MandateResult(
        decision,
        tally.mean(*key),
        share_of(tally.counted(*key, "at_once"), tally.counted(*key, "made")),
        tally.share(*key, "gap"),
        tally.share(*key, "acted"),
    )
