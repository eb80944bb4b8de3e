"""Flows in their stages: what waits is taken, piece by piece, by whoever can and is free; what nobody takes gives up.

A piece of work stands in the queues as other requests do, and interrupts nothing. It is nobody's task: the log has
what came, began, was done or left, and whose time it took.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Sequence
from functools import partial
from typing import Literal

from ovning.engine.agenda import Turn
from ovning.engine.calling_in import call_in
from ovning.engine.flow_state import Cohort, FlowRun, Item, StageRun
from ovning.engine.luck import Row
from ovning.engine.patience import hazard
from ovning.engine.presence import mark, may_take, serving
from ovning.engine.queues import enqueue, nothing_more, withdraw
from ovning.engine.services import lower
from ovning.engine.state import Request, Station
from ovning.engine.stocks import move
from ovning.engine.world import World
from ovning.log.records import FlowArrived, FlowBegun, FlowDone, FlowLate, FlowLeft, FlowTurnedAway


def _changed(world: World, flow: FlowRun) -> None:
    if flow.watched:
        world.changed(f"flow:{flow.id}")


def arrive(world: World, flow: FlowRun, items: Sequence[Item]) -> None:
    """Let items come to the first stage that each needs; one that needs none has not come."""
    coming, others, by_stage = _sorted(flow, items, 0)
    if coming:
        flow.arrived += len(coming)
        world.write((FlowArrived, world.now, flow.id, len(coming), _numbers(coming)))
        _enter_each(world, flow, by_stage)
    if others and flow.ended is not None:
        flow.ended(others)
    _changed(world, flow)


def arrive_counted(world: World, flow: FlowRun, number: int, step: int) -> None:
    """Let so many come at once, at the end of a step."""
    stage = flow.stages[0]
    flow.arrived += number
    world.write((FlowArrived, world.now, flow.id, number, ()))
    inside = min(number, stage.room(world.services))
    if inside < number:
        world.write((FlowTurnedAway, world.now, flow.id, stage.word, number - inside, ()))
    if inside:
        stage.cohorts.append(Cohort(step, world.now, inside))
        stage.counted += inside
        post_next(world, stage)
    _changed(world, flow)


def _numbers(items: Iterable[Item]) -> tuple[int, ...]:
    return tuple([item.number for item in items])


def _sorted(
    flow: FlowRun, items: Sequence[Item], index: int
) -> tuple[Sequence[Item], Sequence[Item], dict[int, Sequence[Item]]]:
    """Those who need some stage from ``index`` on, those who need none, and the first by the first that they need."""
    if index == len(flow.stages):
        return (), items, {}
    if flow.stages[index].share >= 1:
        return items, (), {index: items}
    onward: list[Item] = []
    through: list[Item] = []
    by_stage: dict[int, list[Item]] = defaultdict(list)
    for item in items:
        stage = _next_stage(flow, item, index)
        if stage is None:
            through.append(item)
        else:
            onward.append(item)
            by_stage[stage.index].append(item)
    return onward, through, dict(sorted(by_stage.items()))


def _next_stage(flow: FlowRun, item: Item, index: int) -> StageRun | None:
    """The first stage from ``index`` on that the item needs."""
    for stage in flow.stages[index:]:
        share = stage.share
        if share >= 1 or stage.needed[item.number] < share:
            return stage
    return None


def _enter_each(world: World, flow: FlowRun, by_stage: dict[int, Sequence[Item]]) -> None:
    for index, items in by_stage.items():
        _enter(world, flow.stages[index], items)


def _enter(world: World, stage: StageRun, items: Sequence[Item]) -> None:
    """Let items wait at a stage, or stay there if nobody's time is needed; those there is no room for go away."""
    flow, spec = stage.flow, stage.spec
    inside, away = items, items[:0]
    if spec.places is not None:
        room = stage.room(world.services)
        inside, away = items[:room], items[room:]
    if away:
        world.write((FlowTurnedAway, world.now, flow.id, stage.word, len(away), _numbers(away)))
    if not inside:
        pass
    elif spec.needs is None:
        _stay(world, stage, inside)
    else:
        now, waiting = world.now, stage.waiting
        for item in inside:
            item.since, item.at = now, stage
            waiting[item.number] = item
        if stage.patience is not None:
            for length, those in _by_draw(stage.patience, inside).items():
                world.agenda.plan(length, Turn.TIMER, partial(_lose_patience, world, stage, those))
        post_next(world, stage)
    if away:
        _end(world, flow, away)


def _by_draw(drawn: Row[int], items: Sequence[Item]) -> dict[int, Sequence[Item]]:
    """Items by a duration that is drawn for each."""
    if len(items) == 1:
        return {drawn[items[0].number]: items}
    found: dict[int, list[Item]] = defaultdict(list)
    for item in items:
        found[drawn[item.number]].append(item)
    return dict(found)


def _stay(world: World, stage: StageRun, items: Sequence[Item]) -> None:
    stage.in_work += len(items)
    world.write((FlowBegun, world.now, stage.flow.id, stage.word, len(items), _numbers(items), 0, ""))
    for length, those in _by_draw(stage.takes, items).items():
        world.agenda.plan(length, Turn.FINISH, partial(_done, world, stage, those), priority=stage.priority)


def _lose_patience(world: World, stage: StageRun, items: Sequence[Item]) -> None:
    """Those of the items that still wait here go away; in a flow that keeps something up they are late instead."""
    flow, keeps = stage.flow, stage.flow.keeps
    waiting = [item for item in items if item.at is stage]
    if keeps is None:
        leave(world, stage, waiting, "gave_up")
        return
    late = [item for item in waiting if not item.late]
    if not late:
        return
    for item in late:
        item.late = True
    flow.late += len(late)
    flow.late_now += len(late)
    world.write((FlowLate, world.now, flow.id, len(late), _numbers(late)))
    lower(world, keeps, len(late), flow.id)
    _changed(world, flow)


def leave(world: World, stage: StageRun, items: Sequence[Item], why: Literal["gave_up", "no_need"]) -> None:
    """Let items that wait at this stage go away."""
    if not items:
        return
    flow = stage.flow
    for item in items:
        item.at = None
        del stage.waiting[item.number]
    waited = sum(world.now - item.since for item in items)
    world.write((FlowLeft, world.now, flow.id, stage.word, len(items), _numbers(items), waited, why))
    _withdraw_if_empty(world, stage)
    _end(world, flow, items)
    _changed(world, flow)


def _withdraw_if_empty(world: World, stage: StageRun) -> None:
    if stage.request is not None and not stage.waits:
        withdraw(world, stage.request)
        stage.request = None


def _end(world: World, flow: FlowRun, items: Sequence[Item]) -> None:
    """Items are through or away: what was lost by their being late is back."""
    keeps = flow.keeps
    if keeps is not None and (late := [item for item in items if item.late]):
        flow.late_now -= len(late)
        for item in late:
            item.late = False
        lower(world, keeps, -len(late), flow.id)
    if items and flow.ended is not None:
        flow.ended(items)


def give_up(world: World, flow: FlowRun, step: int) -> None:
    """At the end of a step: let some of those who have waited in a counted flow go away.

    Of those who came at the end of step *m* and still wait at the end of step *n*, the share
    (F(k) - F(k - 1)) / (1 - F(k - 1)) goes, where k = n - m and F(k) is how much of the patience's distribution lies
    at or below k steps. That number is rounded to a whole one, upwards with a chance equal to its fraction
    (``flow/<flow>/step/<n>/gave_up/<m>``), so that nobody is lost or won on average.
    """
    stage = flow.stages[0]
    patience, length = stage.spec.patience, flow.step
    if not stage.counted or patience is None or length is None:
        return
    gone = waited = 0
    for cohort in stage.cohorts:
        age = step - cohort.step
        share = flow.gives_up.get(age)
        if share is None:
            share = flow.gives_up[age] = hazard(patience, (age - 1) * length, age * length)
        exact = cohort.number * share
        leaving = int(exact)
        if exact > leaving:
            leaving += world.luck.uniform(f"flow/{flow.id}/step/{step}/gave_up/{cohort.step}") < exact - leaving
        cohort.number -= leaving
        gone += leaving
        waited += leaving * (world.now - cohort.since)
    if not gone:
        return
    stage.counted -= gone
    stage.cohorts = deque(cohort for cohort in stage.cohorts if cohort.number)
    world.write((FlowLeft, world.now, flow.id, stage.word, gone, (), waited, "gave_up"))
    _withdraw_if_empty(world, stage)
    _changed(world, flow)


def post_next(world: World, stage: StageRun) -> None:
    """Put the next piece of work in the queues of all who can do it, if something waits and none stands there."""
    if not stage.opened or not (stage.waiting or stage.counted):
        return
    if stage.request is None and stage.stations:
        oldest = stage.cohorts[0].since if stage.cohorts else next(iter(stage.waiting.values())).since
        request = _request(world, stage, oldest)
        stage.request = request
        for station in request.stations:
            enqueue(station, request)
            if _needs_a_look(world, station, request):
                mark(world, station)
    if stage.calls_in:
        call_in(world, stage)


def _request(world: World, stage: StageRun, oldest: int) -> Request:
    request = Request(
        task=stage.task,
        name=f"{stage.pieces_of}{stage.pieces + 1}",
        activity="flow",
        mode=stage.mode,
        remaining=0,
        persons=stage.persons,
        key=(stage.priority, oldest, 1, world.next_rank()),
        done=nothing_more,
        own_life=False,
        interrupts=False,
        called=stage.called,
        stations=list(stage.stations),
    )
    request.begun = lambda _p, _s: _begin(world, stage, request)
    return request


def _needs_a_look(world: World, station: Station, request: Request) -> bool:
    """Whether somebody of the station may be free for it, or nobody knows yet when somebody will be.

    Not where it is about to be looked at anyway.
    """
    if station.id in world.dirty:
        return False
    if station.wake is None or station.wake_at <= world.now:
        return True
    for person in serving(world, station):  # noqa: SIM110 - a generator takes twice the time
        if person.work is None and may_take(world, person, station, request):
            return True
    return False


def _begin(world: World, stage: StageRun, request: Request) -> None:
    """Somebody takes the next piece of work: as many as are taken together, those who have waited longest."""
    stage.request = None
    stage.pieces += 1
    if stage.flow.step is None:
        _take_items(world, stage, request)
    else:
        _take_counted(world, stage, request, stage.flow.step)
    post_next(world, stage)
    _changed(world, stage.flow)


def _take_items(world: World, stage: StageRun, request: Request) -> None:
    items = [stage.waiting.popitem(last=False)[1] for _ in range(min(stage.together, len(stage.waiting)))]
    now = world.now
    waited = length = 0
    for item in items:
        item.at = None
        waited += now - item.since
        length += stage.takes[item.number]
    _write_begun(world, stage, request, len(items), _numbers(items), waited)
    request.remaining = length
    request.done = lambda _p, _s: _done(world, stage, items)


def _take_counted(world: World, stage: StageRun, request: Request, step: int) -> None:
    """Take as many as fit in a step, each with a time of its own, but always one."""
    number = waited = length = 0
    while stage.counted:
        takes = stage.takes[stage.taken + 1]
        if number and length + takes > step:
            break
        cohort = stage.cohorts[0]
        cohort.number -= 1
        if not cohort.number:
            stage.cohorts.popleft()
        number += 1
        stage.counted -= 1
        stage.taken += 1
        length += takes
        waited += world.now - cohort.since
    _write_begun(world, stage, request, number, (), waited)
    request.remaining = length
    request.done = lambda _p, _s: _done_counted(world, stage, number)


def _write_begun(
    world: World, stage: StageRun, request: Request, number: int, items: tuple[int, ...], waited: int
) -> None:
    stage.in_work += number
    name = request.name
    world.write((FlowBegun, world.now, stage.flow.id, stage.word, number, items, waited, name))


def _done(world: World, stage: StageRun, items: Sequence[Item]) -> None:
    """Let items go on to the next stage that each needs; those who need none are through."""
    flow, word = stage.flow, stage.word
    stage.in_work -= len(items)
    move(world, stage.spec.moves, len(items), flow.id)
    onward, through, by_stage = _sorted(flow, items, stage.index + 1)
    if onward:
        world.write((FlowDone, world.now, flow.id, word, len(onward), _numbers(onward), False))
    if through:
        flow.done += len(through)
        world.write((FlowDone, world.now, flow.id, word, len(through), _numbers(through), True))
    _enter_each(world, flow, by_stage)
    _end(world, flow, through)
    _changed(world, flow)


def _done_counted(world: World, stage: StageRun, number: int) -> None:
    stage.in_work -= number
    move(world, stage.spec.moves, number, stage.flow.id)
    stage.flow.done += number
    world.write((FlowDone, world.now, stage.flow.id, stage.word, number, (), True))
    _changed(world, stage.flow)


def look_at_flow(world: World, flow: FlowRun) -> None:
    """See whether people may now be called in to what waits."""
    for stage in flow.stages:
        if stage.calls_in and stage.waits and stage.opened:
            call_in(world, stage)
