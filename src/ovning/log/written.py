"""A log as the engine writes it: one flat list, made into records when somebody reads it.

Most of what a record costs is making it. While a play goes on its fields are only laid in a list, each record's type
before them; whoever reads the log gets the records, made once.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final, overload

from ovning.log.fields import RECORD_TYPES
from ovning.log.records import Record

_LENGTHS: Final = {kind: len(kind._fields) for kind in RECORD_TYPES.values()}


class WrittenLog(Sequence[Record]):
    """One play's records, in the order in which they were written; equal to any sequence of the same records."""

    __slots__ = ("_flat", "_records")

    def __init__(self, flat: list[Any]) -> None:
        """``flat`` holds for each record its type and then its fields; it is not to be changed afterwards."""
        self._flat: list[Any] | None = flat
        self._records: tuple[Record, ...] = ()

    @property
    def records(self) -> tuple[Record, ...]:
        """All of them."""
        if self._flat is not None:
            self._records, self._flat = tuple(_read(self._flat)), None
        return self._records

    def __len__(self) -> int:
        return len(self.records)

    def __iter__(self) -> Iterator[Record]:
        return iter(self.records)

    @overload
    def __getitem__(self, at: int) -> Record: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[Record, ...]: ...
    def __getitem__(self, at: int | slice) -> Record | tuple[Record, ...]:
        return self.records[at]

    def __eq__(self, other: object) -> bool:
        if isinstance(other, WrittenLog):
            return self.records == other.records
        return self.records == tuple(other) if isinstance(other, Sequence) else NotImplemented

    def __hash__(self) -> int:
        return hash(self.records)

    def __repr__(self) -> str:
        return f"WrittenLog({len(self)} records)"


def _read(flat: list[Any]) -> Iterator[Record]:
    make, lengths, at, end = tuple.__new__, _LENGTHS, 0, len(flat)
    while at < end:
        kind = flat[at]
        first, at = at + 1, at + 1 + lengths[kind]
        yield make(kind, flat[first:at])
