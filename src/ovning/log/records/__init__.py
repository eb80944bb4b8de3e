"""What happened in a play: one record type for each kind of thing, in the past tense.

Every record begins with ``at``, milliseconds since STARTEX, and records stand in the order in which they happened. A
record that closes a stretch of time also has ``since``. Ids: a *station* is a function (``tib``), a staff seat
(``central_command.chief``) or a body (``klut``); a *person* is ``group#ordinal``; a *case* is ``E1``, ``E1+2`` when an
inject is repeated, ``level:central_command:1``, ``report:7`` …; a *task* is ``case/name``.

The life of a task is contiguous: ``TaskRequested.at``, then ``Waited`` and ``Worked`` (``activity="work"``) stretches
that each begin where the one before ended, then ``TaskFinished.at``. A task with predecessors is requested at the very
moment at which the last of them finishes; a case is opened at the very moment its cause happened. Sums of causes are
therefore exact.
"""

from __future__ import annotations

from collections.abc import Sequence

from ovning.log.records.command import (
    BodyAdjourned,
    BodyConvened,
    BodyEnteredFunction,
    BodySummoned,
    LevelActivated,
    LevelAlerted,
    LevelDecided,
    LevelRecommended,
    LevelStoodDown,
    MeetingHeld,
    MemberPresent,
    PersonRelieved,
    ReliefAgreed,
    SeatFilled,
    SeatLeft,
    ShiftPlanned,
    StaffSeated,
)
from ovning.log.records.course import (
    EventHappened,
    FactPublished,
    InjectReceived,
    InjectSent,
    InjectWithheld,
    NeedLost,
    NeedRestored,
    PlayEnded,
    PlayStarted,
    ServiceChanged,
    ServiceExtended,
)
from ovning.log.records.flows import (
    FlowArrived,
    FlowBegun,
    FlowDone,
    FlowLate,
    FlowLeft,
    FlowTurnedAway,
)
from ovning.log.records.people import (
    FunctionEmptied,
    FunctionManned,
    OrdinaryHoursCounted,
    PersonArrived,
    PersonReached,
    RestBegan,
    RestEnded,
    WentAway,
)
from ovning.log.records.stocks import StockMoved, StockRateChanged, StockStood
from ovning.log.records.work import (
    ActedWithoutMandate,
    Activity,
    CaseClosed,
    CaseOpened,
    Cause,
    Clarified,
    ContactAttempted,
    DecisionMade,
    FactLearned,
    FactMissing,
    HandedOver,
    MandateMissing,
    Outcome,
    SeverityKnown,
    StationAsked,
    TaskFinished,
    TaskInterrupted,
    TaskRequested,
    TaskStarted,
    TaskUnfinished,
    Waited,
    Worked,
)

__all__ = [
    "ActedWithoutMandate",
    "Activity",
    "BodyAdjourned",
    "BodyConvened",
    "BodyEnteredFunction",
    "BodySummoned",
    "CaseClosed",
    "CaseOpened",
    "Cause",
    "Clarified",
    "ContactAttempted",
    "DecisionMade",
    "EventHappened",
    "FactLearned",
    "FactMissing",
    "FactPublished",
    "FlowArrived",
    "FlowBegun",
    "FlowDone",
    "FlowLate",
    "FlowLeft",
    "FlowTurnedAway",
    "FunctionEmptied",
    "FunctionManned",
    "HandedOver",
    "InjectReceived",
    "InjectSent",
    "InjectWithheld",
    "LevelActivated",
    "LevelAlerted",
    "LevelDecided",
    "LevelRecommended",
    "LevelStoodDown",
    "Log",
    "MandateMissing",
    "MeetingHeld",
    "MemberPresent",
    "NeedLost",
    "NeedRestored",
    "OrdinaryHoursCounted",
    "Outcome",
    "PersonArrived",
    "PersonReached",
    "PersonRelieved",
    "PlayEnded",
    "PlayStarted",
    "Record",
    "ReliefAgreed",
    "RestBegan",
    "RestEnded",
    "SeatFilled",
    "SeatLeft",
    "ServiceChanged",
    "ServiceExtended",
    "SeverityKnown",
    "ShiftPlanned",
    "StaffSeated",
    "StationAsked",
    "StockMoved",
    "StockRateChanged",
    "StockStood",
    "TaskFinished",
    "TaskInterrupted",
    "TaskRequested",
    "TaskStarted",
    "TaskUnfinished",
    "Waited",
    "WentAway",
    "Worked",
]

Record = (
    PlayStarted
    | EventHappened
    | NeedLost
    | NeedRestored
    | ServiceExtended
    | ServiceChanged
    | StockStood
    | StockRateChanged
    | StockMoved
    | InjectSent
    | InjectWithheld
    | InjectReceived
    | FactPublished
    | FlowArrived
    | FlowTurnedAway
    | FlowBegun
    | FlowDone
    | FlowLeft
    | FlowLate
    | CaseOpened
    | CaseClosed
    | TaskRequested
    | StationAsked
    | ContactAttempted
    | HandedOver
    | Waited
    | Worked
    | TaskStarted
    | TaskInterrupted
    | TaskFinished
    | TaskUnfinished
    | Clarified
    | DecisionMade
    | MandateMissing
    | ActedWithoutMandate
    | FactLearned
    | FactMissing
    | SeverityKnown
    | LevelRecommended
    | LevelDecided
    | LevelAlerted
    | StaffSeated
    | SeatFilled
    | SeatLeft
    | LevelActivated
    | LevelStoodDown
    | ShiftPlanned
    | ReliefAgreed
    | PersonRelieved
    | MeetingHeld
    | BodySummoned
    | MemberPresent
    | BodyConvened
    | BodyEnteredFunction
    | BodyAdjourned
    | PersonReached
    | PersonArrived
    | OrdinaryHoursCounted
    | RestBegan
    | RestEnded
    | WentAway
    | FunctionEmptied
    | FunctionManned
    | PlayEnded
)
"""Anything that a log can hold."""

Log = Sequence[Record]
"""One play, from ``PlayStarted`` to ``PlayEnded``."""
