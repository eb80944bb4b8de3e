"""Turning one thing has the effect that one would expect, with the same luck in both."""

import pytest

from ovning.engine import compile_play, play
from ovning.files import load_setup
from ovning.log.records import (
    Clarified,
    DecisionMade,
    InjectReceived,
    LevelActivated,
    TaskFinished,
    TaskStarted,
    Waited,
    Worked,
)
from ovning.units import HOUR
from tests.tiny import inject, of, person, task

PLAYS = 40
TALK = {"talk": [task("talk", {"mean": "8 min"})]}


def _shipped(sets=(), organisation="orebro", number=PLAYS, **more):
    sets = ["scenario.horizon=8 h", *sets]  # the staff is up and the mobiles are down: enough for all of these
    compiled = compile_play(load_setup("elavbrott", organisation, sets=sets, **more)[0])
    return [play(compiled, 11, replication) for replication in range(number)]


def _active_at(log):
    """When central command is active; at the horizon when it never is."""
    return next((r.at for r in log if isinstance(r, LevelActivated) and r.level == "central_command"), log[-1].at)


def _mean(values):
    values = list(values)
    return sum(values) / len(values)


def _later(before, after):
    """Paired differences: how many standard errors the mean lies above zero."""
    differences = [b - a for a, b in zip(before, after, strict=True)]
    mean = _mean(differences)
    error = (_mean((d - mean) ** 2 for d in differences) / (len(differences) - 1)) ** 0.5
    return mean / error if error else 0.0


@pytest.fixture(scope="module")
def ordinary():
    return _shipped()


def _received_at(log):
    return next(r.at for r in of(log, InjectReceived, inject="E1"))


def test_without_anybody_on_call_it_is_later(ordinary):
    alone = _shipped(["functions.tib.on_call=null"])
    assert _later(map(_received_at, ordinary), map(_received_at, alone)) > 5


def test_a_level_is_later_without_anybody_on_call(tiny):
    active = {}
    for on_call in (True, False):
        reached = {"chance": 1, "delay": {"mean": "3 min"}}
        officer = {
            "does": ["receive_alarm", "assess_severity"],
            **({"on_call": {"reached": reached}} if on_call else {}),
        }
        logs = tiny.plays(
            4 * PLAYS,
            assumptions={"off_duty_reached": {"chance": 0.5, "delay": {"mean": "9 min"}}},
            organisation={
                "people": {"officers": {"count": 3, "works": "office_hours"}},
                "functions": {"officer": officer},
            },
            levels=[{"id": "watch", "title": "Vakt", "recommended_when": {"known_severity": 2}, "decided_by": "chief"}],
            scenario={"start": "2026-01-20T02:00"},
            injects=[inject("E1", asks_for="talk", facts=["grave"])],
            procedures=TALK,
        )
        active[on_call] = [next((r.at for r in of(log, LevelActivated)), 12 * HOUR) for log in logs]
    assert _later(active[True], active[False]) > 3
    assert sum(b < a for a, b in zip(active[True], active[False], strict=True)) < PLAYS


def test_christmas_eve_is_later_than_a_tuesday_morning():
    tuesday = _shipped(start="2026-01-20T09:00")
    christmas = _shipped(start="2026-12-24T09:00")
    assert _later(map(_active_at, tuesday), map(_active_at, christmas)) > 3


def test_night_is_later_than_day(ordinary):
    day = _shipped(start="2026-01-22T09:00")
    assert _later(map(_active_at, day), map(_active_at, ordinary)) > 3


def _mandate_minutes(log):
    return sum(w.at - w.since for w in of(log, Waited, cause="mandate"))


def test_a_mandate_moved_down_means_less_waiting_for_mandates(ordinary):
    moved = _shipped(
        [
            "levels.central_command.decided_by=tib",
            "functions.gata_va_jour.decides="
            "[minor_measures, prioritise_reserve_power, activate_emergency_water, exceed_budget]",
        ]
    )
    assert _later(map(_mandate_minutes, moved), map(_mandate_minutes, ordinary)) > 3


BUSY = [inject(f"E{n}", f"{3 * n} min", "talk") for n in range(12)]


def _queued(log):
    return sum(w.at - w.since for w in of(log, Waited, cause="queue"))


def test_more_people_mean_shorter_queues_and_one_more_than_the_work_exactly_nothing(tiny):
    queued, logs = {}, {}
    for count in (1, 2, 4, 12, 13):
        logs[count] = tiny.plays(
            PLAYS, organisation={"people": {"officers": {"count": count}}}, injects=BUSY, procedures=TALK
        )
        queued[count] = [_queued(log) for log in logs[count]]
    assert all(b <= a for a, b in zip(queued[1], queued[2], strict=True))
    assert all(b <= a for a, b in zip(queued[2], queued[4], strict=True))
    assert _mean(queued[1]) > 2 * _mean(queued[2]) > 0
    assert set(queued[12]) == {0}
    assert logs[12] == logs[13]


def test_one_more_person_of_the_shipped_exercise_than_there_is_work_for_changes_nothing(ordinary):
    more, still_more = (_shipped([f"people.vaxelpersonal.count={n}"], number=8) for n in (40, 41))
    assert more == still_more
    assert more != ordinary[:8]


def _deputised(deputy, chance=0.5):
    return {
        "people": {
            "officers": {"works": "never"},
            "helpers": {"count": 1, "works": "always"},
        },
        "functions": {
            "officer": {
                "on_call": {"count": 1, "reached": {"chance": chance, "delay": {"mean": "6 min"}}},
                "deputies": [{"function": "helper"}] if deputy else [],
            },
            "helper": person("office", "helper", "helpers"),
        },
    }


def test_a_deputy_is_never_later_than_waiting_for_the_one_who_cannot_be_reached(tiny):
    def begun(log):
        return next((s.at for s in of(log, TaskStarted)), 12 * HOUR)

    alone, helped = (
        [
            begun(log)
            for log in tiny.plays(
                100,
                organisation=_deputised(deputy),
                scenario={"start": "2026-01-20T02:00"},
                injects=[inject("E1", asks_for="talk", to="role(duty)")],
                procedures=TALK,
            )
        ]
        for deputy in (False, True)
    )
    assert all(b <= a for a, b in zip(alone, helped, strict=True))
    assert sum(b < a for a, b in zip(alone, helped, strict=True)) > 25
    assert max(helped) <= 10 * 60_000


def test_less_patience_gets_to_the_deputy_sooner(tiny):
    begun = {}
    for patience in (5, 20):
        organisation = _deputised(True)
        organisation["functions"]["officer"]["patience"] = f"{patience} min"
        begun[patience] = [
            of(log, TaskStarted)[0].at
            for log in tiny.plays(
                100,
                organisation=organisation,
                scenario={"start": "2026-01-20T02:00"},
                injects=[inject("E1", asks_for="talk", to="role(duty)")],
                procedures=TALK,
            )
        ]
    assert all(a <= b for a, b in zip(begun[5], begun[20], strict=True))
    assert max(begun[5]) == 5 * 60_000
    assert max(begun[20]) == 20 * 60_000


def _underway(log):
    return sum(w.at - w.since for w in of(log, Waited) if w.cause in ("transmission", "channel_down"))


def test_a_telephone_network_that_dies_makes_hand_overs_take_other_ways_and_longer(ordinary):
    dead = _shipped(["scenario.services.mobile.level=0", "assumptions.dark_ends=1.0"])

    def ways(logs, channel):
        return sum(r.channel == channel for log in logs for r in log if type(r).__name__ == "HandedOver")

    assert ways(ordinary, "phone") > 0
    assert ways(dead, "phone") == 0
    for other in ("fixed_line", "messenger"):
        assert ways(dead, other) > ways(ordinary, other)
    assert _later(map(_underway, ordinary), map(_underway, dead)) > 3


def test_misunderstandings_cost_time_where_nobody_has_agreed_on_words_and_nowhere_else(tiny):
    think = {"think": [task("talk", "5 min"), task("think", {"mean": "8 min"}, needs="advise", after=["talk"])]}
    finished = {}
    for chance in (0, 1):
        for agreed in (False, True):
            logs = tiny.plays(
                PLAYS,
                assumptions={"clarification": {"chance": chance, "takes": {"mean": "4 min"}}},
                organisation={
                    "people": {"experts": {"count": 1, "works": "always"}},
                    "functions": {"expert": person("depot", "expert", "experts", does=["advise"])},
                    "agreements": [{"between": ["office", "depot"]}] if agreed else [],
                },
                injects=[inject("E1", asks_for="think")],
                procedures=think,
            )
            finished[chance, agreed] = [of(log, TaskFinished, task="E1/think")[0].at for log in logs]
            asked = [len(of(log, Clarified)) for log in logs]
            assert set(asked) == {chance if not agreed else 0}
    assert all(b > a for a, b in zip(finished[0, False], finished[1, False], strict=True))
    assert finished[0, False] == finished[0, True] == finished[1, True]


def test_whose_luck_the_night_is_matters_less_to_the_mean_of_one_call_than_to_several(tiny):
    answered = {}
    for luck in ("person", "call"):
        logs = tiny.plays(
            200,
            assumptions={"luck_of_the_night": luck, "stays_awake": "1 min"},
            organisation={
                "people": {"officers": {"works": "never"}},
                "functions": {
                    "officer": {"on_call": {"count": 1, "reached": {"chance": 0.5, "delay": "2 min"}}},
                },
            },
            scenario={"start": "2026-01-20T00:30", "horizon": "4 h"},
            injects=[inject(f"E{n}", f"{30 * n} min", "talk") for n in range(6)],
            procedures={"talk": [task("talk", "1 min")]},
        )
        answered[luck] = [len(of(log, TaskFinished)) for log in logs]
    # the person: all or nothing in half of the plays; each call: every new attempt is a new chance, and once awake
    # they take what is waiting
    assert set(answered["person"]) == {0, 6}
    assert abs(answered["person"].count(6) - 100) < 4 * 50**0.5
    assert sum(n == 0 for n in answered["call"]) < 20
    assert _mean(answered["call"]) > _mean(answered["person"])


def test_the_same_work_has_the_same_luck_in_another_organisation():
    work = {}
    for organisation in ("orebro", "haninge"):
        for log in _shipped(organisation=organisation, number=3):
            lengths = {}
            for w in of(log, Worked, activity="work"):
                if w.task == "E1/acknowledge":
                    lengths[w.task] = lengths.get(w.task, 0) + w.at - w.since
            work.setdefault(organisation, []).append(lengths)
    assert work["orebro"] == work["haninge"]
    assert all(work["orebro"])


def test_more_mandate_does_not_make_decisions_that_nobody_needs(ordinary):
    every = _shipped(["functions.tib.decides=[minor_measures, exceed_budget, close_schools]"], number=8)
    before = {d.decision for log in ordinary[:8] for d in of(log, DecisionMade)}
    assert {d.decision for log in every for d in of(log, DecisionMade)} <= before
