"""People in notes are found before anything is written; functions are not people."""

from __future__ import annotations

import pytest

from ovning.evaluate.note import Note
from ovning.evaluate.privacy import personal
from ovning.files import load_setup


@pytest.fixture(scope="module")
def setup():
    return load_setup("elavbrott", "orebro")[0]


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("TiB ringde Anna Svensson i natt", "name"),
        ("Det sa Karl-Erik Åberg.", "name"),
        ("811218-9876 fick besök", "personal_number"),
        ("19811218-9876", "personal_number"),
        ("ring 070-123 45 67", "telephone"),
        ("nås på +46 70 123 45 67", "telephone"),
        ("019-21 10 00 svarar inte", "telephone"),
    ],
)
def test_what_is_about_a_person_is_found(setup, text, what):
    assert [one.what for one in personal([Note("rad 3", None, "", text=text)], setup)] == [what]


@pytest.mark.parametrize(
    "text",
    [
        "Kommundirektören beslutar 05:10",
        "Central Krisledning är i gång",
        "420 larm är tysta sedan 05:34",
        "811218-9875 är inget riktigt nummer",
        "Kriterium M1.2, 3 h 45 min, 92 %",
        "2026-01-22 23:50",
        "Örebro kommun svarar",
        "TiB och Säkerhetschefen talar med Nätbolagets driftcentral",
    ],
)
def test_what_is_about_a_function_is_not(setup, text):
    assert personal([Note("rad 3", None, "", text=text)], setup) == ()


def test_places_and_observers_are_looked_at_too(setup):
    note = Note("rad 3", None, "", place="hos Anna Svensson", observer="Bo Ek")
    assert [(one.id, one.text) for one in personal([note], setup)] == [("rad 3", "Anna Svensson"), ("rad 3", "Bo Ek")]
