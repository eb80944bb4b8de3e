"""Flows followed one by one: worked out by hand, with constants everywhere."""

from collections import Counter, defaultdict

import pytest

from ovning.log.records import (
    ContactAttempted,
    FlowArrived,
    FlowBegun,
    FlowDone,
    FlowLate,
    FlowLeft,
    FlowTurnedAway,
    InjectSent,
    LevelStoodDown,
    PersonArrived,
    ServiceChanged,
    StationAsked,
    TaskFinished,
    TaskInterrupted,
    TaskRequested,
    TaskStarted,
    Waited,
    Worked,
)
from ovning.units import HOUR, MINUTE
from tests.tiny import LEVEL, at, inject, of, one, person, task

DARK = {"id": "dark", "at": "0 min", "sets": {"power": 0}}


def stage(name="visit", takes="10 min", needs="drive", **more):
    """One thing that is done with each."""
    return {"stage": name, "title": f"Göra {name}", "takes": takes, **({"needs": needs} if needs else {}), **more}


def society(*stages, number=4, arrives=None, events=(DARK,), services=None, flow=None, **more):
    """A scenario in which so many lack power from the beginning, and each needs a visit at once."""
    return {
        "services": {"power": {"affects": {"persons": number}}, **(services or {})},
        "events": list(events),
        "flows": {
            "visits": {
                "title": "Besök",
                "one": "besök",
                "arrives": arrives or {"lacking": "power"},
                "stages": list(stages) or [stage()],
                **(flow or {}),
            }
        },
        **more,
    }


def officers(number):
    return {"people": {"officers": {"count": number}}}


def told(log, *kinds):
    """Flow records as (minute, type, what is particular)."""
    found = []
    for r in log:
        if isinstance(r, kinds):
            fields = {k: v for k, v in r._asdict().items() if k not in ("at", "flow", "number", "work")}
            if "waited" in fields:
                fields["waited"] /= MINUTE
            found.append((at(r), type(r).__name__, *fields.values()))
    return found


def conserved(log):
    """At every moment what came to a stage is what was turned away, waits, is in work, is done or left.

    Gives for each flow the numbers at the end.
    """
    waiting, in_work, onward = Counter(), Counter(), Counter()
    totals = defaultdict(Counter)
    for r in log:
        if not hasattr(r, "flow"):
            continue
        totals[r.flow][type(r).__name__.removeprefix("Flow").lower()] += r.number
        if isinstance(r, FlowArrived):
            onward[r.flow] += r.number
            continue
        if isinstance(r, FlowLate):
            continue
        here = (r.flow, r.stage)
        if isinstance(r, FlowDone):
            in_work[here] -= r.number
            if r.last:
                totals[r.flow]["through"] += r.number
            else:
                onward[r.flow] += r.number
        elif isinstance(r, FlowBegun):
            in_work[here] += r.number
            waiting[here] -= r.number
        else:
            waiting[here] -= r.number
        assert in_work[here] >= 0, r
    for flow, total in totals.items():
        out = total["through"] + total["left"] + total["turnedaway"]
        still = onward[flow] + sum(n for (f, _), n in waiting.items() if f == flow)
        total["waiting"] = still
        total["in_work"] = sum(n for (f, _), n in in_work.items() if f == flow)
        assert still >= 0, (flow, total)
        assert total["arrived"] == out + still + total["in_work"], (flow, total)
    return totals


def test_two_of_them_visit_four(tiny):
    log = tiny.play(organisation=officers(2), scenario=society())
    assert told(log, FlowArrived, FlowBegun, FlowDone) == [
        (0, "FlowArrived", (1, 2, 3, 4)),
        (0, "FlowBegun", "visit", (1,), 0),
        (0, "FlowBegun", "visit", (2,), 0),
        (10, "FlowDone", "visit", (1,), True),
        (10, "FlowDone", "visit", (2,), True),
        (10, "FlowBegun", "visit", (3,), 10),
        (10, "FlowBegun", "visit", (4,), 10),
        (20, "FlowDone", "visit", (3,), True),
        (20, "FlowDone", "visit", (4,), True),
    ]
    assert [(r.since / MINUTE, at(r), r.task, r.person, r.activity, r.mode) for r in of(log, Worked)] == [
        (0, 10, "flow:visits:visit:1", "officers#1", "flow", "desk"),
        (0, 10, "flow:visits:visit:2", "officers#2", "flow", "desk"),
        (10, 20, "flow:visits:visit:3", "officers#1", "flow", "desk"),
        (10, 20, "flow:visits:visit:4", "officers#2", "flow", "desk"),
    ]
    assert not [r for r in log if isinstance(r, TaskRequested | StationAsked | TaskStarted | Waited | TaskFinished)]
    assert conserved(log)["visits"]["through"] == 4


def test_where_there_is_room_for_three_the_others_are_turned_away(tiny):
    log = tiny.play(organisation=officers(2), scenario=society(stage(places=3), number=5))
    assert told(log, FlowTurnedAway) == [(0, "FlowTurnedAway", "visit", (4, 5))]
    assert [at(r) for r in of(log, FlowBegun)] == [0, 0, 10]
    assert conserved(log)["visits"]["turnedaway"] == 2


def test_who_waits_longer_than_their_patience_gives_up_and_who_has_begun_does_not(tiny):
    log = tiny.play(scenario=society(stage(takes="20 min", patience="30 min")))
    assert told(log, FlowBegun, FlowLeft, FlowDone) == [
        (0, "FlowBegun", "visit", (1,), 0),
        (20, "FlowDone", "visit", (1,), True),
        (20, "FlowBegun", "visit", (2,), 20),
        (30, "FlowLeft", "visit", (3, 4), 60, "gave_up"),
        (40, "FlowDone", "visit", (2,), True),
    ]
    long = tiny.play(scenario=society(stage(takes="2 h", patience="30 min"), number=1))
    assert told(long, FlowLeft, FlowDone) == [(120, "FlowDone", "visit", (1,), True)]


def test_patience_that_ends_when_somebody_becomes_free_has_ended(tiny):
    log = tiny.play(scenario=society(stage(takes="30 min", patience="30 min"), number=2))
    assert told(log, FlowLeft, FlowBegun) == [
        (0, "FlowBegun", "visit", (1,), 0),
        (30, "FlowLeft", "visit", (2,), 30, "gave_up"),
    ]


def test_whoever_is_visited_too_late_has_been_without_until_then(tiny):
    log = tiny.play(
        scenario=society(
            stage(takes="20 min", patience="30 min"),
            services={"mobile": {"affects": {"persons": 10}}},
            flow={"keeps": "mobile"},
        )
    )
    assert told(log, FlowLate, FlowLeft) == [(30, "FlowLate", (3, 4))]
    assert [(at(r), r.level, r.caused_by) for r in of(log, ServiceChanged, service="mobile")] == [
        (30, 0.8, "visits"),
        (60, 0.9, "visits"),
        (80, 1.0, "visits"),
    ]
    assert conserved(log)["visits"]["through"] == 4


def test_a_late_one_that_no_longer_needs_it_gives_the_service_back(tiny):
    log = tiny.play(
        scenario=society(
            stage(takes="3 h", patience="30 min"),
            number=2,
            services={"mobile": {"affects": {"persons": 10}}},
            flow={"keeps": "mobile"},
            events=[DARK, {"id": "light", "at": "1 h", "sets": {"power": 1}}],
        )
    )
    assert told(log, FlowLate, FlowLeft, FlowDone) == [
        (30, "FlowLate", (2,)),
        (60, "FlowLeft", "visit", (2,), 60, "no_need"),
        (180, "FlowDone", "visit", (1,), True),
    ]
    assert [(at(r), r.level) for r in of(log, ServiceChanged, service="mobile")] == [(30, 0.9), (60, 1.0)]


def test_a_stay_takes_nobodys_time_and_has_room_for_so_many(tiny):
    log = tiny.play(scenario=society(stage("stay", "2 h", needs=None, places=3), number=5))
    assert told(log, FlowTurnedAway, FlowBegun, FlowDone) == [
        (0, "FlowTurnedAway", "stay", (4, 5)),
        (0, "FlowBegun", "stay", (1, 2, 3), 0),
        (120, "FlowDone", "stay", (1, 2, 3), True),
    ]
    assert not of(log, Worked)
    assert {r.work for r in of(log, FlowBegun)} == {""}


def test_places_that_open_later_are_there_for_those_who_come_then(tiny):
    stay = stage("stay", "3 h", needs=None, places=4, open_with="mobile")
    opens = {"id": "opens", "at": "30 min", "sets": {"mobile": 1}}
    closes = {"id": "closes", "at": "90 min", "sets": {"mobile": 0}}
    log = tiny.play(
        scenario=society(
            stay,
            number=5,
            arrives={"lacking": "power", "every": "1 h"},
            events=[DARK, opens, closes],
            services={"mobile": {"level": 0.5}},
            horizon="150 min",
        )
    )
    assert told(log, FlowTurnedAway, FlowBegun, FlowDone) == [
        (0, "FlowTurnedAway", "stay", (3, 4, 5)),  # half of four places
        (0, "FlowBegun", "stay", (1, 2), 0),
        (60, "FlowTurnedAway", "stay", (10,)),  # the other three come again: two more places are open
        (60, "FlowBegun", "stay", (8, 9), 0),
        (120, "FlowTurnedAway", "stay", (15,)),  # nothing is open, and those who are inside stay
    ]


def test_through_two_stages_with_a_queue_for_each(tiny):
    log = tiny.play(
        organisation={"functions": {"chief": {"does": ["write"]}}},
        scenario=society(stage(), stage("note", "15 min", needs="write", by="executive"), number=3),
    )
    assert told(log, FlowBegun, FlowDone) == [
        (0, "FlowBegun", "visit", (1,), 0),
        (10, "FlowDone", "visit", (1,), False),
        (10, "FlowBegun", "visit", (2,), 10),
        (10, "FlowBegun", "note", (1,), 0),
        (20, "FlowDone", "visit", (2,), False),
        (20, "FlowBegun", "visit", (3,), 20),
        (25, "FlowDone", "note", (1,), True),
        (25, "FlowBegun", "note", (2,), 5),
        (30, "FlowDone", "visit", (3,), False),
        (40, "FlowDone", "note", (2,), True),
        (40, "FlowBegun", "note", (3,), 10),
        (55, "FlowDone", "note", (3,), True),
    ]
    assert {r.person for r in of(log, Worked) if ":note:" in r.task} == {"chiefs#1"}
    conserved(log)


def test_only_a_share_goes_on_to_the_next_stage_the_others_are_through(tiny):
    log = tiny.play(
        organisation=officers(9),
        scenario=society(stage("stay", "1 h", needs=None), stage("talk", share=0.25), number=400, horizon="24 h"),
    )
    onward = one(log, FlowDone, stage="stay", last=False).number
    assert 70 <= onward <= 130
    assert one(log, FlowDone, stage="stay", last=True).number == 400 - onward
    assert sum(r.number for r in of(log, FlowDone, stage="talk")) == onward
    assert conserved(log)["visits"]["through"] == 400


def test_whoever_needs_no_stage_at_all_has_not_come(tiny):
    log = tiny.play(organisation=officers(9), scenario=society(stage(share=0.25), number=400, horizon="24 h"))
    came = one(log, FlowArrived)
    assert 70 <= came.number <= 130
    assert conserved(log)["visits"]["through"] == came.number


def test_three_at_a_time_as_long_as_so_many_wait_and_the_time_is_the_sum(tiny):
    log = tiny.play(scenario=society(stage(together=3), number=5))
    assert told(log, FlowBegun, FlowDone) == [
        (0, "FlowBegun", "visit", (1, 2, 3), 0),
        (30, "FlowDone", "visit", (1, 2, 3), True),
        (30, "FlowBegun", "visit", (4, 5), 60),
        (50, "FlowDone", "visit", (4, 5), True),
    ]


def test_two_people_for_each_piece_of_work(tiny):
    log = tiny.play(organisation=officers(3), scenario=society(stage(persons=2), number=2))
    assert [(r.since / MINUTE, at(r), r.task, r.person) for r in of(log, Worked)] == [
        (0, 10, "flow:visits:visit:1", "officers#1"),
        (0, 10, "flow:visits:visit:1", "officers#2"),
        (10, 20, "flow:visits:visit:2", "officers#1"),
        (10, 20, "flow:visits:visit:2", "officers#2"),
    ]


def test_nothing_begins_before_what_it_waits_for(tiny):
    log = tiny.play(
        scenario=society(stage(begins_when={"inject": "go"}), number=2),
        injects=[inject("go", at="45 min", asks_for="answer")],
        procedures={"answer": [task("receive", "5 min")]},
    )
    assert [at(r) for r in of(log, FlowBegun)] == [50, 60]
    assert [r.waited / MINUTE for r in of(log, FlowBegun)] == [50, 60]


def test_when_the_power_is_back_nobody_needs_a_visit_but_one_that_has_begun_is_finished(tiny):
    log = tiny.play(
        scenario=society(
            stage(takes="40 min"), number=3, events=[DARK, {"id": "light", "at": "50 min", "sets": {"power": 1}}]
        )
    )
    assert told(log, FlowBegun, FlowDone, FlowLeft) == [
        (0, "FlowBegun", "visit", (1,), 0),
        (40, "FlowDone", "visit", (1,), True),
        (40, "FlowBegun", "visit", (2,), 40),
        (50, "FlowLeft", "visit", (3,), 50, "no_need"),
        (80, "FlowDone", "visit", (2,), True),
    ]


def test_the_first_visit_some_time_after_and_again_so_long_after_the_last(tiny):
    log = tiny.play(
        scenario=society(number=1, arrives={"lacking": "power", "first_after": "1 h", "every": "2 h"}, horizon="6 h")
    )
    assert [(at(r), r.items) for r in of(log, FlowArrived)] == [(60, (1,)), (190, (2,)), (320, (3,))]


def test_of_a_service_that_is_half_gone_half_are_concerned_and_the_rest_when_it_falls(tiny):
    log = tiny.play(
        organisation=officers(9),
        scenario=society(
            number=4,
            events=[
                {"id": "half", "at": "10 min", "sets": {"power": 0.5}},
                {"id": "all", "at": "1 h", "sets": {"power": 0}},
            ],
        ),
    )
    assert told(log, FlowArrived) == [(10, "FlowArrived", (1, 2)), (60, "FlowArrived", (3, 4))]


def test_those_who_have_a_service_need_somebody_as_long_as_they_have_it(tiny):
    log = tiny.play(
        scenario=society(
            number=1,
            arrives={"having": "power", "first_after": "30 min", "every": "1 h"},
            events=[{"id": "dark", "at": "3 h", "sets": {"power": 0}}],
        )
    )
    assert [at(r) for r in of(log, FlowArrived)] == [30, 100, 170]


def test_a_generator_that_runs_dry_is_the_one_that_is_filled(tiny):
    """It is not the last of them, still running, that needs nobody any more."""
    log = tiny.play(
        scenario=society(
            stage(takes="30 min", patience="20 min"),
            number=2,
            arrives={"having": "power", "first_after": "1 h", "every": "5 h"},
            events=[],
            flow={"keeps": "power"},
        )
    )
    assert told(log, FlowArrived, FlowLate, FlowLeft, FlowDone)[:4] == [
        (60, "FlowArrived", (1, 2)),
        (80, "FlowLate", (2,)),
        (90, "FlowDone", "visit", (1,), True),
        (120, "FlowDone", "visit", (2,), True),
    ]
    assert [(at(r), r.level) for r in of(log, ServiceChanged)] == [(80, 0.5), (120, 1.0)]


def test_nobody_comes_by_night_and_all_who_were_due_come_in_the_morning(tiny):
    log = tiny.play(
        organisation=officers(9),
        scenario=society(
            number=2,
            arrives={
                "lacking": "power",
                "first_after": "10 h",
                "every": "12 h",
                "only_while": {"between": ["07:00", "16:00"]},
            },
            horizon="40 h",
        ),
    )
    # due at 20:00, at 07:00 they come; done 07:10, due at 19:10, which is again too late
    assert [(at(r) / 60, r.items) for r in of(log, FlowArrived)] == [(21, (1, 2))]


def test_points_of_one_process_of_which_a_lower_rate_keeps_some(tiny):
    def came(rate):
        log = tiny.play(
            organisation=officers(9), scenario=society(arrives={"per_hour": rate, "at_most": 12}, horizon="24 h")
        )
        conserved(log)
        return {r.items[0]: r.at for r in of(log, FlowArrived)}

    all_, half = came(12), came(6)
    assert list(all_) == list(range(1, len(all_) + 1))
    assert 240 < len(all_) < 340
    assert 100 < len(half) < 190
    assert half.items() < all_.items()


def test_points_pass_unseen_while_nobody_lacks_anything(tiny):
    """Those who come in the second outage are the same whether or not there was a first."""

    def came(*events):
        arrives = {"because_of": {"power": 3}}
        log = tiny.play(
            organisation=officers(9), scenario=society(arrives=arrives, events=events, number=4, horizon="24 h")
        )
        return {r.items[0]: at(r) for r in of(log, FlowArrived)}

    late = {"id": "late", "at": "20 h", "sets": {"power": 0}}
    early = {"id": "early", "at": "2 h", "sets": {"power": 0}, "lasts": "1 h"}
    only, both = came(late), came(early, late)
    assert min(only.values()) >= 20 * 60
    assert {n: t for n, t in both.items() if t > 20 * 60} == only
    assert 3 <= len(both.keys() - only.keys()) <= 25


def test_a_rate_that_changes_while_they_come_brings_more_or_fewer_of_the_same(tiny):
    def came(*levels):
        events = [{"id": f"to{n}", "at": f"{n} h", "sets": {"power": level}} for n, level in levels]
        log = tiny.play(
            organisation=officers(9),
            scenario=society(arrives={"because_of": {"power": 3}}, events=events, number=4, horizon="12 h"),
        )
        return {r.items[0]: at(r) for r in of(log, FlowArrived)}

    all_, fewer_first = came((1, 0)), came((1, 0.5), (3, 0.75), (6, 0))
    assert fewer_first.items() < all_.items()
    assert {n: t for n, t in all_.items() if t > 360} == {n: t for n, t in fewer_first.items() if t > 360}
    assert len([t for t in fewer_first.values() if t < 360]) > 5


def test_a_call_interrupts_a_visit_and_the_rest_of_it_comes_after(tiny):
    log = tiny.play(
        scenario=society(number=2),
        injects=[inject("ring", at="4 min", asks_for="answer")],
        procedures={"answer": [task("receive", "5 min")]},
    )
    assert [(r.since / MINUTE, at(r), r.task) for r in of(log, Worked)] == [
        (0, 4, "flow:visits:visit:1"),
        (4, 9, "ring/receive"),
        (9, 15, "flow:visits:visit:1"),
        (15, 25, "flow:visits:visit:2"),
    ]
    assert not of(log, TaskInterrupted)
    assert [(at(r), r.items) for r in of(log, FlowDone)] == [(15, (1,)), (25, (2,))]
    conserved(log)


def test_calls_of_a_flow_interrupt_nothing_and_wait_for_what_is_more_urgent(tiny):
    log = tiny.play(
        scenario=society(stage(mode="call"), number=2, events=[{"id": "dark", "at": "5 min", "sets": {"power": 0}}]),
        injects=[
            inject("first", asks_for="write", by="phone"),
            inject("second", at="6 min", asks_for="write"),
        ],
        procedures={"write": [task("note", "20 min", needs="write", mode="desk")]},
    )
    assert [(r.since / MINUTE, at(r), r.task) for r in of(log, Worked)] == [
        (0, 20, "first/note"),
        (20, 40, "second/note"),
        (40, 50, "flow:visits:visit:1"),
        (50, 60, "flow:visits:visit:2"),
    ]


def test_urgent_visits_come_before_other_work(tiny):
    log = tiny.play(
        scenario=society(
            stage(mode="call", priority="high"), number=2, events=[{"id": "dark", "at": "5 min", "sets": {"power": 0}}]
        ),
        injects=[inject("first", asks_for="write"), inject("second", at="1 min", asks_for="write")],
        procedures={"write": [task("note", "20 min", needs="write", mode="desk")]},
    )
    assert [r.task for r in of(log, Worked)] == [
        "first/note",
        "flow:visits:visit:1",
        "flow:visits:visit:2",
        "second/note",
    ]


def test_only_the_role_named_if_the_organisation_has_it(tiny):
    does = {"functions": {"chief": {"does": ["drive"]}}}
    for role, doers in (("executive", {"chiefs#1"}), ("expert", {"officers#1", "chiefs#1"})):
        log = tiny.play(organisation=does, scenario=society(stage(by=role)))
        assert {r.person for r in of(log, Worked)} == doers


def test_whoever_sits_down_in_a_seat_that_can_takes_what_nobody_else_could(tiny):
    log = tiny.play(
        organisation={
            "people": {"helpers": {"count": 1, "works": "always"}},
            "functions": {
                "officer": {"does": ["receive_alarm", "alert"]},
                "chief": {"does": ["assess_severity"]},
            },
        },
        levels=[{**LEVEL, "staffs": {"picture": 1}, "active_when": {"seats": 1}}],
        staff={"picture": ["helpers"]},
        scenario=society(stage(needs="write"), number=2),
        injects=[inject("grave", facts=["grave"], to="role(executive)", asks_for="look")],
        procedures={"look": [task("see", "5 min", needs="assess_severity")]},
    )
    worked = [r for r in of(log, Worked) if r.activity == "flow"]
    # told 0–5, assessed –10, decided –13, passed on –14 and alerted –18, in the room ten minutes later
    assert [(r.person, r.station) for r in worked] == [("helpers#1", "command.picture")] * 2
    assert worked[0].since == one(log, FlowBegun, items=(1,)).at > 18 * MINUTE


def test_nobody_is_telephoned_at_home_unless_they_are_called_in_and_then_no_more_than_needed(tiny):
    def play(calls_in, active):
        return tiny.play(
            organisation={
                "people": {"helpers": {"count": 6, "works": "never"}, "experts": {"count": 2, "works": "always"}},
                "functions": {
                    "officer": {"does": ["receive_alarm", "alert", "lead_staff"]},
                    "chief": {"does": ["assess_severity"]},
                    "helper": {
                        "title": "Hjälp",
                        "unit": "depot",
                        "filled_by": ["helpers"],
                        "role": "helper",
                        "does": ["drive"],
                    },
                },
            },
            levels=[{**LEVEL, "staffs": {"chief": 1}, "active_when": {"seats": 1}}],
            staff={"chief": ["experts"]},
            scenario=society(stage(takes="1 h", calls_in=calls_in, mode="field"), number=3),
            injects=[inject("grave", facts=["grave"], to="role(executive)", asks_for="look")] if active else [],
            procedures={"look": [task("see", "5 min", needs="assess_severity")]},
        )

    for calls_in, active in ((False, True), (True, False)):
        log = play(calls_in, active)
        assert not of(log, FlowBegun)
        assert not of(log, ContactAttempted)
    log = play(True, True)
    called = of(log, ContactAttempted)
    assert [r.person for r in called] == ["helpers#1", "helpers#2", "helpers#3"]
    decided = called[0].at
    assert [(r.at - decided) / MINUTE for r in called] == [0, 5, 10]
    # 4 minutes to the answer, 30 to the place
    assert [(r.at - decided) / MINUTE for r in of(log, PersonArrived) if r.person.startswith("helpers")] == [34, 39, 44]
    assert [(r.at - decided) / MINUTE for r in of(log, FlowBegun)] == [34, 39, 44]
    assert conserved(log)["visits"]["through"] == 3


@pytest.mark.parametrize(("telephones", "after"), [(1, 4), (0, 11)])
def test_who_is_called_in_by_messenger_answers_so_much_later(tiny, telephones, after):
    """They answer after 4 min, which counts a telephone's 2; a messenger takes 7 more."""
    log = tiny.play(
        organisation={
            "people": {"helpers": {"count": 1, "works": "never"}, "experts": {"count": 1, "works": "always"}},
            "functions": {
                "officer": {"does": ["receive_alarm", "alert", "lead_staff"]},
                "chief": {"does": ["assess_severity"]},
                "helper": person("depot", "helper", "helpers", does=["drive"]),
            },
            "channels": [
                {"id": "in_person", "delay": "0 min", "reach": "same_site"},
                {"id": "phone", "delay": "2 min", "depends_on": {"mobile": {"at_least": 1}}},
                {"id": "messenger", "delay": "7 min"},
            ],
        },
        levels=[{**LEVEL, "staffs": {}, "active_when": {"seats": 0}}],
        scenario=society(
            stage(takes="1 h", calls_in=True, mode="field"), number=1, services={"mobile": {"level": telephones}}
        ),
        injects=[inject("grave", facts=["grave"], to="role(executive)", asks_for="look")],
        procedures={"look": [task("see", "5 min", needs="assess_severity")]},
    )
    called = one(log, ContactAttempted, person="helpers#1")
    assert called.answers_at == called.at + after * MINUTE


def test_whoever_is_woken_for_something_else_does_not_go_on_with_what_comes(tiny):
    log = tiny.play(
        organisation={"people": {"officers": {"works": "office_hours"}}},
        scenario=society(stage(mode="call"), number=2, start="2026-01-21T04:00"),
        injects=[inject("ring", at="10 min", asks_for="answer")],
        procedures={"answer": [task("receive", "5 min")]},
    )
    assert of(log, Worked, task="ring/receive")[0].at < HOUR
    assert [at(r) for r in of(log, FlowBegun)] == [240, 250]  # at eight


def test_whoever_does_not_answer_is_called_once_in_each_part_of_the_day(tiny):
    log = tiny.play(
        organisation={
            "people": {
                "helpers": {"count": 2, "works": "never", "reached": {"chance": 0, "delay": "1 min", "arrives": "1 h"}}
            },
            "functions": {
                "officer": {"does": ["receive_alarm", "assess_severity"]},
                "helper": {
                    "title": "Hjälp",
                    "unit": "depot",
                    "filled_by": ["helpers"],
                    "role": "helper",
                    "does": ["drive"],
                },
            },
        },
        levels=[
            {"id": "watch", "title": "Bevakning", "recommended_when": {"known_severity": 1}, "decided_by": "chief"}
        ],
        scenario=society(stage(calls_in=True), number=9, start="2026-01-20T21:30", horizon="11 h"),
        injects=[inject("decide", facts=["grave"])],
    )
    assert not of(log, FlowBegun)
    # the stretches of the day that begin at 20, 22, 23, 06 and 08
    calls = [(at(r), r.person) for r in of(log, ContactAttempted)]
    hours = [21.5 + minute / 60 for minute, person in calls if person == "helpers#1"]
    assert [sum(b <= h < e for h in hours) for b, e in ((20, 22), (22, 23), (23, 30), (30, 32), (32, 34))] == [1] * 5
    assert [person for _, person in calls] == ["helpers#1", "helpers#2"] * 5


def test_what_waits_for_a_seat_waits_when_the_staff_is_no_more(tiny):
    quiet = {"known_severity_below": 2, "for": "1 h"}
    log = tiny.play(
        organisation={
            "people": {"helpers": {"count": 1, "works": "always"}},
            "functions": {"officer": {"does": ["receive_alarm", "alert", "assess_severity"]}},
        },
        levels=[{**LEVEL, "staffs": {"picture": 1}, "active_when": {"seats": 1}, "stands_down_when": quiet}],
        staff={"picture": ["helpers"]},
        scenario=society(stage("note", "30 min", needs="write"), number=20),
        injects=[inject("bad", facts=["grave"]), inject("good", at="1 h", asks_for="hear", facts=["over"])],
        procedures={"hear": [task("receive", "5 min", informs=["staff"])]},
    )
    ended = one(log, LevelStoodDown).at
    begun, done = of(log, FlowBegun), of(log, FlowDone)
    assert begun[-1].at < ended <= done[-1].at
    assert {r.person for r in of(log, Worked, activity="flow")} == {"helpers#1"}
    assert 3 <= len(begun) == len(done) <= 6
    assert conserved(log)["visits"]["waiting"] == 20 - len(begun)


def test_a_condition_on_a_flow_and_its_numbers_in_a_text(tiny):
    log = tiny.play(
        organisation=officers(2),
        scenario=society(stage(takes="30 min"), number=5),
        injects=[
            inject(
                "many",
                when={"flow": "visits", "done": 2},
                text="{visits.arrived} av {visits.waiting}, {visits.done} klara, {visits.late} sena",
            ),
            inject("more", when={"flow": "visits", "waiting": 6}),
        ],
    )
    sent = one(log, InjectSent)
    assert (sent.inject, at(sent)) == ("many", 30)
    assert sent.text == "5 av 3, 2 klara, 0 sena"


@pytest.mark.parametrize("number", [1, 7])
def test_what_is_left_at_the_horizon_is_in_work_or_waits(tiny, number):
    log = tiny.play(scenario=society(stage(takes="50 min", together=2), number=number, horizon="1 h"))
    ends = conserved(log)["visits"]
    assert (ends["in_work"], ends["waiting"]) == ((0, 0) if number == 1 else (2, 5))
    if number > 1:
        assert [(r.since / MINUTE, at(r)) for r in of(log, Worked)] == [(0, 60)]


def test_what_a_staff_that_is_no_more_had_begun_is_not_finished_by_those_who_cannot(tiny):
    """Only the seat can write; the level ends at 62 and a call to the clerks' function interrupts them at 120."""
    ends = {"stands_down_when": {"known_severity_below": 2, "for": "10 min"}}
    log = tiny.play(
        vocabulary={"seats": {"chief": {"does": ["lead_staff", "receive_alarm"]}}},
        organisation={
            "people": {"clerks": {"count": 1, "works": "always"}},
            "functions": {
                "officer": {"does": ["receive_alarm", "assess_severity", "alert"]},
                "clerk": person("office", "helper", "clerks", does=["advise"]),
            },
        },
        levels=[{**LEVEL, **ends}],
        staff={"chief": ["chiefs"], "picture": ["clerks"]},
        scenario=society(stage(takes="5 h", needs="write"), number=1, events=[{**DARK, "at": "35 min"}]),
        injects=[
            inject("E1", asks_for="talk", facts=["grave"]),
            inject("E2", "40 min", asks_for="talk", facts=["over"], to="staff"),
            inject("E3", "2 h", asks_for="ring", to="role(helper)"),
        ],
        procedures={"talk": [task("talk", "5 min")], "ring": [task("ring", "5 min", needs="advise")]},
    )
    assert at(one(log, LevelStoodDown)) == 62
    worked = [(at(r), r.station) for r in of(log, Worked, activity="flow")]
    assert worked == [(120, "command.picture")]
    assert conserved(log)["visits"]["in_work"] == 1
