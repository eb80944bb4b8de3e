"""When a level is reached, design by design: the share of plays in which it has been, over time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from matplotlib.figure import Figure

from ovning.figures import palette
from ovning.figures.canvas import READABLE, message, paper
from ovning.units import HOUR
from ovning.words import phrase, word

_ROOM: Final = 1.25
"""So much longer than the slowest is drawn."""
_SHORTEST: Final = 2 * HOUR


@dataclass(frozen=True, slots=True)
class Curve:
    """One design."""

    title: str
    """In Swedish."""
    times: tuple[int, ...]
    """Milliseconds since STARTEX, of the plays in which it was reached."""
    plays: int


def reached(curves: Sequence[Curve], horizon: int, limit: int | None, title: str) -> Figure:
    """A curve for each design: how large a share of its plays had reached the level after so long."""
    figure, axes = paper(3.2)
    latest = max((max(curve.times) for curve in curves if curve.times), default=_SHORTEST)
    end = min(horizon, max(latest * _ROOM, _SHORTEST, (limit or 0) * _ROOM))
    for number, curve in enumerate(curves):
        colour, dashes = palette.DESIGNS[number % len(palette.DESIGNS)]
        ordered = sorted(curve.times)
        xs, ys = [0.0], [0.0]
        for count, at in enumerate(ordered, 1):
            xs += [at / HOUR, at / HOUR]
            ys += [ys[-1], 100 * count / curve.plays]
        xs.append(end / HOUR)
        ys.append(ys[-1])
        axes.plot(xs, ys, color=colour, linestyle=dashes, linewidth=1.8, label=curve.title)
    if limit is not None and limit <= end:
        axes.axvline(limit / HOUR, color=palette.TARGET, linewidth=1.4, label=phrase("figure.reached.limit"))
    axes.set_xlim(0, end / HOUR)
    axes.set_ylim(0, 102)
    axes.grid(color=palette.RULE, linewidth=0.6)
    axes.set_axisbelow(True)
    axes.tick_params(labelsize=READABLE)
    axes.set_xlabel(word("figure.reached.hours"), fontsize=READABLE)
    axes.set_ylabel(word("figure.reached.share"), fontsize=READABLE)
    figure.legend(loc="outside lower left", frameon=False, ncols=2, fontsize=READABLE)
    message(figure, title)
    return figure
