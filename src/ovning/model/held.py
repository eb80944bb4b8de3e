"""An exercise as it is held: injects when whoever leads it gives them, and staffs that are in the room already."""

from __future__ import annotations

from typing import Literal, TypeAlias

from ovning.model.conduct import Conduct
from ovning.model.distributions import Constant
from ovning.model.exercise import Criterion, Exercise
from ovning.model.scenario import Inject
from ovning.model.setup import Setup

Untried: TypeAlias = Literal["unplayed", "gathered"]
"""It begins in hours that are not played; the staff is in the room already."""


def as_held(setup: Setup) -> Setup:
    """The same exercise under its own conduct; all hours pass, also those that are not played.

    A staff that is gathered is in the room again whenever the play goes on after a jump, as its people are on the day.
    """
    conduct = setup.exercise.conduct
    if conduct is None:
        return setup
    injects = tuple(_given(one, conduct.gives.get(one.id)) for one in setup.scenario.injects)
    return setup.model_copy(
        update={
            "scenario": setup.scenario.model_copy(update={"injects": injects}),
            "seated": {level: _stretches(conduct, since) for level, since in conduct.gathered.items()},
        }
    )


def untried(exercise: Exercise, criterion: Criterion, begins: int | None) -> Untried | None:
    """Why the exercise as it is held cannot put a criterion to the test; ``None`` if it can, if only in part.

    ``begins``: from when its time counts, milliseconds from STARTEX; ``None`` if nobody can say beforehand.
    """
    conduct = exercise.conduct
    if conduct is None or not criterion.is_time or begins is None:
        return None
    if conduct.elapsed(begins) is None:
        return "unplayed"
    since = conduct.gathered.get(criterion.level) if criterion.level is not None else None
    return "gathered" if since is not None and since <= begins else None


def played_after(exercise: Exercise, begins: int | None) -> int | None:
    """How long it is played from a time of the scenario until the play next stops; ``None`` if it never stops so."""
    if exercise.conduct is None or begins is None:
        return None
    until = exercise.conduct.played_until(begins)
    return None if until is None else until - begins


def _given(inject: Inject, at: int | None) -> Inject:
    if at is None:
        return inject
    return inject.given(Constant.model_construct(value=at))


def _stretches(conduct: Conduct, since: int) -> tuple[tuple[int, int], ...]:
    """From when to when the staff sits: at once, and again after each later jump."""
    return tuple((max(since, begins), ends) for begins, ends in conduct.stretches if ends >= since)
