"""Runs the command line in this process, as a user would type it."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import pytest

from ovning.cli import execute


class Said(NamedTuple):
    code: int
    out: str
    err: str


@pytest.fixture
def ovning(
    capsys: pytest.CaptureFixture[str], tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> Callable[..., Said]:
    """Type a command; away from the repository, with a state folder of its own."""
    monkeypatch.chdir(tmp_path_factory.mktemp("cwd"))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path_factory.mktemp("state")))
    monkeypatch.setenv("COLUMNS", "100")

    def typed(*words: str) -> Said:
        code = execute(words)
        said = capsys.readouterr()
        return Said(code, said.out, said.err)

    return typed
