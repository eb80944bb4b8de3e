"""Where processes are born that have read already what no mutant changes: reading it costs more than most tests.

This is no module to import: ``copies`` runs its text with ``python -c``, one process for each copy of the repository.
It takes commands as lines of JSON, ``{"words": […], "seconds": …, "output": …}``, forks, and answers each with the exit
code (negative for a signal) and the seconds of the processor.
"""

import contextlib
import importlib
import importlib.util
import json
import os
import resource
import runpy
import signal
import sys
import time

COPY, MEMORY, WAITS = sys.argv[1], int(sys.argv[2]), float(sys.argv[3])
UNCHANGED = (
    *("pytest", "numpy", "scipy.special", "pydantic", "simpy", "yaml", "holidays"),
    *("ovning.files", "ovning.log.jsonl", "ovning.model.setup", "ovning.units"),
)
"""Of the program only the rooms below those with mutants; what imports one of these is no longer as it was read."""


def read_ahead() -> None:
    """Import what no mutant changes, as far as it is there."""
    for name in UNCHANGED:
        with contextlib.suppress(ImportError):
            importlib.import_module(name)
    if any(name.startswith(("ovning.engine", "ovning.measures", "ovning.experiment")) for name in sys.modules):
        sys.exit("a room with mutants has been read ahead")


def awaited(child: int, seconds: float) -> tuple[int, float]:
    """Exit code and seconds of the processor; whatever the child leaves running is ended with it."""
    until = time.monotonic() + WAITS * seconds
    done, status, used = os.wait4(child, os.WNOHANG)
    while not done:
        time.sleep(0.02)
        if time.monotonic() > until:
            os.killpg(child, signal.SIGKILL)
            until = float("inf")
        done, status, used = os.wait4(child, os.WNOHANG)
    with contextlib.suppress(ProcessLookupError):
        os.killpg(child, signal.SIGKILL)
    return os.waitstatus_to_exitcode(status), used.ru_utime + used.ru_stime


def become(command: dict) -> None:
    """In the child: be the process that was asked for, with its limits, and nothing of the nursery's."""
    seconds = int(command["seconds"])
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 5))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    output = os.open(command["output"], os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    nothing = os.open(os.devnull, os.O_RDONLY)
    for here, there in ((nothing, 0), (output, 1), (output, 2)):
        os.dup2(here, there)
    sys.stdin = open(os.devnull, encoding="utf-8")  # noqa: PTH123, SIM115
    sys.argv = command["words"]


if not (importlib.util.find_spec("ovning").origin or "").startswith(COPY):
    sys.exit("another ovning is in the way")
read_ahead()
for line in sys.stdin:
    asked = json.loads(line)
    born = os.fork()
    if not born:
        os.setsid()
        become(asked)
        break
    sys.stdout.write(json.dumps(awaited(born, asked["seconds"])) + "\n")
    sys.stdout.flush()
else:
    sys.exit()
runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)
