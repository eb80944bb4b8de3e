"""The shipped exercise, played: strain, consequences and flows add up, and each measure says something."""

import pytest

from ovning.engine import compile_play, play
from ovning.files import load_setup
from ovning.log.records import FlowArrived, FlowBegun, FlowLeft, PlayEnded, Worked
from ovning.measures.flows import flow_faults, flow_outcomes
from ovning.measures.load import heads_of, loads
from ovning.measures.relief import seat_stays
from ovning.measures.strain import rules_of, strain, working_times
from ovning.measures.summary import summarise
from ovning.units import HOUR


@pytest.fixture(scope="module", params=["orebro", "haninge"])
def played(request):
    setup, _ = load_setup("elavbrott", request.param)
    return setup, play(compile_play(setup), 1, 0)


def test_all_that_came_is_somewhere(played):
    setup, log = played
    assert flow_faults(log) == ()
    outcomes = flow_outcomes(log, setup.scenario.flows)
    assert all(outcome.is_conserved for outcome in outcomes)
    assert sum(outcome.done for outcome in outcomes) > 100
    for outcome in outcomes:
        mine = [r for r in log if getattr(r, "flow", None) == outcome.flow]
        assert outcome.arrived == sum(r.number for r in mine if isinstance(r, FlowArrived))
        if not outcome.waiting:
            said = sum(r.waited for r in mine if isinstance(r, FlowBegun | FlowLeft))
            assert outcome.waited == said


def test_nobody_works_more_than_there_is_time(played):
    setup, log = played
    assert isinstance(log[-1], PlayEnded)
    rules = rules_of(setup)
    times = working_times(log, seat_stays(log), rules.untiring)
    found = strain(log, rules, {level.id: sum(level.staffs.values()) for level in setup.organisation.levels})
    assert {person.person for person in found.people} == set(times)
    for person in found.people:
        assert 0 < person.worked <= log[-1].at - times[person.person][0][0]
        assert person.night <= person.worked
        first, last = times[person.person][0][0], times[person.person][-1][1]
        assert person.longest_duty <= last - first
        assert person.deviations <= -(-(last - first) // (24 * HOUR))
    assert found.deviations > 0
    assert found.unmanned_time > 0


def test_work_is_load(played):
    setup, log = played
    found = loads(log, seat_stays(log), heads_of(setup))
    worked = {r.station for r in log if isinstance(r, Worked) and r.at > r.since}
    assert {load.station for load in found} == worked - set(setup.organisation.bodies)
    assert all(0 <= share <= 1000 for load in found for share in load.permille)
    assert all(len(load.permille) == -(-log[-1].at // HOUR) for load in found)


def test_a_summary_holds_them_all(played):
    setup, log = played
    summary = summarise(log, setup)
    assert [one.service for one in summary.services] == list(setup.scenario.services)
    assert [one.flow for one in summary.flows] == list(setup.scenario.flows)
    assert sum(wait.lasted for wait in summary.critical_needs) == sum(part.lasted for part in summary.critical_waiting)
    assert {one.decision for one in summary.missing} == set(summary.gaps)
    assert summary.strain.loads
