"""``ovning sweep``: which assumption could turn the answer, and at what value."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from rich.console import Console

from ovning.commands.choice import chosen_organisation, is_own, loaded, marking_of, other_words, without_machine
from ovning.commands.console import Columns, console, print_table, say, say_marking, say_unbroken
from ovning.commands.kept import keeping, plan_of
from ovning.commands.leftover import tell_left, telling_what_is_kept
from ovning.commands.output import MANIFEST, folder_in_the_making, hashes, write_text
from ovning.commands.phases import PhaseBars
from ovning.commands.players import crew_of, players_of
from ovning.commands.reminder import remind
from ovning.commands.target import results_folder
from ovning.errors import UsageError
from ovning.experiment.chunks import CHUNK
from ovning.experiment.compare import Contender
from ovning.experiment.effects import Watched
from ovning.experiment.ranges import levers_of
from ovning.experiment.sweep import is_asked, sweep
from ovning.experiment.swept import Answer, Plan, Side, Sweep, Swept, Turn
from ovning.files import Reader
from ovning.letters import shortened
from ovning.model.setup import Setup
from ovning.report.comparison.document import designs_manifest
from ovning.report.comparison.labels import measure_title
from ovning.report.names import small
from ovning.report.results import to_json
from ovning.report.sweep.document import Moved, sweep_document
from ovning.report.sweep.titles import assumption_title, path_title, value_title
from ovning.units import say_duration

RUNS: Final = 25
"""Plays of the values that matter most, unless something else is asked for."""
_PART_VERSION: Final = 1
_VALUE: Final = 18
_PATH: Final = 30
"""Letters in a column."""
_ROWS: Final = 12
"""Of a table in the terminal."""
_ANSWERS: Final[Mapping[Answer, str]] = {
    "better": "bättre",
    "worse": "sämre",
    "equivalent": "likvärdiga",
    "undecided": "går inte att avgöra",
    "not_tested": "ej prövat",
    "reached": "nås",
    "not_reached": "nås inte",
}


def sweep_exercise(
    exercise: str,
    *,
    organisations: tuple[str, ...] = (),
    plan: Plan | None = None,
    only: tuple[str, ...] = (),
    seed: int = 1,
    start: str | None = None,
    variation: str | None = None,
    changes: tuple[str, ...] = (),
    jobs: int | None = None,
    out: Path | None = None,
    resume: bool = False,
    marking: str | None = None,
    at_population: int | None = None,
    cluster: str | None = None,
) -> int:
    """Move every assumption; print what came of it and write a folder. Raises any ``OvningError``.

    ``cluster``: the address of a Dask scheduler whose workers play, instead of ``jobs`` processes here.
    """
    players = players_of(jobs, cluster)
    plan = Plan(runs=RUNS) if plan is None else plan
    named = organisations or (chosen_organisation(exercise, None),)
    if len(named) > 2:
        raise UsageError(
            "Antaganden prövas för en organisation, eller för skillnaden mellan två: ange --org högst två."
        )
    if len(set(named)) < len(named):
        raise UsageError("Samma organisation är angiven två gånger.")
    sides = [side_of(exercise, name, changes, variation, start, at_population) for name in named]
    names = [side.contender.name for side in sides]
    if len(set(names)) < len(names):
        raise UsageError("De två organisationerna har samma id; ge den ena ett annat i sin fil.")
    _known(only, sides)
    remind(lambda: any(is_own(exercise, name) for name in named), cluster)
    setup = sides[0].contender.setup
    command = _command(exercise, named, plan, only, seed, start, variation, changes, marking, at_population)
    marked = marking_of(marking, [one.contender.setup for one in sides])
    other = (*changes, *([f"start={start}"] if start else []), *only)
    target = out or results_folder(("antaganden", setup.exercise.exercise, *names), setup, seed, other)
    tell_left([target], resume=resume)
    parts = plan_of("ovning-sweep-part", _PART_VERSION, command, [one.contender.setup for one in sides])
    with keeping(target, parts, resume=resume) as kept, telling_what_is_kept([kept]):
        with PhaseBars(setup.exercise.title) as told, crew_of(players, 2 * CHUNK) as crew:
            found = sweep(sides, seed, plan, only=only, crew=crew, keeper=kept, told=told)
        moved = Moved(found, command, marked)
        with folder_in_the_making(target, kept.folder) as folder:
            _write(moved, folder)
    _tell(console(), moved, target)
    return 0


def side_of(
    exercise: str,
    name: str,
    changes: tuple[str, ...],
    variation: str | None,
    start: str | None,
    at_population: int | None,
) -> Side:
    """A design, and how it is loaded again with something changed; files are read once."""
    reader = Reader()

    def load(sets: tuple[str, ...]) -> Setup:
        return loaded(exercise, name, (*changes, *sets), variation, start, at_population, reader)[0]

    setup = load(())
    return Side(Contender(setup.organisation.organisation, setup), load)


def _known(only: Sequence[str], sides: Sequence[Side]) -> None:
    """Raises ``UsageError`` for a name that no assumption in play has."""
    every = [one for side in sides for found in levers_of(side.contender.setup.ledger) for one in found]
    for word in only:
        if not any(is_asked(one, (word,)) for one in every):
            raise UsageError(
                f"Inget antagande i spelet heter ”{word}”. Namnen står i assumptions.yaml och i rapporten från "
                "”ovning run”, till exempel on_call_reached.chance.night."
            )


def _command(
    exercise: str,
    named: Sequence[str],
    plan: Plan,
    only: Sequence[str],
    seed: int,
    start: str | None,
    variation: str | None,
    changes: tuple[str, ...],
    marking: str | None,
    at_population: int | None,
) -> tuple[str, ...]:
    words = ["ovning", "sweep", without_machine(exercise)]
    for name in named:
        words += ["--org", without_machine(name)]
    words += ["--runs", str(plan.runs), "--first", str(plan.first), "--most", str(plan.most), "--seed", str(seed)]
    for name in only:
        words += ["--only", name]
    words += ["--marking", marking] if marking is not None else []
    return (*words, *other_words(start, variation, changes, at_population))


def _write(moved: Moved, folder: Path) -> None:
    from ovning.figures.canvas import marked, write
    from ovning.report.sweep.drawings import draw_tornado

    drawing = draw_tornado(moved)
    if moved.marking:
        marked(drawing.figure, moved.marking)
    (folder / "figures").mkdir()
    write(drawing.figure, folder / "figures", drawing.name, drawing.alt)
    write_text(folder / "sweep.json", to_json(sweep_document(moved)))
    found = moved.sweep
    manifest = designs_manifest(found.contenders, moved.command, moved.marking, found.seed, found.plan.runs)
    write_text(folder / MANIFEST, to_json(manifest | {"files": hashes(folder)}))


def _tell(told: Console, moved: Moved, target: Path) -> None:
    found = moved.sweep
    setup = found.contenders[0].setup
    told.rule(style="dim")
    say_marking(told, moved.marking)
    say(told, f"{setup.exercise.title} · {' mot '.join(moved.labels)}: vad svaret hänger på", "bold")
    say(told, f"{found.values} andra värden, {found.plays} spel i allt, frö {found.seed}", "dim")
    told.print()
    _tell_most(told, moved)
    _tell_turning(told, moved)
    nothing = sum(all(tried.is_nothing for tried in one.tried) for one in found.swept)
    untried = len(found.untried)
    what = "ändrade {} ingenting i något spel" if len(moved.labels) == 1 else "flyttade {} inte skillnaden i något spel"
    say(told, f"Av {len(found.swept)} prövade antaganden {what.format(nothing)}, i något mått.")
    if untried:
        sentences = sum(one.why == "sentence" for one in found.untried)
        say(
            told,
            f"Kan inte prövas av sig själva: {sentences} som är meningar och inga värden, och {untried - sentences} "
            "vars spann är skrivet i ord eller inte går ihop med resten av filerna. De står i sweep.json.",
        )
    say(
        told,
        "Varje antagande är ändrat ensamt; två som ändras tillsammans kan betyda mer. Att ett antagande vänder svaret "
        f"sägs bara när det säkert flyttar det: alla {found.values} värden och alla mått räknade tillsammans, med 95 % "
        "säkerhet.",
        "dim",
    )
    told.print()
    say_unbroken(told, f"Alla antaganden: {target / 'sweep.json'}")
    say_unbroken(told, f"Figuren: {target / 'figures' / 'tornado.png'}")


def _tell_most(told: Console, moved: Moved) -> None:
    found = moved.sweep
    main = found.main
    what = small(measure_title(found.contenders[0].setup, main))
    base = next(effect for effect in found.base if effect.watched == main)
    if len(found.contenders) == 1:
        say(told, f"Som allt antas: {what} {_amount(main, base.change.mean or 0.0)} i medeltal.")
    else:
        first, second = moved.labels
        sides = " och ".join("–" if mean is None else _amount(main, mean) for mean in base.sides)
        say(
            told,
            f"Som allt antas: {what} {sides} i medeltal; {second} minus {first} är {_signed(main, base.change.mean)}. "
            f"Minsta skillnad som spelar roll: {_amount(main, found.smallest[main])}.",
        )
    columns: Columns = (
        ("antagande", "left"),
        ("antas", "right"),
        ("prövat värde", "right"),
        ("flyttar", "right"),
        ("säkert", "left"),
        ("spel", "right"),
    )
    rows: list[tuple[str, ...]] = []
    for one in found.swept[:_ROWS]:
        for number, tried in enumerate(one.tried):
            change = tried.on(main).change
            if not change.differing:
                continue
            sure = change.low is not None and change.high is not None and not change.low <= 0 <= change.high
            rows.append(
                (
                    "" if number and rows and one.tried[0].on(main).change.differing else _named(found, one),
                    shortened(value_title(found, one.lever, one.lever.value), _VALUE),
                    shortened(value_title(found, one.lever, tried.setting.value), _VALUE),
                    _signed(main, change.mean),
                    "ja" if sure else "",
                    str(tried.plays),
                )
            )
    told.print()
    print_table(told, f"Flyttar {what} mest" if len(moved.labels) == 1 else f"Flyttar skillnaden i {what} mest",
                columns, rows)  # fmt: skip
    told.print()


def _tell_turning(told: Console, moved: Moved) -> None:
    found = moved.sweep
    if not found.turning:
        say(told, "Inget antagande vänder något svar när det ändras ensamt.")
        return
    columns: Columns = (
        ("antagande", "left"),
        ("antas", "right"),
        ("vänder vid", "right"),
        ("svaret om", "left"),
        ("från", "left"),
        ("till", "left"),
    )
    title = measure_title
    setup = found.contenders[0].setup
    rows = [
        (
            _named(found, one),
            shortened(value_title(found, one.lever, one.lever.value), _VALUE),
            _where(found, one, turn),
            title(setup, turn.watched),
            _ANSWERS[turn.before],
            _ANSWERS[turn.after] + ("" if turn.is_sure else " *"),
        )
        for one in found.turning
        for turn in one.turns[:1]
    ]
    print_table(told, "Vänder ett svar", columns, rows[:_ROWS])
    if len(rows) > _ROWS:
        say(told, f"… och {len(rows) - _ROWS} till i sweep.json.", "dim")
    if any(not one.turns[0].is_sure for one in found.turning):
        say(
            told,
            f"* Så ser det ut i medeltal över {found.plan.runs} spel; för att säga det säkert behövs fler (--runs).",
            "dim",
        )
    told.print()


def _named(found: Sweep, one: Swept) -> str:
    """What it is called, and the path by which ``--only`` and ``--set`` know it."""
    title, path = assumption_title(found, one), path_title(one.lever)
    return _parted(path) if title == path else f"{title} ({_parted(path)})"


def _parted(title: str) -> str:
    """A long path in pieces, so that it has room in a column."""
    lines = [""]
    for number, part in enumerate(title.split(".")):
        piece = part if number == 0 else f".{part}"
        if lines[-1] and len(lines[-1]) + len(piece) > _PATH:
            lines.append("")
        lines[-1] += piece
    return " ".join(lines)


def _where(found: Sweep, one: Swept, turn: Turn) -> str:
    if turn.first is None:
        return value_title(found, one.lever, turn.setting.value)
    return f"{value_title(found, one.lever, turn.last)} → {value_title(found, one.lever, turn.first)}"


def _amount(watched: Watched, value: float) -> str:
    match watched.unit:
        case "duration":
            return say_duration(abs(value))
        case "count":
            return f"{abs(value):.1f}".replace(".", ",")
        case _:
            return f"{100 * abs(value):.0f} %"


def _signed(watched: Watched, value: float | None) -> str:
    if value is None:
        return "–"
    sign = "" if not value else "−" if value < 0 else "+"
    return f"{sign}{_amount(watched, value)}"
