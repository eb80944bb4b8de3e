"""A stock and where it stands, as plain data, in whole numbers so small that nothing is ever rounded.

A *grain* is what a thousandth of the unit an hour comes to in a millisecond: an hour's milliseconds of them make a
thousandth. Rates are whole thousandths an hour, so that what runs in any number of milliseconds is whole grains.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from typing import Final

from ovning.engine.moment import Moment
from ovning.model.stocks import THOUSANDTHS, Inlet, Outlet, Stock
from ovning.units import HOUR

THOUSANDTH: Final = HOUR
"""Grains in a thousandth of the unit."""


@dataclass(eq=False, slots=True)
class PipeRun:
    """A way into or out of a stock, and what runs through it."""

    id: str
    spec: Inlet | Outlet
    source: StockRun | None
    """The stock that it runs from."""
    target: StockRun | None
    """The stock that it runs to."""
    open: int = 0
    """Thousandths an hour that would run through it if the source had them and the target had room."""
    wanted: int = 0
    """Thousandths an hour that would be used if everybody had what they should."""
    rate: int = 0
    """Thousandths an hour that run through it; grains a millisecond."""
    told: tuple[int, int] = (0, 0)
    """Rate and wanted as last written."""

    @property
    def is_leak(self) -> bool:
        """Whether it is of no use to anybody."""
        return isinstance(self.spec, Outlet) and self.spec.leak


@dataclass(eq=False, slots=True)
class StockRun:
    """A stock and where it stands."""

    id: str
    spec: Stock
    holds: int
    """Grains."""
    back: int
    """Grains: so much is enough when it has been dry."""
    marks: list[int]
    """Grains at which some condition may become true or untrue, the lowest first."""
    amount: int
    """Grains at ``since``."""
    since: int = 0
    dry: bool = False
    full: bool = False
    net: int = 0
    """Grains a millisecond that it grows by."""
    inlets: list[PipeRun] = field(default_factory=list)
    outlets: list[PipeRun] = field(default_factory=list)
    """Also those that are inlets of other stocks."""
    told: str = ""
    """Its state as last written."""
    passed: int = -1
    """How many of the marks it had reached when last looked at."""
    moment: Moment | None = None

    def now(self, at: int) -> int:
        """Grains at this moment."""
        return self.amount + self.net * (at - self.since)

    def run_on(self, at: int) -> None:
        """Bring the amount up to now."""
        self.amount, self.since = self.now(at), at

    @property
    def state(self) -> str:
        """``dry``, ``full`` or ``part``."""
        return "dry" if self.dry else "full" if self.full else "part"

    @property
    def reached(self) -> int:
        """How many of the marks it has reached, at ``since``; all of them when it is full."""
        return len(self.marks) if self.full else bisect_right(self.marks, self.amount)


def grains(amount: float) -> int:
    """An amount in the stock's unit as grains, to a whole thousandth."""
    return round(amount * THOUSANDTHS) * THOUSANDTH


def mark(stock: Stock, share: float) -> int:
    """Where on a stock this share of what it holds is, in grains."""
    return grains(stock.holds * share)


def is_spent(amount: int, rate: int) -> bool:
    """Whether less is left than a millisecond of this rate takes; where nothing is taken, than a thousandth."""
    return amount < (rate if rate > 0 else THOUSANDTH)


def hours_left(stock: StockRun, at: int) -> float | None:
    """How many hours it lasts as things stand; none at all when it is dry, ``None`` when it does not empty."""
    if stock.dry:
        return 0.0
    return stock.now(at) / -stock.net / HOUR if stock.net < 0 else None
