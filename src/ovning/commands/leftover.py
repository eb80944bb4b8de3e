"""What a run that was stopped left behind, said before the next one begins."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from ovning.commands.console import console, say
from ovning.commands.kept import left


def tell_left(targets: Sequence[Path], *, resume: bool) -> None:
    """Say that there is nothing to go on from, or that what there is is thrown away."""
    plays = sum(left(target) for target in targets)
    if resume and not plays:
        say(console(stderr=True), "Det finns inget avbrutet att gå vidare från; allt spelas.")
    elif plays and not resume:
        say(console(stderr=True), f"{plays} spel från en avbruten körning kastas; med --resume hade de behållits.")
