"""The report of a comparison: every number is that of its place, nothing is missing, and axe-core finds nothing."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from ovning.experiment.compare import Contender, compare
from ovning.files import load_setup
from ovning.report.comparison.document import Compared
from ovning.report.comparison.drawings import draw_all
from ovning.report.comparison.found import Found
from ovning.report.comparison.page import render_comparison
from ovning.report.comparison.sentences import answer, message
from ovning.report.comparison.tables import criteria, differences, headlines, parts, wins
from ovning.report.results import to_json
from tests.experiment.two_alarms import two_alarms
from tests.report.browser import ask
from tests.report.test_axe import FOUND, PACKAGES, axe_core
from tests.report.walk import Page, read, value_at

ARMS = ((), ("people.officers.count=2",), ("assumptions.decide_level=4 h",))


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Found:
    folder = two_alarms(tmp_path_factory.mktemp("versus"))
    contenders = [
        Contender(f"lillby{list(sets) if sets else ''}", load_setup(folder, "lillby", sets=sets)[0]) for sets in ARMS
    ]
    comparison = compare(contenders, 1, 100, {})
    return Found.of(Compared(comparison, ARMS, ("ovning", "compare", "alarms"), "<b>Hemligt</b>"))


@pytest.fixture(scope="module")
def page(found: Found) -> str:
    return render_comparison(found, draw_all(found))


def plain(text: object) -> str:
    return str(text).replace("\N{NO-BREAK SPACE}", " ")


def test_every_number_is_that_of_its_place(found: Found, page: str) -> None:
    document = json.loads(to_json(found.document.value))
    reader = Page()
    reader.feed(page)
    numbers = [(text, inside) for text, inside, tags in reader.texts if tags and tags[-1] == "data"]
    assert len(numbers) > 150
    for text, inside in numbers:
        at, kind = inside["data-at"] or "", inside["data-as"] or ""
        there = value_at(document, at)
        assert inside["value"] == str(there), at
        if kind == "moment" or text.startswith(("<", ">")):
            continue
        # The nearer end of an interval has the unit of the farther one: ``5–12 min``.
        value, rounding = read(f"{text} min" if kind == "duration" and text.isdigit() else text, kind)
        assert abs(value - abs(there)) <= rounding * 1.001, (at, text, there)
        assert ("−" in text) <= (there < 0), (at, text)


def test_what_is_said(found: Found) -> None:
    told = [plain(sentence) for sentence in answer(found)]
    assert "spelades 100 gånger med var och en av Lillby, Lillby, ändrad (1) och Lillby, ändrad (2)" in told[0]
    assert any(one.startswith("Command kommer i gång fortare i Lillby, ändrad (1) än i Lillby:") for one in told)
    assert any(one.startswith("Command kommer i gång långsammare i Lillby, ändrad (2) än i Lillby:") for one in told)
    assert any("nås läget i 0 % av spelen med Lillby, ändrad (2) och i" in one for one in told)
    assert any("ligger mest i" in one for one in told)
    assert any(one.startswith(("Taket på", "Allt var känt")) for one in told)
    assert told[-1].startswith("Av det som sägs om organisationen har så mycket en källa: Lillby")
    assert "Lillby, ändrad (1) är bättre än Lillby" in plain(message(found, 0))


def test_the_tables_have_a_row_for_all_that_differs(found: Found) -> None:
    rows = headlines(found, 1).plain_rows
    assert [row[0] for row in rows][:1] == ["Tid till command"]
    assert plain(rows[0][2]) == "inte inom 3 h"
    assert rows[0][-1] == "sämre"
    made = criteria(found, 0)
    assert made is not None
    assert len(made.rows) == 2
    level = next(iter(found.document["levels"]))
    made = parts(found, level, 0)
    assert made is not None
    assert made.plain_rows[-1][0] == "Summa"
    made = differences(found, 0)
    assert made is not None
    assert made.plain_rows == [("organisation.people.officers.count", "1", "2")]
    assert all(len(row) == 2 + len(ARMS) for row in wins(found).rows)


def test_nothing_that_was_given_becomes_markup(page: str) -> None:
    assert "&lt;b&gt;Hemligt&lt;/b&gt;" in page
    assert "<b>Hemligt" not in page


def test_figures_stand_where_they_are_spoken_of(found: Found, page: str) -> None:
    drawings = draw_all(found)
    assert [one.name for one in drawings] == ["nas-1", "skillnader-1", "var-1-1", "skillnader-2", "var-1-2"]
    for drawing in drawings:
        assert drawing.alt
        assert page.count(f"{drawing.name}-") > 0
    assert page.count("<figure ") == len(drawings)


@pytest.mark.parametrize("package", PACKAGES)
def test_axe_core_finds_nothing(package: str, page: str, tmp_path: Path) -> None:
    done: dict[str, Any] = ask(page, FOUND, tmp_path, before=axe_core(package))
    assert done["violated"] == []
