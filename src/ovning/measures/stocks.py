"""Stocks: what was in them, what ran in and out, when they were empty, and what was wanted and not there.

Everything is added up exactly, in thousandths of the unit times milliseconds of an hour, and rounded down at the end.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from ovning.log.records import Log, PlayEnded, StockMoved, StockRateChanged, StockStood
from ovning.measures.intervals import Mean
from ovning.measures.tally import Tally
from ovning.measures.times import Times
from ovning.model.stocks import Stock
from ovning.units import HOUR

WHOLE: Final = 10_000
"""A full stock, in the figures by hour."""
STOCK_SUMS: Final = ("start", "end", "lowest", "filled", "delivered", "passed_on", "leaked", "unmet", "dry")
"""What of a play is added up."""


class StockOutcome(NamedTuple):
    """One stock in one play; amounts in thousandths of its unit."""

    stock: str
    holds: int
    start: int
    end: int
    lowest: int
    filled: int
    """What ran in, or was put in."""
    delivered: int
    """What was used: by those who take from it, or used up when something was moved."""
    passed_on: int
    """What ran or was moved to other stocks."""
    leaked: int
    unmet: int
    """What was wanted and not delivered."""
    dry_at: int | None
    """When it was first empty, milliseconds since STARTEX."""
    dry: int
    """Milliseconds in which nothing was given out, because it had been empty."""
    by_hour: tuple[int, ...]
    """How full it was at the end of each hour from STARTEX, in ten-thousandths; the last hour may be cut."""


class StockResult(NamedTuple):
    """A stock over all plays; amounts a play, in thousandths of its unit."""

    stock: str
    holds: int
    start: Mean
    end: Mean
    lowest: Mean
    filled: Mean
    delivered: Mean
    passed_on: Mean
    leaked: Mean
    unmet: Mean
    dry: Mean
    """Milliseconds in which nothing was given out."""
    dry_at: Times
    """When it was first empty."""
    by_hour: tuple[Mean, ...]
    """How full it was at the end of each hour, in ten-thousandths."""


def stock_results(tally: Tally) -> tuple[StockResult, ...]:
    """Stocks over many plays, in the scenario's order."""
    found = []
    for name in tally.names("stock"):
        key = ("stock", name)
        holds = next(int(value) for value in tally.column(*key, "holds") if value is not None)
        means = {what: tally.mean(*key, what) for what in STOCK_SUMS}
        found.append(
            StockResult(
                stock=name, holds=holds, dry_at=tally.times(*key, "dry_at"), by_hour=tally.hours(*key, "hours"), **means
            )
        )
    return tuple(found)


@dataclass(slots=True)
class _Book:
    """What is known of one stock so far; amounts in grains, as the engine counts them."""

    has: int = 0
    start: int = 0
    holds: int = 0
    lowest: int = 0
    filled: int = 0
    delivered: int = 0
    passed_on: int = 0
    leaked: int = 0
    unmet: int = 0
    dry_at: int | None = None
    dry: int = 0
    is_dry: bool = False
    by_hour: list[int] = field(default_factory=list)


def stock_outcomes(log: Log, stocks: Mapping[str, Stock]) -> tuple[StockOutcome, ...]:
    """Every stock of the scenario, in its order."""
    if not stocks:
        return ()
    books = {name: _Book() for name in stocks}
    leaks = {f"{name}.{key}" for name, stock in stocks.items() for key, out in stock.emptied_by.items() if out.leak}
    rates: dict[str, StockRateChanged] = {}
    now = 0
    for record in log:
        if not isinstance(record, StockStood | StockRateChanged | StockMoved | PlayEnded):
            continue
        while now < record.at:
            until = min(record.at, (now // HOUR + 1) * HOUR)
            _run(books, rates.values(), leaks, until - now)
            now = until
            if now % HOUR == 0:
                _end_hour(books)
        if isinstance(record, StockStood):
            _stand(books[record.stock], record)
        elif isinstance(record, StockRateChanged):
            rates[record.pipe] = record
        elif isinstance(record, StockMoved):
            _move(books, record)
    if now % HOUR:
        _end_hour(books)
    return tuple(_outcome(name, book) for name, book in books.items())


def _run(books: Mapping[str, _Book], rates: Iterable[StockRateChanged], leaks: Set[str], lasted: int) -> None:
    """So many milliseconds pass."""
    for one in rates:
        amount, wanted = one.rate * lasted, one.wanted * lasted
        if one.source is not None:
            source = books[one.source]
            source.has -= amount
            if one.target is not None:
                source.passed_on += amount
            elif one.pipe in leaks:
                source.leaked += amount
            else:
                source.delivered += amount
                source.unmet += wanted - amount
        if one.target is not None:
            books[one.target].has += amount
            books[one.target].filled += amount
    for book in books.values():
        book.lowest = min(book.lowest, book.has)
        book.dry += lasted if book.is_dry else 0


def _end_hour(books: Mapping[str, _Book]) -> None:
    for book in books.values():
        book.by_hour.append(book.has * WHOLE // book.holds)


def _stand(book: _Book, stood: StockStood) -> None:
    """A stock says what it has: at STARTEX that is where the book begins."""
    if not book.holds:
        book.holds = stood.holds * HOUR
        book.has = book.start = book.lowest = stood.amount * HOUR
    book.is_dry = stood.state == "dry"
    if book.is_dry and book.dry_at is None:
        book.dry_at = stood.at


def _move(books: Mapping[str, _Book], moved: StockMoved) -> None:
    amount = moved.amount * HOUR
    if moved.source is not None:
        source = books[moved.source]
        source.has -= amount
        source.lowest = min(source.lowest, source.has)
        if moved.target is not None:
            source.passed_on += amount
        else:
            source.delivered += amount
            source.unmet += moved.wanted * HOUR - amount
    if moved.target is not None:
        books[moved.target].has += amount
        books[moved.target].filled += amount


def _outcome(stock: str, book: _Book) -> StockOutcome:
    def whole(name: str) -> int:
        amount: int = getattr(book, name)
        return amount // HOUR

    return StockOutcome(
        stock=stock,
        holds=whole("holds"),
        start=whole("start"),
        end=whole("has"),
        lowest=whole("lowest"),
        filled=whole("filled"),
        delivered=whole("delivered"),
        passed_on=whole("passed_on"),
        leaked=whole("leaked"),
        unmet=whole("unmet"),
        dry_at=book.dry_at,
        dry=book.dry,
        by_hour=tuple(book.by_hour),
    )
