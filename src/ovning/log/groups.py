"""Parquet files put together without being read: each encoded on its own, their row groups one after another.

Encoding takes much longer than copying, and can be done wherever the plays are played. A file is taken apart into its
pages and what its footer says of each row group, among it where in the file the pages of each column begin; the pages
are copied as they stand, and a footer is made of all that was said, with every place moved. What comes out is the very
file that one writer would have written. The format: Apache Parquet, ``parquet.thrift``.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, NamedTuple

from ovning.log import thrift

MAGIC: Final = b"PAR1"
"""What a Parquet file begins and ends with."""

_ROWS, _GROUPS, _STRUCT = 3, 4, 12
"""Fields of ``FileMetaData``, and the type of the items of the second."""
_GROUP: Final[thrift.Wanted] = {
    1: {  # columns
        2: "place",  # file_offset
        3: {9: "place", 10: "place", 11: "place", 14: "place"},  # pages of data, index, dictionary; bloom filter
        4: "place",  # offset_index_offset
        6: "place",  # column_index_offset
    },
    5: "place",  # file_offset
    7: "ordinal",
}
"""Where ``RowGroup`` says where in the file something stands, or which row group it is."""


class Group(NamedTuple):
    """What a footer says of one row group."""

    said: bytes
    places: tuple[int, ...]
    """Where in ``said`` there stands where in the file something stands."""
    ordinal: int | None
    """Where in ``said`` there stands which row group of the file it is."""


class Parts(NamedTuple):
    """A Parquet file taken apart."""

    pages: bytes
    rows: int
    groups: tuple[Group, ...]
    before: bytes
    """The footer up to the number of rows; the same for all files with the same columns."""
    after: bytes
    """The footer after the row groups, likewise."""


def parts_of(file: bytes) -> Parts:
    """Take a whole file apart. Raises ``ValueError`` for what is none."""
    size = int.from_bytes(file[-8:-4], "little")
    if len(file) < 12 or file[:4] != MAGIC or file[-4:] != MAGIC or size > len(file) - 12:
        raise ValueError("not a whole Parquet file")
    footer = file[-8 - size : -8]
    spans: dict[int, tuple[int, int, int]] = {}
    number = at = 0
    while footer[at]:
        begins = at
        number, kind, value = thrift.field(footer, at, number)
        at = thrift.skip(footer, value, kind)
        spans[number] = begins, value, at
    rows, _ = thrift.integer(footer, spans[_ROWS][1])
    groups = []
    _, count, at = thrift.listed(footer, spans[_GROUPS][1])
    for _ in range(count):
        found: list[tuple[str, int]] = []
        ends = thrift.find(footer, at, _GROUP, found)
        ordinals = [place - at for what, place in found if what == "ordinal"]
        places = tuple(place - at for what, place in found if what == "place")
        groups.append(Group(footer[at:ends], places, ordinals[0] if ordinals else None))
        at = ends
    pages = file[len(MAGIC) : -8 - size]
    return Parts(pages, rows, tuple(groups), footer[: spans[_ROWS][0]], footer[spans[_GROUPS][2] :])


def moved(group: Group, by: int, ordinal: int) -> bytes:
    """What is said of a row group when its pages stand so many bytes later and so many row groups before it."""
    marks = [(place, False) for place in group.places]
    if group.ordinal is not None:
        marks.append((group.ordinal, True))
    made, done = [], 0
    for at, is_ordinal in sorted(marks):
        value, ends = thrift.integer(group.said, at)
        # Sixteen bits with a sign, as for whoever writes that many in one go. A place of zero is none.
        new = (ordinal + 2**15) % 2**16 - 2**15 if is_ordinal else value + by if value else 0
        made += [group.said[done:at], thrift.to_integer(new)]
        done = ends
    return b"".join((*made, group.said[done:]))


def closing(frame: tuple[bytes, bytes], rows: int, groups: Iterable[bytes]) -> list[bytes]:
    """What ends a file after its pages: the footer, its length and the last word.

    ``frame``: what stands before and after, in any of the files that were put together. ``rows``: of all of them;
    ``groups`` as ``moved`` gave them.
    """
    before, after = frame
    said = list(groups)
    # Both fields stand right after the one before them, so that what stands before each is one byte.
    footer = [before, bytes((1 << 4 | thrift.I64,)), thrift.to_integer(rows)]
    footer += [bytes((1 << 4 | thrift.LIST,)), thrift.list_of(_STRUCT, len(said)), *said, after]
    return [*footer, sum(map(len, footer)).to_bytes(4, "little"), MAGIC]
