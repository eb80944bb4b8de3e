"""What the players get: the starting situation and how the exercise is held, and nothing of what is to come."""

from __future__ import annotations

from ovning.model.setup import Setup
from ovning.report.names import large
from ovning.report.papers.paper import Block, Bullets, Grid, Heading, Paper, Text
from ovning.report.timeline import say_date
from ovning.units import Clock
from ovning.words import phrase, word

_RULES = ("how", "call", "real", "stop", "notes", "after")


def _rules(setup: Setup) -> list[str]:
    conduct = setup.exercise.conduct
    by_wall = conduct is not None and conduct.begins is not None
    return ["notes_wall" if by_wall and rule == "notes" else rule for rule in _RULES]


def _later(setup: Setup, clock: Clock) -> list[Block]:
    """When the play begins, if something has happened by then."""
    conduct = setup.exercise.conduct
    if conduct is None or conduct.plays[0] == 0:
        return []
    at = conduct.plays[0]
    begins = phrase("papers.players.begins_later", day=say_date(clock, at), clock=f"{clock.local(at):%H:%M}")
    return [Text(begins, strong=True), Text(word("papers.players.meanwhile"))]


def players_paper(setup: Setup, under: str) -> Paper:
    """Deltagarhandlingen: aim, starting situation, rules, who takes part."""
    scenario = setup.scenario
    clock = Clock.at(scenario.start)
    functions = tuple(
        (function.title, setup.organisation.units[function.unit].title, "")
        for function in setup.organisation.functions.values()
    )
    begins = phrase("papers.players.begins", day=large(say_date(clock)), clock=f"{clock.local(0):%H:%M}")
    heads = tuple(word(f"papers.players.head.{key}") for key in ("function", "unit", "who"))
    return Paper(
        "deltagarhandling",
        word("papers.players.title"),
        under,
        word("papers.reader.players"),
        (
            Heading(word("papers.players.aim")),
            # The exercise's own aim tells whoever reads it closely what is to come.
            Text(word("papers.players.own_aim")),
            Heading(word("papers.players.situation")),
            Text(begins, strong=True),
            Text(scenario.situation or word("papers.missing.situation")),
            *_later(setup, clock),
            Heading(word("papers.players.rules")),
            Bullets(tuple(word(f"papers.players.rule.{rule}") for rule in _rules(setup))),
            Heading(word("papers.players.taking_part")),
            Text(word("papers.players.strike_out")),
            Grid(word("papers.players.functions"), heads, functions, (6, 5, 5)),
        ),
    )
