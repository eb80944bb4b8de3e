"""What ``results.json`` holds for the sentences, made by hand: only the numbers that somebody chose."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, get_args

from ovning.measures.aggregate import Verdict, judged
from ovning.measures.intervals import CONFIDENCE, mean_of, share_of
from ovning.measures.times import times_of
from ovning.model.setup import Setup
from ovning.report import shapes
from ovning.units import HOUR, MINUTE

Effect = tuple[str, str, int | None, str, float | None, float | None, float | None]
"""On what, of which objective, which criterion, the verdict, and the mean with its ends in minutes."""


def about(value: float, plays: int, unit: float = 1) -> list[int]:
    """So many numbers around a mean, half of them a tenth above and half a tenth below."""
    return [round(unit * value * (0.9 if play % 2 else 1.1)) for play in range(plays)]


class Told:
    """A document in the making; what nobody says did not happen."""

    def __init__(self, setup: Setup, plays: int) -> None:
        self.setup, self.plays = setup, plays
        hits = {(o.id, n): (0, 0) for o in setup.exercise.objectives for n in range(len(o.criteria))}
        self.criteria: dict[tuple[str, int], tuple[int, int]] = hits
        """In how many plays each was met, and of how many."""
        self.usual: dict[tuple[str, int], float] = {}
        """What each came to in an ordinary play, in its own unit."""
        self.minutes: dict[str, Sequence[float | None]] = {}
        """When each level was active, play by play."""
        self.in_vain: dict[str, tuple[int, int]] = {}
        """In how many plays each level was active, and alerted, without need."""
        self.waited: Mapping[str, float] = {}
        """Minutes a play by station, most first."""
        self.gaps: Mapping[str, int] = {}
        """In how many plays nobody held a decision."""
        self.tried: Sequence[tuple[str, Sequence[Effect]]] = ()
        """Remedies with their effects."""
        self.against: Mapping[str, str] = {}
        """The station that each remedy is against, if any."""
        self.late: Mapping[str, float] = {}
        """Hours a play that people were without each service."""
        self.deviations: Mapping[str, float] = {}
        """From the daily rest, by group, most first."""
        self.unmanned: Mapping[str, float] = {}
        """Hours a play by function, most first."""

    def share(self, hits: int, of: int | None = None) -> dict[str, Any]:
        """A share of the plays."""
        return shapes.share(share_of(hits, self.plays if of is None else of))

    def mean(self, value: float, unit: float = 1, digits: int = 0) -> dict[str, Any]:
        """A mean over the plays."""
        scale = 10**digits
        per = about(value, self.plays, unit * scale)
        return shapes.mean(mean_of(per), digits, per=scale)

    @property
    def document(self) -> dict[str, Any]:
        """As ``results.json`` has it."""
        objectives = [
            {"objective": one.id, "criteria": [self._criterion(one.id, n) for n in range(len(one.criteria))]}
            for one in self.setup.exercise.objectives
        ]
        found = [criterion["verdict"] for one in objectives for criterion in one["criteria"]]
        waited = sum(self.waited.values())
        return {
            "start": f"{self.setup.scenario.start:%Y-%m-%dT%H:%M}",
            "starts": None,
            "plays": self.plays,
            "horizon": self.setup.scenario.horizon,
            "confidence": CONFIDENCE,
            "levels": [self._level(level.id) for level in self.setup.organisation.levels],
            "objectives": objectives,
            "verdicts": {"criteria": len(found)} | {verdict: found.count(verdict) for verdict in get_args(Verdict)},
            "waited_for": [
                {"station": one, "mean": self.mean(minutes, MINUTE), "share": shapes.part(minutes, waited)}
                for one, minutes in self.waited.items()
            ],
            "decisions": [{"decision": one, "nobody_holds_it": self.share(n)} for one, n in self.gaps.items()],
            "bottlenecks": [self._tried(number) for number in range(len(self.tried))],
            "services": [
                {
                    "service": one,
                    "affected": spec.affects.persons or spec.affects.households,
                    "all_time_without": self.mean(self.late.get(one, 0), HOUR),
                    "time_without": self.mean(self.late.get(one, 0) / 420, HOUR),
                }
                for one, spec in self.setup.scenario.services.items()
            ],
            "strain": {
                "rest_deviations": self.mean(sum(self.deviations.values()), digits=2),
                "groups": [{"group": one} for one in self.deviations],
                "unmanned": [{"function": one, "time": self.mean(h, HOUR)} for one, h in self.unmanned.items()],
            },
        }

    def _criterion(self, objective: str, number: int) -> dict[str, Any]:
        spec = next(one for one in self.setup.exercise.objectives if one.id == objective).criteria[number]
        hits, of = self.criteria[objective, number]
        return {
            "limit_met": spec.met,
            "target_share": spec.target_share,
            "met": self.share(hits, of),
            "tested": of,
            "value": {"median": {"value": self.usual.get((objective, number))}},
            "verdict": judged(share_of(hits, of), spec.target_share),
        }

    def _level(self, level: str) -> dict[str, Any]:
        minutes = self.minutes.get(level, [None] * self.plays)
        active, alerted = self.in_vain.get(level, (0, 0))
        return {
            "level": level,
            "warranted": level in self.setup.scenario.warranted(self.setup.variation),
            "unnecessary": self.share(active),
            "unnecessary_alert": self.share(alerted),
            "active": shapes.times(times_of([None if at is None else round(at * MINUTE) for at in minutes])),
        }

    def _tried(self, number: int) -> dict[str, Any]:
        remedy, effects = self.tried[number]
        on = next(((of, nth) for _, of, nth, *_ in effects if nth is not None), None)
        return {
            "kind": "busy",
            "station": self.against.get(remedy, ""),
            "sits_on": None if on is None else {"objective": on[0], "criterion": on[1]},
            "gain": {
                "remedy": remedy,
                "set": [f"functions.some.thing={number}"],
                "compared": len(self.tried),
                "why_not": None,
                "effects": [
                    {"on": kind, "of": of or None, "criterion": nth, "unit": "duration", "verdict": verdict}
                    | {
                        name: None if value is None else round(value * MINUTE)
                        for name, value in (("mean", mean), ("low", low), ("high", high))
                    }
                    for kind, of, nth, verdict, mean, low, high in effects
                ],
            },
        }
