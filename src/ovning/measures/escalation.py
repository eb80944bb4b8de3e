"""The ladder: when each level and body came to what it came to, and the path that a level's activation went."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from ovning.log.records import (
    BodyConvened,
    BodyEnteredFunction,
    BodySummoned,
    Cause,
    LevelActivated,
    LevelAlerted,
    LevelDecided,
    LevelRecommended,
    LevelStoodDown,
    Record,
)
from ovning.measures.lives import Life, Lives, Stretch
from ovning.measures.paths import origin_of, whole_path_to
from ovning.model.scenario import Scenario


class LevelTimes(NamedTuple):
    """First time of each step of a level, milliseconds since STARTEX; ``None`` when not within the horizon."""

    level: str
    recommended_at: int | None = None
    decided_at: int | None = None
    alerted_at: int | None = None
    active_at: int | None = None
    stood_down_at: int | None = None
    numbers: tuple[int, ...] = ()
    """The records that say so, in the order of the log."""


class BodyTimes(NamedTuple):
    """First time of each step of a body, milliseconds since STARTEX; ``None`` when not within the horizon."""

    body: str
    summoned_at: int | None = None
    convened_at: int | None = None
    entered_function_at: int | None = None
    numbers: tuple[int, ...] = ()
    """The records that say so, in the order of the log."""


class LevelPath(NamedTuple):
    """Where the time from STARTEX to a level's activation went; the parts sum exactly to ``active_at``."""

    level: str
    active_at: int
    origin: str
    """The inject (or the kind of case) that set it going."""
    before: int
    """Milliseconds from STARTEX until that."""
    waiting: tuple[tuple[Cause, int], ...]
    """Milliseconds by cause, most first, on the path up to the gathering."""
    work: int
    """Milliseconds of work on the path up to the gathering."""
    gather: int
    """Milliseconds from the call to the staff until the stated seats were filled."""
    stretches: tuple[Stretch, ...]
    """The path itself, gathering included."""


def level_times(log: Iterable[Record], levels: Iterable[str]) -> tuple[LevelTimes, ...]:
    """Times of the named levels, in their order, and of any other that the log holds."""
    firsts: dict[str, dict[type, tuple[int, int]]] = {level: {} for level in levels}
    for number, record in enumerate(log):
        if isinstance(record, LevelRecommended | LevelDecided | LevelAlerted | LevelActivated | LevelStoodDown):
            firsts.setdefault(record.level, {}).setdefault(type(record), (record.at, number))
    return tuple(
        LevelTimes(
            level,
            recommended_at=_at(steps, LevelRecommended),
            decided_at=_at(steps, LevelDecided),
            alerted_at=_at(steps, LevelAlerted),
            active_at=_at(steps, LevelActivated),
            stood_down_at=_at(steps, LevelStoodDown),
            numbers=tuple(number for _, number in steps.values()),
        )
        for level, steps in firsts.items()
    )


def body_times(log: Iterable[Record], bodies: Iterable[str]) -> tuple[BodyTimes, ...]:
    """Times of the named bodies, in their order, and of any other that the log holds."""
    firsts: dict[str, dict[type, tuple[int, int]]] = {body: {} for body in bodies}
    for number, record in enumerate(log):
        if isinstance(record, BodySummoned | BodyConvened | BodyEnteredFunction):
            firsts.setdefault(record.body, {}).setdefault(type(record), (record.at, number))
    return tuple(
        BodyTimes(
            body,
            summoned_at=_at(steps, BodySummoned),
            convened_at=_at(steps, BodyConvened),
            entered_function_at=_at(steps, BodyEnteredFunction),
            numbers=tuple(number for _, number in steps.values()),
        )
        for body, steps in firsts.items()
    )


def level_paths(log: Iterable[Record], lives: Lives) -> tuple[LevelPath, ...]:
    """The path to the first activation of each level, in the order in which they were activated.

    Raises ``ValueError`` if a level was activated without a task of its case that finished at that moment.
    """
    found: dict[str, LevelPath] = {}
    for number, record in enumerate(log):
        if isinstance(record, LevelActivated) and record.level not in found:
            found[record.level] = _level_path(lives, record, number)
    return tuple(found.values())


def unnecessary_levels(log: Iterable[Record], scenario: Scenario, variation: str | None = None) -> tuple[str, ...]:
    """Levels that were activated although the course (or its variation) does not warrant them, by id."""
    active = {record.level for record in log if isinstance(record, LevelActivated)}
    return tuple(sorted(active - set(scenario.warranted(variation))))


def unnecessary_alerts(log: Iterable[Record], scenario: Scenario, variation: str | None = None) -> tuple[str, ...]:
    """Levels whose staff was called although the course does not warrant them, and that never became active, by id."""
    log = tuple(log)
    called = {record.level for record in log if isinstance(record, LevelAlerted)}
    active = {record.level for record in log if isinstance(record, LevelActivated)}
    return tuple(sorted(called - active - set(scenario.warranted(variation))))


def _at(steps: dict[type, tuple[int, int]], step: type) -> int | None:
    return steps[step][0] if step in steps else None


def _level_path(lives: Lives, activated: LevelActivated, number: int) -> LevelPath:
    last = _activating_task(lives, activated)
    if last is None:
        raise ValueError(f"record {number}: {activated.level} is active, but no task of {activated.case} finished then")
    path = whole_path_to(lives, last.task)
    origin = origin_of(lives, last.case)
    gathering = [stretch for stretch in path.stretches if lives.tasks[stretch.task].needs == "gather"]
    others = [stretch for stretch in path.stretches if lives.tasks[stretch.task].needs != "gather"]
    causes: dict[Cause, int] = {}
    for stretch in others:
        if stretch.cause is not None:
            causes[stretch.cause] = causes.get(stretch.cause, 0) + stretch.lasted
    return LevelPath(
        level=activated.level,
        active_at=activated.at,
        origin=origin.subject if origin.kind == "inject" else origin.kind,
        before=path.begins_at,
        waiting=tuple(sorted(causes.items(), key=lambda item: (-item[1], item[0]))),
        work=sum(stretch.lasted for stretch in others if stretch.cause is None),
        gather=sum(stretch.lasted for stretch in gathering),
        stretches=path.stretches,
    )


def _activating_task(lives: Lives, activated: LevelActivated) -> Life | None:
    tasks = [lives.tasks[task] for task in lives.cases[activated.case].tasks]
    finished = [life for life in tasks if life.ended_at == activated.at and life.outcome is not None]
    return max(finished, key=lambda life: life.needs == "gather", default=None)
