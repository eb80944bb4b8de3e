"""Stocks: between two changes of rate an amount is a straight line, so there is nothing to do but at their ends."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from functools import partial
from graphlib import TopologicalSorter

from ovning.engine.agenda import Turn
from ovning.engine.conditions import holds
from ovning.engine.services import need_changed
from ovning.engine.stock_state import THOUSANDTH, PipeRun, StockRun, grains, is_spent, mark
from ovning.engine.watching import listen, subjects
from ovning.engine.world import World
from ovning.log.records import StockMoved, StockRateChanged, StockStood
from ovning.model.stocks import THOUSANDTHS, Move, Outlet, Stock


def set_up_stocks(world: World) -> None:
    """Let every stock have what it has at STARTEX."""
    stocks = world.compiled.setup.scenario.stocks
    runs = {name: _run(world, name, stock) for name, stock in sorted(stocks.items())}
    taken_by: dict[str, list[str]] = {name: [] for name in runs}
    for name, run in runs.items():
        for key, inlet in sorted(run.spec.filled_by.items()):
            source = runs[inlet.from_] if inlet.from_ is not None else None
            pipe = PipeRun(f"{name}.{key}", inlet, source, run)
            run.inlets.append(pipe)
            if source is not None:
                source.outlets.append(pipe)
                taken_by[source.id].append(name)
    for run in runs.values():
        run.outlets += [PipeRun(f"{run.id}.{key}", o, run, None) for key, o in sorted(run.spec.emptied_by.items())]
    world.stocks = {name: runs[name] for name in TopologicalSorter(taken_by).static_order()}


def _run(world: World, name: str, stock: Stock) -> StockRun:
    marks = sorted({mark(stock, share) for share in world.compiled.watched_stocks.get(name, ())})
    run = StockRun(name, stock, grains(stock.holds), mark(stock, stock.back_at), marks, mark(stock, stock.at_start))
    run.dry = is_spent(run.amount, 0)
    return run


def plan_stocks(world: World) -> None:
    """Let everything begin to run, and be looked at when something that it hangs on changes."""
    pipes = [pipe for stock in world.stocks.values() for pipe in (*stock.inlets, *stock.outlets)]
    for subject in sorted({subject for pipe in pipes for subject in _hangs_on(pipe)}):
        listen(world, subject, partial(look_soon, world))
    if world.stocks:
        _look(world)
    if any(pipe.spec.at_night != 1 for pipe in pipes):
        _at_dusk_and_dawn(world)


def _hangs_on(pipe: PipeRun) -> set[str]:
    """The names, as in ``watching``, of all that may change what runs through it."""
    spec = pipe.spec
    services = [spec.with_, spec.without]
    services += [spec.having, spec.lacking] if isinstance(spec, Outlet) else []
    conditions = [swing.when for swing in spec.varies]
    conditions += [] if spec.only_while is None else [spec.only_while]
    return {f"service:{name}" for name in services if name is not None} | {s for c in conditions for s in subjects(c)}


def _at_dusk_and_dawn(world: World) -> None:
    def turn() -> None:
        look_soon(world)
        _at_dusk_and_dawn(world)

    world.agenda.plan(world.compiled.calendars.part(world.now)[2] - world.now, Turn.SERVICE, turn)


def move(world: World, moves: Iterable[Move], times: int, caused_by: str) -> None:
    """Move so much at once, this many times; what is not there is not taken, and what there is no room for stays."""
    for one in moves:
        source = world.stocks[one.from_] if one.from_ is not None else None
        target = world.stocks[one.to] if one.to is not None else None
        amount = wanted = round(one.amount * THOUSANDTHS) * times
        if source is not None:
            amount = min(amount, source.now(world.now) // THOUSANDTH)
        if target is not None:
            amount = min(amount, (target.holds - target.now(world.now)) // THOUSANDTH)
        if source is not None:
            source.amount -= amount * THOUSANDTH
        if target is not None:
            target.amount += amount * THOUSANDTH
        world.write((StockMoved, world.now, one.from_, one.to, amount, wanted, caused_by))
        look_soon(world)


def look_soon(world: World) -> None:
    """Something has changed: see, when all events of this instant have happened, what runs from now on."""
    if not world.stocks_stirred:
        world.stocks_stirred = True
        world.agenda.plan(0, Turn.SERVICE, partial(_look, world), priority=7)


def _look(world: World) -> None:
    world.stocks_stirred = False
    stocks = world.stocks.values()
    were_dry = {stock.id for stock in stocks if stock.dry}
    for stock in stocks:
        stock.run_on(world.now)
        if stock.moment is not None:
            stock.moment.call_off()
            stock.moment = None
        if stock.dry and stock.amount >= stock.back:
            stock.dry = False
        for pipe in stock.inlets:
            _open(world, pipe)
        for pipe in stock.outlets:
            if pipe.target is None:
                _open(world, pipe)
    _let_run(world)
    for stock in stocks:
        _tell(world, stock, stock.id in were_dry)
        _plan_next(world, stock)


def _open(world: World, pipe: PipeRun) -> None:
    """What would run through it, and what is wanted of it, as things stand."""
    spec, levels = pipe.spec, world.services
    rate = spec.rate
    if spec.only_while is not None and not holds(world, spec.only_while):
        rate = 0.0
    if spec.at_night != 1 and world.compiled.calendars.part(world.now)[0]:
        rate *= spec.at_night
    for swing in spec.varies:
        if holds(world, swing.when):
            rate *= swing.times
    if spec.without is not None:
        rate *= 1 - levels[spec.without]
    had = 1.0 if spec.with_ is None else levels[spec.with_]
    if isinstance(spec, Outlet) and (spec.having or spec.lacking):
        service = spec.having or spec.lacking or ""
        rate *= world.compiled.setup.scenario.services[service].affects.total
        if spec.having is None:
            rate *= 1 - levels[service]
        else:
            had *= levels[service]
    pipe.wanted, pipe.open = round(rate * THOUSANDTHS), round(rate * had * THOUSANDTHS)


def _let_run(world: World) -> None:
    """Settle what runs; a stock of which no more is left is dry, and that may leave others with less."""
    stocks = world.stocks.values()
    emptied = True
    while emptied:
        for stock in stocks:  # those that others fill from come after them
            _settle(stock)
        emptied = False
        for stock in stocks:
            if not stock.dry and is_spent(stock.amount, -stock.net):
                stock.dry = emptied = True


def _settle(stock: StockRun) -> None:
    """What runs out of a stock and into it, when that of the stocks that it fills is settled."""
    can = [0 if pipe.source is not None and pipe.source.dry else pipe.open for pipe in stock.inlets]
    supply = sum(can)
    out = 0
    for pipe in stock.outlets:
        if pipe.target is None:
            pipe.rate = 0 if stock.dry else pipe.open
        out += pipe.rate
    if stock.dry:
        out = _let_leak(stock, supply)
    stock.full = supply > out and is_spent(stock.holds - stock.amount, supply - out)
    left = out if stock.full else supply
    for pipe, most in zip(stock.inlets, can, strict=True):
        pipe.rate = min(most, left)
        left -= pipe.rate
    stock.net = (out if stock.full else supply) - out


def _let_leak(stock: StockRun, supply: int) -> int:
    """A dry stock gives nothing, but leaks what comes and what little it has; how much that is."""
    leaks = [pipe for pipe in stock.outlets if pipe.is_leak]
    out = sum(pipe.open for pipe in leaks)
    if out > supply and is_spent(stock.amount, out - supply):
        out = supply
    left = out
    for pipe in leaks:
        pipe.rate = min(pipe.open, left)
        left -= pipe.rate
    return out


def _tell(world: World, stock: StockRun, was_dry: bool) -> None:
    """Write what has changed, and tell those who wait for it."""
    if stock.state != stock.told:
        stock.told = stock.state
        write_stock(world, stock)
    for pipe in (*stock.inlets, *(p for p in stock.outlets if p.target is None)):
        served = pipe.target is None and not pipe.is_leak
        told = pipe.rate, pipe.wanted if served else pipe.rate
        if told != pipe.told:
            pipe.told = told
            source, target = (None if end is None else end.id for end in (pipe.source, pipe.target))
            world.write((StockRateChanged, world.now, pipe.id, source, target, *told))
    if stock.dry != was_dry:
        need_changed(world, stock.id)
    if stock.reached != stock.passed:
        stock.passed = stock.reached
        world.changed(f"stock:{stock.id}")


def write_stock(world: World, stock: StockRun) -> None:
    """Write what a stock has."""
    amount = stock.now(world.now) // THOUSANDTH
    world.write((StockStood, world.now, stock.id, amount, stock.holds // THOUSANDTH, stock.state))


def _plan_next(world: World, stock: StockRun) -> None:
    """Plan the next moment at which it is empty, full, back or at a mark, should nothing change before."""
    net, amount = stock.net, stock.amount
    if net == 0:
        return
    marks = sorted({*stock.marks, stock.back}) if stock.dry else stock.marks
    if net < 0:
        delay = amount // -net
        below = bisect_left(marks, amount + 1)
        if below:
            delay = min(delay, (amount - marks[below - 1]) // -net + 1)
    else:
        delay = (stock.holds - amount) // net
        above = bisect_left(marks, amount + 1)
        if above < len(marks):
            delay = min(delay, -((amount - marks[above]) // net))
    stock.moment = world.agenda.plan(delay, Turn.SERVICE, partial(look_soon, world))
