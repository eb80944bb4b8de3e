"""Criteria: in how large a share of the plays each is met, how well that is known, and what was aimed at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from ovning.figures import palette
from ovning.figures.canvas import READABLE, beside, message, name_rows, paper, wrapped
from ovning.measures.aggregate import Verdict
from ovning.measures.intervals import Share
from ovning.words import word

VERDICTS: Final[tuple[Verdict, ...]] = ("reached", "undecided", "not_reached", "not_tested")
"""On the demand, best first."""
_LABEL: Final = 42
_FILLS: Final[dict[Verdict, Literal["full", "left", "none"]]] = {
    "reached": "full",
    "undecided": "left",
    "not_reached": "none",
}


@dataclass(frozen=True, slots=True)
class Dot:
    """A criterion."""

    title: str
    """What it asks for, with its limit, in Swedish."""
    met: Share
    """The plays that meet it."""
    target: float
    """The share of plays that should."""
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Group:
    """The criteria of one objective."""

    title: str
    """In Swedish."""
    dots: tuple[Dot, ...]


def criteria(groups: Sequence[Group], title: str) -> Figure:
    """A row for each criterion below its objective: a dot, its interval and the target."""
    groups = [group for group in groups if group.dots]
    rows = sum(0.9 + len(group.dots) for group in groups)
    figure, axes = paper(1.4 + 0.267 * max(2.0, rows))
    at = 0.0
    labels: list[tuple[float, str]] = []
    for group in groups:
        heading = wrapped(group.title, 88, 1)
        axes.annotate(
            heading,
            (0, at),
            xycoords=("figure fraction", "data"),
            xytext=(6, 0),
            textcoords="offset points",
            va="center",
            fontsize=READABLE,
            fontweight="bold",
            annotation_clip=False,
        ).set_in_layout(False)
        axes.axhline(at - 0.5, color="#DDDDDD", linewidth=0.6, zorder=0)
        at += 0.9
        for dot in group.dots:
            _draw(axes, dot, at)
            labels.append((at, wrapped(dot.title, _LABEL)))
            at += 1
    name_rows(axes, [words for _, words in labels], [y for y, _ in labels], at)
    axes.set_xlim(-3, 103)
    axes.set_xticks(range(0, 101, 20))
    axes.set_xlabel(word("figure.criteria.share"), fontsize=READABLE)
    if not groups:
        none = word("figure.criteria.none")
        axes.annotate(none, (0.5, 0.5), xycoords="axes fraction", ha="center", va="center", fontsize=READABLE)
    else:
        _key(figure, {dot.verdict for group in groups for dot in group.dots})
    message(figure, title)
    return figure


def _draw(axes: Axes, dot: Dot, at: float) -> None:
    axes.plot([0, 100], [at, at], color="#E5E5E5", linewidth=0.6, zorder=0)
    axes.plot([100 * dot.target] * 2, [at - 0.34, at + 0.34], color=palette.TARGET, linewidth=2.2, zorder=3)
    words = word(f"verdict.{dot.verdict}")
    if dot.met.share is not None:
        axes.plot([100 * dot.met.low, 100 * dot.met.high], [at, at], color=palette.INK, linewidth=1.6, zorder=2)
        axes.plot(100 * dot.met.share, at, zorder=4, clip_on=False, **_marker(dot.verdict))
        words = f"{_percent(dot.met.share)}  {words}"
    beside(axes, at, words)


def _marker(verdict: Verdict) -> dict[str, Any]:
    return {
        "marker": "o",
        "linestyle": "none",
        "markersize": 7.5,
        "color": palette.INK,
        "fillstyle": _FILLS.get(verdict, "none"),
        "markerfacecoloralt": "white",
        "markerfacecolor": "white" if verdict == "not_reached" else palette.INK,
        "markeredgewidth": 1.4,
    }


def _key(figure: Figure, used: set[Verdict]) -> None:
    keys = [
        Line2D([], [], label=word(f"figure.criteria.key.{verdict}"), **_marker(verdict))
        for verdict in VERDICTS
        if verdict in used and verdict in _FILLS
    ]
    keys.append(Line2D([], [], color=palette.INK, linewidth=1.6, label=word("figure.criteria.interval")))
    target: dict[str, Any] = {"marker": "|", "markersize": 10, "markeredgewidth": 2.2, "linestyle": ""}
    keys.append(Line2D([], [], color=palette.TARGET, label=word("figure.criteria.target"), **target))
    figure.legend(handles=keys, loc="outside lower left", frameon=False, ncols=3, fontsize=READABLE)


def _percent(share: float) -> str:
    if 0 < share < 0.005:
        return "<1 %"
    return ">99 %" if 0.995 <= share < 1 else f"{100 * share:.0f} %"
