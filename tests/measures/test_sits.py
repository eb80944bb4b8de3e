"""Which criterion a bottleneck sits on."""

from __future__ import annotations

from pathlib import Path

from ovning.measures.bottlenecks import Bottleneck, bottlenecks
from ovning.measures.escalation import level_paths
from ovning.measures.lives import read_lives
from ovning.measures.sits import CriterionWaits, criterion_waits, sits_on
from ovning.measures.tally import Tally
from ovning.model.exercise import Exercise
from ovning.units import MINUTE
from tests.measures.lacking import lacking
from tests.tiny import LEVEL, Tiny, inject, person, task

CRITERIA = [
    {"measure": "time_to_task", "inject": "B", "task": "see", "met": "40 min"},
    {"measure": "time_to_task", "inject": "B", "task": "write", "met": "40 min"},
    {"measure": "time_to_received", "inject": "A", "met": "40 min"},
    {"measure": "time_to_level", "level": "command", "met": "90 min"},
    {"measure": "time_to_fact", "fact": "grave", "met": "90 min"},
    {"measure": "rest_deviations", "met": 0},
]
EXERCISE = Exercise.model_validate(
    {
        "exercise": "x",
        "title": "X",
        "scenario": "scenario.yaml",
        "organisations": ["lillby"],
        "objectives": [{"id": "M1", "title": "Hinna", "criteria": CRITERIA}],
    }
)


def played(folder: Path) -> tuple[tuple[CriterionWaits, ...], Bottleneck]:
    """A takes the officer's first 30 minutes; B waits for it, and its second task waits 10 minutes for a report."""
    tiny = Tiny(folder)
    changes = {
        "organisation": {
            "functions": {
                "officer": person("office", "duty", "officers", does=["receive_alarm", "write"], reports_to="chief")
            }
        },
        "injects": [inject("A", asks_for="long"), inject("B", at="10 min", asks_for="short")],
        "procedures": {
            "long": [task("hear", "30 min")],
            "short": [task("see", "5 min"), task("write", "5 min", needs="write", after=["see"])],
        },
    }
    setup = tiny.setup(**changes)
    log = tiny.replay(setup)
    lives = read_lives(log)
    found = criterion_waits(lives, level_paths(log, lives), EXERCISE)
    waits = tuple(wait for one in found for wait in one.waits)
    worst = bottlenecks(lacking([waits], [0]), setup)[0]
    return found, worst


def told(*plays: tuple[CriterionWaits, ...]) -> Tally:
    return lacking([()] * len(plays), [0] * len(plays), ways=plays)


def test_each_criterion_has_the_waits_of_its_own_way(tmp_path: Path) -> None:
    found, _ = played(tmp_path)
    # A waits for nothing, the level is never activated, and neither a fact nor rest has a way.
    assert [(one.objective, one.criterion) for one in found] == [("M1", 0), ("M1", 1)]
    for one in found:
        assert [(wait.cause, wait.station, wait.lasted) for wait in one.waits] == [("queue", "officer", 20 * MINUTE)]


def test_a_bottleneck_sits_where_most_was_waited_for_it_and_ties_on_the_first(tmp_path: Path) -> None:
    found, worst = played(tmp_path)
    assert (worst.kind, worst.station) == ("busy", "officer")
    assert sits_on(worst, told(found)) == ("M1", 0)
    later = tuple(one for one in found if one.criterion == 1)
    assert sits_on(worst, told(found, later)) == ("M1", 1)
    assert sits_on(worst._replace(station="chief"), told(found)) is None


def test_the_way_to_a_level_is_counted_to_its_activation(tmp_path: Path) -> None:
    tiny = Tiny(tmp_path)
    log = tiny.play(
        organisation={
            "functions": {
                "officer": {"does": ["receive_alarm", "assess_severity", "alert"]},
                "crew": person("depot", "helper", "crew", reports_to="officer"),
            },
            "people": {"crew": {"count": 2, "works": "always"}},
        },
        levels=[LEVEL],
        staff={"chief": ["crew"], "picture": ["crew"]},
        injects=[inject("A", asks_for="long", facts=["grave"]), inject("B", at="1 min", asks_for="long")],
        procedures={"long": [task("hear", "30 min")]},
    )
    lives = read_lives(log)
    (path,) = level_paths(log, lives)
    found = {one.criterion: one.waits for one in criterion_waits(lives, [path], EXERCISE)}
    waited = sum(stretch.lasted for stretch in path.stretches if stretch.cause is not None)
    assert waited > 0
    assert sum(wait.lasted for wait in found[3]) == waited
