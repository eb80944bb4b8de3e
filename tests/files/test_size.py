"""Numbers that follow how many live in a municipality, and how they are counted for another size."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ovning.engine import compile_play, play
from ovning.errors import InputError
from ovning.files import load_setup
from ovning.limits import LARGEST_POPULATION, SMALLEST_POPULATION
from ovning.model.setup import Setup
from ovning.model.size import counted_for
from tests.files.base import ASSUMPTIONS, ORGANISATION, SCENARIO, write
from tests.files.wrong import ASM, ORG, SCE, Wrong, assert_found

HEADS = 'beredskap: {count: 4, works: office_hours, source: "Påhitt / folk"}'


@given(st.integers(0, 10**6), st.integers(1, 10**6), st.integers(1, 10**6))
def test_a_whole_number_is_the_nearest_and_never_none_of_some(value: int, written_for: int, population: int) -> None:
    counted = counted_for(value, written_for, population)
    exact = value * population / written_for
    assert isinstance(counted, int)
    assert abs(counted - exact) <= 0.5 + 1e-9 * exact or (counted == 1 and 0 < exact < 0.5)
    assert (counted == 0) == (value == 0)


@given(st.floats(0, 1e6), st.integers(1, 10**6))
def test_the_same_size_gives_the_same_number(rate: float, population: int) -> None:
    assert counted_for(rate, population, population) == rate
    assert counted_for(rate, population, 2 * population) == pytest.approx(2 * rate)


def test_halves_go_up() -> None:
    assert [counted_for(n, 2, 1) for n in (1, 2, 3, 4, 5)] == [1, 1, 2, 2, 3]


def at(folder: Path, population: int | None, *sets: str) -> Setup:
    return load_setup(folder / "stromlost", "smastad", at_population=population, sets=sets)[0]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Four people on call, 4 000 households and a rate of 0.01: each for 10 000 inhabitants, in a form of its own."""
    write(tmp_path)
    (tmp_path / ASM).write_text(
        ASSUMPTIONS + "heads: {value: 4, for_population: 10000, range: [2, 8], reason: En bedömning}\n", "utf-8"
    )
    (tmp_path / ORG).write_text(ORGANISATION.replace("{count: 4, works", "{count: {assume: heads}, works"), "utf-8")
    scenario = SCENARIO.replace("households: 4000", "households: {value: 4000, for_population: 10000}").replace(
        "because_of: {electricity: 0.01}",
        "because_of: {electricity: {assume: 0.01, for_population: 10000, range: [0, 1], reason: Gissat}}",
    )
    assert scenario.count("for_population") == 2
    (tmp_path / SCE).write_text(scenario, "utf-8")
    return tmp_path


def test_each_form_is_counted_for_the_size_that_is_asked_for(folder: Path) -> None:
    plain, same, double = at(folder, None), at(folder, 10_000), at(folder, 20_000)
    assert plain.organisation == same.organisation
    assert plain.scenario == same.scenario
    assert (plain.at_population, double.at_population) == (None, 20_000)
    assert [one.organisation.people["beredskap"].count for one in (plain, double)] == [4, 8]
    assert [one.scenario.services["electricity"].affects.total for one in (plain, double)] == [4000, 8000]
    rates = [
        next(iter(flow.arrives.because_of.values()))
        for flow in double.scenario.flows.values()
        if "electricity" in flow.arrives.because_of
    ]
    assert rates == [0.02]
    assert double.organisation.people["politiker"].count == plain.organisation.people["politiker"].count
    assert double.organisation.population == 10_000


def test_the_ledger_keeps_what_is_written_and_for_how_many(folder: Path) -> None:
    ledger = {entry.name or entry.path: entry for entry in at(folder, 20_000).ledger}
    assert (ledger["heads"].value, ledger["heads"].for_population, ledger["heads"].range) == (4, 10_000, [2, 8])
    inline = [entry for entry in ledger.values() if entry.reason == "Gissat"]
    assert [(entry.value, entry.for_population) for entry in inline] == [(0.01, 10_000)]
    assert ledger["on_call_reached"].for_population is None


def test_what_is_set_in_a_place_is_played_and_what_is_set_as_an_assumption_is_counted(folder: Path) -> None:
    set_here = at(folder, 20_000, "people.beredskap.count=5")
    assert set_here.organisation.people["beredskap"].count == 5
    assumed = at(folder, 20_000, "assumptions.heads=5")
    assert assumed.organisation.people["beredskap"].count == 10
    formed = at(folder, 20_000, "people.beredskap.count={value: 5, for_population: 10000}")
    assert formed.organisation.people["beredskap"].count == 10


def test_a_file_in_which_nothing_follows_the_size_is_warned_of(tmp_path: Path) -> None:
    exercise = write(tmp_path)
    said = [p for p in load_setup(exercise, "smastad", at_population=20_000)[1] if "följer folkmängden" in p.message]
    assert {Path(p.file).name for p in said} == {"smastad.yaml", "scenario.yaml"}
    assert {p.severity for p in said} == {"warning"}
    assert not any("folkmängden" in p.message for p in load_setup(exercise, "smastad")[1])


@pytest.mark.parametrize("population", [-5, 0, SMALLEST_POPULATION - 1, LARGEST_POPULATION + 1])
def test_a_size_that_cannot_be_is_the_only_thing_said(folder: Path, population: int) -> None:
    with pytest.raises(InputError) as refused:
        at(folder, population)
    (problem,) = refused.value.problems
    assert (problem.file, problem.line) == ("--at-population", 0)
    assert f"{population} invånare" in problem.message


def test_a_size_at_which_it_cannot_be_played_is_said_to_be_the_reason(folder: Path) -> None:
    path = folder / SCE
    path.write_text(path.read_text("utf-8").replace("value: 4000", "value: 90000000"), "utf-8")
    assert at(folder, 10_000).scenario.services["electricity"].affects.total == 90_000_000
    with pytest.raises(InputError) as refused:
        at(folder, 20_000)
    (problem,) = refused.value.problems
    assert problem.file == "--at-population"
    assert "som om kommunen hade 20000 invånare" in problem.message
    assert "100000000" in problem.message


@pytest.mark.parametrize(
    "wrong",
    [
        Wrong(
            "no number of inhabitants",
            ORG,
            HEADS,
            HEADS.replace("count: 4", "count: {value: 4, for_population: många}"),
            "for_population är hur många invånare talet gäller för, inte många",
            "många}",
        ),
        Wrong(
            "a time that follows the size",
            ORG,
            "population: 10000",
            "population: 10000\nnote: {value: text, for_population: 90000}",
            "bara ett antal eller en takt kan följa folkmängden",
            "for_population",
            "ta bort for_population",
        ),
        Wrong(
            "a misspelt key",
            ORG,
            HEADS,
            HEADS.replace("count: 4", "count: {assume: 4, for_populaton: 9, range: [1, 9], reason: x}"),
            "okänd nyckel ”for_populaton” i ett antagande",
            "for_populaton",
            "menade du ”for_population”?",
        ),
    ],
    ids=lambda wrong: wrong.kind,
)
def test_wrong_sizes(wrong: Wrong, tmp_path: Path) -> None:
    assert_found(wrong, tmp_path)


@pytest.mark.parametrize("exercise", ["elavbrott", "flyktingsituation", "vattenbrist"])
def test_the_shipped_exercises_are_written_for_ninety_thousand(exercise: str) -> None:
    plain, _ = load_setup(exercise, "orebro")
    same, warnings = load_setup(exercise, "orebro", at_population=90_000)
    assert (plain.organisation, plain.scenario, plain.ledger) == (same.organisation, same.scenario, same.ledger)
    assert not any("folkmängden" in warning.message for warning in warnings)


def test_a_play_at_the_size_that_the_files_are_written_for_is_the_same_play() -> None:
    logs = []
    for population in (None, 90_000, 144_200):
        setup, _ = load_setup("elavbrott", "orebro", at_population=population)
        logs.append(tuple(play(compile_play(setup), 1, 0)))
    assert logs[0] == logs[1] != logs[2]


def test_what_is_designed_does_not_follow_the_size() -> None:
    small, large = (load_setup("elavbrott", "orebro", at_population=n)[0].organisation for n in (45_000, 180_000))
    for group in ("sakerhetschef", "sakerhetsavdelning", "stabschefer", "kommunikatorer", "ks_ovriga"):
        assert small.people[group] == large.people[group]
    assert (small.functions, small.bodies, small.levels) == (large.functions, large.bodies, large.levels)
    assert small.people["hemtjanst_dag"].count < large.people["hemtjanst_dag"].count
