"""What happens to stocks: they run dry, come back, and something is carried to and from them."""

from __future__ import annotations

from ovning.log import records as r
from ovning.model.stocks import THOUSANDTHS
from ovning.report.names import small
from ovning.report.tell_services import spaced
from ovning.report.teller import Teller
from ovning.words import phrase, word


def stood(teller: Teller, number: int, record: r.StockStood) -> None:
    """A stock is empty, or gives again; what it has at STARTEX and at the end goes without saying."""
    before = teller.stocks.get(record.stock)
    teller.stocks[record.stock] = record.state
    if before is None or (before == "dry") == (record.state == "dry"):
        return
    key = "dry" if record.state == "dry" else "gives"
    name, left = small(teller.names.stock(record.stock)), _said(teller, record.stock, record.amount)
    _tell(teller, number, record.at, phrase(f"course.world.stock.{key}", stock=name, left=left))


def moved(teller: Teller, number: int, record: r.StockMoved) -> None:
    """Something is moved at once; what flows carry, bit by bit, is told with the flow."""
    if record.caused_by in teller.setup.scenario.flows:
        return
    stock = record.target or record.source or ""
    key = "taken" if record.target is None else "brought" if record.source is None else "moved"
    text = phrase(
        f"course.world.stock.{key}",
        amount=_said(teller, stock, record.amount, record.wanted),
        source=small(teller.names.stock(record.source or "")),
        target=small(teller.names.stock(record.target or "")),
    )
    case = teller.case_of(record.caused_by)
    _tell(teller, number, record.at, text, about=record.caused_by, case=case)


def _said(teller: Teller, stock: str, amount: int, wanted: int = 0) -> str:
    """An amount with its unit, and of how much if more was wanted."""
    known = teller.setup.scenario.stocks.get(stock)
    unit = word("course.world.stock.units") if known is None else known.unit
    key = "amount_of" if amount < wanted else "amount"
    said, of = (spaced(round(one / THOUSANDTHS)) for one in (amount, wanted))
    return phrase(f"course.world.stock.{key}", amount=said, unit=unit, wanted=of)


def _tell(teller: Teller, number: int, at: int, text: str, about: str = "", case: str | None = None) -> None:
    entry = teller.last(at, "world")
    if entry is None:
        teller.add(number, at, "world", phrase("course.world.society", what=text), about=about, case=case)
    else:
        entry.headline += f"{';' if ':' in entry.headline else ':'} {text}"
        entry.records.append(number)
