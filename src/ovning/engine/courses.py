"""Where a procedure that is under way stands."""

from __future__ import annotations

from dataclasses import dataclass

from ovning.engine.compiled import Step


@dataclass(eq=False, slots=True)
class Course:
    """A procedure under way: each task is requested when all that it comes after are done."""

    steps: tuple[Step, ...]
    left: list[int]
    """For each step, how many of those before it are not done."""
