"""When each inject would come and be answered, over plays: what whoever leads the exercise can expect."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from ovning.experiment.replicate import replicate
from ovning.experiment.workers import Crew
from ovning.log.records import CaseClosed, InjectReceived, InjectSent, Log, SeatFilled, Worked
from ovning.measures.intervals import Share, share_of
from ovning.measures.objectives import CriterionTime, grade_of
from ovning.measures.times import Times, times_of
from ovning.model.conduct import Conduct
from ovning.model.held import as_held
from ovning.model.setup import Setup


class Answered(NamedTuple):
    """One inject in one play; milliseconds."""

    sent: int
    """From STARTEX; of one that came several times the first."""
    received: int | None
    """From when it was sent to when somebody began to take it in."""
    done: int | None
    """From when it was sent to when all that it asked for was done; ``None`` for a case that did not end so, or not
    before the play stops."""


class InjectForecast(NamedTuple):
    """One inject over all plays."""

    sent: Times
    """Of all plays."""
    received: Times
    """Of those in which it came."""
    done: Times
    """Of the same."""


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
        plays.append(forecast_of(one.log, seen(held, one.summary.criteria), held.exercise.conduct))
        played(1)
    return forecast(held, plays)


def seen(setup: Setup, criteria: Iterable[CriterionTime]) -> tuple[CriterionTime, ...]:
    """What those who are there can see of each criterion: nothing happens before their eyes in hours that are jumped.

    A time that begins in hours that are not played is not tested, nor is that of a staff that is in the room from the
    beginning. One that is not reached before the play next stops was not reached, and followed until then.
    """
    conduct, objectives = setup.exercise.conduct, {one.id: one for one in setup.exercise.objectives}
    if conduct is None:
        return tuple(criteria)
    found = []
    for one in criteria:
        criterion = objectives[one.objective].criteria[one.criterion]
        if not criterion.is_time or one.begins_at is None:
            found.append(one)
            continue
        until = conduct.played_until(one.begins_at)
        if until is None or criterion.level in conduct.gathered:
            found.append(one._replace(measured=None, followed=0, grade="not_tested", numbers=()))
        elif one.begins_at + one.followed > until:
            followed = until - one.begins_at
            grade = grade_of(criterion, None, followed)
            found.append(one._replace(measured=None, followed=followed, grade=grade))
        else:
            found.append(one)
    return tuple(found)


def forecast_of(log: Log, criteria: Iterable[CriterionTime], conduct: Conduct | None = None) -> PlayForecast:
    """One play; of what comes in hours that are played only what happens before the play next stops is answered."""
    cases: dict[str, str] = {}
    sent: dict[str, int] = {}
    received: dict[str, int] = {}
    done: dict[str, int] = {}
    worked: set[str] = set()
    seated: set[str] = set()
    told = list(criteria)
    tested = [one for one in told if one.grade != "not_tested"]
    followed = [one for one in told if one.grade != "not_tested" or one.followed]
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
            name: Answered(at, _since(at, received.get(name), conduct), _since(at, done.get(name), conduct))
            for name, at in sent.items()
        },
        frozenset(worked),
        frozenset(seated),
        {(one.objective, one.criterion): one.grade == "met" for one in tested},
        {(one.objective, one.criterion): one.measured for one in followed},
    )


def forecast(setup: Setup, plays: Iterable[PlayForecast]) -> Forecast:
    """All plays of one setup together."""
    every = list(plays)
    worked = {station for play in every for station in play.worked}
    seated = {group for play in every for group in play.seated}
    met = {key: [play.met[key] for play in every if key in play.met] for key in {k for play in every for k in play.met}}
    tested = {objective for objective, _ in met}
    return Forecast(
        len(every),
        {inject.id: _over([play.injects.get(inject.id) for play in every]) for inject in setup.scenario.injects},
        {key: share_of(sum(found), len(found)) for key, found in met.items()},
        {
            key: tuple(play.measured[key] for play in every if key in play.measured)
            for key in sorted({k for play in every for k in play.measured})
        },
        tuple(
            name
            for name, function in setup.organisation.functions.items()
            if name not in worked and not seated & set(function.filled_by)
        ),
        tuple(one.id for one in setup.exercise.objectives if one.id not in tested),
    )


def _over(plays: list[Answered | None]) -> InjectForecast:
    came = [play for play in plays if play is not None]
    return InjectForecast(
        times_of([None if play is None else play.sent for play in plays]),
        times_of([play.received for play in came]),
        times_of([play.done for play in came]),
    )


def _since(sent: int, at: int | None, conduct: Conduct | None) -> int | None:
    if at is None or (
        conduct is not None and conduct.elapsed(sent) is not None and not conduct.is_played_through(sent, at)
    ):
        return None
    return at - sent
