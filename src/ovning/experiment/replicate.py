"""Many plays of one setup, over any ``concurrent.futures`` executor; the plays are the same whatever the executor."""

from __future__ import annotations

import multiprocessing
import os
import pickle
import signal
import sys
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from multiprocessing.synchronize import Event
from typing import TYPE_CHECKING, Final

from ovning.log.records import Log
from ovning.measures.summary import PlaySummary, summarise
from ovning.model.setup import Setup

if TYPE_CHECKING:
    from ovning.engine import Compiled

CHUNK: Final = 25
"""Plays in one piece of work: so many that sending the piece costs little beside playing it."""


@dataclass(frozen=True, slots=True)
class Played:
    """One play: its log and what it came to."""

    log: Log
    summary: PlaySummary


def default_jobs() -> int:
    """How many processes may run at once on this machine, for this user."""
    try:
        return max(1, len(os.sched_getaffinity(0)))
    except AttributeError:  # neither Windows nor macOS has it
        return os.cpu_count() or 1


def replicate(
    setup: Setup, seed: int, replications: Sequence[int], *, executor: Executor | None = None
) -> Iterator[Played]:
    """Play each of the replications and give them in the order asked for.

    Without an executor they are played here, one after the other. With one, chunks of ``CHUNK`` plays are sent out, and
    never more than a few ahead of what has been taken, so that memory does not grow with the number of plays. The
    setup is compiled once in each worker.
    """
    packed = pickle.dumps(setup, protocol=pickle.HIGHEST_PROTOCOL)
    chunks = [tuple(replications[at : at + CHUNK]) for at in range(0, len(replications), CHUNK)]
    if executor is None:
        for replication in replications:
            yield from _play_chunk(packed, seed, (replication,))
        return
    ahead = 2 * default_jobs()
    waiting: deque[Future[list[Played]]] = deque()
    coming = iter(chunks)
    try:
        while True:
            while len(waiting) < ahead and (chunk := next(coming, None)) is not None:
                waiting.append(executor.submit(_play_chunk, packed, seed, chunk))
            if not waiting:
                return
            yield from waiting.popleft().result()
    finally:
        for future in waiting:
            future.cancel()


@contextmanager
def processes(jobs: int, plays: int) -> Iterator[Executor | None]:
    """An executor of so many processes, or ``None`` where one process does as well.

    Processes are started afresh on every platform (never forked from one that may hold threads), and leave Ctrl-C
    and hang-ups to the one that started them.
    """
    workers = min(jobs, -(-plays // CHUNK))
    if workers <= 1:
        yield None
        return
    context = multiprocessing.get_context("spawn")
    with _left_to_us():
        stop = context.Event()
    with _left_to_us():
        executor = ProcessPoolExecutor(workers, mp_context=context, initializer=_begin, initargs=(stop,))
        for _ in range(workers):
            executor.submit(int)  # each starts one, as none is ready yet
    try:
        yield executor
    except BaseException:
        # Pieces that are on their way to the workers cannot be called back, only made short.
        stop.set()
        raise
    finally:
        executor.shutdown(wait=True, cancel_futures=True)


@contextmanager
def _left_to_us() -> Iterator[None]:
    """Processes started here do not hear Ctrl-C and hang-ups, not even before they have come as far as ``_begin``."""
    if sys.platform == "win32":
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, (signal.SIGINT, signal.SIGHUP, signal.SIGTERM))
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def each(plays: Iterator[Played], *listeners: Callable[[Played], object]) -> tuple[PlaySummary, ...]:
    """Hand every play to the listeners as it comes, and keep only the summaries."""
    summaries = []
    for played in plays:
        for listener in listeners:
            listener(played)
        summaries.append(played.summary)
    return tuple(summaries)


_stop: Event | None = None


def _begin(stop: Event) -> None:
    global _stop
    _stop = stop
    for name in ("SIGINT", "SIGHUP"):
        if (number := getattr(signal, name, None)) is not None:
            signal.signal(number, signal.SIG_IGN)
    if sys.platform != "win32":
        signal.pthread_sigmask(signal.SIG_UNBLOCK, (signal.SIGTERM,))


@lru_cache(maxsize=1)
def _compiled(packed: bytes) -> tuple[Setup, Compiled]:
    from ovning.engine import compile_play

    setup: Setup = pickle.loads(packed)
    return setup, compile_play(setup)


def _play_chunk(packed: bytes, seed: int, replications: tuple[int, ...]) -> list[Played]:
    from ovning.engine import play

    setup, compiled = _compiled(packed)
    found = []
    for replication in replications:
        if _stop is not None and _stop.is_set():
            break
        log = play(compiled, seed, replication)
        found.append(Played(log, summarise(log, setup)))
    return found
