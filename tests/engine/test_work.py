"""Queues, interruptions and ordinary work."""

import pytest

from ovning.log.records import (
    InjectReceived,
    TaskFinished,
    TaskInterrupted,
    TaskStarted,
    Waited,
    Worked,
)
from ovning.units import MINUTE
from tests.analytic.draws import uniforms
from tests.tiny import at, inject, of, one, person, task


def _worked(log, name):
    return [(w.since / 60_000, at(w), w.mode) for w in of(log, Worked, task=name, activity="work")]


def _waited(log, name):
    return [(w.since / 60_000, at(w), w.cause, w.station, w.detail) for w in of(log, Waited, task=name)]


DESK = {"write": [task("write", "30 min", needs="write", mode="desk")]}
CALL = {"talk": [task("talk", "5 min")]}


@pytest.mark.parametrize(("mode", "needs"), [("desk", "write"), ("field", "drive")])
def test_a_call_interrupts_and_the_rest_is_done_later(tiny, mode, needs):
    log = tiny.play(
        injects=[inject("E1", asks_for="work"), inject("E2", "10 min", asks_for="talk")],
        procedures={"work": [task("work", "30 min", needs=needs, mode=mode)], **CALL},
    )
    assert _worked(log, "E1/work") == [(0, 10, mode), (15, 35, mode)]
    assert _worked(log, "E2/talk") == [(10, 15, "call")]
    assert _waited(log, "E1/work") == [(10, 15, "queue", "officer", "interrupted")]
    assert [(at(r), r.by) for r in of(log, TaskInterrupted)] == [(10, "E2/talk")]
    assert at(one(log, TaskFinished, task="E1/work")) == 35
    assert len(of(log, TaskStarted, task="E1/work")) == 1


def test_every_call_interrupts_anew(tiny):
    log = tiny.play(
        injects=[
            inject("E1", asks_for="write"),
            inject("E2", "10 min", asks_for="talk"),
            inject("E3", "20 min", asks_for="talk"),
        ],
        procedures={**DESK, **CALL},
    )
    assert _worked(log, "E1/write") == [(0, 10, "desk"), (15, 20, "desk"), (25, 40, "desk")]


@pytest.mark.parametrize("mode", ["call", "desk"])
def test_nothing_interrupts_a_call_not_even_life(tiny, mode):
    log = tiny.play(
        injects=[inject("E1", asks_for="long"), inject("E2", "10 min", asks_for="next", priority="life")],
        procedures={"long": [task("talk", "30 min")], "next": [task("next", "5 min", mode=mode)]},
    )
    assert _worked(log, "E1/talk") == [(0, 30, "call")]
    assert _worked(log, "E2/next") == [(30, 35, mode)]
    assert _waited(log, "E2/next") == [(10, 30, "queue", "officer", "")]


def test_desk_work_interrupts_nothing_however_urgent(tiny):
    log = tiny.play(
        injects=[
            inject("E1", asks_for="write", priority="low"),
            inject("E2", "10 min", asks_for="write", priority="life"),
        ],
        procedures=DESK,
    )
    assert _worked(log, "E1/write") == [(0, 30, "desk")]
    assert _worked(log, "E2/write") == [(30, 60, "desk")]


def test_a_task_for_several_waits_for_all_of_them_and_is_never_interrupted(tiny):
    log = tiny.play(
        organisation={"people": {"officers": {"count": 2}}},
        injects=[
            inject("E1", asks_for="long"),
            inject("E2", "5 min", asks_for="carry"),
            inject("E3", "40 min", asks_for="talk"),
        ],
        procedures={
            "long": [task("talk", "30 min")],
            "carry": [task("carry", "20 min", needs="drive", mode="field", persons=2)],
            **CALL,
        },
    )
    carrying = of(log, Worked, task="E2/carry")
    assert sorted((w.person, w.since / 60_000, at(w)) for w in carrying) == [
        ("officers#1", 30, 50),
        ("officers#2", 30, 50),
    ]
    assert _worked(log, "E3/talk") == [(50, 55, "call")]
    assert of(log, TaskInterrupted) == []
    # of the two, the one who takes the message is the one who is named
    named = {(type(r), r.person) for r in log if isinstance(r, TaskStarted | InjectReceived) and at(r) == 30}
    assert named == {(TaskStarted, "officers#1"), (InjectReceived, "officers#1")}


def test_of_two_at_their_desks_the_less_urgent_is_interrupted(tiny):
    log = tiny.play(
        organisation={"people": {"officers": {"count": 2}}},
        injects=[
            inject("E1", asks_for="write", priority="low"),
            inject("E2", asks_for="write", priority="high"),
            inject("E3", "10 min", asks_for="talk"),
        ],
        procedures={**DESK, **CALL},
    )
    assert [r.task for r in of(log, TaskInterrupted)] == ["E1/write"]


def test_the_queue_goes_by_urgency_then_time_then_order(tiny):
    waiting = [
        inject("E2", "10 min", "talk", priority="low"),
        inject("E3", "20 min", "talk"),
        inject("E4", "15 min", "talk"),
        inject("E5", "50 min", "talk", priority="life"),
        inject("E6", "40 min", "talk"),
        inject("E7", "40 min", "talk"),
        inject("E8", "55 min", "talk", priority="high"),
    ]
    log = tiny.play(
        injects=[inject("E1", asks_for="long"), *waiting], procedures={"long": [task("talk", "1 h")], **CALL}
    )
    assert [r.inject for r in of(log, InjectReceived)] == ["E1", "E5", "E8", "E4", "E3", "E6", "E7", "E2"]
    assert [at(r) for r in of(log, InjectReceived)] == [0, 60, 65, 70, 75, 80, 85, 90]


def test_one_more_person_than_work_means_no_queue(tiny):
    log = tiny.play(
        organisation={"people": {"officers": {"count": 3}}},
        injects=[inject(f"E{n}", asks_for="talk") for n in (1, 2, 3)],
        procedures=CALL,
    )
    assert of(log, Waited) == []
    assert {w.person for w in of(log, Worked)} == {"officers#1", "officers#2", "officers#3"}


def _busy_shares(tiny, load, number=200, start="2026-01-20T10:00", **people):
    """Share of plays in which a call, and in which desk work, finds its function in the middle of ordinary work."""
    waits = {"call": 0, "desk": 0}
    for log in tiny.plays(
        number,
        assumptions={"ordinary_piece": {"mean": "20 min"}},
        organisation={
            "people": {"officers": {"works": "office_hours"}, "chiefs": {"works": "office_hours"}, **people},
            "functions": {
                "officer": {
                    "ordinary_load": load,
                    "on_call": {"count": 1, "reached": {"chance": 1, "delay": "0 min", "arrives": "0 min"}},
                },
                "chief": {
                    "ordinary_load": load,
                    "does": ["advise"],
                    "on_call": {"count": 1, "reached": {"chance": 1, "delay": "0 min", "arrives": "0 min"}},
                },
            },
        },
        scenario={"start": start},
        injects=[inject("E1", asks_for="talk"), inject("E2", to="role(executive)", asks_for="think")],
        procedures={**CALL, "think": [task("think", "10 min", needs="advise", mode="desk")]},
    ):
        waits["call"] += bool(of(log, Waited, task="E1/talk"))
        found = of(log, Waited, task="E2/think")
        assert all(w.detail == "ordinary_work" and w.cause == "queue" for w in found)
        waits["desk"] += bool(found)
    return waits["call"] / number, waits["desk"] / number


@pytest.mark.parametrize("load", [0.25, 0.75])
def test_ordinary_work_delays_desk_work_by_day_as_often_as_it_fills_the_day_but_never_a_call(tiny, load):
    call, desk = _busy_shares(tiny, load)
    assert call == 0
    assert abs(desk - load) < 4 * (load * (1 - load) / 200) ** 0.5


@pytest.mark.parametrize("start", ["2026-01-20T03:50", "2026-01-24T10:00", "2026-01-06T10:00"])
def test_there_is_no_ordinary_work_by_night_at_weekends_and_on_holidays(tiny, start):
    assert _busy_shares(tiny, 0.75, number=30, start=start) == (0, 0)


def test_the_day_begins_with_ordinary_work_as_often_as_it_fills_the_day(tiny):
    """Asked at 08:10, in days of pieces and gaps of 20 min: who began with a piece is in it until 08:20."""
    logs = tiny.plays(
        30,
        organisation={
            "people": {"officers": {"works": "office_hours"}},
            "functions": {"officer": {"ordinary_load": 0.5}},
        },
        scenario={"start": "2026-01-20T08:00"},
        injects=[inject("E1", "10 min", asks_for="write")],
        procedures=DESK,
    )
    busy = uniforms(["ordinary/duty/0/0/busy"], replications=range(30))[:, 0] < 0.5
    assert [at(one(log, TaskStarted)) for log in logs] == [20 if begins else 10 for begins in busy]


def test_whoever_has_just_worked_for_us_goes_on_before_ordinary_work(tiny):
    for log in tiny.plays(
        30,
        organisation={
            "people": {"officers": {"works": "office_hours"}},
            "functions": {"officer": {"ordinary_load": 0.9}},
        },
        injects=[inject("E1", asks_for="both")],
        procedures={"both": [task("talk", "5 min"), task("note", "5 min", needs="write", mode="desk", after=["talk"])]},
    ):
        assert [(w.since / 60_000, at(w)) for w in of(log, Worked)] == [(0, 5), (5, 10)]


def test_work_begun_is_finished_after_closing_time(tiny):
    log = tiny.play(
        organisation={"people": {"officers": {"works": "office_hours"}}},
        scenario={"start": "2026-01-20T16:50"},
        injects=[inject("E1", asks_for="write")],
        procedures=DESK,
    )
    assert _worked(log, "E1/write") == [(0, 30, "desk")]


def test_somebody_with_two_hats_does_one_thing_at_a_time(tiny):
    log = tiny.play(
        organisation={
            "functions": {"expert": person("depot", "expert", "officers", does=["advise", "receive_alarm"])},
        },
        injects=[
            inject("E1", asks_for="talk"),
            inject("E2", to="role(expert)", asks_for="think"),
            inject("E3", "2 min", to="role(expert)", asks_for="talk"),
        ],
        procedures={**CALL, "think": [task("think", "10 min", needs="advise", mode="desk")]},
    )
    spans = sorted((w.since / 60_000, at(w), w.station) for w in of(log, Worked, person="officers#1"))
    assert spans == [(0, 5, "officer"), (5, 10, "expert"), (10, 20, "expert")]


def test_the_rest_of_an_interrupted_task_is_offered_to_colleagues(tiny):
    log = tiny.play(
        organisation={
            "people": {"both": {"count": 1, "works": "always"}, "others": {"count": 1, "works": "always"}},
            "functions": {
                "writer": person("office", "helper", ["others", "both"], does=["write"]),
                "adviser": person("office", "expert", "both", does=["advise"]),
                "driver": person("office", "board", "others", does=["drive"]),
            },
        },
        injects=[
            inject("E0", asks_for="go", to="role(board)"),
            inject("E1", "1 min", asks_for="write", to="role(helper)"),
            inject("E2", "20 min", asks_for="ask", to="role(expert)"),
        ],
        procedures={
            "go": [task("go", "5 min", needs="drive")],
            "write": [task("write", "1 h", needs="write", mode="desk")],
            "ask": [task("ask", "30 min", needs="advise")],
        },
    )
    # the one who began is called away at 20; the colleague, free since 5, takes the remaining 41 minutes at once
    assert _worked(log, "E1/write") == [(1, 20, "desk"), (20, 61, "desk")]
    assert [w.person for w in of(log, Worked, task="E1/write", activity="work")] == ["both#1", "others#1"]


def test_what_is_interrupted_waits_for_the_station_where_it_was_begun(tiny):
    """Asked of the adviser, who is on the telephone until 60; the helper, asked at 12, is called away at 20."""
    log = tiny.play(
        organisation={
            "people": {"experts": {"count": 1, "works": "always"}, "helpers": {"count": 1, "works": "always"}},
            "functions": {
                "adviser": person("office", "expert", "experts", does=["advise"]),
                "helper": person("office", "helper", "helpers", does=["advise", "write"]),
            },
        },
        injects=[
            inject("E1", asks_for="ask", to="role(expert)"),
            inject("E2", asks_for="think"),
            inject("E3", "20 min", asks_for="tell", to="role(helper)"),
        ],
        procedures={
            "ask": [task("ask", "1 h", needs="advise")],
            "think": [task("talk", "1 min"), task("think", "30 min", needs="advise", mode="desk", after=["talk"])],
            "tell": [task("tell", "10 min", needs="write")],
        },
    )
    assert _worked(log, "E2/think") == [(12, 20, "desk"), (30, 52, "desk")]
    assert _waited(log, "E2/think") == [
        (1, 2, "transmission", "adviser", ""),
        (2, 12, "queue", "adviser", ""),
        (20, 30, "queue", "helper", "interrupted"),
    ]


def test_why_desk_work_waits_changes_when_the_day_begins_though_nothing_changes_for_calls(tiny):
    """Reached at home at 07:34 and on the telephone until 08:34; desk work is nothing for home, until it is 08:00."""
    log = tiny.play(
        organisation={"people": {"officers": {"works": "office_hours"}}},
        scenario={"start": "2026-01-20T07:30"},
        injects=[
            inject("E1", asks_for="long"),
            inject("E2", "10 min", asks_for="talk"),
            inject("E3", "12 min", asks_for="write"),
        ],
        procedures={"long": [task("long", "1 h")], **CALL, **DESK},
    )
    assert _waited(log, "E2/talk") == [(10, 64, "queue", "officer", "")]
    assert _waited(log, "E3/write") == [(12, 30, "unavailable", "officer", ""), (30, 69, "queue", "officer", "")]


@pytest.mark.parametrize(("first", "second"), [("aaa", "zzz"), ("zzz", "aaa")])
def test_of_two_who_are_free_at_once_the_one_asked_first_takes_it(tiny, first, second):
    log = tiny.play(
        organisation={
            "people": {
                "ones": {"count": 1, "works": "office_hours"},
                "twos": {"count": 1, "works": "office_hours"},
            },
            "functions": {
                first: person("depot", "expert", "ones", does=["advise"], deputies=[{"function": second}]),
                second: person("depot", "helper", "twos", does=["drive"]),
            },
        },
        injects=[inject("E1", asks_for="ask")],
        procedures={"ask": [task("ask", "10 min", needs="advise", mode="desk")]},
        scenario={"start": "2026-01-20T02:00"},
    )
    started = one(log, TaskStarted, task="E1/ask")
    assert (at(started), started.station) == (360, first)


def test_work_for_two_is_not_starved_by_what_is_less_urgent(tiny):
    """Two drivers on rounds of 40 or 60 min without end: a task for two that comes at 30 waits for the two rounds
    that are under way, and whoever is free first for the other; no round begins before it.
    """
    rounds = {
        "visits": {
            "title": "Rundor",
            "one": "runda",
            "arrives": {"lacking": "power"},
            "stages": [
                {
                    "stage": "round",
                    "title": "Köra en runda",
                    "needs": "drive",
                    "mode": "field",
                    "takes": {"samples": ["40 min", "60 min"]},
                }
            ],
        }
    }
    log = tiny.play(
        organisation={
            "people": {"drivers": {"count": 2, "works": "always"}},
            "functions": {
                "officer": {"does": ["receive_alarm"]},
                "driver": person("depot", "helper", "drivers", does=["drive"]),
            },
        },
        scenario={
            "services": {"power": {"affects": {"persons": 40}}},
            "events": [{"id": "cut", "at": "0 min", "sets": {"power": 0}}],
            "flows": rounds,
        },
        injects=[inject("E1", "30 min", asks_for="lift")],
        procedures={"lift": [task("lift", "20 min", needs="drive", mode="field", persons=2)]},
    )
    begun = one(log, TaskStarted, task="E1/lift")
    spans = [(w.since, w.at, w.person) for w in of(log, Worked, activity="flow")]
    under_way = [(since, until) for since, until, _ in spans if since < begun.at - 1 and until > 30 * MINUTE]
    assert len(under_way) == 2  # the two rounds that were under way when it came, and none begun after
    assert begun.at == max(until for _, until in under_way)
    assert {w.person for w in of(log, Worked, task="E1/lift", activity="work")} == {"drivers#1", "drivers#2"}
    assert any(since == begun.at + 20 * MINUTE for since, _, _ in spans)
