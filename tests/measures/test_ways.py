"""Where the time to each criterion went: the hand-made play, worked out by hand, and that it always adds up."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ovning.engine import compile_play, play
from ovning.files import load_setup
from ovning.log.records import Log
from ovning.measures.aggregate import aggregate
from ovning.measures.lives import read_lives
from ovning.measures.objectives import criterion_times
from ovning.measures.summary import summarise
from ovning.measures.tally import Tally
from ovning.measures.tallying import tally_of
from ovning.measures.ways import CriterionWay, WayResult, criterion_ways
from tests.measures.logs import EXERCISE, LOG, ORGANISATION, SETUP, M


def ways_of(log: Log) -> dict[tuple[str, int], CriterionWay]:
    times = criterion_times(log, EXERCISE, ORGANISATION)
    return {(way.objective, way.criterion): way for way in criterion_ways(log, read_lives(log), EXERCISE, times)}


WAYS = ways_of(LOG)


def in_minutes(way: CriterionWay) -> dict[str, float]:
    parts = {"work": way.work, "spread": way.spread, "idle": way.idle, **dict(way.waiting)}
    return {name: lasted / M for name, lasted in parts.items() if lasted}


def test_the_way_to_a_level_goes_through_all_that_led_to_it() -> None:
    assert in_minutes(WAYS["M1", 0]) == {
        "idle": 10,
        "unavailable": 4 + 20 + 30,
        "queue": 1,
        "information": 2,
        "transmission": 7,
        "work": 5 + 10 + 3 + 3 + 5,
    }
    assert WAYS["M1", 0].lasted == 100 * M


def test_the_way_to_a_receipt_ends_when_somebody_takes_it_in() -> None:
    assert in_minutes(WAYS["M1", 1]) == {"unavailable": 4}


def test_the_way_to_a_task_begins_with_its_inject() -> None:
    assert in_minutes(WAYS["M1", 2]) == {"unavailable": 4, "transmission": 2, "queue": 10, "work": 20}


def test_the_way_to_a_decision_counts_from_where_the_criterion_does() -> None:
    assert in_minutes(WAYS["M2", 0]) == {"idle": 10, "unavailable": 4, "mandate": 15, "work": 17}
    # Asked for at 120, decided at 204 in a case that was opened at 200.
    assert in_minutes(WAYS["M2", 1]) == {"idle": 80, "work": 4}


def test_what_is_known_somewhere_is_on_its_way_until_those_who_should_know_do() -> None:
    # Established at 29; the staff hears it at 100 from the director, who heard it at 43.
    assert in_minutes(WAYS["M2", 2]) == {"idle": 10, "unavailable": 4, "work": 15, "spread": 71}
    assert in_minutes(WAYS["M2", 3]) == {"idle": 10, "unavailable": 4, "work": 15, "spread": 14}


def test_what_was_not_reached_is_followed_to_the_end() -> None:
    assert in_minutes(WAYS["M3", 0]) == {"unavailable": 240}
    # Blocked after five minutes of work: after that nothing led there.
    assert in_minutes(WAYS["M3", 2]) == {"work": 5, "idle": 205}


def test_what_is_not_tested_has_no_way() -> None:
    assert ("M3", 1) not in WAYS
    assert ("M4", 0) not in WAYS


def test_a_level_that_is_not_reached_has_the_way_so_far() -> None:
    log = tuple(record for record in LOG if type(record).__name__ != "LevelActivated")
    way = ways_of(log)["M1", 0]
    # The gathering ended at 100 and led to nothing.
    assert way.lasted == 360 * M
    assert in_minutes(way)["unavailable"] == 54
    assert in_minutes(way)["idle"] == 10 + 260


def test_without_anything_that_leads_there_all_of_it_is_idle() -> None:
    gone = {"LevelActivated", "LevelDecided", "LevelAlerted", "LevelRecommended", "LevelStoodDown"}
    log = tuple(
        record
        for record in LOG
        if type(record).__name__ not in gone
        and not str(getattr(record, "task", "")).startswith("level:")
        and not str(getattr(record, "case", "")).startswith("level:")
    )
    assert in_minutes(ways_of(log)["M1", 0]) == {"idle": 360}


def test_the_parts_sum_to_the_time_that_the_criterion_is_followed() -> None:
    times = {(time.objective, time.criterion): time for time in criterion_times(LOG, EXERCISE, ORGANISATION)}
    for key, way in WAYS.items():
        assert sum(lasted for _, lasted in way.waiting) + way.work + way.spread + way.idle == way.lasted
        assert way.lasted == times[key].followed


@pytest.mark.parametrize("variation", [None, "second_fault"])
@pytest.mark.parametrize("organisation", ["orebro", "haninge"])
def test_the_parts_of_every_played_way_sum(organisation: str, variation: str | None) -> None:
    setup, _ = load_setup("elavbrott", organisation, variation=variation)
    found = summarise(play(compile_play(setup), 1, 0), setup)
    times = {(time.objective, time.criterion): time for time in found.criteria}
    assert len(found.ways) > 5
    for way in found.ways:
        parts = [way.work, way.spread, way.idle, *(lasted for _, lasted in way.waiting)]
        assert min(parts) >= 0
        assert sum(parts) == way.lasted == times[way.objective, way.criterion].followed


def told(*plays: tuple[CriterionWay, ...]) -> dict[tuple[str, int | None], WayResult]:
    found = summarise(LOG, SETUP)
    tally = tally_of(replace(found, replication=number, ways=ways) for number, ways in enumerate(plays))
    packed = Tally.from_bytes(tally.to_bytes())
    assert aggregate(packed, EXERCISE).ways == aggregate(tally, EXERCISE).ways
    return {(way.objective, way.criterion): way for way in aggregate(tally, EXERCISE).ways}


def test_means_are_over_the_plays_that_tested_it_and_add_up() -> None:
    first = CriterionWay("M1", 0, 100, (("queue", 30), ("mandate", 20)), 40, 0, 10)
    second = CriterionWay("M1", 1, 20, (("queue", 5),), 15, 0, 0)
    found = told((first, second), (first._replace(lasted=70, waiting=(("queue", 20),)),), ())
    assert list(found) == [("M1", None), ("M1", 0), ("M1", 1)]
    one = found["M1", 0]
    assert (one.plays, one.lasted.mean, one.work.mean, one.idle.mean) == (2, 85, 40, 10)
    assert [(cause, mean.mean) for cause, mean in one.waiting] == [("queue", 25), ("mandate", 10)]
    assert found["M1", 1].plays == 1
    whole = found["M1", None]
    # 120 in the first play, 70 in the second; the third tested nothing.
    assert (whole.plays, whole.lasted.mean, whole.work.mean) == (2, 95, 47.5)
    assert [(cause, mean.mean) for cause, mean in whole.waiting] == [("queue", 27.5), ("mandate", 10)]
    for way in found.values():
        parts = way.work.mean + way.spread.mean + way.idle.mean + sum(mean.mean for _, mean in way.waiting)
        assert parts == pytest.approx(way.lasted.mean)
