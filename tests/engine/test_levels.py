"""The ladder: recommended, decided, alerted, gathered, active, stood down."""

import pytest

from ovning.log.records import (
    CaseClosed,
    CaseOpened,
    FactLearned,
    LevelActivated,
    LevelAlerted,
    LevelDecided,
    LevelRecommended,
    LevelStoodDown,
    PersonArrived,
    PersonReached,
    SeatFilled,
    SeverityKnown,
    TaskFinished,
    TaskStarted,
    Worked,
)
from tests.tiny import LEVEL, at, inject, of, one, person, task

TALK = {"talk": [task("talk", "5 min")]}
STAFF = {"chief": ["leaders"], "picture": ["officers"]}
ABLE = ["receive_alarm", "verify_situation", "write", "drive", "assess_severity", "alert"]


def _organisation(does=ABLE, **functions):
    return {
        "people": {"leaders": {"count": 1, "works": "always"}, "officers": {"count": 3}},
        "functions": {"officer": {"does": list(does)}, **functions},
    }


def _play(tiny, injects, levels=None, organisation=None, **more):
    return tiny.play(
        organisation=organisation or _organisation(),
        levels=levels or [LEVEL],
        staff=STAFF,
        injects=injects,
        procedures={**TALK, **more.pop("procedures", {})},
        **more,
    )


GRAVE = inject("E1", asks_for="talk", facts=["grave"])
WATCH = {"id": "watch", "title": "Bevakning", "recommended_when": {"known_severity": 1}, "decided_by": "chief"}
QUIET = {"known_severity_below": 2, "for": "1 h"}


def test_only_who_may_assess_recommends(tiny):
    log = _play(tiny, [GRAVE], organisation=_organisation([a for a in ABLE if a != "assess_severity"]))
    assert of(log, CaseOpened, case="level:command:1") == []
    log = _play(tiny, [GRAVE])
    recommended = one(log, LevelRecommended)
    assert (at(recommended), recommended.station, recommended.severity) == (10, "officer", 3)


def test_a_staff_that_knows_of_something_grave_stays_whatever_others_know(tiny):
    """The helper, who knows of little, learns of something little; the staff's own picture is as grave as it was."""
    helper = person("depot", "helper", "helpers", does=["receive_alarm"])
    organisation = _organisation(helper=helper)
    organisation["people"]["helpers"] = {"count": 1, "works": "always"}
    log = _play(
        tiny,
        [GRAVE, inject("E2", "1 h", asks_for="talk", to="role(helper)", facts=["minor"])],
        levels=[{**LEVEL, "stands_down_when": QUIET}],
        organisation=organisation,
    )
    assert [(at(s), s.severity) for s in of(log, SeverityKnown, knower="helper")] == [(65, 1)]
    assert [c for c in of(log, CaseOpened) if c.kind == "stand_down"] == []


def test_too_little_is_known_for_a_level(tiny):
    log = _play(tiny, [inject("E1", asks_for="talk", facts=["minor"])])
    assert [c.kind for c in of(log, CaseOpened)] == ["inject"]


def test_the_highest_level_called_for_is_the_one_recommended(tiny):
    log = _play(tiny, [GRAVE], levels=[WATCH, LEVEL])
    assert [r.level for r in of(log, LevelRecommended)] == ["command"]
    log = _play(tiny, [inject("E1", asks_for="talk", facts=["minor"])], levels=[WATCH, LEVEL])
    assert [(r.level, at(r)) for r in of(log, LevelActivated)] == [("watch", 14)]


def test_a_level_without_seats_is_active_when_decided(tiny):
    log = _play(tiny, [GRAVE], levels=[WATCH])
    assert at(one(log, LevelDecided)) == at(one(log, LevelActivated)) == 14
    assert of(log, LevelAlerted) == []


def test_a_staff_ends_the_lower_level(tiny):
    log = _play(
        tiny,
        [inject("E1", asks_for="talk", facts=["minor"]), inject("E2", "1 h", asks_for="talk", facts=["grave"])],
        levels=[WATCH, LEVEL],
    )
    assert [(r.level, at(r)) for r in of(log, LevelActivated)] == [("watch", 14), ("command", 89)]
    assert [(r.level, at(r)) for r in of(log, LevelStoodDown)] == [("watch", 89)]


def test_one_case_at_a_time_for_a_level(tiny):
    organisation = _organisation(second=person("depot", "expert", "seconds", does=ABLE))
    organisation["people"]["seconds"] = {"count": 1, "works": "always"}
    log = _play(
        tiny,
        [GRAVE, inject("E2", "2 min", asks_for="talk", to="role(expert)", facts=["grave"])],
        organisation=organisation,
    )
    assert len([c for c in of(log, CaseOpened) if c.kind == "level"]) == 1
    assert len(of(log, LevelActivated)) == 1


def test_a_false_alarm_ends_before_it_is_recommended_when_the_assessor_hears_of_it(tiny):
    log = _play(
        tiny,
        [GRAVE, inject("E2", "3 min", asks_for="talk", facts=["over"], priority="high")],
        organisation={**_organisation(), "people": {"leaders": {"count": 1, "works": "always"}}},
    )
    # one officer: the second call, as urgent and waiting since 3, comes before assessing, which waits since 5
    assert [(at(s), s.severity) for s in of(log, SeverityKnown)] == [(5, 3), (10, 0)]
    assert at(one(log, TaskFinished, task="level:command:1/recommend")) == 15
    assert of(log, LevelRecommended) == []
    assert one(log, CaseClosed, case="level:command:1").outcome == "cancelled"


def test_a_decider_who_knows_that_it_is_over_declines(tiny):
    log = _play(
        tiny,
        [GRAVE, inject("E2", to="role(executive)", asks_for="talk", facts=["over"])],
        organisation=_organisation(chief={"does": ["receive_alarm", "lead_staff"]}),
    )
    assert len(of(log, LevelRecommended)) == 1
    assert of(log, LevelDecided) == []
    assert one(log, CaseClosed, case="level:command:1").outcome == "cancelled"
    assert [s.severity for s in of(log, SeverityKnown, knower="chief")] == []


def test_a_staff_that_is_being_gathered_is_called_off_when_the_decider_learns_that_it_is_over(tiny):
    log = _play(
        tiny,
        [GRAVE, inject("E2", "15 min", to="role(executive)", asks_for="talk", facts=["over"])],
        organisation=_organisation(chief={"does": ["receive_alarm", "lead_staff"]}),
    )
    # decided at 14, the call out at 19, in place at 29; the chief hears at 20 that it is over
    assert at(one(log, LevelDecided)) == 14
    assert at(one(log, LevelStoodDown)) == 20
    assert one(log, CaseClosed, case="level:command:1").outcome == "cancelled"
    assert of(log, SeatFilled) == of(log, LevelActivated) == []


def test_a_level_that_was_declined_may_be_recommended_anew(tiny):
    log = _play(
        tiny,
        [
            GRAVE,
            inject("E2", to="role(executive)", asks_for="talk", facts=["over"]),
            inject("E3", "2 h", asks_for="talk", facts=["worse"]),
        ],
        organisation=_organisation(chief={"does": ["receive_alarm", "lead_staff"]}),
        scenario={"facts": {"worse": {"title": "Värre", "severity": 3, "kind": "care"}}},
    )
    assert [r.case for r in of(log, LevelRecommended)] == ["level:command:1", "level:command:2"]
    assert [r.case for r in of(log, LevelActivated)] == ["level:command:2"]


def test_the_call_goes_by_way_of_who_is_named(tiny):
    organisation = _organisation(other=person("office", "helper", "helpers", does=["alert"]))
    organisation["people"]["helpers"] = {"count": 1, "works": "always"}
    for via, by in (({}, "officer"), ({"via": "other"}, "other")):
        log = _play(tiny, [GRAVE], levels=[{**LEVEL, **via}], organisation=organisation)
        assert one(log, TaskStarted, task="level:command:1/alert").station == by
        assert at(one(log, LevelAlerted)) == 19


def test_a_level_is_active_when_its_stated_seats_are_filled(tiny):
    organisation = _organisation()
    organisation["people"]["leaders"] = {
        "count": 1,
        "works": "never",
        "reached": {"chance": 1, "delay": "4 min", "arrives": "26 min"},
    }
    active = {}
    for name, when in {
        "nobody in particular": {"seats": 1},
        "the chief": {"seats": 1, "including": ["chief"]},
    }.items():
        log = _play(tiny, [GRAVE], levels=[{**LEVEL, "active_when": when}], organisation=organisation)
        assert [(at(s), s.seat) for s in of(log, SeatFilled)] == [(29, "picture"), (49, "chief")]
        active[name] = at(one(log, LevelActivated))
    assert active == {"nobody in particular": 29, "the chief": 49}


def test_knowledge_that_falls_makes_the_level_stand_down_and_new_knowledge_brings_it_back(tiny):
    log = tiny.play(
        vocabulary={"seats": {"chief": {"does": ["lead_staff", "receive_alarm"]}}},
        organisation=_organisation(),
        levels=[{**LEVEL, "stands_down_when": QUIET}],
        staff=STAFF,
        scenario={"facts": {"worse": {"title": "Värre", "severity": 3, "kind": "care"}}},
        injects=[
            GRAVE,
            inject("E2", "2 h", asks_for="talk", to="staff", facts=["over"]),
            inject("E3", "6 h", asks_for="talk", facts=["worse"]),
        ],
        procedures=TALK,
    )
    # known at 125, quiet for an hour, told for a minute and decided in six
    assert [(at(s), s.severity) for s in of(log, SeverityKnown, knower="command")] == [(29, 3), (125, 0), (389, 3)]
    assert [at(r) for r in of(log, LevelStoodDown)] == [192]
    assert [(r.case, at(r)) for r in of(log, LevelActivated)] == [("level:command:1", 29), ("level:command:2", 389)]
    assert [c.outcome for c in of(log, CaseClosed, case="stand_down:command:1")] == ["done"]


def test_a_level_does_not_stand_down_while_its_staff_knows_of_something_grave(tiny):
    log = tiny.play(
        vocabulary={"seats": {"chief": {"does": ["lead_staff", "receive_alarm"]}}},
        organisation=_organisation(),
        levels=[{**LEVEL, "stands_down_when": QUIET}],
        staff=STAFF,
        scenario={"facts": {"worse": {"title": "Värre", "severity": 3, "kind": "care"}}},
        injects=[
            GRAVE,
            inject("E2", "2 h", asks_for="talk", to="staff", facts=["over"]),
            inject("E3", "2 h 30 min", asks_for="talk", to="staff", facts=["worse"]),
        ],
        procedures=TALK,
    )
    assert of(log, LevelStoodDown) == []


def test_a_staff_that_learns_of_something_grave_while_its_end_is_being_decided_stays(tiny):
    log = tiny.play(
        vocabulary={"seats": {"picture": {"does": ["write", "receive_alarm"]}}},
        organisation=_organisation(),
        levels=[{**LEVEL, "stands_down_when": QUIET}],
        staff=STAFF,
        scenario={
            "facts": {
                "worse": {"title": "Värre", "severity": 3, "kind": "care"},
                "better": {"title": "Bättre", "severity": 0, "kind": "care", "cancels": ["worse"]},
            }
        },
        injects=[
            GRAVE,
            inject("E2", "2 h", asks_for="talk", to="staff", facts=["over"]),
            inject("E3", "184 min", asks_for="talk", to="staff", facts=["worse"]),
            inject("E4", "5 h", asks_for="talk", to="staff", facts=["better"]),
        ],
        procedures=TALK,
    )
    # quiet from 125 for an hour; the end is decided on from 186 to 192, but at 189 the staff knows better
    assert [(at(s), s.severity) for s in of(log, SeverityKnown, knower="command")] == [
        (29, 3),
        (125, 0),
        (189, 3),
        (305, 0),
    ]
    assert [at(c) for c in of(log, CaseOpened) if c.kind == "stand_down"] == [185, 365]
    assert [at(r) for r in of(log, LevelStoodDown)] == [372]


def test_people_are_back_in_the_line_when_the_level_ends_and_what_waited_for_them_is_asked_anew(tiny):
    log = tiny.play(
        vocabulary={"seats": {"chief": {"does": ["lead_staff", "receive_alarm"]}, "picture": {"does": ["write"]}}},
        organisation={
            "people": {"leaders": {"count": 1, "works": "always"}, "officers": {"count": 1}},
            "functions": {"officer": {"does": ABLE}},
        },
        levels=[{**LEVEL, "stands_down_when": QUIET}],
        staff=STAFF,
        injects=[
            GRAVE,
            inject("E2", "2 h", asks_for="talk", to="staff", facts=["over"]),
            inject("E3", "4 h", asks_for="talk"),
        ],
        procedures=TALK,
    )
    assert at(one(log, LevelStoodDown)) == 192
    assert one(log, TaskStarted, task="E3/talk").station == "officer"
    assert at(one(log, TaskFinished, task="E3/talk")) == 245


@pytest.mark.parametrize(("called", "hears"), [(None, 14 * 60), ("5 h", 5 * 60 + 4), ("15 h", 14 * 60)])
def test_whoever_is_asleep_when_a_level_ends_hears_why_when_they_are_there(tiny, called, hears):
    """The helper alerted in the evening; nobody wakes them to say that it is over, and they do not assess it anew."""
    organisation = _organisation(
        other=person("office", "helper", "helpers", does=["alert", "advise", "assess_severity"], reports_to="chief")
    )
    organisation["people"]["helpers"] = {"count": 1, "works": "office_hours"}
    log = _play(
        tiny,
        [
            GRAVE,
            inject("E2", "2 h", asks_for="talk", to="staff", facts=["over"]),
            *([inject("E3", called, asks_for="advise", to="first_call(care)")] if called else []),
        ],
        levels=[{**LEVEL, "via": "other", "stands_down_when": QUIET}],
        organisation={**organisation, "first_call": {"default": "officer", "care": "other"}},
        vocabulary={"seats": {"chief": {"does": ["lead_staff", "receive_alarm"]}}},
        scenario={"start": "2026-01-20T18:00", "horizon": "17 h"},
        procedures={"advise": [task("advise", "5 min", needs="advise")]},
    )
    assert one(log, TaskStarted, task="level:command:1/alert").person == "helpers#1"
    assert at(one(log, LevelStoodDown)) < 4 * 60
    assert [at(f) for f in of(log, FactLearned, fact="over", knower="other")] == [hears]
    assert len(of(log, LevelRecommended)) == 1


def test_knowing_is_what_moves_a_level_and_not_the_world(tiny):
    log = tiny.play(
        organisation=_organisation(),
        levels=[LEVEL],
        staff=STAFF,
        scenario={
            "services": {"power": {}},
            "events": [{"id": "dark", "at": "0 min", "sets": {"power": 0}}],
        },
        injects=[inject("E1", asks_for="talk")],
        procedures=TALK,
    )
    assert [c.kind for c in of(log, CaseOpened)] == ["inject"]
    assert of(log, FactLearned) == []


# two staffs with the same people, calling off, and what waits for a level

BOTH = {**LEVEL, "recommended_when": {"known_severity": 3}}
LOWER = {**LEVEL, "id": "watch", "title": "Bevakning", "recommended_when": {"known_severity": 1}}
OVER = {"stands_down_when": {"known_severity_below": 2, "for": "10 min"}}
CHOOSE = {
    "choose": [task("talk", "1 min"), task("choose", "5 min", needs="decide(small)", after=["talk"])],
}


def _seated(works="always", count=1, **more):
    return {
        "people": {
            "leaders": {"count": count, "works": works},
            "pics": {"count": count, "works": works},
            "officers": {"count": 3},
        },
        "functions": {"officer": {"does": ["receive_alarm", "verify_situation", "assess_severity", "alert"]}, **more},
    }


def _called(tiny, injects, levels, organisation, procedures=TALK, **more):
    return tiny.play(
        organisation=organisation,
        levels=levels,
        staff={"chief": ["leaders"], "picture": ["pics"]},
        injects=injects,
        procedures={**TALK, **procedures},
        **more,
    )


def test_those_in_a_lower_staff_go_over_to_the_higher_one(tiny):
    log = _called(
        tiny,
        [inject("E1", asks_for="talk", facts=["minor"]), inject("E2", "1 h", asks_for="talk", facts=["grave"])],
        [LOWER, BOTH],
        _seated(),
    )
    assert [(r.level, at(r)) for r in of(log, LevelActivated)] == [("watch", 29), ("command", 89)]
    assert [(r.level, at(r)) for r in of(log, LevelStoodDown)] == [("watch", 89)]
    assert [(r.seat, r.person) for r in of(log, SeatFilled, level="command")] == [
        ("chief", "leaders#1"),
        ("picture", "pics#1"),
    ]


def test_a_lower_staff_that_still_gathers_is_called_off_by_the_higher_one(tiny):
    organisation = _seated()
    far = {"chance": 1, "delay": "1 min", "arrives": "2 h"}
    organisation["people"]["pics"] = {"count": 1, "works": "never", "reached": far}
    log = _called(
        tiny,
        [inject("E1", asks_for="talk", facts=["minor"]), inject("E2", "15 min", asks_for="talk", facts=["grave"])],
        [
            {**LOWER, "staffs": {"picture": 1}, "active_when": {"seats": 1}},
            {**BOTH, "staffs": {"chief": 1}, "active_when": {"seats": 1}},
        ],
        organisation,
    )
    assert [(r.level, at(r)) for r in of(log, LevelActivated)] == [("command", 44)]
    assert [(r.level, at(r)) for r in of(log, LevelStoodDown)] == [("watch", 44)]
    assert [r.level for r in of(log, SeatFilled)] == ["command"]


def test_those_who_are_called_off_turn_back(tiny):
    log = _called(
        tiny,
        [GRAVE, inject("E2", "22 min", asks_for="talk", facts=["over"], to="role(executive)")],
        [{**LEVEL, **OVER}],
        _seated("never", chief={"does": ["lead_staff", "receive_alarm"]}),
    )
    assert at(one(log, LevelStoodDown)) == 27
    assert [at(r) for r in of(log, PersonReached)] == [23, 23]
    assert of(log, PersonArrived) == []
    assert of(log, SeatFilled) == []


@pytest.mark.parametrize(
    ("over", "to", "asked"), [("17 min", "role(executive)", 1), ("1 min", "first_call(default)", 2)]
)
def test_a_question_that_waits_for_a_level_is_not_lost_with_it(tiny, over, to, asked):
    """Grave news is taken back, once after the decision and once before the recommendation."""
    log = _called(
        tiny,
        [
            GRAVE,
            inject("E2", "11 min" if asked == 1 else "5 min", asks_for="choose"),
            inject("E3", over, asks_for="talk", facts=["over"], to=to),
        ],
        [{**LEVEL, **OVER, "grants": {"chief": ["small"]}}],
        _seated(chief={"does": ["lead_staff", "receive_alarm"], "decides": ["large"]}),
        CHOOSE,
    )
    assert one(log, LevelRecommended).case == f"level:command:{asked}"
    decided = one(log, TaskFinished, task="E2/choose")
    assert (decided.station, decided.outcome, at(decided)) == ("command.chief", "done", 35)


def test_another_who_may_assess_recommends_when_the_first_has_let_it_be(tiny):
    organisation = _seated(helper=person("depot", "helper", "helpers", does=["assess_severity", "receive_alarm"]))
    organisation["people"]["helpers"] = {"count": 1, "works": "always"}
    log = _called(
        tiny,
        [
            GRAVE,
            inject("E2", "1 min", asks_for="talk", facts=["worse"], to="role(helper)"),
            inject("E3", "1 min", asks_for="talk", facts=["over"]),
        ],
        [LEVEL],
        organisation,
        scenario={"facts": {"worse": {"title": "Värre", "severity": 3, "kind": "care"}}},
    )
    assert [(c.case, c.outcome) for c in of(log, CaseClosed) if c.case.startswith("level")] == [
        ("level:command:1", "cancelled"),
        ("level:command:2", "done"),
    ]
    assert [(at(r), r.station) for r in of(log, LevelRecommended)] == [(15, "helper")]


def test_a_level_that_nobody_can_call_out_is_blocked_and_may_be_recommended_again(tiny):
    organisation = _seated()
    organisation["functions"]["officer"]["does"].remove("alert")
    log = _called(
        tiny,
        [GRAVE, inject("E2", "1 h", asks_for="talk", facts=["worse"])],
        [LEVEL],
        organisation,
        scenario={"facts": {"worse": {"title": "Värre", "severity": 3, "kind": "care"}}},
    )
    assert [(c.case, at(c), c.outcome) for c in of(log, CaseClosed) if c.case.startswith("level")] == [
        ("level:command:1", 14, "blocked"),
        ("level:command:2", 74, "blocked"),
    ]


def test_a_call_out_under_way_from_a_seat_that_is_no_more_is_broken_off(tiny):
    organisation = _seated(
        officer={"does": ["receive_alarm", "verify_situation", "assess_severity"]},
        analyst=person("depot", "expert", "pics", does=["alert", "advise"]),
        boss=person("depot", "board", "bosses", does=["receive_alarm"]),
    )
    organisation["people"]["bosses"] = {"count": 1, "works": "always"}
    log = _called(
        tiny,
        [
            inject("E1", asks_for="talk", facts=["minor"]),
            inject("E2", "130 min", asks_for="talk", facts=["grave"]),
            inject("E3", "150 min", asks_for="lead", facts=["over"], to="staff"),
            inject("E4", "185 min", asks_for="talk", facts=["over"], to="role(board)"),
        ],
        [
            {**LOWER, "stands_down_when": {"known_severity_below": 1, "for": "1 min"}},
            {**LEVEL, "staffs": {"chief": 1}, "active_when": {"seats": 1}, "decided_by": "boss"},
        ],
        organisation,
        {"lead": [task("lead", "5 min", needs="lead_staff")]},
        vocabulary={"seats": {"picture": {"does": ["verify_situation", "write", "alert"]}}},
        assumptions={"alert": "90 min"},
    )
    # the seat of the lower staff begins the call-out at 145; that staff ends at 163, the need at 190
    call_out = "level:command:1/alert"
    assert one(log, TaskStarted, task=call_out).station == "watch.picture"
    assert [(r.level, at(r)) for r in of(log, LevelStoodDown)] == [("watch", 163), ("command", 190)]
    assert [(at(f), f.outcome) for f in of(log, TaskFinished, task=call_out)] == [(190, "cancelled")]
    assert [(w.since / 60_000, at(w)) for w in of(log, Worked, task=call_out, activity="work")] == [(145, 190)]


def test_what_is_learnt_between_recommending_and_deciding_is_told_with_the_rest(tiny):
    organisation = _seated(chief={"does": ["lead_staff", "advise"]})
    organisation["functions"]["officer"]["informs"] = [{"function": "chief", "from_severity": 1}]
    log = _called(
        tiny,
        [
            GRAVE,
            inject("E2", "6 min", asks_for="ask", to="role(executive)"),
            inject("E3", "20 min", asks_for="talk", facts=["more"]),
        ],
        [LEVEL],
        organisation,
        {"ask": [task("ask", "2 h", needs="advise")]},
        scenario={"facts": {"more": {"title": "Mer", "severity": 3, "kind": "care"}}},
    )
    assert [(f.fact, at(f)) for f in of(log, FactLearned, knower="chief")] == [("grave", 126), ("more", 126)]
    assert of(log, CaseOpened, kind="report") == []


def test_a_staff_that_is_called_off_while_it_gathers_does_not_open_a_case_of_its_own(tiny):
    """One of two has sat down, knows what is grave and may assess; then the staff is called off, and the seat empty."""
    seated = _seated(chief={"does": ["lead_staff", "receive_alarm"]})
    seated["people"]["pics"] = {"count": 1, "works": "never"}
    log = tiny.play(
        organisation=seated,
        levels=[{**LEVEL, **OVER}],
        staff={"chief": ["officers"], "picture": ["pics"]},
        injects=[
            GRAVE,
            inject("E2", "30 min", asks_for="talk", facts=["over"], to="role(executive)"),
            inject("E3", "3 h", asks_for="talk", facts=["again"]),
        ],
        procedures=TALK,
        vocabulary={"seats": {"chief": {"does": ["lead_staff", "assess_severity"]}}},
        scenario={"facts": {"again": {"title": "Något nytt och allvarligt", "severity": 3, "kind": "power"}}},
    )
    assert next((at(r), r.seat) for r in of(log, SeatFilled)) == (29, "chief")
    assert at(of(log, LevelStoodDown)[0]) == 35
    # Nothing stands in the way of the next time.
    assert [at(r) for r in of(log, LevelRecommended)][-1] == 190
    assert [at(r) > 190 for r in of(log, LevelActivated)] == [True]
