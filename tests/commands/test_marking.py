"""A marking: from the organisation's file or the command line to all that is made."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from ovning.figures import canvas
from ovning.files import load_setup
from ovning.limits import LONGEST_MARKING
from tests.commands.conftest import Said

SHORT = ("--runs", "2", "--jobs", "1", "--gains", "0", "--set", "scenario.horizon=2 h", "--out", "ut")
ORG = "based_on: orebro\norganisation: egen\ntitle: Egen kommun\nmarking: Bara för krisledningen\n"


@pytest.fixture
def own(ovning: Callable[..., Said]) -> Path:
    path = Path("egen.yaml")
    path.write_text(ORG, encoding="utf-8")
    return path


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    texts: list[str] = []
    marked = canvas.marked
    monkeypatch.setattr(canvas, "marked", lambda figure, text: (texts.append(text), marked(figure, text)))
    return texts


def documents() -> tuple[str | None, ...]:
    return tuple(json.loads(Path(f"ut/{name}.json").read_text("utf-8"))["marking"] for name in ("results", "manifest"))


def test_the_files_marking_is_carried(ovning: Callable[..., Said], own: Path, drawn: list[str]) -> None:
    said = ovning("run", "elavbrott", "--org", str(own), *SHORT)
    assert said.code == 0, said.err
    assert documents() == ("Bara för krisledningen",) * 2
    assert set(drawn) == {"Bara för krisledningen"}
    assert len(drawn) == len(list(Path("ut/figures").glob("*.svg")))
    assert said.out.index("Bara för krisledningen") < said.out.index("Egen kommun")
    assert not any("krisledningen" in path.name for path in Path().rglob("*"))


def test_the_command_line_wins_and_is_in_the_manifests_command(
    ovning: Callable[..., Said], own: Path, drawn: list[str]
) -> None:
    said = ovning("run", "elavbrott", "--org", str(own), *SHORT, "--marking", "  Öppet  ")
    assert documents() == ("Öppet", "Öppet")
    assert set(drawn) == {"Öppet"}
    assert "Bara för" not in said.out
    command = json.loads(Path("ut/manifest.json").read_text("utf-8"))["command"]
    assert command[command.index("--marking") + 1] == "Öppet"


def test_other_commands_say_the_files_marking_too(ovning: Callable[..., Said], own: Path) -> None:
    for words in (
        ("show", str(own)),
        ("trace", "elavbrott", "--org", str(own), "--set", "scenario.horizon=1 h"),
    ):
        assert ovning(*words).out.startswith("Bara för krisledningen\n"), words


BAD = ["", "   ", "x" * (LONGEST_MARKING + 1), "en\nrad till", "en\ttabb", "\x1b[31mröd", "a\u202eb"]


@pytest.mark.parametrize("text", BAD)
def test_a_marking_is_one_short_line(ovning: Callable[..., Said], text: str) -> None:
    said = ovning("run", "elavbrott", "--org", "orebro", *SHORT, "--marking", text)
    assert said.code == 2
    assert "--marking" in said.err
    assert "\x1b" not in said.err
    assert not Path("ut").exists()


@pytest.mark.parametrize("text", ["", "x" * (LONGEST_MARKING + 1), "en\nrad till", "en\ttabb"])
def test_and_so_it_is_in_a_file(ovning: Callable[..., Said], own: Path, text: str) -> None:
    own.write_text(ORG.replace("Bara för krisledningen", json.dumps(text)), encoding="utf-8")
    said = ovning("run", "elavbrott", "--org", str(own), *SHORT)
    assert said.code == 3
    assert "egen.yaml:4:10" in said.err


def test_a_variant_has_the_marking_of_what_it_is_based_on(ovning: Callable[..., Said], own: Path) -> None:
    Path("annan.yaml").write_text("based_on: egen.yaml\norganisation: annan\n", encoding="utf-8")
    assert load_setup("elavbrott", "annan.yaml")[0].organisation.marking == "Bara för krisledningen"
