"""What designs and measures are called in a comparison."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from ovning.experiment.compare import Contender
from ovning.experiment.effects import Watched
from ovning.measures.compared import BEFORE, GATHER, NOT_REACHED, WORK
from ovning.model.setup import Setup
from ovning.report.catalogue import words
from ovning.report.names import Names, large, short, small
from ovning.words import phrase, word


def labels_of(contenders: Sequence[Contender]) -> tuple[str, ...]:
    """Each design's name in tables: its title without brackets, with what tells it from others of that title."""
    titles = [short(one.setup.organisation.title) for one in contenders]
    several = Counter(titles)
    found: list[str] = []
    changed = 0
    for contender, title in zip(contenders, titles, strict=True):
        if several[title] == 1 or "[" not in contender.name:
            found.append(title)
            continue
        changed += 1
        number = sum("[" in one.name for one in contenders)
        found.append(
            phrase("versus.changed", title=title)
            if number == 1
            else phrase("versus.changed_number", title=title, number=str(changed))
        )
    return tuple(found)


def measure_title(setup: Setup, watched: Watched) -> str:
    """What is compared."""
    names = Names(setup)
    match watched.kind:
        case "level_time":
            return str(words("versus.measure.level_time", level=small(level_title(setup, watched.of))))
        case "criteria_met":
            objective = next(one for one in setup.exercise.objectives if one.id == watched.of)
            return str(words("versus.measure.criteria_met", objective=objective.id, title=objective.title))
        case "without":
            return str(words("versus.measure.without", service=small(names.service(watched.of))))
        case "unmanned" | "unnecessary" | "unnecessary_alert":
            return word(f"versus.measure.{watched.kind}")
        case _:
            objective = next(one for one in setup.exercise.objectives if one.id == watched.of)
            return f"{objective.id} {names.criterion(objective.criteria[watched.criterion or 0])}"


def short_title(setup: Setup, watched: Watched) -> str:
    """The same where there is little room."""
    if watched.kind == "criteria_met":
        return str(words("versus.measure.criteria_met_short", objective=watched.of))
    return measure_title(setup, watched)


def level_title(setup: Setup, level: str) -> str:
    """A level by the vocabulary's word, which designs share."""
    known = setup.vocabulary.levels.get(level)
    return known.title if known else level


def part_title(setups: Sequence[Setup], what: str, who: str) -> str:
    """A part of the time to a level: what was waited for or done, and by whom."""
    if what in (BEFORE, GATHER, NOT_REACHED):
        return word(f"versus.part.{what}")
    named = large(who_title(setups, who))
    if what == WORK:
        return phrase("versus.part.work", who=named)
    return phrase("versus.part.waiting", cause=Names(setups[0]).cause(what), who=named)


def who_title(setups: Sequence[Setup], who: str) -> str:
    """Whoever it was, by the role that designs share; see ``measures.compared.who_of``."""
    if not who:
        return word("name.nobody_able")
    if "+" in who:
        return " + ".join(who_title(setups, one) for one in who.split("+"))
    for setup in setups:
        if who in setup.vocabulary.roles:
            return short(setup.vocabulary.roles[who].title)
        if who in setup.organisation.bodies:
            return setup.organisation.bodies[who].title
        if any(level.id == who for level in setup.organisation.levels):
            return word("name.staff")
    return Names(setups[0]).station(who)
