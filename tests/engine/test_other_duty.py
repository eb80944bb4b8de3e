"""Another duty: what takes whoever is on call, now and then, so that what else is asked of them waits or goes on."""

from itertools import pairwise

import pytest

from ovning.log.records import CaseOpened, TaskStarted, Waited, Worked
from ovning.units import HOUR, MINUTE
from tests.tiny import inject, of, one, task

OFTEN = {"title": "Leda en räddningsinsats", "times_a_week": 100, "takes": "3 h"}
CALLS = [inject(f"E{n}", f"{n * 40} min", asks_for="answer") for n in range(1, 16)]
ANSWER = {"answer": [task("receive", "5 min")]}


def _place(duty, role="duty", name="officers", count=1):
    reached = {"chance": 1, "delay": "2 min", "arrives": "20 min"}
    on_call = {"count": 1, "round_the_clock": True, "reached": reached}
    if duty is not None:
        on_call["other_duty"] = duty
    officer = {"on_call": on_call, "role": role, "filled_by": [name]}
    people = {name: {"count": count, "works": "never"}}
    if name != "officers":
        people["officers"] = None
    return {"people": people, "functions": {"officer": officer}}


def _times(log):
    return [(r.since, r.at) for r in of(log, Worked) if r.task.startswith("other_duty")]


def _plays(tiny, number=6, **more):
    return tiny.plays(number, organisation=_place(**more), injects=CALLS, procedures=ANSWER)


def test_what_comes_meanwhile_waits_in_the_queue_until_it_is_over(tiny):
    logs = _plays(tiny, duty=OFTEN)
    seen = 0
    for log in logs:
        for since, until in _times(log):
            assert until - since <= 3 * HOUR  # less only where it had begun before the exercise, or goes on after it
            for record in of(log, TaskStarted):
                if not record.task.startswith("other_duty"):
                    assert not since < record.at < until
            seen += sum(since <= w.since and w.at == until and w.cause == "queue" for w in of(log, Waited))
    assert seen > 5


def test_another_takes_over_when_patience_is_over(tiny):
    place = _place(OFTEN)
    place["functions"]["chief"] = {"does": ["receive_alarm"]}
    place["first_call"] = {"default": "officer", "else": ["chief"]}
    logs = tiny.plays(6, organisation=place, injects=CALLS, procedures=ANSWER)
    instead = [r for log in logs for r in of(log, TaskStarted, station="chief")]
    assert instead
    for log in logs:
        for record in of(log, TaskStarted, station="chief"):
            assert any(since <= record.at - 10 * MINUTE < until for since, until in _times(log))


@pytest.mark.parametrize("duty", [None, {**OFTEN, "times_a_week": 0}])
def test_with_none_of_it_nothing_is_different(tiny, duty):
    for log in _plays(tiny, number=2, duty=duty):
        assert not of(log, CaseOpened, kind="other_duty")
        assert len(of(log, TaskStarted, station="officer")) == len(CALLS)


def test_it_has_the_same_times_whatever_the_organisation_calls_its_people(tiny):
    first = _plays(tiny, duty=OFTEN)
    second = _plays(tiny, duty=OFTEN, name="engineers", count=5)
    assert [_times(log) for log in first] == [_times(log) for log in second]


def test_whoever_sleeps_by_the_telephone_is_out_at_once_and_is_one_person_at_a_time(tiny):
    for log in _plays(tiny, duty={**OFTEN, "times_a_week": 200}, count=5):
        times = _times(log)
        assert all(before[1] <= after[0] for before, after in pairwise(times))
        opened = {r.case: r.at for r in of(log, CaseOpened, kind="other_duty")}
        busy = [(w.since, w.at) for w in of(log, Worked) if not w.task.startswith("other_duty")]
        for started in (r for r in of(log, TaskStarted) if r.task.startswith("other_duty")):
            at = opened[started.task.split("/")[0]]
            assert started.at == at or any(since <= at < until for since, until in busy)


def test_it_may_be_under_way_when_the_exercise_begins(tiny):
    logs = _plays(tiny, number=60, duty={**OFTEN, "times_a_week": 20})
    under_way = [times[0] for log in logs if (times := _times(log)) and times[0][0] == 0]
    assert under_way
    assert all(0 < until <= 3 * HOUR for _, until in under_way)
    # twenty times a week three hours: 60 of 168 hours wanted, 60 / 228 of the time spent; within four standard errors
    share = len(under_way) / 60
    assert abs(share - 60 / 228) < 4 * (0.26 * 0.74 / 60) ** 0.5


def test_the_case_says_whose_it_is(tiny):
    log = next(log for log in _plays(tiny, duty=OFTEN) if _times(log))
    case = of(log, CaseOpened, kind="other_duty")[0]
    assert case.subject == "officer"
    assert case.caused_by is None
    assert one(log, TaskStarted, task=f"{case.case}/other_duty").at >= case.at
