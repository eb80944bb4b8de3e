"""Gain by replay: what a remedy would bring, found by playing the same plays again with it, with the same luck.

A gain is never computed from where the time went: whoever takes away one wait uncovers the next. Every remedy is put
into the files as ``--set`` would put it, everything else as it was, and the same replications are played again.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from ovning.errors import InputError
from ovning.experiment.chunks import Arm, Keeper, replay_all
from ovning.experiment.effects import Effect, Kind, all_watched, effects_on
from ovning.experiment.workers import Crew
from ovning.measures.bottlenecks import Bottleneck, bottlenecks
from ovning.measures.remedies import Remedy
from ovning.measures.sits import sits_on
from ovning.measures.tally import Tally
from ovning.model.setup import Setup


@dataclass(frozen=True, slots=True)
class Gain:
    """What one remedy brought."""

    title: str
    """Of the remedy."""
    sets: tuple[str, ...]
    effects: tuple[Effect, ...]
    """On everything that is watched; empty if it could not be played."""
    compared: int
    """How many remedies were played: the intervals hold for all of them together."""
    why_not: str = ""
    """Why it could not be played, in Swedish."""

    def on(self, kind: Kind, of: str = "", criterion: int | None = None) -> Effect | None:
        """The effect on one thing, if it was watched."""
        place = (kind, of, criterion)
        return next((effect for effect in self.effects if effect.watched[:3] == place), None)


class Tried(NamedTuple):
    """A bottleneck, and what was tried against it."""

    bottleneck: Bottleneck
    sits_on: tuple[str, int] | None
    """The objective and which of its criteria waited most for it, in the plays without any remedy."""
    gain: Gain | None
    """``None`` where there is nothing to try."""


def try_worst(
    setup: Setup,
    before: Tally,
    load: Callable[[tuple[str, ...]], Setup],
    most: int,
    *,
    crew: Crew | None = None,
    keeper: Keeper | None = None,
    began: Callable[[Remedy, int, int], object] = lambda remedy, number, of: None,
    played: Callable[[int], object] = lambda plays: None,
) -> tuple[Tried, ...]:
    """Try a remedy against each of the worst bottlenecks, worst first, until so many have been tried.

    Bottlenecks on the way against which nothing can be tried are told too. ``began`` hears each remedy, its number from
    1 and of how many; ``played`` hears of ``most`` times as many plays as ``before`` in all, whatever there was to try.
    """
    if not most:
        return ()
    found: list[Bottleneck] = []
    remedies: dict[tuple[str, ...], Remedy] = {}
    for bottleneck in bottlenecks(before, setup):
        if len(remedies) == most:
            break
        found.append(bottleneck)
        if bottleneck.remedy is not None:
            remedies.setdefault(bottleneck.remedy.sets, bottleneck.remedy)
    while found and found[-1].remedy is None:
        found.pop()
    tried = tuple(remedies.values())
    brought = gains(
        setup,
        before,
        tried,
        load,
        crew=crew,
        keeper=keeper,
        began=lambda number: began(tried[number], number + 1, len(tried)),
        played=played,
    )
    played((most - len(tried)) * before.plays)
    by_sets = {gain.sets: gain for gain in brought}
    return tuple(
        Tried(
            one,
            sits_on(one, before),
            replace(by_sets[one.remedy.sets], title=one.remedy.title) if one.remedy is not None else None,
        )
        for one in found
    )


def gains(
    setup: Setup,
    before: Tally,
    remedies: Sequence[Remedy],
    load: Callable[[tuple[str, ...]], Setup],
    *,
    crew: Crew | None = None,
    keeper: Keeper | None = None,
    began: Callable[[int], object] = lambda number: None,
    played: Callable[[int], object] = lambda plays: None,
) -> tuple[Gain, ...]:
    """The gain of each remedy, in the order given, over the very plays that ``before`` are the summaries of.

    ``load`` gives the setup with these changes, as the command line would; a remedy that it refuses is not played and
    says why, and so is one whose files are no longer what they were. ``began`` hears which remedy comes next, by its
    place among those given, and ``played`` each play of it. Remedies that make the same changes are played once.
    """
    setups: dict[tuple[str, ...], Setup] = {}
    refused: dict[tuple[str, ...], str] = {}
    for remedy in remedies:
        if remedy.sets not in setups and remedy.sets not in refused:
            try:
                changed = load(remedy.sets)
            except InputError as error:
                refused[remedy.sets] = error.problems[0].message if error.problems else str(error)
                continue
            if others := _otherwise(setup, changed):
                refused[remedy.sets] = f"{', '.join(others)} ändrades medan spelen pågick"
            else:
                setups[remedy.sets] = changed
    skipped = len(remedies) - len(setups)
    if skipped:
        played(skipped * before.plays)
    watched = all_watched(setup)
    effects: dict[Arm, tuple[Effect, ...]] = {}
    if before.design is None:
        raise ValueError("there are no plays to compare with")
    arms = tuple(setups.items())
    seed, replications = before.design.seed, before.replications
    coming = replay_all(arms, seed, replications, crew=crew, keeper=keeper, played=played)
    places = {remedy.sets: number for number, remedy in reversed(list(enumerate(remedies)))}
    for arm, _ in arms:
        began(places[arm])
        effects[arm] = effects_on(watched, before, next(coming), len(arms))
    return tuple(
        Gain(remedy.title, remedy.sets, effects.get(remedy.sets, ()), len(setups), refused.get(remedy.sets, ""))
        for remedy in remedies
    )


def _otherwise(setup: Setup, changed: Setup) -> tuple[str, ...]:
    """Files that are no longer what they were when the first plays were made of them."""
    return tuple(name for name, digest in changed.files.items() if setup.files.get(name, digest) != digest)
