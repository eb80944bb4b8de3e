"""Files that are not YAML as we write it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.files.base import FILES
from tests.files.wrong import EXE, ORG, SCE, Wrong, assert_found

CASES = [
    Wrong(
        "quote closed too late",
        ORG,
        "title: Tjänsteperson",
        'title: "Tjänsteperson',
        "här väntades en ny rad",
        "Påhitt / funkt",
        "citattecken",
    ),
    Wrong(
        "too little indent",
        ORG,
        "    role: executive",
        "   role: executive",
        "indraget stämmer inte",
        "role: executive",
        "lika många mellanslag",
    ),
    Wrong(
        "too much indent",
        ORG,
        "    role: executive",
        "     role: executive",
        "indraget stämmer inte",
        "role: executive",
    ),
    Wrong("backslash", SCE, '"Falskt larm."', '"C:\\x"', "omvänt snedstreck", '"\n    facts: [power', "enkla citat"),
    Wrong(
        "no space after the colon",
        ORG,
        "role: executive",
        "role:executive",
        "ett kolon efter nyckeln",
        "role:executive",
    ),
    Wrong("tab", SCE, "horizon: 6 h", "horizon: 6 h\nservices:\n\ta: 1", "tabbtecken", "\ta: 1", "mellanslag"),
    Wrong("unclosed list", EXE, "[smastad]", "[smastad", "en lista på en rad", ":\n  - id: M1", "[a, b, c]"),
    Wrong(
        "colon in text", SCE, "title: Strömlöst", "title: Strömlöst: natt", "ett kolon på fel ställe", ": natt", "citat"
    ),
    Wrong(
        "at sign",
        ORG,
        "title: Småstad",
        "title: @Småstad",
        "ett värde kan inte börja med ”@”",
        "@Småstad",
        "citattecken",
    ),
    Wrong("two documents", SCE, "facts:", "---\nfacts:", "flera dokument", "---", "flera filer"),
    Wrong("tag", ORG, "population: 10000", "population: !!int 10000", "taggar", "!!int", "ta bort taggen"),
    Wrong("unknown alias", ORG, "population: 10000", "population: *antal", "pekar på något som inte finns", "*antal"),
    Wrong("own alias", ORG, "agreements:", "agreements: &a [*a]\nxx:", "innehåller sig självt", "*a]"),
    Wrong("merge key", ORG, "kontoret: {title", "kontoret: {<<: {a: 1}, title", "sammanslagning med <<", "<<"),
    Wrong("top is a list", EXE, FILES[EXE], "- a\n- b\n", "översta nivå", "- a"),
    Wrong("empty", SCE, FILES[SCE], "# inget här\n", "filen är tom", None),
    Wrong("key without name", ORG, "population: 10000", "population: 10000\n'': 5", "en nyckel saknar namn", "''"),
    Wrong("list as key", ORG, "population: 10000", "[a, b]: 5", "en nyckel måste vara ett ord", "[a, b]"),
    Wrong("not a number", SCE, "delay: 30 min", "chance: .nan", "inget tal som kan användas", ".nan"),
    Wrong("number too large", ORG, "population: 10000", "population: 1e999", "för stort", "1e999"),
    Wrong(
        "number of many digits", ORG, "population: 10000", f"population: {'9' * 40}", "orimligt många siffror", "9999"
    ),
    Wrong(
        "too deep",
        ORG,
        "agreements:",
        f"xx: {'[' * 60}{']' * 60}\nagreements:",
        "nästlade djupare än 40",
        "[" * 21 + "]",
    ),
    Wrong(
        "duplicate key",
        ORG,
        "population: 10000",
        "population: 10000\npopulation: 9000",
        "finns redan, på rad 3",
        "population: 9000",
        "slå ihop",
    ),
    Wrong("control character", SCE, "Falskt larm.", "Falskt\x07larm.", "styrtecken (U+0007)", "\x07", "ta bort"),
]


@pytest.mark.parametrize("wrong", CASES, ids=lambda wrong: wrong.kind)
def test_one_thing_wrong(wrong: Wrong, tmp_path: Path) -> None:
    assert_found(wrong, tmp_path)


@pytest.mark.parametrize("wrong", CASES, ids=lambda wrong: wrong.kind)
def test_the_same_is_said_without_the_parser_in_c(
    wrong: Wrong, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delattr("yaml.CSafeLoader", raising=False)
    assert_found(wrong, tmp_path)
