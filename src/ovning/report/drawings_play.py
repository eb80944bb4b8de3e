"""Figures of what the plays asked of people, of what was aimed at, and of one play as a timeline."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Final

from ovning.figures.criteria import VERDICTS, Dot, Group, criteria
from ovning.figures.hours import LONG
from ovning.figures.strain import Rest, Row, strain
from ovning.figures.timeline import Course, Decided, Lane, Sent, Stage, timeline
from ovning.log.records import Log, PlayStarted
from ovning.measures.course import Decision, WorkOf, decisions, horizon, spells, whole_of, work_of
from ovning.measures.injects import InjectCourse, inject_courses
from ovning.measures.society import LoadResult
from ovning.measures.spans import union
from ovning.report.drawings import Drawing
from ovning.report.names import large, short, small
from ovning.report.outcome import Outcome
from ovning.report.place import Place
from ovning.report.tables.objectives import within
from ovning.report.teller import clock_of
from ovning.report.wording import number, percent, unbroken
from ovning.units import HOUR, Clock, say_duration
from ovning.words import phrase, word
from ovning.words.common import weekday_short

_LANES: Final = 8
"""So many have a lane of their own."""
_TOLD: Final = 8
"""So many decisions are told to those who cannot see the figure."""


def strain_message(outcome: Outcome) -> str:
    """Who was busiest and whose rest was broken, as a sentence."""
    ranked = _busiest_first(outcome)
    if not ranked:
        return word("figure.strain.message.nobody")
    found, busiest = outcome.results.strain, ranked[0]
    clock = outcome.clock
    hour = _worst_hour([mean.mean for mean in busiest.by_hour])
    who = large(outcome.names.short_station(busiest.station))
    if clock is None:
        when = phrase("time.hours_offset", begins=str(hour), ends=str(hour + 1))
    else:
        begins, ends = clock.local(hour * HOUR), clock.local((hour + 1) * HOUR)
        day = weekday_short(begins)
        if outcome.results.horizon > LONG:
            day = phrase("time.day_short", weekday=day, day=str(begins.day), month=str(begins.month))
        first = begins.date() == clock.local(0).date() and outcome.results.horizon <= LONG
        when = phrase(
            f"figure.strain.when.{'today' if first else 'later'}",
            day=day,
            begins=f"{begins:%H:%M}",
            ends=f"{ends:%H:%M}",
        )
    return phrase(
        f"figure.strain.message.{'broken' if found.deviations.mean else 'rested'}",
        who=who,
        when=when,
        share=percent(busiest.by_hour[hour].mean / 1000),
        deviations=number(found.deviations.mean),
    )


def _busiest_first(outcome: Outcome) -> list[LoadResult]:
    """By the busiest hour of all plays together, as the figure shows it."""

    def worst(load: LoadResult) -> tuple[float, float, str]:
        return -max((hour.mean for hour in load.by_hour), default=0.0), -load.mean.mean, load.station

    return sorted((load for load in outcome.results.strain.loads if load.by_hour), key=worst)


def _worst_hour(by_hour: Sequence[float]) -> int:
    return max(range(len(by_hour)), key=by_hour.__getitem__)


def draw_strain(outcome: Outcome) -> Drawing | None:
    """How busy each function was, hour by hour, and whose daily rest was broken; ``None`` if nobody worked."""
    found, ranked = outcome.results.strain, _busiest_first(outcome)
    if not ranked:
        return None
    rows = [
        Row(large(outcome.names.short_station(load.station)), tuple(hour.mean / 1000 for hour in load.by_hour))
        for load in ranked
    ]
    rests = [
        Rest(large(outcome.names.group(group.group)), group.people.mean, group.deviations) for group in found.groups
    ]
    said = strain_message(outcome)
    figure = strain(rows, rests, outcome.results.horizon, outcome.clock, said)
    return Drawing("belastning", figure, _strain_alt(rows, rests, said))


def _strain_alt(rows: Sequence[Row], rests: Sequence[Rest], said: str) -> str:
    busiest = []
    for row in rows[:_TOLD]:
        hour = _worst_hour(row.by_hour)
        share = percent(row.by_hour[hour])
        busiest.append(phrase("figure.strain.alt_busy", who=small(row.title), share=share, hour=str(hour + 1)))
    broken = [f"{small(one.title)} {number(one.deviations.mean)}" for one in rests[:_TOLD] if one.deviations.mean]
    parts = [phrase("figure.strain.alt", message=said, busiest=", ".join(busiest))]
    if broken:
        parts.append(phrase("figure.strain.alt_broken", groups=", ".join(broken)))
    return " ".join(parts)


def criteria_message(outcome: Outcome) -> str:
    """How many criteria are met often enough, as a sentence."""
    counted = Counter[str](result.verdict for result in outcome.results.criteria)
    others = tuple(verdict for verdict in ("undecided", "not_tested") if counted[verdict])
    which = "both" if len(others) > 1 else others[0] if others else "told"
    return phrase(
        f"figure.criteria.message.{which}",
        criteria=str(counted.total()),
        reached=str(counted["reached"]),
        not_reached=str(counted["not_reached"]),
        undecided=str(counted["undecided"]),
        not_tested=str(counted["not_tested"]),
    )


def draw_criteria(outcome: Outcome) -> Drawing | None:
    """In how large a share of the plays each criterion is met; ``None`` without criteria."""
    by_place = {(result.objective, result.criterion): result for result in outcome.results.criteria}
    if not by_place:
        return None
    groups = []
    for objective in outcome.setup.exercise.objectives:
        dots = []
        for place, criterion in enumerate(objective.criteria):
            result = by_place[objective.id, place]
            title = unbroken(f"{outcome.names.criterion(criterion)}, {within(criterion, Place(criterion.met))}")
            dots.append(Dot(title, result.met, result.target, result.verdict))
        groups.append(Group(f"{objective.id}  {objective.title}", tuple(dots)))
    said = criteria_message(outcome)
    return Drawing("kriterier", criteria(groups, said), _criteria_alt(groups, said))


def _criteria_alt(groups: Sequence[Group], said: str) -> str:
    parts = [phrase("figure.criteria.alt", message=said)]
    for verdict in VERDICTS:
        dots = [
            f"{small(dot.title)}" + ("" if dot.met.share is None else f" ({percent(dot.met.share)})")
            for group in groups
            for dot in group.dots
            if dot.verdict == verdict
        ]
        if dots:
            parts.append(f"{large(word(f'verdict.{verdict}'))}: {'; '.join(dots)}.")
    return " ".join(parts)


def timeline_message(outcome: Outcome, log: Log) -> str:
    """What one play came to, as a sentence."""
    started, ends = log[0], horizon(log)
    which = word("figure.timeline.play")
    if isinstance(started, PlayStarted):
        which = phrase("figure.timeline.play_number", number=str(started.replication))
    injects = inject_courses(log)
    missed = sum(inject.received_at is None for inject in injects)
    every = str(len(injects))
    unanswered = phrase("figure.timeline.unanswered", missed=str(missed), injects=every) if missed else ""
    told = {"play": which, "unanswered": unanswered}
    main = outcome.main_level
    if main is None:
        return phrase("figure.timeline.message.no_level", injects=every, lasted=say_duration(ends), **told)
    title = small(outcome.names.short_level(main.level))
    spell = next((one for one in spells(log) if one.level == main.level and one.active_at is not None), None)
    if spell is None or spell.active_at is None:
        return phrase("figure.timeline.message.never", level=title, lasted=say_duration(ends), **told)
    return phrase(
        f"figure.timeline.message.{'ended' if spell.stood_down else 'lasted'}",
        play=which,
        level=title,
        active=say_duration(spell.active_at),
        ended=say_duration(spell.until),
        unanswered=unanswered,
    )


def draw_timeline(outcome: Outcome, log: Log) -> Drawing | None:
    """One play as a timeline, from its log; ``None`` if nothing happened in it."""
    names = outcome.names
    levels = frozenset(level.id for level in names.ladder())
    working = work_of(log, levels)
    injects, decided = inject_courses(log), decisions(log, levels)
    if not working and not injects:
        return None
    shown, others = _lanes(working, injects, decided, levels)
    lanes = [Lane(large(names.short_station(one.station)), one.on_cases, one.standing) for one in shown]
    if others:
        lanes.append(
            Lane(
                phrase("figure.others", count=str(len(others))),
                union(span for one in others for span in one.on_cases),
                union(span for one in others for span in one.standing),
            )
        )
    place = {one.station: number for number, one in enumerate(shown)}
    place |= {one.station: len(shown) for one in others}
    ranks = {level.id: rank for rank, level in enumerate(names.ladder())}
    course = Course(
        tuple(lanes),
        tuple(
            Sent(
                one.inject,
                one.sent_at,
                one.received_at,
                None if one.station is None else place.get(whole_of(one.station, levels)),
            )
            for one in injects
        ),
        tuple(
            Decided(
                short(names.decision(one.decision)),
                one.at,
                tuple(dict.fromkeys(place[station] for station in one.stations if station in place)),
            )
            for one in decided
        ),
        tuple(
            Stage(large(names.short_level(one.level)), ranks.get(one.level, 0), one.since, one.active_at, one.until)
            for one in spells(log)
        ),
        horizon(log),
    )
    said = timeline_message(outcome, log)
    clock = clock_of(log)
    return Drawing("tidslinje", timeline(course, clock, said), _timeline_alt(course, clock, said))


def _lanes(
    working: Sequence[WorkOf], injects: Sequence[InjectCourse], decided: Sequence[Decision], levels: frozenset[str]
) -> tuple[list[WorkOf], list[WorkOf]]:
    """Those through whom the play went, in the order in which they came in, and the others.

    Staffs have lanes of their own; of the others those who took in most injects, made most decisions and did most to
    raise or end a level. Who merely worked most is seen where strain is drawn.
    """
    counted = Counter(station for one in decided for station in one.stations)
    counted.update(whole_of(one.station, levels) for one in injects if one.station is not None)
    counted.update({one.station: one.of_levels for one in working})
    ranked = sorted(
        working,
        key=lambda one: (one.station not in levels, -counted[one.station], -one.tasks, one.first_at, one.station),
    )
    kept = {one.station for one in ranked[:_LANES]}
    return [one for one in working if one.station in kept], [one for one in working if one.station not in kept]


def _timeline_alt(course: Course, clock: Clock, said: str) -> str:
    parts = [phrase("figure.timeline.alt", message=said)]
    parts += [_stage_alt(stage, clock) for stage in course.stages]
    if course.lanes:
        parts.append(phrase("figure.timeline.alt_lanes", lanes=", ".join(small(lane.title) for lane in course.lanes)))
    if course.decisions:
        made = [f"{clock.local(one.at):%H:%M} {small(one.title)}" for one in course.decisions[:_TOLD]]
        parts.append(phrase("figure.timeline.alt_decisions", decisions="; ".join(made)))
    return " ".join(parts)


def _stage_alt(stage: Stage, clock: Clock) -> str:
    since = f"{clock.local(stage.since):%H:%M}"
    if stage.active_at is None:
        return phrase("figure.timeline.alt_level_never", level=stage.title, since=since)
    active = f"{clock.local(stage.active_at):%H:%M}"
    return phrase("figure.timeline.alt_level", level=stage.title, since=since, active=active)
