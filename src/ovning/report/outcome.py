"""What a run came to, gathered for those who tell of it: the plays in brief, their results and what was asked for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from ovning.errors import Problem
from ovning.experiment.effects import Watched, headline
from ovning.experiment.gain import Tried
from ovning.measures.aggregate import LevelResult, Results
from ovning.measures.intervals import Mean, mean_of
from ovning.measures.summary import PlaySummary
from ovning.model.setup import Setup
from ovning.report.names import Names


@dataclass(frozen=True)
class Outcome:
    """One organisation's plays of one exercise."""

    setup: Setup
    """What was played."""
    summaries: tuple[PlaySummary, ...]
    """Each play in brief, by replication."""
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
        return self._waited(lambda cause, station: station)

    @cached_property
    def waited_why(self) -> tuple[tuple[str, Mean], ...]:
        """Waiting along the critical paths by cause, milliseconds a play, most first."""
        return self._waited(lambda cause, station: cause)

    @property
    def typical(self) -> PlaySummary:
        """The play in the middle by its time to the main level (the lower of two; not reached is last)."""
        main = self.main_level
        reached = {play.replication: _active_at(play, main.level if main else "") for play in self.summaries}
        horizon = self.results.horizon

        def rank(play: PlaySummary) -> tuple[bool, int, int]:
            at = reached[play.replication]
            return at is None, horizon if at is None else at, play.replication

        return sorted(self.summaries, key=rank)[(len(self.summaries) - 1) // 2]

    def _waited(self, key: Callable[[str, str], str]) -> tuple[tuple[str, Mean], ...]:
        sums: list[dict[str, int]] = []
        for play in self.summaries:
            found: dict[str, int] = {}
            for part in play.critical_waiting:
                name = key(part.cause, part.station)
                found[name] = found.get(name, 0) + part.lasted
            sums.append(found)
        names = {name for found in sums for name in found}
        means = [(name, mean_of([found.get(name, 0) for found in sums], at_least=0)) for name in names]
        return tuple(sorted(means, key=lambda item: (-item[1].mean, item[0])))


def _active_at(play: PlaySummary, level: str) -> int | None:
    return next((times.active_at for times in play.levels if times.level == level), None)
