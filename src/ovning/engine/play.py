"""Play an exercise once: from a compiled setup, a seed and a replication number to the log."""

from __future__ import annotations

import gc
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from typing import Final

from ovning.engine.arrivals import plan_arrivals
from ovning.engine.bodies import consider_of, write_session
from ovning.engine.by_day import begin_hours, consider_hours
from ovning.engine.cases import finish_task, open_case, request_task, unfinished
from ovning.engine.compiled import REPORT, Compiled
from ovning.engine.ending import take_apart
from ovning.engine.flow_setup import set_up_flows
from ovning.engine.hours import Hours
from ovning.engine.injects import plan_everything
from ovning.engine.levels import ask_elsewhere, consider, request_level
from ovning.engine.life import close
from ovning.engine.mandate import find_holder
from ovning.engine.other_duty import plan_other_duties
from ovning.engine.relief import vacate
from ovning.engine.reports import inform_named, inform_others
from ovning.engine.rest import go_home_if_due
from ovning.engine.routing import line_above
from ovning.engine.seating import plan_seatings
from ovning.engine.services import set_up_services
from ovning.engine.shared_bodies import plan_questions_of_others
from ovning.engine.shifts import relief_due
from ovning.engine.staff import leave_meeting, sit_if_due, write_meetings
from ovning.engine.starts import starting
from ovning.engine.state import BodyRun, Knower, LevelRun, Person, Station, TaskRun
from ovning.engine.stocks import plan_stocks, set_up_stocks, write_stock
from ovning.engine.work import dispatch, write_work_under_way
from ovning.engine.world import Hooks, World
from ovning.errors import StandstillError
from ovning.log.records import Log, PlayEnded, PlayStarted, TaskUnfinished
from ovning.log.written import WrittenLog
from ovning.model.organisation import Group, Level
from ovning.units import say_duration

_TOLD: Final = 12
"""How many of the last things are told of a play that stands still."""


def play(compiled: Compiled, seed: int, replication: int) -> Log:
    """Play once. The same arguments give the same log, byte for byte, on any machine."""
    with _no_collecting():
        return _played(starting(compiled, seed, replication), seed, replication)


def _played(compiled: Compiled, seed: int, replication: int) -> Log:
    world = _set_up(compiled, seed, replication)
    try:
        _run(world, seed, replication)
        compiled.draws.learn(world.luck)
        return WrittenLog(world.log)
    finally:
        take_apart(world)


def _run(world: World, seed: int, replication: int) -> None:
    compiled = world.compiled
    setup = compiled.setup
    world.write(
        (
            PlayStarted,
            0,
            setup.exercise.exercise,
            setup.organisation.organisation,
            setup.variation,
            seed,
            replication,
            compiled.clock.start.isoformat(),
            compiled.horizon,
        )
    )
    set_up_stocks(world)
    set_up_services(world)
    set_up_flows(world)
    plan_everything(world)
    plan_arrivals(world)
    plan_stocks(world)
    plan_other_duties(world)
    plan_questions_of_others(world)
    plan_seatings(world)
    try:
        world.agenda.run(compiled.horizon, world.dirty, partial(dispatch, world))
    except StandstillError as error:
        raise _stood_still(world, replication, error) from None
    world.now = compiled.horizon
    _end(world)


def _stood_still(world: World, replication: int, error: StandstillError) -> StandstillError:
    """What to tell of a play in which time stands still: when, and the last of what happened."""
    when, place = world.compiled.clock.local(world.now), world.compiled.organisation.organisation
    told = "".join(f"\n· {what}" for what in _last(world.log, _TOLD))
    return StandstillError(
        f"spel {replication} för {place} står stilla {when:%Y-%m-%d} kl. {when:%H:%M} "
        f"(T+{say_duration(world.now)}): {error}. Något i filerna går runt på noll tid; det sista som hände:{told}"
    )


def _last(log: Sequence[object], number: int) -> list[str]:
    """The last records of a log in the making, each as its type and the first words in it, equal ones once."""
    said: dict[str, None] = {}
    words: list[str] = []
    for value in reversed(log):
        if isinstance(value, type):
            said.setdefault(" ".join((value.__name__, *reversed(words[-3:]))))
            words.clear()
            if len(said) == number:
                break
        elif isinstance(value, str) and value:
            words.append(value)
    return list(reversed(said))


@contextmanager
def _no_collecting() -> Iterator[None]:
    """A play is one web of objects that live to its end: looking for garbage in it over and over costs a fifth."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _end(world: World) -> None:
    """Write down what is still open at the horizon, with its path so far."""
    for _, stock in sorted(world.stocks.items()):
        write_stock(world, stock)
    write_work_under_way(world)
    for _, body in sorted(world.bodies.items()):
        write_session(world, body)
    write_meetings(world)
    for task in unfinished(world):
        close(world, task)
        world.write((TaskUnfinished, world.now, task.id, task.case.id, "working" if task.working else "waiting"))
    world.write((PlayEnded, world.now))


def _set_up(compiled: Compiled, seed: int, replication: int) -> World:
    organisation, scenario = compiled.organisation, compiled.setup.scenario
    hours = {calendar: Hours(calendar) for calendar in sorted({g.works for g in organisation.people.values()})}
    people = {
        name: [
            Person(f"{name}#{n + 1}", group, name, first + n, word, group.works, hours[group.works], _tires(group))
            for n in range(group.count)
        ]
        for name, group in sorted(organisation.people.items())
        for word, first in [compiled.fortune[name]]
    }
    world = World(
        compiled=compiled,
        hooks=_HOOKS,
        luck=compiled.draws.luck(seed, replication),
        log=[],
        stations=_functions(compiled, people),
        people=people,
        bodies={
            name: BodyRun(
                name,
                body,
                [p for members in body.members for p in people[members.from_group][: members.count]],
            )
            for name, body in sorted(organisation.bodies.items())
        },
        levels=[],
        services={name: service.level for name, service in sorted(scenario.services.items())},
    )
    differ = compiled.setup.assumptions.mornings_differ
    for group in people.values() if differ else ():
        for person in group:
            person.late_by = round((2 * world.luck.uniform(f"morning/{person.role}/{person.ordinal}") - 1) * differ)
    for index, level in enumerate(organisation.levels):
        world.levels.append(_level(world, index, level))
    return world


def _tires(group: Group) -> bool:
    return not group.posts and group.works not in ("always", "never")


def _functions(compiled: Compiled, people: dict[str, list[Person]]) -> dict[str, Station]:
    stations: dict[str, Station] = {}
    for rank, (name, function) in enumerate(sorted(compiled.organisation.functions.items())):
        station = Station(
            id=name,
            rank=rank,
            title=function.title,
            role=function.role,
            luck=compiled.luck[name],
            unit=function.unit,
            site=compiled.organisation.units[function.unit].site,
            does=frozenset((*function.does, REPORT)),
            decides=frozenset(function.decides),
            patience=compiled.setup.assumptions.patience if function.patience is None else function.patience,
            knower=Knower(name, 1 << rank),
            function=function,
            above=compiled.chains[name],
            people=[p for group in function.filled_by for p in people[group]],
            has_rota=function.on_call is not None,
        )
        station.knower.stations.append(station)
        station.hours = list(dict.fromkeys(person.hours for person in station.people))
        for person in station.people:
            person.hats.append(station)
            person.load = max(person.load, function.ordinary_load)
        stations[name] = station
    return stations


def _level(world: World, index: int, level: Level) -> LevelRun:
    compiled = world.compiled
    head = world.stations.get(level.decided_by) or world.stations.get(level.via or "")
    board = Knower(level.id, 1 << len(world.stations)) if level.staffs or head is None else head.knower
    run = LevelRun(level, index, board)
    chief = next(iter(level.active_when.including), None)
    for seat in sorted(level.staffs):
        word = compiled.setup.vocabulary.seats[seat]
        above = [] if head is None else [head.id, *head.above]
        if chief is not None and seat != chief:
            above.insert(0, f"{level.id}.{chief}")
        station = Station(
            id=f"{level.id}.{seat}",
            rank=len(world.stations),
            title=word.title,
            role=f"seat/{seat}",
            luck=f"seat/{level.id}/{seat}",
            unit=None,
            site=level.id,
            does=frozenset((*word.does, REPORT)),
            decides=frozenset(level.grants.get(seat, ())),
            patience=compiled.setup.assumptions.patience,
            knower=board,
            level=level.id,
            seat=seat,
            above=tuple(above),
        )
        board.stations.append(station)
        run.seats[seat] = station
        world.stations[station.id] = station
    return run


def _learned(world: World, knower: Knower, new: Sequence[str]) -> None:
    consider(world, knower)
    consider_hours(world, knower, new)
    inform_others(world, knower, new)


def _freed(world: World, person: Person) -> None:
    if go_home_if_due(world, person):
        return
    sit_if_due(world, person)
    consider_of(world, person)


def _report_afterwards(world: World, task: TaskRun, station: Station, person: Person | None) -> None:
    """Whoever acted for life without a mandate tells its holder, or the line, afterwards."""
    holder = find_holder(world, task.spec.decision or "", None)
    to = holder if isinstance(holder, Station) else next(iter(line_above(world, station)), None)
    if to is None or to is station:
        return
    number = world.count("afterwards")
    case = open_case(
        world,
        f"afterwards:{number}",
        "afterwards",
        task.spec.decision or "",
        f"{task.case.luck}/{task.spec.task}/afterwards",
        priority=2,
        facts=task.case.facts,
    )
    spec = world.compiled.routine(REPORT, "Rapportera i efterhand", REPORT, "call", world.assumptions.report_afterwards)
    request_task(world, case, spec, holder=station, person=person, plan=[(to, "first")])


_HOOKS: Final = Hooks(
    learned=_learned,
    freed=_freed,
    leave_meeting=leave_meeting,
    left_meeting=consider_of,
    moot=lambda world, task: finish_task(world, task, "cancelled", None, None),
    gone=ask_elsewhere,
    acted_without=_report_afterwards,
    inform=inform_named,
    activated=begin_hours,
    vacate=vacate,
    relief_due=relief_due,
    request_level=request_level,
)
