"""When each inject would come and be answered, over plays: what whoever leads the exercise can expect."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple, TypeVar

from ovning.experiment.replicate import replicate
from ovning.experiment.workers import Crew
from ovning.log.records import CaseClosed, InjectReceived, InjectSent, Log, SeatFilled, Worked
from ovning.measures.intervals import Share, share_of
from ovning.measures.objectives import CriterionTime, grade_of
from ovning.measures.times import Times, times_of
from ovning.model.conduct import Conduct
from ovning.model.exercise import Exercise
from ovning.model.held import as_held, untried
from ovning.model.setup import Setup


class Answered(NamedTuple):
    """One inject in one play; milliseconds."""

    sent: int
    """From STARTEX; of one that came several times the first."""
    received: int | None
    """From when it was sent to when somebody began to take it in."""
    done: int | None
    """From when it was sent to when all that it asked for was done; ``None`` for a case that did not end so."""
    seen: bool | None = None
    """Whether it was done before the play next stopped; ``None`` for one that came in hours that are not played."""


class InjectForecast(NamedTuple):
    """One inject over all plays."""

    sent: Times
    """Of all plays."""
    received: Times
    """Of those in which it came."""
    done: Times
    """Of the same."""
    seen: Share | None
    """Of the same that came in hours that are played, those done before the play next stopped; ``None`` of none."""


@dataclass(frozen=True, slots=True)
class PlayForecast:
    """What is needed of one play."""

    injects: Mapping[str, Answered]
    worked: frozenset[str]
    """Stations that did something (ordinary work is no record)."""
    seated: frozenset[str]
    """Groups of people who sat in a staff."""
    met: Mapping[tuple[str, int], bool]
    """Objective and criterion (from 0) that the play put to the test → whether it was met."""
    measured: Mapping[tuple[str, int], float | None]
    """Objective and criterion that the play followed, if only until it stopped before the limit → what it came to, in
    the unit of the criterion; ``None`` for a time that was not reached."""
    seen: Mapping[tuple[str, int], bool]
    """Those times of an exercise with a conduct → whether it was reached before the play next stopped."""


@dataclass(frozen=True, slots=True)
class Forecast:
    """All plays together."""

    plays: int
    injects: Mapping[str, InjectForecast]
    """Those of the course, in its order."""
    met: Mapping[tuple[str, int], Share]
    """Objective and criterion → of the plays that put it to the test, those that met it."""
    measured: Mapping[tuple[str, int], tuple[float | None, ...]]
    """The same → what it came to in each play that followed it; ``None`` for a time that was not reached."""
    seen: Mapping[tuple[str, int], Share]
    """Times of an exercise with a conduct → of those plays, those that reached it before the play next stopped."""
    idle: tuple[str, ...]
    """Functions that had nothing to do in any play and gave nobody to a staff, in the order of the organisation."""
    untested: tuple[str, ...]
    """Objectives of which no play put any criterion to the test."""

    @property
    def planned(self) -> dict[str, int]:
        """When each inject comes in half of the plays, for those that come in so many; milliseconds from STARTEX."""
        medians = {name: one.sent.median for name, one in self.injects.items()}
        return {name: round(one.value) for name, one in medians.items() if one is not None and one.value is not None}


def dry_run(
    setup: Setup,
    seed: int,
    runs: int,
    *,
    crew: Crew | None = None,
    played: Callable[[int], object] = lambda plays: None,
) -> Forecast:
    """Play the exercise as it is held so many times and tell what to expect; ``played`` hears of each play."""
    held, plays = as_held(setup), []
    for one in replicate(held, seed, range(runs), crew=crew):
        plays.append(forecast_of(one.log, one.summary.criteria, held.exercise))
        played(1)
    return forecast(held, plays)


def tried(exercise: Exercise, criteria: Iterable[CriterionTime]) -> tuple[CriterionTime, ...]:
    """Those that the exercise as it is held puts to the test, the hours that are jumped included.

    Nobody knows when a staff would have been there that is in the room from a certain time: it is followed until then.
    """
    if exercise.conduct is None:
        return tuple(criteria)
    found = []
    for one in criteria:
        criterion = exercise.criterion(one.objective, one.criterion)
        if untried(exercise, criterion, one.begins_at) is not None:
            continue
        since = exercise.conduct.gathered.get(criterion.level or "")
        if since is None or one.begins_at is None or one.begins_at + one.followed < since:
            found.append(one)
        else:
            followed = since - one.begins_at
            grade = grade_of(criterion, None, followed)
            found.append(one._replace(measured=None, followed=followed, grade=grade))
    return tuple(found)


def forecast_of(log: Log, criteria: Iterable[CriterionTime], exercise: Exercise) -> PlayForecast:
    """One play; of an exercise with a conduct also what happens before the play next stops."""
    cases: dict[str, str] = {}
    sent: dict[str, int] = {}
    received: dict[str, int] = {}
    done: dict[str, int] = {}
    worked: set[str] = set()
    seated: set[str] = set()
    told, conduct = tried(exercise, criteria), exercise.conduct
    tested = [one for one in told if one.grade != "not_tested"]
    followed = [one for one in told if one.grade != "not_tested" or (one.followed and _is_time(exercise, one))]
    for record in log:
        match record:
            case InjectSent() if record.inject not in sent:
                sent[record.inject] = record.at
                cases[record.case] = record.inject
            case InjectReceived() if record.case in cases:
                received.setdefault(record.inject, record.at)
            case CaseClosed() if record.case in cases and record.outcome == "done":
                done[cases[record.case]] = record.at
            case Worked():
                worked.add(record.station)
            case SeatFilled():
                seated.add(record.person.partition("#")[0])
            case _:
                pass
    return PlayForecast(
        {
            name: Answered(
                at, _since(at, received.get(name)), _since(at, done.get(name)), _seen(conduct, at, done.get(name))
            )
            for name, at in sent.items()
        },
        frozenset(worked),
        frozenset(seated),
        {(one.objective, one.criterion): one.grade == "met" for one in tested},
        {(one.objective, one.criterion): one.measured for one in followed},
        _in_sight(exercise, followed),
    )


def forecast(setup: Setup, plays: Iterable[PlayForecast]) -> Forecast:
    """All plays of one setup together."""
    every = list(plays)
    worked = {station for play in every for station in play.worked}
    seated = {group for play in every for group in play.seated}
    met = _by_key([play.met for play in every])
    seen = _by_key([play.seen for play in every])
    measured = _by_key([play.measured for play in every])
    tested = {objective for objective, _ in met}
    return Forecast(
        len(every),
        {inject.id: _over([play.injects.get(inject.id) for play in every]) for inject in setup.scenario.injects},
        {key: share_of(sum(found), len(found)) for key, found in met.items()},
        {key: tuple(found) for key, found in measured.items()},
        {key: share_of(sum(found), len(found)) for key, found in seen.items()},
        tuple(
            name
            for name, function in setup.organisation.functions.items()
            if name not in worked and not seated & set(function.filled_by)
        ),
        tuple(one.id for one in setup.exercise.objectives if one.id not in tested),
    )


_V = TypeVar("_V")


def _by_key(plays: Sequence[Mapping[tuple[str, int], _V]]) -> dict[tuple[str, int], list[_V]]:
    """What each play says of each, in their order, of those that say anything."""
    found: dict[tuple[str, int], list[_V]] = {}
    for play in plays:
        for key, value in play.items():
            found.setdefault(key, []).append(value)
    return dict(sorted(found.items()))


def _over(plays: list[Answered | None]) -> InjectForecast:
    came = [play for play in plays if play is not None]
    return InjectForecast(
        times_of([None if play is None else play.sent for play in plays]),
        times_of([play.received for play in came]),
        times_of([play.done for play in came]),
        share_of(sum(seen), len(seen)) if (seen := [play.seen for play in came if play.seen is not None]) else None,
    )


def _since(sent: int, at: int | None) -> int | None:
    return None if at is None else at - sent


def _in_sight(exercise: Exercise, times: Iterable[CriterionTime]) -> dict[tuple[str, int], bool]:
    """Of an exercise with a conduct: whether each time was reached before the play next stopped."""
    conduct = exercise.conduct
    if conduct is None:
        return {}
    return {
        (one.objective, one.criterion): one.measured is not None
        and conduct.is_played_through(one.begins_at, one.begins_at + one.followed)
        for one in times
        if one.begins_at is not None and _is_time(exercise, one)
    }


def _is_time(exercise: Exercise, one: CriterionTime) -> bool:
    return exercise.criterion(one.objective, one.criterion).is_time


def _seen(conduct: Conduct | None, sent: int, at: int | None) -> bool | None:
    if conduct is None or conduct.elapsed(sent) is None:
        return None
    return at is not None and conduct.is_played_through(sent, at)
