"""Real events as exercises: they load, they play, and the placing of a real time among simulated ones is right."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import ValidationError
from tools.validation import Observed, as_criterion, compared, main, measured, place, read_observed

from ovning.engine import compile_play, play
from ovning.files import check_paths, load_setup, shipped_folder
from ovning.log.records import LevelActivated, Log, PlayEnded, ServiceChanged
from ovning.measures.objectives import criterion_times

HISTORICAL = shipped_folder() / "historical"
FOLDERS = sorted(path.parent for path in HISTORICAL.glob("*/observed.yaml"))
MINUTE = 60_000
HOUR = 60 * MINUTE


def observed(**changes: object) -> Observed:
    return Observed.model_validate(
        {
            "id": "it",
            "title": "Det",
            "real": "2 h",
            "between": ["1 h", "3 h"],
            "counts_from": "start",
            "criterion": {"measure": "time_to_level", "level": "central_command"},
            "tests": True,
            "certainty": "Påhittat.",
            "source": "påhittat",
            **changes,
        }
    )


def test_historical_files_are_without_any_problem() -> None:
    assert {folder.name for folder in FOLDERS} == {"alvsbyn", "ostersund", "e22"}
    assert check_paths([HISTORICAL]) == ()


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_everything_that_is_to_be_played_loads_and_has_what_it_is_compared_by(folder: Path) -> None:
    file = read_observed(folder / "observed.yaml")
    assert file.observed == folder.name
    for course in file.played:
        setup, _ = load_setup(folder, course.organisation, variation=course.variation)
        assert setup.exercise.exercise == file.observed
        tasks = {
            (inject.id, task.task)
            for inject in setup.scenario.injects
            for task in setup.scenario.procedures.get(inject.asks_for or "", ())
        }
        for time in compared(file.times, course.variation):
            asked = time.criterion
            assert "task" not in asked or (asked["inject"], asked["task"]) in tasks
            assert "service" not in asked or asked["service"] in setup.scenario.services
            assert "fact" not in asked or asked["fact"] in setup.scenario.facts
            assert "decision" not in asked or asked["decision"] in setup.vocabulary.decisions


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_the_criteria_of_the_exercise_have_the_real_times_as_limits(folder: Path) -> None:
    real = {time.real for time in read_observed(folder / "observed.yaml").times}
    organisation = read_observed(folder / "observed.yaml").played[0].organisation
    setup, _ = load_setup(folder, organisation)
    assert {c.met for objective in setup.exercise.objectives for c in objective.criteria} <= real


def test_the_play_is_measured_as_the_exercise_measures_it() -> None:
    setup, _ = load_setup("alvsbyn", "alvsbyn")
    log = play(compile_play(setup), 1, 0)
    staff = next(time for time in read_observed(HISTORICAL / "alvsbyn" / "observed.yaml").times if time.id == "staff")
    active = next(record.at for record in log if isinstance(record, LevelActivated))
    first = criterion_times(log, setup.exercise, setup.organisation)[0]
    assert measured(log, setup, staff) == first.measured == active


def test_a_time_from_the_inject_and_one_from_the_start_differ_by_when_it_was_sent() -> None:
    setup, _ = load_setup("alvsbyn", "alvsbyn")
    log = play(compile_play(setup), 1, 0)
    lunch = {"measure": "time_to_task", "inject": "A8", "task": "drive_food"}
    since_start = measured(log, setup, observed(criterion=lunch))
    since_inject = measured(log, setup, observed(criterion=lunch, counts_from="inject"))
    assert since_start is not None
    assert since_inject is not None
    assert since_start - since_inject == 6 * HOUR


def test_services_are_read_off_the_log() -> None:
    setup, _ = load_setup("alvsbyn", "alvsbyn")
    log = _mobile((2 * HOUR, 0.7), (5 * HOUR, 0.05), (9 * HOUR, 0.7), (11 * HOUR, 1.0), ends=16 * HOUR)
    fails = observed(criterion={"measure": "service_below", "service": "mobile", "below": 0.5})
    gone = observed(criterion={"measure": "service_hours_without", "service": "mobile", "below": 0.5})
    assert measured(log, setup, fails) == 5 * HOUR
    assert measured(log, setup, gone) == 4 * HOUR
    assert measured(_mobile(ends=16 * HOUR), setup, fails) is None
    assert measured(_mobile(ends=16 * HOUR), setup, observed()) is None


def _mobile(*changes: tuple[int, float], ends: int) -> Log:
    return (*(ServiceChanged(at, "mobile", level, "made_up") for at, level in changes), PlayEnded(ends))


# One hundred made-up plays: 1, 2 … 90 minutes, and ten that never come so far.
TIMES: list[float | None] = [*(float(minute * MINUTE) for minute in range(1, 91)), *[None] * 10]


@pytest.mark.parametrize(
    ("real", "between", "share", "verdict", "itself"),
    [
        (50, (50, 50), 0.50, "innanför", "innanför"),
        (90, (90, 90), 0.90, "innanför", "innanför"),  # Wilson for 90 of 100: 0.826 to 0.945
        (5, (5, 5), 0.05, "på gränsen", "på gränsen"),
        (1000, (1000, 1000), 0.90, "innanför", "innanför"),  # the ten that never come are later than any time
        (0, (0, 0), 0.0, "utanför: tidigare än spelen", "utanför: tidigare än spelen"),
        (0, (0, 50), 0.0, "innanför", "utanför: tidigare än spelen"),
    ],
)
def test_a_real_time_is_placed_among_made_up_plays(
    real: int, between: tuple[int, int], share: float, verdict: str, itself: str
) -> None:
    earliest, latest = between
    placing = place(TIMES, real * MINUTE, (earliest * MINUTE, latest * MINUTE))
    assert placing.share.share == share
    assert (placing.verdict, placing.itself) == (verdict, itself)


def test_outside_needs_the_whole_span_and_the_whole_interval_outside() -> None:
    all_reached = [float(minute * MINUTE) for minute in range(1, 101)]
    later = place(all_reached, 200 * MINUTE, (150 * MINUTE, 250 * MINUTE))
    assert (later.verdict, later.itself) == ("utanför: senare än spelen", "utanför: senare än spelen")
    assert later.share.low == pytest.approx(0.963, abs=0.001)  # 100 of 100
    unsure = place(all_reached, 200 * MINUTE, (50 * MINUTE, 250 * MINUTE))
    assert (unsure.verdict, unsure.itself) == ("innanför", "utanför: senare än spelen")
    few = place(all_reached[:5], 200 * MINUTE, (150 * MINUTE, 250 * MINUTE))
    assert few.verdict == "på gränsen"  # five plays out of five may be 57 % of all


def test_a_real_time_must_lie_in_its_own_span_and_the_span_in_order() -> None:
    for between in (["3 h", "1 h"], ["3 h", "4 h"]):
        with pytest.raises(ValidationError):
            observed(between=between)
    with pytest.raises(ValidationError):
        observed(criterion={"measure": "time_to_level"})
    assert as_criterion(observed()).met == 2 * HOUR


def test_the_command_plays_and_prints_every_course(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--plays", "2", "--seed", "3", str(HISTORICAL / "ostersund")]) == 0
    said = capsys.readouterr().out
    assert "### ostersund, ostersund\n" in said
    assert "### ostersund, ostersund, after_lab\n" in said
    assert said.count("| Invånarna uppmanas att koka vattnet (VMA) | 2 dygn (1 dygn 15 h till 2 dygn 12 h) |") == 2
