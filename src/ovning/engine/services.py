"""Services: levels that events, injects and tasks set, and that fall when what they need has been gone for too long."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import partial
from graphlib import TopologicalSorter

from ovning.engine.agenda import Turn
from ovning.engine.channels import retry_channels
from ovning.engine.service_state import NeedRun, Rise, ServiceRun, Society
from ovning.engine.world import World
from ovning.log.records import NeedLost, NeedRestored, ServiceChanged, ServiceExtended
from ovning.model.services import Service


def set_up_services(world: World) -> None:
    """Let every service have the level that it has at STARTEX."""
    services = world.compiled.setup.scenario.services
    named = {name: _named(service) for name, service in sorted(services.items())}
    order = [name for name in TopologicalSorter(named).static_order() if name in services]
    runs = {
        name: ServiceRun(
            name,
            services[name],
            [("", services[name].level)],
            [
                NeedRun(need, spec, world.draw(spec.endurance, f"service/{name}/{need}/endurance"))
                for need, spec in sorted(services[name].depends_on.items())
            ],
        )
        for name in order
    }
    needed_by: dict[str, list[str]] = {name: [] for name in services}
    for name in order:
        for need in named[name]:
            needed_by.setdefault(need, []).append(name)
    world.society = Society(runs, needed_by)
    _settle(world, order, "", set())


def _named(service: Service) -> list[str]:
    return sorted({need for name, spec in service.depends_on.items() for need in (name, *spec.instead)})


def set_services(world: World, levels: Mapping[str, float], caused_by: str, *, lasting: str | None = None) -> None:
    """Set services' own levels, for good or until ``take_back``; what needs them follows."""
    for service, level in levels.items():
        run = _run(world, service)
        if lasting is None:
            run.words = [w for w in run.words if w[0]]  # an earlier word for good is forgotten
        run.words.append((lasting or "", level))
    _settle(world, levels, caused_by, set(levels))


def take_back(world: World, services: Iterable[str], lasting: str, caused_by: str) -> None:
    """Take back what an event set that is over: the latest of the other words holds."""
    services = list(services)
    for service in services:
        run = _run(world, service)
        run.words = [w for w in run.words if w[0] != lasting]
    _settle(world, services, caused_by, set(services))


def lower(world: World, service: str, by: int, caused_by: str) -> None:
    """So many more (or, below zero, fewer) of those that the service concerns are without it."""
    _run(world, service).lowered += by
    _settle(world, [service], caused_by, {service})


def extend(world: World, service: str, by: int, task: str) -> None:
    """Let a service do without what it needs for so many milliseconds more; one that had failed comes back."""
    run = _run(world, service)
    world.write((ServiceExtended, world.now, service, by, task))
    for need in run.needs:
        _use_up(world, need)
        need.endurance += by
        if need.lost:
            _run_out(world, run, need)
    _settle(world, [service], task, {service})


def need_changed(world: World, need: str) -> None:
    """Something that is no service, and that services need, is gone or back: see what follows."""
    _settle(world, _society(world).needed_by.get(need, ()), need, set())


def missing(world: World, service: str) -> int:
    """How many of those affected are without a service now, rounded."""
    affects = world.compiled.setup.scenario.services[service].affects
    return round(affects.total * (1 - world.services[service]))


def _run(world: World, service: str) -> ServiceRun:
    return _society(world).services[service]


def _society(world: World) -> Society:
    if world.society is None:
        raise RuntimeError("services are set up before anything happens")
    return world.society


def _settle(world: World, services: Iterable[str], caused_by: str, by_word: set[str]) -> None:
    """Work out levels, from what is needed to what needs it; nothing is lost that another gives in the same instant."""
    society = _society(world)
    unsettled = set(services)
    causes = dict.fromkeys(by_word, caused_by)
    changed: list[str] = []
    for name, run in society.services.items():
        if name not in unsettled:
            continue
        cause = _look_at_needs(world, run)
        level = min(_own(run), run.cap)
        if world.services[name] != level:
            world.services[name] = level
            cause = causes.get(name) or cause or caused_by
            world.write((ServiceChanged, world.now, name, level, cause))
            changed.append(name)
            unsettled.update(society.needed_by.get(name, ()))
    if changed or by_word:
        retry_channels(world)
        for name in changed:
            world.changed(f"service:{name}")


def _own(run: ServiceRun) -> float:
    """The latest word, less those who are without it because a flow is late."""
    level = run.words[-1][1]
    total = run.spec.affects.total
    return level if not run.lowered or not total else max(0.0, round(level - run.lowered / total, 9))


def _look_at_needs(world: World, run: ServiceRun) -> str:
    """See which needs are lost or back and what they allow; the need that decides it."""
    for need in run.needs:
        met = any(_has(world, s) >= need.spec.at_least for s in (need.need, *need.spec.instead))
        if met == need.lost:
            _use_up(world, need)
            need.lost = not met
            if met:
                need.spent = False
                if need.moment is not None:
                    need.moment.call_off()
                    need.moment = None
                world.write((NeedRestored, world.now, run.id, need.need))
            else:
                _run_out(world, run, need)
    before = run.decides
    allowed, run.decides = _allowed(world, run)
    while run.rises and run.rises[-1].to > allowed:  # something is lost again before it has come back
        run.rises.pop().moment.call_off()
    if allowed <= run.cap:
        run.cap = allowed
        return run.decides or before
    if allowed > max((r.to for r in run.rises), default=run.cap):
        run.recoveries += 1
        after = world.draw(run.spec.recovers_after, f"service/{run.id}/recovers/{run.recoveries}")
        if after == 0:
            run.cap = allowed
        else:
            moment = world.agenda.plan(after, Turn.SERVICE, partial(_come_back, world, run))
            run.rises.append(Rise(allowed, before, moment))
    return before


def _allowed(world: World, run: ServiceRun) -> tuple[float, str]:
    """What its needs allow now, and the one that decides it."""
    allowed, decides = 1.0, ""
    for need in run.needs:
        left = _left(world, need)
        if left < allowed:
            allowed, decides = left, need.need
    return allowed, decides


def _left(world: World, need: NeedRun) -> float:
    """What a service still has in spite of this need."""
    if not need.lost or not need.spent:
        return 1.0
    return max(need.spec.leaves, _has(world, need.need)) if need.spec.follows else need.spec.leaves


def _has(world: World, name: str) -> float:
    """The level of a service; of a stock all, until it is dry."""
    level = world.services.get(name)
    return float(not world.stocks[name].dry) if level is None else level


def _come_back(world: World, run: ServiceRun) -> None:
    rise = run.rises.pop(0)
    run.cap = rise.to
    _settle(world, [run.id], rise.need, {run.id})


def _use_up(world: World, need: NeedRun) -> None:
    """Bring up to now how much of the endurance is used up; it comes back as fast as it went."""
    passed = world.now - need.since
    need.used = min(need.endurance, need.used + passed) if need.lost else max(0, need.used - passed)
    need.since = world.now


def _run_out(world: World, run: ServiceRun, need: NeedRun) -> None:
    """A need is lost, or is lost for longer than was thought: plan when the service fails of it."""
    _use_up(world, need)
    if need.moment is not None:
        need.moment.call_off()
        need.moment = None
    left = need.endurance - need.used
    need.spent = left <= 0
    world.write((NeedLost, world.now, run.id, need.need, world.now + max(left, 0)))
    if left > 0:
        need.moment = world.agenda.plan(left, Turn.SERVICE, partial(_fail, world, run, need))


def _fail(world: World, run: ServiceRun, need: NeedRun) -> None:
    need.moment = None
    _use_up(world, need)
    need.spent = True
    _settle(world, [run.id], need.need, set())
