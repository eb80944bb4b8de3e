"""Who everybody was waiting for, and why: bars by station, stacked by cause."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from matplotlib.figure import Figure

from ovning.figures.bars import Bar, legend, stack
from ovning.figures.canvas import message, paper, wrapped
from ovning.units import MINUTE
from ovning.words import word

__all__ = ["Bar", "waiting"]

_LABEL = 30
"""Characters in a line of a name."""


def waiting(bars: Sequence[Bar], causes: Mapping[str, str], title: str) -> Figure:
    """Horizontal bars, the longest at the top; ``causes`` gives the Swedish words in the order of the stack."""
    figure, axes = paper(1.7 + 0.36 * max(1, len(bars)))
    for row, bar in enumerate(bars):
        length = stack(axes, row, bar, causes)
        axes.annotate(
            f"{length:.0f}" if length >= 1 else "<1",
            (length, row),
            xytext=(4, 0),
            textcoords="offset points",
            va="center",
            fontsize=8,
        )
    axes.set_yticks(range(len(bars)), [wrapped(bar.title, _LABEL) for bar in bars])
    axes.tick_params(axis="y", length=0)
    axes.invert_yaxis()
    axes.set_xlim(0, max([bar.whole / MINUTE for bar in bars], default=1.0) * 1.1 or 1.0)
    axes.set_xlabel(word("figure.waiting.minutes"))
    legend(figure, bars, causes)
    message(figure, title)
    return figure
