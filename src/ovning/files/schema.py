"""JSON Schema for editors: what may be written in each kind of file, in all the forms that a value may take."""

from __future__ import annotations

from copy import deepcopy
from typing import Any, Final

from pydantic import BaseModel

from ovning.files.values import SIZED
from ovning.model.assumptions import ModelAssumptions
from ovning.model.exercise import Exercise
from ovning.model.organisation import Organisation
from ovning.model.scenario import Scenario
from ovning.model.sources import SourceIndex
from ovning.model.vocabulary import Vocabulary

Schema = dict[str, Any]

_DRAFT: Final = "https://json-schema.org/draft/2020-12/schema"
_MODELS: Final[dict[str, type[BaseModel]]] = {
    "organisation": Organisation,
    "scenario": Scenario,
    "exercise": Exercise,
    "vocabulary": Vocabulary,
    "assumptions": ModelAssumptions,
    "sources": SourceIndex,
}
KINDS: Final = tuple(_MODELS)
"""Kinds of file."""
_WRITTEN_FOR: Final[Schema] = {
    "type": "integer",
    "minimum": 1,
    "description": "How many inhabitants the number is written for, when it follows that.",
}
_CALLED: Final = "What it is called in reports, in Swedish: what the value is, without the value."
_FORMS: Final[Schema] = {
    "Assumed": {
        "type": "object",
        "title": "An assumption: the name of a shared one, or a value with range and reason",
        "properties": {
            "assume": {"description": "A name in assumptions.yaml, or the value itself."},
            "range": {"description": "What it might also be: [lowest, highest], or the words that are possible."},
            "reason": {"type": "string", "description": "Why this value, and why no source."},
            SIZED: _WRITTEN_FOR,
        },
        "required": ["assume"],
        "dependentRequired": {"range": ["reason"], SIZED: ["reason"]},
        "additionalProperties": False,
    },
    "Valued": {
        "type": "object",
        "title": "A value with a source of its own, or one that follows how many live in the municipality",
        "properties": {
            "value": {"description": "The value."},
            "source": {"type": "string", "description": "Document / section."},
            SIZED: _WRITTEN_FOR,
        },
        "required": ["value"],
        "anyOf": [{"required": ["source"]}, {"required": [SIZED]}],
        "additionalProperties": False,
    },
}


def file_schema(kind: str) -> Schema:
    """The schema of a kind of file: organisation, scenario, exercise, vocabulary, assumptions or sources.

    Raises ``ValueError`` for any other word.
    """
    if kind not in _MODELS:
        raise ValueError(f"okänt slags fil ”{kind}”; välj {', '.join(KINDS)}")
    schema = _MODELS[kind].model_json_schema(by_alias=True, mode="validation")
    if kind == "sources":  # nothing in it is a value of its own, to be assumed or to have a source
        parts = {name: _named(d) for name, d in schema.pop("$defs").items()}
        return {"$schema": _DRAFT, **_named(schema), "title": f"ovning: {kind}", "$defs": parts}
    definitions: Schema = {name: _with_forms(d) for name, d in schema.pop("$defs", {}).items()}
    top = _with_forms(schema)
    if kind == "assumptions":
        top = _entries(top)
    elif kind == "organisation":
        definitions |= {f"Variant{name}": _partial(d) for name, d in definitions.items()}
        variant = _partial(top)
        variant["properties"] = {name: _or_by_id(p, definitions) for name, p in variant["properties"].items()}
        variant["properties"]["based_on"] = {"type": "string", "description": "The organisation that this one varies."}
        variant["required"] = ["organisation", "based_on"]
        top = {"if": {"required": ["based_on"]}, "then": variant, "else": top}
    return {"$schema": _DRAFT, "title": f"ovning: {kind}", **top, "$defs": {**definitions, **_FORMS}}


def _named(schema: Schema) -> Schema:
    """The schema of an object whose mappings have names of the writer's own."""
    properties = {name: _own_names(value) for name, value in schema["properties"].items()}
    return {**schema, "properties": properties}


def _with_forms(schema: Schema) -> Schema:
    """The schema of an object in which every value may also be written in one of the forms."""
    made = deepcopy(schema)
    if "properties" in made:
        made["properties"] = {name: _or_form(value) for name, value in made["properties"].items()}
    if isinstance(made.get("additionalProperties"), dict):
        made["additionalProperties"] = _or_form(made["additionalProperties"])
    return made


def _or_form(schema: Schema) -> Schema:
    described: Schema = {key: schema[key] for key in ("description", "title", "default") if key in schema}
    inner = _own_names({key: value for key, value in schema.items() if key not in described})
    if isinstance(inner.get("items"), dict):
        inner["items"] = _or_form(inner["items"])
    if isinstance(inner.get("additionalProperties"), dict):
        inner["additionalProperties"] = _or_form(inner["additionalProperties"])
    if not inner:
        return schema
    choices = inner["anyOf"] if set(inner) == {"anyOf"} else [inner]
    forms = [{"$ref": f"#/$defs/{name}"} for name in _FORMS]
    return {**described, "anyOf": [*choices, *forms]}


def _own_names(schema: Schema) -> Schema:
    """Mappings with names of the writer's own: their pattern as a rule for names, so that no other name is let in."""
    patterns = schema.get("patternProperties")
    if not isinstance(patterns, dict) or len(patterns) != 1:
        return schema
    ((pattern, value),) = patterns.items()
    rest = {key: kept for key, kept in schema.items() if key != "patternProperties"}
    names = {**schema.get("propertyNames", {}), "pattern": pattern}
    return {**rest, "propertyNames": names, "additionalProperties": value}


def _partial(schema: Schema) -> Schema:
    """A schema of which only what differs need be written, and ``null`` removes."""
    made: Schema = {key: _partial_below(value) for key, value in schema.items() if key != "required"}
    reference = made.get("$ref", "")
    if isinstance(reference, str) and reference.removeprefix("#/$defs/") not in (*_FORMS, ""):
        made["$ref"] = reference.replace("#/$defs/", "#/$defs/Variant")
    if "properties" in made:
        made["properties"] = {name: _or_null(value) for name, value in made["properties"].items()}
    if isinstance(made.get("additionalProperties"), dict):
        made["additionalProperties"] = _or_null(made["additionalProperties"])
    return made


def _partial_below(value: object) -> object:
    if isinstance(value, list):
        return [_partial_below(item) for item in value]
    return _partial(value) if isinstance(value, dict) else value


def _or_null(schema: Schema) -> Schema:
    if "anyOf" not in schema or {"type": "null"} in schema["anyOf"]:
        return schema
    return {**schema, "anyOf": [*schema["anyOf"], {"type": "null"}]}


def _or_by_id(schema: Schema, definitions: Schema) -> Schema:
    """A list of things that have ids: also as a mapping of what differs, by id."""
    for choice in schema.get("anyOf", ()):
        if choice.get("type") != "array":
            continue
        for item in choice["items"].get("anyOf", ()):
            made = definitions.get(item.get("$ref", "").removeprefix("#/$defs/"), {})
            if "id" in made.get("properties", {}):
                by_id = {"type": "object", "additionalProperties": {"anyOf": [item, {"type": "null"}]}}
                return {**schema, "anyOf": [*schema["anyOf"], by_id]}
    return schema


def _entries(schema: Schema) -> Schema:
    """Each assumption with its value, range and reason."""
    common = {
        "range": {"description": "What it might also be."},
        "reason": {"type": "string", "description": "Why this value, and why no source."},
        SIZED: _WRITTEN_FOR,
    }

    def entry(value: Schema) -> Schema:
        described = {"description": value["description"]} if "description" in value else {}
        whole = {
            "type": "object",
            "properties": {"title": {"type": "string", "description": _CALLED}, "value": value, **common},
            "required": ["value", "reason"],
            "additionalProperties": False,
        }
        own_keys = {"type": "object", "properties": common, "required": ["reason"], "not": {"required": ["value"]}}
        return {**described, "anyOf": [whole, own_keys]}

    return {
        **{
            key: value for key, value in schema.items() if key not in ("properties", "required", "additionalProperties")
        },
        "properties": {name: entry(value) for name, value in schema["properties"].items()},
        "additionalProperties": entry({}),
    }
