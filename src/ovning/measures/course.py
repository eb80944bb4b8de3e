"""The course of one play: who worked when and on what, what was decided, and when each level was on its way and active.

A staff's seats are one here, under the id of their level.
"""

from __future__ import annotations

from typing import NamedTuple

from ovning.log.records import (
    CaseClosed,
    CaseOpened,
    DecisionMade,
    LevelActivated,
    LevelAlerted,
    LevelDecided,
    LevelRecommended,
    LevelStoodDown,
    Log,
    PlayEnded,
    TaskRequested,
    Worked,
)
from ovning.measures.spans import Span, union

_OF_THE_CASE = frozenset({"inject", "level", "stand_down", "afterwards"})
"""Cases that come of what happens, and not of standing work."""


class WorkOf(NamedTuple):
    """When a function, a body or a staff worked, milliseconds since STARTEX; stretches in order without overlaps."""

    station: str
    on_cases: tuple[Span, ...]
    """On injects and levels: their tasks, and passing them on."""
    standing: tuple[Span, ...]
    """On everything else: flows, reports, meetings, changes of shifts."""
    tasks: int
    """How many tasks of injects and levels it worked on."""
    of_levels: int
    """How many of them raised or ended a level."""

    @property
    def first_at(self) -> int:
        """When it first worked."""
        return min(spans[0][0] for spans in (self.on_cases, self.standing) if spans)


class Decision(NamedTuple):
    """Somebody with the mandate decided."""

    at: int
    decision: str
    stations: tuple[str, ...]
    """Who, as in ``WorkOf``; several when the decision is held jointly."""
    number: int
    """The record that says so."""


class Spell(NamedTuple):
    """A level from the first word of it until it ended."""

    level: str
    since: int
    """When it was recommended, or what came first."""
    active_at: int | None
    """``None``: it never became active."""
    until: int
    """When it stood down, or the horizon."""
    stood_down: bool


def work_of(log: Log, levels: frozenset[str]) -> tuple[WorkOf, ...]:
    """Everybody who worked, in the order in which they first did. Raises ``ValueError`` for a log that is cut."""
    horizon(log)
    kinds: dict[str, str] = {}
    cases: dict[str, str] = {}
    spans: dict[str, tuple[list[Span], list[Span]]] = {}
    tasks: dict[str, set[str]] = {}
    for record in log:
        match record:
            case CaseOpened():
                kinds[record.case] = record.kind
            case TaskRequested():
                cases[record.task] = record.case
            case Worked() if record.at > record.since:
                station = whole_of(record.station, levels)
                of_case = kinds.get(cases.get(record.task, "")) in _OF_THE_CASE and record.activity != "meeting"
                spans.setdefault(station, ([], []))[0 if of_case else 1].append((record.since, record.at))
                if of_case:
                    tasks.setdefault(station, set()).add(record.task)
            case _:
                pass
    found = [
        WorkOf(
            station,
            union(on_cases),
            union(standing),
            len(tasks.get(station, ())),
            sum(kinds[cases[task]] in ("level", "stand_down") for task in tasks.get(station, ())),
        )
        for station, (on_cases, standing) in spans.items()
    ]
    return tuple(sorted(found, key=lambda work: (work.first_at, work.station)))


def decisions(log: Log, levels: frozenset[str]) -> tuple[Decision, ...]:
    """Every decision, in order."""
    return tuple(
        Decision(
            record.at,
            record.decision,
            tuple(dict.fromkeys(whole_of(part, levels) for part in record.station.split("+"))),
            number,
        )
        for number, record in enumerate(log)
        if isinstance(record, DecisionMade)
    )


def spells(log: Log) -> tuple[Spell, ...]:
    """Every level from the first word of it until it ended, in order. Raises ``ValueError`` for a log that is cut."""
    ends = horizon(log)
    since: dict[str, int] = {}
    active: dict[str, int] = {}
    cases: dict[str, str] = {}
    found = []
    for record in log:
        match record:
            case CaseOpened(kind="level"):
                cases[record.case] = record.subject
            case CaseClosed() if record.case in cases and record.outcome != "done":  # dropped before it was active
                level = cases[record.case]
                if level in since and level not in active:
                    found.append(Spell(level, since.pop(level), None, record.at, True))
            case LevelRecommended() | LevelDecided() | LevelAlerted():
                since.setdefault(record.level, record.at)
            case LevelActivated():
                since.setdefault(record.level, record.at)
                active.setdefault(record.level, record.at)
            case LevelStoodDown() if record.level in since:
                begun = since.pop(record.level)
                found.append(Spell(record.level, begun, active.pop(record.level, None), record.at, True))
            case _:
                pass
    found += [Spell(level, begun, active.get(level), ends, False) for level, begun in since.items()]
    return tuple(sorted(found, key=lambda spell: (spell.since, spell.level)))


def whole_of(station: str, levels: frozenset[str]) -> str:
    """The level of a staff seat; any other station as it is."""
    level, dot, _ = station.partition(".")
    return level if dot and level in levels else station


def horizon(log: Log) -> int:
    """When the play ended. Raises ``ValueError`` for a log that is cut."""
    if not isinstance(log[-1], PlayEnded):
        raise ValueError("the log does not end with PlayEnded")
    return log[-1].at
