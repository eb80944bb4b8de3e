"""A hand-made play, written out, with everything that a measure looks at; the tests have the answers, by hand.

E1 is answered after four minutes and leads to central command, active at 1 h 40 min. Nobody answers E2; E3 is withheld;
E4 meets a mandate gap and an act for life; E5 is being worked on at the horizon.
"""

from ovning.log.records import (
    ActedWithoutMandate,
    BodyAdjourned,
    BodyConvened,
    BodyEnteredFunction,
    BodySummoned,
    CaseClosed,
    CaseOpened,
    DecisionMade,
    EventHappened,
    FactLearned,
    FactMissing,
    InjectReceived,
    InjectSent,
    InjectWithheld,
    LevelActivated,
    LevelAlerted,
    LevelDecided,
    LevelRecommended,
    LevelStoodDown,
    MandateMissing,
    MemberPresent,
    PlayEnded,
    PlayStarted,
    SeatFilled,
    TaskFinished,
    TaskRequested,
    TaskStarted,
    TaskUnfinished,
    Waited,
    Worked,
)
from ovning.model.assumptions import ModelAssumptions
from ovning.model.exercise import Exercise
from ovning.model.organisation import Organisation
from ovning.model.scenario import Scenario
from ovning.model.setup import Setup
from ovning.units import HOUR, MINUTE

M = MINUTE
CC = "level:central_command:1"

LOG = (
    PlayStarted(0, "elavbrott", "orebro", None, 1, 17, "2026-01-22T03:50:00+01:00", 360 * M),
    EventHappened(0, "outage"),
    InjectSent(10 * M, "E1", "E1", "Nätbolaget", ("tib",), "phone", "En station är förlorad."),
    CaseOpened(10 * M, "E1", "inject", "E1", 2, ("M1",), None),
    TaskRequested(10 * M, "E1/receive", "E1", "Ta emot", "receive_alarm", (), 2, None),
    Waited(14 * M, 10 * M, "E1/receive", "unavailable", "tib", ""),
    TaskStarted(14 * M, "E1/receive", "tib", "sak#1"),
    InjectReceived(14 * M, "E1", "E1", "tib", "sak#1"),
    FactLearned(14 * M, "substation_lost", "tib", "inject", "E1"),
    Worked(19 * M, 14 * M, "E1/receive", "sak#1", "tib", "work", "call"),
    TaskFinished(19 * M, "E1/receive", "E1", "tib", "done"),
    TaskRequested(19 * M, "E1/verify", "E1", "Verifiera", "verify_situation", ("E1/receive",), 2, "tib"),
    TaskStarted(19 * M, "E1/verify", "tib", "sak#1"),
    Worked(29 * M, 19 * M, "E1/verify", "sak#1", "tib", "work", "desk"),
    TaskFinished(29 * M, "E1/verify", "E1", "tib", "done"),
    FactLearned(29 * M, "outage_extent", "tib", "established", "E1/verify"),
    TaskRequested(29 * M, "E1/inform", "E1", "Informera", "public_information", ("E1/verify",), 2, "tib"),
    TaskRequested(29 * M, "E1/open", "E1", "Öppna", "decide(open_points)", ("E1/verify",), 2, "tib"),
    CaseOpened(29 * M, CC, "level", "central_command", 1, (), "E1/verify"),
    TaskRequested(29 * M, f"{CC}/assess", CC, "Bedöma", "assess", (), 1, "tib"),
    Waited(30 * M, 29 * M, f"{CC}/assess", "queue", "tib", "E1/inform"),
    Worked(31 * M, 30 * M, f"{CC}/assess", "sak#1", "tib", "pass_on", "call"),
    Waited(31 * M, 29 * M, "E1/inform", "transmission", "komm", "phone"),
    Waited(32 * M, 30 * M, f"{CC}/assess", "information", "tib", ""),
    BodySummoned(33 * M, "klut", "E1/open", "ks"),
    Worked(35 * M, 32 * M, f"{CC}/assess", "sak#1", "tib", "work", "desk"),
    LevelRecommended(35 * M, "central_command", CC, "tib", 3),
    TaskFinished(35 * M, f"{CC}/assess", CC, "tib", "done"),
    TaskRequested(35 * M, f"{CC}/decide", CC, "Besluta", "level", (f"{CC}/assess",), 1, "tib"),
    Waited(41 * M, 31 * M, "E1/inform", "queue", "komm", "ordinary"),
    MemberPresent(42 * M, "klut", "pol#1", 3),
    BodyConvened(42 * M, "klut", 3, "pol#1", False),
    FactLearned(43 * M, "outage_extent", "chef", "report", "tib"),
    BodyEnteredFunction(44 * M, "klut"),
    Waited(44 * M, 29 * M, "E1/open", "mandate", "klut", "quorum"),
    Worked(46 * M, 41 * M, "E1/inform", "kom#1", "komm", "work", "desk"),
    Worked(46 * M, 41 * M, "E1/inform", "kom#2", "komm", "work", "desk"),
    TaskFinished(46 * M, "E1/inform", "E1", "komm", "done"),
    Worked(46 * M, 44 * M, "E1/open", "pol#1", "klut", "work", "meeting"),
    Worked(46 * M, 44 * M, "E1/open", "pol#2", "klut", "meeting", "meeting"),
    DecisionMade(46 * M, "open_points", "E1", "E1/open", "klut", "body"),
    TaskFinished(46 * M, "E1/open", "E1", None, "done"),
    TaskRequested(46 * M, "E1/report", "E1", "Rapportera", "report_situation", ("E1/open", "E1/inform"), 2, "tib"),
    Worked(50 * M, 46 * M, "E1/report", "sak#1", "tib", "work", "desk"),
    TaskFinished(50 * M, "E1/report", "E1", "tib", "done"),
    CaseClosed(50 * M, "E1", "done"),
    Waited(55 * M, 35 * M, f"{CC}/decide", "unavailable", "chef", ""),
    Worked(58 * M, 55 * M, f"{CC}/decide", "dir#1", "chef", "work", "call"),
    LevelDecided(58 * M, "central_command", CC, "chef"),
    TaskFinished(58 * M, f"{CC}/decide", CC, "chef", "done"),
    TaskRequested(58 * M, f"{CC}/alert", CC, "Larma", "alert", (f"{CC}/decide",), 1, "chef"),
    Worked(63 * M, 58 * M, f"{CC}/alert", "sak#1", "tib", "work", "call"),
    LevelAlerted(63 * M, "central_command", CC),
    TaskFinished(63 * M, f"{CC}/alert", CC, "tib", "done"),
    TaskRequested(63 * M, f"{CC}/gather", CC, "Samlas", "gather", (f"{CC}/alert",), 1, "tib"),
    SeatFilled(93 * M, "central_command", "chief", "dir#1", 1),
    Waited(93 * M, 63 * M, f"{CC}/gather", "unavailable", "central_command.chief", ""),
    SeatFilled(100 * M, "central_command", "situation", "sak#1", 2),
    Waited(100 * M, 93 * M, f"{CC}/gather", "transmission", "central_command.situation", ""),
    BodyAdjourned(100 * M, "klut"),
    TaskFinished(100 * M, f"{CC}/gather", CC, None, "done"),
    LevelActivated(100 * M, "central_command", CC),
    CaseClosed(100 * M, CC, "done"),
    FactLearned(100 * M, "outage_extent", "central_command", "gathered", "chef"),
    InjectSent(120 * M, "E2", "E2", "En granne", ("vaxel",), "phone", "Hallå?"),
    CaseOpened(120 * M, "E2", "inject", "E2", 2, ("M2",), None),
    TaskRequested(120 * M, "E2/receive", "E2", "Ta emot", "receive_alarm", (), 2, None),
    InjectWithheld(130 * M, "E3", "chance"),
    InjectSent(150 * M, "E4", "E4", "Hemtjänsten", ("central_command.situation",), "phone", "Flytta personal!"),
    CaseOpened(150 * M, "E4", "inject", "E4", 0, (), None),
    TaskRequested(150 * M, "E4/receive", "E4", "Ta emot", "receive_alarm", (), 0, None),
    InjectReceived(150 * M, "E4", "E4", "central_command.situation", "sak#1"),
    Worked(155 * M, 150 * M, "E4/receive", "sak#1", "central_command.situation", "work", "call"),
    TaskFinished(155 * M, "E4/receive", "E4", "central_command.situation", "done"),
    TaskRequested(155 * M, "E4/move", "E4", "Flytta", "decide(move_staff)", ("E4/receive",), 0, "cc"),
    MandateMissing(155 * M, "move_staff", "E4", "E4/move"),
    TaskFinished(155 * M, "E4/move", "E4", None, "blocked"),
    TaskRequested(155 * M, "E4/act", "E4", "Utrym", "decide(evacuate)", ("E4/receive",), 0, "cc"),
    FactMissing(155 * M, "E4/act", "weather", "central_command.situation"),
    Worked(165 * M, 155 * M, "E4/act", "sak#1", "central_command.situation", "work", "field"),
    ActedWithoutMandate(165 * M, "evacuate", "E4", "E4/act", "central_command.situation"),
    TaskFinished(165 * M, "E4/act", "E4", "central_command.situation", "done"),
    CaseOpened(165 * M, "afterwards:1", "afterwards", "evacuate", 3, (), "E4/act"),
    TaskRequested(165 * M, "afterwards:1/report", "afterwards:1", "Rapportera", "report_situation", (), 3, "cc"),
    CaseClosed(165 * M, "E4", "blocked"),
    Worked(170 * M, 165 * M, "afterwards:1/report", "sak#1", "central_command.situation", "work", "desk"),
    TaskFinished(170 * M, "afterwards:1/report", "afterwards:1", "central_command.situation", "done"),
    CaseClosed(170 * M, "afterwards:1", "done"),
    CaseOpened(200 * M, "E4:decide", "follow_up", "keep_log", 2, (), None),
    TaskRequested(200 * M, "E4:decide/points", "E4:decide", "Stäng", "decide(open_points)", (), 2, "cc"),
    Worked(204 * M, 200 * M, "E4:decide/points", "dir#1", "central_command.chief", "work", "desk"),
    DecisionMade(204 * M, "open_points", "E4:decide", "E4:decide/points", "central_command.chief", "seat"),
    TaskFinished(204 * M, "E4:decide/points", "E4:decide", "central_command.chief", "done"),
    CaseClosed(204 * M, "E4:decide", "done"),
    LevelStoodDown(300 * M, "central_command", CC),
    InjectSent(350 * M, "E5", "E5", "Polisen", ("tib",), "phone", "Sent."),
    CaseOpened(350 * M, "E5", "inject", "E5", 2, ("M1", "M2"), None),
    TaskRequested(350 * M, "E5/receive", "E5", "Ta emot", "receive_alarm", (), 2, None),
    Waited(352 * M, 350 * M, "E5/receive", "queue", "tib", ""),
    InjectReceived(352 * M, "E5", "E5", "tib", "sak#2"),
    Waited(360 * M, 120 * M, "E2/receive", "unavailable", "vaxel", ""),
    TaskUnfinished(360 * M, "E2/receive", "E2", "waiting"),
    Worked(360 * M, 352 * M, "E5/receive", "sak#2", "tib", "work", "call"),
    TaskUnfinished(360 * M, "E5/receive", "E5", "working"),
    PlayEnded(360 * M),
)

EXERCISE = Exercise.model_validate(
    {
        "exercise": "elavbrott",
        "title": "Elavbrott",
        "scenario": "scenario.yaml",
        "organisations": ["orebro"],
        "objectives": [
            {
                "id": "M1",
                "title": "Larma och aktivera",
                "criteria": [
                    {"measure": "time_to_level", "level": "central_command", "met": "90 min", "partly": "2 h"},
                    {"measure": "time_to_received", "inject": "E1", "met": "4 min"},
                    {"measure": "time_to_task", "inject": "E1", "task": "inform", "met": "30 min", "partly": "35 min"},
                ],
            },
            {
                "id": "M2",
                "title": "Besluta",
                "criteria": [
                    {"measure": "time_to_decision", "decision": "open_points", "met": "46 min"},
                    {"measure": "time_to_decision", "decision": "open_points", "inject": "E2", "met": "1 h"},
                    {"measure": "time_to_fact", "fact": "outage_extent", "known_by": "staff", "met": "99 min"},
                    {"measure": "time_to_fact", "fact": "outage_extent", "known_by": "director", "met": "43 min"},
                ],
            },
            {
                "id": "M3",
                "title": "Svara",
                "criteria": [
                    {"measure": "time_to_received", "inject": "E2", "met": "5 min"},
                    {"measure": "time_to_task", "inject": "E5", "task": "receive", "met": "20 min"},
                    {"measure": "time_to_task", "inject": "E4", "task": "move", "met": "4 h"},
                ],
            },
            {
                "id": "M4",
                "title": "Det som aldrig prövades",
                "criteria": [{"measure": "time_to_received", "inject": "E3", "met": "5 min"}],
            },
        ],
    }
)

ORGANISATION = Organisation.model_validate(
    {
        "organisation": "orebro",
        "title": "Örebro",
        "population": 144200,
        "units": {"sak": {"title": "Säkerhet", "site": "stadshuset"}},
        "people": {"sak": {"count": 3, "works": "office_hours"}},
        "functions": {
            "tib": {"title": "TiB", "unit": "sak", "filled_by": ["sak"], "role": "duty_officer"},
            "chef": {"title": "Direktör", "unit": "sak", "filled_by": ["sak"], "role": "director"},
        },
        "bodies": {
            "klut": {
                "title": "KLUT",
                "members": [{"from": "sak", "count": 3}],
                "quorum": 3,
                "convened_by": "chef",
                "item": "2 min",
            },
            "namnd": {
                "title": "Nämnd",
                "members": [{"from": "sak", "count": 3}],
                "quorum": 3,
                "convened_by": "chef",
                "item": "2 min",
            },
        },
        "first_call": {"default": "tib"},
        "levels": [
            {"id": "watch", "title": "Bevakning", "decided_by": "tib"},
            {"id": "central_command", "title": "Stabsläge", "decided_by": "chef"},
        ],
        "channels": [{"id": "phone", "delay": "1 min"}],
    }
)

SCENARIO = Scenario.model_validate(
    {
        "scenario": "elavbrott",
        "title": "Elavbrott",
        "start": "2026-01-22T03:50",
        "horizon": "6 h",
        "warrants": ["central_command"],
        "injects": [],
        "variations": {"kort": {"title": "Tio minuter", "warrants": []}, "natt": {"title": "Natt"}},
    }
)

ASSUMPTIONS = ModelAssumptions.model_construct(
    night_begins="23:00", night_ends="06:00", daily_rest=11 * HOUR, duty_ends_after=5 * HOUR
)

SETUP = Setup.model_construct(
    organisation=ORGANISATION, scenario=SCENARIO, exercise=EXERCISE, assumptions=ASSUMPTIONS, variation=None
)
