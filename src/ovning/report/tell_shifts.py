"""Shifts, rest and people who are not there, in sentences."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from ovning.log import records as r
from ovning.report.names import large, small
from ovning.report.teller import Teller, listed
from ovning.units import HOUR, say_duration

_LONG = 4 * HOUR
"""A function that stands empty for so long is told also where only the main course is."""


def planned(teller: Teller, number: int, record: r.ShiftPlanned) -> None:
    """Who is to come, and when each of them knew."""
    level, begins = small(teller.names.short_level(record.level)), teller.when(record.begins, record.at)
    agreed = teller.shifts.agreed.get(number, [])
    places = _places(teller, record.level)
    text = f"pass {record.shift} i {level} är planerat; det börjar {begins}"
    case = teller.case_of(record.task)
    entry = teller.add(number, record.at, "shift", text, case=case, about=record.level)
    entry.matters = True
    if not agreed:
        entry.lines.append(f"Ingen av {places} har kunnat få besked.")
        return
    last = max(agreed, key=lambda relief: relief.at)
    when = f", den sista {teller.when(last.at, record.at)}" if last.at > record.at else ""
    entry.lines.append(f"{len(agreed)} av {places} har fått besked{when}.")
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
    what = f"pass {found.shift} tar över" if found.shift else "avlösning"
    text = f"{what} i {level} {times}: {len(change)} av {_places(teller, record.level)} avlösta"
    case = teller.level_case(record.level)
    entry = teller.add(number, record.at, "shift", text, case=case, about=record.level)
    entry.records = [n for n, _ in change if teller.log[n].at <= entry.at]
    entry.matters = True
    entry.lines.extend(
        f"· {teller.names.seat(x.seat)}: {small(teller.names.person(x.by))} tar över efter "
        f"{small(teller.names.person(x.person))}, {teller.clock(x.at)}"
        for _, x in change
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
            entry = teller.add(
                number, record.at, "body", f"{level} går hem för dagen: {{what}}", case=case, about=about
            )
            entry.matters, entry.in_short = record.level not in teller.at_home, large(f"{level} går hem för dagen")
            teller.at_home.add(record.level)
        else:
            entry.records.append(number)
        entry.what.append(f"{seat} ({who})")
        return
    left = f"({record.filled} kvar på plats)"
    if record.why == "moved":
        text = f"{who} lämnar platsen som {seat} i {level} för en högre nivå {left}"
        teller.add(number, record.at, "body", text, case=case, about=record.level)
        return
    gone = record.why == "away"
    why = "för att de inte går att nå" if gone else "efter så lång tjänst som någon gör"
    about = f"left/{record.level}/{gone}"
    entry = teller.last(record.at, "gap", about)
    if entry is None:
        entry = teller.add(number, record.at, "gap", "", case=case, about=about)
        entry.matters = True
    else:
        entry.records.append(number)
    entry.headline = f"går från {level} utan avlösning, {why} {left}: {{what}}"
    entry.what.append(f"{seat}, {who}")


def rest_began(teller: Teller, number: int, record: r.RestBegan) -> None:
    """Somebody went off; those who go together for as long are one entry."""
    teller.elsewhere[record.person] = ("vilar", record.until)
    if (record.at, record.person) in teller.shifts.left:
        return
    why = "efter så lång tjänst som någon gör" if record.why == "worn_out" else "före sitt pass"
    why = "efter sitt pass" if record.why == "shift_over" else why
    until = teller.when(record.until, record.at)
    _together(teller, number, record.at, f"rest/{record.why}/{until}", f"vilar {why}, till {until}: {{what}}", record)


def rest_ended(teller: Teller, number: int, record: r.RestEnded) -> None:
    """Somebody has rested."""
    teller.elsewhere.pop(record.person, None)
    _together(teller, number, record.at, "rested", "har vilat och går att nå: {what}", record)


def away(teller: Teller, number: int, record: r.WentAway) -> None:
    """Somebody is out of everybody's reach."""
    teller.elsewhere[record.person] = ("går inte att nå", record.until)
    until = "" if record.until is None else f" förrän {teller.when(record.until, record.at)}"
    _together(teller, number, record.at, f"away/{until}", f"går inte att nå{until}: {{what}}", record, matters=True)


def emptied(teller: Teller, number: int, record: r.FunctionEmptied) -> None:
    """A function stands empty; that it is manned again is told here."""
    until = teller.shifts.manned.get(number)
    lasted = (until if until is not None else teller.log[-1].at) - record.at
    if lasted == 0:
        return
    how_long = say_duration(lasted)
    said = f"till {teller.when(until, record.at)}, {how_long}" if until is not None else f"resten av spelet, {how_long}"
    entry = teller.last(record.at, "shift", "empty")
    if entry is None:
        entry = teller.add(number, record.at, "shift", "ingen i tjänst: {what}", about="empty")
    else:
        entry.records.append(number)
    entry.what.append(f"{teller.station(record.function)} ({_why_empty(teller, record)}{said})")
    entry.matters = entry.matters or lasted >= _LONG


def _why_empty(teller: Teller, record: r.FunctionEmptied) -> str:
    known = teller.setup.organisation.functions.get(record.function)
    groups = known.filled_by if known is not None else ()
    whys = [
        why
        for person, (why, until) in teller.elsewhere.items()
        if person.partition("#")[0] in groups and (until is None or until > record.at)
    ]
    return f"{' eller '.join(dict.fromkeys(whys))}; " if whys else ""


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
    return listed(said)


def _places(teller: Teller, level: str) -> int:
    known = next((x for x in teller.names.ladder() if x.id == level), None)
    return sum(known.staffs.values()) if known else 0
