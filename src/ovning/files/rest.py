"""What is left of a file when values of the wrong form are set aside, so that the rest is checked in the same round.

A value of the wrong form gets a stand-in of the right one where nothing is judged by what it says (a duration, a share,
a text); else the smallest part around it that may be left out is. What is then said of the files is only kept if it
would be said whatever the writer puts in the place of what was set aside; in doubt, it waits until that is mended.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Final, Generic, TypeVar

from pydantic import BaseModel

from ovning.files.parts import Part
from ovning.files.shapes import fields, is_open
from ovning.files.tree import Node, Place, Scalar
from ovning.files.validate import Fault, Loc, attempt
from ovning.limits import MOST_PROBLEMS

M = TypeVar("M", bound=BaseModel)
Content = Scalar | dict[str, Node] | tuple[Node, ...]

_ROUNDS: Final = 30
_ANY: Final[tuple[Content, ...]] = ("1 min", "x", 0.5, "staff", "call", "2026-01-01T00:00")
"""Stand-ins, tried in order: a duration or a text, a word, a share, a recipient, a mode, a start; never a count."""
_LISTS: Final = frozenset({"tuple_type", "list_type"})
_MAPPINGS: Final = frozenset({"dict_type", "model_type", "model_attributes_type"})
_COUNTS: Final = frozenset({"int_type", "int_parsing", "int_from_float"})
_STRUCTURE: Final = frozenset({"extra_forbidden", "too_short", "too_long"})
_NAMES: Final = ("id", "task", "stage", "severity")
"""The keys by which others know an item of a list; one that is compulsory is its name."""


@dataclass(slots=True)
class Loss:
    """What was set aside in a tree. Items are the first two steps of a path: ``("functions", "tib")``."""

    words: set[str] = field(default_factory=set)
    """Every key and value of what was left out: the rest may ask for them."""
    names: set[str] = field(default_factory=set)
    """Names of entries and items that were left out."""
    lists: set[Place] = field(default_factory=set)
    """Lists, and keys of lists and mappings, that something was left out of."""
    touched: set[Loc] = field(default_factory=set)
    """Items in which anything was set aside."""
    thinned: set[Loc] = field(default_factory=set)
    """Items in which something was left out."""
    emptied: set[Loc] = field(default_factory=set)
    """Items in which a whole list or mapping was unreadable: nobody knows what it would have held."""


@dataclass(frozen=True, slots=True)
class Rest(Generic[M]):
    """A model of what is sound in a tree; stand-ins in the tree are marked as broken."""

    part: Part[M]
    loss: Loss


def rest_of(model: type[M], tree: Node) -> Rest[M] | None:
    """What is left of a tree that is no model; ``None`` when what is wrong is what everything else hangs on."""
    loss = Loss()
    for _ in range(_ROUNDS):
        made, faults = attempt(model, tree)
        if made is not None:
            return Rest(Part(made, tree), loss)
        if len(faults) > MOST_PROBLEMS:
            return None
        edits: dict[Loc, Node | None] = {}
        for fault in faults:
            edit = _edit(model, tree, fault, loss)
            if edit is None:
                return None
            edits.setdefault(*edit)
        tree = _edited(tree, edits)
    return None


def _edit(model: type[BaseModel], tree: Node, fault: Fault, loss: Loss) -> tuple[Loc, Node | None] | None:
    """What to put at a path, or ``None`` to leave it out; no edit at all when the fault hides what others refer to."""
    path = fault.form[:-1] if fault.form is not None else fault.path
    if fault.last == "[key]":
        return _left_out(model, tree, path, fault.kind, loss) if len(path) > 2 else None
    if fault.kind == "missing" and fault.form is None:
        path = (*path, fault.last)
    container = fault.form is None and (fault.kind in _LISTS or fault.kind in _MAPPINGS)
    if not path or _is_name(model, path) or (fault.kind in _LISTS and _name_of(model, (*path, 0))):
        return None
    if fault.kind not in _STRUCTURE and path[-1] in fields(model, path[:-1]):
        there = _at(tree, path)
        options: tuple[Content, ...] = (*_ANY, 1) if len(path) == 1 else _ANY
        if container:
            options = ((),) if fault.kind in _LISTS else ()
        elif fault.form is None and fault.kind in _COUNTS:
            options = options[len(_ANY) :]
        tried = there.content if there is not None and there.broken else None
        options = options[options.index(tried) + 1 :] if tried in options else options
        if options:
            item = _item(tree, path)
            loss.touched.add(item)
            if container:
                loss.thinned.add(item)
                loss.emptied.add(item)
            if there is None:
                above = _at(tree, path[:-1]) or tree
                return path, Node(Place(above.place.source, 0, 0), options[0], broken=True)
            if there.mapping or there.items:
                loss.words.update(_words(there))
            return path, replace(there, content=options[0], keys={}, broken=True)
    return _left_out(model, tree, path, fault.kind, loss)


def _left_out(model: type[BaseModel], tree: Node, path: Loc, kind: str, loss: Loss) -> tuple[Loc, Node | None] | None:
    """The smallest part at the path, or around it, that a model can do without."""
    while path and not _is_removable(model, tree, path):
        path = path[:-1]
    there, above = _at(tree, path), _at(tree, path[:-1])
    if not path or there is None or above is None:
        return None
    name = there.name if isinstance(path[-1], int) else str(path[-1])
    if isinstance(path[-1], int) and _name_of(model, path) and name is None:
        return None
    if _name_of(model, (*path, 0)) and not isinstance(there.content, tuple):
        return None
    if kind in _MAPPINGS and above.mapping and len(path) == 2 and not any(e.mapping for e in above.mapping.values()):
        return None
    item = _item(tree, path)
    loss.touched.add(item)
    loss.thinned.add(item)
    if kind in _LISTS or kind in _MAPPINGS:
        loss.emptied.add(item)
    loss.words.update(_words(there))
    loss.words.update((name,) if name is not None else ())
    if str(path[-1]) not in fields(model, path[:-1]):
        loss.names.update(node.name for _, node in there.walk() if node.name is not None)
        loss.names.update((name,) if name is not None else ())
        loss.lists.update((above.place,) if above.items else ())
        if len(path) > 1 and (outer := _at(tree, path[:-2])) is not None and str(path[-2]) in outer.keys:
            loss.lists.add(outer.keys[str(path[-2])])
    return path, None


def _is_removable(model: type[BaseModel], tree: Node, path: Loc) -> bool:
    above, step = _at(tree, path[:-1]), path[-1]
    if above is None or above.child(step) is None:
        return False
    if above.items:
        return True
    known = fields(model, path[:-1])
    if str(step) not in known:
        return bool(known) or is_open(model, path[:-1])
    return len(path) > 1 and not known[str(step)]


def _is_name(model: type[BaseModel], path: Loc) -> bool:
    return len(path) > 1 and isinstance(path[-2], int) and _name_of(model, path[:-1]) == path[-1]


def _name_of(model: type[BaseModel], path: Loc) -> str | None:
    """The key that names the items of the list that the path leads into, if others know them by it."""
    known = fields(model, path)
    return next((key for key in _NAMES if known.get(key)), None) if isinstance(path[-1], int) else None


def _at(tree: Node, path: Loc) -> Node | None:
    node: Node | None = tree
    for step in path:
        node = node.child(step) if node is not None else None
    return node


def _item(tree: Node, path: Loc) -> Loc:
    """The first two steps of a path, with an item of a list by its name, as ``Node.walk`` goes."""
    if len(path) < 2 or not isinstance(path[1], int):
        return path[:2]
    node = _at(tree, path[:2])
    return path[0], (node.name if node is not None else None) or path[1]


def _words(node: Node) -> Iterator[str]:
    for _, below in node.walk():
        yield from below.mapping
        if isinstance(below.content, (str, int, float)):
            yield str(below.content)


def _edited(node: Node, edits: dict[Loc, Node | None], path: Loc = ()) -> Node:
    """The tree with every edit made; one of a part takes those inside it along."""

    def below(step: str | int, child: Node) -> Node | None:
        here = (*path, step)
        return edits[here] if here in edits else _edited(child, edits, here)

    if isinstance(node.content, tuple):
        items = [below(n, item) for n, item in enumerate(node.content)]
        return replace(node, content=tuple(item for item in items if item is not None))
    if not isinstance(node.content, dict):
        return node
    entries: dict[str, Node | None] = {key: below(key, child) for key, child in node.content.items()}
    for here, made in edits.items():
        if here[:-1] == path and here[-1] not in node.content:
            entries[str(here[-1])] = made
    content = {key: made for key, made in entries.items() if made is not None}
    return replace(node, content=content, keys={key: at for key, at in node.keys.items() if key in content})
