"""Every organisation that comes with the program: what it must say, and that it can play every exercise."""

from __future__ import annotations

import pytest

from ovning.engine import compile_play
from ovning.files import check_paths, list_shipped, shipped_folder
from ovning.files.folders import shipped_organisations
from ovning.log.records import LevelActivated
from tests.acceptance.courses import plays_of, setup_of

EXERCISES = ("elavbrott", "vattenbrist", "flyktingsituation")
MODELS = {name: path for name, path in shipped_organisations().items() if path.parent.name == "organisations"}
"""Those of the documents; variants of them are thought experiments."""
ANALOGIES = ("haninge_fore_2016", "haninge_forslag")
NOT_OF_COMMAND = (*ANALOGIES, "stockholm_kungsholmen")
"""Models of documents that are not about acute command."""
HEADS = ("hemtjanst_dag", "hemtjanst_kvall", "nattpatrull", "driftpersonal", "stabschefer", "stabspersonal", "frg")


@pytest.mark.parametrize("name", shipped_organisations())
def test_the_file_is_without_any_problem(name: str) -> None:
    assert check_paths([shipped_organisations()[name]]) == ()


@pytest.mark.parametrize("name", shipped_organisations())
def test_it_can_play_every_exercise(name: str) -> None:
    for exercise in EXERCISES:
        setup = setup_of(exercise, name)
        assert compile_play(setup).organisation is not None
        assert setup.organisation.note


@pytest.mark.parametrize("name", MODELS)
def test_the_title_says_what_it_is_a_model_of(name: str) -> None:
    organisation = setup_of("elavbrott", name).organisation
    assert "(modell efter" in organisation.title
    assert organisation.organisation == name
    assert "inte dagens" in str(organisation.note)


@pytest.mark.parametrize("name", NOT_OF_COMMAND)
def test_the_note_says_first_that_the_document_is_about_something_else(name: str) -> None:
    note = setup_of("elavbrott", name).organisation.note
    assert str(note).startswith("Källan handlar inte om ledning i en akut kris.")


@pytest.mark.parametrize("name", MODELS)
def test_what_no_source_tells_apart_is_alike(name: str) -> None:
    """Reach, heads and loads that are the same assumption everywhere: no design answers or works faster by decree."""
    ours, theirs = (setup_of("elavbrott", of).organisation for of in (name, "orebro"))
    assert {h: ours.people[h].count for h in HEADS} == {h: theirs.people[h].count for h in HEADS}
    rotas = [function.on_call for function in (*ours.functions.values(), *theirs.functions.values())]
    assert len({rota.reached for rota in rotas if rota is not None}) == 1
    chiefs = [g.reached for g in ours.people.values() if g.reached is not None and g.works == "office_hours"]
    assert set(chiefs) == {theirs.people["kommundirektor"].reached}
    assert ours.channels == theirs.channels
    assert ours.levels[-1].staffs == theirs.levels[-1].staffs


def test_haninge_before_2016_and_as_proposed_differ_from_after_only_in_mandate_and_deputies() -> None:
    after, before, proposed = (setup_of("elavbrott", n).organisation for n in ("haninge", *ANALOGIES))
    for other in (before, proposed):
        assert other.people == after.people
        assert (other.first_call, other.levels, other.staff) == (after.first_call, after.levels, after.staff)
        assert not any("move_staff" in body.decides for body in other.bodies.values())
        assert other.joint["move_staff"].otherwise == "krisledningsnamnd"
    changed = {f for f in after.functions if before.functions[f] != after.functions[f]}
    assert changed == {"sakerhetsstrateg"}
    assert before.functions["sakerhetsstrateg"].deputies == ()
    assert proposed.functions == after.functions


def test_in_botkyrka_the_director_decides_and_a_communicator_is_on_call() -> None:
    organisation = setup_of("elavbrott", "botkyrka").organisation
    (level,) = organisation.levels
    assert (level.via, level.decided_by) == ("sakerhetschef", "kommundirektor")
    assert organisation.functions["kommunikation"].on_call == organisation.functions["tib"].on_call


def test_karlstads_committee_is_thirteen_from_six_municipalities_and_nobody_of_the_federation_decides() -> None:
    organisation = setup_of("elavbrott", "karlstad").organisation
    committee = organisation.bodies["krisledningsnamnd"]
    assert sum(part.count for part in committee.members) == 13
    assert committee.shared is not None
    assert committee.shared.others == 5
    assert [f for f, function in organisation.functions.items() if function.unit == "forbund" and function.decides] == [
        "posom_jour"  # first measures, like any who are on call
    ]
    assert organisation.levels[-1].decided_by == "kommundirektor"


def test_kristianstads_officer_may_be_leading_a_rescue_operation_and_answers_as_others_on_call_do() -> None:
    functions = setup_of("elavbrott", "kristianstad").organisation.functions
    theirs = setup_of("elavbrott", "orebro").organisation.functions["tib"]
    officer = functions["tib"]
    assert officer.on_call is not None
    assert theirs.on_call is not None
    assert officer.on_call.other_duty is not None
    assert (officer.does, officer.decides, officer.patience) == (theirs.does, theirs.decides, theirs.patience)
    assert functions["sakerhetschef"].budget == {"exceed_budget": 300_000}


@pytest.mark.slow
@pytest.mark.parametrize("exercise", EXERCISES)
@pytest.mark.parametrize("name", MODELS)
def test_every_exercise_brings_the_staff_together_in_most_plays(name: str, exercise: str) -> None:
    plays = plays_of(exercise, name)
    active = [any(isinstance(r, LevelActivated) and r.level == "central_command" for r in log) for log in plays]
    assert sum(active) * 2 > len(active)


def test_all_models_are_listed() -> None:
    assert set(MODELS) <= set(list_shipped().organisations)
    assert {p.stem for p in (shipped_folder() / "organisations").glob("*.yaml")} == set(MODELS)
