"""``plays.csv``: one row for each play, so that anybody can compare two runs play by play. See docs/results.md."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from ovning.measures.summary import PlaySummary
from ovning.report.outcome import Outcome


def plays_csv(outcome: Outcome) -> str:
    """The whole file; the same text for the same plays."""
    levels = [level.level for level in outcome.results.levels]
    criteria = [f"{result.objective}.{result.criterion}" for result in outcome.results.criteria]
    text = io.StringIO()
    rows = csv.writer(text, lineterminator="\n")
    rows.writerow(
        [
            "replication",
            "horizon",
            *(f"{level} active" for level in levels),
            "unnecessary",
            *(f"{name} {what}" for name in criteria for what in ("from", "measured", "grade")),
        ]
    )
    for play in outcome.summaries:
        rows.writerow(_row(play, levels))
    return text.getvalue()


def _row(play: PlaySummary, levels: list[str]) -> Iterator[object]:
    active = {times.level: times.active_at for times in play.levels}
    yield play.replication
    yield play.horizon
    yield from (active.get(level) for level in levels)
    yield " ".join(play.unnecessary)
    for time in play.criteria:
        yield from (time.begins_at, time.measured, time.grade)
