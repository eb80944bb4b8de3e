"""Services over time, from logs written by hand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ovning.log.records import PlayEnded, PlayStarted, ServiceChanged
from ovning.measures.consequences import curves, outcome_of, service_outcomes, time_below
from ovning.model.services import Service
from ovning.units import HOUR, MINUTE

H, M = HOUR, MINUTE
START = PlayStarted(0, "elavbrott", "orebro", None, 1, 0, "2026-01-22T08:00:00+01:00", 24 * H)
SERVICES = {
    "power": Service.model_validate({"affects": {"households": 1000}}),
    "mobile": Service.model_validate({"level": 0.9, "affects": {"persons": 50}}),
    "water": Service.model_validate({}),
}
LOG = (
    START,
    ServiceChanged(2 * H, "power", 0.25, "storm"),
    ServiceChanged(6 * H, "power", 0.5, "repair"),
    ServiceChanged(8 * H, "power", 1.0, "repair"),
    ServiceChanged(10 * H, "power", 0.0, "storm"),
    ServiceChanged(11 * H, "power", 1.0, "repair"),
    ServiceChanged(11 * H, "mobile", 0.0, "power"),
    PlayEnded(24 * H),
)


def test_what_each_service_came_to():
    power, mobile, water = service_outcomes(LOG, SERVICES)
    # 4 h at a quarter, 2 h at half, 1 h at nothing: 3 + 1 + 1 hours gone, for a thousand households.
    assert (power.gone, power.without, power.affected) == (5 * H, 5000 * H, 1000)
    assert (power.longest, power.lowest) == (6 * H, 0.0)
    assert (power.failed_at, power.back_at) == (2 * H, 11 * H)
    # A tenth lack it from the start: 11 h at 0.9, then 13 h at nothing.
    assert mobile.gone == pytest.approx(14.1 * H)
    assert (mobile.longest, mobile.failed_at, mobile.back_at) == (24 * H, 0, None)
    assert water == ("water", 0, 0, 0, 1.0, None, None, (0,) * 24)


def test_what_is_gone_hour_by_hour():
    power, mobile, _ = service_outcomes(LOG, SERVICES)
    quarter, half = 3 * H // 4, H // 2
    assert power.by_hour == (0, 0, *(quarter,) * 4, half, half, 0, 0, H, *(0,) * 13)
    assert mobile.by_hour[10:12] == (H // 10, H)


def test_the_last_hour_may_be_cut():
    assert outcome_of("x", 1, ((0, 1.0), (H + M, 0.5)), 2 * H + 10 * M).by_hour == (0, 59 * M // 2, 5 * M)


@given(
    st.lists(st.tuples(st.integers(1, 200), st.sampled_from([0.0, 1 / 3, 0.7, 1.0])), max_size=8), st.integers(1, 200)
)
def test_the_hours_sum_to_the_whole(steps, last):
    curve, at = [(0, 1.0)], 0
    for after, level in steps:
        at += after * M
        curve.append((at, level))
    horizon = at + last * M
    outcome = outcome_of("x", 3, tuple(curve), horizon)
    assert sum(outcome.by_hour) == outcome.gone
    assert len(outcome.by_hour) == -(-horizon // H)
    assert all(0 <= lasted <= H for lasted in outcome.by_hour)


def test_time_below_a_level_is_time_below_it_and_not_at_it():
    power = curves(LOG, SERVICES)["power"]
    assert [time_below(power, level, 24 * H) // H for level in (0.25, 0.5, 0.51, 1.0)] == [1, 5, 7, 7]


def test_what_changes_twice_at_one_moment_has_the_last_level():
    log = (START, ServiceChanged(0, "power", 0.5, "a"), ServiceChanged(0, "power", 0.0, "b"), PlayEnded(2 * H))
    assert curves(log, SERVICES)["power"] == ((0, 0.0),)


def test_sums_of_shares_that_make_a_whole_are_whole():
    assert outcome_of("x", 1, ((0, 1.0), (H, 0.9), (2 * H, 0.1 + 0.2 + 0.7)), 5 * H).back_at == 2 * H


@given(
    st.lists(st.tuples(st.integers(1, 20), st.sampled_from([0.0, 0.25, 0.5, 1.0])), max_size=8),
    st.sampled_from([0.0, 0.5, 1.0]),
)
def test_the_integral_is_a_sum_over_moments(steps, first):
    curve, at = [(0, first)], 0
    for after, level in steps:
        at += after
        curve.append((at, level))
    horizon = at + 7
    levels = [next(level for since, level in reversed(curve) if since <= moment) for moment in range(horizon)]
    outcome = outcome_of("x", 3, tuple(curve), horizon)
    assert outcome.gone == round(sum(1 - level for level in levels))
    gone = "".join("x" if level < 1 else "." for level in levels)
    assert outcome.longest == max(map(len, gone.split(".")))
    assert outcome.failed_at == (gone.index("x") if "x" in gone else None)
    assert outcome.back_at == (gone.rindex("x") + 1 if "x" in gone[:-1] and gone[-1] == "." else None)
    assert time_below(tuple(curve), 0.5, horizon) == sum(level < 0.5 for level in levels)
