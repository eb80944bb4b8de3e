"""Gain by replay: what a remedy would bring, found by playing the same plays again with it, with the same luck.

A gain is never computed from where the time went: whoever takes away one wait uncovers the next. Every remedy is put
into the files as ``--set`` would put it, everything else as it was, and the same replications are played again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from itertools import islice
from typing import Literal, NamedTuple

from ovning.errors import InputError
from ovning.experiment.paired import (
    Difference,
    Verdict,
    Wanted,
    adjusted,
    differing_shares,
    differing_times,
    verdict_on,
)
from ovning.experiment.replicate import replay
from ovning.measures.bottlenecks import Remedy
from ovning.measures.objectives import CriterionTime
from ovning.measures.summary import PlaySummary
from ovning.model.setup import Setup

Kind = Literal["level_time", "criterion_time", "criterion_met", "objective_met", "unnecessary"]


class Watched(NamedTuple):
    """What is compared.

    ``level_time``: from STARTEX to a level. ``criterion_time``: from where the criterion says. Both are restricted to
    the horizon: what was not reached counts as reached at the horizon, so that it cannot make the gain look larger
    than what was seen. ``criterion_met``, ``objective_met``: the share of plays. ``unnecessary``: the share of plays in
    which any level was activated that the course does not warrant.
    """

    kind: Kind
    of: str
    """A level's or an objective's id; empty for ``unnecessary``."""
    criterion: int | None = None
    """Which of the objective's criteria, from 0."""

    @property
    def wanted(self) -> Wanted:
        """Which way is better."""
        return "more" if self.kind in ("criterion_met", "objective_met") else "less"

    @property
    def is_time(self) -> bool:
        """Whether it is measured in milliseconds, not as a share of plays."""
        return self.kind in ("level_time", "criterion_time")


class Effect(NamedTuple):
    """What a remedy did to one thing."""

    watched: Watched
    difference: Difference
    """With the remedy minus without it."""
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Gain:
    """What one remedy brought."""

    title: str
    """Of the remedy."""
    sets: tuple[str, ...]
    effects: tuple[Effect, ...]
    """On everything that is watched; empty if it could not be played."""
    confidence: float
    """Of each interval: so high that those of all remedies, for one thing that is watched, hold together."""
    why_not: str = ""
    """Why it could not be played, in Swedish."""

    def on(self, watched: Watched | None) -> Effect | None:
        """The effect on one thing, if it was watched."""
        return next((effect for effect in self.effects if effect.watched == watched), None)


def headline(setup: Setup) -> Watched | None:
    """The time to the highest level that the course warrants; ``None`` if it warrants none that there is."""
    warranted = setup.scenario.warranted(setup.variation)
    levels = [level.id for level in setup.organisation.levels if level.id in warranted]
    return Watched("level_time", levels[-1]) if levels else None


def all_watched(setup: Setup) -> tuple[Watched, ...]:
    """Everything that a remedy is judged by: the headline first, then each objective and its criteria."""
    found = [first] if (first := headline(setup)) is not None else []
    for objective in setup.exercise.objectives:
        found.append(Watched("objective_met", objective.id))
        for number, criterion in enumerate(objective.criteria):
            found.append(Watched("criterion_met", objective.id, number))
            if criterion.is_time:
                found.append(Watched("criterion_time", objective.id, number))
    return (*found, Watched("unnecessary", ""))


def gains(
    setup: Setup,
    before: Sequence[PlaySummary],
    remedies: Sequence[Remedy],
    load: Callable[[tuple[str, ...]], Setup],
    *,
    executor: Executor | None = None,
    began: Callable[[int], object] = lambda number: None,
    played: Callable[[int], object] = lambda plays: None,
) -> tuple[Gain, ...]:
    """The gain of each remedy, in the order given, over the very plays that ``before`` are the summaries of.

    ``load`` gives the setup with these changes, as the command line would; a remedy that it refuses is not played and
    says why. ``began`` hears which remedy comes next and ``played`` each play of it. Remedies that make the same
    changes are played once.
    """
    setups: dict[tuple[str, ...], Setup] = {}
    refused: dict[tuple[str, ...], str] = {}
    for remedy in remedies:
        if remedy.sets not in setups and remedy.sets not in refused:
            try:
                setups[remedy.sets] = load(remedy.sets)
            except InputError as error:
                refused[remedy.sets] = error.problems[0].message if error.problems else str(error)
    skipped = len(remedies) - len(setups)
    if skipped:
        played(skipped * len(before))
    watched, confidence = all_watched(setup), adjusted(max(1, len(setups)))
    effects: dict[tuple[str, ...], tuple[Effect, ...]] = {}
    coming = _replayed(tuple(setups.values()), before, executor)
    for number, sets in enumerate(setups):
        began(number)
        after = []
        for play in islice(coming, len(before)):
            after.append(play)
            played(1)
        effects[sets] = effects_on(watched, before, after, confidence)
    return tuple(
        Gain(remedy.title, remedy.sets, effects.get(remedy.sets, ()), confidence, refused.get(remedy.sets, ""))
        for remedy in remedies
    )


def _replayed(
    setups: Sequence[Setup], before: Sequence[PlaySummary], executor: Executor | None
) -> Iterator[PlaySummary]:
    seeds = {play.seed for play in before}
    if len(seeds) != 1:
        raise ValueError("the plays to compare with have one seed")
    return replay(setups, seeds.pop(), [play.replication for play in before], executor=executor)


def effects_on(
    watched: Sequence[Watched], before: Sequence[PlaySummary], after: Sequence[PlaySummary], confidence: float
) -> tuple[Effect, ...]:
    """What differs between two designs, play by play. Raises ``ValueError`` when the plays are not the same."""
    same = [(play.seed, play.replication, play.horizon) for play in before]
    if same != [(play.seed, play.replication, play.horizon) for play in after]:
        raise ValueError("only plays with the same seed, replications and horizon can be compared")
    found = []
    for one in watched:
        difference = _difference(one, before, after, confidence)
        found.append(Effect(one, difference, verdict_on(difference, one.wanted)))
    return tuple(found)


def _difference(
    watched: Watched, before: Sequence[PlaySummary], after: Sequence[PlaySummary], confidence: float
) -> Difference:
    pairs = zip(before, after, strict=True)
    if watched.is_time:
        restricted = _level_times if watched.kind == "level_time" else _criterion_times
        times = [found for pair in pairs if (found := restricted(watched, *pair)) is not None]
        return differing_times([early for early, _ in times], [late for _, late in times], confidence)
    hits = [(_hit(watched, early), _hit(watched, late)) for early, late in pairs]
    tested = [(early, late) for early, late in hits if early is not None and late is not None]
    return differing_shares([early for early, _ in tested], [late for _, late in tested], confidence)


def _level_times(watched: Watched, before: PlaySummary, after: PlaySummary) -> tuple[int, int]:
    early, late = (
        next((times.active_at for times in play.levels if times.level == watched.of), None) for play in (before, after)
    )
    horizon = before.horizon
    return horizon if early is None else early, horizon if late is None else late


def _criterion_times(watched: Watched, before: PlaySummary, after: PlaySummary) -> tuple[int, int] | None:
    """Both times, restricted to what both plays had time for; ``None`` if what they count from did not come in both."""
    early, late = _criterion(watched, before), _criterion(watched, after)
    if early is None or late is None or early.begins_at is None or late.begins_at is None:
        return None
    room = before.horizon - max(early.begins_at, late.begins_at)
    return (
        room if early.measured is None else min(int(early.measured), room),
        room if late.measured is None else min(int(late.measured), room),
    )


def _hit(watched: Watched, play: PlaySummary) -> bool | None:
    """Whether it was so; ``None`` when the play does not tell."""
    if watched.kind == "unnecessary":
        return bool(play.unnecessary)
    if watched.kind == "objective_met":
        grade = dict(play.objectives).get(watched.of, "not_tested")
    else:
        time = _criterion(watched, play)
        grade = "not_tested" if time is None else time.grade
    return None if grade == "not_tested" else grade == "met"


def _criterion(watched: Watched, play: PlaySummary) -> CriterionTime | None:
    place = (watched.of, watched.criterion)
    return next((time for time in play.criteria if (time.objective, time.criterion) == place), None)
