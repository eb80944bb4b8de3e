"""The figures of a run: what each shows, its message as a sentence, and its words for those who cannot see it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from matplotlib.figure import Figure

from ovning.figures.canvas import to_svg
from ovning.figures.ladder import Rung, ladder
from ovning.figures.waiting import Bar, waiting
from ovning.report.names import CAUSES, large, small
from ovning.report.outcome import Outcome
from ovning.report.wording import minutes, percent
from ovning.units import Clock, say_duration

_BARS = 8


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
        """The figure as an SVG element that can stand in a page."""
        text = to_svg(self.figure).decode("utf-8")
        return text[text.index("<svg") :]


def ladder_message(outcome: Outcome) -> str:
    """What the ladder says, as a sentence."""
    main = outcome.main_level
    if main is None:
        return "Organisationen har inga lägen"
    active = dict(main.steps)["active"]
    title = large(outcome.names.level(main.level))
    if active.median is not None and active.median.value is not None:
        return f"{title} är aktivt i hälften av spelen {say_duration(active.median.value)} efter övningsstart"
    within = say_duration(outcome.results.horizon)
    return f"{title} blir aktivt inom {within} i {percent(active.reached.share)} av spelen"


def waiting_message(outcome: Outcome) -> str:
    """Who was waited for most, as a sentence."""
    if not outcome.waited_for or not outcome.waited_for[0][1].mean:
        return "Ingen behövde vänta på någon"
    station, mean = outcome.waited_for[0]
    whole = sum(mean.mean for _, mean in outcome.waited_for)
    part = percent(mean.mean / whole)
    if not station:
        what = outcome.names.lacking()
        why = f"ingen ännu kunde göra det som behövdes{f' ({what})' if what else ''}"
        return f"Mest väntade man för att {why}: {minutes(mean.mean)} min per spel, {part} av väntan"
    who = small(outcome.names.station(station))
    return f"Mest väntade man på {who}: {minutes(mean.mean)} min per spel, {part} av väntan"


def draw_ladder(outcome: Outcome) -> Drawing:
    """The ladder over time."""
    limits = {
        criterion.level: (int(criterion.met), criterion.target_share)
        for objective in outcome.setup.exercise.objectives
        for criterion in objective.criteria
        if criterion.measure == "time_to_level"
    }
    rungs = []
    for rank, level in enumerate(outcome.names.ladder()):
        begun, ended = (outcome.plays.points("level", level.id, step) for step in ("active", "stood_down"))
        spells = zip(begun, ended, strict=True)
        limit, target = limits.get(level.id, (None, None))
        rungs.append(Rung(level.title, rank, tuple(spells), limit, target))
    message = ladder_message(outcome)
    clock = Clock.at(outcome.setup.scenario.start)
    alt = f"Kurvor över hur stor andel av spelen som har varje läge aktivt, från övningsstart. {message}."
    return Drawing("trappan", ladder(rungs, outcome.results.horizon, clock, message), alt)


def draw_waiting(outcome: Outcome) -> Drawing:
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
        bars.append(Bar(f"{len(rest)} andra", tuple(causes.items())))
    message = waiting_message(outcome)
    alt = f"Staplar över hur många minuter per spel man väntade på varje funktion, delade efter orsak. {message}."
    return Drawing("vantan", waiting(bars, CAUSES, message), alt)
