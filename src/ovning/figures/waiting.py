"""Who everybody was waiting for, and why: bars by station, stacked by cause."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from matplotlib.figure import Figure
from matplotlib.patches import Patch

from ovning.figures import palette
from ovning.figures.canvas import LONGEST_LABEL, message, paper
from ovning.letters import shortened
from ovning.units import MINUTE


@dataclass(frozen=True, slots=True)
class Bar:
    """Waiting for one station."""

    title: str
    """In Swedish."""
    causes: tuple[tuple[str, float], ...]
    """Mean milliseconds a play by cause."""

    @property
    def whole(self) -> float:
        """Mean milliseconds a play, all causes."""
        return sum(lasted for _, lasted in self.causes)


def waiting(bars: Sequence[Bar], causes: Mapping[str, str], title: str) -> Figure:
    """Horizontal bars, the longest at the top; ``causes`` gives the Swedish words in the order of the stack."""
    figure, axes = paper(1.7 + 0.36 * max(1, len(bars)))
    used = {cause for bar in bars for cause, lasted in bar.causes if lasted > 0}
    for row, bar in enumerate(bars):
        left = 0.0
        lasted = dict(bar.causes)
        for cause in causes:
            minutes = lasted.get(cause, 0.0) / MINUTE
            if minutes <= 0:
                continue
            colour, hatch = palette.cause(cause)
            axes.barh(row, minutes, left=left, height=0.68, color=colour, hatch=hatch, edgecolor="white", linewidth=0.6)
            left += minutes
        axes.annotate(
            f"{left:.0f}" if left >= 1 else "<1",
            (left, row),
            xytext=(4, 0),
            textcoords="offset points",
            va="center",
            fontsize=8,
        )
    axes.set_yticks(range(len(bars)), [shortened(bar.title, LONGEST_LABEL) for bar in bars])
    axes.tick_params(axis="y", length=0)
    axes.invert_yaxis()
    axes.set_xlim(0, max([bar.whole / MINUTE for bar in bars], default=1.0) * 1.1 or 1.0)
    axes.set_xlabel("väntan, minuter per spel i medeltal")
    keys = [
        Patch(facecolor=palette.cause(cause)[0], hatch=palette.cause(cause)[1], edgecolor="white", label=word)
        for cause, word in causes.items()
        if cause in used
    ]
    if keys:
        figure.legend(handles=keys, loc="outside lower left", frameon=False, ncols=min(4, len(keys)), fontsize=8)
    message(figure, title)
    return figure
