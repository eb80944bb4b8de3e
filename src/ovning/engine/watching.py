"""What waits for a condition to come true: looked at only when something that it speaks of has changed.

What can change has a name: ``service:mobile``, ``level:central_command``, ``fact:…``, ``task:E5/plan``, ``decision:…``,
``event:…``, ``inject:…``, ``flow:…``, ``stock:…``, and the bare words ``duty``, ``clock``, ``known`` (somebody knows
something that nobody knew) and ``published``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from ovning.engine.agenda import Turn
from ovning.engine.conditions import holds
from ovning.engine.world import Watch, World
from ovning.model.conditions import Condition

DUTY = "duty"
"""Somebody has been on duty for as long as some condition asks about."""
CLOCK = "clock"
"""The clock shows a time that some condition asks about."""


def subjects(condition: Condition) -> Iterator[str]:
    """The names of everything that may make a condition true or untrue."""
    for kind in ("service", "level", "fact", "decision", "event", "inject", "flow", "stock"):
        name = getattr(condition, kind)
        if name is not None:
            yield f"{kind}:{name}"
    if condition.task is not None:
        yield f"task:{condition.task.replace('.', '/')}"
    if condition.published is not None:
        yield "published"
    if condition.on_duty_for is not None:
        yield DUTY
    if condition.between is not None:
        yield CLOCK
    for part in (*(condition.all or ()), *(condition.any or ())):
        yield from subjects(part)


def watch(world: World, condition: Condition, action: Callable[[], None]) -> None:
    """Let something begin, once, when a condition is true: at the end of this instant, or later."""
    watched = Watch(len(world.watches), condition, action)
    world.watches.append(watched)
    told = watched.told = partial(_stir, world, watched)
    for subject in set(subjects(condition)):
        listen(world, subject, told)
    _stir(world, watched)


def listen(world: World, subject: str, told: Callable[[], None]) -> None:
    """Let somebody be told whenever this has changed."""
    world.listeners.setdefault(subject, []).append(told)


def _stir(world: World, watched: Watch) -> None:
    if watched.done:
        return
    if not world.stirred:
        world.agenda.plan(0, Turn.TIMER, lambda: _check(world))
    world.stirred[watched.rank] = watched


def _check(world: World) -> None:
    """See which of the conditions that something has happened to are true now, and then let what they allow begin."""
    stirred, world.stirred = world.stirred, {}
    true = [w for _, w in sorted(stirred.items()) if holds(world, w.condition)]
    for watched in true:
        watched.done = True
        told, watched.told = watched.told, None
        if told is not None:
            for subject in set(subjects(watched.condition)):  # which may go on changing for days
                world.listeners[subject].remove(told)
    for watched in true:
        watched.action()
