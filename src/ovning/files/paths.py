"""Values set by path: ``--set PATH=VALUE`` and the changes of a variation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from ovning.errors import InputError, Problem
from ovning.files.hints import meant
from ovning.files.shapes import fields, is_open
from ovning.files.tree import Node, Path_, Place, plain, written
from ovning.files.values import is_assumed, is_sourced, unfolded


class PathError(Exception):
    """A path that leads nowhere: ``message`` and ``fix``."""

    def __init__(self, message: str, fix: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.fix = fix


def parse_path(text: str) -> Path_:
    """``functions.tib.on_call.count`` as steps. Raises ``PathError``."""
    steps = tuple(text.strip().split("."))
    if not all(steps):
        raise PathError(f"”{text}” är ingen sökväg till ett värde", "skriv till exempel functions.tib.on_call.count")
    return steps


def put(root: Node, path: Path_, value: Node, shared: Mapping[str, Node], model: object) -> Node:
    """The tree with the value at the path; ``null`` removes. Forms on the way are written out first.

    Raises ``PathError`` when the path leads nowhere in the tree and names no field of the model.
    """
    return _put(root, path, 0, value, dict(shared), model, ())


def _put(node: Node, path: Path_, at: int, value: Node, shared: dict[str, Node], model: object, real: Path_) -> Node:
    if is_assumed(node) or is_sourced(node):
        node = unfolded(node, shared)
    step, last = path[at], at == len(path) - 1
    here = written(path[:at]) or "filen"
    if isinstance(node.content, tuple):
        index = node.index(step)
        if index is None:
            names = [str(item.name or n) for n, item in enumerate(node.items)]
            raise PathError(f"”{step}” finns inte i {here}", meant(str(step), names))
        items = list(node.items)
        if not last:
            items[index] = _put(items[index], path, at + 1, value, shared, model, (*real, index))
        elif value.content is None:
            del items[index]
        else:
            items[index] = value
        return replace(node, content=tuple(items))
    if not isinstance(node.content, dict):
        raise PathError(f"{here} är ett enda värde och har inget ”{step}” i sig", f"värdet är {plain(node)!r}")
    key = str(step)
    below = node.mapping.get(key)
    if last:
        if value.content is None and below is not None:
            return node.without(key)
        if below is None and (value.content is None or not (key in fields(model, real) or is_open(model, real))):
            raise PathError(f"”{key}” finns inte i {here}", meant(key, {*node.mapping, *fields(model, real)}))
        return node.with_entry(key, value, value.place)
    if below is None:
        hint = meant(key, node.mapping)
        if key in fields(model, real):
            hint = f"”{key}” står inte i filen; sätt allt på en gång: {written(path[: at + 1])}={{…}}"
        raise PathError(f"”{key}” finns inte i {here}", hint)
    return node.with_entry(key, _put(below, path, at + 1, value, shared, model, (*real, key)))


def found(root: Node, path: Path_, shared: Mapping[str, Node], passed: set[str]) -> Node | None:
    """What stands at the path now, with forms on the way written out; names of shared ones are added to ``passed``."""
    node = root
    for step in path:
        if is_assumed(node) and (name := node.mapping["assume"].text) is not None and name in shared:
            passed.add(name)
        if is_assumed(node) or is_sourced(node):
            node = unfolded(node, dict(shared))
        below = node.child(step)
        if below is None:
            return None
        node = below
    return node


def put_at(
    root: Node, text: str, value: Node, shared: Mapping[str, Node], model: object, place: Place, problems: list[Problem]
) -> Node:
    """As ``put``, with what goes wrong noted at the place and the tree left as it was."""
    try:
        return put(root, parse_path(text), value, shared, model)
    except PathError as wrong:
        problems.append(place.problem(wrong.message, wrong.fix))
    except InputError as wrong:
        problems.extend(wrong.problems)
    return root
