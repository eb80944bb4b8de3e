"""Measures a drawn sheet as the renderer sees it: where words stand, and what runs over them."""

from __future__ import annotations

import re
from itertools import combinations, pairwise

from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.transforms import Bbox

from ovning.figures.canvas import DPI, to_svg
from ovning.figures.sheet import WIDTH

Placed = list[tuple[str, Bbox]]
_SLACK = 0.75
"""Points: letters' own edges are blurred by so much."""


def words_of(figure: Figure) -> Placed:
    """Every text with the box that the renderer draws it in, in points."""
    figure.set_dpi(DPI)
    renderer = FigureCanvasAgg(figure).get_renderer()
    return [(text.get_text(), _in_points(text.get_window_extent(renderer))) for text in figure.axes[0].texts]


def overlapping(figure: Figure) -> list[tuple[str, str]]:
    """Pairs of texts that stand on each other."""
    return [(one, other) for (one, a), (other, b) in combinations(words_of(figure), 2) if _meet(a, b)]


def outside(figure: Figure) -> list[str]:
    """Texts that do not have room on the sheet."""
    width, height = (inches * 72 for inches in figure.get_size_inches())
    return [
        text
        for text, box in words_of(figure)
        if box.x0 < -_SLACK or box.y0 < -_SLACK or box.x1 > width + _SLACK or box.y1 > height + _SLACK
    ]


def crossed(figure: Figure) -> list[str]:
    """Texts that a line runs through."""
    words = words_of(figure)
    axes = figure.axes[0]
    found = []
    for line in axes.get_children():
        if isinstance(line, Line2D):
            points = axes.transData.transform(line.get_xydata()) * 72 / DPI
            for (x0, y0), (x1, y1) in pairwise(points):
                run = Bbox([[min(x0, x1), min(y0, y1)], [max(x0, x1), max(y0, y1)]])
                found += [text for text, box in words if _meet(run, box)]
    return found


def smallest_letters(figure: Figure) -> float:
    """Points, when the figure is as wide as the text on a page in Word."""
    sizes = [text.get_fontsize() for text in figure.axes[0].texts]
    return min(sizes) * WIDTH / (figure.get_size_inches()[0] * 72)


def said(figure: Figure) -> str:
    """What the SVG says, line ends, hyphens and spaces away: titles are found however they were broken."""
    comments = re.findall(r"<!-- (.*?) -->", to_svg(figure).decode("utf-8"), re.DOTALL)
    return squeezed("".join(comments))


def squeezed(text: str) -> str:
    """The text as ``said`` would have it."""
    return re.sub(r"[\s-]", "", text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&"))


def _in_points(box: Bbox) -> Bbox:
    return Bbox(box.get_points() * 72 / DPI)


def _meet(a: Bbox, b: Bbox) -> bool:
    return min(a.x1, b.x1) - max(a.x0, b.x0) > (_SLACK if a.width and b.width else -0.1) and min(a.y1, b.y1) - max(
        a.y0, b.y0
    ) > (_SLACK if a.height and b.height else -0.1)
