"""Random records and logs for hypothesis."""

from hypothesis import strategies as st

from ovning.log.fields import RECORD_TYPES, Field, fields_of
from ovning.log.records import PlayEnded, PlayStarted

INT64 = st.integers(min_value=-(2**62), max_value=2**62)
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
KINDS = {
    "int": INT64,
    "float": st.floats(allow_nan=False, allow_infinity=False),
    "bool": st.booleans(),
    "str": TEXT,
    "strs": st.lists(TEXT, max_size=3).map(tuple),
    "ints": st.lists(INT64, max_size=3).map(tuple),
}


def _value(field: Field):
    value = st.sampled_from(field.allowed) if field.allowed else KINDS[field.kind]
    return st.none() | value if field.optional else value


def record_of(name: str):
    return st.tuples(*(_value(field) for field in fields_of(name))).map(lambda values: RECORD_TYPES[name](*values))


BETWEEN = [name for name in RECORD_TYPES if name not in {"PlayStarted", "PlayEnded"}]
RECORDS = st.sampled_from(BETWEEN).flatmap(record_of)
LOGS = st.tuples(record_of("PlayStarted"), st.lists(RECORDS, max_size=8), record_of("PlayEnded")).map(
    lambda parts: (parts[0], *parts[1], parts[2])
)

SMALLEST = (
    PlayStarted(0, "elavbrott", "orebro", None, 1, 17, "2026-01-22T03:50:00+01:00", 1000),
    PlayEnded(1000),
)
