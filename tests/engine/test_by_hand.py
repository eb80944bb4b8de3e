"""Exercises small enough to be played with pencil and paper: every record of the log, at its minute.

Night, one officer on call who answers after 4 min. Receiving takes 5 min, verifying 10, and the decision is held by a
board of five that sit down 20, 30, 40, 50 and 60 min after the summons. Sending the summons takes 7 min, entering its
function 9, deciding 3, and with nothing more to do the board stays for 30.

    0        the telephone rings; nobody is at work, so the one on call is tried: answers at      0 + 4 =   4
    4        receives for 5 min                                                                   4 + 5 =   9
    9        verifies for 10 min, at home                                                         9 + 10 =  19
    19       needs a decision that the board holds; the officer convenes it and writes for 7      19 + 7 =  26
    26       the summons is out; members sit down at 26 + 20, 30, 40, 50, 60 =                46, 56, 66, 76, 86
    quorum 3: convened 66, in function 66 + 9 = 75, decides 75 + 3 = 78, adjourns 78 + 30 = 108
    quorum 5: convened 86, in function 86 + 9 = 95, decides 95 + 3 = 98, adjourns 98 + 30 = 128
"""

import pytest

from tests.tiny import LEVEL, inject, story, task

ARRIVALS = [20, 30, 40, 50, 60]


def _board(quorum):
    groups = {
        f"member{n}": {
            "count": 1,
            "works": "never",
            "reached": {"chance": 1, "delay": "0 min", "arrives": f"{minutes} min"},
        }
        for n, minutes in enumerate(ARRIVALS, 1)
    }
    return {
        "people": {**groups, "officers": {"works": "office_hours"}},
        "functions": {
            "officer": {"on_call": {"count": 1, "reached": {"chance": 1, "delay": "4 min", "arrives": "30 min"}}},
            "chief": {"decides": ["small"]},
        },
        "bodies": {
            "board": {
                "title": "Styrelsen",
                "members": [{"from": group, "count": 1} for group in groups],
                "quorum": quorum,
                "convened_by": "officer",
                "item": "3 min",
                "decides": ["large"],
            }
        },
    }


PROCEDURE = [
    task("receive", "5 min"),
    task("verify", "10 min", needs="verify_situation", after=["receive"]),
    task("decide", "3 min", needs="decide(large)", after=["verify"]),
]

BEFORE_THE_BOARD = [
    (0, "PlayStarted", "handelse", "lillby", None, 1, 0, "2026-01-20T03:50:00+01:00", 720),
    (0, "CaseOpened", "E1", "inject", "E1", 2, (), None),
    (0, "InjectSent", "E1", "E1", "Någon", ("officer",), "phone", "Det har hänt något."),
    (0, "TaskRequested", "E1/receive", "E1", "Göra receive", "receive_alarm", (), 2, None),
    (0, "StationAsked", "E1/receive", "officer", "first"),
    (0, "ContactAttempted", "E1/receive", "officer", "officers#1", 4),
    (4, "PersonReached", "officers#1", "officer"),
    (4, "Waited", 0, "E1/receive", "unavailable", "officer", ""),
    (4, "TaskStarted", "E1/receive", "officer", "officers#1"),
    (4, "InjectReceived", "E1", "E1", "officer", "officers#1"),
    (9, "Worked", 4, "E1/receive", "officers#1", "officer", "work", "call"),
    (9, "TaskFinished", "E1/receive", "E1", "officer", "done"),
    (9, "TaskRequested", "E1/verify", "E1", "Göra verify", "verify_situation", ("E1/receive",), 2, "officer"),
    (9, "StationAsked", "E1/verify", "officer", "first"),
    (9, "TaskStarted", "E1/verify", "officer", "officers#1"),
    (19, "Worked", 9, "E1/verify", "officers#1", "officer", "work", "call"),
    (19, "TaskFinished", "E1/verify", "E1", "officer", "done"),
    (19, "TaskRequested", "E1/decide", "E1", "Göra decide", "decide(large)", ("E1/verify",), 2, "officer"),
    (19, "StationAsked", "E1/decide", "officer", "first"),
    (26, "Worked", 19, "E1/decide", "officers#1", "officer", "pass_on", "call"),
    (26, "BodySummoned", "board", "E1/decide", "officer"),
    (26, "Waited", 19, "E1/decide", "mandate", "board", ""),
    (46, "MemberPresent", "board", "member1#1", 1),
    (56, "MemberPresent", "board", "member2#1", 2),
    (66, "MemberPresent", "board", "member3#1", 3),
]

# 08:00, less than a daily rest after the night's work
OFFICE_HOURS = (250, "OrdinaryHoursCounted", "officers#1", 250 * 60_000, 790 * 60_000)

BOARD = {
    3: [
        (66, "BodyConvened", "board", 3, "member1#1", False),
        (66, "Waited", 26, "E1/decide", "mandate", "board", "quorum"),
        (75, "BodyEnteredFunction", "board"),
        (75, "Waited", 66, "E1/decide", "mandate", "board", "enters_function"),
        (75, "TaskStarted", "E1/decide", "board", "member1#1"),
        (76, "MemberPresent", "board", "member4#1", 4),
        (78, "Worked", 75, "E1/decide", "member1#1", "board", "work", "meeting"),
        (78, "Worked", 75, "E1/decide", "member2#1", "board", "session", "meeting"),
        (78, "Worked", 75, "E1/decide", "member3#1", "board", "session", "meeting"),
        (78, "DecisionMade", "large", "E1", "E1/decide", "board", "body"),
        (78, "TaskFinished", "E1/decide", "E1", None, "done"),
        (78, "CaseClosed", "E1", "done"),
        (86, "MemberPresent", "board", "member5#1", 5),
        (108, "BodyAdjourned", "board"),
        OFFICE_HOURS,
        (720, "PlayEnded"),
    ],
    5: [
        (76, "MemberPresent", "board", "member4#1", 4),
        (86, "MemberPresent", "board", "member5#1", 5),
        (86, "BodyConvened", "board", 5, "member1#1", False),
        (86, "Waited", 26, "E1/decide", "mandate", "board", "quorum"),
        (95, "BodyEnteredFunction", "board"),
        (95, "Waited", 86, "E1/decide", "mandate", "board", "enters_function"),
        (95, "TaskStarted", "E1/decide", "board", "member1#1"),
        (98, "Worked", 95, "E1/decide", "member1#1", "board", "work", "meeting"),
        *((98, "Worked", 95, "E1/decide", f"member{n}#1", "board", "session", "meeting") for n in (2, 3, 4, 5)),
        (98, "DecisionMade", "large", "E1", "E1/decide", "board", "body"),
        (98, "TaskFinished", "E1/decide", "E1", None, "done"),
        (98, "CaseClosed", "E1", "done"),
        (128, "BodyAdjourned", "board"),
        OFFICE_HOURS,
        (720, "PlayEnded"),
    ],
}


@pytest.mark.parametrize("quorum", [3, 5])
def test_a_night_with_a_board_of_five(tiny, quorum):
    log = tiny.play(
        organisation=_board(quorum),
        scenario={"start": "2026-01-20T03:50"},
        injects=[inject("E1", asks_for="answer")],
        procedures={"answer": PROCEDURE},
    )
    assert story(log) == BEFORE_THE_BOARD + BOARD[quorum]


# By day, everybody at work. The alarm tells of something grave; the officer may assess and send out the call, the chief
# decides. Assessing takes 5 min, deciding on the level 3, the call 4, passing on 1, and coming to the staff's room 10.
#
#    0   receives for 5 min                                             officer            0 + 5 =  5
#    5   knows; a level of severity 3 is called for: assesses for 5     officer            5 + 5 = 10
#        (writing it down, which is normal, waits: the level is high; and nothing else is free to do it)
#    10  recommends; passes the question on for 1 min                   officer           10 + 1 = 11
#    11  the chief decides for 3 min; the officer meanwhile writes      chief             11 + 3 = 14
#    14  decided; the chief passes on for 1 min                         chief             14 + 1 = 15
#    15  the call interrupts the writing, 4 of its 12 min done          officer           15 + 4 = 19
#    19  the call is out; both leave what they have in hand and go to the staff's room, in place at 19 + 10 = 29
#    29  both sit: the level is active; nobody is left in the line, so the officer goes on writing from the staff
#    37  the rest of the writing, 8 min, is done                        officer           29 + 8 = 37
BY_DAY = [
    (0, "PlayStarted", "handelse", "lillby", None, 1, 0, "2026-01-20T10:00:00+01:00", 720),
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
    (5, "TaskRequested", "E1/note", "E1", "Göra note", "write", ("E1/receive",), 2, "officer"),
    (5, "StationAsked", "E1/note", "officer", "first"),
    (5, "TaskStarted", "level:command:1/recommend", "officer", "officers#1"),
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
    (11, "Waited", 5, "E1/note", "queue", "officer", ""),
    (11, "TaskStarted", "E1/note", "officer", "officers#1"),
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
    (15, "Worked", 11, "E1/note", "officers#1", "officer", "work", "desk"),
    (15, "TaskInterrupted", "E1/note", "officer", "level:command:1/alert"),
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
    (19, "Waited", 15, "E1/note", "queue", "officer", "interrupted"),
    (29, "SeatFilled", "command", "chief", "chiefs#1", 1),
    (29, "FactLearned", "grave", "command", "gathered", "chief"),
    (29, "SeverityKnown", "command", 3, False),
    (29, "Waited", 19, "level:command:1/gather", "unavailable", "command", "seats missing: 2"),
    (29, "SeatFilled", "command", "picture", "officers#1", 2),
    (29, "TaskFinished", "level:command:1/gather", "level:command:1", None, "done"),
    (29, "LevelActivated", "command", "level:command:1"),
    (29, "CaseClosed", "level:command:1", "done"),
    (29, "Waited", 19, "E1/note", "unavailable", "officer", ""),
    (37, "Worked", 29, "E1/note", "officers#1", "officer", "work", "desk"),
    (37, "TaskFinished", "E1/note", "E1", "officer", "done"),
    (37, "CaseClosed", "E1", "done"),
    (720, "PlayEnded"),
]


def test_a_day_with_a_level(tiny):
    log = tiny.play(
        organisation={
            "functions": {
                "officer": {"does": ["receive_alarm", "verify_situation", "write", "assess_severity", "alert"]}
            }
        },
        levels=[LEVEL],
        staff={"chief": ["chiefs"], "picture": ["officers"]},
        injects=[inject("E1", asks_for="answer", facts=["grave"])],
        procedures={
            "answer": [task("receive", "5 min"), task("note", "12 min", needs="write", mode="desk", after=["receive"])]
        },
    )
    assert story(log) == BY_DAY
