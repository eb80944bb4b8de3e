"""The figure of a sweep, with its message and its words for those who cannot see it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from ovning.experiment.effects import Watched
from ovning.experiment.swept import Swept
from ovning.figures.tornado import MOST, Bar, Moves, Scale, tornado
from ovning.report.comparison.labels import measure_title
from ovning.report.drawings import Drawing
from ovning.report.names import small
from ovning.report.sweep.document import Moved
from ovning.report.sweep.titles import assumption_title, turn_on_main, value_title, within_quotes
from ovning.units import MINUTE
from ovning.words import phrase, word

NAME: Final = "tornado"
"""Of the figure's files."""


def draw_tornado(moved: Moved) -> Drawing:
    """The assumptions that move the main answer most, at most fifteen."""
    sweep, main = moved.sweep, moved.sweep.main
    base = next(effect for effect in sweep.base if effect.watched == main)
    unit = _unit(main)
    at = unit(base.change.mean or 0.0)
    told = [one for one in sweep.swept if any(tried.on(main).change.mean for tried in one.tried)][:MOST]
    bars = [_bar(moved, one, at, unit) for one in told]
    width = unit(sweep.smallest[main])
    compared = len(sweep.contenders) > 1
    band = (-width, width) if compared else (at - width, at + width)
    scale = Scale(_axis(moved), at, band, 0.0 if compared else None, None if compared else _limit(moved, unit))
    title = _message(moved, told)
    alt = phrase("figure.tornado.alt", message=title, bars="; ".join(_said(bar, at) for bar in bars))
    return Drawing(NAME, tornado(bars, scale, title), alt)


def _unit(watched: Watched) -> Callable[[float], float]:
    """Of what was measured, in the unit of the axis."""
    match watched.unit:
        case "duration":
            return lambda value: value / MINUTE
        case "count":
            return lambda value: value
        case _:
            return lambda value: 100 * value


def _axis(moved: Moved) -> str:
    main, labels = moved.sweep.main, moved.labels
    kind = "share" if main.unit in ("plays", "share") else main.unit
    what = phrase(f"figure.tornado.axis.{kind}", what=measure_title(moved.sweep.contenders[0].setup, main))
    if len(labels) == 1:
        return what
    return phrase("figure.tornado.axis.compared", what=what, design=labels[1], baseline=labels[0])


def _limit(moved: Moved, unit: Callable[[float], float]) -> float | None:
    main = moved.sweep.main
    for objective in moved.sweep.contenders[0].setup.exercise.objectives:
        for criterion in objective.criteria:
            if main.kind == "level_time" and criterion.measure == "time_to_level" and criterion.level == main.of:
                return unit(criterion.met)
    return None


def _bar(moved: Moved, one: Swept, at: float, unit: Callable[[float], float]) -> Bar:
    main = moved.sweep.main
    moves = tuple(
        Moves(value_title(moved.sweep, one.lever, tried.setting.value), at + unit(tried.on(main).change.mean or 0.0))
        for tried in one.tried
    )
    turn = turn_on_main(moved.sweep, one)
    if turn is None:
        other = next((turn.watched.of for turn in one.turns if turn.watched.of in _objectives(moved)), "")
        if other:
            other = phrase("figure.tornado.turns.other", measure=other)
        elif one.turns:
            other = word("figure.tornado.turns.else")
        return Bar(assumption_title(moved.sweep, one), moves, other)
    if turn.first is None:
        where = phrase("figure.tornado.turns.with", value=value_title(moved.sweep, one.lever, turn.setting.value))
    else:
        where = phrase("figure.tornado.turns.at", value=value_title(moved.sweep, one.lever, turn.first))
    return Bar(assumption_title(moved.sweep, one), moves, where)


def _objectives(moved: Moved) -> set[str]:
    return {objective.id for objective in moved.sweep.contenders[0].setup.exercise.objectives}


def _message(moved: Moved, told: list[Swept]) -> str:
    main = moved.sweep.main
    what = small(measure_title(moved.sweep.contenders[0].setup, main))
    turning = [one for one in told if turn_on_main(moved.sweep, one) is not None]
    which = "compared" if len(moved.sweep.contenders) > 1 else "alone"
    if not told:
        return phrase(f"figure.tornado.message.{which}.nothing", what=what)
    first = within_quotes(assumption_title(moved.sweep, (turning or told)[0]))
    if not turning:
        return phrase(f"figure.tornado.message.{which}.stands", what=what, assumption=first)
    if len(turning) == 1:
        return phrase(f"figure.tornado.message.{which}.one", what=what, assumption=first)
    others = str(len(turning) - 1)
    return phrase(f"figure.tornado.message.{which}.several", what=what, assumption=first, others=others)


def _said(bar: Bar, at: float) -> str:
    moves = ", ".join(
        phrase("figure.tornado.moves", value=move.value, by=f"{move.to - at:+.0f}".replace("-", "−"))
        for move in bar.moves
    )
    turns = f", {bar.turns}" if bar.turns else ""
    return f"{bar.title}: {moves}{turns}"
