"""Which criterion a bottleneck sits on: the one whose own way waited most for it, in the plays without any remedy.

It is chosen from these plays alone and before any remedy is tried. What was worst in them is on average a little less
so in others, and a gain against these plays is overstated by as much: little in many plays, more in few.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from ovning.measures.bottlenecks import Bottleneck, CriticalWait, critical_waits
from ovning.measures.escalation import LevelPath
from ovning.measures.lives import Lives, Stretch
from ovning.measures.paths import case_path, path_to
from ovning.measures.tally import Tally
from ovning.model.exercise import Criterion, Exercise


class CriterionWaits(NamedTuple):
    """What one criterion waited for along its own way, in one play."""

    objective: str
    criterion: int
    """Which of the objective's criteria, from 0."""
    waits: tuple[CriticalWait, ...]


def criterion_waits(lives: Lives, levels: Iterable[LevelPath], exercise: Exercise) -> tuple[CriterionWaits, ...]:
    """What each criterion waited for, in the order of the exercise; those that waited for nothing are left out.

    A level's way is that to its activation. A task's goes to the end of the task; what else counts from an inject has
    the way of the inject's case. Criteria that follow nothing of one case (a fact from anywhere, the whole of a play)
    have no way of their own. ``levels`` with their stretches.
    """
    ways = {path.level: path.stretches for path in levels}
    found = []
    for objective in exercise.objectives:
        for number, criterion in enumerate(objective.criteria):
            waits = critical_waits(lives, _way(lives, ways, criterion))
            if waits:
                found.append(CriterionWaits(objective.id, number, waits))
    return tuple(found)


def sits_on(bottleneck: Bottleneck, tally: Tally) -> tuple[str, int] | None:
    """The objective and which of its criteria waited most for it, ties: the first; ``None`` if none of them did."""
    lack = ("sits", bottleneck.kind, bottleneck.station, bottleneck.need)
    summed = {(str(where), int(number)): tally.counted(*lack, where, number) for where, number in tally.keys(*lack)}
    waited = [place for place, lasted in summed.items() if lasted]
    return min(waited, key=lambda place: (-summed[place], place), default=None)


def _way(lives: Lives, levels: dict[str, tuple[Stretch, ...]], criterion: Criterion) -> tuple[Stretch, ...]:
    if criterion.measure == "time_to_level":
        return levels.get(criterion.level or "", ())
    if not criterion.is_time or criterion.inject is None or criterion.inject not in lives.cases:
        return ()
    task = f"{criterion.inject}/{criterion.task}"
    path = path_to(lives, task) if task in lives.tasks else case_path(lives, criterion.inject)
    return path.stretches
