"""Copies of the repository in which harm may be done, and the commands that are run in them."""

from __future__ import annotations

import contextlib
import os
import queue
import shutil
import signal
import subprocess
import sys
import tempfile
import time
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
_LIMITED = """
import importlib.util, resource, runpy, sys
seconds, size, copy, module = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3], sys.argv[4]
resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 5))
resource.setrlimit(resource.RLIMIT_AS, (size, size))
if not importlib.util.find_spec("ovning").origin.startswith(copy):
    sys.exit("another ovning is in the way")
sys.argv = sys.argv[4:]
runpy.run_module(module, run_name="__main__", alter_sys=True)
"""
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


class Copies:
    """As many copies as are worked in at a time."""

    def __init__(self, root: Path, folder: Path, n: int) -> None:
        self._free: queue.Queue[Path] = queue.Queue()
        for i in range(n):
            self._free.put(copied(root, folder / str(i)))

    @contextlib.contextmanager
    def one(self) -> Iterator[Path]:
        """A copy that nobody else is in."""
        copy = self._free.get()
        try:
            yield copy
        finally:
            self._free.put(copy)


def copied(root: Path, to: Path) -> Path:
    """A copy, compiled so that Python compares contents and not the time of day and the size of a changed module."""
    shutil.copytree(root, to, ignore=_LEFT_BEHIND)
    flags = ("-q", "--invalidation-mode", "checked-hash")
    subprocess.run([sys.executable, "-m", "compileall", *flags, str(to / "src")], check=True)
    return to


def run_tests(copy: Path, files: Sequence[str], seconds: int, through: Sequence[str] = ()) -> Ended:
    """Run test files until one test fails, for at most so many seconds of the processor; ``through`` another module."""
    return run_module(copy, [*through, "pytest", *PYTEST, f"--basetemp={copy / 'tmp'}", *files], seconds)


def run_module(copy: Path, words: Sequence[str], seconds: int) -> Ended:
    """Run a module with the copy's ``ovning``; whatever it leaves running is ended with it."""
    path = os.pathsep.join([str(copy / "src"), str(copy), *filter(None, [os.environ.get("PYTHONPATH")])])
    environment = {**os.environ, "PYTHONPATH": path, "OMP_NUM_THREADS": "1"}
    with tempfile.TemporaryFile() as output:
        process = subprocess.Popen(
            [sys.executable, "-c", _LIMITED, str(seconds), str(MEMORY), str(copy), *words],
            cwd=copy,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        until = time.monotonic() + WAITS * seconds
        done, status, used = os.wait4(process.pid, os.WNOHANG)
        while not done:
            time.sleep(0.02)
            if time.monotonic() > until:
                os.killpg(process.pid, signal.SIGKILL)
                until = float("inf")
            done, status, used = os.wait4(process.pid, os.WNOHANG)
        process.returncode = os.waitstatus_to_exitcode(status)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        output.seek(0)
        return Ended(process.returncode, used.ru_utime + used.ru_stime, output.read().decode(errors="replace"))
