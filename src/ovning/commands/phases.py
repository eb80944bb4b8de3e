"""The progress of a sweep: a bar for each of its phases."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import ExitStack
from typing import Final

from ovning.commands.console import Bar, progress
from ovning.experiment.swept import Phase

_PHASES: Final[Mapping[Phase, str]] = {
    "base": "Som allt antas",
    "first": "Varje annat värde, några spel",
    "more": "De som betyder mest, fler spel",
    "turning": "Söker var svaret vänder",
}


class PhaseBars:
    """A bar for each phase. A ``Told``."""

    def __init__(self, title: str) -> None:
        self._title = title
        self._stack = ExitStack()
        self._bar = Bar()

    def __enter__(self) -> PhaseBars:
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    def phase(self, phase: Phase, plays: int) -> None:
        """The next bar."""
        self._stack.close()
        self._bar = self._stack.enter_context(progress(f"{self._title}. {_PHASES[phase]}", plays))

    def played(self, plays: int) -> None:
        """So many plays more."""
        self._bar(plays)
