"""An exercise, printed: its inject list, objectives with where their limits come from, and variations."""

from __future__ import annotations

import re

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from ovning.commands.console import print_table, say, say_population
from ovning.model.conditions import Condition
from ovning.model.distributions import Distribution
from ovning.model.scenario import Inject
from ovning.model.setup import Setup
from ovning.report.names import Names, small
from ovning.report.place import Place
from ovning.report.tables.objectives import limit, within
from ovning.report.timeline import say_date, say_offset
from ovning.report.wording import percent
from ovning.units import Clock, say_duration

_FILLED_IN = re.compile(r"\{([^{}]*)\}")
_STATES = {"recommended": "förordat", "decided": "beslutat", "active": "aktivt", "inactive": "inte aktivt"}


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
    to, channel = _recipient(inject.to, setup, names), small(names.channel(inject.by))
    lines = [
        f"{_when(inject, setup, names, clock)}. Från {small(inject.sender)} till {to} ({channel})",
        f"”{_words(inject.text)}”",
        f"Väntat svar: {inject.expected}",
    ]
    steps = setup.scenario.procedures.get(inject.asks_for or "", ())
    if steps:
        said = (f"{small(step.title)} ({_takes(step.takes)})" for step in steps)
        lines.append(f"Uppgifter: {', '.join(said)}")
    for line in lines:
        out.print(Padding(Text(line), (0, 0, 0, 4)))


def _when(inject: Inject, setup: Setup, names: Names, clock: Clock) -> str:
    delay = f", {_takes(inject.delay)} senare" if inject.delay is not None else ""
    if inject.at is not None:
        at = inject.at.middle
        about = "omkring " if inject.at.quantile(0.05) != inject.at.quantile(0.95) else ""
        said = f"{about}{say_offset(at, setup.scenario.horizon)}, klockan {clock.local(at):%H:%M}"
    elif inject.after is not None:
        said = f"{_after(inject.after, setup, names)}{delay}"
    else:
        said = f"När {say_condition(inject.when, names)}{delay}" if inject.when else ""
    if inject.chance < 1:
        said += f", i {percent(inject.chance)} av spelen"
    if inject.repeat is not None:
        said += f", {inject.repeat.times} gånger"
    if inject.unless is not None:
        said += f", om inte {say_condition(inject.unless, names)}"
    return said[:1].upper() + said[1:]


def _after(name: str, setup: Setup, names: Names) -> str:
    event = next((event for event in setup.scenario.events if event.id == name), None)
    if event is not None:
        when = f" ({say_offset(event.at.middle, setup.scenario.horizon)})" if event.at is not None else ""
        services = ", ".join(small(names.service(service)) for service in event.sets)
        return f"När detta händer: {services or name}{when}"
    inject, dot, task = name.partition(".")
    return f"Efter {inject}: {small(names.task(inject, task) or task)}" if dot else f"Efter {name}"


def _words(text: str) -> str:
    """The words of an inject, with a mark where the play fills in what it knows."""
    return _FILLED_IN.sub(lambda match: "[klockslag]" if match[1].startswith("clock") else "[antal]", text)


def say_condition(condition: Condition, names: Names) -> str:
    """A condition in words."""
    if condition.all is not None:
        return " och ".join(say_condition(part, names) for part in condition.all)
    if condition.any is not None:
        return " eller ".join(say_condition(part, names) for part in condition.any)
    if condition.service is not None:
        limit, side = (condition.below, "färre än") if condition.below is not None else (condition.at_least, "minst")
        return f"{small(names.service(condition.service))} finns för {side} {percent(limit)}"
    if condition.level is not None:
        return f"{small(names.level(condition.level))} är {_STATES[condition.state or 'active']}"
    if condition.fact is not None:
        return f"{names.role(condition.known_by or '')} vet: {small(names.fact(condition.fact))}"
    if condition.decision is not None:
        return f"det är beslutat om {small(names.decision(condition.decision))}"
    if condition.inject is not None:
        return f"{condition.inject} är mottaget"
    if condition.between is not None:
        return f"klockan är mellan {condition.between[0]} och {condition.between[1]}"
    if condition.flow is not None:
        return f"{_counted(condition)} i flödet {small(names.flow(condition.flow))}"
    if condition.on_duty_for is not None:
        who = "någon har" if condition.persons == 1 else f"minst {condition.persons} personer har"
        return f"{who} varit i tjänst i minst {say_duration(condition.on_duty_for)} utan dygnsvila"
    if condition.task is not None:
        return f"{condition.task} är gjort"
    return f"detta har hänt: {names.event(condition.event or '')}"


def _counted(condition: Condition) -> str:
    """How many a condition on a flow asks for."""
    if condition.arrived is not None:
        return f"minst {condition.arrived} har kommit"
    if condition.waiting is not None:
        return f"minst {condition.waiting} väntar"
    if condition.late is not None:
        return f"minst {condition.late} har väntat för länge"
    return f"minst {condition.done} är klara"


def _takes(takes: Distribution) -> str:
    return say_duration(takes.middle)


def _recipient(to: str, setup: Setup, names: Names) -> str:
    if to == "staff":
        return "staben"
    what = to[to.index("(") + 1 : -1]
    if to.startswith("role("):
        return names.role(what)
    word = setup.vocabulary.kinds.get(what)
    return f"den som tar emot larm om {small(word.title)}" if word else "den som tar emot larm"


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
