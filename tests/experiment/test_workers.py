"""Whoever plays: as few as will do, never far ahead, and gone when nobody waits for them."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from concurrent.futures import Executor, Future
from functools import partial
from typing import Any

import pytest

from ovning.experiment.workers import Crew, processes, spread


@pytest.mark.parametrize(("jobs", "pieces"), [(1, 1000), (8, 1), (8, 0)])
def test_no_processes_where_one_does_as_well(jobs: int, pieces: int) -> None:
    with processes(jobs, pieces) as crew:
        assert crew is None


class Counting(Executor):
    """Does everything at once, and counts what it was sent."""

    def __init__(self) -> None:
        self.sent = 0

    def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> Future[Any]:
        self.sent += 1
        future: Future[Any] = Future()
        future.set_result(fn())
        return future


def test_pieces_are_sent_only_a_little_ahead_of_what_is_taken() -> None:
    executor = Counting()
    coming = spread((partial(int, n) for n in range(100)), Crew(executor, 2))
    assert next(coming) == 0
    assert executor.sent == 4
    assert list(coming) == list(range(1, 100))
    assert executor.sent == 100


class Slow(Executor):
    """Has done the first thing that it was sent, and begun on nothing else."""

    def __init__(self) -> None:
        self.sent: list[Future[Any]] = []

    def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> Future[Any]:
        future: Future[Any] = Future()
        if not self.sent:
            future.set_result(fn())
        self.sent.append(future)
        return future


def test_pieces_that_nobody_waits_for_any_more_are_called_off() -> None:
    executor = Slow()
    coming = spread((partial(int, n) for n in range(100)), Crew(executor, 2))
    assert next(coming) == 0
    coming.close()  # type: ignore[attr-defined]
    assert [future.cancelled() for future in executor.sent] == [False, True, True, True]


def test_without_anybody_each_piece_is_done_when_it_is_asked_for() -> None:
    done: list[int] = []

    def piece(number: int) -> int:
        done.append(number)
        return number

    coming = spread((partial(piece, n) for n in range(3)), None)
    assert next(coming) == 0
    assert done == [0]
    assert list(coming) == [1, 2]


@pytest.mark.skipif(sys.platform == "win32", reason="asks for processes as Unix tells of them")
def test_workers_do_not_outlive_a_parent_that_was_killed() -> None:
    program = (
        "import os, sys, time\n"
        "from ovning.experiment.workers import processes\n"
        "if __name__ == '__main__':\n"
        "    with processes(2, 2) as crew:\n"
        "        print(*{crew.executor.submit(os.getpid).result() for _ in range(50)}, flush=True)\n"
        "        time.sleep(600)\n"
    )
    with subprocess.Popen((sys.executable, "-c", program), stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        workers = [int(word) for word in parent.stdout.readline().split()]
        parent.send_signal(signal.SIGKILL)
    assert workers
    while any(_runs(worker) for worker in workers):
        time.sleep(0.05)


def _runs(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True
