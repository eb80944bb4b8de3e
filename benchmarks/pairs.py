"""What the same luck is worth: pairs of plays of two designs beside plays with luck of their own, and bare SimPy.

    python benchmarks/pairs.py [--plays 300]

Three changes of the reference model: one more person in the function that is busiest; one more task in every third
inject, beside its chain; and the same task at the end of its chain. What is measured is the mean time from an inject to
the end of all that it leads to. With independent luck a difference has the variance of both designs together; with the
same luck that of the difference between two plays of a pair. The time to a verdict (an interval of 5 % of the
difference to each side) is the pairs that it takes times what they cost, beside bare SimPy with independent luck, whose
plays are the same and cost what they cost in the same run.

Beside the chain, the task is in the way of others now and then, and the same luck takes nearly all else away. At its
end, every chain that has it is longer by what it takes itself: luck that one design has and the other has not, of which
no pairing takes anything away, and a difference so large that few plays show it whatever the luck.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Sequence
from pathlib import Path
from statistics import fmean, median, variance
from time import process_time
from typing import Any, Final

import engines
import reference
import yaml

from ovning import say_version
from ovning.engine import compile_play, play
from ovning.files import load_setup
from ovning.log.records import InjectReceived, Log, TaskFinished
from ovning.model.setup import Setup

_Z: Final = 1.96
_PART: Final = 0.05
"""Of the difference, to each side."""
_APART: Final = 100_000
"""Replications with luck of their own are numbered from here."""


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="What the same luck is worth.")
    parser.add_argument("--plays", type=int, default=300)
    plays = parser.parse_args().plays
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        plain = load_setup(reference.write(folder / "plain"), "referens")[0]
        busiest = _busiest(plain)
        changes = {
            "one more person": load_setup(
                reference.write(folder / "person"), "referens", sets=(f"people.p{busiest}.count=2",)
            )[0],
            "a task more in every third, beside": load_setup(_with_tasks(folder / "beside", 0), "referens")[0],
            "a task more in every third, at its end": load_setup(_with_tasks(folder / "end", -1), "referens")[0],
        }
        cost = _cost(plain)
        print(f"{say_version()}: a play costs {cost:.2f} times the same in bare SimPy")
        first = _measured(plain, range(plays))
        other = _measured(plain, range(_APART, _APART + plays))
        heads = ("change", "difference", "variance falls", "pairs, own luck", "time to a verdict")
        print("{:<40} {:>12} {:>15} {:>22} {:>18}".format(*heads))
        for what, setup in changes.items():
            same = _measured(setup, range(plays))
            differences = [after - before for before, after in zip(first, same, strict=True)]
            apart = variance(other) + variance(same)
            fell = apart / variance(differences)
            width = _PART * abs(fmean(differences))
            pairs, own = ((_Z / width) ** 2 * spread for spread in (variance(differences), apart))
            print(
                f"{what:<40} {fmean(differences) / 60_000:>8.2f} min {fell:>14.1f}× {pairs:>10.0f} of {own:>8.0f} "
                f"{fell / cost:>17.1f}×"
            )


def _measured(setup: Setup, replications: Sequence[int]) -> list[float]:
    compiled = compile_play(setup)
    return [_mean_time(play(compiled, 1, replication), setup.scenario.horizon) for replication in replications]


def _mean_time(log: Log, horizon: int) -> float:
    """Milliseconds from an inject to the end of all it led to, on average; to the horizon for what was not finished."""
    began: dict[str, int] = {}
    ended: dict[str, int] = {}
    steps: dict[str, int] = {}
    for record in log:
        if isinstance(record, InjectReceived):
            began.setdefault(record.case, record.at)
        elif isinstance(record, TaskFinished):
            case = record.task.partition("/")[0]
            ended[case] = max(ended.get(case, 0), record.at)
            steps[case] = steps.get(case, 0) + 1
    return fmean(ended.get(case, horizon) - at for case, at in began.items())


def _busiest(setup: Setup) -> int:
    """The function that most tasks go to."""
    counts: dict[int, int] = {}
    for tasks in setup.scenario.procedures.values():
        for task in tasks:
            number = int(task.needs.removeprefix("does_"))
            counts[number] = counts.get(number, 0) + 1
    return max(counts, key=lambda number: (counts[number], -number))


def _with_tasks(folder: Path, after: int) -> Path:
    """One task more in every third chain, for the function of its first task, after the task with that number."""
    written = reference.write(folder)
    path = written / "scenario.yaml"
    course: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    for tasks in list(course["procedures"].values())[::3]:
        more = {"task": "more", "title": "En uppgift till", "needs": tasks[0]["needs"], "after": [tasks[after]["task"]]}
        tasks.append(tasks[after] | more)
    path.write_text(yaml.safe_dump(course, allow_unicode=True, sort_keys=False), encoding="utf-8")
    return written


def _cost(setup: Setup) -> float:
    """A play as a multiple of the same in bare SimPy."""
    compiled = compile_play(setup)
    for number in range(4):  # the first plays find out what is drawn at once
        play(compiled, 1, 1000 + number)
    ratios = []
    for number in range(8):
        given = engines.courses(setup, 1, number)
        began = process_time()
        play(compiled, 1, number)
        ours = process_time() - began
        began = process_time()
        engines.bare_simpy(given, 40, 1, setup.scenario.horizon)
        ratios.append(ours / (process_time() - began))
    return median(ratios)


if __name__ == "__main__":
    main()
