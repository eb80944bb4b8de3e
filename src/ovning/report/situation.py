"""Where things stand at a moment: services, staffs, functions that stand empty, and what is not done yet."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ovning.log import records as r
from ovning.report.names import small
from ovning.report.teller import Entry, Teller
from ovning.report.wording import percent
from ovning.units import say_duration
from ovning.words import numbered, phrase, word


class _State:
    """What the records so far have come to."""

    def __init__(self, teller: Teller) -> None:
        self._teller = teller
        self.usual = {name: service.level for name, service in teller.setup.scenario.services.items()}
        self.usual |= {x.service: x.level for x in teller.log[: teller.begins] if isinstance(x, r.ServiceChanged)}
        self.services = dict(self.usual)
        self._told: list[str] = []
        """What was last said to be down."""
        self.active: dict[str, int] = {}
        """Active level → its shift."""
        self.planned: dict[str, list[r.ShiftPlanned]] = {}
        self.filled: dict[str, int] = {}
        self.at_home: set[str] = set()
        """Levels whose staff has gone home for the night."""
        self.empty: dict[str, None] = {}
        self.open: dict[str, None] = {}
        """Injects that are not answered yet."""
        self.meetings = 0
        self.met = 0
        self.detours = 0
        self.numbers: list[int] = []

    def next(self) -> None:
        """Begin another stretch: what is counted for each begins anew."""
        self.meetings = self.met = self.detours = 0
        self.numbers = []

    def add(self, number: int, record: r.Record) -> None:
        """Take in a record."""
        match record:
            case r.ServiceChanged():
                self.services[record.service] = record.level
            case r.LevelActivated():
                self.active[record.level] = 1
            case r.LevelStoodDown():
                self.active.pop(record.level, None)
                self.planned.pop(record.level, None)  # shifts are numbered anew when it is active again
                self.at_home.discard(record.level)
            case r.ShiftPlanned():
                self.planned.setdefault(record.level, []).append(record)
            case r.SeatFilled() | r.SeatLeft():
                self.filled[record.level] = record.filled
                if isinstance(record, r.SeatFilled):
                    self.at_home.discard(record.level)
                elif record.why == "adjourned":
                    self.planned.pop(record.level, None)
                    self.at_home.add(record.level)
            case r.FunctionEmptied():
                self.empty[record.function] = None
            case r.FunctionManned():
                self.empty.pop(record.function, None)
            case r.CaseOpened(kind="inject"):
                self.open[record.case] = None
            case r.CaseClosed():
                self.open.pop(record.case, None)
            case r.MeetingHeld():
                self.meetings += 1
                self.met += record.at - record.since
            case r.Waited(cause="channel_down") if record.detail:
                self.detours += 1
            case _:
                return
        self.numbers.append(number)

    def lines(self, at: int) -> Iterable[str]:
        """In words."""
        teller = self._teller
        names = teller.names
        down = self._down()
        if not down:
            yield word("course.situation.nothing_down")
        elif down == self._told:
            yield word("course.situation.same_down")
        else:
            yield phrase("course.situation.down", services=", ".join(down))
        self._told = down
        staffs = []
        for level in names.ladder():
            if level.id in self.active:
                begun = [plan.shift for plan in self.planned.get(level.id, ()) if plan.begins <= at]
                name = small(names.short_level(level.id))
                if level.id in self.at_home and not self.filled.get(level.id, 0):
                    staffs.append(phrase("course.situation.level_at_home", level=name))
                    continue
                staffs.append(
                    phrase(
                        f"course.situation.{'level_shift' if begun else 'level'}",
                        level=name,
                        filled=str(self.filled.get(level.id, 0)),
                        seats=str(sum(level.staffs.values())),
                        shift=str(max(begun, default="")),
                    )
                )
        if self.meetings:
            lasted = say_duration(self.met)
            meetings = str(self.meetings)
            staffs.append(numbered("course.situation.meetings", self.meetings, meetings=meetings, lasted=lasted))
        if staffs:
            text = "; ".join(staffs)
            yield f"{text[:1].upper()}{text[1:]}."
        if self.empty:
            empty = ", ".join(teller.station(function) for function in self.empty)
            yield phrase("course.situation.empty", functions=empty)
        if self.open:
            yield phrase("course.situation.open", injects=", ".join(self.open))
        if self.detours:
            yield phrase("course.situation.detours", count=str(self.detours))

    def _down(self) -> list[str]:
        """Services below what they had when it began."""
        return [
            f"{small(self._teller.names.service(name))} {percent(level)}"
            for name, level in self.services.items()
            if level < self.usual.get(name, 1.0)
        ]


def situations(teller: Teller, bounds: Sequence[int]) -> list[Entry]:
    """Where things stand at every bound but the first."""
    state = _State(teller)
    entries: list[Entry] = []
    passed = 0
    for until in bounds[1:]:
        while passed < len(teller.log) and teller.log[passed].at <= until:
            state.add(passed, teller.log[passed])
            passed += 1
        title = phrase("course.situation.title", clock=teller.clock(until))
        entry = Entry(until, "situation", title, records=state.numbers)
        entry.lines.extend(state.lines(until))
        entries.append(entry)
        state.next()
    return entries
