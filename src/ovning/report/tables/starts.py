"""Whether it matters when it begins, for plays that start at any time."""

from __future__ import annotations

from ovning.report.catalogue import word
from ovning.report.findings import Findings
from ovning.report.numbers import quantile, share, span, whole
from ovning.report.tables.table import Row, Table, columns


def starts(found: Findings) -> Table | None:
    """When the main level is active, by when plays started; ``None`` if all started at the same moment."""
    main, sampled = found.main_level, found.results["starts"]
    if not sampled or main is None:
        return None
    rows: list[Row] = []
    for kind in sampled["kinds"]:
        level = kind["levels"].find(level=main["level"].value)
        if level is not None:
            active = level["active"]
            rows.append(
                (
                    word(f"starts.kind.{kind['kind'].value}"),
                    whole(kind["plays"]),
                    share(active["reached"]),
                    quantile(active["median"], found.horizon),
                    span(active, found.horizon),
                )
            )
    return Table(
        word("starts.title"),
        columns("starts.column", "lrrrr", "kind", "plays", "share", "median", "span"),
        tuple(rows),
        word("starts.note"),
    )


def starts_criteria(found: Findings) -> Table | None:
    """How often each criterion is met, by when plays started; ``None`` if all started at the same moment."""
    sampled = found.results["starts"]
    if not sampled:
        return None
    kinds = [*sampled["kinds"]]
    rows: list[Row] = [
        (
            objective.id,
            found.names.criterion(criterion),
            *(share(kind["criteria"][number]) for kind in kinds),
        )
        for number, (objective, criterion, _) in enumerate(found.criteria)
    ]
    heads = ((word(f"starts.kind.{kind['kind'].value}"), "right") for kind in kinds)
    return Table(
        word("starts.criteria"),
        (*columns("objectives.column", "ll", "objective", "criterion"), *heads),
        tuple(rows),
        word("starts.criteria_note"),
    )
