"""What the fields of each record hold, read once from the annotations; every format of a log is built on it."""

from __future__ import annotations

import types
from collections.abc import Callable
from functools import cache
from typing import Any, Final, Literal, NamedTuple, Union, get_args, get_origin, get_type_hints

from ovning.log.records import Record

Kind = Literal["int", "float", "bool", "str", "strs", "ints"]
"""What a field holds; ``strs`` is a tuple of strings, ``ints`` one of whole numbers."""

FORMAT: Final = "ovning.log"
"""What a log file says that it is."""

VERSION: Final = 1
"""Of the record types and their fields; raised when a file of an earlier version can no longer be read."""

RECORD_TYPES: Final[dict[str, Any]] = {kind.__name__: kind for kind in get_args(Record)}
"""Record types by name, in the order in which ``Record`` lists them."""


class Field(NamedTuple):
    """One field of a record."""

    name: str
    kind: Kind
    optional: bool
    """Whether it may be ``None``."""
    allowed: tuple[str, ...]
    """The words it may hold; empty when any text will do."""

    @property
    def says(self) -> str:
        """Its type for people, such as ``str or null`` or ``list of str``."""
        text = " \\| ".join(f"`{word}`" for word in self.allowed) or _LISTS.get(self.kind, self.kind)
        return f"{text} or null" if self.optional else text

    def canonical(self, value: object) -> object:
        """The value in the one form in which it is written: equal values look the same."""
        return None if value is None else _CANONICAL[self.kind](value)

    def typed(self, value: object) -> object:
        """The value as the record holds it, from what JSON or Arrow gave. Raises ``ValueError`` if it does not fit."""
        if value is None:
            if not self.optional:
                raise ValueError(f"{self.name} saknar värde")
            return None
        if self.kind in _ITEMS:
            if type(value) is list and all(type(item) is _ITEMS[self.kind] for item in value):
                return tuple(value)
        elif type(value) is _PYTHON[self.kind] and (not self.allowed or value in self.allowed):
            return value
        raise ValueError(f"{self.name} kan inte vara {value!r}")


_CANONICAL: Final[dict[Kind, Callable[[Any], object]]] = {
    "int": int,
    "float": lambda value: float(value) + 0.0,  # no negative zero: it equals zero and would look different
    "bool": bool,
    "str": str,
    "strs": list,
    "ints": lambda values: [int(value) for value in values],
}
_ITEMS: Final[dict[Kind, type]] = {"strs": str, "ints": int}
_LISTS: Final[dict[Kind, str]] = {"strs": "list of str", "ints": "list of int"}
_PYTHON: Final[dict[Kind, type]] = {"int": int, "float": float, "bool": bool, "str": str}
_KINDS: Final[dict[object, Kind]] = {python: kind for kind, python in _PYTHON.items()}


@cache
def fields_of(name: str) -> tuple[Field, ...]:
    """The fields of a record type, in their order."""
    hints = get_type_hints(RECORD_TYPES[name])
    return tuple(_field(field, hints[field]) for field in RECORD_TYPES[name]._fields)


def _field(name: str, hint: object) -> Field:
    optional = False
    if get_origin(hint) in (Union, types.UnionType):
        (hint,) = (part for part in get_args(hint) if part is not type(None))
        optional = True
    if get_origin(hint) is Literal:
        return Field(name, "str", optional, get_args(hint))
    if get_origin(hint) is tuple:
        return Field(name, "ints" if int in get_args(hint) else "strs", optional, ())
    return Field(name, _KINDS[hint], optional, ())
