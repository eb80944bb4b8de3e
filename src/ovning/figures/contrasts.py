"""Differences between two designs, each beside the smallest difference that matters: which way, and how sure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from ovning.figures import palette
from ovning.figures.canvas import READABLE, beside, message, name_rows, paper, wrapped
from ovning.words import phrase, word

Verdict = Literal["better", "worse", "equivalent", "undecided", "not_tested"]
_LABEL: Final = 46
_AXIS: Final = 56
_ENDS: Final = 6.0
"""So many times what matters there is room for to each side."""
_FILLS: Final[dict[str, Literal["full", "left", "none"]]] = {
    "better": "full",
    "worse": "full",
    "equivalent": "none",
    "undecided": "left",
}


@dataclass(frozen=True, slots=True)
class Row:
    """A measure, in multiples of what matters; more than 0 is to the design's advantage."""

    title: str
    """In Swedish."""
    mean: float
    low: float
    high: float
    verdict: Verdict


def contrasts(rows: Sequence[Row], design: str, title: str) -> Figure:
    """A row for each measure: a dot and its interval, right of the band where the design is better."""
    figure, axes = paper(1.75 + 0.31 * max(2, len(rows)))
    axes.axvspan(-1, 1, color="#EEEEEE", zorder=0)
    axes.axvline(0, color=palette.FAINT, linewidth=0.8, zorder=1)
    for at, row in enumerate(rows):
        _draw(axes, row, at)
    name_rows(axes, [wrapped(row.title, _LABEL) for row in rows])
    axes.set_xlim(-_ENDS, _ENDS)
    axes.set_xticks([-5, -3, -1, 0, 1, 3, 5])
    axes.set_xlabel(wrapped(phrase("figure.contrasts.axis", design=design), _AXIS), fontsize=READABLE)
    _key(figure, {row.verdict for row in rows})
    message(figure, title)
    return figure


def _draw(axes: Axes, row: Row, at: int) -> None:
    low, high = max(row.low, -_ENDS), min(row.high, _ENDS)
    axes.plot([low, high], [at, at], color=palette.INK, linewidth=1.6, zorder=2, clip_on=False)
    for end, beyond, marker in ((-_ENDS, row.low < -_ENDS, "<"), (_ENDS, row.high > _ENDS, ">")):
        if beyond:
            axes.plot(end, at, marker=marker, markersize=5, color=palette.INK, clip_on=False, zorder=3)
    if abs(row.mean) <= _ENDS:
        axes.plot(row.mean, at, zorder=4, clip_on=False, **_marker(row.verdict))
    beside(axes, at, word(f"difference.{row.verdict}"))


def _marker(verdict: str) -> dict[str, Any]:
    return {
        "marker": "s" if verdict == "worse" else "o",
        "linestyle": "none",
        "markersize": 7,
        "color": palette.INK,
        "fillstyle": _FILLS.get(verdict, "none"),
        "markerfacecoloralt": "white",
        "markerfacecolor": "white" if verdict == "equivalent" else palette.INK,
        "markeredgewidth": 1.4,
    }


def _key(figure: Figure, used: set[Verdict]) -> None:
    keys: list[Any] = [
        Line2D([], [], label=word(f"difference.{verdict}"), **_marker(verdict)) for verdict in _FILLS if verdict in used
    ]
    keys.append(Line2D([], [], color=palette.INK, linewidth=1.6, label=word("figure.contrasts.interval")))
    keys.append(Patch(facecolor="#EEEEEE", label=word("figure.contrasts.band")))
    figure.legend(handles=keys, loc="outside lower left", frameon=False, ncols=3, fontsize=READABLE)
