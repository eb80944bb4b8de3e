"""Figures of what the plays asked of people, of the criteria and of one play: their messages and their words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

import pytest
from matplotlib.text import Text

from ovning.experiment.replicate import replicate
from ovning.log import records as r
from ovning.log.records import Log
from ovning.measures.injects import inject_courses
from ovning.measures.intervals import Mean
from ovning.model.setup import Setup
from ovning.report.drawings import Drawing
from ovning.report.drawings_play import (
    criteria_message,
    draw_criteria,
    draw_strain,
    draw_timeline,
    strain_message,
    timeline_message,
)
from ovning.report.outcome import Outcome
from ovning.units import Clock, say_duration


@pytest.fixture(scope="module")
def log(orebro: Setup, outcome: Outcome) -> Log:
    return tuple(next(iter(replicate(orebro, 1, [outcome.typical]))).log)


def words(drawing: Drawing | None) -> list[str]:
    assert drawing is not None
    return [text.get_text() for text in drawing.figure.findobj(Text) if isinstance(text, Text) and text.get_text()]


def flat(texts: Sequence[str]) -> str:
    return " ".join(texts).replace("\n", " ")


def test_strain_shows_the_busiest_first_and_says_so(outcome: Outcome) -> None:
    drawing = draw_strain(outcome)
    assert drawing is not None
    load = max(outcome.results.strain.loads, key=lambda one: max(hour.mean for hour in one.by_hour))
    who = outcome.names.short_station(load.station)
    first = drawing.figure.axes[0].get_yticklabels()[0].get_text().replace("\n", " ")
    assert first == who
    assert strain_message(outcome).startswith(f"{who} hade mest att göra: kl. ")
    assert f"{max(hour.mean for hour in load.by_hour) / 10:.0f}" in strain_message(outcome)
    assert strain_message(outcome) in drawing.alt
    group = outcome.results.strain.groups[0]
    assert f"{group.deviations.mean:.1f}".replace(".", ",").removesuffix(",0") in drawing.alt


def test_no_deviation_is_not_said_to_be_one(outcome: Outcome) -> None:
    rested = replace(
        outcome,
        results=replace(outcome.results, strain=outcome.results.strain._replace(deviations=Mean(6, 0.0, 0.0, 0.0))),
    )
    assert strain_message(rested).endswith("Ingens dygnsvila bröts")


def test_nobody_at_work_is_no_figure(outcome: Outcome) -> None:
    idle = replace(outcome, results=replace(outcome.results, strain=outcome.results.strain._replace(loads=())))
    assert draw_strain(idle) is None
    assert strain_message(idle) == "Ingen arbetade med övningen"


def test_every_criterion_stands_in_its_figure_and_its_words(outcome: Outcome) -> None:
    drawing = draw_criteria(outcome)
    shown = flat(words(drawing))
    assert drawing is not None
    for objective in outcome.setup.exercise.objectives:
        assert objective.title in shown
        for criterion in objective.criteria:
            title = outcome.names.criterion(criterion)
            assert title[1:] in drawing.alt
    counted = Counter(result.verdict for result in outcome.results.criteria)
    assert criteria_message(outcome).startswith(
        f"Av {counted.total()} kriterier nås kravet för {counted['reached']} och nås inte för {counted['not_reached']}"
    )
    assert (f"avgöra för {counted['undecided']}" in criteria_message(outcome)) == bool(counted["undecided"])


def test_no_criteria_is_no_figure(outcome: Outcome) -> None:
    assert draw_criteria(replace(outcome, results=replace(outcome.results, criteria=()))) is None


def test_a_timeline_has_every_inject_and_every_decision_of_its_log(outcome: Outcome, log: Log) -> None:
    shown = words(draw_timeline(outcome, log))
    for inject in inject_courses(log):
        assert shown.count(inject.inject) == 1
    clock = Clock.at(outcome.setup.scenario.start)
    for record in log:
        if isinstance(record, r.DecisionMade):
            assert any(f"{clock.local(record.at):%H:%M}" in text for text in shown)


def test_a_timeline_says_when_the_level_was_in_place(outcome: Outcome, log: Log) -> None:
    drawing = draw_timeline(outcome, log)
    assert drawing is not None
    active = next(record for record in log if isinstance(record, r.LevelActivated))
    assert f"i gång efter {say_duration(active.at)}" in timeline_message(outcome, log)
    clock = Clock.at(outcome.setup.scenario.start)
    assert f"i gång {clock.local(active.at):%H:%M}" in drawing.alt


def test_a_play_without_a_level_or_answers_says_so(outcome: Outcome, log: Log) -> None:
    silent = tuple(record for record in log if not isinstance(record, (r.LevelActivated, r.InjectReceived)))
    sent = sum(isinstance(record, r.InjectSent) for record in log)
    assert "kom aldrig i gång inom 3 dygn" in timeline_message(outcome, silent)
    assert timeline_message(outcome, silent).endswith(f"{sent} av {sent} inspel togs aldrig emot")
    assert "inspel som ingen tog emot" in legend(draw_timeline(outcome, silent))


def test_a_play_in_which_nothing_happened_is_no_figure(outcome: Outcome, log: Log) -> None:
    assert draw_timeline(outcome, (log[0], log[-1])) is None


def legend(drawing: Drawing | None) -> list[str]:
    assert drawing is not None
    return [text.get_text() for legend in drawing.figure.legends for text in legend.get_texts()]
