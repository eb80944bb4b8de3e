"""Coverage: what comes, is taken in, is answered; what can turn out either way; and what never does."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ovning.experiment.coverage import Arm, Coverage, arm, cover, occurred
from ovning.experiment.replicate import replicate
from ovning.files import load_setup
from ovning.model.setup import Setup
from ovning.report.coverage import Told
from tests.tiny import Tiny, inject, task

RUNS = 12


@pytest.fixture(scope="module")
def exercise(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A comes and is answered; B comes now and then; C never; D comes and is blocked; E is for nobody at home."""
    criteria = [
        {"measure": "time_to_task", "inject": "A", "task": "see", "met": "5 min", "assumption": "Alltid lätt."},
        {"measure": "time_to_task", "inject": "A", "task": "weigh", "met": "25 min"},
        {"measure": "time_to_received", "inject": "C", "met": "5 min"},
    ]
    folder = Tiny(tmp_path_factory.mktemp("coverage")).write(
        scenario={
            "services": {"power": {"affects": {"persons": 10}}},
            "variations": {"without_b": {"title": "Utan B", "without": ["B"]}},
        },
        injects=[
            inject("A", asks_for="answer"),
            inject("B", at="1 h", chance=0.5),
            inject("C", when={"service": "power", "below": 0.5}),
            inject("D", at="2 h", asks_for="stuck"),
            inject("E", at="3 h", unless={"service": "power", "at_least": 0.5}),
        ],
        procedures={
            "answer": [task("see", "5 min"), task("weigh", "x", mode="desk", after=["see"])],
            "stuck": [
                task("hear", "5 min"),
                task("ask", "5 min", needs="advise", after=["hear"]),
                task("act", "5 min", after=["ask"]),
            ],
        },
    )
    path = folder / "scenario.yaml"
    varying = json.dumps({"min": "10 min", "mode": "20 min", "max": "30 min"})
    path.write_text(path.read_text(encoding="utf-8").replace("takes: x", f"takes: {varying}"), encoding="utf-8")
    wanted = json.dumps([{"id": "M1", "title": "Svara", "criteria": criteria}], ensure_ascii=False)
    path = folder / "exercise.yaml"
    path.write_text(path.read_text(encoding="utf-8") + f"objectives: {wanted}\n", encoding="utf-8")
    return folder


def played(setup: Setup) -> Arm:
    return arm(setup, replicate(setup, 1, range(RUNS)))


@pytest.fixture(scope="module")
def arms(exercise: Path) -> tuple[Arm, Arm]:
    """The ordinary organisation, and one in which the officer never has time to see anything soon."""
    slow = "people.officers.count=1"
    less = "functions.officer.does=[receive_alarm]"
    return (
        played(load_setup(exercise, "lillby")[0]),
        played(load_setup(exercise, "lillby", sets=[slow, less, "scenario.injects.A.chance=0.5"])[0]),
    )


@pytest.fixture(scope="module")
def found(arms: tuple[Arm, Arm]) -> Coverage:
    return cover(arms)


def hits(shares: tuple[object, ...]) -> list[tuple[int, int]]:
    return [(share.hits, share.n) for share in shares]


def test_each_inject_is_counted_for_each_organisation(found: Coverage, arms: tuple[Arm, Arm]) -> None:
    assert [one.inject for one in found.injects] == list("ABCDE")
    a, b, c, d, e = found.injects
    came = sum("A" in play.sent for play in arms[1].occurred)
    assert 0 < came < RUNS
    assert hits(a.sent) == [(RUNS, RUNS), (came, RUNS)]
    assert hits(a.answered) == [(RUNS, RUNS), (came, came)]
    # What somebody asks for without a procedure is to be heard.
    times = sum("B" in play.sent for play in arms[0].occurred)
    assert 0 < times < RUNS
    assert hits(b.received)[0] == hits(b.answered)[0] == (times, times)
    assert hits(c.sent) == [(0, RUNS), (0, RUNS)]
    assert hits(d.received) == [(RUNS, RUNS), (RUNS, RUNS)]
    assert hits(d.answered) == [(0, RUNS), (0, RUNS)]
    assert (hits(e.sent)[0], e.withheld) == ((0, RUNS), (("unless", 2 * RUNS),))


def test_tasks_that_are_never_done(found: Coverage) -> None:
    done = {(one.inject, one.task): (hits(one.requested)[0], hits(one.done)[0]) for one in found.tasks}
    assert done["D", "hear"] == ((RUNS, RUNS), (RUNS, RUNS))
    assert done["D", "ask"] == ((RUNS, RUNS), (0, RUNS))
    assert done["D", "act"][1] == (0, RUNS)


def test_a_criterion_that_can_only_turn_out_one_way_is_found(found: Coverage) -> None:
    always, now_and_then, untested = found.criteria
    assert always.varies == "never"
    assert always.fastest == always.slowest
    assert now_and_then.varies in ("both", "plays")
    assert (untested.varies, untested.fastest) == ("not_tested", None)


def test_differences_between_organisations_alone_are_variation(exercise: Path) -> None:
    easy, _ = load_setup(exercise, "lillby")
    slow, _ = load_setup(exercise, "lillby", sets=["scenario.procedures.answer.see.takes=6 min"])
    found = cover([played(easy), played(slow)])
    assert found.criteria[0].varies == "organisations"
    assert [share.share for share in found.criteria[0].met] == [1, 0]


def test_a_variations_own_injects_are_covered(exercise: Path) -> None:
    setup, _ = load_setup(exercise, "lillby", variation="without_b")
    assert [one.inject for one in cover([played(setup)]).injects] == list("ACDE")


def test_what_never_happens_is_told_with_what_is_said_of_it(found: Coverage, arms: tuple[Arm, Arm]) -> None:
    told = Told(found, [one.setup for one in arms])
    never = "\n".join(told.never())
    assert "C Inspel C: kommer aldrig." in never
    assert f"E Inspel E: kommer aldrig (dess förbehåll gällde i {2 * RUNS} spel)." in never
    assert "D Inspel D: besvaras aldrig." in never
    assert "D, ”göra ask”: blir aldrig klar." in never
    assert "D, ”göra act”: blir aldrig klar" in never
    assert "M1 A: göra see: klaras alltid; värdena var 5 min, gränsen är 5 min. Om gränsen: Alltid lätt." in never
    assert "M1 C mottaget: prövas aldrig." in never
    assert "A Inspel A" not in never
    assert "B Inspel B" not in never
    rows = {row[0]: row for row in told.injects().rows}
    assert rows["D"][-1] == "göra ask, göra act"
    assert [row[-1] for row in told.criteria().rows][::2] == ["varierar aldrig", "prövas aldrig"]


def test_never_in_one_organisation_says_which(exercise: Path) -> None:
    normal, _ = load_setup(exercise, "lillby")
    deaf, _ = load_setup(
        exercise, "lillby", sets=["functions.officer.does=[verify_situation]", "organisation.title=Dövby"]
    )
    arms = [played(normal), played(deaf)]
    never = Told(cover(arms), [normal, deaf]).never()
    assert any(line.startswith("A, ”göra see”: blir aldrig klar i Dövby") for line in never)


def test_nothing_played_covers_nothing(exercise: Path) -> None:
    setup, _ = load_setup(exercise, "lillby")
    with pytest.raises(ValueError, match="no plays"):
        cover([Arm(setup, (), ())])


def test_an_inject_that_comes_twice_counts_once(tmp_path: Path) -> None:
    log = Tiny(tmp_path).play(injects=[inject("A", repeat={"every": "1 h", "times": 3})])
    seen = occurred(log)
    assert (seen.sent, seen.received, seen.answered) == ({"A"}, {"A"}, {"A"})
