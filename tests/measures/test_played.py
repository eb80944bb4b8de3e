"""The shipped exercise, played on each organisation: every log adds up, from the file alone."""

import pytest

from ovning.engine import compile_play, play
from ovning.files import load_setup
from ovning.log import jsonl
from ovning.log.records import Worked
from ovning.measures.escalation import level_paths
from ovning.measures.lives import read_lives
from ovning.measures.paths import case_path
from ovning.measures.summary import summarise
from ovning.measures.waiting import waiting_by, work_on_path
from tests.measures.identity import check_log, splits

ORGANISATIONS = ["orebro", "haninge"]
VARIATIONS = [None, "chair_away", "cold", "duty_officer_busy", "early_return", "false_alarm", "second_fault"]


@pytest.mark.parametrize("variation", VARIATIONS)
@pytest.mark.parametrize("organisation", ORGANISATIONS)
def test_every_played_log_adds_up(organisation, variation, tmp_path):
    setup, _ = load_setup("elavbrott", organisation, variation=variation)
    compiled = compile_play(setup)
    for seed in range(2):
        path = tmp_path / f"{seed}.jsonl"
        log = play(compiled, seed, 0)
        jsonl.write(log, path)
        counts = check_log(path)
        assert counts["cases"] > 5
        assert counts["links"] > 5
        assert jsonl.read(path) == log
        lives = read_lives(log)
        for case, (work, causes) in splits(path).items():
            stretches = case_path(lives, case).stretches
            assert work_on_path(stretches) == work
            assert waiting_by(lives, "cause", stretches) == causes


@pytest.mark.parametrize("organisation", ORGANISATIONS)
def test_the_parts_of_every_played_levels_path_sum_to_its_time(organisation):
    setup, _ = load_setup("elavbrott", organisation)
    compiled = compile_play(setup)
    seen = 0
    for seed in range(3):
        log = play(compiled, seed, 0)
        for path in level_paths(log, read_lives(log)):
            seen += 1
            parts = path.before + sum(ms for _, ms in path.waiting) + path.work + path.gather
            assert parts == path.active_at
    assert seen > 0


@pytest.mark.parametrize("activity", ["work", "pass_on", "meeting", "session"])
@pytest.mark.parametrize("organisation", ORGANISATIONS)
def test_a_play_that_ends_in_the_middle_of_something_adds_up(organisation, activity, tmp_path):
    together = "assumptions.chair_decides_urgent=false"  # else the chair decides alone, and no body sits
    setup, _ = load_setup("elavbrott", organisation, sets=[together])
    whole = play(compile_play(setup), 1, 0)
    done = next(r for r in whole if isinstance(r, Worked) and r.activity == activity and r.at - r.since > 2000)
    cut = (done.since + done.at) // 2000
    setup, _ = load_setup("elavbrott", organisation, sets=[together, f'scenario.horizon="{cut} s"'])
    path = tmp_path / "play.jsonl"
    log = play(compile_play(setup), 1, 0)
    jsonl.write(log, path)
    assert check_log(path)["open_cases"] > 0
    assert any(
        isinstance(r, Worked) and (r.person, r.since, r.at) == (done.person, done.since, cut * 1000) for r in log
    )


@pytest.mark.slow
@pytest.mark.parametrize("start", ["2026-01-22T03:50", "2026-01-20T10:00", "2026-12-24T15:00"])
@pytest.mark.parametrize("organisation", ORGANISATIONS)
def test_many_played_logs_add_up(organisation, start, tmp_path):
    setup, _ = load_setup("elavbrott", organisation, start=start)
    compiled = compile_play(setup)
    path = tmp_path / "play.jsonl"
    for replication in range(100):
        jsonl.write(play(compiled, 7, replication), path)
        check_log(path)


@pytest.mark.parametrize("organisation", ORGANISATIONS)
def test_every_variation_has_its_plays(organisation):
    setup, _ = load_setup("elavbrott", organisation)
    assert {None, *setup.scenario.variations} == set(VARIATIONS)


@pytest.mark.parametrize("organisation", ORGANISATIONS)
def test_a_summary_says_which_play_it_is_of(organisation):
    setup, _ = load_setup("elavbrott", organisation)
    summary = summarise(play(compile_play(setup), 3, 4), setup)
    assert (summary.exercise, summary.organisation, summary.seed, summary.replication) == (
        "elavbrott",
        organisation,
        3,
        4,
    )
    assert summary.horizon == setup.scenario.horizon
    assert len(summary.criteria) == sum(len(objective.criteria) for objective in setup.exercise.objectives)
