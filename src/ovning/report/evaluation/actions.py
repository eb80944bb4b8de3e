"""What is to come of an evaluation: lacks to see to, what the model has tried, what became of the plan before."""

from __future__ import annotations

from collections.abc import Set

from ovning.evaluate.plan import FIELDS
from ovning.report.catalogue import words
from ovning.report.differences import say_difference
from ovning.report.evaluation.outcome import Evaluated
from ovning.report.evaluation.rows import say_rows
from ovning.report.names import Names, small
from ovning.report.numbers import whole
from ovning.report.papers.paper import Block, Grid, Heading, Text
from ovning.report.papers.scale import say_grade
from ovning.report.place import Place
from ovning.report.said import Reference, Said, listed, said
from ovning.words import phrase, word


def actions(found: Evaluated) -> list[Block]:
    """A row for each lack that was noted and each criterion that was not reached; what to do is people's to write."""
    names = Names(found.setup)
    named: dict[str, list[str]] = {}
    for note in found.all_of_kind("lack"):
        if note.criterion is not None:
            named.setdefault(note.id, []).append(f"{note.criterion[0]}.{note.criterion[1] + 1}")
    lacks: list[tuple[Said, str]] = [
        (said(" ".join((*named.get(note.id, ()), note.text))), say_rows(found, [note.id]))
        for note in found.of_kind("lack")
    ]
    told = {note.criterion for note in found.all_of_kind("lack")}
    lacks += [
        (
            words(
                "evaluation.lack",
                criterion=f"{one.objective}.{one.criterion + 1} {names.criterion(found.criterion(one))}",
                grade=small(say_grade(found.setup.exercise, one.grade)),
                table=Reference(criteria_of(one.objective)),
            ),
            say_rows(found, one.grounds),
        )
        for one in found.judged
        if one.grade in ("not_met", "partly") and (one.objective, one.criterion) not in told
    ]
    heads = heads_of("action_number", "lack", "cause", "action", "kind", "responsible", "done", "priority", "follow_up")
    rows = tuple(
        (str(n), said(text, "\n", ground), "", "", "", "", "", "", "") for n, (text, ground) in enumerate(lacks, 1)
    )
    blocks: list[Block] = [Heading(word("evaluation.heading.actions"))]
    if not rows:
        return [*blocks, Text(word("evaluation.missing.actions"))]
    return [
        *blocks,
        Text(word("evaluation.to_write.actions")),
        Grid(word("evaluation.actions"), heads, rows, (1, 5.6, 2.8, 3.8, 2, 2.9, 1.9, 2.3, 2.9)),
    ]


def proposals(found: Evaluated, told: Place) -> list[Block]:
    """What the model can try, tried: on the level that the course warrants, and on what was not reached."""
    heading = Heading(word("evaluation.heading.proposals"))
    if not found.proposals:
        return [heading, Text(word("evaluation.missing.proposals"))]
    lacking = {(one.objective, one.criterion) for one in found.judged if one.grade in ("not_met", "partly")}
    rows = tuple((one["remedy"].value, _effects(found, one, lacking)) for one in told["proposals"])
    return [
        heading,
        Text(words("evaluation.proposals_note", plays=whole(told["plays"]))),
        *([] if found.setup.exercise.conduct is None else [Text(word("evaluation.proposals_held"))]),
        Grid(word("evaluation.proposals"), heads_of("remedy", "brought"), rows, (8, 17)),
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


def followed_up(found: Evaluated) -> list[Block]:
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
                f"{objective}.{number + 1}: {say_grade(found.setup.exercise, grades[objective, number])}"
                for objective, number in point.criteria
            ),
            "",
        )
        for point in found.plan
    )
    heads = heads_of("plan_number", "lack", "action", "responsible", "done", "plan_status", "now", "followed_up")
    return [heading, Grid(word("evaluation.plan"), heads, rows, (1.2, 5, 5, 3, 2.2, 2.8, 3, 4))]


def criteria_of(objective: str) -> str:
    """The label of the table with an objective's criteria."""
    return f"criteria/{objective}"


def heads_of(*keys: str) -> tuple[str, ...]:
    """The heads of a table's columns."""
    return tuple(word(f"evaluation.head.{key}") for key in keys)
