"""Shares, means and quantiles with their intervals: known values, and what must hold for any."""

import math
import random
import subprocess
import sys
from statistics import NormalDist

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from ovning.measures.intervals import mean_of, quantile_of, ratio_of, share_of

COUNTS = st.integers(1, 3000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))
TIMES = st.lists(st.none() | st.integers(0, 10**9), min_size=1, max_size=60)
LEVELS = st.sampled_from([0.1, 0.25, 0.5, 0.75, 0.9])


@pytest.mark.parametrize(
    ("hits", "n", "low", "high"),
    [
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_wilsons_interval_is_as_published(hits, n, low, high):
    """R. G. Newcombe, Statistics in Medicine 17, 1998, pp. 857-872, table I, method 3."""
    share = share_of(hits, n)
    assert (share.hits, share.n, share.share) == (hits, n, hits / n)
    assert (round(share.low, 4), round(share.high, 4)) == (low, high)


@given(COUNTS)
def test_wilsons_interval_holds_the_share_and_mirrors(count):
    hits, n = count
    share, other = share_of(hits, n), share_of(n - hits, n)
    assert 0 <= share.low <= share.share <= share.high <= 1
    assert share.low < share.high
    assert share.low == pytest.approx(1 - other.high, abs=1e-12)


@given(COUNTS)
def test_wilsons_limits_are_where_the_score_test_turns(count):
    hits, n = count
    share = share_of(hits, n)
    z = NormalDist().inv_cdf(0.975)
    for limit in (share.low, share.high):
        if 0 < limit < 1:
            assert abs(hits / n - limit) == pytest.approx(z * math.sqrt(limit * (1 - limit) / n), rel=1e-6)


@given(COUNTS, st.integers(2, 10))
def test_more_plays_with_the_same_share_narrow_the_interval(count, times):
    hits, n = count
    few, many = share_of(hits, n), share_of(hits * times, n * times)
    assert many.high - many.low < few.high - few.low


def test_no_plays_tell_nothing():
    assert share_of(0, 0) == (0, 0, None, 0.0, 1.0)
    for wrong in ((-1, 3), (4, 3)):
        with pytest.raises(ValueError, match="is no share"):
            share_of(*wrong)


@pytest.mark.parametrize(
    ("times", "p", "value"),
    [
        ([30, 10, 20], 0.5, 20),
        ([40, 10, 20, 30], 0.5, 20),
        ([10, 20, None], 0.5, 20),
        ([10, None, None], 0.5, None),
        ([None], 0.1, None),
        ([7], 0.9, 7),
        (list(range(1, 201)), 0.1, 20),
        (list(range(1, 201)), 0.9, 180),
        ([*range(1, 181), *[None] * 20], 0.9, 180),
        ([*range(1, 180), *[None] * 21], 0.9, None),
    ],
)
def test_a_quantile_is_the_time_by_which_so_many_had_reached_it(times, p, value):
    assert quantile_of(times, p).value == value


@pytest.mark.parametrize(
    ("n", "low", "high"), [(6, 1, 6), (8, 1, 8), (9, 2, 8), (10, 2, 9), (20, 6, 15), (50, 18, 33), (100, 40, 61)]
)
def test_the_medians_interval_is_between_the_tabled_order_statistics(n, low, high):
    """W. J. Conover, Practical Nonparametric Statistics, 3rd ed., section 3.2; any table of the sign test."""
    times = list(range(1, n + 1))
    random.Random(n).shuffle(times)
    assert quantile_of(times, 0.5)[3:] == (low, high)


def test_too_few_plays_give_no_limits():
    assert quantile_of([10, 20, 30, 40, 50], 0.5)[2:] == (30, 0, None)


def test_limits_beyond_the_horizon_are_told_as_such():
    half = quantile_of([*range(1, 11), *[None] * 10], 0.5)
    assert (half.value, half.low, half.high) == (10, 6, None)
    assert quantile_of([1, *[None] * 99], 0.5)[2:] == (None, None, None)


@given(TIMES, LEVELS)
def test_a_quantile_is_a_time_that_was_seen_within_its_limits(times, p):
    quantile = quantile_of(times, p)
    last = math.inf
    assert quantile.value in times
    low, value, high = (last if t is None else t for t in (quantile.low, quantile.value, quantile.high))
    assert low <= value <= high
    if quantile.value is not None:
        assert sum(t is not None and t <= quantile.value for t in times) >= p * len(times) - 1e-6
        assert sum(t is not None and t < quantile.value for t in times) < p * len(times) + 1e-6


@given(TIMES, LEVELS, st.integers(0, 59))
def test_a_later_time_never_makes_a_quantile_earlier(times, p, which):
    later = list(times)
    later[which % len(later)] = None
    before, after = quantile_of(times, p), quantile_of(later, p)
    for one, other in zip(before[2:], after[2:], strict=True):
        assert (math.inf if one is None else one) <= (math.inf if other is None else other)


@given(st.integers(1, 400), LEVELS)
def test_the_order_statistics_are_those_of_the_binomial(n, p):
    quantile = quantile_of(list(range(1, n + 1)), p)
    lower = quantile.low
    upper = n + 1 if quantile.high is None else quantile.high
    binomial = stats.binom(n, p)
    assert lower == 0 or binomial.cdf(lower - 1) <= 0.025 + 1e-12
    assert lower == n or binomial.cdf(lower) > 0.025 - 1e-12
    assert upper == n + 1 or binomial.cdf(upper - 1) >= 0.975 - 1e-12
    assert binomial.cdf(upper - 2) < 0.975 + 1e-12


def test_many_plays_do_not_lose_the_binomial():
    quantile = quantile_of(list(range(1, 20_001)), 0.9)
    assert quantile.value == 18_000
    assert (quantile.low, quantile.high) == pytest.approx((18_000 - 83, 18_000 + 84), abs=2)


@pytest.mark.parametrize(("times", "p"), [([], 0.5), ([1], 0.0), ([1], 1.0)])
def test_what_is_no_quantile_is_refused(times, p):
    with pytest.raises(ValueError, match="quantile"):
        quantile_of(times, p)


def test_a_mean_has_students_interval():
    mean = mean_of([10, 12, 14])
    assert (mean.n, mean.mean) == (3, 12)
    assert (mean.low, mean.high) == pytest.approx((12 - 4.302653 * 2 / math.sqrt(3), 12 + 4.302653 * 2 / math.sqrt(3)))
    assert mean_of([7]) == (1, 7, None, None)
    assert mean_of([0, 0, 9], at_least=0).low == 0
    with pytest.raises(ValueError, match="no mean"):
        mean_of([])


@given(st.lists(st.integers(0, 10**7), min_size=2, max_size=50))
def test_a_mean_lies_within_its_interval(values):
    mean = mean_of(values, at_least=0)
    assert 0 <= mean.low <= mean.mean * (1 + 1e-12)
    assert mean.mean <= mean.high * (1 + 1e-12)


def test_a_ratio_is_of_all_plays_together():
    ratio = ratio_of([1, 3], [4, 4])
    assert (ratio.mean, ratio.low) == (0.5, 0.0)
    assert ratio_of([2, 4, 6], [4, 8, 12]) == (3, 0.5, 0.5, 0.5)
    assert ratio_of([0, 0], [0, 0]) is None
    assert ratio_of([1], [2]) == (1, 0.5, None, None)


def test_a_ratios_interval_is_that_of_its_residuals():
    parts, wholes = [10, 25, 33, 48], [40, 60, 100, 120]
    ratio = ratio_of(parts, wholes)
    r = sum(parts) / sum(wholes)
    residuals = [y - r * x for y, x in zip(parts, wholes, strict=True)]
    half = stats.t.ppf(0.975, 3) * math.sqrt(sum(e * e for e in residuals) / 12) / 80
    assert (ratio.low, ratio.high) == pytest.approx((r - half, r + half))


def test_scipy_is_loaded_only_when_used():
    code = "import sys, ovning.measures.aggregate; sys.exit('scipy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_a_ratio_that_is_no_share_may_be_more_than_one():
    waits = ratio_of([39, 41], [10, 10], most=None)
    assert waits.mean == 4
    assert 1 < waits.low < 4 < waits.high
