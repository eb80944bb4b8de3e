"""What the words on the command line stand for."""

from __future__ import annotations

from pathlib import Path

from ovning.errors import UsageError
from ovning.files.folders import find_exercise
from ovning.files.yaml12 import read_yaml


def chosen_organisations(exercise: str) -> tuple[str, ...]:
    """The organisations that an exercise is meant for. Raises ``InputError``, or ``UsageError`` if it names none."""
    found = find_exercise(exercise)
    listed = read_yaml(found.path, found.name).mapping.get("organisations")
    named = tuple(item.text for item in listed.items if item.text) if listed is not None else ()
    if not named:
        raise UsageError("Övningen nämner inga organisationer; ange en med --org.")
    return named


def chosen_organisation(exercise: str, organisation: str | None) -> str:
    """The organisation asked for, or the exercise's only one. Raises ``UsageError`` when there are several."""
    if organisation is not None:
        return organisation
    named = chosen_organisations(exercise)
    if len(named) > 1:
        raise UsageError(f"Övningen är tänkt för flera organisationer; ange en med --org: {', '.join(named)}.")
    return named[0]


def command_words(
    exercise: str,
    organisation: str,
    runs: int,
    seed: int,
    start: str | None,
    variation: str | None,
    changes: tuple[str, ...],
) -> tuple[str, ...]:
    """The command line that gives the same plays again, without anything that belongs to one machine."""
    words = ["ovning", "run", _without_machine(exercise), "--org", _without_machine(organisation)]
    words += ["--runs", str(runs), "--seed", str(seed)]
    words += ["--start", start] if start else []
    words += ["--variation", variation] if variation else []
    for change in changes:
        words += ["--set", change]
    return tuple(words)


def _without_machine(named: str) -> str:
    path = Path(named)
    return path.name if path.is_absolute() else path.as_posix()
