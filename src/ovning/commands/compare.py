"""``ovning compare``: organisations, or what-ifs, on the same luck, and in what they surely differ."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from rich.console import Console

from ovning.commands.choice import chosen_organisations, is_own, loaded, marking_of, other_words, without_machine
from ovning.commands.console import console, print_made, progress, say, say_marking, say_population, say_unbroken
from ovning.commands.kept import Kept, keeping, plan_of
from ovning.commands.leftover import tell_left, telling_what_is_kept
from ovning.commands.output import MANIFEST, folder_in_the_making, hashes, write_text
from ovning.commands.phases import PhaseBars
from ovning.commands.players import Players, crew_of, players_of
from ovning.commands.reminder import remind
from ovning.commands.sweep import side_of
from ovning.commands.target import results_folder
from ovning.errors import UsageError
from ovning.experiment.chunks import CHUNK
from ovning.experiment.compare import Contender, compare, looks_up_to
from ovning.experiment.sweep import sweep
from ovning.experiment.swept import Plan, Side
from ovning.experiment.verdicts import Asked
from ovning.model.setup import Setup
from ovning.report.comparison import tables
from ovning.report.comparison.document import Compared, designs_manifest
from ovning.report.comparison.found import Found
from ovning.report.comparison.sentences import answer
from ovning.report.results import to_json
from ovning.report.sweep.document import Moved

RUNS: Final = 400
"""Plays of each design, at most, unless something else is asked for."""
_PART_VERSION: Final = 1


@dataclass(frozen=True, slots=True)
class _Design:
    """A design as it was named."""

    organisation: str
    changes: tuple[str, ...]
    """Its own, not those of all."""


def compare_exercises(
    exercises: Sequence[str],
    *,
    organisations: tuple[str, ...] = (),
    what_ifs: tuple[tuple[str, ...], ...] = (),
    baseline: str | None = None,
    smallest: Asked | None = None,
    runs: int = RUNS,
    seed: int = 1,
    start: str | None = None,
    variation: str | None = None,
    changes: tuple[str, ...] = (),
    jobs: int | None = None,
    out: Path | None = None,
    resume: bool = False,
    marking: str | None = None,
    at_population: int | None = None,
    swept: bool = False,
    cluster: str | None = None,
) -> int:
    """Compare the designs in each of the exercises; print what came of it and write a folder for each exercise.

    ``what_ifs``: designs that are the baseline with these changes. ``smallest``: the smallest difference that matters,
    where it is not to be what the exercise says. ``at_population``: each is played as if so many lived there.
    ``swept``: every assumption is moved over its range, for the first two. ``cluster``: the address of a Dask scheduler
    whose workers play, instead of ``jobs`` processes here.
    Raises any ``OvningError``.
    """
    players = players_of(jobs, cluster)
    every = []
    for exercise in exercises:
        designs = _designs(exercise, organisations, what_ifs, baseline)
        # Everything is read before anything is played.
        loads = [
            loaded(exercise, one.organisation, (*changes, *one.changes), variation, start, at_population)[0]
            for one in designs
        ]
        every.append((exercise, designs, _contenders(designs, loads)))
    if len({setups[0].setup.exercise.exercise for _, _, setups in every}) < len(every):
        raise UsageError("Samma övning är angiven två gånger.")
    remind(
        lambda: any(is_own(exercise, one.organisation) for exercise, designs, _ in every for one in designs), cluster
    )
    told = console()
    asked = smallest or {}
    other = (*changes, *([f"start={start}"] if start else []))
    targets = [_target(out, contenders, seed, other, alone=len(every) == 1) for _, _, contenders in every]
    tell_left(targets, resume=resume)
    for (exercise, designs, contenders), target in zip(every, targets, strict=True):
        command = _command(
            exercise, designs, runs, seed, start, variation, changes, asked, marking, at_population, swept
        )
        marked = marking_of(marking, [one.setup for one in contenders])
        plan = plan_of("ovning-comparison-part", _PART_VERSION, command, [one.setup for one in contenders])
        with keeping(target, plan, resume=resume) as kept, telling_what_is_kept([kept]):
            found = _play(contenders, designs, command, seed, runs, asked, players, kept, marked)
            if swept:
                sides = [
                    side_of(exercise, one.organisation, (*changes, *one.changes), variation, start, at_population)
                    for one in designs[:2]
                ]
                found = _moved(found, sides, asked, players, kept)
            with folder_in_the_making(target, kept.folder) as folder:
                _write(found, folder)
        _tell(told, found, target)
    return 0


def _designs(
    exercise: str, organisations: tuple[str, ...], what_ifs: tuple[tuple[str, ...], ...], baseline: str | None
) -> tuple[_Design, ...]:
    named = list(organisations) or ([] if what_ifs and baseline else list(chosen_organisations(exercise)))
    if baseline is not None:
        if organisations and baseline not in named:
            raise UsageError(f"--baseline ska vara en av dem som jämförs: {', '.join(named)}.")
        named = [baseline, *(one for one in named if one != baseline)]
    if what_ifs and not organisations:
        named = named[:1]
    if len(set(named)) < len(named):
        raise UsageError("Samma organisation är angiven två gånger. Ändringar i den prövas med --what-if.")
    designs = (*(_Design(one, ()) for one in named), *(_Design(named[0], one) for one in what_ifs))
    if len(designs) < 2:
        raise UsageError("Det behövs minst två att jämföra: ange --org två gånger, eller --what-if.")
    if len(set(designs)) < len(designs):
        raise UsageError("Samma --what-if är angiven två gånger.")
    return designs


def _contenders(designs: Sequence[_Design], loads: Sequence[Setup]) -> tuple[Contender, ...]:
    names = [
        f"{setup.organisation.organisation}[{'; '.join(one.changes)}]"
        if one.changes
        else setup.organisation.organisation
        for one, setup in zip(designs, loads, strict=True)
    ]
    if len(set(names)) < len(names):
        raise UsageError("Två av organisationerna har samma id; ge den ena ett annat i sin fil.")
    return tuple(Contender(name, setup) for name, setup in zip(names, loads, strict=True))


def _target(out: Path | None, contenders: Sequence[Contender], seed: int, other: Sequence[str], *, alone: bool) -> Path:
    first = contenders[0].setup
    if out is not None:
        return out if alone else out / first.exercise.exercise
    names = [one.setup.organisation.organisation for one in contenders if "[" not in one.name]
    own = [one.name for one in contenders if "[" in one.name]
    return results_folder(("jämför", first.exercise.exercise, *names), first, seed, (*other, *own))


def _play(
    contenders: tuple[Contender, ...],
    designs: Sequence[_Design],
    command: tuple[str, ...],
    seed: int,
    runs: int,
    smallest: Asked,
    players: Players,
    kept: Kept,
    marking: str,
) -> Found:
    title = f"{contenders[0].setup.exercise.title}, {len(contenders)} organisationer"
    pieces = len(contenders) * max(1, looks_up_to(runs)[0] // CHUNK)
    with (
        progress(title, runs * len(contenders)) as bar,
        crew_of(players, pieces) as crew,
    ):
        comparison = compare(
            contenders,
            seed,
            runs,
            smallest,
            crew=crew,
            keeper=kept,
            looked=lambda look, of: bar.says(f"{title}: titt {look} av högst {of} är gjord"),
            played=bar,
        )
    return Found.of(Compared(comparison, tuple(one.changes for one in designs), command, marking))


def _moved(found: Found, sides: Sequence[Side], asked: Asked, players: Players, kept: Kept) -> Found:
    """The same, and what assumptions do to the difference between the first two."""
    compared = found.compared
    named = [Side(contender, side.load) for contender, side in zip(found.comparison.contenders, sides, strict=False)]
    with PhaseBars(found.setup.exercise.title) as told, crew_of(players, 2 * CHUNK) as crew:
        moved = sweep(named, found.comparison.seed, Plan(), asked=asked, crew=crew, keeper=kept, told=told)
    return Found.of(replace(compared, moved=Moved(moved, compared.command, compared.marking)))


def _command(
    exercise: str,
    designs: Sequence[_Design],
    runs: int,
    seed: int,
    start: str | None,
    variation: str | None,
    changes: tuple[str, ...],
    smallest: Asked,
    marking: str | None,
    at_population: int | None,
    swept: bool,
) -> tuple[str, ...]:
    words = ["ovning", "compare", without_machine(exercise)]
    for one in designs:
        words += ["--what-if", "; ".join(one.changes)] if one.changes else ["--org", without_machine(one.organisation)]
    words += ["--runs", str(runs), "--seed", str(seed)]
    for unit, value in smallest.items():
        words += ["--smallest-difference", f"{value / 60_000:g} min" if unit == "duration" else f"{100 * value:g} %"]
    words += ["--sweep"] if swept else []
    words += ["--marking", marking] if marking is not None else []
    return (*words, *other_words(start, variation, changes, at_population))


def _write(found: Found, folder: Path) -> None:
    from ovning.figures.canvas import marked, write
    from ovning.report.comparison.drawings import draw_all
    from ovning.report.comparison.page import render_comparison

    drawings = draw_all(found)
    (folder / "figures").mkdir()
    for drawing in drawings:
        if found.compared.marking:
            marked(drawing.figure, found.compared.marking)
        write(drawing.figure, folder / "figures", drawing.name)
    write_text(folder / "comparison.json", to_json(found.document.value))
    write_text(folder / "report.html", render_comparison(found, drawings))
    comparison = found.comparison
    manifest = designs_manifest(
        comparison.contenders, found.compared.command, found.compared.marking, comparison.seed, comparison.plays
    )
    write_text(folder / MANIFEST, to_json(manifest | {"files": hashes(folder)}))


def _tell(told: Console, found: Found, target: Path) -> None:
    told.rule(style="dim")
    say_marking(told, found.compared.marking)
    say(told, f"{found.setup.exercise.title} · {' mot '.join(found.labels)}", "bold")
    say(told, f"{found.comparison.plays} spel var, frö {found.comparison.seed}", "dim")
    if found.setup.variation:
        say(told, f"Omfall: {found.setup.scenario.variations[found.setup.variation].title}")
    say_population(told, found.setup)
    for label, changed in zip(found.labels, found.compared.changed, strict=True):
        if changed:
            say(told, f"{label}: {'; '.join(changed)}")
    told.print()
    for duel in range(len(found.labels) - 1):
        print_made(told, tables.headlines(found, duel))
    print_made(told, tables.designs(found))
    for sentence in answer(found):
        say(told, str(sentence))
    told.print()
    say_unbroken(told, f"Rapporten: {target / 'report.html'}")
    say(told, "Kriterierna, var skillnaden ligger och allt som skiljer organisationerna åt står där.", "dim")
