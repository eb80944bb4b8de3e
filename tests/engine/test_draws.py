"""Draws that are made all at once are the draws that would have been made one by one."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter

from ovning.engine import draws as draws_module
from ovning.engine.draws import Draws
from ovning.engine.luck import Luck
from ovning.model.distributions import Distribution, Varying
from ovning.units import LONGEST

_ADAPTER: TypeAdapter[Any] = TypeAdapter(Varying)


def distribution(value: object) -> Distribution:
    made: Distribution = _ADAPTER.validate_python(value)
    return made


KINDS = [
    distribution(value)
    for value in (
        "7 min",
        "0 min",
        {"median": "5 min", "p90": "12 min"},
        {"median": "1 min", "p90": "1 min"},
        {"mean": "20 min"},
        {"min": "1 h", "mode": "2 h", "max": "7 h"},
        {"min": "1 h", "mode": "1 h", "max": "1 h"},
        {"samples": ["4 min", "9 min", "11 min"]},
        {"median": "200 d", "p90": "366 d"},
    )
]
NAMED = {f"draw/{n}": KINDS[n % len(KINDS)] for n in range(400)}


@settings(max_examples=30, deadline=None)
@given(seed=st.integers(0, 2**64 - 1), replication=st.integers(0, 10**9))
def test_together_and_alone_are_the_same(seed: int, replication: int):
    together, alone = Draws(NAMED.items()).luck(seed, replication), Luck(seed, replication)
    drawn = {name: together.draw(kind, name) for name, kind in NAMED.items()}
    assert not together.asked
    assert drawn == {name: alone.draw(kind, name) for name, kind in NAMED.items()}


def test_a_lognormal_is_never_longer_than_the_longest_duration():
    lucks = [Draws(NAMED.items()).luck(1, replication) for replication in range(20)]
    longest = max(luck.draw(NAMED[name], name) for luck in lucks for name in NAMED)
    assert longest == LONGEST


def test_where_the_last_bits_could_round_otherwise_it_is_worked_out_alone(monkeypatch: pytest.MonkeyPatch):
    plain = Draws(NAMED.items()).luck(3, 4)
    monkeypatch.setattr(draws_module, "_DOUBTFUL", 1)
    all_alone = Draws(NAMED.items()).luck(3, 4)
    assert plain.lengths == all_alone.lengths


def test_what_one_play_has_drawn_the_next_has_drawn_already():
    kind, draws = KINDS[2], Draws(())
    first = draws.luck(1, 0)
    first.draw(kind, "late/1")
    first.uniform("chance/1")
    draws.learn(first)
    second = draws.luck(1, 1)
    assert (second.draw(kind, "late/1"), second.uniform("chance/1")) == (
        Luck(1, 1).draw(kind, "late/1"),
        Luck(1, 1).uniform("chance/1"),
    )
    assert not second.asked
    assert not second.asked_plain


def test_a_row_draws_what_its_names_draw_and_the_next_play_has_drawn_it_already():
    draws = Draws([("visit/5/takes", KINDS[2])])
    for replication in range(3):
        luck, alone = draws.luck(1, replication), Luck(1, replication)
        for kind in KINDS:
            row = luck.durations(kind, "visit/", "/takes")
            assert [row[n] for n in (7, 2, 40)] == [alone.draw(kind, f"visit/{n}/takes") for n in (7, 2, 40)]
        chances = luck.uniforms("visit/", "/kept")
        assert [chances[n] for n in (3, 2)] == [alone.uniform(f"visit/{n}/kept") for n in (3, 2)]
        assert luck.draw(KINDS[2], "visit/5/takes") == alone.draw(KINDS[2], "visit/5/takes")
        assert luck.uniform("visit/3/kept") == alone.uniform("visit/3/kept")
        assert all(bool(row.asked) == (replication == 0) for row in luck.rows)
        draws.learn(luck)


def test_a_name_that_stands_for_another_distribution_is_drawn_from_that_one():
    luck = Draws([("who/answers/third", KINDS[2])]).luck(1, 0)
    other = distribution({"median": "1 h", "p90": "2 h"})
    assert luck.draw(other, "who/answers/third") == Luck(1, 0).draw(other, "who/answers/third")


def test_it_learns_from_the_first_plays_only_and_keeps_no_more_than_it_may(monkeypatch: pytest.MonkeyPatch):
    draws = Draws(())
    for play in range(20):
        luck = draws.luck(1, play)
        luck.draw(KINDS[2], f"only/{play}")
        draws.learn(luck)
    assert len(draws.luck(1, 99).drawn) == draws_module._LEARNS_FROM
    monkeypatch.setattr(draws_module, "_MOST", 2)
    full = Draws(NAMED.items())
    luck = full.luck(1, 0)
    luck.draw(KINDS[2], "one more")
    full.learn(luck)
    assert "one more" not in full.luck(1, 1).drawn
