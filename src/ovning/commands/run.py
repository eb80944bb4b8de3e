"""``ovning run``: an exercise many times, and what it came to."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from rich.console import Console

from ovning.commands.choice import chosen_organisations, command_words, is_own, loaded, marking_of, trace_words
from ovning.commands.console import (
    console,
    print_made,
    progress,
    say,
    say_marking,
    say_note,
    say_population,
    say_unbroken,
)
from ovning.commands.extract import extract_folder, write_extract
from ovning.commands.kept import EVENTS, Kept, Plan, keeping, plan_of
from ovning.commands.leftover import tell_left, telling_what_is_kept
from ovning.commands.output import MANIFEST, folder_in_the_making, hashes, replaceable, write_text
from ovning.commands.players import Players, crew_of, players_of
from ovning.commands.reminder import remind
from ovning.commands.target import results_folder
from ovning.errors import ObjectiveNotMetError, Problem, UsageError
from ovning.experiment.chunks import chunks_of, play_all
from ovning.experiment.gain import try_worst
from ovning.experiment.replicate import replicate
from ovning.log import jsonl
from ovning.measures.aggregate import aggregate
from ovning.model.setup import Setup
from ovning.report import tables
from ovning.report.brief import brief, remarks
from ovning.report.findings import Findings
from ovning.report.html import render_report
from ovning.report.outcome import Outcome
from ovning.report.plays import write_plays
from ovning.report.results import manifest_document, to_json
from ovning.report.tables.side_by_side import side_by_side
from ovning.report.timeline import timeline
from ovning.report.wording import percent

PART_VERSION: Final = 1
"""Of what is kept of a run that is not yet finished."""
GAINS: Final = 5
"""So many of the worst bottlenecks are tried to be mended, unless something else is asked for."""


def run(
    exercise: str,
    *,
    organisations: tuple[str, ...] = (),
    runs: int = 200,
    seed: int = 1,
    start: str | None = None,
    variation: str | None = None,
    changes: tuple[str, ...] = (),
    jobs: int | None = None,
    out: Path | None = None,
    require: bool = False,
    gains: int = GAINS,
    resume: bool = False,
    cluster: str | None = None,
    marking: str | None = None,
    extract: bool = False,
    at_population: int | None = None,
) -> int:
    """Play the exercise with each organisation, print what it came to and write a folder for each.

    ``gains``: against how many of the worst bottlenecks a remedy is tried, by playing all of it again. ``resume``: what
    the same run had finished when it was stopped is not played again. ``cluster``: the address of a Dask scheduler
    whose workers play, instead of ``jobs`` processes here. ``marking``: stands on all that is made, instead of what the
    organisation's file says. ``extract``: beside each folder, another with what can be told openly. ``at_population``:
    each organisation is played as if so many lived there.
    Raises any ``OvningError``; with ``require``, ``ObjectiveNotMetError`` when too few plays meet a criterion.
    """
    named = organisations or chosen_organisations(exercise)
    players = players_of(jobs, cluster)
    if len(set(named)) < len(named):
        raise UsageError("Samma organisation är angiven två gånger.")
    # Everything is read before anything is played, so that a slip in the last file does not cost the first one's plays.
    setups = [loaded(exercise, name, changes, variation, start, at_population) for name in named]
    other = (*changes, *([f"start={start}"] if start else []))
    targets = [_target(out, setup, seed, other, alone=len(setups) == 1) for setup, _ in setups]
    if len(set(targets)) < len(targets):
        raise UsageError("Två av organisationerna skulle skriva i samma mapp; ange dem var för sig med --out.")
    every = [
        _Asked(
            name,
            setup,
            warnings,
            runs,
            seed,
            players,
            command_words(exercise, name, runs, seed, start, variation, changes, gains, marking, at_population),
            gains,
            marking_of(marking, [setup]),
        )
        for name, (setup, warnings) in zip(named, setups, strict=True)
    ]
    for target in targets if extract else ():
        replaceable(extract_folder(target))
    remind(lambda: any(is_own(exercise, name) for name in named), cluster)
    tell_left(targets, resume=resume)
    told = console()
    outcomes, findings = [], []
    with ExitStack() as stack:
        # Until the last is ready: who goes on does not play the first again for the sake of the table side by side.
        kept = [
            stack.enter_context(keeping(target, asked.plan, resume=resume))
            for asked, target in zip(every, targets, strict=True)
        ]
        with telling_what_is_kept(kept):
            for asked, target, keeper in zip(every, targets, kept, strict=True):

                def changed(sets: tuple[str, ...], name: str = asked.name) -> Setup:
                    return loaded(exercise, name, (*changes, *sets), variation, start, at_population)[0]

                outcome = _play(asked, keeper, changed)
                found = Findings.of(outcome)
                if not keeper.standing:
                    with folder_in_the_making(target, keeper.folder) as folder:
                        _write(outcome, found, folder, keeper)
                one = trace_words(exercise, asked.name, seed, start, variation, changes, outcome.typical, at_population)
                _tell(told, outcome, found, target, start, changes, one)
                if extract:
                    _tell_extract(told, write_extract(found.results.value, extract_folder(target)))
                outcomes.append(outcome)
                findings.append(found)
    if len(outcomes) > 1:
        told.rule(style="dim")
        for marking in dict.fromkeys(outcome.marking for outcome in outcomes):
            say_marking(told, marking)
        print_made(told, side_by_side(findings))
    if require:
        _require(outcomes)
    return 0


def _target(out: Path | None, setup: Setup, seed: int, other: Sequence[str], *, alone: bool) -> Path:
    organisation = setup.organisation.organisation
    if out is not None:
        return out if alone else out / organisation
    return results_folder((setup.exercise.exercise, organisation), setup, seed, other)


@dataclass(frozen=True, slots=True)
class _Asked:
    """What is to be played."""

    name: str
    setup: Setup
    warnings: tuple[Problem, ...]
    runs: int
    seed: int
    players: Players
    settings: tuple[str, ...]
    gains: int
    marking: str

    @property
    def plan(self) -> Plan:
        """What must be the same for plays to be put together."""
        return plan_of("ovning-part", PART_VERSION, self.settings, [self.setup])


def _play(asked: _Asked, keeper: Kept, changed: Callable[[tuple[str, ...]], Setup]) -> Outcome:
    setup, runs = asked.setup, asked.runs
    who = setup.organisation.title
    pieces = len(chunks_of(range(runs))) * (1 + asked.gains)
    with (
        progress(f"{setup.exercise.title}, {who}", runs * (1 + asked.gains)) as bar,
        crew_of(asked.players, pieces) as crew,
    ):
        plays = play_all(setup, asked.seed, range(runs), crew=crew, keeper=keeper, played=bar)
        tried = try_worst(
            setup,
            plays,
            changed,
            asked.gains,
            crew=crew,
            keeper=keeper,
            began=lambda remedy, number, of: bar.says(f"Prövar åtgärd {number} av {of}: {remedy.title}"),
            played=bar,
        )
    results = aggregate(plays, setup.exercise)
    return Outcome(setup, plays, results, asked.seed, asked.settings, asked.warnings, tried, asked.marking)


def _write(outcome: Outcome, found: Findings, folder: Path, keeper: Kept) -> None:
    from ovning.figures.canvas import marked, write
    from ovning.report.figures_of_run import draw_all

    keeper.events(folder / EVENTS)
    typical = outcome.typical
    (played,) = replicate(outcome.setup, outcome.seed, [typical])
    jsonl.write(played.log, folder / f"play-{typical}.jsonl")
    course = timeline(played.log, outcome.setup, main_course_only=True)
    drawings = draw_all(outcome, found, played.log)
    (folder / "figures").mkdir()
    for drawing in drawings:
        if outcome.marking:
            marked(drawing.figure, outcome.marking)
        write(drawing.figure, folder / "figures", drawing.name)
    write_text(folder / "results.json", to_json(found.results.value))
    with (folder / "plays.csv").open("w", encoding="utf-8", newline="\n") as file:
        write_plays(outcome, file)
    write_text(folder / "report.html", render_report(outcome, found, drawings, course))
    write_text(folder / MANIFEST, to_json(manifest_document(outcome, hashes(folder))))


def _tell(
    told: Console,
    outcome: Outcome,
    found: Findings,
    target: Path,
    start: str | None,
    changes: tuple[str, ...],
    one: tuple[str, ...],
) -> None:
    setup = outcome.setup
    told.rule(style="dim")
    say_marking(told, outcome.marking)
    say(told, f"{setup.exercise.title} · {setup.organisation.title}", "bold")
    say_note(told, setup)
    say(told, f"{outcome.results.plays} spel, frö {outcome.seed}", "dim")
    if setup.variation:
        say(told, f"Omfall: {setup.variation}, {setup.scenario.variations[setup.variation].title}")
    say_population(told, setup)
    if start:
        say(told, f"Ändrad övningsstart: {start}")
    for change in changes:
        say(told, f"Ändrat: {change}")
    told.print()
    for made in (
        tables.levels(found),
        tables.objectives(found),
        tables.services(found),
        tables.flows(found),
        tables.stocks(found),
        tables.strain(found, most=5),
        tables.waited_why(found),
        tables.waited_for(found),
        tables.remedies(found),
        tables.changed_criteria(found),
    ):
        if made is not None:
            print_made(told, made)
    for sentence in (*brief(found), *remarks(found)):
        say(told, str(sentence))
    told.print()
    if outcome.warnings:
        say(
            told,
            f"Anmärkningar på filerna: {len(outcome.warnings)}. De står i rapporten, och visas av ”ovning check”.",
            "dim",
        )
    say_unbroken(told, f"Rapporten: {target / 'report.html'}")
    say(told, "Siffror, figurer och loggar ligger i samma mapp. Ett spel i taget, här det i mitten:", "dim")
    say_unbroken(told, f"  {shlex.join(one)}")


def _tell_extract(told: Console, page: Path) -> None:
    told.print()
    say_unbroken(told, f"Öppet utdrag: {page}")
    say(
        told,
        "Det är inte märkt och inte bedömt. Låt er informationssäkerhets- eller säkerhetsskyddsfunktion läsa det innan "
        "det skickas.",
    )


def _require(outcomes: Sequence[Outcome]) -> None:
    missed = []
    for outcome in outcomes:
        for result in outcome.results.criteria:
            if result.met.share is None or result.met.share < result.target:
                objective = next(o for o in outcome.setup.exercise.objectives if o.id == result.objective)
                title = outcome.names.criterion(objective.criteria[result.criterion])
                got = f"{percent(result.met.share)} av spelen, kravet är {percent(result.target)}"
                missed.append(f"{outcome.setup.organisation.organisation}, {result.objective} {title}: {got}")
    if missed:
        raise ObjectiveNotMetError("Alla mål nåddes inte.\n  " + "\n  ".join(missed))
