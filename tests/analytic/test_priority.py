"""Three kinds of customers, the urgent first, nobody interrupted: order and waits against a simulation of its own.

Means against Cobham's formula. With loads 0.2, 0.25 and 0.2 a rate that is 10 % wrong takes 6 500 customers of the
first class, 10 000 of the second and 12 000 of the third to be seen, 5 % about 42 000 of each: every test run plays
9 000 of the first and 12 000 of the second and sees 10 % in both, the run marked slow six times as many and sees 5 % in
all three.
"""

import math

import numpy as np
import pytest

from ovning.engine import play
from ovning.log.records import TaskStarted
from tests.analytic.counter import Class, causes_of, counter, draws_of, long_run, named, waits_in
from tests.analytic.evidence import LIMIT, batch_means, needed, z_mean
from tests.analytic.queues import by_priority, cobham, kiefer_wolfowitz
from tests.tiny import of

BATCH = SKIP = 500
EVERY = [300_000, 240_000, 300_000]
TAKES = 60_000


def three(number: int, every: list[int], takes: list[int]) -> list[Class]:
    kinds = [("H", "high"), ("N", "normal"), ("L", "low")]
    return [Class(*k, number, e, t) for k, e, t in zip(kinds, every, takes, strict=True)]


def means_over(plays: list[list[np.ndarray]], kind: int) -> np.ndarray:
    """Batch means of one class over all plays."""
    return np.concatenate([batch_means(waits[kind], BATCH, SKIP) for waits in plays])


def steady(number: int, takes: int) -> list[Class]:
    """As many of each class as come in the same time, so that the mixture is the same to the end."""
    return [c._replace(number=number * EVERY[0] // c.every) for c in three(number, EVERY, [takes] * 3)]


@pytest.mark.parametrize(
    ("servers", "every", "takes"),
    [
        (1, EVERY, [60_000, 60_000, 60_000]),
        (1, [300_000, 200_000, 150_000], [30_000, 60_000, 90_000]),
        (1, [200_000, 200_000, 200_000], [66_000, 66_000, 66_000]),
        (2, [100_000, 100_000, 100_000], [60_000, 40_000, 80_000]),
    ],
)
def test_order_and_waits_equal_a_simulation_of_its_own(tiny, servers, every, takes):
    classes = three(700, every, takes)
    log = play(counter(tiny, classes, servers), 5, 17)
    waits, order = by_priority(*draws_of(classes, 5, 17), servers)
    assert [r.task for r in of(log, TaskStarted)] == [named(classes[c].name, n + 1) for c, n in order]
    for ours, theirs in zip(waits_in(log, classes), waits, strict=True):
        assert ours.tolist() == theirs.tolist()
    assert sum(causes_of(log).values()) == sum(int(w.sum()) for w in waits)


def test_the_simulation_agrees_with_a_hand_and_without_classes_with_the_recursion():
    late = [np.array([1, 9]), np.array([0, 2, 3])]
    long = [np.array([4, 1]), np.array([5, 2, 2])]
    waits, order = by_priority(late, long)
    assert order == [(1, 0), (0, 0), (0, 1), (1, 1), (1, 2)]
    assert [w.tolist() for w in waits] == [[4, 0], [0, 8, 9]]
    rng = np.random.default_rng(3)
    arrivals = np.cumsum(rng.integers(1, 100, 5_000))
    services = rng.integers(0, 140, 5_000)
    for servers in (1, 2, 3):
        assert (
            by_priority([arrivals], [services], servers)[0][0] == kiefer_wolfowitz(arrivals, services, servers)
        ).all()


def test_the_power_computed_above():
    rng = np.random.default_rng(2026)
    theory = cobham(EVERY, [TAKES] * 3)
    for wrong, numbers in ((1.1, (9_000, 12_000)), (1.05, (54_000, 72_000, 54_000))):
        arrivals = [np.cumsum(rng.exponential(e, 36_000_000_000 // e)).astype(np.int64) for e in EVERY]
        services = [rng.exponential(TAKES * wrong, len(a)).astype(np.int64) for a in arrivals]
        waits = by_priority(arrivals, services)[0]
        planted = cobham(EVERY, [TAKES * wrong] * 3)
        for kind, number in enumerate(numbers):
            sd = float(batch_means(waits[kind], 1_000, 1_000).std(ddof=1)) * math.sqrt(1_000)
            assert needed(planted[kind] - theory[kind], sd) <= number


def test_mean_waits_follow_cobham(tiny):
    plays = long_run(tiny, steady(5_050, TAKES), 2)
    right, wrong = cobham(EVERY, [TAKES] * 3), cobham(EVERY, [TAKES * 1.1] * 3)
    for kind in range(3):
        means = means_over(plays, kind)
        assert abs(z_mean(means, right[kind])) < LIMIT
        assert kind == 2 or abs(z_mean(means, wrong[kind])) > LIMIT


@pytest.mark.slow
def test_a_file_with_a_rate_that_is_wrong_by_a_twentieth_is_seen(tiny):
    theory = cobham(EVERY, [TAKES] * 3)
    right = long_run(tiny, steady(5_050, TAKES), 12)
    wrong = long_run(tiny, steady(5_050, TAKES * 21 // 20), 12)
    for kind in range(3):
        assert abs(z_mean(means_over(right, kind), theory[kind])) < LIMIT
        assert z_mean(means_over(wrong, kind), theory[kind]) > LIMIT
