"""Where the time went, counted by hand on the hand-made play."""

from dataclasses import replace

import pytest

from ovning.measures.lives import read_lives
from ovning.measures.waiting import (
    by_cause_and_station,
    cases_for_objectives,
    critical_stretches,
    person_time,
    waiting_by,
    waits,
    work_on_path,
)
from tests.measures.logs import LOG, M


@pytest.fixture
def lives():
    return read_lives(LOG)


def _minutes(summed):
    return {key: ms // M for key, ms in summed.items()}


def test_all_waiting_by_cause_and_station(lives):
    assert _minutes(by_cause_and_station(waits(lives))) == {
        ("unavailable", "vaxel"): 240,
        ("unavailable", "central_command.chief"): 30,
        ("unavailable", "chef"): 20,
        ("mandate", "klut"): 15,
        ("queue", "komm"): 10,
        ("transmission", "central_command.situation"): 7,
        ("unavailable", "tib"): 4,
        ("queue", "tib"): 3,
        ("information", "tib"): 2,
        ("transmission", "komm"): 2,
    }


def test_by_cause_alone_and_by_station_alone_are_the_same_whole(lives):
    assert _minutes(waiting_by(lives, "cause")) == {
        "unavailable": 294,
        "mandate": 15,
        "queue": 13,
        "transmission": 9,
        "information": 2,
    }
    assert _minutes(waiting_by(lives, "station"))["tib"] == 9
    for by in ("cause", "station", "inject"):
        assert sum(waiting_by(lives, by).values()) == sum(s.lasted for s in waits(lives)) == 333 * M


def test_what_was_waited_for_most_is_told_first_and_equals_by_name(lives):
    causes = ["unavailable", "mandate", "queue", "transmission", "information"]
    assert list(waiting_by(lives, "cause")) == causes
    stretches = by_cause_and_station(waits(lives))
    assert list(stretches)[:3] == [
        ("unavailable", "vaxel"),
        ("unavailable", "central_command.chief"),
        ("unavailable", "chef"),
    ]
    assert list(stretches)[-2:] == [("information", "tib"), ("transmission", "komm")]
    assert list(person_time(LOG))[:3] == [("tib", "work"), ("central_command.situation", "work"), ("komm", "work")]


def test_by_inject_what_it_led_to_is_counted_with_it(lives):
    assert _minutes(waiting_by(lives, "inject")) == {"E2": 240, "E1": 31 + 23 + 37, "E5": 2}


def test_by_objective_a_case_counts_under_each_that_it_tests(lives):
    assert _minutes(waiting_by(lives, "objective")) == {"M2": 242, "M1": 93}


def test_the_critical_paths_leave_out_what_nobody_waited_for(lives):
    stretches = critical_stretches(lives, ["E1"])
    assert _minutes(by_cause_and_station(stretches)) == {("mandate", "klut"): 15, ("unavailable", "tib"): 4}
    assert work_on_path(stretches) == (5 + 10 + 2 + 4) * M
    assert _minutes(waiting_by(lives, "cause", stretches)) == {"mandate": 15, "unavailable": 4}


def test_the_cases_of_objectives_include_what_they_led_to(lives):
    assert cases_for_objectives(lives) == ("E1", "level:central_command:1", "E2", "E5")


@pytest.mark.parametrize(("kind", "counted"), [("report", False), ("afterwards", False), ("level", True)])
def test_word_that_nobody_came_to_hear_is_waited_for_by_nobody(lives, kind, counted):
    case = lives.cases["level:central_command:1"]
    for closed_at in (case.closed_at, None):
        changed = replace(case, kind=kind, closed_at=closed_at)
        found = replace(lives, cases={**lives.cases, case.case: changed})
        assert (case.case in cases_for_objectives(found)) is (counted or closed_at is not None)


def test_all_critical_paths_are_the_cases_one_by_one(lives):
    assert critical_stretches(lives) == tuple(s for case in lives.cases for s in critical_stretches(lives, [case]))


def test_peoples_time_counts_everybody():
    assert _minutes(person_time(LOG)) == {
        ("central_command.situation", "work"): 20,
        ("tib", "work"): 5 + 10 + 3 + 4 + 5 + 8,
        ("komm", "work"): 10,
        ("central_command.chief", "work"): 4,
        ("chef", "work"): 3,
        ("klut", "meeting"): 2,
        ("klut", "work"): 2,
        ("tib", "pass_on"): 1,
    }
