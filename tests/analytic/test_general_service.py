"""One who serves, and services that are not exponential: M/G/1 against Pollaczek and Khinchine, from ordinary files.

Constants, lognormals, PERT and listed times, at a load of one half; their squared coefficients of variation run from 0
to 1.8, so a mean wait that were told from the mean alone would be wrong by half. Whoever comes has to wait with the
chance ρ, whatever the law. How many customers show a mean that is 15 or 3 % wrong is computed below from the recursion
on numbers of its own, and every run is as large as that. Every path is compared with the recursion too.
"""

import math

import numpy as np
import pytest

from ovning.engine import play
from tests.analytic.counter import Class, counter, draws_of, long_run, one_class, waits_in
from tests.analytic.desk import arrivals, desk, in_log, lengths, plays
from tests.analytic.evidence import LIMIT, batch_means, needed, z_mean
from tests.analytic.laws import Law, constant, exponential_law, lognormal, pert, samples, summed
from tests.analytic.queues import by_priority, cobham, lindley, pollaczek_khinchine

EVERY = 120_000
PER_HOUR = 30
BATCH, SKIP = 250, 500
LAWS = {
    "constant": constant(60),
    "pert": pert(20, 50, 140),
    "lognormal": lognormal(48, 110),
    "samples": samples(20, 20, 220, 20, 20),
}
FEW = {"constant": 6_000, "pert": 6_000, "lognormal": 10_000, "samples": 13_000}
MANY = {"constant": 100_000, "pert": 120_000, "lognormal": 180_000, "samples": 240_000}
PLAY = 10_000
"""Customers of one play of the slow runs, after the first."""


def theory(law: Law, factor: float = 1.0) -> float:
    return pollaczek_khinchine(EVERY, *law.stretched(factor))


def served(tiny, law: Law, each: int, number: int) -> list[np.ndarray]:
    """Waits of so many customers of each of so many plays, after the first; each equal to the recursion's."""
    customers = each + SKIP
    hours = math.ceil((customers + 5 * math.sqrt(customers) + 200) / PER_HOUR)
    told = []
    for replication, log in enumerate(plays(desk(tiny, servers=1, takes=law, hours=hours, per_hour=PER_HOUR), number)):
        waits = lindley(arrivals(customers, replication, EVERY), lengths(customers, replication, law))
        assert in_log(log, customers)[0] == waits.tolist()
        told.append(waits)
    return told


def means_over(waits: list[np.ndarray]) -> np.ndarray:
    return np.concatenate([batch_means(w, BATCH, SKIP) for w in waits])


def waiting(waits: list[np.ndarray]) -> np.ndarray:
    return means_over([(w > 0).astype(float) for w in waits])


@pytest.mark.parametrize("name", LAWS)
def test_the_textbooks_moments_are_those_of_whole_milliseconds(name):
    law = LAWS[name]
    assert summed(law) == pytest.approx((law.mean, law.square), rel=1e-6)
    drawn = law.times((np.arange(200_000) + 0.5) / 200_000).astype(float)
    assert drawn.mean() == pytest.approx(law.mean, rel=1e-4)
    assert (drawn**2).mean() == pytest.approx(law.square, rel=2e-3)


def test_without_milliseconds_to_spare_rounding_is_seen():
    """A mean of three milliseconds: the sum tells it from the textbook's."""
    law = exponential_law(0.003)
    assert summed(law)[0] == pytest.approx(sum(math.exp(-(k + 0.5) / 3) for k in range(200)))
    assert abs(summed(law)[0] - law.mean) > 0.01


@pytest.mark.parametrize("name", LAWS)
def test_tasks_wait_as_lindley_says(tiny, name):
    classes = one_class(1_000, 80_000, LAWS[name])
    (came,), (services,) = draws_of(classes, 5, 17)
    waits = waits_in(play(counter(tiny, classes), 5, 17), classes)[0]
    assert waits.max() > 3 * LAWS[name].mean
    assert waits.tolist() == lindley(came, services).tolist()


@pytest.mark.parametrize("name", LAWS)
def test_the_recursion_follows_pollaczek_and_khinchine(name):
    """A million customers without the engine; and from them how many show what."""
    law = LAWS[name]
    rng = np.random.default_rng(2026)
    came = np.cumsum(rng.exponential(EVERY, 1_000_000)).astype(np.int64)
    services = law.times(rng.random(1_000_000))

    def of_their_own(factor: float) -> np.ndarray:
        return lindley(came, np.rint(services * factor).astype(np.int64))

    def spread(of: np.ndarray) -> float:
        return float(batch_means(of, 2_000, 2_000).std(ddof=1)) * math.sqrt(2_000)

    waits, longer = of_their_own(1), of_their_own(1.03)
    means = batch_means(waits, 5_000, 5_000)
    assert abs(z_mean(means, theory(law))) < LIMIT
    for wrong in (1.03, 0.97):
        assert abs(z_mean(means, theory(law, wrong))) > LIMIT
    for wrong, number in ((0.85, FEW[name]), (0.97, MANY[name])):
        assert needed(theory(law) - theory(law, wrong), spread(waits)) <= number
    assert needed(theory(law, 1.03) - theory(law), spread(longer)) <= MANY[name]
    assert needed(0.2 * law.mean / EVERY, spread(waits > 0)) <= FEW[name]


@pytest.mark.parametrize("name", ["constant", "lognormal", "samples"])
def test_waits_follow_pollaczek_and_khinchine(tiny, name):
    law = LAWS[name]
    waits = served(tiny, law, FEW[name], 1)
    means, share = means_over(waits), law.mean / EVERY
    assert abs(z_mean(means, theory(law))) < LIMIT
    assert abs(z_mean(waiting(waits), share)) < LIMIT
    for wrong in (0.85, 1.15):
        assert abs(z_mean(means, theory(law, wrong))) > LIMIT
    for wrong in (0.8, 1.2):
        assert abs(z_mean(waiting(waits), share * wrong)) > LIMIT
    assert abs(z_mean(means, theory(exponential_law(law.mean / 1_000)))) > LIMIT  # the mean alone does not tell


@pytest.mark.slow
@pytest.mark.parametrize("name", LAWS)
def test_a_file_with_a_time_that_is_wrong_by_three_in_a_hundred_is_seen(tiny, name):
    """Everything that the file says is 3 % longer."""
    law = LAWS[name]
    right = means_over(served(tiny, law, PLAY, MANY[name] // PLAY))
    assert abs(z_mean(right, theory(law))) < LIMIT
    for wrong in (0.97, 1.03):
        assert abs(z_mean(right, theory(law, wrong))) > LIMIT
    longer = {
        "constant": constant(61.8),
        "pert": pert(20.6, 51.5, 144.2),
        "lognormal": lognormal(49.44, 113.3),
        "samples": samples(20.6, 20.6, 226.6, 20.6, 20.6),
    }[name]
    planted = means_over(served(tiny, longer, PLAY, MANY[name] // PLAY))
    assert z_mean(planted, theory(law)) > LIMIT
    assert abs(z_mean(planted, theory(longer))) < LIMIT


# classes of their own laws


KINDS = [("H", "high"), ("N", "normal"), ("L", "low")]
TAKE = [LAWS["constant"], LAWS["lognormal"], LAWS["samples"]]
APART = 300_000
EACH, PLAYS = 5_500, 20


def three(number: int, takes: list[Law]) -> list[Class]:
    return [Class(*kind, number, APART, t) for kind, t in zip(KINDS, takes, strict=True)]


def test_classes_of_different_laws_wait_as_a_simulation_of_its_own_says(tiny):
    classes = three(600, TAKE)
    waits, _ = by_priority(*draws_of(classes, 5, 17))
    for ours, theirs in zip(waits_in(play(counter(tiny, classes), 5, 17), classes), waits, strict=True):
        assert ours.tolist() == theirs.tolist()


def in_order(factor: float = 1.0, laws: list[Law] | None = None) -> list[float]:
    longer = [law._replace(mean=law.mean * factor, square=law.square * factor**2) for law in laws or TAKE]
    return cobham([APART] * 3, longer)


@pytest.mark.slow
def test_how_many_customers_of_different_laws_show_what():
    rng = np.random.default_rng(2026)
    came = [np.cumsum(rng.exponential(APART, 120_000)).astype(np.int64) for _ in TAKE]
    waits, _ = by_priority(came, [law.times(rng.random(120_000)) for law in TAKE])
    for kind in range(3):
        means = batch_means(waits[kind], 1_000, 1_000)
        assert abs(z_mean(means, in_order()[kind])) < LIMIT
        spread = float(means.std(ddof=1)) * math.sqrt(1_000)
        assert needed(in_order()[kind] - in_order(0.97)[kind], spread) <= PLAYS * (EACH - SKIP)


@pytest.mark.slow
def test_classes_of_different_laws_follow_cobham(tiny):
    right, exponentials = in_order(), in_order(laws=[exponential_law(law.mean / 1_000) for law in TAKE])
    runs = long_run(tiny, three(EACH, TAKE), PLAYS)
    for kind in range(3):
        means = np.concatenate([batch_means(waits[kind], BATCH, SKIP) for waits in runs])
        assert len(means) * BATCH == PLAYS * (EACH - SKIP)
        assert abs(z_mean(means, right[kind])) < LIMIT
        for wrong in (in_order(0.97), in_order(1.03), exponentials):
            assert abs(z_mean(means, wrong[kind])) > LIMIT
