"""Stocks: what runs in and out of reservoirs and stores, and what is moved at once.

Amounts are whole thousandths of the stock's unit, rates whole thousandths an hour.
"""

from __future__ import annotations

from typing import Literal, NamedTuple


class StockStood(NamedTuple):
    """What a stock had: at STARTEX, whenever its state changes, and at the end of the play."""

    at: int
    stock: str
    amount: int
    """What it had, in thousandths of its unit; a part of a thousandth is not told."""
    holds: int
    """What there is room for, in thousandths of its unit."""
    state: Literal["dry", "part", "full"]
    """``dry``: it has been empty, and gives nothing until it is back; ``full``: no more comes in than goes out."""


class StockRateChanged(NamedTuple):
    """From now on so much runs through a way into or out of a stock."""

    at: int
    pipe: str
    """The way, ``stock.name``."""
    source: str | None
    """The stock that it runs from; null: from outside."""
    target: str | None
    """The stock that it runs to; null: it is used, or lost."""
    rate: int
    """Thousandths of the unit an hour."""
    wanted: int
    """What would be used if the stock were not dry and everybody had the service; the rate itself, where nobody is
    without anything."""


class StockMoved(NamedTuple):
    """So much was moved at once."""

    at: int
    source: str | None
    """The stock that it was taken from; null: from outside."""
    target: str | None
    """The stock that it was put in; null: it was used up."""
    amount: int
    """Thousandths of the unit."""
    wanted: int
    """What would have been moved if so much had been left, and there had been room for it."""
    caused_by: str
    """An event, task or flow."""
