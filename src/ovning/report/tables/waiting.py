"""Where the time went: whom everybody waited for, and why."""

from __future__ import annotations

from ovning.report.catalogue import word, words
from ovning.report.findings import Findings
from ovning.report.names import CAUSES, large
from ovning.report.numbers import MINUTES, mean, percent, plain
from ovning.report.said import listed, said
from ovning.report.tables.table import Row, Table, columns


def waited_for(found: Findings, most: int = 8) -> Table:
    """Who everybody was waiting for."""
    rows: list[Row] = []
    for one in [*found.results["waited_for"]][:most]:
        station = one["station"].value
        causes = [part for part in found.results["critical_waiting"] if part["station"].value == station]
        why = listed(
            said(found.names.cause(part["cause"].value), " ", plain(part["mean"]["mean"], MINUTES))
            for part in causes[:3]
            if part["mean"]["mean"]
        )
        rows.append((large(found.names.station(station)), mean(one["mean"], MINUTES), percent(one["share"]), why))
    return Table(
        word("waited_for.title"),
        columns("waited_for.column", "lrrl", "station", "minutes", "share", "why"),
        tuple(rows),
        word("waited_for.note"),
    )


def waited_why(found: Findings) -> Table:
    """Where the time went, by cause."""
    rows: list[Row] = [
        (
            words("path.waiting", cause=found.names.cause(one["cause"].value)),
            mean(one["mean"], MINUTES),
            percent(one["share"]),
            word(f"cause_means.{one['cause'].value}") if one["cause"].value in CAUSES else "",
        )
        for one in found.results["waited_why"]
        if one["mean"]["mean"]
    ]
    work = found.results["critical_work"]
    rows.append((word("waited_why.work"), mean(work, MINUTES), percent(work["share"]), word("waited_why.work_means")))
    return Table(
        word("waited_why.title"),
        columns("waited_why.column", "lrrl", "cause", "minutes", "share", "means"),
        tuple(rows),
        word("waited_why.note"),
    )
