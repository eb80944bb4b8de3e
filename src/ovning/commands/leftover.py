"""What a run that is stopped leaves behind: said as it stops, and before the next one begins."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from ovning.commands.console import console, say
from ovning.commands.kept import Kept, left


def tell_left(targets: Sequence[Path], *, resume: bool) -> None:
    """Say that there is nothing to go on from, or that what there is is thrown away."""
    plays = sum(left(target) for target in targets)
    if resume and not plays:
        say(console(stderr=True), "Det finns inget avbrutet att gå vidare från; allt spelas.")
    elif plays and not resume:
        say(console(stderr=True), f"{plays} spel från en avbruten körning kastas; med --resume hade de behållits.")


@contextmanager
def telling_what_is_kept(every: Sequence[Kept]) -> Iterator[None]:
    """Whatever stops the block says how many plays are kept, and how to go on from them."""
    try:
        yield
    except BaseException as stop:
        if plays := sum(kept.plays for kept in every):
            stop.add_note(f"{plays} spel är klara och sparade. Samma kommando med --resume går vidare därifrån.")
        raise
