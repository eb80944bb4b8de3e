"""Every number of an utvärdering can be found again: by its bookmark in ``evaluation.json`` or in what people wrote."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from docx import Document
from docx.oxml.ns import qn

from ovning import __version__
from ovning.report.evaluation.document import evaluation_document
from ovning.report.evaluation.outcome import Evaluated
from ovning.report.evaluation.utvardering import utvardering
from ovning.report.papers.paper import texts
from ovning.report.papers.schedule import schedule
from ovning.report.papers.word import bookmark, word_document
from ovning.report.results import to_json
from ovning.units import Clock, say_duration

_TABLE = re.compile(r"t\d+")
_ROWS = re.compile(r"\brad \d+(, \d+)*( och \d+)?")
"""Rows of a single table, or several of one place."""


@pytest.fixture(scope="module", params=["evaluated", "half_day"])
def held(request: pytest.FixtureRequest) -> Evaluated:
    """From beginning to end, and in half a day."""
    found = request.getfixturevalue(request.param)
    assert isinstance(found, Evaluated)
    return found


@pytest.fixture(scope="module")
def document(held: Evaluated) -> Any:
    return Document(io.BytesIO(word_document(utvardering(held))))


def _places(value: Any, at: str = "") -> Iterator[tuple[str, Any]]:
    yield at, value
    if isinstance(value, dict):
        for name, below in value.items():
            yield from _places(below, f"{at}/{name}")
    elif isinstance(value, list):
        for number, below in enumerate(value):
            yield from _places(below, f"{at}/{number}")


def _bookmarks(document: Any) -> dict[str, str]:
    """Each bookmark and the text between its ends."""
    found: dict[str, str] = {}
    for start in document.element.body.iter(qn("w:bookmarkStart")):
        inside = []
        for after in start.itersiblings():
            if after.tag == qn("w:bookmarkEnd"):
                assert after.get(qn("w:id")) == start.get(qn("w:id"))
                break
            inside += [text.text or "" for text in after.iter(qn("w:t"))]
        found[start.get(qn("w:name"))] = "".join(inside)
    return found


def _written(at: str, value: Any, clock: Clock, unit: str) -> str:
    """As the number should stand, worked out anew."""
    if at.startswith("/notes/"):
        return f"T+{value // 3_600_000}:{value // 60_000 % 60:02}, {clock.local(value):%H:%M}"
    if at.startswith("/proposals/"):
        return say_duration(abs(value)) if abs(value) > 1000 else f"{abs(value):.1f}".replace(".", ",")
    counts_plays = "/simulated/reached" in at or "_better" in at or "_in_stretch" in at
    if unit == "duration" and not counts_plays:
        return say_duration(value)
    if unit == "share" and not counts_plays:
        shown = f"{100 * value:.0f} %"
        return ">99 %" if shown == "100 %" and value < 1 else shown
    return str(value)


def test_each_bookmark_is_a_place_and_says_what_stands_there(held: Evaluated, document: Any) -> None:
    told = json.loads(to_json(evaluation_document(held)))
    known = {bookmark(at): (at, value) for at, value in _places(told) if at}
    clock = Clock.at(held.setup.scenario.start)
    marks = {name: text for name, text in _bookmarks(document).items() if not _TABLE.fullmatch(name)}
    assert len(marks) > 100
    for name, text in marks.items():
        at, value = known[name.partition("__")[0]]
        said = re.sub(r", [a-zåäö]{3} ", ", ", text.replace("\xa0", " "))
        unit = told["criteria"][int(at.split("/")[2])]["unit"] if at.startswith("/criteria/") else ""
        written = _written(at, value, clock, unit)
        # Of an interval the nearer end may stand without its unit: ”25–55 min”.
        assert said in (written, written.rpartition(" ")[0]), at


def test_tables_are_numbered_by_fields_and_referred_to_by_fields_that_say_the_same(document: Any) -> None:
    tables = {name: text for name, text in _bookmarks(document).items() if _TABLE.fullmatch(name)}
    assert tables == {f"t{number}": str(number) for number in range(1, len(document.tables) + 1)}
    captions = [one for one in document.paragraphs if one.style.name == "Caption"]
    assert [_whole(one).split(".")[0] for one in captions] == [f"Tabell {number}" for number in tables.values()]
    fields = [field.get(qn("w:instr")) for field in document.element.body.iter(qn("w:fldSimple"))]
    assert sum(field == "SEQ Tabell \\* ARABIC" for field in fields) == len(tables)
    referring = [
        (field.get(qn("w:instr")).split()[1], "".join(text.text for text in field.iter(qn("w:t"))))
        for field in document.element.body.iter(qn("w:fldSimple"))
        if field.get(qn("w:instr")).startswith("REF")
    ]
    assert {(name, tables[name]) for name, _ in referring} == set(referring)
    # The summary says where each objective's criteria are, and where what was noted is.
    said = next(_whole(one) for one in document.paragraphs if _whole(one).startswith("Hur vart och ett"))
    heads = {_whole(one): at for at, one in zip(tables.values(), captions, strict=True)}
    first, last, course = re.findall(r"\d+", said)
    named = {number: caption for caption, number in heads.items()}
    assert "Kriterier för M1" in named[first]
    assert "Kriterier för" in named[last]
    assert "Det som antecknats" in named[course]


def _whole(paragraph: Any) -> str:
    """With what stands in fields."""
    return "".join(text.text or "" for text in paragraph._p.iter(qn("w:t")))


def test_names_of_bookmarks_are_as_word_takes_them_and_each_its_own(document: Any) -> None:
    names = [start.get(qn("w:name")) for start in document.element.body.iter(qn("w:bookmarkStart"))]
    numbers = [start.get(qn("w:id")) for start in document.element.body.iter(qn("w:bookmarkStart"))]
    assert len(set(names)) == len(names)
    assert len(set(numbers)) == len(numbers)
    assert all(re.fullmatch(r"[A-Za-z]\w{0,39}", name) for name in names)


def test_no_number_stands_without_a_mark_but_in_what_people_wrote(held: Evaluated, document: Any) -> None:
    """What is left when the marked numbers are taken away holds digits only in titles, texts, rows and headings."""
    setup = held.setup
    own = [
        __version__,
        setup.exercise.title,
        setup.exercise.purpose[1:],
        setup.scenario.situation,
        setup.organisation.title,
    ]
    own += [text for note in held.notes for text in (_ROWS.sub("", note.id), note.text, note.place, note.inject or "")]
    own += [text for lost in held.lost for text in (_ROWS.sub("", lost.id), lost.text)]
    own += [one.title for one in setup.exercise.objectives]
    own += texts(schedule(setup))  # which hours are played, as the exercise says
    own += [criterion.title or "" for one in setup.exercise.objectives for criterion in one.criteria]
    inside = set()
    for start in document.element.body.iter(qn("w:bookmarkStart")):
        for after in start.itersiblings():
            if after.tag == qn("w:bookmarkEnd"):
                break
            inside |= set(after.iter(qn("w:t")))
    for text in document.element.body.iter(qn("w:t")):
        left = text.text or ""
        if text in inside:
            continue
        left = _ROWS.sub("", left)
        for known in sorted(filter(None, own), key=len, reverse=True):
            left = left.replace(known, "")
        # The number of a criterion or of a line in the plan, the version, and when the scenario begins.
        left = re.sub(r"\bM\d+(\.\d+)?\b|^\d{1,2}$|\d+ (januari|juni) 2026, klockan \d\d:\d\d", "", left)
        assert not re.search(r"\d", left), text.text


def test_a_long_name_is_cut_and_still_its_own() -> None:
    names = {bookmark(f"/criteria/12/simulated/reached/somewhere/far/below/{n}") for n in range(50)}
    assert len(names) == 50
    assert all(len(name) <= 34 for name in names)
