"""Chunks: the same plays in the same chunks whoever plays them, and none played twice that was kept."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from ovning.experiment.chunks import CHUNK, Arm, Brought, chunks_of, play_all, replay_all
from ovning.experiment.replicate import replicate
from ovning.experiment.workers import Crew, processes
from ovning.files import load_setup
from ovning.measures.tallying import courses_of, tally_of
from ovning.model.setup import Setup
from tests.experiment.two_alarms import two_alarms

RUNS = 2 * CHUNK + 3
MORE: Arm = ("people.officers.count=2",)


@pytest.fixture(scope="module")
def load(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Arm], Setup]:
    exercise: Path = two_alarms(tmp_path_factory.mktemp("chunks"))
    return lambda sets: load_setup(exercise, "lillby", sets=sets)[0]


class Shelf:
    """Keeps chunks in a list."""

    def __init__(self, chunks: list[tuple[Arm, int, Brought]] | None = None) -> None:
        self.before = list(chunks or ())
        self.chunks: list[tuple[Arm, int, Brought]] = []

    def kept(self, arm: Arm, chunk: int) -> bytes | None:
        if self.before and self.before[0][:2] == (arm, chunk):
            return self.before.pop(0)[2].tally
        return None

    def keep(self, arm: Arm, chunk: int, brought: Brought) -> None:
        self.chunks.append((arm, chunk, brought))


def test_chunks_depend_on_nothing_but_the_number_of_plays() -> None:
    assert chunks_of(range(RUNS)) == [tuple(range(25)), tuple(range(25, 50)), (50, 51, 52)]
    assert chunks_of([]) == []


def test_a_tally_is_that_of_the_plays_whoever_plays_them(load: Callable[[Arm], Setup]) -> None:
    setup = load(())
    wanted = tally_of(played.summary for played in replicate(setup, 3, range(RUNS))).to_bytes()
    alone = Shelf()
    heard: list[int] = []
    assert play_all(setup, 3, range(RUNS), keeper=alone, played=heard.append).to_bytes() == wanted
    assert heard == [1] * RUNS
    with ThreadPoolExecutor(2) as executor:
        threads = Shelf()
        assert play_all(setup, 3, range(RUNS), keeper=threads, crew=Crew(executor, 2)).to_bytes() == wanted
    with processes(2, 3) as crew:
        others, heard = Shelf(), []
        assert play_all(setup, 3, range(RUNS), keeper=others, crew=crew, played=heard.append).to_bytes() == wanted
    assert heard == [25, 25, 3]
    assert alone.chunks == threads.chunks == others.chunks


def test_plays_that_are_only_compared_bring_home_no_more_than_that(load: Callable[[Arm], Setup]) -> None:
    shelf = Shelf()
    arms = [((), load(())), (MORE, load(MORE))]
    found = list(replay_all(arms, 3, [4, 2], keeper=shelf))
    for tally, (_, setup) in zip(found, arms, strict=True):
        wanted = courses_of(played.summary for played in replicate(setup, 3, [4, 2]))
        assert tally.to_bytes() == wanted.to_bytes()
        assert tally.replications == [4, 2]
    assert [(arm, chunk, brought.logs) for arm, chunk, brought in shelf.chunks] == [((), 0, None), (MORE, 0, None)]


@pytest.mark.parametrize("ready", range(7))
def test_what_was_kept_is_not_played_again(load: Callable[[Arm], Setup], ready: int) -> None:
    arms = [((), load(())), (MORE, load(MORE))]
    whole = Shelf()
    wanted = [tally.to_bytes() for tally in replay_all(arms, 3, range(RUNS), keeper=whole)]
    again = Shelf(whole.chunks[:ready])
    heard: list[int] = []
    found = replay_all(arms, 3, range(RUNS), keeper=again, played=heard.append)
    assert [tally.to_bytes() for tally in found] == wanted
    assert again.chunks == whole.chunks[ready:]
    assert sum(heard) == 2 * RUNS


def test_a_chunk_that_comes_home_cut_short_is_not_kept(
    load: Callable[[Arm], Setup], monkeypatch: pytest.MonkeyPatch
) -> None:
    from ovning.experiment import chunks

    stopped = iter([False] * 3 + [True] * 100)
    monkeypatch.setattr(chunks, "is_stopped", lambda: next(stopped))
    shelf = Shelf()
    with pytest.raises(RuntimeError, match="3 plays of 25"):
        play_all(load(()), 3, range(RUNS), keeper=shelf)
    assert shelf.chunks == []
