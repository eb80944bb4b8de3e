"""Two stations in series: two stages of a flow, from ordinary files.

Two stages of a flow are Jackson's (1957) simplest network. What leaves the first station is as random as what comes
(Burke 1956), so the second is an M/M/c of its own, how many there are at the one says nothing of how many there are at
the other, and the time in the one nothing of the time in the other for the same visitor (Reich 1957).

Every path is compared with a recursion. How many visitors show a time that is 20, 5 or 3 % wrong is computed below from
the recursion on numbers of its own.
"""

import math

import numpy as np
import pytest
from scipy import stats

from ovning.units import MINUTE
from tests.analytic.desk import EVERY, arrivals, came, desk, lengths, plays, stage, stages_in
from tests.analytic.evidence import LIMIT, batch_means, needed, z_mean, z_variance
from tests.analytic.laws import exponential_law
from tests.analytic.queues import in_series, mean_wait

BATCH = SKIP = 300
FEW, MANY = 3, 75
"""Plays of some 3 600 visitors each."""
SEEN = 3_000
"""Visitors of a play that are counted: after the first, before the last, at least so many."""
STATIONS = [(1, exponential_law(30)), (1, exponential_law(36))]
"""Servers and times: loads 0.5 and 0.6."""
WIDER = [(3, exponential_law(108)), (2, exponential_law(60))]
"""Loads 0.6 and 0.5."""
WIDE = 40
"""Plays of it."""
STAGES = ["serve", "judge"]
PROBE = 5 * MINUTE


def theory(station, factor=1.0):
    servers, law = station
    return mean_wait(servers, EVERY, law.mean * factor)


def two_stages(tiny, stations):
    (first, serve), (second, judge) = stations
    return desk(tiny, servers=first, takes=serve, chiefs=second, then=[stage("judge", judge, "lead_staff")])


def visits(tiny, stations, number):
    """By play: arrivals, and when each was begun and done at each station; every one as the recursion says."""
    told = []
    for replication, log in enumerate(plays(two_stages(tiny, stations), number)):
        everybody = came(log, 0)
        counted = slice(everybody - 60)  # the last may still be there at the end
        comes = arrivals(everybody, replication)
        takes = [
            lengths(everybody, replication, law, f"{s}/takes") for s, (_, law) in zip(STAGES, stations, strict=True)
        ]
        found = stages_in(log, everybody, STAGES)
        for ours, theirs in zip(found, in_series(comes, takes, [n for n, _ in stations]), strict=True):
            assert all((a[counted] == b[counted]).all() for a, b in zip(ours, theirs, strict=True))
        told.append((comes[counted], *((begun[counted], done[counted]) for begun, done in found)))
    return told


def waits(run):
    """At the first station and at the second, in order of arrival at the first."""
    comes, (begun, done), (again, _) = run
    return begun - comes, again - done


def means_over(runs, station):
    return np.concatenate([batch_means(waits(run)[station], BATCH, SKIP) for run in runs])


def test_the_recursions_agree_with_a_hand():
    comes, first, second = (np.array(x) for x in ([0, 1, 2], [4, 1, 3], [1, 9, 1]))
    (begun, done), (again, gone) = in_series(comes, [first, second], [1, 1])
    assert (begun.tolist(), done.tolist()) == ([0, 4, 5], [4, 5, 8])
    assert (again.tolist(), gone.tolist()) == ([4, 5, 14], [5, 14, 15])
    (_, done), (again, gone) = in_series(comes, [first, second], [2, 1])
    assert (done.tolist(), again.tolist(), gone.tolist()) == ([4, 2, 5], [11, 2, 12], [12, 11, 13])


def spread(found):
    return float(batch_means(found, 1_000, 1_000).std(ddof=1)) * math.sqrt(1_000)


@pytest.mark.parametrize(("stations", "number"), [(STATIONS, 1_000_000), (WIDER, 200_000)], ids=["single", "several"])
def test_the_recursion_follows_jackson(stations, number):
    """Many visitors without the engine; and from them how many show what."""
    rng = np.random.default_rng(2026)
    comes = np.cumsum(rng.exponential(EVERY, number)).astype(np.int64)
    takes = [law.times(rng.random(number)) for _, law in stations]
    run = (comes, *in_series(comes, takes, [n for n, _ in stations]))
    shown = ((0.8, FEW), (0.97, MANY)) if stations is STATIONS else ((0.95, WIDE),)
    for found, station in zip(waits(run), stations, strict=True):
        assert abs(z_mean(batch_means(found, 1_000, 1_000), theory(station))) < LIMIT
        for wrong, enough in shown:
            assert needed(theory(station) - theory(station, wrong), spread(found)) <= enough * SEEN


@pytest.fixture(scope="module")
def runs(tiny):
    return visits(tiny, STATIONS, FEW)


@pytest.fixture(scope="module")
def regular(runs):
    """Planted: the first station always takes its mean, so that what leaves it is more regular than what comes."""
    planted = []
    for replication, (comes, *_) in enumerate(runs):
        judge = lengths(len(comes), replication, STATIONS[1][1], "judge/takes")
        planted.append((comes, *in_series(comes, [np.full(len(comes), 30_000), judge], [1, 1])))
    return planted


def test_several_at_each_station_go_the_way_that_the_recursion_says(tiny):
    comes, (_, done), _ = visits(tiny, WIDER, 1)[0]
    assert len(comes) > SEEN
    assert (np.diff(done) < 0).mean() > 0.1  # many overtake


@pytest.mark.parametrize("station", [0, 1])
def test_each_station_waits_as_if_it_were_alone(runs, regular, station):
    means = means_over(runs, station)
    assert len(means) * BATCH >= FEW * SEEN
    assert abs(z_mean(means, theory(STATIONS[station]))) < LIMIT
    for wrong in (0.8, 1.2):
        assert abs(z_mean(means, theory(STATIONS[station], wrong))) > LIMIT
    if station == 0:  # at the second the difference is too small to be seen in so few
        assert abs(z_mean(means_over(regular, 0), theory(STATIONS[0]))) > LIMIT


def gaps(runs):
    """Times between departures from the first station, after the first ones."""
    return np.concatenate([np.diff(np.sort(done))[SKIP:] for _, (_, done), _ in runs]).astype(float)


def test_what_leaves_the_first_station_is_as_random_as_what_comes(runs, regular):
    between = gaps(runs)
    assert abs(z_mean(between, EVERY, EVERY)) < LIMIT
    assert abs(z_mean(between, EVERY * 1.05, EVERY * 1.05)) > LIMIT
    assert abs(z_variance(between, EVERY**2, 9 * EVERY**4)) < LIMIT
    assert abs(z_variance(gaps(regular), EVERY**2, 9 * EVERY**4)) > LIMIT
    rare = 2 * stats.norm.sf(LIMIT)
    assert stats.kstest(between, "expon", args=(0, EVERY)).pvalue > rare
    assert stats.kstest(gaps(regular), "expon", args=(0, EVERY)).pvalue < rare
    for lag in range(1, 6):
        assert abs(np.corrcoef(between[:-lag], between[lag:])[0, 1]) * math.sqrt(len(between)) < LIMIT


def present(run):
    """How many there are at each station, every few minutes."""
    comes, (_, done), (_, gone) = run
    at = np.arange(10 * PROBE, comes[-1], PROBE)
    first, second, third = (np.searchsorted(np.sort(x), at, side="right") for x in (comes, done, gone))
    return first - second, second - third


def product_form(runs, loads):
    """Standard errors between the share of each joint state and the product of two geometric distributions."""
    seen = [present(run) for run in runs]

    def chance(load, n):
        return load**2 if n == 2 else (1 - load) * load**n

    scores = {}
    for i in range(3):
        for j in range(3):
            hits = [batch_means((np.minimum(a, 2) == i) & (np.minimum(b, 2) == j), 40) for a, b in seen]
            scores[i, j] = z_mean(np.concatenate(hits), chance(loads[0], i) * chance(loads[1], j))
    return scores


def test_how_many_there_are_at_the_one_says_nothing_of_the_other(runs, regular):
    scores = product_form(runs, (0.5, 0.6))
    assert max(map(abs, scores.values())) < LIMIT
    for wrong in ((0.6, 0.6), (0.5, 0.72), regular):
        planted = product_form(runs, wrong) if isinstance(wrong, tuple) else product_form(wrong, (0.5, 0.6))
        assert max(map(abs, planted.values())) > LIMIT


def together(runs):
    """Standard errors between the times that the same visitor spends at the one and the other, and no connection."""
    parts = []
    for comes, (_, done), (_, gone) in runs:
        one, other = done - comes - EVERY, gone - done - EVERY * 1.5  # less their means, s/(1 - ρ)
        parts.append(batch_means(one * other, BATCH, SKIP))
    return z_mean(np.concatenate(parts), 0)


def test_the_time_at_the_one_says_nothing_of_the_time_at_the_other(runs):
    assert abs(together(runs)) < LIMIT
    planted = []
    for replication, (comes, *_) in enumerate(runs):
        takes = lengths(len(comes), replication, STATIONS[0][1])
        planted.append((comes, *in_series(comes, [takes, takes * 6 // 5], [1, 1])))
    assert together(planted) > LIMIT  # whoever takes long at the first takes long at the second


@pytest.mark.slow
def test_a_file_with_a_time_that_is_wrong_by_three_in_a_hundred_is_seen(tiny):
    right = visits(tiny, STATIONS, MANY)
    for station in (0, 1):
        means = means_over(right, station)
        assert abs(z_mean(means, theory(STATIONS[station]))) < LIMIT
        for wrong in (0.97, 1.03):
            assert abs(z_mean(means, theory(STATIONS[station], wrong))) > LIMIT
    assert max(map(abs, product_form(right, (0.5, 0.6)).values())) < LIMIT
    assert abs(together(right)) < LIMIT
    planted = visits(tiny, [(1, exponential_law(30.9)), (1, exponential_law(37.08))], MANY)
    for station in (0, 1):
        assert z_mean(means_over(planted, station), theory(STATIONS[station])) > LIMIT


@pytest.mark.slow
def test_several_at_each_station_follow_jackson(tiny):
    found = visits(tiny, WIDER, WIDE)
    for station in (0, 1):
        means = means_over(found, station)
        assert abs(z_mean(means, theory(WIDER[station]))) < LIMIT
        for wrong in (0.95, 1.05):
            assert abs(z_mean(means, theory(WIDER[station], wrong))) > LIMIT
