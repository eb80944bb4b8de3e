"""Strain, services and flows over many plays, and in one play's summary."""

import pickle
from dataclasses import replace

import pytest

from ovning.measures.aggregate import aggregate
from ovning.measures.consequences import ServiceOutcome
from ovning.measures.flows import FlowOutcome
from ovning.measures.load import Load
from ovning.measures.relief import EmptySeats, Relief
from ovning.measures.strain import Unmanned
from ovning.measures.summary import GroupStrain, StrainSummary, summarise
from ovning.measures.tallying import tally_of
from ovning.units import HOUR
from tests.measures.logs import EXERCISE, LOG, SETUP, M

H = HOUR


def _play(replication, *, deviations=0, unmanned=(), arrived=0, failed_at=None, back_at=None):
    outcome = FlowOutcome(
        "calls", arrived, arrived, 0, 0, 0, 0, 0, arrived * M, 0, 0, 2 * arrived, None, (arrived, 0), (arrived * M, 0)
    )
    return replace(
        summarise(LOG, SETUP),
        replication=replication,
        strain=StrainSummary(
            groups=(GroupStrain("b", 1, H, H, 0, 0, 0), GroupStrain("a", 2, 20 * H, 16 * H, deviations, 3 * H, 1))
            if deviations
            else (GroupStrain("b", 1, H, H, 0, 0, 0),),
            unmanned=unmanned,
            empty_seats=(EmptySeats("command", 2 * H, 0),) if deviations else (),
            relief=Relief(3, 1, 0),
            worn_out=deviations,
            woken=2,
            loads=(Load("tib", (1000, 0)),) if deviations else (Load("tib", (500, 500)), Load("chef", (100, 0))),
        ),
        services=(ServiceOutcome("power", 100, H, 2 * H, 0.5, failed_at, back_at, (H // 4, 3 * H // 4)),),
        flows=(outcome,),
    )


@pytest.fixture
def results():
    return aggregate(
        tally_of(
            [
                _play(0, deviations=3, unmanned=(Unmanned("tib", 4 * H, H),), arrived=10, failed_at=H, back_at=5 * H),
                _play(
                    1, deviations=1, unmanned=(Unmanned("chef", H, 2 * H), Unmanned("tib", 2 * H, 3 * H)), failed_at=H
                ),
                _play(2, arrived=30),
                _play(3, arrived=0),
            ]
        ),
        EXERCISE,
    )


def test_a_group_that_did_not_work_in_a_play_worked_no_time_in_it(results):
    first, second = results.strain.groups
    assert (first.group, second.group) == ("a", "b")
    assert (first.people.mean, first.most_worked.mean, first.longest_duty.mean) == (1, 10 * H, 8 * H)
    assert (first.deviations.mean, first.deviating.hits, first.deviating.n) == (1, 2, 4)
    assert (second.longest_duty.mean, second.deviating.hits) == (H, 0)
    assert (results.strain.deviations.mean, results.strain.deviating.hits) == (1, 2)
    assert 0 == results.strain.deviations.low < 1 < results.strain.deviations.high


def test_functions_that_never_stood_empty_in_a_play_did_so_for_no_time(results):
    tib, chef = results.strain.unmanned
    assert (tib.function, tib.lasted.mean, tib.first.reached.hits, tib.first.median.value) == ("tib", 1.5 * H, 2, 3 * H)
    assert (chef.function, chef.lasted.mean, chef.first.median.value) == ("chef", H / 4, None)
    assert results.strain.unmanned_time.mean == 7 / 4 * H
    assert (results.strain.first_unmanned.reached.hits, results.strain.first_unmanned.median.value) == (2, 2 * H)
    assert [(level, mean.mean) for level, mean in results.strain.empty_seats] == [("command", H)]
    assert (results.strain.relieved_in_time.mean, results.strain.relieved_late.mean, results.strain.woken.mean) == (
        3,
        1,
        2,
    )


def test_load_hour_by_hour(results):
    tib, chef = results.strain.loads
    assert (tib.station, tib.peak.mean, tib.mean.mean) == ("tib", 750, 500)
    assert [hour.mean for hour in tib.by_hour] == [750, 250]
    assert [hour.mean for hour in chef.by_hour] == [50, 0]


def test_services_that_were_never_gone_have_nothing_to_come_back_from(results):
    (power,) = results.services
    assert (power.failed.reached.hits, power.failed.reached.n) == (2, 4)
    assert (power.back.reached.hits, power.back.reached.n) == (1, 2)
    assert (power.gone.mean, power.longest.mean, power.without.mean, power.lowest.mean) == (H, 2 * H, 100 * H, 0.5)


def test_services_and_queues_hour_by_hour():
    results = aggregate(tally_of([_play(0, arrived=30), _gone(_play(1, arrived=0))]), EXERCISE)
    (power,), (calls,) = results.services, results.flows
    # A quarter of the first hour gone in one play, all of it in the other.
    assert [mean.mean for mean in power.level] == [0.375, 0.625]
    assert [mean.mean for mean in power.lacking] == [62.5, 37.5]
    assert sum(mean.mean for mean in power.lacking) * H == power.without.mean
    assert all(0 <= mean.low <= mean.mean <= mean.high <= 1 for mean in power.level)
    assert [mean.mean for mean in calls.waiting] == [0.25, 0]
    alone = aggregate(tally_of([_play(0)]), EXERCISE).services[0].level[0]
    assert (alone.mean, alone.low, alone.high) == (0.75, None, None)


def _gone(play):
    return replace(play, services=(play.services[0]._replace(by_hour=(H, 0)),))


def test_the_wait_of_a_flow_is_of_all_who_came_in_all_plays(results):
    (calls,) = results.flows
    assert (calls.arrived.mean, calls.wait.mean, calls.largest.mean) == (10, M, 20)
    assert [hour.mean for hour in calls.backlog] == [10, 0]
    none = aggregate(tally_of([_play(0)]), EXERCISE).flows[0]
    assert none.wait is None


def test_the_strain_of_a_play_is_in_its_summary():
    summary = summarise(LOG, SETUP)
    # sak#1 works 14-29, 30-31, 32-35, 46-50 and 58-63, and sits in the staff from 100 to 300; sak#2 works 352-360.
    groups = {group.group: group for group in summary.strain.groups}
    assert groups["sak"].people == 2
    assert groups["sak"].most_worked == (15 + 1 + 3 + 4 + 5 + 200) * M
    assert groups["sak"].longest_duty == (300 - 14) * M
    assert groups["sak"].night == (15 + 1 + 3 + 4 + 5 + 30) * M  # until six, that is minute 130
    assert summary.strain.relief == Relief(0, 0, 0)
    assert {load.station for load in summary.strain.loads} == {
        "tib",
        "chef",
        "central_command.chief",
        "central_command.situation",
    }
    assert (summary.services, summary.flows) == ((), ())
    assert len(pickle.dumps(summary)) < 10_000
