"""Queues without the engine: recursions for whole sample paths, an event-by-event simulation, and closed forms.

Times are whole milliseconds where they are sample paths, and any unit where they are means.
"""

import heapq
import math
from collections.abc import Sequence

import numpy as np

from tests.analytic.draws import Times, exponential, uniforms


def customers(
    inject: str, number: int, every: float, takes: float, *, seed: int = 1, replication: int = 0
) -> tuple[Times, Times]:
    """When the customers of a repeated inject arrive (the first at once) and what each takes, from the names of luck.

    ``every`` and ``takes`` are means of exponentials, in milliseconds.
    """
    gaps = [f"inject/{inject}/{n}/repeat" for n in range(1, number)]
    work = [f"inject/{inject}/{n}/serve/takes" for n in range(1, number + 1)]
    between = exponential(uniforms(gaps, seed, [replication])[0], every)
    services = exponential(uniforms(work, seed, [replication])[0], takes)
    return np.concatenate(([0], np.cumsum(between))), services


def lindley(arrivals: Times, services: Times) -> Times:
    """Waits with one server, first come first served: W' = max(0, W + S - T) (Lindley 1952)."""
    waits = np.zeros(len(arrivals), dtype=np.int64)
    for n in range(1, len(arrivals)):
        waits[n] = max(0, waits[n - 1] + services[n - 1] - (arrivals[n] - arrivals[n - 1]))
    return waits


def kiefer_wolfowitz(arrivals: Times, services: Times, servers: int) -> Times:
    """Waits with several servers: the ordered vector of their work left (Kiefer and Wolfowitz 1955)."""
    waits = np.zeros(len(arrivals), dtype=np.int64)
    left = [0] * servers
    before = 0
    for n, (at, service) in enumerate(zip(arrivals.tolist(), services.tolist(), strict=True)):
        left = [max(0, w - (at - before)) for w in left]
        waits[n] = left[0]
        left[0] += service
        left.sort()
        before = at
    return waits


def by_priority(
    arrivals: Sequence[Times], services: Sequence[Times], servers: int = 1
) -> tuple[list[Times], list[tuple[int, int]]]:
    """Waits for each class, the first the most urgent, without interrupting; and the order of starts (class, number).

    At the same moment whoever finishes is done and whoever comes stands in the queue before anybody is taken.
    """
    coming = sorted((int(at), c, n) for c, times in enumerate(arrivals) for n, at in enumerate(times))
    finishing: list[int] = []
    queue: list[tuple[int, int, int]] = []
    waits = [np.full(len(times), -1, dtype=np.int64) for times in arrivals]
    order = []
    free, i = servers, 0
    while i < len(coming) or finishing:
        now = min(([coming[i][0]] if i < len(coming) else []) + finishing[:1])
        while finishing and finishing[0] == now:
            heapq.heappop(finishing)
            free += 1
        while i < len(coming) and coming[i][0] == now:
            at, c, n = coming[i]
            heapq.heappush(queue, (c, at, n))
            i += 1
        while free and queue:
            c, at, n = heapq.heappop(queue)
            waits[c][n] = now - at
            order.append((c, n))
            free -= 1
            heapq.heappush(finishing, now + int(services[c][n]))
    return waits, order


def erlang_c(servers: int, load: float) -> float:
    """Chance of having to wait in M/M/c with an offered load in erlang (Erlang 1917)."""
    last = load**servers / math.factorial(servers) * servers / (servers - load)
    return last / (sum(load**k / math.factorial(k) for k in range(servers)) + last)


def mean_wait(servers: int, every: float, takes: float) -> float:
    """Mean wait in M/M/c from the mean times between arrivals and of service, in their unit."""
    load = takes / every
    return erlang_c(servers, load) * takes / (servers - load)


def cobham(every: Sequence[float], takes: Sequence[float]) -> list[float]:
    """Mean waits by class, exponential services, one server, not interrupted, most urgent first (Cobham 1954)."""
    residual = sum(t * t / e for e, t in zip(every, takes, strict=True))
    waits, above = [], 0.0
    for e, t in zip(every, takes, strict=True):
        waits.append(residual / ((1 - above) * (1 - above - t / e)))
        above += t / e
    return waits
