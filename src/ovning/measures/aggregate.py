"""Many plays of one design together: shares, quantiles and means, each with its interval.

Shares have Wilson's interval, times have quantiles that may be beyond the horizon, with intervals between order
statistics, and waiting has means with Student's interval; formulas and sources in ``intervals``. The unit is always the
play.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from ovning.log.records import Cause
from ovning.measures.escalation import LevelPath, LevelTimes
from ovning.measures.injects import InjectCourse, never_answered, nothing_done
from ovning.measures.intervals import Mean, Share, mean_of, ratio_of, share_of
from ovning.measures.objectives import CriterionTime, Grade
from ovning.measures.society import (
    FlowResult,
    ServiceResult,
    StrainResult,
    flow_results,
    service_results,
    strain_result,
)
from ovning.measures.summary import PlaySummary, WaitingTime
from ovning.measures.times import Times, times_of
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
    """In the scenario's order."""


def aggregate(summaries: Sequence[PlaySummary], exercise: Exercise) -> Results:
    """All plays of one design together. Raises ``ValueError`` for no plays, or for plays of different designs."""
    if not summaries:
        raise ValueError("no plays give no results")
    if len({(play.exercise, play.organisation, play.variation) for play in summaries}) > 1:
        raise ValueError("plays of different designs cannot be put together")
    return Results(
        plays=len(summaries),
        horizon=max(play.horizon for play in summaries),
        levels=_levels(summaries),
        bodies=_bodies(summaries),
        criteria=_criteria(summaries, exercise),
        objectives=_objectives(summaries, exercise),
        injects=_injects(summaries),
        waiting=_waiting([play.waiting for play in summaries], None),
        critical_waiting=_waiting(
            [play.critical_waiting for play in summaries],
            [play.critical_work + sum(part.lasted for part in play.critical_waiting) for play in summaries],
        ),
        critical_work=mean_of([play.critical_work for play in summaries], at_least=0),
        mandate=_mandate(summaries),
        strain=strain_result(summaries),
        services=service_results(summaries),
        flows=flow_results(summaries),
    )


def _levels(summaries: Sequence[PlaySummary]) -> tuple[LevelResult, ...]:
    steps: dict[LevelStep, Callable[[LevelTimes], int | None]] = {
        "recommended": lambda times: times.recommended_at,
        "decided": lambda times: times.decided_at,
        "alerted": lambda times: times.alerted_at,
        "active": lambda times: times.active_at,
        "stood_down": lambda times: times.stood_down_at,
    }
    found = []
    for level in _in_order(times.level for play in summaries for times in play.levels):
        plays = [next((t for t in play.levels if t.level == level), LevelTimes(level)) for play in summaries]
        paths = [path for play in summaries for path in play.paths if path.level == level]
        unnecessary = sum(level in play.unnecessary for play in summaries)
        alerts = sum(level in play.unnecessary_alerts for play in summaries)
        found.append(
            LevelResult(
                level,
                tuple((step, times_of([at(times) for times in plays])) for step, at in steps.items()),
                _path_means(paths) if paths else None,
                share_of(unnecessary, len(summaries)),
                share_of(alerts, len(summaries)),
            )
        )
    return tuple(found)


def _path_means(paths: Sequence[LevelPath]) -> PathMeans:
    causes = {cause for path in paths for cause, _ in path.waiting}
    waiting = [(cause, mean_of([dict(path.waiting).get(cause, 0) for path in paths], at_least=0)) for cause in causes]
    return PathMeans(
        n=len(paths),
        before=mean_of([path.before for path in paths], at_least=0),
        waiting=tuple(sorted(waiting, key=lambda item: (-item[1].mean, item[0]))),
        work=mean_of([path.work for path in paths], at_least=0),
        gather=mean_of([path.gather for path in paths], at_least=0),
    )


def _bodies(summaries: Sequence[PlaySummary]) -> tuple[BodyResult, ...]:
    found = []
    for body in _in_order(times.body for play in summaries for times in play.bodies):
        plays = [next((t for t in play.bodies if t.body == body), None) for play in summaries]
        steps: tuple[tuple[BodyStep, Times], ...] = (
            ("summoned", times_of([times and times.summoned_at for times in plays])),
            ("convened", times_of([times and times.convened_at for times in plays])),
            ("entered_function", times_of([times and times.entered_function_at for times in plays])),
        )
        found.append(BodyResult(body, steps))
    return tuple(found)


def _criteria(summaries: Sequence[PlaySummary], exercise: Exercise) -> tuple[CriterionResult, ...]:
    found = []
    for objective in exercise.objectives:
        for number, criterion in enumerate(objective.criteria):
            tested = [
                time
                for play in summaries
                for time in play.criteria
                if (time.objective, time.criterion) == (objective.id, number) and time.grade != "not_tested"
            ]
            met = _graded(tested, {"met"})
            found.append(
                CriterionResult(
                    objective.id,
                    number,
                    met,
                    _graded(tested, {"met", "partly"}),
                    len(tested),
                    len(summaries),
                    times_of([time.measured for time in tested]),
                    criterion.target_share,
                    _verdict(met, criterion.target_share),
                )
            )
    return tuple(found)


def _graded(times: Sequence[CriterionTime], grades: set[Grade]) -> Share:
    return share_of(sum(time.grade in grades for time in times), len(times))


def _verdict(met: Share, target: float) -> Verdict:
    if met.n == 0:
        return "not_tested"
    if met.low >= target:
        return "reached"
    return "not_reached" if met.high < target else "undecided"


def _objectives(summaries: Sequence[PlaySummary], exercise: Exercise) -> tuple[ObjectiveResult, ...]:
    found = []
    for objective in exercise.objectives:
        grades = [dict(play.objectives).get(objective.id, "not_tested") for play in summaries]
        tested = [grade for grade in grades if grade != "not_tested"]
        met, partly, not_met = (share_of(tested.count(grade), len(tested)) for grade in ("met", "partly", "not_met"))
        found.append(ObjectiveResult(objective.id, met, partly, not_met, len(tested), len(summaries)))
    return tuple(found)


def _injects(summaries: Sequence[PlaySummary]) -> tuple[InjectResult, ...]:
    found = []
    for inject in sorted({course.inject for play in summaries for course in play.injects}):
        sendings = [[course for course in play.injects if course.inject == inject] for play in summaries]
        came = [courses for courses in sendings if courses]
        firsts: list[InjectCourse] = [courses[0] for courses in came]
        unanswered = sum(bool(never_answered(courses)) for courses in came)
        idle = sum(bool(nothing_done(courses)) for courses in came)
        found.append(
            InjectResult(
                inject,
                share_of(len(came), len(summaries)),
                times_of([course.answer for course in firsts]),
                times_of([course.took for course in firsts]),
                share_of(unanswered, len(came)),
                share_of(idle, len(came)),
            )
        )
    return tuple(found)


def _waiting(plays: Sequence[tuple[WaitingTime, ...]], wholes: Sequence[int] | None) -> tuple[WaitingResult, ...]:
    sums = [{(part.cause, part.station): part.lasted for part in play} for play in plays]
    found = []
    for key in {key for play in sums for key in play}:
        lasted = [play.get(key, 0) for play in sums]
        found.append(
            WaitingResult(
                *key,
                mean_of(lasted, at_least=0),
                share_of(sum(time > 0 for time in lasted), len(lasted)),
                None if wholes is None else ratio_of(lasted, wholes),
            )
        )
    return tuple(sorted(found, key=lambda result: (-result.mean.mean, result.cause, result.station)))


def _mandate(summaries: Sequence[PlaySummary]) -> tuple[MandateResult, ...]:
    n = len(summaries)
    found = []
    decisions = {time.decision for play in summaries for time in play.mandate}
    decisions |= {decision for play in summaries for decision in (*play.gaps, *play.acts)}
    for decision in sorted(decisions):
        needs = [[time for time in play.mandate if time.decision == decision] for play in summaries]
        made = [times for times in needs if any(time.made for time in times)]
        at_once = sum(all(time.lasted == 0 for time in times) for times in made)
        found.append(
            MandateResult(
                decision,
                mean_of([sum(time.lasted for time in times) for times in needs], at_least=0),
                share_of(at_once, len(made)),
                share_of(sum(decision in play.gaps for play in summaries), n),
                share_of(sum(decision in play.acts for play in summaries), n),
            )
        )
    return tuple(found)


def _in_order(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))
