"""What a comparison's report is made from: the numbers of ``comparison.json``, and the files' own words."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from ovning.experiment.compare import Comparison
from ovning.model.setup import Setup
from ovning.report.assumptions import format_words
from ovning.report.comparison.document import Compared, comparison_document
from ovning.report.place import Place


@dataclass(frozen=True)
class Found:
    """Numbers with their places, and the comparison for all that is not a number."""

    compared: Compared
    document: Place
    """The whole of ``comparison.json``."""

    @classmethod
    def of(cls, compared: Compared) -> Found:
        """What there is to tell of a comparison."""
        return cls(compared, Place(comparison_document(compared)))

    @property
    def comparison(self) -> Comparison:
        """What was played."""
        return self.compared.comparison

    @property
    def setup(self) -> Setup:
        """The baseline's."""
        return self.comparison.baseline.setup

    @cached_property
    def labels(self) -> tuple[str, ...]:
        """What the designs are called in tables."""
        return self.compared.labels

    def label(self, design: int) -> str:
        """What a design is called in tables."""
        return self.labels[design]

    @cached_property
    def format_words(self) -> dict[str, str]:
        """Words for the format's own names and for the ids of all files that were played."""
        found: dict[str, str] = {}
        for contender in self.comparison.contenders:
            found |= {key: value for key, value in format_words(contender.setup).items() if key not in found}
        return found

    @property
    def headlines(self) -> list[Place]:
        """What one looks at first."""
        return [one for one in self.document["measures"] if one["headline"]]

    def measures(self, kind: str) -> list[Place]:
        """Measures of one kind."""
        return [one for one in self.document["measures"] if one["on"].value == kind]

    def measure_of(self, objective: str, criterion: int) -> Place | None:
        """The time or amount of a criterion; of a level that is a headline, that one."""
        for kind in ("criterion_time", "criterion_value"):
            if (place := self.document["measures"].find(on=kind, of=objective, criterion=criterion)) is not None:
                return place
        named = next(one for one in self.setup.exercise.objectives if one.id == objective).criteria[criterion]
        return self.document["measures"].find(on="level_time", of=named.level)
