"""The life of a task as contiguous stretches: every waiting minute has its cause."""

from __future__ import annotations

from ovning.engine.state import TaskRun
from ovning.engine.world import World
from ovning.log.records import Cause, Waited


def wait(world: World, task: TaskRun, cause: Cause, station: str, detail: str = "") -> None:
    """From now on the task waits for this cause; what it waited for until now is written down."""
    if task.finished:
        return
    if task.under_mandate and cause != "mandate":
        detail = f"{cause}: {detail}" if detail else cause
        cause = "mandate"
    if (task.cause, task.station, task.detail) == (cause, station, detail):
        return
    close(world, task)
    task.cause, task.station, task.detail = cause, station, detail


def close(world: World, task: TaskRun) -> None:
    """End the stretch of waiting that is under way, if any."""
    now = world.now
    if task.cause is not None and task.since < now:
        world.write((Waited, now, task.since, task.id, task.cause, task.station, task.detail))
    task.since = now
    task.cause = None
