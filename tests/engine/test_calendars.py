"""When people are at work, over holidays, eves and changes to and from summer time."""

from datetime import date, datetime

import pytest

from ovning.engine.calendars import Calendars
from ovning.free_days import is_free_day
from ovning.log.records import TaskStarted
from ovning.units import DAY, HOUR, MINUTE, Clock
from tests.tiny import at, inject, of, one, task


@pytest.mark.parametrize(
    "day",
    [
        "2026-01-01",  # nyårsdagen
        "2026-01-06",  # trettondedag jul
        "2026-04-03",  # långfredagen
        "2026-04-06",  # annandag påsk
        "2026-05-01",  # första maj
        "2026-05-14",  # Kristi himmelsfärdsdag
        "2026-06-06",  # nationaldagen
        "2026-06-19",  # midsommarafton
        "2026-12-24",  # julafton
        "2026-12-25",  # juldagen
        "2026-12-31",  # nyårsafton
        "2027-06-25",  # midsommarafton
    ],
)
def test_holidays_and_the_eves_that_are_free_in_practice(day):
    assert is_free_day(date.fromisoformat(day))


@pytest.mark.parametrize("day", ["2026-01-05", "2026-06-18", "2026-06-26", "2026-12-23", "2026-12-30", "2026-04-02"])
def test_days_beside_them_are_ordinary(day):
    assert not is_free_day(date.fromisoformat(day))


def _calendars(tiny, start, horizon="12 h"):
    setup = tiny.setup(scenario={"start": start, "horizon": horizon}, injects=[inject("E1")])
    clock = Clock.at(datetime.fromisoformat(start))
    return Calendars(clock, setup.scenario.horizon, setup.assumptions)


def _at_work(tiny, start):
    return _calendars(tiny, start).span("office_hours", 0) is not None


@pytest.mark.parametrize(
    ("start", "at_work"),
    [
        ("2026-01-20T08:00", True),
        ("2026-01-20T07:59", False),
        ("2026-01-20T16:59", True),
        ("2026-01-20T17:00", False),
        ("2026-01-24T10:00", False),
        ("2026-12-23T10:00", True),
        ("2026-12-24T10:00", False),
        ("2026-06-19T10:00", False),
    ],
)
def test_office_hours(tiny, start, at_work):
    assert _at_work(tiny, start) is at_work


@pytest.mark.parametrize(
    ("start", "hours"),
    [
        ("2026-03-29T23:00", 9.0),  # the night after the change
        ("2026-03-29T00:30", 30.5),  # one hour is skipped on the way to Monday at eight
        ("2026-10-25T00:30", 32.5),  # one hour comes twice
        ("2026-01-19T00:30", 7.5),
    ],
)
def test_summer_time_comes_and_goes_in_the_night(tiny, start, hours):
    assert _calendars(tiny, start, "2 d").next_begin("office_hours", 0) == hours * HOUR


def test_night_and_day(tiny):
    calendars = _calendars(tiny, "2026-01-20T03:50")
    night, name, ends = calendars.part(0)
    assert night
    assert ends == 130 * MINUTE
    assert not calendars.part(ends)[0]
    assert calendars.part(ends)[1] != name
    assert calendars.part(19 * HOUR + 10 * MINUTE)[0]  # 23:00
    assert calendars.part(19 * HOUR + 10 * MINUTE)[1] != name


def test_a_night_is_one_hour_shorter_when_summer_time_begins(tiny):
    ends = {
        start: _calendars(tiny, start).part(0)[2]
        for start in ("2026-03-28T23:00", "2026-10-24T23:00", "2026-01-20T23:00")
    }
    assert [hours / HOUR for hours in ends.values()] == [6, 8, 7]


def test_weeks_run_from_monday_to_sunday(tiny):
    calendars = _calendars(tiny, "2026-01-25T12:00", "9 d")
    assert calendars.week(0) == calendars.week(12 * HOUR - 1) == calendars.week(12 * HOUR) - 1
    assert calendars.week(7 * DAY) == calendars.week(0) + 1


def test_somebody_with_office_hours_begins_at_eight_by_the_clock_on_the_wall(tiny):
    begun = {}
    for start in ("2026-03-29T01:30", "2026-10-25T01:30", "2026-01-25T01:30"):
        log = tiny.play(
            organisation={"people": {"officers": {"works": "office_hours"}}},
            scenario={"start": start, "horizon": "2 d"},
            injects=[inject("E1", asks_for="note")],
            procedures={"note": [task("note", "5 min", needs="write", mode="desk")]},
        )
        begun[start] = at(one(log, TaskStarted)) / 60
    assert list(begun.values()) == [29.5, 31.5, 30.5]


def test_julafton_nobody_is_at_the_office(tiny):
    for start, takers in (("2026-12-23T10:00", 1), ("2026-12-24T10:00", 0)):
        log = tiny.play(
            organisation={
                "people": {"officers": {"works": "office_hours", "reached": {"chance": 0, "delay": "1 min"}}}
            },
            scenario={"start": start},
            injects=[inject("E1")],
        )
        assert len(of(log, TaskStarted)) == takers


def test_the_evening_before_an_exercise_that_begins_after_midnight_is_the_evening(tiny):
    """Those whose mornings begin later look back at the part of the day in which it was earlier."""
    calendars = _calendars(tiny, "2026-01-20T00:10")
    night, name, ends = calendars.part(-100 * MINUTE)  # 22:30, day until 23:00
    assert (night, ends) == (False, -70 * MINUTE)
    assert name.startswith("2026-01-19")
    assert calendars.part(-60 * MINUTE) == calendars.part(0)
    assert calendars.part(0)[::2] == (True, 350 * MINUTE)


@pytest.mark.parametrize(("begins", "date_of"), [("24:00", "2026-01-19"), ("00:00", "2026-01-20")])
def test_a_night_that_begins_at_midnight(tiny, begins, date_of):
    """The same hours either way; 24:00 belongs to the evening, and has its luck. The day is cut as others are."""
    setup = tiny.setup(
        scenario={"start": "2026-01-19T23:50", "horizon": "2 d"},
        injects=[inject("E1")],
        assumptions={"night_begins": begins},
    )
    calendars = Calendars(Clock.at(setup.scenario.start), setup.scenario.horizon, setup.assumptions)
    assert calendars.part(0)[::2] == (False, 10 * MINUTE)
    assert calendars.part(10 * MINUTE) == (True, f"{date_of}/night", 370 * MINUTE)
    lasts = setup.assumptions.luck_of_the_day_lasts
    assert calendars.part(370 * MINUTE) == (False, "2026-01-20/day/0", 370 * MINUTE + lasts)
    assert calendars.part(DAY + 10 * MINUTE - 1)[0] is False
    assert calendars.part(DAY + 10 * MINUTE)[0] is True


def test_work_until_midnight(tiny):
    setup = tiny.setup(
        scenario={"start": "2026-01-19T23:50", "horizon": "2 d"},
        injects=[inject("E1")],
        assumptions={"calendars": {"evening": {"begin": "16:00", "end": "24:00", "days": ["mon"]}}},
    )
    calendars = Calendars(Clock.at(setup.scenario.start), setup.scenario.horizon, setup.assumptions)
    assert calendars.span("evening", 0) == (-(7 * HOUR + 50 * MINUTE), 10 * MINUTE)
