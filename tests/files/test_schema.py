"""The schemas take what the loader takes and refuse what an editor should underline."""

from __future__ import annotations

import re
from typing import Any

import pytest

from ovning.files import KINDS, file_schema
from ovning.files.source import as_source
from ovning.files.tree import plain
from ovning.files.yaml12 import parse_yaml
from tests.files.base import ASSUMPTIONS, EXERCISE, ORGANISATION, SCENARIO, VOCABULARY

TEXTS = {
    "organisation": ORGANISATION,
    "scenario": SCENARIO,
    "exercise": EXERCISE,
    "vocabulary": VOCABULARY,
    "assumptions": ASSUMPTIONS,
}
TYPES: dict[str, tuple[type, ...]] = {
    "object": (dict,),
    "array": (list,),
    "string": (str,),
    "integer": (int,),
    "number": (int, float),
    "boolean": (bool,),
    "null": (type(None),),
}


class Oracle:
    """As much of JSON Schema as the schemas use; an unknown keyword fails loudly."""

    KNOWN = frozenset(
        {
            "$ref",
            "$defs",
            "$schema",
            "title",
            "description",
            "default",
            "type",
            "properties",
            "required",
            "additionalProperties",
            "propertyNames",
            "items",
            "prefixItems",
            "anyOf",
            "enum",
            "const",
            "pattern",
            "minimum",
            "maximum",
            "exclusiveMinimum",
            "minLength",
            "maxLength",
            "minItems",
            "maxItems",
            "maxProperties",
            "dependentRequired",
            "not",
            "if",
            "then",
            "else",
        }
    )

    def __init__(self, schema: dict[str, Any]) -> None:
        self.top = schema

    def takes(self, value: Any, schema: Any = None) -> bool:
        s = self.top if schema is None else schema
        if isinstance(s, bool):
            return s
        assert set(s) <= self.KNOWN, set(s) - self.KNOWN
        if "$ref" in s and not self.takes(value, self.top["$defs"][s["$ref"].removeprefix("#/$defs/")]):
            return False
        if "type" in s and (
            not isinstance(value, TYPES[s["type"]]) or isinstance(value, bool) != (s["type"] == "boolean")
        ):
            return False
        if "anyOf" in s and not any(self.takes(value, branch) for branch in s["anyOf"]):
            return False
        if "enum" in s and value not in s["enum"]:
            return False
        if "const" in s and value != s["const"]:
            return False
        if "not" in s and self.takes(value, s["not"]):
            return False
        if "if" in s and not self.takes(value, s["then"] if self.takes(value, s["if"]) else s["else"]):
            return False
        if isinstance(value, str):
            return re.search(s.get("pattern", ""), value) is not None and len(value) <= s.get("maxLength", len(value))
        if isinstance(value, (int, float)):
            above = value > s["exclusiveMinimum"] if "exclusiveMinimum" in s else True
            return above and s.get("minimum", value) <= value <= s.get("maximum", value)
        if isinstance(value, list):
            fits = s.get("minItems", 0) <= len(value) <= s.get("maxItems", len(value))
            first = s.get("prefixItems", [])
            each = [*first, *[s.get("items", True)] * (len(value) - len(first))]
            return fits and all(map(self.takes, value, each))
        return self._object(value, s) if isinstance(value, dict) else True

    def _object(self, value: dict[str, Any], s: Any) -> bool:
        if not set(s.get("required", ())) <= set(value) or len(value) > s.get("maxProperties", len(value)):
            return False
        for key, needs in s.get("dependentRequired", {}).items():
            if key in value and not set(needs) <= set(value):
                return False
        rest = s.get("additionalProperties", True)
        names = s.get("propertyNames", True)
        return all(
            self.takes(v, s.get("properties", {}).get(k, rest))
            and (k in s.get("properties", {}) or self.takes(k, names))
            for k, v in value.items()
        )


def data(text: str) -> Any:
    return plain(parse_yaml(*as_source(text.encode(), "prov.yaml")))


@pytest.mark.parametrize("kind", KINDS)
def test_valid_files_are_taken(kind: str) -> None:
    assert Oracle(file_schema(kind)).takes(data(TEXTS[kind]))


@pytest.mark.parametrize(
    ("kind", "old", "new"),
    [
        ("organisation", "role: executive", "rolle: executive"),
        ("organisation", "population: 10000", "population: många"),
        ("organisation", "{assume: on_call_reached}", "{assum: on_call_reached}"),
        ("organisation", "range: [5 min, 20 min], reason: Så länge väntar man", "range: [5 min, 20 min]"),
        ("organisation", "politiker:", "förtroendevalda:"),
        ("scenario", "delay: 30 min", "delay: 30"),
        ("scenario", "delay: 30 min", "delay: 30 minuter"),
        ("scenario", "mode: desk", "mode: desc"),
        ("scenario", "{mean: 5 min}", "{mean: 5 min, max: 9 min}"),
        ("scenario", "sets: {electricity: 0.5}", "sets: {electricity: 50}"),
        ("scenario", "together: 4", "together: 0"),
        ("scenario", "lacking: personal_alarms", "lacks: personal_alarms"),
        ("scenario", "{at_least: 0.6, ", "{at_least: 0, "),
        ("scenario", '["05:00", "09:00"]', '["05:00"]'),
        ("scenario", "{mobile: {follows: true}}", "{mobile: 5 min}"),
        ("scenario", "repeat: {every: 2 h, times: 2}", "repeat: {every: 2 h}"),
        ("organisation", '"07:00",', '"7:00",'),
        ("exercise", "measure: time_to_fact", "measure: time_to_facts"),
        ("vocabulary", "severity: 3", "severity: 30"),
        ("assumptions", ", reason: Ett larm}", "}"),
    ],
)
def test_wrong_files_are_refused(kind: str, old: str, new: str) -> None:
    assert old in TEXTS[kind]
    assert not Oracle(file_schema(kind)).takes(data(TEXTS[kind].replace(old, new)))


@pytest.mark.parametrize(
    ("kind", "old", "new"),
    [
        (
            "scenario",
            "because_of: {electricity: 0.01}",
            "because_of: {electricity: {assume: 1, range: [0, 2], reason: x}}",
        ),
        ("scenario", "together: 4", "together: {assume: 4, range: [1, 8], reason: x}"),
        ("scenario", "recovers_after: 10 min", 'recovers_after: {value: {mean: 10 min}, source: "x / y"}'),
        ("scenario", "at_night: 0.2", "at_night: {assume: night}"),
        ("scenario", '["05:00", "09:00"]', "{assume: rush_hour}"),
        ("organisation", "population: 10000", "population: {value: 10000, source: x}"),
        ("organisation", "quorum: 3", "quorum: {assume: 3, range: [2, 5], reason: x}"),
        ("organisation", "does: [receive_alarm, verify_situation]", "does: {assume: [receive_alarm], reason: x}"),
        ("organisation", "{assume: body_item}", "{min: 1 min, mode: 2 min, max: 1 h 30 min}"),
    ],
)
def test_any_value_may_be_written_in_the_forms(kind: str, old: str, new: str) -> None:
    assert old in TEXTS[kind]
    assert Oracle(file_schema(kind)).takes(data(TEXTS[kind].replace(old, new)))


def test_a_variant_need_only_say_what_differs() -> None:
    oracle = Oracle(file_schema("organisation"))
    variant = {
        "organisation": "b",
        "based_on": "a",
        "functions": {"tib": {"on_call": None}, "chef": None},
        "levels": [],
    }
    assert oracle.takes(variant)
    assert not oracle.takes({**variant, "functions": {"tib": {"on_cal": None}}})
    assert oracle.takes({**variant, "levels": {"central_command": {"via": None}}, "channels": {"email": None}})
    assert not oracle.takes({**variant, "levels": {"central_command": {"vi": None}}})
    assert not oracle.takes({key: value for key, value in variant.items() if key != "based_on"})


def test_fields_are_described() -> None:
    schema = file_schema("organisation")
    of_stage = file_schema("scenario")["$defs"]["Stage"]["properties"]
    assert all("description" in of_stage[key] for key in ("needs", "together", "patience", "begins_when"))
    assert "Share of ordinary time" in schema["$defs"]["Function"]["properties"]["ordinary_load"]["description"]


def test_an_unknown_kind_is_refused() -> None:
    with pytest.raises(ValueError, match="organisation, scenario, exercise, vocabulary, assumptions"):
        file_schema("organisations")
