"""Levels and bodies: their times, and where the time went."""

import pytest

from ovning.log.records import LevelActivated
from ovning.measures.escalation import (
    BodyTimes,
    LevelTimes,
    body_times,
    level_paths,
    level_times,
    unnecessary_alerts,
    unnecessary_levels,
)
from ovning.measures.lives import read_lives
from tests.measures.logs import LOG, SCENARIO, M


def test_levels_have_the_first_time_of_each_step():
    watch, central = level_times(LOG, ["watch", "central_command"])
    assert watch == LevelTimes("watch")
    assert central[1:6] == (35 * M, 58 * M, 63 * M, 100 * M, 300 * M)
    assert [type(LOG[n]).__name__ for n in central.numbers] == [
        "LevelRecommended",
        "LevelDecided",
        "LevelAlerted",
        "LevelActivated",
        "LevelStoodDown",
    ]


def test_a_second_activation_does_not_move_the_first():
    again = LOG[next(n for n, r in enumerate(LOG) if type(r).__name__ == "LevelActivated")]
    log = (*LOG[:-1], again._replace(at=320 * M), LOG[-1])
    assert level_times(log, [])[0].active_at == 100 * M
    assert level_paths(log, read_lives(log))[0].active_at == 100 * M


def test_bodies_have_the_first_time_of_each_step():
    klut, namnd = body_times(LOG, ["klut", "namnd"])
    assert klut[:4] == ("klut", 33 * M, 42 * M, 44 * M)
    assert namnd == BodyTimes("namnd")


def test_the_parts_of_a_levels_path_are_those_counted_by_hand_and_sum_to_its_time():
    (path,) = level_paths(LOG, read_lives(LOG))
    assert (path.level, path.origin) == ("central_command", "E1")
    assert path.before == 10 * M
    assert path.waiting == (("unavailable", 24 * M), ("information", 2 * M), ("queue", 1 * M))
    assert path.work == (5 + 10 + 3 + 3 + 5) * M
    assert path.gather == 37 * M
    assert path.before + sum(ms for _, ms in path.waiting) + path.work + path.gather == path.active_at == 100 * M


def test_a_level_that_no_task_made_active_is_refused():
    number = next(n for n, r in enumerate(LOG) if type(r).__name__ == "LevelActivated")
    log = (*LOG[:number], LOG[number]._replace(at=101 * M), *LOG[number + 1 :])
    with pytest.raises(ValueError, match="no task of"):
        level_paths(log, read_lives(log))


@pytest.mark.parametrize(
    ("variation", "unnecessary"), [(None, ()), ("kort", ("central_command",)), ("natt", ()), ("okand", ())]
)
def test_a_level_that_the_course_does_not_warrant_is_unnecessary(variation, unnecessary):
    assert unnecessary_levels(LOG, SCENARIO, variation) == unnecessary


def test_a_staff_that_was_called_and_never_sat_is_an_unnecessary_alert():
    alerted = [record for record in LOG if not isinstance(record, LevelActivated)]
    assert unnecessary_alerts(alerted, SCENARIO, "kort") == ("central_command",)
    assert unnecessary_alerts(alerted, SCENARIO) == ()
    assert unnecessary_alerts(LOG, SCENARIO, "kort") == ()
