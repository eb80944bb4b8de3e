"""Where the time went: waiting by cause, station, inject and objective; people's time by station and activity."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from typing import Final, Literal

from ovning.log.records import Activity, Cause, Record, Worked
from ovning.measures.lives import Lives, Stretch
from ovning.measures.paths import case_path, objectives_of, origin_of

By = Literal["cause", "station", "inject", "objective"]
"""What waiting is summed by."""
_WORD: Final = ("report", "afterwards")
"""Kinds of case in which somebody is told something, and nothing is asked of them."""


def waits(lives: Lives) -> tuple[Stretch, ...]:
    """Every stretch of waiting of every task, task by task."""
    return tuple(stretch for life in lives.tasks.values() for stretch in life.stretches if stretch.cause is not None)


def critical_stretches(lives: Lives, cases: Iterable[str] | None = None) -> tuple[Stretch, ...]:
    """Stretches on the critical path within each case (all cases unless some are named), waiting and work alike.

    A case that others led to is not counted again with them: each case contributes its own path once.
    """
    return tuple(
        stretch for case in (lives.cases if cases is None else cases) for stretch in case_path(lives, case).stretches
    )


def cases_for_objectives(lives: Lives) -> tuple[str, ...]:
    """Cases that test an objective, directly or through what caused them.

    Word that nobody had come to hear when the play ended is left out: nobody knew to wait for it, and it would count
    with all the hours that happened to be left.
    """
    return tuple(
        name
        for name, case in lives.cases.items()
        if objectives_of(lives, name) and not (case.kind in _WORD and case.closed_at is None)
    )


def by_cause_and_station(stretches: Iterable[Stretch]) -> dict[tuple[Cause, str], int]:
    """Milliseconds of waiting for each cause and station, most first, ties by name; work is left out."""
    summed: Counter[tuple[Cause, str]] = Counter()
    for stretch in stretches:
        if stretch.cause is not None:
            summed[stretch.cause, stretch.station] += stretch.lasted
    return dict(sorted(summed.items(), key=lambda item: (-item[1], item[0])))


def waiting_by(lives: Lives, by: By, stretches: Iterable[Stretch] | None = None) -> dict[str, int]:
    """Milliseconds of waiting by cause, station, inject or objective, most first; of all tasks unless told which.

    By inject, what an inject led to in other cases is counted with it; a case that goes back to no inject stands under
    its kind. By objective, a case that tests several counts under each, so those sums may be more than the whole.
    """
    names = _NAMES[by]
    summed: Counter[str] = Counter()
    for stretch in waits(lives) if stretches is None else stretches:
        if stretch.cause is not None:
            for name in names(lives, stretch):
                summed[name] += stretch.lasted
    return dict(sorted(summed.items(), key=lambda item: (-item[1], item[0])))


def work_on_path(stretches: Iterable[Stretch]) -> int:
    """Milliseconds of the stretches in which somebody worked."""
    return sum(stretch.lasted for stretch in stretches if stretch.cause is None)


def person_time(log: Iterable[Record]) -> dict[tuple[str, Activity], int]:
    """Person-milliseconds by station and activity, most first: everybody who worked counts."""
    summed: Counter[tuple[str, Activity]] = Counter()
    for record in log:
        if isinstance(record, Worked):
            summed[record.station, record.activity] += record.at - record.since
    return dict(sorted(summed.items(), key=lambda item: (-item[1], item[0])))


def _inject(lives: Lives, stretch: Stretch) -> tuple[str, ...]:
    origin = origin_of(lives, lives.tasks[stretch.task].case)
    return (origin.subject if origin.kind == "inject" else origin.kind,)


_NAMES: dict[By, Callable[[Lives, Stretch], tuple[str, ...]]] = {
    "cause": lambda _, stretch: (str(stretch.cause),),
    "station": lambda _, stretch: (stretch.station,),
    "inject": _inject,
    "objective": lambda lives, stretch: objectives_of(lives, lives.tasks[stretch.task].case),
}
