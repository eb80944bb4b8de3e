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
from ovning.measures.objectives import CriterionTime
from ovning.measures.summary import PlaySummary
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
    """

    kind: Kind
    of: str
    """A level's or an objective's id; else empty."""
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


def effects_on(
    watched: Sequence[Watched], before: Sequence[PlaySummary], after: Sequence[PlaySummary], comparisons: int = 1
) -> tuple[Effect, ...]:
    """What differs between two designs, play by play, each with an interval.

    ``comparisons``: with how many designs it is compared. The intervals of all of them hold together (Bonferroni): for
    what is measured, two things at a time, as one conclusion is drawn from the time to a level and the criterion that
    was chosen beforehand; for shares of plays all things together, as one looks through them for those that changed.
    Raises ``ValueError`` when the plays are not the same.
    """
    same = [(play.seed, play.replication, play.horizon) for play in before]
    if same != [(play.seed, play.replication, play.horizon) for play in after]:
        raise ValueError("only plays with the same seed, replications and horizon can be compared")
    shares = sum(one.unit == "plays" for one in watched)
    found = []
    for one in watched:
        confidence = adjusted(comparisons * (shares if one.unit == "plays" else 2))
        difference = _difference(one, before, after, confidence)
        found.append(Effect(one, difference, verdict_on(difference, one.wanted), confidence))
    return tuple(found)


def _difference(
    watched: Watched, before: Sequence[PlaySummary], after: Sequence[PlaySummary], confidence: float
) -> Difference:
    pairs = list(zip(before, after, strict=True))
    if watched.unit == "plays":
        hits = [(_hit(watched, early), _hit(watched, late)) for early, late in pairs]
        told = [(early, late) for early, late in hits if early is not None and late is not None]
        return differing_shares([early for early, _ in told], [late for _, late in told], confidence)
    values = [found for pair in pairs if (found := _values(watched, *pair)) is not None]
    return differing_values([early for early, _ in values], [late for _, late in values], confidence)


def _values(watched: Watched, before: PlaySummary, after: PlaySummary) -> tuple[float, float] | None:
    """What was measured in both plays; ``None`` if one of them does not tell."""
    if watched.kind == "level_time":
        return _restricted(before.horizon, _active_at(before, watched.of), _active_at(after, watched.of))
    early, late = _criterion(watched, before), _criterion(watched, after)
    if early is None or late is None or early.begins_at is None or late.begins_at is None:
        return None
    if watched.kind == "criterion_time":
        # As long as there was in both plays from where it counts.
        room = before.horizon - max(early.begins_at, late.begins_at)
        return _restricted(room, early.measured, late.measured)
    return None if early.measured is None or late.measured is None else (early.measured, late.measured)


def _restricted(room: int, early: float | None, late: float | None) -> tuple[float, float]:
    return room if early is None else min(early, room), room if late is None else min(late, room)


def _active_at(play: PlaySummary, level: str) -> int | None:
    return next((times.active_at for times in play.levels if times.level == level), None)


def _hit(watched: Watched, play: PlaySummary) -> bool | None:
    """Whether it was so; ``None`` when the play does not tell."""
    if watched.kind == "unnecessary":
        return bool(play.unnecessary)
    if watched.kind == "unnecessary_alert":
        return bool(play.unnecessary_alerts)
    if watched.kind == "objective_met":
        grade = dict(play.objectives).get(watched.of, "not_tested")
    else:
        time = _criterion(watched, play)
        grade = "not_tested" if time is None else time.grade
    return None if grade == "not_tested" else grade == "met"


def _criterion(watched: Watched, play: PlaySummary) -> CriterionTime | None:
    place = (watched.of, watched.criterion)
    return next((time for time in play.criteria if (time.objective, time.criterion) == place), None)
