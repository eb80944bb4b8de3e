"""The course of one play, from its log."""

from __future__ import annotations

import pytest

from ovning.log import records as r
from ovning.measures.course import decisions, horizon, spells, whole_of, work_of

LEVELS = frozenset({"staff"})


def opened(case: str, kind: str, at: int = 0) -> r.CaseOpened:
    return r.CaseOpened(at, case, kind, case, 1, (), None)  # type: ignore[arg-type]


def requested(task: str, case: str, at: int = 0) -> r.TaskRequested:
    return r.TaskRequested(at, task, case, task, "report", (), 1, None)


def worked(since: int, at: int, task: str, station: str, activity: r.Activity = "work") -> r.Worked:
    return r.Worked(at, since, task, "folk#1", station, activity, "desk")


def test_work_on_what_came_in_is_told_from_standing_work() -> None:
    log = (
        opened("E1", "inject"),
        opened("up", "level"),
        opened("report:1", "report"),
        requested("E1/a", "E1"),
        requested("up/b", "up"),
        requested("report:1/c", "report:1"),
        worked(10, 20, "E1/a", "tib", "pass_on"),
        worked(15, 30, "up/b", "tib"),
        worked(30, 40, "report:1/c", "tib"),
        worked(40, 50, "flow:calls:answer:1", "tib", "flow"),
        worked(5, 5, "E1/a", "nobody"),
        r.PlayEnded(100),
    )
    (tib,) = work_of(log, LEVELS)
    assert (tib.station, tib.on_cases, tib.standing, tib.tasks, tib.of_levels) == (
        "tib",
        ((10, 30),),
        ((30, 50),),
        2,
        1,
    )


def test_the_seats_of_a_staff_are_one_and_whoever_came_first_stands_first() -> None:
    log = (
        opened("E1", "inject"),
        opened("up", "level"),
        requested("E1/a", "E1"),
        requested("up/meet", "up"),
        worked(10, 20, "E1/a", "staff.chief"),
        worked(12, 25, "E1/a", "staff.situation"),
        worked(30, 40, "up/meet", "staff.chief", "meeting"),
        worked(5, 8, "E1/a", "jour"),
        r.PlayEnded(100),
    )
    jour, staff = work_of(log, LEVELS)
    assert (jour.station, jour.first_at) == ("jour", 5)
    assert (staff.station, staff.on_cases, staff.standing, staff.tasks) == ("staff", ((10, 25),), ((30, 40),), 1)


def test_a_joint_decision_is_everybodys_once() -> None:
    log = (
        r.DecisionMade(3, "move_staff", "E1", "E1/a", "care+school", "joint"),
        r.DecisionMade(4, "open", "E1", "E1/b", "staff.chief+staff.logistics", "joint"),
        r.PlayEnded(9),
    )
    assert [(one.at, one.stations, one.number) for one in decisions(log, LEVELS)] == [
        (3, ("care", "school"), 0),
        (4, ("staff",), 1),
    ]


def test_a_level_is_told_from_the_first_word_of_it_to_its_end() -> None:
    log = (
        r.LevelRecommended(1, "staff", "level:staff:1", "tib", 3),
        r.LevelDecided(2, "staff", "level:staff:1", "chief"),
        r.LevelActivated(5, "staff", "level:staff:1"),
        r.LevelRecommended(6, "high", "level:high:1", "chief", 4),
        r.LevelStoodDown(8, "staff", "stand_down:staff:1"),
        r.LevelDecided(10, "staff", "level:staff:2", "chief"),
        r.LevelActivated(12, "staff", "level:staff:2"),
        r.PlayEnded(20),
    )
    assert spells(log) == (
        ("staff", 1, 5, 8, True),
        ("high", 6, None, 20, False),
        ("staff", 10, 12, 20, False),
    )


def test_a_station_with_a_dot_is_a_seat_only_of_a_level() -> None:
    assert whole_of("staff.chief", LEVELS) == "staff"
    assert whole_of("unit.chief", LEVELS) == "unit.chief"
    assert whole_of("staff", LEVELS) == "staff"


def test_a_log_that_is_cut_tells_no_course() -> None:
    cut = (opened("E1", "inject"),)
    for tell in (horizon, spells, lambda log: work_of(log, LEVELS)):
        with pytest.raises(ValueError, match="PlayEnded"):
            tell(cut)


def test_a_level_that_was_dropped_on_the_way_ended_then() -> None:
    log = (
        opened("level:staff:1", "level")._replace(subject="staff"),
        r.LevelRecommended(10, "staff", "level:staff:1", "tib", 3),
        r.CaseClosed(20, "level:staff:1", "cancelled"),
        opened("level:staff:2", "level", 50)._replace(subject="staff"),
        r.LevelRecommended(60, "staff", "level:staff:2", "tib", 3),
        r.LevelActivated(70, "staff", "level:staff:2"),
        r.CaseClosed(70, "level:staff:2", "done"),
        r.PlayEnded(100),
    )
    assert [spell[1:] for spell in spells(log)] == [(10, None, 20, True), (60, 70, 100, False)]
