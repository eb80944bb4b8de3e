"""All figures of a run, in the order in which they stand in its report."""

from __future__ import annotations

from ovning.log.records import Log
from ovning.report.drawings import Drawing, draw_ladder, draw_waiting
from ovning.report.drawings_play import draw_criteria, draw_strain, draw_timeline
from ovning.report.drawings_society import draw_backlogs, draw_objectives, draw_services
from ovning.report.drawings_starts import draw_starts
from ovning.report.drawings_stocks import draw_stocks
from ovning.report.findings import Findings
from ovning.report.outcome import Outcome


def draw_all(outcome: Outcome, found: Findings, log: Log) -> tuple[Drawing, ...]:
    """Those that have something to show; ``log`` is that of the play in the middle."""
    drawn = (
        draw_criteria(outcome),
        draw_ladder(outcome, found),
        draw_objectives(outcome),
        draw_waiting(outcome, found),
        draw_strain(outcome),
        draw_services(outcome),
        draw_backlogs(outcome),
        draw_stocks(outcome),
        draw_timeline(outcome, log),
        draw_starts(outcome),
    )
    return tuple(drawing for drawing in drawn if drawing is not None)
