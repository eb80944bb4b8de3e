"""Criteria and objectives of one play."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ovning.measures.objectives import criterion_times, grade_of, objective_grades
from ovning.model.exercise import Criterion
from ovning.units import MINUTE
from tests.measures.logs import EXERCISE, LOG, ORGANISATION, M


@pytest.fixture
def times():
    return criterion_times(LOG, EXERCISE, ORGANISATION)


def test_every_criterion_is_measured_from_where_it_says(times):
    found = {(t.objective, t.criterion): (t.begins_at, t.measured, t.followed, t.grade) for t in times}
    assert found == {
        ("M1", 0): (0, 100 * M, 100 * M, "partly"),
        ("M1", 1): (10 * M, 4 * M, 4 * M, "met"),
        ("M1", 2): (10 * M, 36 * M, 36 * M, "not_met"),
        ("M2", 0): (0, 46 * M, 46 * M, "met"),
        ("M2", 1): (120 * M, 84 * M, 84 * M, "not_met"),
        ("M2", 2): (0, 100 * M, 100 * M, "not_met"),
        ("M2", 3): (0, 43 * M, 43 * M, "met"),
        ("M3", 0): (120 * M, None, 240 * M, "not_met"),
        ("M3", 1): (350 * M, None, 10 * M, "not_tested"),
        ("M3", 2): (150 * M, None, 210 * M, "not_met"),
        ("M4", 0): (None, None, 0, "not_tested"),
    }


def test_every_criterion_cites_the_records_it_rests_on(times):
    cited = {(t.objective, t.criterion): [type(LOG[n]).__name__ for n in t.numbers] for t in times}
    assert cited["M1", 0] == ["LevelActivated"]
    assert cited["M1", 1] == ["InjectSent", "InjectReceived"]
    assert cited["M1", 2] == ["InjectSent", "TaskFinished"]
    assert cited["M2", 1] == ["InjectSent", "DecisionMade"]
    assert cited["M2", 2] == ["FactLearned"]
    assert cited["M3", 0] == ["InjectSent"]
    assert cited["M3", 2] == ["InjectSent", "TaskFinished"]
    assert cited["M4", 0] == []
    for time in times:
        if time.measured is not None:
            assert LOG[time.numbers[-1]].at - time.begins_at == time.measured


def test_an_objective_is_as_good_as_its_worst_tested_criterion(times):
    assert objective_grades(times) == {"M1": "not_met", "M2": "not_met", "M3": "not_met", "M4": "not_tested"}
    partly = [t for t in times if (t.objective, t.criterion) in {("M1", 0), ("M1", 1)}]
    assert objective_grades(partly) == {"M1": "partly"}
    untested = [t._replace(objective="M1") for t in times if t.objective == "M4"]
    assert objective_grades([*partly[1:], *untested]) == objective_grades([*untested, *partly[1:]]) == {"M1": "met"}


@pytest.mark.parametrize(
    ("partly", "measured", "followed", "grade"),
    [
        ("2 h", 60, 60, "met"),
        ("2 h", 61, 61, "partly"),
        ("2 h", 120, 120, "partly"),
        ("2 h", 121, 121, "not_met"),
        (None, 60, 60, "met"),
        (None, 61, 61, "not_met"),
        ("2 h", None, 59, "not_tested"),
        ("2 h", None, 60, "not_met"),
        ("2 h", None, 360, "not_met"),
    ],
)
def test_the_limits_belong_to_the_better_grade(partly, measured, followed, grade):
    limits = {"measure": "time_to_level", "level": "watch", "met": "1 h"} | ({"partly": partly} if partly else {})
    criterion = Criterion.model_validate(limits)
    assert grade_of(criterion, None if measured is None else measured * MINUTE, followed * MINUTE) == grade


@given(st.integers(0, 10**8), st.integers(0, 10**8))
def test_a_longer_time_is_never_a_better_grade(shorter, more):
    criterion = Criterion.model_validate({"measure": "time_to_level", "level": "watch", "met": "1 h", "partly": "2 h"})
    order = ["met", "partly", "not_met"]
    longer = shorter + more
    assert order.index(grade_of(criterion, shorter, shorter)) <= order.index(grade_of(criterion, longer, longer))


def test_a_course_that_does_not_warrant_a_level_does_not_test_how_soon_it_is_reached():
    levels = {
        (objective.id, index)
        for objective in EXERCISE.objectives
        for index, criterion in enumerate(objective.criteria)
        if criterion.level is not None
    }
    asked = criterion_times(LOG, EXERCISE, ORGANISATION)
    times = criterion_times(LOG, EXERCISE, ORGANISATION, ())
    assert levels
    untested = [t for t in times if (t.objective, t.criterion) in levels]
    assert [(t.begins_at, t.measured, t.followed, t.grade, t.numbers) for t in untested] == [
        (None, None, 0, "not_tested", ())
    ] * len(levels)
    assert [t for t in times if (t.objective, t.criterion) not in levels] == [
        t for t in asked if (t.objective, t.criterion) not in levels
    ]
