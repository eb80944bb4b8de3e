"""Where a scenario meets an organisation: what it asks for that nobody there has. Gaps are findings, not errors."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from typing import Final

from ovning.errors import Problem
from ovning.files.checks.course import Course, conditions
from ovning.files.checks.exercise import criteria
from ovning.files.checks.staffing import heads
from ovning.files.checks.words import Use
from ovning.files.parts import Part
from ovning.model.exercise import Exercise
from ovning.model.organisation import Organisation
from ovning.model.scenario import Scenario
from ovning.model.vocabulary import Vocabulary

_ROLE: Final = re.compile(r"role\((\w+)\)")


def _people_able(organisation: Organisation, vocabulary: Vocabulary) -> dict[str, set[str]]:
    """Capability → groups of people who have it, as functions or in a seat of any level."""
    able: defaultdict[str, set[str]] = defaultdict(set)
    for function in organisation.functions.values():
        for capability in function.does:
            able[capability].update(g for g in function.filled_by if heads(organisation, [g]))
    for level in organisation.levels:
        for seat in level.staffs:
            word = vocabulary.seats.get(seat)
            for capability in word.does if word is not None else ():
                able[capability].update(g for g in organisation.staff.get(seat, ()) if heads(organisation, [g]))
    return able


def capabilities(
    scenario: Part[Scenario], organisation: Part[Organisation], vocabulary: Part[Vocabulary], course: Course
) -> Iterator[Problem]:
    """Tasks, stages and standing work that nobody in the organisation can do, or not enough of them."""
    model = organisation.model
    able = _people_able(model, vocabulary.model)
    titles = vocabulary.model.capabilities
    said: set[str] = set()
    for name in scenario.model.procedures:
        if name not in course.used:
            continue
        for task in scenario.model.procedures[name]:
            at = ("procedures", name, task.task)
            if task.decision is not None or task.needs not in titles:
                continue
            people = heads(model, able[task.needs])
            if people == 0 and task.needs not in said:
                said.add(task.needs)
                title = titles[task.needs].title
                yield scenario.warning(
                    f"ingen i {model.title} kan ”{title}” ({task.needs}): uppgiften blir aldrig gjord",
                    f"låt en funktion ha {task.needs} under does, om det stämmer med verkligheten",
                    at=(*at, "needs"),
                )
            elif 0 < people < task.persons:
                yield scenario.warning(
                    f"uppgiften kräver {task.persons} personer men {model.title} har {people} som kan "
                    f"”{titles[task.needs].title}”: den blir aldrig gjord",
                    at=(*at, "persons"),
                )
    yield from _stages(scenario, model, able, vocabulary.model, said)
    for level in model.levels:
        for n, kind in enumerate(level.follow_up):
            work = vocabulary.model.follow_up.get(kind)
            if work is not None and work.needs not in said and not able[work.needs]:
                yield organisation.warning(
                    f"ingen kan göra det löpande arbetet ”{work.title}” ({work.needs}): det blir liggande",
                    at=("levels", level.id, "follow_up", n),
                )


def _stages(
    scenario: Part[Scenario],
    model: Organisation,
    able: Mapping[str, set[str]],
    words: Vocabulary,
    said: Collection[str],
) -> Iterator[Problem]:
    """Stages of flows that nobody can do, or not enough; one kept for a role is done by nobody else."""
    for name, flow in scenario.model.flows.items():
        for n, stage in enumerate(flow.stages):
            at = ("flows", name, "stages", n)
            if stage.needs is None or stage.needs not in words.capabilities or stage.needs in said:
                continue
            title = words.capabilities[stage.needs].title
            own = [f for f in model.functions.values() if f.role == stage.by]
            groups = {g for f in own if stage.needs in f.does for g in f.filled_by} if own else able[stage.needs]
            people = heads(model, groups)
            if people == 0 and own and heads(model, able[stage.needs]):
                yield scenario.warning(
                    f"rollen ”{stage.by}” i {model.title} kan inte ”{title}” ({stage.needs}) och ingen annan får: "
                    f"det blir liggande i flödet ”{name}”",
                    f"ta bort by, eller låt funktionen ha {stage.needs} under does",
                    at=(*at, "by"),
                )
            elif people == 0:
                yield scenario.warning(
                    f"ingen i {model.title} kan ”{title}” ({stage.needs}): det blir liggande i flödet ”{name}”",
                    f"låt en funktion ha {stage.needs} under does, om det stämmer med verkligheten",
                    at=(*at, "needs"),
                )
            elif people < stage.persons:
                yield scenario.warning(
                    f"steget kräver {stage.persons} personer men {model.title} har {people} som kan ”{title}”: "
                    "det blir aldrig gjort",
                    at=(*at, "persons"),
                )


def decisions(
    scenario: Part[Scenario], organisation: Part[Organisation], vocabulary: Part[Vocabulary], course: Course
) -> Iterator[Problem]:
    """Decisions that nobody in the organisation holds."""
    model = organisation.model
    held = {d for f in model.functions.values() if heads(model, f.filled_by) for d in f.decides}
    held |= {d for b in model.bodies.values() for d in b.decides} | set(model.joint)
    held |= {d for lv in model.levels for seat, granted in lv.grants.items() if seat in lv.staffs for d in granted}
    said: set[str] = set()
    for name in scenario.model.procedures:
        for task in scenario.model.procedures[name] if name in course.used else ():
            decision = task.decision
            if decision is None or decision in held | said or decision not in vocabulary.model.decisions:
                continue
            said.add(decision)
            title = vocabulary.model.decisions[decision].title
            yield scenario.warning(
                f"ingen i {model.title} får besluta ”{title}” ({decision}): uppgiften stannar där",
                f"ge en funktion, en plats eller ett organ beslutet {decision}, om det stämmer med verkligheten",
                at=("procedures", name, task.task, "needs"),
            )


def roles(scenario: Part[Scenario], organisation: Part[Organisation], course: Course) -> Iterator[Problem]:
    """Messages to a role, or to a staff, that the organisation does not have."""
    model = organisation.model
    there = {function.role for function in model.functions.values()}
    staffed = any(level.staffs for level in model.levels)
    uses: list[Use] = [(i.to, ("injects", i.id, "to")) for i in scenario.model.injects if not i.only_if_there]
    for name in scenario.model.procedures:
        for task in scenario.model.procedures[name] if name in course.used else ():
            at = ("procedures", name, task.task, "informs")
            uses += [(told, (*at, n)) for n, told in enumerate(task.informs)]
    for told, path in uses:
        match = _ROLE.fullmatch(told)
        if match is not None and match[1] not in there:
            yield scenario.warning(
                f"{model.title} har ingen med rollen ”{match[1]}”: det går till first_call(default)", at=path
            )
        elif told == "staff" and not staffed:
            yield scenario.warning(f"{model.title} har ingen stab: det går till first_call(default)", at=path)


def absent(exercise: Part[Exercise], scenario: Part[Scenario], organisation: Part[Organisation]) -> Iterator[Problem]:
    """Criteria on injects that do not come to an organisation without the role."""
    there = {function.role for function in organisation.model.functions.values()}
    left_out = {i.id: i.to for i in scenario.model.injects if i.only_if_there and i.to[5:-1] not in there}
    for path, criterion in criteria(exercise):
        if criterion.inject in left_out:
            yield exercise.warning(
                f"inspelet ”{criterion.inject}” kommer inte till {organisation.model.title}, som saknar "
                f"{left_out[criterion.inject]}: kriteriet kan inte bedömas",
                at=(*path, "inject"),
            )


def levels(scenario: Part[Scenario], organisation: Part[Organisation]) -> Iterator[Problem]:
    """Levels that the course deserves, or waits for, and the organisation lacks."""
    ladder = {level.id for level in organisation.model.levels}
    title = organisation.model.title
    for n, name in enumerate(scenario.model.warrants):
        if name not in ladder:
            yield scenario.warning(
                f"{title} har inget läge ”{name}”: det som scenariot motiverar kan inte nås", at=("warrants", n)
            )
    for path, condition in conditions(scenario.model):
        if condition.level is None or condition.level in ladder or condition.state == "inactive":
            continue
        if path[0] == "injects" and path[2] == "when":
            so = f"inspelet ”{path[1]}” kommer aldrig"
        elif path[0] == "flows":
            so = f"villkoret i flödet ”{path[1]}” blir aldrig sant"
        elif path[0] == "stocks":
            so = f"villkoret för förrådet ”{path[1]}” blir aldrig sant"
        else:
            continue
        yield scenario.warning(f"{title} har inget läge ”{condition.level}”: {so}", at=(*path, "level"))


def measured(exercise: Part[Exercise], organisation: Part[Organisation]) -> Iterator[Problem]:
    """Criteria on levels and roles that the organisation lacks."""
    model = organisation.model
    ladder = {level.id for level in model.levels}
    there = {"staff"} | {function.role for function in model.functions.values()}
    for path, criterion in criteria(exercise):
        if criterion.level is not None and criterion.level not in ladder:
            yield exercise.warning(
                f"{model.title} har inget läge ”{criterion.level}”: kriteriet uppfylls aldrig", at=(*path, "level")
            )
        if criterion.known_by is not None and criterion.known_by not in there:
            yield exercise.warning(
                f"{model.title} har ingen med rollen ”{criterion.known_by}”: kriteriet uppfylls aldrig",
                at=(*path, "known_by"),
            )
