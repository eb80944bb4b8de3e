"""A value that loses its source becomes an assumption: its row moves and the known share falls."""

from __future__ import annotations

import re
import shutil
from collections.abc import Sequence
from pathlib import Path

import pytest

from ovning.files import load_setup
from ovning.files.folders import shipped_folder
from ovning.measures.aggregate import aggregate
from ovning.measures.summary import PlaySummary
from ovning.measures.tallying import tally_of
from ovning.report.findings import Findings
from ovning.report.outcome import Outcome
from ovning.report.timeline import Timeline
from tests.report.pages import Elements, course_of, page_of


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the shipped exercises."""
    return Path(shutil.copytree(shipped_folder(), tmp_path_factory.mktemp("copy") / "exercises"))


@pytest.fixture(scope="module")
def course(outcome: Outcome) -> Timeline:
    return course_of(outcome)


def told(folder: Path, summaries: Sequence[PlaySummary]) -> Outcome:
    setup, _ = load_setup(folder / "elavbrott", folder / "organisations" / "orebro.yaml")
    plays = tally_of(summaries)
    return Outcome(setup, plays, aggregate(plays, setup.exercise), 1, ("ovning", "run", "elavbrott"))


def rows(page: str) -> list[str]:
    """The rows of the assumptions."""
    elements = Elements(page)
    found = {n: "" for n, (tag, at) in enumerate(elements.elements) if tag == "tr" and at.get("data-as") == "words"}
    for text, around in elements.texts:
        for place in found.keys() & set(around):
            found[place] += f"{text} "
    return [" ".join(text.split()) for text in found.values()]


def test_a_source_that_becomes_an_assumption_moves_its_row(
    folder: Path, summaries: tuple[PlaySummary, ...], course: Timeline
) -> None:
    path = folder / "organisations" / "orebro.yaml"
    written = path.read_text(encoding="utf-8")
    place = re.search(r'(?m)^  tib_ovriga: .*(source: "[^"]+")', written)
    assert place
    before = told(folder, summaries)
    swapped = written[: place.start(1)] + 'assumption: "Ingen källa längre, bara för provet"' + written[place.end(1) :]
    path.write_text(swapped, encoding="utf-8")
    after = told(folder, summaries)

    first, second = (Findings.of(one).results.value["values"] for one in (before, after))
    assert (second["known"], second["assumed"]) == (first["known"] - 1, first["assumed"] + 1)
    assert second["known_share"] == pytest.approx(second["known"] / (second["known"] + second["assumed"]), abs=1e-6)
    assert second["known_share"] < first["known_share"]
    assert sum(one["values"] for one in second["sources"]) == sum(one["values"] for one in first["sources"]) - 1

    page, other = page_of(before, course, ()), page_of(after, course, ())
    had, has = rows(page), rows(other)
    new = [row for row in has if row not in had]
    assert len(has) == len(had) + 1
    assert len(new) == 1
    assert "people. tib_ ovriga" in new[0]
    assert new[0].startswith("Ingen källa längre, bara för provet")
    for text, values in ((page, first), (other, second)):
        for name in ("known", "assumed"):
            assert f'<data value="{values[name]}" data-at="/values/{name}"' in text
        assert f'<data value="{values["known_share"]}" data-at="/values/known_share"' in text
