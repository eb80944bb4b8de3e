"""Checks that look at several values or several files at once; each yields the problems that it finds."""

from __future__ import annotations

from collections.abc import Iterator

from ovning.errors import Problem
from ovning.files.parts import Part
from ovning.files.tree import Node
from ovning.model.assumptions import ModelAssumptions
from ovning.model.exercise import Exercise
from ovning.model.organisation import Organisation
from ovning.model.scenario import Scenario
from ovning.model.vocabulary import Vocabulary


def check_together(
    vocabulary: Part[Vocabulary] | None,
    organisation: Part[Organisation] | None,
    scenario: Part[Scenario] | None,
    exercise: Part[Exercise] | None,
    engine: Part[ModelAssumptions] | None,
    raw_organisation: Node | None = None,
) -> Iterator[Problem]:
    """Everything that can be checked with the parts there are."""
    yield from ()
