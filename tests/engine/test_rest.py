"""Duty and rest outside staffs, worked out by hand: who is worn out when, who answers instead, what stands empty.

Minutes from STARTEX. ``works_at_most`` is 16 h, ``daily_rest`` 11 h, ``duty_ends_after`` 5 h.
"""

import pytest

from ovning.log.records import (
    ContactAttempted,
    FunctionEmptied,
    FunctionManned,
    InjectSent,
    OrdinaryHoursCounted,
    PersonReached,
    RestBegan,
    RestEnded,
    SeatFilled,
    TaskFinished,
    TaskStarted,
    Waited,
)
from ovning.measures.strain import rules_of, strain
from tests.tiny import LEVEL, at, inject, of, one, person, task

PROCEDURES = {
    "talk": [task("talk", "5 min")],
    "drive": [task("drive", "3 h", needs="drive", mode="field")],
}
REACHED = {"chance": 1, "delay": "4 min", "arrives": "30 min"}
ON_CALL = {"on_call": {"count": 1, "reached": REACHED}}


def _watch(tiny, every, times, count=2, works="never_at_work", function=ON_CALL, start="2026-01-20T18:00", **more):
    """Somebody on call is told something again and again."""
    return tiny.play(
        assumptions={
            "calendars": {"never_at_work": {"begin": "08:00", "end": "08:01", "days": ["sun"]}},
            **more.pop("assumptions", {}),
        },
        organisation={
            "people": {"officers": {"count": count, "works": works}, **more.pop("people", {})},
            "functions": {"officer": function, **more.pop("functions", {})},
        },
        scenario={"start": start, "horizon": more.pop("horizon", "40 h")},
        injects=more.pop("injects", [inject("E1", asks_for="talk", repeat={"every": every, "times": times})]),
        procedures=PROCEDURES,
        **more,
    )


def rests(log):
    return [(at(r), r.person, r.until / 60_000, r.why) for r in of(log, RestBegan)]


def test_whoever_is_on_call_all_night_is_worn_out_and_the_next_in_the_rota_answers(tiny):
    log = _watch(tiny, "1 h", 30)
    first = one(of(log, PersonReached)[:1], PersonReached).person
    other = ({"officers#1", "officers#2"} - {first}).pop()
    # on duty since 4, so for 16 h at 964, in the middle of a call from 960 to 965
    assert rests(log)[0] == (965, first, 1625, "worn_out")
    doers = {(at(s) > 965, s.person) for s in of(log, TaskStarted) if at(s) < 1625}
    assert doers == {(False, first), (True, other)}
    # called at 1020 and not before: nobody was needed
    assert [at(c) for c in of(log, ContactAttempted, person=other)][:1] == [1020]


def test_with_nobody_else_in_the_rota_it_waits_until_they_have_rested(tiny):
    log = _watch(tiny, "1 h", 30, count=1)
    assert rests(log)[0] == (965, "officers#1", 1625, "worn_out")
    assert [at(c) for c in of(log, ContactAttempted) if 965 < at(c) < 1625] == []
    waits = of(log, Waited, task="E1+18/talk")
    assert {w.cause for w in waits} == {"unavailable"}
    assert at(one(log, TaskStarted, task="E1+18/talk")) >= 1625


def test_what_is_in_hand_is_finished_before_anybody_goes_to_rest(tiny):
    injects = [
        inject("E1", asks_for="talk", repeat={"every": "2 h", "times": 8}),
        inject("E2", "15 h", asks_for="drive"),
    ]
    log = _watch(tiny, "", 0, injects=injects)
    driven = one(log, TaskFinished, task="E2/drive")
    assert 1080 < at(driven) < 1120
    assert rests(log)[0][0] == at(driven)


def test_five_hours_off_are_a_new_duty(tiny):
    """Told every six hours: each time a new duty, and nobody is ever worn out. Every four: one long duty."""
    assert rests(_watch(tiny, "6 h", 6)) == []
    assert rests(_watch(tiny, "4 h", 10))[0][3] == "worn_out"


def test_a_duty_counts_from_the_beginning_of_the_ordinary_day_in_which_it_falls(tiny):
    """At work since 08:00; told every hour from 16:00 on: worn out at 24:00, not at 08:00."""
    log = _watch(tiny, "1 h", 20, works="office_hours", start="2026-01-20T16:00", count=1)
    assert of(log, OrdinaryHoursCounted)[0] == OrdinaryHoursCounted(0, "officers#1", -480 * 60_000, 60 * 60_000)
    begun, who, until, why = rests(log)[0]
    assert (begun, who, until, why) == (480, "officers#1", 480 + 660, "worn_out")


def test_the_evening_before_counts_if_there_were_fewer_than_five_hours_between(tiny):
    """Off at 17:00, told at 21:00: still the duty of the morning. Told at 22:30: a new one."""
    for minute, worn in (("5 h", True), ("6 h 30 min", False)):
        injects = [inject("E1", minute, asks_for="talk", repeat={"every": "1 h", "times": 14})]
        log = _watch(
            tiny, "", 0, works="office_hours", start="2026-01-20T16:00", count=1, injects=injects, horizon="12 h"
        )
        assert bool(of(log, OrdinaryHoursCounted)) == worn
        # at 24:00 = 480, in the middle of nothing: the calls are at 304, 360, 420, 480 …
        assert [r[0] for r in rests(log)] == ([480] if worn else [])


def test_a_rest_in_office_hours_empties_the_function_and_the_next_morning_it_is_manned(tiny):
    """Awake all night: worn out at 09:34, and gone until 20:34; nobody else of the function is at work."""
    log = _watch(
        tiny,
        "1 h",
        16,
        works="office_hours",
        count=1,
        function={},
        start="2026-01-20T17:30",
        assumptions={"stays_awake": "3 h"},
        horizon="48 h",
    )
    assert len(rests(log)) == 1
    begun, _, until, _ = rests(log)[0]
    empty = [(at(r), type(r).__name__) for r in log if isinstance(r, FunctionEmptied | FunctionManned)]
    # from 08:00 (870) or from when the rest began, to the end of office hours (17:00 = 1410) or of the rest
    assert empty == [
        (max(870, begun), "FunctionEmptied"),
        (min(1410, until), "FunctionManned"),
    ]


@pytest.mark.parametrize("more", [{"works": "always"}, {"works": "office_hours", "posts": True}, {"works": "never"}])
def test_posts_and_elected_members_never_tire(tiny, more):
    log = tiny.play(
        organisation={
            "people": {"officers": {"count": 1, "reached": REACHED, **more}},
            "functions": {"officer": {"on_call": {"count": 1, "reached": REACHED}}},
        },
        scenario={"start": "2026-01-20T08:00", "horizon": "40 h"},
        injects=[inject("E1", asks_for="talk", repeat={"every": "30 min", "times": 70})],
        procedures=PROCEDURES,
    )
    assert len(of(log, TaskFinished)) == 70
    assert of(log, RestBegan) == []
    assert of(log, OrdinaryHoursCounted) == []


def test_a_condition_on_how_long_people_have_been_on_duty(tiny):
    injects = [
        inject("E1", asks_for="talk", repeat={"every": "1 h", "times": 14}),
        inject("E2", when={"on_duty_for": "8 h"}, text="{worn.8 h} och {worn.1 h} och {worn.9 h}"),
        inject("E3", when={"on_duty_for": "8 h", "persons": 2}),
        inject("E4", "9 h 10 min", text="{worn.9 h}"),
    ]
    log = _watch(tiny, "", 0, injects=injects)
    sent = one(log, InjectSent, inject="E2")
    assert (at(sent), sent.text) == (484, "1 och 1 och 0")
    assert of(log, InjectSent, inject="E3") == []
    assert one(log, InjectSent, inject="E4").text == "1"


def test_whoever_has_been_off_for_long_is_not_on_duty_for_the_condition(tiny):
    injects = [inject("E1", asks_for="talk"), inject("E2", when={"on_duty_for": "8 h"})]
    log = _watch(tiny, "", 0, injects=injects)
    assert of(log, InjectSent, inject="E2") == []


def test_somebody_who_slept_after_a_short_task_is_not_worn_out_at_work_the_next_day(tiny):
    """Told once at 18:00, home and asleep; at ordinary work from 08:00 they are nobody who has been up for 16 h."""
    log = _watch(
        tiny,
        "",
        0,
        works="office_hours",
        count=1,
        injects=[inject("E1", asks_for="talk"), inject("E2", "17 h", asks_for="talk")],
    )
    assert rests(log) == []
    assert at(one(log, TaskStarted, task="E2/talk")) == 1020


def test_a_rest_is_as_long_as_it_is_assumed_to_be(tiny):
    log = _watch(tiny, "1 h", 30, count=1, assumptions={"daily_rest": "8 h", "works_at_most": "10 h"})
    assert rests(log)[0] == (605, "officers#1", 605 + 480, "worn_out")
    assert at(of(log, RestEnded)[0]) == 605 + 480


def test_somebody_called_in_to_the_field_is_worn_out_too(tiny):
    """Four drives of three hours, one after the other: sent home after the sixth hour's end beyond sixteen."""
    log = tiny.play(
        assumptions={
            "calendars": {"never_at_work": {"begin": "08:00", "end": "08:01", "days": ["sun"]}},
        },
        organisation={
            "people": {"helpers": {"count": 1, "works": "never_at_work", "reached": REACHED}},
            "functions": {
                "helper": person("depot", "helper", "helpers", does=["advise", "receive_alarm"], **ON_CALL),
            },
        },
        scenario={"start": "2026-01-20T18:00", "horizon": "40 h"},
        injects=[inject("E1", asks_for="help", to="role(helper)", repeat={"every": "1 min", "times": 7})],
        procedures={"help": [task("talk", "0 min"), task("go", "3 h", needs="advise", mode="field", after=["talk"])]},
    )
    done = [at(f) for f in of(log, TaskFinished) if f.task.endswith("/go")]
    worn = rests(log)[0]
    # called at 0, answers at 4, comes at 34; six drives of 180 are 1080, more than 16 h: home at 34 + 1080
    assert worn == (1114, "helpers#1", 1774, "worn_out")
    assert done[:6] == [34 + 180 * n for n in range(1, 7)]
    assert done[6] > 1774


@pytest.mark.parametrize(
    ("works", "function", "home"),
    [("never_at_work", {}, 815), ("never_at_work", ON_CALL, 1174), ("office_hours", {}, 1175)],
)
def test_only_those_called_in_from_being_off_go_home_sooner(tiny, works, function, home):
    """On duty from 05:34 = 64, driving three hours at a time from 94; ten hours are over at 664, sixteen at 1024.

    An ordinary day within that (08:00 = 210 to 17:00 = 750) makes it sixteen, also when it has ended. With nobody on
    call the officer takes it and passes it on, a minute more.
    """
    log = tiny.play(
        assumptions={
            "calendars": {
                "never_at_work": {"begin": "08:00", "end": "08:01", "days": ["sun"]},
                "office_hours": {"begin": "08:00", "end": "17:00", "days": ["wed"]},
            },
            "called_in_at_most": "10 h",
        },
        organisation={
            "people": {"helpers": {"count": 1, "works": works, "reached": REACHED}},
            "functions": {
                "officer": {"does": ["receive_alarm", "assess_severity"]},
                "helper": person("depot", "helper", "helpers", does=["advise", "drive"], **function),
            },
        },
        levels=[
            {
                "id": "watch",
                "title": "Bevakning",
                "recommended_when": {"known_severity": 3},
                "decided_by": "chief",
                "calls_in": True,
            }
        ],
        scenario={"start": "2026-01-21T04:30", "horizon": "24 h"},
        injects=[
            inject("E1", asks_for="talk", facts=["grave"]),
            inject("E2", "60 min", asks_for="help", to="role(helper)", repeat={"every": "1 min", "times": 7}),
        ],
        procedures={
            **PROCEDURES,
            "help": [
                task("advise", "0 min", needs="advise"),
                task("go", "3 h", needs="advise", mode="field", after=["advise"]),
            ],
        },
    )
    assert rests(log)[0] == (home, "helpers#1", home + 660, "worn_out")


def test_whoever_only_answers_calls_at_home_after_their_day_is_not_worn_out(tiny):
    """Office hours from 08:00, then a call every hour: sixteen hours after eight it is midnight."""
    log = _watch(tiny, "1 h", 14, count=1, works="office_hours", function={}, start="2026-01-20T16:00", horizon="20 h")
    assert one(of(log, OrdinaryHoursCounted)[:1], OrdinaryHoursCounted).begins == -8 * 60 * 60_000
    assert rests(log) == []
    assert any(at(s) > 480 for s in of(log, TaskStarted))  # calls are answered after midnight too


def test_a_function_whose_only_one_on_call_sits_in_a_staff_is_answered_from_there(tiny):
    staffed = {**LEVEL, "staffs": {"chief": 1}, "active_when": {"seats": 1}}
    log = tiny.play(
        organisation={
            "people": {"officers": {"count": 1, "works": "never_at_work"}},
            "functions": {"officer": {**ON_CALL, "does": ["receive_alarm", "assess_severity", "alert"]}},
        },
        assumptions={"calendars": {"never_at_work": {"begin": "08:00", "end": "08:01", "days": ["sun"]}}},
        levels=[staffed],
        staff={"chief": ["officers"]},
        injects=[inject("E1", asks_for="talk", facts=["grave"])],
        procedures=PROCEDURES,
    )
    assert one(log, SeatFilled).person == "officers#1"
    assert of(log, FunctionEmptied) == []


def test_whoever_comes_to_the_end_of_their_duty_on_the_way_to_a_seat_does_not_stay_in_it(tiny):
    """On duty since 4; the alarm is out in time for them to set out before 16 h (964) and to sit down after them."""
    staffed = {**LEVEL, "staffs": {"chief": 1}, "active_when": {"seats": 1}}
    log = tiny.play(
        assumptions={"calendars": {"never_at_work": {"begin": "08:00", "end": "08:01", "days": ["sun"]}}},
        organisation={
            "people": {"helpers": {"count": 1, "works": "never_at_work", "reached": REACHED}},
            "functions": {
                "officer": {"does": ["receive_alarm", "assess_severity", "alert"]},
                "helper": person("depot", "helper", "helpers", does=["advise"], **ON_CALL),
            },
        },
        levels=[staffed],
        staff={"chief": ["helpers"]},
        scenario={"horizon": "30 h"},
        injects=[
            inject("E1", asks_for="advise", repeat={"every": "1 h", "times": 16}),
            inject("E2", "15 h 40 min", asks_for="talk", facts=["grave"]),
        ],
        procedures={**PROCEDURES, "advise": [task("advise", "5 min", needs="advise")]},
    )
    assert at(one(of(log, SeatFilled)[:1], SeatFilled)) > 964
    assert rests(log)[0] == (at(of(log, SeatFilled)[0]), "helpers#1", at(of(log, SeatFilled)[0]) + 660, "worn_out")


def test_ordinary_hours_are_duty_also_long_after_the_last_work_for_us(tiny):
    """Work for us at 10 of a day that began at 0: six hours of duty at 360, though nothing more has come."""
    asks = inject("E2", when={"on_duty_for": "6 h", "persons": 1})
    log = _watch(
        tiny, "", 0, count=1, works="office_hours", function={}, start="2026-01-20T08:00", horizon="12 h",
        injects=[inject("E1", "10 min", asks_for="talk"), asks],
    )  # fmt: skip
    assert at(one(log, InjectSent, inject="E2")) == 360


def test_a_duty_that_is_long_when_it_is_counted_is_noticed_at_once(tiny):
    """The first work for us begins at 604; the ordinary day that it belongs to began at 0, nine hours are over."""
    asks = inject("E2", when={"on_duty_for": "9 h", "persons": 1})
    log = _watch(
        tiny, "", 0, count=1, works="office_hours", start="2026-01-20T08:00", horizon="16 h",
        injects=[inject("E1", "10 h", asks_for="talk"), asks],
    )  # fmt: skip
    assert at(one(log, InjectSent, inject="E2")) == 604


def test_the_ordinary_day_after_a_night_of_work_counts_though_nothing_more_comes(tiny):
    """On call from 22:30: work from 4 to 324 (03:54), at their desk from 570 (08:00), on duty for 16 h at 964."""
    setup = tiny.setup(
        organisation={"people": {"officers": {"count": 1, "works": "office_hours"}}, "functions": {"officer": ON_CALL}},
        scenario={"start": "2026-01-20T22:30", "horizon": "40 h"},
        injects=[inject("E1", asks_for="long")],
        procedures={"long": [task("long", "320 min")]},
    )
    log = tiny.replay(setup)
    assert [(at(r), r.ends / 60_000) for r in of(log, OrdinaryHoursCounted)] == [(570, 1110)]
    assert rests(log) == [(964, "officers#1", 1624, "worn_out")]
    (found,) = strain(log, rules_of(setup), {}).people
    # the longest rest in the 24 hours from 4 is the one from 964, which is 480 min of them
    assert (found.worked, found.deviations) == ((320 + 394) * 60_000, 1)


def test_the_ordinary_day_after_a_daily_rest_is_nobodys_duty(tiny):
    log = _watch(
        tiny, "", 0, count=1, works="office_hours", start="2026-01-20T20:00", horizon="40 h",
        injects=[inject("E1", asks_for="talk")],
    )  # fmt: skip
    # off from 9 (20:09) to 720 (08:00), which is more than 11 h; the day before, which ended 3 h earlier, is duty
    assert [r.ends / 60_000 for r in of(log, OrdinaryHoursCounted)] == [-180]


@pytest.mark.parametrize(("away", "counted"), [(None, True), ("5 h", False)])
def test_the_ordinary_day_of_somebody_who_is_away_that_morning_is_nobodys_duty(tiny, away, counted):
    """Told at 03:00; from 07:00 until noon the officers are away, when their ordinary day begins."""
    events = [{"id": "gone", "at": "5 h", "away": ["duty"], "lasts": away}] if away else []
    log = tiny.play(
        organisation={
            "people": {"officers": {"works": "office_hours"}},
            "functions": {"officer": ON_CALL},
        },
        scenario={"start": "2026-01-21T02:00", "horizon": "16 h", "events": events},
        injects=[inject("E1", "1 h", asks_for="talk")],
        procedures=PROCEDURES,
    )
    assert [at(r) for r in of(log, OrdinaryHoursCounted)] == ([360] if counted else [])
