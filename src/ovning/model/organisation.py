"""A municipality's crisis organisation: people, functions, bodies, ladder, lines and channels."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from ovning.limits import MOST_AFFECTED
from ovning.model.assumptions import Reach
from ovning.model.base import Duration, Id, Interval, Model, Several, Share, Sourced, Title
from ovning.model.conditions import ClockTime
from ovning.model.distributions import Varying
from ovning.model.marking import Marking


class Unit(Sourced):
    """A part of the organisation, on a site."""

    title: Title
    """In Swedish."""
    site: Id
    """Where its people work; those on the same site can speak in person."""


class Group(Sourced):
    """People who are alike; one person does one thing at a time, whatever hats they wear."""

    title: Title | None = None
    """In Swedish; the id if left out."""
    count: Annotated[int, Field(ge=0, le=10_000)]
    """Heads; for ``works: always``, posts that are manned round the clock."""
    works: str
    """A calendar by name, or ``always``, or ``never`` (elected members, substitutes)."""
    posts: bool = False
    """Whether the count is posts that are manned in these hours by changing people, and not people who tire."""
    reached: Reach | None = None
    """How they are reached when they are neither at work nor on call; the shared assumption if left out."""


class OtherDuty(Model):
    """Something else that takes whoever is on call now and then, for hours, and that the exercise is not about."""

    title: Title
    """In Swedish, as a verb phrase: ”Leda en räddningsinsats”."""
    times_a_week: Annotated[float, Field(ge=0, le=200)]
    """How often on average, at any hour; 0 is never."""
    takes: Varying
    """How long it takes them; nobody gets them out of it."""


class OnCall(Model):
    """Somebody of the function is on call, at least when nobody of it is at work."""

    count: Annotated[int, Field(ge=1, le=100)] = 1
    """How many at a time; the rota goes week by week through the function's people."""
    round_the_clock: bool = False
    """Whether the rota holds in office hours too (one telephone), or everybody of it at work answers then."""
    reached: Reach
    """How they answer, and when they are in place."""
    other_duty: OtherDuty | None = None
    """What else may take whoever is on call; while one is at it, the next time is somebody else's."""


class Deputy(Model):
    """Another function that stands in, with mandate and capabilities."""

    function: Id
    """The deputy."""
    without: tuple[Id, ...] = ()
    """Capabilities and decisions that the deputy does not take over."""


class Informs(Model):
    """Whom a function tells what it has learnt."""

    function: Id
    """Who is told."""
    from_severity: int = 1
    """Told of facts of at least this severity."""


class Function(Sourced):
    """A function in the organisation: a name under which work is done."""

    title: Title
    """In Swedish."""
    unit: Id
    """The unit that it belongs to."""
    filled_by: tuple[Id, ...]
    """Groups of people, in order."""
    role: Id
    """The vocabulary's word, by which it is compared with other organisations and has its luck."""
    on_call: OnCall | None = None
    """Who is on call; without it, only those at work and those who happen to answer."""
    does: tuple[Id, ...] = ()
    """Capabilities."""
    decides: tuple[Id, ...] = ()
    """Decisions it may take alone."""
    budget: dict[Id, Annotated[int, Field(ge=0, le=1_000_000_000)]] = {}
    """Decisions it may take alone as long as what they cost is left of so many kronor; what costs nothing is not."""
    ordinary_load: Share = 0.0
    """Share of ordinary time already taken."""
    reports_to: Id | None = None
    """The next up the line."""
    patience: Duration | None = None
    """How long others wait for it before they try its deputies and the line."""
    deputies: tuple[Deputy, ...] = ()
    """Who stands in, in order."""
    informs: tuple[Informs, ...] = ()
    """Whom it tells, without being asked."""


class Members(Model):
    """Where a body's members come from."""

    from_group: Id = Field(alias="from")
    """A group of people."""
    count: Annotated[int, Field(ge=1, le=500)]
    """How many of them."""


class SharedBody(Model):
    """Other municipalities whose body it is too, and who put their own questions to it when they are hit."""

    others: Annotated[int, Field(ge=1, le=100)]
    """How many others share it; which of them are hit is the scenario's ``neighbours_hit``."""
    title: Title
    """What deciding one of their questions is called, in Swedish, as a verb phrase."""
    a_day: Annotated[float, Field(ge=0, le=1000)]
    """How many questions each of those who are hit puts to it in a day and night; 0 is none."""
    urgent: Share
    """How many of these cannot wait, so that the chair alone may decide them where that may be."""


class Body(Sourced):
    """An elected or appointed body that decides together."""

    title: Title
    """In Swedish."""
    members: tuple[Members, ...]
    """The first is the chair, the second the vice chair, in the order given."""
    quorum: Annotated[int, Field(ge=1)]
    """How many must be there."""
    convened_by: Id
    """The function that sends out the summons."""
    attendance: Literal["in_person", "remote"] = "in_person"
    """Whether members must come, or take part by telephone once reached."""
    item: Varying
    """What one item of the agenda takes."""
    decides: tuple[Id, ...] = ()
    """What the body decides."""
    enters_function: bool = True
    """Whether its chair must decide that it enters its function before it can decide anything (a krisledningsnämnd)."""
    chair_decides_urgent: bool = False
    """Whether the chair alone may decide what cannot wait."""
    shared: SharedBody | None = None
    """Who else has questions on its agenda."""


class Recommendation(Model):
    """When a level is recommended."""

    known_severity: Annotated[int, Field(ge=1, le=9)]
    """Somebody who may assess knows of something at least as grave."""


class ActiveWhen(Model):
    """When a level is active."""

    seats: Annotated[int, Field(ge=0)] = 0
    """How many seats are filled."""
    including: tuple[Id, ...] = ()
    """Seats that must be among them."""


class Rhythm(Model):
    """The staff's meetings."""

    meeting_every: Interval
    """From one meeting's beginning to the next."""
    item: Varying
    """What each new fact or open question adds to a meeting."""


class Shifts(Model):
    """How a level's people are relieved."""

    length: Interval
    """A shift."""
    planned_within: Duration
    """How soon after activation somebody sits down to plan the next shift; those after it as soon after each change."""
    changes_at: tuple[ClockTime, ...] = ()
    """Clock times at which shifts change; counted in steps of ``length`` from eight in the morning if left out."""


class ByDay(Model):
    """When a level's staff sits by day only, though the level is active."""

    works: str
    """The hours in which it sits."""
    known_severity_below: Annotated[int, Field(ge=1, le=9)]
    """It knows of nothing this grave; else it sits round the clock."""
    after: Duration = 0
    """So long after the level became active it sits round the clock whatever it knows."""


class StandDown(Model):
    """When a level ends."""

    known_severity_below: Annotated[int, Field(ge=1, le=9)]
    """Its staff knows of nothing this grave any more."""
    lasting: Duration = Field(alias="for")
    """And has not for so long."""


class Level(Sourced):
    """A step on the ladder."""

    id: Id
    """The vocabulary's word."""
    title: Title
    """In Swedish."""
    recommended_when: Recommendation | None = None
    """Without it the level is only reached because a decision is held there."""
    via: Id | None = None
    """The function through which it is activated."""
    decided_by: Id
    """The function (or body) that decides."""
    staffs: dict[Id, Annotated[int, Field(ge=1, le=50)]] = {}
    """Seats, and how many of each."""
    active_when: ActiveWhen = ActiveWhen()
    """When it counts as active."""
    rhythm: Rhythm | None = None
    """Its meetings."""
    shifts: Shifts | None = None
    """Its shifts."""
    by_day: ByDay | None = None
    """When it sits by day only; without it the staff sits round the clock for as long as the level is active."""
    grants: dict[Id, tuple[Id, ...]] = {}
    """Decisions that a seat may take while the level is active."""
    follow_up: tuple[Id, ...] = ()
    """Standing work that it makes."""
    calls_in: bool = True
    """Whether it lets people who are off duty be called in to work."""
    stands_down_when: StandDown | None = None
    """When it ends."""


class Joint(Sourced):
    """A decision that several hold together."""

    holders: Annotated[tuple[Id, ...], Field(min_length=2)]
    """All must agree."""
    otherwise: Id | None = None
    """The function or body that decides if they are not all reached in time."""


class Agreement(Sourced):
    """Units that understand each other: an agreement, a forum or a vocabulary."""

    between: Annotated[tuple[Id, ...], Field(min_length=2)]
    """Units of the organisation, or actors of the vocabulary."""


class ServiceNeed(Model):
    """A service that must be there."""

    at_least: Share = 0.5
    """The share of it that is enough."""
    share: Share = 1.0
    """The share of the channel's calls that have an end where it is gone."""


class Channel(Sourced):
    """A way to reach somebody."""

    id: Id
    """The vocabulary's word."""
    delay: Varying
    """From sending to hearing."""
    capacity: Annotated[int, Field(ge=1)] | None = None
    """How many hand-overs at a time; no limit if left out."""
    reach: Literal["all", "at_work", "same_site"] = "all"
    """Whom it reaches: everybody, also at home; people at work; or people at work on the same site."""
    units: tuple[Id, ...] = ()
    """Only between these units, if given."""
    depends_on: dict[Id, ServiceNeed] = {}
    """Services without which it is dead."""


class Organisation(Sourced):
    """One municipality's crisis organisation, as of a source and a year."""

    organisation: Id
    """Its id."""
    title: Title
    """Says what it is: ”modell efter …, år”."""
    note: str | None = None
    """What every report must say about it."""
    marking: Marking | None = None
    """What stands on every page and figure made from it, for instance how it may be spread; at most 80 characters."""
    population: Annotated[int, Field(ge=1, le=MOST_AFFECTED)]
    """Inhabitants."""
    has: Annotated[dict[Id, Share], Several] = {}
    """Services of the vocabulary that differ between municipalities, as they are here when a play begins."""
    units: Annotated[dict[Id, Unit], Several]
    """Its parts."""
    people: Annotated[dict[Id, Group], Several]
    """Its people."""
    functions: Annotated[dict[Id, Function], Several]
    """Its functions."""
    bodies: Annotated[dict[Id, Body], Several] = {}
    """Its bodies."""
    first_call: Annotated[dict[str, Id | tuple[Id, ...]], Several]
    """Kind of event → function, with ``default`` and ``else`` (a list)."""
    levels: Annotated[tuple[Level, ...], Several] = ()
    """The ladder, lowest first."""
    staff: Annotated[dict[Id, tuple[Id, ...]], Several] = {}
    """Seat → groups of people who may sit there, in order."""
    joint: Annotated[dict[Id, Joint], Several] = {}
    """Decisions held jointly."""
    agreements: Annotated[tuple[Agreement, ...], Several] = ()
    """Who understands whom."""
    channels: Annotated[tuple[Channel, ...], Field(min_length=1)]
    """Ways to reach each other, best first."""
