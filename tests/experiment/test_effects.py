"""What is measured in several designs alike, play by play: what only one of them was tested on does not count."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from ovning.experiment.compare import wins_in
from ovning.experiment.effects import Watched, in_all, play_by_play, values_of
from ovning.measures.objectives import GRADES, Grade
from ovning.measures.tally import Design, Tally
from ovning.units import HOUR

DESIGN = Design("e", "o", None, 1)
SHARE = Watched("criteria_met", "M4", None, "share", "more")
TIME = Watched("criterion_time", "M4", 0, "duration", "less")


def graded(*plays: Sequence[Grade]) -> Tally:
    """A tally with the grades of M4's criteria in each play."""
    tally = Tally()
    for grades in plays:
        tally.begin(DESIGN)
        for number, one in enumerate(grades):
            tally.put(("criterion", "M4", number, "grade"), GRADES.index(one))
    return tally


def test_of_an_objective_those_criteria_count_that_were_judged_in_both() -> None:
    # With a lorry of its own nobody asks for it, and the second criterion is not put to the test.
    shared = graded(("not_met", "met"), ("met", "met"), ("not_tested", "met"))
    own = graded(("not_met", "not_tested"), ("partly", "not_tested"), ("not_tested", "not_tested"))
    assert play_by_play(SHARE, shared) == [0.5, 1.0, 1.0]
    assert play_by_play(SHARE, own) == [0.0, 0.0, None]
    assert values_of(SHARE, shared, own) == [(0.0, 0.0), (1.0, 0.0)]
    assert in_all(SHARE, (shared, own)) == [(0.0, 0.0), (1.0, 0.0), None]


def test_of_three_designs_the_same_criteria_decide_who_is_best() -> None:
    first, second = graded(("met", "not_met")), graded(("not_met", "met"))
    third = graded(("met", "not_tested"))
    assert wins_in(SHARE, (first, second)).alike == 1
    wins = wins_in(SHARE, (first, second, third))
    assert (wins.best, wins.alike, wins.of) == ((0, 0, 0), 1, 1)
    assert in_all(SHARE, (first, second, third)) == [(1.0, 0.0, 1.0)]


def test_a_play_in_which_one_design_does_not_tell_is_nobodys() -> None:
    first, second = graded(("met",), ("met",)), graded(("not_tested",), ("not_met",))
    met = Watched("criterion_met", "M4", 0, "plays", "more")
    assert in_all(met, (first, second)) == [None, (1.0, 0.0)]
    wins = wins_in(met, (first, second))
    assert (wins.best, wins.of) == ((1, 0), 1)


@pytest.mark.parametrize(
    ("since", "measured", "expected"),
    [
        # Both count for as long as there was from where the later began.
        ((0, 2), (1, None), (1 * HOUR, 8 * HOUR)),
        ((0, 2), (9, 3), (8 * HOUR, 3 * HOUR)),
        ((0, None), (1, 1), None),
    ],
)
def test_times_count_as_long_as_there_was_in_both(
    since: tuple[int | None, ...], measured: tuple[int | None, ...], expected: tuple[int, int] | None
) -> None:
    tallies = []
    for begin, time in zip(since, measured, strict=True):
        tally = Tally()
        tally.begin(DESIGN)
        tally.put(("horizon",), 10 * HOUR)
        for name, value in (("from", begin), ("measured", time)):
            tally.put(("criterion", "M4", 0, name), None if value is None else value * HOUR)
        tallies.append(tally)
    assert in_all(TIME, tallies) == [expected]
