"""What cannot be, though every word is right."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.files.wrong import ASM, EXE, ORG, SCE, VOC, Wrong, assert_found

CASES = [
    Wrong("first call to nobody", ORG, "{default: tib,", "{default: [],", "ingen svarar", "[],", "ange en funktion"),
    Wrong(
        "tasks in a ring",
        SCE,
        "needs: receive_alarm, mode",
        "after: [verify], needs: receive_alarm, mode",
        "i ring: receive → verify → receive",
        "[verify], needs",
    ),
    Wrong(
        "lines in a ring",
        ORG,
        "decides: [open_safety_points]",
        "decides: [open_safety_points]\n    reports_to: tib",
        "linjen går i ring: tib → chef → tib",
        "chef\n    patience",
    ),
    Wrong(
        "events in a ring",
        SCE,
        "{id: outage, at: 0 min, sets: {electricity: 0.5}}",
        "{id: outage, after: E4, sets: {electricity: 0.5}}\n  - {id: E4, after: outage}",
        "i ring: outage → E4 → outage",
        "E4, sets",
    ),
    Wrong(
        "assumptions in a ring",
        ASM,
        "patience: {value: 10 min",
        "patience: {value: {assume: patience}",
        "i ring: patience → patience",
        "{assume: patience}",
    ),
    Wrong(
        "own deputy",
        ORG,
        "deputies: [{function: chef}]",
        "deputies: [{function: tib}]",
        "sin egen ställföreträdare",
        "{function: tib}",
    ),
    Wrong(
        "fact cancels itself",
        SCE,
        "cancels: [substation_lost",
        "cancels: [power_back",
        "sig självt osant",
        "power_back, outage",
    ),
    Wrong("inject twice", SCE, "- id: E2", "- id: E1", "finns redan bland händelser och inspel", "E1\n    title: Hur"),
    Wrong(
        "task twice",
        SCE,
        "- task: verify",
        "- task: receive",
        "finns två gånger i proceduren",
        "receive\n      title: Verifiera",
    ),
    Wrong(
        "body and function of one name",
        ORG,
        "  utskott:",
        "  chef:",
        "både en funktion och ett organ",
        "chef:\n    title: Krisl",
    ),
    Wrong("no default call", ORG, "{default: tib, else", "{care: tib, else", "saknar default", "first_call"),
    Wrong("quorum above members", ORG, "quorum: 3", "quorum: 6", "har 5 ledamöter: det kan aldrig besluta", "6\n"),
    Wrong("members that are not there", ORG, "count: 5}]", "count: 9}]\n    # ", "som har 5", "9}"),
    Wrong("more seats than staffed", ORG, "seats: 2, incl", "seats: 3, incl", "har bara 2", "3, incl"),
    Wrong(
        "seat not staffed",
        ORG,
        "staffs: {chief: 1, situation: 1}",
        "staffs: {situation: 2}",
        "det blir aldrig aktivt",
        "chief]}",
    ),
    Wrong(
        "two ways to come",
        SCE,
        "    at: 0 min\n    from",
        "    at: 0 min\n    after: outage\n    from",
        "exakt ett av at, after och when",
        "id: E1",
    ),
    Wrong(
        "sets without scripted",
        SCE,
        "    facts: [power_back]\n",
        "    sets: {electricity: 1}\n",
        "scripted: true",
        "id: E3",
    ),
    Wrong(
        "condition on two things",
        SCE,
        "unless: {decision: open_safety_points}",
        "unless: {decision: open_safety_points, fact: power_back}",
        "gäller en enda sak",
        "{decision: open",
    ),
    Wrong(
        "partly stricter than met",
        EXE,
        "partly: 3 h",
        "partly: 1 h",
        "partly är strängare än met",
        "measure: time_to_level",
    ),
    Wrong(
        "assumption without reason", ORG, ", reason: Så länge väntar man}", "}", "saknar motivering", "{assume: 10 min"
    ),
    Wrong(
        "assumption without range",
        ORG,
        "{assume: 10 min, range: [5 min, 20 min], ",
        "{assume: 10 min, ",
        "saknar spännvidd",
        "{assume: 10 min",
    ),
    Wrong(
        "shared assumption without reason",
        ASM,
        ", reason: Ett larm}",
        "}",
        "”alert” saknar motivering",
        "value: 4 min, range: [2 min, 10 min]}",
    ),
    Wrong(
        "working day backwards", ASM, 'end: "17:00"', 'end: "07:00"', "slutar 07:00 men börjar 08:00", '"07:00", days'
    ),
    Wrong(
        "value without source",
        ORG,
        "{assume: 1 min, range: [0 min, 5 min], reason: Man ringer upp}",
        "{value: 1 min}",
        "saknar källa",
        "{value: 1 min}",
    ),
    Wrong(
        "vocabulary's scale", VOC, "severity: 1,", "severity: 2,", "finns två gånger i skalan", "2, title: Allvarligt"
    ),
]


@pytest.mark.parametrize("wrong", CASES, ids=lambda wrong: wrong.kind)
def test_one_thing_wrong(wrong: Wrong, tmp_path: Path) -> None:
    assert_found(wrong, tmp_path)
