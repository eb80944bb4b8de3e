"""Everything in which two setups differ, thing by thing: what a difference between their plays can come from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any, Final, NamedTuple

from ovning.model.setup import Setup

_TEXTS: Final = frozenset({"title", "note", "source", "assumption", "marking", "purpose", "situation"})
"""What is only read by people."""
_OUTSIDE: Final = {"ledger", "known", "files", "exercise", "at_population"}
"""Of a setup: what tells of the others, and what plays are judged by."""
_NAMES: Final = ("id", "from", "from_", "function", "capability")
"""What the items of a list are known by, where they have it."""


class DesignDifference(NamedTuple):
    """One place in which two setups are not alike."""

    path: tuple[str, ...]
    """Where it stands; functions stand under their role, which designs share."""
    before: object
    """As it is in the first; ``None`` where it is missing there."""
    after: object


def differences_between(before: Setup, after: Setup) -> tuple[DesignDifference, ...]:
    """Every difference that may matter to a play, in the order of the first; none for one design under two names."""
    return tuple(_differing(_told(before), _told(after), ()))


def _told(setup: Setup) -> dict[str, Any]:
    found = setup.model_dump(exclude=_OUTSIDE)
    organisation = found["organisation"]
    organisation.pop("organisation")
    held = Counter(function["role"] for function in organisation["functions"].values())
    roles = {name: one["role"] for name, one in organisation["functions"].items() if held[one["role"]] == 1}
    found["organisation"] = _renamed(organisation, roles)
    return found


def _renamed(value: object, roles: Mapping[str, str]) -> object:
    match value:
        case dict():
            return {roles.get(key, key): _renamed(one, roles) for key, one in value.items()}
        case list() | tuple():
            return [_renamed(one, roles) for one in value]
        case str():
            return roles.get(value, value)
        case _:
            return value


def _differing(before: object, after: object, path: tuple[str, ...]) -> Iterator[DesignDifference]:
    before, after = _named(before), _named(after)
    if before == after:
        return
    if isinstance(before, dict) and isinstance(after, dict):
        for key in dict.fromkeys((*before, *after)):
            if key not in _TEXTS:
                yield from _differing(before.get(key), after.get(key), (*path, str(key)))
        return
    if _without_texts(before) != _without_texts(after):
        yield DesignDifference(path, before, after)


def _named(value: object) -> object:
    """A list whose items all have a name of their own, by those names."""
    if isinstance(value, list | tuple) and value and all(isinstance(one, dict) for one in value):
        for name in _NAMES:
            names = [one.get(name) for one in value]
            if all(isinstance(one, str) for one in names) and len(set(names)) == len(names):
                return dict(zip(names, value, strict=True))
    return value


def _without_texts(value: object) -> object:
    match value:
        case dict():
            return {key: _without_texts(one) for key, one in value.items() if key not in _TEXTS}
        case list() | tuple():
            return [_without_texts(one) for one in value]
        case _:
            return value
