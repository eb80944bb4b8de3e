"""``comparison.json``: in what designs differ, and how sure that is. See docs/results.md."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from ovning import __version__
from ovning.experiment.compare import Comparison, Contender, Contrast, Duel, Wins
from ovning.experiment.effects import Watched, play_by_play
from ovning.measures.intervals import CONFIDENCE, Share, mean_of, share_of
from ovning.measures.tally import Tally
from ovning.model.known import known_share
from ovning.report import shapes
from ovning.report.comparison.labels import labels_of, level_title, measure_title, part_title, short_title
from ovning.report.results import MANIFEST_VERSION
from ovning.report.sweep.document import Moved, sweep_document

VERSION: Final = 1
"""Of the format; raised when a name changes its meaning or goes away."""
VERDICTS: Final = ("better", "worse", "equivalent", "undecided", "not_tested")


@dataclass(frozen=True)
class Compared:
    """A comparison, and what was asked for."""

    comparison: Comparison
    changed: tuple[tuple[str, ...], ...]
    """For each design, what was changed in it, as ``--set`` takes it."""
    command: tuple[str, ...]
    """The command line that gives the same again."""
    marking: str = ""
    moved: Moved | None = None
    """What assumptions did to the difference between the first two, if they were moved."""

    @property
    def labels(self) -> tuple[str, ...]:
        """Each design's name in tables."""
        return labels_of(self.comparison.contenders)


def comparison_document(compared: Compared) -> dict[str, Any]:
    """Everything in ``comparison.json``; times are milliseconds, shares from 0 to 1, ids are the files' own."""
    comparison = compared.comparison
    setup = comparison.baseline.setup
    watched = [one.watched for one in comparison.duels[0].contrasts]
    headlines = {one.watched: one for one in comparison.wins}
    return {
        "format": "ovning-comparison",
        "version": VERSION,
        "marking": compared.marking or None,
        "exercise": setup.exercise.exercise,
        "exercise_title": setup.exercise.title,
        "variation": setup.variation,
        "variation_title": setup.scenario.variations[setup.variation].title if setup.variation else None,
        "start": f"{setup.scenario.start:%Y-%m-%dT%H:%M}",
        "start_sampled": setup.start_sampled,
        "at_population": setup.at_population,
        "horizon": setup.scenario.horizon,
        "seed": comparison.seed,
        "plays": comparison.plays,
        "looks": list(comparison.looks),
        "looked": comparison.looks.index(comparison.plays) + 1,
        "stopped": comparison.stopped,
        "confidence": CONFIDENCE,
        "interval_confidence": round(comparison.confidence, 8),
        "designs": [_design(compared, number) for number in range(len(comparison.contenders))],
        "measures": [_measure(comparison, one, headlines.get(one)) for one in watched],
        "verdicts": [_verdicts(duel) for duel in comparison.duels],
        "levels": [_level(comparison, level) for level in comparison.duels[0].parts],
        "differences": [_differences(duel) for duel in comparison.duels],
        "sweep": None if compared.moved is None else sweep_document(compared.moved),
    }


def designs_manifest(
    contenders: Sequence[Contender], command: Sequence[str], marking: str, seed: int, plays: int
) -> dict[str, Any]:
    """``manifest.json`` of what is made of several designs, but for the hashes of its files."""
    first = contenders[0].setup
    inputs = {name: digest for one in contenders for name, digest in one.setup.files.items()}
    return {
        "format": "ovning-manifest",
        "version": MANIFEST_VERSION,
        "program": "ovning",
        "program_version": __version__,
        "marking": marking or None,
        "command": list(command),
        "exercise": first.exercise.exercise,
        "designs": [one.name for one in contenders],
        "variation": first.variation,
        "seed": seed,
        "plays": plays,
        "inputs": dict(sorted(inputs.items())),
    }


def _design(compared: Compared, number: int) -> dict[str, Any]:
    contender = compared.comparison.contenders[number]
    setup = contender.setup
    known = known_share(setup, "organisation")
    return {
        "name": contender.name,
        "label": compared.labels[number],
        "organisation": setup.organisation.organisation,
        "title": setup.organisation.title,
        "note": setup.organisation.note or None,
        "changed": list(compared.changed[number]),
        "population": setup.organisation.population,
        "known": known.known,
        "assumed": known.assumed,
        "known_share": None if known.share is None else round(known.share, 6),
    }


def _measure(comparison: Comparison, watched: Watched, wins: Wins | None) -> dict[str, Any]:
    first = comparison.baseline.setup
    contrasts = [duel.on(watched) for duel in comparison.duels]
    return {
        "on": watched.kind,
        "of": watched.of or None,
        "criterion": watched.criterion,
        "headline": wins is not None,
        "title": measure_title(first, watched),
        "short_title": short_title(first, watched),
        "unit": watched.unit,
        "wanted": watched.wanted,
        "smallest": _told(watched, contrasts[0].smallest),
        "designs": [_seen(watched, tally) for tally in comparison.tallies],
        "contrasts": [_contrast(one) for one in contrasts],
        "wins": None
        if wins is None
        else {
            "best": [shapes.share(share_of(best, wins.of)) for best in wins.best],
            "alike": shapes.share(share_of(wins.alike, wins.of)),
        },
    }


def _seen(watched: Watched, tally: Tally) -> dict[str, Any]:
    """What was measured in one design alone."""
    match watched.kind:
        case "level_time":
            return {"times": shapes.times(tally.times("level", watched.of, "active"))}
        case "criterion_time" | "criterion_value":
            return {"times": shapes.times(tally.times("criterion", watched.of, watched.criterion or 0, "measured"))}
        case "criterion_met" | "unnecessary" | "unnecessary_alert":
            told = [one for one in play_by_play(watched, tally) if one is not None]
            return {"share": shapes.share(share_of(round(sum(told)), len(told)))}
        case "without" | "unmanned":
            return {"mean": shapes.mean(mean_of([one or 0 for one in play_by_play(watched, tally)]))}
        case _:
            return {}


def _contrast(contrast: Contrast) -> dict[str, Any]:
    told = contrast.difference._asdict()
    return {
        **{
            name: value if value is None or name in ("pairs", "differing") else _told(contrast.watched, value)
            for name, value in told.items()
        },
        "verdict": contrast.verdict,
        "known_well": contrast.known_well,
    }


def _told(watched: Watched, value: float) -> float:
    return round(value) if watched.unit == "duration" else round(value, 6)


def _verdicts(duel: Duel) -> dict[str, int]:
    found = [one.verdict for one in duel.contrasts]
    known_well = sum(one.known_well for one in duel.contrasts if one.verdict != "not_tested")
    return {"measures": len(found), **{name: found.count(name) for name in VERDICTS}, "known_well": known_well}


def _level(comparison: Comparison, level: str) -> dict[str, Any]:
    setups = [one.setup for one in comparison.contenders]
    return {
        "level": level,
        "title": level_title(setups[0], level),
        "reached": [shapes.share(_reached(tally, level)) for tally in comparison.tallies],
        "contrasts": [
            {
                "whole": round(sum(part.difference for part in duel.parts[level])),
                "parts": [
                    {
                        "what": part.what,
                        "who": part.who,
                        "title": part_title(setups, part.what, part.who),
                        "before": round(part.before),
                        "after": round(part.after),
                        "difference": round(part.difference),
                    }
                    for part in duel.parts[level]
                ],
            }
            for duel in comparison.duels
        ],
    }


def _reached(tally: Tally, level: str) -> Share:
    times = tally.column("level", level, "active")
    return share_of(sum(time is not None for time in times), len(times))


def _differences(duel: Duel) -> list[dict[str, Any]]:
    return [{"path": ".".join(one.path), "before": one.before, "after": one.after} for one in duel.designs]
