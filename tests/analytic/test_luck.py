"""Luck by name: the numbers themselves, their evenness, and that no two names have anything to do with each other."""

import numpy as np
import pytest
from scipy import stats

from ovning.engine.luck import Luck
from tests.analytic.draws import splitmix64, uniforms
from tests.analytic.evidence import LIMIT

NAMES = [f"inject/E1/{n}/verify/takes" for n in range(20_000)]


def z_of(p: float) -> float:
    """The |z| that is as rare as this p-value."""
    return float(stats.norm.isf(p / 2))


def evenness(u: np.ndarray) -> float:
    """|z| of a chi-square test over a hundred equal cells."""
    return z_of(stats.chisquare(np.histogram(u, bins=100, range=(0, 1))[0]).pvalue)


def families() -> dict[str, np.ndarray]:
    """Long rows of the engine's numbers in which one thing is counted up: the name, the seed, the replication."""
    luck = Luck(11, 3)
    return {
        "names": np.array([luck.uniform(n) for n in NAMES]),
        "seeds": np.array([Luck(s, 0).uniform("inject/E1/1/receive/takes") for s in range(20_000)]),
        "replications": np.array([Luck(1, r).uniform("inject/E1/1/receive/takes") for r in range(20_000)]),
    }


@pytest.fixture(scope="module")
def rows():
    return families()


def test_the_independent_mixing_gives_the_published_sequence():
    """The five first outputs of splitmix64 from state 1234567, as published with its reference implementation."""
    states = np.array([(1234567 + n * 0x9E3779B97F4A7C15) % 2**64 for n in range(5)], dtype=np.uint64)
    assert splitmix64(states).tolist() == [
        6457827717110365317,
        3203168211198807973,
        9817491932198370423,
        4593380528125082431,
        16408922859458223821,
    ]


@pytest.mark.parametrize(("seed", "replication"), [(0, 0), (1, 0), (1, 199), (2**63 + 5, 2**40), (-1, 7)])
def test_the_same_numbers_as_an_independent_implementation(seed, replication):
    names = [*NAMES[:500], "", "å ä ö", "night/duty/0/2026-01-22/night", "x" * 10_000]
    luck = Luck(seed, replication)
    assert [luck.uniform(n) for n in names] == uniforms(names, seed, [replication])[0].tolist()


GOLDEN = [
    (0, 0, "inject/E1/1/receive/takes", 0.9890244766789732),
    (1, 0, "inject/E1/1/receive/takes", 0.13750975224809026),
    (1, 17, "inject/E1/1/receive/takes", 0.0881980424292933),
    (1, 17, "inject/E1/2/receive/takes", 0.575355504906177),
    (2026, 199, "night/duty/0/2026-01-22/night", 0.8576036706241864),
    (2026, 199, "body/1/2/arrives", 0.5141290905017292),
    (-1, 0, "å/ä/ö", 0.8423466704542416),
]


@pytest.mark.parametrize(("seed", "replication", "name", "number"), GOLDEN)
def test_pinned_numbers(seed, replication, name, number):
    """Old results can be repeated as long as these stand; they were computed by the independent implementation."""
    assert Luck(seed, replication).uniform(name) == number


@pytest.mark.parametrize("family", ["names", "seeds", "replications"])
def test_even(rows, family):
    u = rows[family]
    assert 0 < u.min() < u.max() < 1
    assert len(set(u.tolist())) == len(u)
    assert evenness(u) < LIMIT
    assert z_of(stats.kstest(u, "uniform").pvalue) < LIMIT


@pytest.mark.parametrize("family", ["names", "seeds", "replications"])
def test_every_bit_is_a_fair_coin(rows, family):
    whole = (rows[family] * 2.0**52).astype(np.uint64)
    ones = np.array([((whole >> np.uint64(b)) & np.uint64(1)).sum() for b in range(52)], dtype=float)
    z = (ones - len(whole) / 2) / (len(whole) ** 0.5 / 2)
    assert np.abs(z).max() < LIMIT + 0.8  # the greatest of 52


@pytest.mark.parametrize("family", ["names", "seeds", "replications"])
def test_neighbours_are_strangers(rows, family):
    """Serial correlation at distances 1 to 20, and pairs of neighbours over a grid of 20 by 20 cells."""
    u = rows[family]
    z = [float(np.corrcoef(u[:-lag], u[lag:])[0, 1]) * len(u[lag:]) ** 0.5 for lag in range(1, 21)]
    assert max(map(abs, z)) < LIMIT
    cells = np.histogram2d(u[:-1:2], u[1::2], bins=20, range=[[0, 1], [0, 1]])[0]
    assert z_of(stats.chisquare(cells.ravel()).pvalue) < LIMIT


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("inject/E1/1/verify/takes", "inject/E1/2/verify/takes"),
        ("inject/E1/1/verify/takes", "inject/E1/1/inform/takes"),
        ("night/duty/0/2026-01-22/night", "night/duty/1/2026-01-22/night"),
        ("night/duty/0/2026-01-22/night", "night/duty/0/2026-01-23/night"),
        ("body/0/1/0/arrives", "body/1/1/0/arrives"),
    ],
)
def test_two_names_over_many_plays(one, other):
    pairs = np.array([[luck.uniform(one), luck.uniform(other)] for luck in (Luck(1, r) for r in range(10_000))])
    assert abs(np.corrcoef(pairs.T)[0, 1]) * 100 < LIMIT
    cells = np.histogram2d(*pairs.T, bins=10, range=[[0, 1], [0, 1]])[0]
    assert z_of(stats.chisquare(cells.ravel()).pvalue) < LIMIT


@pytest.mark.parametrize(("one", "other"), [((1, 0), (2, 0)), ((1, 0), (1, 1)), ((1, 2), (2, 1)), ((0, 1), (1, 0))])
def test_two_plays_have_nothing_in_common(one, other):
    u, v = (np.array([luck.uniform(n) for n in NAMES[:10_000]]) for luck in (Luck(*one), Luck(*other)))
    assert abs(np.corrcoef(u, v)[0, 1]) * 100 < LIMIT
    assert not set(u.tolist()) & set(v.tolist())


def test_the_tests_see_an_uneven_row_and_a_resembling_one():
    """Planted: numbers squeezed by one part in twenty, and a tenth of the neighbour mixed in."""
    u = uniforms(NAMES, 11, [3])[0]
    assert evenness(u**1.05) > LIMIT
    mixed = 0.9 * u[1:] + 0.1 * u[:-1]
    assert np.corrcoef(mixed[:-1], mixed[1:])[0, 1] * len(mixed) ** 0.5 > LIMIT
