"""A power cut with pencil and paper: a cascade, calls, visits, a backlog, a shift, and every record at its minute.

Tuesday at nine; minutes from then. The officer, the clerk, the driver and the chief are posts; the staff's one seat is
taken from two people with office hours.

    alarm     0 + receive 5 = 5; assess 5 = 10; passed on 1 = 11; decided 3 = 14; passed on 1 = 15; alerted 4 = 19;
              whoever is at work is there 10 later = 29: active
    telling   desk work of 10: waits for the assessment and the passing on, 11; broken off by the alert at 15 with 6
              left; 19 + 6 = 25: published
    cut       10 to 130. Mobile: 10 + endurance 60 = 70, back 130 + 20 = 150. Alarms at once with it: 70 and 150
    visits    three at 70; the driver takes two, 2 x 20, to 110, and the third to 130. It is late at 70 + 30 = 100: one
              of three has no supervision from 100 to 130
    calls     100 households x 0.3 an hour = 30 an hour; from 25, when all that is known has been published, half of it.
              To be expected in the steps of half an hour: 15 min of 30/h and 5 of 15/h = 8.75; 7.5; 7.5; 7.5; and
              10 min of 15/h = 2.5. The luck of the steps is 0.391, 0.842, 0.939, 0.194, 0.862 (from the written rule),
              and the Poisson numbers at those are 8, 10, 12, 5, 4 (checked below without the engine).
              The clerk takes as many of 4 min as fit in a step, 7 in 28 min: 7 of 8 at 30, the one left at 58, to 62;
              7 of 10 at 62 (they waited 2 each), to 90. Then the 3 left have waited 30 and give up. 7 of 12 at 90, the
              5 left at 118 (28 each), to 138; the 5 of 120 then (18 each), to 158; the 4 of 150 then (8 each), to 174
    shift     planned from 29 + 30 = 59 for 30, to 89; the first change at 14:00 (300) that is half a shift after 29;
              the one after it is at 14:00 next day (1740), and nobody is left for it. Told in a call of 1, at 90.
              Whoever comes is at work and stays there: 300 - 30 - 90 is no five hours at home. Handed over 300 to 310;
              who is relieved rests 11 h, to 970. The next planning begins at 300 + 30, and takes 30
    leading   six hours at the desk: waits for the staff, to 29; passed on, 30; broken off for the planning, 59 to 89,
              for the change of shift, 300 to 310, for the next planning, 330 to 360; goes on after each
"""

from scipy.stats import poisson

from ovning.units import MINUTE
from tests.analytic.draws import uniforms
from tests.tiny import inject, person, story, task

WORDS = {
    "capabilities": {n: {"title": n, "meaning": n} for n in ("personnel", "answer")},
    "services": {n: {"title": n, "meaning": n} for n in ("alarms", "supervision")},
    "seats": {"chief": {"does": ["lead_staff", "personnel"]}},
}
ORGANISATION = {
    "people": {
        "clerks": {"count": 1, "works": "always"},
        "drivers": {"count": 1, "works": "always"},
        "pool": {"count": 2, "works": "office_hours"},
    },
    "functions": {
        "officer": {"does": ["receive_alarm", "write", "assess_severity", "alert"]},
        "chief": {"does": []},
        "clerk": person("office", "helper", "clerks", does=["answer"]),
        "driver": person("depot", "expert", "drivers", does=["drive"]),
    },
}
COMMAND = {
    "id": "command",
    "title": "Ledningsläge",
    "recommended_when": {"known_severity": 2},
    "decided_by": "chief",
    "staffs": {"chief": 1},
    "active_when": {"seats": 1},
    "shifts": {"length": "8 h", "planned_within": "30 min", "changes_at": ["14:00"]},
}
VISIT = {"stage": "visit", "title": "Besöka", "needs": "drive", "mode": "field", "takes": "20 min"}
SCENARIO = {
    "start": "2026-01-20T09:00",
    "horizon": "6 h",
    "services": {
        "power": {"affects": {"households": 100}},
        "mobile": {"depends_on": {"power": {"endurance": "60 min"}}, "recovers_after": "20 min"},
        "alarms": {"depends_on": {"mobile": {}}, "affects": {"persons": 3}},
        "supervision": {"affects": {"persons": 3}},
    },
    "events": [{"id": "cut", "at": "10 min", "sets": {"power": 0}, "lasts": "2 h"}],
    "flows": {
        "visits": {
            "title": "Besök",
            "one": "besök",
            "keeps": "supervision",
            "arrives": {"lacking": "alarms"},
            "stages": [{**VISIT, "together": 2, "patience": "30 min"}],
        },
        "calls": {
            "title": "Samtal",
            "one": "samtal",
            "step": "30 min",
            "arrives": {"because_of": {"power": 0.3}, "asks_about": ["grave"], "information_lowers": 0.5},
            "stages": [
                {"stage": "answer", "title": "Svara", "needs": "answer", "takes": "4 min", "patience": "30 min"}
            ],
        },
    },
}
PROCEDURE = [
    task("receive", "5 min"),
    task("tell", "10 min", needs="write", mode="desk", after=["receive"], publishes=True),
    task("lead", "6 h", needs="lead_staff", mode="desk", after=["receive"]),
]
TIMES = {"fails_at", "until", "begins", "ends", "waited"}

BY_HAND = [
    (0, "PlayStarted", "handelse", "lillby", None, 1, 0, "2026-01-20T09:00:00+01:00", 360),
    (0, "CaseOpened", "E1", "inject", "E1", 2, (), None),
    (0, "InjectSent", "E1", "E1", "Någon", ("officer",), "phone", "Det har hänt något."),
    (0, "TaskRequested", "E1/receive", "E1", "Göra receive", "receive_alarm", (), 2, None),
    (0, "StationAsked", "E1/receive", "officer", "first"),
    (0, "TaskStarted", "E1/receive", "officer", "officers#1"),
    (0, "InjectReceived", "E1", "E1", "officer", "officers#1"),
    (5, "Worked", 0, "E1/receive", "officers#1", "officer", "work", "call"),
    (5, "TaskFinished", "E1/receive", "E1", "officer", "done"),
    (5, "FactLearned", "grave", "officer", "inject", "E1"),
    (5, "SeverityKnown", "officer", 3, False),
    (5, "CaseOpened", "level:command:1", "level", "command", 1, (), "E1/receive"),
    (
        5,
        "TaskRequested",
        "level:command:1/recommend",
        "level:command:1",
        "Bedöma läget och förorda ledningsläge",
        "assess_severity",
        (),
        1,
        "officer",
    ),
    (5, "StationAsked", "level:command:1/recommend", "officer", "first"),
    (5, "TaskRequested", "E1/tell", "E1", "Göra tell", "write", ("E1/receive",), 2, "officer"),
    (5, "StationAsked", "E1/tell", "officer", "first"),
    (5, "TaskRequested", "E1/lead", "E1", "Göra lead", "lead_staff", ("E1/receive",), 2, "officer"),
    (5, "TaskStarted", "level:command:1/recommend", "officer", "officers#1"),
    (10, "EventHappened", "cut"),
    (10, "ServiceChanged", "power", 0, "cut"),
    (10, "NeedLost", "mobile", "power", 70),
    (10, "Worked", 5, "level:command:1/recommend", "officers#1", "officer", "work", "call"),
    (10, "TaskFinished", "level:command:1/recommend", "level:command:1", "officer", "done"),
    (10, "LevelRecommended", "command", "level:command:1", "officer", 3),
    (
        10,
        "TaskRequested",
        "level:command:1/decide",
        "level:command:1",
        "Besluta om ledningsläge",
        "decide(activate_command)",
        ("level:command:1/recommend",),
        1,
        "officer",
    ),
    (10, "StationAsked", "level:command:1/decide", "officer", "first"),
    (11, "Worked", 10, "level:command:1/decide", "officers#1", "officer", "pass_on", "call"),
    (11, "Waited", 10, "level:command:1/decide", "mandate", "chief", "transmission"),
    (11, "HandedOver", 11, "level:command:1/decide", "officer", "chief", "phone"),
    (11, "StationAsked", "level:command:1/decide", "chief", "first"),
    (11, "TaskStarted", "level:command:1/decide", "chief", "chiefs#1"),
    (11, "FactLearned", "grave", "chief", "hand_over", "officer"),
    (11, "SeverityKnown", "chief", 3, False),
    (11, "Waited", 5, "E1/tell", "queue", "officer", ""),
    (11, "TaskStarted", "E1/tell", "officer", "officers#1"),
    (14, "Worked", 11, "level:command:1/decide", "chiefs#1", "chief", "work", "call"),
    (14, "DecisionMade", "activate_command", "level:command:1", "level:command:1/decide", "chief", "own"),
    (14, "TaskFinished", "level:command:1/decide", "level:command:1", "chief", "done"),
    (14, "LevelDecided", "command", "level:command:1", "chief"),
    (
        14,
        "TaskRequested",
        "level:command:1/alert",
        "level:command:1",
        "Larma ledningsläge",
        "alert",
        ("level:command:1/decide",),
        1,
        "chief",
    ),
    (14, "StationAsked", "level:command:1/alert", "chief", "first"),
    (15, "Worked", 14, "level:command:1/alert", "chiefs#1", "chief", "pass_on", "call"),
    (15, "Waited", 14, "level:command:1/alert", "transmission", "officer", ""),
    (15, "HandedOver", 15, "level:command:1/alert", "chief", "officer", "phone"),
    (15, "StationAsked", "level:command:1/alert", "officer", "first"),
    (15, "Worked", 11, "E1/tell", "officers#1", "officer", "work", "desk"),
    (15, "TaskInterrupted", "E1/tell", "officer", "level:command:1/alert"),
    (15, "TaskStarted", "level:command:1/alert", "officer", "officers#1"),
    (19, "Worked", 15, "level:command:1/alert", "officers#1", "officer", "work", "call"),
    (19, "TaskFinished", "level:command:1/alert", "level:command:1", "officer", "done"),
    (19, "LevelAlerted", "command", "level:command:1"),
    (
        19,
        "TaskRequested",
        "level:command:1/gather",
        "level:command:1",
        "Samla ledningsläge",
        "gather",
        ("level:command:1/alert",),
        1,
        "officer",
    ),
    (19, "Waited", 15, "E1/tell", "queue", "officer", "interrupted"),
    (25, "Worked", 19, "E1/tell", "officers#1", "officer", "work", "desk"),
    (25, "TaskFinished", "E1/tell", "E1", "officer", "done"),
    (25, "FactPublished", "grave", "E1/tell"),
    (29, "OrdinaryHoursCounted", "pool#1", -60, 480),
    (29, "SeatFilled", "command", "chief", "pool#1", 1),
    (29, "Waited", 19, "level:command:1/gather", "unavailable", "command", "seats missing: 1"),
    (29, "TaskFinished", "level:command:1/gather", "level:command:1", None, "done"),
    (29, "FactLearned", "grave", "command", "gathered", "chief"),
    (29, "SeverityKnown", "command", 3, False),
    (29, "LevelActivated", "command", "level:command:1"),
    (29, "StationAsked", "E1/lead", "officer", "first"),
    (29, "Waited", 5, "E1/lead", "unavailable", "", "lead_staff"),
    (29, "CaseClosed", "level:command:1", "done"),
    (30, "FlowArrived", "calls", 8, ()),
    (30, "Worked", 29, "E1/lead", "officers#1", "officer", "pass_on", "call"),
    (30, "Waited", 29, "E1/lead", "transmission", "command.chief", ""),
    (30, "HandedOver", 30, "E1/lead", "officer", "command.chief", "phone"),
    (30, "StationAsked", "E1/lead", "command.chief", "first"),
    (30, "TaskStarted", "E1/lead", "command.chief", "pool#1"),
    (30, "FlowBegun", "calls", "answer", 7, (), 0, "flow:calls:answer:1"),
    (58, "Worked", 30, "flow:calls:answer:1", "clerks#1", "clerk", "flow", "desk"),
    (58, "FlowDone", "calls", "answer", 7, (), True),
    (58, "FlowBegun", "calls", "answer", 1, (), 28, "flow:calls:answer:2"),
    (59, "CaseOpened", "shift:command:1.2", "shift", "command", 2, (), None),
    (59, "TaskRequested", "shift:command:1.2/plan", "shift:command:1.2", "Planera avlösning", "personnel", (), 2, None),
    (59, "StationAsked", "shift:command:1.2/plan", "command.chief", "first"),
    (59, "Worked", 30, "E1/lead", "pool#1", "command.chief", "work", "desk"),
    (59, "TaskInterrupted", "E1/lead", "command.chief", "shift:command:1.2/plan"),
    (59, "TaskStarted", "shift:command:1.2/plan", "command.chief", "pool#1"),
    (60, "FlowArrived", "calls", 10, ()),
    (62, "Worked", 58, "flow:calls:answer:2", "clerks#1", "clerk", "flow", "desk"),
    (62, "FlowDone", "calls", "answer", 1, (), True),
    (62, "FlowBegun", "calls", "answer", 7, (), 14, "flow:calls:answer:3"),
    (70, "ServiceChanged", "mobile", 0, "power"),
    (70, "NeedLost", "alarms", "mobile", 70),
    (70, "ServiceChanged", "alarms", 0, "mobile"),
    (70, "FlowArrived", "visits", 3, (1, 2, 3)),
    (70, "FlowBegun", "visits", "visit", 2, (1, 2), 0, "flow:visits:visit:1"),
    (89, "Worked", 59, "shift:command:1.2/plan", "pool#1", "command.chief", "work", "call"),
    (89, "TaskFinished", "shift:command:1.2/plan", "shift:command:1.2", "command.chief", "done"),
    (89, "ShiftPlanned", "command", 2, 300, "shift:command:1.2/plan", ("pool#2",)),
    (89, "ShiftPlanned", "command", 3, 1740, "shift:command:1.2/plan", ()),
    (89, "CaseClosed", "shift:command:1.2", "done"),
    (89, "Waited", 59, "E1/lead", "queue", "command.chief", "interrupted"),
    (90, "FlowLeft", "calls", "answer", 3, (), 90, "gave_up"),
    (90, "FlowArrived", "calls", 12, ()),
    (90, "ReliefAgreed", "command", 2, "chief", "pool#2"),
    (90, "Worked", 62, "flow:calls:answer:3", "clerks#1", "clerk", "flow", "desk"),
    (90, "FlowDone", "calls", "answer", 7, (), True),
    (90, "FlowBegun", "calls", "answer", 7, (), 0, "flow:calls:answer:4"),
    (100, "FlowLate", "visits", 1, (3,)),
    (100, "ServiceChanged", "supervision", 0.666666667, "visits"),
    (110, "Worked", 70, "flow:visits:visit:1", "drivers#1", "driver", "flow", "field"),
    (110, "FlowDone", "visits", "visit", 2, (1, 2), True),
    (110, "FlowBegun", "visits", "visit", 1, (3,), 40, "flow:visits:visit:2"),
    (118, "Worked", 90, "flow:calls:answer:4", "clerks#1", "clerk", "flow", "desk"),
    (118, "FlowDone", "calls", "answer", 7, (), True),
    (118, "FlowBegun", "calls", "answer", 5, (), 140, "flow:calls:answer:5"),
    (120, "FlowArrived", "calls", 5, ()),
    (130, "ServiceChanged", "power", 1, "cut"),
    (130, "NeedRestored", "mobile", "power"),
    (130, "Worked", 110, "flow:visits:visit:2", "drivers#1", "driver", "flow", "field"),
    (130, "FlowDone", "visits", "visit", 1, (3,), True),
    (130, "ServiceChanged", "supervision", 1, "visits"),
    (138, "Worked", 118, "flow:calls:answer:5", "clerks#1", "clerk", "flow", "desk"),
    (138, "FlowDone", "calls", "answer", 5, (), True),
    (138, "FlowBegun", "calls", "answer", 5, (), 90, "flow:calls:answer:6"),
    (150, "ServiceChanged", "mobile", 1, "power"),
    (150, "NeedRestored", "alarms", "mobile"),
    (150, "ServiceChanged", "alarms", 1, "mobile"),
    (150, "FlowArrived", "calls", 4, ()),
    (158, "Worked", 138, "flow:calls:answer:6", "clerks#1", "clerk", "flow", "desk"),
    (158, "FlowDone", "calls", "answer", 5, (), True),
    (158, "FlowBegun", "calls", "answer", 4, (), 32, "flow:calls:answer:7"),
    (174, "Worked", 158, "flow:calls:answer:7", "clerks#1", "clerk", "flow", "desk"),
    (174, "FlowDone", "calls", "answer", 4, (), True),
    (300, "Worked", 89, "E1/lead", "pool#1", "command.chief", "work", "desk"),
    (300, "TaskInterrupted", "E1/lead", "command.chief", "shift_change"),
    (300, "OrdinaryHoursCounted", "pool#2", -60, 480),
    (310, "Worked", 300, "shift:command:1.2/change", "pool#1", "command.chief", "shift_change", "meeting"),
    (310, "Worked", 300, "shift:command:1.2/change", "pool#2", "command.chief", "shift_change", "meeting"),
    (310, "PersonRelieved", 300, "command", "chief", "pool#1", "pool#2"),
    (310, "SeatLeft", "command", "chief", "pool#1", "relieved", 0),
    (310, "SeatFilled", "command", "chief", "pool#2", 1),
    (310, "RestBegan", "pool#1", 970, "shift_over"),
    (310, "Waited", 300, "E1/lead", "shift_change", "command.chief", ""),
    (330, "CaseOpened", "shift:command:1.3", "shift", "command", 2, (), None),
    (
        330,
        "TaskRequested",
        "shift:command:1.3/plan",
        "shift:command:1.3",
        "Planera avlösning",
        "personnel",
        (),
        2,
        None,
    ),
    (330, "StationAsked", "shift:command:1.3/plan", "command.chief", "first"),
    (330, "Worked", 310, "E1/lead", "pool#2", "command.chief", "work", "desk"),
    (330, "TaskInterrupted", "E1/lead", "command.chief", "shift:command:1.3/plan"),
    (330, "TaskStarted", "shift:command:1.3/plan", "command.chief", "pool#2"),
    (360, "Worked", 330, "shift:command:1.3/plan", "pool#2", "command.chief", "work", "call"),
    (360, "TaskFinished", "shift:command:1.3/plan", "shift:command:1.3", "command.chief", "done"),
    (360, "ReliefAgreed", "command", 3, "chief", "pool#1"),
    (360, "ShiftPlanned", "command", 4, 3180, "shift:command:1.3/plan", ()),
    (360, "CaseClosed", "shift:command:1.3", "done"),
    (360, "Waited", 330, "E1/lead", "queue", "command.chief", "interrupted"),
    (360, "TaskUnfinished", "E1/lead", "E1", "working"),
    (360, "PlayEnded"),
]


def _minutes(record):
    fields = record._asdict()
    return record._replace(**{k: fields[k] / MINUTE for k in TIMES & set(fields)})


def test_a_power_cut_by_hand(tiny):
    log = tiny.play(
        vocabulary=WORDS,
        organisation=ORGANISATION,
        scenario=SCENARIO,
        levels=[COMMAND],
        staff={"chief": ["pool"]},
        injects=[inject("E1", asks_for="alarm", facts=["grave"])],
        procedures={"alarm": PROCEDURE},
    )
    assert story(_minutes(record) for record in log) == BY_HAND


def test_the_calls_of_the_table_are_poisson_numbers_at_the_luck_of_the_steps():
    luck = uniforms([f"flow/calls/step/{n}" for n in range(1, 6)])[0]
    expected = [8.75, 7.5, 7.5, 7.5, 2.5]
    assert [round(u, 3) for u in luck] == [0.391, 0.842, 0.939, 0.194, 0.862]
    assert [int(poisson.ppf(u, mean)) for u, mean in zip(luck, expected, strict=True)] == [8, 10, 12, 5, 4]
