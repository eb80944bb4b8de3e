"""A desk without a queue: whoever comes while all who serve are busy is turned away. Erlang B, from ordinary files.

The share turned away depends on the mean service alone, whatever the law (Sevastyanov 1957): an exponential and a
lognormal with almost the same mean. Four who serve, three erlang. Every item's way is compared with the recursion. How
many visitors show a service that is 15 or 3 % wrong is computed below from the recursion on numbers of its own.
"""

import math

import numpy as np
import pytest

from ovning.log.records import FlowBegun, FlowDone
from ovning.units import HOUR
from tests.analytic.desk import BATCH, EVERY, HOURS, arrivals, came, desk, in_log, lengths, plays
from tests.analytic.evidence import LIMIT, batch_means, needed, z_mean
from tests.analytic.laws import Law, constant, exponential_law, lognormal, samples
from tests.analytic.queues import erlang_b, with_room
from tests.tiny import of

SERVERS = 4
LAWS = {"exponential": exponential_law(180), "lognormal": lognormal(139.4, 348.5)}
OTHERS = {"constant": constant(180), "samples": samples(60, 60, 60, 60, 660)}
FEW, MANY = 3, 62
"""Plays of some 3 600 visitors each."""
TAIL = 20
SEEN = 3_100
"""Visitors of a play who are counted, at least: after the first, before the last."""


def theory(law: Law, factor: float = 1.0) -> float:
    return erlang_b(SERVERS, law.mean * factor / EVERY)


def visits(tiny, law: Law, number: int) -> tuple[np.ndarray, float]:
    """Batch means of the share turned away; mean number being served. Every way is compared with the recursion."""
    away, busy = [], 0
    for replication, log in enumerate(plays(desk(tiny, servers=SERVERS, places=SERVERS, takes=law), number)):
        visitors = came(log, TAIL)
        found, gave_up = in_log(log, visitors)
        comes, takes = arrivals(visitors, replication), lengths(visitors, replication, law)
        assert found == with_room(comes, takes, None, SERVERS, SERVERS)
        assert not gave_up
        assert all(r.waited == 0 for r in of(log, FlowBegun))
        away.append(batch_means([x == -1 for x in found], BATCH, BATCH))
        busy += sum(r.at for r in of(log, FlowDone)) - sum(r.at for r in of(log, FlowBegun)[: len(of(log, FlowDone))])
    return np.concatenate(away), busy / (number * HOURS * HOUR)


def test_the_formula_is_erlangs():
    assert erlang_b(3, 2.5) == pytest.approx((2.5**3 / 6) / sum(2.5**k / math.factorial(k) for k in range(4)))
    assert erlang_b(1, 1) == 0.5
    for law in LAWS.values():
        assert law.mean == pytest.approx(180_000, rel=1e-3)


def test_the_recursion_agrees_with_a_hand():
    comes, takes = (np.array(x) for x in ([0, 2, 3, 5, 9], [5, 4, 1, 2, 7]))
    assert with_room(comes, takes, None, 1, 1) == [0, -1, -1, -1, 0]
    assert with_room(comes, takes, None, 2, 2) == [0, 0, -1, -1, 0]  # whoever comes as one is done is too early
    assert with_room(comes, takes, None, 1, 2) == [0, 3, -1, -1, 0]


@pytest.mark.parametrize("law", [*LAWS.values(), *OTHERS.values()], ids=[*LAWS, *OTHERS])
def test_the_recursion_follows_erlang_whatever_the_law(law):
    """A quarter of a million visitors without the engine; and from them how many show what."""
    rng = np.random.default_rng(2026)
    comes = np.cumsum(rng.exponential(EVERY, 250_000)).astype(np.int64)
    turned = np.array(with_room(comes, law.times(rng.random(250_000)), None, SERVERS, SERVERS)) == -1
    means = batch_means(turned, BATCH, BATCH)
    assert abs(z_mean(means, theory(law))) < LIMIT
    for wrong in (1.05, 0.95):
        assert abs(z_mean(means, theory(law, wrong))) > LIMIT
    if law in LAWS.values():
        spread = float(means.std(ddof=1)) * math.sqrt(BATCH)
        for wrong, number in ((0.85, FEW), (1.15, FEW), (0.97, MANY), (1.03, MANY)):
            assert needed(abs(theory(law, wrong) - theory(law)), spread) <= number * SEEN


@pytest.mark.parametrize("name", LAWS)
def test_the_share_turned_away_is_erlangs_whatever_the_law(tiny, name):
    law = LAWS[name]
    away, busy = visits(tiny, law, FEW)
    assert len(away) * BATCH >= FEW * SEEN * 0.95
    assert abs(z_mean(away, theory(law))) < LIMIT
    for wrong in (0.85, 1.15):
        assert abs(z_mean(away, theory(law, wrong))) > LIMIT
    for places in (SERVERS - 1, SERVERS + 1):
        assert abs(z_mean(away, erlang_b(places, law.mean / EVERY))) > LIMIT
    if name == "lognormal":  # the median taken for the mean
        assert abs(z_mean(away, erlang_b(SERVERS, 139_400 / EVERY))) > LIMIT
    # Little: those let in times how long they take
    assert busy == pytest.approx(law.mean / EVERY * (1 - theory(law)), rel=0.05)


@pytest.mark.slow
@pytest.mark.parametrize("name", LAWS)
def test_a_file_with_a_time_that_is_wrong_by_three_in_a_hundred_is_seen(tiny, name):
    law = LAWS[name]
    right, _ = visits(tiny, law, MANY)
    assert abs(z_mean(right, theory(law))) < LIMIT
    for wrong in (0.97, 1.03):
        assert abs(z_mean(right, theory(law, wrong))) > LIMIT
    longer = {"exponential": exponential_law(185.4), "lognormal": lognormal(143.582, 358.955)}[name]
    planted, _ = visits(tiny, longer, MANY)
    assert z_mean(planted, theory(law)) > LIMIT
    assert abs(z_mean(planted, theory(longer))) < LIMIT
