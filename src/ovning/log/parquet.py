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
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final, Protocol

from ovning.errors import InputError, OutputError, Problem
from ovning.log.fields import FORMAT, RECORD_TYPES, VERSION, Field, Kind, fields_of
from ovning.log.records import Log, PlayStarted, Record

if TYPE_CHECKING:
    import pyarrow as pa

KEYS: Final = ("exercise", "organisation", "variation", "seed", "replication")
"""Fields of ``PlayStarted`` that stand on every row of the play."""

ROWS_IN_GROUP: Final = 100_000
"""A row group is closed after the play that reaches this."""

_RENAMED: Final = {
    ("ServiceChanged", "level"): "service_level",
    ("ServiceExtended", "by"): "extended_by",
    **{
        (record, "items"): "flow_items"
        for record in ("FlowArrived", "FlowTurnedAway", "FlowBegun", "FlowDone", "FlowLeft", "FlowLate")
    },
}


class LogSink(Protocol):
    """Something that takes the logs of one play after another."""

    def __call__(self, log: Log, /) -> None:
        """Take the next play's log."""


def column_of(record: str, field: str) -> str:
    """The column in which a field of a record type stands."""
    return _RENAMED.get((record, field), field)


@cache
def columns() -> dict[str, Kind]:
    """Every column in order, with what it holds."""
    found: dict[str, Kind] = {"play": "int"}
    started = {field.name: field.kind for field in fields_of("PlayStarted")}
    found |= {key: started[key] for key in KEYS}
    found |= {"n": "int", "type": "str"}
    for record in RECORD_TYPES:
        for field in fields_of(record):
            found.setdefault(column_of(record, field.name), field.kind)
    return found


@contextmanager
def writing(path: Path, *, rows_in_group: int = ROWS_IN_GROUP) -> Iterator[LogSink]:
    """Give a function that adds one log to the file; the file appears when the block ends well, or not at all.

    Raises ``OutputError`` when the file cannot be written.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    part = path.with_name(f"{path.name}.part")
    rows = _Rows()
    try:
        with pq.ParquetWriter(part, _schema(), compression="zstd") as file:

            def flush() -> None:
                file.write_table(pa.table(rows.taken(), schema=_schema()))

            def add(log: Log, /) -> None:
                rows.append(log)
                if rows.count >= rows_in_group:
                    flush()

            yield add
            if rows.count:
                flush()
        part.replace(path)
    except OSError as problem:
        raise OutputError(f"kan inte skriva loggarna {path}: {problem}") from problem
    finally:
        part.unlink(missing_ok=True)


def write(logs: Iterable[Log], path: Path, *, rows_in_group: int = ROWS_IN_GROUP) -> None:
    """Write all logs. Raises ``OutputError`` when the file cannot be written."""
    with writing(path, rows_in_group=rows_in_group) as add:
        for log in logs:
            add(log)


def to_bytes(logs: Iterable[Log], *, first: int = 0, rows_in_group: int = ROWS_IN_GROUP) -> bytes:
    """A file of these logs, whose numbers in the file begin with ``first``; ``groups`` puts such files together."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    file = pa.BufferOutputStream()
    rows = _Rows(first)
    waiting: list[pa.Table] = []
    with pq.ParquetWriter(file, _schema(), compression="zstd") as writer:

        def flush() -> None:
            writer.write_table(pa.concat_tables(waiting), row_group_size=sum(table.num_rows for table in waiting))
            waiting.clear()

        for log in logs:
            rows.append(log)
            # Play by play: the columns of many plays as lists would take much more room.
            waiting.append(pa.table(rows.taken(), schema=_schema()))
            if sum(table.num_rows for table in waiting) >= rows_in_group:
                flush()
        if waiting:
            flush()
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


@cache
def _schema() -> pa.Schema:
    import pyarrow as pa

    kinds = {
        "int": pa.int64(),
        "float": pa.float64(),
        "bool": pa.bool_(),
        "str": pa.string(),
        "strs": pa.list_(pa.string()),
        "ints": pa.list_(pa.int64()),
    }
    columnar = [pa.field(name, kinds[kind]) for name, kind in columns().items()]
    return pa.schema(columnar, metadata={FORMAT: str(VERSION)})


class _Rows:
    """Rows of plays that wait to be written; a column is padded with nulls only when something comes to stand in it."""

    def __init__(self, first: int = 0) -> None:
        self.count = 0
        self._plays = first
        self._columns: dict[str, list[object]] = {column: [] for column in columns()}

    def append(self, log: Log) -> None:
        started = log[0]
        if not isinstance(started, PlayStarted):
            raise ValueError("a log begins with PlayStarted")
        for column, value in (("play", self._plays), *((key, getattr(started, key)) for key in KEYS)):
            self._columns[column].extend([value] * len(log))
        for n, record in enumerate(log):
            name = type(record).__name__
            self._put("n", n)
            self._put("type", name)
            for field, value in zip(fields_of(name), record, strict=True):
                if field.name not in KEYS:
                    self._put(column_of(name, field.name), field.canonical(value))
            self.count += 1
        self._plays += 1

    def taken(self) -> dict[str, list[object]]:
        """All columns at full length; none are left."""
        taken = self._columns
        for values in taken.values():
            values.extend([None] * (self.count - len(values)))
        self._columns = {column: [] for column in taken}
        self.count = 0
        return taken

    def _put(self, column: str, value: object) -> None:
        values = self._columns[column]
        if len(values) < self.count:
            values.extend([None] * (self.count - len(values)))
        values.append(value)


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
