"""Where a difference in time lies: what took more or less of it, largest first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from matplotlib.figure import Figure

from ovning.figures import palette
from ovning.figures.canvas import READABLE, message, name_rows, paper, wrapped
from ovning.units import MINUTE
from ovning.words import phrase

_LABEL: Final = 46
_AXIS: Final = 56
_THICK: Final = 0.66


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of the difference."""

    title: str
    """In Swedish."""
    what: str
    """A part that the palette knows."""
    difference: float
    """Milliseconds; more than 0 is more time in the design."""


def shift(pieces: Sequence[Piece], design: str, title: str) -> Figure:
    """A bar for each part, to the right where the design takes more time than the baseline."""
    figure, axes = paper(1.2 + 0.31 * max(2, len(pieces)))
    furthest = max((abs(piece.difference) for piece in pieces), default=MINUTE) / MINUTE * 1.25
    for at, piece in enumerate(pieces):
        fill, hatch, edge = palette.part(piece.what)
        length = piece.difference / MINUTE
        edge = palette.FAINT if edge == "white" and fill.upper() in ("#E8E4DA", "#FFFFFF") else edge
        axes.barh(at, length, height=_THICK, color=fill, hatch=hatch, edgecolor=edge, linewidth=0.6)
        side = 1 if length >= 0 else -1
        axes.annotate(
            _signed(length),
            (length, at),
            xytext=(4 * side, 0),
            textcoords="offset points",
            ha="left" if side > 0 else "right",
            va="center",
            fontsize=READABLE,
        )
    axes.axvline(0, color=palette.INK, linewidth=0.8)
    name_rows(axes, [wrapped(piece.title, _LABEL) for piece in pieces])
    axes.set_xlim(-furthest, furthest)
    axes.set_xlabel(wrapped(phrase("figure.shift.axis", design=design), _AXIS), fontsize=READABLE)
    message(figure, title)
    return figure


def _signed(minutes: float) -> str:
    size = abs(minutes)
    text = f"{size:.1f}".replace(".", ",") if round(size, 1) < 10 else f"{size:.0f}"
    return f"{'+' if minutes > 0 else '−'}{text}"
