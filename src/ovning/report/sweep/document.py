"""``sweep.json``: which assumptions the answer hangs on. See docs/results.md."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from ovning.experiment.effects import Watched
from ovning.experiment.paired import Difference
from ovning.experiment.ranges import Untried
from ovning.experiment.swept import Effect, Sweep, Swept, Tried, Turn
from ovning.measures.intervals import CONFIDENCE
from ovning.report.comparison.labels import labels_of, measure_title
from ovning.report.sweep.titles import assumption_title, path_title, untried_title, value_title

VERSION: Final = 1
"""Of the format; raised when a name changes its meaning or goes away."""


@dataclass(frozen=True)
class Moved:
    """A sweep, and what was asked for."""

    sweep: Sweep
    command: tuple[str, ...]
    """The command line that gives the same again."""
    marking: str = ""

    @property
    def labels(self) -> tuple[str, ...]:
        """Each design's name."""
        return labels_of(self.sweep.contenders)


def sweep_document(moved: Moved) -> dict[str, Any]:
    """Everything in ``sweep.json``; times are milliseconds, shares from 0 to 1, ids are the files' own."""
    sweep = moved.sweep
    setup = sweep.contenders[0].setup
    return {
        "format": "ovning-sweep",
        "version": VERSION,
        "marking": moved.marking or None,
        "exercise": setup.exercise.exercise,
        "exercise_title": setup.exercise.title,
        "variation": setup.variation,
        "start": f"{setup.scenario.start:%Y-%m-%dT%H:%M}",
        "horizon": setup.scenario.horizon,
        "seed": sweep.seed,
        "first_plays": sweep.plan.first,
        "plays": sweep.plan.runs,
        "values": sweep.values,
        "all_plays": sweep.plays,
        "confidence": CONFIDENCE,
        "interval_confidence": round(sweep.confidence, 8),
        "designs": [
            {"name": one.name, "label": label, "organisation": one.setup.organisation.organisation}
            for one, label in zip(sweep.contenders, moved.labels, strict=True)
        ],
        "measures": [_measure(sweep, effect) for effect in sweep.base],
        "main": next(n for n, effect in enumerate(sweep.base) if effect.watched == sweep.main),
        "assumptions": [_assumption(sweep, one) for one in sweep.swept],
        "untried": [_untried(sweep, one) for one in sweep.untried],
    }


def _measure(sweep: Sweep, effect: Effect) -> dict[str, Any]:
    watched = effect.watched
    return {
        "on": watched.kind,
        "of": watched.of or None,
        "criterion": watched.criterion,
        "title": measure_title(sweep.contenders[0].setup, watched),
        "unit": watched.unit,
        "wanted": watched.wanted,
        "smallest": _rounded(watched, sweep.smallest[watched]),
        "mean": _rounded(watched, effect.change.mean),
        "designs": [_rounded(watched, mean) for mean in effect.sides],
        "answer": effect.answer,
        "verdict": effect.verdict,
    }


def _assumption(sweep: Sweep, one: Swept) -> dict[str, Any]:
    lever = one.lever
    return {
        "path": lever.path,
        "title": assumption_title(sweep, one),
        "key": path_title(one.lever),
        "name": lever.assumption.name,
        "value": lever.value,
        "said": value_title(sweep, lever, lever.value),
        "range": lever.assumption.range,
        "reason": lever.assumption.reason,
        "values": [_value(sweep, one, tried) for tried in one.tried],
        "turns": [_turn(sweep, one, turn) for turn in one.turns],
    }


def _value(sweep: Sweep, one: Swept, tried: Tried) -> dict[str, Any]:
    return {
        "value": tried.setting.value,
        "said": value_title(sweep, one.lever, tried.setting.value),
        "set": tried.setting.change,
        "concerns": list(tried.concerns),
        "plays": tried.plays,
        "effects": [
            {
                "measure": number,
                **_difference(effect.watched, effect.change),
                "designs": [_rounded(effect.watched, mean) for mean in effect.sides],
                "answer": effect.answer if tried.matters else None,
                "verdict": effect.verdict if tried.matters else None,
            }
            for number, effect in enumerate(tried.effects)
            if effect.change.differing
        ],
    }


def _difference(watched: Watched, change: Difference) -> dict[str, Any]:
    return {
        "pairs": change.pairs,
        "differing": change.differing,
        "mean": _rounded(watched, change.mean),
        "low": _rounded(watched, change.low),
        "high": _rounded(watched, change.high),
    }


def _turn(sweep: Sweep, one: Swept, turn: Turn) -> dict[str, Any]:
    return {
        "measure": next(n for n, effect in enumerate(sweep.base) if effect.watched == turn.watched),
        "before": turn.before,
        "after": turn.after,
        "sure": turn.is_sure,
        "value": turn.setting.value,
        "last": turn.last,
        "first": turn.first,
        "said": [None if at is None else value_title(sweep, one.lever, at) for at in (turn.last, turn.first)],
    }


def _untried(sweep: Sweep, one: Untried) -> dict[str, Any]:
    return {
        "path": one.path,
        "title": untried_title(sweep, one),
        "key": path_title(one),
        "name": one.assumption.name,
        "value": one.assumption.value,
        "text": one.text,
        "why": one.why,
    }


def _rounded(watched: Watched, value: float | None) -> float | None:
    if value is None:
        return None
    return round(value) if watched.unit == "duration" else round(value, 6)
