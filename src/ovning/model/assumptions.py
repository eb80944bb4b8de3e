"""What is assumed: the model's own numbers, and the ledger of every assumption that a play rests on."""

from __future__ import annotations

from typing import Any, Literal

from ovning.model.base import Duration, Model, Share
from ovning.model.distributions import Varying


class PartOfDay(Model):
    """A share that differs between day and night."""

    day: Share
    """From the end of the night to its beginning."""
    night: Share
    """While most people sleep."""


class Reach(Model):
    """How somebody who is not at work is reached, and how long it takes them to come."""

    chance: Share | PartOfDay
    """Whether the person can be reached at all that night (or day): a property of the person, not of the call."""
    delay: Varying
    """From the call to the answer, drawn anew for each attempt."""
    arrives: Varying | None = None
    """From the answer to being in place; without it they never come, they only answer."""


class OfficeHours(Model):
    """When ordinary work is done."""

    begin: str
    """Clock time, quoted: ``"08:00"``."""
    end: str
    """Clock time, quoted: ``"17:00"``."""
    days: tuple[Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"], ...]
    """Days of the week."""
    holidays: bool = False
    """Whether work goes on on holidays and on the eves that are free in practice."""


class Clarification(Model):
    """A misunderstanding between units that share no agreement, forum or vocabulary."""

    chance: Share
    """How often a hand-over between such units costs a round of questions."""
    takes: Varying
    """What the round costs both sides."""


class Pattern(Model):
    """Several facts of several kinds, seen by one and the same function, are graver together."""

    facts: int
    """How many facts, each of severity 1 or more."""
    kinds: int
    """Of how many kinds."""
    severity: int
    """How grave they are together."""


class ModelAssumptions(Model):
    """What the engine itself assumes for every organisation; entries of ``assumptions.yaml`` with these names."""

    calendars: dict[str, OfficeHours]
    """Calendars by name; ``always`` (a post manned round the clock) and ``never`` need no entry."""
    night_begins: str
    """Clock time at which the night begins."""
    night_ends: str
    """Clock time at which it ends."""
    luck_of_the_night: Literal["person", "call"]
    """Whether it is the person or each single call that has the chance of an answer."""
    luck_of_the_day_lasts: Duration
    """By day: how long somebody who could not be reached stays so, before it is worth calling them again."""
    mornings_differ: Duration
    """How much earlier or later than others somebody's nights and days may begin, at most."""
    off_duty_reached: Reach
    """How those who are neither at work nor on call are reached, unless their group says otherwise."""
    try_next_after: Duration
    """How long one waits for one person's answer before the next in the same function is called."""
    stays_awake: Duration
    """How long somebody who was reached stays within reach after their last work."""
    pass_on: Varying
    """What it takes of the giver's time to pass a case on."""
    patience: Duration
    """How long one waits for a function before trying its deputies and the line, unless the function says otherwise."""
    report: Varying
    """What it takes to receive a report that one was not waiting for."""
    assess: Varying
    """What it takes to judge a known picture and recommend a level."""
    decide_level: Varying
    """What it takes to decide on a level once the question is put."""
    alert: Varying
    """What it takes to send out the call to a staff."""
    answer_within: Duration
    """How long the one who calls in a staff waits before calling the next candidate for a seat."""
    gather_present: Varying
    """How long it takes somebody at work and awake to be in the staff's room."""
    stand_down: Varying
    """What it takes to decide that a level ends."""
    meeting_opening: Varying
    """The fixed part of a staff meeting."""
    convene: Varying
    """What it takes to send out the summons to a body."""
    enters_function: Varying
    """What the chair needs to decide that the body enters its function."""
    body_adjourns_after: Duration
    """How long a body without business stays together."""
    joint_patience: Duration
    """How long joint holders are given to agree before the decision is taken elsewhere."""
    clarification: Clarification
    """Misunderstanding between units."""
    pattern: Pattern
    """When several small things are one large one."""
    ordinary_piece: Varying
    """The length of one piece of ordinary work."""
    daily_rest: Duration
    """Rest without a break that everybody owes themselves in each day (dygnsvila)."""
    duty_ends_after: Duration
    """How long somebody must be off for a new duty to begin: they have slept."""
    works_at_most: Duration
    """How long somebody whom nobody relieves stays on duty before they go home all the same."""
    called_in_at_most: Duration
    """How long somebody who was called in to work, and has no seat in a staff, stays before the next are called."""
    plan_shifts: Varying
    """What it takes to plan a staff's next shift."""
    shift_change: Varying
    """What it takes to hand a seat over to whoever relieves."""
    report_afterwards: Varying
    """What it takes to report, afterwards, what was done without a mandate."""


class Assumption(Model):
    """One entry of the ledger: a value that no source gives."""

    path: str
    """Where the value stands: ``organisation.functions.tib.patience`` or ``assumptions.on_call_reached``."""
    name: str | None
    """Its name in the shared file; ``None`` for one that concerns this file alone."""
    title: str | None = None
    """What it is called in reports, if the shared file says."""
    value: Any
    """The value as written."""
    range: Any = None
    """What it might also be, as written."""
    reason: str
    """Why this value, and why no source."""
    for_population: int | None = None
    """How many inhabitants value and range are written for, if they follow that; they stand as written."""
    used_at: tuple[str, ...] = ()
    """Places that refer to it by name."""
    file: str = ""
    """The file it stands in."""


class SourcedValue(Model):
    """One entry of the ledger of what is known: a place and where it comes from."""

    path: str
    """Where it stands."""
    source: str
    """Where it comes from."""
    value: Any = None
    """The value as written; ``None`` when the source vouches for an item as a whole."""
