"""What is worth knowing and stops nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.files.wrong import ASM, EXE, ORG, SCE, Wrong, assert_found, warned

CASES = [
    warned(
        "engine's number misspelt",
        ASM,
        "patience: {value",
        "patienc: {value",
        "”patienc” används inte, och ”patience” saknas i filen",
        "{value: 10 min, range: [5 min, 20 min], reason: Så länge väntar man}",
        "menade du ”patience”?",
    ),
    warned(
        "nobody can",
        ORG,
        "does: [receive_alarm, verify_situation, public_information]",
        "does: [receive_alarm, verify_situation]",
        "kan ”Informera” (public_information)",
        "public_information\n      mode",
        "does",
        SCE,
    ),
    warned(
        "nobody holds the decision",
        ORG,
        "decides: [open_safety_points]",
        "decides: []",
        "får besluta ”Öppna trygghetspunkter”",
        "decide(open_safety_points)",
        "",
        SCE,
    ),
    warned(
        "nobody has the role",
        ORG,
        "role: executive",
        "role: duty_officer",
        "rollen ”executive”: det går till first_call(default)",
        "role(executive)\n    by",
        "",
        SCE,
    ),
    warned(
        "function without people",
        ORG,
        "beredskap: {count: 4",
        "beredskap: {count: 0",
        "ingen fyller funktionen ”tib”",
        "filled_by: [beredskap]",
    ),
    warned("rota longer than people", ORG, "on_call: {count: 1", "on_call: {count: 6", "fylls av 4", "6, reached"),
    warned(
        "seats without people",
        ORG,
        "chief: [chefer], situation: [beredskap]",
        "chief: [chefer]",
        "ingen grupp under staff får sitta där",
        "1}\n",
    ),
    warned(
        "level ends at once",
        ORG,
        "follow_up: [keep_log]",
        "stands_down_when: {known_severity_below: 3, for: {assume: 1 h, range: [1 h, 2 h], reason: x}}",
        "det som startar det avslutar det",
        "3, for",
    ),
    warned(
        "inject after the end",
        SCE,
        "    at: 0 min\n    from",
        "    at: 7 h\n    from",
        "kommer aldrig: tidigast efter 7 h men spelet slutar efter 6 h",
        "7 h",
    ),
    warned("inject by no chance", SCE, "    delay: 30 min\n", "    chance: 0\n", "chance är 0", "0\n    unless"),
    warned(
        "inject on what is never so",
        SCE,
        "below: 0.6",
        "below: 0.2",
        "inget i scenariot gör villkoret sant",
        "{service: electricity",
    ),
    warned(
        "inject unless what is always so",
        SCE,
        "unless: {decision: open_safety_points}",
        "unless: {service: electricity, at_least: 0.1}",
        "unless är alltid sant",
        "{service: electricity, at_least",
    ),
    warned(
        "inject that says nothing",
        SCE,
        "    asks_for: answer\n    expected: Svara\n  - id: E3",
        "    expected: Svara\n  - id: E3",
        "varken säger eller ber om något",
        "id: E2",
    ),
    warned(
        "procedure never used", SCE, "procedures:\n", "procedures:\n  spare: []\n", "”spare” används aldrig", "spare"
    ),
    warned(
        "fact never told",
        SCE,
        "facts:\n  substation",
        "facts:\n  gone: {title: Borta, severity: 1, kind: care}\n  substation",
        "ingen får någonsin veta ”gone”",
        "gone",
    ),
    warned("number in text always zero", SCE, "{affects: {households: 4000}}", "{}", "blir alltid 0", '"Är det'),
    warned(
        "criterion on a task not asked for",
        EXE,
        "inject: E1, task: verify",
        "inject: E1, task: reply",
        "”E1” leder aldrig till uppgiften ”reply”",
        "reply",
    ),
    warned(
        "criterion on a decision not taken",
        EXE,
        "decision: open_safety_points",
        "decision: exceed_budget",
        "ingen uppgift i scenariot tar beslutet",
        "exceed_budget",
    ),
    warned(
        "criterion on a level that is lacking",
        EXE,
        "level: central_command",
        "level: normal",
        "har inget läge ”normal”",
        "normal",
    ),
    warned("criterion after the end", EXE, "met: 30 min", "met: 9 h", "ligger efter spelets slut", "9 h"),
    warned(
        "objective that nothing tests",
        EXE,
        "objectives:\n",
        "objectives:\n  - id: M2\n    title: Två\n    criteria: "
        "[{measure: time_to_received, inject: E1, met: 5 min, source: x}]\n",
        "inget inspel prövar målet ”M2”",
        "M2",
    ),
    warned(
        "item without source",
        ORG,
        'site: stadshuset, source: "Påhitt / enheter"}',
        "site: stadshuset}",
        "units.kontoret säger inte varifrån",
        "kontoret: {title",
    ),
    warned(
        "duration without source of its own",
        ORG,
        "patience: {assume: 10 min, range: [5 min, 20 min], reason: Så länge väntar man}",
        "patience: 10 min",
        "functions.tib.patience saknar egen källa",
        "10 min",
    ),
    warned(
        "criterion without source",
        EXE,
        'known_by: executive, met: 1 h, source: "Påhitt / mål"}',
        "known_by: executive, met: 1 h}",
        "säger inte var gränsen kommer ifrån",
        "{measure: time_to_fact",
    ),
    warned(
        "scenario without source",
        SCE,
        'source: "Påhitt / scenario"\n',
        "",
        "var händelseförloppet kommer ifrån",
        "scenario: stromlost",
    ),
    warned(
        "value outside its range",
        ORG,
        "{assume: 10 min, range: [5 min, 20 min]",
        "{assume: 30 min, range: [5 min, 20 min]",
        "spännvidden innehåller inte värdet 30 min",
        "[5 min, 20 min]",
    ),
    warned(
        "shared assumption without range",
        ASM,
        "alert: {value: 4 min, range: [2 min, 10 min], ",
        "alert: {value: 4 min, ",
        "”alert” saknar spännvidd",
        "value: 4 min, reason: Ett larm",
    ),
    warned(
        "word twice",
        ORG,
        "filled_by: [beredskap]",
        "filled_by: [beredskap, beredskap]",
        "står två gånger",
        "beredskap]\n    role",
    ),
]


@pytest.mark.parametrize("wrong", CASES, ids=lambda wrong: wrong.kind)
def test_one_thing_wrong(wrong: Wrong, tmp_path: Path) -> None:
    assert_found(wrong, tmp_path)
