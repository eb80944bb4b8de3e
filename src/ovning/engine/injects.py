"""Events that happen, and injects that somebody is told: at a time, after something, when a condition comes true."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import partial

from ovning.engine.agenda import Turn
from ovning.engine.cases import open_case, request_task, run_procedure
from ovning.engine.compiled import PRIORITIES
from ovning.engine.conditions import holds
from ovning.engine.courses import Course
from ovning.engine.flow_state import count_of, is_counted
from ovning.engine.handover import must_clarify, transmit
from ovning.engine.knowledge import see
from ovning.engine.presence import is_hopeless
from ovning.engine.rest import come_back, go_away, on_duty_for
from ovning.engine.routing import Asked, addressed, by_role
from ovning.engine.services import missing, set_services, take_back
from ovning.engine.state import Case, Person, Request, Station, TaskRun
from ovning.engine.stock_state import StockRun, grains, hours_left
from ovning.engine.stocks import move
from ovning.engine.watching import CLOCK, watch
from ovning.engine.world import World
from ovning.log.records import EventHappened, InjectReceived, InjectSent, InjectWithheld
from ovning.model.distributions import Varying
from ovning.model.scenario import Event, Inject, Task
from ovning.units import parse_duration

NO_BREAK = "\u00a0"
_PLACE = re.compile(r"\{([^{}]+)\}")


def plan_everything(world: World) -> None:
    """Put every event and inject on the agenda."""
    for event in world.compiled.events:
        happen = partial(_happen, world, event)
        name = f"event/{event.id}"
        if event.at is not None:
            world.agenda.plan(world.draw(event.at, f"{name}/at"), Turn.SERVICE, happen)
        elif event.after is not None:
            _follow(world, event.after, partial(_after_delay, world, event.delay, name, Turn.SERVICE, happen))
    for inject in world.compiled.injects:
        name = f"inject/{inject.id}"
        send = partial(_come_due, world, inject, 1)
        if inject.at is not None:
            world.agenda.plan(world.draw(inject.at, f"{name}/at"), Turn.ARRIVAL, send)
        elif inject.after is not None:
            _follow(world, inject.after, partial(_after_delay, world, inject.delay, name, Turn.ARRIVAL, send))
        elif inject.when is not None:
            later = partial(_after_delay, world, inject.delay, name, Turn.ARRIVAL, send)
            watch(world, inject.when, later)
    for text in world.compiled.watched_clocks:
        for at in world.compiled.calendars.moments(text, world.compiled.horizon):
            world.agenda.plan(at, Turn.TIMER, partial(world.changed, CLOCK))


def _follow(world: World, what: str, action: Callable[[], None]) -> None:
    world.after.setdefault(what.replace(".", "/"), []).append(action)


def _after_delay(world: World, delay: Varying | None, name: str, turn: int, action: Callable[[], None]) -> None:
    world.agenda.plan(0 if delay is None else world.draw(delay, f"{name}/delay"), turn, action)


def _happen(world: World, event: Event, occurrence: int = 1) -> None:
    world.events.add(event.id)
    world.write((EventHappened, world.now, event.id))
    name = f"event/{event.id}" if occurrence == 1 else f"event/{event.id}/{occurrence}"
    lasts = None if event.lasts is None else world.draw(event.lasts, f"{name}/lasts")
    set_services(world, event.sets, event.id, lasting=None if lasts is None else name)
    move(world, event.moves, 1, event.id)
    gone = go_away(world, event.away, lasts)

    def over() -> None:
        take_back(world, event.sets, name, event.id)
        come_back(world, gone)

    if lasts is not None:
        world.agenda.plan(lasts, Turn.SERVICE, over)
    if event.repeat is not None and occurrence < event.repeat.times:
        again = (lasts or 0) + world.draw(event.repeat.every, f"{name}/repeat")
        world.agenda.plan(again, Turn.SERVICE, partial(_happen, world, event, occurrence + 1))
    if event.tells is not None:
        see(world, event.tells)
    world.follow(event.id)
    world.changed(f"event:{event.id}")


def _come_due(world: World, inject: Inject, occurrence: int) -> None:
    if inject.only_if_there and not by_role(world, inject.to[5:-1]):
        world.write((InjectWithheld, world.now, inject.id, "nobody"))
        return
    case_id = inject.id if occurrence == 1 else f"{inject.id}+{occurrence}"
    name = f"inject/{inject.id}/{occurrence}"
    if inject.repeat is not None and occurrence < inject.repeat.times:
        again = world.draw(inject.repeat.every, f"{name}/repeat")
        world.agenda.plan(again, Turn.ARRIVAL, partial(_come_due, world, inject, occurrence + 1))
    if world.luck.uniform(f"{name}/chance") >= inject.chance:
        world.write((InjectWithheld, world.now, inject.id, "chance"))
    elif inject.unless is not None and holds(world, inject.unless):
        world.write((InjectWithheld, world.now, inject.id, "unless"))
    else:
        _send(world, inject, case_id, name)


def _send(world: World, inject: Inject, case_id: str, name: str) -> None:
    if inject.scripted:
        set_services(world, inject.sets, inject.id)
    steps = world.compiled.procedures[inject.id]
    opening = steps[0].task.mode
    plan = addressed(world, inject.to, from_outside=True)
    channel = world.compiled.setup.vocabulary.channels.get(inject.by)
    written = opening != "call" or (channel is not None and channel.written)
    if written and not is_hopeless(world, plan[0][0], opening):
        plan = plan[:1]  # it waits where it was sent; only a telephone is answered by the next
    case = open_case(
        world,
        case_id,
        "inject",
        inject.id,
        name,
        priority=PRIORITIES[inject.priority],
        objectives=inject.objectives,
        facts=inject.facts,
    )
    to = tuple(s.id for s, _ in plan)
    world.write(
        (InjectSent, world.now, inject.id, case_id, inject.sender, to[:1], inject.by, fill_in(world, inject.text))
    )
    first = True

    def begin(spec: Task, course: Course, place: int) -> None:
        nonlocal first
        told, first = first, False
        _ask_outside(world, inject, case, spec, plan, course, place, told=told)

    run_procedure(world, case, steps, begin)
    world.follow(inject.id)


def _ask_outside(
    world: World,
    inject: Inject,
    case: Case,
    spec: Task,
    plan: Sequence[Asked],
    course: Course,
    place: int,
    *,
    told: bool,
) -> None:
    def before(task: TaskRun, go: Callable[[], None]) -> None:
        transmit(world, task, None, plan[0][0], f"{case.luck}/{spec.task}/sent", go, by=inject.by)

    task = request_task(
        world, case, spec, holder=None, person=None, plan=plan, before=before, course=course, place=place
    )
    task.told = inject.id if told else None

    def greet(request: Request, station: Station, person: Person) -> None:
        if told:
            world.received.add(inject.id)
            world.write((InjectReceived, world.now, inject.id, case.id, station.id, person.name))
            world.changed(f"inject:{inject.id}")
        if inject.actor is not None:
            length = must_clarify(world, task, inject.actor, station)
            if length:
                request.preludes += (("clarification", "clarification", inject.actor, length),)

    task.greeting = greet


def fill_in(world: World, text: str) -> str:
    """Fill in clock times and what the model computes: ``{clock +4 h}``, ``{service.out}``, ``{flow.waiting}``."""

    def value(match: re.Match[str]) -> str:
        word = match[1].strip()
        if word.startswith("clock"):
            shift = word[5:].strip()
            ms = parse_duration(shift.lstrip("+- ")) if shift else 0
            moment = world.compiled.clock.local(world.now - ms if shift.startswith("-") else world.now + ms)
            return moment.strftime("%H:%M")
        service, _, what = word.partition(".")
        if service == "worn":
            return str(on_duty_for(world, parse_duration(what)))
        if service in world.flows and is_counted(what):
            return f"{count_of(world.flows[service], what):,}".replace(",", NO_BREAK)
        if service in world.stocks:
            return _of_stock(world.stocks[service], what, world.now)
        if service in world.services:
            if what == "out":
                return f"{missing(world, service):,}".replace(",", NO_BREAK)
            return _percent(world.services[service])
        return match[0]

    return _PLACE.sub(value, text)


def _of_stock(stock: StockRun, what: str, at: int) -> str:
    """What a text says of a stock: how much is left, as a share of what it holds, and for how long it lasts."""
    left = stock.now(at)
    if what == "left":
        return f"{round(left / grains(1)):,}".replace(",", NO_BREAK)
    if what == "level":
        return _percent(left / stock.holds)
    hours = hours_left(stock, at)
    if hours is None:
        return "många"  # it does not empty: "många timmar"
    return f"{hours:.0f}" if hours >= 10 else f"{hours:.1f}".replace(".", ",").removesuffix(",0")


def _percent(share: float) -> str:
    return f"{share:.0%}".replace("%", NO_BREAK + "%")
