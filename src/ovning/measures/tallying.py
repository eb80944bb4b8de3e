"""What of a play goes into a tally, and under which key.

``add_course`` takes what plays are compared by, one by one: columns ``("replication",)``, ``("start",)`` (its place in
``KINDS``), ``("horizon",)``, ``("level", level, step)``,
``("criterion", objective, number, "from" | "measured" | "grade")``,
``("objective", id)``, ``("unnecessary", level)`` and ``("unnecessary_alert", level)``; grades are their places in
``GRADES``. ``add_play`` takes all else as well: times as columns, everything that results have means or shares of as
sums and counts.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from ovning.log.records import Cause
from ovning.measures.bottlenecks import CriticalWait, Lack, MissingMandate, lack_of
from ovning.measures.injects import InjectCourse, never_answered, nothing_done
from ovning.measures.objectives import GRADES, Grade
from ovning.measures.sits import CriterionWaits
from ovning.measures.starts import KINDS
from ovning.measures.stocks import STOCK_SUMS
from ovning.measures.summary import Course, PlaySummary, StrainSummary
from ovning.measures.tally import Design, Key, Tally, Value
from ovning.measures.ways import CriterionWay

LEVEL_STEPS: Final = ("recommended", "decided", "alerted", "active", "stood_down")
BODY_STEPS: Final = ("summoned", "convened", "entered_function")


def tally_of(plays: Iterable[PlaySummary]) -> Tally:
    """Everything of these plays. Raises ``ValueError`` for plays of different designs."""
    tally = Tally()
    for play in plays:
        add_play(tally, play)
    return tally


def courses_of(plays: Iterable[Course | PlaySummary]) -> Tally:
    """What these plays are compared by."""
    tally = Tally()
    for play in plays:
        add_course(tally, play)
    return tally


def add_course(tally: Tally, play: Course | PlaySummary) -> None:
    """What this play is compared by."""
    tally.begin(Design(play.exercise, play.organisation, play.variation, play.seed))
    tally.put(("replication",), play.replication)
    tally.put(("start",), KINDS.index(play.start))
    tally.put(("horizon",), play.horizon)
    for level, *times, _ in play.levels:
        for step, at in zip(LEVEL_STEPS, times, strict=True):
            tally.put(("level", level, step), at)
    for time in play.criteria:
        key = ("criterion", time.objective, time.criterion)
        tally.put((*key, "from"), time.begins_at)
        tally.put((*key, "measured"), time.measured)
        tally.put((*key, "grade"), GRADES.index(time.grade))
    for objective, grade in play.objectives:
        tally.put(("objective", objective), GRADES.index(grade))
    for level in play.unnecessary:
        tally.put(("unnecessary", level), 1)
    for level in play.unnecessary_alerts:
        tally.put(("unnecessary_alert", level), 1)


def grade(value: Value) -> Grade:
    """A grade that stood in a column; ``not_tested`` where nothing did."""
    return "not_tested" if value is None else GRADES[int(value)]


def add_play(tally: Tally, play: PlaySummary) -> None:
    """Everything of this play that results are made from."""
    add_course(tally, play)
    for level in play.unnecessary:
        tally.count(("level_unnecessary", level))
    for level in play.unnecessary_alerts:
        tally.count(("level_unnecessary_alert", level))
    _spells(tally, play)
    _paths(tally, play)
    for body, *times, _ in play.bodies:
        for step, at in zip(BODY_STEPS, times, strict=True):
            tally.put(("body", body, step), at)
    _injects(tally, play)
    _waiting(tally, play)
    add_lacks(tally, play.critical_work, play.critical_needs, play.missing, play.criterion_needs)
    _mandate(tally, play)
    _strain(tally, play.strain)
    _society(tally, play)
    _stocks(tally, play)
    _ways(tally, play)


def _spells(tally: Tally, play: PlaySummary) -> None:
    """Each level's first time, second time, …; one that was not over is without an end."""
    seen: dict[str, int] = {}
    for spell in play.spells:
        number = seen[spell.level] = seen.get(spell.level, 0) + 1
        tally.put(("spell", spell.level, str(number), "since"), spell.active_at)
        tally.put(("spell", spell.level, str(number), "until"), spell.until if spell.stood_down else None)


def _paths(tally: Tally, play: PlaySummary) -> None:
    for path in play.paths:
        tally.count(("path", path.level))
        tally.add(("path", path.level, "before"), path.before)
        tally.add(("path", path.level, "work"), path.work)
        tally.add(("path", path.level, "gather"), path.gather)
        for cause, lasted in path.waiting:
            tally.add(("path_waiting", path.level, cause), lasted)


def _injects(tally: Tally, play: PlaySummary) -> None:
    sendings: dict[str, list[InjectCourse]] = {}
    for course in play.injects:
        sendings.setdefault(course.inject, []).append(course)
    for inject, courses in sendings.items():
        tally.count(("inject", inject, "sent"))
        tally.put(("inject", inject, "answer"), courses[0].answer)
        tally.put(("inject", inject, "finished"), courses[0].took)
        tally.count(("inject", inject, "never_answered"), bool(never_answered(courses)))
        tally.count(("inject", inject, "nothing_done"), bool(nothing_done(courses)))


def _waiting(tally: Tally, play: PlaySummary) -> None:
    for part in play.waiting:
        tally.add(("waiting", part.cause, part.station), part.lasted)
    whole = play.critical_work + sum(part.lasted for part in play.critical_waiting)
    tally.add(("critical_whole",), whole)
    tally.add(("critical_work",), play.critical_work)
    stations: dict[str, int] = {}
    causes: dict[str, int] = {}
    for part in play.critical_waiting:
        tally.add(("critical", part.cause, part.station), part.lasted, whole)
        stations[part.station] = stations.get(part.station, 0) + part.lasted
        causes[part.cause] = causes.get(part.cause, 0) + part.lasted
    for station, lasted in stations.items():
        tally.add(("waited_for", station), lasted)
    for cause, lasted in causes.items():
        tally.add(("waited_why", cause), lasted)


def add_lacks(
    tally: Tally,
    work: int,
    waits: Iterable[CriticalWait],
    missing: Iterable[MissingMandate] = (),
    ways: Iterable[CriterionWaits] = (),
) -> None:
    """What the objectives' cases of this play lacked along their paths, and each criterion along its own."""
    lacks = _by_lack(waits)
    whole = work + sum(sum(causes.values()) for causes in lacks.values())
    tally.add(("lack_whole",), whole)
    for lack, causes in lacks.items():
        tally.add(("lack", *lack), sum(causes.values()), whole)
        for cause, lasted in causes.items():
            tally.count(("lack_cause", *lack, cause), lasted)
    for one in missing:
        tally.count(("missing", *one))
    for objective, criterion, waited in ways:
        for lack, causes in _by_lack(waited).items():
            tally.count(("sits", *lack, objective, criterion), sum(causes.values()))


def _by_lack(waits: Iterable[CriticalWait]) -> dict[Lack, dict[Cause, int]]:
    found: dict[Lack, dict[Cause, int]] = {}
    for wait in waits:
        causes = found.setdefault(lack_of(wait), {})
        causes[wait.cause] = causes.get(wait.cause, 0) + wait.lasted
    return found


def _mandate(tally: Tally, play: PlaySummary) -> None:
    for time in play.mandate:
        tally.add(("mandate", time.decision), time.lasted)
        tally.count(("mandate", time.decision, "made"), bool(time.made))
        tally.count(("mandate", time.decision, "at_once"), bool(time.made) and time.lasted == 0)
    for decision in play.gaps:
        tally.count(("mandate", decision, "gap"))
    for decision in play.acts:
        tally.count(("mandate", decision, "acted"))


def _strain(tally: Tally, strain: StrainSummary) -> None:
    for group in strain.groups:
        for name, value in zip(group._fields[1:], group[1:], strict=True):
            tally.add(("group", group.group, name), value)
    tally.add(("deviations",), strain.deviations)
    for unmanned in strain.unmanned:
        tally.add(("unmanned", unmanned.function), unmanned.lasted)
        tally.put(("unmanned", unmanned.function, "first"), unmanned.first_at)
    tally.add(("unmanned_time",), sum(unmanned.lasted for unmanned in strain.unmanned))
    tally.put(("first_unmanned",), min((unmanned.first_at for unmanned in strain.unmanned), default=None))
    for empty in strain.empty_seats:
        tally.add(("empty_seats", empty.level), empty.lasted)
    for name, value in strain.relief._asdict().items():
        tally.add(("relief", name), value)
    tally.add(("worn_out",), strain.worn_out)
    tally.add(("woken",), strain.woken)
    for load in strain.loads:
        tally.add(("load", load.station), sum(load.permille))
        tally.add(("load", load.station, "peak"), load.peak)
        tally.add_hours(("load", load.station, "hours"), load.permille)


def _society(tally: Tally, play: PlaySummary) -> None:
    for service in play.services:
        key = ("service", service.service)
        tally.put((*key, "affected"), service.affected)
        tally.put((*key, "failed"), service.failed_at)
        tally.put((*key, "back"), service.back_at)
        tally.put((*key, "lowest"), service.lowest)
        tally.add((*key, "gone"), service.gone)
        tally.add((*key, "longest"), service.longest)
        tally.add((*key, "without"), service.without)
        tally.add_hours((*key, "hours"), service.by_hour)
    for flow in play.flows:
        tally.add(("flow", flow.flow, "waited"), flow.waited, flow.arrived)
        tally.add(("flow", flow.flow, "open"), flow.waiting + flow.in_work)
        for name in ("arrived", "done", "gave_up", "no_need", "turned_away", "late", "late_time", "largest"):
            tally.add(("flow", flow.flow, name), getattr(flow, name))
        tally.add_hours(("flow", flow.flow, "hours"), flow.backlog)
        tally.add_hours(("flow", flow.flow, "waited_hours"), flow.waited_by_hour)


def _stocks(tally: Tally, play: PlaySummary) -> None:
    for stock in play.stocks:
        key = ("stock", stock.stock)
        tally.put((*key, "holds"), stock.holds)
        tally.put((*key, "dry_at"), stock.dry_at)
        for name in STOCK_SUMS:
            tally.add((*key, name), getattr(stock, name))
        tally.add_hours((*key, "hours"), stock.by_hour)


def _ways(tally: Tally, play: PlaySummary) -> None:
    together: dict[str, list[CriterionWay]] = {}
    for way in play.ways:
        _add_way(tally, ("way", way.objective, way.criterion), [way])
        together.setdefault(way.objective, []).append(way)
    for objective, ways in together.items():
        _add_way(tally, ("ways", objective), ways)


def _add_way(tally: Tally, key: Key, ways: Sequence[CriterionWay]) -> None:
    tally.count((*key, "plays"))
    for name in ("lasted", "work", "spread", "idle"):
        tally.add((*key, name), sum(getattr(way, name) for way in ways))
    causes: dict[Cause, int] = {}
    for way in ways:
        for cause, lasted in way.waiting:
            causes[cause] = causes.get(cause, 0) + lasted
    for cause, lasted in causes.items():
        tally.add((*key, "waiting", cause), lasted)
