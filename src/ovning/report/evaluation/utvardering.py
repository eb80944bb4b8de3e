"""The utvärdering of a real exercise: its skeleton filled with what notes say, and gaps that say what is missing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from ovning import __version__
from ovning.evaluate.judging import Judged
from ovning.evaluate.note import Note
from ovning.model.exercise import Criterion, Exercise, Objective
from ovning.model.scale import OWN_GRADES
from ovning.report.catalogue import counted, words
from ovning.report.evaluation.actions import actions, criteria_of, followed_up, heads_of, proposals
from ovning.report.evaluation.document import evaluation_document
from ovning.report.evaluation.outcome import Evaluated
from ovning.report.evaluation.rows import say_rows
from ovning.report.names import Names, large, small
from ovning.report.numbers import NOTHING, duration, whole
from ovning.report.papers.expected import game_time
from ovning.report.papers.paper import Block, Bullets, Grid, Heading, Paper, Text, Written, with_numbers
from ovning.report.papers.scale import say_grade, scale_of
from ovning.report.papers.schedule import schedule
from ovning.report.place import Place
from ovning.report.said import Reference, Said, listed, number, said
from ovning.report.tables.objectives import limit, within
from ovning.report.timeline import say_date
from ovning.units import Clock
from ovning.words import phrase, word

_COURSE: Final = "course"
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
        *_method(setup.exercise, told),
        *_course(found, told),
        *(block for one in setup.exercise.objectives for block in _objective(found, told, one)),
        *_sides(found),
        *_exercise_itself(found),
        *actions(found),
        *proposals(found, told),
        *followed_up(found),
        *_not_understood(found),
    )
    return Paper(
        "utvardering",
        word("evaluation.title"),
        f"{setup.exercise.title} · {setup.organisation.title}",
        word("evaluation.reader"),
        with_numbers(blocks),
        wide=True,
    )


def _summary(found: Evaluated, told: Place) -> list[Block]:
    rows = tuple(
        (
            one["objective"].value,
            one["title"].value,
            say_grade(found.setup.exercise, one["grade"].value),
            _of_its(found.setup.exercise, one["criteria"]),
        )
        for one in told["objectives"]
    )
    return [
        Heading(word("evaluation.heading.summary")),
        Text(_purpose(found.setup.exercise)),
        Text(words("evaluation.assessed", assessed=whole(told["assessed"]), criteria=whole(told["of_criteria"]))),
        Grid(word("evaluation.objectives"), heads_of("objective", "title", "grade", "criteria"), rows, (1.5, 11, 4, 8)),
        *_where(found),
        *_points(found, "strengths", found.of_kind("strength"), _MOST),
        *_points(found, "lacks", found.of_kind("lack"), _MOST),
    ]


def _purpose(exercise: Exercise) -> str:
    if not exercise.purpose:
        return word("papers.missing.purpose")
    return phrase("evaluation.purpose", purpose=small(exercise.purpose))


def _where(found: Evaluated) -> list[Block]:
    """Where the reader finds more."""
    objectives = [one.id for one in found.setup.exercise.objectives]
    if not objectives:
        return []
    first, last = (Reference(criteria_of(objectives[n])) for n in (0, -1))
    tables = words("evaluation.table", table=first)
    if len(objectives) > 1:
        tables = words("evaluation.tables", first=first, last=last)
    if any(note.at is not None for note in found.notes):
        return [Text(words("evaluation.each", tables=tables, course=Reference(_COURSE)))]
    return [Text(words("evaluation.each_alone", tables=tables))]


def _of_its(exercise: Exercise, counts: Place) -> Said:
    return listed(
        counted(f"evaluation.counted.{grade}", counts[grade].value, count=whole(counts[grade]))
        if exercise.scale is None
        else words("evaluation.own_count", grade=say_grade(exercise, grade), count=whole(counts[grade]))
        for grade in OWN_GRADES
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
        *([] if setup.exercise.conduct is None else [Text(word("evaluation.held"))]),
        *schedule(setup, 2, held=True),
    ]


def _method(exercise: Exercise, told: Place) -> list[Block]:
    held = ["stretch"] if exercise.conduct else []
    keys = ("goals", "own_word", "worst", "apart", *held, "not_exercised", "quality")
    origin = words("evaluation.method.limits_own", own=whole(told["limits_own"]), all=whole(told["of_criteria"]))
    ways: list[Written] = [word(f"evaluation.method.{key}") for key in keys]
    ways += [origin] if told["limits_own"].value else []
    return [
        Heading(word("evaluation.heading.method")),
        Bullets(tuple(ways)),
        *scale_of(exercise),
    ]


def _course(found: Evaluated, told: Place) -> list[Block]:
    clock = Clock.at(found.setup.scenario.start)
    timed = sorted(
        ((note, place["at"]) for note, place in zip(found.notes, told["notes"], strict=True) if note.at is not None),
        key=lambda one: one[0].at or 0,
    )
    rows = tuple(
        (number(at, game_time(note.at, clock), "moment"), note.place, _what(note), say_rows(found, [note.id]))
        for note, at in timed
    )
    untimed = tuple((note.id, note.place, _what(note)) for note in found.notes if note.at is None)
    blocks: list[Block] = [Heading(word("evaluation.heading.course"))]
    if rows:
        heads = heads_of("when", "place", "observation", "row")
        blocks.append(Grid(word("evaluation.course"), heads, rows, (4, 4, 12, 5), label=_COURSE))
    else:
        blocks.append(Text(word("evaluation.missing.course")))
    if untimed:
        heads = heads_of("row", "place", "observation")
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
    assessed = next(one for one in told["objectives"] if one["objective"].value == objective.id)
    grade = assessed["grade"].value
    mine = [
        (one, place) for one, place in zip(found.judged, told["criteria"], strict=True) if one.objective == objective.id
    ]
    return [
        Heading(phrase("evaluation.heading.objective", objective=objective.id, title=objective.title)),
        Text(
            words(
                "evaluation.objective_grade",
                grade=say_grade(found.setup.exercise, grade),
                assessed=whole(assessed["assessed"]),
                criteria=whole(assessed["of_criteria"]),
            ),
            strong=True,
        ),
        Grid(
            phrase("evaluation.criteria_of", objective=objective.id),
            heads_of("number", "criterion", "limit", "observed", "grade", "grounds", "simulated"),
            tuple(_criterion(found, one, place) for one, place in mine),
            (1.4, 4.4, 3.6, 2.4, 3.3, 4.6, 5.4),
            label=criteria_of(objective.id),
        ),
        Text(word("evaluation.to_write.analysis")),
    ]


def _criterion(found: Evaluated, one: Judged, place: Place) -> tuple[Written, ...]:
    criterion = found.criterion(one)
    observed = NOTHING if one.measured is None else said(limit(criterion, place["measured"]))
    return (
        f"{one.objective}.{one.criterion + 1}",
        Names(found.setup).criterion(criterion),
        _limits(criterion, place, one),
        observed,
        _grade(found, one, place),
        _grounds(found, one),
        _simulated(criterion, place, held=found.setup.exercise.conduct is not None),
    )


def _limits(criterion: Criterion, place: Place, one: Judged) -> Said:
    told = within(criterion, place["met"])
    if criterion.partly is not None:
        told = words("papers.protocol.limits", met=told, partly=limit(criterion, place["partly"]))
    if not _is_short(criterion, place) or one.why in ("unplayed", "gathered"):
        return told
    key = "stretch" if place["stretch"].value < criterion.met else "stretch_partly"
    return listed([told, words(f"evaluation.{key}", time=duration(place["stretch"]))], "\n")


def _is_short(criterion: Criterion, place: Place) -> bool:
    """Whether the play stops before the limit: what has not happened then says nothing."""
    stretch = place["stretch"].value
    return criterion.is_time and stretch is not None and stretch < (criterion.partly or criterion.met)


def _grade(found: Evaluated, one: Judged, place: Place) -> str:
    exercise = found.setup.exercise
    told = [say_grade(exercise, one.grade)]
    if one.why == "evaluator":
        told.append(word("evaluation.by_evaluator"))
    if one.by_rule is not None and one.by_rule != one.grade:
        told.append(phrase("evaluation.by_rule", grade=small(say_grade(exercise, one.by_rule))))
    if one.measured is None and one.grade in ("partly", "not_met") and _is_short(found.criterion(one), place):
        told.append(word("evaluation.too_short"))
    return "\n".join(told)


def _grounds(found: Evaluated, one: Judged) -> str:
    told = [say_rows(found, one.grounds)] if one.grounds else []
    if one.why not in ("rule", "evaluator"):
        told.append(word(f"evaluation.why.{one.why}"))
    if one.begins_assumed:
        told.append(word("evaluation.begins_assumed"))
    if one.unsure:
        told.append(word("evaluation.unsure"))
    if one.against:
        told.append(phrase("evaluation.against", rows=say_rows(found, one.against)))
    return "\n".join(told)


def _simulated(criterion: Criterion, place: Place, *, held: bool) -> Said:
    """What the same took in plays, and how many of them came to less than was observed."""
    parts: list[Said] = []
    times, better = place["simulated"], place["simulated_better"]
    if times:
        median, low, high = (_reached(criterion, times[name]) for name in ("median", "p10", "p90"))
        if median and str(median) == str(low) == str(high):
            parts.append(median)
        elif median and low:
            key = "papers.expected.spread" if high else "evaluation.open"
            parts.append(words(key, median=median, low=low, **({"high": high} if high else {})))
        if held and not criterion.is_time:
            parts.append(said(word("evaluation.whole_scenario")))
        reached = times["reached"]
        if reached["hits"].value < reached["of"].value:
            parts.append(words("evaluation.seldom", plays=whole(reached["hits"]), of=whole(reached["of"])))
    in_stretch = place["simulated_in_stretch"]
    if in_stretch and in_stretch["plays"].value < in_stretch["of"].value:
        parts.append(words("evaluation.in_stretch", plays=whole(in_stretch["plays"]), of=whole(in_stretch["of"])))
    if better:
        key = "faster" if criterion.is_time else "had_less" if criterion.wants_less else "had_more"
        parts.append(words(f"evaluation.{key}", plays=whole(better["plays"]), of=whole(better["of"])))
    return (
        listed(parts, "\n") if parts else said(word("evaluation.not_in_played" if held else "evaluation.not_simulated"))
    )


def _reached(criterion: Criterion, quantile: Place) -> Said | None:
    """What so many of the plays came to; ``None`` where they did not come so far."""
    if not quantile or quantile["value"].value is None:
        return None
    return said(limit(criterion, quantile["value"]))


def _sides(found: Evaluated) -> list[Block]:
    artefacts = [note for note in found.notes if note.artefact]
    return [
        Heading(word("evaluation.heading.sides")),
        *_points(found, "strengths", found.of_kind("strength")),
        *_points(found, "lacks", found.of_kind("lack")),
        *_points(found, "artefacts", artefacts),
    ]


def _points(found: Evaluated, what: str, notes: Sequence[Note], most: int | None = None) -> list[Block]:
    heading = Heading(word(f"evaluation.heading.{what}"), 2)
    if not notes:
        return [heading, Text(word(f"evaluation.missing.{what}"))]
    points = Bullets(
        tuple(phrase("evaluation.point", text=note.text, row=say_rows(found, [note.id])) for note in notes[:most])
    )
    left = len(notes) - len(points.points)
    if not left:
        return [heading, points]
    return [heading, Text(word("evaluation.first_ones")), points, Text(phrase("evaluation.more", count=str(left)))]


def _exercise_itself(found: Evaluated) -> list[Block]:
    blocks: list[Block] = [Heading(word("evaluation.heading.exercise_itself")), Text(word("evaluation.missing.survey"))]
    artefacts = tuple(
        phrase("evaluation.point", text=note.text, row=say_rows(found, [note.id]))
        for note in found.notes
        if note.artefact
    )
    return [*blocks, Text(word("evaluation.artefacts_of")), Bullets(artefacts)] if artefacts else blocks


def _not_understood(found: Evaluated) -> list[Block]:
    heading = Heading(word("evaluation.heading.lost"))
    if not found.lost:
        return [heading, Text(word("evaluation.missing.lost"))]
    rows = tuple(
        (lost.id, lost.text, word(f"lost.{lost.why}"), word(f"evaluation.used.{'no' if lost.whole else 'partly'}"))
        for lost in found.lost
    )
    return [heading, Grid(word("evaluation.lost"), heads_of("row", "stood", "why", "used"), rows, (6, 6, 9, 4))]
