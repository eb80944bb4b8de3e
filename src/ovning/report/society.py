"""What the plays asked of people and what became of services and flows, as tables and in ``results.json``."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ovning.measures.intervals import Mean
from ovning.measures.society import FlowResult, ServiceResult
from ovning.measures.times import Times
from ovning.report import shapes
from ovning.report.names import large, small
from ovning.report.outcome import Outcome
from ovning.report.tables import Table
from ovning.report.wording import hours, mean_hours, mean_number, number, percent, quantile, share
from ovning.units import HOUR, say_duration


def strain(outcome: Outcome, most: int | None = None) -> Table:
    """The groups of people of whom most was asked; ``most``: no more than so many."""
    rows = [
        (
            large(outcome.names.group(group.group)),
            number(group.people.mean),
            mean_hours(group.most_worked),
            mean_hours(group.longest_duty),
            mean_number(group.deviations),
            percent(group.deviating.share),
            hours(group.night.mean),
        )
        for group in outcome.results.strain.groups[:most]
    ]
    columns = (
        ("grupp", "left"),
        ("antal", "right"),
        ("flest timmar", "right"),
        ("längsta pass", "right"),
        ("avsteg från vilan", "right"),
        ("andel spel", "right"),
        ("nattimmar", "right"),
    )
    assumed = outcome.setup.assumptions
    title = "Vilka som arbetade hårdast" if most is None else "De grupper som arbetade hårdast"
    return Table(
        title,
        columns,
        tuple(rows),
        "Medeltal per spel. Flest timmar och längsta pass (timmar): den som hade mest; ett pass slutar när personen "
        f"är ledig i {say_duration(assumed.duty_ends_after)}. Avsteg: dygn, räknade från första arbetet efter vila, "
        f"utan {say_duration(assumed.daily_rest)} sammanhängande ledighet. Det är ett antal och "
        "ingen rättslig bedömning.",
    )


def endurance(outcome: Outcome) -> Table:
    """How the organisation as a whole held out."""
    found = outcome.results.strain
    horizon = outcome.results.horizon
    rows = [
        ("avsteg från dygnsvilan", mean_number(found.deviations)),
        ("andel spel med något avsteg", share(found.deviating)),
        ("avlösningar i tid", mean_number(found.relieved_in_time)),
        ("avlösningar som kom för sent", mean_number(found.relieved_late)),
        ("avlösningar som aldrig kom", mean_number(found.never_relieved)),
        ("gick hem utan avlösning, efter så långt pass som någon arbetar", mean_number(found.worn_out)),
        ("väckta på natten", mean_number(found.woken)),
        ("timmar då en funktion stod obemannad", mean_hours(found.unmanned_time)),
        ("första gången någon funktion stod obemannad, median", quantile(found.first_unmanned.median, horizon)),
    ]
    rows += [
        (f"tomma platser, timmar: {small(outcome.names.level(level))}", mean_hours(lasted))
        for level, lasted in found.empty_seats
    ]
    return Table(
        "Uthållighet",
        (("", "left"), ("per spel", "right")),
        tuple(rows),
        "Obemannad: funktionen skulle enligt kalender eller beredskap vara bemannad, men dess folk vilade, satt i en "
        "stab eller var borta.",
    )


def unmanned(outcome: Outcome) -> Table | None:
    """Functions that stood empty; ``None`` if none ever did."""
    horizon = outcome.results.horizon
    rows = [
        (
            large(outcome.names.station(one.function)),
            share(one.first.reached),
            mean_hours(one.lasted),
            quantile(one.first.median, horizon),
        )
        for one in outcome.results.strain.unmanned
    ]
    if not rows:
        return None
    columns = (
        ("funktion", "left"),
        ("i andel spel", "right"),
        ("timmar per spel", "right"),
        ("första gången", "right"),
    )
    return Table("Funktioner som stod obemannade", columns, tuple(rows), "Första gången: median, från övningsstart.")


def loads(outcome: Outcome) -> Table:
    """How busy the people of each function and seat were."""
    rows = [
        (
            large(outcome.names.station(load.station)),
            percent(load.mean.mean / 1000),
            percent(load.peak.mean / 1000),
            _hour(max(range(len(load.by_hour)), key=lambda hour: load.by_hour[hour].mean)),
        )
        for load in outcome.results.strain.loads
    ]
    columns = (
        ("funktion eller plats", "left"),
        ("hela spelet", "right"),
        ("värsta timmen", "right"),
        ("oftast värst", "right"),
    )
    return Table(
        "Beläggning: andel av tiden som gick till övningens arbete",
        columns,
        tuple(rows),
        "Av en funktions alla personer; har den beredskap, av dem som har det. Av en stabsplats: dem som satt där. "
        "Ordinarie arbete räknas inte. Timme för timme står i results.json.",
    )


def services(outcome: Outcome) -> Table | None:
    """What services were gone for whom; ``None`` if none that concerns anybody was."""
    horizon = outcome.results.horizon
    gone = [one for one in _concerning(outcome) if one.failed.reached.hits]
    if not gone:
        return None
    rows = [
        (
            large(outcome.names.service(one.service)),
            _affected(outcome, one),
            percent(one.failed.reached.share),
            *_from_and_till(one, horizon),
            mean_hours(one.gone),
            number(one.without.mean / HOUR),
        )
        for one in gone
    ]
    columns = (
        ("tjänst", "left"),
        ("berörda", "right"),
        ("andel spel", "right"),
        ("från", "right"),
        ("till", "right"),
        ("timmar per berörd", "right"),
        ("timmar, alla", "right"),
    )
    never = [small(outcome.names.service(one.service)) for one in _concerning(outcome) if not one.failed.reached.hits]
    note = (
        "Från och till: median, från övningsstart, för när den första blev utan och när alla hade den igen. Timmar: "
        "utan tjänsten, i medeltal per spel."
    )
    if any(_seldom(one) for one in gone):
        note += " –: borta i färre än hälften av spelen."
    if never:
        note += f" Aldrig borta: {', '.join(never)}."
    return Table("Det som samhället var utan", columns, tuple(rows), note)


def flows(outcome: Outcome) -> Table | None:
    """What came and what became of it; ``None`` without flows."""
    found = outcome.results.flows
    if not found:
        return None
    needless = any(one.no_need.mean for one in found)
    late = any(one.late_time.mean for one in found)
    rows = [
        (
            large(outcome.names.flow(one.flow)),
            number(one.arrived.mean),
            number(one.done.mean),
            number(one.gave_up.mean + one.turned_away.mean),
            *((number(one.no_need.mean),) if needless else ()),
            number(one.open.mean),
            _wait(one.wait),
            number(one.largest.mean),
            *((mean_hours(one.late_time),) if late else ()),
        )
        for one in found
    ]
    columns = (
        ("flöde", "left"),
        ("kom", "right"),
        ("fick hjälp", "right"),
        ("gick utan", "right"),
        *((("slapp", "right"),) if needless else ()),
        ("kvar", "right"),
        ("väntan", "right"),
        ("längsta kö", "right"),
        *((("för sent, timmar", "right"),) if late else ()),
    )
    note = (
        "Medeltal per spel. Gick utan: gav upp eller avvisades. Kvar: vid spelets slut. Väntan: för var och en som "
        "kom, också dem som gav upp."
    )
    if needless:
        note += " Slapp: behövde det inte längre."
    return Table("Det som kom in och togs om hand", columns, tuple(rows), note)


def sentences(outcome: Outcome) -> tuple[str, ...]:
    """Strain in a few sentences, for the brief."""
    found = outcome.results.strain
    said = []
    # those who lack something are people; generators that must be fuelled are not
    kept = {flow.keeps for flow in outcome.setup.scenario.flows.values() if flow.arrives.lacking is not None}
    for one in outcome.results.services:
        affects = outcome.setup.scenario.services[one.service].affects
        if one.service in kept and affects.persons and one.without.mean:
            said.append(
                f"{large(outcome.names.service(one.service))} kom för sent i sammanlagt "
                f"{number(one.without.mean / HOUR)} persontimmar per spel."
            )
    if found.deviations.mean:
        worst = found.groups[0]
        said.append(
            f"Dygnsvilan bröts i medeltal {number(found.deviations.mean)} gånger per spel, oftast för "
            f"{small(outcome.names.group(worst.group))} ({number(worst.deviations.mean)})."
        )
    if found.unmanned:
        worst_function = found.unmanned[0]
        said.append(
            f"{large(outcome.names.short_station(worst_function.function))} stod obemannad i medeltal "
            f"{hours(worst_function.lasted.mean)} timmar per spel, mest av alla funktioner "
            "(de som har den satt i staben, vilade eller var borta)."
        )
    return tuple(said)


def society_document(outcome: Outcome) -> dict[str, Any]:
    """``strain``, ``services`` and ``flows`` of ``results.json``."""
    return {
        "strain": _strain_document(outcome),
        "services": [_service_document(outcome, one) for one in outcome.results.services],
        "flows": [_flow_document(outcome, one) for one in outcome.results.flows],
    }


def _strain_document(outcome: Outcome) -> dict[str, Any]:
    found = outcome.results.strain
    return {
        "rest_deviations": shapes.mean(found.deviations, 2),
        "plays_with_deviations": shapes.share(found.deviating),
        "relieved_in_time": shapes.mean(found.relieved_in_time, 2),
        "relieved_late": shapes.mean(found.relieved_late, 2),
        "never_relieved": shapes.mean(found.never_relieved, 2),
        "worn_out": shapes.mean(found.worn_out, 2),
        "woken_at_night": shapes.mean(found.woken, 2),
        "unmanned_time": shapes.mean(found.unmanned_time),
        "first_unmanned": shapes.times(found.first_unmanned),
        "empty_seats": [
            {"level": level, "title": outcome.names.level(level), "seat_time": shapes.mean(lasted)}
            for level, lasted in found.empty_seats
        ],
        "groups": [
            {
                "group": group.group,
                "title": outcome.names.group(group.group),
                "people": shapes.mean(group.people, 2),
                "most_worked": shapes.mean(group.most_worked),
                "longest_duty": shapes.mean(group.longest_duty),
                "rest_deviations": shapes.mean(group.deviations, 2),
                "plays_with_deviations": shapes.share(group.deviating),
                "night_time": shapes.mean(group.night),
                "woken_at_night": shapes.mean(group.woken, 2),
            }
            for group in found.groups
        ],
        "unmanned": [
            {
                "function": one.function,
                "title": outcome.names.station(one.function),
                "time": shapes.mean(one.lasted),
                "first": shapes.times(one.first),
            }
            for one in found.unmanned
        ],
        "load": [
            {
                "station": load.station,
                "title": outcome.names.station(load.station),
                "mean": shapes.mean(load.mean, 4, per=1000),
                "busiest_hour": shapes.mean(load.peak, 4, per=1000),
                "by_hour": shapes.series(load.by_hour, 4, per=1000),
            }
            for load in found.loads
        ],
    }


def _service_document(outcome: Outcome, one: ServiceResult) -> dict[str, Any]:
    return {
        "service": one.service,
        "title": outcome.names.service(one.service),
        "affected": one.affected,
        "failed": shapes.times(one.failed),
        "back": shapes.times(one.back),
        "time_without": shapes.mean(one.gone),
        "longest": shapes.mean(one.longest),
        "all_time_without": shapes.mean(one.without),
        "lowest_level": shapes.mean(one.lowest, 6),
    }


def _flow_document(outcome: Outcome, one: FlowResult) -> dict[str, Any]:
    return {
        "flow": one.flow,
        "title": outcome.names.flow(one.flow),
        "arrived": shapes.mean(one.arrived, 2),
        "done": shapes.mean(one.done, 2),
        "gave_up": shapes.mean(one.gave_up, 2),
        "no_need": shapes.mean(one.no_need, 2),
        "turned_away": shapes.mean(one.turned_away, 2),
        "open": shapes.mean(one.open, 2),
        "wait": None if one.wait is None else shapes.mean(one.wait),
        "late": shapes.mean(one.late, 2),
        "late_time": shapes.mean(one.late_time),
        "largest_backlog": shapes.mean(one.largest, 2),
        "backlog_by_hour": shapes.series(one.backlog, 2),
    }


def _concerning(outcome: Outcome) -> Iterable[ServiceResult]:
    """Services that concern somebody and were there when the exercise began: what is arranged later is no loss."""
    specs = outcome.setup.scenario.services
    return [one for one in outcome.results.services if one.affected and specs[one.service].level > 0]


def _affected(outcome: Outcome, one: ServiceResult) -> str:
    households = outcome.setup.scenario.services[one.service].affects.households
    return f"{number(one.affected)} {'hushåll' if households else 'personer'}"


def _median(times: Times, horizon: int) -> str:
    return quantile(times.median, horizon)


def _seldom(one: ServiceResult) -> bool:
    """Whether a service was gone in so few plays that the median play had it all the time."""
    return one.failed.median is None or one.failed.median.value is None


def _from_and_till(one: ServiceResult, horizon: int) -> tuple[str, str]:
    """When a service was gone and back; medians over the same plays, or none."""
    return ("–", "–") if _seldom(one) else (_median(one.failed, horizon), _median(one.back, horizon))


def _wait(wait: Mean | None) -> str:
    return "–" if wait is None else say_duration(wait.mean)


def _hour(hour: int) -> str:
    return f"T+{hour}–{hour + 1} h"
