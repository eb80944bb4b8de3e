"""Where the time to each objective's criteria went: bars under the objective's name, stacked by cause, with limits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from ovning.figures import palette
from ovning.figures.bars import Bar, legend, stack
from ovning.figures.canvas import message, paper, wrapped
from ovning.letters import shortened
from ovning.units import HOUR, MINUTE, say_duration
from ovning.words import word

_LABEL: Final = 34
"""Characters in a line of a name."""
_HEADING: Final = 92
"""Characters of an objective's name."""
_ROW: Final = 0.24
"""Inches."""
_MANY: Final = 4.0
"""A bar more than so many times as long as the middle one is broken off."""
_LEAST: Final = 0.004
"""What is nowhere longer than this share of the longest bar cannot be seen, and needs no place in the legend."""


@dataclass(frozen=True, slots=True)
class Aim:
    """A criterion: how long it took and where that time went."""

    bar: Bar
    limit: int | None
    """The time within which it should be reached, milliseconds."""
    note: str = ""
    """What more must be said of it, in a few words."""


@dataclass(frozen=True, slots=True)
class Group:
    """An objective with its criteria."""

    title: str
    """In Swedish; empty for none."""
    aims: tuple[Aim, ...]


def objectives(groups: Sequence[Group], parts: Mapping[str, str], title: str) -> Figure:
    """Horizontal bars in the order of the exercise; ``parts`` gives the Swedish words in the order of the stack.

    A bar that would make all others too short to read is broken off, its parts in proportion, with its length beside.
    """
    places, bottom = _places(groups)
    figure, axes = paper(2.0 + _ROW * max(1.0, bottom))
    aims = [aim for group in groups for aim in group.aims]
    edge = _edge([_end(aim) for aim in aims])
    unit = MINUTE if edge <= 3 * HOUR else HOUR
    for heading, at in places.headings:
        _write_heading(axes, heading, at)
    for aim, at in places.aims:
        _draw(axes, at, aim, parts, edge, unit)
    axes.set_yticks(
        [at for _, at in places.aims], [wrapped(aim.bar.title, _LABEL) for aim, _ in places.aims], fontsize=8
    )
    axes.tick_params(axis="y", length=0)
    axes.spines["left"].set_visible(False)
    axes.set_ylim(bottom - 0.4, -1.4)
    axes.set_xlim(0, 1.02 * edge / unit)
    axes.set_xlabel(word(f"figure.objectives.{'minutes' if unit == MINUTE else 'hours'}"))
    axes.grid(axis="x", color=palette.RULE, linewidth=0.6)
    axes.set_axisbelow(True)
    if aims:
        limited = any(aim.limit is not None for aim in aims)
        _write_beside(axes, word(f"figure.objectives.{'time_and_limit' if limited else 'time'}"), -0.95, "bold")
    limit = Line2D([], [], color=palette.INK, linewidth=2, label=word("figure.objectives.limit"))
    limits = [limit] if any(aim.limit is not None and aim.limit <= edge for aim in aims) else []
    legend(figure, [aim.bar for aim in aims], parts, least=_LEAST * edge, others=limits)
    message(figure, title)
    return figure


class _Places(NamedTuple):
    headings: list[tuple[str, float]]
    aims: list[tuple[Aim, float]]


def _places(groups: Sequence[Group]) -> tuple[_Places, float]:
    """How far down everything stands, and where it ends; a name of two lines takes more room."""
    places = _Places([], [])
    down = 0.0
    for group in groups:
        if group.title:
            places.headings.append((group.title, down))
            down += 1
        for aim in group.aims:
            more = 0.3 if aim.note or "\n" in wrapped(aim.bar.title, _LABEL) else 0.0
            places.aims.append((aim, down + more / 2))
            down += 1 + more
    return places, down


def _write_heading(axes: Axes, heading: str, at: float) -> None:
    axes.annotate(
        shortened(heading, _HEADING),
        (0, at + 0.12),
        xycoords=("figure fraction", "data"),
        xytext=(6, 0),
        textcoords="offset points",
        va="center",
        fontsize=8.5,
        fontweight="bold",
        annotation_clip=False,
        bbox={"facecolor": "white", "edgecolor": "none", "pad": 1},
    )


def _write_beside(axes: Axes, words: str, at: float, weight: str = "normal") -> None:
    axes.text(
        1.02, at, words, transform=axes.get_yaxis_transform(), va="center", fontsize=8, fontweight=weight, clip_on=False
    )


def _draw(axes: Axes, at: float, aim: Aim, parts: Mapping[str, str], edge: float, unit: int) -> None:
    whole = aim.bar.whole
    drawn = aim.bar
    if whole > edge:
        drawn = Bar(drawn.title, tuple((cause, lasted * edge / whole) for cause, lasted in drawn.causes))
    length = stack(axes, at, drawn, parts, unit)
    if whole > edge:
        cut = [0.955 * length, 0.965 * length]
        axes.fill_betweenx([at - 0.4, at + 0.4], cut[0], cut[1], color="white", linewidth=0, zorder=4)
    said = say_duration(whole)
    if aim.limit is not None:
        said += f" / {say_duration(aim.limit)}"
    said += f"\n{aim.note}" if aim.note else ""
    _write_beside(axes, said, at)
    if aim.limit is not None and aim.limit <= edge:
        limit = aim.limit / unit
        for colour, width in (("white", 4.0), (palette.INK, 2.0)):
            axes.plot([limit, limit], [at - 0.42, at + 0.42], color=colour, linewidth=width, zorder=5)


def _end(aim: Aim) -> float:
    return max(aim.bar.whole, aim.limit or 0)


def _edge(ends: Sequence[float]) -> float:
    """How long the longest bar may be drawn."""
    return min(max(ends), _MANY * sorted(ends)[len(ends) // 2]) or MINUTE if ends else MINUTE
