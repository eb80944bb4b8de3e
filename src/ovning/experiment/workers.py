"""Whoever plays: this process, several, or any ``concurrent.futures`` executor. What is played is the same."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import BrokenExecutor, Executor, Future, ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.synchronize import Event
from typing import TypeVar

from ovning.errors import WorkersLostError

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Crew:
    """An executor, and how many pieces of work it does at once."""

    executor: Executor
    size: int


def default_jobs() -> int:
    """How many processes may run at once on this machine, for this user."""
    try:
        return max(1, len(os.sched_getaffinity(0)))
    except AttributeError:  # neither Windows nor macOS has it
        return os.cpu_count() or 1


def spread(pieces: Iterator[Callable[[], T]], crew: Crew | None) -> Iterator[T]:
    """What the pieces of work give, in order, never more than a few of them ahead of what has been taken.

    So memory does not grow with the number of plays. Without a crew they are done here, one after the other.
    """
    if crew is None:
        for piece in pieces:
            yield piece()
        return
    waiting: deque[Future[T]] = deque()
    try:
        while True:
            while len(waiting) < 2 * crew.size and (following := next(pieces, None)) is not None:
                waiting.append(crew.executor.submit(following))
            if not waiting:
                return
            yield waiting.popleft().result()
    finally:
        for future in waiting:
            future.cancel()


@contextmanager
def processes(jobs: int, pieces: int) -> Iterator[Crew | None]:
    """So many processes, but no more than there are pieces of work; ``None`` where one process does as well.

    Processes are started afresh on every platform (never forked from one that may hold threads), leave Ctrl-C and
    hang-ups to the one that started them, and end when it is no more.
    """
    workers = min(jobs, pieces)
    if workers <= 1:
        yield None
        return
    context = multiprocessing.get_context("spawn")
    with _left_to_us():
        stop = context.Event()
        executor = ProcessPoolExecutor(workers, mp_context=context, initializer=_begin, initargs=(stop,))
    try:
        # Whoever asks us to stop meanwhile is heard at the end of this block, and must find processes that are waited
        # for: one that has only just started needs what we hold to come as far as ``_begin``.
        with _left_to_us():
            for _ in range(workers):
                executor.submit(int)  # each starts one, as none is ready yet
        yield Crew(executor, workers)
    except BrokenExecutor:
        raise WorkersLostError(
            "En av processerna som spelar försvann; kanske tog minnet slut. Med --jobs 1 går det åt minst."
        ) from None
    except BaseException:
        # Pieces that are on their way to the workers cannot be called back, only made short.
        stop.set()
        raise
    finally:
        executor.shutdown(wait=True, cancel_futures=True)


def is_stopped() -> bool:
    """Whether nobody waits any more for what this process does."""
    return _stop is not None and _stop.is_set()


@contextmanager
def _left_to_us() -> Iterator[None]:
    """Processes started here do not hear Ctrl-C and hang-ups, not even before they have come as far as ``_begin``.

    What we are asked meanwhile is heard at the end. To block it is not enough for that: libraries have threads that do
    not, and what any thread is sent interrupts the main one.
    """
    if sys.platform == "win32":
        yield
        return
    asked: list[int] = []
    endings = (signal.SIGINT, signal.SIGHUP, signal.SIGTERM)
    handlers = {}
    if threading.current_thread() is threading.main_thread():
        handlers = {number: signal.getsignal(number) for number in endings}
    mine = {number: known for number, known in handlers.items() if known not in (None, signal.SIG_IGN)}
    for number in mine:
        signal.signal(number, lambda told, _: asked.append(told))
    before = signal.pthread_sigmask(signal.SIG_BLOCK, endings)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
        for number, known in mine.items():
            signal.signal(number, known)
        for heard in dict.fromkeys(asked):
            signal.raise_signal(heard)


_stop: Event | None = None


def _begin(stop: Event) -> None:
    global _stop
    _stop = stop
    for name in ("SIGINT", "SIGHUP"):
        if (number := getattr(signal, name, None)) is not None:
            signal.signal(number, signal.SIG_IGN)
    if sys.platform != "win32":
        signal.pthread_sigmask(signal.SIG_UNBLOCK, (signal.SIGTERM,))
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """A process that was killed outright cannot tell its workers; each of them also holds the queue open."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
