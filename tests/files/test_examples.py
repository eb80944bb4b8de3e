"""What docs/files.md shows of services, flows, events and tasks is of the form that it says."""

from __future__ import annotations

import re
from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest

from ovning.files.schema import file_schema
from ovning.files.source import as_source
from ovning.files.tree import plain
from ovning.files.yaml12 import parse_yaml
from tests.files.test_schema import Oracle

DOC = (Path(__file__).parents[2] / "docs" / "files.md").read_text("utf-8")
BLOCKS = [dedent(block) for block in re.findall(r"```yaml\n(.*?)```", DOC, re.DOTALL)]


def _read(block: str) -> Any:
    return plain(parse_yaml(*as_source(block.encode(), "files.md")))


def _examples() -> list[tuple[str, str, Any]]:
    """Kind of file, definition in its schema, and a value of it."""
    found: list[tuple[str, str, Any]] = []
    for block in BLOCKS:
        items: dict[str, Any] = _read(block) if "…" not in block else {}
        found += [
            ("scenario", "Task", task) for procedure in items.get("procedures", {}).values() for task in procedure
        ]
        found += [("scenario", "Service", service) for service in items.get("services", {}).values()]
        found += [("scenario", "Event", event) for event in items.get("events", ())]
        flows = items.get("flows", {"visits": items["visits"]} if "visits" in items else {})
        found += [("scenario", "Flow", flow) for flow in flows.values()]
        found += [("scenario", "Variation", variation) for variation in items.get("variations", {}).values()]
    return found


@pytest.mark.parametrize(("kind", "definition", "value"), _examples())
def test_examples_are_of_the_form_that_they_show(kind: str, definition: str, value: Any) -> None:
    schema = file_schema(kind)
    assert Oracle(schema).takes(value, schema["$defs"][definition])


def test_there_is_an_example_of_each() -> None:
    assert {definition for _, definition, _ in _examples()} == {"Task", "Service", "Event", "Flow", "Variation"}
    assert sum(definition == "Flow" for _, definition, _ in _examples()) == 2
