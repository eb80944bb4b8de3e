"""A counter with a queue, written as ordinary files: customers are injects that come again, service is their task.

Nobody is impatient, busy with ordinary work, misunderstood or hard to reach, so that only the queue is left.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from ovning.engine import Compiled, compile_play, play
from ovning.log.records import Log, TaskRequested, TaskStarted, Waited
from tests.analytic.draws import Times
from tests.analytic.laws import SECOND, Law, exponential_law
from tests.analytic.queues import customers
from tests.tiny import Tiny, inject, of, task


class Class(NamedTuple):
    """Customers of one kind; means of exponentials in whole milliseconds, or a law for how long they take."""

    name: str
    priority: str
    number: int
    every: int
    takes: int | Law

    @property
    def law(self) -> Law:
        """How long they take."""
        return self.takes if isinstance(self.takes, Law) else exponential_law(self.takes / SECOND)


def one_class(number: int, every: int, takes: int | Law) -> list[Class]:
    """Customers who are all alike."""
    return [Class("Q", "normal", number, every, takes)]


def counter(tiny: Tiny, classes: Sequence[Class], servers: int = 1) -> Compiled:
    """The counter's files, loaded; every class begins with a customer at the very start."""
    setup = tiny.setup(
        assumptions={"clarification": {"chance": 0, "takes": "1 min"}, "patience": "1 min"},
        organisation={"people": {"officers": {"count": servers, "works": "always"}}},
        scenario={"horizon": "360 d"},
        injects=[
            inject(
                c.name,
                asks_for=f"help_{c.name.lower()}",
                priority=c.priority,
                repeat={"every": {"mean": f"{c.every / 1000:.3f} s"}, "times": c.number},
            )
            for c in classes
        ],
        procedures={f"help_{c.name.lower()}": [task("serve", takes=c.law.written)] for c in classes},
    )
    return compile_play(setup)


def named(name: str, n: int) -> str:
    """The task of the n-th customer (from 1) of a class."""
    return f"{name}/serve" if n == 1 else f"{name}+{n}/serve"


def waits_in(log: Log, classes: Sequence[Class]) -> list[Times]:
    """Waits by class in order of arrival, from the log: from the request of the task to its start."""
    requested = {r.task: r.at for r in of(log, TaskRequested)}
    started = {r.task: r.at for r in of(log, TaskStarted)}
    assert len(requested) == len(started) == sum(c.number for c in classes)
    rows = [[named(c.name, n) for n in range(1, c.number + 1)] for c in classes]
    return [np.array([started[t] - requested[t] for t in row], dtype=np.int64) for row in rows]


def causes_of(log: Log) -> dict[str, int]:
    """Milliseconds waited by task; all of it must be for the queue."""
    total: dict[str, int] = {}
    for r in of(log, Waited):
        assert (r.cause, r.station) == ("queue", "officer")
        total[r.task] = total.get(r.task, 0) + r.at - r.since
    return total


def draws_of(classes: Sequence[Class], seed: int, replication: int) -> tuple[list[Times], list[Times]]:
    """Arrivals and services by class, from the names of luck alone."""
    drawn = [customers(c.name, c.number, c.every, c.takes, seed=seed, replication=replication) for c in classes]
    return [a for a, _ in drawn], [s for _, s in drawn]


def long_run(tiny: Tiny, classes: Sequence[Class], plays: int, servers: int = 1) -> list[list[Times]]:
    """Waits of so many plays, by play and class."""
    compiled = counter(tiny, classes, servers)
    return [waits_in(play(compiled, 5, replication), classes) for replication in range(plays)]
