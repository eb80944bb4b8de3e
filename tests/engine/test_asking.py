"""Who is asked, in which order, and who gets it."""

import pytest

from ovning.log.records import (
    CaseClosed,
    HandedOver,
    InjectReceived,
    InjectSent,
    StationAsked,
    TaskFinished,
    TaskStarted,
    Waited,
    Worked,
)
from tests.tiny import LEVEL, at, inject, of, one, person, task

TALK = {"talk": [task("talk", "5 min")], "long": [task("talk", "1 h")], "half": [task("talk", "30 min")]}


def _with_deputy(**more):
    return {
        "people": {"helpers": {"count": 1, "works": "always"}},
        "functions": {
            "officer": {"deputies": [{"function": "helper", **more}]},
            "helper": person("office", "helper", "helpers"),
        },
    }


def _asked(log, name):
    return [(at(a), a.station, a.why) for a in of(log, StationAsked, task=name)]


def _began(log, name):
    start = one(log, TaskStarted, task=name)
    return at(start), start.station


def test_a_deputy_is_asked_when_patience_is_over_and_stands_in_with_every_capability(tiny):
    log = tiny.play(
        organisation=_with_deputy(),
        injects=[
            inject("E1", asks_for="long", to="role(duty)"),
            inject("E2", "1 min", asks_for="talk", to="role(duty)"),
        ],
        procedures=TALK,
    )
    assert _asked(log, "E2/talk") == [(1, "officer", "first"), (11, "helper", "deputy")]
    assert _began(log, "E2/talk") == (11, "helper")
    assert [(w.cause, w.station) for w in of(log, Waited, task="E2/talk")] == [("queue", "officer")]


def test_a_station_where_nobody_can_be_reached_is_not_waited_for(tiny):
    organisation = _with_deputy()
    organisation["people"]["officers"] = {"count": 0}
    organisation["functions"]["officer"]["on_call"] = {"count": 1, "reached": {"chance": 1, "delay": "1 min"}}
    log = tiny.play(
        organisation=organisation, injects=[inject("E1", asks_for="talk", to="role(duty)")], procedures=TALK
    )
    assert _asked(log, "E1/talk") == [(0, "officer", "first"), (0, "helper", "deputy")]
    assert _began(log, "E1/talk") == (0, "helper")


def test_a_function_may_be_waited_for_longer_or_shorter(tiny):
    for patience in (3, 25):
        organisation = _with_deputy()
        organisation["functions"]["officer"]["patience"] = f"{patience} min"
        log = tiny.play(
            organisation=organisation,
            injects=[inject("E1", asks_for="long", to="role(duty)"), inject("E2", asks_for="talk", to="role(duty)")],
            procedures=TALK,
        )
        assert _began(log, "E2/talk") == (patience, "helper")


def test_a_deputy_does_not_take_over_what_is_without(tiny):
    log = tiny.play(
        organisation=_with_deputy(without=["receive_alarm"]),
        injects=[
            inject("E1", asks_for="long", to="role(duty)"),
            inject("E2", "1 min", asks_for="talk", to="role(duty)"),
        ],
        procedures=TALK,
    )
    assert _asked(log, "E2/talk") == [(1, "officer", "first")]
    assert _began(log, "E2/talk") == (60, "officer")


def test_a_request_stands_in_every_queue_and_the_first_to_become_free_takes_it(tiny):
    for first, officer_free, helper_free in (("helper", 60, 40), ("officer", 30, 45)):
        organisation = _with_deputy()
        organisation["functions"]["helper"]["does"] = ["receive_alarm"]
        log = tiny.play(
            organisation=organisation,
            injects=[
                inject("E1", asks_for="officers", to="role(duty)"),
                inject("E2", asks_for="helpers", to="role(helper)"),
                inject("E3", "1 min", asks_for="talk", to="role(duty)"),
            ],
            procedures={
                **TALK,
                "officers": [task("talk", f"{officer_free} min")],
                "helpers": [task("talk", f"{helper_free} min")],
            },
        )
        assert {a.station for a in of(log, StationAsked, task="E3/talk")} == {"officer", "helper"}
        assert _began(log, "E3/talk") == (min(officer_free, helper_free), first)


def test_work_goes_to_a_named_role_else_to_who_has_the_case_else_up_the_line_else_by_id(tiny):
    helpers = {"people": {"helpers": {"count": 1, "works": "always"}, "experts": {"count": 1, "works": "always"}}}

    def taker(can, **more):
        functions = {
            "able": person("depot", "helper", "helpers", does=["advise"] if "able" in can else []),
            "expert": person("depot", "expert", "experts", does=["advise"] if "expert" in can else []),
            "officer": {"does": ["receive_alarm", *(["advise"] if "officer" in can else [])]},
            "chief": {"does": ["lead_staff", *(["advise"] if "chief" in can else [])]},
        }
        log = tiny.play(
            organisation={**helpers, "functions": functions},
            injects=[inject("E1", asks_for="think")],
            procedures={"think": [task("talk", "5 min"), task("think", needs="advise", after=["talk"], **more)]},
        )
        return one(log, TaskFinished, task="E1/think").station

    everybody = {"officer", "chief", "expert", "able"}
    assert taker(everybody, by="expert") == "expert"
    assert taker(everybody) == "officer"
    assert taker(everybody - {"officer"}) == "chief"
    assert taker({"able", "expert"}) == "able"
    assert taker(everybody - {"expert"}, by="expert") == "officer"


def test_nobody_outside_rings_an_expert_at_home(tiny):
    organisation = {
        "people": {"experts": {"count": 1, "works": "office_hours"}},
        "functions": {"expert": person("depot", "expert", "experts", does=["receive_alarm", "advise"])},
    }
    reached = {}
    for start in ("2026-01-20T10:00", "2026-01-20T03:50"):
        log = tiny.play(
            organisation=organisation,
            scenario={"start": start},
            injects=[inject("E1", to="role(expert)", asks_for="think")],
            procedures={"think": [task("talk", "5 min"), task("think", needs="advise", after=["talk"])]},
        )
        reached[start[-5:]] = (one(log, InjectSent).to, one(log, InjectReceived).station)
        assert one(log, TaskFinished, task="E1/think").station == "expert"
    assert reached == {"10:00": (("expert",), "expert"), "03:50": (("officer",), "officer")}


def test_an_expert_on_call_is_reached_by_night(tiny):
    log = tiny.play(
        organisation={
            "people": {"experts": {"count": 1, "works": "office_hours"}},
            "functions": {
                "expert": person(
                    "depot",
                    "expert",
                    "experts",
                    does=["receive_alarm"],
                    on_call={"count": 1, "reached": {"chance": 1, "delay": "3 min"}},
                )
            },
        },
        scenario={"start": "2026-01-20T03:50"},
        injects=[inject("E1", to="role(expert)", asks_for="talk")],
        procedures=TALK,
    )
    received = one(log, InjectReceived)
    assert (at(received), received.station) == (3, "expert")


def test_first_calls_go_to_the_number_for_the_kind_of_event_then_to_what_is_declared_else(tiny):
    organisation = {
        "people": {"carers": {"count": 1, "works": "always"}, "operators": {"count": 1, "works": "always"}},
        "functions": {
            "carer": person("depot", "helper", "carers", does=["receive_alarm"]),
            "operator": person("office", "board", "operators", does=["receive_alarm"]),
        },
        "first_call": {"default": "officer", "care": "carer", "else": ["operator"]},
    }
    log = tiny.play(
        organisation=organisation,
        injects=[
            inject("E1", asks_for="long", to="first_call(care)"),
            inject("E2", asks_for="talk", to="first_call(power)"),
            inject("E3", asks_for="talk", to="first_call(care)"),
        ],
        procedures=TALK,
    )
    assert _began(log, "E1/talk") == (0, "carer")
    assert _began(log, "E2/talk") == (0, "officer")
    assert _asked(log, "E3/talk") == [(0, "carer", "first"), (10, "operator", "else")]
    assert _began(log, "E3/talk") == (10, "operator")


def test_somebody_outside_knows_of_no_deputies(tiny):
    log = tiny.play(
        organisation=_with_deputy(),
        injects=[inject("E1", asks_for="long"), inject("E2", asks_for="talk")],
        procedures=TALK,
    )
    assert _asked(log, "E2/talk") == [(0, "officer", "first")]
    assert _began(log, "E2/talk") == (60, "officer")


def test_whoever_must_pass_on_does_it_as_work_of_their_own_and_the_next_caller_waits(tiny):
    log = tiny.play(
        assumptions={"pass_on": "3 min"},
        organisation={
            "people": {"experts": {"count": 1, "works": "always"}},
            "functions": {"expert": person("depot", "expert", "experts", does=["advise"])},
        },
        injects=[inject("E1", asks_for="think"), inject("E2", "6 min", asks_for="talk")],
        procedures={**TALK, "think": [task("talk", "5 min"), task("think", needs="advise", after=["talk"])]},
    )
    passing = one(log, Worked, activity="pass_on")
    assert (passing.since / 60_000, at(passing), passing.person, passing.task) == (5, 8, "officers#1", "E1/think")
    handed = one(log, HandedOver)
    assert (handed.sender, handed.receiver) == ("officer", "expert")
    assert _began(log, "E1/think") == (8, "expert")
    assert _began(log, "E2/talk") == (8, "officer")
    assert [(w.cause, w.detail) for w in of(log, Waited, task="E1/think")] == [("transmission", "")]


def test_somebody_with_both_hats_need_not_tell_themselves(tiny):
    log = tiny.play(
        organisation={"functions": {"expert": person("depot", "expert", "officers", does=["advise"])}},
        injects=[inject("E1", asks_for="think")],
        procedures={"think": [task("talk", "5 min"), task("think", needs="advise", after=["talk"])]},
    )
    assert of(log, HandedOver) == []
    assert of(log, Worked, activity="pass_on") == []
    assert _began(log, "E1/think") == (5, "expert")


def _with_rota(people):
    """An expert answers; whoever is on call this week is the only one who writes."""
    return {
        "people": {"experts": {"count": 1, "works": "always"}},
        "functions": {
            "officer": {"does": []},
            "expert": person("office", "expert", "experts", does=["receive_alarm"], reports_to="chief"),
            "rota": person(
                "office",
                "duty",
                people,
                does=["write"],
                on_call={"count": 1, "round_the_clock": True, "reached": {"chance": 1, "delay": "1 min"}},
            ),
        },
        "first_call": {"default": "expert"},
    }


@pytest.mark.parametrize(
    ("people", "on_call"), [(["experts", "officers"], "experts#1"), (["officers", "experts"], "officers#1")]
)
def test_somebody_with_both_hats_tells_whoever_is_on_call_if_it_is_another(tiny, people, on_call):
    log = tiny.play(
        organisation=_with_rota(people),
        injects=[inject("E1", asks_for="note")],
        procedures={"note": [task("talk", "5 min"), task("note", needs="write", after=["talk"])]},
    )
    assert one(log, TaskStarted, task="E1/talk").person == "experts#1"
    started = one(log, TaskStarted, task="E1/note")
    assert started.person == on_call
    passed = [(w.person, w.since / 60_000, at(w)) for w in of(log, Worked, activity="pass_on")]
    assert passed == ([] if on_call == "experts#1" else [("experts#1", 5, 6)])
    assert len(of(log, HandedOver)) == len(passed)
    assert at(started) == 5 + len(passed)


@pytest.mark.parametrize("colleague", [False, True])
def test_somebody_with_both_hats_tells_whoever_is_there_of_what_they_cannot_do_from_home(tiny, colleague):
    log = tiny.play(
        organisation={
            "people": {"officers": {"works": "never"}, "helpers": {"count": 1, "works": "always"}},
            "functions": {
                "officer": {"on_call": {"count": 1, "reached": {"chance": 1, "delay": "4 min", "arrives": "30 min"}}},
                "expert": person(
                    "office", "expert", ["officers", *(["helpers"] if colleague else [])], does=["advise"]
                ),
            },
        },
        levels=[{**LEVEL, "staffs": {}, "active_when": {"seats": 0}}],
        injects=[inject("E1", asks_for="think")],
        procedures={
            "think": [task("talk", "5 min"), task("think", needs="advise", mode="desk", after=["talk"])],
        },
    )
    assert one(log, TaskStarted, task="E1/talk").person == "officers#1"
    assert [(w.person, at(w)) for w in of(log, Worked, activity="pass_on")] == (
        [("officers#1", 10)] if colleague else []
    )
    assert [t.person for t in of(log, TaskStarted, task="E1/think")] == (["helpers#1"] if colleague else [])


def test_what_somebody_with_both_hats_tells_nobody_is_theirs(tiny):
    log = tiny.play(
        organisation={
            "people": {"helpers": {"count": 1, "works": "always"}},
            "functions": {"expert": person("office", "expert", ["helpers", "officers"], does=["advise"])},
        },
        injects=[inject("E1", asks_for="think"), inject("E2", "4 min", asks_for="talk")],
        procedures={**TALK, "think": [task("talk", "5 min"), task("think", needs="advise", after=["talk"])]},
    )
    assert of(log, HandedOver) == []
    assert {t.task: (at(t), t.person) for t in of(log, TaskStarted)} == {
        "E1/talk": (0, "officers#1"),
        "E2/talk": (5, "officers#1"),
        "E1/think": (10, "officers#1"),
    }


def test_who_is_too_long_on_the_way_to_their_own_next_step_passes_it_on_by_a_call(tiny):
    log = tiny.play(
        organisation={
            "people": {"officers": {"works": "never"}, "helpers": {"count": 1, "works": "always"}},
            "functions": {
                "officer": {"on_call": {"count": 1, "reached": {"chance": 1, "delay": "4 min", "arrives": "30 min"}}},
                "helper": person("office", "helper", "helpers", does=["drive"]),
            },
        },
        injects=[inject("E1", asks_for="go")],
        procedures={"go": [task("talk", "5 min"), task("go", needs="drive", mode="field", after=["talk"])]},
    )
    # answers at 4, sets out at 9 and would be there at 39; patience ends at 19
    passing = one(log, Worked, activity="pass_on")
    assert (passing.person, passing.since / 60_000, at(passing)) == ("officers#1", 19, 20)
    assert _asked(log, "E1/go") == [(9, "officer", "first"), (19, "officer", "first"), (20, "helper", "line")]
    assert _began(log, "E1/go") == (20, "helper")


def test_who_is_free_before_they_have_passed_it_on_does_it_themselves(tiny):
    log = tiny.play(
        organisation={
            "people": {"helpers": {"count": 1, "works": "always"}},
            "functions": {"helper": person("office", "helper", "helpers", does=["write"])},
        },
        injects=[inject("E1", asks_for="note"), inject("E2", "1 min", asks_for="half")],
        procedures={
            "note": [task("talk", "5 min"), task("note", "5 min", needs="write", mode="desk", after=["talk"])],
            **TALK,
        },
    )
    # on the telephone from 5 to 35; patience ends at 15, but nobody else can tell the helper of it
    assert _began(log, "E1/note") == (35, "officer")
    assert of(log, Worked, activity="pass_on") == []
    assert "helper" not in {station for _, station, _ in _asked(log, "E1/note")}


def test_what_nobody_can_ever_do_ends_blocked_and_nothing_follows_it(tiny):
    log = tiny.play(
        injects=[inject("E1", asks_for="think")],
        procedures={
            "think": [
                task("talk", "5 min"),
                task("think", needs="advise", after=["talk"]),
                task("note", after=["think"]),
            ]
        },
    )
    blocked = one(log, TaskFinished, task="E1/think")
    assert (at(blocked), blocked.outcome, blocked.station) == (5, "blocked", None)
    assert of(log, TaskFinished, task="E1/note") == []
    assert [r.outcome for r in log if type(r).__name__ == "CaseClosed"] == ["blocked"]


def test_nobody_stands_in_for_what_the_other_could_not_do_themselves(tiny):
    organisation = _with_deputy()
    organisation["people"]["experts"] = {"count": 1, "works": "always"}
    organisation["functions"]["special"] = person("depot", "expert", "experts", does=["advise"])
    log = tiny.play(
        organisation=organisation,
        injects=[inject("E1", asks_for="think")],
        procedures={"think": [task("think", needs="advise")]},
    )
    # the number that everybody knows cannot; it passes the case on to somebody who can
    assert _began(log, "E1/think") == (1, "special")


def test_a_case_is_closed_when_everything_that_follows_is_done_though_some_of_it_is_blocked_at_once(tiny):
    log = tiny.play(
        injects=[inject("E1", asks_for="two")],
        procedures={
            "two": [
                task("talk", "5 min"),
                task("think", needs="advise", after=["talk"]),
                task("note", "5 min", needs="write", mode="desk", after=["talk"]),
            ]
        },
    )
    assert [(at(f), f.task, f.outcome) for f in of(log, TaskFinished)] == [
        (5, "E1/talk", "done"),
        (5, "E1/think", "blocked"),
        (10, "E1/note", "done"),
    ]
    assert [(at(c), c.outcome) for c in of(log, CaseClosed)] == [(10, "blocked")]


@pytest.mark.parametrize("minutes", [0, 10])
def test_no_patience_at_all_is_no_reason_to_ask_for_ever_during_a_meeting(tiny, minutes):
    log = tiny.play(
        organisation={
            "people": {
                "leaders": {"count": 1, "works": "always"},
                "pics": {"count": 1, "works": "always"},
                "helpers": {"count": 1, "works": "always"},
            },
            "functions": {
                "officer": {"does": ["receive_alarm", "assess_severity", "alert"]},
                "helper": person("depot", "helper", "helpers", does=["drive"]),
                "analyst": person(
                    "depot",
                    "expert",
                    "pics",
                    does=["advise"],
                    patience=f"{minutes} min",
                    deputies=[{"function": "helper"}],
                ),
            },
        },
        levels=[{**LEVEL, "rhythm": {"meeting_every": "2 h", "item": "3 min"}}],
        staff={"chief": ["leaders"], "picture": ["pics"]},
        injects=[inject("E1", asks_for="talk", facts=["grave"]), inject("E2", "30 min", asks_for="ask")],
        procedures={**TALK, "ask": [task("ask", "10 min", needs="advise", mode="desk")]},
    )
    # the meeting lasts from 29 to 40, and whoever sits in one is waited for
    started = one(log, TaskStarted, task="E2/ask")
    assert (at(started), started.station) == (40, "analyst")
