"""Designs on the same luck: what is called a difference is what differs between two runs, and nothing else."""

from __future__ import annotations

from pathlib import Path
from types import MappingProxyType

import pytest
import yaml

from ovning.experiment.chunks import replay_all
from ovning.experiment.compare import Comparison, Contender, compare, looks_up_to, parts_of, wins_in
from ovning.experiment.designs import differences_between
from ovning.experiment.effects import Watched
from ovning.experiment.paired import Difference, differing_values
from ovning.experiment.verdicts import Asked, is_known_well, smallest_differences, verdict_on
from ovning.experiment.workers import processes
from ovning.files import load_setup
from ovning.measures.tally import Design, Tally
from ovning.model.setup import Setup
from ovning.units import HOUR, MINUTE
from tests.experiment.two_alarms import two_alarms

COMMAND = Watched("level_time", "command", None, "duration", "less")
SHARE = Watched("criteria_met", "M1", None, "share", "more")


@pytest.fixture(scope="module")
def exercise(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = two_alarms(tmp_path_factory.mktemp("compare"))
    organisations = folder.parent / "organisations"
    first = yaml.safe_load((organisations / "lillby.yaml").read_text(encoding="utf-8"))
    first |= {"organisation": "lillby_igen", "title": "Lillby under ett annat namn"}
    again = yaml.safe_dump(first, allow_unicode=True, sort_keys=False)
    (organisations / "lillby_igen.yaml").write_text(again, encoding="utf-8")
    return folder


def setup_of(exercise: Path, organisation: str = "lillby", *sets: str) -> Setup:
    return load_setup(exercise, organisation, sets=sets)[0]


def compared(
    exercise: Path, *arms: tuple[str, ...], most: int = 100, asked: Asked = MappingProxyType({})
) -> Comparison:
    contenders = [Contender(f"{name}{list(sets)}", setup_of(exercise, name, *sets)) for name, *sets in arms]
    return compare(contenders, 3, most, asked)


@pytest.mark.parametrize(
    ("most", "looks"),
    [(2, (2,)), (50, (50,)), (99, (99,)), (100, (50, 100)), (400, (50, 100, 200, 400)), (2000, (250, 500, 1000, 2000))],
)
def test_looks_are_said_beforehand(most: int, looks: tuple[int, ...]) -> None:
    assert looks_up_to(most) == looks


def test_one_design_under_two_names_is_exactly_alike_at_the_first_look(exercise: Path) -> None:
    found = compared(exercise, ("lillby",), ("lillby_igen",), most=400)
    assert differences_between(*(one.setup for one in found.contenders)) == ()
    assert (found.plays, found.stopped) == (50, "known_well")
    (duel,) = found.duels
    assert {one.verdict for one in duel.contrasts} == {"equivalent"}
    assert {(one.difference.mean, one.difference.low, one.difference.high) for one in duel.contrasts} == {(0, 0, 0)}
    assert all(part.difference == 0 for parts in duel.parts.values() for part in parts)
    assert all(wins.best == (0, 0) for wins in found.wins)


def test_what_differs_is_the_mean_of_the_pairs_and_lies_where_it_says(exercise: Path) -> None:
    found = compared(exercise, ("lillby",), ("lillby", "people.officers.count=2"))
    (duel,) = found.duels
    contrast = duel.on(COMMAND)
    first, second = (tally.points("level", "command", "active") for tally in found.tallies)
    pairs = [(a or 3 * HOUR, b or 3 * HOUR) for a, b in zip(first, second, strict=True)]
    assert contrast.difference.mean == pytest.approx(sum(b - a for a, b in pairs) / len(pairs))
    assert contrast.verdict == "better"
    assert sum(part.difference for part in duel.parts["command"]) == pytest.approx(contrast.difference.mean)
    assert duel.parts["command"][0].who in ("duty", "")
    assert [one.path for one in duel.designs] == [("organisation", "people", "officers", "count")]


def test_the_parts_of_a_level_sum_to_its_time_in_every_play(exercise: Path) -> None:
    found = compared(exercise, ("lillby",), ("lillby", "assumptions.decide_level=2 h"))
    for tally in found.tallies:
        for play in range(tally.plays):
            parts = sum(
                tally.points("part", "command", what, who)[play] or 0
                for what in tally.names("part", "command")
                for who in tally.names("part", "command", what)
            )
            assert parts == (tally.points("level", "command", "active")[play] or 3 * HOUR)


def test_a_worse_design_is_called_worse_and_what_is_not_reached_counts_to_the_end(exercise: Path) -> None:
    found = compared(exercise, ("lillby",), ("lillby", "assumptions.decide_level=4 h"))
    (duel,) = found.duels
    assert set(found.tallies[1].points("level", "command", "active")) == {None}
    assert duel.on(COMMAND).difference.after == 3 * HOUR
    assert duel.on(COMMAND).verdict == duel.on(SHARE).verdict == "worse"
    assert any(part.what == "not_reached" and part.after == 3 * HOUR for part in duel.parts["command"])


def test_what_matters_less_than_was_asked_is_alike(exercise: Path) -> None:
    slower = ("lillby", "assumptions.decide_level=13 min")
    large = compared(exercise, ("lillby",), slower, asked={"duration": 30 * MINUTE, "share": 0.5})
    assert large.duels[0].on(COMMAND).verdict == "equivalent"
    small = compared(exercise, ("lillby",), slower, asked={"duration": 10_000})
    assert small.duels[0].on(COMMAND).verdict == "worse"


def test_several_designs_are_each_compared_with_the_first_and_more_carefully(exercise: Path) -> None:
    two = compared(exercise, ("lillby",), ("lillby", "people.officers.count=2"))
    three = compared(exercise, ("lillby",), ("lillby", "people.officers.count=2"), ("lillby_igen",))
    assert [one.contender.name for one in three.duels] == [one.name for one in three.contenders[1:]]
    assert three.confidence > two.confidence
    assert all(sum(wins.best) + wins.alike == wins.of == three.plays for wins in three.wins)


def test_the_same_comes_home_from_several_processes(exercise: Path) -> None:
    contenders = [
        Contender(name, setup_of(exercise, "lillby", *sets))
        for name, sets in (("a", ()), ("b", ("people.officers.count=2",)))
    ]
    with processes(2, 8) as crew:
        many = compare(contenders, 5, 100, {}, crew=crew)
    alone = compare(contenders, 5, 100, {})
    assert many.duels == alone.duels
    assert many.wins == alone.wins


def difference(low: float | None, high: float | None, pairs: int = 50) -> Difference:
    return Difference(pairs, pairs, 0.0, low, high, 0.0, 0.0)


@pytest.mark.parametrize(
    ("low", "high", "verdict"),
    [
        (-30, -5, "better"),
        (5, 30, "worse"),
        (-9, 9, "equivalent"),
        (-10, 10, "equivalent"),
        (1, 9, "equivalent"),
        (-11, 1, "undecided"),
        (-30, 30, "undecided"),
        (0, 11, "undecided"),
        (None, None, "undecided"),
    ],
)
def test_verdicts(low: float | None, high: float | None, verdict: str) -> None:
    assert verdict_on(difference(low, high), COMMAND, 10) == verdict
    mirrored = {"better": "worse", "worse": "better"}.get(verdict, verdict)
    more = COMMAND._replace(wanted="more")
    assert verdict_on(difference(low, high), more, 10) == mirrored
    if low is not None and high is not None and is_known_well(difference(low, high), 10):
        assert verdict != "undecided"


def test_nothing_is_said_of_what_no_pair_tells() -> None:
    assert verdict_on(difference(None, None, pairs=0), COMMAND, 10) == "not_tested"


def test_an_interval_known_well_always_decides() -> None:
    for middle in range(-200, 201):
        told = difference(middle / 10 - 5, middle / 10 + 5)
        assert is_known_well(told, 10)
        assert verdict_on(told, COMMAND, 10) != "undecided"


def test_rare_differences_are_not_ruled_out_by_pairs_that_do_not_differ() -> None:
    alike = [10.0 * play for play in range(50)]
    bare = differing_values(alike, alike)
    careful = differing_values(alike, alike, unseen=490.0)
    assert (bare.low, bare.high) == (0, 0)
    assert careful.low is not None
    assert careful.high is not None
    # A difference of the whole spread in one play of fifty would go unseen in more than a third of such comparisons.
    assert careful.low < -490 / 50 < 490 / 50 < careful.high


def test_the_smallest_difference_is_asked_for_or_said_or_a_tenth_of_the_limit(exercise: Path) -> None:
    setup = setup_of(exercise)
    see = Watched("criterion_time", "M1", 0, "duration", "less")
    met = Watched("criterion_met", "M1", 0, "plays", "more")
    empty = Watched("unmanned", "", None, "duration", "less")
    assert smallest_differences(setup, (see, met, empty, COMMAND), {}) == {
        see: pytest.approx(4 * MINUTE),
        met: 0.1,
        empty: pytest.approx(0.3 * HOUR),
        COMMAND: pytest.approx(9 * MINUTE),
    }
    said = setup_of(exercise, "lillby", "exercise.objectives.M1.criteria.0.smallest_difference=7 min")
    assert smallest_differences(said, (see, met), {"share": 0.02}) == {see: 7 * MINUTE, met: 0.02}
    assert smallest_differences(said, (see,), {"duration": MINUTE}) == {see: MINUTE}


def test_functions_are_known_by_their_role_where_designs_differ(exercise: Path) -> None:
    path = exercise.parent / "organisations" / "annan.yaml"
    path.write_text("based_on: lillby\norganisation: annan\ntitle: Annan\nfunctions: {crew: {title: Laget}}\n", "utf-8")
    assert differences_between(setup_of(exercise), setup_of(exercise, "annan")) == ()
    different = setup_of(exercise, "annan", "functions.crew.reports_to=chief")
    (one,) = differences_between(setup_of(exercise), different)
    assert one.path == ("organisation", "functions", "helper", "reports_to")
    assert (one.before, one.after) == ("duty", "executive")


def test_wins_are_counted_play_by_play(exercise: Path) -> None:
    tallies = []
    for times in ((10, 20, None, 5), (10, 30, 40, 4)):
        tally = Tally()
        for replication, at in enumerate(times):
            tally.begin(Design("e", "o", None, 1))
            tally.put(("replication",), replication)
            tally.put(("horizon",), 100)
            tally.put(("level", "command", "active"), at)
        tallies.append(tally)
    wins = wins_in(COMMAND, tallies)
    assert (wins.best, wins.alike, wins.of) == ((1, 2), 1, 4)


def test_parts_are_of_both(exercise: Path) -> None:
    setup = setup_of(exercise)
    (tally,) = replay_all([(("a",), setup)], 1, range(10), told="compared")
    assert all(part.before == part.after for part in parts_of("command", tally, tally))
