"""``ovning new``: what it makes plays as it is, is understood by editors, and never overwrites anything."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from ovning.engine import compile_play, play
from ovning.files import check_paths, load_setup
from ovning.log.records import InjectSent, LevelActivated, TaskFinished
from tests.commands.conftest import Said
from tests.files.test_schema import Oracle


def test_the_starter_plays_as_it_is(ovning: Callable[..., Said]) -> None:
    said = ovning("new", "skyfall")
    assert said.code == 0
    assert {path.name for path in Path("skyfall").iterdir()} == {
        *("exercise.yaml", "scenario.yaml", "min_kommun.yaml", "sources.yaml", "LÄS MIG.md", "ORD.md", "scheman")
    }
    assert "  ovning check skyfall\n  ovning run skyfall\n" in said.out
    assert ovning("check", "skyfall").out == "0 fel, 0 varningar.\n"
    assert ovning("run", "skyfall", "--runs", "2", "--gains", "0", "--jobs", "1").code == 0
    assert Path("resultat/skyfall-min_kommun-frö1/report.html").is_file()


@pytest.mark.parametrize("variation", [None, "quick_repair"])
@pytest.mark.parametrize("organisation", ["min_kommun", "orebro", "haninge"])
def test_everything_in_the_starter_happens(
    ovning: Callable[..., Said], organisation: str, variation: str | None
) -> None:
    ovning("new", "skyfall")
    setup, warnings = load_setup("skyfall", organisation, variation=variation)
    assert warnings == ()
    compiled = compile_play(setup)
    sent, done, led = set[str](), set[str](), 0
    for replication in range(10):
        log = play(compiled, 1, replication)
        sent |= {record.inject for record in log if isinstance(record, InjectSent)}
        done |= {record.task for record in log if isinstance(record, TaskFinished) and record.outcome == "done"}
        led += any(isinstance(record, LevelActivated) for record in log)
    expected = {"E1", "E2", "E3", "E5"} | (set() if variation else {"E4"})
    assert sent == expected
    wanted = {
        f"{inject.id}/{step.task}"
        for inject in setup.scenario.injects
        if inject.id in expected and inject.asks_for is not None
        for step in setup.scenario.procedures[inject.asks_for]
    }
    assert wanted <= done
    assert led == 10 or variation


def test_its_files_are_taken_by_the_schemas_beside_them(ovning: Callable[..., Said]) -> None:
    ovning("new", "skyfall")
    for name, kind in (
        ("exercise", "exercise"),
        ("scenario", "scenario"),
        ("min_kommun", "organisation"),
        ("sources", "sources"),
    ):
        text = Path(f"skyfall/{name}.yaml").read_text("utf-8")
        first, _, _ = text.partition("\n")
        schema = first.removeprefix("# yaml-language-server: $schema=")
        assert schema == f"scheman/{kind}.schema.json"
        oracle = Oracle(json.loads(Path("skyfall", schema).read_text("utf-8")))
        assert oracle.takes(yaml.safe_load(text))
        assert not oracle.takes({**yaml.safe_load(text), "injektioner": []})


def test_a_source_of_ones_own_goes_into_the_index_beside_the_files(ovning: Callable[..., Said]) -> None:
    ovning("new", "skyfall")
    path, index = Path("skyfall/min_kommun.yaml"), Path("skyfall/sources.yaml")
    written = path.read_text("utf-8")
    path.write_text(re.sub(r"(?m)^population: .*$", 'population: {value: 9000, source: "Vår plan / 2 Larm"}', written))
    said = ovning("check", "skyfall")
    assert said.code == 3
    assert "källan ”Vår plan” finns inte i källförteckningen" in said.out
    assert "lägg till den i sources.yaml bredvid filen" in said.out
    own = "sources:\n  Vår plan: {title: Krisledningsplan, kind: document, publisher: Vi, sections: [2 Larm]}\n"
    index.write_text(re.sub(r"(?m)^sources: .*$", own, index.read_text("utf-8")), "utf-8")
    assert ovning("check", "skyfall").out == "0 fel, 0 varningar.\n"
    assert ovning("check", "skyfall/sources.yaml").code == 0


def test_every_word_is_listed(ovning: Callable[..., Said]) -> None:
    ovning("new", "skyfall")
    page = Path("skyfall/ORD.md").read_text("utf-8")
    vocabulary = load_setup("skyfall", "min_kommun")[0].vocabulary
    for group in type(vocabulary).model_fields:
        words = getattr(vocabulary, group)
        titles = [word.title for word in (words.values() if isinstance(words, dict) else words)]
        assert titles, group
        assert [title for title in titles if f"| {title} |" not in page] == [], group


def test_a_copy_of_a_shipped_exercise_has_a_name_of_its_own(ovning: Callable[..., Said]) -> None:
    assert ovning("new", "Vår övning i Åby", "--from", "elavbrott", "--title", 'Ström: "borta" # nu').code == 0
    folder = Path("Vår övning i Åby")
    assert (folder / "sources.yaml").is_file()
    assert [p for p in check_paths([folder]) if p.severity == "error"] == []
    mine, shipped = load_setup(folder, "orebro")[0], load_setup("elavbrott", "orebro")[0]
    assert (mine.exercise.exercise, mine.exercise.title) == ("var_ovning_i_aby", 'Ström: "borta" # nu')
    assert mine.scenario == shipped.scenario
    assert mine.exercise.objectives == shipped.exercise.objectives


@pytest.mark.parametrize("title", ["  ", "rad\nrad", "x" * 201, "\x1b[31mrött"])
def test_a_title_that_cannot_be_one(ovning: Callable[..., Said], title: str) -> None:
    said = ovning("new", "skyfall", "--title", title)
    assert (said.code, "--title ska vara" in said.err) == (2, True)
    assert list(Path().iterdir()) == []


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["9"], "duger inte som namn"),
        (["ÅÄÖ!", "--from", "elavbrot"], "menade du ”elavbrott”?"),
        (["..."], "duger inte som namn"),
        (["skyfall/skyfall"], None),
    ],
)
def test_what_cannot_be_made_leaves_nothing(
    ovning: Callable[..., Said], words: list[str], expected: str | None
) -> None:
    said = ovning("new", *words)
    assert said.code == (0 if expected is None else 2), said.err
    assert (expected or "") in said.err
    assert "Traceback" not in said.err
    assert bool(list(Path().iterdir())) == (expected is None)


@pytest.mark.parametrize("there", ["folder", "file"])
def test_nothing_is_overwritten(ovning: Callable[..., Said], there: str) -> None:
    if there == "folder":
        Path("skyfall").mkdir()
    else:
        Path("skyfall").write_text("mitt", "utf-8")
    said = ovning("new", "skyfall")
    assert (said.code, said.out) == (2, "")
    assert "finns redan" in said.err
    assert [path.name for path in Path().rglob("*")] == ["skyfall"]
