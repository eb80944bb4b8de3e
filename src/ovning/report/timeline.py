"""One play as a timeline in Swedish: what came in, who took it, why it was late, when one knew, when levels changed.

Pure: a log and its setup in, entries out. Every entry names the records that it is told from.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from ovning.errors import UsageError
from ovning.log import records as r
from ovning.model.conduct import Conduct
from ovning.model.setup import Setup
from ovning.report import tell_command, tell_flows, tell_services, tell_shifts, tell_stocks, tell_work, tell_world
from ovning.report.names import large
from ovning.report.overview import LONG_PLAY, bounds_of_hours, main_course
from ovning.report.teller import Entry, Teller
from ovning.units import Clock, say_duration
from ovning.words import phrase, word
from ovning.words.common import month, weekday


@dataclass(frozen=True, slots=True)
class Timeline:
    """A whole play, or what belongs to one case of it."""

    title: str
    """The exercise."""
    organisation: str
    """Who played."""
    luck: str
    """Seed and number of the play, in words."""
    start: str
    """STARTEX in words."""
    clock: Clock
    """For the entries' times."""
    horizon: int
    """When the play ended, milliseconds since STARTEX."""
    entries: tuple[Entry, ...]
    """In the order in which they happened."""


def say_date(clock: Clock, at: int = 0) -> str:
    """A day in words: ``torsdag 22 januari 2026``."""
    local = clock.local(at)
    return phrase("time.date", weekday=weekday(local), day=str(local.day), month=month(local), year=str(local.year))


def say_offset(at: int, horizon: int = 0) -> str:
    """Time since STARTEX: ``T+1:05``; in days and hours, ``T+6d 5h``, of what goes on for longer than hours can say."""
    minutes = at // 60_000
    if horizon > LONG_PLAY:
        return f"T+{minutes // 1440}d{minutes // 60 % 24:>2}h"
    return f"T+{minutes // 60}:{minutes % 60:02}"


def timeline(
    log: Sequence[r.Record],
    setup: Setup,
    case: str | None = None,
    *,
    main_course_only: bool = False,
    held: bool = False,
) -> Timeline:
    """The play told in order; with ``case``, only that case and what it led to.

    With ``main_course_only`` what is of less weight is left out, and the rest stands under headings, each part of a
    day ending with where things stand. Raises ``UsageError`` for a case that never was, naming those that were.
    ``held``: the play was played as the exercise is held, and it is told where that stops and goes on.
    """
    teller = Teller(log, setup)
    for number, record in enumerate(log):
        _tell(teller, number, record)
    told = [entry for entry in teller.told() if not _says_nothing(setup, entry)]
    if main_course_only and case is None:
        conduct = setup.exercise.conduct
        stops = [jump.to for jump in conduct.jumps] if held and conduct is not None else []
        entries = main_course(teller, told, stops)
    else:
        bounds = bounds_of_hours(log[-1].at)
        # The hour's standing work comes after what else happened at the hour.
        together = [*tell_flows.flows(teller, bounds), *tell_work.routine(teller, bounds)]
        entries = sorted([*told, *together], key=lambda entry: entry.at)
    if case is not None:
        family = _family(teller, case)
        entries = [entry for entry in entries if entry.case in family]
    conduct = setup.exercise.conduct
    if held and conduct is not None:
        entries = _with_stops(entries, conduct, teller.exercise_clock)
    begun = log[0]
    luck = ""
    if isinstance(begun, r.PlayStarted):
        luck = phrase("course.luck", seed=str(begun.seed), play=str(begun.replication))
    clock = teller.exercise_clock
    horizon = say_duration(setup.scenario.horizon)
    start = phrase("course.start", date=say_date(clock), clock=teller.clock(0), horizon=horizon)
    return Timeline(setup.scenario.title, setup.organisation.title, luck, start, clock, log[-1].at, tuple(entries))


def _says_nothing(setup: Setup, entry: Entry) -> bool:
    """An event that found everything as it would have made it."""
    if entry.kind != "world" or entry.headline.casefold() != word("course.world.event").casefold():
        return False
    return not next((event.away for event in setup.scenario.events if event.id == entry.about), ())


_FRAME: Final = ("section", "situation")
"""What stands between one part of the day and the next."""


def _with_stops(entries: Sequence[Entry], conduct: Conduct, clock: Clock) -> list[Entry]:
    """Where the play of a real exercise begins, stops, goes on and ends, between what happens."""
    marks = [(conduct.plays[0], True, word("course.held.begins"))]
    for jump in conduct.jumps:
        when = f"{say_date(clock, jump.to)} {clock.local(jump.to):%H:%M}"
        marks.append((jump.at, False, phrase("course.held.stops", when=when)))
        marks.append((jump.to, True, word("course.held.goes_on")))
    marks.append((conduct.plays[1], False, word("course.held.ends")))
    found = list(entries)
    for at, begins, text in marks:
        later = at if begins else at + 1
        place = next((n for n, one in enumerate(found) if one.at >= later and one.kind not in _FRAME), len(found))
        while not begins and place and found[place - 1].kind == "section":
            place -= 1  # what stops does so before the next part of the day
        found.insert(place, Entry(at, "held", large(text)))
    return found


def _family(teller: Teller, case: str) -> set[str]:
    """A case and every case that it led to."""
    if case not in teller.opened:
        known = ", ".join(x.case for x in teller.opened.values() if x.kind in ("inject", "level"))
        raise UsageError(phrase("course.no_such_case", case=case, known=known))
    family = {case}
    for opened in teller.opened.values():
        if opened.caused_by is not None and teller.case_of(opened.caused_by) in family:
            family.add(opened.case)
    return family


def _tell(teller: Teller, number: int, record: r.Record) -> None:
    match record:
        case r.InjectSent():
            tell_world.inject(teller, number, record)
        case r.InjectWithheld():
            tell_world.withheld(teller, number, record)
        case r.FactLearned():
            tell_world.learned(teller, number, record)
        case r.SeverityKnown():
            tell_world.severity_known(teller, number, record)
        case r.TaskStarted():
            tell_work.started(teller, number, record)
        case r.TaskFinished():
            tell_work.finished(teller, number, record)
        case r.CaseClosed():
            tell_work.case_closed(teller, number, record)
        case r.TaskInterrupted():
            tell_work.interrupted(teller, number, record)
        case r.Clarified():
            tell_work.clarified(teller, number, record)
        case r.TaskUnfinished():
            tell_work.unfinished(teller, number, record)
        case _:
            _tell_society(teller, number, record)


def _tell_society(teller: Teller, number: int, record: r.Record) -> None:
    match record:
        case r.EventHappened():
            tell_services.event(teller, number, record)
        case r.ServiceChanged():
            tell_services.service(teller, number, record)
        case r.NeedLost():
            tell_services.need_lost(teller, number, record)
        case r.NeedRestored():
            tell_services.need_restored(teller, number, record)
        case r.ServiceExtended():
            tell_services.extended(teller, number, record)
        case r.FactPublished():
            tell_services.published(teller, number, record)
        case r.StockStood():
            tell_stocks.stood(teller, number, record)
        case r.StockMoved():
            tell_stocks.moved(teller, number, record)
        case _:
            _tell_people(teller, number, record)


def _tell_people(teller: Teller, number: int, record: r.Record) -> None:
    match record:
        case r.ShiftPlanned():
            tell_shifts.planned(teller, number, record)
        case r.PersonRelieved():
            tell_shifts.relieved(teller, number, record)
        case r.SeatLeft():
            tell_shifts.seat_left(teller, number, record)
        case r.RestBegan():
            tell_shifts.rest_began(teller, number, record)
        case r.RestEnded():
            tell_shifts.rest_ended(teller, number, record)
        case r.WentAway():
            tell_shifts.away(teller, number, record)
        case r.FunctionEmptied():
            tell_shifts.emptied(teller, number, record)
        case _:
            _tell_command(teller, number, record)


def _tell_command(teller: Teller, number: int, record: r.Record) -> None:
    match record:
        case r.DecisionMade():
            tell_command.decided(teller, number, record)
        case r.MandateMissing():
            tell_command.mandate_missing(teller, number, record)
        case r.ActedWithoutMandate():
            tell_command.without_mandate(teller, number, record)
        case r.FactMissing():
            tell_command.fact_missing(teller, number, record)
        case r.LevelRecommended():
            tell_command.recommended(teller, number, record)
        case r.LevelDecided():
            tell_command.level_decided(teller, number, record)
        case r.LevelAlerted():
            tell_command.alerted(teller, number, record)
        case r.StaffSeated():
            tell_command.staff_seated(teller, number, record)
        case r.SeatFilled():
            tell_command.seat_filled(teller, number, record)
        case r.LevelActivated():
            tell_command.activated(teller, number, record)
        case r.LevelStoodDown():
            tell_command.stood_down(teller, number, record)
        case r.MeetingHeld():
            tell_command.meeting_held(teller, number, record)
        case r.BodySummoned():
            tell_command.summoned(teller, number, record)
        case r.MemberPresent():
            tell_command.member_present(teller, number, record)
        case r.BodyConvened():
            tell_command.convened(teller, number, record)
        case r.BodyEnteredFunction():
            tell_command.entered(teller, number, record)
        case r.BodyAdjourned():
            tell_command.adjourned(teller, number, record)
        case _:
            pass
