"""Passing a case on: what it takes of the giver's time, the channel's delay, and misunderstandings."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from ovning.engine.agenda import Turn
from ovning.engine.asking import Delegate, Plan, ask
from ovning.engine.channels import find_channel, retry_channels
from ovning.engine.life import wait
from ovning.engine.presence import can_serve, serving
from ovning.engine.state import Person, Request, Station, TaskRun
from ovning.engine.work import post
from ovning.engine.world import World
from ovning.log.records import HandedOver
from ovning.model.scenario import Mode


@dataclass(eq=False, slots=True)
class Word:
    """What is told of a task, on its way from one to another."""

    task: TaskRun
    sender: Station | None
    receiver: Station
    name: str
    """What names its luck."""
    then: Callable[[], None]
    by: str | None
    """The channel that is asked for."""
    aside: bool
    """Whether the task itself goes on waiting where it is."""
    since: int


def pass_on(
    world: World,
    task: TaskRun,
    sender: Station,
    receiver: Station,
    person: Person | None,
    then: Callable[[], None],
    mode: Mode,
    *,
    aside: bool = False,
) -> Request | None:
    """Let ``sender`` pass the task on to ``receiver``: a piece of work of their own, then the channel's delay.

    Somebody who wears both hats needs not tell themselves of what they could do there and then, in this ``mode``; then
    there is nothing to be done. ``aside``: the task itself goes on waiting where it is.
    """
    if person is not None and person in sender.people and _answers_there(world, person, receiver, mode):
        then()
        return None
    step = f"{task.case.luck}/{task.spec.task}/pass_on/{task.attempts}"
    request = Request(
        task=task,
        name=task.id,
        activity="pass_on",
        mode="call",
        remaining=world.draw(world.assumptions.pass_on, step),
        persons=1,
        key=(task.priority, world.now, 0, world.next_rank()),
        done=lambda _p, _s: transmit(world, task, sender, receiver, step, then, aside=aside),
        during="transmission",
        toward=receiver.id,
        interrupts=False,
        own_life=not aside,
    )
    task.requests.append(request)
    ask(world, request, [(sender, "first")])
    return request


def _answers_there(world: World, person: Person, receiver: Station, mode: Mode) -> bool:
    """Whether somebody is the one whom a call to the receiver would find: not only of it, but serving it now."""
    if person not in receiver.people:
        return False
    if len(receiver.people) == 1:
        return True
    return person in serving(world, receiver) and can_serve(world, person, receiver, mode)


def transmit(
    world: World,
    task: TaskRun,
    sender: Station | None,
    receiver: Station,
    name: str,
    then: Callable[[], None],
    by: str | None = None,
    *,
    aside: bool = False,
) -> None:
    """Send word through the first channel that works and reaches; wait, if none does, until one does."""
    word = Word(task, sender, receiver, name, then, by, aside, world.now)
    if not _send(world, word):
        world.channel_waiting.append(partial(_send, world, word))


def _send(world: World, word: Word) -> bool:
    """Send word now, if a channel works; whether nothing more need be done about it."""
    task = word.task
    if task.finished:
        return True
    channel, cause, detail = find_channel(world, word.sender, word.receiver, word.by)
    if not word.aside:
        wait(world, task, cause, word.receiver.id, detail)
    if channel is None:
        return False
    name = channel.id
    world.channel_users[name] = world.channel_users.get(name, 0) + 1
    delay = world.draw(channel.delay, f"{word.name}/{name}")
    world.agenda.plan(delay, Turn.ARRIVAL, partial(_arrive, world, word, name), priority=task.priority)
    return True


def _arrive(world: World, word: Word, channel: str) -> None:
    task, sender = word.task, word.sender
    world.channel_users[channel] -= 1
    if sender is not None:
        world.write((HandedOver, world.now, word.since, task.id, sender.id, word.receiver.id, channel))
    retry_channels(world)
    if not task.finished:
        word.then()


def must_clarify(world: World, task: TaskRun, sender: str | None, receiver: Station) -> int:
    """What a round of questions costs, in milliseconds; 0 when the two understand each other."""
    if sender is None or receiver.unit is None or sender == receiver.unit:
        return 0
    for agreement in world.compiled.organisation.agreements:
        if sender in agreement.between and receiver.unit in agreement.between:
            return 0
    assumed = world.assumptions.clarification
    name = f"{task.case.luck}/{task.spec.task}/clarification/{task.attempts}"
    if world.luck.uniform(f"{name}/needed") >= assumed.chance:
        return 0
    return world.draw(assumed.takes, f"{name}/takes")


def clarify(world: World, request: Request, sender: Station, length: int) -> None:
    """Add a round of questions before the work: the receiver's time at once, the sender's when they can be had."""
    task = request.task
    request.preludes += (("clarification", "clarification", sender.id, length),)
    answer = Request(
        task=task,
        name=task.id,
        activity="clarification",
        mode="call",
        remaining=length,
        persons=1,
        key=(task.priority, world.now, 1, world.next_rank()),
        done=lambda _p, _s: None,
        own_life=False,
    )
    post(world, answer, sender, "first")


def delegating(world: World, request: Request, sender: Station, person: Person | None) -> Delegate:
    """Let somebody who gets too much hand some of their own work on, which takes a call of their time each."""

    def delegate(station: Station, then: Callable[[], None]) -> None:
        step = pass_on(world, request.task, sender, station, person, then, request.mode, aside=True)
        if step is not None:
            request.side_steps += (step,)

    return delegate


def hand_to(
    world: World,
    request: Request,
    plan: Plan,
    sender: Station | None,
    person: Person | None,
) -> None:
    """Bring a request to the first station of a plan, by passing it on if somebody else has it, and ask from there."""
    first = plan[0][0]
    request.asker = person
    if sender is None:
        ask(world, request, plan)
        return
    if sender is first:
        request.origin = sender
        ask(world, request, plan, delegating(world, request, sender, person))
        return
    request.sender = sender
    step = pass_on(world, request.task, sender, first, person, lambda: ask(world, request, plan), request.mode)
    request.untold = step is None and request.persons == 1
