"""``ovning show ORGANISATION --sources``: what is known and from where, and what is assumed."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from ovning.commands.show_organisation import say_known
from ovning.files import load_setup
from ovning.files.folders import shipped_organisations
from ovning.model.known import Known, assumed_values, known_share, known_values
from ovning.report.places import say_place
from tests.commands.conftest import Said


def plain(text: str) -> str:
    return " ".join(text.split())


def test_what_is_known_with_its_document_and_section(ovning: Callable[..., Said]) -> None:
    said = ovning("show", "orebro", "--sources")
    assert said.code == 0
    setup, _ = load_setup("elavbrott", "orebro")
    out = plain(said.out)
    assert plain(say_known(known_share(setup, of="organisation"))) in plain("\n".join(said.out.splitlines()[:4]))
    assert setup.organisation.note is not None
    assert plain(setup.organisation.note) in out
    assert "Säkra städer (SKL 2017) Säkra städer: fem exempel" in out
    assert "Sveriges Kommuner och Landsting, 2017-10, dokument, läst i sin helhet" in out
    assert "Örebro / Introduktion Antal invånare: 144 200." in out.replace("\xa0", " ")
    assert "säkerhetschefen (1)" in out
    assert "säkerhetshandläggare i förvaltningarna (" not in out, "their number is an assumption"


def test_what_is_assumed_with_value_range_and_reason(ovning: Callable[..., Said]) -> None:
    setup, _ = load_setup("elavbrott", "haninge")
    out = plain(ovning("show", "haninge", "--sources").out)
    words = set(re.findall(r"\w+", out))
    for entry in assumed_values(setup, "organisation"):
        # A table folds its cells, so that a reason does not stand in one piece.
        assert set(re.findall(r"\w+", entry.reason)) <= words, entry.path
    assert "kan också vara" in out
    assert "on_call_reached" in out


@pytest.mark.parametrize("columns", ["40", "80", "200"])
def test_it_can_be_read_in_a_narrow_terminal(
    ovning: Callable[..., Said], monkeypatch: pytest.MonkeyPatch, columns: str
) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    monkeypatch.setenv("NO_COLOR", "1")
    said = ovning("show", "orebro", "--sources")
    assert said.code == 0
    assert max(map(len, said.out.splitlines())) <= int(columns)
    assert "\x1b" not in said.out


def test_every_place_has_words_in_every_shipped_organisation() -> None:
    for organisation in shipped_organisations():
        setup, _ = load_setup("elavbrott", organisation)
        for entry in assumed_values(setup, "organisation"):
            for path in (entry.path, *entry.used_at):
                if path.startswith("organisation"):
                    said = say_place(path, setup)
                    assert not re.search(r"[a-z]_[a-z]|\d", said), f"{path}: {said}"
        for value in known_values(setup, "organisation"):
            assert "_" not in say_place(value.path, setup)


def test_what_nobody_has_words_for_is_shown_as_written() -> None:
    setup, _ = load_setup("elavbrott", "orebro")
    assert say_place("organisation", setup) == "organisationen i stort"
    assert say_place("organisation.people.nobody.count", setup) == "gruppen nobody: antal"
    assert say_place("organisation.agreements.99", setup) == "överenskommelsen 99"
    assert say_place("organisation.first_call.else", setup) == "första samtalet om ingen svarar"
    assert say_place("organisation.oddity", setup) == "oddity"


def test_an_organisation_of_ones_own_with_nothing_known(ovning: Callable[..., Said]) -> None:
    ovning("new", "skyfall")
    said = ovning("show", "skyfall/min_kommun.yaml", "--sources")
    assert said.code == 0
    assert "Ingenting har en källa: allt är antaget." in said.out
    assert "0 uppgifter har källa (0" in said.out


def test_it_is_for_organisations_and_alone(ovning: Callable[..., Said]) -> None:
    assert "är en övning" in ovning("show", "elavbrott", "--sources").err
    assert ovning("show", "elavbrott", "--sources").code == 2
    said = ovning("show", "orebro", "--sources", "--figure")
    assert (said.code, "utan --figure" in said.err) == (2, True)
    assert list(Path().iterdir()) == []


def test_the_known_share_of_a_play_and_of_its_organisation() -> None:
    setup, _ = load_setup("elavbrott", "orebro")
    play, organisation = known_share(setup), known_share(setup, of="organisation")
    assert (play.known, play.assumed) == (len(setup.known), len(setup.ledger))
    assert organisation.known == sum(value.path.startswith("organisation") for value in setup.known)
    assert 0 < organisation.known < play.known or organisation.known == play.known > 0
    assert 0 < organisation.assumed < play.assumed
    assert Known(0, 0, 0).share is None
    assert Known(1, 2, 1).share == 0.25


def test_a_what_if_counts_as_an_assumption_of_the_organisation() -> None:
    before = known_share(load_setup("elavbrott", "orebro")[0], of="organisation")
    changed, _ = load_setup("elavbrott", "orebro", sets=["functions.tib.on_call.count=2"])
    after = known_share(changed, of="organisation")
    assert (after.known, after.own) == (before.known, before.own + 1)
