"""The ladder over time: in how large a share of the plays each level is active, and how well that is known."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib.figure import Figure

from ovning.figures import palette
from ovning.figures.canvas import LONGEST_LABEL, message, paper
from ovning.figures.hours import time_axis
from ovning.letters import shortened
from ovning.measures.intervals import share_of
from ovning.units import HOUR, Clock, say_duration
from ovning.words import phrase, word

_STEPS = 240


@dataclass(frozen=True, slots=True)
class Rung:
    """A level, and when it was active in the plays."""

    title: str
    """In Swedish."""
    rank: int
    """Its place on the ladder, from 0."""
    plays: int
    spells: tuple[tuple[int, int | None], ...]
    """From when to when, of all plays together (milliseconds since STARTEX; ``None``: not within the horizon).

    Those of one play do not overlap; a play may have several, or none.
    """
    limit: int | None = None
    """The time within which it should be active, milliseconds since STARTEX."""
    target: float | None = None
    """The share of plays that should be within the limit."""


def ladder(rungs: Sequence[Rung], horizon: int, clock: Clock | None, title: str) -> Figure:
    """A curve with its 95 % band (Wilson, for each moment by itself) for each level."""
    figure, axes = paper(3.9)
    times = [round(horizon * step / _STEPS) for step in range(_STEPS + 1)]
    hours = [at / HOUR for at in times]
    for rung in rungs:
        colour, dashes = palette.level(rung.rank)
        name = shortened(rung.title, LONGEST_LABEL)
        spells = _Spells(rung)
        shares = [share_of(spells.active(at), rung.plays) for at in times]
        axes.fill_between(
            hours,
            [100 * share.low for share in shares],
            [100 * share.high for share in shares],
            step="post",
            color=colour,
            alpha=0.18,
            linewidth=0,
        )
        values = [100 * (share.share or 0.0) for share in shares]
        axes.step(
            hours,
            values,
            where="post",
            color=colour,
            linestyle=dashes,
            linewidth=1.8,
            label=name,
        )
        if rung.limit is not None and rung.target is not None and rung.limit <= horizon:
            axes.plot(rung.limit / HOUR, 100 * rung.target, marker="D", color=palette.TARGET, markersize=6, zorder=5)
            # The side that the curve leaves free, if there is room for the words before the axis.
            below = spells.active(rung.limit) < rung.target * rung.plays and rung.limit >= 0.25 * horizon
            axes.annotate(
                phrase("figure.ladder.demand", share=f"{100 * rung.target:.0f}", limit=say_duration(rung.limit)),
                (rung.limit / HOUR, 100 * rung.target),
                xytext=(-8, 2) if below else (8, -4),
                textcoords="offset points",
                ha="right" if below else "left",
                va="bottom" if below else "top",
                fontsize=8,
                color=palette.TARGET,
            )
    axes.set_ylim(-1, 103)
    time_axis(axes, 0, horizon, clock)
    axes.set_ylabel(word("figure.ladder.share"))
    axes.grid(axis="y", color=palette.RULE, linewidth=0.6)
    axes.set_axisbelow(True)
    figure.legend(loc="outside lower left", frameon=False, ncols=min(3, max(1, len(rungs))), fontsize=8)
    message(figure, title)
    return figure


class _Spells:
    """In how many plays a level is active: put in order once, so that a moment costs the same for any number."""

    def __init__(self, rung: Rung) -> None:
        lasting = [(since, until) for since, until in rung.spells if since != until]
        self._begun = sorted(since for since, _ in lasting)
        self._ended = sorted(until for _, until in lasting if until is not None)

    def active(self, at: int) -> int:
        return bisect_right(self._begun, at) - bisect_right(self._ended, at)
