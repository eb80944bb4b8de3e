"""One thing wrong at a time: what is said of it, where, and what is proposed."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from ovning.errors import InputError, Problem, Severity
from ovning.files import check_paths, load_setup
from tests.files.base import FILES, write

VOC: Final = "vocabulary.yaml"
ASM: Final = "assumptions.yaml"
ORG: Final = "organisations/smastad.yaml"
SCE: Final = "stromlost/scenario.yaml"
EXE: Final = "stromlost/exercise.yaml"


@dataclass(frozen=True)
class Wrong:
    """A damage and what should be said of it."""

    kind: str
    file: str
    old: str
    new: str
    message: str
    """A part of it."""
    at: str | None
    """The text in the damaged file at whose beginning the problem stands; ``None`` for the file as a whole."""
    fix: str = ""
    """A part of it."""
    severity: Severity = "error"
    found_in: str | None = None
    """Where the problem stands, if in another file than the damaged one."""
    only_in_check: bool = False
    """Whether loading the exercise with another organisation passes it by."""


def warned(
    kind: str, file: str, old: str, new: str, message: str, at: str, fix: str = "", found_in: str | None = None
) -> Wrong:
    return Wrong(kind, file, old, new, message, at, fix, "warning", found_in)


def assert_found(wrong: Wrong, folder: Path) -> None:
    """The damage gives the problem, at its place, in a check of everything and when the exercise is loaded."""
    assert wrong.old in FILES[wrong.file]
    files = {**FILES, wrong.file: FILES[wrong.file].replace(wrong.old, wrong.new, 1)}
    exercise = write(folder, files)
    every = check_paths([folder])
    problem = next((p for p in every if wrong.message in p.message), None)
    assert problem is not None, "\n".join(f"{p.place} {p.message}" for p in every)
    assert problem.severity == wrong.severity
    assert wrong.fix in problem.fix
    file = wrong.found_in or wrong.file
    assert problem.file == str(folder / file)
    if wrong.at is None:
        assert (problem.line, problem.column, problem.excerpt) == (0, 0, "")
    else:
        at = files[file].index(wrong.at)
        line = files[file].count("\n", 0, at) + 1
        assert (problem.line, problem.column) == (line, at - files[file].rfind("\n", 0, at))
        assert problem.excerpt == files[file].split("\n")[line - 1].rstrip()
    if not wrong.only_in_check:
        assert problem in loaded(exercise)


def loaded(exercise: Path) -> set[Problem]:
    """What loading says, in the ordinary course and in the variation."""
    said: set[Problem] = set()
    for variation in (None, "false_alarm"):
        try:
            said.update(load_setup(exercise, "smastad", variation=variation)[1])
        except InputError as refused:
            said.update(refused.problems)
    return said
