"""What was observed against each criterion's limits; an evaluator's own word goes before, and is told as such."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal, TypeAlias

from ovning.evaluate.note import Note
from ovning.measures.objectives import grade_of
from ovning.model.exercise import Criterion
from ovning.model.held import untried
from ovning.model.scale import OwnGrade
from ovning.model.setup import Setup

Why: TypeAlias = Literal[
    "rule",
    "evaluator",
    "no_row",
    "no_begin",
    "no_value",
    "not_judged",
    "before",
    "lack",
    "jumped",
    "gathered",
    "unplayed",
    "part",
]
"""Whether the limits decided, or an evaluator did; else what is missing."""
_ORDER: Final[tuple[OwnGrade, ...]] = ("not_met", "partly", "met")


@dataclass(frozen=True, slots=True)
class Judged:
    """One criterion."""

    objective: str
    criterion: int
    """From 0."""
    grade: OwnGrade
    why: Why
    measured: float | None = None
    """Milliseconds for a time, else a share or a number; ``None`` if the notes do not say."""
    by_rule: OwnGrade | None = None
    """What the limits say, where an evaluator judged otherwise or too."""
    grounds: tuple[str, ...] = ()
    """The rows that it rests on."""
    unsure: bool = False
    """Whether any of them was said to be unsure."""
    begins: int | None = None
    """From when a time counts, milliseconds from STARTEX; ``None`` if nothing says."""
    begins_assumed: bool = False
    """Whether no row says when the inject came, so that its planned time was taken."""
    against: tuple[str, ...] = ()
    """Rows that tell of a lack in it, and that it does not rest on."""


def judge(setup: Setup, notes: Sequence[Note], planned: Mapping[str, int] | None = None) -> tuple[Judged, ...]:
    """Every criterion of the exercise, in its order. Rows that are artefacts of the exercise do not count.

    ``planned``: when injects stand in the inject list, from STARTEX, for those that no row says when they came.
    """
    used = [note for note in notes if not note.artefact]
    return tuple(
        _judged(setup, used, planned or {}, objective.id, number, criterion)
        for objective in setup.exercise.objectives
        for number, criterion in enumerate(objective.criteria)
    )


def of_objective(judged: Sequence[Judged], objective: str) -> OwnGrade:
    """The worst of its criteria that could be assessed; what could not is never folded into it."""
    grades = [one.grade for one in judged if one.objective == objective and one.grade != "not_assessable"]
    return min(grades, key=_ORDER.index) if grades else "not_assessable"


def assessed(judged: Sequence[Judged], objective: str) -> int:
    """How many of its criteria could be."""
    return sum(one.objective == objective and one.grade != "not_assessable" for one in judged)


def _judged(
    setup: Setup, notes: Sequence[Note], planned: Mapping[str, int], objective: str, number: int, criterion: Criterion
) -> Judged:
    rows = [note for note in notes if note.criterion == (objective, number)]
    own = [note for note in rows if note.grade is not None]
    begin = _begins(setup, notes, planned, criterion)
    begins, _, assumed = begin
    measured, grounds, missing = _measured(setup, rows, criterion, begin)
    by_rule: OwnGrade | None = None
    if measured is not None:
        grade = grade_of(criterion, measured, round(measured))
        by_rule = "not_assessable" if grade == "not_tested" else grade
        # What a whole scenario may come to is not shown by a part of it; what it may not come to can be.
        if _is_of_part(setup, criterion) and not (criterion.wants_less and grade == "not_met"):
            by_rule, missing = None, "part"
    unsure = any(note.unsure for note in rows)
    if own:
        # Of several evaluators the last word is that of the least favourable one who could judge.
        could = [note for note in own if note.grade != "not_assessable"] or own
        chosen = min(
            could, key=lambda note: -1 if note.grade == "not_assessable" else _ORDER.index(note.grade or "met")
        )
        ids = tuple(dict.fromkeys((*(note.id for note in own), *grounds)))
        found = Judged(objective, number, chosen.grade or "not_assessable", "evaluator", measured, by_rule, ids)
    elif by_rule is not None:
        found = Judged(objective, number, by_rule, "rule", measured, None, grounds)
    else:
        found = Judged(objective, number, "not_assessable", missing, measured, None, grounds)
    lacks = tuple(note.id for note in rows if note.kind == "lack" and note.id not in found.grounds)
    counted = criterion.is_time and found.measured is not None
    return replace(found, unsure=unsure, begins=begins, begins_assumed=counted and assumed, against=lacks)


def _is_of_part(setup: Setup, criterion: Criterion) -> bool:
    conduct = setup.exercise.conduct
    if conduct is None or criterion.is_time:
        return False
    return bool(conduct.jumps) or conduct.plays != (0, setup.scenario.horizon)


def _measured(
    setup: Setup, rows: Sequence[Note], criterion: Criterion, begin: tuple[int | None, str | None, bool]
) -> tuple[float | None, tuple[str, ...], Why]:
    """What was measured, the rows that say so, and what is missing if nothing was."""
    begins, ground, _ = begin
    if not rows:
        return None, (), untried(setup.exercise, criterion, begins) or "no_row"
    if not criterion.is_time:
        told = [note for note in rows if note.value is not None]
        if not told:
            return None, tuple(note.id for note in rows), "no_value"
        worst = (max if criterion.wants_less else min)(told, key=lambda note: note.value or 0.0)
        return worst.value, (worst.id,), "rule"
    # A row that tells of a lack, or that it was not reached, does not say that it happened then.
    timed = [
        note
        for note in rows
        if note.at is not None and note.kind != "lack" and note.grade not in ("not_met", "not_assessable")
    ]
    if not timed:
        lacks = any(note.kind == "lack" and note.at is not None for note in rows)
        return None, tuple(note.id for note in rows), "lack" if lacks else "not_judged"
    if begins is None:
        return None, tuple(note.id for note in timed), "no_begin"
    after = [note for note in timed if note.at is not None and note.at >= begins]
    if not after:
        return None, tuple(note.id for note in timed), "before"
    first = min(after, key=lambda note: note.at or 0)
    grounds = (*([ground] if ground else []), first.id)
    conduct, at = setup.exercise.conduct, first.at or 0
    since = None if conduct is None else conduct.gathered.get(criterion.level or "")
    if since is not None and at >= since:
        return None, grounds, "gathered"
    if untried(setup.exercise, criterion, begins) == "unplayed":
        return None, grounds, "unplayed"
    if conduct is not None and not conduct.is_played_through(begins, at):
        return None, grounds, "jumped"
    return at - begins, grounds, "rule"


def _begins(
    setup: Setup, notes: Sequence[Note], planned: Mapping[str, int], criterion: Criterion
) -> tuple[int | None, str | None, bool]:
    """From when it counts: when the inject was noted to come, else when the list says that it comes."""
    if criterion.inject is None:
        return 0, None, False
    sent = [
        note for note in notes if note.inject == criterion.inject and not note.names_criterion and note.at is not None
    ]
    if sent:
        first = min(sent, key=lambda note: note.at or 0)
        return first.at, first.id, False
    conduct = setup.exercise.conduct
    listed = conduct.gives.get(criterion.inject) if conduct is not None else None
    if listed is None:
        listed = _planned(setup, criterion.inject)
    if listed is None:
        listed = planned.get(criterion.inject)
    return listed, None, listed is not None


def _planned(setup: Setup, inject: str) -> int | None:
    """When the inject list says that it comes; ``None`` for what comes only when something has happened in the play."""
    known = next((one for one in setup.scenario.injects if one.id == inject), None)
    if known is None or known.at is not None:
        return known.at.middle if known is not None and known.at is not None else None
    event = next((one.at for one in setup.scenario.events if one.id == known.after), None)
    delay = known.delay.middle if known.delay is not None else 0
    return None if event is None else event.middle + delay


@dataclass(frozen=True, slots=True)
class Beside:
    """Where what was observed lies among simulated plays of the same; no part of the judgement."""

    better: int
    """Plays that came to less (of a share: more) than was observed."""
    of: int
    """Plays that put it to the test."""


def beside(criterion: Criterion, judged: Judged, plays: Sequence[float | None]) -> Beside | None:
    """``plays``: what each came to, ``None`` for a time that was not reached. ``None``: nothing to set beside."""
    if judged.measured is None or not plays:
        return None
    told = [value for value in plays if value is not None]
    better = sum(value < judged.measured if criterion.wants_less else value > judged.measured for value in told)
    return Beside(better, len(plays))
