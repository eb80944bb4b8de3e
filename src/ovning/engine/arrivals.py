"""What comes in flows: at a rate, point by point or counted in steps, or as those who lack or have a service."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import lru_cache, partial
from typing import Final

from ovning.engine.agenda import Turn
from ovning.engine.conditions import holds
from ovning.engine.flow_state import FlowRun, Item, Members, StageRun
from ovning.engine.flows import arrive, arrive_counted, give_up, leave, look_at_flow
from ovning.engine.knowledge import is_current
from ovning.engine.luck import Row
from ovning.engine.watching import listen, subjects
from ovning.engine.world import World
from ovning.model.distributions import Varying
from ovning.units import HOUR, MINUTE

_LARGEST_IN_A_TABLE: Final = 1000
"""Means up to this have a table of their shares."""


def plan_arrivals(world: World) -> None:
    """Let every flow begin."""
    for flow in world.flows.values():
        arrives = flow.spec.arrives
        for subject in sorted(_hangs_on(world, flow)):
            listen(world, subject, partial(look_soon, world, flow))
        if not arrives.is_rate:
            total = world.compiled.setup.scenario.services[arrives.lacking or arrives.having or ""].affects.total
            flow.members = Members(total, _due(world, flow, arrives.first_after), _due(world, flow, arrives.every))
            flow.ended = partial(_plan_next, world, flow)
        elif flow.step is None:
            flow.asleep = True
    world.flows_to_look_at = dict.fromkeys(world.flows)
    _look(world)
    for flow in world.flows.values():
        if flow.spec.arrives.at_night != 1:
            _at_dusk_and_dawn(world, flow)


def _due(world: World, flow: FlowRun, after: Varying | None) -> Row[int] | None:
    return None if after is None else world.luck.durations(after, f"flow/{flow.id}/", "/due")


def _hangs_on(world: World, flow: FlowRun) -> set[str]:
    """The names, as in ``watching``, of all that may change what comes or who may be called in to it."""
    arrives = flow.spec.arrives
    services = [*arrives.because_of, arrives.lacking, arrives.having, arrives.through, flow.keeps]
    named = {f"service:{service}" for service in services if service is not None}
    if arrives.information_lowers:
        named |= {"known", "published"}
    if arrives.only_while is not None:
        named |= set(subjects(arrives.only_while))
    if any(stage.spec.calls_in for stage in flow.stages):
        named |= {f"level:{run.level.id}" for run in world.levels}
    return named


def look_soon(world: World, flow: FlowRun) -> None:
    """Something has changed: see, when all events of this instant have happened, what that means for what comes."""
    if not world.flows_to_look_at:
        world.agenda.plan(0, Turn.SERVICE, partial(_look, world), priority=7)
    world.flows_to_look_at[flow.id] = None
    flow.hourly_until = -1


def _look(world: World) -> None:
    named, world.flows_to_look_at = world.flows_to_look_at, {}
    for name in sorted(named):
        flow = world.flows[name]
        if flow.members is not None:
            _count_members(world, flow, flow.members)
        elif flow.step is not None:
            _count_on(world, flow)
        elif flow.asleep and rate_of(world, flow) > 0:
            _wake(world, flow)
        look_at_flow(world, flow)


def _at_dusk_and_dawn(world: World, flow: FlowRun) -> None:
    def turn() -> None:
        look_soon(world, flow)
        _at_dusk_and_dawn(world, flow)

    world.agenda.plan(world.compiled.calendars.part(world.now)[2] - world.now, Turn.SERVICE, turn)


def rate_of(world: World, flow: FlowRun) -> float:
    """How many come an hour, as things stand."""
    if not _somebody_comes(world, flow):
        return 0.0
    if world.now >= flow.hourly_until:
        flow.hourly, flow.hourly_until = _hourly(world, flow), world.compiled.calendars.part(world.now)[2]
    return flow.hourly


def _hourly(world: World, flow: FlowRun) -> float:
    """How many come an hour while somebody does; the same until the night begins or ends, or ``look_soon`` is told."""
    arrives = flow.spec.arrives
    rate = arrives.per_hour or 0.0
    services = world.compiled.setup.scenario.services
    for service, each in arrives.because_of.items():
        rate += each * services[service].affects.total * (1 - world.services[service])
    if rate and arrives.at_night != 1 and world.compiled.calendars.part(world.now)[0]:
        rate *= arrives.at_night
    through = 1.0 if arrives.through is None else world.services[arrives.through]
    if rate and arrives.information_lowers:
        rate *= 1 - arrives.information_lowers * _published_share(world, flow) * through
    rate *= through
    return rate if arrives.at_most is None else min(rate, arrives.at_most)


def _published_share(world: World, flow: FlowRun) -> float:
    """How much the public has been told of what they ask about and somebody knows; nothing, while nobody does."""
    known = (len(world.known), len(world.published))
    if flow.told[:2] != known:
        current = [fact for fact in flow.spec.arrives.asks_about if is_current(world, fact)]
        told = sum(fact in world.published for fact in current)
        flow.told = (*known, told / len(current) if current else 0.0)
    return flow.told[2]


def largest_rate(world: World, flow: FlowRun) -> float:
    """How many can come an hour at the very most: the ceiling, if there is one."""
    arrives = flow.spec.arrives
    if arrives.at_most is not None:
        return arrives.at_most
    services = world.compiled.setup.scenario.services
    rate = (arrives.per_hour or 0.0) + sum(
        each * services[service].affects.total for service, each in arrives.because_of.items()
    )
    return rate * max(1.0, arrives.at_night)


def _next_point(flow: FlowRun, mean: float) -> None:
    """Move on to the next point of the Poisson process that arrivals are thinned from."""
    flow.point += 1
    flow.point_at += round(-mean * math.log1p(-flow.gaps[flow.point]))


def _wake(world: World, flow: FlowRun) -> None:
    """Somebody may come again: points that passed while nobody could are not looked at one by one."""
    flow.asleep = False
    mean = HOUR / largest_rate(world, flow)
    while flow.point == 0 or flow.point_at < world.now:
        _next_point(flow, mean)
    _plan_point(world, flow, mean)


def _plan_point(world: World, flow: FlowRun, mean: float) -> None:
    world.agenda.plan(flow.point_at - world.now, Turn.ARRIVAL, partial(_pass_point, world, flow, mean))


def _pass_point(world: World, flow: FlowRun, mean: float) -> None:
    """At a point of the process somebody comes, with the chance that the rate is of its largest value.

    The point's number is the item's: where fewer come, those who do are the same.
    """
    rate, number = rate_of(world, flow), flow.point
    _next_point(flow, mean)
    if rate > 0:
        _plan_point(world, flow, mean)
    else:
        flow.asleep = True
    if flow.kept[number] * HOUR < rate * mean:
        arrive(world, flow, [Item(number)])


def _count_on(world: World, flow: FlowRun) -> None:
    """Go on at the rate of now; what was to be expected is added up when the rate changes, and not at every look."""
    step = flow.step or HOUR
    rate = rate_of(world, flow) * flow.stages[0].share / HOUR
    if rate != flow.rate:
        _add_up(world, flow)
        flow.rate = rate
    if not flow.stepping and (flow.rate > 0 or flow.expected > 0 or flow.stages[0].counted):
        flow.stepping = True
        number = world.now // step + 1
        world.agenda.plan(number * step - world.now, Turn.ARRIVAL, partial(_end_step, world, flow, number))


def _add_up(world: World, flow: FlowRun) -> None:
    flow.expected += flow.rate * (world.now - flow.rate_since)
    flow.rate_since = world.now


def _end_step(world: World, flow: FlowRun, number: int) -> None:
    """At the end of a step, first some give up and then those come who came in it."""
    flow.stepping = False
    _count_on(world, flow)
    _add_up(world, flow)
    expected, flow.expected = flow.expected, 0.0
    give_up(world, flow, number)
    come = poisson(expected, flow.steps[number]) if expected > 0 else 0
    if come:
        arrive_counted(world, flow, come, number)
    _count_on(world, flow)


def poisson(mean: float, u: float) -> int:
    """The smallest number at or below which a share ``u`` of all outcomes lies; never smaller for a larger mean."""
    if u <= math.exp(-mean):
        return 0
    if mean <= _LARGEST_IN_A_TABLE:
        number = bisect_left(table := _shares(mean), u)
        if number < len(table):
            return number
    from scipy.special import pdtr, pdtrik

    guess = float(pdtrik(u, mean))
    number = max(0, math.ceil(guess)) if math.isfinite(guess) else round(mean)
    while number > 0 and pdtr(number - 1, mean) >= u:
        number -= 1
    while pdtr(number, mean) < u:
        number += 1
    return number


@lru_cache(maxsize=1 << 10)
def _shares(mean: float) -> list[float]:
    """The share of outcomes at or below 0, 1, 2 …: the same few rates come back step after step and play after play."""
    import numpy as np
    from scipy.special import pdtr

    shares: list[float] = pdtr(np.arange(mean + 12 * math.sqrt(mean) + 20), mean).tolist()
    return shares


def _count_members(world: World, flow: FlowRun, members: Members) -> None:
    """See whom the service concerns now: the first so many, so that a change concerns as few as it can."""
    arrives = flow.spec.arrives
    service = arrives.lacking or arrives.having or ""
    level = world.services[service]
    concerned = round(members.total * (level if arrives.lacking is None else 1 - level))
    if flow.keeps == service:  # who is without it because nobody has been there is no other member's gain or loss
        concerned += flow.late_now if arrives.lacking is None else -flow.late_now
    concerned = max(0, min(members.total, concerned))
    before, members.concerned = members.concerned, concerned
    if concerned > before:
        new = [m for m in range(before + 1, concerned + 1) if m not in members.inside and m not in members.due]
        _plan_members(world, flow, members, new, members.first_after)
    elif concerned < before:
        _let_go(world, flow, members, range(concerned + 1, before + 1))
    if members.held and _somebody_comes(world, flow):
        held, members.held = members.held, []
        _come(world, flow, members, held)


def _let_go(world: World, flow: FlowRun, members: Members, whom: Iterable[int]) -> None:
    """Those whom it no longer concerns need nobody; what has begun is finished."""
    waiting: dict[int, tuple[StageRun, list[Item]]] = {}
    for member in whom:
        members.due.pop(member, None)
        item = members.inside.get(member)
        if item is not None and item.at is not None:
            waiting.setdefault(item.at.index, (item.at, []))[1].append(item)
    members.held = [member for member in members.held if member <= members.concerned]
    for _, (stage, items) in sorted(waiting.items()):
        leave(world, stage, items, "no_need")


def _plan_members(
    world: World, flow: FlowRun, members: Members, whom: Iterable[int], after: Row[int] | None, least: int = 0
) -> None:
    """Let members need somebody, each after a time of their own."""
    by_time: dict[int, list[int]] = defaultdict(list)
    now, needs, due = world.now, members.needs, members.due
    for member in whom:
        needs[member] = needs.get(member, 0) + 1
        length = least
        if after is not None and (drawn := after[_number(members, member)]) > least:
            length = drawn
        due[member] = now + length
        by_time[length].append(member)
    for length, those in by_time.items():
        world.agenda.plan(length, Turn.ARRIVAL, partial(_fall_due, world, flow, members, those))


def _number(members: Members, member: int) -> int:
    """The number of a member's item: every time that a member needs somebody has a number of its own."""
    return (members.needs[member] - 1) * members.total + member


def _fall_due(world: World, flow: FlowRun, members: Members, whom: Sequence[int]) -> None:
    due = [member for member in whom if members.due.get(member) == world.now]
    for member in due:
        del members.due[member]
    if _somebody_comes(world, flow):
        _come(world, flow, members, due)
    else:
        members.held.extend(due)


def _somebody_comes(world: World, flow: FlowRun) -> bool:
    return flow.only_while is None or holds(world, flow.only_while)


def _come(world: World, flow: FlowRun, members: Members, whom: Sequence[int]) -> None:
    if whom:
        items = [Item(_number(members, member), member) for member in whom]
        for item in items:
            members.inside[item.member] = item
        arrive(world, flow, items)


def _plan_next(world: World, flow: FlowRun, items: Sequence[Item]) -> None:
    """Members who have been taken care of, or have gone away, need somebody again if it still concerns them."""
    members = flow.members
    if members is None:
        return
    for item in items:
        members.inside.pop(item.member, None)
    if members.every is not None:
        again = [item.member for item in items if item.member <= members.concerned]
        # at least a minute, or somebody for whom there is no room would ask without end
        _plan_members(world, flow, members, again, members.every, MINUTE)
