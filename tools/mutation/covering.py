"""Which test files run which lines, recorded once, and which of them are tried on a mutant."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

from tools.mutation.copies import Copies, Copy
from tools.mutation.kept import append, code_digest, digest, file_digest, rows
from tools.mutation.mutants import Mutant
from tools.mutation.sample import HOUSE, ROOMS

FOLDERS = ("engine", "independent", "measures", "experiment", "log", "figures", "report", "commands")
"""The tests of these are tried. Those of the rooms below the mutants run none of them, and those in ``analytic`` are
large samples: they notice late what others notice at once, and would take as long to record as all others."""
BESIDE = {"engine": "independent"}
"""Tests that stand elsewhere and still are a room's own."""
LONGEST = 60
"""Seconds of the processor, while recording, after which a test file is given up and not used."""


class Covering(NamedTuple):
    """What a test file, run alone, was seen to run."""

    file: str
    key: str
    seconds: float
    passed: bool
    lines: Mapping[str, Sequence[int]]


def record(root: Path, kept: Path, copies: Copies, jobs: int, say: Callable[[str], None]) -> list[Covering]:
    """What all test files that pass run; those that are known and unchanged are not run again."""
    if subprocess.run([sys.executable, "-c", "import coverage"], check=False, capture_output=True).returncode:
        raise SystemExit('coverage.py is missing: pip install -e ".[test,mutation]"')
    code = code_digest(root)
    known = {row["key"]: Covering(**row) for row in rows(kept)}
    paths = sorted(path for folder in FOLDERS for path in (root / "tests" / folder).rglob("test_*.py"))
    files = [path.relative_to(root).as_posix() for path in paths]
    keys = {file: digest([code, file, file_digest(root / file)]) for file in files}

    def run(file: str) -> Covering:
        with copies.one() as copy:
            found = _recorded(copy, file, keys[file])
        append(kept, found._asdict())
        say(f"recorded {file}: {found.seconds:.1f} s{'' if found.passed else ', FAILED or too slow, and not used'}")
        return found

    with ThreadPoolExecutor(jobs) as pool:
        for covering in pool.map(run, [file for file in files if keys[file] not in known]):
            known[covering.key] = covering
    return [known[key] for key in keys.values() if known[key].passed]


def chosen(mutant: Mutant, inside: frozenset[int], covering: Sequence[Covering], budget: float) -> list[Covering]:
    """The test files to try, for as long as the budget of seconds lasts.

    First the module's own, then the room's, then the others; within each those first that run most of the module's
    lines for each second.

    ``inside`` are the lines within functions. Another line is run by everybody who imports the module, which says
    nothing; then those that run any of its functions are tried.
    """
    if not covering:
        return []
    start = min(one.seconds for one in covering)
    lines = {mutant.line} if mutant.line in inside else inside
    able = [one for one in covering if not lines.isdisjoint(one.lines.get(mutant.path, ()))]
    able.sort(key=lambda one: (_distance(one.file, mutant), one.seconds / len(one.lines[mutant.path]), one.file))
    left, picked = budget, list[Covering]()
    for one in able:
        left -= one.seconds - start
        if left < 0 and picked:
            break
        picked.append(one)
    return picked


def batches(plan: Sequence[Covering], first: float) -> list[Sequence[Covering]]:
    """Two runs, so that the many mutants who die in the first seconds do not wait for all test files to be read."""
    if not plan:
        return []
    start, spent, n = min(one.seconds for one in plan), 0.0, 1
    for one in plan[1:]:
        spent += one.seconds - start
        if spent > first:
            break
        n += 1
    return [part for part in (plan[:n], plan[n:]) if part]


def _distance(file: str, mutant: Mutant) -> int:
    """How far tests stand from a mutant: beside its module, in its room, elsewhere."""
    folder, name = Path(file).parent.name, Path(file).name
    if folder not in (mutant.room, BESIDE.get(mutant.room)):
        return 2
    return int(name != f"test_{Path(mutant.path).name}")


def _recorded(copy: Copy, file: str, key: str) -> Covering:
    data = copy.path / ".coverage"
    data.unlink(missing_ok=True)
    rooms = ",".join(str(copy.path / HOUSE / room / "*") for room in ROOMS)
    measure = ["coverage", "run", f"--data-file={data}", f"--include={rooms}", "-m"]
    ended = copy.run_tests([file], LONGEST, through=measure)
    return Covering(file, key, round(ended.seconds, 2), ended.code == 0, _lines(data, copy.path))


def _lines(data: Path, copy: Path) -> dict[str, list[int]]:
    from coverage import CoverageData

    measured = CoverageData(basename=str(data))
    measured.read()
    return {
        Path(path).relative_to(copy).as_posix(): sorted(measured.lines(path) or ())
        for path in sorted(measured.measured_files())
    }
