"""Staffs that whoever leads an exercise has in the room from a certain time."""

from pathlib import Path

import pytest

from ovning.engine import compile_play, play
from ovning.files import load_setup
from ovning.log import jsonl
from ovning.log.records import (
    ContactAttempted,
    InjectSent,
    LevelActivated,
    LevelAlerted,
    LevelDecided,
    LevelRecommended,
    LevelStoodDown,
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
from tests.tiny import LEVEL, at, inject, of, one, person, task

HERE = Path(__file__).parents[2]
ABLE = ["receive_alarm", "verify_situation", "write", "drive", "assess_severity", "alert"]
GRAVE = inject("E1", asks_for="talk", facts=["grave"])


def _setup(tiny, *minutes, injects=(), level=LEVEL, picture="officers", **people):
    setup = tiny.setup(
        organisation={
            "people": {"leaders": {"count": 1, "works": "always"}, "officers": {"count": 3}, **people},
            "functions": {"officer": {"does": ABLE}},
        },
        levels=[level],
        staff={"chief": ["leaders"], "picture": [picture]},
        injects=list(injects),
        procedures={"talk": [task("talk", "5 min")]},
    )
    return setup.model_copy(update={"seated": {"command": tuple((n * MINUTE, n * MINUTE) for n in minutes)}})


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


def test_whoever_has_just_not_answered_is_there_at_once_all_the_same(tiny):
    silent = {"count": 1, "works": "never", "reached": {"chance": 0, "delay": "4 min", "arrives": "20 min"}}
    log = tiny.replay(_setup(tiny, 25, injects=[GRAVE], picture="sleepers", sleepers=silent))
    call = one(log, ContactAttempted, person="sleepers#1")
    assert (call.answers_at, 15 < at(call) < 25) == (None, True)
    assert [(at(s), s.person) for s in of(log, SeatFilled, seat="picture")] == [(25, "sleepers#1")]


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


def test_what_comes_at_that_moment_comes_to_a_staff_that_sits(tiny):
    asked = inject("E1", at="30 min", to="staff", asks_for="talk")
    assert one(tiny.replay(_setup(tiny, 30, injects=[asked])), InjectSent).to[0] == "command.chief"
    assert one(tiny.replay(_setup(tiny, injects=[asked])), InjectSent).to == ("officer",)


def test_nobody_goes_on_deciding_or_calling_for_a_staff_that_sits(tiny):
    undisturbed = tiny.replay(_setup(tiny, injects=[GRAVE]))
    for minute in range(int(at(one(undisturbed, LevelRecommended))) - 2, int(at(one(undisturbed, LevelActivated)))):
        log = tiny.replay(_setup(tiny, minute, injects=[GRAVE]))
        later = [r for r in log if r.at > minute * MINUTE and getattr(r, "task", "").startswith("level:command:1/")]
        assert later == [], minute


def test_a_staff_that_was_about_to_end_stays(tiny):
    quiet = {**LEVEL, "stands_down_when": {"known_severity_below": 2, "for": "1 h"}}
    ended = at(one(tiny.replay(_setup(tiny, 10, level=quiet)), LevelStoodDown))
    assert ended == 77  # an hour of quiet, a call and a decision of six minutes
    for minute in (60, 73):
        log = tiny.replay(_setup(tiny, 10, minute, level=quiet))
        assert at(one(log, LevelStoodDown)) == minute + 67


def test_a_staff_at_home_for_the_night_is_there_again_and_goes_home_when_the_play_stops(tiny):
    by_day = {"known_severity_below": 2, "after": "2 h", "works": "office_hours"}
    setup = _setup(
        tiny,
        level={**LEVEL, "by_day": by_day},
        officers={"count": 3, "works": "office_hours"},
        leaders={"count": 1, "works": "office_hours"},
    )
    setup = setup.model_copy(update={"seated": {"command": ((10 * MINUTE, 60 * MINUTE), (600 * MINUTE, 630 * MINUTE))}})
    log = tiny.replay(setup)
    seated = [at(s) for s in of(log, StaffSeated)]
    assert seated == [10, 600]  # the second at 20:00
    assert [at(s) for s in of(log, SeatFilled)] == [10, 10, 600, 600]
    assert [(at(s), s.why) for s in of(log, SeatLeft)] == [(420, "adjourned")] * 2 + [(630, "adjourned")] * 2
    assert of(log, ContactAttempted) == []


def test_of_two_staffs_at_one_moment_the_highest_sits(tiny):
    log = _two(tiny, {"watch": (30,), "command": (30,)})
    assert [s.level for s in of(log, StaffSeated)] == ["command"]
    assert {s.level for s in of(log, SeatFilled)} == {"command"}


def test_a_lower_staff_takes_nobody_from_a_higher_one(tiny):
    """The watch is being gathered when the command is seated, whose chief is in the middle of a long call."""
    grave = inject("E1", asks_for="talk", facts=["minor"])
    long = inject("E2", at="5 min", asks_for="long", to="role(executive)")
    for minute in range(12, 40):
        log = _two(tiny, {"command": (minute,)}, injects=[grave, long])
        active = [at(a) for a in of(log, LevelActivated, level="command")]
        assert len(active) == 1, minute
        filled = of(log, SeatFilled, level="command")
        assert len({s.person for s in filled}) == len(filled) == 2
        assert of(log, SeatLeft, level="command") == []


def _two(tiny, seated, injects=()):
    low = {**LEVEL, "id": "watch", "title": "Bevakning", "recommended_when": {"known_severity": 1}}
    setup = tiny.setup(
        organisation={
            "people": {"chiefs": {"count": 1, "works": "always"}, "officers": {"count": 4, "works": "always"}},
            "functions": {"officer": {"does": ABLE}, "chief": {"does": ["receive_alarm", "lead_staff"]}},
        },
        levels=[{**low, "decided_by": "officer", "active_when": {"seats": 2}}, LEVEL],
        staff={"chief": ["chiefs"], "picture": ["officers"]},
        injects=list(injects),
        procedures={"talk": [task("talk", "5 min")], "long": [task("speak", "1 h")]},
    )
    return tiny.replay(
        setup.model_copy(update={"seated": {k: tuple((n * MINUTE, n * MINUTE) for n in v) for k, v in seated.items()}})
    )


@pytest.mark.parametrize("minute", [18, 22, 26])
def test_a_higher_staff_that_cannot_begin_leaves_the_lower_one_its_people(tiny, minute):
    """The chief speaks for eight hours; the watch, which would be there at 27, calls for the one that was taken."""
    low = {**LEVEL, "id": "watch", "title": "Bevakning", "recommended_when": {"known_severity": 1}}
    low |= {"decided_by": "officer", "staffs": {"picture": 2}, "active_when": {"seats": 2}}
    setup = tiny.setup(
        organisation={
            "people": {"chiefs": {"count": 1, "works": "always"}, "officers": {"count": 4, "works": "always"}},
            "functions": {"officer": {"does": ABLE}, "chief": {"does": ["receive_alarm", "lead_staff"]}},
        },
        levels=[low, LEVEL],
        staff={"chief": ["chiefs"], "picture": ["officers"]},
        injects=[
            inject("E1", asks_for="talk", facts=["minor"]),
            inject("E2", at="5 min", asks_for="long", to="role(executive)"),
        ],
        procedures={"talk": [task("talk", "5 min")], "long": [task("speak", "8 h")]},
    )
    moment = minute * MINUTE
    log = tiny.replay(setup.model_copy(update={"seated": {"command": ((moment, moment),)}}))
    (active,) = of(log, LevelActivated, level="watch")
    assert minute < at(active) <= minute + 10


def test_somebody_is_called_for_a_seat_that_nobody_could_be_brought_for(tiny):
    """The chief still rests when the staff, at home for the night, is seated again; they come when they have rested."""
    by_day = {"known_severity_below": 2, "after": "2 h", "works": "office_hours"}
    setup = tiny.setup(
        organisation={
            "people": {
                "leaders": {"count": 1, "works": "office_hours"},
                "officers": {"count": 3, "works": "office_hours"},
            },
            "functions": {
                "officer": {"does": ABLE},
                "lead": person("office", "expert", ["leaders"], does=["advise"]),
            },
        },
        levels=[{**LEVEL, "by_day": by_day}],
        staff={"chief": ["leaders"], "picture": ["officers"]},
        assumptions={"daily_rest": "16 h"},
        scenario={"horizon": "60 h"},
    )
    stretches = ((10 * MINUTE, 60 * MINUTE), (1250 * MINUTE, 1500 * MINUTE))
    log = tiny.replay(setup.model_copy(update={"seated": {"command": stretches}}))
    chief = [at(s) for s in of(log, SeatFilled, seat="chief")]
    assert chief[0] == 10
    assert 1380 < chief[1] < 1500


def test_nobody_is_called_for_a_seat_that_is_filled_already(tiny):
    setup = tiny.setup(
        organisation={
            "people": {
                "leaders": {"count": 1, "works": "always"},
                "officers": {"count": 1, "works": "always"},
                "others": {"count": 4, "works": "never"},
            },
            "functions": {
                "officer": {"does": ABLE},
                "other": person("office", "expert", ["others"], does=["advise"]),
            },
        },
        levels=[{**LEVEL, "staffs": {"chief": 1, "picture": 2}, "active_when": {"seats": 3}}],
        staff={"chief": ["leaders"], "picture": ["officers", "others"]},
        scenario={"events": [{"id": "gone", "at": "5 min", "away": ["expert"], "lasts": "3 h"}]},
    )
    log = tiny.replay(setup.model_copy(update={"seated": {"command": ((10 * MINUTE, 10 * MINUTE),)}}))
    assert len(of(log, SeatFilled)) == 3
    assert len(of(log, PersonReached)) == 1


@pytest.mark.parametrize("exercise", ["vattenbrist", "flyktingsituation"])
@pytest.mark.parametrize("place", ["haninge", "karlstad", "stockholm_kungsholmen"])
def test_the_real_exercises_add_up_as_they_are_held(tmp_path, exercise, place):
    setup = as_held(load_setup(HERE / "exercises" / exercise, place)[0])
    log = play(compile_play(setup), 1, 0)
    jsonl.write(log, tmp_path / "log.jsonl")
    check_log(tmp_path / "log.jsonl")
    for level, stretches in setup.seated.items():
        needed = next((one.active_when.seats for one in setup.organisation.levels if one.id == level and one.staffs), 0)
        for since, until in stretches:
            # what is not there at once is in the middle of something, and there before the play stops
            sitting: set[tuple[str, str]] = set()
            for record in log:
                if record.at > until:
                    break
                if isinstance(record, SeatFilled) and record.level == level:
                    sitting.add((record.seat, record.person))
                elif isinstance(record, SeatLeft) and record.level == level:
                    sitting.discard((record.seat, record.person))
            assert len(sitting) >= needed, (level, since)
