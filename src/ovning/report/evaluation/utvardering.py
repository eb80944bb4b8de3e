"""The utvärdering of a real exercise: its skeleton filled with what notes say, and gaps that say what is missing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from ovning import __version__
from ovning.evaluate.judging import Judged, beside, of_objective
from ovning.evaluate.note import Note
from ovning.measures.times import times_of
from ovning.model.exercise import Criterion, Objective
from ovning.report.evaluation.outcome import Evaluated
from ovning.report.names import Names, large
from ovning.report.papers.evaluators import GRADES
from ovning.report.papers.expected import game_time, spread
from ovning.report.papers.paper import Block, Bullets, Grid, Heading, Paper, Text
from ovning.report.place import Place
from ovning.report.tables.objectives import limit, within
from ovning.report.timeline import say_date
from ovning.units import Clock
from ovning.words import numbered, phrase, word
from ovning.words.common import enumerated

_MOST: Final = 3
"""Strengths and lacks in the summary."""


def utvardering(found: Evaluated) -> Paper:
    """The whole document, as far as notes can fill it."""
    setup = found.setup
    blocks: tuple[Block, ...] = (
        *_summary(found),
        *_introduction(found),
        *_exercise(found),
        *_method(found),
        *_course(found),
        *(block for one in setup.exercise.objectives for block in _objective(found, one)),
        *_sides(found),
        *_exercise_itself(),
        *_actions(found),
        *_not_understood(found),
    )
    return Paper(
        "utvardering",
        word("evaluation.title"),
        f"{setup.exercise.title} · {setup.organisation.title}",
        word("evaluation.reader"),
        blocks,
        wide=True,
    )


def _summary(found: Evaluated) -> list[Block]:
    setup, judged = found.setup, found.judged
    assessed = sum(one.grade != "not_assessable" for one in judged)
    rows = tuple(
        (
            objective.id,
            objective.title,
            word(f"papers.grade.{of_objective(judged, objective.id)}"),
            _of_its(judged, objective),
        )
        for objective in setup.exercise.objectives
    )
    return [
        Heading(word("evaluation.heading.summary")),
        Text(setup.exercise.purpose or word("papers.missing.purpose")),
        Text(phrase("evaluation.assessed", assessed=str(assessed), criteria=str(len(judged)))),
        Grid(word("evaluation.objectives"), _heads("objective", "title", "grade", "criteria"), rows, (1.5, 11, 4, 8)),
        *_points("strengths", [note for note in found.notes if note.kind == "strength"], _MOST),
        *_points("lacks", [note for note in found.notes if note.kind == "lack"], _MOST),
    ]


def _of_its(judged: Sequence[Judged], objective: Objective) -> str:
    mine = [one.grade for one in judged if one.objective == objective.id]
    return enumerated(
        [
            phrase("evaluation.counted", count=str(mine.count(grade)), grade=word(f"papers.grade.{grade}").lower())
            for grade in GRADES
            if grade in mine
        ]
    )


def _introduction(found: Evaluated) -> list[Block]:
    read = [phrase("evaluation.file", name=name, rows=str(rows)) for name, rows in found.files]
    return [
        Heading(word("evaluation.heading.introduction")),
        Text(word("evaluation.to_write.assignment")),
        Text(word("evaluation.sources")),
        Bullets(tuple(read)),
    ]


def _exercise(found: Evaluated) -> list[Block]:
    setup = found.setup
    clock = Clock.at(setup.scenario.start)
    begins = phrase("papers.players.begins", day=large(say_date(clock)), clock=f"{clock.local(0):%H:%M}")
    return [
        Heading(word("evaluation.heading.exercise")),
        Text(word("evaluation.to_write.participants")),
        Text(begins),
        Text(setup.scenario.situation or word("papers.missing.situation")),
        Text(
            phrase(
                "evaluation.simulator",
                version=__version__,
                plays=str(found.forecast.plays),
                seed=str(found.seed),
                organisation=setup.organisation.title,
            )
        ),
    ]


def _method(found: Evaluated) -> list[Block]:
    grades = tuple((word(f"papers.grade.{grade}"), word(f"papers.grade.{grade}_means")) for grade in GRADES)
    return [
        Heading(word("evaluation.heading.method")),
        Bullets(
            tuple(
                word(f"evaluation.method.{key}") for key in ("goals", "own_word", "apart", "not_exercised", "quality")
            )
        ),
        Text(word("papers.plan.own_scale")),
        Grid(word("papers.plan.scale"), (word("papers.plan.grade"), word("papers.plan.means")), grades, (4, 13)),
    ]


def _course(found: Evaluated) -> list[Block]:
    clock = Clock.at(found.setup.scenario.start)
    timed = sorted((note for note in found.notes if note.at is not None), key=lambda note: note.at or 0)
    rows = tuple((game_time(note.at, clock), note.place, _what(note), note.id) for note in timed)
    untimed = [note for note in found.notes if note.at is None]
    blocks: list[Block] = [Heading(word("evaluation.heading.course"))]
    if rows:
        heads = _heads("when", "place", "observation", "row")
        blocks.append(Grid(word("evaluation.course"), heads, rows, (4, 4, 12, 5)))
    else:
        blocks.append(Text(word("evaluation.missing.course")))
    if untimed:
        blocks.append(Text(numbered("evaluation.untimed", len(untimed), rows="; ".join(note.id for note in untimed))))
    return blocks


def _what(note: Note) -> str:
    parts = [note.text]
    if note.inject:
        parts.append(phrase("evaluation.about_inject", inject=note.inject))
    if note.artefact:
        parts.append(word("evaluation.is_artefact"))
    return " ".join(filter(None, parts))


def _objective(found: Evaluated, objective: Objective) -> list[Block]:
    mine = [one for one in found.judged if one.objective == objective.id]
    grade = word(f"papers.grade.{of_objective(found.judged, objective.id)}")
    return [
        Heading(phrase("evaluation.heading.objective", objective=objective.id, title=objective.title)),
        Text(phrase("evaluation.objective_grade", grade=grade), strong=True),
        Grid(
            phrase("evaluation.criteria_of", objective=objective.id),
            _heads("number", "criterion", "limit", "observed", "grade", "grounds", "simulated"),
            tuple(_criterion(found, one) for one in mine),
            (1.3, 4.6, 3, 2.8, 3, 5.2, 5.2),
        ),
        Text(word("evaluation.to_write.analysis")),
    ]


def _criterion(found: Evaluated, one: Judged) -> tuple[str, ...]:
    criterion = found.criterion(one)
    return (
        f"{one.objective}.{one.criterion + 1}",
        Names(found.setup).criterion(criterion),
        _limits(criterion),
        "–" if one.measured is None else str(limit(criterion, Place(one.measured))),
        _grade(one),
        _grounds(one),
        _simulated(found, one, criterion),
    )


def _limits(criterion: Criterion) -> str:
    met = str(within(criterion, Place(criterion.met)))
    if criterion.partly is None:
        return met
    return phrase("papers.protocol.limits", met=met, partly=str(limit(criterion, Place(criterion.partly))))


def _grade(one: Judged) -> str:
    said = [word(f"papers.grade.{one.grade}")]
    if one.why == "evaluator":
        said.append(word("evaluation.by_evaluator"))
    if one.by_rule is not None and one.by_rule != one.grade:
        said.append(phrase("evaluation.by_rule", grade=word(f"papers.grade.{one.by_rule}").lower()))
    return "\n".join(said)


def _grounds(one: Judged) -> str:
    said = ["; ".join(one.grounds)] if one.grounds else []
    if one.why not in ("rule", "evaluator"):
        said.append(word(f"evaluation.why.{one.why}"))
    if one.begins_assumed:
        said.append(word("evaluation.begins_assumed"))
    if one.unsure:
        said.append(word("evaluation.unsure"))
    return "\n".join(said)


def _simulated(found: Evaluated, one: Judged, criterion: Criterion) -> str:
    plays = found.forecast.measured.get((one.objective, one.criterion), ())
    if not plays:
        return word("evaluation.not_simulated")
    said = []
    if criterion.unit == "duration":
        said.append(phrase("evaluation.spread", times=spread(times_of(plays))))
    among = beside(criterion, one, plays)
    if among is not None:
        key = "faster" if criterion.is_time else "better"
        said.append(phrase(f"evaluation.{key}", plays=str(among.better), of=str(among.of)))
    return "\n".join(said) or word("evaluation.not_simulated")


def _sides(found: Evaluated) -> list[Block]:
    artefacts = [note for note in found.notes if note.artefact]
    return [
        Heading(word("evaluation.heading.sides")),
        *_points("strengths", [note for note in found.notes if note.kind == "strength" and not note.artefact]),
        *_points("lacks", [note for note in found.notes if note.kind == "lack" and not note.artefact]),
        *_points("artefacts", artefacts),
    ]


def _points(what: str, notes: Sequence[Note], most: int | None = None) -> list[Block]:
    heading = Heading(word(f"evaluation.heading.{what}"), 2)
    if not notes:
        return [heading, Text(word(f"evaluation.missing.{what}"))]
    return [heading, Bullets(tuple(phrase("evaluation.point", text=note.text, row=note.id) for note in notes[:most]))]


def _exercise_itself() -> list[Block]:
    return [Heading(word("evaluation.heading.exercise_itself")), Text(word("evaluation.missing.survey"))]


def _actions(found: Evaluated) -> list[Block]:
    """A row for each lack that was noted and each criterion that was not reached; what to do is people's to write."""
    names = Names(found.setup)
    lacks = [(note.text, note.id) for note in found.notes if note.kind == "lack" and not note.artefact]
    lacks += [
        (
            phrase(
                "evaluation.lack",
                criterion=f"{one.objective}.{one.criterion + 1} {names.criterion(found.criterion(one))}",
                grade=word(f"papers.grade.{one.grade}").lower(),
            ),
            "; ".join(one.grounds),
        )
        for one in found.judged
        if one.grade in ("not_met", "partly")
    ]
    heads = _heads("action_number", "lack", "cause", "action", "kind", "responsible", "done", "priority", "follow_up")
    rows = tuple((str(n), f"{text}\n{ground}", "", "", "", "", "", "", "") for n, (text, ground) in enumerate(lacks, 1))
    blocks: list[Block] = [Heading(word("evaluation.heading.actions"))]
    if not rows:
        return [*blocks, Text(word("evaluation.missing.actions"))]
    return [
        *blocks,
        Text(word("evaluation.to_write.actions")),
        Grid(word("evaluation.actions"), heads, rows, (1, 6.5, 3, 4, 2.4, 2.6, 1.8, 1.8, 2.4)),
    ]


def _not_understood(found: Evaluated) -> list[Block]:
    heading = Heading(word("evaluation.heading.lost"))
    if not found.lost:
        return [heading, Text(word("evaluation.missing.lost"))]
    rows = tuple(
        (lost.id, lost.text, word(f"lost.{lost.why}"), word(f"evaluation.used.{'no' if lost.whole else 'partly'}"))
        for lost in found.lost
    )
    return [heading, Grid(word("evaluation.lost"), _heads("row", "stood", "why", "used"), rows, (6, 6, 9, 4))]


def _heads(*keys: str) -> tuple[str, ...]:
    return tuple(word(f"evaluation.head.{key}") for key in keys)
