"""The same plays twice: by the engine, and by a plain SimPy programme written from the documents.

Every record must be equal, field by field and in order, in many nights of two organisations of different structure:
Storby has a duty officer and a crew on call, and two in one line who hold the same decision; Lillby has nobody on call,
and holds a decision lower. In some of the nights nobody is called in, and some are cut off while much is under way.
So it is the documents that are tried, as much as the code.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from itertools import zip_longest
from pathlib import Path
from typing import Any

import pytest

from ovning.engine import compile_play, play
from ovning.files import load_setup
from ovning.log.records import (
    Clarified,
    ContactAttempted,
    FunctionEmptied,
    InjectReceived,
    LevelActivated,
    NeedRestored,
    OrdinaryHoursCounted,
    PersonArrived,
    StationAsked,
    TaskInterrupted,
    TaskUnfinished,
    Waited,
)
from ovning.model.setup import Setup
from tests.independent.plain import Play

EXERCISE = Path(__file__).parent / "exercise" / "natt"
PLAYS = [
    ("storby", "11 h", True, range(30)),
    ("lillby", "11 h", True, range(30)),
    ("storby", "100 min", True, range(8)),
    ("lillby", "6 h", True, range(8)),
    ("storby", "11 h", False, range(8)),
    ("lillby", "11 h", False, range(8)),
]
SEED = 1
BEFORE = 6
"""How many equal records are shown before the first difference."""


@cache
def setup_of(organisation: str, horizon: str = "11 h", calls_in: bool = True) -> Setup:
    sets = [f"scenario.horizon='{horizon}'", f"levels.command.calls_in={str(calls_in).lower()}"]
    return load_setup(EXERCISE, organisation, sets=sets)[0]


@cache
def plain(organisation: str, horizon: str, replication: int, calls_in: bool = True) -> tuple[Any, ...]:
    return tuple(Play(setup_of(organisation, horizon, calls_in), SEED, replication).run())


def difference(engine: Sequence[Any], plain: Sequence[Any]) -> str | None:
    """The first record that differs, with what led up to it; nothing if all are equal."""
    for n, (one, other) in enumerate(zip_longest(engine, plain)):
        if type(one) is not type(other) or one != other:
            led_up = "".join(
                f"\n  {m:4} {record}" for m, record in enumerate(engine[max(0, n - BEFORE) : n], max(0, n - BEFORE))
            )
            return f"record {n} differs{led_up}\nengine {one}\nplain  {other}"
    return None


@pytest.mark.parametrize(("organisation", "horizon", "calls_in", "replications"), PLAYS)
def test_every_record_is_equal(organisation, horizon, calls_in, replications):
    setup = setup_of(organisation, horizon, calls_in)
    compiled = compile_play(setup)
    for replication in replications:
        found = difference(play(compiled, SEED, replication), plain(organisation, horizon, replication, calls_in))
        assert found is None, f"{organisation}, {horizon}, calls in {calls_in}, replication {replication}: {found}"


@pytest.mark.parametrize("organisation", ["storby", "lillby"])
def test_the_nights_are_telling(organisation):
    """What the comparison is worth: each of these happens in it, and every one of these causes."""
    records = [record for replication in range(30) for record in plain(organisation, "11 h", replication)]
    happened = {type(record) for record in records}
    assert happened >= {
        Clarified,
        ContactAttempted,
        FunctionEmptied,
        InjectReceived,
        LevelActivated,
        NeedRestored,
        OrdinaryHoursCounted,
        PersonArrived,
    }
    assert (TaskInterrupted in happened) == (organisation == "storby")
    asked = {record.why for record in records if isinstance(record, StationAsked)}
    causes = {record.cause for record in records if isinstance(record, Waited)}
    assert asked == {"first", "deputy", "line"}
    assert causes == {"transmission", "unavailable", "queue", "mandate", "clarification"}


def test_a_night_that_is_cut_off_leaves_work_open():
    states = {r.state for r in plain("storby", "100 min", 0) if isinstance(r, TaskUnfinished)}
    assert states <= {"waiting", "working"}
    assert states


@pytest.fixture(scope="module")
def night():
    return plain("lillby", "11 h", 1)


@pytest.mark.parametrize("at", [0, 50, -1])
def test_a_planted_difference_is_found(night, at):
    n = range(len(night))[at]
    later = night[n]._replace(at=night[n].at + 1)
    found = difference(night, [*night[:n], later, *night[n + 1 :]])
    assert found is not None
    assert found.startswith(f"record {n} differs")
    assert str(later) in found


def test_a_missing_record_and_two_that_changed_places_are_found(night):
    assert difference(night, night) is None
    assert "record 60 differs" in str(difference(night, [*night[:60], *night[61:]]))
    assert f"record {len(night) - 1} differs" in str(difference(night, night[:-1]))
    assert "record 20 differs" in str(difference(night, [*night[:20], night[21], night[20], *night[22:]]))


def test_another_seed_is_another_night(night):
    assert difference(night, Play(setup_of("lillby"), 2027, 1).run()) is not None
