"""The ladder: recommended, decided, alerted, gathered, active, stood down."""

from ovning.log.records import (
    CaseClosed,
    CaseOpened,
    FactLearned,
    LevelActivated,
    LevelAlerted,
    LevelDecided,
    LevelRecommended,
    LevelStoodDown,
    SeatFilled,
    SeverityKnown,
    TaskFinished,
    TaskStarted,
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
