"""Flows, from logs written by hand."""

from ovning.log.records import (
    FlowArrived,
    FlowBegun,
    FlowDone,
    FlowLate,
    FlowLeft,
    FlowTurnedAway,
    PlayEnded,
    PlayStarted,
)
from ovning.measures.flows import InTime, flow_faults, flow_outcomes, in_time
from ovning.units import HOUR, MINUTE

H, M = HOUR, MINUTE
START = PlayStarted(0, "elavbrott", "orebro", None, 1, 0, "2026-01-22T08:00:00+01:00", 4 * H)
VISITS = (
    START,
    FlowArrived(0, "visits", 4, (1, 2, 3, 4)),
    FlowBegun(30 * M, "visits", "go", 2, (1, 2), 60 * M, "flow:visits:go:1"),
    FlowLate(40 * M, "visits", 2, (3, 4)),
    FlowDone(60 * M, "visits", "go", 1, (1,), False),
    FlowDone(60 * M, "visits", "go", 1, (2,), True),
    FlowBegun(70 * M, "visits", "stay", 1, (1,), 10 * M, ""),
    FlowBegun(70 * M, "visits", "go", 1, (3,), 70 * M, "flow:visits:go:2"),
    FlowArrived(80 * M, "visits", 2, (5, 6)),
    FlowTurnedAway(80 * M, "visits", "go", 1, (6,)),
    FlowLeft(100 * M, "visits", "go", 1, (4,), 100 * M, "no_need"),
    FlowDone(100 * M, "visits", "go", 1, (3,), True),
    FlowArrived(230 * M, "visits", 1, (7,)),
    PlayEnded(4 * H),
)
CALLS = (
    START,
    FlowArrived(15 * M, "calls", 10, ()),
    FlowBegun(15 * M, "calls", "answer", 4, (), 0, "flow:calls:answer:1"),
    FlowDone(30 * M, "calls", "answer", 4, (), True),
    FlowArrived(30 * M, "calls", 5, ()),
    FlowBegun(30 * M, "calls", "answer", 4, (), 60 * M, "flow:calls:answer:2"),
    FlowLeft(45 * M, "calls", "answer", 3, (), 60 * M, "gave_up"),
    PlayEnded(60 * M),
)


def test_visits_one_by_one():
    (visits,) = flow_outcomes(VISITS, ["visits"])
    assert (visits.arrived, visits.done, visits.gave_up, visits.no_need, visits.turned_away) == (7, 2, 0, 1, 1)
    assert (visits.waiting, visits.in_work) == (2, 1)
    # 1 and 2 half an hour each, 1 ten minutes more, 3 70 min, 4 100 min, 5 from 80 to 240, 7 ten minutes.
    assert visits.waited == (60 + 10 + 70 + 100 + 160 + 10) * M
    assert visits.mean_wait == visits.waited / 7
    # 3 is late from 40 to 100, 4 likewise.
    assert (visits.late, visits.late_time) == (2, 120 * M)
    assert (visits.largest, visits.largest_at) == (4, 0)
    # 60 min: 1 (who has just come on to the next stage), 3 and 4; 120 min: 5; 180: 5; 240: 5 and 7.
    assert visits.backlog == (3, 1, 1, 2)
    # First hour: 1 and 2 half an hour, 3 and 4 all of it. Second: 1 and 3 ten minutes, 4 and 5 forty.
    assert visits.waited_by_hour == (180 * M, 100 * M, 60 * M, 70 * M)
    assert visits.is_conserved
    assert flow_faults(VISITS) == ()


def test_calls_in_numbers():
    (calls, others) = flow_outcomes(CALLS, ["calls", "others"])
    assert (calls.arrived, calls.done, calls.gave_up, calls.waiting, calls.in_work) == (15, 4, 3, 4, 4)
    # Six wait from 15 to 30, seven to 45, four to 60.
    assert calls.waited == (6 * 15 + 7 * 15 + 4 * 15) * M
    assert (calls.largest, calls.largest_at, calls.backlog) == (7, 30 * M, (4,))
    assert calls.waited_by_hour == (calls.waited,)
    assert others.arrived == 0
    assert others.mean_wait is None
    assert others.largest_at is None


def test_who_was_taken_care_of_in_time_one_by_one():
    # Within half an hour: 1 and 2. 3 and 6 were not, 4 was not before it needed nothing, 5 still waits; 7 may yet be.
    assert in_time(VISITS, "visits", 30 * M) == InTime(2, 6)
    # Within two hours: 1, 2 and 3; 4 left in time and tells nothing; 6 was turned away, 5 has waited longer.
    assert in_time(VISITS, "visits", 120 * M) == InTime(3, 5)
    # To the second stage within 70 min: 1; 2 and 3 went through without it and tell nothing.
    assert in_time(VISITS, "visits", 70 * M, "stay") == InTime(1, 4)
    assert in_time(VISITS, "other", 70 * M).share is None


def test_who_was_taken_care_of_in_time_in_numbers():
    # At once: the first four. The next four had waited for a quarter, three gave up; of the four who wait at the end,
    # who are the last who came, all have waited for half an hour.
    assert in_time(CALLS, "calls", 0) == InTime(4, 15)
    assert in_time(CALLS, "calls", 15 * M) == InTime(8, 15)
    assert in_time(CALLS, "calls", 30 * M) == InTime(8, 11)
    assert in_time(CALLS, "calls", 30 * M).share == 8 / 11


def test_what_cannot_be_is_found():
    twice = (START, *VISITS[1:3], FlowBegun(31 * M, "visits", "go", 1, (1,), 0, "w"), PlayEnded(H))
    assert flow_faults(twice) == ("record 3: visits 1 is in work, not waiting",)
    unknown = (START, FlowDone(H, "visits", "go", 1, (9,), True), PlayEnded(H))
    assert "visits 9 is nowhere, not in work" in flow_faults(unknown)[-1]
    many = (START, FlowArrived(0, "calls", 2, ()), FlowBegun(0, "calls", "answer", 3, (), 0, "w"), PlayEnded(H))
    assert flow_faults(many) == ("record 2: calls: 1 more than are waiting",)
    misnamed = (START, FlowArrived(0, "visits", 3, (1, 2)), PlayEnded(H))
    assert flow_faults(misnamed) == ("record 1: visits: 3 items, named (1, 2)",)
    again = (
        START,
        FlowArrived(0, "v", 1, (1,)),
        FlowLeft(1, "v", "go", 1, (1,), 1, "gave_up"),
        FlowLate(2, "v", 1, (1,)),
    )
    assert flow_faults(again) == ("record 3: v 1 is gone, not waiting",)
