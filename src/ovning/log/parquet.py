"""Many plays' logs in one Parquet file (zstd), for work in notebooks and other tools.

One row a record, in order, play by play. The key columns ``play`` (number in the file, from 0), ``exercise``,
``organisation``, ``variation``, ``seed`` and ``replication`` stand on every row; then ``n`` (the record's number),
``type`` and one column for each name of a field of any record, null where the record's type has no such field. Where
records use one name for different things, the columns tell them apart: ``ServiceChanged.level`` is the column
``service_level``, ``ServiceExtended.by`` is ``extended_by``, and the ``items`` of a flow are ``flow_items``. A row
group holds whole plays, so a file of any length is written and read a few plays at a time.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final, Protocol

from ovning.errors import InputError, OutputError, Problem
from ovning.log.columns import column_of, schema, table_of
from ovning.log.fields import FORMAT, RECORD_TYPES, VERSION, Field, fields_of
from ovning.log.records import Log, Record

if TYPE_CHECKING:
    import pyarrow as pa

ROWS_IN_GROUP: Final = 100_000
"""A row group is closed after the play that reaches this."""
ROWS_AT_ONCE: Final = 5_000
"""Short logs are made columns of together until they reach this: the columns cost more than what stands in them."""


class LogSink(Protocol):
    """Something that takes the logs of one play after another."""

    def __call__(self, log: Log, /) -> None:
        """Take the next play's log."""


@contextmanager
def writing(path: Path, *, rows_in_group: int = ROWS_IN_GROUP) -> Iterator[LogSink]:
    """Give a function that adds one log to the file; the file appears when the block ends well, or not at all.

    Raises ``OutputError`` when the file cannot be written.
    """
    part = path.with_name(f"{path.name}.part")
    try:
        with _adding(part, 0, rows_in_group) as add:
            yield add
        part.replace(path)
    except OSError as problem:
        raise OutputError(f"kan inte skriva loggarna {path}: {problem}") from problem
    finally:
        part.unlink(missing_ok=True)


@contextmanager
def _adding(file: Path | pa.NativeFile, first: int, rows_in_group: int) -> Iterator[LogSink]:
    import pyarrow as pa
    import pyarrow.parquet as pq

    logs: list[Log] = []
    tables: list[pa.Table] = []
    play = first
    with pq.ParquetWriter(file, schema(), compression="zstd") as writer:

        def encode() -> None:
            nonlocal play
            tables.append(table_of(logs, play))
            play += len(logs)
            logs.clear()

        def flush() -> None:
            writer.write_table(pa.concat_tables(tables), row_group_size=sum(table.num_rows for table in tables))
            tables.clear()

        def add(log: Log, /) -> None:
            logs.append(log)
            rows = sum(map(len, logs))
            ready = rows + sum(table.num_rows for table in tables) >= rows_in_group
            if ready or rows >= ROWS_AT_ONCE:
                encode()
            if ready:
                flush()

        yield add
        if logs:
            encode()
        if tables:
            flush()


def write(logs: Iterable[Log], path: Path, *, rows_in_group: int = ROWS_IN_GROUP) -> None:
    """Write all logs. Raises ``OutputError`` when the file cannot be written."""
    with writing(path, rows_in_group=rows_in_group) as add:
        for log in logs:
            add(log)


def to_bytes(logs: Iterable[Log], *, first: int = 0, rows_in_group: int = ROWS_IN_GROUP) -> bytes:
    """A file of these logs, whose numbers in the file begin with ``first``; ``groups`` puts such files together."""
    import pyarrow as pa

    file = pa.BufferOutputStream()
    with _adding(file, first, rows_in_group) as add:
        for log in logs:
            add(log)
    found: bytes = file.getvalue().to_pybytes()
    return found


def read(path: Path) -> Iterator[Log]:
    """The logs, one play at a time, every field as it was. Raises ``InputError`` for a file that is none of ours."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        with pq.ParquetFile(path) as file:
            metadata = file.schema_arrow.metadata or {}
            if metadata.get(FORMAT.encode()) != str(VERSION).encode():
                raise _unreadable(path, f"den är ingen samling loggar av version {VERSION}")
            for group in range(file.num_row_groups):
                yield from _plays(path, file.read_row_group(group).to_pydict())
    except (OSError, pa.ArrowException) as problem:
        raise _unreadable(path, "den är ingen hel Parquetfil") from problem


def _plays(path: Path, rows: dict[str, list[object]]) -> Iterator[Log]:
    log: list[Record] = []
    for row, (kind, n) in enumerate(zip(rows["type"], rows["n"], strict=True)):
        if n == 0 and log:
            yield tuple(log)
            log = []
        if n != len(log) or not isinstance(kind, str) or kind not in RECORD_TYPES:
            raise _unreadable(path, f"posterna i spelning {rows['play'][row]} hänger inte ihop")
        try:
            values = [_value(rows, row, kind, field) for field in fields_of(kind)]
        except ValueError as problem:
            raise _unreadable(path, f"spelning {rows['play'][row]}, post {n}: {problem}") from problem
        log.append(RECORD_TYPES[kind](*values))
    if log:
        yield tuple(log)


def _value(rows: dict[str, list[object]], row: int, kind: str, field: Field) -> object:
    return field.typed(rows[column_of(kind, field.name)][row])


def _unreadable(path: Path, message: str) -> InputError:
    return InputError((Problem("error", str(path), 0, 0, f"kan inte läsa loggarna: {message}"),))
