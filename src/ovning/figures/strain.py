"""Strain: how busy each function was, hour by hour, and whose daily rest was broken.

What a function is asked for and what its people may rest are two things: the same people fill several functions and
the seats of a staff. So they stand in two panels and not in one row.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from matplotlib.axes import Axes
from matplotlib.cm import ScalarMappable
from matplotlib.collections import PolyCollection
from matplotlib.colors import BoundaryNorm, ListedColormap
from matplotlib.figure import Figure

from ovning.figures import palette
from ovning.figures.canvas import HEADING, READABLE, message, papers, wrapped
from ovning.figures.hours import LONG, time_axis
from ovning.measures.intervals import Mean
from ovning.units import HOUR, Clock
from ovning.words import numbered, phrase, word

BOUNDS: Final = (0, 5, 20, 40, 60, 80, 100)
"""Per cent: where one shade ends and the next begins."""
MOST_ROWS: Final = 20
MOST_GROUPS: Final = 6

_LABEL: Final = 29
_MOST_CELLS: Final = 168


@dataclass(frozen=True, slots=True)
class Row:
    """A function or a seat."""

    title: str
    """In Swedish."""
    by_hour: tuple[float, ...]
    """The share of their time, 0 to 1, that its people were busy in each hour since STARTEX."""


@dataclass(frozen=True, slots=True)
class Rest:
    """A group of people and its rest."""

    title: str
    """In Swedish."""
    people: float
    """How many of them worked, mean."""
    deviations: Mean
    """From the daily rest, a play, all together."""


def strain(rows: Sequence[Row], rests: Sequence[Rest], horizon: int, clock: Clock | None, title: str) -> Figure:
    """A heat map of the first rows (the rest in a note), above the groups whose daily rest was broken most."""
    shown = rows[:MOST_ROWS]
    broken = [rest for rest in rests if rest.deviations.mean > 0]
    high, low = 0.236 * max(3, len(shown)), 0.254 * max(2, min(len(broken), MOST_GROUPS))
    figure, (map_, below) = papers(high + low + 2.4, (high, low))
    _map(map_, shown, rows[MOST_ROWS:], horizon, clock)
    scale = ScalarMappable(BoundaryNorm(BOUNDS, len(palette.STEPS)), ListedColormap(palette.STEPS))
    bar = figure.colorbar(scale, ax=map_, spacing="uniform", fraction=0.03, pad=0.02, aspect=30, ticks=BOUNDS)
    bar.ax.tick_params(labelsize=READABLE, length=0)
    bar.set_label(word("figure.strain.scale"), fontsize=READABLE)
    _rests(below, broken)
    message(figure, title)
    return figure


def step(share: float) -> int:
    """Which shade a share has."""
    return max(number for number, bound in enumerate(BOUNDS[:-1]) if 100 * share >= bound or number == 0)


def _map(axes: Axes, rows: Sequence[Row], others: Sequence[Row], horizon: int, clock: Clock | None) -> None:
    cells: dict[int, list[list[tuple[float, float]]]] = {}
    for number, row in enumerate(rows):
        wide = max(1, -(-len(row.by_hour) // _MOST_CELLS))
        at = 0.0
        for shade, same in groupby(step(share) for share in _pooled(row.by_hour)):
            ends = min(at + wide * len(list(same)), horizon / HOUR)
            low, high = number - 0.46, number + 0.46
            cells.setdefault(shade, []).append([(at, low), (ends, low), (ends, high), (at, high)])
            at = ends
    for shade, found in sorted(cells.items()):
        if shade:
            axes.add_collection(PolyCollection(found, facecolor=palette.STEPS[shade], linewidth=0), autolim=False)
    for number in range(len(rows) + 1):
        axes.axhline(number - 0.5, color="#DDDDDD", linewidth=0.5, zorder=0)
    axes.set_yticks(range(len(rows)), [wrapped(row.title, _LABEL) for row in rows])
    for label in axes.get_yticklabels():
        label.set_linespacing(1.0)
    axes.tick_params(axis="y", length=0)
    axes.spines[["left"]].set_visible(False)
    axes.set_ylim(max(len(rows), 1) - 0.5, -0.5)
    time_axis(axes, 0, max(horizon, 1), clock, days=True)
    pooled = max((-(-len(row.by_hour) // _MOST_CELLS) for row in rows), default=1)
    heading = word("figure.strain.map") if pooled <= 1 else phrase("figure.strain.map_pooled", hours=str(pooled))
    axes.set_title(heading, pad=6 if horizon > LONG else 20, **HEADING)
    axes.set_xlabel(f"{axes.get_xlabel()}\n{_below(others)}", fontsize=READABLE)
    if not rows:
        no_work = word("figure.strain.no_work")
        axes.annotate(no_work, (0.5, 0.5), xycoords="axes fraction", ha="center", fontsize=READABLE)


def _below(others: Sequence[Row]) -> str:
    whose = word("figure.strain.whose")
    if not others:
        return whose
    most = 100 * max(max(row.by_hour, default=0.0) for row in others)
    key = f"figure.strain.{'others' if most >= 1 else 'others_idle'}"
    return f"{whose}\n{phrase(key, count=str(len(others)), share=f'{most:.0f}')}"


def _pooled(by_hour: Sequence[float]) -> list[float]:
    """Means of as many hours at a time as it takes to have room for them."""
    wide = max(1, -(-len(by_hour) // _MOST_CELLS))
    parts = [by_hour[at : at + wide] for at in range(0, len(by_hour), wide)]
    return [sum(part) / len(part) for part in parts]


def _rests(axes: Axes, broken: Sequence[Rest]) -> None:
    shown, others = broken[:MOST_GROUPS], broken[MOST_GROUPS:]
    for number, rest in enumerate(shown):
        mean = rest.deviations
        axes.barh(number, mean.mean, height=0.6, color=palette.STEPS[3])
        ends = mean.mean
        if mean.low is not None and mean.high is not None:
            axes.plot([mean.low, mean.high], [number, number], color=palette.INK, linewidth=1.2)
            ends = mean.high
        axes.annotate(
            f"{_number(mean.mean)}   ({_people(rest.people)})",
            (ends, number),
            xytext=(5, 0),
            textcoords="offset points",
            va="center",
            fontsize=READABLE,
        )
    axes.set_title(word("figure.strain.rests"), **HEADING)
    axes.set_yticks(range(len(shown)), [wrapped(rest.title, _LABEL) for rest in shown])
    for label in axes.get_yticklabels():
        label.set_linespacing(1.0)
    axes.tick_params(axis="y", length=0)
    axes.set_ylim(max(len(shown), 1) - 0.5, -0.5)
    most = max((rest.deviations.high or rest.deviations.mean for rest in shown), default=1.0)
    axes.set_xlim(0, 1.35 * most)
    words = word("figure.strain.deviations")
    if others:
        together = _number(sum(rest.deviations.mean for rest in others))
        words += f"\n{phrase('figure.strain.other_groups', count=str(len(others)), deviations=together)}"
    axes.set_xlabel(words, fontsize=READABLE)
    if not shown:
        axes.set_xticks([])
        nobody = word("figure.strain.nobody")
        axes.annotate(nobody, (0.5, 0.5), xycoords="axes fraction", ha="center", va="center", fontsize=READABLE)


def _people(mean: float) -> str:
    said = f"{mean:.0f}" if mean >= 9.5 else _number(mean)
    return numbered("figure.strain.people", 1 if said == "1" else 2, people=said)


def _number(value: float) -> str:
    text = f"{value:.1f}" if value >= 0.05 or value == 0 else "<0.1"
    return text.removesuffix(".0").replace(".", ",")
