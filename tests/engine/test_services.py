"""Services worked out by hand: what they lose, how long they last without it, and how they come back."""

import pytest

from ovning.log.records import (
    EventHappened,
    FactLearned,
    InjectSent,
    NeedLost,
    NeedRestored,
    ServiceChanged,
    ServiceExtended,
    TaskStarted,
)
from ovning.units import MINUTE
from tests.analytic.draws import exponential, uniforms
from tests.tiny import at, inject, of, one, task

WORDS = {
    "services": {
        name: {"title": name.capitalize(), "meaning": f"Ordet {name}"}
        for name in ("water", "reserve", "heat", "alarm", "pumps")
    }
}
QUIET = [inject("Z", "11 h")]
"""An exercise has an inject; this one comes when everything is over."""


def _power(**more):
    """The power is gone from minute 10 to minute 100, unless something else is said."""
    return {"id": "cut", "at": "10 min", "sets": {"power": 0}, "lasts": "90 min", **more}


def _world(tiny, services, events=None, injects=QUIET, **more):
    return tiny.play(
        vocabulary=WORDS,
        scenario={
            "services": {"power": {}, **services},
            "events": [_power()] if events is None else events,
        },
        injects=injects,
        **more,
    )


def levels(log, service):
    """Every level that a service had: minute, level, what caused it."""
    return [(at(r), r.level, r.caused_by) for r in of(log, ServiceChanged, service=service)]


def needs(log, service):
    """What became of its needs: minute, what, and when it would fail."""
    return [
        (at(r), r.need, *(("lost", r.fails_at / MINUTE) if isinstance(r, NeedLost) else ("back",)))
        for r in log
        if isinstance(r, NeedLost | NeedRestored) and r.service == service
    ]


# endurance and what is left after it


def test_a_service_falls_when_what_it_needs_has_been_gone_for_its_endurance(tiny):
    log = _world(tiny, {"water": {"depends_on": {"power": {"endurance": "30 min"}}}})
    assert levels(log, "power") == [(10, 0, "cut"), (100, 1, "cut")]
    assert needs(log, "water") == [(10, "power", "lost", 40), (100, "power", "back")]
    assert levels(log, "water") == [(40, 0, "power"), (100, 1, "power")]


def test_a_need_that_is_back_in_time_costs_nothing(tiny):
    log = _world(tiny, {"water": {"depends_on": {"power": {"endurance": "2 h"}}}})
    assert needs(log, "water") == [(10, "power", "lost", 130), (100, "power", "back")]
    assert levels(log, "water") == []


def test_endurance_that_ends_in_the_instant_in_which_the_need_is_back_has_ended(tiny):
    log = _world(tiny, {"water": {"depends_on": {"power": {"endurance": "90 min"}}, "recovers_after": "5 min"}})
    assert needs(log, "water") == [(10, "power", "lost", 100), (100, "power", "back")]
    assert levels(log, "water") == [(100, 0, "power"), (105, 1, "power")]


@pytest.mark.parametrize(("level", "falls"), [(0.49, True), (0.5, False), (0.51, False)])
def test_what_is_enough_is_enough(tiny, level, falls):
    log = _world(tiny, {"water": {"depends_on": {"power": {}}}}, [_power(sets={"power": level})])
    assert levels(log, "water") == ([(10, 0, "power"), (100, 1, "power")] if falls else [])


def test_partial_function(tiny):
    log = _world(tiny, {"water": {"depends_on": {"power": {"endurance": "30 min", "leaves": 0.4}}}})
    assert levels(log, "water") == [(40, 0.4, "power"), (100, 1, "power")]


def test_one_that_follows_has_the_others_level_but_never_less_than_what_it_leaves(tiny):
    log = _world(
        tiny,
        {"water": {"depends_on": {"power": {"leaves": 0.1, "follows": True}}}},
        [
            {"id": "a", "at": "10 min", "sets": {"power": 0.3}},
            {"id": "b", "at": "20 min", "sets": {"power": 0.2}},
            {"id": "c", "at": "30 min", "sets": {"power": 0}},
            {"id": "d", "at": "40 min", "sets": {"power": 0.4}},
            {"id": "e", "at": "50 min", "sets": {"power": 0.6}},
        ],
    )
    told = [(10, 0.3), (20, 0.2), (30, 0.1), (40, 0.4), (50, 1)]
    assert levels(log, "water") == [(minute, level, "power") for minute, level in told]


def test_its_own_level_and_what_it_needs_the_lower_holds(tiny):
    log = _world(
        tiny,
        {"water": {"depends_on": {"power": {"leaves": 0.5}}}},
        [
            _power(),
            {"id": "leak", "at": "20 min", "sets": {"water": 0.3}},
            {"id": "patched", "at": "50 min", "sets": {"water": 0.7}},
        ],
    )
    assert levels(log, "water") == [(10, 0.5, "power"), (20, 0.3, "leak"), (50, 0.5, "patched"), (100, 0.7, "power")]


def test_without_what_it_needs_at_startex(tiny):
    log = _world(
        tiny,
        {
            "power": {"level": 0},
            "water": {"depends_on": {"power": {}}},
            "heat": {"depends_on": {"power": {"endurance": "5 min"}}},
            "alarm": {"level": 0.2, "depends_on": {"power": {"leaves": 0.6}}},
        },
        [{"id": "on", "at": "30 min", "sets": {"power": 1}}],
    )
    assert levels(log, "water") == [(0, 0, "power"), (30, 1, "power")]
    assert levels(log, "heat") == [(5, 0, "power"), (30, 1, "power")]
    assert levels(log, "alarm") == []  # it had less than what its need leaves, and still has


def test_endurance_is_drawn_once_a_play_and_not_once_a_failure(tiny):
    events = [_power(lasts="1 h", repeat={"every": "2 h", "times": 3})]
    services = {"power": {}, "water": {"depends_on": {"power": {"endurance": {"mean": "30 min"}}}}}
    drawn = set()
    for log in tiny.plays(20, vocabulary=WORDS, scenario={"services": services, "events": events}, injects=QUIET):
        lasts = {lost.fails_at - lost.at for lost in of(log, NeedLost, service="water")}
        assert len(lasts) == 1
        drawn |= lasts
    assert len(drawn) == 20


# instead


RESERVE = {"water": {"depends_on": {"power": {"instead": ["reserve"]}}, "recovers_after": "20 min"}}


def test_reserve_power_that_starts_in_the_same_instant_is_not_noticed(tiny):
    log = _world(
        tiny,
        {"reserve": {"level": 0}, **RESERVE},
        [_power(sets={"power": 0, "reserve": 1}, lasts="90 min")],
    )
    assert needs(log, "water") == []
    assert levels(log, "water") == []
    assert levels(log, "reserve") == [(10, 1, "cut"), (100, 0, "cut")]


def test_reserve_power_that_fails_later_is(tiny):
    log = _world(
        tiny,
        {"reserve": {"level": 0}, **RESERVE},
        [
            _power(sets={"power": 0, "reserve": 1}),
            {"id": "empty", "at": "60 min", "sets": {"reserve": 0}},
        ],
    )
    assert needs(log, "water") == [(60, "power", "lost", 60), (100, "power", "back")]
    assert levels(log, "water") == [(60, 0, "power"), (120, 1, "power")]


def test_reserve_power_by_a_task_that_is_finished(tiny):
    log = _world(
        tiny,
        {"reserve": {"level": 0}, "water": {"depends_on": {"power": {"instead": ["reserve"], "endurance": "30 min"}}}},
        injects=[inject("E1", "20 min", asks_for="start")],
        procedures={"start": [task("start", "40 min", then={"sets": {"reserve": 1}})]},
    )
    assert needs(log, "water") == [(10, "power", "lost", 40), (60, "power", "back")]
    assert levels(log, "water") == [(40, 0, "power"), (60, 1, "power")]
    assert levels(log, "reserve") == [(60, 1, "E1/start")]


def test_either_of_two_that_go_at_the_same_time(tiny):
    """The one that is taken instead needs something too, and falls a step later in the same instant."""
    log = _world(
        tiny,
        {
            "pumps": {"depends_on": {"power": {}}},
            "reserve": {"depends_on": {"pumps": {}}},
            "water": {"depends_on": {"power": {"instead": ["reserve"]}}},
        },
    )
    assert levels(log, "water") == [(10, 0, "power"), (100, 1, "power")]
    assert len(of(log, NeedLost, service="water")) == 1


# cascades


CHAIN = {
    "pumps": {"depends_on": {"power": {}}},
    "water": {"depends_on": {"pumps": {}}},
    "heat": {"depends_on": {"water": {"leaves": 0.2}}},
    "alarm": {"depends_on": {"heat": {"at_least": 0.1}, "power": {"endurance": "15 min"}}},
}


def test_a_cascade_without_endurance_is_one_instant_from_what_is_needed_to_what_needs_it(tiny):
    log = _world(tiny, CHAIN)
    changed = [(at(r), r.service, r.level, r.caused_by) for r in of(log, ServiceChanged)]
    assert changed == [
        (10, "power", 0, "cut"),
        (10, "pumps", 0, "power"),
        (10, "water", 0, "pumps"),
        (10, "heat", 0.2, "water"),
        (25, "alarm", 0, "power"),
        (100, "power", 1, "cut"),
        (100, "pumps", 1, "power"),
        (100, "water", 1, "pumps"),
        (100, "heat", 1, "water"),
        (100, "alarm", 1, "power"),
    ]


def test_delays_of_a_cascade_add_up(tiny):
    log = _world(
        tiny,
        {
            "pumps": {"depends_on": {"power": {"endurance": "15 min"}}, "recovers_after": "5 min"},
            "water": {"depends_on": {"pumps": {"endurance": "20 min"}}, "recovers_after": "10 min"},
        },
    )
    assert levels(log, "pumps") == [(25, 0, "power"), (105, 1, "power")]
    assert needs(log, "water") == [(25, "pumps", "lost", 45), (105, "pumps", "back")]
    assert levels(log, "water") == [(45, 0, "pumps"), (115, 1, "pumps")]


def test_a_diamond_changes_each_service_once(tiny):
    log = _world(
        tiny,
        {
            "pumps": {"depends_on": {"power": {}}},
            "heat": {"depends_on": {"power": {}}},
            "water": {"depends_on": {"pumps": {}, "heat": {}}},
        },
    )
    assert [at(r) for r in of(log, ServiceChanged, service="water")] == [10, 100]


# several needs


def test_the_weakest_need_decides_and_is_named(tiny):
    log = _world(
        tiny,
        {"heat": {}, "water": {"depends_on": {"power": {"leaves": 0.5}, "heat": {"leaves": 0.2}}}},
        [
            _power(),
            {"id": "cold", "at": "30 min", "sets": {"heat": 0}},
            {"id": "warm", "at": "60 min", "sets": {"heat": 1}},
        ],
    )
    assert levels(log, "water") == [(10, 0.5, "power"), (30, 0.2, "heat"), (60, 0.5, "heat"), (100, 1, "power")]


def test_it_comes_back_when_all_is_back_that_it_needs_and_the_last_of_them_is_named(tiny):
    log = _world(
        tiny,
        {"heat": {}, "water": {"depends_on": {"power": {}, "heat": {}}, "recovers_after": "7 min"}},
        [
            _power(),
            {"id": "cold", "at": "30 min", "sets": {"heat": 0}, "lasts": "30 min"},
        ],
    )
    assert levels(log, "water") == [(10, 0, "power"), (107, 1, "power")]


def test_half_of_what_it_needs_is_back_and_then_the_other_half_each_takes_its_time(tiny):
    log = _world(
        tiny,
        {
            "heat": {},
            "water": {"depends_on": {"power": {"leaves": 0.5}, "heat": {"leaves": 0.2}}, "recovers_after": "20 min"},
        },
        [
            {"id": "a", "at": "10 min", "sets": {"power": 0, "heat": 0}},
            {"id": "b", "at": "50 min", "sets": {"heat": 1}},
            {"id": "c", "at": "60 min", "sets": {"power": 1}},
        ],
    )
    assert levels(log, "water") == [(10, 0.2, "heat"), (70, 0.5, "heat"), (80, 1, "power")]


def test_one_that_follows_comes_back_to_a_part_and_then_to_the_whole(tiny):
    log = _world(
        tiny,
        {"water": {"depends_on": {"power": {"follows": True}}, "recovers_after": "30 min"}},
        [
            _power(lasts=None, sets={"power": 0}),
            {"id": "some", "at": "50 min", "sets": {"power": 0.3}},
            {"id": "all", "at": "60 min", "sets": {"power": 1}},
        ],
    )
    assert levels(log, "water") == [(10, 0, "power"), (80, 0.3, "power"), (90, 1, "power")]


# recovery, and lost again


def test_recovery_takes_its_time(tiny):
    log = _world(tiny, {"water": {"depends_on": {"power": {}}, "recovers_after": "20 min"}})
    assert levels(log, "water") == [(10, 0, "power"), (120, 1, "power")]


def test_lost_again_before_it_has_come_back_it_stays_away_and_begins_anew(tiny):
    log = _world(
        tiny,
        {"water": {"depends_on": {"power": {}}, "recovers_after": "20 min"}},
        [_power(lasts="30 min", repeat={"every": "10 min", "times": 3})],
    )
    assert [(at(r), r.level) for r in of(log, ServiceChanged, service="power")] == [
        (10, 0),
        (40, 1),
        (50, 0),
        (80, 1),
        (90, 0),
        (120, 1),
    ]
    assert levels(log, "water") == [(10, 0, "power"), (140, 1, "power")]


def test_lost_again_and_back_in_one_recovery_counts_from_when_it_was_back_last(tiny):
    """A short glitch in the middle of a recovery: back at 60, away 65 to 67, so it comes at 67 + 20, not at 60 + 20."""
    log = _world(
        tiny,
        {"water": {"depends_on": {"power": {}}, "recovers_after": "20 min"}},
        [
            _power(lasts="50 min"),
            {"id": "glitch", "at": "65 min", "sets": {"power": 0}, "lasts": "2 min"},
        ],
    )
    assert levels(log, "water") == [(10, 0, "power"), (87, 1, "power")]


def test_endurance_that_was_used_comes_back_as_fast_as_it_went(tiny):
    log = _world(
        tiny,
        {"water": {"depends_on": {"power": {"endurance": "60 min"}}}},
        [
            _power(lasts="40 min"),  # 10 to 50: 40 used
            {
                "id": "two",
                "at": "65 min",
                "sets": {"power": 0},
                "lasts": "20 min",
            },  # 15 have come back: 25 used, 35 left
            {"id": "three", "at": "200 min", "sets": {"power": 0}, "lasts": "90 min"},  # all back
        ],
    )
    assert needs(log, "water") == [
        (10, "power", "lost", 70),
        (50, "power", "back"),
        (65, "power", "lost", 100),
        (85, "power", "back"),
        (200, "power", "lost", 260),
        (290, "power", "back"),
    ]
    assert levels(log, "water") == [(260, 0, "power"), (290, 1, "power")]


def test_what_was_used_up_wholly_comes_back_too(tiny):
    log = _world(
        tiny,
        {"water": {"depends_on": {"power": {"endurance": "30 min"}}}},
        [_power(), {"id": "two", "at": "110 min", "sets": {"power": 0}}],
    )
    # failed from 40 to 100; ten minutes' worth is back at 110
    assert needs(log, "water") == [(10, "power", "lost", 40), (100, "power", "back"), (110, "power", "lost", 120)]
    assert levels(log, "water") == [(40, 0, "power"), (100, 1, "power"), (120, 0, "power")]


# extended by a task


def _fuel(tiny, minute, by="50 min", recovers="0 min", events=None, endurance="30 min"):
    return _world(
        tiny,
        {"water": {"depends_on": {"power": {"endurance": endurance}}, "recovers_after": recovers}},
        events=[_power(lasts="3 h")] if events is None else events,
        injects=[inject("E1", f"{minute - 10} min", asks_for="refuel")],
        procedures={"refuel": [task("refuel", "10 min", then={"extends": {"water": by}})]},
    )


def test_fuel_before_it_fails_adds_to_what_is_left(tiny):
    log = _fuel(tiny, 30)
    assert one(log, ServiceExtended) == ServiceExtended(30 * MINUTE, "water", 50 * MINUTE, "E1/refuel")
    assert needs(log, "water") == [(10, "power", "lost", 40), (30, "power", "lost", 90), (190, "power", "back")]
    assert levels(log, "water") == [(90, 0, "power"), (190, 1, "power")]


def test_fuel_after_it_has_failed_brings_it_back_for_that_long(tiny):
    log = _fuel(tiny, 60)
    assert needs(log, "water") == [(10, "power", "lost", 40), (60, "power", "lost", 110), (190, "power", "back")]
    assert levels(log, "water") == [(40, 0, "power"), (60, 1, "E1/refuel"), (110, 0, "power"), (190, 1, "power")]


def test_fuel_for_what_takes_its_time_to_come_back(tiny):
    log = _fuel(tiny, 60, recovers="20 min")
    assert [x[:2] for x in levels(log, "water")] == [(40, 0), (80, 1), (110, 0), (210, 1)]


def test_fuel_before_anything_is_lost_is_there_when_it_is(tiny):
    log = _fuel(tiny, 30, events=[_power(at="40 min", lasts="3 h")])
    assert needs(log, "water")[0] == (40, "power", "lost", 120)


# events that last, permanent words, and what overlaps


def test_of_events_that_overlap_the_latest_word_holds_and_the_earlier_when_it_is_over(tiny):
    log = _world(
        tiny,
        {},
        [
            {"id": "a", "at": "10 min", "sets": {"power": 0.5}, "lasts": "60 min"},
            {"id": "b", "at": "30 min", "sets": {"power": 0.2}, "lasts": "20 min"},
            {"id": "c", "at": "40 min", "sets": {"power": 0.8}, "lasts": "50 min"},
        ],
    )
    assert levels(log, "power") == [(10, 0.5, "a"), (30, 0.2, "b"), (40, 0.8, "c"), (90, 1, "c")]


def test_a_word_for_good_holds_when_what_it_was_said_in_is_over(tiny):
    log = _world(
        tiny,
        {},
        [
            {"id": "a", "at": "10 min", "sets": {"power": 0.5}, "lasts": "60 min"},
            {"id": "good", "at": "20 min", "sets": {"power": 0.9}},
            {"id": "b", "at": "30 min", "sets": {"power": 0.1}, "lasts": "60 min"},
            {"id": "better", "at": "100 min", "sets": {"power": 0.95}},
        ],
    )
    assert levels(log, "power") == [
        (10, 0.5, "a"),
        (20, 0.9, "good"),
        (30, 0.1, "b"),
        (90, 0.9, "b"),
        (100, 0.95, "better"),
    ]


def test_an_event_that_lasts_and_comes_again_counts_from_when_it_is_over(tiny):
    log = _world(
        tiny,
        {},
        [_power(lasts="10 min", repeat={"every": "15 min", "times": 3}, sets={"power": 0.4})],
    )
    assert [at(r) for r in of(log, EventHappened, event="cut")] == [10, 35, 60]
    assert [at(r) for r in of(log, ServiceChanged, service="power")] == [10, 20, 35, 45, 60, 70]


def test_an_event_for_good_that_comes_again_counts_from_one_to_the_next(tiny):
    log = _world(tiny, {}, [_power(lasts=None, repeat={"every": "15 min", "times": 3}, sets={"power": 0.4})])
    assert [at(r) for r in of(log, EventHappened, event="cut")] == [10, 25, 40]
    assert levels(log, "power") == [(10, 0.4, "cut")]


def test_how_long_and_how_often_have_luck_of_their_own_for_each_occurrence(tiny):
    log = _world(
        tiny,
        {},
        [_power(lasts={"mean": "10 min"}, repeat={"every": {"mean": "20 min"}, "times": 6})],
    )
    names = ["event/cut", *(f"event/cut/{n}" for n in range(2, 7))]
    lasts = exponential(uniforms([f"{n}/lasts" for n in names])[0], 10 * MINUTE).tolist()
    gaps = exponential(uniforms([f"{n}/repeat" for n in names])[0], 20 * MINUTE).tolist()
    told, now = [], 10 * MINUTE
    for length, gap in zip(lasts, gaps, strict=True):
        told += [now, now + length]
        now += length + gap
    assert [r.at for r in of(log, ServiceChanged, service="power")] == [t for t in told if t <= 720 * MINUTE]


# injects and tasks that set what needs something


def test_a_scripted_inject_and_a_task_set_a_services_own_level_but_cannot_give_what_it_lacks(tiny):
    log = _world(
        tiny,
        {"water": {"depends_on": {"power": {"leaves": 0.4}}}},
        injects=[
            inject("E1", "20 min", scripted=True, sets={"water": 0.1}),
            inject("E2", "50 min", asks_for="mend"),
        ],
        procedures={"mend": [task("mend", "10 min", then={"sets": {"water": 1}})]},
    )
    assert levels(log, "water") == [(10, 0.4, "power"), (20, 0.1, "E1"), (60, 0.4, "E2/mend"), (100, 1, "power")]


def test_a_scripted_inject_that_says_what_is_so_already_changes_nothing(tiny):
    log = _world(tiny, {}, injects=[inject("E1", "20 min", scripted=True, sets={"power": 0})])
    # but the word stays when the event is over that said it before
    assert levels(log, "power") == [(10, 0, "cut")]


# what follows it


def test_conditions_and_texts_follow_services_that_fall(tiny):
    log = _world(
        tiny,
        {
            "water": {
                "affects": {"households": 12_345},
                "depends_on": {"power": {"endurance": "30 min", "leaves": 0.25}},
                "recovers_after": "5 min",
            }
        },
        injects=[
            inject("E1", when={"service": "water", "below": 0.3}, text="{water.out} utan, {water.level} har"),
            inject("E2", when={"all": [{"inject": "E1"}, {"service": "water", "at_least": 1}]}, text="{water.out}"),
            inject("E3", "12 min", text="{water.out}"),
            inject("E4", "50 min", unless={"service": "power", "below": 0.5}),
        ],
    )
    assert [(r.inject, at(r)) for r in of(log, InjectSent)] == [("E3", 12), ("E1", 40), ("E2", 105)]
    assert one(log, InjectSent, inject="E1").text == "9\u00a0259 utan, 25\u00a0% har"
    assert one(log, InjectSent, inject="E2").text == "0"
    assert one(log, InjectSent, inject="E3").text == "0"


def test_what_is_found_depends_on_the_service_when_the_work_begins(tiny):
    log = _world(
        tiny,
        {"water": {"depends_on": {"power": {"endurance": "30 min"}}}},
        injects=[inject(f"E{n}", minute, asks_for="look") for n, minute in enumerate(["39 min", "40 min"])],
        procedures={
            "look": [
                task(
                    "look",
                    "1 min",
                    establishes=["minor"],
                    finds=[{"when": {"service": "water", "below": 1}, "establishes": ["grave"]}],
                )
            ]
        },
    )
    assert [(f.fact, at(f)) for f in of(log, FactLearned, how="established", knower="officer")] == [
        ("minor", 40),
        ("grave", 41),
    ]
    assert len(of(log, TaskStarted)) == 2


def test_two_events_of_one_instant_leave_no_trace_in_what_lasts_through_both(tiny):
    """One outage ends in the same instant in which another begins; whatever needs it is down all the time."""
    log = _world(
        tiny,
        {"water": {"depends_on": {"power": {}}, "recovers_after": "5 min"}},
        [_power(lasts="30 min"), {"id": "two", "at": "40 min", "sets": {"power": 0}, "lasts": "20 min"}],
    )
    assert [x[:2] for x in levels(log, "water")] == [(10, 0), (65, 1)]
