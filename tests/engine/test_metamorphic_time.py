"""With constants and nothing bound to the clock of day, doubling all durations doubles all times.

Off in these exercises, because the clock of day or of the week decides: office hours, nights, rest, shifts. The whole
play lies within one stretch of the day and one week, so that people may also be on call, or at home all day and
telephoned. Off because they are rounded to milliseconds: what varies, and flows at a rate that are followed one by one.

Not from the files, and not doubled: that nothing that waits its turn again does so within a minute (patience, the next
call, a second try of the same people, the next visit, a piece of ordinary work), that the ordinary work of posts
begins anew every 24 hours, the hour for which somebody who has answered on call counts as on duty, and the hour for
which a relief who is late is waited for. The first is kept out of the way by times that are long enough, the second by
plays that are short enough, the others by people who do not tire.
"""

import json
import re
import tempfile
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from ovning.engine import compile_play, play
from ovning.errors import InputError
from ovning.files import load_setup
from ovning.log import jsonl
from ovning.log.fields import RECORD_TYPES, fields_of
from tests.engine.examples import few
from tests.engine.test_invariants import exercises, societies
from tests.tiny import Tiny, inject, task

TIMES = {"at", "since", "answers_at", "horizon", "fails_at", "by", "begins", "ends", "until", "waited"}
"""Whole numbers in records that are times or durations (``by`` may also be a word)."""
NUMBERS = {"seed", "replication", "number", "priority", "severity", "filled", "shift", "items", "present"}
"""Those that are none."""
AMOUNTS = {"amount", "holds", "wanted", "rate"}
"""Those of stocks, of which these exercises have none: what flows by the hour would be halved, and amounts stay."""
DURATION = re.compile(r"(\d+ (s|min|h|d) ?)+")
"""A text that is a duration and nothing else."""
RATES = ("per_hour", "because_of", "at_most")
"""What is counted by the hour."""


def without_a_clock(changes):
    """The same exercise with constants, within eleven hours of one day."""
    changes = constant(changes)
    changes["assumptions"] |= {
        "night_begins": "05:00",
        "night_ends": "06:00",
        "luck_of_the_day_lasts": "48 h",
    }
    if changes["assumptions"]["patience"] == "0 min":
        changes["assumptions"]["patience"] = "1 min"
    changes["scenario"] |= {"start": "2026-01-20T06:00", "horizon": "11 h"}
    organisation = changes["organisation"]
    for group in organisation["people"].values():
        group["works"] = "never" if group["works"] == "never" else "always"
    for function in organisation["functions"].values():
        function["ordinary_load"] = {0.9: 0.8}.get(function["ordinary_load"], function["ordinary_load"])
    for level in changes["levels"]:
        level.pop("shifts", None)
    flows = changes["scenario"].get("flows", {})
    for name, flow in list(flows.items()):
        if {"per_hour", "because_of"} & set(flow["arrives"]) and "step" not in flow:
            del flows[name]
    return changes


def constant(content):
    """With constants for what varies, and hours that are quarters of an hour."""
    if isinstance(content, list):
        return [constant(item) for item in content]
    if isinstance(content, dict):
        return constant(content["mean"]) if set(content) == {"mean"} else {k: constant(v) for k, v in content.items()}
    if isinstance(content, str) and content.endswith(" h"):
        return f"{15 * int(content[:-2])} min"
    return content


def doubled(content, key=""):
    """With every duration twice as long, and so with half as much in an hour."""
    if isinstance(content, list):
        return [doubled(item, key) for item in content]
    if isinstance(content, dict):
        return {k: doubled(v, key if key in RATES else k) for k, v in content.items()}
    if key in RATES and isinstance(content, int | float):
        return content / 2
    if isinstance(content, str) and DURATION.fullmatch(content):
        return re.sub(r"\d+", lambda number: str(2 * int(number[0])), content)
    return content


def double_files(exercise, to, leave=()):
    """The same folder with every duration doubled but those of the assumptions named."""
    for path in exercise.parent.rglob("*.yaml"):
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
        twice = doubled(content)
        if path.name == "assumptions.yaml":
            twice |= {name: content[name] for name in leave}
        copy = to / path.relative_to(exercise.parent)
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_text(yaml.safe_dump(twice, allow_unicode=True, sort_keys=False), encoding="utf-8")
    return to / exercise.name


def records(exercise, seed):
    """A play's records as they are written."""
    setup, _ = load_setup(exercise, "lillby")
    lines = jsonl.to_bytes(play(compile_play(setup), seed, 0)).decode().splitlines()
    return [json.loads(line) for line in lines[1:]]


def twice(log):
    """The records with every time doubled."""
    return [{k: 2 * v if k in TIMES and isinstance(v, int) else v for k, v in record.items()} for record in log]


def assert_doubled(changes, seed, leave=()):
    """What happens is the same, and happens at twice the time."""
    with tempfile.TemporaryDirectory() as name:
        exercise = Tiny(Path(name) / "once").write(**changes)
        try:
            log = records(exercise, seed)
        except InputError:
            return  # files that contradict themselves are told of before anything is played
        assert records(double_files(exercise, Path(name) / "twice", leave), seed) == twice(log)


@few(8)
@given(changes=exercises(), seed=st.integers(0, 1000))
def test_twice_as_long_takes_twice_the_time(changes, seed):
    assert_doubled(without_a_clock(changes), seed)


@few(8)
@given(changes=societies(), seed=st.integers(0, 1000))
def test_twice_as_long_takes_twice_the_time_in_a_society(changes, seed):
    assert_doubled(without_a_clock(changes), seed)


@pytest.mark.slow
@few(150)
@given(changes=st.one_of(exercises(), societies()), seed=st.integers(0, 1000))
def test_twice_as_long_takes_twice_the_time_in_many(changes, seed):
    assert_doubled(without_a_clock(changes), seed)


def test_every_whole_number_of_a_record_is_a_time_or_none():
    whole = {f.name for kind in RECORD_TYPES for f in fields_of(kind) if f.kind == "int"}
    assert whole == TIMES | NUMBERS | AMOUNTS - {"n"}


# That the tests above can fail, and what is not from the files.

HANDED_OVER = {
    "assumptions": {"clarification": {"chance": 1, "takes": "2 min"}},
    "organisation": {"functions": {"chief": {"unit": "depot"}}},
    "injects": [inject("E", "3 min", "ask")],
    "procedures": {"ask": [task("hear", "5 min"), task("lead", "7 min", "lead_staff", after=["hear"])]},
}


@pytest.mark.parametrize("forgotten", ["pass_on", "clarification"])
def test_a_duration_that_is_not_doubled_is_noticed(forgotten):
    assert_doubled(HANDED_OVER, 1)
    with pytest.raises(AssertionError):
        assert_doubled(HANDED_OVER, 1, leave=[forgotten])
