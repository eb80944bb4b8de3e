"""What the shipped exercises have in common: no problems, procedures of their own, and a half day that fits."""

from __future__ import annotations

import re
import shutil
from itertools import pairwise
from pathlib import Path

import pytest

from ovning.files import check_paths, shipped_folder
from ovning.units import HOUR, MINUTE
from tests.acceptance.courses import half_day, owed, own_conduct, setup_of, shape

SIXTEEN = {"elavbrott": "E", "vattenbrist": "V", "flyktingsituation": "F"}
"""Exercise → the letter of its sixteen injects."""


@pytest.mark.parametrize("exercise", SIXTEEN)
def test_the_files_are_without_any_problem(exercise: str) -> None:
    assert check_paths([shipped_folder() / exercise]) == ()


@pytest.mark.parametrize(("exercise", "letter"), SIXTEEN.items())
def test_the_sixteen_procedures_have_at_least_twelve_different_graphs(exercise: str, letter: str) -> None:
    wanted = {f"{letter}{number}" for number in range(1, 17)}
    graphs = {inject: shape(tasks) for inject, tasks in owed(setup_of(exercise, "orebro")).items() if inject in wanted}
    assert set(graphs) == wanted
    assert len(set(graphs.values())) >= 12


@pytest.mark.parametrize("exercise", SIXTEEN)
def test_the_shape_of_a_graph_is_not_its_names(exercise: str) -> None:
    for procedure in setup_of(exercise, "orebro").scenario.procedures.values():
        renamed = tuple(
            task.model_copy(update={"task": f"x_{task.task}", "after": tuple(f"x_{before}" for before in task.after)})
            for task in reversed(procedure)
        )
        assert shape(renamed) == shape(procedure)
        if len(procedure) > 1:
            assert shape(procedure[:-1]) != shape(procedure)


@pytest.mark.parametrize("exercise", ["vattenbrist", "flyktingsituation"])
def test_there_are_four_to_six_objectives_and_every_limit_says_where_it_comes_from(exercise: str) -> None:
    objectives = setup_of(exercise, "orebro").exercise.objectives
    assert 4 <= len(objectives) <= 6
    assert all(criterion.source or criterion.assumption for one in objectives for criterion in one.criteria)


def test_the_half_day_that_is_given_to_be_put_in_a_copy_is_without_any_problem(tmp_path: Path) -> None:
    given = own_conduct("elavbrott")
    assert given
    copied = shutil.copytree(shipped_folder() / "elavbrott", tmp_path / "elavbrott")
    with (copied / "exercise.yaml").open("a", encoding="utf-8") as file:
        file.write(given)
    assert check_paths([copied]) == ()


@pytest.mark.parametrize("exercise", ["elavbrott", "vattenbrist", "flyktingsituation"])
def test_what_is_played_of_the_story_fits_in_half_a_day(exercise: str) -> None:
    """Three and a half hours less an introduction, a break and the talk afterwards: at least half an hour of them."""
    conduct = half_day(exercise).exercise.conduct
    assert conduct is not None
    begins, ends = conduct.plays
    jumps = [(jump.at, jump.to) for jump in conduct.jumps]
    moments = [begins, *(moment for jump in jumps for moment in jump), ends]
    assert moments == sorted(moments)
    played = ends - begins - sum(to - at for at, to in jumps)
    assert 2 * HOUR <= played <= 3 * HOUR
    paused = sum(pause.lasts for pause in conduct.pauses)
    assert conduct.elapsed(ends) == played + paused
    for begin in (begins, *(to for _, to in jumps)):
        elapsed = conduct.elapsed(begin)
        assert elapsed is not None
        assert conduct.scenario_time(elapsed + MINUTE) == begin + MINUTE
    told = (shipped_folder() / exercise / "presentation.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| (\d)\.(\d\d)–(\d)\.(\d\d) \|", told, flags=re.MULTILINE)
    spans = [((int(a) * 60 + int(b)) * MINUTE, (int(c) * 60 + int(d)) * MINUTE) for a, b, c, d in rows]
    assert spans[0][0] == 0
    assert spans[-1][1] == 3 * HOUR + 30 * MINUTE
    assert all(before[1] == after[0] for before, after in pairwise(spans))
    # After a quarter of an hour's introduction the play's own clock is the conduct's.
    in_story = re.findall(r"^\| (\d)\.(\d\d)–\d\.\d\d \| [^|\s]", told, flags=re.MULTILINE)
    assert [(int(a) * 60 + int(b) - 15) * MINUTE for a, b in in_story] == [
        conduct.elapsed(begin) for begin in (begins, *(to for _, to in jumps))
    ]
