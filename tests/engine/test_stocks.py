"""Stocks in a row, leaks, nights, lumps of flows, and whatever can be generated: nothing is lost or made."""

import tempfile
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ovning.log.records import StockMoved, StockRateChanged, StockStood
from ovning.measures.stocks import stock_outcomes
from ovning.units import HOUR, MINUTE
from tests.engine.examples import few
from tests.tiny import Tiny, at, inject, of, task


def stock(holds, **more):
    return {"title": "Förrådet", "holds": holds, **more}


def stands(log, name):
    return [(at(r), r.amount / 1000, r.state) for r in of(log, StockStood, stock=name)]


def rates(log, pipe):
    return [(at(r), r.rate / 1000, r.wanted / 1000) for r in of(log, StockRateChanged, pipe=pipe)]


def test_a_full_stock_takes_from_another_only_what_it_gives(tiny):
    """600 an hour more than is used: full at 1 h, and from then 300 an hour, which is what is used."""
    stocks = {
        "lake": stock(5400),
        "tower": stock(
            1000,
            at_start=0.4,
            filled_by={"pump": {"from": "lake", "per_hour": 900}},
            emptied_by={"homes": {"per_hour": 300}},
        ),
    }
    log = tiny.play(scenario={"stocks": stocks, "horizon": "5 h"})
    assert rates(log, "tower.pump") == [(0, 900, 900), (60, 300, 300)]
    assert stands(log, "tower") == [(0, 400, "part"), (60, 1000, "full"), (300, 1000, "full")]
    assert stands(log, "lake") == [(0, 5400, "part"), (300, 3300, "part")]


def test_a_dry_stock_leaves_the_next_without(tiny):
    """The lake is dry at 1 h; the tower has then 500 + 100 and lasts 3 h more; both want on."""
    stocks = {
        "lake": stock(300),
        "tower": stock(
            1000,
            at_start=0.5,
            filled_by={"pump": {"from": "lake", "per_hour": 300}},
            emptied_by={"homes": {"per_hour": 200}},
        ),
    }
    log = tiny.play(scenario={"stocks": stocks, "horizon": "5 h"})
    assert rates(log, "tower.pump") == [(0, 300, 300), (60, 0, 0)]
    assert rates(log, "tower.homes") == [(0, 200, 200), (240, 0, 200)]
    assert stands(log, "lake") == [(0, 300, "part"), (60, 0, "dry"), (300, 0, "dry")]
    assert stands(log, "tower") == [(0, 500, "part"), (240, 0, "dry"), (300, 0, "dry")]


def test_a_leak_goes_on_while_a_dry_stock_fills(tiny):
    """100 and 300 out, 150 in: 250 last an hour. Then 50 an hour stay of 150, less 100 that leak: back at 0.1 of 1 000
    after two hours, and dry again 24 minutes later (100 at 250 an hour)."""
    stocks = {
        "tower": stock(
            1000,
            at_start=0.25,
            filled_by={"works": {"per_hour": 150}},
            emptied_by={"hole": {"per_hour": 100, "leak": True}, "homes": {"per_hour": 300}},
        )
    }
    log = tiny.play(scenario={"stocks": stocks, "horizon": "4 h"})
    assert stands(log, "tower") == [
        (0, 250, "part"),
        (60, 0, "dry"),
        (180, 100, "part"),
        (204, 0, "dry"),
        (240, 30, "dry"),
    ]
    assert rates(log, "tower.hole") == [(0, 100, 100)]
    assert rates(log, "tower.homes") == [(0, 300, 300), (60, 0, 300), (180, 300, 300), (204, 0, 300)]


def test_a_leak_takes_no_more_than_comes_when_nothing_is_left(tiny):
    stocks = {
        "tower": stock(
            1000,
            at_start=0.1,
            filled_by={"works": {"per_hour": 60}},
            emptied_by={"hole": {"per_hour": 160, "leak": True}},
        )
    }
    log = tiny.play(scenario={"stocks": stocks, "horizon": "3 h"})
    assert rates(log, "tower.hole") == [(0, 160, 160), (60, 60, 60)]
    assert stands(log, "tower") == [(0, 100, "part"), (60, 0, "dry"), (180, 0, "dry")]


def test_those_who_lack_the_service_for_another_reason_want_it_too(tiny):
    """At half the level half of what is wanted is given; nights begin at 23, at 13 h."""
    scenario = {
        "services": {"power": {"affects": {"persons": 50}}},
        "stocks": {"tower": stock(9999, emptied_by={"homes": {"per_hour": 4, "having": "power", "at_night": 0.5}})},
        "events": [{"id": "half", "at": "1 h", "sets": {"power": 0.5}}],
        "horizon": "14 h",
    }
    log = tiny.play(scenario=scenario)
    assert rates(log, "tower.homes") == [(0, 200, 200), (60, 100, 200), (780, 50, 100)]


def test_flows_move_for_each_that_a_stage_is_done_with(tiny):
    """Three visits of 20, two at a time; 5 litres each of 12: the third gets 2 of its 5."""
    scenario = {
        "services": {"power": {"affects": {"persons": 3}}},
        "events": [{"id": "dark", "at": "0 min", "sets": {"power": 0}}],
        "stocks": {"tank": stock(12)},
        "flows": {
            "visits": {
                "title": "Besök",
                "one": "besök",
                "arrives": {"lacking": "power"},
                "stages": [
                    {
                        "stage": "visit",
                        "title": "Besöka",
                        "needs": "drive",
                        "takes": "20 min",
                        "together": 2,
                        "moves": [{"from": "tank", "amount": 5}],
                    }
                ],
            }
        },
    }
    log = tiny.play(scenario=scenario)
    assert [(at(r), r.amount, r.wanted, r.caused_by) for r in of(log, StockMoved)] == [
        (40, 10_000, 10_000, "visits"),
        (60, 2_000, 5_000, "visits"),
    ]
    assert stands(log, "tank") == [(0, 12, "part"), (60, 0, "dry"), (720, 0, "dry")]


def test_what_one_move_brings_in_an_instant_another_may_take(tiny):
    """Moves of one event are done in their order, and nobody sees the stock between them."""
    moves = [{"to": "tank", "amount": 30}, {"from": "tank", "amount": 40}, {"to": "tank", "amount": 7}]
    scenario = {
        "stocks": {"tank": stock(50, at_start=0.2)},
        "events": [{"id": "both", "at": "1 h", "moves": moves}],
    }
    log = tiny.play(scenario=scenario)
    assert [r.amount for r in of(log, StockMoved)] == [30_000, 40_000, 7_000]
    assert stands(log, "tank") == [(0, 10, "part"), (720, 7, "part")]


def test_a_fluid_queue_with_input_on_and_off_is_the_reflected_path(tiny):
    """W = min(K, max(0, W + (input - output) t)), stretch by stretch: what leaks has no memory of having been empty."""
    dice = np.random.default_rng(7)
    turns = np.cumsum(dice.integers(1_000, 40 * MINUTE, 40)).tolist()
    events = [{"id": f"turn{n}", "at": f"{t / 1000:.3f} s", "sets": {"power": n % 2}} for n, t in enumerate(turns)]
    tank = stock(
        100,
        at_start=0.5,
        filled_by={"works": {"per_hour": 400, "with": "power"}},
        emptied_by={"hole": {"per_hour": 170, "leak": True}},
    )
    scenario = {"services": {"power": {}}, "stocks": {"tank": tank}, "events": events, "horizon": "24 h"}
    log = tiny.play(scenario=scenario)
    level, expected = 50.0, [50.0]
    for n, (begin, end) in enumerate(pairwise([0, *turns])):
        net = (400 if n == 0 or (n - 1) % 2 else 0) - 170
        level = min(100.0, max(0.0, level + net * (end - begin) / HOUR))
        expected.append(level)
    assert turns[-1] < 24 * HOUR
    assert min(expected) == 0
    assert max(expected) == 100
    found = _path(log, "tank", turns)
    assert np.allclose(found, expected[1:], atol=0.01)


def _path(log, name, moments):
    """What a stock has at these moments, from the log alone."""
    has, since, now, found = 0, 0, {}, []
    changes = [r for r in log if isinstance(r, StockRateChanged | StockStood)]
    for moment in moments:
        while changes and changes[0].at < moment:
            r = changes.pop(0)
            has += sum(now.values()) * (r.at - since)
            since = r.at
            if isinstance(r, StockRateChanged):
                now[r.pipe] = r.rate if r.target == name else -r.rate
            elif r.at == 0:
                has = r.amount * HOUR
        has += sum(now.values()) * (moment - since)
        since = moment
        found.append(has / HOUR / 1000)
    return found


rate = st.sampled_from([0.013, 1, 7.5, 60, 333, 1000])
gates = st.sampled_from(
    [{}, {"with": "power"}, {"without": "mobile"}, {"only_while": {"event": "e1"}}, {"at_night": 0.3}]
)
swings = st.sampled_from(
    [[], [{"when": {"event": "e0"}, "times": 1.7}], [{"when": {"service": "power", "below": 0.5}, "times": 3}]]
)
whose = st.sampled_from([{}, {"having": "power"}, {"lacking": "power"}, {"leak": True}])
NAMES = ["a", "b", "c"]


@st.composite
def pipes(draw, own):
    base = st.builds(lambda r, g, v: {"per_hour": r, **g, **({"varies": v} if v else {})}, rate, gates, swings)
    if own is None:
        return {f"o{n}": {**draw(base), **draw(whose)} for n in range(draw(st.integers(0, 3)))}
    sources = st.sampled_from([None, *NAMES[:own]])
    found = {}
    for n in range(draw(st.integers(0, 2))):
        source = draw(sources)
        found[f"i{n}"] = {**draw(base), **({"from": source} if source else {})}
    return found


@st.composite
def courses(draw):
    stocks = {}
    for n, name in enumerate(NAMES):
        stocks[name] = stock(
            draw(st.sampled_from([50, 777.7, 100_000])),
            at_start=draw(st.sampled_from([0, 0.05, 0.5, 1])),
            back_at=draw(st.sampled_from([0.05, 0.5, 0.99])),
            filled_by=draw(pipes(n)),
            emptied_by=draw(pipes(None)),
        )
    share = st.sampled_from([0, 0.3, 1])
    one = st.builds(
        lambda f, t, a: {k: v for k, v in (("from", f), ("to", t), ("amount", a)) if v is not None},
        st.sampled_from([None, *NAMES]),
        st.sampled_from([None, *NAMES]),
        st.sampled_from([0.5, 40, 999]),
    ).filter(lambda m: m.get("from") != m.get("to"))
    events = [
        {
            "id": f"e{n}",
            "at": f"{draw(st.integers(0, 700))} min",
            "sets": {"power": draw(share), "mobile": draw(share)},
            "moves": draw(st.lists(one, max_size=3)),
        }
        for n in range(4)
    ]
    needs = {name: {"leaves": 0.2} for name in draw(st.lists(st.sampled_from(NAMES), unique=True))}
    services = {"power": {"affects": {"persons": 9}, "depends_on": needs}, "mobile": {}}
    wait = [inject("W", when={"stock": "b", "below": draw(st.sampled_from([0.1, 0.6]))})]
    return {"scenario": {"stocks": stocks, "events": events, "services": services}, "injects": wait}


@few(25)
@given(courses())
def test_nothing_is_lost_or_made_whatever_runs_and_is_moved(course):
    """Every log is checked on its own, and its measures add up to the thousandth that rounding each of them leaves."""
    with tempfile.TemporaryDirectory() as folder:
        tiny = Tiny(Path(folder))
        setup = tiny.setup(**course)
        log = tiny.replay(setup)
        for one in stock_outcomes(log, setup.scenario.stocks):
            assert abs(one.start + one.filled - one.delivered - one.passed_on - one.leaked - one.end) <= 5
            assert 0 <= one.lowest <= min(one.start, one.end) <= one.holds
            assert one.unmet >= 0
            assert len(one.by_hour) == 12


def test_a_play_with_stocks_is_the_same_every_time(tiny):
    """Nothing of it is drawn."""
    stocks = {"tank": stock(100, emptied_by={"hole": {"per_hour": 30, "leak": True}})}
    procedures = {"look": [task("look", {"mean": "5 min"})]}
    logs = tiny.plays(2, scenario={"stocks": stocks}, injects=[inject("E1", asks_for="look")], procedures=procedures)
    assert stands(logs[0], "tank") == stands(logs[1], "tank")


@pytest.mark.parametrize(("loads", "short"), [(27, 0), (26, 30_000)])
def test_so_many_loads_a_day_as_the_arithmetic_says(tiny, loads, short):
    """90 000 people x 3 L a day are 270 m3, 27 lorries of 10 m3: with them the tanks hold their own for three days."""
    lorry = {
        "title": "Lass",
        "one": "lass",
        "arrives": {"having": "mobile", "first_after": "1 h", "every": "24 h"},
        "stages": [
            {
                "stage": "drive",
                "title": "Köra",
                "takes": "0 min",
                "moves": [{"from": "works", "to": "tanks", "amount": 10_000}],
            }
        ],
    }
    scenario = {
        "horizon": "72 h",
        "services": {"power": {"affects": {"persons": 90_000}, "level": 0}, "mobile": {"affects": {"persons": loads}}},
        "stocks": {
            "works": stock(10_000_000),
            "tanks": stock(600_000, at_start=0.5, emptied_by={"fetched": {"per_day": 3, "lacking": "power"}}),
        },
        "flows": {"lorries": lorry},
    }
    setup = tiny.setup(scenario=scenario, sets=["scenario.stocks.tanks.back_at=0.05"])
    works, tanks = stock_outcomes(tiny.replay(setup), setup.scenario.stocks)
    assert tanks.delivered == 3 * 270_000_000
    assert tanks.unmet == 0
    assert works.passed_on == 3 * loads * 10_000_000
    assert tanks.start - tanks.end == short * 1000
