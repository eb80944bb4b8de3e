"""Ways: where the time from when a criterion begins to count until it is reached went; the parts sum to it exactly.

Each criterion on a time that a play tests has a way: the critical path to what it waits for (a level through all that
led to it, a task, a decision, the receipt of an inject, or who first knew of a fact), cut to the time that it is
followed: from where it begins to count until it was reached, or to the end of the play. Along it somebody worked, or it
waited for a cause. What is left is time on no path: a fact that was known and was on its way to those who should know
(``spread``), and time in which nothing led there (``idle``): before anybody had begun, or after it came to nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple, cast

from ovning.log.records import Cause, DecisionMade, FactLearned, InjectSent, Log
from ovning.measures.intervals import Mean
from ovning.measures.lives import Lives
from ovning.measures.objectives import CriterionTime
from ovning.measures.paths import Path, case_path, last_task, path_to, whole_path_to
from ovning.measures.tally import Key, Tally
from ovning.model.exercise import Criterion, Exercise

_NOWHERE: Final = Path(0, 0, (), (), None)


class CriterionWay(NamedTuple):
    """Where the time to one criterion went in one play, milliseconds."""

    objective: str
    criterion: int
    """Which of the objective's criteria, from 0."""
    lasted: int
    """How long it was followed; all the others sum to it."""
    waiting: tuple[tuple[Cause, int], ...]
    """By cause, most first."""
    work: int
    spread: int
    """Somebody knew the fact, and those who should know did not yet."""
    idle: int
    """Nothing led there: nobody had begun, or it had come to nothing."""


class WayResult(NamedTuple):
    """Where the time to a criterion went over the plays that tested it; means, which sum to that of ``lasted``.

    For an objective those of all its criteria that a play tested are added: the same time counts once for each.
    """

    objective: str
    criterion: int | None
    """``None`` for the whole objective."""
    plays: int
    """In how many plays it, or any of the objective's criteria, was tested."""
    lasted: Mean
    waiting: tuple[tuple[Cause, Mean], ...]
    """By cause, most first."""
    work: Mean
    spread: Mean
    idle: Mean


def criterion_ways(
    log: Log, lives: Lives, exercise: Exercise, times: Iterable[CriterionTime]
) -> tuple[CriterionWay, ...]:
    """The ways of all criteria on a time that this play tests, in the order of the exercise."""
    asked = {
        (objective.id, number): criterion
        for objective in exercise.objectives
        for number, criterion in enumerate(objective.criteria)
    }
    found = []
    for time in times:
        criterion = asked[time.objective, time.criterion]
        if criterion.is_time and time.grade != "not_tested" and time.begins_at is not None:
            path = _path(log, lives, criterion, time)
            found.append(_way(path, time, time.begins_at, spreads=criterion.measure == "time_to_fact"))
    return tuple(found)


def way_results(tally: Tally, exercise: Exercise) -> tuple[WayResult, ...]:
    """Each objective over the plays that tested it, then its criteria; what no play tested is left out."""
    found = []
    for objective in exercise.objectives:
        keys: list[tuple[int | None, Key]] = [(None, ("ways", objective.id))]
        keys += [(number, ("way", objective.id, number)) for number in range(len(objective.criteria))]
        for number, key in keys:
            if plays := tally.counted(*key, "plays"):
                found.append(_result(tally, objective.id, number, key, plays))
    return tuple(found)


def _result(tally: Tally, objective: str, criterion: int | None, key: Key, plays: int) -> WayResult:
    waiting = [
        (cast("Cause", cause), tally.mean(*key, "waiting", cause, of=plays)) for cause in tally.names(*key, "waiting")
    ]
    return WayResult(
        objective,
        criterion,
        plays,
        tally.mean(*key, "lasted", of=plays),
        tuple(sorted(waiting, key=lambda item: (-item[1].mean, item[0]))),
        tally.mean(*key, "work", of=plays),
        tally.mean(*key, "spread", of=plays),
        tally.mean(*key, "idle", of=plays),
    )


def _way(path: Path, time: CriterionTime, begins: int, *, spreads: bool) -> CriterionWay:
    ends = begins + time.followed
    causes: dict[Cause, int] = {}
    work = 0
    for stretch in path.stretches:
        lasted = max(0, min(stretch.at, ends) - max(stretch.since, begins))
        if stretch.cause is None:
            work += lasted
        elif lasted:
            causes[stretch.cause] = causes.get(stretch.cause, 0) + lasted
    left = time.followed - work - sum(causes.values())
    known_at = min(max(path.ends_at, begins), ends) if spreads and path.stretches else ends
    spread = ends - known_at
    waiting = tuple(sorted(causes.items(), key=lambda item: (-item[1], item[0])))
    return CriterionWay(time.objective, time.criterion, time.followed, waiting, work, spread, left - spread)


def _path(log: Log, lives: Lives, criterion: Criterion, time: CriterionTime) -> Path:
    """The path to what the criterion waits for, or as far as it went."""
    records = [log[number] for number in time.numbers]
    case = next((record.case for record in records if isinstance(record, InjectSent)), None)
    match criterion.measure:
        case "time_to_level":
            return _to_level(lives, criterion.level or "", time)
        case "time_to_decision":
            made = next((record.task for record in records if isinstance(record, DecisionMade)), None)
            return _to_need(lives, made, f"decide({criterion.decision})", case)
        case "time_to_fact":
            return _to_fact(log, lives, criterion.fact or "", [r for r in records if isinstance(r, FactLearned)])
        case _ if case is None or case not in lives.cases:
            return _NOWHERE
        case "time_to_received":
            tasks = lives.cases[case].tasks
            return path_to(lives, tasks[0]) if tasks else _NOWHERE
        case _:
            task = f"{case}/{criterion.task}"
            return path_to(lives, task) if task in lives.tasks else case_path(lives, case)


def _to_level(lives: Lives, level: str, time: CriterionTime) -> Path:
    """To the task of the level's case that ended when it was active; else as far as its last case came."""
    cases = [case for case in lives.cases.values() if case.kind == "level" and case.subject == level]
    if time.measured is not None:
        ended = [lives.tasks[task] for case in cases for task in case.tasks]
        last = [life for life in ended if life.ended_at == time.measured and life.outcome is not None]
        found = max(last, key=lambda life: life.needs == "gather", default=None)
    else:
        found = last_task(lives, cases[-1]) if cases else None
    return whole_path_to(lives, found.task) if found else _NOWHERE


def _to_need(lives: Lives, made: str | None, need: str, case: str | None) -> Path:
    """To the task that decided; else to the first that needs the decision, or as far as the inject's case came."""
    if made is None:
        asked = [life for life in lives.tasks.values() if life.needs == need and case in (None, life.case)]
        made = asked[0].task if asked else None
    if made is not None and made in lives.tasks:
        return whole_path_to(lives, made)
    return case_path(lives, case) if case in lives.cases and case is not None else _NOWHERE


def _to_fact(log: Log, lives: Lives, fact: str, reached: Sequence[FactLearned]) -> Path:
    """To the task or the inject that the knowledge goes back to, from one who knew to the one who told them."""
    learned = [record for record in log if isinstance(record, FactLearned) and record.fact == fact]
    now = reached[0] if reached else (learned[0] if learned else None)
    while now is not None:
        if now.source in lives.tasks:
            return whole_path_to(lives, now.source)
        if now.source in lives.cases:
            tasks = lives.cases[now.source].tasks
            return path_to(lives, tasks[0]) if tasks else _NOWHERE
        at, source, earlier = now.at, now.source, learned[: learned.index(now)]
        now = next((one for one in reversed(earlier) if one.knower == source and one.at <= at), None)
    return _NOWHERE
