"""Reaching somebody on call: the stated chance, the stated delay, and whose luck it is.

With the luck of the person a night has one answer, whoever calls and how often; with the luck of the call each attempt
has its own. The delay belongs to the attempt in both. 2 400 plays are enough to see a chance that
is 0.77 when 0.7 is stated, and a delay that is 10 % longer.
"""

import math

import numpy as np
import pytest
from scipy import stats

from ovning.engine import compile_play, play
from ovning.log.records import ContactAttempted, PersonReached
from ovning.units import HOUR, MINUTE
from tests.analytic.draws import uniforms
from tests.analytic.evidence import LIMIT, needed, z_mean, z_share
from tests.tiny import inject, of, task

PLAYS = 2_400
CHANCE = 0.7
SIGMA = math.log(10 / 3) / float(stats.norm.ppf(0.9))
DELAY = {"median": "3 min", "p90": "10 min"}
TIMES = {"A": "0 min", "B": "4 h", "C": "24 h"}
"""A late evening, the small hours of the same night, and the next night."""


def nights(tiny, luck: str, *, chance: object = CHANCE, on_call: bool = True):
    """Somebody who is never at work is telephoned three times, long enough apart to have fallen asleep again."""
    reached = {"chance": chance, "delay": DELAY}
    officer: dict[str, object] = {"filled_by": ["watch"]}
    if on_call:
        officer["on_call"] = {"count": 1, "round_the_clock": True, "reached": reached}
    setup = tiny.setup(
        assumptions={"luck_of_the_night": luck, "stays_awake": "30 min", "off_duty_reached": reached},
        organisation={
            "people": {"officers": None, "watch": {"count": 1, "works": "never"}},
            "functions": {"officer": officer},
        },
        scenario={"start": "2026-01-20T23:30", "horizon": "26 h"},
        injects=[inject(n, at, asks_for="answer") for n, at in TIMES.items()],
        procedures={"answer": [task("serve", "1 min")]},
    )
    return compile_play(setup)


def attempts(compiled, plays: int) -> tuple[np.ndarray, np.ndarray]:
    """By play and inject: whether the first attempt for it was answered, and after how long (-1 if not)."""
    answered = np.zeros((plays, 3), dtype=bool)
    delays = np.full((plays, 3), -1, dtype=np.int64)
    for replication in range(plays):
        log = play(compiled, 3, replication)
        reached = {r.at for r in of(log, PersonReached)}
        for column, (name, at) in enumerate(TIMES.items()):
            first = of(log, ContactAttempted, task=f"{name}/serve")[0]
            assert first.at == int(at.split()[0]) * HOUR
            if first.answers_at is not None:
                assert first.answers_at in reached
                answered[replication, column] = True
                delays[replication, column] = first.answers_at - first.at
    return answered, delays


@pytest.fixture(scope="module")
def by_person(tiny):
    return attempts(nights(tiny, "person"), PLAYS)


@pytest.fixture(scope="module")
def by_call(tiny):
    return attempts(nights(tiny, "call"), PLAYS)


def correlation(one: np.ndarray, other: np.ndarray) -> float:
    """In standard errors from none."""
    return float(np.corrcoef(one, other)[0, 1]) * math.sqrt(len(one))


def test_the_power_computed_above():
    assert needed(0.07, math.sqrt(0.77 * 0.23)) <= PLAYS
    assert needed(math.log(1.1), SIGMA) <= PLAYS * 3 * CHANCE


@pytest.mark.parametrize("luck", ["person", "call"])
def test_chance_and_delay_are_the_stated_ones(request, luck):
    answered, delays = request.getfixturevalue(f"by_{luck}")
    for column in range(3):
        hits = int(answered[:, column].sum())
        assert abs(z_share(hits, PLAYS, CHANCE)) < LIMIT
        assert abs(z_share(hits, PLAYS, 0.77)) > LIMIT
    logs = np.log(delays[delays >= 0] / MINUTE)
    assert abs(z_mean(logs, math.log(3), SIGMA)) < LIMIT
    assert abs(z_mean(logs, math.log(3.3), SIGMA)) > LIMIT
    assert stats.kstest(logs, "norm", args=(math.log(3), SIGMA)).pvalue > 2 * stats.norm.sf(LIMIT)


def test_a_person_has_one_answer_a_night_and_another_the_next(by_person):
    answered, _ = by_person
    assert (answered[:, 0] == answered[:, 1]).all()
    assert abs(correlation(answered[:, 1], answered[:, 2])) < LIMIT


def test_each_call_has_its_own_answer(by_call):
    answered, _ = by_call
    for one, other in ((0, 1), (0, 2), (1, 2)):
        assert abs(correlation(answered[:, one], answered[:, other])) < LIMIT
    both = int((answered[:, 0] & answered[:, 1]).sum())
    assert abs(z_share(both, PLAYS, CHANCE**2)) < LIMIT
    assert abs(z_share(both, PLAYS, CHANCE)) > LIMIT


@pytest.mark.parametrize("luck", ["person", "call"])
def test_each_attempt_has_its_own_delay(request, luck):
    answered, delays = request.getfixturevalue(f"by_{luck}")
    for one, other in ((0, 1), (0, 2), (1, 2)):
        both = answered[:, one] & answered[:, other]
        assert abs(correlation(np.log(delays[both, one]), np.log(delays[both, other]))) < LIMIT


def test_answers_and_delays_are_the_named_draws(by_person, by_call):
    rows = range(PLAYS)
    night = uniforms(["night/duty/0/2026-01-20/night", "night/duty/0/2026-01-21/night"], 3, rows) < CHANCE
    assert (by_person[0] == night[:, [0, 0, 1]]).all()
    calls = uniforms([f"inject/{n}/1/serve/reach/1/0/answers" for n in TIMES], 3, rows) < CHANCE
    assert (by_call[0] == calls).all()
    u = uniforms([f"inject/{n}/1/serve/reach/1/0/delay" for n in TIMES], 3, rows)
    expected = np.rint(3 * MINUTE * np.exp(SIGMA * stats.norm.ppf(u)))
    for answered, delays in (by_person, by_call):
        assert np.abs(delays - expected)[answered].max() <= 1  # the last bits of exp may round another way


def test_whoever_is_off_duty_has_a_luck_of_their_own_by_night(tiny):
    answered, _ = attempts(nights(tiny, "person", chance={"day": 1, "night": 0.4}, on_call=False), 1_000)
    assert (answered[:, 0] == answered[:, 1]).all()
    named = uniforms([f"night/duty/off/0/2026-01-{d}/night" for d in (20, 21)], 3, range(1_000)) < 0.4
    assert (answered == named[:, [0, 0, 1]]).all()
    assert abs(z_share(int(answered[:, 0].sum()), 1_000, 0.4)) < LIMIT


@pytest.mark.parametrize("chance", [0, 1])
def test_never_and_always(tiny, chance):
    answered, _ = attempts(nights(tiny, "call", chance=chance), 50)
    assert (answered == bool(chance)).all()
