"""Cases and tasks: who was asked, what they waited for, what they knew and decided."""

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


class CaseOpened(NamedTuple):
    """An inject or a need, and all the tasks it leads to."""

    at: int
    case: str
    kind: Literal["inject", "level", "report", "follow_up", "stand_down", "afterwards", "shift", "other_duty", "others"]
    subject: str
    """The inject, level, or kind of follow-up work; for another duty, the function whose people on call it takes;
    for a question of another municipality, the body that they share."""
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
    """As what it was asked."""


class ContactAttempted(NamedTuple):
    """Somebody who was not present was called."""

    at: int
    task: str
    station: str
    person: str
    answers_at: int | None
    """When they answer; ``None`` if they never do."""


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
    how: Literal["own", "deputy", "seat", "body", "chair", "joint", "budget"]


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
