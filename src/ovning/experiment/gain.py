"""Gain by replay: what a remedy would bring, found by playing the same plays again with it, with the same luck.

A gain is never computed from where the time went: whoever takes away one wait uncovers the next. Every remedy is put
into the files as ``--set`` would put it, everything else as it was, and the same replications are played again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from itertools import islice

from ovning.errors import InputError
from ovning.experiment.effects import Effect, Kind, all_watched, effects_on
from ovning.experiment.paired import adjusted
from ovning.experiment.replicate import replay
from ovning.measures.remedies import Remedy
from ovning.measures.summary import PlaySummary
from ovning.model.setup import Setup


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

    def on(self, kind: Kind, of: str = "", criterion: int | None = None) -> Effect | None:
        """The effect on one thing, if it was watched."""
        place = (kind, of, criterion)
        return next((effect for effect in self.effects if effect.watched[:3] == place), None)


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
