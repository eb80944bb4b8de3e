"""What an organisation's file says of itself is repeated wherever the organisation is told of."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from ovning.files import load_setup
from ovning.files.folders import shipped_organisations
from tests.commands.conftest import Said

NOTE = load_setup("elavbrott", "haninge")[0].organisation.note


def plain(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize(
    "words",
    [
        "trace elavbrott --org haninge",
        "show haninge",
        "show haninge --sources",
        "show elavbrott --coverage --org haninge --runs 1",
    ],
)
def test_in_the_terminal(ovning: Callable[..., Said], words: str) -> None:
    assert NOTE
    assert NOTE in plain(ovning(*words.split()).out)


def test_in_the_summary_and_at_the_top_of_the_report(ovning: Callable[..., Said]) -> None:
    assert NOTE
    said = ovning("run", "elavbrott", "--org", "haninge", "--runs", "1", "--gains", "0", "--jobs", "1")
    assert NOTE in plain(said.out)
    folder = Path("resultat/elavbrott-haninge-frö1")
    page = plain(re.sub(r"<[^>]*>", "", (folder / "report.html").read_text("utf-8")))
    assert page.index(NOTE) < page.index("I korthet")
    assert json.loads((folder / "results.json").read_text("utf-8"))["note"] == NOTE


def test_every_shipped_organisation_says_what_it_is() -> None:
    for organisation in shipped_organisations():
        assert load_setup("elavbrott", organisation)[0].organisation.note, organisation
