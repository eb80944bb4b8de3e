"""Organisations written as what differs from another: ``based_on``.

Mappings merge deep, lists and single values replace, ``null`` removes. A value written in one of the forms for values
(an assumption, a sourced value, a complete distribution) replaces whole. A mapping over a list changes the items that it
names by their ids. What says where it comes from (``source``, ``assumption``) no longer says where its base did.
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
    """The base with what differs; removing what the base does not have is a problem."""
    if not isinstance(own.content, dict) or is_form(own) or is_form(base):
        return own
    if base.items and len({item.name for item in base.items} - {None}) == len(base.items):
        return _items(base, own, problems)
    if not isinstance(base.content, dict):
        return own
    content, keys = dict(base.mapping), dict(base.keys)
    if any(key in _WHENCE and own.mapping[key].content is not None for key in own.mapping):
        for key in _WHENCE - own.mapping.keys():
            content.pop(key, None)
            keys.pop(key, None)
    for key, value in own.mapping.items():
        if value.content is None and not value.broken:
            if content.pop(key, None) is None and problems is not None:
                problems.append(_missing(own, key, content))
            keys.pop(key, None)
            continue
        content[key] = merged(content[key], value, problems) if key in content else value
        keys[key] = own.keys.get(key, value.place)
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
