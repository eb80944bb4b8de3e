"""A body that several municipalities share: the others' questions stand on its agenda beside ours."""

from itertools import pairwise

import pytest

from ovning.log.records import BodySummoned, CaseOpened, DecisionMade, TaskStarted, Waited, Worked
from tests.tiny import at, inject, of, one, task

SHARED = {"others": 5, "title": "Avgöra en annan kommuns ärende", "a_day": 6, "urgent": 0}
CHOOSE = {"choose": [task("choose", "1 min", needs="decide(large)")]}


def _play(tiny, shared, *, hit=1.0, chair=False, asks=("5 h",), priority="normal", more=((), {})):
    reached = {"chance": 1, "delay": "2 min", "arrives": "20 min"}
    board = {
        "title": "Nämnden",
        "members": [{"from": "leader", "count": 1}, {"from": "members", "count": 4}],
        "quorum": 3,
        "convened_by": "leader",
        "attendance": "remote",
        "item": "15 min",
        "decides": ["large"],
        "chair_decides_urgent": chair,
    }
    leader = {"title": "Ordföranden", "unit": "office", "role": "politics", "filled_by": ["leader"]}
    leader["does"] = ["advise"]
    return tiny.play(
        organisation={
            "people": {
                "leader": {"count": 1, "works": "never", "reached": reached},
                "members": {"count": 4, "works": "never", "reached": reached},
            },
            "functions": {"chief": {"decides": ["small"]}, "leader": leader},
            "bodies": {"board": board if shared is None else {**board, "shared": shared}},
        },
        injects=[
            *(inject(f"E{n}", when, asks_for="choose", priority=priority) for n, when in enumerate(asks, 1)),
            *more[0],
        ],
        procedures={**(CHOOSE if asks else {}), **more[1]},
        scenario={"neighbours_hit": hit},
    )


def _sessions(log):
    return sorted((w.since, w.at) for w in of(log, Worked, station="board", activity="work"))


@pytest.mark.parametrize(("shared", "hit"), [(None, 1.0), (SHARED, 0.0), ({**SHARED, "a_day": 0}, 1.0)])
def test_alone_it_has_nothing_but_ours(tiny, shared, hit):
    log = _play(tiny, shared, hit=hit)
    assert not of(log, CaseOpened, kind="others")
    assert one(log, BodySummoned).task == "E1/choose"


def test_the_others_questions_summon_it_too_and_are_taken_one_at_a_time(tiny):
    log = _play(tiny, SHARED)
    theirs = of(log, CaseOpened, kind="others")
    assert len({case.case for case in theirs}) == len(theirs) > 5
    assert {case.subject for case in theirs} == {"board"}
    assert of(log, BodySummoned)[0].task.startswith("others:")
    assert all(before[1] <= after[0] for before, after in pairwise(_sessions(log)))
    assert {r.case for r in of(log, DecisionMade)} == {"E1"}  # what the others decide is no decision of ours


def test_ours_waits_for_theirs_and_the_log_says_so(tiny):
    waits = [
        w
        for n in range(1, 9)
        for w in of(_play(tiny, SHARED, asks=[f"{n} h"], priority="high"), Waited, detail="others")
    ]
    assert waits
    assert {(w.cause, w.station) for w in waits} == {("mandate", "board")}
    assert all(w.task.startswith("E") for w in waits)


def test_a_heavier_load_lets_ours_wait_longer(tiny):
    asks = [f"{n} h" for n in range(2, 10)]
    waited = [
        sum(d.at for d in of(_play(tiny, {**SHARED, "a_day": much}, asks=asks), DecisionMade)) for much in (1, 6, 12)
    ]
    assert waited[1] < waited[2]


def test_a_body_that_theirs_has_gathered_needs_not_be_gathered_for_ours(tiny):
    alone, together = _play(tiny, None), _play(tiny, {**SHARED, "a_day": 12})
    sits = [s for s in of(together, TaskStarted, station="board") if s.task.startswith("E1")]
    assert len(sits) == 1
    assert (
        at(one(alone, DecisionMade)) == 300 + 1 + 2 + 7 + 2 + 9 + 15
    )  # told, the leader, summons, members, entering, item
    assert at(one(together, DecisionMade)) != at(one(alone, DecisionMade))


def test_a_chair_who_may_decide_alone_takes_theirs_and_ours_in_turn(tiny):
    log = _play(
        tiny, {**SHARED, "a_day": 12, "urgent": 1}, chair=True, priority="high", asks=[f"{n} h" for n in range(1, 11)]
    )
    assert not of(log, BodySummoned)
    assert {d.how for d in of(log, DecisionMade)} == {"chair"}
    spans = sorted((w.since, w.at) for w in of(log, Worked, station="leader", activity="work"))
    assert all(before[1] <= after[0] for before, after in pairwise(spans))
    assert any(w.detail.startswith("queue") for w in of(log, Waited, cause="mandate") if w.task.startswith("E"))


def test_as_many_are_hit_as_the_scenario_says(tiny):
    numbers = [len({c.case for c in of(_play(tiny, SHARED, hit=hit), CaseOpened, kind="others")}) for hit in (0.3, 1)]
    assert 0 < numbers[0] < numbers[1]


def test_whoever_presides_takes_a_call_before_the_next_question_of_the_others(tiny):
    # so many questions that the agenda is never empty: ours is a call to the one who presides
    shared = {**SHARED, "a_day": 60}
    calls = [inject(f"E{n}", f"{n} h", asks_for="talk") for n in range(4, 9)]
    log = _play(tiny, shared, asks=(), more=(calls, {"talk": [task("talk", "5 min", needs="advise")]}))
    assert len(of(log, TaskStarted, station="leader", task="E4/talk")) == 1
    taken = [at(r) for r in of(log, TaskStarted, station="leader") if r.task.endswith("/talk")]
    assert len(taken) == 5
    assert all(0 <= when - 60 * n <= 20 for n, when in enumerate(taken, 4))
