"""``ovning show --coverage``: what an exercise puts to the test, found by playing it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Final

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from ovning.commands.choice import chosen_organisations, loaded
from ovning.commands.console import console, print_made, progress, say, say_marking, say_note, say_population
from ovning.experiment.chunks import chunks_of
from ovning.experiment.coverage import arm, cover
from ovning.experiment.replicate import Played, replicate
from ovning.experiment.workers import default_jobs, processes
from ovning.model.setup import Setup
from ovning.report.coverage import Told

RUNS: Final = 40
"""Plays of each organisation: enough to see what happens in one play out of ten (missed once in seventy)."""


def coverage(
    exercise: str,
    *,
    organisations: tuple[str, ...] = (),
    runs: int = RUNS,
    seed: int = 1,
    variation: str | None = None,
    changes: tuple[str, ...] = (),
    jobs: int | None = None,
    at_population: int | None = None,
) -> int:
    """Play the exercise with every organisation and print what it puts to the test. Raises any ``OvningError``."""
    named = organisations or chosen_organisations(exercise)
    setups = [loaded(exercise, name, changes, variation, None, at_population)[0] for name in dict.fromkeys(named)]
    plays = runs * len(setups)
    pieces = len(chunks_of(range(runs))) * len(setups)
    with progress(setups[0].exercise.title, plays) as advance, processes(jobs or default_jobs(), pieces) as crew:
        arms = [arm(setup, _counted(replicate(setup, seed, range(runs), crew=crew), advance)) for setup in setups]
    _tell(console(), setups, runs, seed, Told(cover(arms), setups))
    return 0


def _counted(plays: Iterable[Played], advance: Callable[[int], object]) -> Iterator[Played]:
    for played in plays:
        yield played
        advance(1)


def _tell(out: Console, setups: Sequence[Setup], runs: int, seed: int, told: Told) -> None:
    setup = setups[0]
    for marking in dict.fromkeys(each.organisation.marking for each in setups):
        say_marking(out, marking)
    say(out, f"{setup.exercise.title}: vad den prövar", "bold")
    if setup.variation:
        say(out, f"Omfall: {setup.variation}, {setup.scenario.variations[setup.variation].title}")
    for each in setups:
        say_note(out, each)
    say_population(out, setup)
    who = " och ".join(setup.organisation.title for setup in setups)
    say(out, f"{runs} spel {'vardera ' if len(setups) > 1 else ''}med {who}, frö {seed}", "dim")
    out.print()
    for table in (told.injects(), told.criteria()):
        print_made(out, table)
    never = told.never()
    if never:
        say(out, "Det som aldrig händer, eller alltid slutar likadant", "bold")
    else:
        say(out, "Allt händer någon gång, och varje kriterium kan gå åt båda hållen.")
    for line in never:
        out.print(Padding(Text(line), (0, 0, 0, 2), expand=False))
