"""How often a comparison says what is not so: two thousand comparisons of one design with itself and with a slower one.

The stopping rule is on: each comparison looks after ``LOOKS`` plays, and goes on only if it must. Independent luck for
one design and itself (the same luck would give exactly nothing), the same luck for the planted effect.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

import pytest
from scipy.stats import binom

from ovning.engine import compile_play, play
from ovning.experiment.compare import Contrast, are_known_well, contrasts_of, everything
from ovning.experiment.effects import values_of
from ovning.experiment.paired import adjusted
from ovning.experiment.verdicts import smallest_differences
from ovning.files import load_setup
from ovning.measures.compared import add_compared, compared_of
from ovning.measures.tally import Tally
from ovning.model.setup import Setup
from tests.experiment.two_alarms import two_alarms

REPETITIONS: Final = 2_000
LOOKS: Final = (30, 60)
PLANTED: Final = "assumptions.decide_level=15 min"
"""Twelve minutes later than in the exercise."""


@pytest.fixture(scope="module")
def exercise(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return two_alarms(tmp_path_factory.mktemp("verdicts"))


def tallies(setup: Setup, seed: int) -> list[list[Tally]]:
    """For each repetition the plays up to each look."""
    compiled = compile_play(setup)
    found = []
    for repetition in range(REPETITIONS):
        upto = []
        whole = Tally()
        for begin, end in zip((0, *LOOKS), LOOKS, strict=False):
            part = Tally()
            for replication in range(begin, end):
                number = repetition * LOOKS[-1] + replication
                add_compared(part, compared_of(play(compiled, seed, number), setup))
            whole.extend(part)
            upto.append(Tally.from_bytes(whole.to_bytes()))
        found.append(upto)
    return found


def decided(setup: Setup, before: list[list[Tally]], after: list[list[Tally]]) -> Iterator[tuple[Contrast, ...]]:
    """What each comparison came to when it stopped."""
    watched = everything(setup)
    smallest = smallest_differences(setup, watched, {})
    confidence = adjusted(len(watched) * len(LOOKS))
    for early, late in zip(before, after, strict=True):
        for first, second in zip(early, late, strict=True):
            contrasts = contrasts_of(smallest, first, second, confidence)
            if are_known_well(contrasts):
                break
        yield contrasts


def most_at(rate: float) -> int:
    """More than this of all repetitions would come of a rate no larger in one case of a thousand."""
    return int(binom.ppf(0.999, REPETITIONS, rate))


def truth(setup: Setup, before: Sequence[list[Tally]], after: Sequence[list[Tally]]) -> dict[tuple[object, ...], float]:
    """The mean difference over all plays of all repetitions."""
    one, other = Tally(), Tally()
    for tallied, whole in ((before, one), (after, other)):
        for upto in tallied:
            whole.extend(upto[-1])
    found: dict[tuple[object, ...], float] = {}
    smallest = smallest_differences(setup, everything(setup), {})
    for contrast in contrasts_of(smallest, one, other, 0.95):
        assert contrast.difference.mean is not None or not values_of(contrast.watched, one, other)
        found[contrast.watched] = contrast.difference.mean or 0.0
    return found


@pytest.mark.slow
def test_false_verdicts_are_as_rare_as_is_said_and_intervals_hold(exercise: Path) -> None:
    setup, planted = load_setup(exercise, "lillby")[0], load_setup(exercise, "lillby", sets=(PLANTED,))[0]
    first, itself, slower = tallies(setup, 1), tallies(setup, 2), tallies(planted, 1)

    alike = list(decided(setup, first, itself))
    false = sum(any(one.verdict in ("better", "worse") for one in contrasts) for contrasts in alike)
    missed = sum(any(not _holds(one, 0.0) for one in contrasts) for contrasts in alike)
    print(f"one design and itself, independent luck: {false} false verdicts, {missed} intervals without nothing")
    assert false <= most_at(0.05)
    assert missed <= most_at(0.05)

    real = truth(setup, first, slower)
    effects = list(decided(setup, first, slower))
    wrong = sum(any(_is_wrong(one, real[one.watched]) for one in contrasts) for contrasts in effects)
    missed = sum(any(not _holds(one, real[one.watched]) for one in contrasts) for contrasts in effects)
    found = sum(any(one.verdict == "worse" for one in contrasts) for contrasts in effects)
    print(f"a planted effect, the same luck: {wrong} wrong verdicts, {missed} intervals without it, found in {found}")
    assert wrong <= most_at(0.05)
    assert missed <= most_at(0.05)
    assert found > REPETITIONS / 2


def _holds(contrast: Contrast, real: float) -> bool:
    low, high = contrast.difference.low, contrast.difference.high
    return low is None or high is None or low <= real <= high


def _is_wrong(contrast: Contrast, real: float) -> bool:
    """Better where it is worse or nothing, the other way, or alike where it matters."""
    sign = -1 if contrast.watched.wanted == "less" else 1
    match contrast.verdict:
        case "better":
            return sign * real <= 0
        case "worse":
            return sign * real >= 0
        case "equivalent":
            return abs(real) > contrast.smallest
        case _:
            return False
