"""Flows before anything comes: their stages, who can do what is done there, and the luck of it."""

from __future__ import annotations

from functools import partial

from ovning.engine.compiled import PRIORITIES
from ovning.engine.flow_state import FlowRun, StageRun
from ovning.engine.flows import post_next
from ovning.engine.routing import functions
from ovning.engine.state import Case, Station, TaskRun
from ovning.engine.watching import watch
from ovning.engine.world import World
from ovning.model.flows import Stage
from ovning.model.scenario import Task


def set_up_flows(world: World) -> None:
    """Let every flow stand empty, with its stages open or waiting for what they wait for."""
    watched = world.compiled.watched_flows
    for name, spec in sorted(world.compiled.setup.scenario.flows.items()):
        case = Case(f"flow:{name}", "flow", 3, f"flow/{name}")
        before, uniforms = f"flow/{name}/", world.luck.uniforms
        gaps, kept, steps = uniforms(before, "/gap"), uniforms(before, "/kept"), uniforms(f"{before}step/", "")
        flow = world.flows[name] = FlowRun(
            name, spec, gaps, kept, steps, spec.arrives.only_while, case, name in watched
        )
        for index, stage in enumerate(spec.stages):
            run = _stage(world, flow, index, stage)
            flow.stages.append(run)
            if stage.begins_when is not None:
                run.opened = False
                watch(world, stage.begins_when, partial(_open, world, run))


def _stage(world: World, flow: FlowRun, index: int, stage: Stage) -> StageRun:
    before, after, luck = f"flow/{flow.id}/", f"/{stage.stage}/", world.luck
    return StageRun(
        spec=stage,
        flow=flow,
        index=index,
        priority=PRIORITIES[stage.priority],
        task=_task(flow, stage),
        pieces_of=f"{flow.case.id}:{stage.stage}:",
        calls_in=stage.calls_in,
        stations=_able(world, stage),
        needed=luck.uniforms(before, f"{after}needed"),
        takes=luck.durations(stage.takes, before, f"{after}takes"),
        patience=None if stage.patience is None else luck.durations(stage.patience, before, f"{after}patience"),
    )


def _task(flow: FlowRun, stage: Stage) -> TaskRun:
    task = Task.model_construct(
        task=stage.stage, title=stage.title, needs=stage.needs or "", mode=stage.mode, takes=stage.takes
    )
    return TaskRun(f"{flow.case.id}:{stage.stage}", flow.case, task, None, None, 0, 0, PRIORITIES[stage.priority], 0)


def _able(world: World, stage: Stage) -> list[Station]:
    """Functions with the capability, only those of the named role if there is one; else staff seats too."""
    able = [s for s in functions(world) if stage.needs in s.does]
    named = [s for s in able if s.role == stage.by]
    if named:
        return named
    return [*able, *(s for s in world.stations.values() if s.seat is not None and stage.needs in s.does)]


def _open(world: World, stage: StageRun) -> None:
    stage.opened = True
    post_next(world, stage)
