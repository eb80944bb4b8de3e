"""What a run came to, gathered for those who tell of it: the plays in brief, their results and what was asked for."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from ovning.errors import Problem
from ovning.experiment.effects import Watched, headline
from ovning.experiment.gain import Tried
from ovning.measures.aggregate import LevelResult, Results
from ovning.measures.intervals import Mean
from ovning.measures.tally import Tally
from ovning.model.setup import Setup
from ovning.report.names import Names
from ovning.units import Clock


@dataclass(frozen=True)
class Outcome:
    """One organisation's plays of one exercise."""

    setup: Setup
    """What was played."""
    plays: Tally
    """What the plays add up to, by replication."""
    results: Results
    """All plays together."""
    seed: int
    """The seed of them all."""
    command: tuple[str, ...]
    """The command line that gives the same again."""
    warnings: tuple[Problem, ...] = ()
    """What the files' check said."""
    tried: tuple[Tried, ...] = ()
    """The worst bottlenecks, worst first, and what was tried against them; empty when nothing was to be."""
    marking: str = ""
    """What stands on every page and figure, for instance how they may be spread; empty for nothing."""

    @cached_property
    def names(self) -> Names:
        """Swedish names."""
        return Names(self.setup)

    @property
    def changed(self) -> tuple[tuple[str, str], ...]:
        """What was set otherwise than in the files, by path and value, as given on the command line."""
        given = [word for option, word in pairwise(self.command) if option == "--set"]
        return tuple((path.strip(), value.strip()) for path, _, value in (word.partition("=") for word in given))

    @property
    def start_chosen(self) -> bool:
        """Whether the exercise starts when somebody chose, not when the scenario says."""
        return "--start" in self.command or any(path == "scenario.start" for path, _ in self.changed)

    @property
    def clock(self) -> Clock | None:
        """What the clock shows; ``None`` where each play starts at an hour of its own."""
        return None if self.setup.start_sampled else Clock.at(self.setup.scenario.start)

    @property
    def warranted(self) -> tuple[str, ...]:
        """Levels that this course deserves."""
        return self.setup.scenario.warranted(self.setup.variation)

    @property
    def main_level(self) -> LevelResult | None:
        """The highest level that the course deserves, else the lowest of the ladder; ``None`` without a ladder."""
        levels = self.results.levels
        deserved = [level for level in levels if level.level in self.warranted]
        return deserved[-1] if deserved else levels[0] if levels else None

    @property
    def headline(self) -> Watched | None:
        """The time to the highest level that the course deserves; ``None`` if it deserves none."""
        return headline(self.setup)

    @cached_property
    def waited_for(self) -> tuple[tuple[str, Mean], ...]:
        """Waiting along the critical paths by station, milliseconds a play, most first."""
        return self._waited("waited_for")

    @cached_property
    def waited_why(self) -> tuple[tuple[str, Mean], ...]:
        """Waiting along the critical paths by cause, milliseconds a play, most first."""
        return self._waited("waited_why")

    @property
    def typical(self) -> int:
        """The replication in the middle by its time to the main level (the lower of two; not reached is last)."""
        main = self.main_level
        times = self.plays.points("level", main.level if main else "", "active")
        horizon = self.results.horizon
        ranked = sorted(
            (at is None, horizon if at is None else at, replication)
            for at, replication in zip(times, self.plays.replications, strict=True)
        )
        return ranked[(len(ranked) - 1) // 2][2]

    def _waited(self, kind: str) -> tuple[tuple[str, Mean], ...]:
        means = [(name, self.plays.mean(kind, name)) for name in self.plays.names(kind)]
        return tuple(sorted(means, key=lambda item: (-item[1].mean, item[0])))
