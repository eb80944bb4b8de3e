"""What comes with the program: ids and titles of its exercises and organisations."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from ovning.errors import InputError
from ovning.files.folders import shipped_exercises, shipped_historical, shipped_organisations
from ovning.files.yaml12 import read_yaml


class Shipped(NamedTuple):
    """Exercises and organisations that come with the program."""

    exercises: dict[str, str]
    """Name → Swedish title."""
    organisations: dict[str, str]
    """Id → Swedish title."""
    historical: dict[str, str]
    """Name → Swedish title of real events as exercises."""


def list_shipped() -> Shipped:
    """Every shipped exercise and organisation, by name; a file that cannot be read is listed by its name alone."""
    return Shipped(
        {name: _title(path, name) for name, path in shipped_exercises().items()},
        {name: _title(path, name) for name, path in shipped_organisations().items()},
        {name: _title(path, name) for name, path in shipped_historical().items()},
    )


def _title(path: Path, name: str) -> str:
    try:
        title = read_yaml(path, name).mapping.get("title")
    except InputError:
        return name
    return (title.text if title is not None else None) or name
