"""SimPy's environment with an explicit order within an instant.

Within one millisecond: service changes, then arrivals, finishes, timers and last new work; then priority, then the
time since which it was owed, then the order in which it was planned.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import IntEnum
from typing import Protocol

import simpy
from simpy.events import EventPriority


class Turn(IntEnum):
    """Whose turn it is within an instant."""

    SERVICE = 1
    ARRIVAL = 2
    FINISH = 3
    TIMER = 4
    NEW_WORK = 5


class Watch(Protocol):
    """Something that shows the time of the play."""

    now: int
    """Milliseconds since STARTEX."""


class Moment(simpy.Event):
    """Something planned; it can be called off."""

    __slots__ = ("_action", "_agenda")

    def __init__(
        self, agenda: Agenda, env: simpy.Environment, delay: int, order: EventPriority, action: Callable[[], None]
    ) -> None:
        self.env = env
        self._ok = True
        self._value = None
        self._defused = False
        self._agenda = agenda
        self._action: Callable[[], None] | None = action
        self.callbacks = [self._happen]
        env.schedule(self, priority=order, delay=delay)

    def _happen(self, _: simpy.Event) -> None:
        if self._action is not None:
            self._agenda.watch.now = int(self.env.now)
            self._action()

    def call_off(self) -> None:
        """Let it pass without effect."""
        self._action = None


class Agenda:
    """What is to happen when, in whole milliseconds since STARTEX."""

    __slots__ = ("_env", "at_end", "watch")

    def __init__(self, watch: Watch) -> None:
        self._env = simpy.Environment(initial_time=0)
        self.watch = watch
        """Shows what time it is whenever something happens."""
        self.at_end: Callable[[], None] | None = None
        """What is to be done once when everything else of this instant has happened."""

    def plan(
        self, delay: int, turn: Turn, action: Callable[[], None], *, priority: int = 2, owed_since: int = 0
    ) -> Moment:
        """Let ``action`` happen ``delay`` milliseconds from now."""
        order = EventPriority(((turn << 3 | priority) << 40) | owed_since)
        return Moment(self, self._env, delay, order, action)

    def run(self, until: int) -> None:
        """Let everything happen that is planned up to and including ``until``."""
        env = self._env
        while True:
            at = env.peek()
            if self.at_end is not None and at > self.watch.now:
                action, self.at_end = self.at_end, None
                action()
            elif at <= until:
                env.step()
            else:
                return
