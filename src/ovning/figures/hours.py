"""The axis of time: the clock and the time since STARTEX, midnights and nights, and what is known hour by hour."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final

from matplotlib.axes import Axes

from ovning.figures import palette
from ovning.figures.canvas import READABLE
from ovning.figures.palette import FAINT, INK
from ovning.measures.spans import Span
from ovning.units import DAY, HOUR, MINUTE, Clock
from ovning.words import phrase, word
from ovning.words.common import weekday_short

LONG: Final = 5 * DAY
"""What is longer has days on its axis, and not hours."""
_STEPS: Final = (15 * MINUTE, 30 * MINUTE, *(hours * HOUR for hours in (1, 2, 3, 6, 12, 24)))


@dataclass(frozen=True, slots=True)
class Series:
    """A mean hour by hour from STARTEX, with its interval."""

    mean: tuple[float, ...]
    low: tuple[float, ...]
    high: tuple[float, ...]

    def edges(self, horizon: int) -> list[float]:
        """Where each hour begins and the last one ends, in hours."""
        return [min(hour, horizon / HOUR) for hour in range(len(self.mean) + 1)]


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


def marks(begins: int, ends: int, most: int = 9) -> list[int]:
    """Where the axis is marked, milliseconds since STARTEX: at whole hours where there are any."""
    for step in _STEPS:
        if (ends - begins) / step <= most:
            break
    else:
        step = -(-(ends - begins) // (most * DAY)) * DAY
    return list(range(-(-begins // step) * step, ends + 1, step))


def offset(at: int) -> str:
    """``T+2 h``, ``T+0:30``."""
    hours, minutes = divmod(at // MINUTE, 60)
    return f"T+{hours}:{minutes:02}" if minutes else f"T+{hours} h"


def midnights(begins: int, ends: int, clock: Clock) -> list[tuple[int, str]]:
    """Midnights between two moments, each with the day that begins: ``fre 23/1``."""
    found = []
    day = clock.local(begins).replace(hour=0, minute=0, second=0, microsecond=0, tzinfo=None)
    while (at := clock.since(day)) < ends:
        if at > begins:
            name = phrase("time.day_short", weekday=weekday_short(day), day=str(day.day), month=str(day.month))
            found.append((at, name))
        day += timedelta(days=1)
    return found


def densest_day(moments: Sequence[int], horizon: int, clock: Clock) -> tuple[int, int]:
    """The day, from midnight to midnight within the play, in which most of these moments lie; the first of several."""
    counted: dict[date, int] = {}
    for at in sorted(moments):
        day = clock.local(at).date()
        counted[day] = counted.get(day, 0) + 1
    day = max(counted, key=lambda day: counted[day], default=clock.local(0).date())
    begins, ends = (clock.since(datetime.combine(day + timedelta(days=n), time())) for n in (0, 1))
    return max(begins, 0), min(ends, horizon)


def time_axis(axes: Axes, begins: int, ends: int, clock: Clock | None, *, days: bool = False) -> None:
    """Mark the axis of a figure whose unit is the hour since STARTEX; ``days``: with a line at every midnight.

    What is longer than some days is marked with dates, and its lines stand where weeks begin.

    Without a clock, as where plays start at different hours, the axis tells the time since STARTEX alone.
    """
    axes.set_xlim(begins / HOUR, ends / HOUR)
    ticks = marks(begins, ends)
    axes.tick_params(axis="x", labelsize=READABLE)
    if ends - begins > LONG:
        axes.set_xticks([at / HOUR for at in ticks], [_day_mark(at, clock) for at in ticks])
        axes.set_xlabel(word("figure.axis.date_and_offset" if clock else "figure.axis.offset"), fontsize=READABLE)
        for at, _ in midnights(begins, ends, clock) if days and clock else []:
            if clock is not None and clock.local(at).weekday() == 0:
                axes.axvline(at / HOUR, color=FAINT, linewidth=0.8, linestyle=(0, (4, 3)), zorder=4)
        return
    late = clock is not None and begins > LONG  # so many hours since STARTEX tell nobody anything
    labels = [f"{clock.local(at):%H:%M}" if clock and late else _mark(at, clock) for at in ticks]
    axes.set_xticks([at / HOUR for at in ticks], labels)
    axes.set_xlabel(word("figure.axis.clock_and_offset" if clock else "figure.axis.offset"), fontsize=READABLE)
    found = midnights(begins, ends, clock) if days and clock else []
    nth = -(-len(found) // 8) or 1
    for number, (at, day) in enumerate(found):
        axes.axvline(at / HOUR, color=FAINT, linewidth=0.8, linestyle=(0, (4, 3)), zorder=4)
        if number % nth == 0:
            axes.annotate(
                f"{day} ",
                (at / HOUR, 1),
                xycoords=("data", "axes fraction"),
                xytext=(2, 2),
                textcoords="offset points",
                ha="left",
                va="bottom",
                fontsize=READABLE,
                color=INK,
                annotation_clip=False,
            )


def _day_mark(at: int, clock: Clock | None) -> str:
    since = f"T+{at // DAY} d"
    if clock is None:
        return since
    local = clock.local(at)
    return f"{local.day}/{local.month}\n{since}"


def _mark(at: int, clock: Clock | None) -> str:
    return f"{clock.local(at):%H:%M}\n{offset(at)}" if clock else offset(at)
