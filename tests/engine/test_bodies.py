"""Bodies: summoned, convened, in function, an agenda, and home again."""

from itertools import pairwise

import pytest

from ovning.log.records import (
    BodyAdjourned,
    BodyConvened,
    BodyEnteredFunction,
    BodySummoned,
    DecisionMade,
    MeetingHeld,
    MemberPresent,
    SeatFilled,
    TaskStarted,
    WentAway,
    Worked,
)
from tests.tiny import LEVEL, at, inject, of, one, person, task

NIGHT = {"start": "2026-01-20T03:50"}
CHOOSE = {
    "choose": [task("choose", "1 min", needs="decide(large)")],
    "talk": [task("talk", "5 min"), task("choose", "1 min", needs="decide(large)", after=["talk"])],
}


def _body(arrivals=(20, 30, 40), delay=2, **more):
    groups = {
        f"member{n}": {
            "count": 1,
            "works": "never",
            "reached": {
                "chance": 0 if minutes is None else 1,
                "delay": f"{delay} min",
                "arrives": f"{minutes or 0} min",
            },
        }
        for n, minutes in enumerate(arrivals, 1)
    }
    return {
        "people": groups,
        "functions": {"chief": {"decides": ["small"]}},
        "bodies": {
            "board": {
                "title": "Styrelsen",
                "members": [{"from": group, "count": 1} for group in groups],
                "quorum": 2,
                "convened_by": "officer",
                "item": "3 min",
                "decides": ["large"],
                **more,
            }
        },
    }


def _play(tiny, body, injects=None, **more):
    return tiny.play(
        organisation=body,
        scenario={**NIGHT, **more.pop("scenario", {})},
        injects=injects or [inject("E1", asks_for="talk")],
        procedures=CHOOSE,
        **more,
    )


# the officer receives for 5 min, then writes the summons for 7: it is out at 12; members answer after 2


def test_the_vice_chair_presides_when_the_chair_is_not_there(tiny):
    log = _play(tiny, _body((60, 20, 30)))
    convened = one(log, BodyConvened)
    assert (at(convened), convened.chair, convened.vice_chair_presides) == (44, "member2#1", True)
    # the chair comes at 74, when the item of 53 to 56 is long decided
    assert [(at(m), m.person) for m in of(log, MemberPresent)] == [
        (34, "member2#1"),
        (44, "member3#1"),
        (74, "member1#1"),
    ]
    assert one(log, TaskStarted, task="E1/choose").person == "member2#1"


def test_a_body_without_chair_and_vice_chair_is_led_by_the_next_in_the_list(tiny):
    log = _play(tiny, _body((None, None, 20, 30)), scenario={"horizon": "2 h"})
    convened = one(log, BodyConvened)
    assert (convened.chair, convened.vice_chair_presides) == ("member3#1", False)


def test_convened_and_in_function_are_two_things(tiny):
    log = _play(tiny, _body())
    assert (at(one(log, BodyConvened)), at(one(log, BodyEnteredFunction)), at(one(log, DecisionMade))) == (44, 53, 56)
    log = _play(tiny, _body(enters_function=False))
    assert of(log, BodyEnteredFunction) == []
    assert at(one(log, DecisionMade)) == 47


def test_members_who_may_take_part_by_telephone_are_there_when_they_answer(tiny):
    log = _play(tiny, _body(attendance="remote"))
    assert [at(m) for m in of(log, MemberPresent)] == [14, 14, 14]
    assert at(one(log, BodyConvened)) == 14


def test_members_who_cannot_be_reached_are_called_again_in_the_morning(tiny):
    body = _body((20, 20, 20))
    for n in (2, 3):
        body["people"][f"member{n}"]["reached"]["chance"] = {"day": 1, "night": 0}
    log = _play(tiny, body)
    assert [at(m) for m in of(log, MemberPresent)] == [34, 152, 152]
    assert at(one(log, BodyConvened)) == 152  # 06:00 is 130 min in; answers in 2, there in 20


def test_urgent_items_come_first_and_one_summons_is_enough(tiny):
    log = _play(
        tiny,
        _body(),
        [
            inject("E1", asks_for="talk"),
            inject("E2", "20 min", asks_for="talk"),
            inject("E3", "30 min", asks_for="talk", priority="life"),
        ],
    )
    assert len(of(log, BodySummoned)) == 1
    assert [(d.case, at(d)) for d in of(log, DecisionMade)] == [("E3", 56), ("E1", 59), ("E2", 62)]
    assert at(one(log, BodyAdjourned)) == 92


def test_an_item_that_comes_while_the_body_sits_joins_its_agenda(tiny):
    log = _play(tiny, _body(), [inject("E1", asks_for="talk"), inject("E2", "1 h", asks_for="talk")])
    assert len(of(log, BodySummoned)) == 1
    assert [(d.case, at(d)) for d in of(log, DecisionMade)] == [("E1", 56), ("E2", 68)]
    assert [at(a) for a in of(log, BodyAdjourned)] == [98]


def test_a_body_that_has_gone_home_is_summoned_anew(tiny):
    log = _play(tiny, _body(), [inject("E1", asks_for="talk"), inject("E2", "3 h", asks_for="talk")])
    assert [at(s) for s in of(log, BodySummoned)] == [12, 192]
    assert [at(e) for e in of(log, BodyEnteredFunction)] == [53, 233]
    assert [at(d) for d in of(log, DecisionMade)] == [56, 236]
    assert [at(a) for a in of(log, BodyAdjourned)] == [86, 266]


@pytest.mark.parametrize(("priority", "alone"), [("life", True), ("high", True), ("normal", False)])
def test_the_chair_may_decide_alone_what_cannot_wait(tiny, priority, alone):
    log = _play(tiny, _body(chair_decides_urgent=True), [inject("E1", asks_for="talk", priority=priority)])
    decision = one(log, DecisionMade)
    if alone:
        assert (at(decision), decision.how) == (17, "chair")
        assert [w.person for w in of(log, Worked, station="board")] == ["member1#1"]
    else:
        assert (at(decision), decision.how) == (56, "body")


@pytest.mark.parametrize(("priority", "alone"), [("high", True), ("normal", False)])
def test_for_what_cannot_wait_nobody_is_summoned_when_the_chair_answers(tiny, priority, alone):
    body = _body(chair_decides_urgent=True, convened_by="mayor")
    body["functions"]["mayor"] = {"title": "Ordf", "unit": "office", "role": "politics", "filled_by": ["member1"]}
    log = _play(tiny, body, [inject("E1", asks_for="talk", priority=priority)])
    decision = one(log, DecisionMade)
    assert decision.station == "board"
    if alone:
        # handed over when the talk is over at 5 (telling takes 3), answered 2 later, decided in 3
        assert decision.how == "chair"
        assert of(log, BodySummoned) == []
        assert [w.person for w in of(log, Worked, station="mayor")] == ["member1#1"]
    else:
        assert decision.how == "body"
        assert len(of(log, BodySummoned)) == 1


def test_a_member_who_is_needed_elsewhere_is_not_in_two_places(tiny):
    body = _body()
    body["functions"]["expert"] = {
        "title": "Ledamoten",
        "unit": "office",
        "role": "politics",
        "filled_by": ["member1"],
        "does": ["receive_alarm"],
    }
    log = tiny.play(
        organisation=body,
        scenario=NIGHT,
        injects=[inject("E1", asks_for="talk"), inject("E2", "50 min", to="role(politics)", asks_for="long")],
        procedures={**CHOOSE, "long": [task("long", "20 min")]},
    )
    spans = sorted((w.since, w.at) for w in of(log, Worked, person="member1#1"))
    assert all(before[1] <= after[0] for before, after in pairwise(spans))
    # the chair is on the telephone from 50 to 70; the item waits for whoever presides
    assert at(one(log, DecisionMade)) == 73


# several bodies, a chair with other things to do, and questions that come while a body breaks up


def _council(name, group="politicians", count=3, **more):
    return {
        "title": f"Nämnden {name}",
        "members": [{"from": group, "count": count}],
        "quorum": count,
        "convened_by": "chief",
        "item": "30 min",
        "decides": [name],
        "enters_function": False,
        **more,
    }


def _words(*ids):
    return {"decisions": {name: {"title": name, "meaning": name} for name in ids}}


def _question(decision):
    return [task("talk", "1 min"), task("choose", "5 min", needs=f"decide({decision})", after=["talk"])]


def test_two_bodies_with_the_same_members_both_get_through_their_agenda(tiny):
    log = tiny.play(
        vocabulary=_words("plan", "build"),
        organisation={
            "people": {"politicians": {"count": 3, "works": "always"}},
            "bodies": {"ka": _council("plan"), "kb": _council("build")},
        },
        injects=[
            inject("E1", asks_for="plan"),
            inject("E2", "1 min", asks_for="build"),
            inject("E3", "45 min", asks_for="plan"),
            inject("E4", "46 min", asks_for="build"),
        ],
        procedures={"plan": _question("plan"), "build": _question("build")},
    )
    # nobody sits in both at once: each item takes 30 min, and the body that sits goes on with its own
    assert [(d.case, d.station, at(d)) for d in of(log, DecisionMade)] == [
        ("E1", "ka", 49),
        ("E3", "ka", 79),
        ("E2", "kb", 109),
        ("E4", "kb", 139),
    ]
    assert [(a.body, at(a)) for a in of(log, BodyAdjourned)] == [("ka", 109), ("kb", 169)]


def test_nobody_is_called_from_a_body_that_sits_to_a_staff(tiny):
    """The politicians come first among those who may lead the staff, but sit until 139; the staff is called at 30."""
    log = tiny.play(
        vocabulary=_words("plan"),
        organisation={
            "people": {"politicians": {"count": 3, "works": "always"}, "leaders": {"count": 1, "works": "always"}},
            "functions": {"officer": {"does": ["receive_alarm", "assess_severity", "alert"]}},
            "bodies": {"ka": _council("plan", item="2 h")},
        },
        levels=[{**LEVEL, "staffs": {"chief": 1}, "active_when": {"seats": 1}}],
        staff={"chief": ["politicians", "leaders"]},
        injects=[inject("E1", asks_for="plan"), inject("E2", "10 min", asks_for="talk", facts=["grave"])],
        procedures={"plan": _question("plan"), "talk": [task("talk", "5 min")]},
    )
    assert at(one(log, BodyConvened)) < at(one(log, SeatFilled)) < at(one(log, DecisionMade, decision="plan")) == 139
    assert one(log, SeatFilled).person == "leaders#1"


def test_a_body_does_not_go_home_from_a_question_that_waits_for_its_chair(tiny):
    log = tiny.play(
        vocabulary=_words("plan"),
        organisation={
            "people": {"politicians": {"count": 3, "works": "always"}},
            "functions": {
                "chief": {"does": ["lead_staff", "receive_alarm"]},
                "mayor": person("office", "politics", "politicians", does=["advise"]),
            },
            "bodies": {"ka": _council("plan", item="5 min")},
        },
        injects=[
            inject("E1", asks_for="plan"),
            inject("E2", "20 min", asks_for="ask"),
            inject("E3", "35 min", asks_for="plan"),
        ],
        procedures={"plan": _question("plan"), "ask": [task("ask", "3 h", needs="advise")]},
    )
    # the first item is over at 24, so it would be home at 54; the chair is on the telephone from 24 to 204
    assert [(d.case, at(d)) for d in of(log, DecisionMade)] == [("E1", 24), ("E3", 209)]
    assert [at(a) for a in of(log, BodyAdjourned)] == [239]


def test_a_body_goes_on_when_the_one_who_presides_comes_out_of_a_staff_meeting(tiny):
    log = tiny.play(
        vocabulary=_words("plan"),
        organisation={
            "people": {
                "leaders": {"count": 1, "works": "always"},
                "pics": {"count": 1, "works": "always"},
                "officers": {"count": 3},
            },
            "functions": {"officer": {"does": ["receive_alarm", "assess_severity", "alert"]}},
            "bodies": {"ka": _council("plan", "leaders", 1, item="5 min", attendance="remote")},
        },
        levels=[{**LEVEL, "rhythm": {"meeting_every": "10 h", "item": "1 min"}}],
        staff={"chief": ["leaders"], "picture": ["pics"]},
        assumptions={"meeting_opening": "1 h"},
        injects=[inject("E1", asks_for="talk", facts=["grave"]), inject("E2", "31 min", asks_for="plan")],
        procedures={"talk": [task("talk", "5 min")], "plan": _question("plan")},
    )
    met = of(log, MeetingHeld)[0]
    assert (met.since / 60_000, at(met)) == (29, 90)
    assert at(one(log, BodyConvened)) == 50
    assert at(one(log, TaskStarted, task="E2/choose")) == 90


def test_a_chair_who_has_answered_is_asked_what_cannot_wait_although_it_comes_later(tiny):
    away = {"chance": 0, "delay": "1 min", "arrives": "1 h"}
    log = tiny.play(
        vocabulary=_words("plan"),
        organisation={
            "people": {
                "chairs": {"count": 1, "works": "never"},
                "politicians": {"count": 2, "works": "never", "reached": away},
            },
            "bodies": {
                "ka": _council(
                    "plan",
                    members=[{"from": "chairs", "count": 1}, {"from": "politicians", "count": 2}],
                    item="5 min",
                    chair_decides_urgent=True,
                )
            },
        },
        injects=[inject("E1", asks_for="plan"), inject("E2", "30 min", asks_for="plan", priority="high")],
        procedures={"plan": _question("plan")},
    )
    decision = one(log, DecisionMade)
    assert (decision.case, decision.how, at(decision)) == ("E2", "chair", 36)


def test_a_member_who_is_to_leave_takes_up_nothing_more_and_a_body_that_waited_goes_on_when_they_are_back(tiny):
    """Two bodies share a member, who is called away at 30 while the first sits: the second, complete at 26, waits."""
    members = [{"from": "politicians", "count": 2}, {"from": "third", "count": 1}]
    log = tiny.play(
        vocabulary=_words("plan", "build"),
        organisation={
            "people": {"politicians": {"count": 2, "works": "always"}, "third": {"count": 1, "works": "always"}},
            "functions": {"guest": person("office", "helper", "third", does=["advise"])},
            "bodies": {
                "first": {**_council("plan"), "members": members},
                "second": {**_council("build"), "members": members},
            },
        },
        scenario={"events": [{"id": "gone", "at": "30 min", "away": ["helper"], "lasts": "6 h"}]},
        injects=[inject("E1", asks_for="plan"), inject("E2", "1 min", asks_for="build")],
        procedures={"plan": _question("plan"), "build": _question("build")},
    )
    assert at(one(log, WentAway)) == 49
    sat = [(w.station, w.since / 60_000, at(w)) for w in of(log, Worked, person="third#1") if w.activity == "session"]
    assert sat == [("first", 19, 49), ("second", 390, 420)]
    assert [(at(d), d.decision) for d in of(log, DecisionMade)] == [(49, "plan"), (420, "build")]
