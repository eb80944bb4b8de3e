"""How a scenario can go: what may come, what may be known, and what never can."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from ovning.errors import Problem
from ovning.files.parts import Part
from ovning.files.tree import Node
from ovning.model.conditions import Condition
from ovning.model.distributions import Constant, Distribution, Pert, Samples
from ovning.model.flows import Flow
from ovning.model.scenario import Event, Inject, Scenario
from ovning.model.services import Dependency
from ovning.units import say_duration


def least(duration: Distribution | None) -> int:
    """The shortest that it can be, in milliseconds."""
    if isinstance(duration, Constant):
        return duration.value
    if isinstance(duration, Pert):
        return duration.min
    if isinstance(duration, Samples):
        return min(duration.samples)
    return 0


def greatest(duration: Distribution) -> int | None:
    """The longest that it can be, in milliseconds; ``None`` where there is no end to it."""
    if isinstance(duration, Constant):
        return duration.value
    if isinstance(duration, Pert):
        return duration.max
    return max(duration.samples) if isinstance(duration, Samples) else None


def _left(need: Dependency, levels: set[float], instead: Iterable[set[float]]) -> set[float]:
    """Levels that a service may be left with when something that it needs, and all that does as well, is lost."""
    if not all(any(level < need.at_least for level in others) for others in (levels, *instead)):
        return set()
    return {need.leaves, *(level for level in levels if need.follows and need.leaves < level < need.at_least)}


@dataclass(frozen=True)
class Course:
    """What comes in one course of a scenario, and what belongs to others."""

    scenario: Scenario
    elsewhere: Mapping[str, Node]
    """Events and injects of other variations, as written."""

    @cached_property
    def absent(self) -> frozenset[str]:
        """Events and injects of other variations."""
        return frozenset(self.elsewhere)

    @cached_property
    def asked_elsewhere(self) -> set[str]:
        """Procedures that injects of other variations ask for."""
        found = (node.mapping.get("asks_for") for node in self.elsewhere.values())
        return {node.text for node in found if node is not None and node.text}

    @cached_property
    def learnt_elsewhere(self) -> set[str]:
        """Facts that somebody may come to know in other variations."""
        told = {
            item.text or ""
            for n in self.elsewhere.values()
            if "facts" in n.mapping
            for item in n.mapping["facts"].items
        }
        told |= {n.mapping["tells"].text or "" for n in self.elsewhere.values() if "tells" in n.mapping}
        return told | self._established(self.asked_elsewhere)

    @cached_property
    def decided_elsewhere(self) -> set[str]:
        """Decisions that a task takes in other variations."""
        tasks = (t for p in self.asked_elsewhere for t in self.scenario.procedures.get(p, ()))
        return {t.decision for t in tasks if t.decision is not None}

    def _established(self, procedures: set[str]) -> set[str]:
        tasks = [t for p in procedures for t in self.scenario.procedures.get(p, ())]
        return {f for t in tasks for fs in (t.establishes, *(g.establishes for g in t.finds)) for f in fs}

    @cached_property
    def ids(self) -> set[str]:
        """Events and injects that come."""
        return {e.id for e in self.scenario.events} | {i.id for i in self.scenario.injects}

    @cached_property
    def tasks(self) -> set[str]:
        """``inject.task`` for everything that injects ask for."""
        found = self.scenario.procedures
        return {f"{i.id}.{t.task}" for i in self.scenario.injects for t in found.get(i.asks_for or "", ())}

    @cached_property
    def used(self) -> set[str]:
        """Procedures that an inject asks for."""
        return {i.asks_for for i in self.scenario.injects if i.asks_for is not None}

    @cached_property
    def decisions(self) -> set[str]:
        """Decisions that a task takes."""
        return {t.decision for p in self.used for t in self.scenario.procedures.get(p, ()) if t.decision is not None}

    @cached_property
    def learnt(self) -> set[str]:
        """Facts that somebody may come to know."""
        told = {e.tells for e in self.scenario.events if e.tells is not None}
        told |= {f for i in self.scenario.injects for f in i.facts}
        return told | self._established(self.used)

    @cached_property
    def published(self) -> bool:
        """Whether any task that may be done, in this course or another, publishes what its doer knows."""
        asked = self.used | self.asked_elsewhere
        return any(t.publishes for p in asked for t in self.scenario.procedures.get(p, ()))

    @cached_property
    def levels(self) -> dict[str, set[float]]:
        """Levels that each service may have, or between which it may be, also because of what it needs."""
        services = self.scenario.services
        sets = [e.sets for e in self.scenario.events] + [i.sets for i in self.scenario.injects]
        sets += [t.then.sets for p in self.used for t in self.scenario.procedures.get(p, ()) if t.then is not None]
        found = {name: {service.level, *(s[name] for s in sets if name in s)} for name, service in services.items()}
        for name, service in services.items():
            if service.as_here:
                found[name] |= {0.0, 1.0}
        for flow in self.scenario.flows.values():
            if flow.keeps in found:
                found[flow.keeps].add(0.0)
        before = -1
        while before != (before := sum(map(len, found.values()))):
            for name, service in services.items():
                for need, spec in service.depends_on.items():
                    found[name] |= _left(spec, found.get(need, {0.0}), [found.get(n, {0.0}) for n in spec.instead])
        return found

    def levels_of(self, service: str) -> set[float]:
        """Levels that a service may have; none for one that the scenario does not have."""
        return self.levels.get(service, set())

    def flows(self, flow: Flow, above: tuple[Flow, ...] = ()) -> bool:
        """Whether anybody may come in a flow, as far as the scenario alone can tell."""
        arrives = flow.arrives
        if arrives.only_while is not None and not self.possible(arrives.only_while, (*above, flow)):
            return False
        if not {arrives.lacking, arrives.having, *arrives.because_of} - {None} <= self.scenario.services.keys():
            return True  # said where it is named
        if arrives.lacking is not None:
            return any(level < 1 for level in self.levels_of(arrives.lacking))
        if arrives.having is not None:
            return any(level > 0 for level in self.levels_of(arrives.having))
        lost = {s: rate for s, rate in arrives.because_of.items() if any(lv < 1 for lv in self.levels_of(s))}
        open_ = arrives.through is None or any(level > 0 for level in self.levels_of(arrives.through))
        return open_ and arrives.at_most != 0 and (bool(arrives.per_hour) or any(lost.values()))

    def earliest(self, name: str) -> int | None:
        """The first moment at which an event or inject can come; ``None`` if it never can."""
        at: int = 0
        seen: set[str] = set()
        while name not in seen:
            seen.add(name)
            item = self._items.get(name)
            if item is None or (isinstance(item, Inject) and item.chance == 0):
                return None
            at += least(item.at) + (least(item.delay) if item.at is None else 0)
            if isinstance(item, Inject) and item.when is not None:
                return at if self.possible(item.when) else None
            if item.after is None:
                return at
            before = item.after.partition(".")[0]
            if "." in item.after and item.after not in self.tasks:
                return None
            name = before
        return None

    @cached_property
    def _items(self) -> dict[str, Event | Inject]:
        items: list[Event | Inject] = [*self.scenario.events, *self.scenario.injects]
        return {item.id: item for item in reversed(items)}

    def possible(self, condition: Condition, above: tuple[Flow, ...] = ()) -> bool:
        """Whether a condition may ever be true, as far as the scenario alone can tell.

        ``above`` are flows that nobody comes in unless it is.
        """
        if condition.service is not None:
            levels = self.levels_of(condition.service)
            if condition.below is not None:
                return any(level < condition.below for level in levels)
            return any(level >= (condition.at_least or 0) for level in levels)
        if condition.fact is not None:
            return condition.fact in self.learnt
        if condition.published is not None:
            return condition.published in self.learnt and self.published
        if condition.decision is not None:
            return condition.decision in self.decisions
        if condition.task is not None:
            return condition.task in self.tasks
        if condition.event is not None:
            return condition.event in self.ids
        if condition.inject is not None:
            return condition.inject in self.ids
        if condition.flow is not None:
            return self._counted(condition, above)
        if condition.all is not None:
            return all(self.possible(c, above) for c in condition.all)
        if condition.any is not None:
            return any(self.possible(c, above) for c in condition.any)
        return True

    def _counted(self, condition: Condition, above: tuple[Flow, ...]) -> bool:
        """Whether so many may ever have come, wait or be late in a flow."""
        flow = self.scenario.flows.get(condition.flow or "")
        if flow is None:
            return True  # said where it is named
        if flow in above:
            return False
        if condition.late is not None and flow.keeps is None:
            return False
        group = flow.arrives.lacking or flow.arrives.having
        at_a_time = condition.waiting or condition.late
        if group is None or at_a_time is None or group not in self.scenario.services:
            return self.flows(flow, above)
        return at_a_time <= self.scenario.services[group].affects.total and self.flows(flow, above)

    def always(self, condition: Condition) -> bool:
        """Whether a condition on a service is true whatever happens."""
        if condition.service is None:
            return False
        levels = self.levels_of(condition.service)
        if condition.below is not None:
            return bool(levels) and all(level < condition.below for level in levels)
        return bool(levels) and all(level >= (condition.at_least or 0) for level in levels)


def conditions(scenario: Scenario) -> Iterator[tuple[tuple[str | int, ...], Condition]]:
    """Every condition of injects, tasks, flows and stocks, with its path."""
    for inject in scenario.injects:
        for key in ("when", "unless"):
            condition: Condition | None = getattr(inject, key)
            if condition is not None:
                yield from _inside(condition, ("injects", inject.id, key))
    for name, tasks in scenario.procedures.items():
        for task in tasks:
            for n, found in enumerate(task.finds):
                yield from _inside(found.when, ("procedures", name, task.task, "finds", n, "when"))

    for name, flow in scenario.flows.items():
        if flow.arrives.only_while is not None:
            yield from _inside(flow.arrives.only_while, ("flows", name, "arrives", "only_while"))
        for n, stage in enumerate(flow.stages):
            if stage.begins_when is not None:
                yield from _inside(stage.begins_when, ("flows", name, "stages", n, "begins_when"))

    for name, stock in scenario.stocks.items():
        for key, pipes in (("filled_by", stock.filled_by), ("emptied_by", stock.emptied_by)):
            for way, pipe in pipes.items():
                at = ("stocks", name, key, way)
                if pipe.only_while is not None:
                    yield from _inside(pipe.only_while, (*at, "only_while"))
                for n, swing in enumerate(pipe.varies):
                    yield from _inside(swing.when, (*at, "varies", n, "when"))


def parts_of(condition: Condition | None) -> Iterator[Condition]:
    """A condition and those that it is made of; nothing for ``None``."""
    if condition is not None:
        yield from (one for _, one in _inside(condition, ()))


def _inside(condition: Condition, path: tuple[str | int, ...]) -> Iterator[tuple[tuple[str | int, ...], Condition]]:
    yield path, condition
    for key, several in (("all", condition.all), ("any", condition.any)):
        for n, one in enumerate(several or ()):
            yield from _inside(one, (*path, key, n))


def never_comes(scenario: Part[Scenario], course: Course) -> Iterator[Problem]:
    """Events and injects that cannot come: too late, by no chance, after nothing, on what is never so."""
    model = scenario.model
    items: list[tuple[str, str, Event | Inject]] = [("events", "händelsen", e) for e in model.events]
    items += [("injects", "inspelet", i) for i in model.injects]
    for key, what, item in items:
        at = (key, item.id)
        first = course.earliest(item.id)
        if first is not None and first > model.horizon:
            late = "at" if item.at is not None else "after"
            yield scenario.warning(
                f"{what} ”{item.id}” kommer aldrig: tidigast efter {say_duration(first)} men spelet slutar efter "
                f"{say_duration(model.horizon)}",
                "flytta det eller förläng horizon",
                at=(*at, late),
            )
        if isinstance(item, Inject):
            yield from _never_fires(scenario, course, item)
        before = (item.after or "").partition(".")[0]
        if before in course.absent and before not in course.ids:
            yield scenario.warning(
                f"{what} ”{item.id}” kommer aldrig: ”{before}” hör till en annan variation", at=(*at, "after")
            )
        elif before in course.ids and course.earliest(item.id) is None and course.earliest(before) is None:
            yield scenario.warning(
                f"{what} ”{item.id}” kommer aldrig: det gör inte ”{before}” heller", at=(*at, "after")
            )


def _never_fires(scenario: Part[Scenario], course: Course, inject: Inject) -> Iterator[Problem]:
    at = ("injects", inject.id)
    if inject.chance == 0:
        yield scenario.warning(f"inspelet ”{inject.id}” kommer aldrig: chance är 0", at=(*at, "chance"))
    if inject.when is not None and not course.possible(inject.when):
        yield scenario.warning(
            f"inspelet ”{inject.id}” kommer aldrig: inget i scenariot gör villkoret sant",
            "se över when och vad händelser och uppgifter ändrar (sets, facts, establishes)",
            at=(*at, "when"),
        )
    if inject.unless is not None and course.always(inject.unless):
        yield scenario.warning(
            f"inspelet ”{inject.id}” kommer aldrig: villkoret i unless är alltid sant", at=(*at, "unless")
        )


def idle(scenario: Part[Scenario], course: Course) -> Iterator[Problem]:
    """Procedures that nothing asks for, and injects that neither say nor ask for anything."""
    for name in scenario.model.procedures:
        if name not in course.used | course.asked_elsewhere:
            yield scenario.warning(
                f"proceduren ”{name}” används aldrig",
                "låt ett inspel be om den (asks_for)",
                at=("procedures", name),
                key=True,
            )
    for inject in scenario.model.injects:
        if inject.asks_for is None and not inject.facts and not inject.sets:
            yield scenario.warning(
                f"inspelet ”{inject.id}” varken säger eller ber om något: ingen gör något av det",
                "ange asks_for eller facts",
                at=("injects", inject.id),
            )


def unlearnt(scenario: Part[Scenario], course: Course) -> Iterator[Problem]:
    """Facts that nobody can come to know."""
    for name in scenario.model.facts:
        if name not in course.learnt | course.learnt_elsewhere:
            yield scenario.warning(
                f"ingen får någonsin veta ”{name}”: varken inspel, händelse eller uppgift säger det",
                "lägg det i ett inspels facts, en händelses tells eller en uppgifts establishes",
                at=("facts", name),
                key=True,
            )
