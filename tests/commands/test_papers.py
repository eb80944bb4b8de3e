"""``ovning papers`` as it is typed: files in a folder, the same bytes again, and wrong words said at once."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.commands.conftest import Said
from tests.commands.test_run import contents

FEW = ("--runs", "3", "--jobs", "1")


def test_papers_are_written_and_named(ovning: Callable[..., Said]) -> None:
    said = ovning("papers", "vattenbrist", "--org", "karlstad", *FEW, "--marking", "Får inte spridas")
    assert said.code == 0, said.err
    assert "Får inte spridas" in said.out
    assert "får inte nå de övade" in said.out.replace("\n", " ")
    folder = Path("resultat/papper-vattenbrist-karlstad-frö1")
    names = {path.name for path in folder.iterdir()}
    for name in ("inspelslista.docx", "inspelslista.xlsx", "telefonkatalog-motspel.docx", "deltagarhandling.docx"):
        assert name in names
        assert name.partition(".")[0] in said.out
    assert {"utvarderingsplan.docx", "observationsprotokoll-M1.docx", "observationsprotokoll.xlsx"} <= names
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    assert set(manifest["files"]) == names - {"manifest.json"}


def test_the_manifests_command_gives_the_same_bytes_again(ovning: Callable[..., Said]) -> None:
    ovning("papers", "elavbrott", "--org", "orebro", *FEW, "--variation", "second_fault", "--out", "ett")
    words = json.loads(Path("ett/manifest.json").read_text(encoding="utf-8"))["command"]
    assert words[:2] == ["ovning", "papers"]
    assert ovning(*words[1:], "--jobs", "2", "--out", "två").code == 0
    assert contents(Path("ett")) == contents(Path("två"))


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("elavbrot", "--org", "orebro"), 2, "elavbrott"),
        (("elavbrott", "--org", "ingenstans"), 2, "ingenstans"),
        (("elavbrott", "--org", "orebro", "--runs", "0"), 2, "--runs"),
        (("elavbrott", "--org", "orebro", "--set", "functions.nobody.patience=1 min"), 2, "nobody"),
    ],
)
def test_what_is_typed_wrong_is_said_at_once(
    ovning: Callable[..., Said], words: tuple[str, ...], code: int, said: str
) -> None:
    heard = ovning("papers", *words)
    assert heard.code == code
    assert said in heard.err
    assert "Traceback" not in heard.err
    assert not Path("resultat").exists()


@pytest.mark.parametrize(
    ("conduct", "said"),
    [
        ('{plays: ["T+2 h", "T+1 h"]}', "spelet slutar T+1 h, före T+2 h"),
        ('{plays: ["2 h", "T+3 h"]}', "T+2 h 30 min"),
        ('{plays: ["T+0", "T+3 h"], begins: "9.00"}', "begins"),
        ('{plays: ["T+0", "T+3 h"], pause: []}', "pause"),
        ('{plays: ["T+0", "T+3 h"], gathered: {stab: "T+0"}}', "stab"),
        ('{plays: ["T+0", "T+3 h"], gives: {E99: "T+1 h"}}', "”E99” är inte ett inspel"),
        ('{plays: ["T+0", "T+3 h"], gives: {E5: "T+4 h"}}', "E5 ges T+4 h, i timmar som inte spelas"),
        ('{plays: ["T+0", "T+9 h"], jumps: [{at: "T+4 h", to: "T+2 h"}]}', "hoppet slutar T+2 h, men börjar T+4 h"),
        ('{plays: ["T+0", "T+3 h"], gathered: {central_command: "T+5 h"}}', "sitter samlad från T+5 h, i timmar"),
        (
            '{plays: ["T+0", "T+9 h"], jumps: [{at: "T+2 h", to: "T+4 h"}], pauses: [{at: "T+3 h", lasts: 15 min}]}',
            "pausen T+3 h ligger i timmar som inte spelas",
        ),
    ],
)
def test_a_wrong_way_to_hold_it_is_said_by_line(ovning: Callable[..., Said], conduct: str, said: str) -> None:
    assert ovning("new", "min", "--from", "elavbrott").code == 0
    place = Path("min/exercise.yaml")
    place.write_text(place.read_text(encoding="utf-8") + f"\nconduct: {conduct}\n", encoding="utf-8")
    heard = ovning("papers", "min", "--org", "orebro")
    assert heard.code == 3
    assert "exercise.yaml:" in heard.err
    assert said in heard.err
    assert "Traceback" not in heard.err


def test_a_play_that_ends_after_the_scenario_is_pointed_out(ovning: Callable[..., Said]) -> None:
    assert ovning("new", "min", "--from", "elavbrott").code == 0
    place = Path("min/exercise.yaml")
    place.write_text(f'{place.read_text(encoding="utf-8")}conduct: {{plays: ["T+0", "T+80 h"]}}\n', encoding="utf-8")
    heard = ovning("check", "min")
    assert "varning: spelet slutar T+3 dygn 8 h, men scenariot är 3 dygn långt" in heard.out + heard.err


def test_all_that_is_wrong_with_how_it_is_held_is_said_at_once(ovning: Callable[..., Said]) -> None:
    assert ovning("new", "min", "--from", "elavbrott").code == 0
    place = Path("min/exercise.yaml")
    conduct = (
        "conduct:\n"
        '  plays: ["T+0", "T+9 h"]\n'
        '  jumps: [{at: "T+2 h", to: "T+4 h"}]\n'
        '  pauses: [{at: "T+3 h", lasts: 15 min}]\n'
        '  gathered: {central_command: "T+3 h"}\n'
        '  gives: {E5: "T+2 h 30 min", E6: "T+10 h"}\n'
    )
    lines = place.read_text(encoding="utf-8").count("\n")
    place.write_text(f"{place.read_text(encoding='utf-8')}{conduct}", encoding="utf-8")
    heard = ovning("check", "min")
    told = [line.split(":")[1] for line in heard.err.splitlines() + heard.out.splitlines() if ": fel: " in line]
    assert told == [str(lines + n) for n in (4, 5, 6, 6)]
