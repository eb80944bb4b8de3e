"""Over a sweep of the activation threshold, unnecessary activations rise as time to activation falls.

Nothing in the model says so: whoever waits for a graver picture has more time to learn that it was nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import pytest

from ovning.experiment.chunks import play_all
from ovning.experiment.effects import all_watched, effects_on
from ovning.files import load_setup
from ovning.measures.tally import Tally
from ovning.model.setup import Setup
from tests.tiny import LEVEL, Tiny, inject, task


class Swept(NamedTuple):
    """What one threshold came to."""

    unnecessary: float
    """Share of plays of the false alarm."""
    time: float
    """Mean time to activation in the real course, restricted to the horizon; milliseconds."""


def swept(load: Callable[[int, str | None], Setup], thresholds: Sequence[int], runs: int) -> list[Swept]:
    found = []
    for threshold in thresholds:
        plays: dict[str | None, Tally] = {}
        for variation in (None, "false_alarm"):
            plays[variation] = play_all(load(threshold, variation), 1, range(runs))
        false, real = plays["false_alarm"], plays[None]
        unnecessary = all_watched(load(threshold, "false_alarm"))[-1]
        first = all_watched(load(threshold, None))[0]
        assert (unnecessary.kind, first.kind) == ("unnecessary", "level_time")
        (in_vain,) = effects_on([unnecessary], false, false)
        (sooner,) = effects_on([first], real, real)
        assert in_vain.difference.before is not None
        assert sooner.difference.before is not None
        found.append(Swept(in_vain.difference.before, sooner.difference.before))
    return found


def check_trade(found: Sequence[Swept]) -> None:
    for lower, higher in pairwise(found):
        assert lower.time <= higher.time
        assert lower.unnecessary >= higher.unnecessary
    assert found[0].time < found[-1].time
    assert found[0].unnecessary > found[-1].unnecessary


def test_a_lower_threshold_is_sooner_and_oftener_in_vain(tmp_path: Path) -> None:
    folder = Tiny(tmp_path).write(
        organisation={
            "functions": {"officer": {"does": ["receive_alarm", "verify_situation", "assess_severity", "alert"]}},
            "people": {"crew": {"count": 2, "works": "always"}, "officers": {"count": 2}},
        },
        levels=[LEVEL],
        staff={"chief": ["crew"], "picture": ["crew"]},
        scenario={
            "services": {"power": {"level": 1}},
            "facts": {"some": {"title": "En del är borta", "severity": 2, "kind": "power"}},
            "events": [
                {"id": "lost", "at": "0 min", "sets": {"power": 0}},
                {
                    "id": "back",
                    "at": {"min": "1 min", "mode": "15 min", "max": "40 min"},
                    "sets": {"power": 1},
                    "variation": "false_alarm",
                },
            ],
            "warrants": ["command"],
            "variations": {"false_alarm": {"title": "Falskt larm", "warrants": []}},
        },
        injects=[inject("A", at="1 min", asks_for="verify", facts=["minor"])],
        procedures={
            "verify": [
                task("hear", "8 min"),
                task(
                    "look",
                    "10 min",
                    needs="verify_situation",
                    mode="desk",
                    after=["hear"],
                    establishes=["some"],
                    finds=[{"when": {"service": "power", "at_least": 0.5}, "establishes": ["over"]}],
                ),
                task(
                    "map",
                    "20 min",
                    needs="verify_situation",
                    mode="desk",
                    after=["look"],
                    establishes=["grave"],
                    finds=[{"when": {"service": "power", "at_least": 0.5}, "establishes": ["over"]}],
                ),
            ],
        },
    )

    def load(threshold: int, variation: str | None) -> Setup:
        sets = [f"levels.command.recommended_when.known_severity={threshold}"]
        return load_setup(folder, "lillby", sets=sets, variation=variation)[0]

    found = swept(load, (1, 2, 3), 25)
    check_trade(found)
    # Each step makes a difference here, both ways.
    assert len({one.unnecessary for one in found}) == len({one.time for one in found}) == 3
    assert found[0].unnecessary == 1


@pytest.mark.slow
@pytest.mark.parametrize("organisation", ["orebro", "haninge"])
def test_so_it_is_in_the_power_cut(organisation: str) -> None:
    """After ten minutes the staff is called off before it sits, whatever the threshold; an hour or two is harder."""
    longer = "scenario.events.power_returns.at={min: 10 min, mode: 30 min, max: 4 h}"

    def load(threshold: int, variation: str | None) -> Setup:
        sets = [f"levels.central_command.recommended_when.known_severity={threshold}", "scenario.horizon=12 h"]
        return load_setup("elavbrott", organisation, sets=[*sets, longer] if variation else sets, variation=variation)[
            0
        ]

    check_trade(swept(load, (2, 3, 4), 60))
