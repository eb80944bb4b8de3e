"""Whether the way in which a real exercise is held can be: stretches in order, and what is given in them."""

from __future__ import annotations

from collections.abc import Iterator

from ovning.errors import Problem
from ovning.files.checks.course import Course
from ovning.files.hints import meant
from ovning.files.parts import Part
from ovning.model.conduct import Conduct
from ovning.model.exercise import Exercise
from ovning.model.scenario import Scenario
from ovning.model.vocabulary import Vocabulary
from ovning.units import say_duration


def gathered(exercise: Part[Exercise], vocabulary: Part[Vocabulary]) -> Iterator[Problem]:
    """Levels whose staff is gathered beforehand are in the vocabulary."""
    held = exercise.model.conduct
    for level in held.gathered if held is not None else ():
        if level not in vocabulary.model.levels:
            known = vocabulary.model.levels
            yield exercise.error(
                f"”{level}” är inte ett läge i ordlistan", meant(level, known), at=("conduct", "gathered", level)
            )


def given(exercise: Part[Exercise], scenario: Part[Scenario], course: Course) -> Iterator[Problem]:
    """Injects that are given at a time of their own are in the scenario, or in another variation of it."""
    held, injects = exercise.model.conduct, {one.id for one in scenario.model.injects} | course.absent
    for inject in held.gives if held is not None else ():
        if inject not in injects:
            message = f"”{inject}” är inte ett inspel i scenariot"
            yield exercise.error(message, meant(inject, injects), at=("conduct", "gives", inject))


def stretches(exercise: Part[Exercise], scenario: Part[Scenario]) -> Iterator[Problem]:
    """What is played comes in order and within the scenario, and pauses, staffs and injects come in what is played."""
    held = exercise.model.conduct
    if held is None:
        return
    wrong = list(_in_order(exercise, held, scenario.model.horizon))
    yield from wrong
    if any(problem.severity == "error" for problem in wrong):
        return  # nobody can say what is played
    fix = f"spelas: {_played(held)}"
    for n, pause in enumerate(held.pauses):
        if held.elapsed(pause.at) is None:
            message = f"pausen {_say(pause.at)} ligger i timmar som inte spelas"
            yield exercise.error(message, fix, at=("conduct", "pauses", n, "at"))
    for key, does, times in (("gathered", "sitter samlad från", held.gathered), ("gives", "ges", held.gives)):
        for name, at in times.items():
            if held.elapsed(at) is None:
                message = f"{name} {does} {_say(at)}, i timmar som inte spelas"
                yield exercise.error(message, fix, at=("conduct", key, name))


def _in_order(exercise: Part[Exercise], held: Conduct, horizon: int) -> Iterator[Problem]:
    begins, ends = held.plays
    if ends > horizon:
        message = f"spelet slutar {_say(ends)}, men scenariot är {say_duration(horizon)} långt"
        yield exercise.warning(message, at=("conduct", "plays", 1))  # with --set it may have been made shorter
    last = begins
    for n, jump in enumerate(held.jumps):
        if jump.at < last:
            message = f"hoppet börjar {_say(jump.at)}, före {_say(last)} då spelet börjar eller går vidare"
            yield exercise.error(message, at=("conduct", "jumps", n, "at"))
        if jump.to <= jump.at:
            message = f"hoppet slutar {_say(jump.to)}, men börjar {_say(jump.at)}"
            yield exercise.error(message, at=("conduct", "jumps", n, "to"))
        last = max(last, jump.to)
    if ends < last:
        message = f"spelet slutar {_say(ends)}, före {_say(last)} då det börjar eller går vidare"
        yield exercise.error(message, at=("conduct", "plays", 1))


def _played(held: Conduct) -> str:
    return ", ".join(f"{_say(since)} till {_say(until)}" for since, until in held.stretches)


def _say(at: int) -> str:
    return f"T+{say_duration(at)}" if at else "T+0"
