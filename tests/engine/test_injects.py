"""Events and injects: when they come, when they do not, and what they say."""

import pytest

from ovning.errors import InputError
from ovning.log.records import (
    CaseOpened,
    Clarified,
    EventHappened,
    FactLearned,
    HandedOver,
    InjectReceived,
    InjectSent,
    InjectWithheld,
    ServiceChanged,
    TaskFinished,
    TaskStarted,
    TaskUnfinished,
    Waited,
)
from tests.tiny import LEVEL, at, inject, of, one, person, task

TALK = {
    "talk": [task("talk", "5 min")],
    "choose": [task("talk", "5 min"), task("choose", "3 min", needs="decide(large)", after=["talk"])],
}
OWN = {"functions": {"officer": {"decides": ["large"]}}}


def _sent(tiny, injects, scenario=None, **more):
    log = tiny.play(
        organisation=more.pop("organisation", OWN),
        injects=injects,
        scenario=scenario or {},
        procedures=more.pop("procedures", TALK),
        **more,
    )
    return {f"{r.case}": at(r) for r in of(log, InjectSent)}, log


def test_an_inject_comes_at_its_time(tiny):
    sent, _ = _sent(tiny, [inject("E1", "7 min"), inject("E2", "1 h 30 min")])
    assert sent == {"E1": 7, "E2": 90}


def test_an_event_happens_as_many_times_as_it_is_said_to(tiny):
    repeat = {"every": "1 h", "times": 3}
    _, log = _sent(tiny, [], {"events": [{"id": "dark", "at": "3 min", "repeat": repeat}]})
    assert [at(r) for r in of(log, EventHappened)] == [3, 63, 123]


def test_an_inject_follows_an_event_an_inject_or_a_task(tiny):
    sent, _ = _sent(
        tiny,
        [
            inject("E1", "10 min", asks_for="talk"),
            inject("E2", after="dark", delay="4 min"),
            inject("E3", after="E1", delay="1 min"),
            inject("E4", after="E1.talk", delay="2 min"),
            inject("E5", after="E1.talk"),
        ],
        {"events": [{"id": "dark", "at": "3 min"}]},
    )
    assert sent == {"E1": 10, "E2": 7, "E3": 11, "E4": 17, "E5": 15}


def test_an_event_follows_what_it_follows(tiny):
    log = tiny.play(
        scenario={
            "services": {"power": {}},
            "events": [
                {"id": "first", "at": "3 min", "sets": {"power": 0.5}},
                {"id": "second", "after": "first", "delay": "20 min", "sets": {"power": 0}},
                {"id": "third", "after": "E1.talk", "sets": {"power": 1}},
            ],
        },
        injects=[inject("E1", "1 h", asks_for="talk")],
        procedures=TALK,
    )
    assert [(at(e), e.event) for e in of(log, EventHappened)] == [(3, "first"), (23, "second"), (65, "third")]
    assert [(at(s), s.level, s.caused_by) for s in of(log, ServiceChanged)] == [
        (3, 0.5, "first"),
        (23, 0, "second"),
        (65, 1, "third"),
    ]


CONDITIONS = {
    "a service is low": ({"service": "power", "below": 0.5}, 20),
    "a service is there": ({"service": "power", "at_least": 0.9}, 0),
    "an event has happened": ({"event": "dark"}, 20),
    "somebody knows a fact": ({"fact": "grave"}, 35),
    "a role knows a fact": ({"fact": "grave", "known_by": "executive"}, 37),
    "a task is finished": ({"task": "E1.choose"}, 40),
    "a decision is made": ({"decision": "large"}, 40),
    "an inject is received": ({"inject": "E1"}, 30),
    "a level is recommended": ({"level": "watch", "state": "recommended"}, 35),
    "a level is decided": ({"level": "watch", "state": "decided"}, 48),
    "a level is active": ({"level": "watch", "state": "active"}, 48),
    "a level is not active": ({"level": "watch", "state": "inactive"}, 0),
    "all of several": ({"all": [{"event": "dark"}, {"inject": "E1"}]}, 30),
    "one of several": ({"any": [{"event": "dark"}, {"inject": "E1"}]}, 20),
}


@pytest.mark.parametrize("name", CONDITIONS)
@pytest.mark.parametrize("delay", [0, 3])
def test_an_inject_comes_when_something_is_so(tiny, name, delay):
    condition, minute = CONDITIONS[name]
    sent, _ = _sent(
        tiny,
        [
            inject("E1", "30 min", asks_for="choose", facts=["grave"]),
            inject("E2", when=condition, delay=f"{delay} min"),
        ],
        {
            "services": {"power": {}},
            "events": [
                {"id": "dark", "at": "20 min", "sets": {"power": 0.2}},
                {"id": "light", "at": "21 min", "sets": {"power": 0.95}},
            ],
        },
        organisation={
            "people": {"helpers": {"count": 1, "works": "always"}},
            "functions": {
                "officer": {
                    "decides": ["large"],
                    "informs": [{"function": "chief", "from_severity": 1}],
                },
                # somebody else assesses, so that the officer has the decision at once
                "chief": {"decides": []},
                "helper": person("office", "helper", "helpers", does=["assess_severity"]),
            },
        }
        if "level" not in name
        else {
            "functions": {"officer": {"does": ["receive_alarm", "assess_severity"], "decides": []}, "chief": {}},
        },
        levels=[
            {
                "id": "watch",
                "title": "Bevakning",
                "recommended_when": {"known_severity": 3},
                "decided_by": "chief",
            }
        ],
    )
    if name in ("a decision is made", "a task is finished"):
        # the report to the chief comes first, one minute, for it is more urgent; then the three of the decision
        minute = 39
    if name in ("a level is decided", "a level is active"):
        minute = 44
    assert sent["E2"] == minute + delay


def test_an_inject_comes_once_however_often_its_condition_is_true(tiny):
    events = [
        {"id": f"e{n}", "at": f"{10 * n} min", "sets": {"power": level}} for n, level in enumerate((0, 1, 0, 1), 1)
    ]
    sent, _ = _sent(
        tiny,
        [inject("E1", when={"service": "power", "below": 0.5})],
        {"services": {"power": {}}, "events": events},
    )
    assert sent == {"E1": 10}


def test_an_inject_does_not_come_unless(tiny):
    for minute, withheld in (("3 min", []), ("1 h", ["unless"])):
        _, log = _sent(
            tiny,
            [
                inject("E1", asks_for="choose"),
                inject("E2", minute, unless={"decision": "large"}),
            ],
        )
        assert [r.reason for r in of(log, InjectWithheld)] == withheld
        assert len(of(log, InjectSent)) == 2 - len(withheld)


def test_an_inject_comes_as_often_as_its_chance(tiny):
    came = 0
    for log in tiny.plays(200, injects=[inject("E1", chance=0.25)]):
        held = of(log, InjectWithheld)
        assert [r.reason for r in held] == ([] if of(log, InjectSent) else ["chance"])
        came += not held
    assert 50 - 4 * 6.2 < came < 50 + 4 * 6.2


def test_an_inject_is_repeated(tiny):
    sent, log = _sent(tiny, [inject("E1", "5 min", asks_for="talk", repeat={"every": "20 min", "times": 3})])
    assert sent == {"E1": 5, "E1+2": 25, "E1+3": 45}
    assert [c.case for c in of(log, CaseOpened)] == ["E1", "E1+2", "E1+3"]
    assert [r.case for r in of(log, InjectReceived)] == ["E1", "E1+2", "E1+3"]


def test_each_repetition_has_its_own_luck(tiny):
    log = tiny.play(
        injects=[inject("E1", asks_for="talk", repeat={"every": "1 h", "times": 3})],
        procedures={"talk": [task("talk", {"mean": "10 min"})]},
    )
    lengths = {r.at - r.since for r in log if type(r).__name__ == "Worked"}
    assert len(lengths) == 3


def test_a_scripted_inject_sets_what_it_asserts(tiny):
    _, log = _sent(
        tiny,
        [inject("E1", "9 min", scripted=True, sets={"power": 0.3})],
        {"services": {"power": {}}},
    )
    changed = one(log, ServiceChanged)
    assert (at(changed), changed.level, changed.caused_by) == (9, 0.3, "E1")


def test_a_finished_task_changes_the_world(tiny):
    _, log = _sent(
        tiny,
        [inject("E1", asks_for="mend")],
        {"services": {"power": {"level": 0}}},
        procedures={"mend": [task("mend", "30 min", then={"sets": {"power": 1}})]},
    )
    changed = one(log, ServiceChanged)
    assert (at(changed), changed.level, changed.caused_by) == (30, 1, "E1/mend")


@pytest.mark.parametrize(
    ("start", "text", "said"),
    [
        ("2026-01-20T03:50", "Klockan är {clock}.", "Klockan är 04:00."),
        ("2026-01-20T03:50", "Klart {clock +4 h}, sedan {clock + 30 min}", "Klart 08:00, sedan 04:30"),
        ("2026-01-20T03:50", "Sedan {clock -25 min}", "Sedan 03:35"),
        ("2026-03-29T01:30", "Om en timme: {clock +1 h}", "Om en timme: 03:40"),
        ("2026-10-25T02:30", "Om en timme: {clock +1 h}", "Om en timme: 02:40"),
        ("2026-01-20T03:50", "{power.out} utan, {power.level} har", "3\u00a0000 utan, 25\u00a0% har"),
    ],
)
def test_clock_times_and_numbers_are_filled_in(tiny, start, text, said):
    _, log = _sent(
        tiny,
        [inject("E1", "10 min", text=text)],
        {
            "start": start,
            "services": {"power": {"affects": {"households": 4000}}},
            "events": [{"id": "dark", "at": "5 min", "sets": {"power": 0.25}}],
        },
    )
    assert one(log, InjectSent).text == said


def test_only_the_chosen_variation_comes(tiny):
    changes = {
        "scenario": {
            "events": [{"id": "more", "at": "1 min", "variation": "worse"}, {"id": "dark", "at": "2 min"}],
            "variations": {"worse": {"title": "Värre", "without": ["E1"]}},
        },
        "injects": [inject("E1"), inject("E2"), inject("E3", variation="worse")],
    }
    log = tiny.replay(tiny.setup(**changes))
    assert [r.inject for r in of(log, InjectSent)] == ["E1", "E2"]
    assert [e.event for e in of(log, EventHappened)] == ["dark"]
    log = tiny.replay(tiny.setup(variation="worse", **changes))
    assert [r.inject for r in of(log, InjectSent)] == ["E2", "E3"]
    assert [e.event for e in of(log, EventHappened)] == ["more", "dark"]


def test_what_is_open_at_the_horizon_is_unfinished_with_its_path_so_far(tiny):
    log = tiny.play(
        scenario={"horizon": "30 min"},
        injects=[inject("E1", asks_for="long"), inject("E2", "10 min", asks_for="talk")],
        procedures={**TALK, "long": [task("talk", "5 min"), task("long", "1 h", after=["talk"])]},
    )
    assert [(at(r), r.task, r.state) for r in of(log, TaskUnfinished)] == [
        (30, "E1/long", "working"),
        (30, "E2/talk", "waiting"),
    ]
    assert [(w.since / 60_000, at(w), w.cause) for w in of(log, Waited, task="E2/talk")] == [(10, 30, "queue")]
    assert at(log[-1]) == 30
    worked = [r for r in log if type(r).__name__ == "Worked" and r.task == "E1/long"]
    assert [(w.since / 60_000, at(w)) for w in worked] == [(5, 30)]


def test_what_happens_at_the_horizon_itself_happens(tiny):
    log = tiny.play(
        scenario={"horizon": "30 min"},
        injects=[inject("E1", asks_for="talk"), inject("E2", "30 min")],
        procedures={"talk": [task("talk", "30 min")]},
    )
    assert [r.task for r in of(log, TaskUnfinished)] == ["E2/receive"]
    assert at(one(log, InjectSent, inject="E2")) == 30


def test_an_inject_that_asks_for_nothing_is_received(tiny):
    _, log = _sent(tiny, [inject("E1", facts=["minor"])])
    assert one(log, TaskStarted).task == "E1/receive"
    assert [r.fact for r in log if type(r).__name__ == "FactLearned"] == ["minor"]


def test_a_level_that_never_comes_is_not_there(tiny):
    sent, _ = _sent(tiny, [inject("E1", when={"level": "command", "state": "active"})], levels=[LEVEL])
    assert sent == {}


@pytest.mark.parametrize("number", ["exchange", "officer"])
def test_an_actor_with_whom_nothing_is_agreed_is_asked_what_is_meant_also_when_passed_on(tiny, number):
    log = tiny.play(
        organisation={
            "units": {"exchange": {"title": "Växeln", "site": "hall"}},
            "agreements": [{"between": ["exchange", "office", "depot"], "assumption": "Prov"}],
            "people": {"operators": {"count": 1, "works": "always"}},
            "functions": {"exchange": person("exchange", "helper", "operators", does=["write"])},
            "first_call": {"default": number},
        },
        assumptions={"clarification": {"chance": 1, "takes": "2 min"}},
        injects=[inject("E1", asks_for="talk", actor="grid")],
        procedures=TALK,
    )
    asked = one(log, Clarified)
    assert (asked.sender, asked.receiver) == ("grid", "officer")
    assert at(one(log, TaskFinished, task="E1/talk")) == (8 if number == "exchange" else 7)


def test_an_inject_that_asks_for_a_decision_comes_to_the_number_that_was_called(tiny):
    log = tiny.play(
        injects=[inject("E1", asks_for="decide", facts=["minor"])],
        procedures={"decide": [task("choose", "5 min", needs="decide(small)")]},
    )
    handed = one(log, HandedOver)
    assert (handed.sender, handed.receiver, at(handed)) == ("officer", "chief", 1)
    learnt = one(log, FactLearned)
    assert (learnt.knower, learnt.source) == ("chief", "officer")
    assert at(one(log, TaskFinished)) == 6


def test_a_procedure_without_tasks_is_refused(tiny):
    with pytest.raises(InputError, match="listan är för kort"):
        tiny.play(injects=[inject("E1", asks_for="talk")], procedures={"talk": []})
