"""Which hours of the scenario are played, and when on the day of the exercise."""

from __future__ import annotations

from datetime import datetime, timedelta

from ovning.model.conduct import Conduct
from ovning.model.setup import Setup
from ovning.report.papers.expected import game_time
from ovning.report.papers.paper import Block, Bullets, Heading, Text
from ovning.units import Clock, say_duration
from ovning.words import phrase, word


def schedule(setup: Setup, level: int = 1, *, held: bool = False) -> list[Block]:
    """Stretch by stretch; nothing for an exercise that is played from beginning to end. ``held``: it has been."""
    conduct = setup.exercise.conduct
    if conduct is None:
        return []
    clock = Clock.at(setup.scenario.start)
    points = tuple(
        phrase(
            f"papers.inject_list.schedule_{'elapsed' if conduct.begins is None else 'clock'}",
            begins=game_time(begin, clock),
            ends=game_time(end, clock),
            **{"from": _said(conduct, begin), "to": _said(conduct, end)},
        )
        for begin, end in conduct.stretches
    )
    pauses = tuple(
        phrase(
            "papers.inject_list.schedule_pause",
            lasts=say_duration(pause.lasts),
            when=on_the_day(conduct, pause.at) or "",
        )
        for pause in conduct.pauses
    )
    if conduct.begins is None:
        note = word("papers.inject_list.schedule_note")
    else:
        note = phrase("papers.inject_list.schedule_begins", clock=conduct.begins)
    title = word("papers.inject_list.held" if held else "papers.inject_list.schedule")
    return [Heading(title, level), Bullets((*points, *pauses)), Text(note)]


def _said(conduct: Conduct, at: int) -> str:
    elapsed = conduct.elapsed(at) or 0
    return say_duration(elapsed) if conduct.begins is None else f"{_real(conduct.begins, elapsed):%H:%M}"


def _real(begins: str, elapsed: int) -> datetime:
    return datetime.strptime(begins, "%H:%M") + timedelta(milliseconds=elapsed)  # a clock time of no certain day


def on_the_day(conduct: Conduct, at: int) -> str | None:
    """When it is on the day of the exercise; ``None`` in hours that are not played."""
    elapsed = conduct.elapsed(at)
    if elapsed is None:
        return None
    if conduct.begins is None:
        return phrase("papers.inject_list.after_start", time=say_duration(elapsed))
    day = _real(conduct.begins, elapsed)
    if days := (day.date() - _real(conduct.begins, 0).date()).days:
        return phrase("papers.inject_list.on_a_later_day", clock=f"{day:%H:%M}", days=str(days))
    return phrase("papers.inject_list.on_the_day", clock=f"{day:%H:%M}")
