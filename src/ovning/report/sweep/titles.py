"""What assumptions and their values are called: as they are set, and in one line."""

from __future__ import annotations

from typing import Final

from ovning.experiment.effects import Watched
from ovning.experiment.ranges import Lever, Untried
from ovning.experiment.swept import Sweep, Swept, Turn
from ovning.report.assumptions import format_words, say_value

_IMPLIED: Final = ("assumptions.", "organisation.")
"""What a path begins with that is understood."""


def path_title(one: Lever | Untried) -> str:
    """Where it stands, by which ``--only`` and ``--set`` know it."""
    path = one.path
    for start in _IMPLIED:
        path = path.removeprefix(start)
    return path


def assumption_title(sweep: Sweep, one: Swept) -> str:
    """The same, with the design that it stands in where the other has one of its own."""
    title = path_title(one.lever)
    own = [contender.name for contender, on in zip(sweep.contenders, _concerned(one), strict=True) if on]
    alone = len(sweep.contenders) > 1 and len(own) == 1 and one.lever.path.startswith("organisation.")
    return f"{title} ({own[0]})" if alone else title


def _concerned(one: Swept) -> list[bool]:
    """For each design, whether any of the values is another there."""
    return [any(on) for on in zip(*(tried.concerns for tried in one.tried), strict=True)]


def value_title(sweep: Sweep, lever: Lever, value: object) -> str:
    """One of its values: that in the middle, of something that varies."""
    words = {name: text for one in sweep.contenders for name, text in format_words(one.setup).items()}
    return say_value(value if lever.middle is None else lever.middle(value), words)


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
