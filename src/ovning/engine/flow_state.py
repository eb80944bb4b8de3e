"""A flow and where it stands, as plain data: what has come, what waits at each stage, what is in work."""

from __future__ import annotations

from collections import OrderedDict, deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from ovning.engine.luck import Row
from ovning.engine.moment import Moment
from ovning.engine.state import Case, Request, Station, TaskRun
from ovning.model.conditions import Condition
from ovning.model.flows import Flow, Stage
from ovning.model.scenario import Mode


@dataclass(eq=False, slots=True)
class Item:
    """One thing to be taken care of, in a flow that follows each by itself."""

    number: int
    member: int = 0
    """For a group: which of those concerned it is, from 1."""
    since: int = 0
    """Since when it waits at the stage where it is."""
    at: StageRun | None = None
    """The stage where it waits; ``None`` while it is taken care of."""
    late: bool = False


@dataclass(eq=False, slots=True)
class Cohort:
    """Those of a counted flow who came in the same step and still wait."""

    step: int
    since: int
    number: int


@dataclass(eq=False, slots=True)
class StageRun:
    """A stage and where it stands."""

    spec: Stage
    flow: FlowRun
    index: int
    priority: int
    task: TaskRun
    """What its work looks like to queues and people."""
    pieces_of: str
    """What the name of each piece of its work begins with."""
    calls_in: bool
    stations: list[Station]
    """Who can do it, in the order in which they are thought of."""
    needed: Row[float]
    """The luck of each, by number: whether it needs this stage."""
    takes: Row[int]
    patience: Row[int] | None
    opened: bool = True
    """Whether the work may begin."""
    waiting: OrderedDict[int, Item] = field(default_factory=OrderedDict)
    cohorts: deque[Cohort] = field(default_factory=deque)
    counted: int = 0
    """How many wait in the cohorts."""
    in_work: int = 0
    """How many are being taken care of, or stay."""
    request: Request | None = None
    """The next piece of work, as long as it waits for somebody."""
    pieces: int = 0
    """How many pieces of work have begun."""
    taken: int = 0
    """How many of a counted flow have been taken care of, or are being so."""
    called: dict[str, set[str]] = field(default_factory=dict)
    """Station → those of its people who have been telephoned for this."""
    rung: dict[str, int] = field(default_factory=dict)
    """Person → when the part of the day ends, for them, in which they were last telephoned."""
    coming: set[str] = field(default_factory=set)
    """Those who have answered, or will, and are not there yet."""
    calling: Moment | None = None
    """When the next is telephoned."""
    word: str = field(init=False)
    """What the log calls the stage. This and what follows is read over and over, and the files' models are slow."""
    share: float = field(init=False)
    mode: Mode = field(init=False)
    persons: int = field(init=False)
    together: int = field(init=False)

    def __post_init__(self) -> None:
        spec = self.spec
        self.word, self.share = spec.stage, spec.share
        self.mode, self.persons, self.together = spec.mode, spec.persons, spec.together

    @property
    def waits(self) -> int:
        """How many wait."""
        return len(self.waiting) + self.counted

    def room(self, levels: Mapping[str, float]) -> int:
        """How many more there is room for, with the services at these levels."""
        places, opens = self.spec.places, self.spec.open_with
        if places is None:
            return 1 << 50
        if opens is not None:
            places = round(places * levels[opens])
        return max(0, places - self.waits - self.in_work)


@dataclass(eq=False, slots=True)
class Members:
    """Those whom a service concerns, and when each is to be taken care of next."""

    total: int
    first_after: Row[int] | None
    """How long after the service was lost, or had, each needs somebody, by the item's number; at once without it."""
    every: Row[int] | None
    """How long after the last time each needs somebody again; never without it."""
    concerned: int = 0
    """Members 1 to this number are concerned now."""
    needs: dict[int, int] = field(default_factory=dict)
    """Member → how many times it has been planned that they need somebody."""
    due: dict[int, int] = field(default_factory=dict)
    """Member → when they need somebody next."""
    inside: dict[int, Item] = field(default_factory=dict)
    """Member → their item, from its arrival until it is through or away."""
    held: list[int] = field(default_factory=list)
    """Members who need somebody while nobody comes."""


@dataclass(eq=False, slots=True)
class FlowRun:
    """A flow and where it stands."""

    id: str
    spec: Flow
    gaps: Row[float]
    """The luck of the points that arrivals are thinned from, by number."""
    kept: Row[float]
    """By number, the luck of whether it is kept."""
    steps: Row[float]
    """For a counted flow: the luck of how many come in each step."""
    only_while: Condition | None
    """Nobody comes unless this is so."""
    case: Case
    """Carries its work in queues; it is never opened or closed as cases are."""
    watched: bool
    """Whether some condition asks how it stands."""
    stages: list[StageRun] = field(default_factory=list)
    arrived: int = 0
    done: int = 0
    late: int = 0
    """How many have been late, those who still are included."""
    late_now: int = 0
    members: Members | None = None
    ended: Callable[[Sequence[Item]], None] | None = None
    """Told of items that are through or away."""
    point: int = 0
    """The number of the last point of the Poisson process that arrivals are thinned from."""
    point_at: int = 0
    asleep: bool = False
    """Whether the points pass unseen because nobody comes now."""
    hourly: float = 0.0
    """How many come an hour, as last worked out, and until when that is so if nothing changes."""
    hourly_until: int = -1
    rate: float = 0.0
    """For a counted flow: arrivals per millisecond since ``rate_since``."""
    rate_since: int = 0
    expected: float = 0.0
    """For a counted flow: how many are to be expected in this step, up to ``rate_since``."""
    stepping: bool = False
    """Whether the end of the step is on the agenda."""
    told: tuple[int, int, float] = (-1, -1, 0.0)
    """How many facts were known and published when it was last worked out which share of what is asked about was."""
    gives_up: dict[int, float] = field(default_factory=dict)
    """For a counted flow: so many steps of waiting → the share of those left who give up in the last of them."""
    step: int | None = field(init=False)
    """For a counted flow: how long a step is."""
    keeps: str | None = field(init=False)
    """The service that is lost where it is late."""

    def __post_init__(self) -> None:
        self.step, self.keeps = self.spec.step, self.spec.keeps

    @property
    def waiting(self) -> int:
        """How many wait, at all stages."""
        return sum(stage.waits for stage in self.stages)


def count_of(flow: FlowRun, what: str) -> int:
    """How many have ``arrived``, are ``waiting``, have been ``late`` or are ``done``."""
    return {"arrived": flow.arrived, "waiting": flow.waiting, "late": flow.late, "done": flow.done}[what]


def is_counted(what: str) -> bool:
    """Whether this is something that ``count_of`` knows."""
    return what in ("arrived", "waiting", "late", "done")
