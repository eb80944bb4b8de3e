"""Decisions, the ladder, bodies and meetings, in sentences."""

from __future__ import annotations

from ovning.log import records as r
from ovning.report.names import large, small
from ovning.report.teller import Teller
from ovning.units import say_duration
from ovning.words import numbered, phrase, word


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
    text = phrase(
        f"course.decision.{record.how}",
        decision=decision,
        who=teller.station(station),
        chair=small(teller.station(started.station)) if started else word("course.decision.chair_unknown"),
        tag=teller.tag(record.case),
    )
    teller.add(number, record.at, "decision", text, case=record.case)


def mandate_missing(teller: Teller, number: int, record: r.MandateMissing) -> None:
    """Nobody holds the decision."""
    decision = small(teller.names.decision(record.decision))
    text = phrase("course.decision.nobody", decision=decision, tag=teller.tag(record.case))
    teller.add(number, record.at, "gap", text, case=record.case).matters = True


def without_mandate(teller: Teller, number: int, record: r.ActedWithoutMandate) -> None:
    """Acted first, for life."""
    text = phrase(
        "course.decision.without_mandate",
        who=teller.names.short_station(record.station),
        decision=small(teller.names.decision(record.decision)),
        tag=teller.tag(record.case),
    )
    entry = teller.add(number, record.at, "gap", text, case=record.case)
    entry.matters = True


def fact_missing(teller: Teller, number: int, record: r.FactMissing) -> None:
    """A task began without something it uses."""
    fact = small(teller.names.fact(record.fact))
    text = phrase("course.work.fact_missing", fact=fact)
    for entry in reversed(teller.entries):
        if entry.at != record.at:
            break
        if entry.kind == "work" and entry.case == teller.case_of(record.task):
            entry.lines.append(text)
            entry.records.append(number)
            return
    if not teller.is_routine(teller.case_of(record.task)):
        who = teller.names.short_station(record.station)
        text = phrase("course.work.fact_missing_who", who=who, task=teller.task(record.task), fact=fact)
        teller.add(number, record.at, "gap", text, case=teller.case_of(record.task))


def recommended(teller: Teller, number: int, record: r.LevelRecommended) -> None:
    """Somebody who may assess recommends a level."""
    text = phrase(
        "course.level.recommended",
        who=teller.names.short_station(record.station),
        level=small(teller.names.short_level(record.level)),
        title=small(teller.names.severity(record.severity)),
        severity=str(record.severity),
    )
    teller.add(number, record.at, "level", text, case=record.case)


def level_decided(teller: Teller, number: int, record: r.LevelDecided) -> None:
    """A level was decided."""
    level = small(teller.names.short_level(record.level))
    text = phrase("course.level.decided", level=level, who=teller.station(record.station))
    teller.add(number, record.at, "level", text, case=record.case)


def alerted(teller: Teller, number: int, record: r.LevelAlerted) -> None:
    """The call to the staff went out."""
    text = phrase("course.level.alerted", level=small(teller.names.short_level(record.level)))
    teller.add(number, record.at, "level", text, case=record.case)


def staff_seated(teller: Teller, number: int, record: r.StaffSeated) -> None:
    """Whoever leads the exercise has a staff in the room."""
    text = phrase("course.level.seated", level=small(teller.names.short_level(record.level)))
    teller.add(number, record.at, "level", text)


def seat_filled(teller: Teller, number: int, record: r.SeatFilled) -> None:
    """Somebody sat down in a staff; who takes over from somebody is told with the change of shifts."""
    teller.elsewhere[record.person] = (word("course.shift.elsewhere.staff"), None)
    if (record.at, record.person) in teller.shifts.came:
        return
    text = f"{small(teller.names.seat(record.seat))} ({small(teller.names.person(record.person))})"
    before = teller.last(record.at, "body", record.level)
    if before is not None:
        before.headline = f"{before.headline}, {text}"
        before.records.append(number)
        return
    level = small(teller.names.short_level(record.level))
    again = record.level in teller.at_home
    key = "seat_again" if again else "seat"
    text = phrase(f"course.level.{key}", number=str(record.filled), level=level, seats=text)
    entry = teller.add(number, record.at, "body", text, case=teller.level_case(record.level), about=record.level)
    if again:
        entry.matters, entry.in_short = True, large(phrase("course.level.seat_again_short", level=level))
    teller.at_home.discard(record.level)


def activated(teller: Teller, number: int, record: r.LevelActivated) -> None:
    """The stated seats are filled."""
    text = phrase("course.level.active", level=small(teller.names.short_level(record.level)))
    entry = teller.add(number, record.at, "level", text, case=record.case)
    first = min((x.at for x in teller.log if isinstance(x, r.InjectSent)), default=0)
    entry.lines.append(phrase("course.level.since_first", lasted=say_duration(record.at - first)))
    if not any(isinstance(x, r.LevelAlerted) and x.case == record.case for x in teller.log):
        return
    for story in teller.stories.values():
        if story.requested.case == record.case and story.requested.needs == "gather":
            since = phrase("course.level.since_alert", lasted=say_duration(record.at - story.requested.at))
            entry.lines.append(f"{since} {teller.reasons.calls(story)}".rstrip())


def stood_down(teller: Teller, number: int, record: r.LevelStoodDown) -> None:
    """A level ended."""
    text = phrase("course.level.stood_down", level=small(teller.names.short_level(record.level)))
    teller.add(number, record.at, "level", text, case=record.case)


def meeting_held(teller: Teller, number: int, record: r.MeetingHeld) -> None:
    """A staff meeting, told when it ends."""
    text = phrase(
        "course.level.meeting",
        level=small(teller.names.short_level(record.level)),
        since=teller.clock(record.since),
        items=numbered("course.level.items", record.items, items=str(record.items)),
        present=numbered("course.level.present", record.present, present=str(record.present)),
    )
    teller.add(number, record.at, "meeting", text, about=record.level)


def summoned(teller: Teller, number: int, record: r.BodySummoned) -> None:
    """The summons went out."""
    teller.body_case[record.body] = teller.case_of(record.task)
    text = phrase("course.body.summoned", who=teller.station(record.by), body=teller.station(record.body))
    teller.add(number, record.at, "body", text, case=teller.case_of(record.task), about=record.body)


def member_present(teller: Teller, number: int, record: r.MemberPresent) -> None:
    """A member is there."""
    body = teller.setup.organisation.bodies.get(record.body)
    title, present = teller.names.short_station(record.body), str(record.present)
    text = phrase("course.body.present", body=title, present=present)
    if body is not None and record.present <= body.quorum:
        text = phrase("course.body.present_of", body=title, present=present, quorum=str(body.quorum))
    before = teller.last(record.at, "body", record.body)
    if before is None:
        teller.add(number, record.at, "body", text, case=teller.body_case.get(record.body), about=record.body)
    else:
        before.headline = text
        before.records.append(number)


def convened(teller: Teller, number: int, record: r.BodyConvened) -> None:
    """Sammankallad."""
    key = f"course.body.convened.{'vice_chair' if record.vice_chair_presides else 'chair'}"
    text = phrase(key, body=teller.station(record.body), present=str(record.present))
    entry = teller.add(number, record.at, "body", text, case=teller.body_case.get(record.body), about=record.body)
    entry.matters = True


def entered(teller: Teller, number: int, record: r.BodyEnteredFunction) -> None:
    """Träder i funktion."""
    text = phrase("course.body.entered", body=teller.station(record.body))
    entry = teller.add(number, record.at, "body", text, case=teller.body_case.get(record.body), about=record.body)
    entry.matters = True


def adjourned(teller: Teller, number: int, record: r.BodyAdjourned) -> None:
    """Nothing more on the agenda."""
    text = phrase("course.body.adjourned", body=teller.station(record.body))
    teller.add(number, record.at, "body", text, case=teller.body_case.get(record.body), about=record.body)
