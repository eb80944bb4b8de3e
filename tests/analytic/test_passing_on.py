"""Two stations in series: a task that one does, and passes on to another in a call of their own, from ordinary files.

Passing on is a second visit to the first queue, in a network with one route (Kelly 1975). If both visits have the same
exponential law, the first station is as an M/M/1 with twice the customers, and the second an M/M/1 of its own. Every
path is compared with a recursion, whatever the means; the run marked slow sees times that are 5 % wrong.
"""

import math

import numpy as np
import pytest

from ovning.engine import compile_play, play
from ovning.log.records import HandedOver, TaskFinished, TaskStarted, Worked
from ovning.units import MINUTE
from tests.analytic.counter import named
from tests.analytic.draws import exponential, uniforms
from tests.analytic.evidence import LIMIT, batch_means, needed, z_mean
from tests.analytic.queues import customers, lindley, mean_wait, passed_on
from tests.tiny import inject, of, task

SKIP = 300
SERVE, JUDGE, BETWEEN = 36_000, 60_000, 120_000
"""Milliseconds: serving and passing on, judging, between customers: loads 0.6 (two visits) and 0.5."""


def passing(tiny, number, serve=SERVE, judge=JUDGE, tell=None):
    """The officer serves, and passes the case on to the chief, who judges."""

    def mean(takes):
        return {"mean": f"{takes / 1000:.3f} s"}

    return compile_play(
        tiny.setup(
            assumptions={"patience": "1 min", "pass_on": mean(serve if tell is None else tell)},
            scenario={"horizon": "360 d"},
            injects=[inject("Q", asks_for="help", repeat={"every": mean(BETWEEN), "times": number})],
            procedures={
                "help": [
                    task("serve", takes=mean(serve)),
                    task("judge", takes=mean(judge), needs="lead_staff", after=["serve"]),
                ]
            },
        )
    )


def path(log, number):
    """When each was begun and done at the first, when passing on was begun and done, when judging was begun."""
    started = {r.task: r.at for r in of(log, TaskStarted)}
    finished = {r.task: r.at for r in of(log, TaskFinished)}
    handed = {r.task: r.at for r in of(log, HandedOver)}
    told = handed | {r.task: r.since for r in of(log, Worked, activity="pass_on")}  # what takes no time is no work
    tasks = [(named("Q", n), named("Q", n).replace("serve", "judge")) for n in range(1, number + 1)]
    return np.array([(started[s], finished[s], told[j], handed[j], started[j]) for s, j in tasks]).T


def passed(compiled, number, replication, **means):
    """The waits for serving, passing on and judging; the path is as the recursion says."""
    comes, services = customers("Q", number, BETWEEN, means.get("serve", SERVE), seed=5, replication=replication)
    cases = [f"inject/Q/{n}/judge" for n in range(1, number + 1)]
    tell, judge = (
        exponential(uniforms([f"{c}/{what}" for c in cases], 5, [replication])[0], mean)
        for what, mean in (
            ("pass_on/0", means.get("tell", means.get("serve", SERVE))),
            ("takes", means.get("judge", JUDGE)),
        )
    )
    begun, told, gone = passed_on(comes, services, tell)
    judged = gone + lindley(gone, judge)
    assert path(play(compiled, 5, replication), number).tolist() == [
        x.tolist() for x in (begun, begun + services, told, gone, judged)
    ]
    return begun - comes, told - begun - services, judged - gone


@pytest.mark.parametrize("means", [{}, {"tell": 60_000, "serve": 20_000}, {"serve": 50_000, "tell": 2_000}])
def test_a_case_that_is_passed_on_goes_the_way_that_the_recursion_says(tiny, means):
    first, second, third = passed(passing(tiny, 400, **means), 400, 0, **means)
    assert min(first.max(), second.max(), third.max()) > 2 * MINUTE


EACH, CASES = 4_300, 24
"""Customers of a play, and plays of the slow run."""


def by_kelly(factor=1.0):
    """Mean waits for serving, for passing on, and for judging."""
    first = mean_wait(1, BETWEEN / 2, SERVE * factor)
    return first, first, mean_wait(1, BETWEEN, JUDGE * factor)


def test_the_recursion_agrees_with_a_hand():
    """The second came before the first was to be passed on; the third as that was being done."""
    begun, told, gone = passed_on(np.array([0, 1, 9]), np.array([4, 2, 1]), np.array([1, 3, 2]))
    assert (begun.tolist(), told.tolist(), gone.tolist()) == ([0, 4, 10], [6, 7, 11], [7, 10, 13])


def test_the_recursion_for_passing_on_follows_kelly():
    rng = np.random.default_rng(2026)
    number = 250_000
    comes = np.cumsum(rng.exponential(BETWEEN, number)).astype(np.int64)
    serve, tell, judge = (rng.exponential(mean, number).astype(np.int64) for mean in (SERVE, SERVE, JUDGE))
    begun, told, gone = passed_on(comes, serve, tell)
    found = (begun - comes, told - begun - serve, lindley(gone, judge))
    for waited, right, wrong in zip(found, by_kelly(), by_kelly(0.95), strict=True):
        means = batch_means(waited, 1_000, 1_000)
        assert abs(z_mean(means, right)) < LIMIT
        assert abs(z_mean(means, wrong)) > LIMIT
        assert needed(right - wrong, float(means.std(ddof=1)) * math.sqrt(1_000)) <= CASES * (EACH - SKIP)


@pytest.mark.slow
def test_cases_that_are_passed_on_follow_kelly(tiny):
    compiled = passing(tiny, EACH)
    kept = [passed(compiled, EACH, replication) for replication in range(CASES)]
    for kind in range(3):
        means = np.concatenate([batch_means(waits[kind], 400, SKIP) for waits in kept])
        assert abs(z_mean(means, by_kelly()[kind])) < LIMIT
        for wrong in (0.95, 1.05):
            assert abs(z_mean(means, by_kelly(wrong)[kind])) > LIMIT
    # planted: passing on costs the giver nothing, as somebody might read the rules
    assert (
        abs(z_mean(np.concatenate([batch_means(w[0], 400, SKIP) for w in kept]), mean_wait(1, BETWEEN, SERVE))) > LIMIT
    )
