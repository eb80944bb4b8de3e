"""Whatever is done to a file, the answer is problems, never a crash."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ovning.errors import InputError, Problem
from ovning.files import check_paths, load_setup
from ovning.files.source import as_source
from ovning.files.tree import plain
from ovning.files.yaml12 import parse_typed, parse_yaml
from tests.files.base import FILES, write

CALM = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
NAMES = st.sampled_from(sorted(FILES))
ODD: list[Any] = [
    None,
    True,
    0,
    -1,
    1.5,
    10**17,
    "",
    "x",
    "å",
    "10:30",
    "5 min",
    "-5 min",
    "first_call(default)",
    [],
    {},
    [[]],
    {"a": 1},
    ["x", "x"],
    {"assume": "patience"},
    {"assume": "nix"},
    {"assume": 3},
    {"assume": {"assume": "patience"}},
    {"assume": 1, "range": [0, 2], "reason": "r"},
    {"value": 1, "source": "s"},
    {"value": 1},
    {"mean": "5 min"},
    {"median": "5 min", "p90": "1 min"},
    {"samples": ["x"]},
    {"source": ["x"]},
    {"id": 5},
    {"task": "t", "needs": []},
    {"stage": "s", "title": "S", "takes": "5 min"},
    {"stage": ["s"]},
    {"flow": "visits", "waiting": 1},
    {"electricity": {}},
    {"mobile": "1 h"},
    ["07:00"],
    "25:00",
    "{visits.waiting} {worn.x}",
]


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    with TemporaryDirectory() as made:
        yield Path(made)


def faults(folder: Path) -> list[str]:
    """What is wrong with how it is checked and loaded: problems have places and words, or there is a setup."""
    found = [
        repr(one) for one in check_paths([folder]) if not one.message or one.line < 0 or "Traceback" in one.message
    ]
    said = refusal(lambda: load_setup(folder / "stromlost", "smastad"))
    if said is not None and not any(one.severity == "error" for one in said):
        found.append("refused without an error")
    return found


def refusal(what: Callable[[], object]) -> tuple[Problem, ...] | None:
    """The problems for which something was refused; ``None`` if it was not."""
    try:
        what()
    except InputError as refused:
        return refused.problems
    return None


@CALM
@given(name=NAMES, data=st.data())
def test_bytes_changed(name: str, data: st.DataObject, folder: Path) -> None:
    write(folder)
    content = bytearray(FILES[name].encode())
    for _ in range(data.draw(st.integers(1, 4))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    (folder / name).write_bytes(content)
    assert faults(folder) == []


@CALM
@given(name=NAMES, data=st.data())
def test_lines_deleted_doubled_and_moved(name: str, data: st.DataObject, folder: Path) -> None:
    write(folder)
    lines = FILES[name].split("\n")
    for _ in range(data.draw(st.integers(1, 3))):
        at, to = (data.draw(st.integers(0, len(lines) - 1)) for _ in range(2))
        how = data.draw(st.sampled_from(["delete", "double", "swap", "cut"]))
        if how == "delete" and len(lines) > 1:
            del lines[at]
        elif how == "double":
            lines.insert(at, lines[at])
        elif how == "swap" and to < len(lines) and at < len(lines):
            lines[at], lines[to] = lines[to], lines[at]
        elif how == "cut":
            lines[at] = lines[at][: len(lines[at]) // 2]
    (folder / name).write_text("\n".join(lines), encoding="utf-8")
    assert faults(folder) == []


def _spots(tree: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    yield path
    below = tree.items() if isinstance(tree, dict) else enumerate(tree) if isinstance(tree, list) else ()
    for key, value in below:
        yield from _spots(value, (*path, key))


def _replaced(tree: Any, path: tuple[Any, ...], value: Any) -> Any:
    if not path:
        return value
    copy = dict(tree) if isinstance(tree, dict) else list(tree)
    copy[path[0]] = _replaced(tree[path[0]], path[1:], value)
    return copy


TREES: dict[str, Any] = {name: plain(parse_yaml(*as_source(text.encode(), name))) for name, text in FILES.items()}


@settings(CALM, max_examples=50)
@given(name=NAMES, data=st.data())
def test_values_of_any_kind_anywhere(name: str, data: st.DataObject, folder: Path) -> None:
    write(folder)
    tree = TREES[name]
    path = data.draw(st.sampled_from(list(_spots(tree))))
    tree = _replaced(tree, path, data.draw(st.sampled_from(ODD)))
    (folder / name).write_text(yaml.safe_dump(tree, allow_unicode=True, sort_keys=False), encoding="utf-8")
    assert faults(folder) == []


@CALM
@given(name=NAMES, data=st.data())
def test_values_swapped(name: str, data: st.DataObject, folder: Path) -> None:
    write(folder)
    tree = TREES[name]
    spots = [s for s in _spots(tree) if s]
    one, two = data.draw(st.sampled_from(spots)), data.draw(st.sampled_from(spots))
    value: Any = tree
    for step in two:
        value = value[step]
    tree = _replaced(tree, one, value)
    (folder / name).write_text(yaml.safe_dump(tree, allow_unicode=True, sort_keys=False), encoding="utf-8")
    assert faults(folder) == []


STEPS = [
    "functions",
    "tib",
    "levels",
    "0",
    "on_call",
    "assumptions",
    "scenario",
    "x",
    "injects",
    "E1",
    "first_call",
    "exercise",
    "objectives",
    "patience",
    "reached",
    "services",
    "mobile",
    "depends_on",
    "flows",
    "visits",
    "arrives",
    "stages",
    "visit",
    "shifts",
    "channels",
]


@CALM
@given(text=st.text(max_size=60))
def test_any_text_as_a_value_typed(text: str) -> None:
    assert refusal(lambda: parse_typed(text, "--set", "a=")) != ()


@CALM
@given(
    path=st.lists(st.sampled_from(STEPS), max_size=5),
    value=st.sampled_from(["1", "null", "[]", "{}", "{assume: patience}", "5 min", "{assume: nix}", "[", "tib", ""]),
)
def test_any_path_set(path: list[str], value: str, folder: Path) -> None:
    exercise = write(folder)
    assert refusal(lambda: load_setup(exercise, "smastad", sets=[f"{'.'.join(path)}={value}"])) != ()
