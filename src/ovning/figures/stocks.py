"""Stocks over time: how full each is, one thin panel below the other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from ovning.figures import palette
from ovning.figures.canvas import caption, message, panels, wrapped
from ovning.figures.hours import Series, shade_nights, time_axis
from ovning.measures.spans import Span
from ovning.units import HOUR, Clock
from ovning.words import word

_LABEL = 24
"""Characters in a line of a name."""
_PANEL = 0.5
"""Inches: the height of a panel with the space below it."""


@dataclass(frozen=True, slots=True)
class Store:
    """A stock over time."""

    title: str
    """In Swedish."""
    holds: str
    """How much there is room for, in words: ``4 000 000 liter``."""
    note: str
    """What it came to, in a few words: ``gav 45 %``."""
    left: Series
    """What is left as a share of what there is room for, from 0 to 1: at STARTEX, and at the end of each hour."""


def stocks(
    stores: Sequence[Store], horizon: int, clock: Clock | None, title: str, nights: Sequence[Span] = ()
) -> Figure:
    """A panel for each stock, filled as far as it is full."""
    figure, rows = panels(max(1, len(stores)), 1.5 + _PANEL * max(1, len(stores)))
    for axes, store in zip(rows, stores, strict=False):
        _panel(axes, store, horizon)
    for axes in rows:
        shade_nights(axes, nights, horizon)
        # A line along the floor or the ceiling must be seen.
        axes.set_ylim(-0.06, 1.06)
        axes.set_yticks([])
        axes.tick_params(axis="x", length=0)
    rows[0].set_yticks([0, 1], [word("figure.stocks.empty"), word("figure.stocks.full")], fontsize=8)
    rows[0].tick_params(axis="y", length=2)
    time_axis(rows[-1], 0, horizon, clock)
    rows[-1].tick_params(axis="x", length=3)
    figure.align_ylabels(rows)
    caption(figure, word("figure.stocks.read"))
    message(figure, title)
    return figure


def _panel(axes: Axes, store: Store, horizon: int) -> None:
    left = store.left
    at = [min(hour, horizon / HOUR) for hour in range(len(left.mean))]
    # What is in a stock changes evenly between two hours, so slopes and not steps.
    axes.fill_between(at, 0, left.low, color=palette.SERVICE, linewidth=0, zorder=2)
    axes.fill_between(at, left.low, left.high, color=palette.SERVICE, alpha=0.35, linewidth=0, zorder=2)
    axes.plot(at, left.mean, color=palette.INK, linewidth=1.1, zorder=3)
    name = wrapped(store.title, _LABEL, lines=1 if len(store.title) <= _LABEL else 2)
    axes.set_ylabel(f"{name}\n{store.holds}", rotation=0, ha="right", va="center", fontsize=8, labelpad=8)
    axes.text(1.01, 0.5, wrapped(store.note, 14), transform=axes.transAxes, va="center", fontsize=8)
