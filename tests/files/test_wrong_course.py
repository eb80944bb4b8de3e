"""What can be wrong with conditions, events, variations and texts that speak of flows, duty and clock times."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.files.wrong import SCE, Wrong, assert_found, warned

COUNTS = "{visits.waiting} väntar"

CASES = [
    Wrong(
        "condition on no flow",
        SCE,
        "{flow: visits,",
        "{flow: visit,",
        "inte ett flöde under flows",
        "visit, waiting",
        "menade du ”visits”?",
    ),
    Wrong(
        "condition on a flow that counts nothing",
        SCE,
        "{flow: visits, waiting: 5}",
        "{flow: visits}",
        "exakt ett av arrived",
        "{flow: visits}",
    ),
    Wrong("no time at all", SCE, '["05:00", "09:00"]', '["05:00", "05:00"]', "är ingen tid alls", '["05:00", "05:00"]'),
    Wrong("no clock time", SCE, '["05:00", "09:00"]', '["5", "09:00"]', "”5” är inget klockslag", '"5"', "citattecken"),
    Wrong("one time of two", SCE, '["05:00", "09:00"]', '["05:00"]', "listan är för kort", '["05:00"]'),
    warned(
        "longer on duty than the play",
        SCE,
        "on_duty_for: 4 h",
        "on_duty_for: 7 h",
        "ingen hinner vara i tjänst i 7 h",
        "7 h, persons",
    ),
    warned(
        "inject on a flow that is never so long",
        SCE,
        '{any: [{flow: visits, waiting: 5}, {all: [{on_duty_for: 4 h, persons: 2}, {between: ["05:00", "09:00"]}]}]}',
        "{flow: visits, waiting: 41}",
        "”E4” kommer aldrig: inget i scenariot gör villkoret sant",
        "{flow: visits, waiting: 41}",
    ),
    warned(
        "inject on lateness that is not counted",
        SCE,
        '{any: [{flow: visits, waiting: 5}, {all: [{on_duty_for: 4 h, persons: 2}, {between: ["05:00", "09:00"]}]}]}',
        "{flow: calls, late: 1}",
        "”E4” kommer aldrig",
        "{flow: calls, late: 1}",
    ),
    Wrong(
        "away in no role",
        SCE,
        "away: [home_care]",
        "away: [homecare]",
        "inte en roll i ordlistan",
        "homecare",
        "”home_care”",
    ),
    Wrong(
        "lasts without anything",
        SCE,
        "{id: outage, at: 0 min, sets: {electricity: 0.5}}",
        "{id: outage, at: 0 min, lasts: 1 h}",
        "lasts hör till en händelse",
        "{id: outage",
    ),
    Wrong(
        "only if whoever answers is there",
        SCE,
        "    to: role(home_care)\n",
        "    to: staff\n",
        "only_if_there gäller den roll",
        "staff\n    only_if_there",
        "role(…)",
    ),
    Wrong(
        "flow left out by a variation",
        SCE,
        "without: [E2]",
        "without: [calls]",
        "varken händelse eller inspel",
        "calls]",
        "changes: {flows.calls: null}",
    ),
    Wrong(
        "path into a flow",
        SCE,
        "changes: {events.back.at: 10 min}",
        "changes: {flows.visits.stages.vist.takes: 5 min}",
        "”vist” finns inte i flows.visits.stages",
        "flows.visits.stages.vist",
        "”visit”",
    ),
    Wrong(
        "no such flow in a text",
        SCE,
        COUNTS,
        "{visit.waiting} väntar",
        "”visit” är inget flöde",
        '"{visit.',
        "”visits”",
    ),
    Wrong(
        "no such count of a flow",
        SCE,
        COUNTS,
        "{visits.wating} väntar",
        "kan inte fyllas i",
        '"{visits.wating',
        "”waiting”",
    ),
    Wrong(
        "what a flow does not have",
        SCE,
        COUNTS,
        "{visits.out} väntar",
        "{visits.out} i texten kan inte fyllas i",
        '"{visits.out',
        "waiting, done, arrived, late",
    ),
    Wrong(
        "what a service does not have",
        SCE,
        "{electricity.out}",
        "{electricity.waiting}",
        "kan inte fyllas i",
        '"Är det',
        "out, level",
    ),
    Wrong("worn for no time", SCE, "{worn.4 h}", "{worn.4}", "är ingen tid", '"{visits', "{worn.16 h}"),
    Wrong("worn misspelt", SCE, "{worn.4 h}", "{warn.4 h}", "kan inte fyllas i", '"{visits', "”worn”"),
    warned(
        "lateness that is not counted", SCE, "{calls.done}", "{calls.late}", "blir alltid 0: ingen i flödet", '"{visits'
    ),
    warned(
        "text that states what may not be so yet",
        SCE,
        "    when: {service: electricity, below: 0.6}\n    delay: 30 min\n",
        "    at: 30 min\n",
        "texten säger {electricity.out}, som spelet räknar fram, men inspelet kommer på ett bestämt klockslag",
        '"Är det',
        "scripted: true",
    ),
]


@pytest.mark.parametrize("wrong", CASES, ids=lambda wrong: wrong.kind)
def test_one_thing_wrong(wrong: Wrong, tmp_path: Path) -> None:
    assert_found(wrong, tmp_path)
