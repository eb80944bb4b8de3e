"""Channels and misunderstandings."""

import pytest

from ovning.log.records import Clarified, HandedOver, InjectReceived, TaskStarted, TaskUnfinished, Waited, Worked
from tests.tiny import at, inject, of, one, person, task

THINK = {"think": [task("talk", "5 min"), task("think", needs="advise", after=["talk"])]}


def _expert(unit="depot", site="yard"):
    return {
        "units": {"depot": {"site": site}},
        "people": {"experts": {"count": 1, "works": "always"}},
        "functions": {"expert": person(unit, "expert", "experts", does=["advise"])},
    }


PHONE = {"id": "phone", "delay": "2 min", "depends_on": {"mobile": {"at_least": 0.5}}}
MESSENGER = {"id": "messenger", "delay": "25 min"}
IN_PERSON = {"id": "in_person", "delay": "1 min", "reach": "same_site"}
RADIO = {"id": "radio", "delay": "3 min", "units": ["office", "depot"]}


def _played(tiny, channels, events=(), **more):
    services = {"mobile": {}} if any("depends_on" in c for c in channels) else {}
    return tiny.play(
        organisation={**_expert(**more), "channels": channels},
        scenario={"services": services, "events": list(events)},
        injects=[inject("E1", asks_for="think", by=channels[0]["id"])],
        procedures=THINK,
    )


def _handed(log):
    handed = one(log, HandedOver)
    return handed.channel, handed.since / 60_000, at(handed)


def test_word_goes_by_the_first_channel_in_the_list(tiny):
    # two minutes for the caller to get through, five to receive, one to pass on
    assert _handed(_played(tiny, [PHONE, MESSENGER])) == ("phone", 8, 10)
    assert _handed(_played(tiny, [MESSENGER, PHONE])) == ("messenger", 31, 56)


def test_those_on_the_same_site_speak_in_person(tiny):
    assert _handed(_played(tiny, [PHONE, IN_PERSON]))[0] == "phone"
    assert _handed(_played(tiny, [IN_PERSON, PHONE], site="hall"))[0] == "in_person"
    assert _handed(_played(tiny, [IN_PERSON, PHONE], site="yard"))[0] == "phone"


def test_a_dead_channel_is_passed_over(tiny):
    gone = {"id": "gone", "at": "0 min", "sets": {"mobile": 0.4}}
    assert _handed(_played(tiny, [PHONE, MESSENGER], [gone]))[0] == "messenger"
    log = _played(tiny, [PHONE, RADIO], [{**gone, "at": "6 min"}])
    assert _handed(log) == ("radio", 8, 11)
    assert [(w.cause, w.detail) for w in of(log, Waited, task="E1/think")] == [
        ("transmission", ""),
        ("channel_down", "radio"),
    ]


def test_with_no_channel_alive_the_case_waits_until_one_is(tiny):
    events = [
        {"id": "gone", "at": "6 min", "sets": {"mobile": 0}},
        {"id": "back", "at": "1 h", "sets": {"mobile": 1}},
    ]
    log = _played(tiny, [PHONE], events)
    assert _handed(log) == ("phone", 8, 62)
    assert [(w.cause, w.since / 60_000, at(w)) for w in of(log, Waited, task="E1/think")] == [
        ("transmission", 7, 8),
        ("channel_down", 8, 60),
        ("transmission", 60, 62),
    ]
    log = _played(tiny, [PHONE], events[:1])
    assert one(log, TaskUnfinished).task == "E1/think"
    assert of(log, Waited, task="E1/think")[-1].cause == "channel_down"


def test_an_inject_comes_another_way_when_its_channel_is_dead(tiny):
    log = _played(tiny, [PHONE, MESSENGER], [{"id": "gone", "at": "0 min", "sets": {"mobile": 0}}])
    assert at(one(log, InjectReceived)) == 25


def test_a_channel_takes_only_so_many_at_a_time(tiny):
    begun = {}
    for capacity in (1, 2):
        log = tiny.play(
            organisation={
                "people": {"officers": {"count": 3}},
                "channels": [{**RADIO, "capacity": capacity}],
            },
            injects=[inject(f"E{n}", asks_for="talk", by="radio") for n in (1, 2, 3)],
            procedures={"talk": [task("talk", "5 min")]},
        )
        begun[capacity] = [at(s) for s in of(log, TaskStarted)]
    assert begun == {1: [3, 6, 9], 2: [3, 3, 6]}


@pytest.mark.parametrize("chance", [0, 1])
@pytest.mark.parametrize("agreed", [False, True])
def test_units_without_agreement_may_misunderstand_each_other(tiny, chance, agreed):
    log = tiny.play(
        assumptions={"clarification": {"chance": chance, "takes": "4 min"}},
        organisation={
            **_expert(),
            "agreements": [{"between": ["office", "depot"]}] if agreed else [],
        },
        injects=[inject("E1", asks_for="think")],
        procedures=THINK,
    )
    asked = bool(chance) and not agreed
    spent = [(w.person, w.since / 60_000, at(w)) for w in of(log, Worked, activity="clarification")]
    assert sorted(spent) == ([("experts#1", 6, 10), ("officers#1", 6, 10)] if asked else [])
    assert [(c.sender, c.receiver) for c in of(log, Clarified)] == ([("officer", "expert")] if asked else [])
    work = one(log, Worked, task="E1/think", activity="work")
    assert work.since / 60_000 == (10 if asked else 6)
    assert [w.cause for w in of(log, Waited, task="E1/think")] == [
        "transmission",
        *(["clarification"] if asked else []),
    ]


@pytest.mark.parametrize("agreed", [False, True])
def test_an_actor_outside_may_be_misunderstood_and_the_public_never_is(tiny, agreed):
    log = tiny.play(
        assumptions={"clarification": {"chance": 1, "takes": "4 min"}},
        organisation={"agreements": [{"between": ["office", "grid"]}] if agreed else []},
        injects=[inject("E1", asks_for="talk", actor="grid"), inject("E2", "1 h", asks_for="talk")],
        procedures={"talk": [task("talk", "5 min")]},
    )
    assert [(at(c), c.sender) for c in of(log, Clarified)] == ([] if agreed else [(4, "grid")])
    assert [w.since / 60_000 for w in of(log, Worked, activity="work")] == [0 if agreed else 4, 60]


def test_colleagues_of_one_unit_understand_each_other(tiny):
    log = tiny.play(
        assumptions={"clarification": {"chance": 1, "takes": "4 min"}},
        organisation=_expert(unit="office"),
        injects=[inject("E1", asks_for="think")],
        procedures=THINK,
    )
    assert of(log, Clarified) == []
