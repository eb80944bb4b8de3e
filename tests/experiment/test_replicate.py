"""Many plays: in order, the same over any executor, alone or among others."""

from __future__ import annotations

from concurrent.futures import Executor, Future, ThreadPoolExecutor
from typing import Any

import pytest

from ovning.engine import compile_play, play
from ovning.experiment import replicate as room
from ovning.experiment.replicate import CHUNK, Played, each, processes, replicate
from ovning.files import load_setup
from ovning.log import jsonl
from ovning.measures.summary import summarise
from ovning.model.setup import Setup


@pytest.fixture(scope="module")
def setup() -> Setup:
    found, _ = load_setup("elavbrott", "orebro", sets=["scenario.horizon=1 h"])
    return found


def logs(plays: list[Played]) -> list[bytes]:
    return [jsonl.to_bytes(played.log) for played in plays]


def test_plays_come_in_the_order_asked_for_with_their_summaries(setup: Setup) -> None:
    plays = list(replicate(setup, 7, [3, 1, 2]))
    assert [played.summary.replication for played in plays] == [3, 1, 2]
    assert [played.summary for played in plays] == [summarise(played.log, setup) for played in plays]
    assert logs(plays) == [jsonl.to_bytes(play(compile_play(setup), 7, k)) for k in (3, 1, 2)]


def test_a_play_is_the_same_alone_and_among_others_and_differs_from_the_next(setup: Setup) -> None:
    among = logs(list(replicate(setup, 7, range(CHUNK + 2))))
    assert logs(list(replicate(setup, 7, [17]))) == [among[17]]
    assert among[17] != among[18]


def test_threads_give_the_same_as_none(setup: Setup) -> None:
    with ThreadPoolExecutor(2) as executor:
        threaded = logs(list(replicate(setup, 7, range(CHUNK + 2), executor=executor)))
    assert threaded == logs(list(replicate(setup, 7, range(CHUNK + 2))))


def test_processes_give_the_same_as_none(setup: Setup) -> None:
    with processes(2, CHUNK + 2) as executor:
        assert executor is not None
        spread = logs(list(replicate(setup, 7, range(CHUNK + 2), executor=executor)))
    assert spread == logs(list(replicate(setup, 7, range(CHUNK + 2))))


@pytest.mark.parametrize(("jobs", "plays"), [(1, 1000), (8, CHUNK), (8, 1)])
def test_no_processes_where_one_does_as_well(jobs: int, plays: int) -> None:
    with processes(jobs, plays) as executor:
        assert executor is None


class Counting(Executor):
    """Runs everything at once, and counts what has been sent but not yet taken back."""

    def __init__(self) -> None:
        self.sent = 0

    def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> Future[Any]:
        self.sent += 1
        future: Future[Any] = Future()
        future.set_result([])
        return future


def test_pieces_are_sent_only_a_little_ahead_of_what_is_taken(setup: Setup, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "default_jobs", lambda: 2)
    executor = Counting()
    plays = replicate(setup, 7, range(100 * CHUNK), executor=executor)
    assert list(plays) == []
    assert executor.sent == 100

    class Endless(Counting):
        def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> Future[Any]:
            future = super().submit(fn)
            future = Future()
            future.set_result(["ett spel"])
            return future

    endless = Endless()
    assert next(replicate(setup, 7, range(100 * CHUNK), executor=endless)) == "ett spel"
    assert endless.sent == 4


def test_only_summaries_are_kept_and_every_listener_hears_every_play(setup: Setup) -> None:
    heard: list[int] = []
    told: list[Played] = []
    summaries = each(replicate(setup, 7, range(3)), lambda p: heard.append(p.summary.replication), told.append)
    assert heard == [0, 1, 2]
    assert tuple(played.summary for played in told) == summaries
