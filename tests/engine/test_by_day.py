"""A staff that sits by day, worked out by hand: STARTEX Tuesday 10:00, minutes from then.

As in ``test_shifts``: the staff is active at 29, and the next shift is to be planned at 89. Leaders work 08–17, so the
day ends at 420, the next begins at 1320 and ends at 1860. What is grave (2) is over when the officer has been told so.
"""

from ovning.log.records import (
    CaseOpened,
    FactLearned,
    LevelActivated,
    LevelStoodDown,
    MeetingHeld,
    RestBegan,
    SeatFilled,
    SeatLeft,
    ShiftPlanned,
    TaskFinished,
)
from ovning.measures.relief import empty_seats
from tests.engine.test_shifts import staffed
from tests.tiny import at, inject, of, one, task

BY_DAY = {
    "by_day": {"works": "office_hours", "known_severity_below": 2},
    "rhythm": {"meeting_every": "2 h", "item": "1 min"},
    "stands_down_when": None,
}
FACTS = {
    "less": {"title": "Det är mindre allvarligt", "severity": 1, "kind": "power", "cancels": ["grave"]},
    "again": {"title": "Det är allvarligt igen", "severity": 3, "kind": "power"},
}


def eased(minutes, **more):
    """The staff is told after so many minutes that it is less grave."""
    told = inject("E2", at=f"{minutes} min", to="staff", facts=["less"], asks_for="hear")
    more.setdefault("horizon", "40 h")
    more.setdefault("injects", [])
    given = staffed(level={**BY_DAY, **more.pop("level", {})}, **{**more, "injects": [told, *more["injects"]]})
    given["scenario"]["facts"] = FACTS
    given["procedures"] = {**given["procedures"], "hear": [task("hear", "1 min", needs="lead_staff")]}
    return given


def sat(log):
    return [
        (at(r), r.seat, int(r.person[-1]), r.why if isinstance(r, SeatLeft) else "sits")
        for r in log
        if isinstance(r, SeatFilled | SeatLeft)
    ]


def test_it_goes_home_when_the_day_ends_and_the_same_people_come_back_in_the_morning(tiny):
    log = tiny.play(**eased(60))
    assert at(one(log, LevelActivated)) == 29
    assert sat(log) == [
        (29, "chief", 1, "sits"),
        (29, "picture", 2, "sits"),
        (420, "chief", 1, "adjourned"),
        (420, "picture", 2, "adjourned"),
        (1330, "chief", 1, "sits"),  # ten minutes from their desks
        (1330, "picture", 2, "sits"),
        (1860, "chief", 1, "adjourned"),
        (1860, "picture", 2, "adjourned"),
    ]
    assert not of(log, LevelStoodDown)
    assert not of(log, ShiftPlanned)  # nobody is told to come at night
    assert not of(log, RestBegan)  # at home they can be reached


def test_it_holds_no_meetings_at_night_and_goes_on_with_them_in_the_morning(tiny):
    log = tiny.play(**eased(60))
    assert [m.since // 60_000 for m in of(log, MeetingHeld)] == [29, 149, 269, 389, 1330, 1450, 1570, 1690, 1810]


def test_the_night_is_no_empty_seat(tiny):
    log = tiny.play(**eased(60))
    (found,) = empty_seats(log, {"command": 2}) or (None,)
    assert found is None


def test_as_long_as_it_knows_of_something_grave_it_sits_round_the_clock(tiny):
    log = tiny.play(**eased(900))
    assert (600, 2) in [(p.begins // 60_000, p.shift) for p in of(log, ShiftPlanned)]
    assert not [r for r in of(log, SeatLeft) if r.why == "adjourned" and at(r) < 900]
    # Those who sat at 01:00 go home then, and rest: their day would begin before they had.
    left = [(at(r), r.person) for r in of(log, SeatLeft) if r.why == "adjourned"]
    assert [minutes for minutes, _ in left[:2]] == [901, 901]
    rested = {r.person: r.until // 60_000 for r in of(log, RestBegan) if at(r) == 901}
    assert rested == {person: 901 + 660 for _, person in left[:2]}
    # The others come in the morning, from their desks.
    morning = [(at(r), r.person) for r in of(log, SeatFilled) if at(r) > 901]
    assert [minutes for minutes, _ in morning] == [1330, 1330]
    assert not {person for _, person in morning} & set(rested)


def test_something_grave_at_night_calls_it_together(tiny):
    told = inject("E3", at="700 min", facts=["again"], asks_for="talk")
    log = tiny.play(**eased(60, injects=[told]))
    again = [(at(r), r.seat) for r in of(log, SeatFilled) if 420 < at(r) < 1320]
    # The officer knows after 5 min; they answer after 4 and come after 30.
    assert again == [(739, "chief"), (739, "picture")]
    assert 739 in [m.since // 60_000 for m in of(log, MeetingHeld)]
    assert [p for p in of(log, ShiftPlanned) if p.at > 739 * 60_000]  # and now the next shift is planned


def test_work_in_hand_is_done_before_anybody_goes(tiny):
    late = inject("E3", at="410 min", to="staff", asks_for="ring")
    log = tiny.play(**eased(60, injects=[late]))
    ended = one(log, TaskFinished, task="E3/ring")
    assert at(ended) == 435
    assert (435, "picture", 2, "adjourned") in sat(log)


def test_what_comes_at_night_goes_to_the_first_call(tiny):
    late = inject("E3", at="600 min", to="staff", asks_for="talk")
    log = tiny.play(**eased(60, injects=[late]))
    ended = one(log, TaskFinished, task="E3/talk")
    assert ended.station == "officer"


def test_the_first_time_it_sits_round_the_clock_whatever_it_knows(tiny):
    log = tiny.play(**eased(60, level={"by_day": {**BY_DAY["by_day"], "after": "12 h"}}))
    left = [r for r in of(log, SeatLeft) if r.why == "adjourned"]
    assert {at(r) for r in left} == {29 + 720, 1860}
    assert [p.shift for p in of(log, ShiftPlanned)][:1] == [2]


def test_what_is_told_as_it_gathers_begins_its_shifts_once(tiny):
    # What it gathers for would let it sit by day (3 < 4), but for its first 20 minutes; at 41 it hears of something.
    day = {"works": "office_hours", "known_severity_below": 4, "after": "20 min"}
    given = eased(40, level={"by_day": day, "shifts": {"length": "6 h", "planned_within": "5 min"}})
    log = tiny.play(**given)
    assert at(one(log, LevelActivated)) == 29
    assert [at(r) for r in of(log, FactLearned, knower="command")] == [29, 41]
    assert [(at(r), r.case) for r in of(log, CaseOpened, kind="shift")] == [(34, "shift:command:1.2")]
