"""The evaluators' papers: how the exercise is to be evaluated, and a form for each objective to write in."""

from __future__ import annotations

from typing import Final

from ovning.model.exercise import Criterion, Objective
from ovning.model.scale import OWN_GRADES
from ovning.report.injects import say_recipient
from ovning.report.names import Names, small
from ovning.report.papers.expected import Expectations, game_time
from ovning.report.papers.paper import Block, Bullets, Grid, Heading, Paper, Text
from ovning.report.papers.scale import say_grade, scale_of
from ovning.report.papers.schedule import schedule
from ovning.report.place import Place
from ovning.report.tables.objectives import limit, within
from ovning.units import Clock
from ovning.words import phrase, word

_FORM: Final = ("time", "place", "observation", "criterion", "inject", "kind", "assessment", "certainty")
_SHEET: Final = ("date", *_FORM[:5], "value", *_FORM[5:], "artefact", "observer")
_SHEET_WIDTHS: Final = (1.8, 1.6, 2.6, 8, 2, 1.6, 1.6, 2.4, 2.8, 2, 2, 2.4)
_WIDTHS: Final = (1.6, 2.6, 8, 2, 1.6, 2.4, 2.8, 2)
_LINES: Final = 14
"""On paper; in the workbook there is more room."""
_ROWS: Final = 200
_PLAN: Final = ("observe", "listen", "collect", "hot_wash", "survey", "separate", "artefact", "functions")
_STEPS: Final = ("before", "during", "hot_wash", "collect", "draft", "remiss", "seminar", "actions")
_HOT_WASH: Final = ("what", "well", "less_well", "plan", "artificial")
_SURVEY: Final = (
    *("aim", "role", "objectives", "scenario", "pace", "who_decides", "who_replaces", "plan", "lesson", "action"),
)


def evaluation_plan(expected: Expectations, under: str) -> Paper:
    """How one finds out whether the objectives are reached."""
    setup, names = expected.setup, Names(expected.setup)
    criteria = tuple(
        (
            f"{objective.id}.{number}",
            "\n".join(filter(None, (names.criterion(criterion), expected.trial(criterion)))),
            str(within(criterion, Place(criterion.met))),
            "–" if criterion.partly is None else str(limit(criterion, Place(criterion.partly))),
            criterion.source or criterion.assumption or "–",
            "",
        )
        for objective in setup.exercise.objectives
        for number, criterion in enumerate(objective.criteria, 1)
    )
    met, partly = (small(say_grade(setup.exercise, grade)) for grade in (OWN_GRADES[0], OWN_GRADES[1]))
    number_of, criterion_of, origin, observer = (
        word(f"papers.plan.head.{key}") for key in ("number", "criterion", "origin", "observer")
    )
    heads = (number_of, criterion_of, met, partly, origin, observer)
    steps = tuple((word(f"papers.plan.step.{step}"), "", "") for step in _STEPS)
    return Paper(
        "utvarderingsplan",
        word("papers.plan.title"),
        under,
        word("papers.reader.evaluators"),
        (
            Heading(word("papers.plan.aim")),
            Text(setup.exercise.purpose or word("papers.missing.purpose")),
            Heading(word("papers.plan.questions")),
            Bullets(
                tuple(
                    phrase("papers.plan.question", objective=one.id, title=one.title)
                    for one in setup.exercise.objectives
                )
            ),
            Heading(word("papers.plan.criteria")),
            Text(word("papers.plan.limits")),
            Grid(word("papers.plan.criteria"), heads, criteria, (1.4, 6, 2.6, 2.2, 8, 3.5)),
            Heading(word("papers.plan.scale")),
            *scale_of(setup.exercise),
            Heading(word("papers.plan.how")),
            Bullets(tuple(word(f"papers.plan.way.{way}") for way in _PLAN)),
            Heading(word("papers.plan.steps")),
            Grid(
                word("papers.plan.steps_of"),
                tuple(word(f"papers.plan.step_head.{key}") for key in ("what", "who", "when")),
                steps,
                (9, 4, 4),
            ),
            Heading(word("papers.plan.hot_wash")),
            Bullets(tuple(word(f"papers.hot_wash.{question}") for question in _HOT_WASH)),
            Heading(word("papers.plan.survey")),
            Text(word("papers.plan.survey_how")),
            Bullets(tuple(word(f"papers.survey.{question}") for question in _SURVEY)),
        ),
        wide=True,
    )


def protocols(expected: Expectations, under: str) -> tuple[Paper, ...]:
    """A form for each objective; the first holds the workbook of them all."""
    every = [_protocol(expected, objective, under) for objective in expected.setup.exercise.objectives]
    return tuple(every)


def protocol_sheets(expected: Expectations) -> tuple[Grid, ...]:
    """The same forms as sheets to fill in: one for observations, and the criteria to choose from."""
    names = Names(expected.setup)
    criteria = [
        (f"{objective.id}.{number}", objective, criterion)
        for objective in expected.setup.exercise.objectives
        for number, criterion in enumerate(objective.criteria, 1)
    ]
    kinds = tuple(word(f"papers.protocol.kind.{kind}") for kind in ("strength", "lack", "neutral"))
    form = Grid(
        word("papers.protocol.form"),
        tuple(word(f"papers.protocol.head.{column}") for column in _SHEET),
        (("",) * len(_SHEET),) * _ROWS,
        _SHEET_WIDTHS,
        (
            (_SHEET.index("criterion"), tuple(number for number, _, _ in criteria)),
            (_SHEET.index("kind"), kinds),
            (_SHEET.index("assessment"), tuple(say_grade(expected.setup.exercise, grade) for grade in OWN_GRADES)),
            (_SHEET.index("certainty"), tuple(word(f"papers.protocol.certainty.{how}") for how in ("sure", "unsure"))),
            (_SHEET.index("artefact"), (word("value.yes"),)),
        ),
    )
    known = Grid(
        word("papers.protocol.criteria"),
        tuple(
            word(f"papers.protocol.criterion_head.{key}")
            for key in ("number", "criterion", "limit", "begins", "objective")
        ),
        tuple(
            (
                number,
                names.criterion(criterion),
                _limits(criterion),
                _where(expected, criterion)[0],
                f"{objective.id} {objective.title}",
            )
            for number, objective, criterion in criteria
        ),
        (1.5, 7, 5, 6, 9),
    )
    return form, known


def _protocol(expected: Expectations, objective: Objective, under: str) -> Paper:
    names = Names(expected.setup)
    criteria = tuple(
        (f"{objective.id}.{number}", names.criterion(one), _limits(one), *_where(expected, one))
        for number, one in enumerate(objective.criteria, 1)
    )
    head_of = [word(f"papers.protocol.who.{key}") for key in ("evaluator", "place", "from", "to")]
    blocks: tuple[Block, ...] = (
        Grid(word("papers.protocol.filled_in_by"), tuple(head_of), (("",) * len(head_of),), (5, 5, 3, 3)),
        Heading(f"{objective.id} {objective.title}"),
        Grid(
            word("papers.protocol.criteria"),
            tuple(
                word(f"papers.protocol.criterion_head.{key}")
                for key in ("number", "criterion", "limit", "begins", "where")
            ),
            criteria,
            (1.4, 6.5, 5, 5, 5),
        ),
        *schedule(expected.setup),
        Heading(word("papers.protocol.form")),
        Text(word(f"papers.protocol.{_how(expected)}")),
        Grid(
            word("papers.protocol.to_fill_in"),
            tuple(word(f"papers.protocol.head.{column}") for column in _FORM),
            (("",) * len(_FORM),) * _LINES,
            _WIDTHS,
        ),
        Heading(word("papers.protocol.afterwards")),
        Bullets(tuple(word(f"papers.protocol.question.{key}") for key in ("surprised", "missed", "artefact"))),
    )
    title = phrase("papers.protocol.title", objective=objective.id)
    return Paper(
        f"observationsprotokoll-{objective.id}", title, under, word("papers.reader.evaluators"), blocks, wide=True
    )


def _how(expected: Expectations) -> str:
    """Where it is said when the play begins on the day, everybody writes by their own clock."""
    conduct = expected.setup.exercise.conduct
    return "how" if conduct is None or conduct.begins is None else "how_wall"


def _limits(criterion: Criterion) -> str:
    met = str(within(criterion, Place(criterion.met)))
    if criterion.partly is None:
        return met
    return phrase("papers.protocol.limits", met=met, partly=str(limit(criterion, Place(criterion.partly))))


def _where(expected: Expectations, criterion: Criterion) -> tuple[str, str]:
    """From when it counts, and where one sees it."""
    setup, names = expected.setup, Names(expected.setup)
    inject = next((one for one in setup.scenario.injects if one.id == criterion.inject), None)
    trial = expected.trial(criterion)
    if inject is None:
        whole = "whole" if setup.exercise.conduct is None else "whole_scenario"
        begins = word(f"papers.protocol.{'from_start' if criterion.is_time else whole}")
        return "\n".join(filter(None, (begins, trial))), ""
    at = game_time(expected.comes_at(inject.id), Clock.at(setup.scenario.start))
    begins = phrase("papers.protocol.from_inject", inject=f"{inject.id} {small(inject.title)}", at=at)
    return "\n".join(filter(None, (begins, trial))), say_recipient(inject.to, setup, names)
