"""What a notebook or a program of one's own needs: load, play, measure, compare, sweep.

    from ovning import api

    orebro = api.load("elavbrott", "orebro")
    plays = api.play_many(orebro, runs=50)
    for row in api.level_rows(plays):
        print(row)

Everything here is typed and stays as it is when the rooms behind it are moved about. Rows are plain dictionaries, for
``pandas.DataFrame(rows)`` or ``csv.DictWriter``; a column says its unit, and what was not reached is ``None``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from os import PathLike, fspath
from typing import Any, Protocol, TypeAlias

from ovning.engine import compile_play
from ovning.engine import play as _play_compiled
from ovning.experiment.chunks import CHUNK, play_all
from ovning.experiment.compare import Comparison, Contender
from ovning.experiment.compare import compare as _compare
from ovning.experiment.sweep import sweep as _sweep
from ovning.experiment.swept import Plan, Side, Sweep
from ovning.experiment.verdicts import Asked
from ovning.experiment.workers import processes
from ovning.files import load_setup
from ovning.log.records import Log
from ovning.measures.aggregate import Results, aggregate
from ovning.measures.intervals import Quantile
from ovning.measures.summary import PlaySummary, summarise
from ovning.measures.tally import Tally
from ovning.model.setup import Setup
from ovning.report.comparison.labels import measure_title, part_title
from ovning.report.names import Names
from ovning.report.sweep.titles import assumption_title, value_title
from ovning.report.timeline import say_offset, timeline
from ovning.units import MINUTE

__all__ = [
    "Comparison",
    "Log",
    "PlaySummary",
    "Plays",
    "Row",
    "Setup",
    "Sweep",
    "compare",
    "contrast_rows",
    "criterion_rows",
    "level_rows",
    "load",
    "measure",
    "part_rows",
    "play",
    "play_many",
    "sweep",
    "sweep_rows",
    "timeline_rows",
    "turn_rows",
    "waiting_rows",
]

Row: TypeAlias = dict[str, Any]


@dataclass(frozen=True)
class Plays:
    """Many plays of one setup."""

    setup: Setup
    """What was played."""
    tally: Tally
    """What the plays add up to, and columns with a value for each play."""
    seed: int

    @cached_property
    def results(self) -> Results:
        """All plays together: shares, means and quantiles with their intervals. Times are milliseconds."""
        return aggregate(self.tally, self.setup.exercise)


def load(
    exercise: str | PathLike[str],
    organisation: str | PathLike[str],
    *,
    sets: Sequence[str] = (),
    variation: str | None = None,
    start: str | None = None,
    at_population: int | None = None,
) -> Setup:
    """An exercise (a shipped one's name or a folder) with an organisation (likewise, or a file), ready to be played.

    ``sets``: changes as ``--set`` takes them, ``functions.tib.on_call.count=2``. ``at_population``: what follows how
    many live in the municipality is counted as if so many did. Raises ``ovning.errors.InputError``, which tells every
    problem with its place, when a file or a change cannot be used.
    """
    return load_setup(
        fspath(exercise),
        fspath(organisation),
        sets=tuple(sets),
        variation=variation,
        start=start,
        at_population=at_population,
    )[0]


def play(setup: Setup, *, seed: int = 1, replication: int = 0) -> Log:
    """One play: everything that happened, in order. The same seed and replication give the same again."""
    return _play_compiled(compile_play(setup), seed, replication)


def measure(log: Log, setup: Setup) -> PlaySummary:
    """What one play came to. Times are milliseconds since STARTEX."""
    return summarise(log, setup)


def play_many(setup: Setup, *, runs: int = 200, seed: int = 1, jobs: int = 1) -> Plays:
    """Replications 0 to ``runs - 1``, in ``jobs`` processes; whichever number of them, the answer is the same."""
    with processes(jobs, -(-runs // CHUNK)) as crew:
        return Plays(setup, play_all(setup, seed, range(runs), crew=crew), seed)


def compare(
    designs: Mapping[str, Setup],
    *,
    runs: int = 400,
    seed: int = 1,
    jobs: int = 1,
    smallest: Asked | None = None,
) -> Comparison:
    """The first design beside each of the others, on the same luck, with at most ``runs`` plays of each.

    ``smallest``: the smallest difference that matters, milliseconds for times and a part of 1 for shares, where it is
    not to be what the exercise says. Raises ``ValueError`` for fewer than two designs or plays.
    """
    if len(designs) < 2 or runs < 2:
        raise ValueError("a comparison takes two designs and two plays at least")
    contenders = [Contender(name, setup) for name, setup in designs.items()]
    with processes(jobs, len(designs)) as crew:
        return _compare(contenders, seed, runs, dict(smallest or {}), crew=crew)


class Loads(Protocol):
    """``functools.partial(api.load, "elavbrott", "orebro")``: a design that can be loaded with something changed."""

    def __call__(self, *, sets: Sequence[str]) -> Setup:
        """The design with these changes."""


def sweep(
    designs: Mapping[str, Loads],
    *,
    runs: int = 25,
    only: Sequence[str] = (),
    seed: int = 1,
    jobs: int = 1,
    smallest: Asked | None = None,
) -> Sweep:
    """Every assumption of one design, or of two that are compared, moved over its range, on the same luck.

    ``runs``: plays of those that matter most; ``only``: names or beginnings of paths of assumptions (all, if none is
    given); ``smallest`` as for ``compare``. Raises ``ValueError`` for more designs than two.
    """
    sides = [_side(name, load) for name, load in designs.items()]
    with processes(jobs, 2 * CHUNK) as crew:
        return _sweep(sides, seed, Plan(runs=runs), only=only, asked=smallest, crew=crew)


def _side(name: str, load: Loads) -> Side:
    return Side(Contender(name, load(sets=())), lambda sets: load(sets=sets))


def level_rows(plays: Plays) -> list[Row]:
    """A row for each level: in how large a share of the plays it became active, and when."""
    names = Names(plays.setup)
    found = []
    for level in plays.results.levels:
        times = dict(level.steps)["active"]
        found.append(
            {
                "level": level.level,
                "title": names.level(level.level),
                "reached": times.reached.share,
                "reached_low": times.reached.low,
                "reached_high": times.reached.high,
                "p10_min": _minutes(times.p10),
                "median_min": _minutes(times.median),
                "p90_min": _minutes(times.p90),
            }
        )
    return found


def criterion_rows(plays: Plays) -> list[Row]:
    """A row for each criterion: the share of plays that meet it, its interval, and the verdict on the target."""
    names = Names(plays.setup)
    objectives = {objective.id: objective for objective in plays.setup.exercise.objectives}
    return [
        {
            "objective": one.objective,
            "criterion": one.criterion,
            "title": names.criterion(objectives[one.objective].criteria[one.criterion]),
            "met": one.met.share,
            "met_low": one.met.low,
            "met_high": one.met.high,
            "target": one.target,
            "verdict": one.verdict,
        }
        for one in plays.results.criteria
    ]


def waiting_rows(plays: Plays) -> list[Row]:
    """A row for each cause and function: minutes of waiting a play along the ways that decide the objectives."""
    names = Names(plays.setup)
    return [
        {
            "cause": one.cause,
            "why": names.cause(one.cause),
            "station": one.station,
            "who": names.station(one.station),
            "mean_min": one.mean.mean / MINUTE,
            "low_min": None if one.mean.low is None else one.mean.low / MINUTE,
            "high_min": None if one.mean.high is None else one.mean.high / MINUTE,
        }
        for one in plays.results.critical_waiting
    ]


def contrast_rows(comparison: Comparison) -> list[Row]:
    """A row for each measure of each design beside the first; differences are the design minus the first.

    Times are in minutes, shares parts of 1, all else as counted; ``smallest`` is what matters, in the same unit.
    """
    first = comparison.baseline.setup
    found = []
    for duel in comparison.duels:
        for one in duel.contrasts:
            scale = MINUTE if one.watched.unit == "duration" else 1
            told = {
                name: None if value is None else value / scale
                for name, value in (
                    ("baseline", one.difference.before),
                    ("design_value", one.difference.after),
                    ("difference", one.difference.mean),
                    ("low", one.difference.low),
                    ("high", one.difference.high),
                    ("smallest", one.smallest),
                )
            }
            found.append(
                {
                    "design": duel.contender.name,
                    "on": one.watched.kind,
                    "title": measure_title(first, one.watched),
                    "unit": "min" if one.watched.unit == "duration" else one.watched.unit,
                    **told,
                    "verdict": one.verdict,
                    "pairs": one.difference.pairs,
                    "differing": one.difference.differing,
                }
            )
    return found


def part_rows(comparison: Comparison, level: str | None = None) -> list[Row]:
    """Where the difference in time to a level lies (the highest that the course warrants, if none is named); minutes.

    A row for each part of each design beside the first; a design's parts sum to its whole difference.
    """
    setups = [one.setup for one in comparison.contenders]
    found = []
    for duel in comparison.duels:
        chosen = level if level is not None else next(reversed(list(duel.parts)), None)
        for part in duel.parts.get(chosen or "", ()):
            found.append(
                {
                    "design": duel.contender.name,
                    "title": part_title(setups, part.what, part.who),
                    "what": part.what,
                    "who": part.who,
                    "baseline_min": part.before / MINUTE,
                    "design_min": part.after / MINUTE,
                    "difference_min": part.difference / MINUTE,
                }
            )
    return found


def sweep_rows(found: Sweep) -> list[Row]:
    """A row for each value that was tried, those that move the main answer most first.

    ``change`` is how much the main answer (``measure``) moved: of one design what it comes to, of two the difference.
    Times are in minutes, shares parts of 1.
    """
    scale = MINUTE if found.main.unit == "duration" else 1
    measure = measure_title(found.contenders[0].setup, found.main)
    rows = []
    for one in found.swept:
        for tried in one.tried:
            effect = tried.on(found.main)
            told = {"change": effect.change.mean, "low": effect.change.low, "high": effect.change.high}
            rows.append(
                {
                    "assumption": assumption_title(found, one),
                    "assumed": value_title(found, one.lever, one.lever.value),
                    "value": value_title(found, one.lever, tried.setting.value),
                    "set": tried.setting.change,
                    "measure": measure,
                    **{name: None if value is None else value / scale for name, value in told.items()},
                    "answer": effect.answer,
                    "plays": tried.plays,
                }
            )
    return rows


def turn_rows(found: Sweep) -> list[Row]:
    """A row for each answer that another value of an assumption turns, and between which values it does (if known)."""
    setup = found.contenders[0].setup
    return [
        {
            "assumption": assumption_title(found, one),
            "measure": measure_title(setup, turn.watched),
            "value": value_title(found, one.lever, turn.setting.value),
            "before": turn.before,
            "after": turn.after,
            "sure": turn.is_sure,
            "last_before": None if turn.last is None else value_title(found, one.lever, turn.last),
            "first_after": None if turn.first is None else value_title(found, one.lever, turn.first),
        }
        for one in found.turning
        for turn in one.turns
    ]


def timeline_rows(log: Log, setup: Setup, case: str | None = None) -> list[Row]:
    """One play told in Swedish, a row for each thing: when, and what happened; ``case``: only what belongs to it."""
    told = timeline(log, setup, case)
    return [
        {
            "at": say_offset(entry.at, told.horizon),
            "what": str(entry.headline),
            "why": " ".join(map(str, entry.reasons)),
        }
        for entry in told.entries
    ]


def _minutes(quantile: Quantile | None) -> float | None:
    return None if quantile is None or quantile.value is None else quantile.value / MINUTE
