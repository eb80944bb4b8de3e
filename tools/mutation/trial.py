"""What becomes of each mutant."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

from tools.mutation.copies import Copies, Copy
from tools.mutation.covering import Covering, batches, chosen
from tools.mutation.kept import append, code_digest, digest, file_digest, rows
from tools.mutation.mutants import Mutant, lines_inside

FIRST = 4.0
"""Seconds of recorded test time in the first of two runs."""
GRACE = 15
"""Seconds that a run may take beyond twice what was recorded, which was twice as long already."""


class Verdict(NamedTuple):
    """What became of a mutant, and what that rests on: the program, and the test files that were run."""

    name: str
    code: str
    tests: str
    verdict: str
    """``killed``: a test failed; ``timeout``: it did not end, which a test run notices too; ``survived``; or
    ``not covered``: no test runs it, so that it survives."""
    seconds: float
    killer: str

    @property
    def detected(self) -> bool:
        """Whether somebody would have noticed."""
        return self.verdict in ("killed", "timeout")


class Court:
    """Tries mutants of one repository; verdicts that still rest on the same program and tests are taken over."""

    def __init__(self, root: Path, kept: Path, covering: Sequence[Covering], budget: float, grace: int = GRACE) -> None:
        self._root, self._kept, self._covering = root, kept, covering
        self._budget, self._grace = budget, grace
        self._code = code_digest(root)
        self._known = {row["name"]: Verdict(**row) for row in rows(kept)}
        self._inside: dict[str, frozenset[int]] = {}

    def judge(
        self, mutants: Sequence[Mutant], copies: Copies, jobs: int, say: Callable[[Mutant, Verdict], None]
    ) -> Mapping[str, Verdict]:
        """The verdict on each, by its name; new ones are told and kept as they fall."""
        plans = {mutant.name: self._plan(mutant) for mutant in mutants}

        def run(mutant: Mutant) -> None:
            with copies.one() as copy:
                found = self._attacked(copy, mutant, plans[mutant.name])
            append(self._kept, found._asdict())
            self._known[mutant.name] = found
            say(mutant, found)

        with ThreadPoolExecutor(jobs) as pool:
            list(pool.map(run, [mutant for mutant in mutants if not self._holds(mutant, plans[mutant.name])]))
        return {mutant.name: self._known[mutant.name] for mutant in mutants}

    def _plan(self, mutant: Mutant) -> list[Covering]:
        if mutant.path not in self._inside:
            self._inside[mutant.path] = lines_inside((self._root / mutant.path).read_text(encoding="utf-8"))
        return chosen(mutant, self._inside[mutant.path], self._covering, self._budget)

    def _holds(self, mutant: Mutant, plan: Sequence[Covering]) -> bool:
        old = self._known.get(mutant.name)
        if old is None or old.code != self._code:
            return False
        return old.tests == self._rests_on([old.killer.split("::")[0]] if old.killer else [one.file for one in plan])

    def _rests_on(self, files: Sequence[str]) -> str:
        return digest(f"{file} {file_digest(self._root / file)}" for file in files)

    def _attacked(self, copy: Copy, mutant: Mutant, plan: Sequence[Covering]) -> Verdict:
        """Put the mutant into the copy, run the tests until one fails, and take it out again."""
        module = copy.path / mutant.path
        sound = module.read_bytes()
        verdict, killer, spent = ("survived" if plan else "not covered"), "", 0.0
        module.write_bytes(mutant.applied(sound))
        try:
            for batch in batches(plan, FIRST):
                limit = int(2 * sum(one.seconds for one in batch)) + self._grace
                ended = copy.run_tests([one.file for one in batch], limit)
                spent += ended.seconds
                if ended.out_of_time:
                    verdict = "timeout"
                elif ended.code:
                    verdict = "killed"
                    failed = re.search(r"^(?:FAILED|ERROR) (tests/\S+)", ended.said, re.MULTILINE)
                    killer = failed[1] if failed else batch[0].file
                if ended.code:
                    break
        finally:
            module.write_bytes(sound)
        files = [killer.split("::")[0]] if killer else [one.file for one in plan]
        return Verdict(mutant.name, self._code, self._rests_on(files), verdict, round(spent, 1), killer)
