"""Staffs that whoever leads an exercise has in the room from a certain time."""

from pathlib import Path

import pytest

from ovning.engine import compile_play, play
from ovning.files import load_setup
from ovning.log import jsonl
from ovning.log.records import (
    ContactAttempted,
    LevelActivated,
    LevelAlerted,
    LevelDecided,
    LevelRecommended,
    PersonArrived,
    PersonReached,
    SeatFilled,
    SeatLeft,
    StaffSeated,
    TaskFinished,
)
from ovning.model.held import as_held
from ovning.units import MINUTE
from tests.measures.identity import check_log
from tests.tiny import LEVEL, at, inject, of, one, task

HERE = Path(__file__).parents[2]
ABLE = ["receive_alarm", "verify_situation", "write", "drive", "assess_severity", "alert"]
GRAVE = inject("E1", asks_for="talk", facts=["grave"])


def _setup(tiny, *minutes, injects=(), level=LEVEL, **people):
    setup = tiny.setup(
        organisation={
            "people": {"leaders": {"count": 1, "works": "always"}, "officers": {"count": 3}, **people},
            "functions": {"officer": {"does": ABLE}},
        },
        levels=[level],
        staff={"chief": ["leaders"], "picture": ["officers"]},
        injects=list(injects),
        procedures={"talk": [task("talk", "5 min")]},
    )
    return setup.model_copy(update={"seated": {"command": tuple(n * MINUTE for n in minutes)}})


def test_a_staff_sits_and_is_active_at_the_moment_said(tiny):
    log = tiny.replay(_setup(tiny, 30))
    assert [at(s) for s in of(log, StaffSeated, level="command")] == [30]
    assert [(at(s), s.seat) for s in of(log, SeatFilled)] == [(30, "chief"), (30, "picture")]
    assert at(one(log, LevelActivated)) == 30
    for kind in (LevelRecommended, LevelDecided, LevelAlerted, ContactAttempted):
        assert of(log, kind) == []


def test_whoever_sleeps_is_there_at_once_all_the_same(tiny):
    setup = _setup(tiny, 30, leaders={"count": 1, "works": "never"})
    log = tiny.replay(setup)
    assert [at(r) for r in of(log, PersonReached, person="leaders#1")] == [30]
    assert [at(r) for r in of(log, PersonArrived, person="leaders#1")] == [30]
    assert at(one(log, LevelActivated)) == 30


def test_a_round_under_way_comes_to_nothing(tiny):
    """Told at 0–5, assessed until 10, decided until 13, alerted until 17, gathered until 27: seated in each of them."""
    undisturbed = tiny.replay(_setup(tiny, injects=[GRAVE]))
    steps = {kind: int(at(one(undisturbed, kind))) for kind in (LevelRecommended, LevelDecided, LevelActivated)}
    for minute in range(steps[LevelRecommended] - 2, steps[LevelActivated]):
        log = tiny.replay(_setup(tiny, minute, injects=[GRAVE]))
        assert at(one(log, LevelActivated)) == minute
        assert len(of(log, SeatFilled)) == 2
        assert of(log, SeatLeft) == []
        assert len(of(log, LevelDecided)) == (minute > steps[LevelDecided])


def test_a_staff_that_sits_already_is_left_alone(tiny):
    without, seated = (tiny.replay(_setup(tiny, *minutes, injects=[GRAVE])) for minutes in ((), (60,)))
    assert list(without) == list(seated)


def test_whoever_is_in_the_middle_of_something_sits_when_it_is_done(tiny):
    setup = _setup(tiny, 2, injects=[GRAVE], officers={"count": 1, "works": "always"})
    log = tiny.replay(setup)
    talked = at(one(log, TaskFinished, case="E1"))
    assert [(at(s), s.seat) for s in of(log, SeatFilled)] == [(2, "chief"), (talked, "picture")]
    assert at(one(log, LevelActivated)) == talked


@pytest.mark.parametrize("exercise", ["vattenbrist", "flyktingsituation"])
@pytest.mark.parametrize("place", ["haninge", "karlstad", "botkyrka"])
def test_the_real_exercises_add_up_as_they_are_held(tmp_path, exercise, place):
    setup = as_held(load_setup(HERE / "exercises" / exercise, place)[0])
    conduct = setup.exercise.conduct
    assert conduct is not None
    log = play(compile_play(setup), 1, 0)
    jsonl.write(log, tmp_path / "log.jsonl")
    check_log(tmp_path / "log.jsonl")
    for level, since in conduct.gathered.items():
        if any(one.id == level and one.staffs for one in setup.organisation.levels):
            filled = [r.at for r in log if isinstance(r, SeatFilled) and r.level == level]
            assert any(filled_at <= since for filled_at in filled)
