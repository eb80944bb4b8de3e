"""The scale of a judgement in words: the exercise's own where it has one."""

from __future__ import annotations

from ovning.model.exercise import Exercise
from ovning.model.scale import OWN_GRADES, OwnGrade
from ovning.report.papers.paper import Block, Grid, Text
from ovning.words import phrase, word


def say_grade(exercise: Exercise, grade: OwnGrade) -> str:
    """What a grade is called."""
    return word(f"papers.grade.{grade}") if exercise.scale is None else exercise.scale.step(grade).title


def scale_of(exercise: Exercise) -> tuple[Block, ...]:
    """Whose scale it is, and every grade with what it means, best first."""
    rows = tuple((say_grade(exercise, grade), _meaning(exercise, grade)) for grade in OWN_GRADES)
    heads = (word("papers.plan.grade"), word("papers.plan.means"))
    return Text(_whose(exercise)), Grid(word("papers.plan.scale"), heads, rows, (4, 13))


def _whose(exercise: Exercise) -> str:
    """Where the scale comes from, in a sentence."""
    scale = exercise.scale
    if scale is None:
        return word("papers.plan.own_scale")
    origin = scale.source or scale.assumption
    return phrase("papers.plan.given_scale", origin=origin) if origin else word("papers.plan.given_scale_alone")


def _meaning(exercise: Exercise, grade: OwnGrade) -> str:
    own = "" if exercise.scale is None else exercise.scale.step(grade).meaning
    return own or word(f"papers.grade.{grade}_means")
