"""Who may decide, and the way to them."""

import pytest

from ovning.log.records import (
    ActedWithoutMandate,
    CaseClosed,
    CaseOpened,
    ContactAttempted,
    DecisionMade,
    HandedOver,
    LevelActivated,
    LevelRecommended,
    MandateMissing,
    StationAsked,
    TaskFinished,
    TaskStarted,
    Waited,
    Worked,
)
from tests.tiny import LEVEL, at, inject, of, one, person, task

CHOOSE = {
    "choose": [
        task("talk", "5 min"),
        task("choose", "3 min", needs="decide(large)", after=["talk"]),
        task("act", "2 min", after=["choose"]),
    ]
}


def _choosing(tiny, organisation, **more):
    procedures = more.pop("procedures", CHOOSE)
    return tiny.play(
        organisation=organisation, injects=[inject("E1", asks_for="choose")], procedures=procedures, **more
    )


def _waits(log):
    return [(w.since / 60_000, at(w), w.cause, w.station, w.detail) for w in of(log, Waited, task="E1/choose")]


def test_who_holds_it_asks_nobody_and_waits_no_minute_for_a_mandate(tiny):
    log = _choosing(tiny, {"functions": {"officer": {"decides": ["large"]}}})
    decision = one(log, DecisionMade)
    assert (at(decision), decision.station, decision.how) == (8, "officer", "own")
    assert of(log, Waited) == []
    assert of(log, HandedOver) == []


def test_a_holder_who_is_busy_waits_in_the_queue_and_not_for_a_mandate(tiny):
    log = tiny.play(
        organisation={"functions": {"officer": {"decides": ["large"]}}},
        injects=[inject("E1", asks_for="choose"), inject("E2", "1 min", asks_for="long")],
        procedures={**CHOOSE, "long": [task("talk", "8 min")]},
    )
    assert [(w.cause, at(w)) for w in of(log, Waited, task="E1/choose")] == [("queue", 13)]


def test_a_decision_that_is_interrupted_waits_for_its_holder_and_no_longer_for_the_mandate(tiny):
    log = tiny.play(
        organisation={"functions": {"chief": {"does": ["lead_staff", "advise"]}}},
        injects=[inject("E1", asks_for="choose"), inject("E2", "10 min", asks_for="ask", to="role(executive)")],
        procedures={
            "choose": [
                task("talk", "5 min"),
                task("choose", "20 min", needs="decide(large)", mode="desk", after=["talk"]),
            ],
            "ask": [task("ask", "4 min", needs="advise")],
        },
    )
    waits = of(log, Waited, task="E1/choose")
    assert {w.cause for w in waits if at(w) < 10} == {"mandate"}
    assert [(w.cause, w.station, w.detail, at(w)) for w in waits if at(w) > 10] == [
        ("queue", "chief", "interrupted", 14)
    ]


def test_the_question_climbs_step_by_step(tiny):
    log = _choosing(
        tiny,
        {
            "people": {"managers": {"count": 1, "works": "always"}},
            "functions": {
                "officer": {"reports_to": "manager"},
                "manager": person("office", "expert", "managers", reports_to="chief"),
            },
        },
    )
    # 5 to 6 the officer tells the manager, who listens for a minute, tells the chief for a minute, who decides at 8
    steps = [(w.person, w.since / 60_000, at(w), w.activity) for w in of(log, Worked, task="E1/choose")]
    assert steps == [
        ("officers#1", 5, 6, "pass_on"),
        ("managers#1", 6, 7, "pass_on"),
        ("managers#1", 7, 8, "pass_on"),
        ("chiefs#1", 8, 11, "work"),
    ]
    assert [(h.sender, h.receiver) for h in of(log, HandedOver, task="E1/choose")] == [
        ("officer", "manager"),
        ("manager", "chief"),
    ]
    assert {cause for _, _, cause, _, _ in _waits(log)} == {"mandate"}
    assert sum(end - begin for begin, end, *_ in _waits(log)) == 3
    assert one(log, DecisionMade).station == "chief"


def test_somebody_on_the_way_who_holds_it_decides(tiny):
    log = _choosing(
        tiny,
        {
            "people": {"managers": {"count": 1, "works": "always"}},
            "functions": {
                "officer": {"reports_to": "manager"},
                "manager": person("office", "expert", "managers", reports_to="chief", decides=["large"]),
            },
        },
    )
    assert (one(log, DecisionMade).station, at(one(log, DecisionMade))) == ("manager", 9)


def test_a_holder_who_is_not_above_is_handed_it_directly(tiny):
    log = _choosing(
        tiny,
        {
            "people": {"experts": {"count": 1, "works": "always"}},
            "functions": {
                "chief": {"decides": ["small"]},
                "expert": person("depot", "expert", "experts", decides=["large"]),
            },
        },
    )
    assert [(h.sender, h.receiver) for h in of(log, HandedOver) if h.task == "E1/choose"] == [("officer", "expert")]
    assert at(one(log, DecisionMade)) == 9


def test_what_nobody_holds_is_a_gap_that_is_told_and_nothing_follows(tiny):
    log = _choosing(tiny, {"functions": {"chief": {"decides": ["small"]}}})
    gap = one(log, MandateMissing)
    assert (at(gap), gap.decision, gap.task) == (5, "large", "E1/choose")
    assert one(log, TaskFinished, task="E1/choose").outcome == "blocked"
    assert one(log, CaseClosed, case="E1").outcome == "blocked"
    assert of(log, DecisionMade) == []
    assert of(log, TaskStarted, task="E1/act") == []


def test_a_holder_who_sleeps_is_waited_for_under_mandate(tiny):
    log = _choosing(
        tiny,
        {"people": {"chiefs": {"works": "office_hours", "reached": {"chance": 1, "delay": "20 min"}}}},
        scenario={"start": "2026-01-20T03:50"},
    )
    assert _waits(log) == [(5, 6, "mandate", "chief", "transmission"), (6, 26, "mandate", "chief", "unavailable")]
    assert at(one(log, DecisionMade)) == 29


def test_a_deputy_decides_for_the_one_who_sleeps(tiny):
    organisation = {
        "people": {
            "chiefs": {"works": "office_hours", "reached": {"chance": 0, "delay": "1 min"}},
            "helpers": {"count": 1, "works": "always"},
        },
        "functions": {
            "chief": {"deputies": [{"function": "helper"}]},
            "helper": person("office", "helper", "helpers"),
        },
    }
    log = _choosing(tiny, organisation, scenario={"start": "2026-01-20T03:50"})
    decision = one(log, DecisionMade)
    assert (at(decision), decision.station, decision.how) == (19, "helper", "deputy")
    assert {w[2] for w in _waits(log)} == {"mandate"}
    organisation["functions"]["chief"]["deputies"] = [{"function": "helper", "without": ["large"]}]
    log = _choosing(tiny, organisation, scenario={"start": "2026-01-20T03:50", "horizon": "2 h"})
    assert of(log, DecisionMade) == []


ASLEEP = {"chance": 0, "delay": "4 min", "arrives": "30 min"}
ANSWERS = {"chance": 1, "delay": "4 min", "arrives": "30 min"}


def _two_hold_it(tiny, *, manager=ASLEEP, chief=ANSWERS, deputy=None, **more):
    """The officer's manager and the chief above both hold the decision (or only the chief), and are at home."""
    people = {"managers": {"count": 1, "works": "never", "reached": manager}}
    people["chiefs"] = {"works": "never", "reached": chief}
    functions = {
        "officer": {"reports_to": "manager"},
        "manager": person("office", "expert", "managers", reports_to="chief", decides=["large"]) | more,
    }
    if deputy is not None:
        people["seconds"] = {"count": 1, "works": "never", "reached": deputy}
        functions["second"] = person("office", "helper", "seconds")
        functions["chief"] = {"deputies": [{"function": "second"}]}
    return _choosing(tiny, {"people": people, "functions": functions}, scenario={"start": "2026-01-20T02:00"})


def test_when_the_nearest_holder_does_not_answer_the_next_up_the_line_who_holds_it_is_asked(tiny):
    log = _two_hold_it(tiny)
    # the manager is asked at 6 and does not answer; the chief is asked at 16, answers at 20 and decides
    assert [(at(a), a.station, a.why) for a in of(log, StationAsked, task="E1/choose")][1:] == [
        (6, "manager", "first"),
        (16, "chief", "line"),
    ]
    decision = one(log, DecisionMade)
    assert (at(decision), decision.station, decision.how) == (23, "chief", "own")
    assert {(cause, station) for _, _, cause, station, _ in _waits(log)} == {("mandate", "manager")}


def test_whoever_of_two_holders_answers_first_decides(tiny):
    log = _two_hold_it(tiny, manager=ANSWERS | {"delay": "15 min"}, chief=ANSWERS | {"delay": "20 min"})
    # asked at 6, answers at 21; the chief, asked at 16, would have answered at 36
    assert (at(one(log, DecisionMade)), one(log, DecisionMade).station) == (24, "manager")


def test_the_deputy_of_the_next_holder_is_asked_too(tiny):
    log = _two_hold_it(tiny, chief=ASLEEP, deputy=ANSWERS)
    decision = one(log, DecisionMade)
    assert (at(decision), decision.station, decision.how) == (33, "second", "deputy")


def test_when_those_on_the_way_and_the_holder_sleep_the_holders_deputy_hears_the_question_and_decides(tiny):
    log = _two_hold_it(tiny, chief=ASLEEP, deputy=ANSWERS, decides=[])
    # manager at 6, chief at 16, their deputy at 26, who answers at 30 and hears it for a minute
    assert [(w.person, w.since / 60_000, at(w), w.activity) for w in of(log, Worked, task="E1/choose")][1:] == [
        ("seconds#1", 30, 31, "pass_on"),
        ("seconds#1", 31, 34, "work"),
    ]
    assert one(log, DecisionMade).how == "deputy"


def test_a_deputy_on_the_way_does_not_decide_before_the_holder_has_been_asked(tiny):
    people = {"managers": {"count": 1, "works": "always"}}
    functions = {
        "officer": {"reports_to": "manager"},
        "manager": person("office", "expert", "managers", reports_to="chief"),
        "chief": {"deputies": [{"function": "manager"}]},
    }
    log = _choosing(tiny, {"people": people, "functions": functions})
    assert (at(one(log, DecisionMade)), one(log, DecisionMade).station) == (11, "chief")


def _joint(**more):
    return {
        "people": {
            "ones": {"count": 1, "works": "always"},
            "others": {"count": 1, "works": "always", **more},
        },
        "functions": {
            "chief": {"decides": ["small"]},
            "one": person("office", "expert", "ones"),
            "other": person("depot", "helper", "others"),
        },
        "joint": {"large": {"holders": ["one", "other"], "otherwise": "chief"}},
    }


def test_joint_holders_decide_when_all_have_agreed(tiny):
    log = _choosing(tiny, _joint())
    agreements = sorted(
        (w.station, w.since / 60_000, at(w)) for w in of(log, Worked, task="E1/choose", activity="agreement")
    )
    # the officer tells one, 5 to 6, then the other, 6 to 7; each takes the three minutes of the decision
    assert agreements == [("one", 6, 9), ("other", 7, 10)]
    decision = one(log, DecisionMade)
    assert (at(decision), decision.station, decision.how) == (10, "one+other", "joint")
    assert {w[2] for w in _waits(log)} == {"mandate"}


def test_joint_holders_who_do_not_agree_in_time_leave_it_to_another(tiny):
    log = _choosing(
        tiny,
        _joint(works="office_hours", reached={"chance": 0, "delay": "1 min"}),
        scenario={"start": "2026-01-20T03:50"},
        assumptions={"joint_patience": "40 min"},
    )
    assert [w.station for w in of(log, Worked, activity="agreement")] == ["one"]
    decision = one(log, DecisionMade)
    assert (decision.station, decision.how) == ("chief", "own")
    assert at(decision) == 49  # 5, and forty minutes of patience, one to pass it on, and three to decide


def test_who_has_not_yet_been_told_when_it_is_taken_elsewhere_is_not_told(tiny):
    # the officer tells the first from 5 to 35, and would tell the other until 65; at 45 it turns to the chief instead
    log = _choosing(tiny, _joint(), assumptions={"pass_on": "30 min", "joint_patience": "40 min"})
    assert [w.station for w in of(log, Worked, activity="agreement")] == ["one"]
    assert (one(log, DecisionMade).station, at(one(log, DecisionMade))) == (
        "chief",
        78,
    )  # 45, thirty to pass it on, three to decide
    telling = [(w.since / 60_000, at(w)) for w in of(log, Worked, task="E1/choose", activity="pass_on")]
    assert telling == [(5, 35), (35, 45), (45, 75)]


def test_no_deputy_agrees_to_what_they_do_not_take_over(tiny):
    for without, how in (([], "joint"), (["large"], "own")):
        organisation = _joint(works="office_hours", reached={"chance": 0, "delay": "1 min"})
        organisation["people"]["helpers"] = {"count": 1, "works": "always"}
        organisation["functions"]["helper"] = person("office", "board", "helpers")
        organisation["functions"]["other"]["deputies"] = [{"function": "helper", "without": without}]
        log = _choosing(tiny, organisation, scenario={"start": "2026-01-20T03:50"})
        assert one(log, DecisionMade).how == how


@pytest.mark.parametrize("urgent", [None, "life"])
def test_for_life_one_acts_and_reports_afterwards(tiny, urgent):
    more = {"urgent": urgent} if urgent else {}
    log = _choosing(
        tiny,
        {"people": {"chiefs": {"works": "office_hours", "reached": {"chance": 1, "delay": "20 min"}}}},
        scenario={"start": "2026-01-20T03:50"},
        procedures={
            "choose": [task("talk", "5 min"), task("choose", "3 min", needs="decide(large)", after=["talk"], **more)]
        },
    )
    if urgent is None:
        assert of(log, ActedWithoutMandate) == []
        assert at(one(log, DecisionMade)) == 29
        return
    acted = one(log, ActedWithoutMandate)
    assert (at(acted), acted.station, acted.decision) == (8, "officer", "large")
    assert of(log, DecisionMade) == []
    told = one(log, CaseOpened, kind="afterwards")
    assert (at(told), told.caused_by) == (8, "E1/choose")
    report = [w for w in of(log, Worked, activity="work") if w.task == f"{told.case}/report"]
    # told for a minute, answered after twenty, heard out in two
    assert [(w.station, w.since / 60_000, at(w)) for w in report] == [("chief", 29, 31)]


def test_who_holds_it_acts_for_life_with_their_mandate(tiny):
    log = _choosing(
        tiny,
        {"functions": {"officer": {"decides": ["large"]}}},
        procedures={
            "choose": [task("talk", "5 min"), task("choose", needs="decide(large)", after=["talk"], urgent="life")]
        },
    )
    assert of(log, ActedWithoutMandate) == []
    assert one(log, DecisionMade).how == "own"


def test_what_a_level_grants_is_asked_of_the_level_and_decided_by_its_seat(tiny):
    log = _choosing(
        tiny,
        {"functions": {"chief": {"decides": ["small"]}, "officer": {"does": ["receive_alarm", "alert"]}}},
        levels=[{**LEVEL, "grants": {"chief": ["large"]}}],
        staff={"chief": ["chiefs"], "picture": ["officers"]},
    )
    # 5 asks for the level; told at 6, decided at 9, told at 10, the call out at 14, both there at 24
    assert (at(one(log, LevelRecommended)), one(log, LevelRecommended).severity) == (5, 0)
    assert at(one(log, LevelActivated)) == 24
    decision = one(log, DecisionMade, decision="large")
    assert (decision.station, decision.how) == ("command.chief", "seat")
    waits = of(log, Waited, task="E1/choose")
    assert {w.cause for w in waits} == {"mandate"}
    assert waits[0].detail == "level"
    assert (waits[0].since / 60_000, at(waits[0])) == (5, 24)


def test_the_holder_is_not_telephoned_when_somebody_else_holds_it_at_work(tiny):
    log = _choosing(
        tiny,
        {
            "people": {"chiefs": {"works": "never"}},
            "functions": {"officer": {"decides": ["large"]}},
        },
    )
    assert of(log, ContactAttempted) == []


def test_what_joint_holders_did_not_settle_is_handed_to_the_one_named_otherwise(tiny):
    log = tiny.play(
        vocabulary={"decisions": {"big": {"title": "Stort", "meaning": "Stort"}}},
        organisation={
            "people": {
                "ones": {"count": 1, "works": "always"},
                "twos": {"count": 1, "works": "never"},
                "threes": {"count": 1, "works": "always"},
            },
            "functions": {
                "one": person("depot", "expert", "ones"),
                "two": person("depot", "helper", "twos"),
                "three": person("depot", "board", "threes", does=["advise"]),
            },
            "joint": {"big": {"holders": ["one", "two"], "otherwise": "three"}},
        },
        assumptions={"off_duty_reached": {"chance": 0, "delay": "4 min"}},
        injects=[
            inject("E1", asks_for="choose"),
            inject("E2", "2 min", asks_for="ask", to="role(board)"),
        ],
        procedures={
            "choose": [task("talk", "5 min"), task("choose", "30 min", needs="decide(big)", after=["talk"])],
            "ask": [task("ask", "3 h", needs="advise")],
        },
    )
    # an hour for the two to agree, a minute to tell the third, who is on the telephone until 182
    assert _waits(log) == [
        (5, 65, "mandate", "one+two", "joint"),
        (65, 66, "mandate", "three", "transmission"),
        (66, 182, "mandate", "three", "queue"),
    ]
    assert [(h.sender, h.receiver) for h in of(log, HandedOver, task="E1/choose")][-1] == ("officer", "three")
