"""Thrift's compact protocol, as far as it takes to find some numbers in a struct and to write others in their place.

The format: Apache Thrift, "Thrift Compact protocol encoding". Nothing here is safe against bytes that somebody made up:
it reads what a Parquet writer has just written.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

I64, LIST = 6, 9
"""Types of values."""

_TRUE, _FALSE, _BYTE, _I16, _I32, _DOUBLE, _BINARY, _SET, _STRUCT = 1, 2, 3, 4, 5, 7, 8, 10, 12
_VARINTS: Final = frozenset((_I16, _I32, I64))

Wanted = Mapping[int, "Wanted | str"]
"""What to look for in a struct: field numbers with a name, or with what to look for in the struct (or in each struct of
the list) that the field holds."""


def find(data: bytes, at: int, wanted: Wanted, found: list[tuple[str, int]]) -> int:
    """Add the name and the place of every wanted number in the struct that begins here; gives where it ends."""
    number = 0
    while data[at]:
        number, kind, at = field(data, at, number)
        aim = wanted.get(number)
        if aim is None:
            at = skip(data, at, kind)
        elif isinstance(aim, str):
            found.append((aim, at))
            at = skip(data, at, kind)
        elif kind == LIST:
            _, size, at = listed(data, at)
            for _ in range(size):
                at = find(data, at, aim, found)
        else:
            at = find(data, at, aim, found)
    return at + 1


def field(data: bytes, at: int, before: int) -> tuple[int, int, int]:
    """The number and type of the field that begins here, and where its value does; ``before``: the last number."""
    head = data[at]
    if head >> 4:
        return before + (head >> 4), head & 15, at + 1
    number, at = integer(data, at + 1)
    return number, head & 15, at


def listed(data: bytes, at: int) -> tuple[int, int, int]:
    """The type and the number of the items of the list that begins here, and where the first one does."""
    head = data[at]
    if head >> 4 < 15:
        return head & 15, head >> 4, at + 1
    size, at = _varint(data, at + 1)
    return head & 15, size, at


def list_of(kind: int, size: int) -> bytes:
    """What stands before the items of a list."""
    return bytes((size << 4 | kind,)) if size < 15 else bytes((15 << 4 | kind,)) + _to_varint(size)


def integer(data: bytes, at: int) -> tuple[int, int]:
    """The whole number that stands here, and where it ends."""
    zigzag, at = _varint(data, at)
    return (-((zigzag + 1) >> 1) if zigzag & 1 else zigzag >> 1), at


def to_integer(value: int) -> bytes:
    """A whole number."""
    return _to_varint(value << 1 if value >= 0 else (-value << 1) - 1)


def skip(data: bytes, at: int, kind: int) -> int:
    """Where the value that begins here ends. Raises ``ValueError`` for a type that is not known."""
    if kind in _VARINTS:
        while data[at] & 128:
            at += 1
        return at + 1
    if kind == _BINARY:
        size, at = _varint(data, at)
        return at + size
    if kind == _STRUCT:
        number = 0
        while data[at]:
            number, inner, at = field(data, at, number)
            at = skip(data, at, inner)
        return at + 1
    if kind in (LIST, _SET):
        of, size, at = listed(data, at)
        for _ in range(size):
            at = skip(data, at, _BYTE if of in (_TRUE, _FALSE) else of)
        return at
    fixed = {_TRUE: 0, _FALSE: 0, _BYTE: 1, _DOUBLE: 8}
    if kind not in fixed:
        raise ValueError(f"type {kind} is not known")
    return at + fixed[kind]


def _varint(data: bytes, at: int) -> tuple[int, int]:
    value = shift = 0
    while (byte := data[at]) & 128:
        value |= (byte & 127) << shift
        shift += 7
        at += 1
    return value | byte << shift, at + 1


def _to_varint(value: int) -> bytes:
    out = bytearray()
    while value >= 128:
        out.append(value & 127 | 128)
        value >>= 7
    out.append(value)
    return bytes(out)
