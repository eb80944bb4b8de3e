"""Criteria on the whole of a play: how they are written, and what they come to."""

import pytest
from pydantic import ValidationError

from ovning.files import check_paths
from ovning.log.records import (
    FlowArrived,
    FlowBegun,
    FunctionEmptied,
    FunctionManned,
    PlayEnded,
    PlayStarted,
    ServiceChanged,
    StockMoved,
    StockRateChanged,
    StockStood,
    Worked,
)
from ovning.measures.objectives import criterion_times, grade_of
from ovning.measures.strain import Rules, strain
from ovning.measures.wholes import Whole, measure_whole
from ovning.model.exercise import Criterion, Exercise
from ovning.model.services import Service
from ovning.model.stocks import Stock
from ovning.units import HOUR, MINUTE
from tests.measures.logs import ORGANISATION
from tests.tiny import Tiny

H, M = HOUR, MINUTE
LOG = (
    PlayStarted(0, "elavbrott", "orebro", None, 1, 0, "2026-01-22T08:00:00+01:00", 48 * H),
    FlowArrived(0, "visits", 4, (1, 2, 3, 4)),
    StockStood(0, "tanks", 2_000, 10_000, "part"),
    StockStood(0, "store", 0, 10_000, "dry"),
    StockRateChanged(0, "tanks.fetched", "tanks", None, 1_000, 1_000),
    FlowBegun(30 * M, "visits", "go", 3, (1, 2, 3), 90 * M, "w"),
    ServiceChanged(2 * H, "power", 0.25, "storm"),
    StockRateChanged(2 * H, "tanks.fetched", "tanks", None, 0, 1_000),
    FunctionEmptied(3 * H, "tib"),
    FunctionEmptied(4 * H, "chef"),
    FunctionManned(5 * H, "tib"),
    ServiceChanged(6 * H, "power", 1.0, "repair"),
    StockRateChanged(7 * H, "tanks.fetched", "tanks", None, 0, 0),
    StockMoved(7 * H, None, "store", 5_000, 5_000, "gift"),
    Worked(14 * H, 0, "E1/x", "sak#1", "tib", "work", "desk"),
    PlayEnded(48 * H),
)
SERVICES = {"power": Service.model_validate({"affects": {"households": 1000}})}
STOCKS = {
    "tanks": Stock.model_validate({"title": "Tankar", "holds": 10, "emptied_by": {"fetched": {"per_hour": 1}}}),
    "store": Stock.model_validate({"title": "Förråd", "holds": 10}),
}
WHOLE = Whole(SERVICES, strain(LOG, Rules("23:00", "06:00", 11 * H, 5 * H), {}), STOCKS)


def _criterion(**given):
    return Criterion.model_validate(given)


def _measured(**given):
    return measure_whole(LOG, _criterion(**given), ORGANISATION, WHOLE)


def test_what_each_comes_to():
    assert _measured(measure="service_hours_without", service="power", met="4 h") == 3 * H
    assert _measured(measure="service_hours_without", service="power", below=0.5, met="4 h") == 4 * H
    assert _measured(measure="flow_in_time", flow="visits", within="30 min", met="90 %") == 0.75
    assert _measured(measure="flow_in_time", flow="visits", within="29 min", met="90 %") == 0
    assert _measured(measure="stock_delivered", stock="tanks", met="90 %") == 2 / 7
    assert _measured(measure="unmanned_hours", met="2 h") == (2 + 44) * H
    assert _measured(measure="unmanned_hours", role="duty_officer", met="2 h") == 2 * H
    assert _measured(measure="rest_deviations", met=0) == 1


def test_what_the_play_does_not_tell_is_not_tested():
    nothing = _criterion(measure="flow_in_time", flow="calls", within="1 h", met="90 %")
    assert measure_whole(LOG, nothing, ORGANISATION, WHOLE) is None
    assert grade_of(nothing, None, 48 * H) == "not_tested"
    assert _measured(measure="service_hours_without", service="water", met="4 h") is None
    assert _measured(measure="stock_delivered", stock="store", met="90 %") is None, "nobody wants anything of it"
    assert _measured(measure="stock_delivered", stock="lake", met="90 %") is None
    with pytest.raises(ValueError, match="time_to_level"):
        _measured(measure="time_to_level", level="watch", met="1 h")


@pytest.mark.parametrize(
    ("limits", "measured", "grade"),
    [
        ({"measure": "rest_deviations", "met": 0, "partly": 3}, 0, "met"),
        ({"measure": "rest_deviations", "met": 0, "partly": 3}, 3, "partly"),
        ({"measure": "rest_deviations", "met": 0, "partly": 3}, 4, "not_met"),
        ({"measure": "flow_in_time", "flow": "x", "within": "1 h", "met": "90 %", "partly": "75 %"}, 0.9, "met"),
        ({"measure": "flow_in_time", "flow": "x", "within": "1 h", "met": "90 %", "partly": "75 %"}, 0.89, "partly"),
        ({"measure": "flow_in_time", "flow": "x", "within": "1 h", "met": 0.9, "partly": 0.75}, 0.74, "not_met"),
        ({"measure": "flow_in_time", "flow": "x", "within": "1 h", "met": "90 %"}, 0.89, "not_met"),
        ({"measure": "unmanned_hours", "met": "2 h"}, 2 * H, "met"),
        ({"measure": "unmanned_hours", "met": "2 h"}, 2 * H + 1, "not_met"),
    ],
)
def test_of_a_share_more_is_better_and_of_all_else_less(limits, measured, grade):
    assert grade_of(_criterion(**limits), measured, 48 * H) == grade


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"measure": "rest_deviations", "met": "2 h"}, "ett antal"),
        ({"measure": "rest_deviations", "met": -1}, "ett antal"),
        ({"measure": "rest_deviations", "met": 1.5}, "ett antal"),
        ({"measure": "rest_deviations", "met": True}, "ett antal"),
        ({"measure": "flow_in_time", "flow": "x", "within": "1 h", "met": "2 h"}, "en andel"),
        ({"measure": "flow_in_time", "flow": "x", "within": "1 h", "met": 90}, "en andel"),
        ({"measure": "flow_in_time", "flow": "x", "within": "1 h", "met": "90 %", "partly": "95 %"}, "strängare"),
        ({"measure": "flow_in_time", "flow": "x", "met": "90 %"}, "within"),
        ({"measure": "stock_delivered", "stock": "x", "met": "2 h"}, "en andel"),
        ({"measure": "stock_delivered", "met": "90 %"}, "stock"),
        ({"measure": "service_hours_without", "service": "x", "met": 3}, "enhet"),
        ({"measure": "service_hours_without", "met": "3 h"}, "service"),
        ({"measure": "unmanned_hours", "met": "90 %"}, "ingen tid"),
        ({"measure": "rest_deviations", "met": 3, "partly": 2}, "strängare"),
        ({"measure": "time_to_level", "level": "watch", "met": 3}, "enhet"),
    ],
)
def test_a_limit_in_another_unit_than_the_measures_is_refused(wrong, said):
    with pytest.raises(ValidationError, match=said):
        _criterion(**wrong)


def test_they_are_judged_beside_the_others():
    exercise = Exercise.model_validate(
        {
            "exercise": "x",
            "title": "X",
            "scenario": "scenario.yaml",
            "organisations": ["orebro"],
            "objectives": [
                {
                    "id": "M1",
                    "title": "Hålla ut",
                    "criteria": [
                        {"measure": "rest_deviations", "met": 0, "partly": 1},
                        {"measure": "flow_in_time", "flow": "visits", "within": "1 h", "met": "70 %"},
                    ],
                }
            ],
        }
    )
    rest, visits = criterion_times(LOG, exercise, ORGANISATION, None, WHOLE)
    assert (rest.measured, rest.grade, rest.begins_at, rest.followed) == (1, "partly", 0, 48 * H)
    assert (visits.measured, visits.grade) == (0.75, "met")
    assert {time.grade for time in criterion_times(LOG, exercise, ORGANISATION)} == {"not_tested"}


_FILES = """
exercise: handelse
title: Händelse
scenario: scenario.yaml
organisations: [lillby]
objectives:
  - id: M1
    title: Hålla ut
    criteria:
      - {measure: service_hours_without, service: powr, met: 2 h, assumption: Eget mål.}
      - {measure: service_hours_without, service: power, met: 13 h, assumption: Eget mål.}
      - {measure: flow_in_time, flow: visits, within: 1 h, stage: ga, met: 90 %, assumption: Eget mål.}
      - {measure: flow_in_time, flow: calls, within: 1 h, met: 90 %, assumption: Eget mål.}
      - {measure: unmanned_hours, role: nobody, met: 1 h, assumption: Eget mål.}
      - {measure: rest_deviations, met: 2, partly: 1, assumption: Eget mål.}
      - {measure: stock_delivered, stock: tower, met: 90 %, assumption: Eget mål.}
"""


def test_what_they_measure_must_be_there(tmp_path):
    tiny = Tiny(tmp_path)
    folder = tiny.write(
        scenario={
            "assumption": "För provet.",
            "services": {"power": {"assumption": "För provet."}},
            "flows": {
                "visits": {
                    "title": "Besök",
                    "one": "besök",
                    "assumption": "För provet.",
                    "arrives": {"per_hour": 2},
                    "stages": [{"stage": "go", "title": "Åka", "needs": "drive", "takes": "5 min", "mode": "field"}],
                }
            },
        }
    )
    (folder / "exercise.yaml").write_text(_FILES, encoding="utf-8")
    said = {(problem.line, problem.message) for problem in check_paths([folder])}
    assert (15, "partly är strängare än met") in said
    (folder / "exercise.yaml").write_text(_FILES.replace("partly: 1", "partly: 3"), encoding="utf-8")
    said = {(problem.line, problem.message) for problem in check_paths([folder])}
    assert (10, "”powr” är ingen tjänst i scenariot") in said
    assert (11, "ingen kan vara utan längre än spelet varar (12 h): kriteriet uppfylls alltid") in said
    assert (12, "”ga” är inget steg i flödet ”visits”") in said
    assert (13, "”calls” är inget flöde i scenariot") in said
    assert (14, "”nobody” är inte en roll i ordlistan") in said
    assert (16, "”tower” är inget förråd i scenariot") in said
