"""``ovning sweep`` as a user meets it: what the answer hangs on, in the terminal, in a file and as a figure."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.commands.conftest import Said
from tests.commands.test_run import contents
from tests.experiment.guesses import two_telephones

FEW = ("--runs", "4", "--first", "2", "--jobs", "1")


@pytest.fixture(scope="module")
def exercise(tmp_path_factory: pytest.TempPathFactory) -> str:
    return str(two_telephones(tmp_path_factory.mktemp("exercise")))


def _document(folder: str) -> Any:
    return json.loads(Path(folder, "sweep.json").read_text(encoding="utf-8"))


def test_what_decides_is_named_with_the_value_at_which_it_turns(ovning: Callable[..., Said], exercise: str) -> None:
    said = ovning("sweep", exercise, "--org", "lillby", "--org", "storby", *FEW, "--out", "ut")
    assert said.code == 0, said.err
    for words in ("vad svaret hänger på", "Vänder ett svar", "telephone", "bättre", "sämre", "ut/sweep.json"):
        assert words in said.out
    assert "\x1b" not in said.out
    assert {"sweep.json", "manifest.json", "figures/tornado.png", "figures/tornado.svg"} == set(contents(Path("ut")))
    found = _document("ut")
    assert found["format"] == "ovning-sweep"
    assert [one["path"] for one in found["assumptions"] if one["turns"]] == ["assumptions.telephone"]
    first = found["assumptions"][0]
    assert (first["path"], first["key"], first["title"]) == ("assumptions.telephone", "telephone", "telephone")
    turn = first["turns"][0]
    assert found["measures"][turn["measure"]]["on"] == "level_time"
    assert (turn["before"], turn["after"]) == ("better", "worse")
    assert turn["last"] != turn["first"]
    nothing = next(one for one in found["assumptions"] if one["path"] == "assumptions.stand_down")
    assert [value["effects"] for value in nothing["values"]] == [[], []]
    assert "assumptions.patience" in {one["path"] for one in found["untried"]}
    assert "telephone" in Path("ut/figures/tornado.svg").read_text(encoding="utf-8")


def test_the_manifests_command_gives_the_same_bytes_again(ovning: Callable[..., Said], exercise: str) -> None:
    ovning("sweep", exercise, "--org", "storby", *FEW, "--only", "telephone", "--only", "assess", "--out", "ett")
    words = json.loads(Path("ett/manifest.json").read_text(encoding="utf-8"))["command"]
    assert words[3:5] == ["--org", "storby"]
    assert "telephone" in words
    again = [exercise if word == Path(exercise).name else word for word in words[1:]]
    assert ovning(*again, "--out", "två").code == 0
    assert contents(Path("ett")) == contents(Path("två"))


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("--org", "lillby", "--only", "telefon"), 2, "Inget antagande i spelet heter ”telefon”"),
        (("--org", "lillby", "--org", "lillby"), 2, "två gånger"),
        (("--org", "lillby", "--org", "storby", "--org", "lillby2"), 2, "högst två"),
        (("--org", "lillby", "--runs", "1"), 2, "--runs ska vara minst 2"),
        (("--org", "lillby", "--set", "functions.nobody.patience=1 min"), 2, "nobody"),
        (("--org", "ingenstans"), 2, "ingenstans"),
    ],
)
def test_what_is_typed_wrong_is_said_at_once(
    ovning: Callable[..., Said], exercise: str, words: tuple[str, ...], code: int, said: str
) -> None:
    heard = ovning("sweep", exercise, *words)
    assert heard.code == code
    assert said in heard.err
    assert "Traceback" not in heard.err
    assert not Path("resultat").exists()


def test_wrong_files_are_said_by_file_and_line(ovning: Callable[..., Said], tmp_path: Path) -> None:
    exercise = two_telephones(tmp_path)
    place = exercise.parent / "organisations" / "storby.yaml"
    place.write_text(place.read_text(encoding="utf-8").replace("telephone", "telefon"), encoding="utf-8")
    heard = ovning("sweep", str(exercise), "--org", "storby")
    assert heard.code == 3
    assert "storby.yaml:" in heard.err
    assert "”telefon” finns inte bland antagandena" in heard.err


def test_one_organisation_alone_is_told_against_its_own_limits(ovning: Callable[..., Said], exercise: str) -> None:
    said = ovning("sweep", exercise, "--org", "storby", *FEW, "--only", "telephone", "--out", "ut")
    assert said.code == 0, said.err
    assert "i medeltal" in said.out
    assert "minus" not in said.out
    (one,) = _document("ut")["assumptions"]
    assert [value["said"] for value in one["values"]] == ["1 min", "1 h"]
