"""When the levels of the ladder are active, and where the time to one of them went."""

from __future__ import annotations

from ovning.report.catalogue import counted, word, words
from ovning.report.findings import Findings
from ovning.report.numbers import MINUTES, mean, plain, quantile, share, span, whole
from ovning.report.place import Place
from ovning.report.said import Text
from ovning.report.tables.table import Row, Table, columns


def levels(found: Findings) -> Table:
    """When each level is active, and when each body that was ever called is convened."""
    rows: list[Row] = []
    for level in found.results["levels"]:
        title: Text = found.names.level(level["level"].value)
        if not level["warranted"] and level["unnecessary"]["hits"]:
            title = words("levels.needless", level=title)
        rows.append(_times(found, title, level["active"]))
    for body in found.results["bodies"]:
        if body["summoned"]["reached"]["hits"]:
            title = words("levels.convened", body=found.names.station(body["body"].value))
            rows.append(_times(found, title, body["convened"]))
    return Table(
        word("levels.title"),
        columns("levels.column", "lrrr", "level", "share", "median", "span"),
        tuple(rows),
        word("levels.note"),
    )


def path(found: Findings, level: Place) -> Table | None:
    """Where the time to a level went; ``None`` if it was never active."""
    parts = level["path"]
    if not parts:
        return None
    rows: list[Row] = [(word("path.before"), mean(parts["before"], MINUTES))]
    rows += [
        (words("path.waiting", cause=found.names.cause(one["cause"].value)), mean(one["mean"], MINUTES))
        for one in parts["waiting"]
        if one["mean"]["mean"]
    ]
    rows += [
        (word("path.work"), mean(parts["work"], MINUTES)),
        (word("path.gather"), mean(parts["gather"], MINUTES)),
        (word("path.sum"), plain(parts["whole"], MINUTES)),
    ]
    return Table(
        words("path.title", level=found.names.level(level["level"].value)),
        columns("path.column", "lr", "part", "minutes"),
        tuple(rows),
        counted("path.note", parts["plays"].value, plays=whole(parts["plays"])),
    )


def _times(found: Findings, title: Text, times: Place) -> Row:
    return title, share(times["reached"]), quantile(times["median"], found.horizon), span(times, found.horizon)
