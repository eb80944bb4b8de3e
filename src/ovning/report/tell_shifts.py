"""Shifts, rest and people who are not there, in sentences."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from ovning.log import records as r
from ovning.report.names import large, small
from ovning.report.teller import Teller
from ovning.units import HOUR, say_duration
from ovning.words import phrase, word
from ovning.words.common import alternatives, enumerated

_LONG = 4 * HOUR
"""A function that stands empty for so long is told also where only the main course is."""


def planned(teller: Teller, number: int, record: r.ShiftPlanned) -> None:
    """Who is to come, and when each of them knew."""
    level, begins = small(teller.names.short_level(record.level)), teller.when(record.begins, record.at)
    agreed = teller.shifts.agreed.get(number, [])
    places = str(_places(teller, record.level))
    text = phrase("course.shift.planned", shift=str(record.shift), level=level, begins=begins)
    case = teller.case_of(record.task)
    entry = teller.add(number, record.at, "shift", text, case=case, about=record.level)
    entry.matters = True
    if not agreed:
        entry.lines.append(phrase("course.shift.told.nobody", places=places))
        return
    last = max(agreed, key=lambda relief: relief.at)
    key = f"course.shift.told.{'last' if last.at > record.at else 'all_at_once'}"
    entry.lines.append(phrase(key, agreed=str(len(agreed)), places=places, last=teller.when(last.at, record.at)))
    entry.lines.extend(
        f"· {teller.names.seat(x.seat)}: {small(teller.names.person(x.person))}, {teller.when(x.at, record.at)}"
        for x in agreed
    )


def relieved(teller: Teller, number: int, record: r.PersonRelieved) -> None:
    """A change of shifts, told once with all who took over."""
    found = teller.shifts.changes.get(number)
    if found is None:
        return
    change = found.relieved
    level, last = small(teller.names.short_level(record.level)), change[-1][1]
    times = teller.clock(record.since) + (f"–{teller.clock(last.at)}" if last.at > record.since else "")
    text = phrase(
        f"course.shift.change.{'planned' if found.shift else 'other'}",
        shift=str(found.shift),
        level=level,
        times=times,
        count=str(len(change)),
        places=str(_places(teller, record.level)),
    )
    case = teller.level_case(record.level)
    entry = teller.add(number, record.at, "shift", text, case=case, about=record.level)
    entry.records = [n for n, _ in change if teller.log[n].at <= entry.at]
    entry.matters = True
    entry.lines.extend(f"· {_takes_over(teller, one)}" for _, one in change)


def _takes_over(teller: Teller, record: r.PersonRelieved) -> str:
    return phrase(
        "course.shift.takes_over",
        seat=teller.names.seat(record.seat),
        new=small(teller.names.person(record.by)),
        old=small(teller.names.person(record.person)),
        clock=teller.clock(record.at),
    )


def seat_left(teller: Teller, number: int, record: r.SeatLeft) -> None:
    """A seat that stands empty, or whose holder went to a higher level; relief and standing down say so themselves."""
    teller.elsewhere.pop(record.person, None)
    if record.why in ("relieved", "ended"):
        return
    seat, who = small(teller.names.seat(record.seat)), small(teller.names.person(record.person))
    level, case = small(teller.names.short_level(record.level)), teller.level_case(record.level)
    if record.why == "adjourned":
        about = f"home/{record.level}"
        entry = teller.last(record.at, "body", about)
        if entry is None:
            text = phrase("course.shift.adjourned", level=level, what="{what}")
            entry = teller.add(number, record.at, "body", text, case=case, about=about)
            entry.matters = record.level not in teller.at_home
            entry.in_short = large(phrase("course.shift.adjourned_short", level=level))
            teller.at_home.add(record.level)
        else:
            entry.records.append(number)
        entry.what.append(phrase("course.shift.adjourned_seat", seat=seat, who=who))
        return
    filled = str(record.filled)
    if record.why == "moved":
        text = phrase("course.shift.moved", who=who, seat=seat, level=level, filled=filled)
        teller.add(number, record.at, "body", text, case=case, about=record.level)
        return
    gone = record.why == "away"
    about = f"left/{record.level}/{gone}"
    entry = teller.last(record.at, "gap", about)
    if entry is None:
        entry = teller.add(number, record.at, "gap", "", case=case, about=about)
        entry.matters = True
    else:
        entry.records.append(number)
    key = f"course.shift.left.{'away' if gone else 'worn_out'}"
    entry.headline = phrase(key, level=level, filled=filled, what="{what}")
    entry.what.append(f"{seat}, {who}")


def rest_began(teller: Teller, number: int, record: r.RestBegan) -> None:
    """Somebody went off; those who go together for as long are one entry."""
    teller.elsewhere[record.person] = (word("course.shift.elsewhere.resting"), record.until)
    if (record.at, record.person) in teller.shifts.left:
        return
    why = record.why if record.why in ("worn_out", "shift_over") else "before_shift"
    until = teller.when(record.until, record.at)
    text = phrase(f"course.shift.rests.{why}", until=until, what="{what}")
    _together(teller, number, record.at, f"rest/{record.why}/{until}", text, record)


def rest_ended(teller: Teller, number: int, record: r.RestEnded) -> None:
    """Somebody has rested."""
    teller.elsewhere.pop(record.person, None)
    _together(teller, number, record.at, "rested", phrase("course.shift.rested", what="{what}"), record)


def away(teller: Teller, number: int, record: r.WentAway) -> None:
    """Somebody is out of everybody's reach."""
    teller.elsewhere[record.person] = (word("course.shift.elsewhere.away"), record.until)
    until = "" if record.until is None else teller.when(record.until, record.at)
    text = phrase(f"course.shift.away.{'until' if until else 'open'}", until=until, what="{what}")
    _together(teller, number, record.at, f"away/{until}", text, record, matters=True)


def emptied(teller: Teller, number: int, record: r.FunctionEmptied) -> None:
    """A function stands empty; that it is manned again is told here."""
    until = teller.shifts.manned.get(number)
    lasted = (until if until is not None else teller.log[-1].at) - record.at
    if lasted == 0:
        return
    entry = teller.last(record.at, "shift", "empty")
    if entry is None:
        entry = teller.add(number, record.at, "shift", phrase("course.shift.empty", what="{what}"), about="empty")
    else:
        entry.records.append(number)
    why = _why_empty(teller, record)
    entry.what.append(
        phrase(
            f"course.shift.emptied.{'rest' if until is None else 'until'}{'_why' if why else ''}",
            function=teller.station(record.function),
            why=why,
            until="" if until is None else teller.when(until, record.at),
            lasted=say_duration(lasted),
        )
    )
    entry.matters = entry.matters or lasted >= _LONG


def _why_empty(teller: Teller, record: r.FunctionEmptied) -> str:
    known = teller.setup.organisation.functions.get(record.function)
    groups = known.filled_by if known is not None else ()
    whys = [
        why
        for person, (why, until) in teller.elsewhere.items()
        if person.partition("#")[0] in groups and (until is None or until > record.at)
    ]
    return alternatives(list(dict.fromkeys(whys)))


def _together(
    teller: Teller,
    number: int,
    at: int,
    about: str,
    text: str,
    record: r.RestBegan | r.RestEnded | r.WentAway,
    *,
    matters: bool = False,
) -> None:
    entry = teller.last(at, "shift", about)
    if entry is None:
        entry = teller.add(number, at, "shift", text, about=about)
        entry.matters = matters
    else:
        entry.records.append(number)
    people = [teller.log[n] for n in entry.records]
    entry.what = [people_said(teller, [x.person for x in people if isinstance(x, type(record))])]


def people_said(teller: Teller, people: Sequence[str]) -> str:
    """Several people, those of one group together: ``kommundirektören och hemtjänsten på dagen (12)``."""
    groups = Counter(person.partition("#")[0] for person in people)
    said = []
    for group, count in groups.items():
        one = next(person for person in people if person.partition("#")[0] == group)
        alone = small(teller.names.person(one))
        said.append(alone if count == 1 else f"{small(teller.names.group(group))} ({count})")
    return enumerated(said)


def _places(teller: Teller, level: str) -> int:
    known = next((x for x in teller.names.ladder() if x.id == level), None)
    return sum(known.staffs.values()) if known else 0
