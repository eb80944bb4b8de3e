"""Paired differences: by hand, at their level, and what they say."""

from __future__ import annotations

import math
import random
from collections.abc import Callable
from statistics import NormalDist

import pytest

from ovning.experiment.paired import Difference, adjusted, differing_shares, differing_values, verdict_on


def test_times_by_hand() -> None:
    found = differing_values([10, 20, 30], [8, 14, 29], 0.95)
    assert (found.pairs, found.differing, found.mean) == (3, 3, -3)
    assert (found.before, found.after) == (20, 17)
    # differences -2, -6, -1: s² = 7, t(2; 0.975) = 4.302653
    half = 4.302652729911275 * math.sqrt(7 / 3)
    assert found.low == pytest.approx(-3 - half)
    assert found.high == pytest.approx(-3 + half)


def test_shares_by_hand() -> None:
    before = [True] * 5 + [False] * 15
    after = [True] * 4 + [False] + [True] * 9 + [False] * 6
    found = differing_shares(before, after, 0.95)
    assert (found.pairs, found.differing, found.mean) == (20, 10, 8 / 20)
    # nine pairs only after, one only before; N = 22
    half = 1.959963984540054 * math.sqrt(11 - 64 / 22) / 22
    assert found.low == pytest.approx(8 / 22 - half)
    assert found.high == pytest.approx(8 / 22 + half)


@pytest.mark.parametrize("differing", [differing_values, differing_shares])
def test_nothing_to_compare(differing: Callable[..., Difference]) -> None:
    found = differing([], [])
    assert found == Difference(0, 0, None, None, None, None, None)
    assert verdict_on(found, "less") == "not_tested"


def test_one_pair_has_no_interval_of_times_and_cannot_tell() -> None:
    found = differing_values([10], [5])
    assert (found.low, found.high) == (None, None)
    assert verdict_on(found, "less") == "undecided"


def test_pairs_must_be_pairs() -> None:
    with pytest.raises(ValueError, match=r"shorter|longer"):
        differing_values([1, 2], [1])


def test_several_comparisons_share_the_risk() -> None:
    assert adjusted(1) == pytest.approx(0.95)
    assert adjusted(5) == pytest.approx(0.99)
    with pytest.raises(ValueError, match="no comparisons"):
        adjusted(0)


@pytest.mark.parametrize(
    ("low", "high", "wanted", "verdict"),
    [
        (-5.0, -1.0, "less", "better"),
        (-5.0, -1.0, "more", "worse"),
        (1.0, 5.0, "less", "worse"),
        (1.0, 5.0, "more", "better"),
        (-5.0, 0.0, "less", "undecided"),
        (-1.0, 5.0, "more", "undecided"),
    ],
)
def test_what_an_interval_says(low: float, high: float, wanted: str, verdict: str) -> None:
    difference = Difference(10, 5, (low + high) / 2, low, high, 0.0, 0.0)
    assert verdict_on(difference, wanted) == verdict


def test_alike_in_every_pair_is_more_than_undecided() -> None:
    assert verdict_on(differing_values([3, 4, 5], [3, 4, 5]), "less") == "same"
    assert verdict_on(differing_shares([True] * 9, [True] * 9), "more") == "same"


@pytest.mark.parametrize("confidence", [0.95, 0.99])
def test_intervals_hold_what_they_promise(confidence: float) -> None:
    rng, rounds, n = random.Random(7), 2000, 200
    held_times = held_shares = 0
    for _ in range(rounds):
        # Most pairs alike, the others moved by half an hour on average: what a remedy does to times.
        moves = [rng.expovariate(1 / 1800) if rng.random() < 0.3 else 0 for _ in range(n)]
        before = [rng.randrange(10_000) for _ in range(n)]
        times = differing_values(before, [round(b - m) for b, m in zip(before, moves, strict=True)], confidence)
        held_times += times.low is not None and times.high is not None and times.low <= -540 <= times.high
        cells = rng.choices([(True, True), (True, False), (False, True), (False, False)], [50, 5, 15, 30], k=n)
        shares = differing_shares([a for a, _ in cells], [b for _, b in cells], confidence)
        held_shares += shares.low is not None and shares.high is not None and shares.low <= 0.1 <= shares.high
    # Three standard errors of the count, and a hundredth for what is skew.
    slack = 3 * math.sqrt(confidence * (1 - confidence) / rounds) + 0.01
    assert held_times / rounds == pytest.approx(confidence, abs=slack)
    assert held_shares / rounds == pytest.approx(confidence, abs=slack)


def test_agresti_and_mins_interval_has_a_width_when_no_pair_differs() -> None:
    found = differing_shares([True] * 10, [True] * 10, 0.95)
    assert found.high == pytest.approx(NormalDist().inv_cdf(0.975) / 12)
    assert found.low == -found.high
