"""``ovning papers``: what an exercise needs before it is held, as Word and Excel."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from ovning.commands.choice import chosen_organisation, is_own, loaded, marking_of, other_words, without_machine
from ovning.commands.console import console, progress, say, say_marking, say_unbroken
from ovning.commands.output import MANIFEST, folder_in_the_making, hashes, write_text
from ovning.commands.reminder import remind
from ovning.commands.target import results_folder
from ovning.experiment.chunks import chunks_of
from ovning.experiment.compare import Contender
from ovning.experiment.forecast import Forecast, dry_run
from ovning.experiment.workers import default_jobs, processes
from ovning.model.setup import Setup
from ovning.report.comparison.document import designs_manifest
from ovning.report.papers.excel import workbook
from ovning.report.papers.paper import Paper
from ovning.report.papers.whole import papers_of
from ovning.report.papers.word import word_document
from ovning.report.results import to_json

RUNS: Final = 50
"""Plays of the dry run."""


def write_papers(
    exercise: str,
    *,
    organisation: str | None = None,
    runs: int = RUNS,
    seed: int = 1,
    start: str | None = None,
    variation: str | None = None,
    changes: tuple[str, ...] = (),
    jobs: int | None = None,
    out: Path | None = None,
    marking: str | None = None,
    at_population: int | None = None,
) -> int:
    """Play the exercise and write its papers into a folder. Raises any ``OvningError``."""
    name = chosen_organisation(exercise, organisation)
    setup = loaded(exercise, name, changes, variation, start, at_population)[0]
    remind(lambda: is_own(exercise, name))
    marked = marking_of(marking, [setup])
    other = (*changes, *([f"start={start}"] if start else []))
    target = out or results_folder(
        ("papper", setup.exercise.exercise, setup.organisation.organisation), setup, seed, other
    )
    found = _dry_run(setup, runs, seed, jobs)
    papers = papers_of(setup, found)
    command = ["ovning", "papers", without_machine(exercise), "--org", without_machine(name), "--runs", str(runs)]
    command += ["--seed", str(seed), *(["--marking", marking] if marking is not None else [])]
    words = (*command, *other_words(start, variation, changes, at_population))
    with folder_in_the_making(target) as folder:
        for paper in papers:
            _write(paper, folder, marked)
        contender = Contender(setup.organisation.organisation, setup)
        manifest = designs_manifest((contender,), words, marked, seed, runs)
        write_text(folder / MANIFEST, to_json(manifest | {"files": hashes(folder)}))
    _tell(setup, papers, target, marked)
    return 0


def _dry_run(setup: Setup, runs: int, seed: int, jobs: int | None) -> Forecast:
    pieces = len(chunks_of(range(runs)))
    with progress(setup.exercise.title, runs) as advance, processes(jobs or default_jobs(), pieces) as crew:
        return dry_run(setup, seed, runs, crew=crew, played=advance)


def _write(paper: Paper, folder: Path, marking: str | None) -> None:
    if paper.blocks:
        (folder / f"{paper.name}.docx").write_bytes(word_document(paper, marking))
    if paper.sheets:
        (folder / f"{paper.name}.xlsx").write_bytes(workbook(paper, marking))


def _tell(setup: Setup, papers: tuple[Paper, ...], target: Path, marking: str | None) -> None:
    told = console()
    told.rule(style="dim")
    say_marking(told, marking)
    say(told, f"{setup.exercise.title} · {setup.organisation.title}: papper inför övningen", "bold")
    told.print()
    for paper in papers:
        kinds = [*(["docx"] if paper.blocks else []), *(["xlsx"] if paper.sheets else [])]
        say_unbroken(told, f"  {target / paper.name}.{' och .'.join(kinds)}")
    told.print()
    say(told, "Inspelslistan, telefonkatalogen och utvärderarnas papper får inte nå de övade. Läs ”Att se över före "
              "övningen” i inspelslistan först.")  # fmt: skip
