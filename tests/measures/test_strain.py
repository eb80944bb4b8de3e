"""Strain, from a log written by hand; every number is worked out in the comments.

STARTEX is a Thursday at 08:00, so hour h of the play is 8 + h o'clock; night is 23–06, that is hours 15–22, 39–46 and
63–70. The play goes on for 60 hours.
"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ovning.log.records import (
    FunctionEmptied,
    FunctionManned,
    LevelActivated,
    LevelStoodDown,
    OrdinaryHoursCounted,
    PersonReached,
    PersonRelieved,
    PlayEnded,
    PlayStarted,
    RestBegan,
    RestEnded,
    SeatFilled,
    SeatLeft,
    ShiftPlanned,
    WentAway,
    Worked,
)
from ovning.measures.load import Heads, loads
from ovning.measures.relief import EmptySeats, Relief, Stay, empty_seats, relief, seat_stays
from ovning.measures.spans import nights
from ovning.measures.strain import Rules, Unmanned, rest_deviations, strain, working_times
from ovning.units import HOUR, MINUTE

H, M = HOUR, MINUTE
RULES = Rules("23:00", "06:00", 11 * H, 5 * H, frozenset({"posts"}))
SEATS = {"watch": 0, "command": 2}


def _worked(person, since, at, station="tib", activity="work"):
    return Worked(round(at * H), round(since * H), "E1/x", person, station, activity, "call")


LOG = (
    PlayStarted(0, "elavbrott", "orebro", None, 1, 0, "2026-01-22T08:00:00+01:00", 60 * H),
    # a#1 was at work from seven, works for the exercise at ten, sits in the staff until she is relieved at 20:30, is
    # woken at two for half an hour, and sits again from hour 24 to the end.
    OrdinaryHoursCounted(2 * H, "a#1", -1 * H, 9 * H),
    _worked("a#1", 2, 2.5),
    _worked("posts#0", 0, 60),
    PersonReached(3 * H, "b#1", "tib"),
    _worked("b#1", 3, 4),
    SeatFilled(4 * H, "command", "chief", "a#1", 1),
    FunctionEmptied(4 * H, "tib"),
    LevelActivated(5 * H, "command", "L"),
    ShiftPlanned(6 * H, "command", 2, 12 * H, "shift/plan", ("c#1",)),
    SeatFilled(7 * H, "command", "picture", "b#1", 2),
    PersonRelieved(12 * H + 30 * M, 12 * H + 10 * M, "command", "chief", "a#1", "c#1"),
    SeatLeft(12 * H + 30 * M, "command", "chief", "a#1", "relieved", 1),
    SeatFilled(12 * H + 30 * M, "command", "chief", "c#1", 2),
    RestBegan(12 * H + 30 * M, "a#1", 23 * H + 30 * M, "shift_over"),
    FunctionManned(14 * H, "tib"),
    PersonReached(18 * H, "d#1", "tib"),
    _worked("d#1", 18, 18.5),
    # b#1 was never relieved, and goes home after sixteen hours.
    SeatLeft(19 * H, "command", "picture", "b#1", "worn_out", 1),
    RestBegan(19 * H, "b#1", 30 * H, "worn_out"),
    RestEnded(23 * H + 30 * M, "a#1"),
    SeatFilled(24 * H, "command", "picture", "a#1", 2),
    RestEnded(30 * H, "b#1"),
    PersonReached(41 * H, "d#1", "tib"),
    PersonReached(42 * H, "e#1", "klut"),
    FunctionEmptied(50 * H, "tib"),
    FunctionEmptied(58 * H, "drift"),
    PlayEnded(60 * H),
)


@pytest.fixture
def found():
    return strain(LOG, RULES, SEATS)


def test_hours_worked_are_put_together_from_work_seats_and_ordinary_days(found):
    people = {person.person: person for person in found.people}
    # a#1: -1 to 12.5 without a break (13.5 h), and 24 to 60 (36 h); b#1: 3 to 4 and 7 to 19; c#1: 12.5 to 60.
    assert people["a#1"].worked == (13.5 + 36) * H
    assert people["b#1"].worked == (1 + 12) * H
    assert people["c#1"].worked == 47.5 * H
    assert people["d#1"].worked == 0.5 * H
    assert set(people) == {"a#1", "b#1", "c#1", "d#1"}


def test_the_longest_duty_goes_over_breaks_that_are_shorter_than_a_nights_sleep(found):
    people = {person.person: person.longest_duty for person in found.people}
    # b#1 was off from 4 to 7, less than five hours: 3 to 19 is one duty.
    assert people == {"a#1": 36 * H, "b#1": 16 * H, "c#1": 47.5 * H, "d#1": 0.5 * H}


def test_days_without_the_daily_rest(found):
    people = {person.person: person.deviations for person in found.people}
    # a#1's days begin at -1: until 23 she is free from 12.5, 10.5 h (one deviation); 23 to 47: from 24 on at work, free
    # for an hour (two); 47 to 60: at work throughout, but what comes after the play is free, 60 to 71 is 11 h: none.
    # b#1: 3 to 27: free 19 to 27 is 8 h, 4 to 7 is 3 h (one). c#1: 12.5 to 36.5 (one), 36.5 to 60.5: free half an hour
    # (two). d#1: free for 23.5 hours.
    assert people == {"a#1": 2, "b#1": 1, "c#1": 2, "d#1": 0}
    assert found.deviations == 5


@pytest.mark.parametrize(
    ("off_at", "back_at", "deviations"), [(12, 23, 0), (12, 22.99, 1), (13, 24, 0), (13.01, 24, 1)]
)
def test_eleven_hours_are_enough_and_less_is_not(off_at, back_at, deviations):
    spans = ((0, round(off_at * H)), (round(back_at * H), 24 * H))
    assert rest_deviations(tuple(span for span in spans if span[1] > span[0]), 11 * H, 24 * H) == deviations


def test_a_day_that_was_too_long_is_one_deviation_and_a_long_rest_after_it_begins_anew():
    # The 24 hours from the first work hold eight hours of rest; the next are counted from hour 32.
    assert rest_deviations(((0, 16 * H), (32 * H, 41 * H)), 11 * H, 100 * H) == 1
    assert rest_deviations(((0, 16 * H), (32 * H, 41 * H)), 8 * H, 100 * H) == 0
    # Back after eight hours: the next 24 begin at hour 24, and hold ten and a half hours of rest.
    assert rest_deviations(((0, 16 * H), (24 * H, 37.5 * H), (48 * H, 49 * H)), 11 * H, 100 * H) == 2
    # Without rest for three days.
    assert rest_deviations(((0, 72 * H),), 11 * H, 72 * H) == 3


def test_a_day_is_counted_from_the_first_work_after_rest_and_not_by_the_clock():
    # From hour 30 they work for thirteen hours, rest for eleven, and so on.
    spans = ((0, 9 * H), (30 * H, 43 * H), (54 * H, 67 * H))
    assert rest_deviations(spans, 11 * H, 200 * H) == 0


@given(st.lists(st.integers(1, 16), min_size=1, max_size=12))
def test_days_without_rest_are_those_found_hour_by_hour(lengths):
    # Work and free time in turn, in whole hours, the last of them at work.
    spans, at = [], 0
    for n, length in enumerate(lengths):
        if n % 2 == 0:
            spans.append((at * H, (at + length) * H))
        at += length
    busy = [any(since <= hour * H < until for since, until in spans) for hour in range(at + 48)]
    deviations, begins = 0, 0
    while begins < at:
        free = next((h for h in range(begins, begins + 14) if not any(busy[h : h + 11])), None)
        deviations += free is None
        begins = begins + 24 if free is None else free
        while begins < at and not busy[begins]:
            begins += 1
    assert rest_deviations(tuple(spans), 11 * H, at * H) == deviations


def test_only_those_who_went_home_because_they_could_not_go_on_are_worn_out():
    rests = (
        ("a#1", "shift_over"),
        ("b#1", "worn_out"),
        ("c#1", "before_shift"),
        ("d#1", "worn_out"),
        ("e#1", "worn_out"),
    )
    log = (*LOG[:1], *(RestBegan(9 * H, person, 20 * H, why) for person, why in rests), PlayEnded(30 * H))
    assert strain(log, RULES, SEATS).worn_out == 3


def test_a_short_call_in_the_night_breaks_the_rest():
    unbroken = ((0, 12 * H), (23 * H, 24 * H))
    called = ((0, 12 * H), (17 * H, 17 * H + 5 * M), (23 * H, 24 * H))
    assert (rest_deviations(unbroken, 11 * H, 48 * H), rest_deviations(called, 11 * H, 48 * H)) == (0, 1)


def test_night_work_and_those_who_were_woken(found):
    people = {person.person: person for person in found.people}
    # Nights are 15-22, 39-46 (and 63-70). a#1 sits through the second; b#1 from 15 to 19; c#1 through both.
    assert {name: person.night for name, person in people.items()} == {
        "a#1": 7 * H,
        "b#1": 4 * H,
        "c#1": 14 * H,
        "d#1": 0.5 * H,
    }
    assert {name: person.woken for name, person in people.items()} == {"a#1": 0, "b#1": 0, "c#1": 0, "d#1": 2}
    assert found.woken == 3  # the elected member too; not b#1, who was called at eleven in the morning


def test_functions_that_stood_empty(found):
    assert found.unmanned == (Unmanned("drift", 2 * H, 58 * H), Unmanned("tib", 20 * H, 4 * H))
    assert found.unmanned_time == 22 * H
    assert found.first_unmanned_at == 4 * H


def test_seats_that_stood_empty(found):
    # Active from 5; the picture seat is empty 5 to 7 and 19 to 24.
    assert found.empty_seats == (EmptySeats("command", 7 * H, 5 * H),)


def test_relief_in_time_late_and_never(found):
    # At hour 12 a#1 and b#1 sit there: one is relieved ten minutes later, nobody comes for the other.
    assert found.relief == Relief(in_time=1, late=0, never=1)
    assert relief(LOG, seat_stays(LOG), 10 * M, 60 * H) == Relief(in_time=1, late=0, never=1)
    assert relief(LOG, seat_stays(LOG), 5 * M, 60 * H) == Relief(in_time=0, late=1, never=1)
    assert found.worn_out == 1


def test_a_staff_that_ends_when_shifts_change_tells_nothing_of_relief():
    log = (
        *LOG[:1],
        SeatFilled(1 * H, "command", "chief", "a#1", 1),
        LevelActivated(1 * H, "command", "L"),
        ShiftPlanned(2 * H, "command", 2, 8 * H, "shift/plan", ()),
        LevelStoodDown(8 * H + 5 * M, "command", "L"),
        PlayEnded(20 * H),
    )
    stays = seat_stays(log)
    assert stays == (Stay(1 * H, 8 * H + 5 * M, "command", "chief", "a#1", "ended"),)
    assert relief(log, stays, 15 * M, 20 * H) == Relief(0, 0, 0)
    assert relief(log, stays, 4 * M, 20 * H) == Relief(0, 0, 1)


def test_relief_that_was_planned_too_late_counts_from_when_it_was_planned():
    log = (
        *LOG[:1],
        SeatFilled(1 * H, "command", "chief", "a#1", 1),
        ShiftPlanned(9 * H, "command", 2, 8 * H, "shift/plan", ("b#1",)),
        PersonRelieved(9 * H + 20 * M, 9 * H + 10 * M, "command", "chief", "a#1", "b#1"),
        SeatLeft(9 * H + 20 * M, "command", "chief", "a#1", "relieved", 0),
        PlayEnded(20 * H),
    )
    assert relief(log, seat_stays(log), 15 * M, 20 * H) == Relief(1, 0, 0)


def test_empty_seats_are_not_counted_before_a_level_is_active_or_after_its_end():
    log = (
        *LOG[:1],
        SeatFilled(1 * H, "command", "chief", "a#1", 1),
        LevelActivated(3 * H, "command", "L"),
        LevelStoodDown(5 * H, "command", "L"),
        PlayEnded(20 * H),
    )
    assert empty_seats(log, {"watch": 0, "command": 3}) == (EmptySeats("command", 4 * H, 3 * H),)


def test_ordinary_hours_are_cut_by_rest_and_by_being_away():
    log = (
        *LOG[:1],
        OrdinaryHoursCounted(1 * H, "a#1", 0, 9 * H),
        _worked("a#1", 1, 2),
        RestBegan(3 * H, "a#1", 7 * H, "before_shift"),
        RestEnded(7 * H, "a#1"),
        OrdinaryHoursCounted(1 * H, "b#1", 0, 9 * H),
        WentAway(2 * H, "b#1", 4 * H),
        OrdinaryHoursCounted(1 * H, "c#1", 0, 9 * H),
        WentAway(2 * H, "c#1", None),
        OrdinaryHoursCounted(1 * H, "d#1", 0, 9 * H),
        RestBegan(8 * H, "d#1", 19 * H, "shift_over"),
        PlayEnded(8 * H + 30 * M),
    )
    assert working_times(log, ()) == {
        "a#1": ((0, 3 * H), (7 * H, 8 * H + 30 * M)),
        "b#1": ((0, 2 * H), (4 * H, 8 * H + 30 * M)),
        "c#1": ((0, 2 * H),),
        "d#1": ((0, 8 * H),),
    }


def test_the_load_of_functions_and_seats_hour_by_hour():
    log = (
        *LOG[:1],
        # tib has nine people, one of them on call: half an hour is half of it; two at once are all of two.
        _worked("tib#1", 0.5, 1),
        _worked("tib#1", 1, 2),
        _worked("tib#2", 1, 2),
        # drift has four and no rota: an hour and a half of one is an eighth and a quarter.
        _worked("drift#1", 0.5, 2, "drift"),
        SeatFilled(2 * H, "command", "chief", "c#1", 1),
        _worked("c#1", 2.5, 3, "command.chief", "meeting"),
        _worked("k#1", 2, 3, "klut"),
        PlayEnded(3 * H + 30 * M),
    )
    found = {load.station: load for load in loads(log, seat_stays(log), {"tib": Heads(9, 1), "drift": Heads(4, 0)})}
    assert found["tib"].permille == (500, 1000, 0, 0)
    assert found["drift"].permille == (125, 250, 0, 0)
    assert found["command.chief"].permille == (0, 0, 500, 0)
    assert (found["tib"].peak, set(found)) == (1000, {"tib", "drift", "command.chief"})


def test_the_last_hour_may_be_cut():
    log = (*LOG[:1], _worked("tib#1", 1, 1.25), PlayEnded(1 * H + 30 * M))
    assert [load.permille for load in loads(log, (), {"tib": Heads(1, 1)})] == [(0, 500)]


def test_a_log_that_is_cut_has_no_strain():
    with pytest.raises(ValueError, match="PlayEnded"):
        strain(LOG[:-1], RULES, SEATS)
    with pytest.raises(ValueError, match="PlayStarted"):
        strain(LOG[1:], RULES, SEATS)


def test_night_is_the_same_for_those_who_work_and_those_who_are_woken(found):
    dark = nights("2026-01-22T08:00:00+01:00", 60 * H, RULES.night_begins, RULES.night_ends)
    assert (15 * H, 22 * H) in dark
    assert (39 * H, 46 * H) in dark
