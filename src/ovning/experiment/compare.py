"""Designs compared on the same luck: plays are added until what differs is known well enough, or there are enough.

When to look is said beforehand, and the intervals are as wide as it takes for all of them, at all looks, to hold
together (Bonferroni): whoever looks often enough at what does not differ will else see a difference in the end.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal, NamedTuple

from ovning.experiment.chunks import Arm, Keeper, replay_all
from ovning.experiment.designs import DesignDifference, differences_between
from ovning.experiment.effects import Watched, all_headlines, all_watched, difference_in, in_all
from ovning.experiment.paired import Difference, adjusted
from ovning.experiment.verdicts import Asked, Verdict, is_known_well, smallest_differences, verdict_on
from ovning.experiment.workers import Crew
from ovning.measures.tally import Tally
from ovning.model.setup import Setup

FEWEST: Final = 50
"""Plays at the first look, at least (all of them, if fewer are allowed)."""
LOOKS: Final = 4
"""At most."""
Stopped = Literal["known_well", "cap"]
"""Why no more was played: everything is known well enough, or there were to be no more plays."""


@dataclass(frozen=True)
class Contender:
    """A design that is compared."""

    name: str
    """By which it is known among the others: an organisation's id, with what was changed in it."""
    setup: Setup


@dataclass(frozen=True, slots=True)
class Contrast:
    """One thing in one design beside the baseline."""

    watched: Watched
    difference: Difference
    """The design minus the baseline."""
    smallest: float
    """The smallest difference that matters."""
    verdict: Verdict
    """On the design."""
    known_well: bool
    """Whether the interval reaches no further to each side than half of what matters."""


class Part(NamedTuple):
    """A part of the mean time to a level, in the baseline and in the design; as in ``LevelPart``."""

    what: str
    who: str
    before: float
    after: float

    @property
    def difference(self) -> float:
        """Milliseconds more in the design."""
        return self.after - self.before


@dataclass(frozen=True)
class Duel:
    """One design beside the baseline."""

    contender: Contender
    contrasts: tuple[Contrast, ...]
    """Headlines first, then criteria."""
    parts: Mapping[str, tuple[Part, ...]]
    """For each warranted level, where the difference in time to it lies; largest first. They sum to it."""
    designs: tuple[DesignDifference, ...]
    """Everything in which the two differ."""

    def on(self, watched: Watched) -> Contrast:
        """What it came to in one thing."""
        return next(one for one in self.contrasts if one.watched == watched)


@dataclass(frozen=True)
class Wins:
    """In how many plays each design was alone best in one thing."""

    watched: Watched
    best: tuple[int, ...]
    """For each design, in their order."""
    alike: int
    """In how many plays several were best."""
    of: int
    """Plays that tell."""


@dataclass(frozen=True)
class Comparison:
    """What came of it."""

    contenders: tuple[Contender, ...]
    """The baseline first."""
    tallies: tuple[Tally, ...]
    """Of each design, with the same plays."""
    duels: tuple[Duel, ...]
    """Each of the others beside the baseline."""
    wins: tuple[Wins, ...]
    """For each headline."""
    seed: int
    plays: int
    """Of each design."""
    looks: tuple[int, ...]
    """How many plays of each design there were to be at each look, as said beforehand."""
    stopped: Stopped
    confidence: float
    """Of each interval, so that all hold together with 95 %."""

    @property
    def baseline(self) -> Contender:
        """What the others are compared with."""
        return self.contenders[0]


def looks_up_to(most: int) -> tuple[int, ...]:
    """Each look has twice the plays of the one before; the last has all."""
    found = [most]
    while len(found) < LOOKS and found[0] >= 2 * FEWEST:
        found.insert(0, found[0] // 2)
    return tuple(found)


def compare(
    contenders: Sequence[Contender],
    seed: int,
    most: int,
    asked: Asked,
    *,
    crew: Crew | None = None,
    keeper: Keeper | None = None,
    looked: Callable[[int, int], object] = lambda look, of: None,
    played: Callable[[int], object] = lambda plays: None,
) -> Comparison:
    """Play all designs with the same luck, at most so often each, and say in what they differ.

    ``asked``: the smallest difference that matters, for times and for shares, where it is not to be what the exercise
    says. ``looked`` hears the number of each look, from 1, and of how many; ``played`` hears of plays.
    """
    first = contenders[0]
    watched = everything(first.setup)
    smallest = smallest_differences(first.setup, watched, asked)
    designs = [differences_between(first.setup, one.setup) for one in contenders[1:]]
    looks = looks_up_to(most)
    confidence = adjusted(max(1, len(watched) * len(designs) * len(looks)))
    tallies = [Tally() for _ in contenders]
    begin = 0
    contrasts: list[tuple[Contrast, ...]] = []
    for look, end in enumerate(looks):
        arms: list[tuple[Arm, Setup]] = [((one.name,), one.setup) for one in contenders]
        coming = replay_all(arms, seed, range(begin, end), crew=crew, keeper=keeper, played=played, told="compared")
        for tally, brought in zip(tallies, coming, strict=True):
            tally.extend(brought)
        begin = end
        looked(look + 1, len(looks))
        contrasts = [
            contrasts_of(smallest, tallies[0], tally, confidence, differing=bool(differing))
            for tally, differing in zip(tallies[1:], designs, strict=True)
        ]
        if all(map(are_known_well, contrasts)):
            break
    duels = tuple(
        Duel(contender, found, _all_parts(first.setup, tallies[0], tally), differing)
        for contender, found, tally, differing in zip(contenders[1:], contrasts, tallies[1:], designs, strict=True)
    )
    well = all(map(are_known_well, contrasts))
    return Comparison(
        tuple(contenders),
        tuple(tallies),
        duels,
        tuple(wins_in(one, tallies) for one in all_headlines(first.setup)),
        seed,
        begin,
        looks,
        "known_well" if well else "cap",
        confidence,
    )


def everything(setup: Setup) -> tuple[Watched, ...]:
    """What designs are compared by, each thing once: headlines, then criteria, then alarms in vain."""
    headlines = all_headlines(setup)
    levels = {one.of for one in headlines if one.kind == "level_time"}
    timed = {
        (objective.id, number)
        for objective in setup.exercise.objectives
        for number, criterion in enumerate(objective.criteria)
        if criterion.measure == "time_to_level" and criterion.level in levels
    }
    others = [
        one
        for one in all_watched(setup)
        if one.kind not in ("level_time", "objective_met")
        and not (one.kind == "criterion_time" and (one.of, one.criterion) in timed)
    ]
    return (*headlines, *others)


def contrasts_of(
    smallest: Mapping[Watched, float], before: Tally, after: Tally, confidence: float, *, differing: bool = True
) -> tuple[Contrast, ...]:
    """What a design came to beside another in each thing, with the smallest difference in it that matters.

    ``confidence``: of each interval. Without ``differing`` they are one design under two names: every pair is alike,
    whether it has been played or not.
    """
    found = []
    for watched, matters in smallest.items():
        difference = difference_in(watched, before, after, confidence, careful=differing)
        if not differing and difference.pairs:
            difference = difference._replace(low=0.0, high=0.0)
        verdict = verdict_on(difference, watched, matters)
        found.append(Contrast(watched, difference, matters, verdict, is_known_well(difference, matters)))
    return tuple(found)


def are_known_well(contrasts: Sequence[Contrast]) -> bool:
    """Whether no more needs to be played."""
    return all(one.known_well or one.verdict == "not_tested" for one in contrasts)


def wins_in(watched: Watched, tallies: Sequence[Tally]) -> Wins:
    """In how many plays each was best."""
    told = list(filter(None, in_all(watched, tallies)))
    sign = 1 if watched.wanted == "less" else -1
    best = [0] * len(tallies)
    alike = 0
    for values in told:
        sizes = [sign * value for value in values]
        first = min(sizes)
        if sizes.count(first) > 1:
            alike += 1
        else:
            best[sizes.index(first)] += 1
    return Wins(watched, tuple(best), alike, len(told))


def _all_parts(setup: Setup, before: Tally, after: Tally) -> dict[str, tuple[Part, ...]]:
    levels = [one.of for one in all_headlines(setup) if one.kind == "level_time"]
    return {level: parts_of(level, before, after) for level in levels}


def parts_of(level: str, before: Tally, after: Tally) -> tuple[Part, ...]:
    """Where the difference in the mean time to a level lies, largest first; the parts sum to it."""
    found = []
    keys = {
        (what, who): None
        for tally in (before, after)
        for what in tally.names("part", level)
        for who in tally.names("part", level, what)
    }
    for what, who in keys:
        early, late = (_mean(tally, level, what, who) for tally in (before, after))
        found.append(Part(what, who, early, late))
    return tuple(sorted(found, key=lambda part: (-abs(part.difference), part.what, part.who)))


def _mean(tally: Tally, level: str, what: str, who: str) -> float:
    return sum(value or 0 for value in tally.column("part", level, what, who)) / tally.plays
