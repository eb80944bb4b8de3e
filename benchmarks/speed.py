"""What a play costs beside bare SimPy, and how that grows: one command prints every ratio, target beside measured.

    python benchmarks/speed.py [--rounds 7] [--plays 4] [--quick]

Engines take turns within a round and ratios are taken within it, so that a busy machine slows down all of them alike;
medians are printed with the smallest and the largest. Nothing is asserted but that trajectories are the same: times
depend on the machine, ratios a little. ``--quick`` leaves out growth and processes.
"""

from __future__ import annotations

import argparse
import cProfile
import gc
import math
import pstats
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from statistics import median
from time import perf_counter, process_time
from typing import Final

import engines
import play_cost
import reference

from ovning.engine import Compiled, compile_play, play
from ovning.experiment.chunks import play_all
from ovning.experiment.workers import processes
from ovning.files import load_setup
from ovning.log import parquet
from ovning.model.setup import Setup

HOUR: Final = 3_600_000
TARGETS: Final = {"plain": "≤ 0.6", "deadline": "≤ 0.4", "calendar": "≤ 0.5"}
GROWTH: Final = (1, 3, 10, 30)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="What a play costs beside bare SimPy, and how that grows.")
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--plays", type=int, default=4)
    parser.add_argument("--quick", action="store_true")
    asked = parser.parse_args()
    _row("what", "measured", "asked for")
    with tempfile.TemporaryDirectory() as folder:
        _reference(Path(folder), asked.rounds, asked.plays)
        _draws(Path(folder), asked.rounds)
        _log(Path(folder), asked.plays)
        if not asked.quick:
            _growth(Path(folder))
    _elavbrott(asked.rounds, asked.plays)
    if not asked.quick:
        _two_processes()
    _where_time_goes(asked.plays)


def _row(what: str, measured: str, asked: str = "") -> None:
    print(f"{what:<62} {measured:>28}  {asked}", flush=True)


def _spread(found: Sequence[float], digits: int = 2) -> str:
    low, middle, high = min(found), median(found), max(found)
    return f"{middle:.{digits}f} ({low:.{digits}f}–{high:.{digits}f})"


def _setup(folder: Path, variant: str = "plain", size: reference.Size | None = None) -> Setup:
    place = folder / f"{variant}-{size}".replace(" ", "")
    return load_setup(reference.write(place, size, variant), "referens")[0]


def _took(work: Callable[..., object], *given: object) -> float:
    began = process_time()
    work(*given)
    return process_time() - began


def _reference(folder: Path, rounds: int, plays: int) -> None:
    for variant in ("plain", "deadline", "calendar"):
        setup = _setup(folder, variant)
        compiled = compile_play(setup)
        for n in range(4):  # the first plays find out what is drawn at once
            play(compiled, 1, 1000 + n)
        given = [engines.courses(setup, 1, n) for n in range(plays)]
        rival = _rival(variant, setup)
        for n, course in enumerate(given):
            told = engines.played(play(compiled, 1, n))
            if not sorted(told) == sorted(rival(course)):
                raise SystemExit(f"{variant}, play {n}: the engines do not do the same")
        ratios, floors, ours = [], [], []
        for _ in range(rounds):
            for n, course in enumerate(given):
                mine = _took(play, compiled, 1, n)
                bare = _took(rival, course)
                ratios.append(mine / bare)
                ours.append(1000 * mine)
                if variant == "plain":
                    floors.append(_took(engines.heap_loop, course, 40, 1, compiled.horizon) / bare)
        if variant == "plain":
            _row("reference model, a play, ms", _spread(ours, 1))
            _row("plain heapq loop / bare SimPy", _spread(floors))
        _row(f"reference model ({variant}) / bare SimPy", _spread(ratios), TARGETS[variant])
    for variant in ("channel", "agreement", "endurance"):
        compiled = compile_play(_setup(folder, variant))
        base = compile_play(_setup(folder))
        found = []
        for _ in range(rounds):
            for n in range(plays):
                found.append(_took(play, compiled, 1, n) / _took(play, base, 1, n))
        _row(f"with one {variant} more for every function / without", _spread(found), "≤ 1.5")


def _rival(variant: str, setup: Setup) -> Callable[[Sequence[engines.Course]], engines.Trajectory]:
    horizon = setup.scenario.horizon
    if variant == "deadline":
        return lambda given: engines.bare_simpy_with_deadlines(given, 40, 1, horizon, setup.assumptions.patience)
    if variant == "calendar":
        nights = [(HOUR * (12 + 24 * day), HOUR * (20 + 24 * day)) for day in range(4)]
        return lambda given: engines.bare_simpy_with_nights(given, 40, 1, horizon, nights)
    return lambda given: engines.bare_simpy(given, 40, 1, horizon)


def _draws(folder: Path, rounds: int) -> None:
    compiled = compile_play(_setup(folder))
    for n in range(4):
        play(compiled, 1, n)
    each, shares = [], []
    for n in range(4, 4 + 4 * rounds):
        drawing = min(_took(compiled.draws.luck, 1, n) for _ in range(3))
        luck = compiled.draws.luck(1, n)
        each.append(1e6 * drawing / (len(luck.lengths) + len(luck.chances)))
        shares.append(100 * drawing / _took(play, compiled, 1, n))
    _row("a draw made with the others, µs", _spread(each, 3), "≤ 0.10")
    _row("drawing, per cent of a play of the reference model", _spread(shares, 1), "≤ 10")


def _log(folder: Path, plays: int) -> None:
    compiled = compile_play(_setup(folder))
    logs = [play(compiled, 1, n) for n in range(10 * plays)]
    records = sum(map(len, logs)) / len(logs)
    path = folder / "events.parquet"
    took = min(_took(parquet.write, logs, path) for _ in range(3))
    _row("records in the log of the reference model", f"{records:.0f}")
    _row("the log as Parquet, kB a play", f"{path.stat().st_size / len(logs) / 1000:.1f}", "≤ 8")
    _row("writing it, ms a play", f"{1000 * took / len(logs):.2f}", "≤ 0.15")


def _growth(folder: Path) -> None:
    grows: dict[str, Callable[[int], reference.Size]] = {
        "injects": lambda times: reference.Size(repeats=times, brief=True),
        "functions": lambda times: reference.Size(functions=40 * times),
        "people": lambda times: reference.Size(people=times),
        "hours": lambda times: reference.Size(hours=72 * times),
    }
    for what, size in grows.items():
        costs = []
        for times in GROWTH:
            compiled = compile_play(_setup(folder, size=size(times)))
            play(compiled, 1, 0)
            costs.append(median(_took(play, compiled, 1, n) for n in range(1, 4)))
        steps = [math.log(times) for times in GROWTH]
        logs = [math.log(cost) for cost in costs]
        middle, height = sum(steps) / 4, sum(logs) / 4
        slope = sum((x - middle) * (y - height) for x, y in zip(steps, logs, strict=True))
        exponent = slope / sum((x - middle) ** 2 for x in steps)
        times_as_much = " ".join(f"{cost / costs[0]:.1f}" for cost in costs)
        _row(f"cost with 1, 3, 10, 30 × the {what}: {times_as_much}; exponent", f"{exponent:.2f}", "≤ 1.1")


def _elavbrott(rounds: int, plays: int) -> None:
    setup, _ = load_setup("elavbrott", "orebro")
    compiled = compile_play(setup)
    counted = [play_cost.count(compiled, n) for n in range(plays)]
    steps = sum(one.events for one in counted) / plays
    records = sum(one.records for one in counted) / plays
    ours, ratios = [], []
    for _ in range(rounds):
        for n, one in enumerate(counted):
            mine = _took(play, compiled, 1, n)
            ours.append(1000 * mine)
            ratios.append(mine / _took(play_cost.bare_loop, one.events, n))
    _row("elavbrott, Örebro, 72 h: steps of the environment, records", f"{steps:.0f}, {records:.0f}")
    _row("elavbrott, a play, ms", _spread(ours, 0))
    _row("elavbrott / a bare SimPy loop with as many steps", _spread(ratios), "≤ 4")
    by_records = [ratio * steps / records for ratio in ratios]
    _row("elavbrott / a bare SimPy loop with as many steps as records", _spread(by_records))


def _two_processes(plays: int = 100) -> None:
    setup, _ = load_setup("elavbrott", "orebro")
    took = {}
    for jobs in (1, 2):
        with processes(jobs, plays // 25) as crew:
            play_all(setup, 1, range(50), crew=crew)  # everybody has read and compiled everything
            gc.collect()
            began = perf_counter()
            play_all(setup, 1, range(plays), crew=crew)
            took[jobs] = perf_counter() - began
    _row(f"{plays} plays with logs and measures, in one process / in two", f"{took[1] / took[2]:.2f}", "≥ 1.85")


def _where_time_goes(plays: int) -> None:
    setup, _ = load_setup("elavbrott", "orebro")
    compiled: Compiled = compile_play(setup)
    for n in range(4):
        play(compiled, 1, n)
    profile = cProfile.Profile()
    profile.enable()
    for n in range(4, 4 + plays):
        play(compiled, 1, n)
    profile.disable()
    spent: Counter[str] = Counter()
    for module, seconds in _modules(pstats.Stats(profile)):
        spent[module] += seconds
    whole = sum(spent.values())
    print("\nwhere a play of elavbrott spends its time (own time by module, as the profiler sees it)")
    for module, seconds in spent.most_common(16):
        print(f"  {module:<28}{100 * seconds / whole:>6.1f} %")


def _modules(stats: pstats.Stats) -> Iterator[tuple[str, float]]:
    for (file, _, _), (_, _, own, _, _) in stats.stats.items():  # type: ignore[attr-defined]
        path = Path(file)
        if file == "~":
            yield "built-in functions", own
        elif path.parent.name == "engine":
            yield f"engine/{path.name}", own
        else:
            yield path.parent.name if "site-packages" in file else path.name, own


if __name__ == "__main__":
    main()
