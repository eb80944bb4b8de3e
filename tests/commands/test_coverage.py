"""``ovning show --coverage`` as a user meets it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.commands.conftest import Said

COVER = ("show", "elavbrott", "--coverage", "--runs", "3")


def test_it_shows_every_inject_and_criterion_and_ends_with_what_never_happens(
    ovning: Callable[..., Said], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "300")
    said = ovning(*COVER)
    assert (said.code, said.err) == (0, "")
    assert "3 spel vardera med" in said.out
    for text in ("E1 ", "E8 ", "kommer", "mottas", "besvaras", "M1 ", "M9 "):
        assert text in said.out
    criteria, never = said.out.index("Kriterierna"), said.out.index("Det som aldrig händer")
    assert said.out.index("Inspelen:") < criteria < never
    # Three plays cannot vary everywhere.
    assert "varierar aldrig" in said.out[criteria:never]
    assert "gränsen är" in said.out[never:]


def test_organisation_and_variation_can_be_chosen(ovning: Callable[..., Said]) -> None:
    said = ovning(*COVER, "--org", "haninge", "--variation", "false_alarm")
    assert said.code == 0
    assert "Omfall: false_alarm" in said.out
    assert "3 spel med Haninge" in said.out
    assert "Örebro" not in said.out


def test_the_same_plays_every_time(ovning: Callable[..., Said]) -> None:
    assert ovning(*COVER).out == ovning(*COVER).out


@pytest.mark.parametrize("option", [("--runs", "3"), ("--org", "haninge"), ("--variation", "false_alarm")])
def test_its_options_need_it(ovning: Callable[..., Said], option: tuple[str, str]) -> None:
    said = ovning("show", "elavbrott", *option)
    assert said.code == 2
    assert "--coverage" in said.err
