"""``results.json`` and ``manifest.json``: what a run came to, and how to get it again. See docs/results.md."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from typing import Any, Final, get_args

from ovning import __version__
from ovning.measures.aggregate import PathMeans, Results, Verdict
from ovning.measures.intervals import CONFIDENCE, Mean
from ovning.model.known import known_share
from ovning.report import shapes
from ovning.report.assumptions import assumptions_document
from ovning.report.gains import gains_document
from ovning.report.outcome import Outcome
from ovning.report.society import society_document

VERSION: Final = 2
"""Of the format of ``results.json``; raised when a name changes its meaning or goes away."""

VERDICTS: Final = get_args(Verdict)

MANIFEST_VERSION: Final = 1
"""Of the format of ``manifest.json``, likewise."""


def results_document(outcome: Outcome) -> dict[str, Any]:
    """Everything in ``results.json``; times are whole milliseconds, shares from 0 to 1, ids are the files' own."""
    results = outcome.results
    return {
        "format": "ovning-results",
        "version": VERSION,
        "marking": outcome.marking or None,
        "exercise": outcome.setup.exercise.exercise,
        "exercise_title": outcome.setup.exercise.title,
        "organisation": outcome.setup.organisation.organisation,
        "note": outcome.setup.organisation.note,
        "variation": outcome.setup.variation,
        "variation_title": outcome.setup.scenario.variations[outcome.setup.variation].title
        if outcome.setup.variation
        else None,
        "start": f"{outcome.setup.scenario.start:%Y-%m-%dT%H:%M}",
        "population": outcome.setup.organisation.population,
        "at_population": outcome.setup.at_population,
        "seed": outcome.seed,
        "plays": results.plays,
        "starts": _starts(outcome) if outcome.setup.start_sampled else None,
        "horizon": results.horizon,
        "confidence": CONFIDENCE,
        "typical_play": outcome.typical,
        "levels": [_level(outcome, level.level) for level in results.levels],
        "bodies": [
            {"body": body.body, "title": outcome.names.station(body.body)}
            | {step: shapes.times(times) for step, times in body.steps}
            for body in results.bodies
        ],
        "objectives": _objectives(outcome),
        "verdicts": _verdicts([result.verdict for result in results.criteria]),
        "injects": [
            {
                "inject": inject.inject,
                "title": outcome.names.inject(inject.inject),
                "sent": shapes.share(inject.sent),
                "received_after": shapes.times(inject.answer),
                "finished_after": shapes.times(inject.finished),
                "never_answered": shapes.share(inject.never_answered),
                "nothing_done": shapes.share(inject.nothing_done),
            }
            for inject in results.injects
        ],
        "waiting": _waiting(outcome, results, critical=False),
        "critical_waiting": _waiting(outcome, results, critical=True),
        **_where_time_went(outcome),
        "bottlenecks": gains_document(outcome),
        **society_document(outcome),
        "decisions": [
            {
                "decision": result.decision,
                "title": outcome.names.decision(result.decision),
                "mandate_waiting": shapes.mean(result.waiting),
                "without_wait": shapes.share(result.without_wait),
                "nobody_holds_it": shapes.share(result.gap),
                "acted_without": shapes.share(result.acted),
            }
            for result in results.mandate
        ],
        "values": _values(outcome),
        "assumptions": assumptions_document(outcome.setup),
    }


def manifest_document(outcome: Outcome, files: dict[str, str]) -> dict[str, Any]:
    """Everything in ``manifest.json``: nothing in it depends on the machine, the time or the number of workers."""
    return {
        "format": "ovning-manifest",
        "version": MANIFEST_VERSION,
        "program": "ovning",
        "program_version": __version__,
        "marking": outcome.marking or None,
        "command": list(outcome.command),
        "exercise": outcome.setup.exercise.exercise,
        "organisation": outcome.setup.organisation.organisation,
        "variation": outcome.setup.variation,
        "start": f"{outcome.setup.scenario.start:%Y-%m-%dT%H:%M}",
        "at_population": outcome.setup.at_population,
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
        "unnecessary": shapes.share(level.unnecessary),
        "unnecessary_alert": shapes.share(level.unnecessary_alert),
        **{step: shapes.times(times) for step, times in level.steps},
        "path": None
        if path is None
        else {
            "plays": path.n,
            "before": shapes.mean(path.before),
            "waiting": [{"cause": cause, "mean": shapes.mean(mean)} for cause, mean in path.waiting],
            "work": shapes.mean(path.work),
            "gather": shapes.mean(path.gather),
            "whole": round(
                sum(one.mean for one in (path.before, path.work, path.gather, *dict(path.waiting).values()))
            ),
        },
    }


def _parts(path: PathMeans) -> list[Mean]:
    return [path.before, *(mean for _, mean in path.waiting), path.work, path.gather]


def _starts(outcome: Outcome) -> dict[str, Any]:
    """Between what moments plays started, and what became of those of each sort."""
    earliest, latest = outcome.setup.scenario.may_start
    return {
        "earliest": f"{earliest:%Y-%m-%dT%H:%M}",
        "latest": f"{latest:%Y-%m-%dT%H:%M}",
        "kinds": [
            {
                "kind": one.kind,
                "plays": one.plays,
                "levels": [{"level": level, "active": shapes.times(times)} for level, times in one.levels],
                "criteria": [shapes.share(met) for met in one.criteria],
            }
            for one in outcome.results.starts
        ],
    }


def _where_time_went(outcome: Outcome) -> dict[str, Any]:
    """Along the critical paths: all waiting by station and by cause, and the work, each with its share."""
    waiting = sum(mean.mean for _, mean in outcome.waited_for)
    work = outcome.results.critical_work
    whole = waiting + work.mean
    return {
        "waited": {"mean": round(waiting)},
        "critical_work": {**shapes.mean(work), "share": shapes.part(work.mean, whole)},
        "waited_for": [
            {
                "station": station,
                "title": outcome.names.station(station),
                "mean": shapes.mean(mean),
                "share": shapes.part(mean.mean, waiting),
            }
            for station, mean in outcome.waited_for
        ],
        "waited_why": [
            {"cause": cause, "mean": shapes.mean(mean), "share": shapes.part(mean.mean, whole)}
            for cause, mean in outcome.waited_why
        ],
    }


def _verdicts(found: Sequence[Verdict]) -> dict[str, int]:
    """How many criteria there are, and how many of them have each verdict."""
    return {"criteria": len(found), **{verdict: found.count(verdict) for verdict in VERDICTS}}


def _values(outcome: Outcome) -> dict[str, Any]:
    """How many of the values that were played have a source, and how many are assumed."""
    of_all = known_share(outcome.setup)
    sources = Counter(value.source for value in outcome.setup.known)
    return {
        "known": of_all.known,
        "assumed": of_all.assumed,
        "known_share": shapes.part(of_all.known, of_all.known + of_all.assumed),
        "sources": [{"source": source, "values": count} for source, count in sorted(sources.items())],
    }


def _way(outcome: Outcome, objective: str, criterion: int | None) -> dict[str, Any] | None:
    ways = outcome.results.ways
    way = next((one for one in ways if (one.objective, one.criterion) == (objective, criterion)), None)
    if way is None:
        return None
    return {
        "plays": way.plays,
        "time": shapes.mean(way.lasted),
        "waiting": [{"cause": cause, "mean": shapes.mean(mean)} for cause, mean in way.waiting],
        "work": shapes.mean(way.work),
        "spread": shapes.mean(way.spread),
        "idle": shapes.mean(way.idle),
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
                "met": shapes.share(whole.met),
                "partly": shapes.share(whole.partly),
                "not_met": shapes.share(whole.not_met),
                "tested": whole.tested,
                "verdicts": _verdicts([criteria[objective.id, n].verdict for n in range(len(objective.criteria))]),
                "way": _way(outcome, objective.id, None),
                "criteria": [
                    {
                        "title": outcome.names.criterion(criterion),
                        "measure": criterion.measure,
                        "unit": criterion.unit,
                        "limit_met": criterion.met,
                        "limit_partly": criterion.partly,
                        "target_share": criterion.target_share,
                        "met": shapes.share(criteria[objective.id, number].met),
                        "at_least_partly": shapes.share(criteria[objective.id, number].at_least_partly),
                        "tested": criteria[objective.id, number].tested,
                        "value": shapes.times(criteria[objective.id, number].times),
                        "verdict": criteria[objective.id, number].verdict,
                        "way": _way(outcome, objective.id, number),
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
            "mean": shapes.mean(part.mean),
            "plays": shapes.share(part.plays),
        }
        | ({"criticality": shapes.ratio(part.of_path)} if critical else {})
        for part in (results.critical_waiting if critical else results.waiting)
    ]
