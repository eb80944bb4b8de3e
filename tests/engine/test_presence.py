"""Who is there: at work, on call, off duty; who is telephoned, and who comes."""

from datetime import date

import pytest

from ovning.log.records import (
    ContactAttempted,
    FactLearned,
    PersonArrived,
    PersonReached,
    TaskFinished,
    TaskStarted,
    TaskUnfinished,
    Waited,
    Worked,
)
from tests.tiny import LEVEL, at, inject, of, one, person, task

NIGHT = {"start": "2026-01-20T03:50"}
TALK = {"talk": [task("talk", "5 min")]}


def _on_call(**more):
    return {"on_call": {"count": 1, "reached": {"chance": 1, "delay": "4 min", "arrives": "30 min"}, **more}}


def _team(count=4, on_call=None, works="office_hours"):
    return {
        "people": {"officers": {"count": count, "works": works}},
        "functions": {"officer": on_call or {}},
    }


@pytest.mark.parametrize("start", ["2026-01-20T03:50", "2026-01-27T03:50", "2026-02-03T03:50", "2026-01-25T23:00"])
@pytest.mark.parametrize("count", [1, 2])
def test_the_rota_goes_week_by_week_through_the_people_of_the_function(tiny, start, count):
    log = tiny.play(
        organisation=_team(5, _on_call(count=count)),
        scenario={"start": start, "horizon": "30 min"},
        injects=[inject("E1", asks_for="talk")],
        procedures=TALK,
    )
    week = (date.fromisoformat(start[:10]).toordinal() - 1) // 7
    assert one(log, PersonReached).person == f"officers#{week * count % 5 + 1}"
    assert at(one(log, PersonReached)) == 4


def test_the_next_on_the_rota_is_tried_when_the_first_does_not_answer(tiny):
    asked = 0
    for log in tiny.plays(
        40,
        organisation=_team(5, _on_call(count=2, reached={"chance": 0.5, "delay": "1 min"})),
        scenario={**NIGHT, "horizon": "30 min"},
        injects=[inject("E1", asks_for="talk")],
        procedures=TALK,
    ):
        tries = of(log, ContactAttempted, station="officer")
        if tries[0].answers_at is None:
            asked += 1
            assert [at(t) for t in tries] == [0, 5]
            assert tries[0].person != tries[1].person
        else:
            assert len(tries) == 1
    assert 10 < asked < 30


def test_by_day_everybody_at_work_answers_unless_the_rota_holds_round_the_clock(tiny):
    takers = {}
    for held in (False, True):
        log = tiny.play(
            organisation=_team(4, _on_call(round_the_clock=held)),
            injects=[inject(f"E{n}", asks_for="talk") for n in (1, 2, 3)],
            procedures=TALK,
        )
        takers[held] = [(at(s), s.person) for s in of(log, TaskStarted)]
    assert [minute for minute, _ in takers[False]] == [0, 0, 0]
    assert len({who for _, who in takers[False]}) == 3
    assert [minute for minute, _ in takers[True]] == [0, 5, 10]
    assert len({who for _, who in takers[True]}) == 1


def test_somebody_off_duty_may_be_telephoned_but_does_not_come_to_a_desk_unasked(tiny):
    log = tiny.play(
        organisation=_team(1),
        scenario={**NIGHT, "horizon": "4 h"},
        injects=[inject("E1", asks_for="talk"), inject("E2", asks_for="write")],
        procedures={**TALK, "write": [task("write", "5 min", needs="write", mode="desk")]},
    )
    assert at(one(log, TaskFinished, task="E1/talk")) == 9
    assert at(one(log, TaskUnfinished, task="E2/write")) == 240
    assert {w.cause for w in of(log, Waited, task="E2/write")} == {"unavailable"}
    assert of(log, PersonArrived) == []


def test_desk_work_waits_for_the_morning(tiny):
    log = tiny.play(
        organisation=_team(1),
        scenario=NIGHT,
        injects=[inject("E2", asks_for="write")],
        procedures={"write": [task("write", "5 min", needs="write", mode="desk")]},
    )
    assert at(one(log, TaskStarted, task="E2/write")) == 250  # 03:50 to 08:00


def test_once_a_level_calls_people_in_they_come_to_their_desks(tiny):
    begun = {}
    for calls_in in (True, False):
        log = tiny.play(
            organisation={
                "people": {"experts": {"count": 1, "works": "office_hours"}},
                "functions": {
                    "officer": {"does": ["receive_alarm", "assess_severity"]},
                    "expert": person("depot", "expert", "experts", does=["advise"]),
                },
            },
            levels=[
                {
                    "id": "watch",
                    "title": "Bevakning",
                    "recommended_when": {"known_severity": 3},
                    "decided_by": "chief",
                    "calls_in": calls_in,
                }
            ],
            scenario=NIGHT,
            injects=[inject("E1", asks_for="talk", facts=["grave"]), inject("E2", "1 h", asks_for="think")],
            procedures={
                **TALK,
                "think": [task("talk", "5 min"), task("think", "5 min", needs="advise", mode="desk", after=["talk"])],
            },
        )
        begun[calls_in] = at(one(log, TaskStarted, task="E2/think"))
    # received at 65, passed on at 66, answers 4 min later, in place 30 min after that
    assert begun == {True: 100, False: 250}


def test_on_call_people_do_desk_work_at_home_and_field_work_once_they_have_come(tiny):
    log = tiny.play(
        organisation=_team(1, _on_call()),
        scenario={**NIGHT, "horizon": "3 h"},
        injects=[inject("E1", asks_for="write"), inject("E2", asks_for="drive")],
        procedures={
            "write": [task("write", "5 min", needs="write", mode="desk")],
            "drive": [task("drive", "10 min", needs="drive", mode="field")],
        },
    )
    assert at(one(log, TaskStarted, task="E1/write")) == 4
    assert at(one(log, PersonArrived)) == 34
    assert at(one(log, TaskStarted, task="E2/drive")) == 34


def test_who_sleeps_through_the_night_is_called_again_in_the_morning(tiny):
    log = tiny.play(
        organisation=_team(1, _on_call(reached={"chance": {"day": 1, "night": 0}, "delay": "4 min"})),
        scenario=NIGHT,
        injects=[inject("E1", asks_for="talk")],
        procedures=TALK,
    )
    assert [(at(c), c.answers_at) for c in of(log, ContactAttempted)] == [(0, None), (130, 134 * 60_000)]
    assert at(one(log, TaskStarted, task="E1/talk")) == 134  # 06:00 and four minutes


def test_whoever_is_asked_for_later_in_the_night_is_called_again_in_the_morning_too(tiny):
    """Asked at 04:50 in vain, and again at 06:00, when the night is over for them."""
    log = tiny.play(
        organisation=_team(1, _on_call(reached={"chance": {"day": 1, "night": 0}, "delay": "4 min"})),
        scenario=NIGHT,
        injects=[inject("E1", "1 h", asks_for="talk")],
        procedures=TALK,
    )
    assert [(at(c), c.answers_at) for c in of(log, ContactAttempted)] == [(60, None), (130, 134 * 60_000)]


def test_somebody_woken_stays_within_reach_for_a_while_after_their_last_work(tiny):
    log = tiny.play(
        organisation=_team(1, _on_call()),
        scenario={"start": "2026-01-17T10:00"},
        injects=[
            inject("E1", asks_for="talk"),
            inject("E2", "2 h", asks_for="talk"),
            inject("E3", "5 h", asks_for="talk"),
        ],
        procedures=TALK,
    )
    # last work ends at 9, awake until 129; E2 is taken at once and ends at 125, awake until 245
    assert [at(c) for c in of(log, ContactAttempted)] == [0, 300]
    assert [at(s) for s in of(log, TaskStarted)] == [4, 120, 304]


@pytest.mark.parametrize("away", [False, True])
def test_what_can_be_seen_is_not_seen_by_somebody_who_is_away(tiny, away):
    """Told at 0 and awake for two hours since; away from 10."""
    gone = [{"id": "gone", "at": "10 min", "away": ["duty"]}] if away else []
    log = tiny.play(
        organisation={"people": {"officers": {"works": "never"}, "chiefs": {"works": "never"}}},
        scenario={"events": [*gone, {"id": "dark", "at": "30 min", "tells": "grave"}]},
        injects=[inject("E1", asks_for="talk")],
        procedures=TALK,
    )
    assert [(at(r), r.knower) for r in of(log, FactLearned, fact="grave")] == ([] if away else [(30, "officer")])


def test_presence_does_not_lapse_while_somebody_is_busy(tiny):
    log = tiny.play(
        assumptions={"stays_awake": "1 h"},
        organisation=_team(1, _on_call()),
        scenario={"start": "2026-01-17T10:00"},
        injects=[inject("E1", asks_for="long"), inject("E2", "3 h", asks_for="talk")],
        procedures={"long": [task("talk", "4 h")], **TALK},
    )
    assert len(of(log, ContactAttempted)) == 1
    assert at(one(log, TaskStarted, task="E2/talk")) == 244


@pytest.mark.parametrize("luck", ["person", "call"])
def test_whether_somebody_can_be_reached_belongs_to_the_person_or_to_the_call(tiny, luck):
    differ = answered = 0
    for log in tiny.plays(
        60,
        assumptions={"luck_of_the_night": luck, "stays_awake": "10 min"},
        organisation=_team(1, _on_call(reached={"chance": 0.5, "delay": "4 min"})),
        scenario={"start": "2026-01-20T00:30", "horizon": "3 h"},
        injects=[inject("E1", asks_for="talk"), inject("E2", "2 h", asks_for="talk")],
        procedures=TALK,
    ):
        tries = {c.task: c.answers_at is not None for c in of(log, ContactAttempted)}
        answered += tries["E1/talk"]
        differ += tries["E1/talk"] != tries["E2/talk"]
    assert 15 < answered < 45
    assert (differ == 0) if luck == "person" else (15 < differ < 45)


def test_whoever_works_round_the_clock_needs_no_call(tiny):
    log = tiny.play(scenario=NIGHT, injects=[inject("E1", asks_for="talk")], procedures=TALK)
    assert of(log, ContactAttempted) == []
    assert at(one(log, Worked)) == 5


def test_those_at_work_are_called_in_to_a_staff_before_those_on_call_and_those_off(tiny):
    log = tiny.play(
        organisation={
            "people": {
                "sleepers": {"count": 1, "works": "never"},
                "jours": {"count": 1, "works": "never"},
                "posts": {"count": 1, "works": "always"},
            },
            "functions": {
                "officer": {"does": ["receive_alarm", "assess_severity", "alert"]},
                "jour": person(
                    "depot", "helper", "jours", **_on_call(reached={"chance": 1, "delay": "4 min", "arrives": "20 min"})
                ),
            },
        },
        levels=[{**LEVEL, "staffs": {"chief": 3}, "active_when": {"seats": 3}}],
        staff={"chief": ["sleepers", "jours", "posts"]},
        scenario=NIGHT,
        injects=[inject("E1", asks_for="talk", facts=["grave"])],
        procedures=TALK,
    )
    # the call is out at 19 as in the day played by hand; a post is there 10 min later, the one on call after 4 + 20,
    # the sleeper after 4 + 30
    seats = [(at(r), r.person) for r in log if type(r).__name__ == "SeatFilled"]
    assert seats == [(29, "posts#1"), (43, "jours#1"), (53, "sleepers#1")]


def test_the_rota_changes_while_the_telephone_rings(tiny):
    log = tiny.play(
        organisation=_team(5, _on_call()),
        scenario={"start": "2026-01-25T23:59"},
        injects=[inject("E1", asks_for="talk")],
        procedures=TALK,
    )
    assert at(one(log, TaskStarted)) <= 10


def test_a_level_that_calls_people_in_sees_to_what_already_waits(tiny):
    log = tiny.play(
        organisation={
            "people": {
                "leaders": {"count": 1, "works": "always"},
                "pics": {"count": 1, "works": "always"},
                "mechanics": {"count": 1, "works": "office_hours"},
                "officers": {"count": 3},
            },
            "functions": {
                "officer": {"does": ["receive_alarm", "assess_severity", "alert"]},
                "mechanic": person("depot", "expert", "mechanics", does=["advise"]),
            },
        },
        levels=[LEVEL],
        staff={"chief": ["leaders"], "picture": ["pics"]},
        injects=[
            inject("E1", asks_for="mend"),
            inject("E2", "30 min", asks_for="talk", facts=["grave"]),
        ],
        procedures={**TALK, "mend": [task("mend", "20 min", needs="advise", mode="field")]},
        scenario={"start": "2026-01-20T18:00", "horizon": "24 h"},
    )
    # decided at 44; the mechanic answers in 4 and comes in 30
    assert [at(c) for c in of(log, ContactAttempted, task="E1/mend")] == [44]
    assert at(one(log, TaskStarted, task="E1/mend")) == 78


WATCH = {
    "id": "watch",
    "title": "Bevakning",
    "recommended_when": {"known_severity": 3},
    "decided_by": "chief",
    "calls_in": True,
}
CREW = {"chance": 1, "delay": "4 min", "arrives": "30 min"}
"""How whoever carries the crew's telephone is reached; at home and off duty they answer later and have farther."""


def _called_in(tiny, mode, off_duty, count=2, on_call=CREW, **more):
    """A crew of two, one of them on call: the second inject takes both of them, once a level calls people in."""
    return tiny.play(
        organisation={
            "people": {"crews": {"count": count, "works": "never", "reached": off_duty}},
            "functions": {
                "officer": {"does": ["receive_alarm", "assess_severity"]},
                "crew": person("depot", "expert", "crews", does=["advise"], on_call={"count": 1, "reached": on_call}),
            },
        },
        levels=[WATCH],
        scenario=NIGHT,
        injects=[inject("E1", asks_for="talk", facts=["grave"]), inject("E2", "1 h", asks_for="think")],
        procedures={
            **TALK,
            "think": [
                task("talk", "5 min"),
                task("think", "5 min", needs="advise", mode=mode, persons=2, after=["talk"]),
            ],
        },
        **more,
    )


def test_who_is_called_in_and_not_on_call_is_reached_as_off_duty_and_works_at_a_desk_once_they_have_come(tiny):
    off_duty = {"chance": 1, "delay": "10 min", "arrives": "50 min"}
    # asked at 66: the one on call answers at 70, the other is called at 71, answers at 81 and comes at 131
    log = _called_in(tiny, "desk", off_duty)
    calls = of(log, ContactAttempted, task="E2/think")
    assert [(at(c), c.answers_at / 60_000) for c in calls] == [(66, 70), (71, 81)]
    assert [at(a) for a in of(log, PersonArrived)] == [131]
    assert at(one(log, TaskStarted, task="E2/think")) == 131
    assert at(one(_called_in(tiny, "call", off_duty), TaskStarted, task="E2/think")) == 81


def test_who_is_off_duty_does_not_come_by_the_rota_of_their_function(tiny):
    log = _called_in(tiny, "desk", {"chance": 1, "delay": "10 min"})  # they answer, and never come
    assert [c.person for c in of(log, ContactAttempted, task="E2/think")] == [
        one(log, PersonReached, station="crew").person
    ]


def test_when_a_level_calls_people_in_the_calls_follow_the_order_of_the_queues(tiny):
    """Three wait for their experts: first the urgent one, then by when they were asked for, not by name."""
    silent = {"chance": 0, "delay": "4 min", "arrives": "30 min"}
    names = ("alpha", "beta", "gamma")
    for urgent in names:
        log = tiny.play(
            vocabulary={
                "capabilities": {name: {"title": name, "meaning": name} for name in names},
            },
            organisation={
                "people": {f"{name}s": {"count": 1, "works": "never", "reached": silent} for name in names},
                "functions": {
                    "officer": {"does": ["receive_alarm", "assess_severity"]},
                    **{name: person("depot", "expert", f"{name}s", does=[name]) for name in names},
                },
            },
            levels=[WATCH],
            scenario=NIGHT,
            injects=[
                *(
                    inject(f"E{n}", f"{n} h", asks_for=name, priority="high" if name == urgent else "normal")
                    for n, name in enumerate(reversed(names), 1)
                ),
                inject("E4", "4 h", asks_for="talk", facts=["grave"]),
            ],
            procedures=TALK
            | {
                name: [task("hear", "5 min"), task("work", "5 min", needs=name, mode="field", after=["hear"])]
                for name in names
            },
        )
        order = [urgent, *(name for name in reversed(names) if name != urgent)]
        called = [c for c in of(log, ContactAttempted) if c.at == of(log, ContactAttempted)[0].at]
        assert [c.station for c in called] == order


def test_nobody_more_is_called_when_one_is_there_and_the_other_on_the_way(tiny):
    """It takes two: the one on call is there at 71, the next answers at 75 and comes; the third sleeps on."""
    log = _called_in(tiny, "field", {**CREW, "arrives": "50 min"}, count=3, on_call={**CREW, "arrives": "1 min"})
    calls = of(log, ContactAttempted, task="E2/think")
    assert [(at(c), c.answers_at / 60_000) for c in calls] == [(66, 70), (71, 75)]
    assert [at(a) for a in of(log, PersonArrived)] == [71, 125]
    assert at(one(log, TaskStarted, task="E2/think")) == 125
