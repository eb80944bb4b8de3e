"""Many plays in one Parquet file, read back as they were."""

import subprocess
import sys
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ovning.errors import InputError, OutputError
from ovning.log import parquet
from ovning.log.columns import column_of, columns
from ovning.log.fields import RECORD_TYPES, fields_of
from ovning.log.records import FlowArrived, LevelActivated, MeetingHeld, ServiceChanged, Waited
from tests.log.strategies import LOGS, SMALLEST


@settings(max_examples=25, deadline=None)
@given(st.lists(LOGS, max_size=4), st.integers(1, 20))
def test_any_logs_read_back_as_they_were(tmp_path_factory, logs, rows_in_group):
    path = tmp_path_factory.mktemp("parquet") / "events.parquet"
    parquet.write(logs, path, rows_in_group=rows_in_group)
    read = list(parquet.read(path))
    assert read == logs
    assert [type(record) for log in read for record in log] == [type(record) for log in logs for record in log]


def test_a_row_group_holds_whole_plays(tmp_path):
    logs = [SMALLEST] * 7
    parquet.write(logs, tmp_path / "events.parquet", rows_in_group=3)
    file = pq.ParquetFile(tmp_path / "events.parquet")
    assert [file.metadata.row_group(i).num_rows for i in range(file.num_row_groups)] == [4, 4, 4, 2]
    assert file.metadata.row_group(0).column(0).compression == "ZSTD"


@settings(max_examples=15, deadline=None)
@given(st.lists(LOGS, min_size=1, max_size=4), st.integers(1, 20))
def test_logs_made_columns_of_together_give_the_same_bytes_as_one_by_one(logs, rows_in_group):
    together = parquet.to_bytes(logs, first=3, rows_in_group=rows_in_group)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(parquet, "ROWS_AT_ONCE", 1)
        assert parquet.to_bytes(logs, first=3, rows_in_group=rows_in_group) == together


def test_every_row_says_which_play_it_is_of(tmp_path):
    other = (SMALLEST[0]._replace(organisation="haninge", replication=18), SMALLEST[1])
    parquet.write([SMALLEST, other], tmp_path / "events.parquet")
    rows = pq.read_table(tmp_path / "events.parquet").to_pydict()
    assert list(zip(rows["play"], rows["organisation"], rows["replication"], rows["n"], rows["type"], strict=True)) == [
        (0, "orebro", 17, 0, "PlayStarted"),
        (0, "orebro", 17, 1, "PlayEnded"),
        (1, "haninge", 18, 0, "PlayStarted"),
        (1, "haninge", 18, 1, "PlayEnded"),
    ]


def test_the_level_of_a_service_has_its_own_column(tmp_path):
    log = (SMALLEST[0], ServiceChanged(1, "water", 0.5, "x"), LevelActivated(2, "watch", "level:watch:1"), SMALLEST[1])
    parquet.write([log], tmp_path / "events.parquet")
    rows = pq.read_table(tmp_path / "events.parquet").to_pydict()
    assert rows["service_level"] == [None, 0.5, None, None]
    assert rows["level"] == [None, None, "watch", None]


def test_the_things_of_a_flow_and_the_questions_of_a_meeting_do_not_mix(tmp_path):
    log = (SMALLEST[0], FlowArrived(1, "visits", 2, (7, 8)), MeetingHeld(5, 2, "staff", 3, 4), SMALLEST[1])
    parquet.write([log], tmp_path / "events.parquet")
    rows = pq.read_table(tmp_path / "events.parquet").to_pydict()
    assert rows["flow_items"] == [None, [7, 8], None, None]
    assert rows["items"] == [None, None, 3, None]


def test_fields_that_share_a_column_hold_the_same_kind():
    held = columns()
    for record in RECORD_TYPES:
        for field in fields_of(record):
            assert held[column_of(record, field.name)] == field.kind, (record, field.name)


def test_a_failure_half_way_leaves_no_file(tmp_path):
    def logs():
        yield SMALLEST
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        parquet.write(logs(), tmp_path / "events.parquet", rows_in_group=1)
    assert not list(tmp_path.iterdir())


def test_a_place_that_cannot_be_written_is_said(tmp_path):
    with pytest.raises(OutputError, match="kan inte skriva loggarna"):
        parquet.write([SMALLEST], tmp_path / "missing" / "events.parquet")


def test_another_file_is_refused(tmp_path):
    path = tmp_path / "events.parquet"
    path.write_bytes(b"PAR1 not really")
    with pytest.raises(InputError, match="ingen hel Parquetfil"):
        list(parquet.read(path))
    parquet.write([SMALLEST], path)
    pq.write_table(pq.read_table(path).replace_schema_metadata({}), path)
    with pytest.raises(InputError, match="ingen samling loggar"):
        list(parquet.read(path))


def test_rows_out_of_order_are_refused(tmp_path):
    path = tmp_path / "events.parquet"
    parquet.write([SMALLEST], path)
    table = pq.read_table(path)
    pq.write_table(table.take([1, 0]).replace_schema_metadata(table.schema.metadata), path)
    with pytest.raises(InputError, match="hänger inte ihop"):
        list(parquet.read(path))


def test_the_example_of_the_page_runs(tmp_path, monkeypatch):
    page = (Path(__file__).parents[2] / "docs" / "log.md").read_text(encoding="utf-8")
    example = page.partition("```python\n")[2].partition("```")[0]
    waits = (Waited(9, 2, "E1/a", "queue", "tib", ""), Waited(12, 9, "E1/a", "queue", "chef", ""))
    parquet.write([(SMALLEST[0], *waits, SMALLEST[1])], tmp_path / "events.parquet")
    monkeypatch.chdir(tmp_path)
    names: dict = {}
    exec(example, names)
    assert names["waited"].to_pylist() == [{"organisation": "orebro", "cause": "queue", "lasted_sum": 10}]


def test_pyarrow_is_loaded_only_when_used():
    code = "import sys, ovning.log.parquet; sys.exit('pyarrow' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
