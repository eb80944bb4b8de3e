"""What the plays asked of people and what became of services and flows, in ``results.json``."""

from __future__ import annotations

from typing import Any

from ovning.measures.society import FlowResult, ServiceResult
from ovning.measures.stocks import WHOLE, StockResult
from ovning.model.stocks import THOUSANDTHS
from ovning.report import shapes
from ovning.report.outcome import Outcome
from ovning.report.own_work import own_work


def society_document(outcome: Outcome) -> dict[str, Any]:
    """``strain``, ``services``, ``flows`` and ``stocks`` of ``results.json``."""
    own = own_work(outcome.setup.scenario)
    return {
        "strain": _strain_document(outcome),
        "services": [
            _service_document(outcome, one) | {"own_work": one.service in own} for one in outcome.results.services
        ],
        "flows": [_flow_document(outcome, one) for one in outcome.results.flows],
        "stocks": [_stock_document(outcome, one) for one in outcome.results.stocks],
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
                "busiest_at": max(range(len(load.by_hour)), key=lambda hour: load.by_hour[hour].mean),
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
        "at_start": outcome.setup.scenario.services[one.service].level,
        "failed": shapes.times(one.failed),
        "back": shapes.times(one.back),
        "time_without": shapes.mean(one.gone),
        "longest": shapes.mean(one.longest),
        "all_time_without": shapes.mean(one.without),
        "lowest_level": shapes.mean(one.lowest, 6),
        "level_by_hour": shapes.series(one.level, 4) if one.affected else None,
        "without_by_hour": shapes.series(one.lacking, 2) if one.affected else None,
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
        "went_without": round(one.gave_up.mean + one.turned_away.mean, 2),
        "open": shapes.mean(one.open, 2),
        "wait": None if one.wait is None else shapes.mean(one.wait),
        "late": shapes.mean(one.late, 2),
        "late_time": shapes.mean(one.late_time),
        "largest_backlog": shapes.mean(one.largest, 2),
        "backlog_by_hour": shapes.series(one.backlog, 2),
        "waiting_by_hour": shapes.series(one.waiting, 2),
    }


def _stock_document(outcome: Outcome, one: StockResult) -> dict[str, Any]:
    spec = outcome.setup.scenario.stocks[one.stock]
    names = ("start", "end", "lowest", "filled", "delivered", "passed_on", "leaked", "unmet")
    return {
        "stock": one.stock,
        "title": outcome.names.stock(one.stock),
        "unit": spec.unit,
        "holds": one.holds / THOUSANDTHS,
        **{name: shapes.mean(getattr(one, name), 3, per=THOUSANDTHS) for name in names},
        "dry": shapes.times(one.dry_at),
        "dry_time": shapes.mean(one.dry),
        "level_by_hour": shapes.series(one.by_hour, 4, per=WHOLE),
    }
