"""Several organisations' runs beside each other, without a word on which differences are sure."""

from __future__ import annotations

from collections.abc import Sequence

from ovning.report.catalogue import word, words
from ovning.report.findings import Findings
from ovning.report.names import short
from ovning.report.numbers import MINUTES, percent, plain, quantile
from ovning.report.said import Text
from ovning.report.tables.table import Row, Table


def side_by_side(every: Sequence[Findings]) -> Table:
    """Levels, criteria and waiting, a column for each."""
    first = every[0]
    rows: list[Row] = []
    for level in dict.fromkeys(level["level"].value for found in every for level in found.results["levels"]):
        known = first.setup.vocabulary.levels.get(level)
        title = words("beside.level", level=known.title if known else level)
        rows.append((title, *(_level(found, level) for found in every)))
    for number, (objective, criterion, _) in enumerate(first.criteria):
        shares = [percent(found.criteria[number][2]["met"]) for found in every]
        rows.append((f"{objective.id} {first.names.criterion(criterion)}", *shares))
    rows.append((word("beside.waiting"), *(plain(found.results["waited"]["mean"], MINUTES) for found in every)))
    heads = ((short(found.setup.organisation.title), "right") for found in every)
    return Table(word("beside.title"), (("", "left"), *heads), tuple(rows), word("beside.note"))


def _level(found: Findings, level: str) -> Text:
    place = found.results["levels"].find(level=level)
    return word("beside.no_level") if place is None else quantile(place["active"]["median"], found.horizon)
