"""Tallies of plays of which only what they lacked is told."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ovning.measures.bottlenecks import CriticalWait, MissingMandate
from ovning.measures.sits import CriterionWaits
from ovning.measures.tally import Design, Tally
from ovning.measures.tallying import add_lacks


def lacking(
    waits: Sequence[Iterable[CriticalWait]],
    work: Sequence[int],
    missing: Sequence[Iterable[MissingMandate]] | None = None,
    ways: Sequence[Iterable[CriterionWaits]] | None = None,
) -> Tally:
    """One entry a play in each."""
    tally = Tally()
    for play, waited in enumerate(waits):
        tally.begin(Design("x", "lillby", None, 1))
        add_lacks(tally, work[play], waited, missing[play] if missing else (), ways[play] if ways else ())
    return tally
