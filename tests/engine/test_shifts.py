"""Shifts worked out by hand: planned in good time, told, rested, handed over, and what happens when they are not.

A Tuesday, STARTEX 10:00, minutes from then. Leaders work office hours (08–17), come in 30 min from home and answer
after 4. The alarm is out at 19 (talk 5, assessing 5, passing on and back 1 each, deciding 3, alerting 4), and those at
work sit down 10 min later:

    29    level active (10:29), shift 1; the next shift is to be planned 1 h later
    89    the one who keeps the picture plans for 30 min
    119   shift 2 takes over at 20:00 = 600, the first change at least half a shift (3 h) after 10:29
    120   those at work are told (1 min); 19:30 is more than 5 h off, so they go home and rest until then = 570
    600   they arrive; the change takes 10 min
    610   relieved; whoever is relieved rests for 11 h, until 610 + 660 = 1270 (07:10)
    660   shift 3 is planned, until 690; it takes over at 08:00 = 1320
"""

from ovning.log.records import (
    ContactAttempted,
    FunctionEmptied,
    FunctionManned,
    LevelActivated,
    LevelStoodDown,
    MeetingHeld,
    OrdinaryHoursCounted,
    PersonArrived,
    PersonReached,
    PersonRelieved,
    ReliefAgreed,
    RestBegan,
    RestEnded,
    SeatFilled,
    SeatLeft,
    ShiftPlanned,
    TaskFinished,
    TaskInterrupted,
    TaskStarted,
    Waited,
    WentAway,
    Worked,
)
from ovning.measures.strain import rules_of, strain
from ovning.units import HOUR
from tests.analytic.draws import exponential, uniforms
from tests.tiny import LEVEL, at, inject, merged, of, one, person, task

WORDS = {
    "capabilities": {"personnel": {"title": "Personal", "meaning": "Planerar"}},
    "seats": {"picture": {"does": ["verify_situation", "write", "personnel"]}},
}
SHIFTS = {"shifts": {"length": "6 h", "planned_within": "1 h", "changes_at": ["08:00", "20:00"]}}
LEADERS = {"works": "office_hours", "reached": {"chance": 1, "delay": "4 min", "arrives": "30 min"}}
GRAVE = inject("E1", asks_for="talk", facts=["grave"])
PROCEDURES = {
    "talk": [task("talk", "5 min")],
    "drive": [task("drive", "150 min", needs="drive", mode="field")],
    "look": [task("look", "2 h", needs="verify_situation", mode="desk")],
    "ring": [task("ring", "25 min", needs="verify_situation", mode="call")],
}


def staffed(leaders=4, level=None, organisation=None, injects=(), horizon="24 h", words=None, **more):
    """Two seats in a staff, filled by leaders; the officer who takes all calls is a post."""
    return {
        "vocabulary": merged(WORDS, words or {}),
        "organisation": merged(
            {
                "people": {"leaders": {"count": leaders, **LEADERS}},
                "functions": {"officer": {"does": ["receive_alarm", "assess_severity", "alert"]}},
            },
            organisation or {},
        ),
        "levels": [{**LEVEL, **SHIFTS, **(level or {})}],
        "staff": {"chief": ["leaders"], "picture": ["leaders"]},
        "injects": [GRAVE, *injects],
        "procedures": PROCEDURES,
        "scenario": {"horizon": horizon},
        **more,
    }


def seats(log):
    """Who sat down and who left, and why: minute, seat, person, why."""
    return [
        (at(r), r.seat, int(r.person[-1]), r.why if isinstance(r, SeatLeft) else "sits")
        for r in log
        if isinstance(r, SeatFilled | SeatLeft)
    ]


def rests(log):
    return [(at(r), r.person, r.until / 60_000, r.why) for r in of(log, RestBegan)]


def test_a_day_of_shifts_by_hand(tiny):
    log = tiny.play(**staffed())
    assert at(one(log, LevelActivated)) == 29
    planned = of(log, ShiftPlanned)
    assert [(at(p), p.shift, p.begins / 60_000, p.people) for p in planned] == [
        (119, 2, 600, ("leaders#3", "leaders#4")),
        (119, 3, 1320, ()),  # the one after it too, as far as anybody can be had for it now
        (690, 4, 2040, ()),
        (1410, 5, 2760, ()),
    ]
    assert [p.task for p in planned][:2] == ["shift:command:1.2/plan"] * 2
    worked = of(log, Worked, task="shift:command:1.2/plan")
    assert [(w.since / 60_000, at(w), w.person, w.station) for w in worked] == [
        (89, 119, "leaders#2", "command.picture")
    ]
    told = [(at(r), r.shift, r.seat, r.person) for r in of(log, ReliefAgreed)]
    assert told[:4] == [
        (120, 2, "chief", "leaders#3"),
        (120, 2, "picture", "leaders#4"),
        (690, 3, "chief", "leaders#1"),  # resting: they were told when they left
        (690, 3, "picture", "leaders#2"),
    ]
    assert rests(log)[:6] == [
        (120, "leaders#3", 570, "before_shift"),
        (120, "leaders#4", 570, "before_shift"),
        (610, "leaders#1", 1270, "shift_over"),
        (610, "leaders#2", 1270, "shift_over"),
        (1330, "leaders#3", 1990, "shift_over"),
        (1330, "leaders#4", 1990, "shift_over"),
    ]
    assert [(at(r), r.person) for r in of(log, RestEnded)] == [
        (570, "leaders#3"),
        (570, "leaders#4"),
        (1270, "leaders#1"),
        (1270, "leaders#2"),
    ]
    assert [(at(r), r.person, r.place) for r in of(log, PersonArrived)] == [
        (600, "leaders#3", "command"),
        (600, "leaders#4", "command"),
    ]  # at 08:00 the others are at work by their calendar
    assert [(r.since / 60_000, at(r), r.seat, r.person, r.by) for r in of(log, PersonRelieved)] == [
        (600, 610, "chief", "leaders#1", "leaders#3"),
        (600, 610, "picture", "leaders#2", "leaders#4"),
        (1320, 1330, "chief", "leaders#3", "leaders#1"),
        (1320, 1330, "picture", "leaders#4", "leaders#2"),
    ]
    assert seats(log) == [
        (29, "chief", 1, "sits"),
        (29, "picture", 2, "sits"),
        (610, "chief", 1, "relieved"),
        (610, "chief", 3, "sits"),
        (610, "picture", 2, "relieved"),
        (610, "picture", 4, "sits"),
        (1330, "chief", 3, "relieved"),
        (1330, "chief", 1, "sits"),
        (1330, "picture", 4, "relieved"),
        (1330, "picture", 2, "sits"),
    ]
    changes = of(log, Worked, activity="shift_change")
    assert [(w.since / 60_000, at(w), int(w.person[-1]), w.station) for w in changes] == [
        (600, 610, 1, "command.chief"),
        (600, 610, 3, "command.chief"),
        (600, 610, 2, "command.picture"),
        (600, 610, 4, "command.picture"),
        (1320, 1330, 3, "command.chief"),
        (1320, 1330, 1, "command.chief"),
        (1320, 1330, 4, "command.picture"),
        (1320, 1330, 2, "command.picture"),
    ]


def test_without_stated_times_shifts_change_in_steps_from_eight(tiny):
    log = tiny.play(**staffed(level={"shifts": {"length": "6 h", "planned_within": "1 h"}}))
    # 10:29 + 3 h: 14:00; then 20:00, 02:00 …
    assert [p.begins / 60_000 for p in of(log, ShiftPlanned)][:3] == [240, 600, 960]


def test_who_goes_off_knows_when_they_are_wanted_next_only_if_it_has_been_planned(tiny):
    """Six leaders: the third shift is told as soon as the second is; of the fourth nobody knows who sleeps at 690."""
    log = tiny.play(**staffed(leaders=6))
    planned = of(log, ShiftPlanned)
    assert [(at(p), p.shift, p.people) for p in planned][:4] == [
        (119, 2, ("leaders#3", "leaders#4")),
        (119, 3, ()),
        (690, 4, ()),  # the two relieved at 610 sleep until 1270, and knew of no fourth shift when they went
        (1410, 5, ("leaders#1", "leaders#2")),  # rested, and at work
    ]
    told = [(at(r), r.shift, r.person) for r in of(log, ReliefAgreed)]
    assert told[:6] == [
        (120, 2, "leaders#3"),
        (120, 2, "leaders#4"),
        (121, 3, "leaders#5"),
        (121, 3, "leaders#6"),
        (1410, 4, "leaders#3"),  # relieved at 1330, when it had been planned
        (1410, 4, "leaders#4"),
    ]


CLERK = {"count": 1, **LEADERS}
SILENT = {"count": 1, "works": "never", "reached": {**LEADERS["reached"], "chance": 0}}


def test_the_later_shift_is_asked_for_though_a_seat_of_the_earlier_stands_empty(tiny):
    """Nobody but the one who sits there can keep the picture; a chief for the second shift first, then one for the
    third. Who did not answer for the second is not called for the third, but for both when the part of the day is over.
    """
    changes = staffed(leaders=3, organisation={"people": {"clerks": CLERK, "silent": SILENT}}, horizon="5 h")
    changes["staff"] = {"chief": ["leaders"], "picture": ["clerks", "silent"]}
    log = tiny.play(**changes)
    told = [(at(r), r.shift, r.seat, r.person) for r in of(log, ReliefAgreed)]
    assert told == [(120, 2, "chief", "leaders#2"), (125, 3, "chief", "leaders#3")]
    assert [(at(c), c.person) for c in of(log, ContactAttempted)] == [(119, "silent#1"), (240, "silent#1")]


def test_nobody_is_woken_for_a_shift_that_is_not_the_next(tiny):
    """Planned at 23:29 for the next day: at 08:00 (630) and 20:00. The third is told of the later when it is next."""
    home = {"count": 4, **LEADERS, "works": "never"}
    changes = staffed(leaders=2, organisation={"people": {"leaders": {"works": "always"}, "others": home}})
    changes["staff"] = {"chief": ["leaders", "others"], "picture": ["leaders", "others"]}
    changes["scenario"] = {"start": "2026-01-20T21:30", "horizon": "14 h"}
    log = tiny.play(**changes)
    calls = [(at(c), c.person) for c in of(log, ContactAttempted)]
    assert calls == [(119, "others#1"), (119, "others#2"), (720, "others#3"), (720, "others#4")]


def test_those_who_are_told_shortly_before_stay_at_work_until_then(tiny):
    level = {"shifts": {"length": "6 h", "planned_within": "1 h", "changes_at": ["14:00"]}}
    log = tiny.play(**staffed(level=level, horizon="6 h"))
    assert [r.why for r in of(log, RestBegan)] == ["shift_over", "shift_over"]
    assert [(r.since / 60_000, at(r), r.by) for r in of(log, PersonRelieved)] == [
        (240, 250, "leaders#3"),
        (240, 250, "leaders#4"),
    ]


def test_a_change_that_is_due_before_the_plan_is_ready_comes_as_soon_as_it_is(tiny):
    level = {"shifts": {"length": "2 h", "planned_within": "3 h", "changes_at": ["12:00"]}}
    log = tiny.play(**staffed(level=level, horizon="8 h"))
    # planned from 209 to 239 for 12:00 = 120, which is over; told at 240, gathered at 250
    assert [(at(p), p.begins / 60_000) for p in of(log, ShiftPlanned)][:1] == [(239, 239)]
    assert [(r.since / 60_000, at(r)) for r in of(log, PersonRelieved)] == [(250, 260), (250, 260)]


def test_whoever_cannot_be_reached_is_replaced_by_the_next(tiny):
    """At night: one of three never answers, the next is called five minutes later."""
    never = {"count": 1, "works": "never", "reached": {**LEADERS["reached"], "chance": 0}}
    also = {"count": 2, **LEADERS, "works": "never"}
    changes = staffed(
        leaders=2,
        organisation={"people": {"silent": never, "others": also}},
        horizon="16 h",
    )
    changes["staff"] = {"chief": ["leaders", "silent", "others"], "picture": ["leaders", "others"]}
    log = tiny.play(**changes)
    assert one(log, ShiftPlanned, shift=2).people == ("silent#1", "others#1")
    told = [(at(r), r.seat, r.person) for r in of(log, ReliefAgreed, shift=2)]
    # called at 119: the chief's place again at 124, answers at 128
    assert told == [(123, "picture", "others#1"), (128, "chief", "others#2")]


# what is in hand at the change


def _in_hand(tiny, asks, minute, **more):
    return tiny.play(
        **staffed(
            injects=[inject("E2", f"{minute} min", asks_for=asks, to="staff")],
            horizon="20 h",
            words={"seats": {"chief": {"does": ["lead_staff", "receive_alarm", "drive"]}}},
            **more,
        )
    )


def test_a_task_longer_than_what_is_left_of_the_shift_goes_on_with_whoever_comes(tiny):
    log = _in_hand(tiny, "look", 500)
    assert [(w.since / 60_000, at(w), w.person) for w in of(log, Worked, task="E2/look", activity="work")] == [
        (501, 600, "leaders#2"),  # the chief passes it on
        (610, 631, "leaders#4"),
    ]
    assert [(w.since / 60_000, at(w), w.cause, w.station) for w in of(log, Waited, task="E2/look")][1:] == [
        (600, 610, "shift_change", "command.picture")
    ]
    broken = one(log, TaskInterrupted, task="E2/look")
    assert (at(broken), broken.station, broken.by) == (600, "command.picture", "shift_change")
    assert len(of(log, TaskStarted, task="E2/look")) == 1
    assert at(one(log, TaskFinished, task="E2/look")) == 631


def test_its_length_is_the_one_that_was_drawn_whoever_does_it(tiny):
    procedures = {**PROCEDURES, "look": [task("look", {"mean": "3 h"}, needs="verify_situation", mode="desk")]}
    split = 0
    for replication in range(12):
        changes = staffed(injects=[inject("E2", "500 min", asks_for="look", to="staff")], horizon="40 h")
        log = tiny.play(replication=replication, **{**changes, "procedures": procedures})
        worked = of(log, Worked, task="E2/look", activity="work")
        drawn = exponential(uniforms(["inject/E2/1/look/takes"], 1, [replication])[0], 3 * HOUR)[0]
        assert sum(w.at - w.since for w in worked) == drawn
        split += len({w.person for w in worked}) == 2
    assert 0 < split < 12


def test_a_call_under_way_is_finished_first(tiny):
    log = _in_hand(tiny, "ring", 590)
    assert [(w.since / 60_000, at(w), w.person) for w in of(log, Worked, task="E2/ring")] == [(590, 615, "leaders#2")]
    relieved = {r.seat: (r.since / 60_000, at(r)) for r in of(log, PersonRelieved)}
    assert relieved == {"chief": (600, 610), "picture": (615, 625)}


def test_one_who_waits_for_a_call_to_end_takes_no_other(tiny):
    """A second call that comes meanwhile waits for the change too."""
    log = tiny.play(
        **staffed(
            injects=[inject(f"E{n}", f"{590 + n} min", asks_for="ring", to="staff") for n in (0, 12)],
            horizon="20 h",
        )
    )
    assert [(w.since / 60_000, at(w), w.person) for w in of(log, Worked, task="E12/ring")] == [(625, 650, "leaders#4")]
    causes = [(w.since / 60_000, at(w), w.cause) for w in of(log, Waited, task="E12/ring")]
    assert causes[-1][1:] == (625, "shift_change")


def test_a_round_of_questions_before_long_work_is_not_the_work(tiny):
    """Asked before it began, the long task does not keep its doer: they hand over when the questions are answered."""
    log = tiny.play(
        assumptions={"clarification": {"chance": 1, "takes": "5 min"}},
        **{
            **staffed(
                leaders=4,
                organisation={
                    "units": {"field": {"title": "Fältet", "site": "field"}},
                    "people": {"drivers": {"count": 1, "works": "always"}},
                    "functions": {"driver": person("field", "helper", "drivers", does=["drive", "receive_alarm"])},
                },
                injects=[inject("E2", "590 min", asks_for="both", to="role(helper)")],
                horizon="20 h",
            ),
            "procedures": {
                **PROCEDURES,
                "both": [
                    task("take", "8 min"),
                    task("look", "3 h", needs="verify_situation", mode="desk", after=["take"], uses=["minor"]),
                ],
            },
        },
    )
    assert at(of(log, PersonRelieved, seat="picture")[0]) <= 615


def test_a_question_under_way_at_the_change_is_written_down_as_waiting(tiny):
    """The answer comes when somebody is to go: the work is not begun, and nothing of its time is lost."""
    log = tiny.play(
        assumptions={"pass_on": "10 min"},
        **{
            **staffed(
                injects=[
                    inject("E2", "570 min", facts=["minor"]),
                    inject("E3", "584 min", asks_for="look", to="staff"),
                ],
                horizon="20 h",
            ),
            "procedures": {
                **PROCEDURES,
                "look": [task("look", "1 h", needs="verify_situation", mode="desk", uses=["minor"])],
            },
        },
    )
    asking = one(log, Worked, activity="asking")
    assert (asking.since / 60_000, at(asking), asking.person) == (594, 604, "leaders#2")
    assert at(one(log, TaskInterrupted, by="shift_change")) == 604
    assert [(w.since / 60_000, at(w), w.cause) for w in of(log, Waited, task="E3/look")][:3] == [
        (584, 594, "transmission"),
        (594, 604, "information"),
        (604, 614, "shift_change"),
    ]


def test_those_who_come_finish_what_they_do_elsewhere_first(tiny):
    """Told shortly before, at work and out driving when the shift changes: they come when that is done."""
    level = {"shifts": {"length": "6 h", "planned_within": "1 h", "changes_at": ["14:00"]}}
    log = tiny.play(
        **staffed(
            level=level,
            organisation={
                "functions": {"driver": person("depot", "helper", "leaders", does=["drive", "receive_alarm"])},
            },
            injects=[inject(f"E{n}", "130 min", asks_for="drive", to="role(helper)") for n in (2, 3)],
            horizon="8 h",
        )
    )
    # driving from 130 to 280; the change was to be at 240
    assert {(w.since / 60_000, at(w)) for w in of(log, Worked) if w.task.endswith("/drive")} == {(130, 280)}
    assert [(r.since / 60_000, at(r)) for r in of(log, PersonRelieved)] == [(280, 290), (280, 290)]


def test_whoever_goes_home_to_rest_for_a_shift_is_not_sent_home_worn_out_as_well(tiny):
    """Driving from 110 to 260; told at 120 to go home until 570, and at 180 at the end of a duty of 5 h since 08:00."""
    log = tiny.play(
        **staffed(
            organisation={
                "functions": {"driver": person("depot", "helper", "leaders", does=["drive", "receive_alarm"])},
            },
            injects=[
                inject("E2", "110 min", asks_for="drive", to="role(helper)"),
                inject("E3", "11 h", asks_for="lead", to="staff"),
            ],
            horizon="12 h",
            assumptions={"works_at_most": "5 h"},
            procedures={**PROCEDURES, "lead": [task("lead", "5 min", needs="lead_staff", mode="desk")]},
        )
    )
    assert one(log, TaskStarted, task="E2/drive").person == "leaders#3"
    assert [r for r in rests(log) if r[1] == "leaders#3"] == [(260, "leaders#3", 570, "before_shift")]
    start = one(log, TaskStarted, task="E3/lead")  # with what they were sent home for behind them
    assert (at(start), start.station, start.person) == (660, "command.chief", "leaders#3")


def test_whoever_has_sat_down_before_they_are_told_of_the_shift_is_not_in_it(tiny):
    """While the first leader is being told, for 20 min, they are called for a seat that has become empty."""
    log = tiny.play(
        **staffed(
            leaders=2,
            organisation={
                "people": {"bosses": {"count": 1, **LEADERS}, "clerks": {"count": 2, **LEADERS}},
                "functions": {"boss": person("office", "board", "bosses", does=["advise"])},
            },
            assumptions={"pass_on": "20 min"},
            staff={"chief": ["bosses", "leaders"], "picture": ["clerks"]},
            scenario={"horizon": "5 h", "events": [{"id": "gone", "at": "165 min", "away": ["board"]}]},
        )
    )
    planned = one(log, ShiftPlanned, shift=2)
    assert (at(planned), planned.people) == (157, ("leaders#1", "clerks#2"))
    assert (165, "chief", 1, "away") in seats(log)
    assert at(one(log, SeatFilled, person="leaders#1")) == 175
    agreed = [(at(r), r.person) for r in of(log, ReliefAgreed, shift=2, seat="chief")]
    assert agreed == [(197, "leaders#2")]


def test_a_meeting_is_left_and_one_that_begins_meanwhile_is_joined_afterwards(tiny):
    rhythm = {"rhythm": {"meeting_every": "1 h", "item": "1 min"}}
    log = tiny.play(**staffed(level=rhythm, horizon="14 h"))
    # meetings of 8 min at 29 + 60 n: the one of 569 is over at 577, the next is at 629
    assert [at(r) for r in of(log, PersonRelieved)] == [610, 610]
    slow = {"shift_change": "30 min"}
    log = tiny.play(assumptions=slow, **staffed(level=rhythm, horizon="14 h"))
    assert [at(r) for r in of(log, PersonRelieved)] == [630, 630]
    met = [(w.since / 60_000, at(w), w.person) for w in of(log, Worked, activity="meeting") if 600 < at(w) < 680]
    assert met == [(630, 637, "leaders#3"), (630, 637, "leaders#4")]
    assert [m.present for m in of(log, MeetingHeld) if at(m) == 637] == [2]


def test_a_shift_that_changes_in_the_middle_of_a_meeting(tiny):
    rhythm = {"rhythm": {"meeting_every": "571 min", "item": "1 min"}}
    log = tiny.play(assumptions={"meeting_opening": "30 min"}, **staffed(level=rhythm, horizon="14 h"))
    # the second meeting is from 600 to 630 and the change from 600 to 610
    assert [(r.since / 60_000, at(r)) for r in of(log, PersonRelieved)] == [(600, 610), (600, 610)]
    met = [(w.since / 60_000, at(w), w.person) for w in of(log, Worked, activity="meeting") if at(w) > 600]
    assert met == [(610, 630, "leaders#3"), (610, 630, "leaders#4")]


# nobody to relieve


def test_whom_nobody_relieves_goes_home_worn_out_and_the_seat_stands_empty_until_somebody_is_found(tiny):
    """Two leaders and no others: at work since 08:00 they are worn out at 24:00 = 840, and rest until 1500."""
    log = tiny.play(**staffed(leaders=2, horizon="40 h", level={"shifts": None}))
    assert [(o.person, o.begins / 60_000, o.ends / 60_000) for o in of(log, OrdinaryHoursCounted)][:2] == [
        ("leaders#1", -120, 420),
        ("leaders#2", -120, 420),
    ]
    told = seats(log)
    assert told[:4] == [
        (29, "chief", 1, "sits"),
        (29, "picture", 2, "sits"),
        (840, "chief", 1, "worn_out"),
        (840, "picture", 2, "worn_out"),
    ]
    assert rests(log)[:2] == [(840, "leaders#1", 1500, "worn_out"), (840, "leaders#2", 1500, "worn_out")]
    # rested at 11:00, at work; the calls for the seats go round every half hour
    back = [s for s in told[4:] if s[3] == "sits"]
    assert {s[1] for s in back[:2]} == {"chief", "picture"}
    assert all(1510 <= s[0] <= 1540 for s in back[:2])


def test_what_waits_in_an_empty_seat_waits_for_somebody_to_be_there(tiny):
    log = tiny.play(
        **staffed(
            leaders=2,
            horizon="40 h",
            level={"shifts": None},
            injects=[inject("E2", "800 min", asks_for="look", to="staff")],
        )
    )
    # begun at 800 and finished first: whoever has it goes home when it is done
    assert seats(log)[2:4] == [(840, "chief", 1, "worn_out"), (921, "picture", 2, "worn_out")]
    log = tiny.play(
        **staffed(
            leaders=2,
            horizon="40 h",
            level={"shifts": None},
            injects=[inject("E2", "850 min", asks_for="look", to="staff")],
        )
    )
    begun = one(log, TaskStarted, task="E2/look")
    sits = next(s[0] for s in seats(log)[4:] if s[1] == "picture")
    assert at(begun) == sits + 1  # the chief passes it on
    assert {w.cause for w in of(log, Waited, task="E2/look")} <= {"unavailable", "transmission"}


def test_somebody_else_is_called_for_a_seat_that_is_left(tiny):
    log = tiny.play(**staffed(leaders=3, horizon="20 h", level={"shifts": None}))
    # at 840 the two go; the third, at home since 17:00, answers at 844 and comes at 874
    assert seats(log)[2:5] == [
        (840, "chief", 1, "worn_out"),
        (840, "picture", 2, "worn_out"),
        (874, "chief", 3, "sits"),
    ]


def _left_at_night(tiny, second):
    """Three seats of which two are enough, from 22:00; one goes away at 01:00 = 180, another perhaps at 02:30 = 270."""
    reached = {"chance": 1, "delay": "4 min", "arrives": "30 min"}
    changes = staffed(
        organisation={
            "people": {name: {"count": 1, "works": "always"} for name in ("ones", "twos")}
            | {"spares": {"count": 4, "works": "never", "reached": reached}},
            "functions": {
                "one": person("depot", "helper", "ones", does=["drive"]),
                "two": person("depot", "expert", "twos", does=["advise"]),
            },
        },
        level={"shifts": None, "staffs": {"chief": 1, "picture": 2}},
    )
    changes["staff"] = {"chief": ["chiefs"], "picture": ["ones", "twos", "spares"]}
    changes["scenario"] = {
        "start": "2026-01-20T22:00",
        "horizon": "12 h",
        "events": [
            {"id": "first", "at": "180 min", "away": ["helper"]},
            *([{"id": "second", "at": "270 min", "away": ["expert"]}] if second else []),
        ],
    }
    log = tiny.play(**changes)
    return log, [s for s in seats(log) if s[0] > 60]


def test_nobody_is_woken_for_a_seat_that_the_staff_can_do_without_until_morning(tiny):
    log, told = _left_at_night(tiny, second=False)
    assert told == [(180, "picture", 1, "away"), (514, "picture", 1, "sits")]
    assert [at(c) for c in of(log, ContactAttempted)] == [480]  # 06:00


def test_when_the_staff_cannot_do_without_the_seats_left_at_night_all_of_them_are_called(tiny):
    log, told = _left_at_night(tiny, second=True)
    assert [at(c) for c in of(log, ContactAttempted)] == [270, 270]
    assert told == [
        (180, "picture", 1, "away"),
        (270, "picture", 1, "away"),
        (304, "picture", 1, "sits"),
        (304, "picture", 2, "sits"),
    ]


def test_calls_for_a_seat_that_was_left_stop_at_night_when_the_staff_can_do_without_it(tiny):
    """Left at 22:40 and nobody answers: called again from 23:00 only if the seat is one that must be filled."""
    silent = {"chance": 0, "delay": "4 min", "arrives": "1 h"}
    for enough, called in ((1, [40, 480, 525]), (2, [40, 60, 105, 150])):
        changes = staffed(
            organisation={
                "people": {
                    "ones": {"count": 1, "works": "always"},
                    "spares": {
                        "count": 1,
                        "works": "never",
                        "reached": silent,
                    },
                },
                "functions": {"one": person("depot", "helper", "ones", does=["drive"])},
            },
            level={"shifts": None, "active_when": {"seats": enough, "including": ["chief"]}},
        )
        changes["staff"] = {"chief": ["chiefs"], "picture": ["ones", "spares"]}
        changes["scenario"] = {
            "start": "2026-01-20T22:00",
            "horizon": "9 h",
            "events": [{"id": "gone", "at": "40 min", "away": ["helper"]}],
        }
        log = tiny.play(**changes)
        assert [at(c) for c in of(log, ContactAttempted)][: len(called)] == called


def test_a_level_without_shifts_is_emptied_and_the_day_after_the_functions_are(tiny):
    """No relief at all: on day two people rest in office hours, and their function stands empty."""
    function = {"functions": {"leader": person("office", "helper", "leaders", does=["advise"])}}
    log = tiny.play(**staffed(leaders=2, horizon="40 h", level={"shifts": None}, organisation=function))
    empty = [(at(e), type(e).__name__) for e in log if isinstance(e, FunctionEmptied | FunctionManned)]
    # both sit in the staff from 29; at 17:00 = 420 nobody need be there; at 08:00 = 1320 they rest, until 1500
    assert empty[:4] == [
        (29, "FunctionEmptied"),
        (420, "FunctionManned"),
        (1320, "FunctionEmptied"),
        (1500, "FunctionManned"),
    ]


# sooner and later


def _hours_empty(log):
    """Seat-hours that stood empty while the level was active, from the log alone."""
    active = one(log, LevelActivated).at
    horizon = log[-1].at
    sat = 0
    since = {}
    for r in log:
        if isinstance(r, SeatFilled):
            since[r.person] = max(r.at, active)
        elif isinstance(r, SeatLeft):
            sat += r.at - since.pop(r.person)
    sat += sum(horizon - s for s in since.values())
    return (2 * (horizon - active) - sat) / HOUR


def _longest_duty(log):
    """The longest stretch in a seat or before it that day, in hours."""
    longest, since = 0, {}
    for r in log:
        if isinstance(r, OrdinaryHoursCounted):
            since[r.person] = r.begins
        elif isinstance(r, SeatFilled):
            since.setdefault(r.person, r.at)
        elif isinstance(r, RestBegan):
            longest = max(longest, r.at - since.pop(r.person, r.at))
    return longest / HOUR


def test_the_second_shift_planned_twelve_hours_earlier_leaves_fewer_seats_empty(tiny):
    empty, longest = {}, {}
    for hours in (1, 13):
        shifts = {"length": "12 h", "planned_within": f"{hours} h", "changes_at": ["08:00", "20:00"]}
        log = tiny.play(**staffed(level={"shifts": shifts}, horizon="48 h"))
        empty[hours], longest[hours] = _hours_empty(log), _longest_duty(log)
    assert empty[1] == 0
    assert empty[13] > 0.5
    assert longest[1] < 13 < longest[13]


# what ends or changes a level in the middle of it


def test_a_level_that_ends_in_the_middle_of_a_change_lets_everybody_go(tiny):
    ends = {"stands_down_when": {"known_severity_below": 2, "for": "10 min"}}
    log = tiny.play(
        assumptions={"shift_change": "1 h"},
        **staffed(
            level=ends,
            horizon="30 h",
            injects=[inject("E2", "597 min", asks_for="ring", to="staff", facts=["over"])],
            words={"seats": {"picture": {"does": ["verify_situation", "write", "personnel", "receive_alarm"]}}},
        ),
    )
    stood = at(one(log, LevelStoodDown))
    # a call until 622, so that the picture's change would end at 682; the chief's is over at 660, and decides
    assert 660 < stood < 682
    assert [(r.seat, at(r)) for r in of(log, PersonRelieved)] == [("chief", 660)]
    assert [(s[0], s[1], s[3]) for s in seats(log)[4:]] == [(stood, "chief", "ended"), (stood, "picture", "ended")]
    assert [r.person for r in of(log, RestBegan) if r.at > 600 * 60_000] == ["leaders#1"]


def test_those_who_rest_for_a_shift_that_is_called_off_are_not_wanted_and_can_be_called_again(tiny):
    ends = {"stands_down_when": {"known_severity_below": 2, "for": "10 min"}}
    log = tiny.play(
        **staffed(
            level=ends,
            horizon="20 h",
            injects=[
                inject("E2", "2 h 30 min", asks_for="talk", facts=["over"], to="staff"),
                inject("E3", "15 h", asks_for="talk", facts=["grave2"]),
            ],
            words={"seats": {"picture": {"does": ["verify_situation", "write", "personnel", "receive_alarm"]}}},
        )
        | {
            "scenario": {
                "horizon": "20 h",
                "facts": {"grave2": {"title": "Nytt", "severity": 3, "kind": "power"}},
            }
        },
    )
    assert len(of(log, LevelActivated)) == 2
    assert of(log, PersonRelieved) == []


def test_a_higher_level_takes_over_in_the_middle_of_a_change(tiny):
    high = {
        **LEVEL,
        **SHIFTS,
        "id": "high",
        "title": "Högre läge",
        "recommended_when": {"known_severity": 3},
        "staffs": {"chief": 1},
        "active_when": {"seats": 1, "including": ["chief"]},
    }
    low = {**LEVEL, **SHIFTS, "recommended_when": {"known_severity": 1}}
    changes = staffed(horizon="30 h", words={"levels": {"high": {"title": "Högre", "meaning": "Högre läge"}}})
    changes["levels"] = [low, high]
    changes["injects"] = [
        inject("E1", asks_for="talk", facts=["minor"]),
        inject("E2", "585 min", asks_for="talk", facts=["grave"]),
    ]
    log = tiny.play(assumptions={"shift_change": "30 min"}, **changes)
    assert [(a.level) for a in of(log, LevelActivated)] == ["command", "high"]
    moved = at(one(log, LevelActivated, level="high"))
    assert 600 <= moved <= 650
    ended = one(log, LevelStoodDown, level="command")
    assert at(ended) == moved
    # whoever sits in the higher level's seat sits there alone, and nobody of the lower is relieved after its end
    assert all(r.at <= ended.at for r in of(log, PersonRelieved, level="command"))


# away


def _away(tiny, lasts="2 h", minute=60, injects=(), roles=("helper",), horizon="12 h", **more):
    gone = {"id": "gone", "at": f"{minute} min", "away": list(roles), **({"lasts": lasts} if lasts else {})}
    changes = staffed(
        organisation={"functions": {"leader": person("depot", "helper", "leaders", does=["drive", "receive_alarm"])}},
        injects=injects,
        horizon=horizon,
        **more,
    )
    changes["scenario"] = {**changes["scenario"], "events": [gone]}
    return tiny.play(**changes)


def test_people_who_are_away_leave_their_seats_and_come_back(tiny):
    log = _away(tiny)
    assert [(at(w), w.person, w.until / 60_000) for w in of(log, WentAway)] == [
        (60, f"leaders#{n}", 180) for n in (1, 2, 3, 4)
    ]
    assert [(s[0], s[1], s[3]) for s in seats(log)[2:4]] == [(60, "chief", "away"), (60, "picture", "away")]
    filled = [s for s in seats(log)[4:] if s[3] == "sits"]
    assert len(filled) >= 2
    assert all(s[0] >= 180 for s in filled)


def test_somebody_away_is_neither_called_nor_asked_and_what_waits_for_them_goes_on_afterwards(tiny):
    log = _away(
        tiny,
        minute=10,
        injects=[inject("E2", "30 min", asks_for="drive", to="role(helper)")],
    )
    assert at(one(log, TaskStarted, task="E2/drive")) == 130


def test_whoever_is_busy_goes_when_that_is_done_if_it_is_not_over_by_then(tiny):
    log = _away(
        tiny,
        lasts="1 h",
        minute=60,
        injects=[
            inject("E2", "20 min", asks_for="drive", to="role(helper)"),
            inject("E3", "11 h", asks_for="drive", to="role(helper)"),
        ],
        horizon="16 h",
    )
    # driving from 20 to 170; the others are away from 60 to 120
    driver = one(log, TaskStarted, task="E2/drive").person
    assert driver not in {w.person for w in of(log, WentAway)}
    # and is not away for ever after: called at home at 660
    assert one(log, TaskFinished, task="E3/drive").outcome == "done"


def test_away_to_the_end(tiny):
    log = _away(tiny, lasts=None)
    assert {w.until for w in of(log, WentAway)} == {None}
    assert len(seats(log)) == 4


def test_two_absences_that_overlap_end_with_the_later(tiny):
    changes = staffed(
        organisation={"functions": {"leader": person("depot", "helper", "leaders", does=["drive", "receive_alarm"])}},
        injects=[inject("E2", "65 min", asks_for="drive", to="role(helper)")],
        horizon="8 h",
    )
    changes["scenario"]["events"] = [
        {"id": "one", "at": "10 min", "away": ["helper"], "lasts": "90 min"},
        {"id": "two", "at": "60 min", "away": ["helper"], "lasts": "90 min"},
    ]
    log = tiny.play(**changes)
    assert at(one(log, TaskStarted, task="E2/drive")) == 150


# posts


def test_a_post_is_relieved_but_does_not_rest(tiny):
    for group in ({"works": "always"}, {"works": "office_hours", "posts": True}):
        log = tiny.play(**staffed(organisation={"people": {"leaders": group}}, horizon="14 h"))
        assert [at(r) for r in of(log, PersonRelieved)] == [610, 610], group
        assert of(log, RestBegan) == []


def test_work_for_two_that_one_must_leave_waits_for_two_again(tiny):
    """The two drivers are out together; one is wanted for the seat that changes, the other is free meanwhile."""
    changes = staffed(
        leaders=4,
        level={"staffs": {"chief": 1, "picture": 2}, "active_when": {"seats": 3, "including": ["chief"]}},
        organisation={"people": {"leaders": {"count": 6}}},
        injects=[
            inject("E2", "500 min", asks_for="both", to="staff"),
            inject("E3", "520 min", asks_for="look", to="staff"),
        ],
        horizon="20 h",
    )
    changes["procedures"] = {
        **PROCEDURES,
        "both": [task("both", "3 h", needs="verify_situation", mode="desk", persons=2)],
    }
    log = tiny.play(**changes)
    worked = of(log, Worked, task="E2/both", activity="work")
    assert sum(w.at - w.since for w in worked) == 2 * 3 * HOUR
    assert one(log, TaskFinished, task="E2/both").outcome == "done"
    assert one(log, TaskFinished, task="E3/look").outcome == "done"
    assert len(of(log, PersonRelieved)) == 3


def test_whoever_goes_away_as_the_shift_begins_is_not_seated_and_the_old_one_goes_on(tiny):
    """Waiting for 20:00 = 600, and away from that very instant, or while the old one is on a call."""
    for minute, injects in ((600, []), (605, [inject("E2", "590 min", asks_for="ring", to="staff")])):
        changes = staffed(
            leaders=2,
            organisation={
                "people": {"one": {**LEADERS, "count": 2}},
                "functions": {"leader": person("depot", "helper", "one", does=["drive"])},
            },
            injects=[*injects, inject("E3", "11 h", asks_for="look", to="staff")],
            horizon="14 h",
        )
        changes["staff"] = {"chief": ["leaders", "one"], "picture": ["leaders", "one"]}
        changes["scenario"]["events"] = [{"id": "gone", "at": f"{minute} min", "away": ["helper"]}]
        log = tiny.play(**changes)
        gone = {w.person for w in of(log, WentAway)}
        assert gone == {"one#1", "one#2"}
        assert "one#2" in {r.person for r in of(log, ReliefAgreed, seat="picture")}
        assert {s.person for s in of(log, SeatFilled, seat="picture")} == {"leaders#2"}
        assert one(log, TaskStarted, task="E3/look").person == "leaders#2"


def test_when_a_level_ends_those_who_rest_for_its_next_shift_are_told(tiny):
    ends = {"stands_down_when": {"known_severity_below": 2, "for": "10 min"}}
    over = inject("E2", "4 h", asks_for="talk", facts=["over"], to="staff")
    words = {"seats": {"picture": {"does": ["verify_situation", "personnel", "receive_alarm"]}}}
    log = tiny.play(**staffed(level=ends, injects=[over], words=words))
    down = one(log, LevelStoodDown)
    resting = [r for r in of(log, RestBegan) if r.why == "before_shift" and r.at < down.at < r.until]
    assert len(resting) == 2
    assert [(e.at, e.person) for e in of(log, RestEnded)] == [(down.at, r.person) for r in resting]


def test_nobody_takes_over_from_a_staff_that_knows_of_nothing_grave_any_more(tiny):
    """Quiet from 9 h 45, so a question of ending from 10 h 15; the shift would have changed at 10 h."""
    ends = {"stands_down_when": {"known_severity_below": 2, "for": "30 min"}}
    over = inject("E2", "9 h 40 min", asks_for="talk", facts=["over"], to="staff")
    words = {"seats": {"picture": {"does": ["verify_situation", "personnel", "receive_alarm"]}}}
    log = tiny.play(**staffed(level=ends, injects=[over], words=words))
    assert at(one(log, LevelStoodDown)) > 615
    assert of(log, PersonRelieved) == []
    assert {r.why for r in of(log, SeatLeft)} == {"ended"}


def test_nobody_takes_over_while_it_is_decided_whether_the_staff_ends(tiny):
    """Quiet from 9 h 25, so a question of ending from 9 h 55; the chief who decides is out until 10 h 20."""
    ends = {"stands_down_when": {"known_severity_below": 2, "for": "30 min"}}
    injects = [
        inject("E2", "9 h 20 min", asks_for="talk", facts=["over"], to="staff"),
        inject("E3", "9 h 30 min", asks_for="long", to="role(executive)"),
    ]
    words = {"seats": {"picture": {"does": ["verify_situation", "personnel", "receive_alarm"]}}}
    changes = staffed(level=ends, injects=injects, words=words)
    changes["procedures"] = {**PROCEDURES, "long": [task("long", "50 min", needs="lead_staff", mode="call")]}
    log = tiny.play(**changes)
    assert at(one(log, LevelStoodDown)) > 600  # the shift would have changed at 600
    assert of(log, PersonRelieved) == []
    assert {r.why for r in of(log, SeatLeft)} == {"ended"}


def test_whoever_is_telephoned_at_night_about_the_next_shift_has_been_woken(tiny):
    """STARTEX 23:30: those of shift 1 answer at 23, shift 2 is planned 90 min after the level is active at 53."""
    setup = tiny.setup(**merged(staffed(), {"scenario": {"start": "2026-01-20T23:30"}}))
    log = tiny.replay(setup)
    assert [(at(r), r.person) for r in of(log, PersonReached)] == [
        (23, "leaders#1"),
        (23, "leaders#2"),
        (147, "leaders#3"),
        (147, "leaders#4"),
    ]
    assert strain(log, rules_of(setup), {"command": 2}).woken == 4
