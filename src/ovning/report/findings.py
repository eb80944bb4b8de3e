"""What the report is made from: the numbers of ``results.json``, and the files' own words."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from ovning.model.exercise import Criterion, Objective
from ovning.model.setup import Setup
from ovning.report.names import Names
from ovning.report.outcome import Outcome
from ovning.report.place import Place
from ovning.report.results import results_document


@dataclass(frozen=True)
class Findings:
    """Numbers with their places, and the setup for all that is not a number."""

    results: Place
    """The whole of ``results.json``."""
    setup: Setup

    @classmethod
    def of(cls, outcome: Outcome) -> Findings:
        """What there is to tell of a run."""
        return cls(Place(results_document(outcome)), outcome.setup)

    @cached_property
    def names(self) -> Names:
        """Swedish names."""
        return Names(self.setup)

    @property
    def horizon(self) -> Place:
        """How long a play is."""
        return self.results["horizon"]

    @property
    def main_level(self) -> Place | None:
        """The highest level that the course deserves, else the lowest of the ladder; ``None`` without a ladder."""
        levels = list(self.results["levels"])
        deserved = [level for level in levels if level["warranted"].value]
        return deserved[-1] if deserved else levels[0] if levels else None

    @property
    def criteria(self) -> list[tuple[Objective, Criterion, Place]]:
        """Every criterion with its objective and its place, in the order of the exercise."""
        return [
            (objective, criterion, place)
            for objective, found in zip(self.setup.exercise.objectives, self.results["objectives"], strict=True)
            for criterion, place in zip(objective.criteria, found["criteria"], strict=True)
        ]
