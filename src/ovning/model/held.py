"""An exercise as it is held: injects when whoever leads it gives them, and staffs that are in the room already."""

from __future__ import annotations

from ovning.model.conduct import Conduct
from ovning.model.distributions import Constant
from ovning.model.scenario import Inject
from ovning.model.setup import Setup


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
            "seated": {level: _moments(conduct, since) for level, since in conduct.gathered.items()},
        }
    )


def _given(inject: Inject, at: int | None) -> Inject:
    if at is None:
        return inject
    given = Constant.model_construct(value=at)
    return inject.model_copy(
        update={"at": given, "after": None, "when": None, "delay": None, "unless": None, "chance": 1.0}
    )


def _moments(conduct: Conduct, since: int) -> tuple[int, ...]:
    return (since, *(jump.to for jump in conduct.jumps if jump.to > since))
