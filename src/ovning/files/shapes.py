"""What a model expects at a path: its fields, by the names that they have in files."""

from __future__ import annotations

import types
from collections.abc import Iterable, Sequence
from typing import Annotated, Union, get_args, get_origin

from pydantic import BaseModel


def expected(model: object, path: Sequence[str | int]) -> tuple[object, ...]:
    """The annotations that a value at the path may have; empty when the path leads nowhere."""
    at: tuple[object, ...] = tuple(_branches(model))
    for step in path:
        at = tuple(b for annotation in at for below in _below(annotation, step) for b in _branches(below))
    return at


def fields(model: object, path: Sequence[str | int] = ()) -> dict[str, bool]:
    """Field name as written in a file → whether it must be there, for the models that may stand at the path."""
    found: dict[str, bool] = {}
    for annotation in expected(model, path):
        if isinstance(annotation, type) and issubclass(annotation, BaseModel):
            for name, info in annotation.model_fields.items():
                found.setdefault(info.alias or name, info.is_required())
    return found


def is_open(model: object, path: Sequence[str | int]) -> bool:
    """Whether a mapping at the path has names of the writer's own choice."""
    return any(get_origin(annotation) is dict for annotation in expected(model, path))


def _branches(annotation: object) -> Iterable[object]:
    origin = get_origin(annotation)
    if origin is Annotated:
        yield from _branches(get_args(annotation)[0])
    elif origin in (Union, types.UnionType):
        for branch in get_args(annotation):
            yield from _branches(branch)
    elif annotation is not type(None):
        yield annotation


def _below(annotation: object, step: str | int) -> Iterable[object]:
    origin = get_origin(annotation)
    if origin is dict:
        yield get_args(annotation)[1]
    elif origin in (tuple, list):
        yield get_args(annotation)[0]
    elif isinstance(annotation, type) and issubclass(annotation, BaseModel):
        for name, info in annotation.model_fields.items():
            if step == (info.alias or name):
                yield info.annotation
