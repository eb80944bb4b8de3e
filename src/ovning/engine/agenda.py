"""SimPy's environment with an explicit order within an instant.

Within one millisecond: service changes, then arrivals, finishes, timers and last new work; then priority, then the
time since which it was owed, then the order in which it was planned.
"""

from __future__ import annotations

from collections.abc import Callable, Sized
from heapq import heappush
from typing import Any, Final, Protocol

import simpy

from ovning.engine.moment import Moment
from ovning.errors import StandstillError
from ovning.limits import MOST_TURNS

FOREVER: Final = 1 << 60


class Turn:
    """Whose turn it is within an instant; plain numbers, for an enumeration's take ten times as long to look up."""

    SERVICE: Final = 1
    ARRIVAL: Final = 2
    FINISH: Final = 3
    TIMER: Final = 4
    NEW_WORK: Final = 5


class Watch(Protocol):
    """Something that shows the time of the play."""

    now: int
    """Milliseconds since STARTEX."""


def _nothing() -> None:
    pass


_new: Final = Moment.__new__


def _happen(moment: Moment) -> None:
    action, moment.action = moment.action, None  # not held longer than needed: it often holds the moment itself
    if action is not None:
        action()


class Agenda:
    """What is to happen when, in whole milliseconds since STARTEX."""

    __slots__ = ("_callbacks", "_count", "_env", "_queue", "_watch")

    def __init__(self, watch: Watch) -> None:
        self._env = simpy.Environment(initial_time=0)
        self._queue: list[Any] = self._env._queue  # (time, order, number, event), as SimPy pops them; tested
        self._count = 0
        self._watch = watch
        self._callbacks: tuple[Callable[[Any], None], ...] = (_happen,)

    def plan(
        self, delay: int, turn: int, action: Callable[[], None], *, priority: int = 2, owed_since: int = 0
    ) -> Moment:
        """Let ``action`` happen ``delay`` milliseconds from now."""
        moment: Any = _new(Moment)  # what SimPy's own constructors do, without their detours
        moment.action = action
        moment.callbacks = self._callbacks
        self._count += 1
        order = ((turn << 3 | priority) << 40) | owed_since
        heappush(self._queue, (self._env._now + delay, order, self._count, moment))
        planned: Moment = moment
        return planned

    def run(self, until: int, unsettled: Sized = (), settle: Callable[[], None] = _nothing) -> None:
        """Let everything happen that is planned up to and including ``until``.

        ``settle`` is called whenever everything else of an instant has happened and there is anything ``unsettled``.
        Raises ``StandstillError`` when more turns have been taken in one instant than any exercise can need.
        """
        queue, step, watch = self._queue, self._env.step, self._watch
        now, turns = watch.now, 0
        while True:
            at = queue[0][0] if queue else FOREVER
            turns += 1
            if turns > MOST_TURNS:
                raise StandstillError(f"mer än {MOST_TURNS} saker händer utan att tiden går")
            if at == now:
                step()
            elif unsettled:
                settle()
            elif at <= until:
                now = watch.now = at
                turns = 0
                step()
            else:
                return

    def clear(self) -> None:
        """Let nothing more happen."""
        for _, _, _, moment in self._queue:
            moment.callbacks = None
            moment.action = None
        self._queue.clear()
        self._callbacks = ()
