"""What was tried against the bottlenecks and what it brought: ``bottlenecks`` of ``results.json``."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ovning.experiment.gain import Gain, Tried
from ovning.experiment.paired import Difference
from ovning.measures.bottlenecks import Bottleneck
from ovning.report import shapes
from ovning.report.catalogue import word, words
from ovning.report.names import Names, large, small
from ovning.report.outcome import Outcome


def bottleneck_title(names: Names, bottleneck: Bottleneck) -> str:
    """What was lacking, and whom."""
    station = large(names.station(bottleneck.station)) if bottleneck.station else word("bottleneck.nobody")
    need = small(names.need(bottleneck.need)) if bottleneck.need else ""
    return str(words(f"bottleneck.{bottleneck.kind}", station=station, need=need))


def gains_document(outcome: Outcome) -> list[dict[str, Any]]:
    """``bottlenecks`` of ``results.json``, worst first."""
    return [_tried(outcome, tried) for tried in outcome.tried]


def _tried(outcome: Outcome, tried: Tried) -> dict[str, Any]:
    bottleneck = tried.bottleneck
    return {
        "kind": bottleneck.kind,
        "station": bottleneck.station,
        "need": bottleneck.need,
        "title": bottleneck_title(outcome.names, bottleneck),
        "waiting": shapes.mean(bottleneck.waiting),
        "criticality": shapes.ratio(bottleneck.criticality),
        "plays": shapes.share(bottleneck.plays),
        "sits_on": None if tried.sits_on is None else {"objective": tried.sits_on[0], "criterion": tried.sits_on[1]},
        "gain": None if tried.gain is None else gain_document(tried.gain),
    }


def gain_document(gain: Gain) -> dict[str, Any]:
    """What a remedy brought, or why it could not be played."""
    return {
        "remedy": gain.title,
        "set": list(gain.sets),
        "compared": gain.compared,
        "why_not": gain.why_not or None,
        "effects": [
            {
                "on": effect.watched.kind,
                "of": effect.watched.of or None,
                "criterion": effect.watched.criterion,
                "unit": effect.watched.unit,
                "wanted": effect.watched.wanted,
                **_difference(effect.difference, round if effect.watched.unit == "duration" else _six),
                "confidence": _six(effect.confidence),
                "verdict": effect.verdict,
            }
            for effect in gain.effects
        ],
    }


def _difference(difference: Difference, rounded: Callable[[float], float]) -> dict[str, Any]:
    return {
        name: value if value is None or isinstance(value, int) else rounded(value)
        for name, value in difference._asdict().items()
    }


def _six(value: float) -> float:
    return round(value, 6)
