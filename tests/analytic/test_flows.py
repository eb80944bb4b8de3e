"""Flows against queueing theory, from ordinary files: sample paths first, then means, then the fluid limit.

One by one (the desk of ``desk.py``): a recursion, which knows nothing of the engine, says of every item when it was
begun, or that it gave up, or that there was no room.

    Erlang A      impatient: M/M/c with exponential patience, by its birth and death chain
    M/M/c/K       room for K: the chain that stops at K
    fluid limit   many: x' = a(t) - m min(x, c) - q max(x - c, 0)
"""

import math

import numpy as np
import pytest

from ovning.engine import compile_play, play
from ovning.log.records import FlowArrived, FlowBegun, FlowDone, FlowLeft, FlowTurnedAway
from ovning.units import HOUR, MINUTE
from tests.analytic.desk import (
    BATCH,
    EVERY,
    HOURS,
    PER_HOUR,
    arrivals,
    came,
    desk,
    in_log,
    lengths,
    plays,
    statistics,
)
from tests.analytic.evidence import LIMIT, batch_means, needed, z_mean
from tests.analytic.queues import UNLIMITED, Chain, erlang_b, with_room
from tests.tiny import inject, of

PLAYS, SLOW = 6, 60


@pytest.mark.parametrize("servers", [1, 3, 8])
@pytest.mark.parametrize(("patience", "places"), [(None, None), (5, None), (None, 10), (4, 5)])
def test_every_item_goes_the_way_that_the_recursion_says(tiny, servers, patience, places):
    takes = 0.97 * servers
    more = {"places": max(places, servers + 2)} if places else {}
    if patience:
        more["patience"] = {"mean": f"{patience} min"}
    log = play(desk(tiny, servers=servers, takes=takes, hours=12, **more), 3, 5)
    number = came(log, 40)
    comes = arrivals(number, 5)
    services = lengths(number, 5, round(takes * 60, 3) * 1000)
    longest = lengths(number, 5, patience * MINUTE, "serve/patience") if patience else None
    assert [n for r in of(log, FlowArrived) for n in r.items][:number] == list(range(1, number + 1))
    assert [r.at for r in of(log, FlowArrived)][:number] == comes.tolist()
    expected = with_room(comes, services, longest, servers, more.get("places", UNLIMITED))
    found, gave_up = in_log(log, number)
    assert found == expected
    assert number > 500
    assert (-2 in expected) == bool(patience)
    assert -1 in expected or not places
    assert bool(gave_up) == bool(patience)
    assert all(waited == longest[n - 1] for n, waited in gave_up.items() if n <= number)


def test_the_chain_knows_erlang():
    """Erlang B where there is room for the servers alone; no waiting with patience as short as the service."""
    load = 2.5
    blocking = (load**3 / 6) / sum(load**k / math.factorial(k) for k in range(4))
    assert Chain(1, 1 / load, 3, places=3).turned_away == pytest.approx(blocking)
    assert erlang_b(3, load) == pytest.approx(blocking)
    poisson = Chain(1, 0.2, 3, lose=0.2)
    assert poisson.share[5] == pytest.approx(math.exp(-5) * 5**5 / 120)


TAKES, PATIENCE = 3.0, 5.0
"""Minutes, three servers and one a minute: as much work as they have time for."""


def erlang_a(arrive=1.0, takes=TAKES, patience=PATIENCE):
    return Chain(arrive, 1 / takes, 3, 1 / patience)


def test_impatient_ones_follow_erlang_a(tiny):
    logs = plays(desk(tiny, takes=TAKES, patience={"mean": f"{PATIENCE} min"}), PLAYS)
    _, gone, waits = statistics(logs)
    right = erlang_a()
    assert len(gone) > PLAYS * 9
    assert abs(z_mean(gone, right.gave_up)) < LIMIT
    assert abs(z_mean(waits, right.wait * MINUTE)) < LIMIT
    for wrong in (1.25, 0.75):
        assert abs(z_mean(gone, erlang_a(takes=TAKES * wrong).gave_up)) > LIMIT
        assert abs(z_mean(waits, erlang_a(patience=PATIENCE * wrong**2).wait * MINUTE)) > LIMIT
    # Little: the mean number waiting is the rate times the mean wait
    waited = sum(r.waited for log in logs for r in of(log, FlowBegun)) + sum(
        r.waited for log in logs for r in of(log, FlowLeft)
    )
    assert waited / (PLAYS * HOURS * HOUR) == pytest.approx(right.queue, rel=0.1)


def test_room_for_so_many_follows_the_chain_that_stops_there(tiny):
    logs = plays(desk(tiny, takes=TAKES, places=6), PLAYS)
    away, gone, waits = statistics(logs)
    right = Chain(1, 1 / TAKES, 3, places=6)
    assert gone.max() == 0
    assert abs(z_mean(away, right.turned_away)) < LIMIT
    assert abs(z_mean(waits, right.wait * MINUTE)) < LIMIT
    for wrong in (1.25, 0.75):
        assert abs(z_mean(away, Chain(1, 1 / TAKES / wrong, 3, places=6).turned_away)) > LIMIT
    assert abs(z_mean(away, Chain(1, 1 / TAKES, 3, places=7).turned_away)) > LIMIT


@pytest.mark.slow
@pytest.mark.parametrize("what", ["patience", "places"])
def test_a_file_with_a_time_that_is_wrong_by_three_in_a_hundred_is_seen(tiny, what):
    more = {"patience": {"mean": f"{PATIENCE} min"}} if what == "patience" else {"places": 6}
    right = erlang_a() if what == "patience" else Chain(1, 1 / TAKES, 3, places=6)
    for wrong in (1, 1.03):
        logs = plays(desk(tiny, takes=TAKES * wrong, hours=4 * HOURS, **more), SLOW)
        away, gone, waits = statistics(logs)
        lost, share = (gone, right.gave_up) if what == "patience" else (away, right.turned_away)
        if wrong == 1:
            assert abs(z_mean(lost, share)) < LIMIT
            assert abs(z_mean(waits, right.wait * MINUTE)) < LIMIT
        else:
            assert z_mean(lost, share) > LIMIT
            assert z_mean(waits, right.wait * MINUTE) > LIMIT


# the fluid limit of a counted flow


CALLERS, AGENTS, CALL, GIVES_UP = 18_000, 4, 1.2, 30.0
"""An hour while the power is gone, people at the telephones, seconds a call, minutes of patience."""


def calls(tiny, step="15 s", callers=CALLERS):
    """The power is gone from one hour on, for two: every household without it calls so often."""
    return compile_play(
        tiny.setup(
            organisation={"people": {"officers": {"count": AGENTS}}},
            scenario={
                "horizon": "5 h",
                "services": {"power": {"affects": {"households": 10_000}}},
                "events": [{"id": "cut", "at": "1 h", "sets": {"power": 0}, "lasts": "2 h"}],
                "flows": {
                    "calls": {
                        "title": "Samtal",
                        "one": "samtal",
                        "step": step,
                        "arrives": {"per_hour": 6_000, "because_of": {"power": (callers - 6_000) / 10_000}},
                        "stages": [
                            {
                                "stage": "answer",
                                "title": "Svara",
                                "needs": "receive_alarm",
                                "mode": "call",
                                "takes": {"mean": f"{CALL} s"},
                                "patience": {"mean": f"{GIVES_UP} min"},
                            }
                        ],
                    }
                },
            },
            injects=[inject("Z", chance=0)],
        )
    )


def fluid(times, callers=CALLERS):
    """How many wait at these minutes: x' = a(t) - min(a, capacity) - q x while x > 0, in steps of a second."""
    capacity, lose = AGENTS * 60 / CALL, 1 / GIVES_UP
    waiting, told = 0.0, {}
    for second in range(5 * 3_600 + 1):
        if second % 60 == 0:
            told[second // 60] = waiting
        arrive = (callers if 3_600 <= second < 3 * 3_600 else 6_000) / 60
        waiting = max(0.0, waiting + (arrive - capacity - lose * waiting) / 60)
    return np.array([told[t] for t in times])


def waiting_at(log, times):
    """How many wait just before these minutes, from the log."""
    steps = np.zeros(5 * 60 + 2)
    for r in log:
        sign = 1 if isinstance(r, FlowArrived) else -1 if isinstance(r, FlowBegun | FlowLeft | FlowTurnedAway) else 0
        if sign:
            steps[r.at // MINUTE + 1] += sign * r.number
    return np.cumsum(steps)[times]


def test_many_callers_follow_the_fluid_limit(tiny):
    """Those who come in a step are there at its end and a piece of work is what fits in one: the limit is step → 0."""
    times = list(range(80, 240, 10))
    limit = fluid(times)
    assert limit.max() > 2_500

    def mean_path(step, number):
        return np.mean([waiting_at(log, times) for log in plays(calls(tiny, step), number)], axis=0)

    def off(path, callers=CALLERS):
        return float(np.abs(path - fluid(times, callers)).max() / limit.max())

    fine, coarse = mean_path("15 s", 4), mean_path("1 min", 2)
    assert off(fine) < 0.03
    assert off(fine) < off(coarse) < 0.12
    for wrong in (1.03, 0.97):
        assert off(fine, CALLERS * wrong) > 0.05


def test_everybody_who_called_was_answered_or_gave_up(tiny):
    log = play(calls(tiny), 3, 0)
    arrived, begun, left, done = (
        sum(r.number for r in of(log, kind)) for kind in (FlowArrived, FlowBegun, FlowLeft, FlowDone)
    )
    assert arrived > 40_000
    assert begun - done < AGENTS * 50
    assert arrived - begun - left < 100
    # what is expected: 6 000 an hour for three hours and 18 000 for two
    assert abs(arrived - 54_000) / math.sqrt(54_000) < LIMIT
    assert abs(arrived - 54_000 * 1.03) / math.sqrt(54_000) > LIMIT


def test_the_power_of_the_slow_runs():
    """The recursion on numbers of its own: how many customers show a time that is three in a hundred too long."""
    rng = np.random.default_rng(2026)
    number = 150_000
    comes = np.cumsum(rng.exponential(EVERY, number)).astype(np.int64)
    unit = rng.exponential(1.0, number)
    patience = (rng.exponential(PATIENCE * MINUTE, number)).astype(np.int64)
    told = with_room(comes, (unit * TAKES * MINUTE).astype(np.int64), patience, 3)
    means = batch_means([x == -2 for x in told], BATCH, BATCH)
    assert abs(z_mean(means, erlang_a().gave_up)) < LIMIT
    effect = erlang_a(takes=TAKES * 1.03).gave_up - erlang_a().gave_up
    assert needed(effect, float(means.std(ddof=1))) * BATCH <= SLOW * 4 * HOURS * PER_HOUR * 0.9
