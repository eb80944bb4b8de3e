"""Copies of the repository in which harm may be done, and the commands that are run in them."""

from __future__ import annotations

import contextlib
import json
import os
import queue
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

PYTEST = ("-q", "-x", "--tb=no", "-p", "no:cacheprovider", "-p", "no:xdist", "--hypothesis-profile=ci")
"""Hypothesis draws the same each time and does not look at the clock, or a busy machine would kill mutants."""
MEMORY = 6 * 2**30
"""Bytes a process may take; a mutant may ask for all there are."""
WAITS = 20
"""How many times its seconds of the processor a command may last, on however busy a machine; a mutant may wait for what
never comes."""
NURSERY = Path(__file__).with_name("nursery.py")
_LEFT_BEHIND = shutil.ignore_patterns(
    ".git",
    ".venv*",
    ".*_cache",
    "__pycache__",
    ".hypothesis",
    ".mutation",
    "resultat",
    "dist",
    "build",
    "*.so",
    "*.pyd",
)


class Ended(NamedTuple):
    """How a command went."""

    code: int
    """Negative for a signal."""
    seconds: float
    """Of the processor, by the process and those it waited for: a busy machine makes it no longer."""
    said: str

    @property
    def out_of_time(self) -> bool:
        """Whether it was stopped because it did not end."""
        return self.code in (-signal.SIGXCPU, -signal.SIGKILL)


class Copy:
    """A copy, compiled so that Python compares contents and not the time of day and the size of a changed module."""

    def __init__(self, root: Path, to: Path) -> None:
        self.path = to
        shutil.copytree(root, to, ignore=_LEFT_BEHIND)
        flags = ("-q", "--invalidation-mode", "checked-hash")
        subprocess.run([sys.executable, "-m", "compileall", *flags, str(to / "src")], check=True)
        path = os.pathsep.join([str(to / "src"), str(to), *filter(None, [os.environ.get("PYTHONPATH")])])
        self._nursery = subprocess.Popen(
            [sys.executable, "-c", NURSERY.read_text(encoding="utf-8"), str(to), str(MEMORY), str(WAITS)],
            cwd=to,
            env={**os.environ, "PYTHONPATH": path, "OMP_NUM_THREADS": "1"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def run_tests(self, files: Sequence[str], seconds: int, through: Sequence[str] = ()) -> Ended:
        """Run test files until one fails, for at most so many seconds of the processor; ``through`` another module."""
        return self.run_module([*through, "pytest", *PYTEST, f"--basetemp={self.path / 'tmp'}", *files], seconds)

    def run_module(self, words: Sequence[str], seconds: int) -> Ended:
        """Run a module with the copy's ``ovning``; whatever it leaves running is ended with it."""
        output = self.path.with_suffix(".said")
        assert self._nursery.stdin is not None
        assert self._nursery.stdout is not None
        with contextlib.suppress(BrokenPipeError):
            self._nursery.stdin.write(
                json.dumps({"words": list(words), "seconds": seconds, "output": str(output)}) + "\n"
            )
            self._nursery.stdin.flush()
        answer = self._nursery.stdout.readline()
        if not answer:
            raise RuntimeError(f"nothing can be run in {self.path}: see what is said above")
        code, used = json.loads(answer)
        return Ended(code, used, output.read_text(encoding="utf-8", errors="replace"))

    def close(self) -> None:
        """Run nothing more."""
        self._nursery.communicate()


class Copies:
    """As many copies as are worked in at a time."""

    def __init__(self, root: Path, folder: Path, n: int) -> None:
        self._all = [Copy(root, folder / str(i)) for i in range(n)]
        self._free: queue.Queue[Copy] = queue.Queue()
        for copy in self._all:
            self._free.put(copy)

    def __enter__(self) -> Copies:
        return self

    def __exit__(self, *_: object) -> None:
        for copy in self._all:
            copy.close()

    @contextlib.contextmanager
    def one(self) -> Iterator[Copy]:
        """A copy that nobody else is in."""
        copy = self._free.get()
        try:
            yield copy
        finally:
            self._free.put(copy)
