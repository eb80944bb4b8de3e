"""The list of injects with their answers, and the decisions with what mandate cost."""

from __future__ import annotations

from ovning.report.catalogue import word
from ovning.report.findings import Findings
from ovning.report.numbers import MINUTES, mean, percent, share, times
from ovning.report.tables.table import Row, Table, columns


def injects(found: Findings) -> Table:
    """When each inject was taken in, and when everything it asked for was done."""
    rows: list[Row] = []
    for inject in found.setup.scenario.injects:
        place = found.results["injects"].find(inject=inject.id)
        if place is None:
            rows.append((inject.id, inject.title, word("injects.never_came"), "–", "–", "–"))
            continue
        rows.append(
            (
                inject.id,
                inject.title,
                percent(place["sent"]),
                times(place["received_after"], found.horizon),
                times(place["finished_after"], found.horizon),
                percent(place["never_answered"]),
            )
        )
    return Table(
        word("injects.title"),
        columns("injects.column", "llrrrr", "number", "inject", "came", "answered", "finished", "never"),
        tuple(rows),
        word("injects.note"),
    )


def mandates(found: Findings) -> Table | None:
    """What mandate cost; ``None`` when no decision was ever needed."""
    rows: list[Row] = [
        (
            found.names.decision(one["decision"].value),
            mean(one["mandate_waiting"], MINUTES),
            share(one["without_wait"]),
            percent(one["nobody_holds_it"]),
            percent(one["acted_without"]),
        )
        for one in found.results["decisions"]
    ]
    if not rows:
        return None
    return Table(
        word("mandates.title"),
        columns("mandates.column", "lrrrr", "decision", "waiting", "without_wait", "nobody", "acted"),
        tuple(rows),
        word("mandates.note"),
    )
