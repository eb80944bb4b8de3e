"""``--at-population``: an organisation played as if so many lived there."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from ovning.commands.choice import CommandLineError, loaded
from tests.commands.conftest import Said

FEW = ("--runs", "1", "--gains", "0", "--jobs", "1")


def plain(text: str) -> str:
    return " ".join(text.split())


def test_a_run_says_its_size_everywhere_and_overwrites_no_other(ovning: Callable[..., Said]) -> None:
    assert ovning("run", "elavbrott", "--org", "haninge", *FEW).code == 0
    said = ovning("run", "elavbrott", "--org", "haninge", *FEW, "--at-population", "45 000")
    assert said.code == 0
    assert "Räknat som om kommunen hade 45 000 invånare." in plain(said.out)
    other, folder = Path("resultat/elavbrott-haninge-frö1"), Path("resultat/elavbrott-haninge-frö1-45000-invånare")
    assert other.is_dir()
    results = json.loads((folder / "results.json").read_text("utf-8"))
    assert (results["population"], results["at_population"]) == (87_000, 45_000)
    day = next(one for one in results["assumptions"] if one["name"] == "heads_home_care_day")
    assert (day["value"], day["for_population"], day["played"]) == (8, 90_000, 4)
    assert {one["service"]: one["affected"] for one in results["services"]}["electricity"] == 5_500
    manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
    assert manifest["at_population"] == 45_000
    assert manifest["command"][-2:] == ["--at-population", "45000"]
    page = plain(re.sub(r"<[^>]*>", "", (folder / "report.html").read_text("utf-8")).replace("\xa0", " "))
    assert page.index("Räknat som om kommunen hade 45 000 invånare, i stället för sina 87 000") < page.index(
        "I korthet"
    )
    assert "8, här 4" in page
    assert "--at-population 45000" in plain(said.out), "the line that tells of one play"
    before = json.loads((other / "results.json").read_text("utf-8"))
    assert before["at_population"] is None
    assert all(one["played"] is None for one in before["assumptions"])
    assert "Räknat som om" not in (other / "report.html").read_text("utf-8")


def test_trace_and_show_say_it_too(ovning: Callable[..., Said]) -> None:
    for words in (
        ("trace", "elavbrott", "--org", "orebro"),
        ("show", "orebro"),
        ("show", "orebro", "--sources"),
        ("show", "elavbrott"),
        ("show", "elavbrott", "--coverage", "--org", "orebro", "--runs", "1"),
    ):
        said = ovning(*words, "--at-population", "45000")
        assert said.code == 0, words
        assert "Räknat som om kommunen hade 45 000 invånare." in plain(said.out), words
    assert "hemtjänsten på dagen (4)" in plain(ovning("show", "orebro", "--at-population", "45000").out)


@pytest.mark.parametrize("command", ["run elavbrott", "trace elavbrott --org orebro", "show orebro"])
@pytest.mark.parametrize(
    ("given", "message"),
    [
        ("0", "minst 1000 och högst 1000000; här står 0"),
        ("-90000", "minst 1000"),
        ("999999999999", "högst 1000000"),
        ("många", "ett heltal"),
        ("90000.5", "ett heltal"),
        ("", "ett heltal"),
    ],
)
def test_a_size_that_cannot_be_is_one_message(
    ovning: Callable[..., Said], command: str, given: str, message: str
) -> None:
    said = ovning(*command.split(), f"--at-population={given}")
    assert (said.code, said.out) == (2, "")
    assert message in said.err
    assert said.err.count("\n") == 1
    assert list(Path().iterdir()) == []


def test_a_size_too_large_to_play_is_wrong_usage_and_not_a_wrong_file() -> None:
    with pytest.raises(CommandLineError) as refused:
        loaded("flyktingsituation", "orebro", (), None, None, 1_000_000)
    (problem,) = refused.value.problems
    assert "går inte att spela som om kommunen hade 1000000 invånare" in problem.message
