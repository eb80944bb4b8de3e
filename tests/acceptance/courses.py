"""What any whole exercise must do when it is played: helpers for the acceptance tests of each."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from hashlib import blake2b

import yaml

from ovning.engine import compile_play, play
from ovning.files import load_setup, shipped_folder
from ovning.log.records import InjectReceived, Log, TaskFinished
from ovning.model.conduct import Conduct
from ovning.model.scenario import Task
from ovning.model.setup import Setup

ORGANISATIONS = ("orebro", "haninge")


@cache
def setup_of(exercise: str, organisation: str, variation: str | None = None, sets: tuple[str, ...] = ()) -> Setup:
    return load_setup(exercise, organisation, variation=variation, sets=sets)[0]


@cache
def plays_of(
    exercise: str, organisation: str, variation: str | None = None, plays: int = 3, sets: tuple[str, ...] = ()
) -> tuple[Log, ...]:
    compiled = compile_play(setup_of(exercise, organisation, variation, sets))
    return tuple(play(compiled, 1, replication) for replication in range(plays))


def received(log: Log) -> set[str]:
    return {record.inject for record in log if isinstance(record, InjectReceived)}


def finished(log: Log) -> set[tuple[str, str]]:
    """Inject and task of what was done; a repeated inject counts once."""
    return {
        (record.task.split("/")[0].split("+")[0], record.task.split("/")[-1])
        for record in log
        if isinstance(record, TaskFinished) and record.outcome == "done"
    }


def owed(setup: Setup) -> dict[str, Sequence[Task]]:
    """The tasks of every inject that may come in this course."""
    scenario = setup.scenario
    left_out = scenario.variations[setup.variation].without if setup.variation else ()
    return {
        inject.id: scenario.procedures[inject.asks_for]
        for inject in scenario.injects
        if inject.asks_for and inject.variation in (None, setup.variation) and inject.id not in left_out
    }


def missing(setup: Setup, logs: Sequence[Log]) -> tuple[set[str], set[tuple[str, str]]]:
    """What never came, and what never was done, in any of the plays."""
    wanted = owed(setup)
    came = set().union(*(received(log) for log in logs))
    done = set().union(*(finished(log) for log in logs))
    tasks = {(inject, task.task) for inject, procedure in wanted.items() for task in procedure}
    return set(wanted) - came, tasks - done


def shape(tasks: Sequence[Task]) -> tuple[str, ...]:
    """A graph of tasks without its words: the same for graphs that differ in names alone.

    Each task is known by those around it, told in as many rounds as there are tasks.
    """
    seen = {task.task: "" for task in tasks}
    for _ in tasks:
        seen = {
            task.task: _name(
                seen[task.task],
                sorted(seen[before] for before in task.after),
                sorted(seen[other.task] for other in tasks if task.task in other.after),
            )
            for task in tasks
        }
    return tuple(sorted(seen.values()))


def _name(*told: object) -> str:
    """A short name of what was told, the same in every process."""
    return blake2b(repr(told).encode(), digest_size=12).hexdigest()


def half_day(exercise: str) -> Setup:
    """As it is held in half a day: as its file says, else as its presentation gives to be put there."""
    setup = setup_of(exercise, "orebro")
    if setup.exercise.conduct is not None:
        return setup
    conduct = Conduct.model_validate(yaml.safe_load(own_conduct(exercise))["conduct"])
    return setup.model_copy(update={"exercise": setup.exercise.model_copy(update={"conduct": conduct})})


def own_conduct(exercise: str) -> str:
    """What the presentation gives to be put last in one's own copy."""
    told = (shipped_folder() / exercise / "presentation.md").read_text(encoding="utf-8")
    return told.partition("```yaml\n")[2].partition("```")[0]
