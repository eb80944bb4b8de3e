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
from functools import lru_cache, partial
from multiprocessing.synchronize import Event
from typing import TYPE_CHECKING, Final, TypeVar

from ovning.log.records import Log
from ovning.measures.summary import PlaySummary, summarise
from ovning.model.setup import Setup

if TYPE_CHECKING:
    from ovning.engine import Compiled

T = TypeVar("T")

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
    packed = _pack(setup)
    chunks = _chunks(replications, CHUNK if executor is not None else 1)
    return _spread((partial(_play_chunk, packed, seed, chunk) for chunk in chunks), executor)


def replay(
    setups: Sequence[Setup], seed: int, replications: Sequence[int], *, executor: Executor | None = None
) -> Iterator[PlaySummary]:
    """Play the same replications with one setup after the other, and give only the summaries, in that order.

    All setups share one stream of chunks, so that no process waits for the last play of one setup before the next
    begins; and no log is carried from one process to another.
    """
    size = CHUNK if executor is not None else 1
    pieces = (
        partial(_summarise_chunk, packed, seed, chunk)
        for packed in map(_pack, setups)
        for chunk in _chunks(replications, size)
    )
    return _spread(pieces, executor)


def _pack(setup: Setup) -> bytes:
    return pickle.dumps(setup, protocol=pickle.HIGHEST_PROTOCOL)


def _chunks(replications: Sequence[int], size: int) -> Iterator[tuple[int, ...]]:
    return (tuple(replications[at : at + size]) for at in range(0, len(replications), size))


def _spread(pieces: Iterator[Callable[[], list[T]]], executor: Executor | None) -> Iterator[T]:
    """What the pieces of work give, in order, never more than a few of them ahead of what has been taken."""
    if executor is None:
        for piece in pieces:
            yield from piece()
        return
    ahead = 2 * default_jobs()
    waiting: deque[Future[list[T]]] = deque()
    try:
        while True:
            while len(waiting) < ahead and (following := next(pieces, None)) is not None:
                waiting.append(executor.submit(following))
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
    return list(_play(packed, seed, replications))


def _summarise_chunk(packed: bytes, seed: int, replications: tuple[int, ...]) -> list[PlaySummary]:
    return [played.summary for played in _play(packed, seed, replications)]


def _play(packed: bytes, seed: int, replications: tuple[int, ...]) -> Iterator[Played]:
    from ovning.engine import play

    setup, compiled = _compiled(packed)
    for replication in replications:
        if _stop is not None and _stop.is_set():
            return
        log = play(compiled, seed, replication)
        yield Played(log, summarise(log, setup))
