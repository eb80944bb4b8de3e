"""One function that customers queue for: sample paths against recursions, and means against closed forms.

Theory is slow by simulation alone, so every path is first compared customer by customer. The z-tests come on top. Waits
in a row resemble each other: the standard error is that of means of 500 in a row, after the first 500 of each play.
How many customers show a wrong rate (``needed``, from Daley's formula for M/M/1 and from the recursion for M/M/3):

    chance of waiting   10 % wrong   M/M/1 at load 0.5  17 200   M/M/3 at load 0.7  15 000
    mean wait           15 % wrong                      14 200
    mean wait            5 % wrong                     109 000                     118 000

so every test run plays 18 000 and sees 10 and 15 %; the runs marked slow play 126 000 and see 5 %.
"""

import math

import numpy as np
import pytest

from ovning.engine import play
from tests.analytic.counter import causes_of, counter, draws_of, long_run, named, one_class, waits_in
from tests.analytic.evidence import LIMIT, batch_means, needed, spread_of_mm1_wait, z_mean, z_variance
from tests.analytic.queues import erlang_c, kiefer_wolfowitz, lindley, mean_wait

BATCH = SKIP = 500
FEW, MANY = 18_000, 126_000
TAKES = 60_000
QUEUES = [(1, 120_000), (3, 28_571)]
"""Servers and mean milliseconds between customers: loads 0.5 and 0.7."""


def starts_after_waiting(waits: np.ndarray) -> np.ndarray:
    return (waits > 0).astype(float)


def means_over(plays: list[np.ndarray], what=lambda waits: waits) -> np.ndarray:
    return np.concatenate([batch_means(what(w), BATCH, SKIP) for w in plays])


def spread(servers: int, every: int, takes: int, what=lambda waits: waits) -> float:
    """Asymptotic standard deviation, from the recursion on numbers of its own; wide batches, nearly independent."""
    rng = np.random.default_rng(2026)
    arrivals = np.cumsum(rng.exponential(every, 300_000)).astype(np.int64)
    waits = kiefer_wolfowitz(arrivals, rng.exponential(takes, 300_000).astype(np.int64), servers)
    return float(batch_means(what(waits), 3_000, 3_000).std(ddof=1)) * math.sqrt(3_000)


@pytest.mark.parametrize("every", [120_000, 75_000, 61_000])
def test_one_server_equals_lindley(tiny, every):
    classes = one_class(2_000, every, TAKES)
    log = play(counter(tiny, classes), 5, 17)
    (arrivals,), (services,) = draws_of(classes, 5, 17)
    expected = lindley(arrivals, services)
    assert expected.max() > 5 * TAKES
    assert waits_in(log, classes)[0].tolist() == expected.tolist()
    told = causes_of(log)
    assert [told.get(named("Q", n + 1), 0) for n in range(2_000)] == expected.tolist()


@pytest.mark.parametrize(("servers", "every"), [(2, 40_000), (3, 25_000), (8, 8_500)])
def test_several_servers_equal_kiefer_wolfowitz(tiny, servers, every):
    classes = one_class(2_000, every, TAKES)
    log = play(counter(tiny, classes, servers), 5, 0)
    (arrivals,), (services,) = draws_of(classes, 5, 0)
    expected = kiefer_wolfowitz(arrivals, services, servers)
    assert 0 < (expected > 0).mean() < 1
    assert waits_in(log, classes)[0].tolist() == expected.tolist()


def test_the_recursions_agree_with_each_other_and_with_a_hand():
    arrivals, services = (np.array(x) for x in ([0, 2, 3, 10], [5, 4, 1, 2]))
    assert lindley(arrivals, services).tolist() == [0, 3, 6, 0]
    assert kiefer_wolfowitz(arrivals, services, 1).tolist() == [0, 3, 6, 0]
    assert kiefer_wolfowitz(arrivals, services, 2).tolist() == [0, 0, 2, 0]


@pytest.mark.parametrize(("servers", "every"), [(1, 120_000), (1, 85_000), (2, 45_000), (3, 28_571)])
def test_the_recursion_follows_the_closed_forms(servers, every):
    """A million and a half customers without the engine: the closed forms and the recursion are each other's proof."""
    rng = np.random.default_rng(7)
    number = 1_500_000
    arrivals = np.cumsum(rng.exponential(every, number)).astype(np.int64)
    waits = kiefer_wolfowitz(arrivals, rng.exponential(TAKES, number).astype(np.int64), servers)
    means = batch_means(waits, 5_000, 5_000)
    assert abs(z_mean(means, mean_wait(servers, every, TAKES))) < LIMIT
    assert abs(z_mean(means, mean_wait(servers, every, TAKES * 1.05))) > LIMIT
    shares = batch_means(starts_after_waiting(waits), 5_000, 5_000)
    assert abs(z_mean(shares, erlang_c(servers, TAKES / every))) < LIMIT
    assert abs(z_mean(shares, erlang_c(servers, TAKES / every * 1.05))) > LIMIT


def test_the_standard_errors_are_honest():
    """Forty samples as large as the one below, drawn from the names of luck: their z are as spread as z should be.

    Batch means that resembled each other, or luck that resembled itself from play to play, would spread them more.
    """
    every = QUEUES[0][1]
    scores = []
    for first in range(100, 180, 2):
        drawn = [draws_of(one_class(9_500, every, TAKES), 5, replication) for replication in (first, first + 1)]
        waits = [lindley(arrivals, services) for (arrivals,), (services,) in drawn]
        scores.append(z_mean(means_over(waits, starts_after_waiting), 0.5))
    assert abs(z_mean(scores, 0, 1)) < LIMIT
    assert abs(z_variance(scores, 1, 3)) < LIMIT


def test_the_power_computed_above():
    """A wrong sample against the right theory, and the right sample against a theory that is wrong downwards."""
    right = mean_wait(1, 120_000, TAKES)
    for wrong, number in ((1.15, FEW), (1.05, MANY)):
        effect = mean_wait(1, 120_000, TAKES * wrong) - right
        assert needed(effect, spread_of_mm1_wait(wrong / 2) * TAKES * wrong) <= number
    assert needed(right - mean_wait(1, 120_000, TAKES * 0.85), spread_of_mm1_wait(0.5) * TAKES) <= FEW
    for servers, every in QUEUES:
        share = erlang_c(servers, TAKES / every)
        for wrong, taken in ((1.1, TAKES * 1.1), (0.9, TAKES)):
            effect = abs(erlang_c(servers, TAKES * wrong / every) - share)
            assert needed(effect, spread(servers, every, taken, starts_after_waiting)) <= FEW
    every = QUEUES[1][1]
    longer = mean_wait(3, every, TAKES * 1.05) - mean_wait(3, every, TAKES)
    assert needed(longer, spread(3, every, TAKES * 1.05)) <= MANY


@pytest.mark.parametrize(("servers", "every"), QUEUES)
def test_waits_follow_the_closed_forms(tiny, servers, every):
    plays = [waits for (waits,) in long_run(tiny, one_class(9_500, every, TAKES), 2, servers)]
    means, shares = means_over(plays), means_over(plays, starts_after_waiting)
    assert len(means) * BATCH == FEW
    assert abs(z_mean(means, mean_wait(servers, every, TAKES))) < LIMIT
    assert abs(z_mean(shares, erlang_c(servers, TAKES / every))) < LIMIT
    for wrong in (0.9, 1.1):
        assert abs(z_mean(shares, erlang_c(servers, TAKES * wrong / every))) > LIMIT
    for wrong in (0.85, 1.15) if servers == 1 else ():
        assert abs(z_mean(means, mean_wait(servers, every, TAKES * wrong))) > LIMIT


@pytest.mark.slow
@pytest.mark.parametrize(("servers", "every"), QUEUES)
def test_a_file_with_a_rate_that_is_wrong_by_a_twentieth_is_seen(tiny, servers, every):
    wait, share = mean_wait(servers, every, TAKES), erlang_c(servers, TAKES / every)
    right = [w for (w,) in long_run(tiny, one_class(9_500, every, TAKES), 14, servers)]
    assert abs(z_mean(means_over(right), wait)) < LIMIT
    assert abs(z_mean(means_over(right, starts_after_waiting), share)) < LIMIT
    wrong = [w for (w,) in long_run(tiny, one_class(9_500, every, TAKES * 21 // 20), 14, servers)]
    assert z_mean(means_over(wrong), wait) > LIMIT
    assert z_mean(means_over(wrong, starts_after_waiting), share) > LIMIT
