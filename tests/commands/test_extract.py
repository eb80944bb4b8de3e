"""``--open``: a folder beside the results with what can be told openly, and the results as they would have been."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from ovning.commands.extract import extract_folder, write_extract
from ovning.report.extract import extract_of
from ovning.report.extract_page import render_extract
from tests.commands.conftest import Said

RUN = ("run", "elavbrott", "--runs", "2", "--jobs", "1", "--gains", "0", "--set", "scenario.horizon=2 h")


def contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_it_lies_beside_the_results_and_is_made_from_them(ovning: Callable[..., Said]) -> None:
    said = ovning(*RUN, "--org", "orebro", "--out", "ut", "--open", "--marking", "Hemligare än så")
    assert said.code == 0
    assert {path.name for path in Path().iterdir()} == {"ut", "ut-öppet"}
    manifest = json.loads(Path("ut/manifest.json").read_text("utf-8"))
    assert not any("utdrag" in name for name in manifest["files"])
    assert "--open" not in manifest["command"], "with and without it the results are the same"
    assert "ut-öppet/utdrag.html" in said.out.replace("\\", "/")
    assert "inte bedömt" in said.out
    made = contents(Path("ut-öppet"))
    assert set(made) == {"utdrag.html", "utdrag.json", "manifest.json"}
    extract = extract_of(json.loads(Path("ut/results.json").read_text("utf-8")))
    assert json.loads(made["utdrag.json"]) == extract
    assert made["utdrag.html"].decode("utf-8") == render_extract(extract)
    for data in made.values():
        for word in ("Hemligare", "orebro", "Örebro", "--", str(Path.cwd())):
            assert word not in data.decode("utf-8").replace("<!--", "")


def test_what_was_changed_is_left_alone_and_nothing_is_played(ovning: Callable[..., Said]) -> None:
    write_extract({"plays": 3}, Path("ut-öppet"))
    page = write_extract({"plays": 4}, Path("ut-öppet"))
    assert "4 spel" in page.read_text("utf-8")
    page.write_text("Bedömt av oss.", encoding="utf-8")
    said = ovning(*RUN, "--org", "orebro", "--out", "ut", "--open")
    assert said.code == 2
    assert "ut-öppet" in said.err
    assert said.out == ""
    assert not Path("ut").exists()
    assert page.read_text("utf-8") == "Bedömt av oss."


def test_the_folder_has_a_name_wherever_the_results_are() -> None:
    assert extract_folder(Path("ut")) == Path("ut-öppet")
    assert extract_folder(Path("a/b/")) == Path("a/b-öppet")
    assert extract_folder(Path()).name == f"{Path.cwd().name}-öppet"
    assert extract_folder(Path("..")).name == f"{Path.cwd().parent.name}-öppet"
