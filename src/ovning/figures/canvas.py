"""A figure's paper: one look for all, and files that are the same bytes every time."""

from __future__ import annotations

import io
import textwrap
import warnings
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.text import Text
from matplotlib.transforms import Bbox

from ovning.figures.palette import FAINT, INK
from ovning.letters import shortened, shown

WIDTH: Final = 16 / 2.54
"""Inches: the 16 cm between the margins of a Word document on A4, so that 8 points stay 8 points there."""
READABLE: Final = 8.0
"""Points: the smallest text."""
HEADING: Final[dict[str, Any]] = {"loc": "left", "fontsize": 9, "fontweight": "bold"}
"""Of one pair of axes among several."""
DPI: Final = 150
"""Pixels on an inch of a PNG."""
LONGEST_LABEL: Final = 60
"""Characters of a name that there is room for beside a figure."""
_LONGEST_MESSAGE: Final = 180
_CAPTION: Final = 104
_MARKING: Final = "marking"
"""By this id the marking is found again among what a figure holds."""
_STRIP: Final = 0.2
"""Inches under the figure, where its marking stands."""
_MARGIN: Final = 0.07
"""Inches beside the marking."""
LOOK: Final[dict[Any, Any]] = {
    "font.family": "DejaVu Sans",
    "font.size": 9,
    "axes.edgecolor": FAINT,
    "axes.labelcolor": INK,
    "xtick.color": INK,
    "ytick.color": INK,
    "text.color": INK,
    "hatch.linewidth": 0.6,
    # A title is words, also when it holds dollar signs.
    "text.parse_math": False,
    # Text as shapes and ids from a fixed salt: the same bytes, and no font needed where the file is read.
    "svg.hashsalt": "ovning",
    "svg.fonttype": "path",
}


def paper(height: float) -> tuple[Figure, Axes]:
    """A figure of the page's width and so many inches high, with one plain pair of axes."""
    with mpl.rc_context(LOOK):
        figure = Figure(figsize=(WIDTH, height), layout="constrained")
        axes = figure.subplots()
        axes.spines[["top", "right"]].set_visible(False)
    return figure, axes


def panels(rows: int, height: float) -> tuple[Figure, list[Axes]]:
    """A figure of the page's width with so many plain axes above one another, which share their x axis."""
    with mpl.rc_context(LOOK):
        figure = Figure(figsize=(WIDTH, height), layout="constrained")
        column = list(figure.subplots(rows, 1, sharex=True, squeeze=False)[:, 0])
        for axes in column:
            axes.spines[["top", "right"]].set_visible(False)
    return figure, column


def papers(height: float, shares: Sequence[float], *, beside: bool = False) -> tuple[Figure, list[Axes]]:
    """A figure of the page's width and so many inches high, with plain pairs of axes that share its height so.

    ``beside``: they stand beside each other, and share its width.
    """
    with mpl.rc_context(LOOK):
        figure = Figure(figsize=(WIDTH, height), layout="constrained")
        if beside:
            grid = figure.subplots(1, len(shares), squeeze=False, sharey=True, width_ratios=list(shares))
        else:
            grid = figure.subplots(len(shares), 1, squeeze=False, height_ratios=list(shares))
        axes = list(grid.flat)
        for one in axes:
            one.spines[["top", "right"]].set_visible(False)
            one.tick_params(labelsize=READABLE)
    return figure, axes


def wrapped(text: str, width: int, lines: int = 2) -> str:
    """The text on at most so many lines of so many characters, its end cut off where that does not do."""
    # Not at every white space: what must not be parted has spaces of its own.
    room = textwrap.wrap(text.strip(), width) or [""]
    if len(room) > lines:
        room = [*room[: lines - 1], shortened(" ".join(room[lines - 1 :]), width)]
    return "\n".join(room)


def name_rows(axes: Axes, names: Sequence[str], at: Sequence[float] | None = None, rows: float | None = None) -> None:
    """Names to the left of rows that go downwards from 0; ``at`` and ``rows``: where, and how far, if not one each."""
    axes.set_yticks(range(len(names)) if at is None else at, names)
    for label in axes.get_yticklabels():
        label.set_linespacing(1.0)
    axes.tick_params(labelsize=READABLE)
    axes.tick_params(axis="y", length=0)
    axes.spines[["left"]].set_visible(False)
    axes.set_ylim(max(len(names) if rows is None else rows, 1.0) - 0.4, -0.6)


def beside(axes: Axes, at: float, words: str) -> None:
    """Words to the right of a row."""
    axes.annotate(
        words,
        (1, at),
        xycoords=("axes fraction", "data"),
        xytext=(9, 0),
        textcoords="offset points",
        va="center",
        fontsize=READABLE,
        annotation_clip=False,
    )


def message(figure: Figure, text: str) -> None:
    """The title: what the figure says, as a sentence, to the left."""
    # Where it measures for wrapping, matplotlib takes dollar signs for mathematics whatever it is told.
    words = shortened(text, _LONGEST_MESSAGE).replace("$", r"\$")
    figure.suptitle(words, x=0.01, ha="left", fontsize=11, fontweight="bold", wrap=True, parse_math=True)


def caption(figure: Figure, text: str) -> None:
    """How the figure is read, in small letters below it."""
    words = "\n".join(textwrap.wrap(text, _CAPTION))
    figure.supxlabel(words, x=0.01, ha="left", fontsize=8, color=INK)


def marked(figure: Figure, text: str) -> None:
    """Put a marking small under the figure, so that whoever meets it alone sees it; nothing else in it moves."""
    width, height = figure.get_size_inches()
    strip = Text(
        _MARGIN / width,
        (_MARGIN - _STRIP) / height,
        text,
        gid=_MARKING,
        transform=figure.transFigure,
        color=INK,
        fontfamily="DejaVu Sans",
        fontsize=7,
        parse_math=False,
    )
    strip.set_in_layout(False)
    figure.add_artist(strip)
    room = (width - 2 * _MARGIN) * figure.dpi
    if (taken := strip.get_window_extent().width) > room:
        strip.set_fontsize(7 * room / taken)


def to_svg(figure: Figure) -> bytes:
    """The figure as SVG."""
    return _drawn(figure, "svg")


def write(figure: Figure, folder: Path, name: str, alt: str = "") -> tuple[Path, ...]:
    """Write ``name.png`` and ``name.svg`` and return their paths; ``alt``: what it shows, kept within the files."""
    paths = []
    for kind in ("png", "svg"):
        path = folder / f"{name}.{kind}"
        path.write_bytes(_drawn(figure, kind, alt))
        paths.append(path)
    return tuple(paths)


def _drawn(figure: Figure, kind: str, alt: str = "") -> bytes:
    for text in figure.findobj(Text):
        if isinstance(text, Text) and not text.get_wrap():
            text.set_parse_math(False)
    drawn = io.BytesIO()
    said: dict[str, str | None] = {"Date": None} if kind == "svg" else {"Software": None}
    if alt:
        said["Description"] = shown(alt)
    with mpl.rc_context(LOOK), warnings.catch_warnings():
        # Letters that the font lacks become boxes, and very long words take the room: no news for who runs a play.
        warnings.filterwarnings("ignore", message=r"Glyph \d+ .*missing|constrained_layout not applied")
        extent = _extent(figure)
        if extent is not None:
            _hold(figure)
        figure.savefig(drawn, format=kind, dpi=DPI, metadata=said, bbox_inches=extent)
    return drawn.getvalue()


def _extent(figure: Figure) -> Bbox | None:
    """The figure with the strip under it, in inches; ``None`` for one that is not marked."""
    if not figure.findobj(lambda artist: artist.get_gid() == _MARKING):
        return None
    width, height = figure.get_size_inches()
    return Bbox.from_extents(0, -_STRIP, width, height)


def _hold(figure: Figure) -> None:
    """Let everything stand where it would without the strip: legends stand at the edge of what is drawn."""
    figure.draw_without_rendering()
    figure.set_layout_engine("none")
    for legend in figure.legends:
        legend.set_bbox_to_anchor((0, 0, 1, 1), figure.transFigure)
