"""``ovning evaluate``: a real exercise's notes become an utvärdering."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

from ovning.commands.choice import chosen_organisation, is_own, loaded, marking_of, other_words, without_machine
from ovning.commands.console import Columns, console, print_table, progress, say, say_marking, say_unbroken
from ovning.commands.output import MANIFEST, folder_in_the_making, hashes, write_text
from ovning.commands.reminder import remind
from ovning.commands.target import results_folder
from ovning.commands.template import house_template
from ovning.errors import InputError, Problem, UsageError
from ovning.evaluate.columns import COLUMNS
from ovning.evaluate.judging import assessed, judge, of_objective
from ovning.evaluate.note import Column
from ovning.evaluate.plan import read_plan
from ovning.evaluate.privacy import Personal, personal, written
from ovning.evaluate.understanding import Understood, understand
from ovning.experiment.chunks import chunks_of, play_all
from ovning.experiment.compare import Contender
from ovning.experiment.forecast import Forecast, dry_run
from ovning.experiment.gain import Gain, try_worst
from ovning.experiment.workers import default_jobs, processes
from ovning.model.setup import Setup
from ovning.report.comparison.document import designs_manifest
from ovning.report.evaluation.document import evaluation_document
from ovning.report.evaluation.outcome import Evaluated
from ovning.report.evaluation.utvardering import utvardering
from ovning.report.papers.pdf import pdf
from ovning.report.papers.scale import say_grade
from ovning.report.papers.web import web_page
from ovning.report.papers.word import word_document
from ovning.report.results import to_json
from ovning.words import word

RUNS: Final = 50
"""Simulated plays set beside what was observed."""
_ASTRAY: Final = 3
"""Times that nobody can have seen: so many are no slips of the pen."""
COLUMNS_FILE: Final = "kolumner.json"
_PERSONAL: Final = {
    "name": "ser ut som ett namn på en person",
    "personal_number": "ser ut som ett personnummer",
    "telephone": "ser ut som ett telefonnummer",
}


def evaluate_exercise(
    exercise: str,
    *,
    observed: tuple[Path, ...],
    organisation: str | None = None,
    runs: int = RUNS,
    tried: int = 0,
    seed: int = 1,
    variation: str | None = None,
    by_wall: bool = False,
    columns: Path | None = None,
    names_are_meant: bool = False,
    plan: Path | None = None,
    template: Path | None = None,
    jobs: int | None = None,
    out: Path | None = None,
    marking: str | None = None,
) -> int:
    """Read the notes, judge them and write a folder. Raises any ``OvningError``; then nothing is written.

    ``tried``: against how many of the worst waits in simulation a remedy is tried, by playing all of it again.
    """
    name = chosen_organisation(exercise, organisation)
    setup = loaded(exercise, name, (), variation, None, None)[0]
    if by_wall and (setup.exercise.conduct is None or setup.exercise.conduct.begins is None):
        raise UsageError("--wall-clock behöver veta när övningen började: skriv begins under conduct i exercise.yaml.")
    found = understand(observed, setup, by_wall=by_wall, columns=_given(columns))
    if not names_are_meant:
        _refuse_people(personal(written(found.notes, found.lost, [name for name, _ in found.files]), setup))
    before = None if plan is None else read_plan(plan, setup)
    house = None if template is None else house_template(template)
    remind(lambda: is_own(exercise, name))
    marked = marking_of(marking, [setup])
    command = ["ovning", "evaluate", without_machine(exercise), "--org", without_machine(name)]
    for path in observed:
        command += ["--observed", path.name]
    command += ["--runs", str(runs), "--try", str(tried), "--seed", str(seed), *(["--wall-clock"] if by_wall else [])]
    words = (*command, *other_words(None, variation, (), None))
    found_in_plays, proposals = _simulated(
        setup, runs, seed, tried, lambda sets: loaded(exercise, name, sets, variation, None, None)[0], jobs
    )
    evaluated = Evaluated(
        setup,
        found.notes,
        found.lost,
        judge(setup, found.notes, found_in_plays.planned),
        found_in_plays,
        found.files,
        proposals,
        before,
        seed,
        words,
    )
    target = out or results_folder(
        ("utvärdering", setup.exercise.exercise, setup.organisation.organisation), setup, seed, ()
    )
    with folder_in_the_making(target) as folder:
        paper = utvardering(evaluated)
        (folder / "utvardering.docx").write_bytes(word_document(paper, marked, house))
        (folder / "utvardering.pdf").write_bytes(pdf(paper, marked))
        write_text(folder / "utvardering.html", web_page(paper, marked))
        write_text(folder / "evaluation.json", to_json(evaluation_document(evaluated)))
        write_text(folder / COLUMNS_FILE, json.dumps(found.columns, ensure_ascii=False, indent=2) + "\n")
        manifest = designs_manifest((Contender(name, setup),), words, marked, seed, runs)
        write_text(folder / MANIFEST, to_json(manifest | {"files": hashes(folder)}))
    _tell(evaluated, found, target, marked)
    return 0


def _given(path: Path | None) -> Mapping[str, Column]:
    """What was said before of columns. Raises ``InputError`` for a file that does not say it."""
    if path is None:
        return {}
    try:
        told = json.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError):
        message = "filen med kolumner går inte att läsa"
        raise InputError(
            (Problem("error", str(path), 0, 0, message, "utelämna --columns, eller ge en annan"),)
        ) from None
    wrong = [str(one) for one in told.values() if one not in COLUMNS] if isinstance(told, dict) else ["…"]
    if wrong:
        fix = f"möjliga är {', '.join(COLUMNS)}"
        raise InputError((Problem("error", str(path), 0, 0, f"”{wrong[0]}” är inget som en kolumn handlar om", fix),))
    return dict(told)


def _refuse_people(found: tuple[Personal, ...]) -> None:
    """Nothing is written of people without somebody having said that it may be."""
    if found:
        fix = "skriv funktionen i stället; är det inget om en person, lägg till --keep-names"
        raise InputError(
            tuple(
                Problem("error", one.id, 0, 0, f"”{one.text}” {_PERSONAL[one.what]}", fix if n == 0 else "")
                for n, one in enumerate(found)
            )
        )


def _simulated(
    setup: Setup, runs: int, seed: int, most: int, load: Callable[[tuple[str, ...]], Setup], jobs: int | None
) -> tuple[Forecast, tuple[Gain, ...]]:
    """The same exercise simulated, and again with each of so many remedies."""
    whole, pieces = runs * (2 + most if most else 1), len(chunks_of(range(runs))) * (1 + most)
    with progress(setup.exercise.title, whole) as advance, processes(jobs or default_jobs(), pieces) as crew:
        found = dry_run(setup, seed, runs, crew=crew, played=advance)
        if not most:
            return found, ()
        before = play_all(setup, seed, range(runs), crew=crew, played=advance)
        tried = try_worst(setup, before, load, most, crew=crew, played=advance)
    return found, tuple(one.gain for one in tried if one.gain is not None)


def _tell(evaluated: Evaluated, found: Understood, target: Path, marking: str | None) -> None:
    told, setup = console(), evaluated.setup
    told.rule(style="dim")
    say_marking(told, marking)
    say(told, f"{setup.exercise.title} · {setup.organisation.title}: utvärdering", "bold")
    told.print()
    columns: Columns = (
        ("mål", "left"),
        ("vad som skulle prövas", "left"),
        ("bedömning", "left"),
        ("bedömda kriterier", "left"),
    )
    rows = [
        (
            one.id,
            one.title,
            say_grade(setup.exercise, of_objective(evaluated.judged, one.id)),
            f"{assessed(evaluated.judged, one.id)} av {len(one.criteria)}",
        )
        for one in setup.exercise.objectives
    ]
    print_table(told, "Målen", columns, rows)
    told.print()
    lost, used = len(found.lost), len({note.id for note in found.notes})
    say(told, f"{used} {'rad är använd' if used == 1 else 'rader är använda'}. {'' if lost else 'Alla förstods.'}")
    if lost:
        what = "1 rad, eller en del av den," if lost == 1 else f"{lost} rader, eller delar av rader,"
        say(told, f"{what} förstods inte; {'den' if lost == 1 else 'de'} står sist i utvärderingen:")
        for one in found.lost[:10]:
            say(told, f"  {one.id}: ”{one.text}”, {word(f'lost.{one.why}')}")
        if lost > 10:
            say(told, f"  … och {lost - 10} till")
    conduct = setup.exercise.conduct
    astray = sum(one.why in ("jumped", "outside") for one in found.lost)
    if (
        astray >= _ASTRAY
        and conduct is not None
        and conduct.begins is not None
        and "--wall-clock" not in evaluated.command
    ):
        say(
            told,
            "Många tider ligger i timmar som inte spelas. Är klockslagen övningsdagens egna, lägg till --wall-clock.",
        )
    told.print()
    say_unbroken(told, f"Utvärderingen: {target / 'utvardering.docx'}")
    say(told, "Samma som .pdf och .html, båda läsbara med hjälpmedel.", "dim")
    say(told, "Den är ett utkast: det som ska skrivas för hand står inom hakparentes.", "dim")
