"""``ovning run`` as a user meets it: tables, a folder, the same bytes every time."""

from __future__ import annotations

import hashlib
import json
import os
import shlex
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from ovning.engine import compile_play, play
from ovning.files import load_setup
from ovning.log import jsonl, parquet
from tests.commands.conftest import Said

RUN = ("run", "elavbrott", "--org", "orebro", "--runs", "4", "--jobs", "1", "--gains", "0")


def contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_it_prints_calm_tables_and_says_where_the_report_is(ovning: Callable[..., Said]) -> None:
    said = ovning(*RUN)
    assert said.code == 0
    assert said.err == ""
    for heading in ("Lägen: tid från", "Kriterierna", "Alla ärenden som prövar ett mål", "Vem alla väntade på"):
        assert heading in said.out
    report = Path("resultat") / "elavbrott-orebro-frö1" / "report.html"
    assert str(report) in said.out
    assert report.is_file()
    assert "\x1b" not in said.out


def test_the_folder_holds_what_the_manifest_says(ovning: Callable[..., Said]) -> None:
    ovning(*RUN, "--seed", "5", "--set", "functions.tib.on_call.count=2", "--out", "ut")
    manifest = json.loads(Path("ut/manifest.json").read_text(encoding="utf-8"))
    found = contents(Path("ut"))
    del found["manifest.json"]
    assert manifest["files"] == {name: hashlib.sha256(data).hexdigest() for name, data in sorted(found.items())}
    assert manifest["command"] == [
        *("ovning", "run", "elavbrott", "--org", "orebro", "--runs", "4", "--seed", "5", "--gains", "0"),
        *("--set", "functions.tib.on_call.count=2"),
    ]
    assert set(manifest["inputs"]) >= {"exercises/elavbrott/scenario.yaml", "exercises/organisations/orebro.yaml"}
    assert str(Path.cwd()) not in Path("ut/manifest.json").read_text(encoding="utf-8")


def test_the_manifests_command_gives_the_same_bytes_again(ovning: Callable[..., Said]) -> None:
    ovning(*RUN, "--seed", "5", "--out", "ett")
    words = json.loads(Path("ett/manifest.json").read_text(encoding="utf-8"))["command"]
    ovning(*words[1:], "--out", "två")
    assert contents(Path("ett")) == contents(Path("två"))


def test_the_logs_are_those_of_the_plays(ovning: Callable[..., Said]) -> None:
    ovning(*RUN, "--out", "ut")
    setup, _ = load_setup("elavbrott", "orebro")
    compiled = compile_play(setup)
    logs = list(parquet.read(Path("ut/events.parquet")))
    assert logs == [play(compiled, 1, k) for k in range(4)]
    (typical,) = Path("ut").glob("play-*.jsonl")
    number = int(typical.stem.removeprefix("play-"))
    assert jsonl.read(typical) == logs[number]
    assert json.loads(Path("ut/results.json").read_text(encoding="utf-8"))["typical_play"] == number


def test_any_number_of_workers_gives_the_same_bytes(ovning: Callable[..., Said]) -> None:
    short = ("--set", "scenario.horizon=6 h")
    wide = ("run", "elavbrott", "--org", "haninge", "--runs", "30", "--gains", "2", *short)
    assert ovning(*wide, "--jobs", "1", "--out", "en").code == 0
    assert ovning(*wide, "--jobs", "2", "--out", "två").code == 0
    assert contents(Path("en")) == contents(Path("två"))


def test_another_seed_gives_other_plays(ovning: Callable[..., Said]) -> None:
    ovning(*RUN, "--out", "ett")
    ovning(*RUN, "--seed", "2", "--out", "två")
    assert contents(Path("ett"))["events.parquet"] != contents(Path("två"))["events.parquet"]


def test_several_organisations_get_a_folder_each_and_a_table_side_by_side(ovning: Callable[..., Said]) -> None:
    said = ovning("run", "elavbrott", "--runs", "2", "--jobs", "1", "--gains", "0", "--out", "ut")
    assert {path.name for path in Path("ut").iterdir()} == {"orebro", "haninge"}
    side = said.out[said.out.index("Organisationerna bredvid varandra") :]
    assert "utan prövning" in side
    assert "Väntan, minuter per spel" in side


def test_a_what_if_lies_beside_what_it_is_compared_with(ovning: Callable[..., Said]) -> None:
    ovning(*RUN)
    ovning(*RUN, "--set", "functions.tib.on_call.count=2")
    ovning(*RUN, "--start", "2026-12-24T15:00")
    assert len(list(Path("resultat").iterdir())) == 3


def test_a_variation_is_named_in_the_folder_and_needs_no_level(ovning: Callable[..., Said]) -> None:
    said = ovning(*RUN, "--variation", "false_alarm")
    assert said.code == 0
    assert (Path("resultat") / "elavbrott-orebro-false_alarm-frö1" / "report.html").is_file()


def test_require_exits_4_and_says_which(ovning: Callable[..., Said]) -> None:
    never = (
        "--set",
        "exercise.objectives.M1.criteria.0.met=1 s",
        "--set",
        "exercise.objectives.M1.criteria.0.partly=2 s",
    )
    said = ovning(*RUN, *never, "--require", "--out", "ut")
    assert said.code == 4
    assert "orebro, M1" in said.err
    assert Path("ut/report.html").is_file()


@pytest.mark.parametrize("columns", ["50", "60", "80"])
def test_a_narrow_terminal_is_kept_to_without_breaking_words_or_losing_columns(
    ovning: Callable[..., Said], monkeypatch: pytest.MonkeyPatch, columns: str
) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    wide = set(ovning(*RUN).out.split())
    monkeypatch.setenv("COLUMNS", columns)
    said = ovning(*RUN)
    copied = ("Rapporten: ", "  ovning trace ")
    assert max(len(line) for line in said.out.splitlines() if not line.startswith(copied)) <= int(columns)
    # Of rows set as lines under each other the first needs no heading.
    said_words = {part for word in said.out.split() for part in (word, word.rstrip(":"))}
    firsts = {"läge", "mål", "funktion", "tjänst", "flöde", "grupp", "orsak"}
    assert {word for word in wide if "─" not in word} - said_words <= firsts


def test_the_header_tells_what_was_changed_and_the_hint_can_be_pasted(ovning: Callable[..., Said]) -> None:
    changed = ("--start", "2026-12-24T15:00", "--variation", "false_alarm", "--set", "scenario.horizon=5 h")
    said = ovning(*RUN, *changed)
    for told in ("Ändrad övningsstart: 2026-12-24T15:00", "Omfall: false_alarm", "Ändrat: scenario.horizon=5 h"):
        assert told in said.out
    (hint,) = (line for line in said.out.splitlines() if line.startswith("  ovning trace "))
    words = shlex.split(hint)
    assert words[5:-2] == ["--seed", "1", *changed]
    assert ovning(*words[1:]).code == 0


@pytest.mark.parametrize(
    ("number", "everyone"),
    [(signal.SIGINT, True), (signal.SIGTERM, False), (signal.SIGTERM, True), (signal.SIGHUP, True)],
)
def test_a_signal_leaves_nothing_says_so_and_is_the_exit_code(
    tmp_path: Path, number: signal.Signals, everyone: bool
) -> None:
    words = (sys.executable, "-m", "ovning", "run", "elavbrott", "--org", "orebro", "--runs", "100000", "--jobs", "2")
    with subprocess.Popen(
        words, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True
    ) as run:
        try:
            while not list(tmp_path.glob("resultat/.*.part/plan.json")):
                assert run.poll() is None
                time.sleep(0.05)
            if everyone:
                os.killpg(run.pid, number)
            else:
                run.send_signal(number)
            # The pipes are closed only when no worker holds them any more.
            out, err = run.communicate(timeout=60)
        finally:
            if run.poll() is None:
                os.killpg(run.pid, signal.SIGKILL)
    assert run.returncode == 128 + number
    assert out == b""
    assert "Avbrutet. Inget halvfärdigt" in err.decode()
    assert "Traceback" not in err.decode(), err.decode()
    assert list(tmp_path.iterdir()) == []
