"""What a difference between two designs comes to, against the smallest difference that matters."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal, TypeAlias

from ovning.experiment.effects import Watched
from ovning.experiment.paired import Difference
from ovning.model.exercise import Criterion
from ovning.model.setup import Setup
from ovning.units import SECOND

Verdict = Literal["better", "worse", "equivalent", "undecided", "not_tested"]
"""*Bättre, sämre, likvärdiga, går inte att avgöra*; ``not_tested``: no pair of plays tells."""

Asked: TypeAlias = Mapping[Literal["duration", "share"], float]
"""The smallest difference that matters for all times (milliseconds) and for all shares, where it is asked for."""

PART: Final = 0.1
"""Of a criterion's limit, or of all plays: what matters if nothing else is said."""
PART_OF_TIME: Final = 0.01
"""Of the time that is played: what matters of a time that no criterion has a limit for."""


def verdict_on(difference: Difference, watched: Watched, smallest: float) -> Verdict:
    """``equivalent`` if the whole interval lies within the smallest difference that matters, else which side it is on.

    An interval no wider than the smallest difference that matters always decides: it holds nothing and lies within, or
    does not hold nothing.
    """
    low, high = difference.low, difference.high
    if difference.pairs == 0 or low is None or high is None:
        return "not_tested" if difference.pairs == 0 else "undecided"
    if -smallest <= low and high <= smallest:
        return "equivalent"
    if low <= 0 <= high:
        return "undecided"
    return "better" if (high < 0) == (watched.wanted == "less") else "worse"


def is_known_well(difference: Difference, smallest: float) -> bool:
    """Whether the interval reaches no further to each side than half the smallest difference that matters."""
    low, high = difference.low, difference.high
    return low is not None and high is not None and high - low <= smallest * (1 + 1e-9)


def smallest_differences(setup: Setup, watched: tuple[Watched, ...], asked: Asked) -> dict[Watched, float]:
    """The smallest difference that matters for each: what is asked for, else what the exercise says, else a default.

    The default is a tenth of the criterion's limit; where there is no criterion with a limit (or it is nothing), a
    hundredth of the time that is played, a tenth of all plays, or 1. For functions that stand empty, which is summed
    over functions, it is a tenth of the time that is played.
    """
    return {one: _asked(one, asked) or _said(setup, one) for one in watched}


def _asked(watched: Watched, asked: Asked) -> float | None:
    unit = "share" if watched.unit == "plays" else watched.unit
    return None if unit == "count" else asked.get(unit)


def _said(setup: Setup, watched: Watched) -> float:
    if watched.unit == "plays" or watched.kind == "criteria_met":
        return PART
    criterion = _criterion(setup, watched)
    if criterion is not None:
        if criterion.smallest_difference is not None:
            return float(criterion.smallest_difference)
        if criterion.met:
            return PART * criterion.met
    match watched.unit:
        case "duration":
            played = setup.scenario.horizon * (PART if watched.kind == "unmanned" else PART_OF_TIME)
            return max(played, SECOND)
        case "count":
            return 1.0
        case _:
            return PART


def _criterion(setup: Setup, watched: Watched) -> Criterion | None:
    """The criterion it is, or the one that sets a limit for the same."""
    every = [one for objective in setup.exercise.objectives for one in objective.criteria]
    match watched.kind:
        case "level_time":
            return next((o for o in every if o.measure == "time_to_level" and o.level == watched.of), None)
        case "without":
            return next(
                (o for o in every if (o.measure, o.service, o.below) == ("service_hours_without", watched.of, None)),
                None,
            )
        case "unmanned":
            return next((o for o in every if o.measure == "unmanned_hours" and o.role is None), None)
        case "criterion_time" | "criterion_value":
            objective = next(one for one in setup.exercise.objectives if one.id == watched.of)
            return objective.criteria[watched.criterion or 0]
        case _:
            return None
