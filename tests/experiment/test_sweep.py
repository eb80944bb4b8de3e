"""Assumptions moved over their ranges, of a tiny exercise with one that decides and one that does not matter."""

import pytest
import yaml

from ovning.experiment.compare import Contender
from ovning.experiment.sweep import sweep
from ovning.experiment.swept import Plan, Side
from ovning.files import load_setup
from ovning.units import MINUTE, parse_duration
from tests.experiment.guesses import two_telephones

PLAN = Plan(first=2, runs=4, most=40, steps=5)


@pytest.fixture(scope="module")
def exercise(tmp_path_factory):
    """Two municipalities, of which one has a telephone that is assumed."""
    return two_telephones(tmp_path_factory.mktemp("sweep"))


def _side(exercise, organisation):
    def load(sets):
        return load_setup(exercise, organisation, sets=sets)[0]

    return Side(Contender(organisation, load(())), load)


@pytest.fixture(scope="module")
def both(exercise):
    """Storby beside Lillby."""
    return sweep([_side(exercise, "lillby"), _side(exercise, "storby")], 1, PLAN)


def _swept(found, path):
    return next(one for one in found.swept if one.lever.path == path)


def test_the_assumption_that_decides_is_named_first_with_the_value_at_which_it_turns(both):
    assert both.main.kind == "level_time"
    first = both.swept[0]
    assert first.lever.path == "assumptions.telephone"
    assert [one.lever.path for one in both.turning] == ["assumptions.telephone"]
    base = both.base[0]
    assert base.answer == "better"
    turn = next(turn for turn in first.turns if turn.watched == both.main)
    assert turn == first.turns[0]
    assert (turn.before, turn.after, turn.setting.value) == ("better", "worse", "1 h")
    # One minute more costs so many minutes, until what is left of the head start no longer matters.
    calls = base.change.mean / ((5 - 20) * MINUTE)
    assert calls == round(calls) > 0
    expected = 20 * MINUTE - both.smallest[both.main] / calls
    last, since = parse_duration(turn.last), parse_duration(turn.first)
    assert last <= expected <= since
    assert since - last == pytest.approx(55 * MINUTE / 2**PLAN.steps, abs=2000)


def test_an_assumption_that_does_not_matter_is_exactly_nothing(both):
    for path in ("assumptions.stand_down", "assumptions.meeting_opening"):
        one = _swept(both, path)
        for tried in one.tried:
            assert tried.is_nothing
            assert not tried.matters
            assert {(e.change.mean, e.change.low, e.change.high) for e in tried.effects if e.change.pairs} == {
                (0, 0, 0)
            }
        assert not one.turns


def test_what_moves_both_alike_moves_each_and_not_the_difference(both, exercise):
    one = _swept(both, "assumptions.decide_level")
    for tried in one.tried:
        assert tried.concerns == (True, True)
        assert tried.on(both.main).change.mean == 0
    alone = sweep([_side(exercise, "lillby")], 1, PLAN, only=["decide_level"])
    low, high = (tried.on(alone.main).change.mean for tried in _swept(alone, "assumptions.decide_level").tried)
    assert low < -5 * MINUTE
    assert high > 20 * MINUTE


def test_an_assumption_of_one_design_is_played_in_that_one_alone(both):
    assert {tried.concerns for tried in _swept(both, "assumptions.telephone").tried} == {(False, True)}


def test_sentences_are_told_and_not_tried(both):
    told = {one.path: one.text for one in both.untried}
    assert told["assumptions.patience"] == "vad som helst"
    assert not set(told) & {one.lever.path for one in both.swept}


def test_only_those_asked_for_and_the_same_again(both, exercise):
    sides = [_side(exercise, "lillby"), _side(exercise, "storby")]
    found = sweep(sides, 1, PLAN, only=["telephone"])
    assert [one.lever.path for one in found.swept] == ["assumptions.telephone"]
    assert not found.untried
    assert found.swept[0].turns[0][4:] == both.swept[0].turns[0][4:]


def test_one_design_against_itself_is_nothing_at_all(exercise):
    found = sweep([_side(exercise, "storby"), _side(exercise, "storby")], 1, PLAN, only=["telephone"])
    assert {effect.change.mean for one in found.swept for tried in one.tried for effect in tried.effects} <= {0, None}
    assert not found.turning


def test_a_value_with_which_the_files_do_not_hold_together_is_told(exercise):
    shared = exercise.parent / "assumptions.yaml"
    before = shared.read_text(encoding="utf-8")
    entries = yaml.safe_load(before)
    entries["clarification"]["range"] = {"chance": [0, 1.5]}
    shared.write_text(yaml.safe_dump(entries, allow_unicode=True), encoding="utf-8")
    try:
        found = sweep([_side(exercise, "lillby")], 1, PLAN, only=["clarification"])
    finally:
        shared.write_text(before, encoding="utf-8")
    assert not found.swept
    assert [(one.path, one.why) for one in found.untried] == [("assumptions.clarification.chance", "refused")]
    assert "1" in found.untried[0].text


class _Keeper:
    """Keeps chunks in memory, and forgets all but the first so many."""

    def __init__(self):
        self.chunks = []
        self.asked = 0
        self.whole = 0

    def kept(self, arm, chunk):
        if self.asked >= self.whole or self.chunks[self.asked][0] != (arm, chunk):
            return None
        self.asked += 1
        return self.chunks[self.asked - 1][1].tally

    def keep(self, arm, chunk, brought):
        del self.chunks[self.asked :]
        self.chunks.append(((arm, chunk), brought))
        self.asked += 1


def test_a_sweep_that_was_stopped_goes_on_from_there(exercise):
    sides = [_side(exercise, "lillby"), _side(exercise, "storby")]
    keeper = _Keeper()
    whole = sweep(sides, 1, PLAN, only=["telephone"], keeper=keeper)
    played = len(keeper.chunks)
    for ready in (1, played // 2, played):
        keeper.asked, keeper.whole = 0, ready
        again = sweep(sides, 1, PLAN, only=["telephone"], keeper=keeper)
        assert len(keeper.chunks) == played
        assert again.swept[0].tried == whole.swept[0].tried
        assert again.swept[0].turns == whole.swept[0].turns
