"""Stretches of time: put together, cut and counted."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from ovning.measures.spans import bridged, common, nights, total, union, within, without
from ovning.units import HOUR

SPANS = st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)).map(lambda pair: (min(pair), max(pair))), max_size=8)


def _moments(spans):
    return {moment for begins, ends in spans for moment in range(begins, ends)}


@given(SPANS, SPANS)
def test_stretches_are_sets_of_moments(some, others):
    assert _moments(union(some)) == _moments(some)
    assert total(union(some)) == len(_moments(some))
    assert _moments(without(some, others)) == _moments(some) - _moments(others)
    assert common(union(some), union(others)) == len(_moments(some) & _moments(others))
    assert _moments(within(some, 20, 40)) == _moments(some) & set(range(20, 40))


@given(SPANS)
def test_together_they_are_in_order_and_apart(some):
    merged = union(some)
    assert all(ends < begins for (_, ends), (begins, _) in pairwise(merged))


def test_a_gap_as_long_as_said_is_not_bridged():
    spans = ((0, 10), (14, 20), (25, 30))
    assert bridged(spans, 5) == ((0, 20), (25, 30))
    assert bridged(spans, 6) == ((0, 30),)
    assert bridged((), 5) == ()
    assert bridged(((0, 10), (20, 30), (32, 40)), 5) == ((0, 10), (20, 40))


def test_what_only_touches_another_stretch_has_no_part_in_it():
    assert list(within(((10, 20), (15, 25), (30, 50), (40, 50)), 20, 40)) == [(20, 25), (30, 40)]


def test_nights_go_by_the_swedish_clock():
    found = nights("2026-01-22T03:50:00+01:00", 30 * HOUR, "23:00", "06:00")
    tonight = next(span for span in found if span[0] <= 0 < span[1])
    assert tonight == (-(4 * HOUR + 50 * HOUR // 60), 2 * HOUR + 10 * HOUR // 60)
    assert found[found.index(tonight) + 1] == (tonight[0] + 24 * HOUR, tonight[1] + 24 * HOUR)


def test_the_night_when_the_clock_is_set_back_is_an_hour_longer():
    found = nights("2026-10-24T12:00:00+02:00", 24 * HOUR, "23:00", "06:00")
    lengths = {begins // HOUR: ends - begins for begins, ends in found}
    assert lengths[11] == 8 * HOUR
    assert lengths[-13] == 7 * HOUR


def test_a_night_that_begins_after_midnight_ends_the_same_day():
    (first, *_) = nights("2026-01-22T12:00:00+01:00", HOUR, "00:00", "05:00")
    assert first[1] - first[0] == 5 * HOUR


def test_a_night_that_begins_at_24_is_the_one_that_begins_at_midnight():
    late, early = (nights("2026-01-22T12:00:00+01:00", HOUR, begins, "05:00") for begins in ("24:00", "00:00"))
    assert late[:-1] == early[1:]
