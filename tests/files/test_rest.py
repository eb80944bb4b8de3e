"""Errors of form in a file do not keep the rest of it from being checked, and nothing is said that comes of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from unittest.mock import patch

import pytest
import yaml
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from ovning.errors import InputError, Problem
from ovning.files import check_paths, load_setup, setup
from ovning.files.checks import check_all
from ovning.files.source import as_source
from ovning.files.tree import plain
from ovning.files.yaml12 import parse_yaml
from tests.files.base import FILES, write
from tests.files.test_damage import ODD, TREES, _replaced, _spots
from tests.files.test_wrong_course import CASES as COURSE
from tests.files.test_wrong_flows import CASES as FLOWS
from tests.files.test_wrong_logic import CASES as LOGIC
from tests.files.test_wrong_references import CASES as REFERENCES
from tests.files.test_wrong_shifts import CASES as SHIFTS
from tests.files.test_wrong_society import CASES as SOCIETY
from tests.files.wrong import ASM, EXE, ORG, SCE, VOC, Wrong

Change = tuple[str, str, str]
"""File, what stands there, and what is put there instead."""


def changed(*changes: Change) -> dict[str, str]:
    files = dict(FILES)
    for file, old, new in changes:
        assert old in files[file], old
        files[file] = files[file].replace(old, new, 1)
    return files


def found(folder: Path, *changes: Change) -> list[Problem]:
    write(folder, changed(*changes))
    return list(check_paths([folder]))


def messages(problems: list[Problem], severity: str = "error") -> list[str]:
    return [p.message for p in problems if p.severity == severity]


FIVE: dict[str, list[tuple[Change, str]]] = {
    "organisation": [
        ((ORG, "patience: {assume: 10 min,", "patience: {assume: 10,"), "en tid måste skrivas med enhet"),
        ((ORG, "    role: executive\n", ""), "”role” saknas i functions.chef"),
        (
            (ORG, "does: [receive_alarm, verify_situation]\n", "does: [receive_alrm]\n"),
            "”receive_alrm” är inte en förm",
        ),
        ((ORG, "quorum: 3", "quorum: 6"), "beslutsförhet kräver 6 men organet har 5"),
        ((ORG, "    reports_to: chef\n", "    reports_to: tib\n"), "linjen går i ring: tib → tib"),
    ],
    "scenario": [
        ((SCE, "delay: 30 min", "delay: 30"), "en tid måste skrivas med enhet"),
        ((SCE, "      informs: [role", "      tells: [role"), "okänd nyckel ”tells”"),
        ((SCE, "mode: call, takes", "mode: phone, takes"), "inget av orden som kan stå här"),
        ((SCE, "facts: [substation_lost]", "facts: [lost_station]"), "”lost_station” är inte ett faktum under facts"),
        ((SCE, "- task: open_points", "- task: verify"), "”verify” finns två gånger i proceduren"),
    ],
    "exercise": [
        ((EXE, "met: 2 h", "met: 2"), "en tid måste skrivas med enhet"),
        ((EXE, "target_share: 90 %", "target_share: 900 %"), "värdet ska vara högst 1"),
        ((EXE, "title: Småstad ska", "titel: Småstad ska"), "okänd nyckel ”titel”"),
        ((EXE, "inject: E1, task: verify", "inject: E9, task: verify"), "”E9” är inte ett inspel i scenariot"),
        ((EXE, "level: central_command", "level: central_comand"), "”central_comand” är inte ett läge i ordlistan"),
    ],
    "one function": [
        ((ORG, "patience: {assume: 10 min,", "patience: {assume: 10,"), "en tid måste skrivas med enhet"),
        ((ORG, "title: Tjänsteperson i", "titel: Tjänsteperson i"), "okänd nyckel ”titel” i functions.tib"),
        ((ORG, "role: duty_officer", "role: duty_oficer"), "”duty_oficer” är inte en roll i ordlistan"),
        ((ORG, "deputies: [{function: chef}]", "deputies: [{function: tib}]"), "”tib” är sin egen ställföreträdare"),
        ((ORG, "filled_by: [beredskap]", "filled_by: [beredskapp]"), "”beredskapp” är inte en grupp under people"),
    ],
}


@pytest.mark.parametrize("kind", FIVE)
def test_five_kinds_of_error_in_one_file_are_all_told_at_once(kind: str, tmp_path: Path) -> None:
    problems = found(tmp_path, *(change for change, _ in FIVE[kind]))
    for _, message in FIVE[kind]:
        assert [m for m in messages(problems) if message in m] != [], messages(problems)
    with pytest.raises(InputError) as refused:
        load_setup(tmp_path / "stromlost", "smastad")
    assert set(messages(problems)) == set(messages(list(refused.value.problems)))


@pytest.mark.parametrize("kind", FIVE)
def test_each_error_is_told_once_and_as_if_it_were_alone(kind: str, tmp_path: Path) -> None:
    problems = [p for p in found(tmp_path, *(change for change, _ in FIVE[kind])) if p.severity == "error"]
    alone = {
        (p.file, p.excerpt, p.message)
        for change, _ in FIVE[kind]
        for p in found(tmp_path, change)
        if p.severity == "error"
    }
    assert [(p.file, p.message, p.line) for p in problems if (p.file, p.excerpt, p.message) not in alone] == []
    assert len({(p.file, p.line, p.column, p.message) for p in problems}) == len(problems)
    assert problems == sorted(problems, key=lambda p: (p.file, p.line, p.column, p.message))


CONSEQUENCES: dict[str, list[Change]] = {
    "a group whose number is no number": [(ORG, "chefer: {count: 3", "chefer: {count: tre")],
    "a function that is no mapping": [(ORG, "units:\n  kontoret: {", "units:\n  annat: 5\n  kontoret: {")],
    "a body whose members cannot be counted": [(ORG, "from: politiker, count: 5", "from: politiker, count: fem")],
    "the default call": [(ORG, "{default: tib,", "{default: 5,")],
    "seats that are no mapping": [(ORG, "staffs: {chief: 1, situation: 1}", "staffs: [chief, 5]")],
    "seats that are only a number": [(ORG, "staffs: {chief: 1, situation: 1}", "staffs: 2")],
    "one seat": [(ORG, "staffs: {chief: 1,", "staffs: {chief: en,")],
    "a misspelt mapping": [(ORG, "bodies:\n", "bodis:\n")],
    "a fact": [(SCE, "severity: 2, kind", "severity: två, kind")],
    "a service": [(SCE, 'electricity: {affects: {households: 4000}, source: "Påhitt / el"}', "electricity: 4000")],
    "how many a service concerns, by which a flow is counted": [
        (SCE, "personal_alarms: {affects: {persons: 40}", "personal_alarms: {affects: {persons: många}"),
    ],
    "whom a service concerns, which a flow keeps": [
        (SCE, "supervision: {affects: {persons: 40}", "supervision: {affects: 40"),
    ],
    "what a service needs": [(SCE, "{mobile: {follows: true}}", "{mobile: 5 min}")],
    "the name of a stage": [(SCE, "- stage: visit\n", "- stage: [visit]\n")],
    "a flow": [
        (SCE, "  calls:\n    title: Frågor från invånare\n", "  calls: 5\n  more:\n    title: Frågor från invånare\n")
    ],
    "whom an inject goes to only if they are there": [(SCE, "to: role(home_care)", "to: [home_care]")],
    "what a shift is": [(ORG, 'changes_at: ["07:00",', "changes_at: [7,")],
    "an inject that comes in two ways": [(SCE, "    at: 0 min\n", "    at: 0 min\n    after: outage\n")],
    "what an inject asks for, and one that follows a task of it": [
        (SCE, "    at: 10 min\n    variation: false_alarm\n", "    after: E1.verify\n"),
        (SCE, "asks_for: verify_and_alert", "asks_for: [verify_and_alert]"),
    ],
    "a procedure that is no list, and one that follows a task of it": [
        (SCE, "    at: 10 min\n    variation: false_alarm\n", "    after: E2.reply\n"),
        (SCE, "  answer:\n    - task: reply", "  answer:\n      task: reply"),
    ],
    "a task without name": [(SCE, "{task: receive, title", "{title")],
    "a level without id": [(ORG, "  - id: central_command\n    title", "  - title")],
    "an objective whose id is none": [(EXE, "id: M1", "id: m 1")],
    "an objective without criteria": [(EXE, "criteria:\n", "criteria: []\n    x:\n")],
    "a name with a space": [(ORG, "units:\n  kontoret:", "units:\n  kontor et:")],
    "a word of the vocabulary": [(VOC, "executive: {title: Ledning, meaning", "executive: {title: 5, meaning")],
    "words that are no words": [(VOC, "capabilities:\n", "capabilities: {receive_alarm: x}\nx:\n")],
    "a step of the scale": [(VOC, "{severity: 2, title", '{severity: "2", title')],
    "a calendar": [(ASM, 'end: "17:00", days', "days")],
}


CROSSED = re.compile(
    "är inte (en|ett) |inget (mål i|faktum)|ingen (uppgift|tjänst)|har ingen|saknar default|kräver|har bara|väntar på|"
    "kan inte räknas|behöver sig själv|kan inte ersätta|i ring|finns två gånger|byts två gånger|"
    "kan inte fyllas i|gäller den roll"
)


@pytest.mark.parametrize("changes", CONSEQUENCES.values(), ids=CONSEQUENCES)
def test_nothing_is_said_that_comes_of_an_error_of_form(changes: list[Change], tmp_path: Path) -> None:
    before = messages(found(tmp_path, *changes[:-1]))
    assert before == []
    said = messages(found(tmp_path, *changes))
    assert said != []
    for message in said:
        assert not CROSSED.search(message)


def test_a_word_that_may_have_meant_what_was_left_out_waits(tmp_path: Path) -> None:
    """Else the hint would lead to another one."""
    wrong_line = (ORG, "filled_by: [chefer]", "filled_by: [chefr]")
    wrong_group = (ORG, "chefer: {count: 3", "chefer: {count: tre")
    assert any("chefr" in m for m in messages(found(tmp_path, wrong_line)))
    assert not any("chefr" in m for m in messages(found(tmp_path, wrong_line, wrong_group)))


def test_a_warning_waits_until_the_file_is_whole(tmp_path: Path) -> None:
    unfilled = (ORG, "beredskap: {count: 4", "beredskap: {count: 0")
    unasked = (SCE, "    asks_for: answer\n    expected: Svara\n  - id: E3", "    expected: Svara\n  - id: E3")
    duration = (ORG, "patience: {assume: 10 min,", "patience: {assume: 10,")
    before, after = found(tmp_path, unfilled, unasked), found(tmp_path, unfilled, unasked, duration)
    for kept, message in ((False, "ingen fyller funktionen ”tib”"), (True, "”E2” varken säger eller ber om något")):
        assert any(message in m for m in messages(before, "warning"))
        assert any(message in m for m in messages(after, "warning")) == kept


def test_what_is_found_in_every_course_is_told_once_though_one_of_them_is_no_whole(tmp_path: Path) -> None:
    wrongs: list[Change] = [
        (SCE, "changes: {events.back.at: 10 min}", "changes: {facts.outage_extent.severity: tre}"),
        (SCE, "actor: grid_company", "actor: nobody"),
    ]
    problems = found(tmp_path, *wrongs)
    assert len([p for p in problems if "”nobody” är inte en aktör" in p.message]) == 1
    assert len([p for p in problems if "inte tre" in p.message]) == 1


def test_a_reference_that_leads_nowhere_keeps_nothing_from_being_checked(tmp_path: Path) -> None:
    said = messages(
        found(
            tmp_path, (ORG, "{assume: on_call_reached}", "{assume: nix}"), (ORG, "decides: [exceed", "decides: [xceed")
        )
    )
    assert [m for m in said if "nix" in m] != []
    assert [m for m in said if "”xceed_budget” är inte ett beslut" in m] != []


CALM = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
CROSS = [c for c in (*REFERENCES, *LOGIC, *SOCIETY, *FLOWS, *COURSE, *SHIFTS) if c.severity == "error"]
OF_FORM = (
    "two ways to come",
    "sets without scripted",
    "condition on two things",
    "partly stricter than met",
    "need that leaves all",
    "two kinds of arrival",
    "night of a group",
    "counted group",
    "kept without patience",
    "stay that calls in",
    "condition on a flow that counts nothing",
    "lasts without anything",
)
"""What values of a mapping say of each other is not looked at before each of them has the right form."""
OTHER_NAMES = ({"task": "t", "needs": []}, {"source": ["x"]}, {"stage": ["s"]}, {"mean": "5 min"})
"""Put in the place of a mapping they also take its names away, which is a fault of its own."""
DURATION = re.compile(r"\d+ (min|h)")


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    with TemporaryDirectory() as made:
        yield Path(made)


def _value(tree: Any, path: tuple[Any, ...]) -> Any:
    for step in path:
        if isinstance(tree, dict):
            tree = tree.get(step)
        else:
            tree = tree[step] if isinstance(tree, list) and isinstance(step, int) and step < len(tree) else None
    return tree


def _errors(folder: Path, trees: dict[str, Any]) -> set[tuple[str, str]]:
    dumped = {name: yaml.safe_dump(t, allow_unicode=True, sort_keys=False) for name, t in trees.items()}
    write(folder, dumped)
    return {(p.file, p.message) for p in check_paths([folder]) if p.severity == "error"}


def _with(cross: Wrong) -> dict[str, Any]:
    text = FILES[cross.file].replace(cross.old, cross.new, 1)
    return {**TREES, cross.file: plain(parse_yaml(*as_source(text.encode(), cross.file)))}


def _untouched(trees: dict[str, Any], name: str) -> list[tuple[Any, ...]]:
    """Spots of a file that are as they were before it was damaged."""
    return [path for path in _spots(TREES[name]) if path and _value(TREES[name], path) == _value(trees[name], path)]


DURATIONS = [
    (name, path)
    for name in (ORG, SCE, EXE)
    for path in _spots(TREES[name])
    if DURATION.fullmatch(str(_value(TREES[name], path))) and not {"range", "changes"} & set(path)
]


@CALM
@given(cross=st.sampled_from([c for c in CROSS if c.kind not in OF_FORM]), spot=st.sampled_from(DURATIONS))
def test_a_bad_duration_hides_no_error_anywhere(cross: Wrong, spot: tuple[str, tuple[Any, ...]], folder: Path) -> None:
    trees, (name, path) = _with(cross), spot
    assume(path in _untouched(trees, name))
    first = _errors(folder, trees)
    both = _errors(folder, {**trees, name: _replaced(trees[name], path, 5)})
    assert first <= both
    assert [m for _, m in both - first if not m.startswith("en tid måste skrivas med enhet")] == []


@settings(CALM, max_examples=50)
@given(cross=st.sampled_from(CROSS), data=st.data())
def test_what_is_said_of_a_rest_is_said_of_the_whole(cross: Wrong, data: st.DataObject, folder: Path) -> None:
    """An error of form anywhere adds itself, and may hide others, but makes none and hides not itself."""
    trees = _with(cross)
    name = data.draw(st.sampled_from(sorted({cross.file, ORG, SCE})))
    path = data.draw(st.sampled_from(_untouched(trees, name)))
    value = data.draw(st.sampled_from([odd for odd in ODD if odd not in OTHER_NAMES]))
    only = {**TREES, name: _replaced(TREES[name], path, value)}
    alone = _errors(folder, only)
    with patch.object(setup, "check_sound", lambda parts, rests: check_all(parts)):
        assert alone == _errors(folder, only)
    both = _errors(folder, {**trees, name: _replaced(trees[name], path, value)})
    mended = _errors(folder, trees)
    assert both <= alone | mended
    if not any(" är in" in message or " är varken" in message for _, message in alone):
        assert alone <= both
