"""All papers that an exercise needs before it is held."""

from __future__ import annotations

from dataclasses import replace

from ovning.experiment.forecast import Forecast
from ovning.model.setup import Setup
from ovning.report.papers.control import inject_list, telephone_list
from ovning.report.papers.evaluators import evaluation_plan, protocol_sheets, protocols
from ovning.report.papers.expected import Expectations
from ovning.report.papers.paper import Paper
from ovning.report.papers.players import players_paper


def papers_of(setup: Setup, forecast: Forecast) -> tuple[Paper, ...]:
    """In the order in which they are needed. The forms are one workbook, beside the evaluation plan."""
    expected = Expectations(setup, forecast)
    under = f"{setup.exercise.title} · {setup.organisation.title}"
    plan = evaluation_plan(expected, under)
    return (
        inject_list(expected, under),
        telephone_list(expected, under),
        players_paper(setup, setup.exercise.title),
        plan,
        *protocols(expected, under),
        replace(plan, name="observationsprotokoll", blocks=(), sheets=protocol_sheets(expected)),
    )
