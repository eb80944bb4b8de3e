"""Scalars of YAML 1.2, and places."""

from __future__ import annotations

import pytest

from ovning.files.source import as_source
from ovning.files.tree import Node, plain
from ovning.files.yaml12 import parse_yaml


def tree(text: str) -> Node:
    return parse_yaml(*as_source(text.encode(), "prov.yaml"))


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("10:30", "10:30"),
        ("no", "no"),
        ("on", "on"),
        ("yes", "yes"),
        ("Off", "Off"),
        ("2026-01-22", "2026-01-22"),
        ("0x1F", "0x1F"),
        ("010", "010"),
        ("1_000", "1_000"),
        ("+5", "+5"),
        (".5", ".5"),
        ("1e3", 1000.0),
        ("-7", -7),
        ("0.25", 0.25),
        ("true", True),
        ("False", False),
        ("null", None),
        ("~", None),
        ("", None),
        ("'true'", "true"),
        ('"5"', "5"),
        ("'null'", "null"),
    ],
)
def test_scalars(written: str, value: object) -> None:
    found = plain(tree(f"a: {written}\n"))
    assert found == {"a": value}
    assert isinstance(found, dict)
    assert type(found["a"]) is type(value)


def test_keys_are_words_whatever_they_look_like() -> None:
    assert plain(tree("no: 1\n10:30: 2\n5: 3\ntrue: 4\n")) == {"no": 1, "10:30": 2, "5": 3, "true": 4}


def test_every_value_and_key_has_its_place() -> None:
    node = tree("a:\n  - b: 1\n    å: [x, y]\n")
    inner = node.mapping["a"].items[0]
    assert (node.keys["a"].line, node.keys["a"].column) == (1, 1)
    assert (inner.keys["å"].line, inner.keys["å"].column) == (3, 5)
    y = inner.mapping["å"].items[1]
    assert (y.place.line, y.place.column) == (3, 12)
    assert y.place.problem("x").excerpt == "    å: [x, y]"
