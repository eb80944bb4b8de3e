"""What can be wrong with services that need each other, and what is right with all that society is."""

from __future__ import annotations

from pathlib import Path

import pytest

from ovning.errors import Problem
from ovning.files import check_paths
from tests.files.base import FILES, write
from tests.files.wrong import EXE, ORG, SCE, Wrong, assert_found, warned

MOBILE = "electricity: {at_least: 0.6"
SHIFT = "length: {assume: 8 h, range: [8 h, 12 h], reason: Vanligt}"
CHANGES = '      changes_at: ["07:00", "15:00", "23:00"]\n'

CASES = [
    Wrong(
        "need that is no service",
        SCE,
        MOBILE,
        "electricty: {at_least: 0.6",
        "”electricty” är inte en tjänst under services",
        "electricty: {at",
        "menade du ”electricity”?",
    ),
    Wrong("need of itself", SCE, MOBILE, "mobile: {at_least: 0.6", "”mobile” behöver sig själv", "mobile: {at_least"),
    Wrong(
        "ring of three",
        SCE,
        "electricity: {affects: {households: 4000}, ",
        "electricity: {affects: {households: 4000}, depends_on: {personal_alarms: {}}, ",
        "i ring: electricity → personal_alarms → mobile → electricity",
        "personal_alarms: {}",
        "bryt ringen",
    ),
    Wrong(
        "ring by way of what does as well",
        SCE,
        "reserve_power: {level: 0, ",
        "reserve_power: {level: 0, depends_on: {mobile: {}}, ",
        "i ring: reserve_power → mobile → reserve_power",
        "mobile: {}}",
    ),
    Wrong(
        "instead that is no service",
        SCE,
        "instead: [reserve_power]",
        "instead: [reserv_power]",
        "”reserv_power” är inte en tjänst",
        "reserv_power]",
        "”reserve_power”",
    ),
    Wrong(
        "instead that is the need",
        SCE,
        "instead: [reserve_power]",
        "instead: [electricity]",
        "kan inte ersätta ”electricity” för ”mobile”: det är just det som saknas",
        "electricity]}",
    ),
    Wrong(
        "instead that is the service",
        SCE,
        "instead: [reserve_power]",
        "instead: [mobile]",
        "för ”mobile”: det är tjänsten själv",
        "mobile]}",
    ),
    Wrong("need that leaves all", SCE, "leaves: 0.2", "leaves: 1", "leaves: 1 säger att", "assumption: Batterier"),
    Wrong("need of nothing", SCE, "{at_least: 0.6, ", "{at_least: 0, ", "mer än 0", "0, endurance"),
    Wrong(
        "extends no service",
        SCE,
        "{extends: {mobile: 1 h}}",
        "{extends: {mobil: 1 h}}",
        "”mobil” är inte en tjänst",
        "mobil: 1 h",
        "menade du ”mobile”?",
    ),
    warned(
        "extends what needs nothing",
        SCE,
        "{extends: {mobile: 1 h}}",
        "{extends: {reserve_power: 1 h}}",
        "ingen uthållighet att förlänga",
        "reserve_power: 1 h",
        "sets",
    ),
    warned(
        "service without source",
        SCE,
        ", assumption: Alla har tillsyn}",
        "}",
        "services.supervision säger inte varifrån",
        "supervision: {affects",
    ),
    warned(
        "endurance without source of its own",
        SCE,
        "    assumption: Batterier i masterna\n",
        '    source: "Påhitt / nätet"\n',
        "services.mobile.depends_on.electricity.endurance saknar egen källa",
        "{median: 1 h",
    ),
]


@pytest.mark.parametrize("wrong", CASES, ids=lambda wrong: wrong.kind)
def test_one_thing_wrong(wrong: Wrong, tmp_path: Path) -> None:
    assert_found(wrong, tmp_path)


def checked(folder: Path, *changes: tuple[str, str, str]) -> list[Problem]:
    """What is said of everything with the texts replaced."""
    files = dict(FILES)
    for file, old, new in changes:
        assert old in files[file]
        files[file] = files[file].replace(old, new)
    write(folder, files)
    return list(check_paths([folder]))


RIGHT = {
    "as it is": [],
    "an event that lasts longer than until it comes again": [
        (
            SCE,
            "lasts: {min: 10 min, mode: 20 min, max: 1 h}\n    repeat: {every: 2 h",
            "lasts: 3 h\n    repeat: {every: 10 min",
        ),
    ],
    "an event that repeats what follows another": [
        (SCE, "- id: sleet\n    at: 1 h\n", "- id: sleet\n    after: outage\n")
    ],
    "somebody away for good": [(SCE, "    lasts: {min: 10 min, mode: 20 min, max: 1 h}\n", "")],
    "a text that counts and comes after something": [
        (SCE, "    when: {service: electricity, below: 0.6}\n    delay", "    after: outage\n    delay"),
    ],
    "a text that counts and does not come unless it is so": [
        (
            SCE,
            "    when: {service: electricity, below: 0.6}\n    delay: 30 min\n"
            "    unless: {decision: open_safety_points}",
            "    at: 30 min\n    unless: {service: electricity, at_least: 0.9}",
        ),
    ],
    "a role that the organisation lacks, asked for only if it is there": [
        (SCE, "to: role(home_care)", "to: role(executive)"),
        (SCE, "informs: [role(executive)]", ""),
        (
            SCE,
            'to: role(executive)\n    by: phone\n    text: "Är',
            'to: role(duty_officer)\n    by: phone\n    text: "Är',
        ),
        (EXE, "known_by: executive, ", ""),
        (ORG, "role: executive", "role: duty_officer"),
    ],
    "shifts counted from eight in the morning": [(ORG, CHANGES, "")],
    "shifts planned by a function": [
        (
            ORG,
            "staffs: {chief: 1, situation: 1}\n    active_when: {seats: 2",
            "staffs: {chief: 1}\n    active_when: {seats: 1",
        ),
        (ORG, "does: [visit_holders, answer_calls]", "does: [visit_holders, answer_calls, personnel]"),
    ],
    "an endurance and a rate that say where they come from": [
        (SCE, "    assumption: Batterier i masterna\n", '    source: "Påhitt / nätet"\n'),
        (
            SCE,
            "endurance: {median: 1 h, p90: 2 h}",
            'endurance: {value: {median: 1 h, p90: 2 h}, source: "Påhitt / batterier"}',
        ),
        (SCE, "recovers_after: 10 min", "recovers_after: {assume: 10 min, range: [0 min, 1 h], reason: Omstart}"),
    ],
    "a level that is not so low by itself but by what it needs": [
        (SCE, "when: {service: electricity, below: 0.6}", "when: {service: personal_alarms, below: 0.3}"),
    ],
    "a level that is kept up by a flow": [
        (SCE, "when: {service: electricity, below: 0.6}", "when: {service: supervision, below: 0.9}"),
    ],
}


@pytest.mark.parametrize("changes", RIGHT.values(), ids=RIGHT.keys())
def test_nothing_is_said_of_what_is_right(changes: list[tuple[str, str, str]], tmp_path: Path) -> None:
    assert checked(tmp_path, *changes) == []


def test_a_need_that_is_never_lost_pulls_nothing_down(tmp_path: Path) -> None:
    said = checked(
        tmp_path,
        (SCE, "reserve_power: {level: 0, ", "reserve_power: {level: 1, "),
        (SCE, "when: {service: electricity, below: 0.6}", "when: {service: mobile, below: 0.9}"),
    )
    assert any("”E2” kommer aldrig" in p.message for p in said)
    assert any("ingen kommer någonsin i flödet ”visits”" in p.message for p in said)


def test_a_criterion_on_an_inject_that_does_not_come_here(tmp_path: Path) -> None:
    measured = (EXE, "{measure: time_to_received, inject: E1,", "{measure: time_to_received, inject: E4,")
    lacking = (ORG, "role: home_care", "role: executive")
    message = "inspelet ”E4” kommer inte till Småstad (påhittad), som saknar role(home_care)"
    assert not any(message in p.message for p in checked(tmp_path, measured))
    (found,) = (p for p in checked(tmp_path, measured, lacking) if message in p.message)
    assert found.excerpt.strip().startswith("- {measure: time_to_received, inject: E4")


def test_a_level_that_a_flow_waits_for_and_the_organisation_lacks(tmp_path: Path) -> None:
    waits = "{level: normal, state: active}"
    said = checked(tmp_path, (SCE, "{fact: outage_extent, known_by: home_care}", waits))
    assert ["har inget läge ”normal”: villkoret i flödet ”visits” blir aldrig sant" in p.message for p in said] == [
        True
    ]
    inactive = (SCE, "{fact: outage_extent, known_by: home_care}", "{level: normal, state: inactive}")
    assert checked(tmp_path, inactive) == []


def test_all_of_it_is_said_at_once(tmp_path: Path) -> None:
    said = checked(
        tmp_path,
        (SCE, "instead: [reserve_power]", "instead: [reserv_power]"),
        (SCE, "needs: visit_holders", "needs: visit_holder"),
        (SCE, "together: 4", "together: fyra"),
        (SCE, "away: [home_care]", "away: [homecare]"),
        (ORG, SHIFT, "length: 25 h"),
    )
    errors = [p for p in said if p.severity == "error"]
    assert len(errors) == 5
    assert len({p.place for p in errors}) == 5
