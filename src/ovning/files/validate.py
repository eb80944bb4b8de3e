"""A resolved tree becomes a model; what pydantic finds wrong is said in Swedish at the place of the value."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any, Final, TypeVar

from pydantic import BaseModel, ValidationError

from ovning.errors import Problem
from ovning.files.hints import meant, nearest
from ovning.files.shapes import fields
from ovning.files.tree import Node, Place, plain
from ovning.limits import MOST_PROBLEMS

M = TypeVar("M", bound=BaseModel)
Loc = tuple[str | int, ...]

_KINDS: Final[dict[str, str]] = {
    "int_type": "ett heltal",
    "int_parsing": "ett heltal",
    "int_from_float": "ett heltal",
    "float_type": "ett tal",
    "float_parsing": "ett tal",
    "bool_type": "true eller false",
    "bool_parsing": "true eller false",
    "string_type": "en text",
    "dict_type": "nycklar med värden",
    "model_type": "nycklar med värden",
    "model_attributes_type": "nycklar med värden",
    "tuple_type": "en lista",
    "list_type": "en lista",
}
_PATTERNS: Final[dict[str, tuple[str, str]]] = {
    r"^[a-zA-Z][a-zA-Z0-9_]*$": (
        "är inget namn som kan användas",
        "namn börjar med en bokstav a–z och har sedan bara a–z, 0–9 och _ (inga å, ä, ö eller mellanslag)",
    ),
    r"^[A-Z][A-Za-z0-9]*$": ("är inget namn på ett övningsmål", "skriv M1, M2 …"),
    r"^(first_call\([a-zA-Z0-9_]+\)|role\([a-zA-Z0-9_]+\)|staff)$": (
        "är ingen mottagare",
        "skriv first_call(slag), role(roll) eller staff",
    ),
    r"^([a-zA-Z0-9_]+|decide\([a-zA-Z0-9_]+\))$": (
        "är varken en förmåga eller ett beslut",
        "skriv en förmåga ur ordlistan, eller decide(beslut)",
    ),
    r"^[^\s/;]([^/;]*[^\s/;])?$": (
        "är inget namn på en källa",
        "namnet har varken / eller ; i sig och inga mellanslag ytterst; avsnitten står under sections",
    ),
    r"^[^\s;]([^;]*[^\s;])?$": (
        "är inget avsnitt",
        "skriv rubriken utan ; i sig och utan mellanslag ytterst; en rubrik i en annan skrivs ”Kapitel / Rubrik”",
    ),
    r"^\d{4}(-\d{2}(-\d{2})?)?$": (
        "är inget datum för en källa",
        "skriv år, år och månad eller hela datumet inom citattecken: ”2017”, ”2017-10” eller ”2017-10-31”",
    ),
    r"^([01]\d|2[0-3]):[0-5]\d$": ("är inget klockslag", 'skriv timmar och minuter, inom raka citattecken: "08:00"'),
}


def validate(model: type[M], tree: Node) -> tuple[M | None, tuple[Problem, ...]]:
    """The model, or every problem that keeps it from being one."""
    made, faults = attempt(model, tree)
    return made, tuple(dict.fromkeys(_problems(model, faults)))


def attempt(model: type[M], tree: Node) -> tuple[M | None, list[Fault]]:
    """The model, or what pydantic has against the tree, also what a reader need not be told.

    Of very many faults only so many that one sees that there are too many.
    """
    try:
        return model.model_validate_json(json.dumps(plain(tree)), strict=True), []
    except ValidationError as wrong:
        faults = [_locate(tree, error) for error in islice(_errors(wrong), MOST_PROBLEMS + 1)]
        return None, [fault for fault in faults if not _counts_only_sound(fault)]


def _errors(wrong: ValidationError, before: Loc = ()) -> Iterator[dict[str, Any]]:
    """Every error, those inside a distribution too, with its whole path."""
    for error in wrong.errors(include_url=False):
        inner = error.get("ctx", {}).get("error")
        where = (*before, *error["loc"])
        if isinstance(inner, ValidationError):
            yield from _errors(inner, where)
        else:
            yield {**error, "loc": where}


@dataclass(frozen=True, slots=True)
class Fault:
    """An error of pydantic's and the spot in the tree that it is about."""

    kind: str
    context: Mapping[str, Any]
    said: str
    last: str
    """The last step of its path, which may be a key that is missing."""
    node: Node
    key: Place
    """Where the node's key stands."""
    path: Loc
    form: Loc | None
    """Which of several forms of the value it thought of, if there is a choice."""


def _problems(model: type[BaseModel], faults: list[Fault]) -> Iterator[Problem]:
    for fault in faults:
        if not fault.node.broken and not _of_other_form(fault, faults):
            yield _say(model, fault)


def _locate(tree: Node, error: Mapping[str, Any]) -> Fault:
    node, key, form = tree, tree.place, None
    path: list[str | int] = []
    for step in error["loc"]:
        below = _step(node, step)
        if below is not None:
            key = node.keys.get(str(step), below.place)
            node = below
            path.append(step)
        elif step != "[key]" and form is None and not (step == error["loc"][-1] and error["type"] == "missing"):
            form = (*path, step)
    last = str(error["loc"][-1]) if error["loc"] else ""
    return Fault(error["type"], error.get("ctx", {}), error["msg"], last, node, key, tuple(path), form)


def _counts_only_sound(fault: Fault) -> bool:
    """Whether a list is said to be too short only because items in it are wrong, which is said of each."""
    return fault.kind == "too_short" and len(fault.node.items) >= fault.context["min_length"]


def _step(node: Node, step: str | int) -> Node | None:
    if isinstance(step, int):
        return node.items[step] if step < len(node.items) else None
    return node.mapping.get(step)


def _of_other_form(error: Fault, located: list[Fault]) -> bool:
    """Whether an error comes from a form that was not meant: it wants another kind of value altogether."""
    if error.form is None:
        return False
    at = error.form[:-1]
    siblings = [e for e in located if e.form is not None and e.form[:-1] == at]
    forms = list(dict.fromkeys(e.form for e in siblings))
    other = {e.form for e in siblings if e.kind in _KINDS and e.path == at}
    meant_forms = [form for form in forms if form not in other] or forms[:1]
    return error.form not in meant_forms


def _say(model: type[BaseModel], error: Fault) -> Problem:
    kind, node, value = error.kind, error.node, error.node.content
    if kind == "missing" and isinstance(node.content, tuple):
        return node.place.problem(f"listan är för kort: {len(node.items)} i stället för fler", "skriv båda värdena")
    if kind == "missing":
        near = nearest(error.last, set(node.mapping) - set(fields(model, error.path)))
        fix = f"det står ”{near}”; ska det vara ”{error.last}”?" if near else f"lägg till {error.last}: …"
        return node.place.problem(f"”{error.last}” saknas{_of(error.path)}", fix)
    if kind == "extra_forbidden":
        above = error.path[:-1]
        known = fields(model, above)
        fix = meant(error.last, known) or f"det som kan stå här är: {', '.join(sorted(known))}"
        return error.key.problem(f"okänd nyckel ”{error.last}”{_of(above)}", fix)
    if error.last == "[key]":
        return _pattern(error, str(error.path[-1]), error.key)
    if kind == "string_pattern_mismatch":
        return _pattern(error, _shown(value), node.place)
    if kind in _KINDS:
        return node.place.problem(f"här ska stå {_KINDS[kind]}, inte {_shown(value)}", _conversion(kind, value))
    if kind == "literal_error":
        words = re.findall(r"'([^']*)'", str(error.context.get("expected", "")))
        return node.place.problem(f"”{_shown(value)}” är inget av orden som kan stå här", _choice(str(value), words))
    if kind == "value_error":
        return node.place.problem(f"{_shown(value)} går inte att använda här")
    if kind == "too_long":
        return node.place.problem(
            _limit(kind, error.context, value) or "", "ta bort dem som inte behövs, eller slå ihop"
        )
    fix = "skriv andelen mellan 0 och 1, till exempel 0.9" if error.context.get("le") == 1 else ""
    return node.place.problem(_limit(kind, error.context, value) or error.said, fix)


def _conversion(kind: str, value: object) -> str:
    """How a value of the wrong kind is likely mended."""
    if kind.startswith("float") and isinstance(value, str) and "%" in value:
        return "skriv andelen som ett tal mellan 0 och 1, till exempel 0.9"
    if kind.startswith(("int", "float")) and isinstance(value, str) and re.fullmatch(r"-?\d+([.,]\d+)?", value):
        return "skriv talet utan citattecken och med punkt som decimaltecken"
    if kind == "string_type" and isinstance(value, (int, float)):
        return f'sätt citattecken: "{_shown(value)}"'
    if kind == "bool_type" and value in ("yes", "no", "on", "off"):
        return "skriv true eller false"
    if kind == "tuple_type" and not isinstance(value, dict):
        return f"skriv [{_shown(value)}]" if value is not None else "skriv [] om listan är tom"
    return ""


def _choice(word: str, words: list[str]) -> str:
    near = nearest(word, words)
    return f"menade du ”{near}”?" if near else f"välj: {', '.join(words)}"


def _pattern(error: Fault, value: str, place: Place) -> Problem:
    pattern = str(error.context.get("pattern", r"^[a-zA-Z][a-zA-Z0-9_]*$"))
    if error.kind == "string_too_long":
        return place.problem(f"”{value}” är för långt: högst {error.context.get('max_length')} tecken")
    message, fix = _PATTERNS.get(pattern, ("har fel form", ""))
    return place.problem(f"”{value}” {message}", fix)


def _limit(kind: str, context: Mapping[str, Any], value: object) -> str | None:
    """What a limit says that was broken."""
    shown = _shown(value)
    for key, words in (("ge", "minst"), ("le", "högst"), ("gt", "mer än"), ("lt", "mindre än")):
        if key in context:
            return f"{shown} går inte: värdet ska vara {words} {context[key]:.12g}"
    if kind == "too_short":
        return f"listan är för kort: minst {context.get('min_length')} behövs"
    if kind == "too_long":
        return f"för många: högst {context.get('max_length')} får plats här"
    if kind == "string_too_long":
        return f"texten är för lång: högst {context.get('max_length')} tecken"
    if kind == "finite_number":
        return "här ska stå ett vanligt tal"
    return None


def _of(path: Loc) -> str:
    return f" i {'.'.join(map(str, path))}" if path else ""


def _shown(value: object) -> str:
    if isinstance(value, dict):
        return "nycklar med värden"
    if isinstance(value, tuple):
        return "en lista"
    if value is None:
        return "ingenting"
    if isinstance(value, bool):
        return "true" if value else "false"
    text = str(value)
    return text if len(text) <= 60 else text[:57] + "…"
