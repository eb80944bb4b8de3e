"""The figure of stocks: how full each was, its message and its words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from ovning.figures.hours import Series
from ovning.figures.stocks import Store, stocks
from ovning.measures.intervals import Mean
from ovning.measures.stocks import WHOLE, StockResult
from ovning.model.stocks import THOUSANDTHS
from ovning.report.drawings import Drawing
from ovning.report.drawings_society import nights_of_plays
from ovning.report.names import large, small
from ovning.report.outcome import Outcome
from ovning.report.wording import hours, number, percent
from ovning.words import phrase

_MOST: Final = 20
"""More panels than so many are not read."""
_ENOUGH: Final = 0.995
"""Of a stock that gave at least this share of what was wanted is said how little was left, not that it ran out."""


def draw_stocks(outcome: Outcome) -> Drawing | None:
    """Stocks over time; ``None`` without any in which something happened."""
    moved = [one for one in outcome.results.stocks if _is_used(one)][:_MOST]
    if not moved:
        return None
    stores = [
        Store(
            large(outcome.names.stock(one.stock)),
            phrase(
                "figure.stocks.holds",
                amount=number(one.holds / THOUSANDTHS),
                unit=outcome.setup.scenario.stocks[one.stock].unit,
            ),
            _note(one),
            _left(one),
        )
        for one in moved
    ]
    message = stocks_message(outcome, moved)
    each = "; ".join(
        phrase(
            "figure.stocks.alt_stock",
            stock=small(store.title),
            holds=store.holds,
            note=store.note,
            left=percent(min(store.left.mean)),
        )
        for store in stores
    )
    alt = phrase("figure.stocks.alt", message=message, stocks=large(each))
    unused = [small(outcome.names.stock(one.stock)) for one in outcome.results.stocks if not _is_used(one)]
    if unused:
        alt = f"{alt} {phrase('figure.stocks.alt_unused', stocks=', '.join(unused))}"
    figure = stocks(stores, outcome.results.horizon, outcome.clock, message, nights_of_plays(outcome))
    return Drawing("forrad", figure, alt)


def stocks_message(outcome: Outcome, moved: Sequence[StockResult]) -> str:
    """Which stock gave least of what was wanted, and which was empty for longest, as a sentence."""
    short = [one for one in moved if (share := _given(one)) is not None and share < _ENOUGH]
    if not short:
        least = min(moved, key=lambda one: (one.lowest.mean / one.holds, one.stock))
        left = percent(least.lowest.mean / least.holds)
        return phrase("figure.stocks.message.least", stock=_name(outcome, least), left=left)
    worst = min(short, key=lambda one: (_given(one) or 0.0, one.stock))
    longest = max(short, key=lambda one: (one.dry.mean, one.stock))
    key = "dry" if longest is worst else "dry_others"
    return phrase(
        f"figure.stocks.message.{key}",
        stock=_name(outcome, worst),
        given=percent(_given(worst)),
        longest=_name(outcome, longest),
        hours=hours(longest.dry.mean),
    )


def _name(outcome: Outcome, one: StockResult) -> str:
    return small(outcome.names.stock(one.stock))


def _is_used(one: StockResult) -> bool:
    return any(amount.mean for amount in (one.filled, one.delivered, one.passed_on, one.leaked, one.unmet))


def _given(one: StockResult) -> float | None:
    """The share of what was wanted that was given; ``None`` of a stock that nobody takes from."""
    wanted = one.delivered.mean + one.unmet.mean
    return one.delivered.mean / wanted if wanted else None


def _note(one: StockResult) -> str:
    given = _given(one)
    if given is not None and given < _ENOUGH:
        return phrase("figure.stocks.gave", given=percent(given))
    return phrase("figure.stocks.lowest", left=percent(one.lowest.mean / one.holds))


def _left(one: StockResult) -> Series:
    """At STARTEX, and at the end of each hour."""
    first = one.start
    low, high = (None if edge is None else edge * WHOLE / one.holds for edge in (first.low, first.high))
    start = Mean(first.n, first.mean * WHOLE / one.holds, low, high)
    every = (start, *one.by_hour)
    return Series(
        tuple(mean.mean / WHOLE for mean in every),
        tuple((mean.mean if mean.low is None else mean.low) / WHOLE for mean in every),
        tuple((mean.mean if mean.high is None else mean.high) / WHOLE for mean in every),
    )
