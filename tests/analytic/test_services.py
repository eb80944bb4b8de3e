"""A service that fails and comes back, again and again, against renewal theory, from ordinary files.

The power goes for a while (exponential, mean D) and comes again after a while (exponential, mean U): an event that
lasts and is repeated. What needs it goes on for its endurance e and comes back after a delay, exponential, mean R:

    power          alternating renewal: D/(U + D) of the time without; a cycle is two exponentials
    water          falls when an outage is longer than e: a chance exp(-e/D) for each. It comes back R after the power
                   does, unless the power is lost before that, for longer than what has come back of its endurance.

With e = 0 water has three exponential states: there; waiting for power; on its way back, and waiting again if the power
goes first. The quick runs see a mean that is 8 % wrong, the slow ones 3 %.
"""

import math

import numpy as np
import pytest

from ovning.engine import compile_play, play
from ovning.log.records import EventHappened, NeedLost, ServiceChanged
from ovning.units import HOUR, MINUTE
from tests.analytic.draws import exponential, uniforms
from tests.analytic.evidence import LIMIT, needed, z_mean
from tests.tiny import inject, of

UP, DOWN, BACK = 60, 30, 20
"""Minutes: mean time from one outage to the next, of an outage, of coming back."""
TIMES = 1_000
PLAYS, SLOW = 20, 140


def exercise(tiny, *, up=UP, down=DOWN, back=BACK, endurance=0.0, times=TIMES):
    """The power goes at once, so that every play begins with a cycle."""
    return compile_play(
        tiny.setup(
            vocabulary={"services": {"water": {"title": "Vatten", "meaning": "Vatten"}}},
            scenario={
                "horizon": "360 d",
                "services": {
                    "power": {},
                    "water": {
                        "depends_on": {"power": {"endurance": f"{endurance} min" if endurance else "0 min"}},
                        "recovers_after": {"mean": f"{back * 60} s"},
                    },
                },
                "events": [
                    {
                        "id": "cut",
                        "at": "0 min",
                        "sets": {"power": 0},
                        "lasts": {"mean": f"{down * 60} s"},
                        "repeat": {"every": {"mean": f"{up * 60} s"}, "times": times},
                    }
                ],
            },
            injects=[inject("Z", "359 d")],
        )
    )


def draws(times, replication, up=UP, down=DOWN):
    """When outages begin and end, from the names of luck alone."""
    names = ["event/cut", *(f"event/cut/{n}" for n in range(2, times + 1))]
    lasts = exponential(uniforms([f"{n}/lasts" for n in names], 7, [replication])[0], down * MINUTE)
    gaps = exponential(uniforms([f"{n}/repeat" for n in names], 7, [replication])[0], up * MINUTE)
    begins = np.concatenate(([0], np.cumsum(lasts + gaps)))[:times]
    return begins, begins + lasts


def by_hand(begins, ends, endurance, recoveries):
    """When the water goes and comes, by the rules: a battery that empties and fills at one speed, and a restart."""
    changes = []
    used, since, up, comes = 0, 0, True, None
    recovery = iter(recoveries)
    for begin, end, following in zip(begins, ends, [*begins[1:], math.inf], strict=True):
        used, since = max(0, used - (begin - since)), begin
        fails = begin + endurance - used
        if comes is not None and fails <= end and comes > fails:
            comes = None  # the power is lost again for too long before it has come back
        if comes is not None and comes <= end:
            changes.append((comes, 1))
            up, comes = True, None
        if fails <= end and up:
            changes.append((fails, 0))
            up = False
        used, since = min(endurance, used + end - since), end
        if not up and comes is None:
            comes = end + next(recovery)
        if comes is not None and comes < following:
            changes.append((comes, 1))
            up, comes = True, None
    return changes


@pytest.mark.parametrize("endurance", [0, 10, 45])
def test_every_fall_and_every_return_is_as_the_rules_say(tiny, endurance):
    """Sample paths: the engine's against a battery and a restart written here, on the same draws."""
    compiled = exercise(tiny, endurance=endurance, times=400)
    names = [f"service/water/recovers/{n}" for n in range(1, 401)]
    for replication in range(3):
        log = play(compiled, 7, replication)
        begins, ends = draws(400, replication)
        power = sorted([(int(t), 0) for t in begins] + [(int(t), 1) for t in ends])
        assert [(r.at, r.level) for r in of(log, ServiceChanged, service="power")] == power
        recoveries = exponential(uniforms(names, 7, [replication])[0], BACK * MINUTE).tolist()
        expected = by_hand(begins.tolist(), ends.tolist(), endurance * MINUTE, recoveries)
        assert [(r.at, r.level) for r in of(log, ServiceChanged, service="water")] == expected
        assert len(expected) > 100


def cycles(log, service):
    """Of the cycles from one fall to the next: how long each stretch without was, and each cycle."""
    changed = of(log, ServiceChanged, service=service)
    falls = np.array([r.at for r in changed if r.level == 0], dtype=float)
    comes = np.array([r.at for r in changed if r.level == 1], dtype=float)[: len(falls) - 1]
    return comes - falls[: len(comes)], np.diff(falls)[: len(comes)]


def z_ratio(parts, wholes, ratio):
    """Standard errors between a ratio of means over independent cycles and theory (the renewal reward theorem)."""
    return z_mean(parts - ratio * wholes, 0.0)


@pytest.fixture(scope="module")
def logs(tiny):
    compiled = exercise(tiny)
    return [play(compiled, 7, replication) for replication in range(PLAYS)]


def test_the_share_of_time_without_power_is_that_of_an_alternating_renewal_process(logs):
    parts, wholes = (np.concatenate(x) for x in zip(*(cycles(log, "power") for log in logs), strict=True))
    assert len(parts) == PLAYS * (TIMES - 1)
    assert abs(z_ratio(parts, wholes, DOWN / (UP + DOWN))) < LIMIT
    for wrong in (1.08, 1 / 1.08):
        assert abs(z_ratio(parts, wholes, DOWN * wrong / (UP + DOWN * wrong))) > LIMIT


def without(up=UP, down=DOWN, back=BACK):
    """Mean stretch without water and mean cycle, with no endurance.

    A stretch is an outage, then a recovery; with the chance up's rate/(its rate + the recovery's) the power goes first
    and it begins anew. Each round: an outage of mean ``down`` and the shorter of recovery and up.
    """
    again = (1 / up) / (1 / up + 1 / back)
    stretch = (down + 1 / (1 / up + 1 / back)) / (1 - again)
    return stretch, stretch + up


def test_the_share_of_time_without_water_and_how_often_it_falls(logs):
    parts, wholes = (np.concatenate(x) for x in zip(*(cycles(log, "water") for log in logs), strict=True))
    stretch, cycle = without()
    assert abs(z_mean(parts, stretch * MINUTE)) < LIMIT
    assert abs(z_mean(wholes, cycle * MINUTE)) < LIMIT
    assert abs(z_ratio(parts, wholes, stretch / cycle)) < LIMIT
    wrong_stretch, wrong_cycle = without(back=BACK * 1.2)
    assert abs(z_mean(parts, wrong_stretch * MINUTE)) > LIMIT
    assert abs(z_ratio(parts, wholes, wrong_stretch / wrong_cycle)) > LIMIT


def test_the_number_of_failures_in_a_long_time_is_that_of_a_renewal_process(logs):
    """In a time t on the average t/m, with variance t·s²/m³, m and s the mean and standard deviation of a cycle."""
    stop = 1_000 * HOUR
    numbers = [sum(r.at <= stop for r in of(log, ServiceChanged, service="power", level=0)) for log in logs]
    assert all(of(log, EventHappened)[-1].at > stop for log in logs)
    mean, sd = (UP + DOWN) * MINUTE, math.hypot(UP, DOWN) * MINUTE
    # the first falls at 0; from then on an ordinary renewal process: t/m + (s² - m²)/(2 m²) besides the first
    expected = 1 + stop / mean + (sd**2 - mean**2) / (2 * mean**2)
    spread = math.sqrt(stop * sd**2 / mean**3)
    assert abs(z_mean(numbers, expected, spread)) < LIMIT
    assert abs(z_mean(numbers, expected * 1.05, spread)) > LIMIT


def test_a_chance_that_an_outage_is_longer_than_the_endurance(tiny):
    """Outages far apart, so that the endurance is always whole: each is longer with the chance exp(-e/D)."""
    compiled = exercise(tiny, up=60 * 24 * 3, down=DOWN, back=0.02, endurance=25, times=100)
    fell = lost = 0
    for replication in range(60):
        log = play(compiled, 7, replication)
        lost += len(of(log, NeedLost, service="water"))
        fell += len(of(log, ServiceChanged, service="water", level=0))
    assert lost == 6_000
    p = math.exp(-25 / DOWN)
    spread = math.sqrt(lost * p * (1 - p))
    assert abs(fell - lost * p) / spread < LIMIT
    assert abs(fell - lost * math.exp(-25 / (DOWN * 1.15))) / spread > LIMIT


def test_the_power_computed_above():
    """How many cycles it takes to be sure to see a mean outage that is so much too long."""
    share = DOWN / (UP + DOWN)
    spread = math.hypot(DOWN * (1 - share), UP * share)  # of a cycle's part without, less the share of the whole cycle
    for wrong, plays in ((1.08, PLAYS), (1.03, SLOW)):
        effect = (DOWN * wrong / (UP + DOWN * wrong) - share) * (UP + DOWN * wrong)
        assert needed(effect, spread * wrong) <= plays * (TIMES - 1)


@pytest.mark.slow
def test_a_file_with_a_mean_that_is_wrong_by_three_in_a_hundred_is_seen(tiny):
    """As many plays of a right file and of three wrong ones: 140 000 outages each."""
    stretch, cycle = without()

    def measured(**wrong):
        compiled = exercise(tiny, **wrong)
        both = [cycles(play(compiled, 7, replication), "water") for replication in range(SLOW)]
        return [np.concatenate(x) for x in zip(*both, strict=True)]

    parts, wholes = measured()
    assert abs(z_ratio(parts, wholes, stretch / cycle)) < LIMIT
    assert abs(z_mean(parts, stretch * MINUTE)) < LIMIT
    for wrong in ({"up": UP * 1.03}, {"down": DOWN * 1.03}):
        parts, wholes = measured(**wrong)
        assert abs(z_ratio(parts, wholes, stretch / cycle)) > LIMIT, wrong
    parts, wholes = measured(back=BACK * 1.03)
    assert abs(z_mean(parts, stretch * MINUTE)) > LIMIT
