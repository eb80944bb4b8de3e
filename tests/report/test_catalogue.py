"""One catalogue holds every word of the report: what is asked for is there, what is there is asked for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from string import Formatter
from typing import Any, Final

import pytest

from ovning.report.catalogue import catalogue, counted, words
from tests.report.wordings import ANYTHING, SOURCE, TEMPLATES, Use, uses, written_in_code, written_in_template

NAMESPACES: Final = ("format.",)
"""Words that are looked up by the files' own names, all together."""
REPORT: Final = SOURCE / "report"
WITHOUT_WORDS: Final = sorted(
    [
        *(REPORT / f"{name}.py" for name in ("brief", "findings", "numbers", "html")),
        *REPORT.glob("drawings*.py"),
        *(REPORT / "tables").glob("*.py"),
    ]
)
"""Modules in which no text for people stands."""
OWED: Final = ("drawings_play.py", "drawings_society.py", "open.html.j2")
"""Where words still stand that belong in the catalogue: whoever moves them takes the name away here."""
USES: Final = uses()


def places(key: str) -> frozenset[str]:
    return frozenset(name for _, name, _, _ in Formatter().parse(catalogue()[key]) if name is not None)


def meant(use: Use) -> list[str]:
    """The keys that a use may mean; where several may be meant, those whose places it fills."""
    keys = [key for key in catalogue() if use.pattern.fullmatch(key)]
    return [key for key in keys if not use.whole or places(key) <= use.passed] if use.open else keys


def test_the_walk_finds_them() -> None:
    assert {use.function for use in USES} == {"words", "word", "counted", "columns"}
    assert len(USES) > 150
    assert sum(use.where.startswith("report.html.j2") for use in USES) > 20
    assert [use for use in USES if ANYTHING in use.keys] == []


def faults(use: Use) -> Iterator[str]:
    """What is wrong with a use of the catalogue."""
    keys, asked = meant(use), [places(key) for key in meant(use)]
    if not keys:
        yield "is not in the catalogue"
    if use.function == "counted":
        stems = {key.rpartition(".")[0] for key in keys}
        if set(keys) != {f"{stem}.{form}" for stem in stems for form in ("one", "other")}:
            yield "has not both a text for one and a text for several"
        if not all(use.passed <= places(key) for key in keys if key.endswith(".other")):
            yield "is given more than the text for several says"
    # Of several texts, or of one and several, one may leave out what another says.
    if use.whole and frozenset[str]().union(*asked) != use.passed:
        yield f"has the places {sorted(frozenset[str]().union(*asked))} and is given {sorted(use.passed)}"
    if not use.whole and not all(use.passed <= names for names in asked):
        yield "is given more than it says"


def test_what_is_asked_for_is_there_with_the_places_that_are_filled() -> None:
    assert [f"{use.where} {' or '.join(use.keys)} {fault}" for use in USES for fault in faults(use)] == []


def test_nothing_in_the_catalogue_is_left_unused() -> None:
    used = {key for use in USES for key in meant(use)}
    assert [key for key in catalogue() if key not in used and not key.startswith(NAMESPACES)] == []


def each(paths: Iterable[Path]) -> list[Any]:
    owed = pytest.mark.xfail(reason="its words are not in the catalogue yet")
    return [pytest.param(path, id=path.name, marks=[owed] if path.name in OWED else []) for path in paths]


@pytest.mark.parametrize("path", each(WITHOUT_WORDS))
def test_no_text_for_people_stands_in_the_code(path: Path) -> None:
    assert list(written_in_code(path)) == []


@pytest.mark.parametrize("path", each(sorted(TEMPLATES.glob("*.j2"))))
def test_no_text_for_people_stands_in_a_template(path: Path) -> None:
    assert list(written_in_template(path)) == []


def test_a_text_that_stood_there_would_be_found(tmp_path: Path) -> None:
    code, page = tmp_path / "one.py", tmp_path / "one.html.j2"
    code.write_text('"""Vad är detta?"""\nx = f"Det är {1} lägen"\ny = "kl"\n', encoding="utf-8")
    page.write_text('<p class="a b">{{ w("x.y") }}</p><p aria-label="Två ord">Så här</p>', encoding="utf-8")
    assert list(written_in_code(code)) == ["one.py:2: Det är ", "one.py:2:  lägen"]
    assert list(written_in_template(page)) == ["one.html.j2: Två ord", "one.html.j2: Så här"]


def test_texts_are_whole_and_plain() -> None:
    for key, text in catalogue().items():
        assert text.strip(), key
        assert "  " not in text, key
        assert not re.search(r"\(\s|\s\)|\s[.,;:](?!\d)|<|'|\"", text), key
        assert text.count("(") == text.count(")"), key
        assert text.count("”") % 2 == 0, key
        assert all(re.fullmatch(r"[a-z_]+", name) for name in places(key)), key


def test_a_place_that_is_not_filled_or_a_key_that_is_not_there_is_an_error() -> None:
    with pytest.raises(KeyError):
        words("limit.time")
    with pytest.raises(KeyError):
        words("limit.nothing_of_the_kind")
    assert str(counted("page.plays", 1, plays="1")) == "ett spel"
    assert str(counted("page.plays", 12, plays="12")) == "12 spel"
