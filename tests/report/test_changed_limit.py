"""A changed limit changes its row and what follows from it, and nothing else on the page."""

from __future__ import annotations

import dataclasses
import re

import pytest

from ovning.measures.aggregate import aggregate
from ovning.measures.objectives import grade_of, objective_grades
from ovning.measures.summary import PlaySummary
from ovning.measures.tallying import tally_of
from ovning.model.exercise import Exercise
from ovning.model.setup import Setup
from ovning.report.drawings import draw_ladder, draw_waiting
from ovning.report.findings import Findings
from ovning.report.outcome import Outcome
from ovning.report.timeline import Timeline
from ovning.units import MINUTE
from tests.report.pages import Elements, course_of, page_of

OBJECTIVE, NUMBER, TITLE = "M6", 0, "Syrgasen är säkrad"
"""The criterion whose limit is changed: on a task, so that no figure has a mark for it."""
TOOK = 20 * MINUTE
"""How long it took in every play."""


@pytest.fixture(scope="module")
def plays(summaries: tuple[PlaySummary, ...]) -> tuple[PlaySummary, ...]:
    """Every criterion was met in every play, so that a limit alone makes the difference."""
    return tuple(
        dataclasses.replace(
            play,
            criteria=tuple(one._replace(begins_at=0, measured=1, grade="met") for one in play.criteria),
            objectives=tuple((objective, "met") for objective, _ in play.objectives),
        )
        for play in summaries * 50
    )


def judged(plays: tuple[PlaySummary, ...], exercise: Exercise) -> tuple[PlaySummary, ...]:
    """The same plays, judged by the limits of an exercise."""
    specs = {(one.id, number): spec for one in exercise.objectives for number, spec in enumerate(one.criteria)}
    found = []
    for play in plays:
        criteria = []
        for one in play.criteria:
            spec = specs[one.objective, one.criterion]
            mine = spec.title == TITLE
            criteria.append(one._replace(measured=TOOK, grade=grade_of(spec, TOOK, play.horizon)) if mine else one)
        grades = tuple(objective_grades(criteria).items())
        found.append(dataclasses.replace(play, criteria=tuple(criteria), objectives=grades))
    return tuple(found)


def limited(setup: Setup, limit: int) -> Setup:
    """The same, with another limit for one criterion."""
    objectives = []
    for objective in setup.exercise.objectives:
        criteria = list(objective.criteria)
        if objective.id == OBJECTIVE:
            assert criteria[NUMBER].title == TITLE
            criteria[NUMBER] = criteria[NUMBER].model_copy(update={"met": limit})
        objectives.append(objective.model_copy(update={"criteria": tuple(criteria)}))
    exercise = setup.exercise.model_copy(update={"objectives": tuple(objectives)})
    return setup.model_copy(update={"exercise": exercise})


def made(outcome: Outcome, plays: tuple[PlaySummary, ...], limit: int, course: Timeline) -> Elements:
    setup = limited(outcome.setup, limit)
    tally = tally_of(judged(plays, setup.exercise))
    told = dataclasses.replace(outcome, setup=setup, plays=tally, results=aggregate(tally, setup.exercise))
    found = Findings.of(told)
    return Elements(page_of(told, course, (draw_ladder(told, found), draw_waiting(told, found))))


@pytest.fixture(scope="module")
def pages(outcome: Outcome, plays: tuple[PlaySummary, ...]) -> tuple[Elements, Elements]:
    """The page with a limit of 30 min, which every play meets, and with one of 10 min, which none does."""
    course = course_of(outcome)
    return made(outcome, plays, 30 * MINUTE, course), made(outcome, plays, 10 * MINUTE, course)


def numbers(page: Elements) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for text, around in page.texts:
        tag, attributes = page.elements[around[-1]] if around else ("", {})
        if tag == "data":
            found.setdefault(attributes["data-at"], set()).add(text)
    return found


def test_only_the_numbers_that_follow_from_it_change(pages: tuple[Elements, Elements], outcome: Outcome) -> None:
    before, after = map(numbers, pages)
    place = [one.id for one in outcome.setup.exercise.objectives].index(OBJECTIVE)
    changed = {at for at in before.keys() | after.keys() if before.get(at) != after.get(at)}
    own = f"/objectives/{place}"
    follows = re.compile(rf"{own}/(met|partly|not_met)/|{own}/criteria/{NUMBER}/|{own}/verdicts/|/verdicts/")
    assert {at for at in changed if not follows.match(at)} == set()
    assert f"{own}/criteria/{NUMBER}/limit_met" in changed
    assert f"{own}/criteria/{NUMBER}/met/share" in changed
    assert f"{own}/met/share" in changed
    assert "/verdicts/not_reached" in changed
    assert (before[f"{own}/criteria/{NUMBER}/limit_met"], after[f"{own}/criteria/{NUMBER}/limit_met"]) == (
        {"30 min"},
        {"10 min"},
    )


def test_only_the_rows_that_speak_of_it_change(pages: tuple[Elements, Elements], outcome: Outcome) -> None:
    before, after = (page.parts("tr") for page in pages)
    assert len(before) == len(after) > 100
    changed = [(one, other) for one, other in zip(before, after, strict=True) if one != other]
    objective = next(one for one in outcome.setup.exercise.objectives if one.id == OBJECTIVE)
    assert [one.startswith(f"{OBJECTIVE} {objective.title}") for one, _ in changed] == [True, False]
    row, other = changed[1]
    assert (TITLE in row, TITLE in other) == (True, True)
    assert row.endswith("nås")
    assert other.endswith("nås inte")


def test_only_the_sentences_that_speak_of_it_change(pages: tuple[Elements, Elements]) -> None:
    before, after = (page.parts("li", "p", "h1", "h2", "h3", "caption", "summary", "dd") for page in pages)
    gone = [text for text in before if text not in after]
    new = [text for text in after if text not in before]
    assert len(gone) == 2
    assert gone[0].startswith("Kravet nås för alla 21 kriterier")
    assert gone[1].startswith("Klaras i så gott som alla spel")
    assert TITLE in gone[1]
    assert new[0].startswith("Av 21 kriterier nås kravet för 20 och nås inte för 1.")
    assert f"”{TITLE}” inom 10 min (klaras i 0 % av spelen)" in new[0]
    assert new[1].startswith(f"{OBJECTIVE}, ”{TITLE}” inom 10 min: klaras i 0 % av spelen.")
    assert new[2].startswith("Så sällan kan betyda")
    assert new[3] == gone[1].replace(f", {OBJECTIVE} ”{TITLE}”", "")
    assert len(new) == 4


def test_no_figure_changes_that_does_not_show_it(pages: tuple[Elements, Elements]) -> None:
    before, after = ([one for one in page.elements if one[0] == "figure"] for page in pages)
    assert before == after
