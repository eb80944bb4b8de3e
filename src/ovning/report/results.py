"""``results.json`` and ``manifest.json``: what a run came to, and how to get it again. See docs/results.md."""

from __future__ import annotations

import json
from typing import Any, Final

from ovning import __version__
from ovning.measures.aggregate import Results
from ovning.measures.intervals import CONFIDENCE, Mean, Quantile, Share
from ovning.measures.times import Times
from ovning.report.gains import gains_document
from ovning.report.outcome import Outcome
from ovning.report.society import society_document

VERSION: Final = 2
"""Of the format of both files; raised when a name changes its meaning or goes away."""


def results_document(outcome: Outcome) -> dict[str, Any]:
    """Everything in ``results.json``; times are whole milliseconds, shares from 0 to 1, ids are the files' own."""
    results = outcome.results
    return {
        "format": "ovning-results",
        "version": VERSION,
        "exercise": outcome.setup.exercise.exercise,
        "organisation": outcome.setup.organisation.organisation,
        "variation": outcome.setup.variation,
        "seed": outcome.seed,
        "plays": results.plays,
        "horizon": results.horizon,
        "confidence": CONFIDENCE,
        "typical_play": outcome.typical.replication,
        "levels": [_level(outcome, level.level) for level in results.levels],
        "bodies": [
            {"body": body.body, "title": outcome.names.station(body.body)}
            | {step: _times(times) for step, times in body.steps}
            for body in results.bodies
        ],
        "objectives": _objectives(outcome),
        "injects": [
            {
                "inject": inject.inject,
                "title": outcome.names.inject(inject.inject),
                "sent": _share(inject.sent),
                "received_after": _times(inject.answer),
                "finished_after": _times(inject.finished),
                "never_answered": _share(inject.never_answered),
                "nothing_done": _share(inject.nothing_done),
            }
            for inject in results.injects
        ],
        "waiting": _waiting(outcome, results, critical=False),
        "critical_waiting": _waiting(outcome, results, critical=True),
        "critical_work": _mean(results.critical_work),
        "waited_for": [
            {"station": station, "title": outcome.names.station(station), "mean": _mean(mean)}
            for station, mean in outcome.waited_for
        ],
        "bottlenecks": gains_document(outcome),
        **society_document(outcome),
        "decisions": [
            {
                "decision": result.decision,
                "title": outcome.names.decision(result.decision),
                "mandate_waiting": _mean(result.waiting),
                "without_wait": _share(result.without_wait),
                "nobody_holds_it": _share(result.gap),
                "acted_without": _share(result.acted),
            }
            for result in results.mandate
        ],
    }


def manifest_document(outcome: Outcome, files: dict[str, str]) -> dict[str, Any]:
    """Everything in ``manifest.json``: nothing in it depends on the machine, the time or the number of workers."""
    return {
        "format": "ovning-manifest",
        "version": VERSION,
        "program": "ovning",
        "program_version": __version__,
        "command": list(outcome.command),
        "exercise": outcome.setup.exercise.exercise,
        "organisation": outcome.setup.organisation.organisation,
        "variation": outcome.setup.variation,
        "start": f"{outcome.setup.scenario.start:%Y-%m-%dT%H:%M}",
        "seed": outcome.seed,
        "plays": outcome.results.plays,
        "inputs": dict(sorted(outcome.setup.files.items())),
        "files": files,
    }


def to_json(document: dict[str, Any]) -> str:
    """Readable JSON, the same bytes for the same content."""
    return json.dumps(document, ensure_ascii=False, indent=1, allow_nan=False) + "\n"


def _level(outcome: Outcome, name: str) -> dict[str, Any]:
    level = next(level for level in outcome.results.levels if level.level == name)
    path = level.path
    return {
        "level": level.level,
        "title": outcome.names.level(level.level),
        "warranted": level.level in outcome.warranted,
        "unnecessary": _share(level.unnecessary),
        "unnecessary_alert": _share(level.unnecessary_alert),
        **{step: _times(times) for step, times in level.steps},
        "path": None
        if path is None
        else {
            "plays": path.n,
            "before": _mean(path.before),
            "waiting": [{"cause": cause, "mean": _mean(mean)} for cause, mean in path.waiting],
            "work": _mean(path.work),
            "gather": _mean(path.gather),
        },
    }


def _objectives(outcome: Outcome) -> list[dict[str, Any]]:
    criteria = {(result.objective, result.criterion): result for result in outcome.results.criteria}
    together = {result.objective: result for result in outcome.results.objectives}
    found = []
    for objective in outcome.setup.exercise.objectives:
        whole = together[objective.id]
        found.append(
            {
                "objective": objective.id,
                "title": objective.title,
                "met": _share(whole.met),
                "partly": _share(whole.partly),
                "not_met": _share(whole.not_met),
                "tested": whole.tested,
                "criteria": [
                    {
                        "title": outcome.names.criterion(criterion),
                        "measure": criterion.measure,
                        "unit": criterion.unit,
                        "limit_met": criterion.met,
                        "limit_partly": criterion.partly,
                        "target_share": criterion.target_share,
                        "met": _share(criteria[objective.id, number].met),
                        "at_least_partly": _share(criteria[objective.id, number].at_least_partly),
                        "tested": criteria[objective.id, number].tested,
                        "value": _times(criteria[objective.id, number].times),
                        "verdict": criteria[objective.id, number].verdict,
                    }
                    for number, criterion in enumerate(objective.criteria)
                ],
            }
        )
    return found


def _waiting(outcome: Outcome, results: Results, *, critical: bool) -> list[dict[str, Any]]:
    return [
        {
            "cause": part.cause,
            "station": part.station,
            "title": outcome.names.station(part.station),
            "mean": _mean(part.mean),
            "plays": _share(part.plays),
        }
        | ({"criticality": _ratio(part.of_path)} if critical else {})
        for part in (results.critical_waiting if critical else results.waiting)
    ]


def _share(share: Share) -> dict[str, Any]:
    return {
        "hits": share.hits,
        "of": share.n,
        "share": None if share.share is None else round(share.share, 6),
        "low": round(share.low, 6),
        "high": round(share.high, 6),
    }


def _mean(mean: Mean) -> dict[str, Any]:
    low, high = (None if limit is None else round(limit) for limit in (mean.low, mean.high))
    return {"mean": round(mean.mean), "low": low, "high": high}


def _ratio(ratio: Mean | None) -> dict[str, Any] | None:
    if ratio is None:
        return None
    low, high = (None if limit is None else round(limit, 6) for limit in (ratio.low, ratio.high))
    return {"share": round(ratio.mean, 6), "low": low, "high": high}


def _quantile(quantile: Quantile | None) -> dict[str, Any] | None:
    return None if quantile is None else {"value": quantile.value, "low": quantile.low, "high": quantile.high}


def _times(times: Times) -> dict[str, Any]:
    return {
        "reached": _share(times.reached),
        "p10": _quantile(times.p10),
        "median": _quantile(times.median),
        "p90": _quantile(times.p90),
    }
