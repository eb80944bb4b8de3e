"""``evaluation.json``: what the judgements rest on, for whoever wants to trace or count them."""

from __future__ import annotations

from typing import Any

from ovning import __version__
from ovning.evaluate.judging import Judged, assessed, beside, of_objective
from ovning.evaluate.note import Lost, Note
from ovning.evaluate.plan import Point
from ovning.measures.times import times_of
from ovning.model.exercise import Objective
from ovning.model.held import untried
from ovning.model.scale import OWN_GRADES
from ovning.report import shapes
from ovning.report.evaluation.outcome import Evaluated
from ovning.report.gains import gain_document
from ovning.report.names import Names

VERSION = 1


def evaluation_document(found: Evaluated) -> dict[str, Any]:
    """Everything, ready for JSON. Times are milliseconds."""
    setup = found.setup
    return {
        "format": "ovning-evaluation",
        "version": VERSION,
        "program_version": __version__,
        "exercise": setup.exercise.exercise,
        "organisation": setup.organisation.organisation,
        "seed": found.seed,
        "plays": found.forecast.plays,
        "files": [{"name": name, "rows": rows} for name, rows in found.files],
        "assessed": sum(one.grade != "not_assessable" for one in found.judged),
        "of_criteria": len(found.judged),
        "limits_own": sum(one.source is None for objective in setup.exercise.objectives for one in objective.criteria),
        "objectives": [_objective(found, one) for one in setup.exercise.objectives],
        "criteria": [_judged(found, one) for one in found.judged],
        "proposals": [gain_document(one) for one in found.proposals],
        "plan": None if found.plan is None else [_point(one) for one in found.plan],
        "notes": [_note(one) for one in found.notes],
        "lost": [_lost(one) for one in found.lost],
    }


def _objective(found: Evaluated, objective: Objective) -> dict[str, Any]:
    grades = [one.grade for one in found.judged if one.objective == objective.id]
    return {
        "objective": objective.id,
        "title": objective.title,
        "grade": of_objective(found.judged, objective.id),
        "assessed": assessed(found.judged, objective.id),
        "of_criteria": len(grades),
        "criteria": {grade: grades.count(grade) for grade in OWN_GRADES if grade in grades},
    }


def _judged(found: Evaluated, one: Judged) -> dict[str, Any]:
    criterion = found.criterion(one)
    tried = untried(found.setup.exercise, criterion, one.begins) is None
    plays = found.forecast.measured.get((one.objective, one.criterion), ()) if tried else ()
    among, seen = (
        beside(criterion, one, plays),
        found.forecast.seen.get((one.objective, one.criterion)) if tried else None,
    )
    return {
        "objective": one.objective,
        "criterion": one.criterion,
        "title": Names(found.setup).criterion(criterion),
        "unit": criterion.unit,
        "met": criterion.met,
        "partly": criterion.partly,
        "grade": one.grade,
        "why": one.why,
        "by_rule": one.by_rule,
        "measured": one.measured,
        "grounds": list(one.grounds),
        "unsure": one.unsure,
        "against": list(one.against),
        "begins": one.begins if criterion.is_time else None,
        "begins_assumed": one.begins_assumed,
        "stretch": found.stretch(one),
        "simulated": shapes.times(times_of(plays)) if plays else None,
        "simulated_in_stretch": None if seen is None else {"plays": seen.hits, "of": seen.n},
        "simulated_better": None if among is None else {"plays": among.better, "of": among.of},
    }


def _note(note: Note) -> dict[str, Any]:
    return {
        "id": note.id,
        "at": note.at,
        "written": note.written,
        "place": note.place,
        "text": note.text,
        "criterion": None if note.criterion is None else f"{note.criterion[0]}.{note.criterion[1] + 1}",
        "inject": note.inject,
        "value": note.value,
        "kind": note.kind,
        "grade": note.grade,
        "unsure": note.unsure,
        "artefact": note.artefact,
    }


def _point(point: Point) -> dict[str, Any]:
    return {
        "id": point.id,
        **{str(field): text for field, text in point.cells.items()},
        "criteria": [f"{objective}.{number + 1}" for objective, number in point.criteria],
    }


def _lost(lost: Lost) -> dict[str, Any]:
    return {"id": lost.id, "why": lost.why, "text": lost.text, "whole": lost.whole}
