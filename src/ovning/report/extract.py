"""An extract of a run's results that says nothing of where the organisation is weak. See docs/sekretess.md.

What may be told is a list of places in ``results.json``; all else, also what is added there later, stays out until
somebody puts it on the list. Everything else here works on what was picked alone.

Left out on purpose, though it would be of use: how long it takes to get a staff together, which criteria and which
objectives were missed and by how much, and services that the organisation's own work brings back. Each of them tells
what the organisation cannot do.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from ovning import __version__
from ovning.report.names import CAUSES
from ovning.units import HOUR

FORMAT: Final = "ovning-open"
VERSION: Final = 1
"""Of the format of the extract; raised when a name changes its meaning or goes away."""

PLACES: Final[Mapping[str, type]] = {
    "exercise": str,
    "exercise_title": str,
    "variation": str,
    "variation_title": str,
    "plays": int,
    "horizon": int,
    "objectives[].objective": str,
    "objectives[].title": str,
    "objectives[].criteria[].verdict": str,
    "critical_waiting[].cause": str,
    "critical_waiting[].mean.mean": float,
    "services[].service": str,
    "services[].title": str,
    "services[].affected": int,
    "services[].at_start": float,
    "services[].own_work": bool,
    "services[].failed.median.value": int,
    "services[].back.median.value": int,
    "flows[].flow": str,
    "flows[].title": str,
    "flows[].backlog_by_hour.mean[]": float,
}
"""What the extract is made from, and of what kind it is there; ``[]`` is each one of a list."""

FEWEST_OBJECTIVES: Final = 3
"""Of fewer than these, how many were reached says too much of each."""


def extract_of(results: Mapping[str, Any]) -> dict[str, Any]:
    """What may be told openly of a ``results.json``, once somebody has judged it."""
    seen = picked(results)
    return {
        "format": FORMAT,
        "version": VERSION,
        "program_version": __version__,
        **{name: seen.get(name) for name in ("exercise", "exercise_title", "variation", "variation_title")},
        **{name: seen.get(name) for name in ("plays", "horizon")},
        "objectives": [{name: one.get(name) for name in ("objective", "title")} for one in seen.get("objectives", [])],
        "objectives_reached": _reached(seen.get("objectives", [])),
        "waiting": _waiting(seen.get("critical_waiting", [])),
        "services": [
            _service(one) for one in seen.get("services", []) if _is_seen_by_all(one) and _since(one) is not None
        ],
        "flows": [
            {name: one.get(name) for name in ("flow", "title")} | {"busiest_hour": _busiest(one)}
            for one in seen.get("flows", [])
        ],
    }


def picked(results: Mapping[str, Any]) -> dict[str, Any]:
    """What stands in the listed places, and nothing else; what is of another kind than it should be is left out."""
    found = _pick(results, [(place.replace("[]", ".[]").split("."), kind) for place, kind in PLACES.items()])
    return found if isinstance(found, dict) else {}


def _pick(value: Any, ways: list[tuple[list[str], type]]) -> Any:  # noqa: ANN401  JSON of any shape
    here = [kind for way, kind in ways if not way]
    if here:
        return value if _is(value, here[0]) else None
    if all(way[0] == "[]" for way, _ in ways):
        inside = [(way[1:], kind) for way, kind in ways]
        return [_pick(one, inside) for one in value] if isinstance(value, list) else []
    if not isinstance(value, Mapping):
        return {}
    steps = dict.fromkeys(way[0] for way, _ in ways)
    return {step: _pick(value.get(step), [(w[1:], kind) for w, kind in ways if w[0] == step]) for step in steps}


def _is(value: object, kind: type) -> bool:
    if isinstance(value, bool) or kind is bool:
        return isinstance(value, bool) and kind is bool
    return isinstance(value, (int, float)) if kind is float else isinstance(value, kind)


def _reached(objectives: list[dict[str, Any]]) -> str | None:
    """In words, how many objectives are reached: a number near none would say which are not."""
    if len(objectives) < FEWEST_OBJECTIVES:
        return None
    verdicts = [[criterion.get("verdict") for criterion in one.get("criteria", [])] for one in objectives]
    reached = sum(bool(each) and all(verdict == "reached" for verdict in each) for each in verdicts)
    if reached == len(objectives):
        return "all"
    return "at_least_half" if 2 * reached >= len(objectives) else "fewer_than_half"


def _waiting(parts: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Causes with their share of all waiting along the critical paths, in whole tenths, most first."""
    by_cause: dict[str, float] = {}
    for part in parts:
        cause, mean = part.get("cause"), part.get("mean", {}).get("mean")
        if cause in CAUSES and mean is not None and mean > 0:
            by_cause[cause] = by_cause.get(cause, 0.0) + mean
    whole = sum(by_cause.values())
    tenths = {cause: round(10 * lasted / whole) for cause, lasted in by_cause.items()}
    ordered = sorted(tenths, key=lambda cause: (-tenths[cause], list(CAUSES).index(cause)))
    return [{"cause": cause, "share": tenths[cause] / 10} for cause in ordered if tenths[cause]]


def _is_seen_by_all(service: dict[str, Any]) -> bool:
    """Whether everybody can see how it fares, and it says nothing of what the organisation did about it."""
    return bool(service.get("affected") and service.get("at_start")) and service.get("own_work") is False


def _since(service: dict[str, Any]) -> int | None:
    return _median(service, "failed")


def _service(service: dict[str, Any]) -> dict[str, Any]:
    since, till = _since(service), _median(service, "back")
    return {
        "service": service.get("service"),
        "title": service.get("title"),
        "from_hour": None if since is None else round(since / HOUR),
        "to_hour": None if till is None else round(till / HOUR),
    }


def _median(service: dict[str, Any], step: str) -> int | None:
    median = service.get(step, {}).get("median", {}).get("value")
    return None if median is None else int(median)


def _busiest(flow: dict[str, Any]) -> int | None:
    """The hour, from 0, in which most were waiting; ``None`` if hardly anybody ever was."""
    waited = [number or 0 for number in flow.get("backlog_by_hour", {}).get("mean", [])]
    return waited.index(max(waited)) if waited and max(waited) > 0 else None
