"""An exercise of which hours are jumped: what could not be seen is not judged, and what was cut short says so."""

from __future__ import annotations

from typing import Any

import pytest

from ovning.report.evaluation.document import evaluation_document
from ovning.report.evaluation.outcome import Evaluated
from ovning.report.evaluation.utvardering import utvardering
from ovning.report.papers.paper import Grid
from ovning.units import MINUTE


@pytest.fixture(scope="module")
def told(half_day: Evaluated) -> dict[str, Any]:
    criteria = evaluation_document(half_day)["criteria"]
    return {f"{one['objective']}.{one['criterion'] + 1}": one for one in criteria}


@pytest.fixture(scope="module")
def rows(half_day: Evaluated) -> dict[str, tuple[str, ...]]:
    grids = [block for block in utvardering(half_day).blocks if isinstance(block, Grid)]
    found = {str(row[0]): tuple(map(str, row)) for grid in grids for row in grid.rows}
    return {name: row for name, row in found.items() if name.startswith("M") and len(row) == 7}


@pytest.mark.parametrize(
    ("criterion", "grade", "why"),
    [
        ("M1.1", "not_assessable", "unplayed"),  # before the play begins
        ("M1.3", "met", "rule"),
        ("M1.4", "not_assessable", "unplayed"),  # noted, but counted from hours that are not played
        ("M3.1", "not_assessable", "jumped"),
        ("M3.2", "met", "rule"),
        ("M3.3", "not_assessable", "no_row"),
        ("M3.4", "not_met", "evaluator"),
        ("M4.1", "partly", "evaluator"),
        ("M5.3", "not_assessable", "unplayed"),  # its inject is not given
        ("M6.1", "not_assessable", "part"),  # a part of the scenario says nothing of a share of it all
    ],
)
def test_what_is_judged(told: dict[str, Any], criterion: str, grade: str, why: str) -> None:
    assert (told[criterion]["grade"], told[criterion]["why"]) == (grade, why)


def test_plays_are_told_whole_and_how_many_were_done_before_the_play_stopped(
    half_day: Evaluated, told: dict[str, Any]
) -> None:
    assert told["M3.2"]["stretch"] == 20 * MINUTE  # from V9 at T+5:40 until T+6:00
    for name, one in told.items():
        key = (one["objective"], one["criterion"])
        plays = half_day.forecast.measured.get(key)
        if one["stretch"] is None or plays is None:
            assert one["simulated_in_stretch"] is None, name
            continue
        early = sum(play is not None and play <= one["stretch"] for play in plays)
        assert one["simulated_in_stretch"] == {"plays": early, "of": len(plays)}, name
        assert one["simulated"]["reached"]["hits"] == sum(play is not None for play in plays)


def test_what_cannot_be_tried_has_no_plays_beside_it(told: dict[str, Any]) -> None:
    assert all(one["simulated"] is None for one in told.values() if one["why"] == "unplayed")


def test_the_row_says_what_was_cut_short_and_what_speaks_against_it(rows: dict[str, tuple[str, ...]]) -> None:
    assert "prövas inte" in rows["M1.1"][5]
    limit, grade, grounds = rows["M4.1"][2], rows["M4.1"][4], rows["M4.1"][5]
    assert "spelas 30 min, kortare än gränsen" in limit
    assert "gränserna hade gett uppnått" in grade
    assert "gränsen hade inte gått ut" in rows["M3.4"][4]
    assert "läs också rad 6, märkt som brist" in grounds
    assert "kortare än gränsen" not in rows["M1.3"][2]  # 50 minutes are played, and the limit is 45
    assert "räknat över hela scenariot" in rows["M6.1"][6]


def test_the_document_says_how_the_exercise_was_held(half_day: Evaluated) -> None:
    said = "\n".join(str(block) for block in utvardering(half_day).blocks)
    assert "Så hölls övningen" in said
    assert "Simuleringen följer övningens upplägg" in said
