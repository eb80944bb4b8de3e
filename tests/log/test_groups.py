"""Parquet files put together byte by byte: what one writer would have written."""

import io
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ovning.log import groups, parquet, thrift
from ovning.log.columns import schema
from tests.log.strategies import LOGS, SMALLEST


def together(files: list[bytes]) -> bytes:
    parts = [groups.parts_of(file) for file in files]
    out = bytearray(groups.MAGIC)
    said: list[bytes] = []
    for part in parts:
        by = len(out) - len(groups.MAGIC)
        for group in part.groups:
            said.append(groups.moved(group, by, len(said)))
        out += part.pages
    for piece in groups.closing((parts[0].before, parts[0].after), sum(part.rows for part in parts), said):
        out += piece
    return bytes(out)


def by_one_writer(files: list[bytes]) -> bytes:
    out = io.BytesIO()
    # What is read back names the items of lists otherwise.
    wanted = schema()
    with pq.ParquetWriter(out, wanted, compression="zstd") as writer:
        for file in files:
            read = pq.ParquetFile(io.BytesIO(file))
            for group in range(read.num_row_groups):
                writer.write_table(read.read_row_group(group).cast(wanted))
    return out.getvalue()


@settings(max_examples=8, deadline=None)
@given(st.lists(st.lists(LOGS, min_size=1, max_size=3), min_size=1, max_size=4), st.integers(1, 20))
def test_files_put_together_are_what_one_writer_writes(tmp_path_factory, chunks, rows_in_group):
    firsts = [sum(map(len, chunks[:n])) for n in range(len(chunks))]
    files = [
        parquet.to_bytes(chunk, first=first, rows_in_group=rows_in_group)
        for chunk, first in zip(chunks, firsts, strict=True)
    ]
    whole = together(files)
    assert whole == by_one_writer(files)
    path: Path = tmp_path_factory.mktemp("groups") / "events.parquet"
    path.write_bytes(whole)
    assert list(parquet.read(path)) == [log for chunk in chunks for log in chunk]


def test_more_row_groups_than_a_short_list_has_room_for(tmp_path):
    file = parquet.to_bytes([SMALLEST])
    path = tmp_path / "events.parquet"
    path.write_bytes(together([file] * 40))
    assert path.read_bytes() == by_one_writer([file] * 40)
    read = pq.ParquetFile(path)
    assert (read.num_row_groups, read.metadata.num_rows) == (40, 80)


def test_one_file_alone_stays_as_it_was():
    file = parquet.to_bytes([SMALLEST, SMALLEST], rows_in_group=1)
    assert together([file]) == file


def test_plays_are_numbered_from_where_they_are_told_to(tmp_path):
    path = tmp_path / "events.parquet"
    path.write_bytes(parquet.to_bytes([SMALLEST, SMALLEST], first=25))
    assert pq.read_table(path)["play"].to_pylist() == [25, 25, 26, 26]


@pytest.mark.parametrize("wrong", [b"", b"PAR1PAR1", b"PAR1" + b"x" * 40, b"PAR1" + b"\xff" * 8 + b"PAR1"])
def test_what_is_no_file_is_refused(wrong):
    with pytest.raises(ValueError, match="not a whole Parquet file"):
        groups.parts_of(wrong)


@given(st.integers(-(2**63), 2**63 - 1))
def test_whole_numbers_read_back_as_they_were(value):
    data = thrift.to_integer(value)
    assert thrift.integer(data, 0) == (value, len(data))
    assert thrift.skip(data, 0, thrift.I64) == len(data)


@given(st.integers(0, 100_000))
def test_lists_of_any_length_read_back_as_they_were(size):
    data = thrift.list_of(12, size)
    assert thrift.listed(data, 0) == (12, size, len(data))


def test_fields_with_large_steps_between_them_are_found():
    # {1: true, 40: 7, 41: [false, true], 42: 2.0, 43: {1: "ab"}, 90: 9}
    data = bytes((0x11, 0x06, 80)) + thrift.to_integer(7) + bytes((0x19, 0x22, 2, 1)) + bytes((0x17, *bytes(8)))
    data += bytes((0x1C, 0x18, 2, *b"ab", 0)) + bytes((0x06, 0xB4, 0x01)) + thrift.to_integer(9) + b"\0"
    found = []
    assert thrift.find(data, 0, {40: "seven", 90: "nine"}, found) == len(data)
    assert [(name, thrift.integer(data, at)[0]) for name, at in found] == [("seven", 7), ("nine", 9)]
    with pytest.raises(ValueError, match="not known"):
        thrift.skip(data, 0, 15)
