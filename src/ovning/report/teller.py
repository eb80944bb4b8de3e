"""Whoever tells a play keeps the thread: entries told so far, names, clock, and who knows what already."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Literal

from ovning.log import records as r
from ovning.model.setup import Setup
from ovning.report.names import Names, large, small
from ovning.report.reasons import Reasons
from ovning.report.shifts import gathered
from ovning.report.stories import stories
from ovning.units import Clock
from ovning.words import phrase, word
from ovning.words.common import enumerated, weekday

Kind = Literal[
    "world",
    "inject",
    "work",
    "decision",
    "level",
    "knowledge",
    "body",
    "meeting",
    "gap",
    "open",
    "routine",
    "flow",
    "shift",
    "situation",
    "held",
    "section",
]
"""What an entry is about; ``section`` is a heading."""

GRAVE = 2
"""Facts at least this grave are told even where only the main course is."""
_BEFORE = (r.PlayStarted, r.NeedLost, r.ServiceChanged)


@dataclass(slots=True)
class Entry:
    """One thing to read aloud."""

    at: int
    """Milliseconds since STARTEX."""
    kind: Kind
    """What it is about."""
    headline: str
    """One sentence."""
    case: str | None = None
    """The case it belongs to."""
    about: str = ""
    """What it is about in particular (a fact, level or body), for joining what belongs together."""
    quote: str = ""
    """The words of an inject."""
    reasons: list[str] = field(default_factory=list)
    """Why it was late, one stretch of waiting each."""
    lines: list[str] = field(default_factory=list)
    """What came of it."""
    first: bool = False
    """Whether it is the first time that anybody in the organisation knows it."""
    matters: bool = False
    """Whether it is told also where only the main course is."""
    in_short: str = ""
    """The headline where only the main course is told, if another."""
    why: str = ""
    """Why it was late, in one sentence."""
    who: list[str] = field(default_factory=list)
    """Several who are told of together; ``{who}`` in the headline."""
    what: list[str] = field(default_factory=list)
    """Several things that are told together; ``{what}`` in the headline."""
    records: list[int] = field(default_factory=list)
    """Numbers of the records that say so, from 0."""


@dataclass(slots=True)
class Managing:
    """A line that tells of services that do, or need no longer do, without another; more may be told on it."""

    entry: Entry
    key: str
    """Of its text."""
    need: str
    """What they do without."""
    services: list[str]
    """Each with what is said of it."""


def clock_of(log: Sequence[r.Record]) -> Clock:
    """What the clock shows in a play. Raises ``ValueError`` for a log that does not begin at the beginning."""
    started = log[0]
    if not isinstance(started, r.PlayStarted):
        raise ValueError("a log begins with PlayStarted")
    return Clock.at(datetime.fromisoformat(started.start).replace(tzinfo=None))


class Teller:
    """The state of the telling."""

    def __init__(self, log: Sequence[r.Record], setup: Setup) -> None:
        self.log = log
        self.setup = setup
        self.names = Names(setup)
        self.exercise_clock = clock_of(log)
        self.stories = stories(log)
        self.reasons = Reasons(self.names, self.clock, log, self.stories, self.tag)
        self.shifts = gathered(log)
        self.received: dict[str, r.InjectReceived] = {}
        """Case → when and by whom its inject was first taken in, in the whole play."""
        for record in log:
            if isinstance(record, r.InjectReceived):
                self.received.setdefault(record.case, record)
        self.opened = {x.case: x for x in log if isinstance(x, r.CaseOpened)}
        self.entries: list[Entry] = []
        self.knowers: dict[str, set[str]] = {}
        """Fact → who knows it by now."""
        self.last_person: dict[str, str] = {}
        """Station → who was named last as doing its work."""
        self.body_case: dict[str, str | None] = {}
        """Body → the case that it was summoned for."""
        self.begins = next((n for n, record in enumerate(log) if not isinstance(record, _BEFORE)), 0)
        """The number of the first record of what happens; those before it say how society is at STARTEX."""
        self.levels = {name: service.level for name, service in setup.scenario.services.items()}
        self.stocks: dict[str, str] = {}
        """The state of each stock, as last told."""
        self.levels |= {x.service: x.level for x in log[: self.begins] if isinstance(x, r.ServiceChanged)}
        """Service → the level it has by now."""
        self.lost: dict[tuple[str, str], int] = {}
        """Service and what it lacks by now → since when."""
        self.elsewhere: dict[str, tuple[str, int | None]] = {}
        """Person → why they are not in their function, and until when if that is known."""
        self.managing: Managing | None = None
        """What was last told of those who do without something."""
        self.at_home: set[str] = set()
        """Levels whose staff has gone home for the night."""
        self.severity: dict[str, int] = {}
        """Who → the gravest that they know of by now."""

    def clock(self, at: int) -> str:
        """Clock time in Sweden."""
        return f"{self.exercise_clock.local(at):%H:%M}"

    def when(self, at: int, now: int) -> str:
        """Clock time, with the day when it is another than now: ``fredag 05:15``."""
        then, here = self.exercise_clock.local(at), self.exercise_clock.local(now)
        if then.date() == here.date():
            return self.clock(at)
        day = weekday(then)
        if abs(then.date() - here.date()) >= timedelta(days=7):
            day = phrase("time.day_short", weekday=day, day=str(then.day), month=str(then.month))
        return phrase("time.day_clock", day=day, clock=self.clock(at))

    def add(self, number: int, at: int, kind: Kind, text: str, *, case: str | None = None, about: str = "") -> Entry:
        """Begin a new entry, told from a record."""
        entry = Entry(at, kind, large(text), case, about, records=[number])
        self.entries.append(entry)
        return entry

    def told(self) -> list[Entry]:
        """All entries, with what was gathered put into their sentences."""
        for entry in self.entries:
            if entry.what:
                # Not str.format: a title may hold braces.
                places = {"{who}": enumerated(entry.who), "{what}": "; ".join(entry.what)}
                text = entry.headline
                for place, said in places.items():
                    text = text.replace(place, said)
                entry.headline = large(text)
        return self.entries

    def last(self, at: int, kind: Kind, about: str | None = None) -> Entry | None:
        """The entry told just before, if it is of this moment and kind (and about the same thing)."""
        entry = self.entries[-1] if self.entries else None
        if entry is None or entry.at != at or entry.kind != kind or about not in (None, entry.about):
            return None
        return entry

    def station(self, station: str) -> str:
        """A station's title inside a sentence."""
        return small(self.names.short_station(station))

    def doer(self, station: str, person: str) -> str:
        """Who does it: the station, and which person the first time and whenever it is another."""
        title = self.names.short_station(station)
        # What a body decides is no single member's, and whoever leads it has been told.
        if self.last_person.get(station) == person or self.names.is_body(station):
            return title
        self.last_person[station] = person
        who = self.names.person(person)
        return title if who == title else f"{title} ({small(who)})"

    def level_case(self, level: str) -> str | None:
        """The latest case that raises a level."""
        cases = [x.case for x in self.opened.values() if x.kind == "level" and x.subject == level]
        return cases[-1] if cases else None

    def task(self, task: str) -> str:
        """A task's title inside a sentence."""
        story = self.stories.get(task)
        return small(story.requested.title if story else self.names.piece(task) or task)

    def case_of(self, task: str) -> str | None:
        """The case of a task."""
        story = self.stories.get(task)
        return story.requested.case if story else None

    def is_routine(self, case: str | None) -> bool:
        """Whether a case is standing work or reporting, which is not told line by line."""
        opened = self.opened.get(case or "")
        return opened is not None and opened.kind in ("follow_up", "report")

    def tag(self, case: str | None) -> str:
        """The case in brackets after a sentence: the inject's id, or what kind of case it is."""
        opened = self.opened.get(case or "")
        if opened is None:
            return f" [{case}]" if case else ""
        match opened.kind:
            case "inject":
                return f" [{opened.case}]"
            case "level" | "stand_down" | "report":
                # Their tasks say it themselves.
                return ""
            case "follow_up":
                return f" [{word('course.tag.follow_up')}]"
            case "shift":
                return f" [{word('course.tag.shift')}]"
            case _:
                before = self.case_of(opened.caused_by) if opened.caused_by else None
                return f" [{phrase('course.tag.after', case=before)}]" if before else ""
