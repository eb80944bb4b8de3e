"""Standing work of an active staff: its log, its reports, the calls it returns, piece by piece as long as it sits."""

from __future__ import annotations

from functools import partial

from ovning.engine.agenda import Turn
from ovning.engine.cases import open_case, request_task
from ovning.engine.routing import Asked
from ovning.engine.state import LevelRun
from ovning.engine.world import World


def follow_up(world: World, run: LevelRun) -> None:
    """Begin the standing work that an active level makes."""
    for word in sorted(run.level.follow_up):
        _plan_follow_up(world, run, run.round, word, 1)


def _plan_follow_up(world: World, run: LevelRun, round_: int, word: str, number: int) -> None:
    every = world.compiled.setup.vocabulary.follow_up[word].every
    world.agenda.plan(every, Turn.TIMER, partial(_do_follow_up, world, run, round_, word, number))


def _do_follow_up(world: World, run: LevelRun, round_: int, word: str, number: int) -> None:
    if run.round != round_ or not run.is_active:
        return
    if run.adjourned:  # nobody is owed work while the staff is at home
        _plan_follow_up(world, run, round_, word, number)
        return
    told = world.compiled.setup.vocabulary.follow_up[word]
    name = f"follow_up:{word}:{round_}.{number}"
    case = open_case(world, f"{run.level.id}:{name}", "follow_up", word, f"level/{run.level.id}/{name}", priority=3)
    spec = world.compiled.routine(word, told.title, told.needs, "desk", told.takes)
    seats = [s for _, s in sorted(run.seats.items()) if told.needs in s.does]
    plan: list[Asked] = [(s, "first" if i == 0 else "staff") for i, s in enumerate(seats)]
    request_task(world, case, spec, holder=None, person=None, plan=plan or None)
    _plan_follow_up(world, run, round_, word, number + 1)
