"""Figures of services, queues and the way to each criterion: their sentences and what stands in their place."""

from __future__ import annotations

from dataclasses import replace

import pytest
from matplotlib.patches import StepPatch

from ovning.measures.aggregate import Results
from ovning.measures.tally import Tally
from ovning.report.drawings import Drawing
from ovning.report.drawings_society import (
    PARTS,
    draw_backlogs,
    draw_objectives,
    draw_services,
    objectives_message,
)
from ovning.report.names import CAUSES
from ovning.report.outcome import Outcome
from ovning.report.results import results_document
from ovning.report.wording import hours, number
from ovning.units import say_duration


def changed(outcome: Outcome, **results: object) -> Outcome:
    found: Results = replace(outcome.results, **results)  # type: ignore[arg-type]
    return replace(outcome, results=found)


def shown(drawing: Drawing | None) -> Drawing:
    assert drawing is not None
    assert drawing.svg.startswith("<svg")
    return drawing


def test_services_say_what_was_gone_for_longest(outcome: Outcome) -> None:
    drawing = shown(draw_services(outcome))
    levels = {one.service: outcome.setup.scenario.services[one.service].level for one in outcome.results.services}
    gone = [one for one in outcome.results.services if one.affected and levels[one.service] > 0]
    longest = max(gone, key=lambda one: one.gone.mean)
    told = f"{outcome.names.service(longest.service)} är borta längst: i medeltal {hours(longest.gone.mean)} timmar"
    assert told in drawing.alt
    lost = [one for one in gone if one.failed.reached.hits]
    assert drawing.alt.count(" utan per berörd") == len(lost) == len(drawing.figure.axes)


def test_what_is_arranged_later_is_no_loss(outcome: Outcome) -> None:
    assert "trygghetspunkter" not in shown(draw_services(outcome)).alt.lower()


def test_queues_say_where_most_is_waited(outcome: Outcome) -> None:
    drawing = shown(draw_backlogs(outcome))
    worst = max(outcome.results.flows, key=lambda one: sum(mean.mean for mean in one.waiting))
    assert f"som längst {number(worst.largest.mean)} " in drawing.alt
    assert worst.wait is not None
    assert say_duration(worst.wait.mean) in drawing.alt


def test_every_criterion_on_a_time_has_a_bar(outcome: Outcome) -> None:
    drawing = shown(draw_objectives(outcome))
    ways = [way for way in outcome.results.ways if way.criterion is not None]
    assert len(ways) == drawing.alt.count("(gräns ") > 10
    assert len(drawing.figure.axes[0].get_yticks()) == len(ways)
    for way in ways:
        assert say_duration(way.lasted.mean) in drawing.alt


def test_a_criterion_that_is_not_always_reached_says_so(outcome: Outcome) -> None:
    first, *rest = outcome.results.criteria
    seldom = first.times.reached._replace(hits=2, n=6, share=1 / 3)
    some = changed(outcome, criteria=(first._replace(times=first.times._replace(reached=seldom)), *rest))
    notes = [text.get_text() for text in shown(draw_objectives(some)).figure.axes[0].texts]
    assert sum("nås i 33" in note for note in notes) == 1


def test_many_criteria_are_drawn_by_objective(outcome: Outcome, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ovning.report.drawings_society._MOST", 3)
    drawing = shown(draw_objectives(outcome))
    whole = [way for way in outcome.results.ways if way.criterion is None]
    assert len(drawing.figure.axes[0].get_yticks()) == len(whole)
    assert "sammanlagt" in drawing.alt


def test_nothing_to_show_is_no_figure(outcome: Outcome) -> None:
    nothing = changed(outcome, services=(), flows=(), ways=())
    assert draw_services(nothing) is None
    assert draw_backlogs(nothing) is None
    assert draw_objectives(nothing) is None
    assert objectives_message(nothing) == "Målens kriterier nås utan att det tar någon tid"


def test_only_work_is_told_as_such(outcome: Outcome) -> None:
    way = outcome.results.ways[1]
    none = way.work._replace(mean=0.0)
    work = way._replace(waiting=(), work=way.work._replace(mean=60_000.0), spread=none, idle=none)
    assert objectives_message(changed(outcome, ways=(work,))).startswith("All tid på vägen")


def test_one_play_alone_has_figures_without_bands(outcome: Outcome) -> None:
    services = tuple(
        one._replace(level=tuple(mean._replace(low=None, high=None) for mean in one.level))
        for one in outcome.results.services
    )
    drawing = shown(draw_services(changed(outcome, services=services)))
    for axes in drawing.figure.axes:
        low, high, mean = (list(one.get_data().values) for one in axes.patches if isinstance(one, StepPatch))
        assert low == high == mean


def test_all_parts_have_words() -> None:
    assert set(PARTS) == {"work", "spread", "idle", *CAUSES}


def test_the_hours_and_the_ways_are_in_the_results(outcome: Outcome) -> None:
    document = results_document(outcome)
    for service in document["services"]:
        hourly = service["level_by_hour"]
        assert (hourly is None) == (service["affected"] == 0)
        if hourly is not None:
            lacking = sum(3_600_000 * (1 - level) for level in hourly["mean"])
            assert lacking == pytest.approx(service["time_without"]["mean"], abs=72 * 3_600_000 * 1e-4)
            assert len(hourly["low"]) == len(service["without_by_hour"]["mean"]) == 72
    for flow in document["flows"]:
        assert len(flow["waiting_by_hour"]["mean"]) in (0, 72)
    for objective in document["objectives"]:
        for way in (objective["way"], *(criterion["way"] for criterion in objective["criteria"])):
            if way is not None:
                parts = [way["work"], way["spread"], way["idle"], *(part["mean"] for part in way["waiting"])]
                assert sum(part["mean"] for part in parts) == pytest.approx(way["time"]["mean"], abs=len(parts))


def test_tallies_of_some_plays_each_give_the_same(outcome: Outcome) -> None:
    packed = Tally.from_bytes(outcome.plays.to_bytes())
    assert packed.hours("service", "electricity", "hours") == outcome.plays.hours("service", "electricity", "hours")
