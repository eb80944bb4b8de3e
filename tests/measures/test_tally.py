"""What plays add up to: the same however they were divided, packed or not, and in little room."""

import random
from statistics import mean, variance

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ovning.measures.intervals import mean_of, ratio_of
from ovning.measures.tally import Design, Tally

DESIGN = Design("x", "lillby", None, 1)
PLAYS = st.lists(
    st.dictionaries(st.sampled_from("abc"), st.integers(0, 10**15), max_size=3),
    min_size=1,
    max_size=12,
)


def tallied(plays):
    tally = Tally()
    for play in plays:
        tally.begin(DESIGN)
        for name, value in play.items():
            whole = value + len(name)
            tally.add(("part", name), value, whole)
            tally.add(("whole", name), whole)
            tally.put(("at", name), value)
            tally.put(("share", name), value / 7)
            tally.count(("times", name))
            tally.add_hours(("hours", name), [value, *([1] * (value % 4))])
    return tally


@given(PLAYS)
def test_the_values_of_a_column_come_one_by_one_as_in_a_list(plays):
    tally = tallied(plays)
    for key in (("at", "a"), ("share", "b"), ("at", "unknown")):
        assert list(tally.each(*key)) == tally.column(*key)
        assert len(list(tally.each(*key))) == len(plays)


@settings(max_examples=40, deadline=None)
@given(PLAYS, st.integers(0, 12))
def test_however_plays_are_divided_they_add_up_to_the_same(plays, where):
    whole = tallied(plays)
    both = tallied(plays[:where])
    both.extend(Tally.from_bytes(tallied(plays[where:]).to_bytes()))
    for name in "abc":
        for key in (("at", name), ("share", name)):
            found = both.column(*key)
            assert found == whole.column(*key)
            assert list(map(type, found)) == list(map(type, whole.column(*key)))
        assert both.mean("part", name) == whole.mean("part", name)
        assert both.hours("hours", name) == whole.hours("hours", name)
        assert both.ratio(("part", name), ("whole", name)) == whole.ratio(("part", name), ("whole", name))
        assert both.share("times", name) == whole.share("times", name)
        assert both.times("at", name) == whole.times("at", name)
    assert set(both.names("part")) == set(whole.names("part"))


@settings(max_examples=40, deadline=None)
@given(PLAYS)
def test_sums_give_the_means_and_ratios_of_the_values_themselves(plays):
    tally = tallied(plays)
    for name in tally.names("part"):
        values = [play.get(name, 0) for play in plays]
        wholes = [play[name] + 1 if name in play else 0 for play in plays]
        assert tally.mean("part", name) == mean_of(values, at_least=0)
        assert tally.ratio(("part", name), ("whole", name)) == ratio_of(values, wholes)
        assert tally.positive("part", name).hits == sum(value > 0 for value in values)


def test_nothing_is_lost_between_large_sums_with_small_differences():
    values = [10**12 + n % 3 for n in range(100)]
    found = mean_of(values)
    half = (found.high - found.low) / 2
    # The naive way, in floating point: a sum of squares of 10^24 has steps of 10^8.
    assert half == pytest.approx(1.984217 * (variance([n % 3 for n in range(100)]) / 100) ** 0.5, rel=1e-3)
    assert found.mean == mean(values)


def test_means_of_floats_are_as_those_of_whole_numbers():
    numbers = random.Random(1)
    values = [numbers.randrange(10**6) for _ in range(50)]
    whole, floats = mean_of(values), mean_of([float(value) for value in values])
    assert floats == pytest.approx(whole)
    assert mean_of([0.5]) == (1, 0.5, None, None)


def test_hours_that_only_some_plays_have_are_empty_in_the_others():
    tally = Tally()
    tally.begin(DESIGN)
    tally.add_hours(("load",), [2])
    tally.begin(DESIGN)
    tally.add_hours(("load",), [4, 6])
    assert [hour.mean for hour in tally.hours("load")] == [3, 3]
    assert tally.hours("other") == ()


def test_names_come_once_in_their_order_and_keys_without_their_beginning():
    tally = Tally()
    tally.begin(DESIGN)
    for key in (("a", "y"), ("a", "x", 1), ("a", "y", 2), ("b", "z")):
        tally.add(key, 1)
    assert tally.names("a") == ("y", "x")
    assert tally.keys("a") == (("y",), ("x", 1), ("y", 2))


def test_a_mean_over_fewer_plays_and_a_mean_that_is_divided():
    tally = tallied([{"a": 4}, {}, {"a": 8}])
    assert tally.mean("part", "a").mean == 4
    assert tally.mean("part", "a", of=2).mean == 6
    assert tally.mean("part", "a", per=4) == pytest.approx(mean_of([1.0, 0.0, 2.0], at_least=0))


def test_other_designs_and_other_bytes_are_refused():
    tally = tallied([{}])
    with pytest.raises(ValueError, match="different designs"):
        tally.begin(DESIGN._replace(organisation="storby"))
    other = Tally()
    other.begin(DESIGN._replace(seed=2))
    with pytest.raises(ValueError, match="different designs"):
        tally.extend(other)
    for wrong in (b"", b"{}", b"x\x9c"):
        with pytest.raises(ValueError, match="not a tally"):
            Tally.from_bytes(wrong)


def test_a_tally_that_was_empty_has_the_design_of_what_is_put_into_it():
    whole = Tally()
    whole.extend(tallied([{}]))
    other = Tally()
    other.begin(DESIGN._replace(seed=2))
    with pytest.raises(ValueError, match="different designs"):
        whole.extend(other)


def test_a_column_of_whole_numbers_takes_eight_bytes_a_play():
    tally = tallied([{"a": 10**9 + n} for n in range(100)])
    column = tally._columns["at", "a"]._values
    assert column.itemsize == 8
    assert len(column) == 100
