"""When a play starts, where that is drawn anew for each."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from ovning.engine.calendars import Calendars
from ovning.engine.compiled import Compiled
from ovning.engine.luck import Luck
from ovning.units import Clock


def starting(compiled: Compiled, seed: int, replication: int) -> Compiled:
    """The same, starting when this play does: at the hour of ``start`` in the play's luck, all hours as likely."""
    setup = compiled.setup
    if not setup.start_sampled:
        return compiled
    earliest, latest = setup.scenario.may_start
    hours = int((latest - earliest) / timedelta(hours=1)) + 1
    start = earliest + timedelta(hours=int(Luck(seed, replication).uniform("start") * hours))
    clock = Clock.at(start)
    calendars = Calendars(clock, compiled.horizon, setup.assumptions)
    return replace(compiled, clock=clock, calendars=calendars)
