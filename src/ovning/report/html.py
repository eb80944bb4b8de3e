"""The report as one HTML file that needs nothing beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any

from markupsafe import Markup

from ovning import __version__
from ovning.report import tables
from ovning.report.assumptions import format_words, say_value
from ovning.report.brief import brief, day, remarks, startex
from ovning.report.catalogue import words
from ovning.report.drawings import Drawing
from ovning.report.findings import Findings
from ovning.report.numbers import duration, percent, share, whole
from ovning.report.outcome import Outcome
from ovning.report.pages import page_environment, quoted
from ovning.report.place import Place
from ovning.report.results import VERDICTS
from ovning.report.said import listed
from ovning.report.teller import Entry
from ovning.report.timeline import Timeline
from ovning.report.wording import with_comma
from ovning.words import LANGUAGE, phrase


def render_report(outcome: Outcome, findings: Findings, drawings: Sequence[Drawing], course: Timeline) -> str:
    """The whole page; ``drawings`` go where their names say, ``course`` is the main course of the typical play."""
    setup, found = outcome.setup, findings
    main = found.main_level
    return (
        page_environment()
        .get_template("report.html")
        .render(
            language=LANGUAGE,
            outcome=outcome,
            exercise=setup.exercise,
            scenario=setup.scenario,
            organisation=setup.organisation,
            variation=setup.scenario.variations[setup.variation].title
            if setup.variation in setup.scenario.variations
            else "",
            start=startex(found.results, setup),
            at_population=whole(found.results["at_population"]) if setup.at_population is not None else "",
            population=whole(found.results["population"]),
            horizon=duration(found.horizon),
            changed=[(path, with_comma(value)) for path, value in outcome.changed],
            plays=whole(found.results["plays"]),
            typical=whole(found.results["typical_play"]),
            brief=brief(found),
            remarks=remarks(found),
            figures={drawing.name: {"svg": Markup(drawing.svg), "alt": drawing.alt} for drawing in drawings},
            objectives=_objectives(found),
            criteria=tables.objectives(found),
            limits=tables.limits(found),
            levels=tables.levels(found),
            path=tables.path(found, main) if main is not None else None,
            waited_for=tables.waited_for(found),
            waited_why=tables.waited_why(found),
            remedies=tables.remedies(found),
            changed_criteria=tables.changed_criteria(found),
            strain=tables.strain(found, most=5),
            strain_all=tables.strain(found),
            endurance=tables.endurance(found),
            unmanned=tables.unmanned(found),
            loads=tables.loads(found),
            services=tables.services(found),
            flows=tables.flows(found),
            stocks=tables.stocks(found),
            injects=tables.injects(found),
            mandates=tables.mandates(found),
            course=_sections(course.entries),
            clock=course.clock,
            ends=course.horizon,
            starts=tables.starts(found),
            starts_criteria=tables.starts_criteria(found),
            starts_between=[day(found.results["starts"][end]) for end in ("earliest", "latest")]
            if found.results["starts"]
            else [],
            values=found.results["values"],
            assumptions=_assumptions(found),
            sources=found.results["values"]["sources"],
            confidence=percent(found.results["confidence"]),
            command=" ".join(quoted(word) for word in outcome.command),
            files=sorted(setup.files.items()),
            version=__version__,
        )
    )


def _objectives(found: Findings) -> list[dict[str, Any]]:
    """Each objective with the shares of the plays in which it was met, met in part and not met."""
    return [
        {
            "id": objective.id,
            "title": objective.title,
            "tested": bool(place["tested"]),
            "met": share(place["met"]),
            "parts": [
                (name, percent(place[name]), 100 * place[name]["share"].value)
                for name in ("met", "partly", "not_met")
                if place["tested"]
            ],
            "verdicts": listed(
                words(f"page.verdict.{verdict}", criteria=whole(place["verdicts"][verdict]))
                for verdict in VERDICTS
                if place["verdicts"][verdict]
            ),
        }
        for objective, place in zip(found.setup.exercise.objectives, found.results["objectives"], strict=True)
    ]


def _sections(entries: Sequence[Entry]) -> list[tuple[str, list[Entry]]]:
    """Entries under the heading that they follow."""
    found: list[tuple[str, list[Entry]]] = []
    for is_heading, group in groupby(entries, key=lambda entry: entry.kind == "section"):
        if is_heading:
            found += [(entry.headline, []) for entry in group]
        else:
            if not found:
                found.append(("", []))
            found[-1][1].extend(group)
    return found


def _assumptions(found: Findings) -> list[dict[str, Any]]:
    named = format_words(found.setup)
    return [
        {
            "name": place["name"].value,
            "title": place["title"].value,
            "at": place.at,
            "value": _value(place, named),
            "range": "–" if place["range"].value is None else say_value(place["range"].value, named),
            "reason": place["reason"].value,
            "valued": place["value"].value is not None,
        }
        for place in found.results["assumptions"]
    ]


def _value(place: Place, named: Mapping[str, str]) -> str:
    """An assumed value, and what was played instead where that was counted for another number of inhabitants."""
    value, played = say_value(place["value"].value, named), place["played"].value
    if played is None:
        return value
    shown = round(played) if played >= 1000 else played
    return phrase("page.assumption.counted", value=value, played=say_value(shown, named))
