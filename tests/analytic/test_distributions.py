"""Inverse distributions against SciPy's, from the least to the greatest number that luck can give."""

import math
from fractions import Fraction

import numpy as np
import pytest
from pydantic import TypeAdapter
from scipy import stats

from ovning.model.distributions import Distribution, Varying
from ovning.units import MINUTE

LEAST, GREATEST = 2.0**-53, 1 - 2.0**-53
POINTS = [
    LEAST,
    1e-12,
    1e-6,
    *np.linspace(0.001, 0.999, 333).tolist(),
    0.1,
    0.5,
    0.9,
    1 - 1e-6,
    1 - 1e-12,
    GREATEST,
]
YEAR = 366 * 24 * 60 * MINUTE


def written(value: object) -> Distribution:
    """A distribution as it is written in a file."""
    return TypeAdapter(Varying).validate_python(value)


def agrees(ours: int, theirs: float) -> bool:
    """To the millisecond, or to a billionth of a long time."""
    return abs(ours - theirs) <= 0.5 + 1e-6 + abs(theirs) * 1e-9


@pytest.mark.parametrize(("median", "p90"), [(3, 10), (5, 10), (240, 480), (60, 61), (1, 600)])
def test_lognormal(median, p90):
    sigma = math.log(p90 / median) / stats.norm.ppf(0.9)
    theory = stats.lognorm(s=sigma, scale=median * MINUTE)
    ours = written({"median": f"{median} min", "p90": f"{p90} min"})
    assert ours.quantile(0.5) == ours.middle == median * MINUTE
    assert ours.quantile(0.9) == p90 * MINUTE
    for u in POINTS:
        assert agrees(ours.quantile(u), min(float(theory.ppf(u)), YEAR)), u


def test_lognormal_without_spread_is_a_constant():
    ours = written({"median": "7 min", "p90": "7 min"})
    assert {ours.quantile(u) for u in POINTS} == {7 * MINUTE}


def test_lognormal_is_never_longer_than_a_year():
    assert written({"median": "1 min", "p90": "7 d"}).quantile(GREATEST) == YEAR


@pytest.mark.parametrize(("mean"), [1, 60, 1440])
def test_exponential(mean):
    theory = stats.expon(scale=mean * MINUTE)
    ours = written({"mean": f"{mean} min"})
    for u in POINTS:
        assert agrees(ours.quantile(u), float(theory.ppf(u))), u
    assert ours.quantile(LEAST) == 0
    assert agrees(ours.quantile(GREATEST), 53 * math.log(2) * mean * MINUTE)


@pytest.mark.parametrize(
    ("low", "mode", "high"), [(34, 38, 46), (10, 15, 35), (0, 0, 60), (0, 60, 60), (30, 31, 600), (0, 1, 10_000)]
)
def test_pert(low, mode, high):
    a, b = 1 + 4 * (mode - low) / (high - low), 1 + 4 * (high - mode) / (high - low)
    theory = stats.beta(a, b, loc=low * MINUTE, scale=(high - low) * MINUTE)
    ours = written({"min": f"{low} min", "mode": f"{mode} min", "max": f"{high} min"})
    for u in POINTS:
        assert agrees(ours.quantile(u), float(theory.ppf(u))), u
        assert low * MINUTE <= ours.quantile(u) <= high * MINUTE
    mean = np.mean([ours.quantile((k + 0.5) / 4000) for k in range(4000)])
    assert mean == pytest.approx((low + 4 * mode + high) / 6 * MINUTE, rel=1e-3)


def test_pert_of_no_width_is_a_constant():
    ours = written({"min": "5 min", "mode": "5 min", "max": "5 min"})
    assert {ours.quantile(u) for u in POINTS} == {5 * MINUTE}


def test_samples_in_order_of_size_each_as_likely():
    listed = [9, 2, 2, 30, 7]
    ours = written({"samples": [f"{n} min" for n in listed]})
    for u in POINTS:
        assert ours.quantile(u) == sorted(listed)[math.ceil(Fraction(u) * len(listed)) - 1] * MINUTE, u
    drawn = [ours.quantile((k + 0.5) / 1000) // MINUTE for k in range(1000)]
    assert {n: drawn.count(n) for n in set(drawn)} == {2: 400, 7: 200, 9: 200, 30: 200}


def test_one_sample_and_ten_thousand():
    assert {written({"samples": ["3 min"]}).quantile(u) for u in POINTS} == {3 * MINUTE}
    many = written({"samples": [f"{n} s" for n in range(1, 10_001)]})
    assert (many.quantile(LEAST), many.quantile(GREATEST)) == (1_000, 10_000_000)


@pytest.mark.parametrize(
    "value",
    [
        "4 min",
        {"mean": "60 min"},
        {"median": "3 min", "p90": "10 min"},
        {"min": "10 min", "mode": "15 min", "max": "35 min"},
        {"samples": ["1 min", "5 min", "2 min"]},
    ],
)
def test_more_luck_never_gives_a_shorter_time(value):
    """Inversion keeps order: without it, the same luck would mean different things in two designs."""
    times = [written(value).quantile(u) for u in sorted(POINTS)]
    assert times == sorted(times)
    assert all(isinstance(t, int) and t >= 0 for t in times)
