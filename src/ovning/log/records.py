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

from typing import Literal, NamedTuple

Cause = Literal[
    "transmission",
    "unavailable",
    "queue",
    "mandate",
    "meeting",
    "information",
    "clarification",
    "shift_change",
    "channel_down",
]
"""Why a task waited."""

Activity = Literal[
    "work", "pass_on", "clarification", "asking", "agreement", "meeting", "session", "flow", "shift_change"
]
"""What somebody's time went to.

``work`` is the task itself, ``agreement`` one holder's part of a joint decision, ``session`` a seat in a body, ``flow``
things of a flow that are taken care of (the task is then ``flow:<flow>:<stage>:<number>``), ``shift_change`` handing a
seat over.
"""

Outcome = Literal["done", "blocked", "cancelled"]


class PlayStarted(NamedTuple):
    """The first record."""

    at: int
    exercise: str
    organisation: str
    variation: str | None
    seed: int
    replication: int
    start: str
    """Local time of STARTEX, ISO 8601 with offset."""
    horizon: int


class EventHappened(NamedTuple):
    """An event of the scenario."""

    at: int
    event: str


class NeedLost(NamedTuple):
    """A service lost something it needs, and from now on lives on what it has."""

    at: int
    service: str
    need: str
    fails_at: int
    """When it fails unless the need comes back, or its endurance is extended, before."""


class NeedRestored(NamedTuple):
    """A service has again what it needs."""

    at: int
    service: str
    need: str


class ServiceExtended(NamedTuple):
    """A finished task lets a service do without what it needs for longer."""

    at: int
    service: str
    by: int
    """Milliseconds more."""
    task: str


class ServiceChanged(NamedTuple):
    """A service has a new level."""

    at: int
    service: str
    level: float
    """The share of those affected who have it, 0 to 1."""
    caused_by: str
    """An event, inject, task or flow, or the service that it needed."""


class InjectSent(NamedTuple):
    """Somebody outside says something."""

    at: int
    inject: str
    case: str
    sender: str
    """Who says it, in Swedish."""
    to: tuple[str, ...]
    """Stations first asked."""
    by: str
    """The channel."""
    text: str
    """The words, in Swedish, clock times and numbers filled in."""


class InjectWithheld(NamedTuple):
    """An inject did not come."""

    at: int
    inject: str
    reason: Literal["unless", "chance", "nobody"]
    """``nobody``: the organisation has no function with the role that it is for."""


class InjectReceived(NamedTuple):
    """Somebody began to take in what was said."""

    at: int
    inject: str
    case: str
    station: str
    person: str


class CaseOpened(NamedTuple):
    """An inject or a need, and all the tasks it leads to."""

    at: int
    case: str
    kind: Literal["inject", "level", "report", "follow_up", "stand_down", "afterwards", "shift"]
    subject: str
    """The inject, level, or kind of follow-up work."""
    priority: int
    """0 life, 1 high, 2 normal, 3 low."""
    objectives: tuple[str, ...]
    caused_by: str | None
    """The task whose life turned at that moment and opened it: it finished, or was begun by somebody who learnt
    something when it was handed over, or began to wait for it (a level where its decision is held). ``None`` for what
    comes from outside, from the clock, or from people meeting."""


class CaseClosed(NamedTuple):
    """Every task of the case is finished, blocked or cancelled."""

    at: int
    case: str
    outcome: Outcome


class TaskRequested(NamedTuple):
    """A task is ready to be done and begins to wait."""

    at: int
    task: str
    case: str
    title: str
    needs: str
    """A capability, ``decide(…)``, or ``gather``."""
    after: tuple[str, ...]
    """Predecessor tasks in the case, in the order listed."""
    priority: int
    holder: str | None
    """The station that held the case; ``None`` when it comes from outside."""


class StationAsked(NamedTuple):
    """A task was put in a station's queue."""

    at: int
    task: str
    station: str
    why: Literal["first", "deputy", "line", "else", "staff", "otherwise"]


class ContactAttempted(NamedTuple):
    """Somebody who was not present was called."""

    at: int
    task: str
    station: str
    person: str
    answers_at: int | None
    """When they answer; ``None`` if they never do."""


class PersonReached(NamedTuple):
    """Somebody who was not present answered and is awake."""

    at: int
    person: str
    station: str


class PersonArrived(NamedTuple):
    """Somebody who was called in is in place."""

    at: int
    person: str
    place: str


class HandedOver(NamedTuple):
    """A case passed from one station to another."""

    at: int
    since: int
    task: str
    sender: str
    receiver: str
    channel: str


class Waited(NamedTuple):
    """A stretch of a task's life in which nobody worked on it."""

    at: int
    since: int
    task: str
    cause: Cause
    station: str
    """The station that was waited for."""
    detail: str
    """What it was in particular: the raw cause under ``mandate``, ordinary work, the channel, the fact …, or empty."""


class Worked(NamedTuple):
    """A stretch of a person's time; with several persons, one record each."""

    at: int
    since: int
    task: str
    person: str
    station: str
    activity: Activity
    mode: Literal["call", "desk", "field", "meeting"]


class TaskStarted(NamedTuple):
    """Somebody took the task (for the first time, if it was interrupted later)."""

    at: int
    task: str
    station: str
    person: str


class TaskInterrupted(NamedTuple):
    """A call came first; the rest of the task waits."""

    at: int
    task: str
    station: str
    by: str
    """The task that interrupted."""


class TaskFinished(NamedTuple):
    """The task ended."""

    at: int
    task: str
    case: str
    station: str | None
    outcome: Outcome


class TaskUnfinished(NamedTuple):
    """At the horizon the task was still open; its life so far ends here."""

    at: int
    task: str
    case: str
    state: Literal["waiting", "working"]


class Clarified(NamedTuple):
    """Two units that share no agreement had to ask each other what was meant."""

    at: int
    since: int
    task: str
    sender: str
    receiver: str


class DecisionMade(NamedTuple):
    """Somebody with the mandate decided."""

    at: int
    decision: str
    case: str
    task: str
    station: str
    how: Literal["own", "deputy", "seat", "body", "chair", "joint"]


class MandateMissing(NamedTuple):
    """Nobody in the organisation holds the decision; the task ended blocked."""

    at: int
    decision: str
    case: str
    task: str


class ActedWithoutMandate(NamedTuple):
    """For life: somebody acted first and reports afterwards."""

    at: int
    decision: str
    case: str
    task: str
    station: str


class FactLearned(NamedTuple):
    """A station (for a seat: its level's staff) came to know something."""

    at: int
    fact: str
    knower: str
    how: Literal["inject", "established", "hand_over", "report", "seen", "gathered", "meeting", "asked"]
    source: str
    """The inject, task or station it came from."""


class FactMissing(NamedTuple):
    """A task began without a fact that it uses: nobody within reach knew it."""

    at: int
    task: str
    fact: str
    station: str


class SeverityKnown(NamedTuple):
    """The gravest that a station knows of changed."""

    at: int
    knower: str
    severity: int
    by_pattern: bool


class LevelRecommended(NamedTuple):
    """Somebody who may assess recommends a level."""

    at: int
    level: str
    case: str
    station: str
    severity: int


class LevelDecided(NamedTuple):
    """The level was decided."""

    at: int
    level: str
    case: str
    station: str


class LevelAlerted(NamedTuple):
    """The call to its staff went out."""

    at: int
    level: str
    case: str


class SeatFilled(NamedTuple):
    """Somebody sat down in a staff seat."""

    at: int
    level: str
    seat: str
    person: str
    filled: int
    """How many seats are filled now."""


class SeatLeft(NamedTuple):
    """Somebody left a staff seat."""

    at: int
    level: str
    seat: str
    person: str
    why: Literal["relieved", "worn_out", "ended", "moved"]
    """``worn_out``: on duty for as long as anybody is, and nobody came; ``moved``: to a seat of a higher level."""
    filled: int
    """How many seats are filled now."""


class ShiftPlanned(NamedTuple):
    """The next shift of a staff has been planned: these people have been told, or are being called."""

    at: int
    level: str
    shift: int
    """Its number; the people who gathered first were shift 1."""
    begins: int
    task: str
    people: tuple[str, ...]
    """Those asked first, seat by seat."""


class ReliefAgreed(NamedTuple):
    """Somebody has been told that they are on the next shift."""

    at: int
    level: str
    shift: int
    seat: str
    person: str


class PersonRelieved(NamedTuple):
    """Somebody handed a seat over to whoever came to relieve them, from ``since`` to ``at``."""

    at: int
    since: int
    level: str
    seat: str
    person: str
    by: str


class RestBegan(NamedTuple):
    """Somebody went off to rest and cannot be reached."""

    at: int
    person: str
    until: int
    why: Literal["shift_over", "before_shift", "worn_out"]


class RestEnded(NamedTuple):
    """Somebody has rested."""

    at: int
    person: str


class OrdinaryHoursCounted(NamedTuple):
    """Somebody who worked in this exercise was at ordinary work that day, from ``begins`` to ``ends``."""

    at: int
    person: str
    begins: int
    ends: int


class WentAway(NamedTuple):
    """Somebody cannot be reached by anybody."""

    at: int
    person: str
    until: int | None
    """``None``: to the end."""


class FunctionEmptied(NamedTuple):
    """A function that should be manned now is not: its people rest, sit in a staff or are away."""

    at: int
    function: str


class FunctionManned(NamedTuple):
    """A function that stood empty is manned again, or need not be manned any more."""

    at: int
    function: str


class FactPublished(NamedTuple):
    """The public was told."""

    at: int
    fact: str
    task: str


class FlowArrived(NamedTuple):
    """Some came to be taken care of."""

    at: int
    flow: str
    number: int
    """How many."""
    items: tuple[int, ...]
    """Which they are, if each is followed by itself."""


class FlowTurnedAway(NamedTuple):
    """There was no room for them."""

    at: int
    flow: str
    stage: str
    number: int
    """How many."""
    items: tuple[int, ...]


class FlowBegun(NamedTuple):
    """Somebody began to take care of them."""

    at: int
    flow: str
    stage: str
    number: int
    """How many."""
    items: tuple[int, ...]
    waited: int
    """How long they had waited for it, summed over them, in milliseconds."""
    work: str
    """The piece of work, ``flow:<flow>:<stage>:<number>``; empty for a stay that takes nobody's time."""


class FlowDone(NamedTuple):
    """They were taken care of in this stage."""

    at: int
    flow: str
    stage: str
    number: int
    """How many."""
    items: tuple[int, ...]
    last: bool
    """Whether they are through."""


class FlowLeft(NamedTuple):
    """They went away without having been taken care of."""

    at: int
    flow: str
    stage: str
    number: int
    """How many."""
    items: tuple[int, ...]
    waited: int
    """How long they had waited, summed over them, in milliseconds."""
    why: Literal["gave_up", "no_need"]
    """``no_need``: what they lacked is back."""


class FlowLate(NamedTuple):
    """They have waited longer than they may."""

    at: int
    flow: str
    number: int
    """How many."""
    items: tuple[int, ...]


class LevelActivated(NamedTuple):
    """The stated seats are filled: the level is active."""

    at: int
    level: str
    case: str


class LevelStoodDown(NamedTuple):
    """The level ended; its people are back in the line."""

    at: int
    level: str
    case: str


class MeetingHeld(NamedTuple):
    """A staff meeting."""

    at: int
    since: int
    level: str
    items: int
    present: int


class BodySummoned(NamedTuple):
    """The summons to a body went out."""

    at: int
    body: str
    task: str
    """The task whose question was put first."""
    by: str
    """The station that sent it out."""


class MemberPresent(NamedTuple):
    """A member is in place, or on the line."""

    at: int
    body: str
    person: str
    present: int


class BodyConvened(NamedTuple):
    """Enough members are there (sammankallad)."""

    at: int
    body: str
    present: int
    chair: str
    vice_chair_presides: bool


class BodyEnteredFunction(NamedTuple):
    """Its chair has decided that it enters its function (träder i funktion)."""

    at: int
    body: str


class BodyAdjourned(NamedTuple):
    """Nothing more on its agenda."""

    at: int
    body: str


class PlayEnded(NamedTuple):
    """The last record."""

    at: int


Record = (
    PlayStarted
    | EventHappened
    | NeedLost
    | NeedRestored
    | ServiceExtended
    | ServiceChanged
    | InjectSent
    | InjectWithheld
    | InjectReceived
    | CaseOpened
    | CaseClosed
    | TaskRequested
    | StationAsked
    | ContactAttempted
    | PersonReached
    | PersonArrived
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
    | SeatFilled
    | SeatLeft
    | ShiftPlanned
    | ReliefAgreed
    | PersonRelieved
    | RestBegan
    | RestEnded
    | OrdinaryHoursCounted
    | WentAway
    | FunctionEmptied
    | FunctionManned
    | FactPublished
    | FlowArrived
    | FlowTurnedAway
    | FlowBegun
    | FlowDone
    | FlowLeft
    | FlowLate
    | LevelActivated
    | LevelStoodDown
    | MeetingHeld
    | BodySummoned
    | MemberPresent
    | BodyConvened
    | BodyEnteredFunction
    | BodyAdjourned
    | PlayEnded
)
"""Anything that a log can hold."""

Log = tuple[Record, ...]
"""One play, from ``PlayStarted`` to ``PlayEnded``."""
