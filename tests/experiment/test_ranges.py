"""What an assumption might also be, read from its range as written."""

import pytest

from ovning.experiment.ranges import Lever, Untried, levers_of
from ovning.files import load_setup
from ovning.model.assumptions import Assumption


def _read(value, span, path="assumptions.a", file="assumptions.yaml"):
    entry = Assumption(path=path, name="a", value=value, range=span, reason="Ett skäl", file=file)
    return levers_of([entry])


def _values(value, span):
    (lever,), untried = _read(value, span)
    assert not untried
    return [setting.value for setting in lever.settings]


@pytest.mark.parametrize(
    ("value", "span", "others"),
    [
        ("10 min", ["5 min", "20 min"], ["5 min", "20 min"]),
        ("1 min", ["10 s", "5 min"], ["10 s", "5 min"]),
        ("11 h", ["8 h", "11 h"], ["8 h"]),
        ("23:00", ["22:00", "24:00"], ["22:00", "24:00"]),
        (0.7, [0.5, 0.9], [0.5, 0.9]),
        (0, [0, 0.8], [0.8]),
        (4, [3, 8], [3, 8]),
        ({"median": "10 min", "p90": "20 min"}, "× 0,5–2", [{"median": "5 min", "p90": "10 min"},
                                                           {"median": "20 min", "p90": "40 min"}]),
        ({"min": "1 h", "mode": "2 h", "max": "4 h"}, ["1 h", "4 h"], [{"min": "30 min", "mode": "1 h", "max": "2 h"},
                                                                      {"min": "2 h", "mode": "4 h", "max": "8 h"}]),
        (
            {"min": "3 h", "mode": "5 h", "max": "8 h"},
            {"min": ["1 h", "4 h"], "mode": ["2 h", "8 h"], "max": ["4 h", "24 h"]},
            [{"min": "1 h", "mode": "2 h", "max": "4 h"}, {"min": "4 h", "mode": "8 h", "max": "24 h"}],
        ),
        ("1 h", "× 0,3–2", ["18 min", "2 h"]),
        ("1 h", "± 20 min", ["40 min", "1 h 20 min"]),
        ({"min": "1 h", "mode": "2 h", "max": "4 h"}, "± 2 h", [{"min": "0 s", "mode": "0 s", "max": "2 h"},
                                                                {"min": "3 h", "mode": "4 h", "max": "6 h"}]),
        ("tib", ["tib", "chief", "director"], ["chief", "director"]),
        ("remote", ["in_person", "remote"], ["in_person"]),
        (True, [False, True], [False]),
        (["a", "b"], [[], ["a"], ["a", "b"]], [[], ["a"]]),
        (["a"], ["a", "b"], [["b"]]),
        ({"chief": 1}, [{"chief": 1}, {"chief": 2}], [{"chief": 2}]),
    ],
)  # fmt: skip
def test_the_other_values_of_a_range(value, span, others):
    assert _values(value, span) == others


def test_each_part_with_a_range_of_its_own_is_moved_alone():
    value = {"chance": {"day": 0.9, "night": 0.5}, "delay": {"median": "5 min", "p90": "10 min"}, "arrives": "1 h"}
    span = {"chance": {"day": [0.6, 1.0], "night": [0.2, 0.8]}, "delay": "× 0,5–2"}
    levers, untried = _read(value, span)
    assert not untried
    assert {lever.path: [s.change for s in lever.settings] for lever in levers} == {
        "assumptions.a.chance.day": ["assumptions.a.chance.day=0.6", "assumptions.a.chance.day=1.0"],
        "assumptions.a.chance.night": ["assumptions.a.chance.night=0.2", "assumptions.a.chance.night=0.8"],
        "assumptions.a.delay": [
            'assumptions.a.delay={"median": "2 min 30 s", "p90": "5 min"}',
            'assumptions.a.delay={"median": "10 min", "p90": "20 min"}',
        ],
    }


@pytest.mark.parametrize(
    ("value", "span", "why"),
    [
        ("x", "det som är vanligt", "not_values"),
        (["a"], ["inga beslut", "a"], "not_values"),
        ({"a": 1}, {"b": [1, 2]}, "not_values"),
        (3, [3, 3], "no_other"),
        ("10 min", None, "no_range"),
        (None, None, "sentence"),
    ],
)
def test_what_is_no_values_is_told_and_not_dropped(value, span, why):
    levers, untried = _read(value, span)
    assert not levers
    assert [one.why for one in untried] == [why]


def test_of_a_list_half_in_words_the_rest_is_tried_and_the_words_are_told():
    levers, untried = _read("tib", ["tib", "chief", "den som har jour"])
    assert [s.value for s in levers[0].settings] == ["chief"]
    assert [one.text for one in untried] == ["den som har jour"]


def test_what_was_typed_for_this_time_stays():
    assert _read("10 min", ["5 min", "20 min"], file="--set") == ((), ())


@pytest.mark.parametrize(
    ("value", "span", "half"),
    [
        ("10 min", ["5 min", "20 min"], ["7 min 30 s", "15 min"]),
        (4, [2, 9], [3, 6]),
        ("23:00", ["22:00", "24:00"], ["22:30", "23:30"]),
        ({"mean": "10 min"}, "× 0,5–2", [{"mean": "7 min 30 s"}, {"mean": "15 min"}]),
        ({"mean": "10 min"}, {"mean": ["0 min", "20 min"]}, [{"mean": "5 min"}, {"mean": "15 min"}]),
    ],
)
def test_what_lies_between_the_value_and_each_end(value, span, half):
    ((lever,), _) = _read(value, span)
    assert [way(0.5).value for way in lever.between] == half
    assert [way(0.0).value for way in lever.between] == [value, value]
    assert [way(1.0) for way in lever.between] == list(lever.settings)


@pytest.mark.parametrize("organisation", ["orebro", "haninge"])
def test_every_assumption_in_play_is_a_lever_or_told_of_and_set_reaches_all_levers(organisation):
    ledger = load_setup("elavbrott", organisation)[0].ledger
    levers, untried = levers_of(ledger)
    assert {e.path for e in ledger} == {one.assumption.path for one in (*levers, *untried)}
    assert len(levers) > 200
    # Those at one end all at once: as many loads as there are levers would take minutes.
    seats = ("assumptions.central_staff=", "assumptions.calendars.")
    lows = [one.settings[0].change for one in levers if not one.settings[0].change.startswith(seats)]
    setup, _ = load_setup("elavbrott", organisation, sets=lows)
    assert setup.assumptions.luck_of_the_night == "call"
    assert not any(isinstance(one, Untried) and one.why == "no_range" for one in untried)
    assert all(isinstance(one, Lever) for one in levers)
