"""A run that was stopped, however, goes on with ``--resume`` and ends with the bytes of one that nobody disturbed."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.commands.conftest import Said
from tests.commands.test_run import contents
from tests.experiment.two_alarms import two_alarms

RUN = ("--org", "lillby", "--seed", "3", "--runs", "55", "--gains", "1")
PART = Path(".ut.part")


@pytest.fixture(scope="module")
def exercise(tmp_path_factory: pytest.TempPathFactory) -> str:
    return str(two_alarms(tmp_path_factory.mktemp("resume")))


def start(folder: Path, exercise: str, *more: str) -> subprocess.Popen[bytes]:
    words = (sys.executable, "-m", "ovning", "run", exercise, *RUN, "--out", "ut", *more)
    return subprocess.Popen(words, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True)


def killed(run: subprocess.Popen[bytes], folder: Path, wait: float) -> bool:
    """Kill it outright, so long after it began to play; whether it lived for so long."""
    while run.poll() is None and not (folder / PART / "plan.json").exists():
        time.sleep(0.01)
    time.sleep(wait)
    run.send_signal(signal.SIGKILL)
    _, err = run.communicate()
    assert run.returncode in (0, -signal.SIGKILL), err.decode()
    return run.returncode != 0


def undisturbed(folder: Path, exercise: str) -> tuple[dict[str, bytes], float]:
    """What it comes to, and how many seconds it took from when it began to play."""
    with start(folder, exercise, "--jobs", "1") as run:
        while run.poll() is None and not (folder / PART / "plan.json").exists():
            time.sleep(0.01)
        began = time.monotonic()
        _, err = run.communicate()
    assert run.returncode == 0, err.decode()
    return contents(folder / "ut"), time.monotonic() - began


def check_kills(tmp_path: Path, exercise: str, kills: int, seed: int) -> None:
    alone = tmp_path / "alone"
    alone.mkdir()
    wanted, lasts = undisturbed(alone, exercise)
    luck = random.Random(seed)
    ended = rounds = 0
    while kills:
        folder = tmp_path / f"round{rounds}"
        folder.mkdir(exist_ok=True)
        run = start(folder, exercise, "--resume", "--jobs", luck.choice("12"))
        if killed(run, folder, luck.uniform(0, lasts)):
            kills -= 1
            continue
        ended += 1
        assert contents(folder / "ut") == wanted
        rounds += 1
    folder = tmp_path / f"round{rounds}"
    folder.mkdir(exist_ok=True)
    with start(folder, exercise, "--resume") as run:
        _, err = run.communicate()
    assert run.returncode == 0, err.decode()
    assert contents(folder / "ut") == wanted
    assert {path.name for path in folder.iterdir()} == {"ut"}


@pytest.mark.skipif(sys.platform == "win32", reason="kills as Unix does")
def test_three_kills_at_random_and_the_same_bytes(tmp_path: Path, exercise: str) -> None:
    check_kills(tmp_path, exercise, 3, 1)


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="kills as Unix does")
def test_fifty_kills_at_random_and_the_same_bytes(tmp_path: Path, exercise: str) -> None:
    check_kills(tmp_path, exercise, 50, 2)


@pytest.mark.skipif(sys.platform == "win32", reason="sends Ctrl-C as Unix does")
def test_ctrl_c_keeps_what_is_ready_and_says_how_to_go_on(
    ovning: Callable[..., Said], exercise: str, tmp_path: Path
) -> None:
    words = (sys.executable, "-m", "ovning", "run", exercise, *RUN, "--runs", "5000", "--out", "ut", "--jobs", "2")
    with subprocess.Popen(
        words, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True
    ) as run:
        while not (tmp_path / PART / "events.parquet").exists():
            assert run.poll() is None
            time.sleep(0.02)
        time.sleep(0.3)
        os.killpg(run.pid, signal.SIGINT)
        out, err = run.communicate()
    assert (run.returncode, out) == (130, b"")
    assert "Avbrutet. " in err.decode()
    assert "spel är klara och sparade. Samma kommando med --resume går vidare därifrån." in err.decode()
    assert {path.name for path in tmp_path.iterdir()} == {PART.name}
    # Another run is told so, and nothing is lost by asking.
    os.chdir(tmp_path)
    said = ovning("run", exercise, *RUN, "--out", "ut", "--resume")
    assert said.code == 2
    assert "en annan körning: ovning run" in said.err
    assert (tmp_path / PART / "chunks").stat().st_size


class StoppedError(Exception):
    pass


def stop_in(monkeypatch: pytest.MonkeyPatch, name: str, after: int) -> None:
    """Let it fail when so many chunks have been kept, or when the results are being written."""
    from ovning.commands import run as room
    from ovning.commands.kept import Kept

    keep = Kept.keep
    calls = 0

    def failing(*words: Any) -> None:
        nonlocal calls
        calls += 1
        if calls > after:
            raise StoppedError
        keep(*words)

    if name == "keep":
        monkeypatch.setattr(Kept, "keep", failing)
    else:
        monkeypatch.setattr(room, name, lambda *words: failing(*words))


@pytest.mark.parametrize(("name", "after"), [("keep", 2), ("keep", 4), ("hashes", 0)])
def test_a_crash_loses_nothing_that_was_ready(
    ovning: Callable[..., Said], exercise: str, monkeypatch: pytest.MonkeyPatch, name: str, after: int
) -> None:
    run = ("run", exercise, *RUN, "--jobs", "1")
    with monkeypatch.context() as broken:
        stop_in(broken, name, after)
        said = ovning(*run, "--out", "ut")
    assert said.code == 1
    assert "med --resume går vidare därifrån" in said.err
    assert not Path("ut").exists()
    assert ovning(*run, "--out", "ut", "--resume").code == 0
    assert ovning(*run, "--out", "hel").code == 0
    assert contents(Path("ut")) == contents(Path("hel"))
    assert {path.name for path in Path().iterdir()} == {"ut", "hel"}


def test_two_organisations_go_on_without_playing_the_first_again(
    ovning: Callable[..., Said], monkeypatch: pytest.MonkeyPatch
) -> None:
    from ovning.experiment import chunks

    run = ("run", "elavbrott", "--set", "scenario.horizon=1 h", "--runs", "26", "--gains", "0", "--jobs", "1")
    whole = ovning(*run, "--out", "hel")
    with monkeypatch.context() as broken:
        stop_in(broken, "keep", 3)
        assert ovning(*run, "--out", "ut").code == 1
    assert {path.name for path in Path("ut").iterdir()} == {"orebro", ".orebro.part", ".haninge.part"}
    before = contents(Path("ut/orebro"))
    brought: list[int] = []
    bring = chunks._bring
    monkeypatch.setattr(chunks, "_bring", lambda *words: brought.append(words[2]) or bring(*words))
    said = ovning(*run, "--out", "ut", "--resume")
    assert said.code == 0
    assert brought == [1]
    assert said.out.replace("ut/", "hel/") == whole.out
    assert contents(Path("ut/orebro")) == before
    assert contents(Path("ut")) == contents(Path("hel"))


def test_without_resume_what_is_thrown_away_is_named(
    ovning: Callable[..., Said], exercise: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = ("run", exercise, *RUN, "--gains", "0", "--jobs", "1", "--out", "ut")
    with monkeypatch.context() as broken:
        stop_in(broken, "keep", 2)
        ovning(*run)
    said = ovning(*run)
    assert said.code == 0
    assert "50 spel från en avbruten körning kastas" in said.err
    said = ovning(*run, "--resume")
    assert said.code == 0
    assert "inget avbrutet att gå vidare från" in said.err


def test_files_that_were_changed_meanwhile_are_named(
    ovning: Callable[..., Said], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    exercise = two_alarms(tmp_path)
    run = ("run", str(exercise), *RUN, "--jobs", "1", "--out", "ut")
    with monkeypatch.context() as broken:
        stop_in(broken, "keep", 1)
        ovning(*run)
    path = exercise / "scenario.yaml"
    path.write_text(path.read_text(encoding="utf-8") + "# ändrad\n", encoding="utf-8")
    said = ovning(*run, "--resume")
    assert said.code == 2
    assert "scenario.yaml har ändrats sedan körningen avbröts" in said.err
    assert json.loads((PART / "plan.json").read_text(encoding="utf-8"))["command"][:2] == ["ovning", "run"]
