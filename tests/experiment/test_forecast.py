"""When injects come and are answered, from logs written by hand."""

from __future__ import annotations

import pytest

from ovning.experiment.forecast import dry_run, forecast, forecast_of
from ovning.experiment.replicate import replicate
from ovning.files import load_setup
from ovning.log.records import InjectReceived, InjectSent
from ovning.measures.intervals import share_of
from ovning.model.conduct import Conduct
from ovning.model.held import as_held
from ovning.units import HOUR, MINUTE
from tests.experiment.two_alarms import two_alarms


@pytest.fixture(scope="module")
def setup(tmp_path_factory):
    return load_setup(two_alarms(tmp_path_factory.mktemp("forecast")), "lillby")[0]


def test_it_is_what_the_logs_say(setup):
    played = list(replicate(setup, 1, range(20)))
    found = forecast(setup, [forecast_of(one.log, one.summary.criteria, setup.exercise) for one in played])
    assert found.plays == 20
    second = found.injects["B"]
    assert second.sent.reached.share == 1
    assert second.sent.median is not None
    assert second.sent.median.value == MINUTE
    waited = sorted(
        next(r.at for r in one.log if isinstance(r, InjectReceived) and r.inject == "B")
        - next(r.at for r in one.log if isinstance(r, InjectSent) and r.inject == "B")
        for one in played
    )
    assert second.received.median is not None
    assert waited[9] <= second.received.median.value <= waited[10]
    met = [sum(time.grade == "met" for time in one.summary.criteria if time.criterion == 0) for one in played]
    assert found.met["M1", 0].hits == sum(met)
    assert found.untested == ()


def test_who_has_nothing_to_do_is_named(setup):
    idle = setup.organisation.functions["crew"].model_copy(update={"filled_by": ("nobody",)})
    functions = {**setup.organisation.functions, "spare": idle}
    more = setup.model_copy(update={"organisation": setup.organisation.model_copy(update={"functions": functions})})
    (played,) = replicate(setup, 1, range(1))
    found = forecast(more, [forecast_of(played.log, played.summary.criteria, setup.exercise)])
    assert "spare" in found.idle
    assert "officer" not in found.idle
    # Those who sat in the staff had something to do, though their function was asked for nothing.
    assert "crew" not in found.idle


def test_no_plays_say_nothing(setup):
    found = forecast(setup, [])
    assert found.untested == ("M1",)
    assert found.injects["A"].sent.median is None


@pytest.mark.parametrize(
    ("at", "elapsed"),
    [
        ("T+0", None),
        ("T+1 h", 0),
        ("T+2 h", 60),
        ("T+3 h", None),
        ("T+4 h", 60),
        ("T+4 h 30 min", 90),
        ("T+4 h 31 min", 106),
        ("T+6 h", 195),
        ("T+6 h 1 min", None),
    ],
)
def test_real_time_leaves_out_what_is_jumped_and_counts_what_is_paused(at, elapsed):
    conduct = Conduct.model_validate(
        {
            "plays": ["T+1 h", "T+6 h"],
            "jumps": [{"at": "T+2 h", "to": "T+4 h"}],
            "pauses": [{"at": "T+4 h 30 min", "lasts": "15 min"}],
        }
    )
    moment = Conduct.model_validate({"plays": [at, "T+9 h"]}).plays[0]
    assert conduct.elapsed(moment) == (None if elapsed is None else elapsed * MINUTE)
    assert Conduct.model_validate({"plays": ["T+0", "T+3 h"]}).plays == (0, 3 * HOUR)


def _held(setup, **conduct):
    told = Conduct.model_validate({"plays": ["T+0", "T+3 h"], **conduct})
    return setup.model_copy(update={"exercise": setup.exercise.model_copy(update={"conduct": told})})


def test_an_exercise_without_a_conduct_is_held_as_it_stands(setup):
    assert as_held(setup) is setup


def test_an_inject_is_given_when_the_exercise_says_whatever_it_waited_for(setup):
    held = as_held(_held(setup, gives={"B": "T+20 min"}))
    for one in replicate(held, 1, range(5)):
        assert [r.at for r in one.log if isinstance(r, InjectSent)] == [0, 20 * MINUTE]


def test_a_staff_is_seated_again_after_each_later_jump(setup):
    jumps = [{"at": "T+30 min", "to": "T+1 h"}, {"at": "T+90 min", "to": "T+2 h"}]
    held = as_held(_held(setup, jumps=jumps, gathered={"command": "T+1 h"}))
    assert held.seated == {"command": ((HOUR, 90 * MINUTE), (2 * HOUR, 3 * HOUR))}


def test_what_comes_after_the_play_stops_is_told_apart(setup):
    """The task is followed from minute 1; the play stops at minute 31, and goes on two hours later."""
    whole = forecast(
        setup, [forecast_of(p.log, p.summary.criteria, setup.exercise) for p in replicate(setup, 1, range(30))]
    )
    found = dry_run(_held(setup, jumps=[{"at": "T+31 min", "to": "T+2 h"}]), 1, 30)
    took = whole.measured["M1", 0]
    assert found.measured["M1", 0] == took
    assert whole.seen == {}
    early = sum(time is not None and time <= 30 * MINUTE for time in took)
    assert 0 < early < len(took)
    assert found.seen["M1", 0] == share_of(early, len(took))
    assert found.met == whole.met
    done = found.injects["B"].seen
    assert done is not None
    assert done.n == len(took)
    assert done.hits <= early
    assert whole.injects["B"].seen is None


def test_a_staff_that_will_be_in_the_room_is_followed_until_then(setup):
    free = dry_run(setup, 1, 20)
    times = free.measured["M1", 1]
    since = round(sorted(time for time in times if time is not None)[5] / MINUTE)
    held = dry_run(_held(setup, gathered={"command": f"T+{since} min"}), 1, 20)
    cut = tuple(time if time is not None and time < since * MINUTE else None for time in times)
    assert held.measured["M1", 1] == cut
    assert None in cut
    assert any(cut)


def test_a_time_that_begins_in_hours_not_played_is_not_tested_nor_that_of_a_staff_in_the_room(setup):
    found = dry_run(_held(setup, plays=["T+30 min", "T+3 h"], gathered={"command": "T+1 h"}), 1, 5)
    assert found.measured == {}
    assert found.met == {}
    assert found.untested == ("M1",)
