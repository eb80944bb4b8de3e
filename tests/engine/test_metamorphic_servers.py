"""One more person at a single queue, first come first served: nobody is begun later, nobody is done later.

For the same arrivals, and the same length of each one's service, every wait in a queue for *c* + 1 servers is at most
that for *c* (by induction over Kiefer and Wolfowitz's vector of workloads, whose every element is at most as large).
It needs one class of customers, one station and nothing that interrupts; the last tests show what becomes of it
without.
"""

import math
import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ovning.engine import compile_play, play
from ovning.log.records import FlowArrived, FlowBegun, FlowDone, TaskFinished, TaskRequested, TaskStarted
from tests.engine.examples import few
from tests.tiny import Tiny, inject, of, task

minutes = st.integers(0, 30).map(lambda n: f"{n} min")
lengths = st.one_of(
    minutes,
    st.integers(1, 30).map(lambda n: {"mean": f"{n} min"}),
    st.tuples(st.integers(1, 20), st.integers(1, 40)).map(lambda t: {"median": f"{t[0]} min", "p90": f"{sum(t)} min"}),
    st.lists(minutes, min_size=1, max_size=4).map(lambda found: {"samples": found}),
    st.lists(st.integers(0, 40), min_size=3, max_size=3, unique=True)
    .map(sorted)
    .map(lambda t: {"min": f"{t[0]} min", "mode": f"{t[1]} min", "max": f"{t[2]} min"}),
)
seeds = st.integers(0, 1000)
servers = st.integers(1, 5)


@st.composite
def counters(draw):
    """Customers who come by themselves or again and again, each kind with a length of service of its own."""
    mode = draw(st.sampled_from(["call", "desk", "field"]))
    kinds = draw(st.lists(lengths, min_size=1, max_size=5))
    return {
        "scenario": {"horizon": draw(st.sampled_from(["3 h", "2 d"]))},
        "injects": [
            inject(
                f"C{n}",
                draw(lengths),
                f"help{n}",
                **(
                    {"repeat": {"every": draw(lengths), "times": draw(st.integers(2, 12))}}
                    if draw(st.integers(0, 3))
                    else {}
                ),
            )
            for n in range(len(kinds))
        ],
        "procedures": {f"help{n}": [task("serve", takes, mode=mode)] for n, takes in enumerate(kinds)},
    }


@st.composite
def desks(draw):
    """Visitors who come one by one at a rate."""
    stage = {"stage": "serve", "title": "Betjäna", "needs": "receive_alarm", "mode": "desk", "takes": draw(lengths)}
    visits = {
        "title": "Besök",
        "one": "besök",
        "arrives": {"per_hour": draw(st.integers(1, 30))},
        "stages": [stage],
    }
    return {
        "scenario": {"horizon": draw(st.sampled_from(["4 h", "12 h"])), "flows": {"visits": visits}},
        "injects": [inject("Z", chance=0)],
    }


def served(log):
    """When each customer was begun and done, by task or by number; never is later than all."""
    come = [r.task for r in of(log, TaskRequested)] + [n for r in of(log, FlowArrived) for n in r.items]
    begun = {r.task: r.at for r in of(log, TaskStarted)} | {n: r.at for r in of(log, FlowBegun) for n in r.items}
    done = {r.task: r.at for r in of(log, TaskFinished)} | {n: r.at for r in of(log, FlowDone) for n in r.items}
    return {who: (begun.get(who, math.inf), done.get(who, math.inf)) for who in come}


def with_servers(number, changes, seed):
    """What becomes of each customer with so many to serve."""
    organisation = {"people": {"officers": {"count": number}}, **changes.get("organisation", {})}
    with tempfile.TemporaryDirectory() as folder:
        setup = Tiny(Path(folder)).setup(**{**changes, "organisation": organisation})
    return served(play(compile_play(setup), seed, 0))


def later(number, changes, seed):
    """Who is begun or done later with one more to serve; and how many are so earlier."""
    fewer, more = with_servers(number, changes, seed), with_servers(number + 1, changes, seed)
    assert fewer.keys() == more.keys()
    pairs = [(who, fewer[who], more[who]) for who in fewer]
    worse = [who for who, before, now in pairs if now[0] > before[0] or now[1] > before[1]]
    return worse, sum(now < before for _, before, now in pairs)


@few(9)
@given(changes=counters(), number=servers, seed=seeds)
def test_one_more_is_never_later_for_anybody(changes, number, seed):
    assert later(number, changes, seed)[0] == []


@few(6)
@given(changes=desks(), number=servers, seed=seeds)
def test_one_more_is_never_later_for_anybody_in_a_flow(changes, number, seed):
    assert later(number, changes, seed)[0] == []


@pytest.mark.slow
@few(100)
@given(changes=st.one_of(counters(), desks()), number=servers, seed=seeds)
def test_one_more_is_never_later_for_anybody_in_many(changes, number, seed):
    assert later(number, changes, seed)[0] == []


def test_one_more_helps_those_who_wait():
    changes = {
        "injects": [inject("A", "0 min", "help"), inject("B", "1 min", "help"), inject("C", "2 min", "help")],
        "procedures": {"help": [task("serve", "10 min")]},
    }
    assert later(1, changes, 1) == ([], 2)
    assert later(2, changes, 1) == ([], 1)
    assert later(3, changes, 1) == ([], 0)


# Where it does not hold: each of these would be found by the tests above.


def test_with_priorities_one_more_may_be_later():
    """Two serve the urgent ones so fast that both have begun on something long when the next urgent one comes."""
    changes = {
        "injects": [
            inject("A", "0 min", "short", priority="high"),
            inject("B", "0 min", "short", priority="high"),
            inject("L", "5 min", "long", priority="low"),
            inject("M", "5 min", "long", priority="low"),
            inject("H", "19 min", "short", priority="high"),
        ],
        "procedures": {"short": [task("serve", "10 min")], "long": [task("serve", "100 min")]},
    }
    worse, _ = later(1, changes, 1)
    assert worse == ["H/serve"]
    assert [with_servers(n, changes, 1)["H/serve"][0] / 60_000 for n in (1, 2)] == [20, 110]


def test_with_another_station_after_it_one_more_may_be_later():
    """With two at the first station the second customer overtakes the first, who then waits at the next one.

    (With one, the first is passed on when the second has been served: that waits its turn as well.)
    """
    steps = {
        "slow": [task("serve", "10 min"), task("advise", "1 min", "lead_staff", after=["serve"])],
        "quick": [task("serve", "5 min"), task("advise", "60 min", "lead_staff", after=["serve"])],
    }
    changes = {
        "assumptions": {"pass_on": "0 min"},
        "injects": [inject("A", "0 min", "slow"), inject("B", "1 min", "quick")],
        "procedures": steps,
    }
    worse, _ = later(1, changes, 1)
    assert worse == ["A/advise"]
    assert [with_servers(n, changes, 1)["A/advise"][0] / 60_000 for n in (1, 2)] == [15, 66]
