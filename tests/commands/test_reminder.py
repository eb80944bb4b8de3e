"""The reminder: once, to a person at a terminal, and only for an organisation of one's own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import ovning.commands.run as run_module
from ovning.commands import reminder
from ovning.errors import OvningError
from tests.commands.conftest import Said

FIRST = "Din egen organisation"
CHECK = ("check", "egen.yaml")
RUN = ("run", "elavbrott", "--runs", "1")


@pytest.fixture
def own(ovning: Callable[..., Said]) -> None:
    Path("egen.yaml").write_text("based_on: orebro\norganisation: egen\ntitle: Egen kommun\n", encoding="utf-8")


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch, own: None) -> None:
    monkeypatch.setattr(reminder, "somebody_reads", lambda: True)


def seen() -> list[str]:
    return [path.name for path in (Path(os.environ["XDG_STATE_HOME"]) / "ovning").glob("*")]


def test_it_is_short_and_fits_an_ordinary_window() -> None:
    assert len(reminder.LINES) <= 6
    assert max(map(len, reminder.LINES)) < 80


def test_once_and_never_again(ovning: Callable[..., Said], terminal: None) -> None:
    first, second = ovning(*CHECK), ovning(*CHECK)
    assert first.code == second.code == 0
    assert FIRST in first.err
    assert FIRST not in first.out
    assert second.err == ""
    assert seen() == ["sekretess-visad"]
    assert (Path(os.environ["XDG_STATE_HOME"]) / "ovning" / "sekretess-visad").read_bytes() == b""


class StoppedError(OvningError):
    exit_code = 7


@pytest.fixture
def before(monkeypatch: pytest.MonkeyPatch) -> None:
    """A run stops when its plays would begin."""

    def stop(*args: object, **more: object) -> None:
        raise StoppedError("nu skulle det spelas")

    monkeypatch.setattr(run_module, "keeping", stop)


def test_a_run_says_it_before_it_plays(ovning: Callable[..., Said], terminal: None, before: None) -> None:
    first, second = ovning(*RUN, "--org", "orebro", "--org", "egen.yaml"), ovning(*RUN, "--org", "egen.yaml")
    assert first.code == second.code == 7
    assert first.err.index(FIRST) < first.err.index("nu skulle")
    assert FIRST not in second.err


def test_a_run_on_a_cluster_names_it(ovning: Callable[..., Said], terminal: None, before: None) -> None:
    asked = (*RUN, "--org", "egen.yaml", "--cluster", "tcp://10.0.0.5:8786")
    assert [ovning(*asked).err.count("klustret tcp://10.0.0.5:8786") for _ in range(2)] == [1, 1]


def test_what_comes_with_the_program_needs_none(ovning: Callable[..., Said], terminal: None, before: None) -> None:
    assert FIRST not in ovning("check", "elavbrott").err
    assert FIRST not in ovning("check", "orebro").err
    assert FIRST not in ovning(*RUN, "--org", "orebro").err
    assert seen() == []


def test_scripts_are_left_alone_also_with_colours_forced(
    ovning: Callable[..., Said], own: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert ovning(*CHECK).err == ""
    assert seen() == []


def test_where_nothing_can_be_remembered_it_is_said_again(
    ovning: Callable[..., Said], terminal: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "fil").write_text("")
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "fil"))
    for _ in range(2):
        said = ovning(*CHECK)
        assert said.code == 0
        assert FIRST in said.err


def test_without_a_home_it_is_said_again(
    ovning: Callable[..., Said], terminal: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    def homeless() -> Path:
        raise RuntimeError("no home")

    monkeypatch.setattr(reminder, "state_folder", homeless)
    assert FIRST in ovning(*CHECK).err


def test_it_can_be_seen_again_with_the_page(ovning: Callable[..., Said]) -> None:
    said = ovning("--sekretess")
    assert said.code == 0
    assert said.out.startswith(FIRST)
    assert "# Får jag skriva in detta?" in said.out


@pytest.mark.skipif(sys.platform == "win32", reason="a terminal of one's own is made with pty")
def test_at_a_real_terminal(tmp_path: Path) -> None:
    import pty

    (tmp_path / "egen.yaml").write_text("based_on: orebro\norganisation: egen\ntitle: Egen\n", encoding="utf-8")
    ours, theirs = pty.openpty()
    try:
        done = subprocess.run(
            [sys.executable, "-m", "ovning", "check", "egen.yaml"],
            cwd=tmp_path,
            env={**os.environ, "XDG_STATE_HOME": str(tmp_path / "minne"), "LOCALAPPDATA": str(tmp_path / "minne")},
            stdout=subprocess.PIPE,
            stderr=theirs,
            check=False,
        )
        os.close(theirs)
        heard = os.read(ours, 4096).decode("utf-8")
    finally:
        os.close(ours)
    assert done.returncode == 0
    assert FIRST in heard
    assert (tmp_path / "minne" / "ovning" / "sekretess-visad").is_file()
