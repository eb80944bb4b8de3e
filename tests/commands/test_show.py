"""``show``, ``list``, ``check`` and ``schema``."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

from ovning.files import KINDS, load_setup, shipped_folder
from ovning.model.conditions import Condition
from ovning.report.injects import say_condition
from ovning.report.names import Names
from ovning.report.wording import NBSP, unbroken
from tests.commands.conftest import Said


def test_an_organisation_with_its_functions_ladder_bodies_and_mandates(ovning: Callable[..., Said]) -> None:
    said = ovning("show", "orebro")
    setup, _ = load_setup("elavbrott", "orebro")
    assert said.code == 0
    for function in setup.organisation.functions.values():
        assert function.title in said.out
    for heading in ("Vart utomstående ringer", "Lägen, det lägsta först", "Organ", "Mandat", "uppgifter har källa"):
        assert heading in said.out


def test_an_exercise_with_every_inject_and_where_each_limit_comes_from(ovning: Callable[..., Said]) -> None:
    said = ovning("show", "elavbrott")
    setup, _ = load_setup("elavbrott", "orebro")
    assert said.code == 0
    for inject in setup.scenario.injects:
        assert f"{inject.id}  {inject.title}" in said.out
    assert "T+0:35, klockan 04:25" in said.out
    assert "Väntat svar:" in said.out
    assert "varifrån" in said.out
    assert "{" not in said.out


def test_every_kind_of_condition_is_said_in_words() -> None:
    setup, _ = load_setup("elavbrott", "orebro")
    names = Names(setup)
    said = {
        say_condition(condition, names)
        for condition in (
            Condition(between=("10:00", "16:00")),
            Condition(flow="visits", waiting=150),
            Condition(flow="visits", done=3),
            Condition.model_validate({"on_duty_for": "14 h"}),
            Condition(event="power_returns"),
        )
    }
    assert {unbroken(one).replace(NBSP, " ") for one in said} == {
        "klockan är mellan 10:00 och 16:00",
        "minst 150 väntar i flödet tillsyn hos dem vars larm är döda",
        "minst 3 är klara i flödet tillsyn hos dem vars larm är döda",
        "någon har varit i tjänst i minst 14 h utan dygnsvila",
        "detta har hänt: elförsörjning 100 %, elverk ute i området 0 %",
    }
    assert names.decision("end_central_command") == "Avsluta central krisledning (stabsläge)"


def test_an_organisation_of_ones_own_is_shown_by_its_file(ovning: Callable[..., Said]) -> None:
    shutil.copytree(shipped_folder(), "mina")
    said = ovning("show", "mina/organisations/haninge.yaml")
    assert said.code == 0
    assert "Haninge" in said.out


def test_the_list_names_what_can_be_played(ovning: Callable[..., Said]) -> None:
    said = ovning("list")
    assert said.code == 0
    for name in ("elavbrott", "orebro", "haninge"):
        assert f" {name} " in said.out


def test_check_of_good_files_exits_0(ovning: Callable[..., Said]) -> None:
    said = ovning("check", "elavbrott")
    assert said.code == 0
    assert "0 fel" in said.out


def test_check_shows_every_problem_of_a_file_with_place_excerpt_and_fix(ovning: Callable[..., Said]) -> None:
    shutil.copytree(shipped_folder(), "mina")
    path = Path("mina/organisations/orebro.yaml")
    rows = path.read_text(encoding="utf-8").splitlines()
    wrongs = (
        ("duty_officer", "duty_oficer", "menade du ”duty_officer”?"),
        ("population: ", "poulation: ", "menade du ”population”?"),
    )
    lines = {}
    for right, wrong, fix in wrongs:
        at = next(n for n, row in enumerate(rows) if right in row)
        rows[at] = rows[at].replace(right, wrong)
        lines[at + 1] = rows[at].strip(), fix
    path.write_text("\n".join(rows), encoding="utf-8")
    said = ovning("check", "mina")
    assert said.code == 3
    for line, (excerpt, fix) in lines.items():
        assert f"{path}:{line}:" in said.out
        assert any(" | " in row and excerpt in row for row in said.out.splitlines())
        assert any("→" in row and fix in row for row in said.out.splitlines())


def test_check_of_nothing_exits_3(ovning: Callable[..., Said]) -> None:
    assert ovning("check", "finns-inte").code == 3


def test_schemas_are_json_and_the_kinds_are_listed(ovning: Callable[..., Said]) -> None:
    assert tuple(ovning("schema").out.split()) == KINDS
    for kind in KINDS:
        assert "$schema" in json.loads(ovning("schema", kind).out)
