"""Queues over time: how much waits in each flow, one panel below the other, each with a scale of its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from ovning.figures import palette
from ovning.figures.canvas import caption, message, panels, wrapped
from ovning.figures.hours import Series, draw_series, say, shade_nights, time_axis
from ovning.measures.spans import Span
from ovning.units import Clock
from ovning.words import word

_LABEL = 24
"""Characters in a line of a name."""
_PANEL = 0.72
"""Inches: the height of a panel with the space below it."""


@dataclass(frozen=True, slots=True)
class Queue:
    """A flow's queue over time."""

    title: str
    """In Swedish."""
    one: str
    """What waits in it: ``besök``."""
    note: str
    """What it came to, in a few words."""
    waiting: Series
    """How many waited."""


def backlog(
    queues: Sequence[Queue], horizon: int, clock: Clock | None, title: str, nights: Sequence[Span] = ()
) -> Figure:
    """A panel for each flow: how many waited hour by hour."""
    figure, rows = panels(max(1, len(queues)), 1.5 + _PANEL * max(1, len(queues)))
    for axes, queue in zip(rows, queues, strict=False):
        _panel(axes, queue, horizon)
    for axes in rows:
        shade_nights(axes, nights, horizon)
        axes.tick_params(axis="x", length=0)
    if not queues:
        rows[0].set_yticks([])
    time_axis(rows[-1], 0, horizon, clock)
    rows[-1].tick_params(axis="x", length=3)
    figure.align_ylabels(rows)
    caption(figure, word("figure.backlogs.read"))
    message(figure, title)
    return figure


def _panel(axes: Axes, queue: Queue, horizon: int) -> None:
    draw_series(axes, queue.waiting, horizon, palette.QUEUE)
    axes.set_ylim(0, max(1.0, 1.05 * max(queue.waiting.high, default=1.0)))
    peak = max(queue.waiting.mean, default=0.0)
    axes.set_yticks([0, peak] if peak else [0], ["0", say(peak)] if peak else ["0"], fontsize=8)
    axes.grid(axis="y", color=palette.RULE, linewidth=0.6)
    axes.set_axisbelow(True)
    name = wrapped(queue.title, _LABEL)
    axes.set_ylabel(f"{name}\n({queue.one})", rotation=0, ha="right", va="center", fontsize=8, labelpad=8)
    axes.text(1.01, 0.5, wrapped(queue.note, 12, lines=3), transform=axes.transAxes, va="center", fontsize=8)
