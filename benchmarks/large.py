"""What a large run takes: time, peak memory of the process that gathers and of those that play, and disk.

    python benchmarks/large.py [EXERCISE --org ORG] [--runs 100000] [--jobs 2] [--out DIR]

Plays with ``ovning run --gains 0`` as anybody would, and reads in ``/proc`` (so only on Linux) what its processes have
come to. Without an exercise a small one is played: the reference model with three functions, four injects and twelve
hours. *Together* is the largest sum of all resident memory at any sample; memory that they share is counted in each.
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import reference

SMALL: Final = reference.Size(functions=3, injects=4, hours=12)
EVERY: Final = 0.5
"""Seconds between samples."""
MIB: Final = 1024
"""In the kibibytes that ``/proc`` counts in."""


def main() -> int:
    """Play, watch and print."""
    parser = argparse.ArgumentParser(description="Time, memory and disk of a large run.")
    parser.add_argument("exercise", nargs="?")
    parser.add_argument("--org", default="referens")
    parser.add_argument("--runs", type=int, default=100_000)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--out", type=Path)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        exercise = asked.exercise or str(reference.write(Path(folder) / "files", SMALL))
        out = asked.out or Path(folder) / "out"
        words = ["run", exercise, "--org", asked.org, "--runs", str(asked.runs), "--jobs", str(asked.jobs)]
        words += ["--gains", "0", "--out", str(out)]
        began = time.monotonic()
        program = subprocess.Popen([sys.executable, "-m", "ovning", *words], stdout=subprocess.DEVNULL)
        peaks, together = watch(program)
        took = time.monotonic() - began
        if program.returncode:
            return program.returncode
        spent = resource.getrusage(resource.RUSAGE_CHILDREN)
        parent = peaks.pop(program.pid)
        print(f"{asked.runs} plays in {asked.jobs} processes: {took:.0f} s by the clock")
        print(f"processor: {spent.ru_utime + spent.ru_stime:.0f} s, all processes that have been waited for")
        print(f"peak memory, MiB: parent {parent / MIB:.0f}; others {_said(peaks)}; together {together / MIB:.0f}")
        for path in sorted(path for path in out.rglob("*") if path.is_file()):
            if path.stat().st_size > 100_000:
                size = path.stat().st_size
                print(f"{path.relative_to(out)}: {size / 1e6:.1f} MB, {size / asked.runs:.0f} bytes a play")
    return 0


def watch(program: subprocess.Popen[bytes]) -> tuple[dict[int, int], int]:
    """The peak of each process by number, and the largest sum at once, in kibibytes, until the program ends."""
    peaks: dict[int, int] = {program.pid: 0}
    together = 0
    while program.poll() is None:
        at_once = 0
        for pid in (program.pid, *_below(program.pid)):
            now, most = _memory(pid)
            at_once += now
            peaks[pid] = max(peaks.get(pid, 0), most)
        together = max(together, at_once)
        time.sleep(EVERY)
    return peaks, together


def _below(pid: int) -> Iterator[int]:
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:  # it has ended
        return
    for child in map(int, children):
        yield child
        yield from _below(child)


def _memory(pid: int) -> tuple[int, int]:
    """Resident now, and at most so far."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return 0, 0
    said = dict(line.split(":", 1) for line in lines)
    return tuple(int(said.get(name, "0").split()[0]) for name in ("VmRSS", "VmHWM"))  # type: ignore[return-value]


def _said(peaks: dict[int, int]) -> str:
    return ", ".join(f"{peak / MIB:.0f}" for peak in sorted(peaks.values(), reverse=True)) or "none"


if __name__ == "__main__":
    sys.exit(main())
