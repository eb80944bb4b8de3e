"""Whether an exercise measures what its scenario has, and tests what it says."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from ovning.errors import Problem
from ovning.files.checks.course import Course
from ovning.files.hints import meant
from ovning.files.parts import Part
from ovning.model.exercise import Criterion, Exercise
from ovning.model.scenario import Scenario
from ovning.model.vocabulary import Vocabulary
from ovning.units import say_duration

Path = tuple[str | int, ...]


def criteria(exercise: Part[Exercise]) -> Iterator[tuple[Path, Criterion]]:
    """Every criterion with its path."""
    for n, objective in enumerate(exercise.model.objectives):
        for m, criterion in enumerate(objective.criteria):
            yield ("objectives", n, "criteria", m), criterion


def objectives(exercise: Part[Exercise]) -> Iterator[Problem]:
    """Objectives have ids of their own, and there are some."""
    ids = [o.id for o in exercise.model.objectives]
    for n, name in enumerate(ids):
        if name in ids[:n]:
            yield exercise.error(f"målet ”{name}” finns två gånger", at=("objectives", n, "id"))
    if not ids:
        yield exercise.warning("övningen har inga mål: det finns inget att bedöma", "lägg till objectives")


def words(exercise: Part[Exercise], vocabulary: Part[Vocabulary]) -> Iterator[Problem]:
    """Levels, decisions and roles that criteria name are in the vocabulary."""
    known = vocabulary.model
    for path, criterion in criteria(exercise):
        uses: tuple[tuple[str, Collection[str], str], ...] = (
            ("level", known.levels, "ett läge i ordlistan"),
            ("decision", known.decisions, "ett beslut i ordlistan"),
            ("known_by", {"staff", *known.roles}, "en roll i ordlistan (eller staff)"),
            ("role", known.roles, "en roll i ordlistan"),
        )
        for key, words_, what in uses:
            word = getattr(criterion, key)
            if word is not None and word not in words_:
                yield exercise.error(f"”{word}” är inte {what}", meant(word, words_), at=(*path, key))


def measured(exercise: Part[Exercise], scenario: Part[Scenario], course: Course) -> Iterator[Problem]:
    """What criteria measure is there to be measured."""
    procedures = scenario.model.procedures
    every_task = {task.task for procedure in procedures.values() for task in procedure}
    taken = course.decisions | course.decided_elsewhere
    learnt = course.learnt | course.learnt_elsewhere
    by_id = {i.id: i for i in scenario.model.injects}
    for path, criterion in criteria(exercise):
        name = criterion.inject
        if name is not None and name not in by_id and name not in course.absent:
            message = f"”{name}” är inte ett inspel i scenariot"
            yield exercise.error(message, meant(name, {*by_id, *course.absent}), at=(*path, "inject"))
        elif name is not None and name in by_id and criterion.task is not None:
            asked = {t.task for t in procedures.get(by_id[name].asks_for or "", ())}
            if criterion.task not in every_task:
                message = f"”{criterion.task}” är ingen uppgift i scenariot"
                yield exercise.error(message, meant(criterion.task, asked or every_task), at=(*path, "task"))
            elif criterion.task not in asked:
                yield exercise.warning(
                    f"”{name}” leder aldrig till uppgiften ”{criterion.task}”: kriteriet uppfylls aldrig",
                    meant(criterion.task, asked),
                    at=(*path, "task"),
                )
        if criterion.decision is not None and criterion.decision not in taken:
            yield exercise.warning(
                f"ingen uppgift i scenariot tar beslutet ”{criterion.decision}”: kriteriet uppfylls aldrig",
                meant(criterion.decision, taken),
                at=(*path, "decision"),
            )
        if criterion.fact is not None and criterion.fact not in scenario.model.facts:
            yield exercise.error(
                f"”{criterion.fact}” är inget faktum i scenariot",
                meant(criterion.fact, scenario.model.facts),
                at=(*path, "fact"),
            )
        elif criterion.fact is not None and criterion.fact not in learnt:
            yield exercise.warning(
                f"ingen kan få veta ”{criterion.fact}” i scenariot: kriteriet uppfylls aldrig", at=(*path, "fact")
            )


def wholes(exercise: Part[Exercise], scenario: Part[Scenario], _course: Course) -> Iterator[Problem]:
    """Criteria on the whole of a play are on what the scenario has, and may turn out either way."""
    services, flows, stocks = scenario.model.services, scenario.model.flows, scenario.model.stocks
    horizon = scenario.model.horizon
    for path, criterion in criteria(exercise):
        if criterion.service is not None and criterion.service not in services:
            message = f"”{criterion.service}” är ingen tjänst i scenariot"
            yield exercise.error(message, meant(criterion.service, services), at=(*path, "service"))
        if criterion.stock is not None and criterion.stock not in stocks:
            message = f"”{criterion.stock}” är inget förråd i scenariot"
            yield exercise.error(message, meant(criterion.stock, stocks), at=(*path, "stock"))
        flow = None if criterion.flow is None else flows.get(criterion.flow)
        if criterion.flow is not None and flow is None:
            message = f"”{criterion.flow}” är inget flöde i scenariot"
            yield exercise.error(message, meant(criterion.flow, flows), at=(*path, "flow"))
        stages = [] if flow is None else [stage.stage for stage in flow.stages]
        if flow is not None and criterion.stage is not None and criterion.stage not in stages:
            message = f"”{criterion.stage}” är inget steg i flödet ”{criterion.flow}”"
            yield exercise.error(message, meant(criterion.stage, stages), at=(*path, "stage"))
        if criterion.measure == "service_hours_without" and criterion.met >= horizon:
            yield exercise.warning(
                f"ingen kan vara utan längre än spelet varar ({say_duration(horizon)}): kriteriet uppfylls alltid",
                "sänk gränsen",
                at=(*path, "met"),
            )


def limits(exercise: Part[Exercise], scenario: Part[Scenario], course: Course) -> Iterator[Problem]:
    """A limit after the end of the play is met by doing nothing in time."""
    horizon = scenario.model.horizon
    for path, criterion in criteria(exercise):
        if not criterion.is_time:
            continue
        begins = course.earliest(criterion.inject) if criterion.inject in course.ids else 0
        for key, limit in (("met", criterion.met), ("partly", criterion.partly)):
            if limit is not None and limit + (begins or 0) > horizon:
                yield exercise.warning(
                    f"gränsen {say_duration(limit)} ligger efter spelets slut ({say_duration(horizon)} efter STARTEX): "
                    "kriteriet kan inte bedömas",
                    "sänk gränsen eller förläng horizon",
                    at=(*path, key),
                )
                break


def tested(exercise: Part[Exercise], scenario: Part[Scenario], course: Course) -> Iterator[Problem]:
    """Injects and flows test objectives that exist; every objective is tested."""
    ids = {o.id for o in exercise.model.objectives}
    tested_: set[str] = set()
    testing = [("injects", inject.id, inject.objectives) for inject in scenario.model.injects]
    testing += [("flows", name, flow.objectives) for name, flow in scenario.model.flows.items()]
    for kind, item, named in testing:
        for n, name in enumerate(named):
            tested_.add(name)
            if name not in ids:
                message = f"”{name}” är inget mål i övningen"
                yield scenario.error(message, meant(name, ids), at=(kind, item, "objectives", n))
    elsewhere = (node.mapping.get("objectives") for node in course.elsewhere.values())
    tested_ |= {item.text or "" for node in elsewhere if node is not None for item in node.items}
    for n, objective in enumerate(exercise.model.objectives):
        if tested_ and objective.id not in tested_:
            yield exercise.warning(
                f"varken inspel eller flöde prövar målet ”{objective.id}”",
                f"skriv objectives: [{objective.id}] vid de inspel eller flöden som prövar det",
                at=("objectives", n, "id"),
            )
