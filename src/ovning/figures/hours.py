"""The axis of time: the clock and the time since STARTEX, the nights, and what is known hour by hour."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib.axes import Axes

from ovning.figures import palette
from ovning.measures.spans import Span
from ovning.units import HOUR, MINUTE, Clock


@dataclass(frozen=True, slots=True)
class Series:
    """A mean hour by hour from STARTEX, with its interval."""

    mean: tuple[float, ...]
    low: tuple[float, ...]
    high: tuple[float, ...]

    def edges(self, horizon: int) -> list[float]:
        """Where each hour begins and the last one ends, in hours."""
        return [min(hour, horizon / HOUR) for hour in range(len(self.mean) + 1)]


def mark_hours(axes: Axes, horizon: int, clock: Clock) -> None:
    """Clock times and time since STARTEX along the bottom."""
    axes.set_xlim(0, horizon / HOUR)
    ticks = _ticks(horizon)
    axes.set_xticks([at / HOUR for at in ticks], [f"{clock.local(at):%H:%M}\n{_offset(at)}" for at in ticks])
    axes.set_xlabel("klockslag och tid efter övningsstart")


def shade_nights(axes: Axes, nights: Sequence[Span], horizon: int) -> None:
    """Darker where it is night."""
    for begins, ends in nights:
        if begins < horizon and ends > 0:
            left, right = max(begins, 0) / HOUR, min(ends, horizon) / HOUR
            axes.axvspan(left, right, color=palette.INK, alpha=0.08, linewidth=0, zorder=2.5)


def draw_series(axes: Axes, series: Series, horizon: int, colour: str) -> None:
    """Steps hour by hour, filled to the lower end of the interval, with a lighter band up to its upper end."""
    if not series.mean:
        return
    edges = series.edges(horizon)
    axes.stairs(series.low, edges, fill=True, color=colour, linewidth=0, zorder=2)
    axes.stairs(series.high, edges, baseline=series.low, fill=True, color=colour, alpha=0.35, linewidth=0, zorder=2)
    axes.stairs(series.mean, edges, baseline=None, color=palette.INK, linewidth=1.1, zorder=3)


def say(value: float) -> str:
    """A number of things on an axis: ``0,4``, ``12``."""
    return f"{value:.0f}" if value >= 10 else f"{value:.1f}".replace(".", ",").removesuffix(",0")


def _ticks(horizon: int) -> list[int]:
    """Between five and ten marks, at whole hours where there are any."""
    for step in (15 * MINUTE, 30 * MINUTE, HOUR, 2 * HOUR, 3 * HOUR, 6 * HOUR, 12 * HOUR, 24 * HOUR):
        if horizon / step <= 9:
            return list(range(0, horizon + 1, step))
    step = -(-horizon // (9 * 24 * HOUR)) * 24 * HOUR
    return list(range(0, horizon + 1, step))


def _offset(at: int) -> str:
    hours, minutes = divmod(at // MINUTE, 60)
    return f"T+{hours}:{minutes:02}" if minutes else f"T+{hours} h"
