"""What assumptions and their values are called: as they are set, and in one line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, TypeGuard

from ovning.experiment.effects import Watched
from ovning.experiment.ranges import Lever, Untried
from ovning.experiment.swept import Sweep, Swept, Turn
from ovning.model.setup import Setup
from ovning.report.assumptions import format_words, say_value
from ovning.report.comparison.labels import labels_of
from ovning.report.names import large
from ovning.report.places import say_place
from ovning.words import phrase

_IMPLIED: Final = ("assumptions.", "organisation.")
"""What a path begins with that is understood."""


def path_title(one: Lever | Untried) -> str:
    """Where it stands, by which ``--only`` and ``--set`` know it."""
    path = one.path
    for start in _IMPLIED:
        path = path.removeprefix(start)
    return path


def assumption_title(sweep: Sweep, one: Swept) -> str:
    """What it is called, with the design that it stands in where the other has one of its own."""
    on = next((n for n, own in enumerate(_concerned(one)) if own), 0)
    title = _title(one.lever, sweep.contenders[on].setup)
    own = [label for label, on in zip(labels_of(sweep.contenders), _concerned(one), strict=True) if on]
    alone = len(sweep.contenders) > 1 and len(own) == 1 and one.lever.path.startswith("organisation.")
    return f"{title} ({own[0]})" if alone else title


def untried_title(sweep: Sweep, one: Untried) -> str:
    """What one that was not tried is called."""
    return _title(one, sweep.contenders[0].setup)


def _title(one: Lever | Untried, setup: Setup) -> str:
    """As the shared file calls it, or the place in words; its path, if it has neither."""
    assumption = one.assumption
    if assumption.name is None:
        return large(say_place(one.path, setup))
    if assumption.title is None:
        return path_title(one)
    words = format_words(setup)
    parts = [words.get(part, part) for part in one.part]
    return f"{assumption.title}: {', '.join(parts)}" if parts else assumption.title


def _concerned(one: Swept) -> list[bool]:
    """For each design, whether any of the values is another there."""
    return [any(on) for on in zip(*(tried.concerns for tried in one.tried), strict=True)]


def value_title(sweep: Sweep, lever: Lever, value: object) -> str:
    """One of its values: that in the middle, of something that varies; of a list of words what it has more or less."""
    words = {name: text for one in sweep.contenders for name, text in format_words(one.setup).items()}
    others = [setting.value for setting in lever.settings]
    if _are_words(value) and _are_words(lever.value) and all(_are_words(other) for other in others):
        return _of_list(lever.value, value, [list(other) for other in others if _are_words(other)], words)
    return say_value(value if lever.middle is None else lever.middle(value), words)


def _are_words(value: object) -> TypeGuard[list[str] | tuple[str, ...]]:
    return isinstance(value, (list, tuple)) and all(isinstance(one, str) for one in value)


def _of_list(
    assumed: Sequence[str], value: Sequence[str], others: Sequence[Sequence[str]], words: Mapping[str, str]
) -> str:
    """What another list has less or more than the assumed one; of the assumed one, what others lack or have."""
    if value == assumed:
        less = [one for one in assumed if any(one not in other for other in others)]
        more = list(dict.fromkeys(one for other in others for one in other if one not in assumed))
        sides = (("having", less), ("lacking", more))
    else:
        less = [one for one in assumed if one not in value]
        more = [one for one in value if one not in assumed]
        sides = (("less", less), ("more", more))
    if len(less) == len(assumed) or not (less or more):
        return say_value(value, words)
    return ", ".join(phrase(f"value.{key}", what=say_value(some, words)) for key, some in sides if some)


def within_quotes(title: str) -> str:
    """A title as it stands within quotation marks: those of its own are the inner ones."""
    return title.replace("”", "’")


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
