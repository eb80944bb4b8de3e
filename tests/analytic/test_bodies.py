"""How long it takes until enough members are there: order statistics of exponentials.

Members who answer at once and need an exponential time, mean 60 min, to come: the k-th of n is there after a time whose
mean is 60 · Σ 1/j and whose variance is 60² · Σ 1/j², j from n - k + 1 to n (Rényi 1953); its fourth cumulant is
6 · 60⁴ · Σ 1/j⁴. Third of five 47.0 min, fifth of five 137.0, seventh of thirteen 43.8.

How many plays show a rate that is 5 % wrong, at |z| > 4 in 999 of 1 000 samples, is ``needed(5 % of the mean, sd)``:

    third of five        (7.1 · 27.7 / 2.35)² = 7 000
    fifth of five        (7.1 · 72.6 / 6.85)² = 5 700
    seventh of thirteen  (7.1 · 16.9 / 2.19)² = 3 000

so the number of plays below is enough in every test run; the 20 000 are marked slow, and see it in the variance too.
"""

import math

import numpy as np
import pytest

from ovning.engine import compile_play, play
from ovning.log.records import BodyConvened, BodySummoned, MemberPresent
from ovning.units import MINUTE
from tests.analytic.draws import exponential, uniforms
from tests.analytic.evidence import LIMIT, needed, z_mean, z_variance
from tests.tiny import inject, of, one, task

PLAYS = {(5, 3): 7_200, (5, 5): 5_800, (13, 7): 3_100}
MANY = 20_000
ASKED = list(PLAYS)


def theory(members: int, quorum: int, mean: float = 60.0) -> tuple[float, float, float]:
    """Mean, variance and fourth central moment of the time until so many of the members are there, in minutes."""
    left = range(members - quorum + 1, members + 1)
    variance = mean**2 * sum(1 / j**2 for j in left)
    return mean * sum(1 / j for j in left), variance, 6 * mean**4 * sum(1 / j**4 for j in left) + 3 * variance**2


def exercise(tiny, *asked: tuple[int, int], mean: str = "60 min"):
    """A question to each body (members, quorum); each summons goes out at once, and all members answer at once."""
    reached = {"chance": 1, "delay": "0 min", "arrives": {"mean": mean}}
    decisions = ["small", "large"][: len(asked)]
    setup = tiny.setup(
        assumptions={"convene": "0 min", "body_adjourns_after": "3 d"},
        organisation={
            "people": {
                f"elected_{d}": {"count": n, "works": "never", "reached": reached}
                for d, (n, _) in zip(decisions, asked, strict=True)
            },
            "functions": {"chief": {"decides": []}},
            "bodies": {
                f"board_{d}": {
                    "title": "Nämnden",
                    "members": [{"from": f"elected_{d}", "count": members}],
                    "quorum": quorum,
                    "convened_by": "officer",
                    "item": "0 min",
                    "decides": [d],
                    "enters_function": False,
                }
                for d, (members, quorum) in zip(decisions, asked, strict=True)
            },
        },
        scenario={"horizon": "3 d"},
        injects=[inject(f"E_{d}", asks_for=f"ask_{d}") for d in decisions],
        procedures={f"ask_{d}": [task("decide", "0 min", needs=f"decide({d})")] for d in decisions},
    )
    return compile_play(setup)


def times_until_convened(tiny, members: int, quorum: int, plays: int, mean: str = "60 min") -> np.ndarray:
    """Minutes from the summons until the body is convened, play by play."""
    compiled = exercise(tiny, (members, quorum), mean=mean)
    times = []
    for replication in range(plays):
        log = play(compiled, 7, replication)
        times.append((one(log, BodyConvened).at - one(log, BodySummoned).at) / MINUTE)
    return np.array(times)


def test_the_power_computed_above():
    for asked, plays in PLAYS.items():
        mean, variance, _ = theory(*asked)
        assert 0.97 * plays < needed(0.05 * mean, math.sqrt(variance)) <= plays


def test_the_means_named_in_the_design():
    assert [round(theory(*a)[0], 1) for a in ASKED] == [47.0, 137.0, 43.8]


@pytest.mark.parametrize(("members", "quorum"), ASKED)
def test_every_member_comes_by_their_own_luck(tiny, members, quorum):
    """Play by play and to the millisecond: the times of arrival in order are the sorted draws of the named numbers."""
    compiled = exercise(tiny, (members, quorum))
    names = [f"inject/E_small/1/decide/summon/1/member/duty/{n}/arrives" for n in range(members)]
    expected = np.sort(exponential(uniforms(names, 7, range(100)), 60 * MINUTE), axis=1)
    for replication in range(100):
        log = play(compiled, 7, replication)
        assert [r.at for r in of(log, MemberPresent)] == expected[replication].tolist()
        assert one(log, BodyConvened).at == expected[replication, quorum - 1]


def test_two_bodies_of_different_people_have_nothing_in_common(tiny):
    compiled = exercise(tiny, (5, 5), (5, 5))
    plays = [play(compiled, 7, replication) for replication in range(1_000)]
    last = [
        [max(r.at for r in of(log, MemberPresent, body=b)) for b in ("board_small", "board_large")] for log in plays
    ]
    assert abs(np.corrcoef(np.log(last).T)[0, 1]) * math.sqrt(len(plays)) < LIMIT


@pytest.mark.parametrize(("members", "quorum"), ASKED)
def test_quorum_is_an_order_statistic(tiny, members, quorum):
    mean, variance, fourth = theory(members, quorum)
    times = times_until_convened(tiny, members, quorum, PLAYS[members, quorum])
    assert abs(z_mean(times, mean, math.sqrt(variance))) < LIMIT
    assert abs(z_variance(times, variance, fourth)) < LIMIT
    for wrong in (57.0, 63.0):
        planted, spread, _ = theory(members, quorum, wrong)
        assert abs(z_mean(times, planted, math.sqrt(spread))) > LIMIT


def test_a_file_with_a_rate_that_is_wrong_by_a_tenth_is_seen(tiny):
    """A tenth takes a quarter of the plays; a twentieth is seen in the run below."""
    mean, variance, _ = theory(5, 3)
    plays = PLAYS[5, 3] // 4
    assert needed(0.1 * mean, math.sqrt(variance)) <= plays
    assert z_mean(times_until_convened(tiny, 5, 3, plays, mean="66 min"), mean, math.sqrt(variance)) > LIMIT


@pytest.mark.slow
@pytest.mark.parametrize(("members", "quorum"), ASKED)
def test_quorum_over_twenty_thousand_plays(tiny, members, quorum):
    mean, variance, fourth = theory(members, quorum)
    right = times_until_convened(tiny, members, quorum, MANY)
    wrong = times_until_convened(tiny, members, quorum, MANY, mean="63 min")
    assert abs(z_mean(right, mean, math.sqrt(variance))) < LIMIT
    assert abs(z_variance(right, variance, fourth)) < LIMIT
    assert z_mean(wrong, mean, math.sqrt(variance)) > LIMIT
    assert z_variance(wrong, variance, fourth) > LIMIT
