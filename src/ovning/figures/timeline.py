"""One play as a timeline: what came in, who worked when, what was decided, and when the levels rose and fell.

A long play is drawn twice: its densest hours by themselves, and the whole, in which only the rest has labels.
"""

from __future__ import annotations

import string
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product
from typing import Final

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from ovning.figures import palette
from ovning.figures.canvas import HEADING, READABLE, message, papers, wrapped
from ovning.figures.hours import LONG, densest_day, time_axis
from ovning.figures.spread import rows_of, spread
from ovning.letters import shortened
from ovning.units import DAY, HOUR, Clock
from ovning.words import phrase, word
from ovning.words.common import weekday_short

FIRST_HOURS: Final = 8 * HOUR
"""Drawn by themselves in a play of twice as long or more."""
_LABEL: Final = 29
_ROW: Final = 0.236
"""Inches a lane is high."""
_ACROSS: Final = 4.15
"""Inches that are left for the time, about, beside the lanes' names."""
_LETTER: Final = 0.66 * READABLE / 72
"""Inches a letter of a short label is wide, at most about."""
_LINE: Final = 0.147
"""Inches a line of the key is high."""
_KEYS: Final = 24
"""So many decisions are named."""
_ON_CASES_COLOUR: Final = "#2F6499"
_STANDING_COLOUR: Final = "#C9D6E3"


@dataclass(frozen=True, slots=True)
class Lane:
    """A function, a body or a staff, and when it worked (milliseconds since STARTEX)."""

    title: str
    """In Swedish."""
    on_cases: tuple[tuple[int, int], ...]
    """On what came in and on the levels."""
    standing: tuple[tuple[int, int], ...] = ()
    """On everything else."""


@dataclass(frozen=True, slots=True)
class Sent:
    """An inject."""

    sign: str
    """As in the inject list."""
    at: int
    received_at: int | None = None
    """``None``: nobody took it in."""
    lane: int | None = None
    """Which lane did."""


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision."""

    title: str
    """In Swedish."""
    at: int
    lanes: tuple[int, ...]
    """Whose it was."""


@dataclass(frozen=True, slots=True)
class Stage:
    """A level, from the first word of it until it ended."""

    title: str
    """In Swedish."""
    rank: int
    """Its place on the ladder, from 0."""
    since: int
    active_at: int | None
    until: int


@dataclass(frozen=True, slots=True)
class Course:
    """One play, as it is drawn."""

    lanes: tuple[Lane, ...]
    injects: tuple[Sent, ...]
    """In the order in which they were sent."""
    decisions: tuple[Decided, ...]
    """In the order in which they were made."""
    stages: tuple[Stage, ...]
    horizon: int


def timeline(course: Course, clock: Clock, title: str) -> Figure:
    """Lanes over time: the first hours, the whole, and what the letters of the decisions stand for."""
    long = course.horizon >= 2 * FIRST_HOURS
    moments = [inject.at for inject in course.injects] + [one.at for one in course.decisions]
    near = densest_day(moments, course.horizon, clock) if course.horizon > LONG else (0, FIRST_HOURS)
    parts = [near, (0, course.horizon)] if long else [(0, max(course.horizon, 1))]
    levels = list(dict.fromkeys(stage.title for stage in course.stages))
    heights = [_ROW * (_injects_high(course, part, parts) + len(levels) + len(course.lanes) + 0.4) for part in parts]
    lines = -(-max(1, len(course.decisions[: _KEYS + 1])) // 2)
    heights.append(_LINE * lines)
    figure, axes = papers(sum(heights) + 1.27 + 0.53 * len(parts), heights)
    signs = _letters(len(course.decisions))
    for one, part in zip(axes, parts, strict=False):
        _draw(one, course, signs, part, parts, clock)
        if long:
            heading = _near(near, course, clock) if part is parts[0] else word("figure.timeline.whole")
            one.set_title(heading, pad=19 if DAY < part[1] - part[0] <= LONG else 6, **HEADING)
    for one in axes[: len(parts) - 1]:
        one.set_xlabel("")
    _words(axes[-1], course.decisions, signs, clock, long=course.horizon > LONG)
    _key(figure, course)
    message(figure, title)
    return figure


def _near(part: tuple[int, int], course: Course, clock: Clock) -> str:
    if course.horizon <= LONG:
        return phrase("figure.timeline.first", hours=str(FIRST_HOURS // HOUR))
    day = clock.local(part[0])
    when = phrase("time.day_short", weekday=weekday_short(day), day=str(day.day), month=str(day.month))
    return phrase("figure.timeline.densest", day=when)


def _letters(count: int) -> list[str]:
    letters = string.ascii_lowercase
    return [*letters, *("".join(pair) for pair in product(letters, repeat=2))][:count]


def _labelled(at: int, part: tuple[int, int], parts: Sequence[tuple[int, int]]) -> bool:
    """Whether what happens then has its label in this part: in the first that it lies in."""
    begins, ends = part
    return begins <= at <= ends and not any(other[0] <= at <= other[1] for other in parts[: parts.index(part)])


def _wide(sign: str, part: tuple[int, int]) -> float:
    """Hours that a label takes of an axis."""
    return (len(sign) + 0.7) * _LETTER * (part[1] - part[0]) / HOUR / _ACROSS


def _sent(course: Course, part: tuple[int, int], parts: Sequence[tuple[int, int]]) -> list[list[Sent]]:
    """The injects that are labelled in this part, in as many rows of labels as they need."""
    found = [inject for inject in course.injects if _labelled(inject.at, part, parts)]
    return rows_of(found, [_wide(inject.sign, part) for inject in found], (part[1] - part[0]) / HOUR)


def _injects_high(course: Course, part: tuple[int, int], parts: Sequence[tuple[int, int]]) -> float:
    return 1.1 + 0.65 * max(1, len(_sent(course, part, parts)))


def _draw(
    axes: Axes,
    course: Course,
    signs: Sequence[str],
    part: tuple[int, int],
    parts: Sequence[tuple[int, int]],
    clock: Clock,
) -> None:
    levels = list(dict.fromkeys(stage.title for stage in course.stages))
    top = _injects_high(course, part, parts)
    marker = top - 0.75
    lane_at = [top + len(levels) + number for number in range(len(course.lanes))]
    bottom = top + len(levels) + len(course.lanes) - 0.3
    if part is not parts[0]:
        axes.axvspan(parts[0][0] / HOUR, parts[0][1] / HOUR, color="#EEEEEE", zorder=0, linewidth=0)
    for y in (*(top + n for n in range(len(levels))), *lane_at):
        axes.axhline(y - 0.5, color="#DDDDDD", linewidth=0.5, zorder=0.5)
    for stage in course.stages:
        later = [other.since for other in course.stages if other.title == stage.title and other.since > stage.since]
        _stage(axes, stage, top + levels.index(stage.title), part, clock, min(later, default=part[1]))
    for lane, y in zip(course.lanes, lane_at, strict=True):
        _bars(axes, lane.standing, y, 0.5, _STANDING_COLOUR, part)
        _bars(axes, lane.on_cases, y, 0.5, _ON_CASES_COLOUR, part)
    _injects(axes, course, marker, lane_at, part, parts)
    _decisions(axes, course, signs, lane_at, part, parts)
    names = [wrapped(word("figure.timeline.injects"), _LABEL), *(wrapped(name, _LABEL) for name in levels)]
    axes.set_yticks(
        [marker, *(top + n for n in range(len(levels))), *lane_at],
        [*names, *(wrapped(lane.title, _LABEL) for lane in course.lanes)],
    )
    for label in axes.get_yticklabels():
        label.set_linespacing(1.0)
    axes.tick_params(axis="y", length=0)
    axes.spines[["left"]].set_visible(False)
    axes.set_ylim(bottom, 0)
    time_axis(axes, *part, clock, days=part[1] - part[0] > DAY)


def _bars(
    axes: Axes, spans: Sequence[tuple[int, int]], y: float, high: float, colour: str, part: tuple[int, int]
) -> None:
    """Bars as wide as something that can be seen; what lies closer than that is one."""
    least = (part[1] - part[0]) / 400
    drawn: list[tuple[float, float]] = []
    for since, at in spans:
        if since > part[1] or at < part[0]:
            continue
        at = min(max(at, since + round(least)), part[1])
        if drawn and since - drawn[-1][1] < least:
            drawn[-1] = (drawn[-1][0], max(at, drawn[-1][1]))
        else:
            drawn.append((since, at))
    bars = [(since / HOUR, (at - since) / HOUR) for since, at in drawn]
    axes.broken_barh(bars, (y - high / 2, high), facecolor=colour, linewidth=0, zorder=2)


def _stage(axes: Axes, stage: Stage, y: float, part: tuple[int, int], clock: Clock, until: int) -> None:
    """``until``: where the room for its words ends, the axis or the next of the same level."""
    ends = min(stage.until, part[1])
    active = ends if stage.active_at is None else min(stage.active_at, ends)
    if stage.since >= part[1] or ends <= part[0]:
        return
    colour, _ = palette.level(stage.rank)
    axes.broken_barh(
        [(stage.since / HOUR, (active - stage.since) / HOUR)],
        (y - 0.36, 0.72),
        facecolor="white",
        edgecolor=colour,
        hatch="////",
        linewidth=0.8,
        zorder=2,
    )
    if stage.active_at is None or stage.active_at >= ends:
        return
    axes.broken_barh([(active / HOUR, (ends - active) / HOUR)], (y - 0.36, 0.72), facecolor=colour, zorder=2)
    began = clock.local(stage.active_at)
    when = f"{began.day}/{began.month}" if part[1] - part[0] > LONG else f"{began:%H:%M}"
    words = phrase("figure.timeline.active", clock=when)
    inside = _wide(words, part) < (ends - active) / HOUR
    if active < part[0] or not (inside or _wide(words, part) < (until - ends) / HOUR):
        return
    axes.annotate(
        words,
        ((active if inside else ends) / HOUR, y),
        xytext=(4, 0),
        textcoords="offset points",
        va="center",
        fontsize=READABLE,
        color=("white" if inside else palette.INK),
        zorder=5,
    )


def _injects(
    axes: Axes,
    course: Course,
    marker: float,
    lane_at: Sequence[float],
    part: tuple[int, int],
    parts: Sequence[tuple[int, int]],
) -> None:
    begins, ends = part[0] / HOUR, part[1] / HOUR
    for row, injects in enumerate(_sent(course, part, parts)):
        places = spread([one.at / HOUR for one in injects], [_wide(one.sign, part) for one in injects], begins, ends)
        for inject, place in zip(injects, places, strict=True):
            y = marker - 0.62 - 0.65 * row
            axes.annotate(inject.sign, (place, y), ha="center", va="center", fontsize=READABLE, zorder=6)
            axes.plot([place, inject.at / HOUR], [y + 0.3, marker], color=palette.INK, linewidth=0.5, zorder=3)
    for inject in course.injects:
        if not part[0] <= inject.at <= part[1]:
            continue
        labelled = _labelled(inject.at, part, parts)
        taken = inject.received_at is not None
        axes.plot(
            inject.at / HOUR,
            marker,
            marker="v" if taken else "X",
            markersize=6 if labelled else 4,
            color=palette.INK if labelled else palette.FAINT,
            markeredgewidth=0,
            zorder=5,
            clip_on=False,
        )
        if labelled and inject.received_at is not None and inject.lane is not None and inject.received_at <= part[1]:
            y = lane_at[inject.lane]
            line = [inject.at / HOUR, inject.received_at / HOUR]
            axes.plot(line, [marker, y], color=palette.INK, linewidth=0.6, linestyle=(0, (1, 1.5)), zorder=3)
            axes.plot(line[1], y, marker="o", markersize=3.5, color=palette.INK, zorder=5)


def _decisions(
    axes: Axes,
    course: Course,
    signs: Sequence[str],
    lane_at: Sequence[float],
    part: tuple[int, int],
    parts: Sequence[tuple[int, int]],
) -> None:
    begins, ends = part[0] / HOUR, part[1] / HOUR
    for lane, y in enumerate(lane_at):
        here = [
            (sign, one.at)
            for sign, one in zip(signs, course.decisions, strict=True)
            if lane in one.lanes and _labelled(one.at, part, parts)
        ]
        places = spread([at / HOUR for _, at in here], [_wide(sign, part) for sign, _ in here], begins, ends)
        for (sign, at), place in zip(here, places, strict=True):
            axes.plot(
                at / HOUR,
                y + 0.22,
                marker="D",
                markersize=6,
                color=palette.TARGET,
                markeredgecolor="white",
                markeredgewidth=0.7,
                zorder=6,
            )
            axes.annotate(
                sign,
                (place, y - 0.2),
                ha="center",
                va="center",
                fontsize=READABLE,
                fontweight="bold",
                color=palette.INK,
                bbox={"boxstyle": "round,pad=0.08", "facecolor": "white", "edgecolor": "none"},
                zorder=7,
            )


def _words(axes: Axes, decisions: Sequence[Decided], signs: Sequence[str], clock: Clock, *, long: bool) -> None:
    """What the letters stand for, in two columns; ``long``: with dates, where a weekday comes more than once."""
    axes.axis("off")
    first = clock.local(0).date()
    lines = []
    for sign, one in list(zip(signs, decisions, strict=True))[:_KEYS]:
        local = clock.local(one.at)
        weekday = "" if local.date() == first else f"{weekday_short(local)} "
        day = f"{local.day}/{local.month} " if long else weekday
        lines.append((sign, shortened(f"{day}{local:%H:%M} {one.title}", 47)))
    if len(decisions) > _KEYS:
        lines.append(("", phrase("figure.timeline.more_decisions", count=str(len(decisions) - _KEYS))))
    if not lines:
        lines.append(("", word("figure.timeline.no_decisions")))
    high = -(-len(lines) // 2)
    for number, (sign, words) in enumerate(lines):
        column, row = divmod(number, high)
        place = (0.01 + 0.5 * column, 1 - (row + 0.5) / high)
        for text, weight, away in ((sign, "bold", 0), (words, "normal", 16)):
            axes.annotate(
                text,
                place,
                xycoords=("figure fraction", "axes fraction"),
                xytext=(away, 0),
                textcoords="offset points",
                va="center",
                fontsize=READABLE,
                fontweight=weight,
                annotation_clip=False,
            ).set_in_layout(False)


def _key(figure: Figure, course: Course) -> None:
    def mark(label: str, sign: str, colour: str) -> Line2D:
        return Line2D([], [], marker=sign, linestyle="none", markersize=6, color=colour, label=label)

    colour = palette.level(course.stages[0].rank)[0] if course.stages else palette.LEVELS[0]
    handles: list[Line2D | Patch] = [
        Patch(facecolor=_ON_CASES_COLOUR, label=word("figure.timeline.on_cases")),
        Patch(facecolor=_STANDING_COLOUR, label=word("figure.timeline.standing")),
    ]
    if course.stages:
        handles += [
            Patch(facecolor="white", edgecolor=colour, hatch="////", label=word("figure.timeline.under_way")),
            Patch(facecolor=colour, label=word("figure.timeline.in_place")),
        ]
    handles.append(mark(word("figure.timeline.inject"), "v", palette.INK))
    if any(inject.received_at is None for inject in course.injects):
        handles.append(mark(word("figure.timeline.not_received"), "X", palette.INK))
    handles.append(mark(word("figure.timeline.decision"), "D", palette.TARGET))
    figure.legend(
        handles=handles, loc="outside lower left", frameon=False, ncols=3, fontsize=READABLE, columnspacing=1.2
    )
