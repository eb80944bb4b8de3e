"""Order within an instant."""

from functools import partial
from itertools import permutations
from types import SimpleNamespace

import pytest

from ovning.engine.agenda import Agenda, Turn
from ovning.errors import StandstillError
from ovning.log.records import (
    EventHappened,
    InjectReceived,
    InjectSent,
    LevelStoodDown,
    TaskFinished,
    Waited,
    Worked,
)
from tests.tiny import at, inject, of, one, task


def test_within_an_instant_the_kind_of_thing_goes_first_then_urgency_then_time_owed_then_order_planned():
    things = [
        ("service", Turn.SERVICE, 2, 0),
        ("arrival", Turn.ARRIVAL, 2, 0),
        ("urgent finish", Turn.FINISH, 0, 50),
        ("old finish", Turn.FINISH, 2, 10),
        ("finish", Turn.FINISH, 2, 20),
        ("timer", Turn.TIMER, 2, 0),
        ("new work", Turn.NEW_WORK, 0, 0),
    ]
    for order in list(permutations(things))[::97]:
        agenda, seen = Agenda(SimpleNamespace(now=0)), []
        for name, turn, priority, owed in order:
            agenda.plan(5, turn, partial(seen.append, name), priority=priority, owed_since=owed)
        agenda.run(10)
        assert seen == [name for name, *_ in things]


def test_equals_go_in_the_order_in_which_they_were_planned():
    agenda, seen = Agenda(SimpleNamespace(now=0)), []
    for n in range(20):
        agenda.plan(5, Turn.TIMER, partial(seen.append, n))
    agenda.run(5)
    assert seen == list(range(20))


def test_what_is_called_off_does_not_happen_and_what_lies_beyond_is_left():
    agenda, seen = Agenda(SimpleNamespace(now=0)), []
    agenda.plan(1, Turn.TIMER, lambda: seen.append("called off")).call_off()
    agenda.plan(2, Turn.TIMER, lambda: seen.append("at the end"))
    agenda.plan(3, Turn.TIMER, lambda: seen.append("beyond"))
    agenda.run(2)
    assert seen == ["at the end"]


def test_our_moments_and_simpys_own_timeouts_come_in_one_order():
    """Moments are laid straight into SimPy's private queue; this pins what it is, for the version that is installed."""
    watch = SimpleNamespace(now=0)
    agenda, seen = Agenda(watch), []
    agenda.plan(4, Turn.TIMER, lambda: seen.append(("ours", watch.now)))
    agenda._env.timeout(3).callbacks.append(lambda event: seen.append(("simpy's", event.env.now)))
    agenda.plan(2, Turn.TIMER, lambda: seen.append(("ours", watch.now)))
    agenda.run(10)
    assert seen == [("ours", 2), ("simpy's", 3), ("ours", 4)]


def test_an_instant_is_settled_when_everything_in_it_has_happened():
    agenda, seen, unsettled = Agenda(watch := SimpleNamespace(now=0)), [], []
    for delay in (1, 1, 2):
        agenda.plan(delay, Turn.TIMER, lambda: unsettled.append(watch.now))

    def settle() -> None:
        seen.append(list(unsettled))
        unsettled.clear()

    agenda.run(10, unsettled, settle)
    assert seen == [[1, 1], [2]]


def test_what_is_cleared_does_not_happen():
    agenda, seen = Agenda(SimpleNamespace(now=0)), []
    agenda.plan(1, Turn.TIMER, lambda: seen.append("cleared"))
    agenda.clear()
    agenda.run(10)
    assert seen == []


def test_whoever_finishes_when_the_telephone_rings_takes_it_at_once(tiny):
    log = tiny.play(
        injects=[inject("E2", "10 min", "talk"), inject("E1", "5 min", "talk")],
        procedures={"talk": [task("talk", "5 min")]},
    )
    assert [at(r) for r in of(log, InjectReceived)] == [5, 10]
    assert of(log, Waited) == []


def test_a_service_that_fails_when_somebody_calls_has_failed_already(tiny):
    log = tiny.play(
        organisation={"channels": [{"id": "phone", "delay": "0 min", "depends_on": {"mobile": {"at_least": 0.5}}}]},
        scenario={"services": {"mobile": {}}, "events": [{"id": "gone", "at": "10 min", "sets": {"mobile": 0}}]},
        injects=[inject("E1", "10 min")],
    )
    assert log.index(one(log, EventHappened)) < log.index(one(log, InjectSent))
    assert of(log, InjectReceived) == []
    assert one(log, Waited).cause == "channel_down"


def test_of_two_at_the_same_moment_the_more_urgent_is_first(tiny):
    log = tiny.play(
        injects=[inject("E1", "5 min", "talk"), inject("E2", "5 min", "talk", priority="high")],
        procedures={"talk": [task("talk", "5 min")]},
    )
    assert [r.inject for r in of(log, InjectReceived)] == ["E2", "E1"]


def test_a_task_of_no_length_takes_no_time(tiny):
    log = tiny.play(
        injects=[inject("E1", asks_for="nothing")],
        procedures={"nothing": [task("a", "0 min"), task("b", "0 min", after=["a"]), task("c", "1 min", after=["b"])]},
    )
    assert [at(f) for f in of(log, TaskFinished)] == [0, 0, 1]
    assert len(of(log, Worked)) == 1


def test_a_play_that_goes_round_in_no_time_is_broken_off_and_says_where(tiny, monkeypatch):
    """A level that is called for by what it stands down at, and nothing takes any time."""
    monkeypatch.setattr("ovning.engine.agenda.MOST_TURNS", 2_000)

    def ring(stands_down_for):
        return tiny.setup(
            assumptions=dict.fromkeys(("pass_on", "assess", "decide_level", "stand_down"), "0 min"),
            organisation={"functions": {"officer": {"does": ["receive_alarm", "assess_severity"]}}},
            levels=[
                {
                    "id": "watch",
                    "title": "Bevakning",
                    "recommended_when": {"known_severity": 1},
                    "decided_by": "chief",
                    "stands_down_when": {"known_severity_below": 2, "for": stands_down_for},
                }
            ],
            injects=[inject("E1", "30 min", asks_for="talk", facts=["minor"])],
            procedures={"talk": [task("talk", "5 min")]},
        )

    with pytest.raises(StandstillError) as found:
        tiny.replay(ring("0 min"), replication=7)
    said = str(found.value)
    assert "spel 7 för lillby står stilla 2026-01-20 kl. 10:35 (T+35 min): mer än 2000 saker" in said
    assert "· LevelStoodDown watch level:watch:" in said
    assert found.value.exit_code == 3
    # from 36 to 720, round and round a minute at a time: that ends with the play, however many turns it has in all
    log = tiny.replay(ring("1 min"))
    assert len(of(log, LevelStoodDown)) == 12 * 60 - 35


def test_many_things_in_one_instant_are_no_standstill(tiny, monkeypatch):
    monkeypatch.setattr("ovning.engine.agenda.MOST_TURNS", 2_000)
    log = tiny.play(
        injects=[inject(f"E{n}", "1 min", asks_for="talk") for n in range(300)],
        procedures={"talk": [task("talk", "0 min")]},
    )
    assert len(of(log, TaskFinished)) == 300
