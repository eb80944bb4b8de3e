"""The figure of when plays started: whether it matters, for plays that start at any hour."""

from __future__ import annotations

from ovning.figures.starts import Start, starts
from ovning.measures.aggregate import LevelResult
from ovning.report.catalogue import word, words
from ovning.report.drawings import Drawing
from ovning.report.names import large, small
from ovning.report.outcome import Outcome
from ovning.report.said import listed
from ovning.report.wording import percent
from ovning.units import say_duration


def draw_starts(outcome: Outcome) -> Drawing | None:
    """The time to the main level by when plays started; ``None`` if all started at the same moment."""
    main = outcome.main_level
    if main is None or not outcome.setup.start_sampled:
        return None
    numbered = list(enumerate((o, c) for o in outcome.setup.exercise.objectives for c in o.criteria))
    place, aim = next(
        ((n, c) for n, (_, c) in numbered if c.measure == "time_to_level" and c.level == main.level), (None, None)
    )
    groups = [
        Start(
            word(f"starts.kind.{one.kind}"),
            dict(one.levels)[main.level],
            dict(one.levels)[main.level].reached if place is None else one.criteria[place],
        )
        for one in outcome.results.starts
    ]
    said = starts_message(outcome, main)
    horizon = outcome.results.horizon
    limit, target = (horizon, 1.0) if aim is None else (int(aim.met), aim.target_share)
    told = (
        words(
            "starts.alt_row",
            kind=group.title,
            plays=str(group.times.reached.n),
            middle=_middle(group, horizon),
            share=percent(group.within.share),
            limit=say_duration(limit),
        )
        for group in groups
    )
    alt = str(words("starts.alt", rows=listed(told, " ")))
    return Drawing("starttid", starts(groups, limit, target, horizon, said), alt)


def starts_message(outcome: Outcome, main: LevelResult) -> str:
    """Whether it matters when it begins, as a sentence; cautious where intervals overlap."""
    timed = [
        (median.value, median.low, median.high, word(f"starts.when.{one.kind}"))
        for one in outcome.results.starts
        if (median := dict(one.levels)[main.level].median) is not None and median.value is not None
    ]
    title = outcome.names.short_level(main.level)
    if len(timed) < 2:
        return str(words("starts.too_few", level=small(title)))
    fast, slow = min(timed), max(timed)
    if fast[2] is None or slow[1] is None or fast[2] >= slow[1]:
        return str(words("starts.same", level=small(title)))
    return str(
        words(
            "starts.differ",
            level=large(title),
            slow=slow[3],
            slow_median=say_duration(slow[0]),
            fast=fast[3],
            fast_median=say_duration(fast[0]),
        )
    )


def _middle(group: Start, horizon: int) -> str:
    median = group.times.median
    if median is None:
        return "–"
    if median.value is None:
        return str(words("number.not_within", horizon=say_duration(horizon)))
    return str(words("starts.median", median=say_duration(median.value)))
