"""The report as one HTML file that needs nothing beside it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from importlib.resources import files
from typing import Final

from jinja2 import Environment, FunctionLoader, StrictUndefined
from markupsafe import Markup

from ovning import __version__
from ovning.model.assumptions import Assumption
from ovning.report import tables
from ovning.report.drawings import Drawing, ladder_message, waiting_message
from ovning.report.outcome import Outcome
from ovning.report.timeline import say_date
from ovning.report.wording import percent, unbroken, with_comma
from ovning.units import Clock, say_duration

_KEYS: Final = {
    "arrives": "framme efter",
    "begin": "från",
    "chance": "chans",
    "channel": "sambandsväg",
    "constant": "alltid",
    "count": "antal",
    "day": "dag",
    "days": "dagar",
    "delay": "svarar efter",
    "end": "till",
    "facts": "uppgifter",
    "holidays": "helgdagar",
    "kinds": "slag",
    "max": "högst",
    "mean": "medelvärde",
    "median": "median",
    "min": "minst",
    "mode": "vanligast",
    "night": "natt",
    "p90": "nio av tio inom",
    "seats": "platser",
    "severity": "allvar",
    "takes": "tar",
}
"""Keys of the files, in a table for people."""


def render_report(outcome: Outcome, drawings: Sequence[Drawing]) -> str:
    """The whole page; ``drawings`` by name are ``trappan`` and ``vantan``."""
    environment = Environment(
        loader=FunctionLoader(_template),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["breakable"] = _breakable
    environment.filters["unbroken"] = unbroken
    # What matplotlib drew from our own words is already escaped by it.
    figures = {drawing.name: {"svg": Markup(drawing.svg), "alt": drawing.alt} for drawing in drawings}
    setup = outcome.setup
    clock = Clock.at(setup.scenario.start)
    main = outcome.main_level
    return environment.get_template("report.html").render(
        exercise=setup.exercise,
        scenario=setup.scenario,
        organisation=setup.organisation,
        variation=setup.scenario.variations[setup.variation].title
        if setup.variation in setup.scenario.variations
        else "",
        start=f"{say_date(clock)} kl. {clock.local(0):%H:%M}",
        horizon=say_duration(setup.scenario.horizon),
        changed=[(path, with_comma(value)) for path, value in outcome.changed],
        start_chosen=outcome.start_chosen,
        plays=outcome.results.plays,
        seed=outcome.seed,
        typical=outcome.typical.replication,
        brief=brief(outcome),
        figures=figures,
        levels=tables.levels(outcome),
        path=tables.path(outcome, main) if main is not None else None,
        objectives=tables.objectives(outcome),
        waited_for=tables.waited_for(outcome),
        waited_why=tables.waited_why(outcome),
        injects=tables.injects(outcome),
        mandates=tables.mandates(outcome),
        assumptions=[_assumption(entry) for entry in setup.ledger],
        sources=_sources(outcome),
        warnings=outcome.warnings,
        command=" ".join(_quoted(word) for word in outcome.command),
        files=sorted(setup.files.items()),
        version=__version__,
    )


def brief(outcome: Outcome) -> tuple[str, ...]:
    """The result in a few sentences."""
    said = [f"{ladder_message(outcome)}.", f"{waiting_message(outcome)}."]
    criteria = outcome.results.criteria
    if criteria:
        reached = sum(result.verdict == "reached" for result in criteria)
        missed = sum(result.verdict == "not_reached" for result in criteria)
        unsure = len(criteria) - reached - missed
        said.append(
            f"Av {len(criteria)} kriterier nås kravet för {reached}, nås inte för {missed}"
            + (f" och går inte att avgöra eller prövades inte för {unsure}." if unsure else ".")
        )
    gaps = [result for result in outcome.results.mandate if result.gap.hits]
    for result in gaps:
        decision = outcome.names.decision(result.decision)
        said.append(
            f"Ingen i organisationen får besluta om ”{decision}”; det behövdes i {percent(result.gap.share)} av spelen."
        )
    for level in outcome.results.levels:
        if level.unnecessary.hits:
            share = percent(level.unnecessary.share)
            said.append(f"{outcome.names.level(level.level)} aktiverades i onödan i {share} av spelen.")
    return tuple(said)


def _template(name: str) -> str:
    return files("ovning.report").joinpath("templates", f"{name}.j2").read_text(encoding="utf-8")


def _breakable(name: str) -> Markup:
    """A name that may be broken between its parts, where a column is narrow."""
    return Markup("<wbr>").join(re.split(r"(?<=[._])", name))


def _assumption(entry: Assumption) -> dict[str, str | bool]:
    where = entry.name or entry.path
    return {
        "what": where,
        "value": say_value(entry.value),
        "range": "–" if entry.range is None else say_value(entry.range),
        "reason": entry.reason,
        "valued": entry.value is not None,
    }


def say_value(value: object) -> str:
    """A value as written in a file, in one line."""
    match value:
        case None:
            return "inget"
        case bool():
            return "ja" if value else "nej"
        case dict():
            return ", ".join(f"{_KEYS.get(str(key), key)} {say_value(part)}" for key, part in value.items())
        case list() | tuple():
            return " – ".join(say_value(part) for part in value) if value else "inget"
        case float():
            return f"{value:g}".replace(".", ",")
        case str():
            return with_comma(value)
        case _:
            return str(value)


def _sources(outcome: Outcome) -> list[tuple[str, int]]:
    counted: dict[str, int] = {}
    for known in outcome.setup.known:
        counted[known.source] = counted.get(known.source, 0) + 1
    return sorted(counted.items())


def _quoted(word: str) -> str:
    return f'"{word}"' if any(c in word for c in " ;&|<>()$`\\\"'*?") else word
