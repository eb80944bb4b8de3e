"""The drawing of who may decide what, and what the drawings of an organisation share."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from matplotlib.figure import Figure

from ovning.figures import mandates
from ovning.model.organisation import Level
from ovning.model.setup import Setup
from ovning.report.drawings import Drawing
from ovning.report.names import Names, large, short, small
from ovning.report.wording import number
from ovning.words import phrase, word
from ovning.words.common import enumerated

MANDATES: Final = "mandaten"
_NAMED: Final = 6
"""Holders of a mandate who are named one by one; if there are more, they are counted."""
_IN_WORDS: Final = 12
"""The last number that is said in a word."""


def draw_mandates(setup: Setup) -> tuple[Drawing, ...]:
    """Who may decide what."""
    rows = _mandates(setup)
    message = mandates_message(rows)
    figures = mandates.mandates(rows, message, setup.organisation.title)
    nobody = word("figure.mandates.alt_nobody")
    said = "; ".join(f"{row.title}: {', '.join((*row.line, *row.staff, *row.gathered)) or nobody}" for row in rows)
    alt = phrase("figure.mandates.alt", organisation=setup.organisation.title, message=message, rows=said)
    return sheets(MANDATES, figures, alt)


def mandates_message(rows: Sequence[mandates.Mandate]) -> str:
    """How many decisions the line can take at once, and how many nobody can, as a sentence."""
    nobody = sum(row.nobody for row in rows)
    line = sum(bool(row.line) for row in rows)
    waits = len(rows) - nobody - line
    which = ("both" if nobody else "waits") if waits else "nobody" if nobody else "at_once"
    return phrase(
        f"figure.mandates.message.{which}",
        line=large(in_words(line)),
        decisions=in_words(len(rows)),
        waits=in_words(waits),
        nobody=in_words(nobody),
    )


def _mandates(setup: Setup) -> list[mandates.Mandate]:
    organisation, names = setup.organisation, Names(setup)
    rows = []
    for level in organisation.levels:
        who = (large(decided_by(level, names)),)
        title = phrase("name.activate", level=small(level.title))
        by_body = level.decided_by in organisation.bodies
        rows.append(mandates.Mandate(title, gathered=who) if by_body else mandates.Mandate(title, who))
    for decision, known in setup.vocabulary.decisions.items():
        line = [function.title for function in organisation.functions.values() if decision in function.decides]
        line += [
            phrase("figure.mandates.budget", who=function.title, money=number(function.budget[decision]))
            for function in organisation.functions.values()
            if function.budget.get(decision) and decision not in function.decides
        ]
        if len(line) > _NAMED:
            every = str(len(organisation.functions))
            line = [phrase("figure.mandates.several", count=str(len(line)), functions=every)]
        seats = [
            names.seat(seat) + (f" ({small(short(level.title))})" if len(organisation.levels) > 1 else "")
            for level in organisation.levels
            for seat, granted in level.grants.items()
            if decision in granted
        ]
        joint = organisation.joint.get(decision)
        gathered = [
            body.title
            for key, body in organisation.bodies.items()
            if decision in body.decides and not (joint and joint.otherwise == key)
        ]
        if joint:
            both = large(enumerated([small(names.station(holder)) for holder in joint.holders]))
            gathered.append(phrase("figure.mandates.together", holders=both))
            if joint.otherwise:
                gathered.append(phrase("figure.mandates.otherwise", body=small(names.station(joint.otherwise))))
        rows.append(mandates.Mandate(large(known.title), tuple(line), tuple(seats), tuple(gathered)))
    return rows


def sheets(name: str, figures: Sequence[Figure], alt: str) -> tuple[Drawing, ...]:
    """One drawing, or several of a name when it takes more than one page."""
    if len(figures) == 1:
        return (Drawing(name, figures[0], alt),)
    return tuple(
        Drawing(f"{name}-{n}", figure, f"{alt} {phrase('figure.sheet', number=str(n), count=str(len(figures)))}")
        for n, figure in enumerate(figures, 1)
    )


def decided_by(level: Level, names: Names) -> str:
    """Who decides on a level, in words."""
    who = small(names.station(level.decided_by))
    if not level.via or level.via == level.decided_by:
        return who
    return phrase("figure.staff.decided_via", who=who, via=small(names.station(level.via)))


def in_words(number: int) -> str:
    """In words as far as twelve, for what is called ``ett`` (beslut, samtal, ställe)."""
    return word(f"number_word.{number}") if number <= _IN_WORDS else str(number)
