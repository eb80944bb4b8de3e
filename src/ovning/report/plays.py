"""``plays.csv``: one row for each play, so that anybody can compare two runs play by play. See docs/results.md."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ovning.measures.tally import Tally
from ovning.measures.tallying import grade
from ovning.report.cells import csv_text
from ovning.report.outcome import Outcome


def plays_csv(outcome: Outcome) -> str:
    """The whole file; the same text for the same plays."""
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
    columns: list[Iterable[object]] = [plays.column("replication"), plays.column("horizon")]
    columns += [plays.column("level", level, "active") for level in levels]
    columns.append(_unnecessary(plays))
    for key in criteria:
        columns += [plays.column("criterion", *key, what) for what in ("from", "measured")]
        columns.append(map(grade, plays.column("criterion", *key, "grade")))
    return csv_text([heading, *zip(*columns, strict=True)])


def _unnecessary(plays: Tally) -> Iterator[str]:
    """The levels that each play activated without being warranted, by id."""
    levels = sorted(plays.names("unnecessary"))
    columns = [plays.column("unnecessary", level) for level in levels]
    for play in range(plays.plays):
        yield " ".join(level for level, column in zip(levels, columns, strict=True) if column[play])
