"""An exercise, printed: its inject list, objectives with where their limits come from, and variations."""

from __future__ import annotations

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from ovning.commands.console import print_table, say, say_population
from ovning.model.distributions import Distribution
from ovning.model.scenario import Inject
from ovning.model.setup import Setup
from ovning.report.injects import say_recipient, say_when, say_words
from ovning.report.names import Names, small
from ovning.report.place import Place
from ovning.report.tables.objectives import limit, within
from ovning.report.timeline import say_date
from ovning.report.wording import percent
from ovning.units import Clock, say_duration


def print_exercise(out: Console, setup: Setup) -> None:
    """Print it all."""
    exercise, scenario, names = setup.exercise, setup.scenario, Names(setup)
    clock = Clock.at(scenario.start)
    say(out, exercise.title, "bold")
    say(out, f"{say_date(clock)}, övningsstart {clock.local(0):%H:%M}; spelas i {say_duration(scenario.horizon)}")
    say(out, f"Tänkt för: {', '.join(exercise.organisations)}")
    say_population(out, setup)
    for text in (exercise.purpose, scenario.situation):
        if text:
            out.print()
            say(out, text)
    out.print()
    say(out, "Inspelslista", "bold")
    for inject in scenario.injects:
        out.print()
        _inject(out, inject, setup, names, clock)
    out.print()
    _objectives(out, setup, names)
    if scenario.variations:
        rows: list[tuple[str, ...]] = []
        for name, variation in scenario.variations.items():
            rows.append((name, variation.title))
        print_table(out, "Omfall", (("namn", "left"), ("vad som skiljer", "left")), rows)


def _inject(out: Console, inject: Inject, setup: Setup, names: Names, clock: Clock) -> None:
    goals = f"  [{', '.join(inject.objectives)}]" if inject.objectives else ""
    only = f"  bara i omfallet {inject.variation}" if inject.variation else ""
    out.print(Text.assemble((f"{inject.id}  ", "bold"), (inject.title, "bold"), (f"{goals}{only}", "dim")))
    to, channel = say_recipient(inject.to, setup, names), small(names.channel(inject.by))
    lines = [
        f"{say_when(inject, setup, names, clock)}. Från {small(inject.sender)} till {to} ({channel})",
        f"”{say_words(inject.text)}”",
        f"Väntat svar: {inject.expected}",
    ]
    steps = setup.scenario.procedures.get(inject.asks_for or "", ())
    if steps:
        said = (f"{small(step.title)} ({_takes(step.takes)})" for step in steps)
        lines.append(f"Uppgifter: {', '.join(said)}")
    for line in lines:
        out.print(Padding(Text(line), (0, 0, 0, 4)))


def _takes(takes: Distribution) -> str:
    return say_duration(takes.middle)


def _objectives(out: Console, setup: Setup, names: Names) -> None:
    for objective in setup.exercise.objectives:
        columns = (
            ("kriterium", "left"),
            ("uppnått", "right"),
            ("delvis", "right"),
            ("krav", "right"),
            ("varifrån", "left"),
        )
        rows: list[tuple[str, ...]] = []
        for criterion in objective.criteria:
            partly = str(limit(criterion, Place(criterion.partly))) if criterion.partly is not None else "–"
            origin = criterion.source or (f"antagande: {criterion.assumption}" if criterion.assumption else "–")
            share = f"{percent(criterion.target_share)} av spelen"
            rows.append(
                (names.criterion(criterion), str(within(criterion, Place(criterion.met))), partly, share, origin)
            )
        print_table(out, f"{objective.id}  {objective.title}", columns, rows)
