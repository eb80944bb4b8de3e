"""The figures of a run: what each shows, its message as a sentence, and its words for those who cannot see it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from matplotlib.figure import Figure

from ovning.figures.canvas import to_svg
from ovning.figures.ladder import Rung, ladder
from ovning.figures.waiting import Bar, waiting
from ovning.measures.tally import Tally
from ovning.report.brief import ladder_message, waiting_message
from ovning.report.catalogue import words
from ovning.report.findings import Findings
from ovning.report.names import CAUSES, large
from ovning.report.outcome import Outcome

_BARS = 8
_ID: Final = re.compile(r' id="([^"]*)"')
_REFERENCE: Final = re.compile(r'(href="#|url\(#)([^")]+)')


@dataclass(frozen=True)
class Drawing:
    """A figure with its name and its words."""

    name: str
    """Of its files."""
    figure: Figure
    alt: str
    """What it shows, for those who cannot see it."""

    @cached_property
    def svg(self) -> str:
        """The figure as an SVG element that can stand in a page, beside others."""
        text = to_svg(self.figure).decode("utf-8")
        return _with_own_ids(text[text.index("<svg") :], self.name)


def draw_ladder(outcome: Outcome, found: Findings) -> Drawing:
    """The ladder over time."""
    limits = {
        criterion.level: (int(criterion.met), criterion.target_share)
        for objective in outcome.setup.exercise.objectives
        for criterion in objective.criteria
        if criterion.measure == "time_to_level"
    }
    rungs = []
    for rank, level in enumerate(outcome.names.ladder()):
        limit, target = limits.get(level.id, (None, None))
        rungs.append(Rung(level.title, rank, outcome.plays.plays, _spells(outcome.plays, level.id), limit, target))
    message = str(ladder_message(found))
    alt = str(words("figure.ladder.alt", message=message))
    return Drawing("trappan", ladder(rungs, outcome.results.horizon, outcome.clock, message), alt)


def _spells(plays: Tally, level: str) -> tuple[tuple[int, int | None], ...]:
    """From when to when a level was active, of all plays together."""
    found: list[tuple[int, int | None]] = []
    for number in plays.names("spell", level):
        begun, ended = (plays.points("spell", level, number, what) for what in ("since", "until"))
        found += [(since, until) for since, until in zip(begun, ended, strict=True) if since is not None]
    return tuple(found)


def draw_waiting(outcome: Outcome, found: Findings) -> Drawing:
    """Who everybody was waiting for, and why."""
    parts = outcome.results.critical_waiting
    bars = [
        Bar(
            large(outcome.names.station(station)),
            tuple((part.cause, part.mean.mean) for part in parts if part.station == station),
        )
        for station, _ in outcome.waited_for[:_BARS]
    ]
    rest = {station for station, _ in outcome.waited_for[_BARS:]}
    if rest:
        causes: dict[str, float] = {}
        for part in parts:
            if part.station in rest:
                causes[part.cause] = causes.get(part.cause, 0.0) + part.mean.mean
        bars.append(Bar(str(words("figure.others", count=str(len(rest)))), tuple(causes.items())))
    message = str(waiting_message(found))
    alt = str(words("figure.waiting.alt", message=message))
    named = {cause: outcome.names.cause(cause) for cause in CAUSES}
    return Drawing("vantan", waiting(bars, named, message), alt)


def _with_own_ids(svg: str, name: str) -> str:
    """Only the ids that something refers to, with the name before: every figure has a ``figure_1``, a page has one."""
    wanted = {match[2] for match in _REFERENCE.finditer(svg)}
    named = _ID.sub(lambda match: f' id="{name}-{match[1]}"' if match[1] in wanted else "", svg)
    return _REFERENCE.sub(rf"\g<1>{name}-\g<2>", named)
