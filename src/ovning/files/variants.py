"""Organisations written as what differs from another: ``based_on``.

Mappings merge deep, lists and single values replace, ``null`` removes. A value written in one of the forms for values
(an assumption, a sourced value, a complete distribution) replaces whole. A mapping in the place of a list changes the
items that it names by their ids. What says where it comes from (``source``, ``assumption``) no longer says where its
base did.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from ovning.errors import Problem
from ovning.files.hints import meant
from ovning.files.tree import Node
from ovning.files.values import is_form

_WHENCE: Final = frozenset({"source", "assumption"})


def merged(base: Node, own: Node, problems: list[Problem] | None = None) -> Node:
    """What differs, first, and the rest of the base; removing what the base does not have is a problem."""
    if not isinstance(own.content, dict) or is_form(own) or is_form(base):
        return own
    if base.items and len({item.name for item in base.items} - {None}) == len(base.items):
        return _items(base, own, problems)
    if not isinstance(base.content, dict):
        return own
    whence = any(own.mapping[key].content is not None for key in _WHENCE & own.mapping.keys())
    content: dict[str, Node] = {}
    for key, value in own.mapping.items():
        if value.content is not None or value.broken:
            content[key] = merged(base.mapping[key], value, problems) if key in base.mapping else value
        elif key not in base.mapping and problems is not None:
            problems.append(_missing(own, key, base.mapping))
    left = [key for key in base.mapping if key not in own.mapping and not (whence and key in _WHENCE)]
    content |= {key: base.mapping[key] for key in left}
    keys = {key: (own if key in own.mapping else base).keys.get(key, node.place) for key, node in content.items()}
    return replace(own, content=content, keys=keys)


def _items(base: Node, own: Node, problems: list[Problem] | None) -> Node:
    """The base's list, those of its items changed or taken out that are named."""
    kept = {str(item.name): item for item in base.items}
    for key, value in own.mapping.items():
        if key not in kept:
            if problems is not None:
                problems.append(_missing(own, key, kept, "ändras eller tas bort"))
        elif value.content is None and not value.broken:
            del kept[key]
        else:
            kept[key] = merged(kept[key], value, problems)
    return replace(base, content=tuple(kept.values()))


def _missing(own: Node, key: str, known: dict[str, Node], what: str = "tas bort") -> Problem:
    return own.keys[key].problem(f"”{key}” finns inte i förlagan och kan inte {what}", meant(key, known))
