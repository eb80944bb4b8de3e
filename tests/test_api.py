"""What a program of one's own needs: typed, small, and the same numbers as the command line gives."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest

from ovning import api
from ovning.errors import InputError
from tests.experiment.guesses import two_telephones
from tests.experiment.two_alarms import two_alarms


@pytest.fixture(scope="module")
def exercise(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return two_alarms(tmp_path_factory.mktemp("api"))


@pytest.fixture(scope="module")
def setup(exercise: Path) -> api.Setup:
    return api.load(exercise, "lillby")


def test_a_play_is_the_same_again_and_measured(setup: api.Setup) -> None:
    log = api.play(setup, seed=3, replication=7)
    assert log == api.play(setup, seed=3, replication=7)
    assert api.measure(log, setup).replication == 7
    rows = api.timeline_rows(log, setup)
    assert rows
    assert all(set(row) == {"at", "what", "why"} for row in rows)


def test_many_plays_are_the_same_in_several_processes(setup: api.Setup) -> None:
    alone, many = api.play_many(setup, runs=60), api.play_many(setup, runs=60, jobs=2)
    assert alone.results == many.results
    (level,) = api.level_rows(alone)
    assert 0 < level["reached"] <= 1
    assert level["median_min"] is None or level["p10_min"] <= level["median_min"]
    assert [row["criterion"] for row in api.criterion_rows(alone)] == [0, 1]
    assert all(row["mean_min"] >= 0 for row in api.waiting_rows(alone))


def test_designs_are_compared_and_the_parts_sum(exercise: Path, setup: api.Setup) -> None:
    more = api.load(exercise, "lillby", sets=("people.officers.count=2",))
    found = api.compare({"one": setup, "two": more}, runs=100)
    rows = api.contrast_rows(found)
    assert {row["design"] for row in rows} == {"two"}
    command = next(row for row in rows if row["on"] == "level_time")
    assert command["verdict"] == "better"
    parts = api.part_rows(found)
    assert sum(row["difference_min"] for row in parts) == pytest.approx(command["difference"])
    assert api.part_rows(found, "nothing") == []
    with pytest.raises(ValueError, match="two designs"):
        api.compare({"one": setup})


def test_assumptions_are_moved_and_what_turns_is_told(tmp_path: Path) -> None:
    exercise = two_telephones(tmp_path)
    lillby, storby = partial(api.load, exercise, "lillby"), partial(api.load, exercise, "storby")
    alone = api.sweep_rows(api.sweep({"lillby": lillby}, runs=4, only=["decide_level"]))
    assert {row["assumption"] for row in alone} == {"decide_level"}
    low, high = (row["change"] for row in alone)
    assert low < 0 < high
    assert all(row["low"] <= row["change"] <= row["high"] for row in alone)

    both = api.sweep({"lillby": lillby, "storby": storby}, runs=4)
    turn = api.turn_rows(both)[0]
    assert (turn["assumption"], turn["before"], turn["after"]) == ("telephone", "better", "worse")
    assert turn["last_before"] != turn["first_after"]
    with pytest.raises(ValueError, match="one design, or two"):
        api.sweep({"a": lillby, "b": lillby, "c": storby})


def test_what_cannot_be_loaded_says_why(exercise: Path) -> None:
    with pytest.raises(InputError) as problem:
        api.load(exercise, "storby")
    assert problem.value.problems


def test_all_that_is_promised_is_there_and_told_of() -> None:
    for name in api.__all__:
        assert hasattr(api, name)
    for function in (api.load, api.play, api.measure, api.play_many, api.compare, api.sweep):
        assert function.__doc__
