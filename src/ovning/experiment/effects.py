"""What two designs are compared by, and what differs between them, play by play."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple

from ovning.experiment.paired import (
    Difference,
    Verdict,
    Wanted,
    adjusted,
    differing_shares,
    differing_values,
    verdict_on,
)
from ovning.measures.tally import Tally, Value
from ovning.measures.tallying import grade
from ovning.model.exercise import Unit
from ovning.model.setup import Setup

Kind = Literal[
    "level_time",
    "criterion_time",
    "criterion_value",
    "criterion_met",
    "objective_met",
    "unnecessary_alert",
    "unnecessary",
    "criteria_met",
    "without",
    "unmanned",
]
Measured = Literal["duration", "share", "count", "plays"]
"""What a difference is told in: milliseconds, a part of 1, a number, or (``plays``) a part of all plays."""


class Watched(NamedTuple):
    """What is compared.

    ``level_time``: from STARTEX to a level. ``criterion_time``: from where the criterion says. Both are restricted to
    the horizon: what was not reached counts as reached at the horizon, so that a difference is never larger than what
    was seen. ``criterion_value``: what a criterion on the whole of a play came to. ``criterion_met``,
    ``objective_met``: in how large a share of the plays. ``unnecessary``: the share of plays in which any level was
    activated that the course does not warrant; ``unnecessary_alert``: in which its staff was called in vain.
    ``criteria_met``: how large a share of an objective's criteria was met in a play. ``without``: time without a
    service for each of those affected. ``unmanned``: time in which functions stood empty, summed over functions.
    """

    kind: Kind
    of: str
    """A level's, an objective's or a service's id; else empty."""
    criterion: int | None
    """Which of the objective's criteria, from 0."""
    unit: Measured
    wanted: Wanted


class Effect(NamedTuple):
    """What a change did to one thing."""

    watched: Watched
    difference: Difference
    """With the change minus without it."""
    verdict: Verdict
    confidence: float
    """Of the interval."""


def headline(setup: Setup) -> Watched | None:
    """The time to the highest level that the course warrants; ``None`` if it warrants none that there is."""
    warranted = setup.scenario.warranted(setup.variation)
    levels = [level.id for level in setup.organisation.levels if level.id in warranted]
    return Watched("level_time", levels[-1], None, "duration", "less") if levels else None


def all_watched(setup: Setup) -> tuple[Watched, ...]:
    """Everything that designs are compared by: the headline first, then each objective and its criteria."""
    found = [first] if (first := headline(setup)) is not None else []
    for objective in setup.exercise.objectives:
        found.append(Watched("objective_met", objective.id, None, "plays", "more"))
        for number, criterion in enumerate(objective.criteria):
            kind: Kind = "criterion_time" if criterion.is_time else "criterion_value"
            unit: Unit = criterion.unit
            found.append(Watched("criterion_met", objective.id, number, "plays", "more"))
            found.append(Watched(kind, objective.id, number, unit, "less" if criterion.wants_less else "more"))
    found.append(Watched("unnecessary_alert", "", None, "plays", "less"))
    return (*found, Watched("unnecessary", "", None, "plays", "less"))


def all_headlines(setup: Setup) -> tuple[Watched, ...]:
    """What one looks at first: each level that is warranted, each objective, each service and empty functions.

    Services are those that concern somebody.
    """
    warranted = setup.scenario.warranted(setup.variation)
    levels = [level for level in setup.vocabulary.levels if level in warranted]
    return (
        *(Watched("level_time", level, None, "duration", "less") for level in levels),
        *(Watched("criteria_met", one.id, None, "share", "more") for one in setup.exercise.objectives),
        *(
            Watched("without", name, None, "duration", "less")
            for name, service in setup.scenario.services.items()
            if service.affects.total
        ),
        Watched("unmanned", "", None, "duration", "less"),
    )


def effects_on(watched: Sequence[Watched], before: Tally, after: Tally, comparisons: int = 1) -> tuple[Effect, ...]:
    """What differs between two designs, play by play, each with an interval.

    ``comparisons``: with how many designs it is compared. The intervals of all of them hold together (Bonferroni): for
    what is measured, two things at a time, as one conclusion is drawn from the time to a level and the criterion that
    was chosen beforehand; for shares of plays all things together, as one looks through them for those that changed.
    Raises ``ValueError`` when the plays are not the same.
    """
    if _played(before) != _played(after):
        raise ValueError("only plays with the same seed, replications and horizon can be compared")
    shares = sum(one.unit == "plays" for one in watched)
    found = []
    for one in watched:
        confidence = adjusted(comparisons * (shares if one.unit == "plays" else 2))
        difference = difference_in(one, before, after, confidence)
        found.append(Effect(one, difference, verdict_on(difference, one.wanted), confidence))
    return tuple(found)


def _played(tally: Tally) -> tuple[int | None, list[Value], list[Value]]:
    return tally.design and tally.design.seed, tally.column("replication"), tally.column("horizon")


def difference_in(
    watched: Watched, before: Tally, after: Tally, confidence: float, *, careful: bool = False
) -> Difference:
    """The difference in one thing, play by play.

    ``careful``: as if a pair could still come that differs as much as anything measured does between any two plays.
    """
    if watched.unit == "plays":
        hits = zip(_hits(watched, before), _hits(watched, after), strict=True)
        told = [(early, late) for early, late in hits if early is not None and late is not None]
        return differing_shares([early for early, _ in told], [late for _, late in told], confidence)
    values = values_of(watched, before, after)
    seen = [value for both in values for value in both]
    unseen = max(seen) - min(seen) if careful and seen else 0.0
    return differing_values([early for early, _ in values], [late for _, late in values], confidence, unseen=unseen)


def values_of(watched: Watched, before: Tally, after: Tally) -> list[tuple[float, float]]:
    """What was measured in both plays, for the pairs that tell."""
    return [(early, late) for early, late in filter(None, in_all(watched, (before, after)))]


def in_all(watched: Watched, tallies: Sequence[Tally]) -> list[tuple[float, ...] | None]:
    """What one thing came to, play by play, in every design alike; ``None`` for a play in which any does not tell.

    Times count from where they do in all of them and as long as there was in all; of an objective's criteria those
    count that could be judged in all. As many plays as there are of each design.
    """
    match watched.kind:
        case "criterion_time":
            return _criterion_times(watched, tallies)
        case "criteria_met":
            return _criteria_met(watched.of, tallies)
    columns = [play_by_play(watched, tally) for tally in tallies]
    return [_unless_none(values) for values in zip(*columns, strict=False)]


def _unless_none(values: tuple[float | None, ...]) -> tuple[float, ...] | None:
    told = tuple(value for value in values if value is not None)
    return told if len(told) == len(values) else None


def _criterion_times(watched: Watched, tallies: Sequence[Tally]) -> list[tuple[float, ...] | None]:
    key = ("criterion", watched.of, watched.criterion or 0)
    begins = zip(*(tally.column(*key, "from") for tally in tallies), strict=False)
    measured = zip(*(tally.column(*key, "measured") for tally in tallies), strict=False)
    found: list[tuple[float, ...] | None] = []
    for horizon, since, times in zip(tallies[0].column("horizon"), begins, measured, strict=False):
        told = _unless_none(since)
        room = None if told is None else int(horizon or 0) - int(max(told))
        found.append(None if room is None else tuple(room if time is None else min(time, room) for time in times))
    return found


def play_by_play(watched: Watched, tally: Tally) -> list[float | None]:
    """What one thing came to in each play of one design; ``None`` for a play that does not tell.

    A time counts as reached at the horizon if it was not reached. Shares of plays are 1 or 0 in each.
    """
    if watched.unit == "plays":
        return [None if hit is None else float(hit) for hit in _hits(watched, tally)]
    horizons = [int(horizon or 0) for horizon in tally.column("horizon")]
    match watched.kind:
        case "level_time":
            active = tally.column("level", watched.of, "active")
            return [room if time is None else min(time, room) for room, time in zip(horizons, active, strict=True)]
        case "without":
            return list(tally.column("without", watched.of))
        case "unmanned":
            return list(tally.column("unmanned"))
        case "criteria_met":
            return [None if told is None else told[0] for told in _criteria_met(watched.of, (tally,))]
    key = ("criterion", watched.of, watched.criterion or 0)
    measured = tally.column(*key, "measured")
    if watched.kind != "criterion_time":
        return list(measured)
    return [
        None if since is None else room - since if time is None else min(time, room - since)
        for room, since, time in zip(horizons, tally.column(*key, "from"), measured, strict=True)
    ]


def _criteria_met(objective: str, tallies: Sequence[Tally]) -> list[tuple[float, ...] | None]:
    """How large a share of an objective's criteria was met in each play, of those that could be judged in all."""
    numbers = sorted({int(number) for tally in tallies for number in tally.names("criterion", objective)})
    grades = [
        [[grade(value) for value in tally.column("criterion", objective, number, "grade")] for number in numbers]
        for tally in tallies
    ]
    found: list[tuple[float, ...] | None] = []
    for play in range(min(tally.plays for tally in tallies)):
        judged = [n for n in range(len(numbers)) if all(one[n][play] != "not_tested" for one in grades)]
        met = [sum(one[n][play] == "met" for n in judged) for one in grades]
        found.append(tuple(number / len(judged) for number in met) if judged else None)
    return found


def _hits(watched: Watched, tally: Tally) -> list[bool | None]:
    """Whether it was so, for each play; ``None`` when the play does not tell."""
    if watched.kind in ("unnecessary", "unnecessary_alert"):
        columns = [tally.column(watched.kind, level) for level in tally.names(watched.kind)]
        return [any(column[play] for column in columns) for play in range(tally.plays)]
    if watched.kind == "objective_met":
        values = tally.column("objective", watched.of)
    else:
        values = tally.column("criterion", watched.of, watched.criterion or 0, "grade")
    grades = [grade(value) for value in values]
    return [None if one == "not_tested" else one == "met" for one in grades]
