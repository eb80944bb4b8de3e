"""A sheet for boxes, words and lines, as wide as the text of a printed page; words are measured before they are set."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from functools import lru_cache
from typing import Final, Literal, TypeAlias

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.lines import Line2D
from matplotlib.patches import FancyArrowPatch, Rectangle
from matplotlib.path import Path
from matplotlib.textpath import text_to_path

from ovning.figures.canvas import DPI, LOOK
from ovning.figures.palette import INK
from ovning.letters import shown

WIDTH: Final = 16 / 2.54 * 72
"""Points: sixteen centimetres, the width of the text on a page in Word."""
TALLEST: Final = 21 / 2.54 * 72
"""Points: higher than this no sheet is made, as long as what stands on it can be parted."""
MARGIN: Final = 4.0
ROOM: Final = WIDTH - 2 * MARGIN
"""Points between the margins."""
SIZE: Final = 8.0
"""Points: the smallest letters, when the sheet is as wide as the text on a page."""
Dashes: TypeAlias = Literal["-", "--"] | tuple[float, tuple[float, ...]]
"""A style of lines, as matplotlib knows it."""

_TITLE: Final = 11.0
_VOWELS: Final = frozenset("aeiouyåäöéüAEIOUYÅÄÖ")


def lead(size: float = SIZE) -> float:
    """Points from one line to the next."""
    return 1.25 * size


@lru_cache(maxsize=20_000)
def width_of(text: str, size: float = SIZE, bold: bool = False) -> float:
    """How wide the text is at most, as outlines or in pixels; points."""
    font = FontProperties(family="DejaVu Sans", weight="bold" if bold else "normal", size=size)
    with warnings.catch_warnings():
        # Letters that the font lacks are boxes, here as in the figure.
        warnings.filterwarnings("ignore", message=r"Glyph \d+ .*missing")
        outlines = text_to_path.get_text_width_height_descent(text, font, False)[0]
        # In a PNG letters stand on whole pixels, which may make a line some per cent wider.
        pixels = _paper().get_text_width_height_descent(text, font, False)[0]  # type: ignore[no-untyped-call]
    return max(float(outlines), float(pixels) * 72 / DPI)


@lru_cache(maxsize=1)
def _paper() -> RendererAgg:
    return RendererAgg(1, 1, DPI)  # type: ignore[no-untyped-call]


def wrapped(text: str, room: float, size: float = SIZE, *, bold: bool = False, most: int = 60) -> tuple[str, ...]:
    """The text in lines no wider than ``room`` points, at most so many; words too long for a line are broken."""
    lines: list[str] = []
    line = ""
    for word in shown(text).split():
        whole = f"{line} {word}" if line else word
        if width_of(whole, size, bold) <= room:
            line = whole
            continue
        if line:
            lines.append(line)
        while width_of(word, size, bold) > room and len(word) > 1:
            at = _break(word, room, size, bold)
            lines.append(word[:at] if word[at - 1] == "-" else f"{word[:at]}-")
            word = word[at:]
        line = word
    lines.append(line)
    if len(lines) <= most:
        return tuple(lines)
    last = lines[most - 1]
    while last and width_of(f"{last}…", size, bold) > room:
        last = last[:-1]
    return (*lines[: most - 1], f"{last}…")


def _break(word: str, room: float, size: float, bold: bool) -> int:
    """Where to break: as late as fits, after a hyphen or before a consonant and its vowel, as one does in Swedish."""
    fits = [at for at in range(1, len(word)) if width_of(f"{word[:at]}-", size, bold) <= room]
    if not fits:
        return 1
    for at in reversed(fits):
        if word[at - 1] == "-":
            return at
        consonant, vowel = word[at] not in _VOWELS, word[at + 1 : at + 2] in _VOWELS
        if at >= 3 and len(word) - at >= 3 and consonant and vowel and word[at - 1].isalpha():
            return at
    return fits[-1]


class Sheet:
    """What stands on a sheet; points, ``y`` downwards from under the title."""

    def __init__(self, title: str, under: str = "") -> None:
        self._title = title
        self._head = wrapped(title, ROOM, _TITLE, bold=True, most=5)
        self._under = wrapped(under, ROOM, most=3) if under else ()
        self._marks: list[Line2D | FancyArrowPatch | Rectangle] = []
        self._words: list[tuple[float, float, str, float, bool, str, str]] = []

    @property
    def head(self) -> float:
        """Points that the title takes."""
        return MARGIN + lead(_TITLE) * len(self._head) + lead() * len(self._under) + 6

    def words(
        self,
        x: float,
        y: float,
        lines: Sequence[str],
        *,
        size: float = SIZE,
        bold: bool = False,
        colour: str = INK,
        align: str = "left",
    ) -> float:
        """Set lines of text with their upper edge at ``y``; where the next would stand."""
        for line in lines:
            if line:
                self._words.append((x, y + 0.95 * size, line, size, bold, colour, align))
            y += lead(size)
        return y

    def box(
        self,
        x: float,
        y: float,
        width: float,
        height: float,
        *,
        face: str = "white",
        edge: str = INK,
        thick: float = 0.8,
        dashes: Dashes = "-",
    ) -> None:
        """A rectangle."""
        patch = Rectangle((x, y), width, height, facecolor=face, edgecolor=edge, linewidth=thick, linestyle=dashes)
        patch.set_zorder(1 + len(self._marks) / 1e5)
        self._marks.append(patch)

    def line(self, points: Sequence[tuple[float, float]], *, thick: float = 0.9, dashes: Dashes = "-") -> None:
        """A line without an arrow."""
        xs, ys = [x for x, _ in points], [y for _, y in points]
        made = Line2D(xs, ys, color=INK, linewidth=thick, linestyle=dashes, solid_joinstyle="miter")
        made.set_zorder(1 + len(self._marks) / 1e5)
        self._marks.append(made)

    def arrow(self, points: Sequence[tuple[float, float]], *, thick: float = 0.9, dashes: Dashes = "-") -> None:
        """A line with a point at its end."""
        self.line(points, thick=thick, dashes=dashes)
        head = FancyArrowPatch(
            path=Path([_near(points[-2], points[-1]), points[-1]]),
            arrowstyle="-|>",
            mutation_scale=7,
            linewidth=thick,
            color=INK,
            shrinkA=0,
            shrinkB=0,
        )
        head.set_zorder(2)
        self._marks.append(head)

    def dot(self, x: float, y: float, fill: str) -> None:
        """A round mark: ``full``, ``left`` (half) or ``none``; ``-`` is a short dash."""
        made = (
            Line2D([x - 2.5, x + 2.5], [y, y], color=INK, linewidth=1.2)
            if fill == "-"
            else Line2D(
                [x],
                [y],
                marker="o",
                markersize=5.5,
                color=INK,
                markerfacecolor=INK if fill != "none" else "white",
                markerfacecoloralt="white",
                markeredgecolor=INK,
                markeredgewidth=0.8,
                fillstyle=fill if fill == "left" else "full",  # type: ignore[arg-type]
                linestyle="none",
            )
        )
        made.set_zorder(3)
        self._marks.append(made)

    def figure(self, height: float, width: float = ROOM) -> Figure:
        """The sheet, so many points high under its title and so wide between its margins."""
        across, down = max(WIDTH, width + 2 * MARGIN), self.head + height + MARGIN
        with mpl.rc_context(LOOK):
            figure = Figure(figsize=(across / 72, down / 72))
            axes = figure.add_axes((0, 0, 1, 1))
            axes.set_axis_off()
            axes.set_xlim(-MARGIN, across - MARGIN)
            axes.set_ylim(down - self.head, -self.head)
            self._title_on(axes)
            for mark in self._marks:
                axes.add_artist(mark)
            for x, y, text, size, bold, colour, align in self._words:
                self._set(axes, x, y, text, size, bold, colour, align)
        return figure

    def _title_on(self, axes: Axes) -> None:
        y = MARGIN - self.head
        for line in self._head:
            self._set(axes, 0, y + 0.95 * _TITLE, line, _TITLE, True, INK, "left")
            y += lead(_TITLE)
        for line in self._under:
            self._set(axes, 0, y + 0.95 * SIZE, line, SIZE, False, INK, "left")
            y += lead()

    @staticmethod
    def _set(axes: Axes, x: float, y: float, text: str, size: float, bold: bool, colour: str, align: str) -> None:
        weight = "bold" if bold else "normal"
        axes.text(x, y, text, fontsize=size, fontweight=weight, color=colour, ha=align, va="baseline", parse_math=False)


def _near(before: tuple[float, float], end: tuple[float, float]) -> tuple[float, float]:
    """A point of the last stretch close to its end, so that the head lies along it."""
    far = max(abs(end[0] - before[0]), abs(end[1] - before[1])) or 1.0
    part = min(1.0, 6.0 / far)
    return end[0] - part * (end[0] - before[0]), end[1] - part * (end[1] - before[1])
