"""Which hours of the scenario are played, and when on the day of the exercise."""

from __future__ import annotations

from datetime import datetime, timedelta

from ovning.model.conduct import Conduct
from ovning.model.setup import Setup
from ovning.report.papers.expected import game_time
from ovning.report.papers.paper import Block, Bullets, Heading, Text
from ovning.units import Clock, say_duration
from ovning.words import phrase, word


def schedule(setup: Setup, level: int = 1) -> list[Block]:
    """Stretch by stretch; nothing for an exercise that is played from beginning to end."""
    conduct = setup.exercise.conduct
    if conduct is None:
        return []
    clock = Clock.at(setup.scenario.start)
    begins = [conduct.plays[0], *(jump.to for jump in conduct.jumps)]
    ends = [*(jump.at for jump in conduct.jumps), conduct.plays[1]]
    points = tuple(
        phrase(
            "papers.inject_list.schedule_from",
            begins=game_time(begin, clock),
            ends=game_time(end, clock),
            **{"from": on_the_day(conduct, begin) or "", "to": on_the_day(conduct, end) or ""},
        )
        for begin, end in zip(begins, ends, strict=True)
    )
    return [
        Heading(word("papers.inject_list.schedule"), level),
        Bullets(points),
        Text(word("papers.inject_list.schedule_note")),
    ]


def on_the_day(conduct: Conduct, at: int) -> str | None:
    """When it is on the day of the exercise; ``None`` in hours that are not played."""
    elapsed = conduct.elapsed(at)
    if elapsed is None:
        return None
    if conduct.begins is None:
        return phrase("papers.inject_list.after_start", time=say_duration(elapsed))
    begins = datetime.strptime(conduct.begins, "%H:%M")  # a clock time of no certain day
    day = begins + timedelta(milliseconds=elapsed)
    if days := (day.date() - begins.date()).days:
        return phrase("papers.inject_list.on_a_later_day", clock=f"{day:%H:%M}", days=str(days))
    return phrase("papers.inject_list.on_the_day", clock=f"{day:%H:%M}")
