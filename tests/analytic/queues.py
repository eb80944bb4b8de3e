"""Queues without the engine: recursions for whole sample paths, an event-by-event simulation, and closed forms.

Times are whole milliseconds where they are sample paths, and any unit where they are means.
"""

import heapq
import math
from collections import deque
from collections.abc import Sequence

import numpy as np

from tests.analytic.draws import Times, exponential, uniforms
from tests.analytic.laws import Law, turned

UNLIMITED = 1 << 60


def customers(
    inject: str, number: int, every: float, takes: float | Law, *, seed: int = 1, replication: int = 0
) -> tuple[Times, Times]:
    """When the customers of a repeated inject arrive (the first at once) and what each takes, from the names of luck.

    ``every`` is the mean of an exponential in milliseconds, ``takes`` another or a law.
    """
    gaps = [f"inject/{inject}/{n}/repeat" for n in range(1, number)]
    work = [f"inject/{inject}/{n}/serve/takes" for n in range(1, number + 1)]
    between = exponential(uniforms(gaps, seed, [replication])[0], every)
    services = turned(takes, uniforms(work, seed, [replication])[0])
    return np.concatenate(([0], np.cumsum(between))), services


def lindley(arrivals: Times, services: Times) -> Times:
    """Waits with one server, first come first served: W' = max(0, W + S - T) (Lindley 1952).

    Unrolled: a walk with the steps S - T, less the lowest that it has been.
    """
    walk = np.concatenate(([0], np.cumsum(services[:-1] - np.diff(arrivals))))
    return walk - np.minimum.accumulate(walk)


def kiefer_wolfowitz(arrivals: Times, services: Times, servers: int) -> Times:
    """Waits with several servers: when each has done its work, the first first (Kiefer and Wolfowitz 1955)."""
    free = [0] * servers
    waits = []
    for at, service in zip(arrivals.tolist(), services.tolist(), strict=True):
        start = max(at, free[0])
        waits.append(start - at)
        heapq.heapreplace(free, start + service)
    return np.array(waits, dtype=np.int64)


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


def with_room(
    arrivals: Times, services: Times, patience: Times | None, servers: int, places: int = UNLIMITED
) -> list[int]:
    """For each: minus one if there was no room, minus two if it gave up, else how long it waited."""
    free = [0] * servers
    leaves: list[int] = []
    told = []
    most = [UNLIMITED] * len(arrivals) if patience is None else patience.tolist()
    for at, service, longest in zip(arrivals.tolist(), services.tolist(), most, strict=True):
        while leaves and leaves[0] < at:
            heapq.heappop(leaves)
        if len(leaves) >= places:
            told.append(-1)
            continue
        start = max(at, free[0])
        if start >= at + longest:
            told.append(-2)
            heapq.heappush(leaves, at + longest)
            continue
        told.append(start - at)
        heapq.heapreplace(free, start + service)
        heapq.heappush(leaves, start + service)
    return told


def in_series(arrivals: Times, services: Sequence[Times], servers: Sequence[int]) -> list[tuple[Times, Times]]:
    """When each is begun and done at each of several stations: whoever leaves one is in the queue of the next at once.

    The queues are first come first served; of those who come at the same moment whoever was first before is first.
    """
    told = []
    at = arrivals
    for work, number in zip(services, servers, strict=True):
        order = np.argsort(at, kind="stable")
        begun = np.empty_like(at)
        waits = lindley(at[order], work[order]) if number == 1 else kiefer_wolfowitz(at[order], work[order], number)
        begun[order] = at[order] + waits
        at = begun + work
        told.append((begun, at))
    return told


def passed_on(arrivals: Times, services: Times, telling: Times) -> tuple[Times, Times, Times]:
    """One server who, after each service, passes the case on in a call of their own that waits its turn in the queue.

    First come first served by the time since which each waits; of the same time, passing on comes first. When each
    service was begun, and when passing on was begun and done.
    """
    begun, told, done = (np.empty_like(arrivals) for _ in range(3))
    owed: deque[tuple[int, int]] = deque()
    free = i = 0
    while i < len(arrivals) or owed:
        if owed and (i == len(arrivals) or owed[0][0] <= arrivals[i]):
            since, n = owed.popleft()
            told[n] = max(free, since)
            free = done[n] = told[n] + telling[n]
        else:
            begun[i] = max(free, arrivals[i])
            free = begun[i] + services[i]
            owed.append((free, i))
            i += 1
    return begun, told, done


def erlang_b(servers: int, load: float) -> float:
    """Share lost in M/G/c without a queue, whatever the distribution (Erlang 1917, Sevastyanov 1957)."""
    lost = 1.0
    for c in range(1, servers + 1):
        lost = load * lost / (c + load * lost)
    return lost


def pollaczek_khinchine(every: float, mean: float, square: float) -> float:
    """Mean wait in M/G/1: λE[S²]/2(1 - ρ) (Pollaczek 1930, Khinchine 1932); for every law, ρ is the share who wait."""
    return square / every / 2 / (1 - mean / every)


def erlang_c(servers: int, load: float) -> float:
    """Chance of having to wait in M/M/c with an offered load in erlang (Erlang 1917)."""
    last = load**servers / math.factorial(servers) * servers / (servers - load)
    return last / (sum(load**k / math.factorial(k) for k in range(servers)) + last)


def mean_wait(servers: int, every: float, takes: float) -> float:
    """Mean wait in M/M/c from the mean times between arrivals and of service, in their unit."""
    load = takes / every
    return erlang_c(servers, load) * takes / (servers - load)


def cobham(every: Sequence[float], takes: Sequence[float | Law]) -> list[float]:
    """Mean waits by class, one server, not interrupted, most urgent first (Cobham 1954); exponential means or laws."""
    means = [t.mean if isinstance(t, Law) else t for t in takes]
    squares = [t.square if isinstance(t, Law) else 2 * t * t for t in takes]
    residual = sum(s / e for e, s in zip(every, squares, strict=True)) / 2
    waits, above = [], 0.0
    for e, t in zip(every, means, strict=True):
        waits.append(residual / ((1 - above) * (1 - above - t / e)))
        above += t / e
    return waits


class Chain:
    """A birth and death chain: arrivals, so many servers, patience (or none), room (or none); rates per minute."""

    def __init__(self, arrive: float, serve: float, servers: int, lose: float = 0.0, places: int = 400) -> None:
        weights = [1.0]
        for n in range(1, places + 1):
            weights.append(weights[-1] * arrive / (min(n, servers) * serve + max(n - servers, 0) * lose))
        total = sum(weights)
        self.share = [w / total for w in weights]
        self.queue = sum(max(n - servers, 0) * p for n, p in enumerate(self.share))
        """Mean number waiting."""
        self.turned_away = self.share[-1]
        self.gave_up = lose * self.queue / arrive
        self.wait = self.queue / (arrive * (1 - self.turned_away))
        """Mean wait of those let in, whether they are served or give up, in minutes."""
