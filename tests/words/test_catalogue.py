"""One catalogue holds every word of the report: what is asked for is there, what is there is asked for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from string import Formatter
from typing import Final

import pytest

from ovning.report.catalogue import counted, words
from ovning.words import LANGUAGE, catalogue, phrase
from ovning.words.common import alternatives, chained, enumerated
from tests.words.wordings import (
    ANYTHING,
    ASKED,
    COUNTED,
    SOURCE,
    TEMPLATES,
    Use,
    uses,
    written_in_code,
    written_in_template,
)

NAMESPACES: Final = (
    "place.",
    "format.",
)
"""Words that are looked up by the files' own names, all together."""
WITHOUT_WORDS: Final = sorted(path for room in ("report", "figures") for path in (SOURCE / room).rglob("*.py"))
"""Modules in which no text for people stands."""
NOT_FOR_PEOPLE: Final = frozenset(
    {
        # What matplotlib calls its places and its letters, and what it warns of.
        *("outside lower left", "axes fraction", "figure fraction", "offset points", "DejaVu Sans"),
        r"Glyph \d+ .*missing|constrained_layout not applied",
        # Where a long word may be broken, and how an abbreviation is known.
        *("aeiouyåäöéüAEIOUYÅÄÖ", r"(?=(?:.*[A-ZÅÄÖ]){2})\w{2,6}"),
        # HTML, a column of plays.csv, a word of the log's, and what only a programmer can meet.
        *(' id="', " active"),
        *("Heading 1", "Heading 2", "List Bullet", "Table Grid"),  # Word's own names of its styles
        *("SEQ ", " \\* ARABIC", "REF "),  # and of its fields
        *('<data value="{}" data-at="{}" data-as="{}">{}</data>', "seats missing", "a log begins with PlayStarted"),
    }
)
"""What looks like words and is none."""
USES: Final = uses()


@cache
def places(key: str) -> frozenset[str]:
    return names_in(catalogue()[key])


def names_in(text: str) -> frozenset[str]:
    return frozenset(name for _, name, _, _ in Formatter().parse(text) if name is not None)


@cache
def meant(use: Use) -> list[str]:
    """The keys that a use may mean; where several may be meant, those whose places it fills."""
    pattern = use.pattern
    keys = [key for key in catalogue() if pattern.fullmatch(key)]
    return [key for key in keys if not use.whole or places(key) <= use.passed] if use.open else keys


def test_the_walk_finds_them() -> None:
    assert {use.function for use in USES} == set(ASKED)
    assert len(USES) > 150
    assert sum(use.where.startswith("report.html.j2") for use in USES) > 20
    assert [use for use in USES if ANYTHING in use.keys] == []


def faults(use: Use) -> Iterator[str]:
    """What is wrong with a use of the catalogue."""
    keys, asked = meant(use), [places(key) for key in meant(use)]
    if not keys:
        yield "is not in the catalogue"
    if use.function in COUNTED:
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


@pytest.mark.parametrize("path", WITHOUT_WORDS, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_no_text_for_people_stands_in_the_code(path: Path) -> None:
    assert [text for text in written_in_code(path) if text.partition(": ")[2] not in NOT_FOR_PEOPLE] == []


@pytest.mark.parametrize("path", sorted(TEMPLATES.glob("*.html.j2")), ids=lambda path: path.name)
def test_no_text_for_people_stands_in_a_template(path: Path) -> None:
    assert list(written_in_template(path)) == []


@pytest.mark.parametrize("path", sorted(TEMPLATES.glob("*.typ.j2")), ids=lambda path: path.name)
def test_no_text_for_people_stands_between_the_commands_of_a_page_to_be_set(path: Path) -> None:
    """Outside what is filled in there are commands, and strings of the setting program's own words alone."""
    left = re.sub(r"{{.*?}}|{%.*?%}", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    strings = re.findall(r'"([^"]*)"', left)
    assert set(strings) <= {"ovning", "", "a4", "Libertinus Serif", " · ", "bold", ".png"}
    assert re.sub(r"[^åäöÅÄÖ]", "", left) == ""


def test_a_text_that_stood_there_would_be_found(tmp_path: Path) -> None:
    code, page = tmp_path / "one.py", tmp_path / "one.html.j2"
    code.write_text('"""Vad är detta?"""\nx = f"Det är {1} lägen"\ny = "kl"\nz = f"{1} spel"\n', encoding="utf-8")
    page.write_text('<p class="a b">{{ w("x.y") }}</p><p aria-label="Två ord">Så här</p>', encoding="utf-8")
    assert list(written_in_code(code)) == ["one.py:2: Det är ", "one.py:2:  lägen", "one.py:4:  spel"]
    assert list(written_in_template(page)) == ["one.html.j2: Två ord", "one.html.j2: Så här"]


def differences(one: Mapping[str, str], other: Mapping[str, str]) -> list[str]:
    """What a translation lacks, has too much, or fills in otherwise."""
    return [
        *(f"{key} is not in both" for key in sorted(one.keys() ^ other.keys())),
        *(
            f"{key} has other places"
            for key in sorted(one.keys() & other.keys())
            # The text for one may say it without its number.
            if names_in(one[key]) != names_in(other[key]) and not key.endswith(".one")
        ),
    ]


def test_every_language_says_the_same() -> None:
    written = sorted(path.stem for path in (SOURCE / "words").glob("*.toml"))
    assert LANGUAGE in written
    assert [fault for language in written for fault in differences(catalogue(), catalogue(language))] == []
    assert differences({"a": "x", "b": "{n} år"}, {"b": "{m} years", "c": "y"}) == [
        "a is not in both",
        "c is not in both",
        "b has other places",
    ]


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
    with pytest.raises(KeyError):
        phrase("limit.time")
    assert phrase("limit.time", limit="{limit} {0}") == "inom {limit} {0}"
    assert str(counted("page.plays", 1, plays="1")) == "ett spel"
    assert str(counted("page.plays", 12, plays="12")) == "12 spel"


def test_things_one_after_another() -> None:
    assert [enumerated(texts) for texts in ([], ["a"], ["a", "b"], ["a", "b", "c"])] == [
        "",
        "a",
        "a och b",
        "a, b och c",
    ]
    assert [chained(texts) for texts in ([], ["a"], ["a", "b", "c"])] == ["", "a", "a och b och c"]
    assert alternatives(["a", "b", "c"]) == "a eller b eller c"
