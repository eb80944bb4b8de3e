"""Channels that die with what they need: other ways are taken, and what has none waits."""

import pytest

from ovning.engine import compile_play, play
from ovning.log.records import (
    BodyConvened,
    ContactAttempted,
    HandedOver,
    InjectReceived,
    LevelActivated,
    MemberPresent,
    PersonReached,
    ReliefAgreed,
    SeatFilled,
    TaskStarted,
    TaskUnfinished,
    Waited,
)
from tests.analytic.draws import uniforms
from tests.tiny import LEVEL, at, inject, of, one, person, task

WORDS = {"channels": {"letter": {"title": "Brev", "meaning": "Skrivet", "written": True}}}
MOBILE = {"mobile": {"at_least": 0.5}}
PHONE = {"id": "phone", "delay": "1 min", "depends_on": MOBILE}
MESSENGER = {"id": "messenger", "delay": "20 min"}
RADIO = {"id": "radio", "delay": "3 min", "reach": "at_work"}
LETTER = {"id": "letter", "delay": "2 min"}
DEAD = {"services": {"mobile": {"level": 0}}}
BACK = {"services": {"mobile": {"level": 0}}, "events": [{"id": "back", "at": "2 h", "sets": {"mobile": 1}}]}
NIGHT = {"start": "2026-01-20T02:00"}
TALK = {"talk": [task("talk", "5 min")]}
ON_CALL = {"on_call": {"count": 1, "reached": {"chance": 1, "delay": "4 min", "arrives": "30 min"}}}


def _to_the_expert(tiny, channels, scenario, experts=None, injects=None, plays=1, **more):
    """An officer is told something and passes it on to an expert elsewhere, 1 min of talk and then the channel."""
    setup = tiny.setup(
        vocabulary=WORDS,
        organisation={
            "people": {"experts": {"count": 1, "works": "always", **(experts or {})}},
            "functions": {"expert": person("depot", "expert", "experts", does=["advise"])},
            "channels": channels,
            **more,
        },
        scenario=scenario,
        injects=injects or [inject("E1", asks_for="advice")],
        procedures={"advice": [task("talk", "5 min"), task("advise", needs="advise", after=["talk"])]},
    )
    if plays == 1:
        return tiny.replay(setup)
    compiled = compile_play(setup)
    return [play(compiled, 1, replication) for replication in range(plays)]


def waits(log, name):
    return [(w.since / 60_000, at(w), w.cause, w.station, w.detail) for w in of(log, Waited, task=name)]


# from one station to another


def test_the_first_channel_that_works_is_taken(tiny):
    log = _to_the_expert(tiny, [PHONE, MESSENGER], {"services": {"mobile": {}}})
    # told at 1, until 6; passed on at 7 and heard at 8
    assert waits(log, "E1/talk") == [(0, 1, "transmission", "officer", "phone")]
    assert [(w[:4]) for w in waits(log, "E1/advise")][-1] == (7, 8, "transmission", "expert")
    assert one(log, HandedOver).channel == "phone"


def test_when_it_is_dead_the_next_is_and_the_time_is_that_of_the_channel_that_is_down(tiny):
    log = _to_the_expert(tiny, [PHONE, MESSENGER], DEAD)
    assert waits(log, "E1/talk") == [(0, 20, "channel_down", "officer", "messenger")]
    # until 25, passed on at 26, with the messenger until 46
    assert waits(log, "E1/advise") == [
        (25, 26, "transmission", "expert", ""),
        (26, 46, "channel_down", "expert", "messenger"),
    ]
    assert [(r.channel, r.since / 60_000, at(r)) for r in of(log, HandedOver)] == [("messenger", 26, 46)]


def test_a_channel_that_never_was_first_is_not_down(tiny):
    log = _to_the_expert(tiny, [MESSENGER, PHONE], DEAD)
    assert {w[2] for w in waits(log, "E1/advise")} == {"transmission"}


def test_where_nothing_works_it_waits_and_goes_on_when_the_service_is_back(tiny):
    log = _to_the_expert(tiny, [PHONE], BACK)
    assert waits(log, "E1/talk") == [
        (0, 120, "channel_down", "officer", ""),
        (120, 121, "transmission", "officer", "phone"),
    ]
    assert at(one(log, InjectReceived)) == 121


def test_where_nothing_works_to_the_end_it_is_never_received(tiny):
    log = _to_the_expert(tiny, [PHONE], DEAD)
    assert of(log, InjectReceived) == []
    assert one(log, TaskUnfinished).state == "waiting"
    assert waits(log, "E1/talk") == [(0, 720, "channel_down", "officer", "")]


def test_a_channel_follows_the_service_up_and_down(tiny):
    log = _to_the_expert(
        tiny,
        [PHONE, MESSENGER],
        {
            "services": {"mobile": {}},
            "events": [{"id": "out", "at": "30 min", "sets": {"mobile": 0.49}, "lasts": "60 min"}],
        },
        injects=[inject(f"E{n}", f"{30 * n} min", asks_for="advice") for n in range(4)],
    )
    used = {r.task[:2]: r.channel for r in of(log, HandedOver)}
    assert used == {"E0": "phone", "E1": "messenger", "E2": "messenger", "E3": "phone"}


def test_half_of_it_is_enough_if_the_channel_says_so(tiny):
    for level, channel in ((0.5, "phone"), (0.49, "messenger")):
        log = _to_the_expert(tiny, [PHONE, MESSENGER], {"services": {"mobile": {"level": level}}})
        assert one(log, HandedOver).channel == channel


def test_at_work_reaches_those_at_work(tiny):
    for works, channel in (("always", "radio"), ("office_hours", "messenger")):
        log = _to_the_expert(
            tiny,
            [PHONE, RADIO, MESSENGER],
            {**DEAD, "start": "2026-01-20T05:00", "horizon": "3 h"},
            experts={"works": works},
        )
        assert {r.channel for r in of(log, HandedOver)} == {channel}


def test_a_channel_that_needs_two_services_dies_with_either(tiny):
    phone = {**PHONE, "depends_on": {"mobile": {"at_least": 0.5}, "power": {"at_least": 0.5}}}
    for services, channel in (
        ({"mobile": {}, "power": {}}, "phone"),
        ({"mobile": {"level": 0}, "power": {}}, "messenger"),
        ({"mobile": {}, "power": {"level": 0}}, "messenger"),
    ):
        log = _to_the_expert(tiny, [phone, MESSENGER], {"services": services})
        assert one(log, HandedOver).channel == channel


def test_the_telephone_network_lives_on_batteries_and_dies_with_them(tiny):
    log = _to_the_expert(
        tiny,
        [PHONE, MESSENGER],
        {
            "services": {"power": {}, "mobile": {"depends_on": {"power": {"endurance": "70 min"}}}},
            "events": [{"id": "cut", "at": "0 min", "sets": {"power": 0}}],
        },
        injects=[inject(f"E{n}", f"{30 * n} min", asks_for="advice") for n in range(4)],
    )
    used = {r.task[:2]: r.channel for r in of(log, HandedOver)}
    assert used == {"E0": "phone", "E1": "phone", "E2": "phone", "E3": "messenger"}


# a share of the ends


SOME = {"id": "phone", "delay": "1 min", "depends_on": {"mobile": {"at_least": 0.5, "share": 0.4}}}


def test_for_a_share_of_the_ends_it_is_dead_and_they_are_the_same_ends_all_through_a_play(tiny):
    injects = [inject(f"E{n}", f"{n} h", asks_for="advice") for n in range(3)]
    logs = _to_the_expert(tiny, [SOME, MESSENGER], DEAD, injects=injects, plays=200)
    dead = uniforms(["ends/phone/duty", "ends/phone/expert"], 1, range(200)) < 0.4
    for log, (officer, expert) in zip(logs, dead, strict=True):
        assert {r.channel for r in of(log, HandedOver, receiver="expert")} == {"messenger" if expert else "phone"}
        assert {w.detail for w in of(log, Waited, task="E1/talk")} == {"messenger" if officer else "phone"}
    assert 50 < dead[:, 0].sum() < 110


def test_no_end_is_dead_while_the_service_is_there(tiny):
    for log in _to_the_expert(tiny, [SOME, MESSENGER], {"services": {"mobile": {}}}, plays=20):
        assert one(log, HandedOver).channel == "phone"


# people at home


def _at_home(tiny, channels, scenario, plays=1, function=ON_CALL, count=1, injects=None):
    setup = tiny.setup(
        vocabulary=WORDS,
        organisation={
            "people": {"officers": {"count": count, "works": "office_hours"}},
            "functions": {"officer": function},
            "channels": channels,
        },
        scenario={**NIGHT, "horizon": "5 h", **scenario},
        injects=injects or [inject("E1", asks_for="talk", by="letter")],
        procedures=TALK,
    )
    if plays == 1:
        return tiny.replay(setup)
    compiled = compile_play(setup)
    return [play(compiled, 1, replication) for replication in range(plays)]


def test_somebody_at_home_is_called_by_the_telephone_while_it_works(tiny):
    log = _at_home(tiny, [LETTER, PHONE, MESSENGER], {"services": {"mobile": {}}})
    assert waits(log, "E1/talk") == [
        (0, 2, "transmission", "officer", "letter"),
        (2, 6, "unavailable", "officer", ""),
    ]


def test_a_messenger_takes_their_time_to_get_there(tiny):
    log = _at_home(tiny, [LETTER, PHONE, MESSENGER], DEAD)
    assert waits(log, "E1/talk") == [
        (0, 2, "transmission", "officer", "letter"),
        (2, 26, "channel_down", "officer", "messenger"),
    ]
    assert one(log, ContactAttempted).answers_at == 26 * 60_000
    assert at(one(log, PersonReached)) == 26


def test_what_only_reaches_people_at_work_and_what_is_written_wakes_nobody(tiny):
    log = _at_home(tiny, [LETTER, PHONE, RADIO], BACK)
    assert waits(log, "E1/talk") == [
        (0, 2, "transmission", "officer", "letter"),
        (2, 124, "channel_down", "officer", ""),
    ]
    assert [(at(c), c.answers_at / 60_000) for c in of(log, ContactAttempted)] == [(120, 124)]


def test_somebody_awake_is_told_though_no_telephone_works(tiny):
    log = _at_home(
        tiny,
        [LETTER, PHONE],
        {"services": {"mobile": {}}, "events": [{"id": "out", "at": "5 min", "sets": {"mobile": 0}}]},
        injects=[inject("E1", asks_for="talk", by="letter"), inject("E2", "30 min", asks_for="talk", by="letter")],
    )
    assert [(at(s), s.task) for s in of(log, TaskStarted)] == [(6, "E1/talk"), (32, "E2/talk")]


def test_each_at_home_has_a_telephone_of_their_own(tiny):
    logs = _at_home(
        tiny,
        [LETTER, SOME, MESSENGER],
        DEAD,
        plays=100,
        count=3,
        function={"on_call": {**ON_CALL["on_call"], "count": 1}},
    )
    who = {log: one(log, ContactAttempted).person for log in logs}
    assert len(set(who.values())) == 1
    place = int(next(iter(who.values()))[-1]) - 1
    dead = uniforms([f"ends/phone/duty/{place}"], 1, range(100))[:, 0] < 0.4
    assert 0 < dead.sum() < 100
    for log, gone in zip(logs, dead, strict=True):
        assert one(log, ContactAttempted).answers_at == (26 if gone else 6) * 60_000


# staffs and bodies


def _staff(tiny, channels, scenario, seed=1, replication=0, leaders=1, level=LEVEL, plays=None, **more):
    setup = tiny.setup(
        vocabulary=WORDS,
        organisation={
            "people": {
                "leaders": {
                    "count": leaders,
                    "works": "never",
                    "reached": {"chance": 1, "delay": "4 min", "arrives": "30 min"},
                }
            },
            "functions": {
                "officer": {"does": ["receive_alarm", "verify_situation", "assess_severity", "alert", "write"]}
            },
            "channels": [{"id": "in_person", "delay": "0 min", "reach": "same_site"}, LETTER, *channels],
        },
        levels=[level],
        staff={"chief": ["leaders"], "picture": ["officers"]},
        scenario=scenario,
        injects=[inject("E1", asks_for="talk", facts=["grave"], by="letter")],
        procedures=TALK,
        **more,
    )
    if plays is None:
        return tiny.replay(setup, seed, replication)
    compiled = compile_play(setup)
    return [play(compiled, seed, replication) for replication in range(plays)]


# the letter takes 2, the talk 5, assessing 5, passing on and back 1 each, deciding 3, alerting 4: the call is out at 21


def test_a_staff_is_called_in_by_messenger(tiny):
    log = _staff(tiny, [PHONE, MESSENGER], {"services": {"mobile": {}}})
    assert [(at(s), s.seat) for s in of(log, SeatFilled)] == [(31, "picture"), (55, "chief")]
    log = _staff(tiny, [PHONE, MESSENGER], DEAD)
    assert [(at(s), s.seat) for s in of(log, SeatFilled)] == [(31, "picture"), (75, "chief")]


def test_a_staff_that_nobody_can_be_called_to_is_called_when_the_telephone_is_back(tiny):
    log = _staff(tiny, [PHONE], BACK)
    assert [(at(c), c.answers_at / 60_000) for c in of(log, ContactAttempted)] == [(120, 124)]
    assert at(one(log, LevelActivated)) == 154


def test_of_two_for_a_seat_the_one_whose_telephone_works_is_called(tiny):
    dead = uniforms(["ends/phone/seat/chief/0", "ends/phone/seat/chief/1"], 1, range(60)) < 0.4
    logs = _staff(tiny, [SOME], DEAD, leaders=2, plays=60)
    for log, (first, second) in zip(logs, dead, strict=True):
        sits = [s.person for s in of(log, SeatFilled, seat="chief")]
        assert sits == (["leaders#1"] if not first else ["leaders#2"] if not second else [])
        if sits:
            assert at(one(log, SeatFilled, seat="chief")) == 55
    assert {(bool(a), bool(b)) for a, b in dead} == {(a, b) for a in (True, False) for b in (True, False)}


SHIFTS = {**LEVEL, "shifts": {"length": "6 h", "planned_within": "1 h", "changes_at": ["20:00"]}}


def test_of_two_for_the_next_shift_the_one_whose_telephone_works_is_called(tiny):
    words = {"capabilities": {"personnel": {"title": "Personal", "meaning": "Planerar"}}}
    seats = {"seats": {"picture": {"does": ["verify_situation", "write", "personnel"]}}}
    level = {**SHIFTS, "staffs": {"picture": 1, "chief": 1}, "active_when": {"seats": 1, "including": ["picture"]}}
    names = [f"ends/phone/seat/chief/{n}" for n in range(3)]
    dead = uniforms(names, 1, range(80)) < 0.4
    setup = tiny.setup(
        vocabulary={**WORDS, **words, **seats},
        organisation={
            "people": {
                "leaders": {
                    "count": 3,
                    "works": "never",
                    "reached": {"chance": 1, "delay": "4 min", "arrives": "30 min"},
                }
            },
            "functions": {
                "officer": {"does": ["receive_alarm", "verify_situation", "assess_severity", "alert", "write"]}
            },
            "channels": [{"id": "in_person", "delay": "0 min", "reach": "same_site"}, LETTER, SOME],
        },
        levels=[level],
        staff={"chief": ["leaders"], "picture": ["officers"]},
        scenario={**DEAD, "horizon": "9 h"},
        injects=[inject("E1", asks_for="talk", facts=["grave"], by="letter")],
        procedures=TALK,
    )
    compiled = compile_play(setup)
    for replication, ends in enumerate(dead):
        log = play(compiled, 1, replication)
        alive = [f"leaders#{n + 1}" for n in range(3) if not ends[n]]
        assert [s.person for s in of(log, SeatFilled, seat="chief")][:1] == alive[:1]
        told = [(r.shift, r.person) for r in of(log, ReliefAgreed, seat="chief")]
        assert told == list(zip((2, 3), alive[1:], strict=False))


def _board(attendance="in_person"):
    reached = {"chance": 1, "delay": "4 min", "arrives": "30 min"}
    return {
        "people": {"members": {"count": 3, "works": "never", "reached": reached}},
        "functions": {"chief": {"decides": ["small"]}},
        "bodies": {
            "board": {
                "title": "Styrelsen",
                "members": [{"from": "members", "count": 3}],
                "quorum": 2,
                "convened_by": "officer",
                "item": "3 min",
                "decides": ["large"],
                "attendance": attendance,
            }
        },
    }


@pytest.mark.parametrize(("scenario", "minute"), [({"services": {"mobile": {}}}, 48), (DEAD, 68), (BACK, 68)])
def test_a_body_is_summoned_by_messenger(tiny, scenario, minute):
    log = tiny.play(
        vocabulary=WORDS,
        organisation={**_board(), "channels": [LETTER, PHONE, MESSENGER]},
        scenario=scenario,
        injects=[inject("E1", asks_for="ask", by="letter")],
        procedures={"ask": [task("talk", "5 min"), task("decide", needs="decide(large)", after=["talk"])]},
    )
    # the letter takes 2, the talk 5 and the summons 7: called at 14
    assert [at(m) for m in of(log, MemberPresent)] == [minute] * 3
    assert at(one(log, BodyConvened)) == minute


def test_a_body_that_nobody_can_be_summoned_to_is_summoned_when_the_telephone_is_back(tiny):
    log = tiny.play(
        vocabulary=WORDS,
        organisation={**_board("remote"), "channels": [LETTER, PHONE]},
        scenario=BACK,
        injects=[inject("E1", asks_for="ask", by="letter")],
        procedures={"ask": [task("talk", "5 min"), task("decide", needs="decide(large)", after=["talk"])]},
    )
    assert [at(m) for m in of(log, MemberPresent)] == [124] * 3


# the whole


def test_without_batteries_in_the_masts_more_waiting_is_for_channels_and_the_rest_of_the_luck_is_the_same(tiny):
    down, drawn = {}, {}
    for hours in (0, 8):
        logs = [
            _to_the_expert(
                tiny,
                [PHONE, MESSENGER],
                {
                    "services": {
                        "power": {},
                        "mobile": {"depends_on": {"power": {"endurance": f"{hours} h"}}},
                    },
                    "events": [{"id": "cut", "at": "1 h", "sets": {"power": 0}}],
                },
                injects=[inject(f"E{n}", {"mean": f"{60 * n + 30} min"}, asks_for="advice") for n in range(6)],
            )
        ]
        down[hours] = [sum(w.at - w.since for w in of(log, Waited, cause="channel_down")) for log in logs]
        drawn[hours] = [
            {r.case: r.at for r in log if type(r).__name__ == "CaseOpened" and r.kind == "inject"} for log in logs
        ]
    assert down[0] > down[8]
    assert drawn[0] == drawn[8]
