"""Plays with their logs: in order, the same over any executor, alone or among others."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from ovning.engine import compile_play, play
from ovning.experiment.chunks import CHUNK
from ovning.experiment.replicate import Played, replicate
from ovning.experiment.workers import Crew, processes
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


def test_threads_and_processes_give_the_same_as_none(setup: Setup) -> None:
    alone = logs(list(replicate(setup, 7, range(CHUNK + 2))))
    with ThreadPoolExecutor(2) as executor:
        assert logs(list(replicate(setup, 7, range(CHUNK + 2), crew=Crew(executor, 2)))) == alone
    with processes(2, 2) as crew:
        assert crew is not None
        assert logs(list(replicate(setup, 7, range(CHUNK + 2), crew=crew))) == alone
