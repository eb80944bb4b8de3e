"""Mutation testing: whether the tests would notice if the program were slightly wrong.

``python -m tools.mutation`` records once which test files run which lines (each file in a process of its own), draws
mutants with a fixed seed, and for each runs the covering test files, the module's own first, then the room's, until
one fails. Everything happens in temporary copies of the repository. What was learned is kept in ``.mutation/`` and used
again for as long as it holds, so the command can be stopped at any moment and goes on where it was.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
import tomllib
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

from tools.mutation.copies import Copies
from tools.mutation.covering import record
from tools.mutation.mutants import Mutant
from tools.mutation.sample import ROOMS, draw
from tools.mutation.trial import Court, Verdict

ROOT = Path(__file__).resolve().parents[2]
EXPLAINED = Path(__file__).with_name("survivors.toml")
STATE = ROOT / ".mutation"


def main(words: Sequence[str]) -> int:
    """Run as asked; the exit code is 1 when a smaller share than ``--require`` is detected."""
    asked = _parser().parse_args(words)
    mutants = [m for m in draw(ROOT, asked.rooms, asked.sample, asked.seed) if asked.match in f"{m.path}:{m.line}"]
    if asked.list:
        _say("\n".join(map(told, mutants)))
        return 0
    with (
        tempfile.TemporaryDirectory(prefix="ovning-mutants-") as folder,
        Copies(ROOT, Path(folder), asked.jobs) as copies,
    ):
        covering = record(ROOT, STATE / "covering.jsonl", copies, asked.jobs, _say)
        began = time.monotonic()
        court = Court(ROOT, STATE / "verdicts.jsonl", covering, asked.budget)
        verdicts = court.judge(mutants, copies, asked.jobs, _say_verdict)
    _say(f"{time.monotonic() - began:.0f} s after the recording, {asked.jobs} at a time")
    _say(table(mutants, verdicts, explained()))
    return int(_detected(list(verdicts.values())) < asked.require / 100)


def table(mutants: Sequence[Mutant], verdicts: Mapping[str, Verdict], reasons: Mapping[str, str]) -> str:
    """How many of each room were detected, and each survivor with the reason it is known to have."""
    heads = ("killed", "timeout", "survived", "not covered")
    said = [f"{'room':<12}{'mutants':>8}" + "".join(f"{head:>13}" for head in heads) + f"{'detected':>10}"]
    for room in [*(room for room in ROOMS if any(mutant.room == room for mutant in mutants)), "all"]:
        found = [verdicts[mutant.name] for mutant in mutants if room in (mutant.room, "all")]
        count = Counter(verdict.verdict for verdict in found)
        numbers = "".join(f"{count[head]:>13}" for head in heads)
        said.append(f"{room:<12}{len(found):>8}{numbers}{_detected(found):>10.1%}")
    spent = sum(verdict.seconds for verdict in verdicts.values()) / max(len(verdicts), 1)
    said.append(f"{spent:.1f} s of the processor for each mutant")
    for mutant in sorted(mutants, key=lambda one: (one.path, one.line)):
        verdict = verdicts[mutant.name]
        if not verdict.detected:
            why = reasons.get(mutant.name, f"NOT EXPLAINED: {mutant.name}")
            said.append(f"{verdict.verdict}: {told(mutant)}\n    {why}")
    return "\n".join(said)


def explained() -> dict[str, str]:
    """The names of survivors that have been read, and why no test kills them."""
    return dict(tomllib.loads(EXPLAINED.read_text(encoding="utf-8")))


def told(mutant: Mutant) -> str:
    """Where it stands and what it changes, on one line."""
    before, after = (" ".join(part.split()) for part in (mutant.before, mutant.after))
    return f"{mutant.path}:{mutant.line} ({mutant.function or 'module'}) {mutant.operator}: {before}  →  {after}"


def _detected(verdicts: Sequence[Verdict]) -> float:
    return sum(verdict.detected for verdict in verdicts) / len(verdicts) if verdicts else 1.0


def _say_verdict(mutant: Mutant, verdict: Verdict) -> None:
    _say(f"{verdict.verdict:<11} {verdict.seconds:6.1f} s  {told(mutant)}")


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tools.mutation", description="Would the tests notice?")
    parser.add_argument("--rooms", nargs="+", default=list(ROOMS), choices=ROOMS, help="which rooms (all)")
    parser.add_argument("--sample", type=int, default=300, help="how many mutants (%(default)s)")
    parser.add_argument("--seed", type=int, default=1, help="of the draw (%(default)s)")
    parser.add_argument("--jobs", type=int, default=2, help="how many at a time (%(default)s)")
    parser.add_argument("--budget", type=float, default=60, help="seconds of tests tried on a mutant (%(default)s)")
    parser.add_argument("--match", default="", help="only those of the sample whose path:line holds this")
    parser.add_argument("--require", type=float, default=0, help="fail below this percentage (%(default)s)")
    parser.add_argument("--list", action="store_true", help="say which mutants, and run nothing")
    return parser


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
