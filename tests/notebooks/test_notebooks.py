"""The notebooks run from top to bottom, with few plays, and are kept without what they gave."""

from __future__ import annotations

import ast
import json
from pathlib import Path
from typing import Any

import pytest

NOTEBOOKS = sorted((Path(__file__).parents[2] / "notebooks").glob("*.ipynb"))
RUNS = "RUNS = 4"


def cells(notebook: Path, kind: str) -> list[str]:
    document = json.loads(notebook.read_text(encoding="utf-8"))
    return ["".join(cell["source"]) for cell in document["cells"] if cell["cell_type"] == kind]


def run(source: str, given: dict[str, Any]) -> Any:
    """What a cell gives: the value of its last line, if that is an expression."""
    tree = ast.parse(source)
    last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
    exec(compile(tree, "cell", "exec"), given)
    return eval(compile(ast.Expression(last.value), "cell", "eval"), given) if isinstance(last, ast.Expr) else None


def test_there_are_two() -> None:
    assert [path.stem for path in NOTEBOOKS] == ["bygg-din-egen-kommun", "orebro-mot-haninge"]


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda path: path.stem)
def test_it_runs(notebook: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    given: dict[str, Any] = {"__name__": "notebook"}
    shown = []
    for source in cells(notebook, "code"):
        lines = [RUNS if line.startswith("RUNS = ") else line for line in source.splitlines()]
        shown.append(run("\n".join(lines), given))
    frames = [one for one in shown if hasattr(one, "columns")]
    assert len(frames) >= 4
    assert all(len(frame) for frame in frames)
    assert given["RUNS"] == 4


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda path: path.stem)
def test_nothing_it_gave_is_kept(notebook: Path) -> None:
    document = json.loads(notebook.read_text(encoding="utf-8"))
    assert all(not cell["outputs"] for cell in document["cells"] if cell["cell_type"] == "code")
    assert all(cell["execution_count"] is None for cell in document["cells"] if cell["cell_type"] == "code")
