"""What a setup is made of: sets, variants, variations, the ledger, hashes."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import yaml

from ovning.errors import InputError
from ovning.files import load_setup, shipped_folder
from ovning.files.source import as_source
from ovning.files.tree import plain
from ovning.files.yaml12 import parse_yaml
from ovning.model.distributions import Constant, Exponential, Lognormal
from ovning.model.setup import Setup
from tests.files.base import EXERCISE, FILES, ORGANISATION, SCENARIO, write

MINUTE = 60_000


@pytest.fixture
def exercise(tmp_path: Path) -> Path:
    return write(tmp_path)


def refusal(exercise: Path, **how: Any) -> str:
    with pytest.raises(InputError) as refused:
        load_setup(exercise, how.pop("organisation", "smastad"), **how)
    return "\n".join(f"{p.place}: {p.message} | {p.fix} | {p.excerpt}" for p in refused.value.problems)


def test_set_reaches_into_what_an_assumption_stands_for(exercise: Path) -> None:
    setup, _ = load_setup(exercise, "smastad", sets=["functions.tib.on_call.reached.chance=1.0"])
    reached = setup.organisation.functions["tib"].on_call
    assert reached is not None
    assert reached.reached.chance == 1.0
    assert reached.reached.delay == Lognormal.model_validate({"median": "3 min", "p90": "10 min"})


@pytest.mark.parametrize(
    ("path", "read", "value"),
    [
        ("functions.tib.on_call.count=3", lambda s: s.organisation.functions["tib"].on_call.count, 3),
        ("organisation.functions.chef.patience=7 min", lambda s: s.organisation.functions["chef"].patience, 7 * MINUTE),
        ("levels.central_command.active_when.seats=1", lambda s: s.organisation.levels[0].active_when.seats, 1),
        ("levels.0.active_when.seats=1", lambda s: s.organisation.levels[0].active_when.seats, 1),
        ("functions.tib.deputies=[]", lambda s: s.organisation.functions["tib"].deputies, ()),
        ("functions.tib.on_call=null", lambda s: s.organisation.functions["tib"].on_call, None),
        ("bodies.utskott.quorum=5", lambda s: s.organisation.bodies["utskott"].quorum, 5),
        (
            "scenario.injects.E2.delay={mean: 3 min}",
            lambda s: getattr(s.scenario.injects[1].delay, "mean", None),
            3 * MINUTE,
        ),
        (
            "scenario.procedures.answer.reply.takes=1 min",
            lambda s: getattr(s.scenario.procedures["answer"][0].takes, "value", None),
            MINUTE,
        ),
        (
            "scenario.services.mobile.depends_on.electricity.endurance=3 h",
            lambda s: s.scenario.services["mobile"].depends_on["electricity"].endurance.middle,
            180 * MINUTE,
        ),
        (
            "scenario.services.supervision.recovers_after=1 h",
            lambda s: s.scenario.services["supervision"].recovers_after.middle,
            60 * MINUTE,
        ),
        (
            "scenario.flows.visits.stages.visit.takes=7 min",
            lambda s: s.scenario.flows["visits"].stages[0].takes.middle,
            7 * MINUTE,
        ),
        (
            "scenario.flows.calls.stages.0.places=12",
            lambda s: s.scenario.flows["calls"].stages[0].places,
            12,
        ),
        (
            "scenario.flows.calls.arrives.because_of.electricity=0.02",
            lambda s: s.scenario.flows["calls"].arrives.because_of,
            {"electricity": 0.02},
        ),
        (
            "scenario.flows.calls.arrives.information_lowers=0.9",
            lambda s: s.scenario.flows["calls"].arrives.information_lowers,
            0.9,
        ),
        (
            "levels.central_command.shifts.length=12 h",
            lambda s: s.organisation.levels[0].shifts.length,
            720 * MINUTE,
        ),
        ("levels.central_command.shifts=null", lambda s: s.organisation.levels[0].shifts, None),
        (
            "channels.phone.depends_on.electricity.share=1.0",
            lambda s: s.organisation.channels[0].depends_on["electricity"].share,
            1.0,
        ),
        ("assumptions.daily_rest=9 h", lambda s: s.assumptions.daily_rest, 540 * MINUTE),
        ("exercise.objectives.M1.title=Ny", lambda s: s.exercise.objectives[0].title, "Ny"),
        ("assumptions.patience=8 min", lambda s: s.assumptions.patience, 8 * MINUTE),
        ("assumptions.clarification.chance=0.2", lambda s: s.assumptions.clarification.chance, 0.2),
        (
            "assumptions.on_call_reached.chance=0.8",
            lambda s: s.organisation.functions["tib"].on_call.reached.chance,
            0.8,
        ),
    ],
)
def test_set(path: str, read: Callable[[Setup], object], value: object, exercise: Path) -> None:
    before = read(load_setup(exercise, "smastad")[0])
    after = read(load_setup(exercise, "smastad", sets=[path])[0])
    assert after == value != before


def test_a_later_set_wins(exercise: Path) -> None:
    sets = ["functions.tib.on_call.count=2", "functions.tib.on_call.count=3"]
    on_call = load_setup(exercise, "smastad", sets=sets)[0].organisation.functions["tib"].on_call
    assert on_call is not None
    assert on_call.count == 3


def test_setting_what_already_stands_there_changes_nothing_but_the_ledger(exercise: Path) -> None:
    plain_setup, _ = load_setup(exercise, "smastad")
    again, _ = load_setup(exercise, "smastad", sets=["functions.tib.on_call.count=1", "assumptions.patience=10 min"])
    assert again.model_copy(update={"ledger": plain_setup.ledger}) == plain_setup


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("functions.tibb.patience=3 min", "--set: ”tibb” finns inte i functions | menade du ”tib”?"),
        ("functions.tib.patiens=3 min", "--set: ”patiens” finns inte i functions.tib | menade du ”patience”?"),
        ("assumptions.patienc=3 min", "”patienc” finns inte bland antagandena | menade du ”patience”?"),
        ("levels.stab.decided_by=tib", "”stab” finns inte i levels | det finns: central_command"),
        ("functions.tib.title.x=1", "functions.tib.title är ett enda värde"),
        ("functions.tib.on_call.count=två", "ett heltal, inte två |  | functions.tib.on_call.count=två"),
        ("functions.tib.patience=3", "en tid måste skrivas med enhet"),
        ("functions.tib.role=duty_oficer", "inte en roll i ordlistan | menade du ”duty_officer”?"),
        ("functions.tib.does=[receive_alarm", "en lista på en rad"),
        ("functions.chef.on_call.count=2", "sätt allt på en gång: functions.chef.on_call={…}"),
        ("functions.tib", "--set skrivs SÖKVÄG=VÄRDE"),
        ("=3", "--set skrivs SÖKVÄG=VÄRDE"),
        ("functions..tib=3", "är ingen sökväg"),
        ("scenario=3", "är en hel fil"),
        (
            "scenario.flows.visits.stages.vist.takes=5 min",
            "”vist” finns inte i flows.visits.stages | menade du ”visit”?",
        ),
        ("scenario.flows.visit.step=5 min", "”visit” finns inte i flows | menade du ”visits”?"),
        ("scenario.flows.visits.stages.visit.togeher=2", "”togeher” finns inte i flows.visits.stages.visit"),
        (
            "scenario.services.supervision.depends_on.mobile.leaves=0.5",
            "sätt allt på en gång: services.supervision.depends_on={…}",
        ),
        ("levels.central_command.shifts.lenght=9 h", "menade du ”length”?"),
        ("functions.nobody=null", "”nobody” finns inte i functions"),
    ],
)
def test_a_set_that_goes_nowhere(path: str, message: str, exercise: Path) -> None:
    assert message in refusal(exercise, sets=[path])


def test_what_is_set_is_an_assumption_with_the_range_of_what_it_replaced(exercise: Path) -> None:
    setup, _ = load_setup(exercise, "smastad", sets=["functions.tib.patience=12 min"])
    (entry,) = [a for a in setup.ledger if a.file == "--set"]
    assert (entry.path, entry.value, entry.range) == (
        "organisation.functions.tib.patience",
        "12 min",
        ["5 min", "20 min"],
    )
    assert not any(a.reason == "Så länge väntar man" and a.path == entry.path for a in setup.ledger)


def test_the_ledger_says_where_each_shared_assumption_is_used(exercise: Path) -> None:
    setup, _ = load_setup(exercise, "smastad")
    by_name = {a.name: a for a in setup.ledger if a.name}
    assert by_name["body_item"].used_at == (
        "organisation.bodies.utskott.item",
        "organisation.levels.central_command.rhythm.item",
    )
    assert by_name["body_item"].value == {"median": "10 min", "p90": "20 min"}
    assert by_name["on_call_reached"].range == {"chance": [0.7, 1.0]}
    assert "patience" in by_name  # the engine's own, used by every organisation
    assert {k.path for k in setup.known} >= {"organisation.units.kontoret", "exercise.objectives.M1.criteria.1"}


def test_flows_services_and_shifts_are_in_the_ledger(exercise: Path) -> None:
    setup, _ = load_setup(exercise, "smastad")
    assumed = {a.path: a.range for a in setup.ledger}
    assert assumed["scenario.flows.visits.stages.visit.takes"] == ["5 min", "30 min"]
    assert assumed["scenario.flows.calls.arrives.information_lowers"] == [0.2, 0.8]
    assert assumed["organisation.levels.central_command.shifts.length"] == ["8 h", "12 h"]
    assert assumed["organisation.channels.phone.depends_on.electricity.share"] == [0.2, 1.0]
    assert {"scenario.services.mobile", "scenario.flows.calls", "assumptions.works_at_most"} <= set(assumed)
    assert {k.path for k in setup.known} >= {"scenario.services.electricity", "scenario.flows.visits"}


def test_an_assumption_may_refer_to_another(tmp_path: Path) -> None:
    shared = FILES["assumptions.yaml"].replace("patience: {value: 10 min", "patience: {value: {assume: answer_within}")
    setup, _ = load_setup(write(tmp_path, {**FILES, "assumptions.yaml": shared}), "smastad")
    assert setup.assumptions.patience == setup.assumptions.answer_within == 5 * MINUTE
    assert "assumptions.patience" in {u for a in setup.ledger if a.name == "answer_within" for u in a.used_at}


def test_a_value_with_its_own_source_is_known(tmp_path: Path) -> None:
    text = ORGANISATION.replace("population: 10000", 'population: {value: 10000, source: "SCB / folkmängd"}')
    setup, _ = load_setup(write(tmp_path, {**FILES, "organisations/smastad.yaml": text}), "smastad")
    assert setup.organisation.population == 10000
    assert ("organisation.population", "SCB / folkmängd") in {(k.path, k.source) for k in setup.known}


VARIANT = """\
organisation: utan_tib
title: Småstad utan TiB
based_on: smastad
functions:
  tib: {on_call: null, patience: {value: 3 min, source: "Påhitt / variant"}}
first_call: {default: chef}
levels: []
"""


def test_a_variant_says_only_what_differs(tmp_path: Path) -> None:
    exercise = write(tmp_path, {**FILES, "organisations/variants/utan_tib.yaml": VARIANT})
    base, _ = load_setup(exercise, "smastad")
    setup, _ = load_setup(exercise, "utan_tib")
    organisation = setup.organisation
    assert organisation.organisation == "utan_tib"
    assert organisation.functions["tib"].on_call is None
    assert organisation.functions["tib"].patience == 3 * MINUTE
    assert organisation.functions["chef"] == base.organisation.functions["chef"]
    assert organisation.first_call == {"default": "chef", "else": ("chef",)}
    assert organisation.levels == ()
    assert {Path(f).name for f in setup.files} >= {"utan_tib.yaml", "smastad.yaml"}


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            "based_on: smastad",
            "based_on: smastaden",
            ":3:11: hittar ingen organisation ”smastaden” | menade du ”smastad”?",
        ),
        (
            "based_on: smastad",
            "based_on: utan_tib",
            ":3:11: varianterna bygger på varandra i ring: utan_tib → utan_tib",
        ),
        ("based_on: smastad", "based_on: ../../borta.yaml", "finns inte"),
        ("based_on: smastad", "based_on: ../../../borta.yaml", "utanför övningens mapp"),
        ("based_on: smastad", "based_on: [smastad]", "based_on ska vara en organisations id eller fil"),
        ("organisation: utan_tib\n", "", "en variant behöver ett eget id"),
        ("levels: []", "bodies: {utskotet: null}", ":7:10: ”utskotet” finns inte i förlagan och kan inte tas bort"),
        (
            "on_call: null",
            "on_cal: null",
            "”on_cal” finns inte i förlagan och kan inte tas bort | menade du ”on_call”?",
        ),
    ],
)
def test_wrong_variants(old: str, new: str, message: str, tmp_path: Path) -> None:
    variant = VARIANT.replace(old, new)
    exercise = write(tmp_path, {**FILES, "organisations/variants/utan_tib.yaml": variant})
    assert message in refusal(exercise, organisation="utan_tib")


def test_a_variant_changes_items_of_a_list_by_their_ids(tmp_path: Path) -> None:
    """Over the list stands a mapping; the other items stay, in their order."""
    changes = "levels: {central_command: {decided_by: tib}}\nchannels: {messenger: null}\n"
    text = f"organisation: annan\nbased_on: smastad\n{changes}"
    exercise = write(tmp_path, {**FILES, "organisations/annan.yaml": text})
    base, annan = (load_setup(exercise, name)[0].organisation for name in ("smastad", "annan"))
    (was,), (now,) = base.levels, annan.levels
    assert now == was.model_copy(update={"decided_by": "tib"}) != was
    assert [c.id for c in annan.channels] == [c.id for c in base.channels if c.id != "messenger"]
    assert len(annan.channels) < len(base.channels)
    wrong = text.replace("central_command", "central_comand")
    exercise = write(tmp_path, {**FILES, "organisations/annan.yaml": wrong})
    said = refusal(exercise, organisation="annan")
    assert (
        "”central_comand” finns inte i förlagan och kan inte ändras eller tas bort | menade du ”central_command”?"
        in said
    )


def test_where_a_variant_comes_from_is_not_where_its_base_does(tmp_path: Path) -> None:
    changes = "functions: {tib: {assumption: Tänkt}, chef: {ordinary_load: {assume: 0, range: [0, 1], reason: Lugnt}}}"
    text = f"organisation: annan\nbased_on: smastad\n{changes}\n"
    setup, _ = load_setup(write(tmp_path, {**FILES, "organisations/annan.yaml": text}), "annan")
    functions = setup.organisation.functions
    assert (functions["tib"].source, functions["tib"].assumption) == (None, "Tänkt")
    assert (functions["chef"].source, functions["chef"].assumption) == ("Påhitt / funktioner", None)
    known = {k.path for k in setup.known}
    assert "organisation.functions.chef" in known
    assert "organisation.functions.tib" not in known
    assert "organisation.functions.tib" in {a.path for a in setup.ledger}


def test_what_the_shipped_organisations_share_is_found_by_a_copy_of_one_of_them(tmp_path: Path) -> None:
    copy = tmp_path / "kopia.yaml"
    copy.write_bytes((shipped_folder() / "organisations/orebro.yaml").read_bytes())
    setup, _ = load_setup("elavbrott", copy)
    assert setup.organisation == load_setup("elavbrott", "orebro")[0].organisation
    assert "exercises/organisations/base/kommun.yaml" in setup.files


def test_an_empty_variant_is_its_base(tmp_path: Path) -> None:
    exercise = write(tmp_path, {**FILES, "organisations/lik.yaml": "organisation: smastad\nbased_on: smastad\n"})
    variant, _ = load_setup(exercise, "lik")
    base, _ = load_setup(exercise, "smastad")
    assert variant.organisation == base.organisation
    assert variant.ledger == base.ledger


def test_a_variation_takes_away_adds_and_changes(exercise: Path) -> None:
    usual, _ = load_setup(exercise, "smastad")
    false_alarm, _ = load_setup(exercise, "smastad", variation="false_alarm")
    assert [i.id for i in usual.scenario.injects] == ["E1", "E2", "E4"]
    assert [i.id for i in false_alarm.scenario.injects] == ["E1", "E3", "E4"]
    assert {e.id: e.at for e in false_alarm.scenario.events}["back"] == Constant.model_validate({"value": "10 min"})
    assert usual.scenario.warrants == ("central_command",)
    assert false_alarm.scenario.warrants == ()
    assert (usual.variation, false_alarm.variation) == (None, "false_alarm")
    assert "menade du ”false_alarm”?" in refusal(exercise, variation="false_alrm")


def test_a_variation_changes_flows_by_path(tmp_path: Path) -> None:
    changes = "changes: {flows.visits.stages.visit.takes: 5 min, flows.calls: null, services.mobile.level: 0.5}"
    text = SCENARIO.replace("without: [E2]", "without: [E2, E4]").replace("changes: {events.back.at: 10 min}", changes)
    exercise = write(tmp_path, {**FILES, "stromlost/scenario.yaml": text})
    usual, changed = (load_setup(exercise, "smastad", variation=v)[0].scenario for v in (None, "false_alarm"))
    assert set(usual.flows) == {"visits", "calls"}
    assert set(changed.flows) == {"visits"}
    assert changed.flows["visits"].stages[0].takes == Constant.model_validate({"value": "5 min"})
    assert (usual.services["mobile"].level, changed.services["mobile"].level) == (1, 0.5)


def test_the_start_can_be_another(exercise: Path) -> None:
    setup, _ = load_setup(exercise, "smastad", start="2026-06-01 10:00")
    assert setup.scenario.start == datetime(2026, 6, 1, 10)
    assert "--start: starttiden skrivs" in refusal(exercise, start="i morgon")


def test_every_file_is_known_by_its_hash(exercise: Path, tmp_path: Path) -> None:
    setup, _ = load_setup(exercise, "smastad")
    hashes = {str(tmp_path / name): hashlib.sha256(text.encode()).hexdigest() for name, text in FILES.items()}
    assert setup.files.items() >= hashes.items()


def _shuffled(value: Any, luck: random.Random) -> Any:
    if isinstance(value, dict):
        keys = luck.sample(sorted(value), len(value))
        return {key: _shuffled(value[key], luck) for key in keys}
    return [_shuffled(item, luck) for item in value] if isinstance(value, list) else value


@pytest.mark.parametrize("seed", range(3))
def test_the_order_of_keys_means_nothing(seed: int, tmp_path: Path) -> None:
    luck = random.Random(seed)
    shuffled = {}
    for name, text in FILES.items():
        tree = _shuffled(plain(parse_yaml(*as_source(text.encode(), name))), luck)
        shuffled[name] = yaml.safe_dump(tree, sort_keys=False, allow_unicode=True)
    one, _ = load_setup(write(tmp_path / "a"), "smastad")
    two, _ = load_setup(write(tmp_path / "b", shuffled), "smastad")
    for part in ("vocabulary", "organisation", "scenario", "exercise", "assumptions", "known"):
        assert getattr(one, part) == getattr(two, part)
    strip = {"file": ""}
    assert [a.model_copy(update=strip) for a in one.ledger] == [a.model_copy(update=strip) for a in two.ledger]


def test_distributions_are_what_they_were_written_as(exercise: Path) -> None:
    tasks = load_setup(exercise, "smastad")[0].scenario.procedures
    assert [type(t.takes) for t in tasks["verify_and_alert"]] == [Lognormal, Constant, Constant]
    assert type(tasks["answer"][0].takes) is Exponential


def test_an_exercise_is_found_by_folder_by_file_and_from_anywhere(
    exercise: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    by_folder, _ = load_setup(exercise, "smastad")
    by_file, _ = load_setup(exercise / "exercise.yaml", tmp_path / "organisations" / "smastad.yaml")
    assert by_folder == by_file
    monkeypatch.chdir(tmp_path)
    relative, _ = load_setup("stromlost", "smastad")
    assert set(relative.files) >= set(FILES)
    assert relative.model_copy(update={"files": {}, "ledger": ()}) == by_file.model_copy(
        update={"files": {}, "ledger": ()}
    )


def test_a_folder_without_words_of_its_own_uses_the_shipped_ones(tmp_path: Path) -> None:
    folder = tmp_path / "ensam"
    folder.mkdir()
    (folder / "exercise.yaml").write_text(EXERCISE, encoding="utf-8")
    (folder / "scenario.yaml").write_text(SCENARIO, encoding="utf-8")
    (folder / "egen.yaml").write_text(ORGANISATION, encoding="utf-8")
    with pytest.raises(InputError) as refused:
        load_setup(folder, folder / "egen.yaml", sets=["functions.tib.role=nobody_has_this_role"])
    assert any("inte en roll i ordlistan" in p.message for p in refused.value.problems)
