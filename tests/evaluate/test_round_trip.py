"""A play written down as observers would have seen it evaluates to the judgements that the measures give."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from ovning.evaluate.judging import judge
from ovning.evaluate.understanding import understand
from ovning.experiment.replicate import replicate
from ovning.files import load_setup
from ovning.log.records import InjectSent
from ovning.units import SECOND

GRADES = {"met": "met", "partly": "partly", "not_met": "not_met", "not_tested": "not_assessable"}


def _offset(ms: int) -> str:
    seconds = round(ms / SECOND)
    return f"T+{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}"


@pytest.mark.parametrize("exercise", ["elavbrott", "vattenbrist"])
def test_what_is_seen_in_a_play_is_judged_as_the_measures_do(exercise: str, tmp_path: Path) -> None:
    setup = load_setup(exercise, "orebro")[0].model_copy()
    without = setup.model_copy(update={"exercise": setup.exercise.model_copy(update={"conduct": None})})
    for played in replicate(without, 1, range(3)):
        rows: list[list[str]] = []
        seen: set[str] = set()
        for record in played.log:
            if isinstance(record, InjectSent) and record.inject not in seen:
                seen.add(record.inject)
                rows.append([_offset(record.at), "inspel", record.inject, "", "", ""])
        for one in played.summary.criteria:
            name = f"{one.objective}.{one.criterion + 1}"
            criterion = next(o for o in setup.exercise.objectives if o.id == one.objective).criteria[one.criterion]
            if one.grade == "not_tested":
                continue
            if one.measured is None:
                rows.append(["", "väntade hela övningen", "", name, "Ej uppnått", ""])
            elif criterion.is_time:
                rows.append([_offset((one.begins_at or 0) + round(one.measured)), "det hände", "", name, "", ""])
            else:
                value = f"{round(one.measured / SECOND)} s" if criterion.unit == "duration" else repr(one.measured)
                rows.append(["", "räknat efteråt", "", name, "", value])
        path = tmp_path / f"spel-{played.summary.replication}.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, delimiter=";").writerows(
                [["tid", "observation", "inspel", "kriterium", "bedömning", "värde"], *rows]
            )
        found = understand([path], without)
        assert found.lost == []
        judged = {(one.objective, one.criterion): one.grade for one in judge(without, found.notes)}
        expected = {(one.objective, one.criterion): GRADES[one.grade] for one in played.summary.criteria}
        assert judged == expected
