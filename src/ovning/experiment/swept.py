"""What came of moving assumptions: what each did to the answer, and which verdicts it turned."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal, NamedTuple, Protocol

from ovning.experiment.compare import Contender
from ovning.experiment.effects import Watched
from ovning.experiment.paired import Difference
from ovning.experiment.ranges import Lever, Setting, Untried
from ovning.model.setup import Setup

Answer = Literal["better", "worse", "equivalent", "undecided", "not_tested", "reached", "not_reached"]
"""Of two designs, as in ``verdicts``. Of one: whether a criterion is met in as many of the plays as is asked for."""


@dataclass(frozen=True)
class Side:
    """A design whose assumptions are moved."""

    contender: Contender
    load: Callable[[tuple[str, ...]], Setup]
    """The design with these changes, as the command line would take them. Raises ``InputError``."""


class Plan(NamedTuple):
    """How much is played."""

    first: int = 4
    """Plays of every other value, in each design it concerns."""
    runs: int = 25
    """Plays of those that matter most."""
    most: int = 40
    """How many values are played so often."""
    steps: int = 4
    """How many times the range is halved where a verdict turns."""


class Effect(NamedTuple):
    """What another value did to one thing."""

    watched: Watched
    change: Difference
    """Of the answer: with this value minus as it is assumed; in the unit of what was measured."""
    sides: tuple[float | None, ...]
    """The mean in each design with this value."""
    answer: Answer
    """With this value, by the mean alone: beside the smallest difference that matters, or what the exercise asks."""
    verdict: Answer
    """With this value, as far as so many plays can tell: by the whole interval."""


@dataclass(frozen=True)
class Tried:
    """Another value of something assumed, played."""

    setting: Setting
    concerns: tuple[bool, ...]
    """For each design, whether anything in it is another with this value."""
    plays: int
    effects: tuple[Effect, ...]
    matters: bool
    """Whether it was played more than the first few times."""

    @property
    def is_nothing(self) -> bool:
        """Whether nothing differed in any play."""
        return all(effect.change.differing == 0 for effect in self.effects)

    def on(self, watched: Watched) -> Effect:
        """The effect on one thing."""
        return next(effect for effect in self.effects if effect.watched == watched)


class Turn(NamedTuple):
    """An answer that another value turns: by the mean it is another, and that the value moves it is beyond doubt."""

    watched: Watched
    before: Answer
    after: Answer
    is_sure: bool
    """Whether the answers are also verdicts: known from so few plays, before and after."""
    setting: Setting
    """The end of the range with which it turned."""
    last: object | None
    """The value nearest to it for which the answer was still as before; ``None`` where nothing lies between."""
    first: object | None
    """The value nearest to that with which it had turned."""


@dataclass(frozen=True)
class Swept:
    """One assumption."""

    lever: Lever
    tried: tuple[Tried, ...]
    turns: tuple[Turn, ...]
    """Surest first; the value is sought for the first of them."""


@dataclass(frozen=True)
class Sweep:
    """What came of it."""

    contenders: tuple[Contender, ...]
    """One, or the baseline and what is compared with it."""
    main: Watched
    """What assumptions are ranked by: the time to the highest level that the course warrants, else the first thing."""
    smallest: Mapping[Watched, float]
    base: tuple[Effect, ...]
    """As everything is assumed: ``change`` is the answer itself."""
    swept: tuple[Swept, ...]
    """Those that move the main answer most first."""
    untried: tuple[Untried, ...]
    plan: Plan
    seed: int
    values: int
    """How many other values were tried."""
    plays: int
    """Of all of them and in all designs."""
    confidence: float
    """Of each interval of a change, so that all hold together with 95 %."""

    @property
    def turning(self) -> tuple[Swept, ...]:
        """Those that turn an answer, surest first."""
        found = [one for one in self.swept if one.turns]
        return tuple(sorted(found, key=lambda one: not one.turns[0].is_sure))


Phase = Literal["base", "first", "more", "turning"]
"""As everything is assumed; a few plays of every other value; more of those that matter; where verdicts turn."""


class Told(Protocol):
    """Hears how far it has come."""

    def phase(self, phase: Phase, plays: int) -> object:
        """So many plays are next, for this."""

    def played(self, plays: int) -> object:
        """So many are done."""


class Quiet:
    """Hears nothing."""

    def phase(self, phase: Phase, plays: int) -> None:
        """Nothing."""

    def played(self, plays: int) -> None:
        """Nothing."""
