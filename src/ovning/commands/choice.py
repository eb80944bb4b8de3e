"""What the words on the command line stand for."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from ovning.errors import InputError, Problem, UsageError
from ovning.files import load_setup
from ovning.files.folders import Found, find_exercise, find_organisation, is_file_name, is_shipped, named_inside
from ovning.files.reading import Reader
from ovning.files.setup import AT_POPULATION
from ovning.files.tree import Node
from ovning.model.setup import Setup


class CommandLineError(InputError):
    """What was typed cannot be, and no file is to blame."""

    exit_code = UsageError.exit_code


def loaded(
    exercise: str,
    organisation: str,
    changes: tuple[str, ...],
    variation: str | None,
    start: str | None,
    at_population: int | None = None,
    reader: Reader | None = None,
) -> tuple[Setup, tuple[Problem, ...]]:
    """As ``load_setup``, but raises ``CommandLineError`` when every error is in what was typed."""
    try:
        return load_setup(
            exercise,
            organisation,
            sets=changes,
            variation=variation,
            start=start,
            at_population=at_population,
            reader=reader,
        )
    except InputError as error:
        wrong = [problem for problem in error.problems if problem.severity == "error"]
        if all(_is_typed(problem, (exercise, organisation), variation) for problem in wrong):
            raise CommandLineError(error.problems) from None
        raise


def _is_typed(problem: Problem, names: tuple[str, ...], variation: str | None) -> bool:
    if problem.line:
        return False
    if problem.file in ("--set", "--start", AT_POPULATION):
        return True
    if problem.file in names:
        return not Path(problem.file).exists()
    return variation is not None and problem.message.endswith(f"variation ”{variation}”")


def chosen_organisations(exercise: str) -> tuple[str, ...]:
    """The organisations that an exercise is meant for. Raises ``InputError``, or ``UsageError`` if it names none."""
    try:
        found = find_exercise(exercise)
    except InputError as error:
        if all(_is_typed(problem, (exercise,), None) for problem in error.problems):
            raise CommandLineError(error.problems) from None
        raise
    reader = Reader()
    tree = reader.tree(found)
    if tree is None:
        raise InputError(tuple(reader.problems))
    listed = tree.mapping.get("organisations")
    named = [item for item in listed.items if item.text] if listed is not None else []
    if not named:
        raise UsageError("Övningen nämner inga organisationer; ange en med --org.")
    return tuple(_organisation(item, found) for item in named)


def _organisation(item: Node, exercise: Found) -> str:
    """An organisation that an exercise names: an id, or a file that is named from its folder and lies in its tree."""
    text = item.text or ""
    if not is_file_name(text):
        return text
    return os.path.normpath(named_inside(text, exercise.path.parent, item.place).path)


def is_own(exercise: str, organisation: str) -> bool:
    """Whether the organisation does not come with the program. Raises ``InputError`` when there is none."""
    return not is_shipped(find_organisation(organisation, find_exercise(exercise).path.parent).path)


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
    gains: int,
    marking: str | None = None,
    at_population: int | None = None,
) -> tuple[str, ...]:
    """The command line that gives the same again, without anything that belongs to one machine."""
    words = ["ovning", "run", without_machine(exercise), "--org", without_machine(organisation)]
    words += ["--runs", str(runs), "--seed", str(seed), "--gains", str(gains)]
    words += ["--marking", marking] if marking is not None else []
    return (*words, *other_words(start, variation, changes, at_population))


def trace_words(
    exercise: str,
    organisation: str,
    seed: int,
    start: str | None,
    variation: str | None,
    changes: tuple[str, ...],
    replication: int,
    at_population: int | None = None,
) -> tuple[str, ...]:
    """The command line that tells of one play, here where the run was made."""
    words = ("ovning", "trace", exercise, "--org", organisation, "--seed", str(seed))
    return (*words, *other_words(start, variation, changes, at_population), "--replication", str(replication))


def other_words(
    start: str | None, variation: str | None, changes: tuple[str, ...], at_population: int | None
) -> list[str]:
    """What was played otherwise than the files say."""
    words = ["--start", start] if start else []
    words += ["--variation", variation] if variation else []
    words += [AT_POPULATION, str(at_population)] if at_population is not None else []
    for change in changes:
        words += ["--set", change]
    return words


def without_machine(named: str) -> str:
    """What was named, without anything that belongs to one machine."""
    path = Path(named)
    return path.name if path.is_absolute() else path.as_posix()


def marking_of(given: str | None, setups: Sequence[Setup]) -> str:
    """What stands on all that is made: what was typed, else what the first organisation with a marking says."""
    return given or next((marking for one in setups if (marking := one.organisation.marking)), "")
