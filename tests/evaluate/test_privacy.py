"""People in notes are found before anything is written; functions are not people."""

from __future__ import annotations

import pytest

from ovning.evaluate.note import Lost, Note
from ovning.evaluate.privacy import personal, written
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
    assert [one.what for one in personal([("rad 3", text)], setup)] == [what]


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
    assert personal([("rad 3", text)], setup) == ()


def test_all_that_would_be_passed_on_is_looked_at(setup):
    note = Note("Bo Ek.csv, rad 3", None, "", place="hos Anna Svensson", observer="Eva Ek")
    lost = Lost("rad 4", "criterion", "Kim Berg 070-123 45 67")
    found = personal(written([note], [lost], ["Bo Ek.csv"]), setup)
    assert {one.text for one in found} == {"Bo Ek", "Anna Svensson", "Eva Ek", "Kim Berg", "070-123 45 67"}


@pytest.mark.parametrize("text", ["Säkerhetschefen Anna Svensson svarar", "ANNA SVENSSON ringer"])
def test_a_function_or_capitals_hide_nobody(setup, text):
    assert [one.what for one in personal([("rad 3", text)], setup)] == ["name"]


@pytest.mark.parametrize(
    "text", ["Mötet pågick 0935-1005", "Röda Korset ringer", "Sveriges Radio sänder", "Svenska Kraftnät", "09.35–10.05"]
)
def test_hours_and_organisations_are_nobody(setup, text):
    assert personal([("rad 3", text)], setup) == ()
