"""Nobody knows what nobody told them, decides what is not theirs, or is in two places. On the shipped exercise."""

from collections import defaultdict
from itertools import pairwise

import pytest

from ovning.engine import compile_play, play
from ovning.files import load_setup
from ovning.log.records import (
    ActedWithoutMandate,
    CaseOpened,
    DecisionMade,
    FactLearned,
    HandedOver,
    LevelActivated,
    LevelRecommended,
    LevelStoodDown,
    MandateMissing,
    SeverityKnown,
    StationAsked,
    TaskRequested,
    TaskStarted,
    Waited,
    Worked,
)
from tests.tiny import of

PLAYS = range(12)
ORGANISATIONS = ["orebro", "haninge"]
HALF_A_DAY = "scenario.horizon=12 h"
"""Long enough for knowledge to spread and levels to rise; the power is not back yet."""


def _plays(organisation, sets=(), replications=PLAYS, **more):
    setup, _ = load_setup("elavbrott", organisation, sets=[HALF_A_DAY, *sets], **more)
    compiled = compile_play(setup)
    return setup, [play(compiled, 5, replication) for replication in replications]


def _without_facts(setup):
    """Ways to leave every fact out of injects, tasks and events, as somebody would on the command line."""
    scenario = setup.scenario
    sets = [f"scenario.injects.{i.id}.facts=[]" for i in scenario.injects if i.facts]
    for name, tasks in scenario.procedures.items():
        for at, task in enumerate(tasks):
            here = f"scenario.procedures.{name}.{at}"
            sets += [f"{here}.{key}=[]" for key in ("establishes", "uses") if getattr(task, key)]
    sets += [f"scenario.events.{e.id}.tells=null" for e in scenario.events if e.tells]
    return sets


@pytest.fixture(scope="module", params=ORGANISATIONS)
def shipped(request):
    return _plays(request.param)


@pytest.mark.parametrize("organisation", ORGANISATIONS)
def test_without_facts_no_level_is_ever_called_for_by_severity(organisation):
    setup, _ = load_setup("elavbrott", organisation)
    _, logs = _plays(organisation, _without_facts(setup))
    for log in logs:
        assert of(log, FactLearned) == []
        assert of(log, SeverityKnown) == []
        # what is left are levels asked for because a decision is held there: nobody assessed anything
        assert [r for r in of(log, TaskRequested) if r.needs == "assess_severity"] == []
        asked = {w.station for w in of(log, Waited) if w.cause == "mandate" and w.detail == "level"}
        for recommended in of(log, LevelRecommended):
            assert recommended.severity == 0
            assert recommended.level in asked


@pytest.mark.parametrize("organisation", ORGANISATIONS)
def test_without_facts_and_without_decisions_held_there_no_level_is_reached_at_all(organisation):
    setup, _ = load_setup("elavbrott", organisation)
    grants = [f"levels.{level.id}.grants={{}}" for level in setup.organisation.levels if level.grants]
    _, logs = _plays(organisation, [*_without_facts(setup), *grants])
    for log in logs:
        assert of(log, LevelRecommended) == []
        assert of(log, LevelActivated) == []


def test_with_facts_levels_are_called_for(shipped):
    _, logs = shipped
    assert sum(bool(of(log, LevelRecommended)) for log in logs) > len(logs) / 2


def test_a_level_is_recommended_by_somebody_who_then_knows_of_something_that_grave(shipped):
    setup, logs = shipped
    levels = {level.id: level for level in setup.organisation.levels}
    for log in logs:
        known = defaultdict(int)
        for record in log:
            if isinstance(record, SeverityKnown):
                known[record.knower] = record.severity
            if isinstance(record, LevelRecommended):
                station = record.station.partition(".")[0]
                assert record.severity == known[station]
                when = levels[record.level].recommended_when
                assessed = of(log, TaskRequested, case=record.case, needs="assess_severity")
                assert not assessed or (when is not None and record.severity >= when.known_severity)


@pytest.mark.parametrize("organisation", ORGANISATIONS)
def test_a_decision_that_nobody_holds_is_never_made_and_the_gap_is_told_in_every_play(organisation):
    setup, _ = load_setup("elavbrott", organisation)
    gone = "close_schools"
    holders = [name for name, f in setup.organisation.functions.items() if gone in f.decides]
    assert holders
    sets = [
        f"functions.{name}.decides=[{', '.join(d for d in setup.organisation.functions[name].decides if d != gone)}]"
        for name in holders
    ]
    _, before = _plays(organisation)
    _, after = _plays(organisation, sets)
    assert any(of(log, DecisionMade, decision=gone) for log in before)
    needed = 0
    for log in after:
        assert of(log, DecisionMade, decision=gone) == []
        asked = of(log, TaskRequested, needs=f"decide({gone})")
        assert [g.task for g in of(log, MandateMissing, decision=gone)] == [t.task for t in asked]
        assert bool(asked) == bool(of(log, MandateMissing))
        needed += bool(asked)
    assert needed > 0
    assert all(of(log, MandateMissing) == [] for log in before)


def test_a_holder_who_has_the_case_waits_no_minute_for_a_mandate(shipped):
    setup, logs = shipped
    functions = setup.organisation.functions
    own = 0
    for log in logs:
        holding = {
            t.task
            for t in of(log, TaskRequested)
            if t.needs.startswith("decide(") and t.holder in functions and t.needs[7:-1] in functions[t.holder].decides
        }
        own += len(holding)
        assert [w for w in of(log, Waited, cause="mandate") if w.task in holding] == []
    assert own > 0


def test_nobody_hands_over_to_themselves_and_nobody_gets_back_what_they_sent(shipped):
    _, logs = shipped
    handed_over = 0
    for log in logs:
        last = {}
        for record in log:
            if isinstance(record, HandedOver):
                handed_over += 1
                assert record.sender != record.receiver
                last[record.task] = record
            if isinstance(record, TaskStarted) and record.task in last:
                given = last[record.task]
                asked = [a.station for a in of(log, StationAsked, task=record.task)]
                assert record.station != given.sender or asked.count(given.sender) > 1
    assert handed_over > 50


def test_nobody_does_two_things_at_once_even_with_one_person_for_two_functions():
    setup, _ = load_setup("elavbrott", "orebro")
    chief, director = (setup.organisation.functions[f].filled_by[0] for f in ("sakerhetschef", "kommundirektor"))
    _, logs = _plays("orebro", [f"functions.kommundirektor.filled_by=[{chief}]"], range(8))
    assert chief != director
    hats = set()
    for log in logs:
        spans = defaultdict(list)
        for w in of(log, Worked):
            spans[w.person].append((w.since, w.at))
            if w.person == f"{chief}#1":
                hats.add(w.station)
        for worked in spans.values():
            worked.sort()
            assert all(before[1] <= after[0] for before, after in pairwise(worked))
    assert {"sakerhetschef", "kommundirektor"} <= hats


def test_acting_without_a_mandate_is_only_for_life_and_is_told_afterwards(shipped):
    setup, logs = shipped
    life = {t.task for tasks in setup.scenario.procedures.values() for t in tasks if t.urgent == "life"}
    acted = 0
    for log in logs:
        for record in of(log, ActedWithoutMandate):
            acted += 1
            assert record.task.partition("/")[2] in life
            told = [c for c in of(log, CaseOpened) if c.kind == "afterwards" and c.caused_by == record.task]
            assert len(told) == 1
    assert acted > 0


@pytest.mark.parametrize("organisation", ORGANISATIONS)
def test_knowledge_that_falls_makes_the_level_stand_down(organisation):
    # the outage is over for good after two hours, and somebody says so to the staff
    sets = [
        "scenario.injects.E7.facts=[power_back]",
        "scenario.injects.E7.at=3 h",
        "assumptions.central_staff_stands_down.for=30 min",
        "scenario.injects.E6.facts=[]",
        "scenario.injects.E5.facts=[]",
        "scenario.injects.E8.facts=[]",
        "scenario.injects.E2.facts=[]",
        "scenario.procedures.silent_alarms.1.establishes=[]",
        "scenario.procedures.keep_the_water.1.establishes=[]",
        "scenario.procedures.cold_school.0.establishes=[]",
        "scenario.procedures.picture_and_forecast.3.establishes=[]",
    ]
    _, logs = _plays(organisation, sets)
    active = stood_down = 0
    for log in logs:
        begun = {r.case for r in of(log, LevelActivated)}
        for record in of(log, LevelStoodDown):
            if record.case not in begun:
                continue  # called off while it was still being gathered, by whoever had decided on it
            known = [s.severity for s in of(log, SeverityKnown, knower=record.level) if s.at <= record.at]
            assert known[-1] < 2
            stood_down += 1
        active += bool(of(log, LevelActivated))
    assert active > 0
    assert stood_down >= active / 2
    _, ordinary = _plays(organisation)
    assert all(of(log, LevelStoodDown) == [] for log in ordinary)
