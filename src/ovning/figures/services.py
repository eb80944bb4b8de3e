"""Services over time: how many of those affected have each, one thin panel below the other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from ovning.figures import palette
from ovning.figures.canvas import caption, message, panels, wrapped
from ovning.figures.hours import Series, draw_series, shade_nights, time_axis
from ovning.measures.spans import Span
from ovning.units import Clock
from ovning.words import word

_LABEL = 24
"""Characters in a line of a name."""
_PANEL = 0.42
"""Inches: the height of a panel with the space below it."""


@dataclass(frozen=True, slots=True)
class Supply:
    """A service over time."""

    title: str
    """In Swedish."""
    affected: str
    """How many it concerns, in words: ``420 personer``."""
    note: str
    """What it came to, in a few words: ``39 h utan``."""
    level: Series
    """The share of those affected who had it, from 0 to 1."""


def services(
    supplies: Sequence[Supply], horizon: int, clock: Clock | None, title: str, nights: Sequence[Span] = ()
) -> Figure:
    """A panel for each service, filled as far as the service reaches: what is empty is what was lacking."""
    figure, rows = panels(max(1, len(supplies)), 1.5 + _PANEL * max(1, len(supplies)))
    for axes, supply in zip(rows, supplies, strict=False):
        _panel(axes, supply, horizon)
    for axes in rows:
        shade_nights(axes, nights, horizon)
        axes.set_ylim(0, 1)
        axes.set_yticks([])
        axes.tick_params(axis="x", length=0)
    rows[0].set_yticks([0, 1], [word("figure.services.nobody"), word("figure.services.everybody")], fontsize=8)
    rows[0].tick_params(axis="y", length=2)
    time_axis(rows[-1], 0, horizon, clock)
    rows[-1].tick_params(axis="x", length=3)
    figure.align_ylabels(rows)
    caption(figure, word("figure.services.read"))
    message(figure, title)
    return figure


def _panel(axes: Axes, supply: Supply, horizon: int) -> None:
    draw_series(axes, supply.level, horizon, palette.SERVICE)
    name = wrapped(supply.title, _LABEL, lines=1 if len(supply.title) <= _LABEL else 2)
    axes.set_ylabel(f"{name}\n{supply.affected}", rotation=0, ha="right", va="center", fontsize=8, labelpad=8)
    axes.text(1.01, 0.5, wrapped(supply.note, 14), transform=axes.transAxes, va="center", fontsize=8)
