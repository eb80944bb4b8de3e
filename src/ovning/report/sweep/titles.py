"""What assumptions and their values are called: as they are set, and in one line."""

from __future__ import annotations

from typing import Final

from ovning.experiment.effects import Watched
from ovning.experiment.ranges import Lever, Untried
from ovning.experiment.swept import Sweep, Swept, Turn
from ovning.report.assumptions import say_value

_IMPLIED: Final = ("assumptions.", "organisation.")
"""What a path begins with that is understood."""


def path_title(one: Lever | Untried) -> str:
    """Where it stands, by which ``--only`` and ``--set`` know it."""
    path = one.path
    for start in _IMPLIED:
        path = path.removeprefix(start)
    return path


def value_title(lever: Lever, value: object) -> str:
    """One of its values: that in the middle, of something that varies."""
    return say_value(value if lever.middle is None else lever.middle(value))


def turn_on_main(sweep: Sweep, one: Swept) -> Turn | None:
    """What turns about the main answer: of two designs, the difference; of one, whether the criterion on it is met."""
    return next((turn for turn in one.turns if is_main(sweep, turn.watched)), None)


def is_main(sweep: Sweep, watched: Watched) -> bool:
    """Whether this is the main answer, or the criterion on it."""
    main = sweep.main
    if watched == main:
        return True
    if watched.kind != "criterion_met" or main.kind != "level_time":
        return False
    objectives = sweep.contenders[0].setup.exercise.objectives
    criteria = next(objective.criteria for objective in objectives if objective.id == watched.of)
    criterion = criteria[watched.criterion or 0]
    return criterion.measure == "time_to_level" and criterion.level == main.of
