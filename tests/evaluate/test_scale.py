"""A scale of the exercise's own: in the papers, when notes are read and in what comes of them."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import ValidationError

from ovning.evaluate.judging import judge
from ovning.evaluate.understanding import understand
from ovning.files import load_setup
from ovning.model.scale import OWN_GRADES, Scale
from ovning.model.setup import Setup
from ovning.report.papers.scale import say_grade, scale_of

OWN = {
    "met": {"title": "Klarat", "meaning": "Målet nåddes."},
    "partly": {"title": "Nästan"},
    "not_met": {"title": "Delvis"},  # a word that means something else where nothing is said
    "not_assessable": {"title": "Sågs inte"},
}


def _setup(scale: dict[str, object] | None) -> Setup:
    setup = load_setup("elavbrott", "orebro")[0]
    told = None if scale is None else Scale.model_validate(scale)
    return setup.model_copy(update={"exercise": setup.exercise.model_copy(update={"scale": told})})


@pytest.mark.parametrize(
    ("written", "scale", "grade"),
    [
        ("Klarat.", OWN, "met"),
        ("nästan", OWN, "partly"),
        ("delvis", OWN, "not_met"),
        ("delvis", None, "partly"),
        ("sågs inte", OWN, "not_assessable"),
        ("Ej uppnått", OWN, "not_met"),  # words that everybody uses are understood all the same
    ],
)
def test_notes_are_read_in_its_words(tmp_path: Path, written: str, scale: dict[str, object], grade: str) -> None:
    file = tmp_path / "protokoll.csv"
    file.write_text(f"tid;kriterium;bedömning\n05:00;M2.2;{written}\n", encoding="utf-8")
    setup = _setup(scale)
    judged = {(one.objective, one.criterion): one for one in judge(setup, understand([file], setup).notes)}
    assert (judged["M2", 1].grade, judged["M2", 1].why) == (grade, "evaluator")


def test_a_word_of_no_scale_is_told_of(tmp_path: Path) -> None:
    file = tmp_path / "protokoll.csv"
    file.write_text("tid;kriterium;bedömning\n05:00;M2.2;klarat\n", encoding="utf-8")
    assert [lost.why for lost in understand([file], _setup(None)).lost] == ["grade"]


def test_it_is_told_whose_it_is() -> None:
    given = _setup({**OWN, "assumption": "kommunens mall"}).exercise
    whose, grid = scale_of(given)
    assert "kommunens mall" in str(whose)
    assert [say_grade(given, grade) for grade in OWN_GRADES] == ["Klarat", "Nästan", "Delvis", "Sågs inte"]
    assert "Målet nåddes." in str(grid)
    assert "vårt förslag" in str(scale_of(_setup(None).exercise)[0])
    assert "vårt förslag" not in str(scale_of(_setup(OWN).exercise)[0])


@pytest.mark.parametrize("title", ["", "  ", "...", "Ja, nästan", 'Ja "nästan"', "Ja; nej", "x" * 41])
def test_a_step_is_called_so_that_a_list_in_excel_can_hold_it(title: str) -> None:
    with pytest.raises(ValidationError):
        Scale.model_validate({**OWN, "partly": {"title": title}})


def test_two_steps_of_one_name_are_refused() -> None:
    for title in ("klarat ", "Klarat."):
        with pytest.raises(ValidationError, match="heter likadant"):
            Scale.model_validate({**OWN, "partly": {"title": title}})
