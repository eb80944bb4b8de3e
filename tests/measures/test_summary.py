"""One play in brief, and many plays together."""

import pickle
from dataclasses import replace

import pytest

from ovning.measures.aggregate import aggregate
from ovning.measures.objectives import CriterionTime
from ovning.measures.summary import summarise
from ovning.measures.tallying import tally_of
from ovning.measures.times import times_of
from tests.measures.logs import EXERCISE, LOG, SETUP, M


@pytest.fixture
def summary():
    return summarise(LOG, SETUP)


def test_a_play_in_brief_says_what_the_measures_say(summary):
    assert (summary.exercise, summary.organisation, summary.seed, summary.replication) == ("elavbrott", "orebro", 1, 17)
    assert summary.horizon == 360 * M
    assert [(t.level, t.active_at) for t in summary.levels] == [("watch", None), ("central_command", 100 * M)]
    assert [(t.body, t.convened_at) for t in summary.bodies] == [("klut", 42 * M), ("namnd", None)]
    assert dict(summary.objectives) == {"M1": "not_met", "M2": "not_met", "M3": "not_met", "M4": "not_tested"}
    assert summary.waiting[0] == ("unavailable", "vaxel", 240 * M)
    assert ("queue", "komm", 10 * M) in summary.waiting
    assert {w[:2] for w in summary.critical_waiting}.isdisjoint({("queue", "komm"), ("transmission", "komm")})
    assert summary.critical_work == (21 + 11 + 8) * M
    assert summary.work[0] == ("tib", "work", 35 * M)
    assert [m[:] for m in summary.mandate] == [
        ("evacuate", 1, 0, 0, 0),
        ("move_staff", 1, 0, 0, 0),
        ("open_points", 2, 2, 1, 15 * M),
    ]
    assert (summary.gaps, summary.acts, summary.unnecessary) == (("move_staff",), ("evacuate",), ())
    assert summary.known == (("substation_lost", 14 * M), ("outage_extent", 29 * M))
    assert all(path.stretches == () for path in summary.paths)


def test_a_play_in_brief_is_small_and_survives_pickling(summary):
    packed = pickle.dumps(summary)
    assert pickle.loads(packed) == summary
    assert len(packed) < 10_000
    assert hash(summary) == hash(summarise(LOG, SETUP))


def test_a_log_that_does_not_begin_is_refused():
    with pytest.raises(ValueError, match="begins with PlayStarted"):
        summarise(LOG[1:], SETUP)


def test_one_play_alone_has_shares_and_no_mean_intervals(summary):
    results = aggregate(tally_of([summary]), EXERCISE)
    assert (results.plays, results.horizon) == (1, 360 * M)
    watch, central = results.levels
    assert dict(watch.steps)["active"].reached.hits == 0
    assert dict(watch.steps)["active"].median.value is None
    assert watch.path is None
    assert dict(central.steps)["active"].median.value == 100 * M
    assert results.critical_work == (1, 40 * M, None, None)


def _many(summary):
    """Ten plays: central command at 100, 110 … 170 min, and in the last two not at all."""
    plays = []
    for number in range(10):
        active_at = (100 + 10 * number) * M if number < 8 else None
        times = [t._replace(active_at=active_at) if t.level == "central_command" else t for t in summary.levels]
        criterion = CriterionTime(
            "M1", 0, 0, active_at, active_at or 360 * M, "partly" if number < 3 else "not_met", ()
        )
        if number == 0:
            criterion = criterion._replace(measured=80 * M, followed=80 * M, grade="met")
        plays.append(
            replace(
                summary,
                replication=number,
                levels=tuple(times),
                paths=tuple(p._replace(active_at=active_at, gather=p.gather + 10 * M * number) for p in summary.paths)
                if active_at
                else (),
                criteria=(criterion, *summary.criteria[1:]),
                objectives=(("M1", "met" if number == 0 else "not_met"), *summary.objectives[1:]),
                unnecessary=("central_command",) if number < 2 else (),
                waiting=(summary.waiting[0]._replace(lasted=number * M),) if number else (),
                gaps=("move_staff",) if number < 4 else (),
            )
        )
    return plays


@pytest.fixture
def results(summary):
    return aggregate(tally_of(_many(summary)), EXERCISE)


def test_levels_over_many_plays(results):
    central = results.levels[1]
    active = dict(central.steps)["active"]
    assert (active.reached.hits, active.reached.n) == (8, 10)
    assert (active.p10.value, active.median.value, active.p90.value) == (100 * M, 140 * M, None)
    assert (active.median.low, active.median.high) == (110 * M, None)
    assert (central.unnecessary.hits, central.unnecessary.n) == (2, 10)


def test_the_means_of_a_levels_path_sum_to_the_mean_of_its_time(results):
    path = results.levels[1].path
    assert path.n == 8
    total = path.before.mean + sum(mean.mean for _, mean in path.waiting) + path.work.mean + path.gather.mean
    assert total == pytest.approx(135 * M)
    assert path.waiting[0][0] == "unavailable"
    assert path.gather.low < path.gather.mean < path.gather.high


def test_no_part_of_a_levels_path_is_ever_less_than_nothing_however_plays_differ(summary):
    (path,) = summary.paths
    none = path._replace(before=0, waiting=(), work=0, gather=0)
    plays = [replace(summary, replication=n, paths=(part,)) for n, part in enumerate((path, none))]
    (found,) = [level.path for level in aggregate(tally_of(plays), EXERCISE).levels if level.path is not None]
    assert found.gather.mean == path.gather / 2
    parts = (found.before, found.work, found.gather, *(mean for _, mean in found.waiting))
    assert len(parts) == 3 + len(path.waiting)
    assert {part.low for part in parts} == {0}
    assert dict(found.waiting)["unavailable"].mean == dict(path.waiting)["unavailable"] / 2


def test_criteria_over_many_plays(results):
    first = results.criteria[0]
    assert (first.objective, first.criterion, first.tested, first.plays) == ("M1", 0, 10, 10)
    assert (first.met.hits, first.at_least_partly.hits, first.target, first.verdict) == (1, 3, 0.9, "not_reached")
    assert first.times.reached.hits == 8
    second = results.criteria[1]
    assert (second.met.hits, second.verdict) == (10, "undecided")
    untested = [result for result in results.criteria if result.verdict == "not_tested"]
    assert [(result.objective, result.criterion, result.tested) for result in untested] == [("M3", 1, 0), ("M4", 0, 0)]
    assert untested[0].times.median is None


def test_a_share_that_is_surely_large_enough_reaches_its_target(summary):
    results = aggregate(tally_of(replace(summary, replication=n) for n in range(60)), EXERCISE)
    assert results.criteria[1].verdict == "reached"


def test_objectives_over_many_plays(results):
    by_id = {result.objective: result for result in results.objectives}
    assert (by_id["M1"].met.hits, by_id["M1"].not_met.hits, by_id["M1"].tested) == (1, 9, 10)
    assert (by_id["M4"].tested, by_id["M4"].plays, by_id["M4"].met.share) == (0, 10, None)


def test_injects_over_many_plays(results):
    by_id = {result.inject: result for result in results.injects}
    assert list(by_id) == ["E1", "E2", "E4", "E5"]
    assert by_id["E1"].answer.median.value == 4 * M
    assert (by_id["E1"].never_answered.hits, by_id["E2"].never_answered.hits) == (0, 10)
    assert by_id["E5"].finished.median.value is None


def test_waiting_over_many_plays_counts_plays_without_it_as_zero(results):
    (vaxel,) = results.waiting
    assert (vaxel.cause, vaxel.station, vaxel.mean.mean, vaxel.plays.hits) == ("unavailable", "vaxel", 4.5 * M, 9)
    assert vaxel.of_path is None
    assert 0 < vaxel.mean.low < vaxel.mean.mean < vaxel.mean.high


def test_criticality_is_a_share_of_all_time_on_the_critical_paths(results):
    shares = [result.of_path.mean for result in results.critical_waiting]
    work = results.critical_work.mean
    whole = work + sum(result.mean.mean for result in results.critical_waiting)
    assert sum(shares) + work / whole == pytest.approx(1)
    assert results.critical_waiting[0].station == "vaxel"


def test_mandate_over_many_plays(results):
    by_decision = {result.decision: result for result in results.mandate}
    assert by_decision["open_points"].waiting.mean == 15 * M
    assert (by_decision["open_points"].without_wait.hits, by_decision["open_points"].without_wait.n) == (0, 10)
    assert (by_decision["move_staff"].gap.hits, by_decision["move_staff"].without_wait.n) == (4, 0)
    assert by_decision["evacuate"].acted.hits == 10


def test_an_act_without_the_mandate_is_no_waiting_for_it(summary):
    needs = summary.mandate[2]._replace(needs=3, made=1, without_wait=1, lasted=0)
    (result,) = aggregate(tally_of([replace(summary, mandate=(needs,), gaps=(), acts=())]), EXERCISE).mandate
    assert (result.without_wait.hits, result.without_wait.n) == (1, 1)


def test_the_order_of_the_plays_does_not_matter(summary, results):
    assert aggregate(tally_of(_many(summary)[::-1]), EXERCISE) == results


def test_what_cannot_be_put_together_is_refused(summary):
    with pytest.raises(ValueError, match="no plays"):
        aggregate(tally_of([]), EXERCISE)
    with pytest.raises(ValueError, match="different designs"):
        tally_of([summary, replace(summary, organisation="haninge")])


def test_no_times_at_all_have_no_quantiles():
    assert times_of([]).median is None
