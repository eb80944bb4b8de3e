"""Where the real times of historical events fall among the simulated ones.

    python tools/validation.py [EXERCISE …] [--plays 200] [--seed 1] [--first] [--set PATH=VALUE …]

EXERCISE is a folder with ``exercise.yaml`` and ``observed.yaml``, all of ``exercises/historical`` if left out.
Everything that ``observed.yaml`` says is to be played is played, and a table in Markdown is printed for each: the real
time, the times that 10, 50 and 90 % of the plays stayed within, in how many plays it does not happen before the end,
the share of plays that had come as far by the real time (with the 95 % interval of a binomial share) and by the
earliest and the latest that it may have been, and whether that is within: for all that it may have been, and for the
time itself. The form of the file and the rule are described at the top of
``exercises/historical/alvsbyn/observed.yaml``. Nothing is fitted here: ``--set`` (as in ``ovning run``) is for asking
what would have to be true for a real time to be an ordinary one, and ``--first`` plays only the first course of each.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Annotated, Any, Final, Literal, NamedTuple

from pydantic import AfterValidator, Field, model_validator

from ovning.engine import compile_play, play
from ovning.files import load_setup
from ovning.files.tree import plain
from ovning.files.yaml12 import read_yaml
from ovning.log.records import Log
from ovning.measures.consequences import curves, time_below
from ovning.measures.escalation import level_times
from ovning.measures.intervals import Share, quantile_of, share_of
from ovning.measures.objectives import criterion_times
from ovning.model.base import Duration, Id, Model
from ovning.model.exercise import Criterion, Exercise, Objective
from ovning.model.setup import Setup
from ovning.report.wording import percent
from ovning.units import say_duration

HISTORICAL: Final = Path(__file__).resolve().parent.parent / "exercises" / "historical"
EDGE: Final = 0.05
"""A real time is within when at least this share of the plays had come as far by then, and at most 1 minus it."""
MINUTE: Final = 60_000
QUANTILES: Final = (0.1, 0.5, 0.9)
STEPS: Final = (("rekommenderad", 1), ("beslutad", 2), ("larmad", 3), ("i gång", 4))
"""Swedish word and field of ``LevelTimes``."""
HEADINGS: Final = (
    "vad",
    "verkligt",
    *(percent(p) for p in QUANTILES),
    "inte före slutet",
    "spel som kommit så långt",
    "med spannet",
    "klockslaget självt",
)
Verdict = Literal["innanför", "på gränsen", "utanför: tidigare än spelen", "utanför: senare än spelen"]
Criteria = dict[str, Any]


def _in_order(between: tuple[int, int]) -> tuple[int, int]:
    if between[0] > between[1]:
        raise ValueError("between är [tidigast, senast]")
    return between


class Course(Model):
    """What is played."""

    organisation: str
    """An id, as on the command line."""
    variation: Id | None = None
    """None for the main course."""


class Observed(Model):
    """One real time, and the measure it is compared with."""

    id: Id
    title: str
    """In Swedish."""
    real: Duration
    """What it was."""
    between: Annotated[tuple[Duration, Duration], AfterValidator(_in_order)]
    """Earliest and latest that the sources allow."""
    counts_from: Literal["start", "inject"]
    """STARTEX, or the inject that the criterion names."""
    criterion: Criteria
    """A criterion without limits, or ``service_below``."""
    only: tuple[str, ...] = ()
    """Variations in which it is compared, ``main`` for the main course; all if left out."""
    tests: bool
    """Whether it says anything of the model, or rests on an assumption that was taken from it."""
    certainty: str
    """How sure the time is, in Swedish."""
    source: str

    @model_validator(mode="after")
    def _known(self) -> Observed:
        if not self.between[0] <= self.real <= self.between[1]:
            raise ValueError(f"{self.id}: real ligger inte i between")
        if self.criterion.get("measure") not in ("service_below", "service_hours_without"):
            as_criterion(self)
        return self


class NotCompared(Model):
    """What is known but not compared."""

    title: str
    why: str


class ObservedFile(Model):
    """``observed.yaml``."""

    observed: Id
    """The exercise."""
    played: Annotated[tuple[Course, ...], Field(min_length=1)]
    times: Annotated[tuple[Observed, ...], Field(min_length=1)]
    not_compared: tuple[NotCompared, ...] = ()


class Placing(NamedTuple):
    """Where a real time falls among simulated ones."""

    share: Share
    """Of plays that had come as far by the real time."""
    earliest: Share
    """By the earliest that it may have been."""
    latest: Share
    verdict: Verdict
    """Of all that it may have been."""
    itself: Verdict
    """Of the time itself, as if the sources were sure of it."""


def read_observed(path: Path) -> ObservedFile:
    """The file, checked. Raises ``InputError`` for broken YAML, ``ValidationError`` for a wrong form."""
    return ObservedFile.model_validate(plain(read_yaml(path, str(path))))


def as_criterion(time: Observed) -> Criterion:
    """What is measured, as a criterion whose limit is the real time."""
    return Criterion.model_validate({**time.criterion, "met": f"{max(1, time.real // MINUTE)} min"})


def measured(log: Log, setup: Setup, time: Observed) -> float | None:
    """What one play's log came to, in milliseconds; ``None`` when it did not happen within the horizon."""
    kind, service, below = (time.criterion.get(key) for key in ("measure", "service", "below"))
    if kind in ("service_below", "service_hours_without"):
        curve = curves(log, setup.scenario.services)[str(service)]
        if kind == "service_hours_without":
            return time_below(curve, float(below or 1), log[-1].at)
        return next((at for at, level in curve if level < float(below or 1)), None)
    asked = _asked(setup.exercise, as_criterion(time))
    (found,) = criterion_times(log, asked, setup.organisation)
    if found.measured is None or found.begins_at is None:
        return None
    return found.measured + (found.begins_at if time.counts_from == "start" else 0)


def _asked(exercise: Exercise, criterion: Criterion) -> Exercise:
    return exercise.model_copy(update={"objectives": (Objective(id="V", title="V", criteria=(criterion,)),)})


def place(times: Sequence[float | None], real: int, between: tuple[int, int]) -> Placing:
    """Where a real time falls; a time that was not reached is longer than any other.

    Outside only if the whole of ``between`` is, with the whole of the share's interval.
    """
    itself, earliest, latest = (share_of(_by(times, at), len(times)) for at in (real, *between))
    return Placing(itself, earliest, latest, _verdict(earliest, latest), _verdict(itself, itself))


def _verdict(earliest: Share, latest: Share) -> Verdict:
    if latest.high < EDGE:
        return "utanför: tidigare än spelen"
    if earliest.low > 1 - EDGE:
        return "utanför: senare än spelen"
    return "innanför" if latest.low >= EDGE and earliest.high <= 1 - EDGE else "på gränsen"


def _by(times: Iterable[float | None], at: int) -> int:
    return sum(time is not None and time <= at for time in times)


def compared(times: Iterable[Observed], variation: str | None) -> list[Observed]:
    """The real times that are compared in this course."""
    return [time for time in times if not time.only or (variation or "main") in time.only]


def report_on(
    folder: Path, plays: int, seed: int, *, only_first: bool = False, sets: Sequence[str] = ()
) -> Iterator[str]:
    """The lines of one historical exercise's report."""
    file = read_observed(folder / "observed.yaml")
    for course in file.played[:1] if only_first else file.played:
        setup, _ = load_setup(folder, course.organisation, variation=course.variation, sets=sets)
        compiled = compile_play(setup)
        times = compared(file.times, course.variation)
        values: list[list[float | None]] = [[] for _ in times]
        steps: dict[str, list[list[float | None]]] = {}
        for replication in range(plays):
            log = play(compiled, seed, replication)
            for found, time in zip(values, times, strict=True):
                found.append(measured(log, setup, time))
            for level in level_times(log, [level.id for level in setup.organisation.levels]):
                columns = steps.setdefault(level.level, [[] for _ in STEPS])
                for column, (_, field) in zip(columns, STEPS, strict=True):
                    at = level[field]
                    column.append(at if isinstance(at, int) else None)
        called = f"{file.observed}, {course.organisation}" + (f", {course.variation}" if course.variation else "")
        yield from (f"### {called}", "", f"{plays} spel, frö {seed}.", "")
        yield from (f"Ändrat: `{change}`\n" for change in sets)
        yield f"| {' | '.join(HEADINGS)} |"
        yield "|---" * len(HEADINGS) + "|"
        yield from (_row(time, found) for time, found in zip(times, values, strict=True))
        yield ""
        for id_, columns in steps.items():
            words = ", ".join(
                f"{word} {_say(quantile_of(column, 0.5).value)}"
                for (word, _), column in zip(STEPS, columns, strict=True)
            )
            yield f"Vägen till {id_}, medianer från STARTEX: {words}."
        yield ""


def _row(time: Observed, values: Sequence[float | None]) -> str:
    placing = place(values, time.real, time.between)
    never = sum(value is None for value in values) / len(values)
    low, high = (_say(at) for at in time.between)
    cells = (
        time.title + (" (från inspelet)" if time.counts_from == "inject" else ""),
        f"{_say(time.real)} ({low} till {high})",
        *(_say(quantile_of(values, p).value) for p in QUANTILES),
        percent(never),
        f"{_share(placing.share)}; {percent(placing.earliest.share)} till {percent(placing.latest.share)}",
        placing.verdict if time.tests else f"prövar inte ({placing.verdict})",
        placing.itself,
    )
    return f"| {' | '.join(cells)} |"


def _share(value: Share) -> str:
    """A share with its interval: ``87 % (82–91)``."""
    return f"{percent(value.share)} ({100 * value.low:.0f}–{100 * value.high:.0f})"


def _say(ms: float | None) -> str:
    return "inte" if ms is None else say_duration(round(ms / MINUTE) * MINUTE)


def main(words: Sequence[str] | None = None) -> int:
    """Play and print."""
    parser = argparse.ArgumentParser(description="Real times among simulated ones.")
    parser.add_argument("exercises", nargs="*", type=Path, metavar="EXERCISE")
    parser.add_argument("--plays", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--first", action="store_true")
    parser.add_argument("--set", action="append", default=[], metavar="PATH=VALUE", dest="sets")
    asked = parser.parse_args(words)
    folders = asked.exercises or sorted(path.parent for path in HISTORICAL.glob("*/observed.yaml"))
    for folder in folders:
        for line in report_on(folder, asked.plays, asked.seed, only_first=asked.first, sets=asked.sets):
            sys.stdout.write(f"{line}\n")
            sys.stdout.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main())
