"""When an exercise starts: how soon a level is in place, and how often in time, by what time of the week it begins."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from ovning.figures import palette
from ovning.figures.canvas import HEADING, READABLE, message, papers, wrapped
from ovning.measures.intervals import Quantile, Share
from ovning.measures.times import Times
from ovning.units import HOUR, say_duration
from ovning.words import numbered, phrase, word

_LABEL: Final = 24


@dataclass(frozen=True, slots=True)
class Start:
    """The plays that began at one time of the week."""

    title: str
    """In Swedish: office hours, evening, night, weekend."""
    times: Times
    """Until the level was in place, milliseconds since STARTEX."""
    within: Share
    """Those in which it was within the limit."""


def starts(groups: Sequence[Start], limit: int | None, target: float | None, horizon: int, title: str) -> Figure:
    """A row for each time of the week: the spread of the times to the left, the share in time to the right.

    ``limit``: milliseconds within which it should be in place; ``target``: the share of plays that should.
    """
    rows = max(2, len(groups))
    figure, (left, right) = papers(1.55 + 0.37 * rows, (3, 2), beside=True)
    reached = [q.value for one in groups for q in _quantiles(one) if q is not None and q.value is not None]
    longest = max([*reached, *([limit] if limit is not None else []), 1.0])
    beyond = any(q is not None and q.value is None for one in groups for q in _quantiles(one))
    ends = min(1.08 * longest, float(horizon)) / HOUR
    for row, one in enumerate(groups):
        _spread(left, one, row, ends, horizon)
        _share(right, one, row)
    if limit is not None:
        left.axvline(limit / HOUR, color=palette.TARGET, linewidth=1.8, linestyle=(0, (4, 2)), zorder=1)
    if target is not None:
        right.axvline(100 * target, color=palette.TARGET, linewidth=1.8, linestyle=(0, (4, 2)), zorder=1)
    for axes in (left, right):
        axes.spines[["top", "right", "left"]].set_visible(False)
        axes.tick_params(labelsize=READABLE)
        axes.tick_params(axis="y", length=0)
        axes.grid(axis="x", color="#E5E5E5", linewidth=0.6)
        axes.set_axisbelow(True)
    names = [
        f"{wrapped(one.title, _LABEL, 1)}\n{numbered('figure.starts.plays', one.within.n, plays=str(one.within.n))}"
        for one in groups
    ]
    left.set_yticks(range(len(groups)), names)
    left.set_ylim(rows - 0.5, -0.6)
    left.set_xlim(0, ends * (1.22 if beyond else 1.0))
    right.set_xlim(-3, 106)
    right.set_xticks(range(0, 101, 25))
    left.set_title(word("figure.starts.time"), **HEADING)
    within = word("figure.starts.share_in_time")
    words = [word("figure.starts.spread")]
    if limit is not None:
        within = phrase("figure.starts.share", limit=say_duration(limit))
        words.append(phrase("figure.starts.limit", limit=say_duration(limit)))
    right.set_title(within, **HEADING)
    left.set_xlabel("\n".join(words), fontsize=READABLE)
    words = [word("figure.starts.interval")]
    if target is not None:
        words.append(phrase("figure.starts.target", share=f"{100 * target:.0f}"))
    right.set_xlabel("\n".join(words), fontsize=READABLE)
    if not groups:
        nothing = word("figure.starts.nothing")
        left.annotate(nothing, (0.5, 0.5), xycoords="axes fraction", ha="center", va="center", fontsize=READABLE)
    message(figure, title)
    return figure


def _quantiles(one: Start) -> tuple[Quantile | None, Quantile | None, Quantile | None]:
    return one.times.p10, one.times.median, one.times.p90


def _spread(axes: Axes, one: Start, row: int, ends: float, horizon: int) -> None:
    low, middle, high = (None if q is None or q.value is None else q.value / HOUR for q in _quantiles(one))
    if not one.times.reached.n:
        return
    if low is not None:
        axes.plot([low, ends if high is None else high], [row, row], color=palette.INK, linewidth=2.2, zorder=3)
    if middle is not None:
        axes.plot(middle, row, marker="o", markersize=7, color=palette.INK, zorder=4)
    if high is None:
        if low is not None:
            axes.plot(ends, row, marker=">", markersize=6, color=palette.INK, zorder=4, clip_on=False)
        axes.annotate(
            phrase("figure.starts.not_within", horizon=say_duration(horizon)),
            (ends, row),
            xytext=(6, 0),
            textcoords="offset points",
            va="center",
            fontsize=READABLE,
        )


def _share(axes: Axes, one: Start, row: int) -> None:
    share = one.within
    if share.share is None:
        return
    axes.plot([100 * share.low, 100 * share.high], [row, row], color=palette.INK, linewidth=1.6, zorder=3)
    axes.plot(100 * share.share, row, marker="o", markersize=7, color=palette.INK, zorder=4)
    axes.annotate(
        f"{100 * share.share:.0f}",
        (100 * share.share, row),
        xytext=(0, 6),
        textcoords="offset points",
        ha="center",
        va="bottom",
        fontsize=READABLE,
        bbox={"boxstyle": "round,pad=0.1", "facecolor": "white", "edgecolor": "none"},
        zorder=5,
    )
