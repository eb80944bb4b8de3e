"""A scenario's other courses: what comes only then, what does not come, and what is different."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from ovning.errors import Problem
from ovning.files.hints import meant
from ovning.files.paths import put_at
from ovning.files.source import failed
from ovning.files.tree import Node
from ovning.files.values import unfolded
from ovning.model.scenario import Scenario


def varied(scenario: Node, variation: str | None, shared: Mapping[str, Node], problems: list[Problem]) -> Node:
    """The scenario as it goes in the variation (``None``: the ordinary course)."""
    known = scenario.mapping["variations"].mapping if "variations" in scenario.mapping else {}
    problems.extend(_undeclared(scenario, known))
    if variation is not None and variation not in known:
        message = f"scenariot har ingen variation ”{variation}”"
        problems.extend(failed(scenario.place.source.name, message, meant(variation, known)).problems)
        return scenario
    course = known[variation].mapping if variation is not None else {}
    without = {item.text for item in course["without"].items} if "without" in course else set()
    for key in ("events", "injects"):
        if key in scenario.mapping and scenario.mapping[key].items:
            kept = tuple(
                item for item in scenario.mapping[key].items if item.name not in without and _belongs(item, variation)
            )
            scenario = scenario.with_entry(key, replace(scenario.mapping[key], content=kept))
    if "warrants" in course:
        scenario = scenario.with_entry("warrants", course["warrants"], course["warrants"].place)
    for path, value in (course["changes"].mapping if "changes" in course else {}).items():
        place = course["changes"].keys[path]
        scenario = put_at(scenario, path, value, shared, Scenario, place, problems)
    return scenario


def left_out(whole: Node, course: Node) -> dict[str, Node]:
    """Events and injects of the whole scenario that do not come in this course, by id."""
    there = {item.name for item in _items(course)}
    return {item.name: item for item in _items(whole) if item.name is not None and item.name not in there}


def _items(scenario: Node) -> tuple[Node, ...]:
    return tuple(
        item for key in ("events", "injects") if key in scenario.mapping for item in scenario.mapping[key].items
    )


def _undeclared(scenario: Node, known: Mapping[str, Node]) -> Iterator[Problem]:
    """Names of variations, and of what they leave out, that the scenario does not have."""
    ids = {item.name for item in _items(scenario) if item.name is not None}
    for item in _items(scenario):
        only = item.mapping.get("variation")
        if only is not None and only.text is not None and only.text not in known:
            message = f"”{only.text}” är ingen variation av scenariot: ”{item.name}” kommer aldrig"
            yield only.place.problem(message, meant(only.text, known))
    for course in known.values():
        for item in course.mapping["without"].items if "without" in course.mapping else ():
            if item.text is not None and item.text not in ids:
                flow = "flows" in scenario.mapping and item.text in scenario.mapping["flows"].mapping
                fix = f"ett flöde tas bort med changes: {{flows.{item.text}: null}}" if flow else meant(item.text, ids)
                yield item.place.problem(f"”{item.text}” är varken händelse eller inspel", fix)


def _belongs(item: Node, variation: str | None) -> bool:
    only = item.mapping.get("variation")
    if only is None:
        return True
    wanted = unfolded(only, {}).content
    return wanted is None or wanted == variation
