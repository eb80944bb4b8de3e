"""What happens to stocks: they run dry, come back, and something is carried to and from them."""

from __future__ import annotations

from ovning.log import records as r
from ovning.model.stocks import THOUSANDTHS
from ovning.report.names import small
from ovning.report.tell_services import spaced
from ovning.report.teller import Teller


def stood(teller: Teller, number: int, record: r.StockStood) -> None:
    """A stock is empty, or gives again; what it has at STARTEX and at the end goes without saying."""
    before = teller.stocks.get(record.stock)
    teller.stocks[record.stock] = record.state
    if before is None or (before == "dry") == (record.state == "dry"):
        return
    name = small(teller.names.stock(record.stock))
    left = _said(teller, record.stock, record.amount)
    text = f"inget kvar i {name}" if record.state == "dry" else f"{name} ger igen ({left})"
    _tell(teller, number, record.at, text)


def moved(teller: Teller, number: int, record: r.StockMoved) -> None:
    """Something is moved at once; what flows carry, bit by bit, is told with the flow."""
    if record.caused_by in teller.setup.scenario.flows:
        return
    stock = record.target or record.source or ""
    text = _said(teller, stock, record.amount)
    if record.amount < record.wanted:
        text += f" av {spaced(round(record.wanted / THOUSANDTHS))}"
    if record.source is not None:
        text += f" från {small(teller.names.stock(record.source))}"
    if record.target is not None:
        text += f" till {small(teller.names.stock(record.target))}"
    case = teller.case_of(record.caused_by)
    _tell(teller, number, record.at, text, about=record.caused_by, case=case)


def _said(teller: Teller, stock: str, amount: int) -> str:
    known = teller.setup.scenario.stocks.get(stock)
    return f"{spaced(round(amount / THOUSANDTHS))} {known.unit if known is not None else 'enheter'}"


def _tell(teller: Teller, number: int, at: int, text: str, about: str = "", case: str | None = None) -> None:
    entry = teller.last(at, "world")
    if entry is None:
        teller.add(number, at, "world", f"i samhället: {text}", about=about, case=case)
    else:
        entry.headline += f"{';' if ':' in entry.headline else ':'} {text}"
        entry.records.append(number)
