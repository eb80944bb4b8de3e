"""Something planned on the agenda.

In a module of its own, as mypyc compiles no class that is SimPy's.
"""

from __future__ import annotations

from collections.abc import Callable

import simpy


class Moment(simpy.Event):
    """Something planned; it can be called off."""

    __slots__ = ("action", "callbacks")

    _ok, _value, _defused = True, None, False  # of the class: a moment never fails and has nothing to tell
    action: Callable[[], None] | None

    def call_off(self) -> None:
        """Let it pass without effect."""
        self.action = None
