"""Logs as the columns of an Arrow table: one row a record, null where its type has no such field.

Records are taken type by type and field by field, so that nothing is done for the many places where nothing stands.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from functools import cache
from itertools import chain
from typing import TYPE_CHECKING, Any, Final

from ovning.log.fields import FORMAT, RECORD_TYPES, VERSION, Kind, fields_of
from ovning.log.records import Log, PlayStarted

if TYPE_CHECKING:
    import pyarrow as pa

KEYS: Final = ("exercise", "organisation", "variation", "seed", "replication")
"""Fields of ``PlayStarted`` that stand on every row of the play."""

_RENAMED: Final = {
    ("ServiceChanged", "level"): "service_level",
    ("ServiceExtended", "by"): "extended_by",
    **{
        (record, "items"): "flow_items"
        for record in ("FlowArrived", "FlowTurnedAway", "FlowBegun", "FlowDone", "FlowLeft", "FlowLate")
    },
}


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


@cache
def schema() -> pa.Schema:
    """The schema of the table."""
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


def table_of(logs: Sequence[Log], first: int) -> pa.Table:
    """The logs of plays whose numbers begin with ``first``. Raises ``ValueError`` for what is no log."""
    import numpy as np
    import pyarrow as pa

    records = tuple(chain.from_iterable(logs))
    sizes = [len(log) for log in logs]
    rows: dict[str, list[int]] = defaultdict(list)
    for n, record in enumerate(records):
        rows[type(record).__name__].append(n)
    values: dict[str, list[Any]] = defaultdict(list)
    places = {name: np.full(len(records), -1) for name in columns()}
    for kind, at in rows.items():
        for field, found in zip(fields_of(kind), zip(*[records[n] for n in at], strict=True), strict=True):
            if field.name not in KEYS:
                column = column_of(kind, field.name)
                places[column][at] = np.arange(len(values[column]), len(values[column]) + len(at))
                values[column] += _canonical(field.kind, found)
    types = list(rows)
    for number, kind in enumerate(types):
        places["type"][rows[kind]] = number
    values["type"] = types
    made = {"n": pa.array(np.concatenate([np.arange(size) for size in sizes])), **_keys(logs, sizes, first)}
    for name in columns():
        if name not in made:
            column_type = schema().field(name).type
            if values[name]:
                place = pa.array(places[name], mask=places[name] < 0)
                made[name] = pa.array(values[name], type=column_type).take(place)
            else:
                made[name] = pa.nulls(len(records), column_type)
    return pa.table([made[name] for name in columns()], schema=schema())


def _keys(logs: Sequence[Log], sizes: Sequence[int], first: int) -> dict[str, pa.Array]:
    """What stands on every row of a play."""
    import numpy as np
    import pyarrow as pa

    started = []
    for log in logs:
        if not log or not isinstance(log[0], PlayStarted):
            raise ValueError("a log begins with PlayStarted")
        started.append(log[0])
    of = np.repeat(np.arange(len(logs)), sizes)
    made = {"play": pa.array(of + first)}
    for key in KEYS:
        made[key] = pa.array([getattr(one, key) for one in started], type=schema().field(key).type).take(pa.array(of))
    return made


def _canonical(kind: Kind, values: Sequence[Any]) -> Sequence[Any]:
    if kind == "float":  # no negative zero: it equals zero and would look different
        return [None if value is None else float(value) + 0.0 for value in values]
    return values
