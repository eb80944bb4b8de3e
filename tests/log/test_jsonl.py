"""Canonical JSONL: the same log is the same bytes, read back as it was, and damage is told with its line."""

import json
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ovning.errors import InputError, OutputError
from ovning.log import jsonl
from ovning.log.fields import RECORD_TYPES, fields_of
from ovning.log.records import FlowArrived, InjectSent, PlayEnded, PlayStarted, ServiceChanged, TaskFinished
from tests.log.strategies import LOGS, SMALLEST

LOG = (
    PlayStarted(0, "elavbrott", "örebro", None, 1, 17, "2026-01-22T03:50:00+01:00", 1000),
    ServiceChanged(0, "electricity", 0.1, "outage"),
    InjectSent(0, "E1", "E1", "Nätbolagets driftcentral", ("tib", "växel"), "phone", 'Vi har "förlorat"\nen station'),
    TaskFinished(900, "E1/receive", "E1", None, "cancelled"),
    PlayEnded(1000),
)
EXPECTED = (
    '{"format":"ovning.log","version":1}\n'
    '{"n":0,"type":"PlayStarted","at":0,"exercise":"elavbrott","organisation":"örebro","variation":null,"seed":1,'
    '"replication":17,"start":"2026-01-22T03:50:00+01:00","horizon":1000}\n'
    '{"n":1,"type":"ServiceChanged","at":0,"service":"electricity","level":0.1,"caused_by":"outage"}\n'
    '{"n":2,"type":"InjectSent","at":0,"inject":"E1","case":"E1","sender":"Nätbolagets driftcentral",'
    '"to":["tib","växel"],"by":"phone","text":"Vi har \\"förlorat\\"\\nen station"}\n'
    '{"n":3,"type":"TaskFinished","at":900,"task":"E1/receive","case":"E1","station":null,"outcome":"cancelled"}\n'
    '{"n":4,"type":"PlayEnded","at":1000}\n'
)


def test_the_file_is_what_the_format_says():
    assert jsonl.to_bytes(LOG).decode() == EXPECTED


def test_a_written_file_reads_back_as_it_was(tmp_path):
    jsonl.write(LOG, tmp_path / "play.jsonl")
    assert jsonl.read(tmp_path / "play.jsonl") == LOG
    assert [path.name for path in tmp_path.iterdir()] == ["play.jsonl"]


@given(LOGS)
def test_any_log_reads_back_with_its_types(log):
    content = jsonl.to_bytes(log)
    read = jsonl.from_bytes(content, "play")
    assert read == log
    assert [type(record) for record in read] == [type(record) for record in log]
    assert [type(value) for record in read for value in record] == [type(value) for record in log for value in record]
    assert jsonl.to_bytes(read) == content


@given(LOGS)
def test_keys_stand_in_the_order_of_the_fields(log):
    for line, record in zip(jsonl.to_bytes(log).decode().split("\n")[1:], log, strict=False):
        assert list(json.loads(line)) == ["n", "type", *record._fields]


@pytest.mark.parametrize(("value", "equal"), [(0, 0.0), (-0.0, 0.0), (True, 1.0), (1, 1.0)])
def test_equal_numbers_are_the_same_bytes(value, equal):
    first, second = ((SMALLEST[0], ServiceChanged(0, "water", level, "x"), SMALLEST[1]) for level in (value, equal))
    assert first == second
    assert jsonl.to_bytes(first) == jsonl.to_bytes(second)


def test_no_field_hides_the_number_or_the_type():
    assert not {"n", "type"} & {field.name for name in RECORD_TYPES for field in fields_of(name)}


def test_a_number_that_is_none_is_not_written(tmp_path):
    with pytest.raises(ValueError, match="not JSON compliant"):
        jsonl.write((SMALLEST[0], ServiceChanged(0, "water", float("nan"), "x"), SMALLEST[1]), tmp_path / "play.jsonl")
    assert not list(tmp_path.iterdir())


def test_a_place_that_cannot_be_written_is_said(tmp_path):
    with pytest.raises(OutputError, match="kan inte skriva loggen"):
        jsonl.write(SMALLEST, tmp_path / "missing" / "play.jsonl")


def _swapped(text: str, old: str, new: str) -> bytes:
    assert old in text
    return text.replace(old, new).encode()


FLOW = jsonl.to_bytes((SMALLEST[0], FlowArrived(1, "visits", 2, (7, 8)), SMALLEST[1])).decode()
DAMAGE = {
    "empty": (b"", 1, "filen är tom"),
    "no header": (EXPECTED.partition("\n")[2].encode(), 1, "första raden"),
    "another format": (_swapped(EXPECTED, "ovning.log", "other"), 1, "första raden"),
    "another version": (_swapped(EXPECTED, '"version":1', '"version":2'), 1, "version 2"),
    "version is true": (_swapped(EXPECTED, '"version":1', '"version":true'), 1, "version True"),
    "cut within a line": (EXPECTED[:-10].encode(), 6, "avhuggen"),
    "cut between lines": ("\n".join([*EXPECTED.split("\n")[:-2], ""]).encode(), 5, "avhuggen"),
    "a line is missing": (("\n".join(r for r in EXPECTED.split("\n") if '"n":2' not in r)).encode(), 4, "nummer 2"),
    "not JSON": (_swapped(EXPECTED, '{"n":3', "{n:3"), 5, "JSON"),
    "not UTF-8": (EXPECTED.encode("latin-1"), 2, "JSON"),
    "no record": (_swapped(EXPECTED, '{"n":4,"type":"PlayEnded","at":1000}', "[4]"), 6, "ingen post"),
    "nested without end": (_swapped(EXPECTED, '{"n":4', "[" * 100_000), 6, "JSON"),
    "unknown type": (_swapped(EXPECTED, "TaskFinished", "TaskFinnished"), 5, "okänd sorts post"),
    "field is missing": (_swapped(EXPECTED, '"case":"E1","station"', '"station"'), 5, "case"),
    "field too many": (_swapped(EXPECTED, '"n":4', '"n":4,"extra":1'), 6, "extra"),
    "wrong type": (_swapped(EXPECTED, '"at":900', '"at":"900"'), 5, "at kan inte vara '900'"),
    "a truth for a number": (_swapped(EXPECTED, '"at":900', '"at":true'), 5, "at kan inte vara True"),
    "unknown word": (_swapped(EXPECTED, "cancelled", "forgotten"), 5, "outcome kan inte vara"),
    "null where none may be": (_swapped(EXPECTED, '"service":"electricity"', '"service":null'), 3, "service saknar"),
    "not a number": (_swapped(EXPECTED, '"level":0.1', '"level":NaN'), 3, "JSON"),
    "a number in a list of texts": (_swapped(EXPECTED, '["tib",', "[7,"), 4, "to kan inte vara"),
    "a text in a list of numbers": (_swapped(FLOW, "[7,8]", '["7",8]'), 3, "items kan inte vara"),
    "a truth in a list of numbers": (_swapped(FLOW, "[7,8]", "[7,true]"), 3, "items kan inte vara"),
    "does not begin": (b'{"format":"ovning.log","version":1}\n{"n":0,"type":"PlayEnded","at":1}\n', 2, "börjar inte"),
}


@pytest.mark.parametrize("damage", DAMAGE)
def test_a_damaged_file_is_told_with_its_line(damage, tmp_path):
    content, line, message = DAMAGE[damage]
    path = tmp_path / "play.jsonl"
    path.write_bytes(content)
    with pytest.raises(InputError) as caught:
        jsonl.read(path)
    (problem,) = caught.value.problems
    assert problem.line == line
    assert message in problem.message
    assert problem.file == str(path)


def test_a_file_that_is_not_there_is_told(tmp_path):
    with pytest.raises(InputError, match="kan inte läsa loggen"):
        jsonl.read(tmp_path / "none.jsonl")


@given(st.data())
def test_random_damage_never_gives_a_traceback(data):
    content = bytearray(EXPECTED.encode())
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(content) - 1))
        content[at : at + data.draw(st.integers(0, 3))] = data.draw(st.binary(max_size=3))
    with suppress(InputError):
        read = jsonl.from_bytes(bytes(content), "play")
        assert jsonl.from_bytes(jsonl.to_bytes(read), "play") == read
