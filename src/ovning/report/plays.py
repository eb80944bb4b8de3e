"""``plays.csv``: one row for each play, so that anybody can compare two runs play by play. See docs/results.md."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import TextIO

from ovning.measures.tally import Tally
from ovning.measures.tallying import grade
from ovning.report.cells import write_csv
from ovning.report.outcome import Outcome


def write_plays(outcome: Outcome, file: TextIO) -> None:
    """The whole file, row by row; the same text for the same plays."""
    plays = outcome.plays
    levels = [level.level for level in outcome.results.levels]
    criteria = [(result.objective, result.criterion) for result in outcome.results.criteria]
    heading = (
        "replication",
        "horizon",
        *(f"{level} active" for level in levels),
        "unnecessary",
        *(f"{name}.{n} {what}" for name, n in criteria for what in ("from", "measured", "grade")),
    )
    columns: list[Iterable[object]] = [plays.each("replication"), plays.each("horizon")]
    columns += [plays.each("level", level, "active") for level in levels]
    columns.append(_unnecessary(plays))
    for key in criteria:
        columns += [plays.each("criterion", *key, what) for what in ("from", "measured")]
        columns.append(map(grade, plays.each("criterion", *key, "grade")))
    write_csv(file, chain([heading], zip(*columns, strict=True)))


def _unnecessary(plays: Tally) -> Iterator[str]:
    """The levels that each play activated without being warranted, by id."""
    levels = sorted(plays.names("unnecessary"))
    columns = [plays.each("unnecessary", level) for level in levels]
    for _ in range(plays.plays):
        yield " ".join(level for level, column in zip(levels, columns, strict=True) if next(column))
