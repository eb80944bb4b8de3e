"""What of a play one design is compared with another by: little enough to be kept for every play."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, NamedTuple

from ovning.log.records import Log
from ovning.measures.consequences import service_outcomes
from ovning.measures.escalation import level_paths
from ovning.measures.lives import Stretch, read_lives
from ovning.measures.strain import rules_of, strain
from ovning.measures.summary import Course, course_of, seats_of
from ovning.measures.tally import Tally
from ovning.measures.tallying import add_course
from ovning.model.setup import Setup

BEFORE: Final = "before"
"""From STARTEX until what set the level going."""
WORK: Final = "work"
GATHER: Final = "gather"
"""From the call to the staff until the stated seats were filled."""
NOT_REACHED: Final = "not_reached"
"""The whole play, where the level was not reached in it."""


class LevelPart(NamedTuple):
    """A part of the time from STARTEX to a level; all of them sum to it, or to the horizon if it was not reached."""

    level: str
    what: str
    """A cause of waiting, or ``before``, ``work``, ``gather`` or ``not_reached``."""
    who: str
    """As in ``who_of``; empty where it was nobody's."""
    lasted: int
    """Milliseconds."""


@dataclass(frozen=True, slots=True)
class Compared:
    """One play."""

    course: Course
    without: tuple[tuple[str, int], ...]
    """For each service of the scenario: milliseconds without it for each of those affected, on average."""
    unmanned: int
    """Milliseconds for which functions that should be manned stood empty, summed over functions."""
    parts: tuple[LevelPart, ...]


def compared_of(log: Log, setup: Setup) -> Compared:
    """What one play came to. Raises ``ValueError`` if the log contradicts itself."""
    course = course_of(log, setup)
    strained = strain(log, rules_of(setup), seats_of(setup))
    return Compared(
        course,
        tuple((one.service, one.gone) for one in service_outcomes(log, setup.scenario.services)),
        sum(one.lasted for one in strained.unmanned),
        _parts(log, setup, course),
    )


def add_compared(tally: Tally, play: Compared) -> None:
    """Columns of ``add_course``, and ``("without", service)``, ``("unmanned",)`` and ``("part", level, what, who)``."""
    add_course(tally, play.course)
    for service, lasted in play.without:
        tally.put(("without", service), lasted)
    tally.put(("unmanned",), play.unmanned)
    for part in play.parts:
        tally.put(("part", part.level, part.what, part.who), part.lasted)


def who_of(setup: Setup, station: str) -> str:
    """What a station is called in every design alike: a function by its role, a seat by its level, a body by its id."""
    if "+" in station:
        return "+".join(sorted({who_of(setup, one) for one in station.split("+")}))
    function = setup.organisation.functions.get(station)
    return function.role or station if function is not None else station.partition(".")[0]


def _parts(log: Log, setup: Setup, course: Course) -> tuple[LevelPart, ...]:
    lives = read_lives(log)
    found: list[LevelPart] = []
    paths = {path.level: path for path in level_paths(log, lives)}
    for level in setup.organisation.levels:
        path = paths.get(level.id)
        if path is None:
            found.append(LevelPart(level.id, NOT_REACHED, "", course.horizon))
            continue
        lasted: dict[tuple[str, str], int] = {(BEFORE, ""): path.before}
        for stretch in path.stretches:
            gathers = lives.tasks[stretch.task].needs == "gather"
            key = (GATHER, "") if gathers else (_what(stretch), who_of(setup, stretch.station))
            lasted[key] = lasted.get(key, 0) + stretch.lasted
        found += [LevelPart(level.id, *key, time) for key, time in lasted.items()]
    return tuple(found)


def _what(stretch: Stretch) -> str:
    return WORK if stretch.cause is None else stretch.cause
