"""Decisions, the ladder, bodies and meetings, in sentences."""

from __future__ import annotations

from ovning.log import records as r
from ovning.report.names import large, small
from ovning.report.teller import Teller
from ovning.units import say_duration

_HOW = {
    "own": "",
    "deputy": " som ställföreträdare",
    "seat": " från sin plats i staben",
    "body": "",
    "chair": ", {chair} ensam för att det inte kan vänta",
    "joint": " gemensamt",
}


def decided(teller: Teller, number: int, record: r.DecisionMade) -> None:
    """Somebody with the mandate decided; a level is told by its own record."""
    opened = teller.opened.get(record.case)
    if opened is not None and opened.kind in ("level", "stand_down"):
        return
    decision = small(teller.names.decision(record.decision))
    station = record.station
    if record.how == "joint" and record.decision in teller.setup.organisation.joint:
        station = "+".join(teller.setup.organisation.joint[record.decision].holders)
    story = teller.stories.get(record.task)
    started = story.started if story else None
    chair = small(teller.station(started.station)) if started else "ordföranden"
    who = f"{teller.station(station)}{_HOW[record.how].format(chair=chair)}"
    teller.add(number, record.at, "decision", f"beslut: {decision} – {who}{teller.tag(record.case)}", case=record.case)


def mandate_missing(teller: Teller, number: int, record: r.MandateMissing) -> None:
    """Nobody holds the decision."""
    decision = small(teller.names.decision(record.decision))
    text = f"ingen i organisationen får besluta om detta: {decision}{teller.tag(record.case)}"
    teller.add(number, record.at, "gap", text, case=record.case).matters = True


def without_mandate(teller: Teller, number: int, record: r.ActedWithoutMandate) -> None:
    """Acted first, for life."""
    decision = small(teller.names.decision(record.decision))
    text = f"{teller.names.short_station(record.station)} handlar utan mandat, för att rädda liv: {decision}"
    entry = teller.add(number, record.at, "gap", f"{text}{teller.tag(record.case)}", case=record.case)
    entry.matters = True


def fact_missing(teller: Teller, number: int, record: r.FactMissing) -> None:
    """A task began without something it uses."""
    fact = small(teller.names.fact(record.fact))
    text = f"Saknar en uppgift och gör det ändå: {fact}"
    for entry in reversed(teller.entries):
        if entry.at != record.at:
            break
        if entry.kind == "work" and entry.case == teller.case_of(record.task):
            entry.lines.append(text)
            entry.records.append(number)
            return
    if not teller.is_routine(teller.case_of(record.task)):
        who = teller.names.short_station(record.station)
        text = f"{who} saknar en uppgift för {teller.task(record.task)} och gör det ändå: {fact}"
        teller.add(number, record.at, "gap", text, case=teller.case_of(record.task))


def recommended(teller: Teller, number: int, record: r.LevelRecommended) -> None:
    """Somebody who may assess recommends a level."""
    level, known = small(teller.names.short_level(record.level)), small(teller.names.severity(record.severity))
    text = f"{teller.names.short_station(record.station)} förordar {level}; känt läge: {known} ({record.severity})"
    teller.add(number, record.at, "level", text, case=record.case)


def level_decided(teller: Teller, number: int, record: r.LevelDecided) -> None:
    """A level was decided."""
    text = f"{small(teller.names.short_level(record.level))} är beslutat av {teller.station(record.station)}"
    teller.add(number, record.at, "level", text, case=record.case)


def alerted(teller: Teller, number: int, record: r.LevelAlerted) -> None:
    """The call to the staff went out."""
    teller.add(
        number, record.at, "level", f"larmet går ut: {small(teller.names.short_level(record.level))}", case=record.case
    )


def seat_filled(teller: Teller, number: int, record: r.SeatFilled) -> None:
    """Somebody sat down in a staff; who takes over from somebody is told with the change of shifts."""
    teller.elsewhere[record.person] = ("i staben", None)
    if (record.at, record.person) in teller.shifts.came:
        return
    text = f"{small(teller.names.seat(record.seat))} ({small(teller.names.person(record.person))})"
    before = teller.last(record.at, "body", record.level)
    if before is not None:
        before.headline = f"{before.headline}, {text}"
        before.records.append(number)
        return
    level = small(teller.names.short_level(record.level))
    case = teller.level_case(record.level)
    what = f"på plats nr {record.filled} i {level}"
    again = record.level in teller.at_home
    if again:
        what = f"{level} samlas igen"
        teller.at_home.discard(record.level)
    entry = teller.add(number, record.at, "body", f"{what}: {text}", case=case, about=record.level)
    if again:
        entry.matters, entry.in_short = True, large(what)


def activated(teller: Teller, number: int, record: r.LevelActivated) -> None:
    """The stated seats are filled."""
    entry = teller.add(
        number, record.at, "level", f"{small(teller.names.short_level(record.level))} är aktivt", case=record.case
    )
    first = min((x.at for x in teller.log if isinstance(x, r.InjectSent)), default=0)
    entry.lines.append(f"Det är {say_duration(record.at - first)} efter det första inspelet.")
    for story in teller.stories.values():
        if story.requested.case == record.case and story.requested.needs == "gather":
            calls = teller.reasons.calls(story)
            entry.lines.append(
                f"Från larm till aktivt: {say_duration(record.at - story.requested.at)}. {calls}".rstrip()
            )


def stood_down(teller: Teller, number: int, record: r.LevelStoodDown) -> None:
    """A level ended."""
    teller.add(
        number, record.at, "level", f"{small(teller.names.short_level(record.level))} avvecklas", case=record.case
    )


def meeting_held(teller: Teller, number: int, record: r.MeetingHeld) -> None:
    """A staff meeting, told when it ends."""
    text = (
        f"stabsmöte slut i {small(teller.names.short_level(record.level))}, började {teller.clock(record.since)}: "
        f"{record.items} {'punkt' if record.items == 1 else 'punkter'}, {record.present} deltagare"
    )
    teller.add(number, record.at, "meeting", text, about=record.level)


def summoned(teller: Teller, number: int, record: r.BodySummoned) -> None:
    """The summons went out."""
    teller.body_case[record.body] = teller.case_of(record.task)
    text = f"{teller.station(record.by)} skickar kallelsen till {teller.station(record.body)}"
    teller.add(number, record.at, "body", text, case=teller.case_of(record.task), about=record.body)


def member_present(teller: Teller, number: int, record: r.MemberPresent) -> None:
    """A member is there."""
    body = teller.setup.organisation.bodies.get(record.body)
    needed = f" av {body.quorum} som krävs" if body is not None and record.present <= body.quorum else ""
    text = f"{teller.names.short_station(record.body)}: {record.present}{needed} på plats"
    before = teller.last(record.at, "body", record.body)
    if before is None:
        teller.add(number, record.at, "body", text, case=teller.body_case.get(record.body), about=record.body)
    else:
        before.headline = text
        before.records.append(number)


def convened(teller: Teller, number: int, record: r.BodyConvened) -> None:
    """Sammankallad."""
    chair = "vice ordföranden" if record.vice_chair_presides else "ordföranden"
    text = f"{teller.station(record.body)} är sammankallad och beslutför: {record.present} ledamöter, {chair} leder"
    entry = teller.add(number, record.at, "body", text, case=teller.body_case.get(record.body), about=record.body)
    entry.matters = True


def entered(teller: Teller, number: int, record: r.BodyEnteredFunction) -> None:
    """Träder i funktion."""
    text = f"{teller.station(record.body)} träder i funktion"
    entry = teller.add(number, record.at, "body", text, case=teller.body_case.get(record.body), about=record.body)
    entry.matters = True


def adjourned(teller: Teller, number: int, record: r.BodyAdjourned) -> None:
    """Nothing more on the agenda."""
    text = f"{teller.station(record.body)} har inget mer på dagordningen och skiljs åt"
    teller.add(number, record.at, "body", text, case=teller.body_case.get(record.body), about=record.body)
