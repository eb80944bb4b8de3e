"""The utvärdering of a real exercise: its skeleton filled with what notes say, and gaps that say what is missing."""

from __future__ import annotations

from collections.abc import Sequence, Set
from typing import Final

from ovning import __version__
from ovning.evaluate.judging import Judged
from ovning.evaluate.note import Kind, Note
from ovning.evaluate.plan import FIELDS
from ovning.model.exercise import Criterion, Objective
from ovning.report.catalogue import counted, words
from ovning.report.differences import say_difference
from ovning.report.evaluation.document import evaluation_document
from ovning.report.evaluation.outcome import Evaluated
from ovning.report.names import Names, large, small
from ovning.report.numbers import NOTHING, duration, whole
from ovning.report.papers.evaluators import GRADES
from ovning.report.papers.expected import game_time
from ovning.report.papers.paper import Block, Bullets, Grid, Heading, Paper, Text, Written
from ovning.report.place import Place
from ovning.report.said import Said, listed, number, said
from ovning.report.tables.objectives import limit, within
from ovning.report.timeline import say_date
from ovning.units import Clock
from ovning.words import phrase, word

_MOST: Final = 3
"""Strengths and lacks in the summary."""


def utvardering(found: Evaluated) -> Paper:
    """The whole document, as far as notes can fill it; its numbers are those of ``evaluation.json``."""
    setup = found.setup
    told = Place(evaluation_document(found))
    blocks: tuple[Block, ...] = (
        *_summary(found, told),
        *_introduction(told),
        *_exercise(found, told),
        *_method(),
        *_course(found, told),
        *(block for one in setup.exercise.objectives for block in _objective(found, told, one)),
        *_sides(found),
        *_exercise_itself(),
        *_actions(found),
        *_proposals(found, told),
        *_followed_up(found),
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


def _summary(found: Evaluated, told: Place) -> list[Block]:
    rows = tuple(
        (
            one["objective"].value,
            one["title"].value,
            word(f"papers.grade.{one['grade'].value}"),
            _of_its(one["criteria"]),
        )
        for one in told["objectives"]
    )
    return [
        Heading(word("evaluation.heading.summary")),
        Text(found.setup.exercise.purpose or word("papers.missing.purpose")),
        Text(words("evaluation.assessed", assessed=whole(told["assessed"]), criteria=whole(told["of_criteria"]))),
        Grid(word("evaluation.objectives"), _heads("objective", "title", "grade", "criteria"), rows, (1.5, 11, 4, 8)),
        *_points("strengths", _of_kind(found, "strength"), _MOST),
        *_points("lacks", _of_kind(found, "lack"), _MOST),
    ]


def _of_its(counts: Place) -> Said:
    return listed(
        counted(f"evaluation.counted.{grade}", counts[grade].value, count=whole(counts[grade]))
        for grade in GRADES
        if grade in counts.value
    )


def _introduction(told: Place) -> list[Block]:
    read = tuple(words("evaluation.file", name=one["name"].value, rows=whole(one["rows"])) for one in told["files"])
    return [
        Heading(word("evaluation.heading.introduction")),
        Text(word("evaluation.to_write.assignment")),
        Text(word("evaluation.sources")),
        Bullets(read),
    ]


def _exercise(found: Evaluated, told: Place) -> list[Block]:
    setup = found.setup
    clock = Clock.at(setup.scenario.start)
    begins = phrase("papers.players.begins", day=large(say_date(clock)), clock=f"{clock.local(0):%H:%M}")
    return [
        Heading(word("evaluation.heading.exercise")),
        Text(word("evaluation.to_write.participants")),
        Text(begins),
        Text(setup.scenario.situation or word("papers.missing.situation")),
        Text(
            words(
                "evaluation.simulator",
                version=__version__,
                plays=whole(told["plays"]),
                seed=number(told["seed"], str(found.seed), "whole"),
                organisation=setup.organisation.title,
            )
        ),
    ]


def _method() -> list[Block]:
    grades = tuple((word(f"papers.grade.{grade}"), word(f"papers.grade.{grade}_means")) for grade in GRADES)
    ways = tuple(word(f"evaluation.method.{key}") for key in ("goals", "own_word", "apart", "not_exercised", "quality"))
    return [
        Heading(word("evaluation.heading.method")),
        Bullets(ways),
        Text(word("papers.plan.own_scale")),
        Grid(word("papers.plan.scale"), (word("papers.plan.grade"), word("papers.plan.means")), grades, (4, 13)),
    ]


def _course(found: Evaluated, told: Place) -> list[Block]:
    clock = Clock.at(found.setup.scenario.start)
    timed = sorted(
        ((note, place["at"]) for note, place in zip(found.notes, told["notes"], strict=True) if note.at is not None),
        key=lambda one: one[0].at or 0,
    )
    rows = tuple(
        (number(at, game_time(note.at, clock), "moment"), note.place, _what(note), note.id) for note, at in timed
    )
    untimed = tuple((note.id, note.place, _what(note)) for note in found.notes if note.at is None)
    blocks: list[Block] = [Heading(word("evaluation.heading.course"))]
    if rows:
        heads = _heads("when", "place", "observation", "row")
        blocks.append(Grid(word("evaluation.course"), heads, rows, (4, 4, 12, 5)))
    else:
        blocks.append(Text(word("evaluation.missing.course")))
    if untimed:
        heads = _heads("row", "place", "observation")
        blocks.append(Grid(word("evaluation.untimed"), heads, untimed, (6, 4, 15)))
    return blocks


def _what(note: Note) -> str:
    parts = [note.text]
    if note.inject:
        parts.append(phrase("evaluation.about_inject", inject=note.inject))
    if note.artefact:
        parts.append(word("evaluation.is_artefact"))
    return " ".join(filter(None, parts))


def _objective(found: Evaluated, told: Place, objective: Objective) -> list[Block]:
    grade = next(one["grade"].value for one in told["objectives"] if one["objective"].value == objective.id)
    mine = [
        (one, place) for one, place in zip(found.judged, told["criteria"], strict=True) if one.objective == objective.id
    ]
    return [
        Heading(phrase("evaluation.heading.objective", objective=objective.id, title=objective.title)),
        Text(phrase("evaluation.objective_grade", grade=word(f"papers.grade.{grade}")), strong=True),
        Grid(
            phrase("evaluation.criteria_of", objective=objective.id),
            _heads("number", "criterion", "limit", "observed", "grade", "grounds", "simulated"),
            tuple(_criterion(found, one, place) for one, place in mine),
            (1.3, 4.6, 3, 2.8, 3, 5.2, 5.2),
        ),
        Text(word("evaluation.to_write.analysis")),
    ]


def _criterion(found: Evaluated, one: Judged, place: Place) -> tuple[Written, ...]:
    criterion = found.criterion(one)
    observed = NOTHING if one.measured is None else said(limit(criterion, place["measured"]))
    return (
        f"{one.objective}.{one.criterion + 1}",
        Names(found.setup).criterion(criterion),
        _limits(criterion, place),
        observed,
        _grade(one),
        _grounds(one),
        _simulated(criterion, place),
    )


def _limits(criterion: Criterion, place: Place) -> Said:
    met = within(criterion, place["met"])
    if criterion.partly is None:
        return met
    return words("papers.protocol.limits", met=met, partly=limit(criterion, place["partly"]))


def _grade(one: Judged) -> str:
    told = [word(f"papers.grade.{one.grade}")]
    if one.why == "evaluator":
        told.append(word("evaluation.by_evaluator"))
    if one.by_rule is not None and one.by_rule != one.grade:
        told.append(phrase("evaluation.by_rule", grade=word(f"papers.grade.{one.by_rule}").lower()))
    return "\n".join(told)


def _grounds(one: Judged) -> str:
    told = ["; ".join(one.grounds)] if one.grounds else []
    if one.why not in ("rule", "evaluator"):
        told.append(word(f"evaluation.why.{one.why}"))
    if one.begins_assumed:
        told.append(word("evaluation.begins_assumed"))
    if one.unsure:
        told.append(word("evaluation.unsure"))
    return "\n".join(told)


def _simulated(criterion: Criterion, place: Place) -> Said:
    """What the same took in plays, and how many of them came to less than was observed."""
    parts: list[Said] = []
    times, better = place["simulated"], place["simulated_better"]
    if times and criterion.unit == "duration":
        median, low, high = (_reached(times[name]) for name in ("median", "p10", "p90"))
        spread = words("papers.expected.spread", median=median, low=low, high=high)
        parts.append(words("evaluation.spread", times=spread))
    if better:
        key = "faster" if criterion.is_time else "better"
        parts.append(words(f"evaluation.{key}", plays=whole(better["plays"]), of=whole(better["of"])))
    return listed(parts, "\n") if parts else said(word("evaluation.not_simulated"))


def _reached(quantile: Place) -> Said:
    if not quantile or quantile["value"].value is None:
        return said(word("papers.expected.not_reached"))
    return duration(quantile["value"])


def _sides(found: Evaluated) -> list[Block]:
    artefacts = [note for note in found.notes if note.artefact]
    return [
        Heading(word("evaluation.heading.sides")),
        *_points("strengths", _of_kind(found, "strength")),
        *_points("lacks", _of_kind(found, "lack")),
        *_points("artefacts", artefacts),
    ]


def _of_kind(found: Evaluated, kind: Kind) -> list[Note]:
    """Those that say something of the organisation; a row that names several criteria once."""
    return list({note.id: note for note in _all_of_kind(found, kind)}.values())


def _all_of_kind(found: Evaluated, kind: Kind) -> list[Note]:
    return [note for note in found.notes if note.kind == kind and not note.artefact]


def _points(what: str, notes: Sequence[Note], most: int | None = None) -> list[Block]:
    heading = Heading(word(f"evaluation.heading.{what}"), 2)
    if not notes:
        return [heading, Text(word(f"evaluation.missing.{what}"))]
    points = Bullets(tuple(phrase("evaluation.point", text=note.text, row=note.id) for note in notes[:most]))
    left = len(notes) - len(points.points)
    return [heading, points, *([Text(phrase("evaluation.more", count=str(left)))] if left else [])]


def _exercise_itself() -> list[Block]:
    return [Heading(word("evaluation.heading.exercise_itself")), Text(word("evaluation.missing.survey"))]


def _actions(found: Evaluated) -> list[Block]:
    """A row for each lack that was noted and each criterion that was not reached; what to do is people's to write."""
    names = Names(found.setup)
    lacks = [(note.text, note.id) for note in _of_kind(found, "lack")]
    told = {note.criterion for note in _all_of_kind(found, "lack")}
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
        if one.grade in ("not_met", "partly") and (one.objective, one.criterion) not in told
    ]
    heads = _heads("action_number", "lack", "cause", "action", "kind", "responsible", "done", "priority", "follow_up")
    rows = tuple((str(n), f"{text}\n{ground}", "", "", "", "", "", "", "") for n, (text, ground) in enumerate(lacks, 1))
    blocks: list[Block] = [Heading(word("evaluation.heading.actions"))]
    if not rows:
        return [*blocks, Text(word("evaluation.missing.actions"))]
    return [
        *blocks,
        Text(word("evaluation.to_write.actions")),
        Grid(word("evaluation.actions"), heads, rows, (1, 5.6, 2.8, 3.8, 2, 2.9, 1.9, 2.3, 2.9)),
    ]


def _proposals(found: Evaluated, told: Place) -> list[Block]:
    """What the model can try, tried: on the level that the course warrants, and on what was not reached."""
    heading = Heading(word("evaluation.heading.proposals"))
    if not found.proposals:
        return [heading, Text(word("evaluation.missing.proposals"))]
    lacking = {(one.objective, one.criterion) for one in found.judged if one.grade in ("not_met", "partly")}
    rows = tuple((one["remedy"].value, _effects(found, one, lacking)) for one in told["proposals"])
    return [
        heading,
        Text(words("evaluation.proposals_note", plays=whole(told["plays"]))),
        Grid(word("evaluation.proposals"), _heads("remedy", "brought"), rows, (8, 17)),
    ]


def _effects(found: Evaluated, gain: Place, lacking: Set[tuple[str, int]]) -> Said:
    if gain["why_not"]:
        return words("evaluation.not_tried", why=gain["why_not"].value)
    names = Names(found.setup)
    objectives = {one.id: one for one in found.setup.exercise.objectives}
    lines: list[Said] = []
    for effect in gain["effects"]:
        on, of, number_of = effect["on"].value, effect["of"].value, effect["criterion"].value
        if on == "level_time":
            what = phrase("evaluation.time_to", level=small(names.level(of)))
        elif on in ("criterion_time", "criterion_value") and (of, number_of) in lacking:
            what = f"{of}.{number_of + 1} {names.criterion(objectives[of].criteria[number_of])}"
        else:
            continue
        difference = say_difference(effect, on, effect["unit"].value)
        if effect["verdict"].value == "undecided":
            difference = words("evaluation.no_sure_difference", difference=difference)
        lines.append(said(what, ": ", difference))
    return listed(lines, "\n") if lines else said(word("evaluation.nothing_brought"))


def _followed_up(found: Evaluated) -> list[Block]:
    """Each point of the plan before, with what this exercise says of the criteria that it names."""
    heading = Heading(word("evaluation.heading.plan"))
    if found.plan is None:
        return [heading, Text(word("evaluation.missing.plan"))]
    if not found.plan:
        return [heading, Text(word("evaluation.missing.points"))]
    grades = {(one.objective, one.criterion): one.grade for one in found.judged}
    rows = tuple(
        (
            *(point.cells.get(field, "") for field in FIELDS),
            "\n".join(
                f"{objective}.{number + 1}: {word(f'papers.grade.{grades[objective, number]}')}"
                for objective, number in point.criteria
            ),
            "",
        )
        for point in found.plan
    )
    heads = _heads("plan_number", "lack", "action", "responsible", "done", "plan_status", "now", "followed_up")
    return [heading, Grid(word("evaluation.plan"), heads, rows, (1.2, 5, 5, 3, 2.2, 2.8, 3, 4))]


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
