"""Gain by replay: exactly what playing again with the remedy gives, whoever plays it."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from ovning.engine import compile_play, play
from ovning.experiment.chunks import play_all
from ovning.experiment.effects import all_watched, effects_on, headline
from ovning.experiment.gain import Gain, gains, try_worst
from ovning.experiment.replicate import replicate
from ovning.experiment.workers import Crew, processes
from ovning.files import load_setup
from ovning.measures.remedies import Remedy
from ovning.measures.summary import PlaySummary, summarise
from ovning.measures.tally import Tally
from ovning.measures.tallying import courses_of, tally_of
from ovning.model.setup import Setup
from ovning.units import HOUR, MINUTE
from tests.experiment.two_alarms import two_alarms
from tests.tiny import LEVEL, Tiny

MORE = Remedy("En handläggare till", ("people.officers.count=2",))
SLOWER = Remedy("En långsammare chef", ("assumptions.decide_level=1 h",))
NOTHING = Remedy("Samma som förut", ("people.chiefs.count=1",))
WRONG = Remedy("Finns inte", ("people.nobody.count=2",))
RUNS = 30


@pytest.fixture(scope="module")
def exercise(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two alarms at once for one person, and the second is the grave one."""
    return two_alarms(tmp_path_factory.mktemp("gain"))


@pytest.fixture(scope="module")
def load(exercise: Path) -> Callable[[tuple[str, ...]], Setup]:
    return lambda sets: load_setup(exercise, "lillby", sets=sets)[0]


@pytest.fixture(scope="module")
def setup(load: Callable[[tuple[str, ...]], Setup]) -> Setup:
    return load(())


@pytest.fixture(scope="module")
def plays(setup: Setup) -> tuple[PlaySummary, ...]:
    return tuple(played.summary for played in replicate(setup, 3, range(RUNS)))


@pytest.fixture(scope="module")
def before(plays: tuple[PlaySummary, ...]) -> Tally:
    return tally_of(plays)


def effect(gain: Gain, kind: Any, of: str, criterion: int | None = None) -> Any:
    found = gain.on(kind, of, criterion)
    assert found is not None
    return found


def test_a_gain_is_exactly_the_mean_difference_of_two_runs(
    setup: Setup, load: Callable[[tuple[str, ...]], Setup], before: Tally
) -> None:
    (gain,) = gains(setup, before, [MORE], load)
    changed = load(MORE.sets)
    with_, without = compile_play(changed), compile_play(setup)
    differences = []
    for k in range(RUNS):
        a, b = summarise(play(without, 3, k), setup), summarise(play(with_, 3, k), changed)
        ends = [next(t.active_at for t in s.levels if t.level == "command") for s in (a, b)]
        first, second = (3 * HOUR if end is None else end for end in ends)
        differences.append(second - first)
    found = effect(gain, "level_time", "command")
    assert found.difference.mean == float(Fraction(sum(differences), RUNS))
    assert found.difference.mean < -10 * MINUTE
    assert found.verdict == "better"
    assert found.watched == headline(setup)


def test_shares_of_criteria_and_objectives_too(
    setup: Setup, load: Callable[[tuple[str, ...]], Setup], plays: tuple[PlaySummary, ...]
) -> None:
    (gain,) = gains(setup, tally_of(plays), [MORE], load)
    changed = load(MORE.sets)
    after = [played.summary for played in replicate(changed, 3, range(RUNS))]
    for number in (0, 1):
        hits = [[play.criteria[number].grade == "met" for play in played] for played in (plays, after)]
        found = effect(gain, "criterion_met", "M1", number).difference
        assert found.mean == (sum(hits[1]) - sum(hits[0])) / RUNS
        assert found.before == sum(hits[0]) / RUNS
    whole = [sum(dict(play.objectives)["M1"] == "met" for play in played) for played in (plays, after)]
    assert effect(gain, "objective_met", "M1").difference.mean == (whole[1] - whole[0]) / RUNS
    assert effect(gain, "criterion_time", "M1", 0).verdict == "better"


def test_worse_the_same_and_refused(setup: Setup, load: Callable[[tuple[str, ...]], Setup], before: Tally) -> None:
    slower, nothing, wrong = gains(setup, before, [SLOWER, NOTHING, WRONG], load)
    assert effect(slower, "level_time", "command").verdict == "worse"
    assert {one.verdict for one in nothing.effects} == {"same"}
    assert wrong.effects == ()
    assert "nobody" in wrong.why_not
    # Two were played: they share the risk; of shares there are five each.
    assert slower.compared == 2
    assert effect(slower, "level_time", "command").confidence == pytest.approx(1 - 0.05 / 4)
    assert effect(slower, "criterion_met", "M1", 0).confidence == pytest.approx(1 - 0.05 / 10)


def test_remedies_that_change_the_same_are_played_once(
    setup: Setup, load: Callable[[tuple[str, ...]], Setup], before: Tally
) -> None:
    heard: list[int] = []
    plays: list[int] = []
    twice = [MORE, Remedy("Samma sak med andra ord", MORE.sets), WRONG]
    first, second, _ = gains(setup, before, twice, load, began=heard.append, played=plays.append)
    assert first.effects == second.effects
    assert (first.title, second.title) == (twice[0].title, twice[1].title)
    assert heard == [0]
    assert sum(plays) == 3 * RUNS


def test_any_executor_gives_the_same(setup: Setup, load: Callable[[tuple[str, ...]], Setup], before: Tally) -> None:
    alone = gains(setup, before, [MORE, SLOWER], load)
    with ThreadPoolExecutor(3) as threads:
        assert gains(setup, before, [MORE, SLOWER], load, crew=Crew(threads, 3)) == alone
    with processes(2, 4) as crew:
        assert crew is not None
        assert gains(setup, before, [MORE, SLOWER], load, crew=crew) == alone


def test_what_was_not_reached_counts_to_the_horizon_and_what_never_came_is_left_out(
    setup: Setup, plays: tuple[PlaySummary, ...]
) -> None:
    def changed(play: PlaySummary, **fields: Any) -> PlaySummary:
        criteria = (play.criteria[0]._replace(**fields), *play.criteria[1:])
        return replace(play, criteria=criteria, levels=tuple(t._replace(active_at=None) for t in play.levels))

    early = [
        changed(play, begins_at=20 * MINUTE, measured=None, followed=160 * MINUTE, grade="not_met")
        for play in plays[:3]
    ]
    late = [
        changed(plays[0], begins_at=50 * MINUTE, measured=30 * MINUTE, grade="met"),
        changed(plays[1], begins_at=10 * MINUTE, measured=165 * MINUTE, grade="not_met"),
        changed(plays[2], begins_at=None, measured=None, grade="not_tested"),
    ]
    wanted = [("level_time", "command", None), ("criterion_met", "M1", 0), ("criterion_time", "M1", 0)]
    watched = [one for one in all_watched(setup) if one[:3] in wanted]
    level, met, time = (one.difference for one in effects_on(watched, courses_of(early), courses_of(late)))
    assert (level.before, level.after, level.differing) == (3 * HOUR, 3 * HOUR, 0)
    # 130 minutes are left after the later of the two beginnings, then 160.
    assert time.pairs == 2
    assert time.before == (130 + 160) / 2 * MINUTE
    assert time.after == (30 + 160) / 2 * MINUTE
    assert (met.pairs, met.mean) == (2, 0.5)


def test_plays_with_other_luck_are_not_compared(setup: Setup, plays: tuple[PlaySummary, ...]) -> None:
    with pytest.raises(ValueError, match="same seed"):
        effects_on(all_watched(setup), courses_of(plays[:2]), courses_of(plays[1:3]))


def test_a_course_that_warrants_nothing_has_no_headline_but_counts_what_was_unnecessary(exercise: Path) -> None:
    calm, _ = load_setup(exercise, "lillby", sets=["scenario.warrants=[]"])
    assert headline(calm) is None
    assert [one.kind for one in all_watched(calm) if one.kind in ("level_time", "unnecessary")] == ["unnecessary"]
    before = play_all(calm, 3, range(5))
    careful = Remedy("Högre tröskel", ("levels.command.recommended_when.known_severity=4",))

    def load(sets: tuple[str, ...]) -> Setup:
        return load_setup(exercise, "lillby", sets=["scenario.warrants=[]", *sets])[0]

    (gain,) = gains(calm, before, [careful], load)
    found = effect(gain, "unnecessary", "")
    assert (found.difference.before, found.difference.after) == (1, 0)
    assert found.verdict == "better"


def test_the_headline_is_the_highest_level_that_the_course_warrants(tmp_path: Path) -> None:
    watch = {**LEVEL, "id": "watch", "recommended_when": {"known_severity": 1}}
    setup = Tiny(tmp_path).setup(
        levels=[watch, LEVEL],
        staff={"chief": ["chiefs"], "picture": ["officers"]},
        scenario={"warrants": ["command", "watch"]},
    )
    highest = headline(setup)
    assert highest is not None
    assert highest.of == "command"
    assert all_watched(setup)[0] == highest
    less = setup.model_copy(update={"scenario": setup.scenario.model_copy(update={"warrants": ("watch",)})})
    assert getattr(headline(less), "of", None) == "watch"


def test_files_that_change_meanwhile_are_noticed(
    setup: Setup, load: Callable[[tuple[str, ...]], Setup], before: Tally
) -> None:
    name = next(name for name in setup.files if name.endswith("scenario.yaml"))

    def edited(sets: tuple[str, ...]) -> Setup:
        found = load(sets)
        return found.model_copy(update={"files": {**found.files, name: "0" * 64}})

    (gain,) = gains(setup, before, [MORE], edited)
    assert gain.effects == ()
    assert gain.why_not == f"{name} ändrades medan spelen pågick"


def test_the_worst_are_tried_and_those_against_which_nothing_can_be_are_told(
    setup: Setup, load: Callable[[tuple[str, ...]], Setup], before: Tally
) -> None:
    heard: list[tuple[str, int, int]] = []
    plays: list[int] = []
    found = try_worst(
        setup, before, load, 3, began=lambda remedy, n, of: heard.append((remedy.title, n, of)), played=plays.append
    )
    busy = next(one for one in found if one.bottleneck.station == "officer")
    # The way to the level waits for the officer twice: for the alarm and for the call to the staff.
    assert (busy.bottleneck.kind, busy.sits_on) == ("busy", ("M1", 1))
    assert busy.gain is not None
    assert busy.gain.sets == MORE.sets
    (alone,) = gains(setup, before, [MORE], load)
    assert [e.difference.mean for e in busy.gain.effects] == [e.difference.mean for e in alone.effects]
    waits = [one.bottleneck.waiting.mean for one in found if one.bottleneck.kind != "gap"]
    assert waits == sorted(waits, reverse=True)
    assert [n for _, n, _ in heard] == list(range(1, len(heard) + 1))
    assert len(heard) == len({one.gain.sets for one in found if one.gain is not None})
    # The progress bar comes to its end, whatever there was to try.
    assert sum(plays) == 3 * RUNS
    assert try_worst(setup, before, load, 0) == ()
