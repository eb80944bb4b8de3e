"""Stocks: that what they hang on exists, and that they neither fill from each other in a ring nor turn on and off."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import TypeAlias

from ovning.errors import Problem
from ovning.files.checks.course import Course, conditions
from ovning.files.checks.rings import ring
from ovning.files.checks.services import HERE, STOCK
from ovning.files.checks.texts import RESERVED
from ovning.files.checks.words import Path, Use, unknown
from ovning.files.parts import Part
from ovning.limits import LARGEST_RATE
from ovning.model.conditions import Condition
from ovning.model.scenario import Scenario
from ovning.model.stocks import THOUSANDTHS, Inlet, Move, Outlet, Stock
from ovning.units import HOUR

Moves: TypeAlias = tuple[Move, ...]


def pipes(stock: Stock, *at: str) -> Iterator[tuple[Path, Inlet | Outlet]]:
    """What fills and empties a stock, each with its path."""
    for name, inlet in stock.filled_by.items():
        yield (*at, "filled_by", name), inlet
    for name, outlet in stock.emptied_by.items():
        yield (*at, "emptied_by", name), outlet


def _every(scenario: Scenario) -> Iterator[tuple[Path, Inlet | Outlet]]:
    for name, stock in scenario.stocks.items():
        yield from pipes(stock, "stocks", name)


def all_moves(scenario: Scenario) -> Iterator[tuple[Path, Move]]:
    """What events, tasks and flows move at once, each with its path."""
    places: list[tuple[Path, Moves]] = [(("events", e.id, "moves"), e.moves) for e in scenario.events]
    for name, tasks in scenario.procedures.items():
        places += [(("procedures", name, t.task, "then", "moves"), t.then.moves) for t in tasks if t.then is not None]
    for name, flow in scenario.flows.items():
        places += [(("flows", name, "stages", n, "moves"), stage.moves) for n, stage in enumerate(flow.stages)]
    for at, moves in places:
        yield from (((*at, n), move) for n, move in enumerate(moves))


def services(scenario: Part[Scenario]) -> Iterator[Problem]:
    """Services that ways in and out hang on exist, and say how many they concern where that is asked."""
    known = scenario.model.services
    for at, pipe in _every(scenario.model):
        uses = [(pipe.with_, (*at, "with")), (pipe.without, (*at, "without"))]
        each = [(pipe.having, (*at, "having")), (pipe.lacking, (*at, "lacking"))] if isinstance(pipe, Outlet) else []
        yield from unknown(scenario, _given([*uses, *each]), known, HERE)
        for word, path in _given(each):
            if word in known and known[word].affects.total == 0:
                yield scenario.error(
                    f"”{word}” säger inte hur många den berör (affects): det som tas ut kan inte räknas",
                    f"skriv affects: {{persons: …}} eller {{households: …}} för {word} under services",
                    at=path,
                )


def _given(uses: Iterable[tuple[str | None, Path]]) -> list[Use]:
    return [(word, path) for word, path in uses if word is not None]


def sources(scenario: Part[Scenario]) -> Iterator[Problem]:
    """Stocks that are filled from, and that something is moved from or to, exist; none fills itself."""
    stocks = scenario.model.stocks
    uses = [((*at, "from"), pipe.from_) for at, pipe in _every(scenario.model) if isinstance(pipe, Inlet)]
    uses += [
        ((*at, key), word) for at, m in all_moves(scenario.model) for key, word in (("from", m.from_), ("to", m.to))
    ]
    yield from unknown(scenario, _given((word, path) for path, word in uses), stocks, STOCK)
    below = {name: [i.from_ for i in stock.filled_by.values() if i.from_ is not None] for name, stock in stocks.items()}
    for round_ in ring(below):
        first, second = round_[0], (*round_, round_[0])[1]
        inlet = next(key for key, i in stocks[first].filled_by.items() if i.from_ == second)
        yield scenario.error(
            f"förråden fylls från varandra i ring: {' → '.join((*round_, first))}",
            "bryt ringen: var kommer det ifrån?",
            at=("stocks", first, "filled_by", inlet, "from"),
        )


def needs(scenario: Part[Scenario]) -> Iterator[Problem]:
    """A service that needs a stock needs what is left of it: no level of it is enough, or followed."""
    model = scenario.model
    for name, service in model.services.items():
        for need, spec in service.depends_on.items():
            at = ("services", name, "depends_on", need)
            if need not in model.stocks:
                continue
            for key in ("at_least", "follows"):
                if key in spec.model_fields_set:
                    yield scenario.error(
                        f"”{need}” är ett förråd: det räcker tills det är tomt, och {key} säger inget om det",
                        f"ta bort {key}; back_at hos förrådet säger när det räcker igen",
                        at=(*at, key),
                    )


def names(scenario: Part[Scenario]) -> Iterator[Problem]:
    """No stock has the name of a service or a flow, or of a blank in texts."""
    model = scenario.model
    for name in model.stocks:
        what = "en tjänst" if name in model.services else "ett flöde" if name in model.flows else None
        if what is not None or name in RESERVED:
            yield scenario.error(
                f"”{name}” är redan {what}: {{{name}.…}} i en text kan betyda båda"
                if what is not None
                else f"”{name}” betyder redan något i texter ({{{name} …}})",
                "ge förrådet ett annat namn",
                at=("stocks", name),
                key=True,
            )


def feedback(scenario: Part[Scenario]) -> Iterator[Problem]:
    """What runs hangs on no stock's amount: at the very limit it would be turned on and off without end."""
    for at, condition in conditions(scenario.model):
        if at[0] == "stocks" and condition.stock is not None:
            yield scenario.error(
                "det som rinner kan inte hänga på hur mycket som finns i ett förråd: vid gränsen slår det av och på",
                "fullt och tomt sköter förrådet självt; låt annars en tjänst som behöver det (depends_on) styra",
                at=(*at, "stock"),
            )


def fastest(scenario: Scenario, pipe: Inlet | Outlet) -> float:
    """The most that may run through a way in or out, in the unit an hour."""
    rate = pipe.rate * max(1.0, pipe.at_night)
    for swing in pipe.varies:
        rate *= max(1.0, swing.times)
    each = (pipe.having or pipe.lacking) if isinstance(pipe, Outlet) else None
    if each is not None:
        rate *= scenario.services[each].affects.total if each in scenario.services else 0
    return rate


def rates(scenario: Part[Scenario]) -> Iterator[Problem]:
    """Rates can be counted, and come to something."""
    for at, pipe in _every(scenario.model):
        rate = fastest(scenario.model, pipe)
        here = (*at, "per_day" if pipe.per_hour is None else "per_hour")
        if rate > LARGEST_RATE:
            yield scenario.error(
                f"det kan rinna {rate:.0f} i timmen: mer än {LARGEST_RATE} går inte att räkna", "sänk takten", at=here
            )
        elif 0 < rate * THOUSANDTHS <= 0.5 or pipe.rate == 0:
            yield scenario.warning(
                "så lite rinner inte alls: takten räknas i tusendelar i timmen", "höj takten", at=here
            )


def turns(scenario: Scenario, stock: Stock) -> float:
    """How many times in a play a stock may become dry and come back of what runs, at the very most."""
    back = stock.holds * stock.back_at
    into = sum(fastest(scenario, inlet) for inlet in stock.filled_by.values())
    most = scenario.horizon / HOUR * into / back
    taken = chain.from_iterable(other.filled_by.values() for other in scenario.stocks.values())
    return 4 * most * (1 if stock.emptied_by or any(i.from_ in scenario.stocks for i in taken) else 0)


def amounts(scenario: Part[Scenario]) -> Iterator[Problem]:
    """What is moved at once finds room, and conditions ask for what may be so."""
    model = scenario.model
    for at, one in all_moves(model):
        target = model.stocks.get(one.to or "")
        if target is not None and one.amount > target.holds:
            yield scenario.warning(
                f"”{one.to}” rymmer {target.holds:g}: mer än så kommer det aldrig att tas emot",
                "sänk amount eller höj holds",
                at=(*at, "amount"),
            )
    for at, condition in conditions(model):
        if condition.stock in model.stocks and condition.below == 0:
            yield scenario.warning(
                "mindre än ingenting finns aldrig: below är 0", "skriv till exempel 0.05", at=(*at, "below")
            )


def idle(scenario: Part[Scenario], course: Course) -> Iterator[Problem]:
    """Stocks that nothing ever comes to or goes from, and what never runs."""
    model = scenario.model
    moved = {name for _, move in all_moves(model) for name in (move.from_, move.to)}
    moved |= {inlet.from_ for stock in model.stocks.values() for inlet in stock.filled_by.values()}
    for name, stock in model.stocks.items():
        if not stock.filled_by and not stock.emptied_by and name not in moved:
            yield scenario.warning(
                f"inget kommer till ”{name}” och inget tas därifrån",
                "skriv filled_by eller emptied_by, eller låt något flytta dit (moves)",
                at=("stocks", name),
                key=True,
            )
    for at, pipe in _every(model):
        gates: list[tuple[str, Condition]] = [("only_while", pipe.only_while)] if pipe.only_while is not None else []
        for key, condition in gates:
            if not course.possible(condition):
                yield scenario.warning(
                    "det rinner aldrig: inget i scenariot gör villkoret sant",
                    "se över only_while och vad händelser och uppgifter ändrar",
                    at=(*at, key),
                )
        for n, swing in enumerate(pipe.varies):
            if not course.possible(swing.when):
                yield scenario.warning(
                    "takten ändras aldrig av detta: inget i scenariot gör villkoret sant",
                    "se över when och vad händelser och uppgifter ändrar",
                    at=(*at, "varies", n, "when"),
                )


CHECKS = (services, sources, needs, names, feedback, rates, amounts)
"""Checks of the stocks of a scenario by themselves."""
OF_COURSE = (idle,)
"""Checks of the stocks in one course of a scenario."""
