"""Everything that changes during a play, as plain data; the behaviour is in the other modules of the engine."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

from ovning.engine.courses import Course
from ovning.engine.hours import Hours, Pieces
from ovning.engine.moment import Moment
from ovning.log.records import Activity, Cause, Outcome
from ovning.model.organisation import Body, Function, Group, Level
from ovning.model.scenario import Mode, Task

State = Literal["inactive", "recommended", "decided", "active", "standing_down"]
"""Where a level stands."""
How = Literal["own", "deputy", "seat", "body", "chair", "joint", "budget"]
Why = Literal["first", "deputy", "line", "else", "staff", "otherwise"]
WhyLeft = Literal["relieved", "worn_out", "away", "ended", "moved", "adjourned"]
"""Why somebody leaves a seat."""


@dataclass(eq=False, slots=True)
class Person:
    """Somebody: one thing at a time, whatever hats."""

    name: str
    group: Group
    group_id: str
    ordinal: int
    """The person's place among those whose luck has the same word."""
    role: str
    """The word that names the person's luck: a role of the vocabulary where they have one."""
    calendar: str
    hours: Hours
    tires: bool
    """Whether it is a person who tires, and not a post or an elected member."""
    hats: list[Station] = field(default_factory=list)
    seat: Station | None = None
    work: Work | None = None
    load: float = 0.0
    awake_until: int = -1
    in_place: bool = False
    """On site though not by the calendar: called in."""
    travelling: bool = False
    meeting_since: int | None = None
    claimed: bool = False
    """Called for a staff seat, and on the way to it."""
    coming_to: tuple[str, int, str] | None = None
    """The level, its round and the seat that the person is called for; ``None`` for whoever comes to a shift."""
    called_until: int = -1
    """Until when nobody calls the person for another seat, since they have not answered for one."""
    last_finished: int = -1
    resting: bool = False
    before_shift: Callable[[], None] | None = None
    """Ends the rest before a shift that will not be."""
    rests_until: int = -1
    """When the rest that is under way, or was last, is over."""
    away: int = 0
    """How many events keep the person from being reached by anybody."""
    ordinary_ends: int | None = None
    """When the piece of ordinary work that the person is in ends, as last looked up."""
    ordinary_known_until: int = -(1 << 50)
    pieces: Pieces | None = None
    """The ordinary work of the day in which it was last looked up."""
    duty_since: int | None = None
    """When the duty began that the person is in, or was in last."""
    called_in: bool = False
    """Whether all of that duty is work outside a staff to which they were called in from being off."""
    last_on: int = -(1 << 50)
    """When the person was last known to be on duty."""
    rested_at: int = -(1 << 50)
    """When the last rest was over."""
    counted: int | None = None
    """The beginning of the ordinary day that was last written down."""
    heads_home: list[Callable[[], None]] = field(default_factory=list)
    """What is to happen as soon as the work in hand is done: they hand over, go home."""
    changing: bool = False
    """Whether they are handing a seat over, or taking it over."""
    shift: tuple[str, int] | None = None
    """The level and shift that the person has been asked to come to."""
    late_by: int = 0
    """How much later than others their nights begin and end, in milliseconds; negative for early birds."""
    answering: set[str] = field(default_factory=set)
    """Stations that the person has been reached for since they woke."""
    stood_by: set[str] = field(default_factory=set)
    """Those of them for which they were on call then."""
    session: bool = False
    """Whether a body's item is being taken with the person in it."""
    then_sit: Callable[[], None] | None = None
    """The seat to be taken when the work in hand is done."""
    bodies: list[BodyRun] = field(default_factory=list)
    """The bodies that the person is present in."""

    def is_wanted(self, tired_since: int) -> bool:
        """Whether others may want the person when free; nobody tires whose duty began after ``tired_since``."""
        if self.seat is not None or (self.duty_since is not None and self.duty_since <= tired_since):
            return True
        return self.then_sit is not None or bool(self.heads_home) or bool(self.bodies)


@dataclass(eq=False, slots=True)
class Knower:
    """Somebody or some room that knows things."""

    id: str
    bit: int
    """A power of two, which stands for this one in sets of knowers."""
    stations: list[Station] = field(default_factory=list)
    facts: dict[str, int] = field(default_factory=dict)
    severity: int = 0
    aware: dict[str, int] = field(default_factory=dict)
    """Fact → the bits of the knowers that this one knows to know it, itself included."""

    def is_known_by(self, other: Knower, fact: str) -> bool:
        """Whether this one knows that the other knows a fact."""
        return bool(self.aware.get(fact, 0) & other.bit)


@dataclass(eq=False, slots=True)
class Station:
    """A function or a staff seat: a name under which work is done, with a queue of its own."""

    id: str
    rank: int
    title: str
    role: str
    luck: str
    """The role, numbered when several functions have it: what names this station's luck."""
    unit: str | None
    site: str | None
    does: frozenset[str]
    decides: frozenset[str]
    patience: int
    knower: Knower
    function: Function | None = None
    level: str | None = None
    """For a seat, the level it belongs to."""
    seat: str | None = None
    above: tuple[str, ...] = ()
    """The line above, nearest first."""
    people: list[Person] = field(default_factory=list)
    hours: list[Hours] = field(default_factory=list)
    """The calendars that a function's people follow, each once."""
    queue: list[Request] = field(default_factory=list)
    wake: Moment | None = None
    wake_at: int = 0
    fresh: list[Request] = field(default_factory=list)
    """Asked since the station was last seen to."""
    manning_at: int = -1
    """When it is next looked at whether it stands empty."""
    seated: int = 0
    """How many of its people sit in a staff."""
    has_rota: bool = False
    """Whether somebody of it is on call."""
    rota: list[Person] = field(default_factory=list)
    """Who is on call, as last looked up."""
    rota_until: int = -(1 << 50)
    rota_version: int = -1
    state: dict[Mode, tuple[int, Cause, str]] = field(default_factory=dict)
    """What was last said of it, for each mode: how many are there, and the cause of waiting."""


@dataclass(eq=False, slots=True)
class Case:
    """An inject or a need, and all the tasks it leads to."""

    id: str
    kind: str
    priority: int
    luck: str
    """The prefix of the names of its luck: the same in any design."""
    facts: dict[str, None] = field(default_factory=dict)
    """What the case carries with it when it is handed over."""
    tasks: dict[str, TaskRun] = field(default_factory=dict)
    open_tasks: int = 0
    participants: dict[str, Station] = field(default_factory=dict)
    blocked: bool = False
    cancelled: bool = False
    finished: bool = False


@dataclass(eq=False, slots=True)
class TaskRun:
    """A task of a case in this play."""

    id: str
    case: Case
    spec: Task
    holder: Station | None
    """Who had the case when the task was requested."""
    last_person: Person | None
    requested_at: int
    rank: int
    priority: int
    takes: int
    course: Course | None = None
    """The procedure that it is a step of, and its place there."""
    place: int = 0
    since: int = 0
    """Where the stretch of its life that is under way began."""
    cause: Cause | None = None
    station: str = ""
    detail: str = ""
    under_mandate: bool = False
    doer: Station | None = None
    done_by: Person | None = None
    finished: bool = False
    working: bool = False
    attempts: int = 0
    summons: int = 0
    """How many times a body has been summoned for it."""
    how: How | Literal["without"] = "own"
    paid_by: Station | None = None
    """The function out of whose budget it is paid, and which therefore may decide it."""
    told: str | None = None
    """The inject that whoever does this task hears out."""
    found: tuple[str, ...] | None = None
    """Facts that it will establish, as the world was when the work began."""
    moot: Callable[[], bool] | None = None
    """Whether it is no longer worth passing on."""
    requests: list[Request] = field(default_factory=list)
    greeting: Callable[[Request, Station, Person], None] | None = None
    """What happens when somebody first takes it."""
    then: Callable[[Outcome, Station | None, Person | None], None] | None = None


@dataclass(eq=False, slots=True)
class Request:
    """A task, or a step towards it, that waits for somebody."""

    task: TaskRun
    name: str
    """What the log calls the work; pieces of work at one stage of a flow are all of one task."""
    activity: Activity
    mode: Mode
    remaining: int
    persons: int
    key: tuple[int, int, int, int]
    """Priority, time, order: whose turn it is in a queue."""
    done: Callable[[Person, Station], None]
    during: Cause | None = None
    """For a step: the cause under which the task waits while the step is done."""
    toward: str = ""
    """For a step: the station that the task is on its way to."""
    own_life: bool = True
    """Whether the waiting for this request is the task's waiting."""
    origin: Station | None = None
    """Whose own next step it is: there it waits its turn, elsewhere it comes as a call and may interrupt."""
    interrupts: bool = True
    sender: Station | None = None
    """Who handed it over, if anybody."""
    asker: Person | None = None
    """The head that put the question."""
    untold: bool = False
    """Whether nobody has been told of it by a call, since the head that put the question wears both hats."""
    whys: dict[str, Why] = field(default_factory=dict)
    stations: list[Station] = field(default_factory=list)
    state: Literal["waiting", "working", "done", "cancelled"] = "waiting"
    called: dict[str, set[str]] = field(default_factory=dict)
    """Station → those of its people who have been telephoned for this."""
    started: bool = False
    work: Work | None = None
    """The work on it that is under way."""
    side_steps: tuple[Request, ...] = ()
    """Attempts to pass it on, which are dropped when somebody takes it."""
    preludes: tuple[tuple[Activity, Cause, str, int], ...] = ()
    begun: Callable[[Person, Station], None] | None = None


@dataclass(eq=False, slots=True)
class Work:
    """Somebody busy with a request."""

    request: Request
    station: Station
    persons: list[Person]
    since: int
    main: bool
    """Whether the work itself is under way, not a round of questions before it."""
    prelude: Activity = "clarification"
    moment: Moment | None = None


@dataclass(eq=False, slots=True)
class BodyRun:
    """A body and where it stands."""

    id: str
    body: Body
    members: list[Person]
    state: Literal["idle", "summoning", "gathering", "entering", "sitting"] = "idle"
    round: int = 0
    luck: str = ""
    """What names the luck of this session: the question for which it was summoned."""
    present: list[Person] = field(default_factory=list)
    answered: list[Person] = field(default_factory=list)
    """Members who have been on the telephone, or are there."""
    presides: Person | None = None
    agenda: list[AgendaItem] = field(default_factory=list)
    current: AgendaItem | None = None
    in_session: list[Person] = field(default_factory=list)
    session_since: int = 0
    adjourn: Moment | None = None


@dataclass(eq=False, slots=True)
class AgendaItem:
    """A question before a body."""

    task: TaskRun
    decided: Callable[[How, Person], None]
    key: tuple[int, int, int]
    open: bool = True


@dataclass(eq=False, slots=True)
class LevelRun:
    """A step of the ladder and where it stands."""

    level: Level
    index: int
    board: Knower
    """What the staff's room knows."""
    state: State = "inactive"
    round: int = 0
    case: Case | None = None
    decider: Knower | None = None
    """Whoever decided on it for what they knew, and may call it off before it is active."""
    seats: dict[str, Station] = field(default_factory=dict)
    waiting: list[tuple[TaskRun, Callable[[], None]]] = field(default_factory=list)
    """Tasks that wait for the level, and how they go on when it is active."""
    manned: Callable[[], None] | None = None
    """What is to happen once when the stated seats are filled."""
    put_off: list[tuple[str, int]] = field(default_factory=list)
    """Seats and places that were left at night, for which nobody is called until the morning."""
    quiet: Moment | None = None
    known_at_last_meeting: int = 0
    meeting_until: int = -1
    meetings: int = 0
    meeting_due: int = 0
    active_since: int | None = None
    """Since when; ``None`` until what those who gather know has been told."""
    adjourned: bool = False
    """Whether its staff has gone home for the night, though the level is active."""
    sat: frozenset[str] = frozenset()
    sits_by_day: bool = False
    shifts_off: int = 0
    """How many times its shifts have been called off, since it knew of nothing grave."""
    shift: int = 1
    """Which shift is on, or gathers."""
    shift_began: int = 0
    being_asked: dict[str, int] = field(default_factory=dict)
    """People who are being asked to come to one of its shifts, or do not answer; until when nobody else asks them."""
    next_shifts: dict[int, NextShift] = field(default_factory=dict)
    """Shifts that have been planned, by number."""

    @property
    def is_active(self) -> bool:
        """Whether the level is active, also while it is about to end."""
        return self.state in ("active", "standing_down")


@dataclass(eq=False, slots=True)
class NextShift:
    """A shift that is being planned for a level."""

    run: LevelRun
    round: int
    number: int
    begins: int
    task: str
    coming: dict[tuple[str, int], Person] = field(default_factory=dict)
    """Seat and place → who has been told to come."""
    asked: set[str] = field(default_factory=set)
    asking: set[tuple[str, int]] = field(default_factory=set)
    """Seats and places for which somebody is being asked, or is to be."""
    lacking: set[tuple[str, int]] = field(default_factory=set)
    """Those of them, and others, for which nobody could be asked when it was last tried."""
    ask_again: Callable[[str, int], None] = lambda _seat, _place: None
    """Finds somebody else for a seat and place."""
    is_next: bool = False
    """Whether it is the very next, so that whoever plans does not give up."""
    shifts_off: int = 0
    """As of its level, when it was planned."""
    planned_at: int = 0

    @property
    def is_settled(self) -> bool:
        """Whether for every place somebody has agreed to come, or nobody can be asked now."""
        return len(self.coming) + len(self.lacking) == sum(self.run.level.staffs.values())

    @property
    def is_off(self) -> bool:
        """Whether its level is no more, or sits by day only."""
        return (self.run.round, self.run.shifts_off) != (self.round, self.shifts_off) or not self.run.is_active
