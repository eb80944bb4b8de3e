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

PYTEST = ("-q", "-x", "--tb=no", "-p", "no:cacheprovider", "-p", "no:xdist", "--hypothesis-seed=0")
MEMORY = 6 * 2**30
"""Bytes a process may take; a mutant may ask for all there are."""
_LIMITED = """
import resource, sys
seconds = int(sys.argv[1])
resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 5))
resource.setrlimit(resource.RLIMIT_AS, (int(sys.argv[2]),) * 2)
import ovning, pytest
if not ovning.__file__.startswith(sys.argv[3]):
    sys.exit("another ovning is in the way: " + ovning.__file__)
sys.exit(pytest.main(sys.argv[4:]))
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


def run_tests(copy: Path, files: Sequence[str], seconds: int) -> Ended:
    """Run test files until one test fails, for at most so many seconds of the processor."""
    words = [str(seconds), str(MEMORY), str(copy), *PYTEST, f"--basetemp={copy / 'tmp'}", *files]
    return run_python(copy, ["-c", _LIMITED, *words], wall=10 * seconds)


def run_python(copy: Path, words: Sequence[str], wall: float) -> Ended:
    """Run this Python with the copy's ``ovning``; whatever it leaves running is ended with it."""
    path = os.pathsep.join([str(copy / "src"), str(copy), *filter(None, [os.environ.get("PYTHONPATH")])])
    environment = {**os.environ, "PYTHONPATH": path, "OMP_NUM_THREADS": "1"}
    with tempfile.TemporaryFile() as output:
        process = subprocess.Popen(
            [sys.executable, *words],
            cwd=copy,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        until = time.monotonic() + wall
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
