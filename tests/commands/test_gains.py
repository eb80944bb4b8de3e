"""The gain that ``ovning run`` tells, against what one gets by typing the remedy oneself."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ovning.units import HOUR, MINUTE
from tests.commands.conftest import Said
from tests.experiment.two_alarms import two_alarms

SETTINGS = ("--seed", "3", "--jobs", "1", "--runs", "24")
MORE = "people.officers.count=2"


@pytest.fixture(scope="module")
def exercise(tmp_path_factory: pytest.TempPathFactory) -> str:
    return str(two_alarms(tmp_path_factory.mktemp("gains")))


def run(ovning: Callable[..., Said], exercise: str, out: str, *more: str) -> Said:
    said = ovning("run", exercise, "--org", "lillby", *SETTINGS, "--out", out, *more)
    assert (said.code, said.err) == (0, "")
    return said


def plays(folder: str) -> list[dict[str, str]]:
    with Path(folder, "plays.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def bottlenecks(folder: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(Path(folder, "results.json").read_text(encoding="utf-8"))["bottlenecks"]
    return found


def effect(gain: dict[str, Any], on: str, of: str | None, criterion: int | None = None) -> dict[str, Any]:
    (found,) = (one for one in gain["effects"] if (one["on"], one["of"], one["criterion"]) == (on, of, criterion))
    return dict(found)


def time_of(play: dict[str, str], criterion: str) -> int:
    """What was not reached counts to the horizon."""
    room = 3 * HOUR - int(play[f"{criterion} from"])
    return min(int(play[f"{criterion} measured"] or room), room)


def test_the_gain_is_exactly_what_typing_the_remedy_gives(
    ovning: Callable[..., Said], exercise: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "240")
    told = run(ovning, exercise, "utan", "--gains", "3")
    officer = next(one for one in bottlenecks("utan") if one["gain"] and one["gain"]["set"] == [MORE])
    run(ovning, exercise, "med", "--gains", "0", "--set", MORE)
    before, after = plays("utan"), plays("med")
    assert [play["replication"] for play in before] == [play["replication"] for play in after]

    def restricted(play: dict[str, str]) -> int:
        return int(play["command active"] or play["horizon"])

    differences = [restricted(b) - restricted(a) for a, b in zip(before, after, strict=True)]
    level = effect(officer["gain"], "level_time", "command")
    assert level["mean"] == round(sum(differences) / 24)
    assert level["differing"] == sum(difference != 0 for difference in differences)
    assert (level["pairs"], level["verdict"]) == (24, "better")
    # And to the minute in what is printed.
    minutes = round(-sum(differences) / 24 / MINUTE)
    assert f"{minutes} min tidigare" in told.out

    for number in (0, 1):
        hits = [sum(play[f"M1.{number} grade"] == "met" for play in played) for played in (before, after)]
        met = effect(officer["gain"], "criterion_met", "M1", number)
        assert met["mean"] == round((hits[1] - hits[0]) / 24, 6)
        times = [[time_of(play, f"M1.{number}") for play in played] for played in (before, after)]
        found = effect(officer["gain"], "criterion_time", "M1", number)
        assert found["mean"] == round(sum(b - a for a, b in zip(*times, strict=True)) / 24)


def test_what_was_set_for_the_run_is_set_for_the_replays_too(ovning: Callable[..., Said], exercise: str) -> None:
    slow = ("--set", "assumptions.decide_level=20 min")
    run(ovning, exercise, "utan", "--gains", "3", *slow)
    officer = next(one for one in bottlenecks("utan") if one["gain"] and one["gain"]["set"] == [MORE])
    run(ovning, exercise, "med", "--gains", "0", *slow, "--set", MORE)
    times = [[int(play["command active"] or play["horizon"]) for play in plays(folder)] for folder in ("utan", "med")]
    mean = effect(officer["gain"], "level_time", "command")["mean"]
    assert mean == round((sum(times[1]) - sum(times[0])) / 24)


def test_any_number_of_workers_gives_the_same(ovning: Callable[..., Said], exercise: str) -> None:
    found = []
    for jobs in ("1", "2"):
        said = ovning("run", exercise, "--org", "lillby", "--runs", "27", "--gains", "2", "--jobs", jobs, "--out", jobs)
        assert said.code == 0
        found.append(bottlenecks(jobs))
    assert found[0] == found[1]


def test_the_table_says_what_was_tried_and_nothing_when_nothing_was(
    ovning: Callable[..., Said], exercise: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "240")
    said = run(ovning, exercise, "ut", "--gains", "3")
    table = said.out[said.out.index("Flaskhalsarna, och vad en åtgärd ger") :]
    assert "tid till ledningsläge" in table
    assert "M1 ledningsläge aktivt: " in table
    assert "bättre" in table
    assert "samma 24 spel har spelats om" in " ".join(table.split())
    assert "Flaskhalsarna, och vad en åtgärd ger" in Path("ut/report.html").read_text(encoding="utf-8")
    without = run(ovning, exercise, "ut2", "--gains", "0")
    assert "Flaskhalsarna" not in without.out
    assert bottlenecks("ut2") == []


def test_a_course_that_warrants_nothing_tells_of_no_level(ovning: Callable[..., Said], exercise: str) -> None:
    said = run(ovning, exercise, "ut", "--gains", "1", "--set", "scenario.warrants=[]")
    assert "tid till" not in said.out[said.out.index("Flaskhalsarna") :]
    (tried, *_) = [one for one in bottlenecks("ut") if one["gain"]]
    assert "level_time" not in {one["on"] for one in tried["gain"]["effects"]}
    assert effect(tried["gain"], "unnecessary", None)["before"] == 1
