"""Times as people write them."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from ovning.evaluate.clocks import OfDay, Offset, Reader, of_excel, read_day, read_time
from ovning.model.conduct import Conduct
from ovning.model.setup import Setup
from ovning.report.papers.expected import game_time
from ovning.units import HOUR, MINUTE, SECOND, Clock
from tests.acceptance.courses import half_day

HALF_PAST = 9 * HOUR + 35 * MINUTE


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("09:35", OfDay(HALF_PAST)),
        ("9.35", OfDay(HALF_PAST)),
        ("0935", OfDay(HALF_PAST)),
        ("kl 09.35", OfDay(HALF_PAST)),
        ("kl. 9:35:20", OfDay(HALF_PAST + 20 * SECOND)),
        ("Klockan 09:35", OfDay(HALF_PAST)),
        ("ca 9.35", OfDay(HALF_PAST)),
        (" 9:35 ", OfDay(HALF_PAST)),
        ("24:00", OfDay(24 * HOUR)),
        ("T+1:35", Offset(95 * MINUTE)),
        ("t + 1.35", Offset(95 * MINUTE)),
        ("T+0", Offset(0)),
        ("T+1 h 35 min", Offset(95 * MINUTE)),
        ("T+100:00", Offset(100 * HOUR)),
        ("2026-01-23 09:35", OfDay(HALF_PAST, date(2026, 1, 23))),
        ("2026-01-23T09:35:00", OfDay(HALF_PAST, date(2026, 1, 23))),
        ("23/1 09.35", OfDay(HALF_PAST, date(1, 1, 23))),
        ("23.1.2026 09.35", OfDay(HALF_PAST, date(2026, 1, 23))),
        ("", None),
        ("halv tio", None),
        ("25:00", None),
        ("9:75", None),
        ("T+snart", None),
        ("31/2 09:00", None),
        ("24 jan 01:20", OfDay(80 * MINUTE, date(1, 1, 24))),
        ("24 januari 2026, 01.20", OfDay(80 * MINUTE, date(2026, 1, 24))),
        ("20260124 01:20", OfDay(80 * MINUTE, date(2026, 1, 24))),
        ("935", None),
    ],
)
def test_a_time_is_read_as_it_is_meant(text: str, expected: object) -> None:
    assert read_time(text) == expected


CLOCK = Clock.at(datetime(2026, 1, 22, 3, 50))


def placed(reader: Reader, *texts: str) -> list[float | None]:
    found = []
    for text in texts:
        said = read_time(text)
        assert said is not None
        at = reader.place(said).at
        found.append(None if at is None else at / HOUR)
    return found


def test_after_midnight_it_is_the_next_day_and_a_little_out_of_order_is_the_same() -> None:
    reader = Reader(CLOCK, 72 * HOUR)
    assert placed(reader, "03:50", "23:50", "23:20", "01:20", "10:20") == [0, 20, 19.5, 21.5, 30.5]


def test_a_time_outside_the_exercise_is_none() -> None:
    assert placed(Reader(CLOCK, 2 * HOUR), "T+2:00", "T+2:01") == [2, None]
    assert placed(Reader(CLOCK, 72 * HOUR), "2026-01-22 03:49", "2026-02-22 03:49") == [None, None]


def test_hours_that_were_jumped_hold_no_row() -> None:
    conduct = Conduct.model_validate({"plays": ["T+0", "T+40 h"], "jumps": [{"at": "T+2 h", "to": "T+26 h"}]})
    reader = Reader(CLOCK, 72 * HOUR, conduct)
    # 06:00 is after two hours, jumped on the first day, and played on the second.
    assert placed(reader, "04:50", "06:00", "T+3:00") == [1, 26 + 1 / 6, None]


def test_a_time_within_the_jumped_hours_is_told_and_moves_no_other() -> None:
    conduct = Conduct.model_validate({"plays": ["T+0", "T+40 h"], "jumps": [{"at": "T+2 h", "to": "T+26 h"}]})
    reader = Reader(CLOCK, 72 * HOUR, conduct)
    # 20:00 of the first day was jumped; twenty hours later is far from what was played, so it is no next day.
    assert placed(reader, "04:50", "20:00", "05:20") == [1, None, 1.5]
    said = read_time("20:00")
    assert said is not None
    assert reader.place(said).jumped


def test_the_clock_on_the_wall_is_turned_into_that_of_the_scenario() -> None:
    conduct = Conduct.model_validate(
        {
            "begins": "09:00",
            "plays": ["T+1 h", "T+40 h"],
            "jumps": [{"at": "T+2 h", "to": "T+26 h"}],
            "pauses": [{"at": "T+27 h", "lasts": "15 min"}],
        }
    )
    reader = Reader(CLOCK, 72 * HOUR, conduct, by_wall=True)
    assert placed(reader, "09:00", "09:30", "10:30", "11:05", "11:20") == [1, 1.5, 26.5, None, 27 + 5 / 60]
    assert placed(Reader(CLOCK, 72 * HOUR, by_wall=True), "09:00") == [None]


@pytest.mark.parametrize("minutes", range(1, 240, 7))
def test_real_time_and_scenario_time_are_each_others_reverse(minutes: int) -> None:
    conduct = Conduct.model_validate(
        {
            "plays": ["T+1 h", "T+40 h"],
            "jumps": [{"at": "T+2 h", "to": "T+26 h"}, {"at": "T+27 h", "to": "T+30 h"}],
            "pauses": [{"at": "T+26 h 30 min", "lasts": "15 min"}],
        }
    )
    at = conduct.scenario_time(minutes * MINUTE)
    if at is not None:
        assert conduct.elapsed(at) == minutes * MINUTE


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-01-24 00:00:00", date(2026, 1, 24)),
        ("20260124", date(2026, 1, 24)),
        ("24/1", date(1, 1, 24)),
        ("24.1.2026", date(2026, 1, 24)),
        ("24 jan", date(1, 1, 24)),
        ("lör", None),
        ("24 snö", None),
        ("2026-13-01", None),
    ],
)
def test_a_date_by_itself(text: str, expected: date | None) -> None:
    assert read_day(text) == expected


def test_what_excel_shows_as_a_number_is_a_part_of_a_day() -> None:
    assert of_excel("0.125") == OfDay(3 * HOUR)
    assert of_excel("0.5") == OfDay(12 * HOUR)
    assert of_excel("0.25") is None  # five and twenty past midnight, as people write it
    assert read_time("0.25") == OfDay(25 * MINUTE)
    assert of_excel("512") == OfDay(5 * HOUR + 12 * MINUTE)
    assert of_excel("580") is None
    assert of_excel("6.25") is None


def test_a_time_before_the_exercise_moves_nothing() -> None:
    reader = Reader(CLOCK, 72 * HOUR)
    assert placed(reader, "03:30", "03:57", "07:35") == [None, 7 / 60, 3.75]
    conduct = Conduct.model_validate({"plays": ["T+5 h", "T+9 h"], "begins": "09:00"})
    assert placed(Reader(CLOCK, 72 * HOUR, conduct), "08:30", "09:00") == [None, 5 + 1 / 6]
    assert placed(Reader(CLOCK, 72 * HOUR, conduct, by_wall=True), "08:50", "09:10") == [None, 5 + 1 / 6]


def test_what_was_taken_to_be_of_the_next_day_is_told() -> None:
    reader = Reader(CLOCK, 72 * HOUR)
    first, second = read_time("18:00"), read_time("03:57")
    assert first is not None
    assert second is not None
    assert not reader.place(first).next_day
    assert reader.place(second).next_day


def test_a_day_beyond_the_calendar_is_outside() -> None:
    assert placed(Reader(CLOCK, 72 * HOUR), "9999-12-31 24:00") == [None]


def conducts() -> list[tuple[str, Setup, Conduct]]:
    """Those of the half days that come with the program."""
    setups = {name: half_day(name) for name in ("elavbrott", "vattenbrist", "flyktingsituation")}
    return [(name, one, one.exercise.conduct) for name, one in setups.items() if one.exercise.conduct is not None]


@pytest.mark.parametrize(
    ("name", "setup", "conduct"), conducts(), ids=["elavbrott", "vattenbrist", "flyktingsituation"]
)
def test_every_minute_of_the_day_is_found_again_by_the_wall(name: str, setup: Setup, conduct: Conduct) -> None:
    """At the very moment of a jump it is the stretch that begins; while it pauses it is no time."""
    end = conduct.elapsed(conduct.plays[1])
    assert end is not None
    found = [conduct.scenario_time(minute * MINUTE) for minute in range(end // MINUTE + 1)]
    for minute, at in enumerate(found):
        if at is None:
            assert conduct.is_paused(minute * MINUTE)
        else:
            assert conduct.elapsed(at) == minute * MINUTE
    begins = [jump.to for jump in conduct.jumps]
    assert set(begins) <= set(found)
    assert sum(at is None for at in found) == sum(pause.lasts for pause in conduct.pauses) // MINUTE - len(
        conduct.pauses
    )


@pytest.mark.parametrize(
    ("name", "setup", "conduct"), conducts(), ids=["elavbrott", "vattenbrist", "flyktingsituation"]
)
def test_a_clock_that_one_stretch_only_has_is_placed_there_whatever_came_before(
    name: str, setup: Setup, conduct: Conduct
) -> None:
    clock, horizon = Clock.at(setup.scenario.start), setup.scenario.horizon
    moments = [at for at in range(0, horizon, 7 * MINUTE) if conduct.elapsed(at) is not None]
    same: dict[str, list[int]] = {}
    for at in range(0, horizon, MINUTE):
        if conduct.elapsed(at) is not None:
            same.setdefault(f"{clock.local(at):%H:%M}", []).append(at)
    for before in [None, *moments]:
        for at in moments:
            written = f"{clock.local(at):%H:%M}"
            if len(same[written]) > 1:
                continue
            reader = Reader(clock, horizon, conduct, last=before)
            said = read_time(written)
            assert said is not None
            assert reader.place(said).at == at, (before, written)


@pytest.mark.parametrize("minutes", [0, 200, 2_000, 5_759, 5_760, 37_500])
def test_times_as_the_papers_have_them_are_read(minutes: int) -> None:
    assert read_time(game_time(minutes * MINUTE, CLOCK)) == Offset(minutes * MINUTE)
