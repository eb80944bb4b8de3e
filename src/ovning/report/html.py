"""The report as one HTML file that needs nothing beside it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from importlib.resources import files
from typing import Final

from jinja2 import Environment, FunctionLoader, StrictUndefined
from markupsafe import Markup

from ovning import __version__
from ovning.model.assumptions import Assumption
from ovning.model.setup import Setup
from ovning.report import society, tables
from ovning.report.drawings import Drawing, ladder_message, waiting_message
from ovning.report.gains import changed_criteria, gains
from ovning.report.names import short, small
from ovning.report.outcome import Outcome
from ovning.report.timeline import say_date
from ovning.report.wording import percent, share, unbroken, with_comma
from ovning.units import Clock, say_duration

_WORDS: Final = {
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
    "for": "under",
    "from_severity": "från allvar",
    "function": "vem:",
    "holidays": "helgdagar",
    "including": "däribland",
    "item": "per punkt",
    "kinds": "slag",
    "known_severity_below": "känt allvar under",
    "length": "längd",
    "max": "högst",
    "mean": "medelvärde",
    "median": "median",
    "meeting_every": "möte var",
    "min": "minst",
    "mode": "vanligast",
    "night": "natt",
    "p90": "nio av tio inom",
    "planned_within": "planerat inom",
    "seats": "platser",
    "severity": "allvar",
    "takes": "tar",
    "without": "utom",
    "care_day": "vårdens dag",
    "office_hours": "kontorstid",
    "school_hours": "skoltid",
    "remote": "på distans",
    "in_person": "på plats",
    "mon": "mån",
    "tue": "tis",
    "wed": "ons",
    "thu": "tor",
    "fri": "fre",
    "sat": "lör",
    "sun": "sön",
}
"""Words of the files' format, in a table for people."""


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
    words = _words(setup)
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
        typical=outcome.typical,
        brief=brief(outcome),
        figures=figures,
        levels=tables.levels(outcome),
        path=tables.path(outcome, main) if main is not None else None,
        objectives=tables.objectives(outcome),
        waited_for=tables.waited_for(outcome),
        waited_why=tables.waited_why(outcome),
        gains=gains(outcome),
        changed_criteria=changed_criteria(outcome),
        injects=tables.injects(outcome),
        mandates=tables.mandates(outcome),
        strain=society.strain(outcome, most=5),
        strain_all=society.strain(outcome),
        endurance=society.endurance(outcome),
        unmanned=society.unmanned(outcome),
        loads=society.loads(outcome),
        services=society.services(outcome),
        flows=society.flows(outcome),
        assumptions=[_assumption(entry, words) for entry in setup.ledger],
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
        said += _furthest_from(outcome)
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
        if level.unnecessary_alert.hits:
            share = percent(level.unnecessary_alert.share)
            said.append(f"{outcome.names.level(level.level)} larmades ut i onödan och ställdes in i {share} av spelen.")
    said += society.sentences(outcome)
    return tuple(said)


def _furthest_from(outcome: Outcome) -> list[str]:
    """The criteria that are missed by most, named with the share of the plays that meets them."""
    missed = [result for result in outcome.results.criteria if result.verdict == "not_reached"]
    worst = sorted(missed, key=lambda result: (result.met.share or 0.0) - result.target)[:3]
    if not worst:
        return []
    objectives = {objective.id: objective for objective in outcome.setup.exercise.objectives}
    named = [
        f"”{outcome.names.criterion(objectives[r.objective].criteria[r.criterion])}” ({share(r.met)})" for r in worst
    ]
    return [f"Längst från kravet: {', '.join(named)} av spelen."]


def _template(name: str) -> str:
    return files("ovning.report").joinpath("templates", f"{name}.j2").read_text(encoding="utf-8")


def _breakable(name: str) -> Markup:
    """A name that may be broken between its parts, where a column is narrow."""
    return Markup("<wbr>").join(re.split(r"(?<=[._])", name))


def _assumption(entry: Assumption, words: Mapping[str, str]) -> dict[str, str | bool]:
    where = entry.name or entry.path
    return {
        "what": where,
        "value": say_value(entry.value, words),
        "range": "–" if entry.range is None else say_value(entry.range, words),
        "reason": entry.reason,
        "valued": entry.value is not None,
    }


def say_value(value: object, words: Mapping[str, str] = _WORDS) -> str:
    """A value as written in a file, in one line; ``words`` are Swedish for keys and ids."""
    match value:
        case None:
            return "inget"
        case bool():
            return "ja" if value else "nej"
        case dict():
            parts = ((words.get(str(key), str(key)), part, say_value(part, words)) for key, part in value.items())
            # What has several parts of its own is kept together.
            return ", ".join(
                f"{key} ({said})" if isinstance(part, dict) and len(part) > 1 else f"{key} {said}"
                for key, part, said in parts
            )
        case list() | tuple():
            said = [say_value(part, words) for part in value]
            if any(isinstance(part, dict) for part in value):
                return "; ".join(said)
            return (" – " if all(part[:1].isdigit() for part in said) else ", ").join(said) or "inget"
        case float():
            return f"{value:g}".replace(".", ",")
        case str():
            return words.get(value) or with_comma(value)
        case _:
            return str(value)


def _words(setup: Setup) -> dict[str, str]:
    """Swedish for the format's own words and for the ids of the files that were played."""
    vocabulary, organisation = setup.vocabulary, setup.organisation
    titled = (vocabulary.decisions, vocabulary.seats, organisation.functions, organisation.bodies)
    return {name: small(short(known.title)) for group in titled for name, known in group.items()} | _WORDS


def _sources(outcome: Outcome) -> list[tuple[str, int]]:
    counted: dict[str, int] = {}
    for known in outcome.setup.known:
        counted[known.source] = counted.get(known.source, 0) + 1
    return sorted(counted.items())


def _quoted(word: str) -> str:
    return f'"{word}"' if any(c in word for c in " ;&|<>()$`\\\"'*?") else word
