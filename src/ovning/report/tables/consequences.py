"""What became of services and flows."""

from __future__ import annotations

from ovning.report.catalogue import word, words
from ovning.report.findings import Findings
from ovning.report.names import large, small
from ovning.report.numbers import DURATION, HOURS, NOTHING, NUMBER, mean, percent, plain, quantile
from ovning.report.own_work import there_at_start
from ovning.report.place import Place
from ovning.report.said import Said, said
from ovning.report.tables.table import Row, Table, columns


def services(found: Findings) -> Table | None:
    """What services were gone for whom; ``None`` if none that concerns anybody was."""
    concerning = _concerning(found)
    gone = [one for one in concerning if one["failed"]["reached"]["hits"]]
    if not gone:
        return None
    rows: list[Row] = [
        (
            large(found.names.service(one["service"].value)),
            _affected(found, one),
            percent(one["failed"]["reached"]),
            *((NOTHING, NOTHING) if _seldom(one) else (_median(found, one["failed"]), _median(found, one["back"]))),
            mean(one["time_without"], HOURS),
            plain(one["all_time_without"]["mean"], HOURS),
        )
        for one in gone
    ]
    note = said(word("services.note"))
    if any(_seldom(one) for one in gone):
        note += word("services.note_seldom")
    if never := [small(found.names.service(one["service"].value)) for one in concerning if one not in gone]:
        note += words("services.note_never", services=", ".join(never))
    return Table(
        word("services.title"),
        columns("services.column", "lrrrrrr", "service", "affected", "share", "from", "till", "each", "all"),
        tuple(rows),
        note,
    )


def flows(found: Findings) -> Table | None:
    """What came and what became of it; ``None`` without flows."""
    every = [*found.results["flows"]]
    if not every:
        return None
    needless = any(one["no_need"]["mean"] for one in every)
    late = any(one["late_time"]["mean"] for one in every)
    rows: list[Row] = [
        (
            large(found.names.flow(one["flow"].value)),
            plain(one["arrived"]["mean"], NUMBER),
            plain(one["done"]["mean"], NUMBER),
            plain(one["went_without"], NUMBER),
            *((plain(one["no_need"]["mean"], NUMBER),) if needless else ()),
            plain(one["open"]["mean"], NUMBER),
            NOTHING if one["wait"].value is None else plain(one["wait"]["mean"], DURATION),
            plain(one["largest_backlog"]["mean"], NUMBER),
            *((mean(one["late_time"], HOURS),) if late else ()),
        )
        for one in every
    ]
    names = ["flow", "came", "done", "without", "no_need", "open", "wait", "queue", "late"]
    shown = [name for name in names if (needless or name != "no_need") and (late or name != "late")]
    note = said(word("flows.note"), word("flows.note_no_need") if needless else "")
    return Table(word("flows.title"), columns("flows.column", "l" + "r" * (len(shown) - 1), *shown), tuple(rows), note)


def stocks(found: Findings) -> Table | None:
    """What stocks gave and to whom it was not enough; ``None`` without stocks."""
    every = [*found.results["stocks"]]
    if not every:
        return None
    leaking = any(one["leaked"]["mean"].value for one in every)
    passing = any(one["passed_on"]["mean"].value for one in every)
    rows: list[Row] = [
        (
            large(found.names.stock(one["stock"].value)) + f" ({one['unit'].value})",
            percent(one["dry"]["reached"]),
            _median(found, one["dry"]),
            mean(one["dry_time"], HOURS),
            *(plain(one[name]["mean"], NUMBER) for name in _amounts(leaking=leaking, passing=passing)),
        )
        for one in every
    ]
    names = ["stock", "share", "from", "dry", *_amounts(leaking=leaking, passing=passing)]
    kinds = "l" + "r" * (len(names) - 1)
    return Table(word("stocks.title"), columns("stocks.column", kinds, *names), tuple(rows), said(word("stocks.note")))


def _amounts(*, leaking: bool, passing: bool) -> list[str]:
    shown = {"passed_on": passing, "leaked": leaking}
    every = ("start", "filled", "delivered", "passed_on", "leaked", "unmet", "end")
    return [name for name in every if shown.get(name, True)]


def _concerning(found: Findings) -> list[Place]:
    """Services that concern somebody and were there when the exercise began: what is arranged later is no loss."""
    scenario = found.setup.scenario
    every = found.results["services"]
    return [one for one in every if one["affected"] and there_at_start(scenario, one["service"].value)]


def _affected(found: Findings, one: Place) -> Said:
    whom = found.names.whom(one["service"].value)
    return words("services.affected", count=plain(one["affected"], NUMBER), whom=whom)


def _median(found: Findings, times: Place) -> Said:
    return quantile(times["median"], found.horizon)


def _seldom(one: Place) -> bool:
    """Whether a service was gone in so few plays that the median play had it all the time."""
    median = one["failed"]["median"]
    return median.value is None or median["value"].value is None
