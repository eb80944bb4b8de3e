"""The figures of a comparison, each with its message and its words for those who cannot see it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from ovning.figures.contrasts import Row, contrasts
from ovning.figures.reached import Curve, reached
from ovning.figures.shift import Piece, shift
from ovning.report.catalogue import word, words
from ovning.report.comparison.found import Found
from ovning.report.comparison.sentences import message
from ovning.report.drawings import Drawing
from ovning.report.names import small
from ovning.report.place import Place
from ovning.report.sweep.drawings import draw_tornado

_MOST: Final = 10
"""Parts of a difference that are drawn each by itself."""


def draw_all(found: Found) -> tuple[Drawing, ...]:
    """Of each design beside the baseline its differences and where they lie; and all designs' times to each level."""
    drawn = [_reached(found, number) for number in range(len(found.document["levels"]))]
    for duel in range(len(found.labels) - 1):
        drawn.append(_contrasts(found, duel))
        drawn += [_shift(found, number, duel) for number, level in enumerate(found.document["levels"])
                  if any(one["difference"].value for one in level["contrasts"][duel]["parts"])]  # fmt: skip
    if found.compared.moved is not None:
        drawn.append(draw_tornado(found.compared.moved))
    return tuple(drawn)


def contrasts_name(duel: int) -> str:
    """What the figure of differences is called."""
    return f"skillnader-{duel + 1}"


def shift_name(level: int, duel: int) -> str:
    """What the figure of where the difference in time to a level lies is called."""
    return f"var-{level + 1}-{duel + 1}"


def reached_name(level: int) -> str:
    """What the figure of the times to a level is called."""
    return f"nas-{level + 1}"


def _contrasts(found: Found, duel: int) -> Drawing:
    rows = [_row(one, duel) for one in found.headlines if _tells(one, duel)]
    title = str(message(found, duel))
    alt = str(words("figure.contrasts.alt", message=title, rows=_listed(rows)))
    return Drawing(contrasts_name(duel), contrasts(rows, found.label(duel + 1), title), alt)


def _tells(measure: Place, duel: int) -> bool:
    """Whether anything differed in any play."""
    return bool(measure["contrasts"][duel]["differing"].value)


def _row(measure: Place, duel: int) -> Row:
    contrast, smallest = measure["contrasts"][duel], measure["smallest"].value
    sign = -1 if measure["wanted"].value == "less" else 1
    mean, *ends = (
        0.0 if contrast[name].value is None else sign * contrast[name].value / smallest
        for name in ("mean", "low", "high")
    )
    return Row(measure["short_title"].value, mean, min(ends), max(ends), contrast["verdict"].value)


def _listed(rows: Sequence[Row]) -> str:
    return "; ".join(f"{row.title}: {word(f'difference.{row.verdict}')}" for row in rows)


def _shift(found: Found, number: int, duel: int) -> Drawing:
    level = found.document["levels"][number]
    contrast = level["contrasts"][duel]
    told = [one for one in contrast["parts"] if one["difference"].value]
    pieces = [Piece(one["title"].value, one["what"].value, one["difference"].value) for one in told[:_MOST]]
    if rest := told[_MOST:]:
        others = str(words("versus.parts.others", count=str(len(rest))))
        pieces.append(Piece(others, "work", sum(one["difference"].value for one in rest)))
    title = str(words("figure.shift.message", what=pieces[0].title))
    alt = str(words("figure.shift.alt", message=title, level=small(level["title"].value)))
    return Drawing(shift_name(number, duel), shift(pieces, found.label(duel + 1), title), alt)


def _reached(found: Found, number: int) -> Drawing:
    level = found.document["levels"][number]
    name = level["level"].value
    curves = [
        Curve(label, tuple(at for at in tally.points("level", name, "active") if at is not None), tally.plays)
        for label, tally in zip(found.labels, found.comparison.tallies, strict=True)
    ]
    limit = next(
        (
            int(criterion.met)
            for objective in found.setup.exercise.objectives
            for criterion in objective.criteria
            if criterion.measure == "time_to_level" and criterion.level == name
        ),
        None,
    )
    title = str(words("figure.reached.message", level=level["title"].value))
    alt = str(words("figure.reached.alt", level=small(level["title"].value), designs=", ".join(found.labels)))
    return Drawing(reached_name(number), reached(curves, found.setup.scenario.horizon, limit, title), alt)
