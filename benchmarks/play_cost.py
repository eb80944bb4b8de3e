"""What a play costs, as a multiple of a bare SimPy loop that processes as many events.

    python benchmarks/play_cost.py [--exercise elavbrott] [--org orebro] [--plays 5] [--rounds 7]

The bare loop is what one writes first in SimPy: 40 servers as ``PriorityResource``, and chains of request, timeout and
release until as many events have been processed as in the play. An event is one step of SimPy's environment in both.
Every round plays and loops in turn, and the ratio is taken within the round, so that a busy machine slows down both;
medians over the rounds are printed. Nothing is asserted: times depend on the machine, and ratios a little.
"""

from __future__ import annotations

import argparse
import gc
import random
from collections.abc import Callable, Generator, Iterable
from statistics import median
from time import perf_counter
from typing import Final, NamedTuple
from unittest import mock

import simpy

from ovning import say_version
from ovning.engine import compile_play, play
from ovning.engine.compiled import Compiled
from ovning.files import load_setup
from ovning.log.records import Log
from ovning.measures.summary import summarise

SERVERS: Final = 40
CUSTOMERS: Final = 120


class Counted(NamedTuple):
    """One play, counted."""

    events: int
    records: int


class Round(NamedTuple):
    """Seconds, a play."""

    engine: float
    bare: float
    summary: float


def main() -> None:
    """Measure and print."""
    asked = _arguments()
    setup, _ = load_setup(asked.exercise, asked.org)
    compiled = compile_play(setup)
    counted = [count(compiled, replication) for replication in range(asked.plays)]
    rounds = [_round(compiled, counted) for _ in range(asked.rounds)]
    events = sum(one.events for one in counted) / asked.plays
    records = sum(one.records for one in counted) / asked.plays
    print(f"{say_version()}: {asked.exercise}, {asked.org}, {compiled.horizon / 3_600_000:.0f} h; ", end="")
    print(f"medians of {asked.rounds} rounds of {asked.plays} plays")
    rows = (
        ("events a play (steps of the environment)", f"{events:.0f}"),
        ("log records a play", f"{records:.0f}"),
        ("bare SimPy loop with as many events, ms", _ms(one.bare for one in rounds)),
        ("a play, ms", _ms(one.engine for one in rounds)),
        ("summing up a play's log, ms", _ms(one.summary for one in rounds)),
        ("a play / bare loop with as many events", _ratio(one.engine / one.bare for one in rounds)),
        (
            "a play / bare loop with as many events as log records",
            _ratio(one.engine / (one.bare * records / events) for one in rounds),
        ),
        ("play and summing up / bare loop", _ratio((one.engine + one.summary) / one.bare for one in rounds)),
    )
    for what, value in rows:
        print(f"{what:<56}{value:>24}")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="The cost of a play as a multiple of a bare SimPy loop.")
    parser.add_argument("--exercise", default="elavbrott")
    parser.add_argument("--org", default="orebro")
    parser.add_argument("--plays", type=int, default=5)
    parser.add_argument("--rounds", type=int, default=7)
    return parser.parse_args()


def count(compiled: Compiled, replication: int) -> Counted:
    """The steps of one play; the environment is counted from outside, so that the play that is timed is as it is."""
    steps = 0
    step = simpy.Environment.step

    def counting(env: simpy.Environment) -> None:
        nonlocal steps
        steps += 1
        step(env)

    with mock.patch.object(simpy.Environment, "step", counting):
        log = play(compiled, 1, replication)
    return Counted(steps, len(log))


def _round(compiled: Compiled, counted: list[Counted]) -> Round:
    logs: list[Log] = []
    engine = _timed(lambda: logs.extend(play(compiled, 1, replication) for replication in range(len(counted))))
    bare = _timed(lambda: bare_loops(counted))
    summary = _timed(lambda: [summarise(log, compiled.setup) for log in logs])
    return Round(engine / len(counted), bare / len(counted), summary / len(counted))


def _timed(work: Callable[[], object]) -> float:
    gc.collect()
    began = perf_counter()
    work()
    return perf_counter() - began


def bare_loops(counted: list[Counted]) -> None:
    """A bare loop for each play."""
    for number, one in enumerate(counted):
        bare_loop(one.events, number)


def bare_loop(events: int, seed: int) -> None:
    """Chains of request, timeout and release until so many events have been processed."""
    draw = random.Random(seed)
    env = simpy.Environment()
    servers = [simpy.PriorityResource(env) for _ in range(SERVERS)]

    def customer() -> Generator[simpy.Event, object, None]:
        while True:
            with draw.choice(servers).request(priority=draw.randrange(4)) as asked:
                yield asked
                yield env.timeout(draw.expovariate(1 / 600))
            yield env.timeout(draw.expovariate(1 / 1800))

    for _ in range(CUSTOMERS):
        env.process(customer())
    for _ in range(events):
        env.step()


def _ms(seconds: Iterable[float]) -> str:
    found = sorted(seconds)
    return f"{1000 * median(found):.1f} ({1000 * found[0]:.1f}–{1000 * found[-1]:.1f})"


def _ratio(ratios: Iterable[float]) -> str:
    found = sorted(ratios)
    return f"{median(found):.2f} ({found[0]:.2f}–{found[-1]:.2f})"


if __name__ == "__main__":
    main()
