"""Values of the wrong kind."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.files.base import FILES
from tests.files.wrong import EXE, ORG, SCE, Wrong, assert_found

CASES = [
    Wrong(
        "no such day", SCE, "2026-01-22T", "2026-02-30T", "den dagen eller det klockslaget finns inte", '"2026-02-30'
    ),
    Wrong("percent for share", SCE, "delay: 30 min", "chance: 90 %", "ett tal, inte 90 %", "90 %", "0.9"),
    Wrong("share of ninety", EXE, "target_share: 90 %", "target_share: 90", "högst 1", "90\n", "0.9"),
    Wrong(
        "one form of several",
        ORG,
        "{assume: on_call_reached}",
        "{chance: {day: 0.5}, delay: 3 min}",
        "”night” saknas",
        "{day",
    ),
    Wrong(
        "no form of several",
        ORG,
        "{assume: on_call_reached}",
        "{chance: [1], delay: 3 min}",
        "ett tal, inte en lista",
        "[1]",
    ),
    Wrong(
        "unknown key",
        ORG,
        "patience: {",
        "patiense: {",
        "okänd nyckel ”patiense” i functions.tib",
        "patiense",
        "menade du ”patience”?",
    ),
    Wrong(
        "missing key",
        ORG,
        "    role: executive\n",
        "",
        "”role” saknas i functions.chef",
        "title: Kommundirektör",
        "lägg till role",
    ),
    Wrong(
        "misspelt required key",
        ORG,
        "role: executive",
        "rolle: executive",
        "”role” saknas",
        "title: Kommundirektör",
        "det står ”rolle”",
    ),
    Wrong("empty procedure", SCE, "procedures:\n", "procedures:\n  spare: []\n", "listan är för kort: minst 1", "[]\n"),
    Wrong("text for number", ORG, "population: 10000", "population: många", "ett heltal, inte många", "många"),
    Wrong(
        "quoted number", ORG, "population: 10000", 'population: "10000"', "ett heltal", '"10000"', "utan citattecken"
    ),
    Wrong("fraction for whole", ORG, "count: 4", "count: 4.5", "ett heltal", "4.5"),
    Wrong(
        "number for text", ORG, "title: Kommundirektör", "title: 42", "här ska stå en text", "42", 'citattecken: "42"'
    ),
    Wrong(
        "yes for true",
        SCE,
        "    at: 10 min\n",
        "    at: 10 min\n    scripted: yes\n",
        "true eller false",
        "yes",
        "skriv true eller false",
    ),
    Wrong(
        "word for list",
        ORG,
        "filled_by: [beredskap]",
        "filled_by: beredskap",
        "en lista, inte beredskap",
        "beredskap\n    role",
        "[beredskap]",
    ),
    Wrong(
        "list for mapping",
        ORG,
        "staff: {chief: [chefer], situation: [beredskap]}",
        "staff: [chefer]",
        "nycklar med värden",
        "[chefer]\nagreements",
    ),
    Wrong(
        "word not among choices",
        SCE,
        "mode: desk\n      takes: 10 min",
        "mode: desc\n      takes: 10 min",
        "”desc” är inget av orden",
        "desc",
        "menade du ”desk”?",
    ),
    Wrong("share above one", SCE, "sets: {electricity: 0.5}", "sets: {electricity: 50}", "högst 1", "50}"),
    Wrong(
        "name with å",
        ORG,
        "  politiker: {",
        "  förtroendevalda: {",
        "inget namn som kan användas",
        "förtroendevalda",
        "a–z",
    ),
    Wrong(
        "recipient",
        SCE,
        'to: first_call(default)\n    by: phone\n    text: "Vi',
        'to: tib\n    by: phone\n    text: "Vi',
        "är ingen mottagare",
        "tib\n",
        "first_call(slag)",
    ),
    Wrong(
        "need",
        SCE,
        "needs: verify_situation",
        "needs: Verify(situation)",
        "varken en förmåga eller ett beslut",
        "Verify(situation)",
    ),
    Wrong("objective id", EXE, "id: M1", "id: m1", "inget namn på ett övningsmål", "m1", "M1, M2"),
    Wrong("start unquoted words", SCE, '"2026-01-22T03:50"', "i januari", "starttiden skrivs", "i januari"),
    Wrong(
        "measure",
        EXE,
        "measure: time_to_fact",
        "measure: time_to_facts",
        "inget av orden",
        "time_to_facts",
        "menade du ”time_to_fact”?",
    ),
    Wrong(
        "measure without subject",
        EXE,
        "measure: time_to_decision, decision: open_safety_points",
        "measure: time_to_decision",
        "måttet time_to_decision behöver decision",
        "{measure: time_to_decision",
    ),
    Wrong("first call of the wrong form", ORG, "default: tib", "default: {a: 1}", "inte nycklar med värden", "{a: 1}"),
    Wrong(
        "empty channels", ORG, FILES[ORG][FILES[ORG].index("channels:") :], "channels: []\n", "listan är för kort", "[]"
    ),
]


@pytest.mark.parametrize("wrong", CASES, ids=lambda wrong: wrong.kind)
def test_one_thing_wrong(wrong: Wrong, tmp_path: Path) -> None:
    assert_found(wrong, tmp_path)
