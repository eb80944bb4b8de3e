"""The reference model in bare SimPy and as a plain ``heapq`` loop, on the very draws of the ovning files.

Both do what ovning does with these files and no more: they know nothing of people, causes of waiting, channels or
mandates, and keep no log but when each task began and ended. Draws are handed to them ready-made.
"""

from __future__ import annotations

import heapq
from collections.abc import Generator, Sequence
from typing import NamedTuple

import simpy
from simpy.resources.resource import PriorityRequest

from ovning.engine.luck import Luck
from ovning.log.records import Log, TaskFinished, TaskStarted
from ovning.model.setup import Setup

MS = 60_000
PRIORITY = {"high": 1, "normal": 2, "low": 3}

Trajectory = list[tuple[int, int, str]]
"""When each task began and ended, in the order in which they ended."""


class Step(NamedTuple):
    """One task of a chain, with its luck."""

    task: str
    place: int
    takes: int
    pass_on: int
    """What it takes the giver to pass it on; for the first step nobody does."""
    sent: int


class Course(NamedTuple):
    """One inject, with its luck."""

    at: int
    priority: int
    steps: tuple[Step, ...]


def courses(setup: Setup, seed: int, replication: int) -> list[Course]:
    """The luck of one play, by the names that ``docs/model.md`` gives."""
    luck = Luck(seed, replication)
    places = {f"does_{name[5:]}": int(name[5:]) for name in setup.vocabulary.roles}
    sent = setup.organisation.channels[-1].delay
    found = []
    for inject in setup.scenario.injects:
        name = f"inject/{inject.id}/1"
        steps = []
        for task in setup.scenario.procedures[inject.asks_for or ""]:
            word = f"{name}/{task.task}"
            first = not task.after
            steps.append(
                Step(
                    f"{inject.id}/{task.task}",
                    places[task.needs],
                    luck.draw(task.takes, f"{word}/takes"),
                    0 if first else luck.draw(setup.assumptions.pass_on, f"{word}/pass_on/0"),
                    luck.draw(sent, f"{word}/sent/phone" if first else f"{word}/pass_on/0/phone"),
                )
            )
        at = 0 if inject.at is None else luck.draw(inject.at, f"inject/{inject.id}/at")
        found.append(Course(at, PRIORITY[inject.priority], tuple(steps)))
    return found


def played(log: Log) -> Trajectory:
    """The trajectory that a log tells of."""
    began = {r.task: r.at for r in log if isinstance(r, TaskStarted)}
    return [(began[r.task], r.at, r.task) for r in log if isinstance(r, TaskFinished)]


def bare_simpy(given: Sequence[Course], places: int, people: int, horizon: int) -> Trajectory:
    """What one writes first: a process for each case and a ``PriorityResource`` for each function."""
    env = simpy.Environment()
    functions = [simpy.PriorityResource(env, people) for _ in range(places)]
    done: Trajectory = []

    for course in given:
        env.process(_case(env, functions, course, done))
    env.run(until=horizon + 1)
    return done


def _case(
    env: simpy.Environment, functions: Sequence[simpy.PriorityResource], course: Course, done: Trajectory
) -> Generator[simpy.Event, object, None]:
    yield env.timeout(course.at)
    owed = course.at
    last = course.steps[-1]
    coming = None
    for step in course.steps:
        if coming is not None:
            yield coming
            yield env.timeout(step.pass_on)
            coming.resource.release(coming)
        yield env.timeout(step.sent)
        function = functions[step.place]
        with function.request(priority=(course.priority, owed, 1)) as asked:
            yield asked
            began = env.now
            yield env.timeout(step.takes)
            owed = env.now
            done.append((began, owed, step.task))
            if step is not last:  # the next call is in the queue before anybody is let go
                coming = function.request(priority=(course.priority, owed, 0))


def bare_simpy_with_deadlines(
    given: Sequence[Course], places: int, people: int, horizon: int, patience: int
) -> Trajectory:
    """The same, but whoever has not begun within ``patience`` has company: the next function stands in as well.

    A deadline on every request is what one writes with ``AnyOf``; the first of the two to become free takes it.
    """
    env = simpy.Environment()
    functions = [simpy.PriorityResource(env, people) for _ in range(places)]
    done: Trajectory = []

    def taken(
        place: int, giver: int | None, key: tuple[int, int, int]
    ) -> Generator[simpy.Event, object, tuple[int, PriorityRequest]]:
        first = functions[place].request(priority=key)
        yield first | env.timeout(patience)
        if first.triggered:
            return place, first
        stand_in = (place + 1) % places
        if stand_in == giver:  # nobody stands in for a question of their own
            yield first
            return place, first
        second = functions[stand_in].request(priority=key)
        yield first | second
        if first.triggered:
            functions[stand_in].release(second) if second.triggered else second.cancel()
            return place, first
        first.cancel()
        return stand_in, second

    def case(course: Course) -> Generator[simpy.Event, object, None]:
        yield env.timeout(course.at)
        owed = course.at
        last = course.steps[-1]
        coming: PriorityRequest | None = None
        giver: int | None = None
        for number, step in enumerate(course.steps):
            if coming is not None:
                yield coming
                yield env.timeout(step.pass_on)
                coming.resource.release(coming)
            if coming is not None or number == 0:
                yield env.timeout(step.sent)
            place, asked = yield from taken(step.place, giver, (course.priority, owed, 1))
            began = env.now
            yield env.timeout(step.takes)
            owed = env.now
            done.append((began, owed, step.task))
            coming, giver = None, place
            if step is not last and course.steps[number + 1].place != place:
                coming = functions[place].request(priority=(course.priority, owed, 0))
            functions[place].release(asked)

    for course in given:
        env.process(case(course))
    env.run(until=horizon + 1)
    return done


def bare_simpy_with_nights(
    given: Sequence[Course], places: int, people: int, horizon: int, nights: Sequence[tuple[int, int]]
) -> Trajectory:
    """The same, but nobody is there at night: a process for each function takes everybody's place until morning."""
    env = simpy.Environment()
    functions = [simpy.PriorityResource(env, people) for _ in range(places)]
    done: Trajectory = []

    def night(function: simpy.PriorityResource) -> Generator[simpy.Event, object, None]:
        for begins, ends in nights:
            yield env.timeout(max(begins - env.now, 0))
            with function.request(priority=(-1, 0, 0)) as asked:
                yield asked
                yield env.timeout(max(ends - env.now, 0))

    for function in functions:
        for _ in range(people):
            env.process(night(function))
    for course in given:
        env.process(_case(env, functions, course, done))
    env.run(until=horizon + 1)
    return done


def heap_loop(given: Sequence[Course], places: int, people: int, horizon: int) -> Trajectory:
    """As little as CPython can do it with: one heap of what happens and one queue for each function."""
    agenda: list[tuple[int, int, int, int, int]] = []
    count = 0
    for number, course in enumerate(given):
        agenda.append((course.at + course.steps[0].sent, 0, count, number, 0))
        count += 1
    heapq.heapify(agenda)
    queues: list[list[tuple[int, int, int, int, int, int]]] = [[] for _ in range(places)]
    free = [people] * places
    owed = [course.at for course in given]
    began = [0] * len(given)
    done: Trajectory = []
    push, pop = heapq.heappush, heapq.heappop
    while agenda:
        now, what, _, number, index = pop(agenda)
        if now > horizon:
            break
        course = given[number]
        step = course.steps[index]
        if what == 0:  # word has come
            place = step.place
            push(queues[place], (course.priority, owed[number], 1, count, number, index))
        elif what == 1:  # a task is done
            place = step.place
            free[place] += 1
            done.append((began[number], now, step.task))
            owed[number] = now
            if index + 1 < len(course.steps):
                push(queues[place], (course.priority, now, 0, count, number, index + 1))
        else:  # it has been passed on
            place = course.steps[index - 1].place
            free[place] += 1
            push(agenda, (now + step.sent, 0, count, number, index))
        count += 1
        queue = queues[place]
        while queue and free[place]:
            _, _, kind, _, who, at = pop(queue)
            free[place] -= 1
            taken = given[who].steps[at]
            if kind:
                began[who] = now
                push(agenda, (now + taken.takes, 1, count, who, at))
            else:
                push(agenda, (now + taken.pass_on, 2, count, who, at))
            count += 1
    return done
