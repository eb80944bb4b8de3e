"""Organisations written as what differs from another: ``based_on``.

Mappings merge deep, lists and single values replace, ``null`` removes. A value written in one of the forms for values
(an assumption, a sourced value, a complete distribution) replaces whole.
"""

from __future__ import annotations

from dataclasses import replace

from ovning.errors import Problem
from ovning.files.hints import meant
from ovning.files.tree import Node
from ovning.files.values import is_form


def merged(base: Node, own: Node, problems: list[Problem] | None = None) -> Node:
    """The base with what differs; removing what the base does not have is a problem."""
    if not isinstance(base.content, dict) or not isinstance(own.content, dict) or is_form(base) or is_form(own):
        return own
    content, keys = dict(base.mapping), dict(base.keys)
    for key, value in own.mapping.items():
        if value.content is None and not value.broken:
            if content.pop(key, None) is None and problems is not None:
                problems.append(
                    own.keys[key].problem(
                        f"”{key}” finns inte i förlagan och kan inte tas bort", meant(key, base.mapping)
                    )
                )
            keys.pop(key, None)
            continue
        content[key] = merged(content[key], value, problems) if key in content else value
        keys[key] = own.keys.get(key, value.place)
    return replace(own, content=content, keys=keys)
