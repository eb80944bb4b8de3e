"""A real Dask scheduler with real workers, each a process on this machine; one of them is killed."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import NamedTuple

import pytest

from ovning.errors import UsageError
from ovning.experiment.cluster import cluster
from tests.commands.test_run import contents
from tests.experiment.two_alarms import two_alarms

pytest.importorskip("distributed")
ROOT = Path(__file__).parents[2]


class Running(NamedTuple):
    address: str
    workers: list[subprocess.Popen[bytes]]


@contextmanager
def process(folder: Path, *words: str, **environment: str) -> Iterator[subprocess.Popen[bytes]]:
    with (folder / "dask.log").open("ab") as log:
        started = subprocess.Popen(
            (sys.executable, *words), cwd=folder, stdout=log, stderr=log, env={**os.environ, **environment}
        )
    try:
        yield started
    finally:
        if started.poll() is None:
            started.kill()
        started.wait()


@contextmanager
def running(folder: Path, workers: int, **environment: str) -> Iterator[Running]:
    told = folder / "scheduler.json"
    with ExitStack() as stack:
        here = ("--host", "127.0.0.1", "--no-dashboard", "--scheduler-file", str(told))
        stack.enter_context(process(folder, "-m", "distributed.cli.dask_scheduler", "--port", "0", *here))
        while not (told.exists() and told.stat().st_size):
            time.sleep(0.05)
        alone = ("--nthreads", "1", "--no-nanny", "--local-directory", str(folder))
        each = [
            stack.enter_context(process(folder, "-m", "distributed.cli.dask_worker", *here, *alone, **environment))
            for _ in range(workers)
        ]
        while (folder / "dask.log").read_text(encoding="utf-8").count("Registered to:") < workers:
            time.sleep(0.05)
        yield Running(json.loads(told.read_text(encoding="utf-8"))["address"], each)


def start(folder: Path, exercise: Path, out: str, *more: str) -> subprocess.Popen[bytes]:
    words = ("-m", "ovning", "run", str(exercise), "--org", "lillby", "--runs", "130", "--gains", "1", "--out", out)
    return subprocess.Popen((sys.executable, *words, *more), cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


@pytest.mark.skipif(sys.platform == "win32", reason="kills as Unix does")
def test_a_cluster_of_which_one_is_killed_gives_the_same_bytes(tmp_path: Path) -> None:
    exercise = two_alarms(tmp_path)
    with start(tmp_path, exercise, "här", "--jobs", "1") as alone:
        _, err = alone.communicate()
    assert alone.returncode == 0, err.decode()
    with running(tmp_path, 2) as dask, start(tmp_path, exercise, "där", "--cluster", dask.address) as run:
        while not (tmp_path / ".där.part" / "events.parquet").exists():
            assert run.poll() is None
            time.sleep(0.01)
        dask.workers[0].send_signal(signal.SIGKILL)
        _, err = run.communicate()
        assert run.returncode == 0, err.decode()
        assert dask.workers[1].poll() is None
    assert contents(tmp_path / "där") == contents(tmp_path / "här")


def test_workers_with_another_program_are_refused(tmp_path: Path) -> None:
    exercise = two_alarms(tmp_path)
    other = tmp_path / "other"
    other.mkdir()
    # The same version, and a line more.
    copy = "import shutil, sys; shutil.copytree(sys.argv[1], sys.argv[2])"
    subprocess.run((sys.executable, "-c", copy, str(ROOT / "src" / "ovning"), str(other / "ovning")), check=True)
    with (other / "ovning" / "units.py").open("a", encoding="utf-8") as file:
        file.write("# annorlunda\n")
    with (
        running(tmp_path, 1, PYTHONPATH=str(other)) as dask,
        start(tmp_path, exercise, "ut", "--cluster", dask.address) as run,
    ):
        _, err = run.communicate()
    assert run.returncode == 2, err.decode()
    assert "inte samma kod" in err.decode()
    assert not (tmp_path / "ut").exists()


def test_where_nobody_works_that_is_said(tmp_path: Path) -> None:
    exercise = two_alarms(tmp_path)
    with running(tmp_path, 0) as dask, start(tmp_path, exercise, "ut", "--cluster", dask.address) as run:
        _, err = run.communicate()
    assert run.returncode == 2, err.decode()
    assert "har inga arbetare" in err.decode()
    assert "Traceback" not in err.decode()


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("tcp://127.0.0.1:1", "svarar på tcp://127.0.0.1:1"),
        ("nonsens://x", "skrivs tcp://VÄRD:PORT"),
        ("tcp://127.0.0.1", "skrivs tcp://VÄRD:PORT"),
        ("tcp://127.0.0.1:99999", "svarar på tcp://127.0.0.1:99999"),
    ],
)
def test_an_address_where_nobody_answers(address: str, said: str) -> None:
    with pytest.raises(UsageError, match=said), cluster(address):
        pass


def test_without_the_extra_one_is_told_what_to_install(tmp_path: Path) -> None:
    program = "import sys; sys.modules['distributed'] = None\nfrom ovning.cli import main\nmain()\n"
    words = ("run", str(two_alarms(tmp_path)), "--org", "lillby", "--cluster", "tcp://127.0.0.1:1")
    run = subprocess.run((sys.executable, "-c", program, *words), cwd=tmp_path, capture_output=True, check=False)
    assert run.returncode == 2
    assert "pip install 'ovning[cluster]'" in run.stderr.decode()


@pytest.mark.skipif(sys.platform == "win32", reason="the scheduler is ended as Unix does")
def test_a_comparison_and_a_sweep_on_a_cluster_give_the_same_bytes(tmp_path: Path) -> None:
    exercise = two_alarms(tmp_path)
    what_if = "people.officers.count=2"
    commands = (
        ("compare", str(exercise), "--org", "lillby", "--what-if", what_if, "--runs", "60"),
        ("sweep", str(exercise), "--org", "lillby", "--only", "answer_within", "--runs", "6", "--first", "2"),
    )
    with running(tmp_path, 2) as dask:
        for number, words in enumerate(commands):
            for where, who in (("här", ("--jobs", "1")), ("där", ("--cluster", dask.address))):
                played = subprocess.run(
                    (sys.executable, "-m", "ovning", *words, *who, "--out", f"{where}{number}"),
                    cwd=tmp_path,
                    capture_output=True,
                    check=False,
                )
                assert played.returncode == 0, played.stderr.decode()
            assert contents(tmp_path / f"här{number}") == contents(tmp_path / f"där{number}")
