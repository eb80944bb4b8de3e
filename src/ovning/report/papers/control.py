"""The papers of whoever leads the exercise: the inject list, and the telephone list of the motspel."""

from __future__ import annotations

from ovning.model.scenario import Inject
from ovning.report.injects import say_recipient, say_when, say_words
from ovning.report.names import Names, large, small
from ovning.report.papers.expected import Expectations, game_time, quantiles
from ovning.report.papers.paper import Block, Bullets, Grid, Heading, Paper, Text
from ovning.report.papers.schedule import on_the_day, schedule
from ovning.report.place import Place
from ovning.report.tables.objectives import within
from ovning.report.wording import percent
from ovning.units import Clock
from ovning.words import numbered, phrase, word
from ovning.words.common import enumerated

_HEADS = ("number", "when", "between", "text", "answer", "expect")
_SHEET = (
    *(
        "id",
        "title",
        "offset",
        "given",
        "on_the_day",
        "condition",
        "from",
        "to",
        "channel",
        "text",
        "expected",
        "limit",
    ),
    *("objectives", "comes", "received", "received_10", "received_90", "done", "done_10", "done_90", "answered"),
    "remarks",
)


def inject_list(expected: Expectations, under: str) -> Paper:
    """The inject list with the dry run's forecast, for whoever runs the play."""
    setup = expected.setup
    conduct, title = setup.exercise.conduct, setup.organisation.title
    injects = expected.in_order()
    played = [one for one in injects if _on_the_day(expected, one) is not None] if conduct else list(injects)
    left = [one for one in injects if one not in played]
    blocks: list[Block] = [
        Text(phrase("papers.inject_list.how", plays=str(expected.forecast.plays), organisation=title)),
        *schedule(setup),
        Heading(word("papers.inject_list.look")),
        Bullets(_points(expected)),
        Heading(word("papers.inject_list.played" if conduct else "papers.inject_list.all")),
        _grid(expected, played, word("papers.inject_list.title")),
    ]
    if left:
        blocks += [
            Heading(word("papers.inject_list.jumped")),
            Text(word("papers.inject_list.jumped_note")),
            _grid(expected, left, word("papers.inject_list.jumped_title")),
        ]
    return Paper(
        "inspelslista",
        word("papers.inject_list.title"),
        under,
        word("papers.reader.control"),
        tuple(blocks),
        wide=True,
        sheets=(_sheet(expected, [*played, *left]),),
    )


def telephone_list(expected: Expectations, under: str) -> Paper:
    """Whom the motspel plays, whom they ring with which injects, and room for numbers."""
    setup, names = expected.setup, Names(expected.setup)
    callers: dict[str, list[Inject]] = {}
    for inject in expected.in_order():
        callers.setdefault(inject.sender, []).append(inject)
    rows = tuple(
        (
            large(sender),
            enumerated(list(dict.fromkeys(small(names.channel(inject.by)) for inject in injects))),
            enumerated(list(dict.fromkeys(small(say_recipient(inject.to, setup, names)) for inject in injects))),
            ", ".join(_rung(expected, inject) for inject in injects),
            "",
            "",
        )
        for sender, injects in callers.items()
    )
    own = tuple((function.title, "", "") for function in setup.organisation.functions.values())
    motspel = Grid(
        word("papers.phones.motspel"),
        tuple(word(f"papers.phones.head.{key}") for key in ("who", "by", "rings", "injects", "played_by", "number")),
        rows,
        (5, 3, 5, 3, 3, 3),
    )
    exercised = Grid(
        word("papers.phones.exercised"),
        tuple(word(f"papers.phones.head.{key}") for key in ("function", "held_by", "number")),
        own,
        (6, 5, 4),
    )
    return Paper(
        "telefonkatalog-motspel",
        word("papers.phones.title"),
        under,
        word("papers.reader.control"),
        (Text(word("papers.phones.how")), motspel, exercised),
        wide=True,
        sheets=(motspel, exercised),
    )


def _rung(expected: Expectations, inject: Inject) -> str:
    played = expected.setup.exercise.conduct is None or _on_the_day(expected, inject) is not None
    return inject.id if played else phrase("papers.phones.not_played", inject=inject.id)


def _points(expected: Expectations) -> tuple[str, ...]:
    """What to see to before the exercise."""
    setup, forecast, names = expected.setup, expected.forecast, Names(expected.setup)
    found = []
    for inject in expected.in_order():
        if setup.exercise.conduct is None or _on_the_day(expected, inject) is not None:
            found += [f"{inject.id} {inject.title}: {remark}" for remark in expected.remarks(inject)]
    found += expected.short()
    named = {objective for inject in setup.scenario.injects for objective in inject.objectives}
    for objective in setup.exercise.objectives:
        if objective.id not in named:
            found.append(phrase("papers.remark.no_inject", objective=objective.id, title=objective.title))
        elif objective.id in forecast.untested:
            found.append(phrase("papers.remark.untested", objective=objective.id, title=objective.title))
    if forecast.idle:
        idle = enumerated([small(names.station(name)) for name in forecast.idle])
        found.append(numbered("papers.remark.idle", len(forecast.idle), functions=large(idle)))
    return tuple(found) or (word("papers.remark.nothing"),)


def _grid(expected: Expectations, injects: list[Inject], title: str) -> Grid:
    heads = tuple(word(f"papers.inject_list.head.{key}") for key in _HEADS)
    return Grid(title, heads, tuple(_row(expected, inject) for inject in injects), (2.6, 3.8, 3.8, 5.4, 5.4, 6))


def _row(expected: Expectations, inject: Inject) -> tuple[str, ...]:
    setup, names = expected.setup, Names(expected.setup)
    clock = Clock.at(setup.scenario.start)
    day = _on_the_day(expected, inject)
    when = [*([day] if day else []), game_time(expected.comes_at(inject.id), clock)]
    if expected.given_at(inject.id) is None:  # else it comes for certain, whatever it would have waited for
        when += [say_when(inject, setup, names, clock)] if inject.at is None else []
        share = expected.forecast.injects[inject.id].sent.reached.share
        when.append(phrase("papers.expected.comes", share=percent(share)))
    between = phrase(
        "papers.inject_list.between",
        sender=large(inject.sender),
        to=say_recipient(inject.to, setup, names),
        channel=small(names.channel(inject.by)),
    )
    answer = [inject.expected, *_limits(expected, inject), ", ".join(inject.objectives)]
    return (
        f"{inject.id}\n{inject.title}",
        "\n".join(when),
        between,
        say_words(inject.text),
        "\n".join(filter(None, answer)),
        "\n".join([expected.say(inject.id), *expected.remarks(inject)]),
    )


def _sheet(expected: Expectations, injects: list[Inject]) -> Grid:
    setup, names = expected.setup, Names(expected.setup)
    clock = Clock.at(setup.scenario.start)
    rows = []
    for inject in injects:
        rows.append(
            (
                inject.id,
                inject.title,
                game_time(expected.sent_at(inject.id), clock),
                game_time(expected.comes_at(inject.id), clock) if _on_the_day(expected, inject) else "",
                _on_the_day(expected, inject) or "",
                say_when(inject, setup, names, clock) if expected.given_at(inject.id) is None else "",
                large(inject.sender),
                say_recipient(inject.to, setup, names),
                small(names.channel(inject.by)),
                say_words(inject.text),
                inject.expected,
                "; ".join(_limits(expected, inject)),
                ", ".join(inject.objectives),
                *quantiles(expected.forecast.injects[inject.id]),
                " ".join(expected.remarks(inject)),
            )
        )
    heads = tuple(word(f"papers.inject_list.column.{key}") for key in _SHEET)
    widths = (1, 3, 2, 2, 2, 4, 3, 3, 2, 6, 6, 4, 1.5, 1.2, 1.5, 1.5, 1.5, 1.5, 1.5, 1.5, 1.2, 6)
    return Grid(word("papers.inject_list.title"), heads, tuple(rows), widths)


def _limits(expected: Expectations, inject: Inject) -> list[str]:
    """What criteria ask of the answer to it."""
    names = Names(expected.setup)
    return [
        phrase(
            "papers.inject_list.limit",
            criterion=f"{objective.id} {small(names.criterion(criterion))}",
            limit=str(within(criterion, Place(criterion.met))),
        )
        for objective in expected.setup.exercise.objectives
        for criterion in objective.criteria
        if criterion.inject == inject.id
    ]


def _on_the_day(expected: Expectations, inject: Inject) -> str | None:
    """When it is given on the day of the exercise; ``None`` in hours that are not played, or if nobody says."""
    conduct, at = expected.setup.exercise.conduct, expected.comes_at(inject.id)
    return None if conduct is None or at is None else on_the_day(conduct, at)
