"""Flows counted in steps, the rate that they come at, and what the public has been told."""

import math
from collections import Counter

import pytest
from scipy import special, stats

from ovning.engine.arrivals import poisson
from ovning.engine.luck import Luck
from ovning.log.records import (
    FactPublished,
    FlowArrived,
    FlowBegun,
    FlowDone,
    FlowLeft,
    FlowTurnedAway,
    InjectSent,
    TaskStarted,
    Worked,
)
from ovning.units import HOUR, MINUTE
from tests.engine.test_flows import conserved, stage
from tests.tiny import at, inject, of, one, task

DARK = {"id": "dark", "at": "0 min", "sets": {"power": 0}}


def calls(arrives, events=(), first=None, step="15 min", **more):
    """Calls that are counted, from 1 000 households."""
    return {
        "services": {"power": {"affects": {"households": 1000}}, "mobile": {}},
        "events": list(events),
        "flows": {
            "calls": {
                "title": "Samtal",
                "one": "samtal",
                "step": step,
                "arrives": arrives,
                "stages": [first or stage("answer", "4 min", mode="call")],
            }
        },
        **more,
    }


def came(log):
    """Minute → how many came."""
    return {at(r): r.number for r in of(log, FlowArrived)}


def drawn(step, mean, seed=1):
    """What the luck of a step makes of a mean."""
    return poisson(mean, Luck(seed, 0).uniform(f"flow/calls/step/{step}"))


def test_each_step_has_a_number_of_its_own_luck(tiny):
    log = tiny.play(scenario=calls({"per_hour": 12}, horizon="3 h"))
    expected = {15 * n: drawn(n, 3) for n in range(1, 13)}
    assert came(log) == {minute: number for minute, number in expected.items() if number}


def test_as_many_as_fit_in_a_step_are_taken_at_a_time(tiny):
    log = tiny.play(
        seed=3,
        scenario=calls(
            {"because_of": {"power": 0.06}}, [DARK, {**DARK, "id": "light", "at": "15 min", "sets": {"power": 1}}]
        ),
    )
    number = came(log)[15]
    assert number == drawn(1, 15, seed=3)
    pieces = [(r.number, at(r), r.waited / MINUTE) for r in of(log, FlowBegun)]
    assert pieces[:2] == [(3, 15, 0), (3, 27, 36)]  # three calls of four minutes in fifteen
    assert sum(n for n, _, _ in pieces) == number
    assert [r.number for r in of(log, FlowDone)] == [n for n, _, _ in pieces]
    assert [r.at - r.since for r in of(log, Worked)] == [n * 4 * MINUTE for n, _, _ in pieces]
    assert conserved(log)["calls"]["through"] == number


def test_a_call_longer_than_a_step_is_taken_all_the_same(tiny):
    log = tiny.play(scenario=calls({"per_hour": 8}, first=stage("answer", "40 min"), horizon="2 h"))
    assert {r.number for r in of(log, FlowBegun)} == {1}


def test_an_outage_of_ten_minutes_makes_ten_minutes_of_calls(tiny):
    events = [{"id": "dark", "at": "2 min", "sets": {"power": 0}, "lasts": "10 min"}]
    log = tiny.play(scenario=calls({"because_of": {"power": 0.06}}, events))
    assert came(log) == {15: drawn(1, 10)}


def test_at_night_fewer_call(tiny):
    log = tiny.play(
        scenario=calls({"per_hour": 40, "at_night": 0.1}, start="2026-01-20T22:50", horizon="1 h", flows={})
        | {"flows": calls({"per_hour": 40, "at_night": 0.1})["flows"]}
    )
    mixed = 10 * (10 + 0.1 * 5) / 15  # the night begins ten minutes into the first step
    assert came(log) == {m: n for m, n in [(15, drawn(1, mixed)), *((15 * k, drawn(k, 1)) for k in (2, 3, 4))] if n}


def test_no_more_than_the_ceiling_and_only_as_many_as_get_through(tiny):
    high = {"because_of": {"power": 1}, "at_most": 40}
    assert came(tiny.play(scenario=calls(high, [DARK], horizon="15 min"))) == {15: drawn(1, 10)}
    half = {"id": "half", "at": "0 min", "sets": {"mobile": 0.5}}
    through = {"per_hour": 40, "through": "mobile"}
    assert came(tiny.play(scenario=calls(through, [half], horizon="15 min"))) == {15: drawn(1, 5)}


def test_nobody_calls_while_it_is_not_so(tiny):
    scenario = calls({"per_hour": 40, "only_while": {"service": "power", "below": 0.5}}, [{**DARK, "at": "30 min"}])
    assert min(came(tiny.play(scenario=scenario))) == 45


def test_no_room_for_more(tiny):
    first = stage("answer", "10 h", mode="call", places=5)
    log = tiny.play(scenario=calls({"per_hour": 80}, first=first, horizon="1 h"))
    numbers = list(came(log).values())
    assert sum(r.number for r in of(log, FlowTurnedAway)) == sum(numbers) - 5
    ends = conserved(log)["calls"]
    assert (ends["in_work"], ends["waiting"]) == (1, 4)


def test_those_with_a_constant_patience_give_up_together(tiny):
    first = stage("answer", "10 h", patience="30 min")
    events = [DARK, {"id": "light", "at": "15 min", "sets": {"power": 1}}]
    log = tiny.play(scenario=calls({"because_of": {"power": 0.06}}, events, first))
    left = one(log, FlowLeft)
    waited = came(log)[15] - 1
    assert (at(left), left.number, left.waited, left.why) == (45, waited, waited * 30 * MINUTE, "gave_up")


def test_those_with_an_exponential_patience_give_up_at_a_constant_rate(tiny):
    first = stage("answer", "10 h", patience={"mean": "1 h"})
    events = [DARK, {"id": "light", "at": "15 min", "sets": {"power": 1}}]
    scenario = calls({"because_of": {"power": 40}}, events, first, horizon="4 h")
    log = tiny.play(scenario=scenario)
    still = came(log)[15] - 1
    for r in of(log, FlowLeft):
        assert abs(r.number - still * (1 - math.exp(-0.25))) < 1  # rounded up or down, nothing else
        still -= r.number
    assert len(of(log, FlowLeft)) == 15
    conserved(log)


def test_a_number_that_is_no_whole_one_is_rounded_without_winning_or_losing(tiny):
    """Of one who waits, a share of 1 - exp(-1) gives up in the first step."""
    first = stage("answer", "10 h", patience={"mean": "15 min"})
    scenario = calls({"per_hour": 0.8}, first=first, horizon="40 h")
    waited = gone = 0
    for log in tiny.plays(60, scenario=scenario):
        conserved(log)
        for r in of(log, FlowLeft):
            gone += r.number
            waited += r.waited / (15 * MINUTE)
    # the mean number of steps until one gives up
    assert abs(waited / gone - 1 / (1 - math.exp(-1))) < 0.1


def test_nothing_is_planned_while_nobody_calls(tiny):
    assert not came(tiny.play(scenario=calls({"because_of": {"power": 1}})))


@pytest.mark.parametrize("mean", [0.01, 0.7, 3, 40, 1234.5, 100_000])
def test_the_inverse_of_poisson_is_exact_and_rises_with_the_mean(mean):
    luck = Luck(5, 1)
    us = [luck.uniform(f"u/{n}") for n in range(200)] + [1e-12, 1 - 1e-12]
    for u in us:
        number = poisson(mean, u)
        assert number == stats.poisson.ppf(u, mean)
        assert poisson(mean * 1.001, u) >= number


@pytest.mark.parametrize("mean", [0.3, 4, 300])
def test_the_inverse_of_poisson_is_exact_where_one_number_ends_and_the_next_begins(mean):
    for number in range(max(0, round(mean - 3 * mean**0.5)), round(mean + 3 * mean**0.5)):
        share = float(special.pdtr(number, mean))
        assert (poisson(mean, share), poisson(mean, math.nextafter(share, 1))) == (number, number + 1)


# What the public has been told


def informed(tiny, published="1 h", lowers=0.5, **more):
    """Somebody knows at 15 min; when it is published, fewer ask."""
    return tiny.play(
        organisation={"people": {"officers": {"count": 3}}},
        scenario=calls(
            {"because_of": {"power": 0.4}, "asks_about": ["grave", "minor"], "information_lowers": lowers},
            [DARK],
            first=stage("answer", "10 s", needs="advise", mode="call"),
            horizon="3 h",
            facts=more.get("facts", {}),
        ),
        injects=[
            inject("call", at="10 min", facts=["grave"], asks_for="hear"),
            inject("tell", at=published, asks_for="publish"),
            *more.get("injects", []),
        ],
        procedures={
            "hear": [task("listen", "5 min")],
            "publish": [task("write", {"median": "10 min", "p90": "20 min"}, publishes=True)],
            **more.get("procedures", {}),
        },
    )


def test_what_is_published_lowers_the_rate_by_its_share_of_what_is_known(tiny):
    log = informed(tiny)
    told = one(log, FactPublished)
    assert (told.fact, told.task) == ("grave", "tell/write")
    whole, left = divmod(told.at, 15 * MINUTE)
    step = whole + 1
    assert came(log)[15 * (step - 1)] == drawn(step - 1, 100)
    assert came(log)[15 * step] == drawn(step, 400 * (left + (15 * MINUTE - left) / 2) / HOUR)
    assert came(log)[15 * (step + 1)] == drawn(step + 1, 50)


def test_what_is_published_is_heard_as_far_as_those_who_call_get_through(tiny):
    half = {"id": "half", "at": "0 min", "sets": {"mobile": 0.5}}
    arrives = {"per_hour": 400, "through": "mobile", "asks_about": ["grave"], "information_lowers": 0.8}
    log = tiny.play(
        scenario=calls(arrives, [half], first=stage("answer", "10 s", needs="advise"), horizon="1 h"),
        injects=[inject("call", facts=["grave"], asks_for="publish")],
        procedures={"publish": [task("write", "5 min", publishes=True)]},
    )
    assert came(log)[15] == drawn(1, (5 * 200 + 10 * 200 * 0.6) / 60)
    assert came(log)[30] == drawn(2, 200 * 0.6 / 4)


def test_another_fact_that_is_known_and_not_published_makes_them_ask_again(tiny):
    log = informed(
        tiny,
        injects=[inject("more", at="2 h", facts=["minor"], asks_for="hear_more")],
        procedures={"hear_more": [task("listen", "5 min")]},
    )
    assert came(log)[120] == drawn(8, 50)
    assert came(log)[150] == drawn(10, 75)


def test_what_is_no_longer_so_need_not_be_told(tiny):
    """``over`` cancels both: nothing of what they ask about is current, so nothing that is told helps."""
    log = informed(
        tiny,
        injects=[inject("end", at="2 h", facts=["over"], asks_for="hear_more")],
        procedures={"hear_more": [task("listen", "5 min")]},
    )
    assert came(log)[120] == drawn(8, 50)
    assert came(log)[150] == drawn(10, 100)


def test_of_two_that_deny_each_other_neither_is_so(tiny):
    facts = {"minor": {"cancels": ["grave"]}, "grave": {"cancels": ["minor"]}}
    log = informed(
        tiny,
        facts=facts,
        injects=[inject("more", at="2 h", facts=["minor"], asks_for="hear_more")],
        procedures={"hear_more": [task("listen", "5 min")]},
    )
    assert (came(log)[120], came(log)[150]) == (drawn(8, 50), drawn(10, 100))


def _published(tiny, *facts, knows=True, asked=("grave", "minor", "over"), uses=()):
    asking = {"stage": "answer", "title": "Svara", "needs": "advise", "takes": "1 min"}
    arrives = {"per_hour": 1, "asks_about": list(asked), "information_lowers": 0.5}
    log = tiny.play(
        organisation={"functions": {"chief": {"does": ["advise"], "reports_to": None}}},
        scenario={"flows": {"ask": {"title": "Frågor", "one": "samtal", "arrives": arrives, "stages": [asking]}}},
        injects=[
            *(inject(f"call{n}", at=f"{10 * n} min", facts=[fact]) for n, fact in enumerate(facts)),
            inject("tell", at="1 h", asks_for="publish", to="first_call(default)" if knows else "role(executive)"),
        ],
        procedures={
            "publish": [
                task("write", needs="receive_alarm" if knows else "advise", publishes=True, uses=list(uses)),
            ]
        },
    )
    return [(r.fact, at(r)) for r in of(log, FactPublished)]


def test_nobody_publishes_what_they_do_not_know_or_know_to_be_over(tiny):
    assert _published(tiny, "grave", "minor") == [("grave", 70), ("minor", 70)]
    assert _published(tiny, "grave", "over") == [("over", 70)]
    assert _published(tiny, "grave", knows=False) == []


def test_what_nobody_asks_about_and_the_case_does_not_carry_is_not_told(tiny):
    assert _published(tiny, "grave", "minor", asked=["grave"]) == [("grave", 70)]
    assert _published(tiny, "grave", "minor", asked=["grave"], uses=["minor"]) == [("grave", 70), ("minor", 70)]


def test_later_information_makes_more_call_in_that_arm_and_changes_no_other_luck(tiny):
    injects = [inject(f"other{n}", at=f"{20 * n} min", asks_for="other", chance=0.7) for n in range(8)]
    procedures = {"other": [task("do", {"median": "3 min", "p90": "9 min"})]}
    soon = informed(tiny, "30 min", injects=injects, procedures=procedures)
    late = informed(tiny, "2 h", injects=injects, procedures=procedures)
    first, second = came(soon), came(late)
    assert first.keys() == second.keys()
    assert all(second[minute] >= first[minute] for minute in first)
    assert sum(second.values()) > sum(first.values()) + 200
    sent = [[(r.at, r.inject) for r in of(log, InjectSent) if r.inject != "tell"] for log in (soon, late)]
    begun = [[(r.at, r.task) for r in of(log, TaskStarted) if r.task != "tell/write"] for log in (soon, late)]
    assert sent[0] == sent[1]
    assert begun[0] == begun[1]
    lengths = [{r.task: r.at - r.since for r in of(log, Worked, activity="work")} for log in (soon, late)]
    assert lengths[0] == lengths[1]
    assert len(lengths[0]) > 5


def test_conservation_over_many_lucks(tiny):
    first = stage("answer", {"median": "4 min", "p90": "9 min"}, mode="call", places=30, patience={"mean": "20 min"})
    scenario = calls({"because_of": {"power": 0.05}, "at_night": 0.2}, [DARK], first, horizon="24 h")
    seen = Counter()
    for log in tiny.plays(5, organisation={"people": {"officers": {"count": 2}}}, scenario=scenario):
        seen.update(conserved(log)["calls"])
    assert min(seen[k] for k in ("through", "left", "turnedaway")) > 20
