"""Plays that start at hours of their own."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta

import pytest

from ovning.engine import compile_play, play
from ovning.engine.luck import Luck
from ovning.engine.starts import starting
from ovning.errors import InputError
from ovning.files import load_setup
from ovning.log import jsonl
from ovning.log.records import PlayStarted
from ovning.measures.starts import start_kind
from ovning.model.setup import Setup


@pytest.fixture(scope="module")
def anytime() -> Setup:
    return load_setup("elavbrott", "orebro", start="any")[0]


def test_each_play_starts_at_an_hour_of_its_own_within_the_period(anytime: Setup) -> None:
    compiled = compile_play(anytime)
    earliest, latest = anytime.scenario.may_start
    starts = [starting(compiled, 1, replication).clock.start.replace(tzinfo=None) for replication in range(2000)]
    assert all(earliest <= start <= latest and not start.minute for start in starts)
    hours = Counter(start.hour for start in starts)
    # 83 of each expected; within five standard deviations.
    assert len(hours) == 24
    assert all(abs(count - 2000 / 24) < 45 for count in hours.values())
    assert min(starts) - earliest < timedelta(days=2)
    assert latest - max(starts) < timedelta(days=2)


def test_the_hour_is_the_plays_own_luck(anytime: Setup) -> None:
    compiled = compile_play(anytime)
    log = play(compiled, 1, 3)
    assert jsonl.to_bytes(log) == jsonl.to_bytes(play(compile_play(anytime), 1, 3))
    earliest, latest = anytime.scenario.may_start
    hours = (latest - earliest) // timedelta(hours=1) + 1
    expected = earliest + timedelta(hours=int(Luck(1, 3).uniform("start") * hours))
    started = log[0]
    assert isinstance(started, PlayStarted)
    assert datetime.fromisoformat(started.start).replace(tzinfo=None) == expected


def test_a_play_is_the_one_that_starts_then(anytime: Setup) -> None:
    drawn = play(compile_play(anytime), 1, 0)
    started = drawn[0]
    assert isinstance(started, PlayStarted)
    fixed, _ = load_setup("elavbrott", "orebro", start=started.start[:16])
    assert jsonl.to_bytes(play(compile_play(fixed), 1, 0)) == jsonl.to_bytes(drawn)


def test_without_a_period_it_is_the_year_of_the_start(anytime: Setup) -> None:
    scenario = anytime.scenario.model_copy(update={"starts": None})
    assert scenario.may_start == (datetime(2026, 1, 1), datetime(2026, 12, 31, 23))


@pytest.mark.parametrize(
    ("start", "kind"),
    [
        ("2026-01-22T03:50", "night"),
        ("2026-01-22T06:00", "evening"),
        ("2026-01-22T08:00", "office"),
        ("2026-01-22T17:00", "evening"),
        ("2026-01-22T22:00", "night"),
        ("2026-01-24T12:00", "weekend"),
        ("2026-01-24T23:00", "night"),
        ("2026-01-06T12:00", "weekend"),
        ("2026-06-19T12:00", "weekend"),
    ],
)
def test_sorts_of_time(start: str, kind: str) -> None:
    assert start_kind(datetime.fromisoformat(start)) == kind


def test_a_period_that_ends_before_it_begins_is_refused() -> None:
    wrong = 'scenario.starts={earliest: "2026-03-01T00:00", latest: "2026-02-01T00:00"}'
    with pytest.raises(InputError, match="latest ligger före earliest"):
        load_setup("elavbrott", "orebro", sets=[wrong])
