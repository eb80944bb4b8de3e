"""The wheel with a compiled engine: it plays what the source plays, and a difference is noticed."""

from __future__ import annotations

import tomllib
import zipfile
from pathlib import Path

import pytest

from tools import wheel

ROOT = Path(__file__).resolve().parents[2]
PLAYED = ["False", "elavbrott orebro whole: 0 a1", "elavbrott orebro as held: 0 b2"]


def test_the_same_plays_are_nothing_to_tell() -> None:
    assert wheel.differences(["True", *PLAYED[1:]], PLAYED) == []


def test_a_log_that_differs_is_named() -> None:
    other = ["True", PLAYED[1], "elavbrott orebro as held: 0 b3"]
    assert wheel.differences(other, PLAYED) == ["Not the same log: elavbrott orebro as held: 0"]


@pytest.mark.parametrize(
    ("ours", "theirs", "said"),
    [
        (PLAYED, PLAYED, "engine is not compiled"),
        (["Traceback: TypeError"], PLAYED, "TypeError"),
        ([], PLAYED, "does not play"),
        (["True"], ["False"], "source does not play"),
        (["True", *PLAYED[1:]], ["True", *PLAYED[1:]], "source does not play"),
        (["True", PLAYED[1]], PLAYED, "plays 1 plays and the source 2"),
    ],
)
def test_what_cannot_be_compared_is_wrong(ours: list[str], theirs: list[str], said: str) -> None:
    (line,) = wheel.differences(ours, theirs)
    assert said in line


def test_what_is_left_out_of_compiling_is_there() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    hook = project["tool"]["hatch"]["build"]["targets"]["wheel"]["hooks"]["mypyc"]
    assert not hook["enable-by-default"]
    engine = ROOT / hook["include"][0].lstrip("/")
    assert [name for name in hook["exclude"] if not (engine / name).is_file()] == []


@pytest.mark.slow
def test_a_wheel_is_built_and_plays_the_same_logs(tmp_path: Path) -> None:
    assert wheel.main(["--out", str(tmp_path)]) == 0
    (built,) = tmp_path.glob("*.whl")
    with zipfile.ZipFile(built) as packed:
        names = packed.namelist()
    assert any(name.startswith("ovning/engine/play.") and name.endswith((".so", ".pyd")) for name in names)
    assert "ovning/exercises/elavbrott/scenario.yaml" in names
