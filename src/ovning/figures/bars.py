"""Bars of time, stacked by cause: the same colours and hatches everywhere, and one legend."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Patch

from ovning.figures import palette
from ovning.units import MINUTE

_THICK: Final = 0.68
_LEGEND_CHARACTERS: Final = 94
"""So many have room in a line of the legend."""


@dataclass(frozen=True, slots=True)
class Bar:
    """Time by cause."""

    title: str
    """In Swedish."""
    causes: tuple[tuple[str, float], ...]
    """Mean milliseconds a play by cause (or another part that the palette knows)."""

    @property
    def whole(self) -> float:
        """Mean milliseconds a play, all causes."""
        return sum(lasted for _, lasted in self.causes)


def stack(axes: Axes, row: float, bar: Bar, order: Iterable[str], unit: int = MINUTE) -> float:
    """Draw a bar, its causes in this order, and return its length in the unit."""
    left = 0.0
    lasted = dict(bar.causes)
    for cause in order:
        length = lasted.get(cause, 0.0) / unit
        if length <= 0:
            continue
        fill, hatch, edge = palette.part(cause)
        axes.barh(row, length, left=left, height=_THICK, color=fill, hatch=hatch, edgecolor=edge, linewidth=0.6)
        left += length
    return left


def legend(
    figure: Figure, bars: Iterable[Bar], words: Mapping[str, str], *, least: float = 0.0, others: Iterable[Artist] = ()
) -> None:
    """What the colours mean, of the causes that somewhere last longer than ``least``, in the order of the words.

    ``others``: what else is drawn, with labels.
    """
    used = {cause for bar in bars for cause, lasted in bar.causes if lasted > least}
    keys: list[Artist] = []
    for cause, word in words.items():
        if cause in used:
            fill, hatch, edge = palette.part(cause)
            keys.append(Patch(facecolor=fill, hatch=hatch, edgecolor=edge, linewidth=0.6, label=word))
    keys += others
    if keys:
        longest = max(len(str(key.get_label())) for key in keys) + 6
        columns = max(1, min(4, len(keys), _LEGEND_CHARACTERS // longest))
        figure.legend(handles=keys, loc="outside lower left", frameon=False, ncols=columns, fontsize=8)
