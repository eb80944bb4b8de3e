"""A desk that a flow of visitors comes to one by one, written as ordinary files; what a log and the names say of it.

Arrivals are points of a Poisson process (``flow/visits/<n>/gap``), each one's time at a stage and their patience are
drawn by their number (``flow/visits/<n>/<stage>/takes``, ``…/patience``). Whoever serves does nothing else.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from ovning.engine import Compiled, compile_play, play
from ovning.log.records import FlowArrived, FlowBegun, FlowDone, FlowLeft, FlowTurnedAway, Log
from ovning.units import HOUR
from tests.analytic.draws import Times, exponential, uniforms
from tests.analytic.evidence import batch_means
from tests.analytic.laws import Law, exponential_law, turned
from tests.tiny import Tiny, inject, of

PER_HOUR = 60
EVERY = HOUR / PER_HOUR
HOURS = 60
SEED = 3
BATCH = 300


def stage(name: str, takes: Law, needs: str = "receive_alarm", **more: Any) -> dict[str, Any]:
    """A stage of the flow."""
    return {"stage": name, "title": name.capitalize(), "needs": needs, "takes": takes.written, **more}


def desk(
    tiny: Tiny,
    *,
    servers: int = 3,
    takes: float | Law = 3.0,
    hours: int = HOURS,
    per_hour: float = PER_HOUR,
    flow: Mapping[str, Any] | None = None,
    arrives: Mapping[str, Any] | None = None,
    chiefs: int = 1,
    then: Sequence[Mapping[str, Any]] = (),
    **more: Any,
) -> Compiled:
    """So many who serve by a law or so many minutes on the average (exponential); ``then``: further stages."""
    law = takes if isinstance(takes, Law) else exponential_law(takes * 60)
    return compile_play(
        tiny.setup(
            organisation={"people": {"officers": {"count": servers}, "chiefs": {"count": chiefs}}},
            scenario={
                "horizon": f"{hours} h",
                "services": {"power": {"affects": {"households": 10_000}}},
                "flows": {
                    "visits": {
                        "title": "Besök",
                        "one": "besök",
                        "arrives": arrives or {"per_hour": per_hour},
                        "stages": [stage("serve", law, **more), *then],
                        **(flow or {}),
                    }
                },
            },
            injects=[inject("Z", chance=0)],
        )
    )


def arrivals(number: int, replication: int, every: float = EVERY) -> Times:
    """When the first so many come, from the names of luck alone."""
    return np.cumsum(exponential(named(number, replication, "gap"), every))


def lengths(number: int, replication: int, takes: float | Law, what: str = "serve/takes") -> Times:
    """How long the first so many take, or wait; by a law or with a mean in milliseconds."""
    return turned(takes, named(number, replication, what))


def named(number: int, replication: int, what: str) -> np.ndarray:
    """The uniform numbers of the first so many visitors."""
    return uniforms([f"flow/visits/{n}/{what}" for n in range(1, number + 1)], SEED, [replication])[0]


def came(log: Log, unfinished: int) -> int:
    """How many came, less the last so many, who may still wait at the end."""
    return sum(r.number for r in of(log, FlowArrived)) - unfinished


def in_log(log: Log, number: int) -> tuple[list[int | None], dict[int, int]]:
    """What became of the first so many, as the recursion tells it; how long those waited who gave up."""
    told: dict[int, int] = {}
    gave_up: dict[int, int] = {}
    for r in log:
        if isinstance(r, FlowBegun):
            assert len(r.items) == 1
            told[r.items[0]] = r.waited
        elif isinstance(r, FlowTurnedAway):
            told |= dict.fromkeys(r.items, -1)
        elif isinstance(r, FlowLeft):
            told |= dict.fromkeys(r.items, -2)
            gave_up |= dict.fromkeys(r.items, r.waited // len(r.items))
    return [told.get(n + 1) for n in range(number)], gave_up


def stages_in(log: Log, number: int, stages: Sequence[str]) -> list[tuple[Times, Times]]:
    """When the first so many were begun and done at each stage."""
    begun = {name: np.full(number, -1, dtype=np.int64) for name in stages}
    done = {name: np.full(number, -1, dtype=np.int64) for name in stages}
    for r in log:
        if isinstance(r, FlowBegun | FlowDone) and r.items[0] <= number:
            (begun if isinstance(r, FlowBegun) else done)[r.stage][r.items[0] - 1] = r.at
    return [(begun[name], done[name]) for name in stages]


def statistics(logs: Sequence[Log], skip: int = 300) -> tuple[np.ndarray, ...]:
    """Means of many in a row after the first: share turned away, share of those let in who gave up, wait of those."""
    away, gone, waits = [], [], []
    for log in logs:
        number = came(log, 100)
        found, gave_up = in_log(log, number)
        let_in = [n for n in range(number) if found[n] != -1]
        away.append(batch_means([x == -1 for x in found], BATCH, skip))
        gone.append(batch_means([found[n] == -2 for n in let_in], BATCH, skip))
        waits.append(batch_means([(gave_up[n + 1] if found[n] == -2 else found[n]) for n in let_in], BATCH, skip))
    return tuple(np.concatenate(x) for x in (away, gone, waits))


def plays(compiled: Compiled, number: int) -> list[Log]:
    """The first so many plays."""
    return [play(compiled, SEED, replication) for replication in range(number)]
