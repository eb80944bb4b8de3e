"""A tornado: how far each assumption moves the answer at the ends of its range, the one that moves it most on top."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.patheffects import Normal, Stroke

from ovning.figures import palette
from ovning.figures.canvas import READABLE, message, name_rows, paper, wrapped
from ovning.letters import shortened
from ovning.words import word

MOST: Final = 15
"""Bars."""
_LABEL: Final = 34
_AXIS: Final = 56
_BAND: Final = "#EEEEEE"
_THICK: Final = 0.6
_FILLS: Final = (("#5B7083", ""), ("#FFFFFF", "////"))
"""Of the low end of a range, and of the high end."""
_CHARACTER: Final = 0.025
"""Of the axis: so wide is a letter of what is written beside a bar."""
_VALUE: Final = 16
"""Letters of that at most."""
_ROUNDS: Final = 8
_ENOUGH: Final = 0.02
"""Of the axis: what moves the answer less has no value written beside it."""


@dataclass(frozen=True, slots=True)
class Moves:
    """Where the answer is with another value of an assumption."""

    value: str
    """In words."""
    to: float


@dataclass(frozen=True, slots=True)
class Bar:
    """An assumption."""

    title: str
    moves: tuple[Moves, ...]
    """With the low end of its range and the high end, or with other values."""
    turns: str
    """At which value an answer turns; empty if none does."""


@dataclass(frozen=True, slots=True)
class Scale:
    """What is measured; everything in the unit of the axis."""

    axis: str
    """In words."""
    base: float
    """As everything is assumed."""
    band: tuple[float, float]
    """Between these a difference is too small to matter."""
    zero: float | None
    """Where there is no difference; ``None`` if there is nothing to compare with."""
    limit: float | None = None
    """What is asked for, if anything is."""


def tornado(bars: Sequence[Bar], scale: Scale, title: str) -> Figure:
    """A bar for each assumption, the first fifteen."""
    shown = bars[:MOST]
    figure, axes = paper(1.9 + 0.34 * max(2, len(shown)))
    low, high = _ends(shown, scale)
    axes.axvspan(*scale.band, color=_BAND, zorder=0)
    for at, bar in enumerate(shown):
        _draw(axes, bar, at, scale, high - low)
    axes.axvline(scale.base, color=palette.INK, linewidth=1.2, zorder=4)
    if scale.zero is not None:
        axes.axvline(scale.zero, color=palette.INK, linewidth=0.9, linestyle=":", zorder=1)
    if scale.limit is not None and low <= scale.limit <= high:
        axes.axvline(scale.limit, color=palette.TARGET, linewidth=1.2, linestyle="--", zorder=1)
    name_rows(axes, [wrapped(bar.title, _LABEL, 3) for bar in shown])
    for label, bar in zip(axes.get_yticklabels(), shown, strict=True):
        label.set_fontweight("bold" if bar.turns else "normal")
    axes.set_xlim(low, high)
    axes.set_xlabel(wrapped(scale.axis, _AXIS, 3), fontsize=READABLE)
    _key(figure, scale, inside=scale.limit is not None and low <= scale.limit <= high)
    message(figure, title)
    return figure


def _ends(bars: Sequence[Bar], scale: Scale) -> tuple[float, float]:
    seen = [scale.base, *(move.to for bar in bars for move in bar.moves)]
    if scale.zero is not None:
        seen += [scale.zero, *scale.band]
    low, high = min(seen), max(seen)
    whole = (high - low) or 1.0
    whole = (high - low) or 1.0
    first, last = low - 0.04 * whole, high + 0.04 * whole
    # Room for the values beside the bars: the wider the axis, the more of it is a letter.
    for _ in range(_ROUNDS):
        letter = _CHARACTER * (last - first)
        moves = [(move.to, letter * (1 + len(_value(move)))) for bar in bars for move in bar.moves]
        first = min(first, *(to - room for to, room in moves if to < scale.base), first)
        last = max(last, *(to + room for to, room in moves if to > scale.base), last)
    return first, last


def _value(move: Moves) -> str:
    return shortened(move.value, _VALUE)


def _draw(axes: Axes, bar: Bar, at: int, scale: Scale, whole: float) -> None:
    labelled: dict[bool, Moves] = {}
    for move, (fill, hatch) in zip(bar.moves, _fills(len(bar.moves)), strict=True):
        width = move.to - scale.base
        axes.barh(
            at, width, left=scale.base, height=_THICK, color=fill, hatch=hatch, edgecolor=palette.INK, linewidth=0.7,
            zorder=2 if abs(width) == max(abs(one.to - scale.base) for one in bar.moves) else 3,
        )  # fmt: skip
        right = width > 0
        if abs(width) > _ENOUGH * whole and abs(width) >= abs(
            labelled[right].to - scale.base if right in labelled else 0
        ):
            labelled[right] = move
    for right, move in labelled.items():
        axes.annotate(
            _value(move),
            (move.to, at),
            xytext=(3 if right else -3, 0),
            textcoords="offset points",
            ha="left" if right else "right",
            va="center",
            fontsize=READABLE,
            zorder=5,
            path_effects=[Stroke(linewidth=2.5, foreground="white"), Normal()],
        )
    if bar.turns:
        axes.annotate(
            bar.turns,
            (1, at),
            xycoords=("axes fraction", "data"),
            xytext=(6, 0),
            textcoords="offset points",
            va="center",
            fontsize=READABLE,
            fontweight="bold",
            annotation_clip=False,
        )


def _fills(number: int) -> Sequence[tuple[str, str]]:
    """One value alone is neither low nor high, and is drawn as the high end is."""
    return (_FILLS[1],) * number if number != len(_FILLS) else _FILLS


def _key(figure: Figure, scale: Scale, *, inside: bool) -> None:
    keys: list[Patch | Line2D] = [
        Patch(facecolor=fill, hatch=hatch, edgecolor=palette.INK, linewidth=0.7, label=word(f"figure.tornado.{which}"))
        for which, (fill, hatch) in zip(("low", "high"), _FILLS, strict=True)
    ]
    keys.append(Line2D([], [], color=palette.INK, linewidth=1.2, label=word("figure.tornado.base")))
    if scale.zero is not None:
        keys.append(Line2D([], [], color=palette.INK, linewidth=0.9, linestyle=":", label=word("figure.tornado.zero")))
    if inside:
        keys.append(
            Line2D([], [], color=palette.TARGET, linewidth=1.2, linestyle="--", label=word("figure.tornado.limit"))
        )
    keys.append(Patch(facecolor=_BAND, label=word("figure.tornado.band")))
    figure.legend(handles=keys, loc="outside lower left", frameon=False, ncols=3, fontsize=READABLE)
