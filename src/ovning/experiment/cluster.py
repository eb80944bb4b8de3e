"""Plays on the machines of a Dask cluster, behind the same seam as the processes of this one."""

from __future__ import annotations

import re
import socket
from collections.abc import Callable, Iterator
from concurrent.futures import CancelledError, Executor, Future
from contextlib import contextmanager
from typing import Any, Final, TypeVar

from ovning.errors import UsageError, WorkersLostError
from ovning.experiment.program import made_with
from ovning.experiment.workers import Crew

T = TypeVar("T")

_PATIENCE: Final = 10
"""Seconds for the scheduler to answer."""


@contextmanager
def cluster(address: str) -> Iterator[Crew]:
    """All workers of the Dask scheduler at ``address``, such as ``tcp://10.0.0.5:8786``.

    What a worker that is lost had begun, another does instead. Raises ``UsageError`` when the extra is not installed,
    nobody answers, nobody works there or somebody has another program than this one; ``WorkersLostError`` when the
    cluster goes away.
    """
    try:
        from distributed import Client, KilledWorker
    except ImportError:
        raise UsageError("--cluster behöver ett tillägg till programmet: pip install 'ovning[cluster]'") from None
    _reach(address)
    try:
        client = Client(address, timeout=_PATIENCE, set_as_default=False)
    except (OSError, ValueError) as problem:
        raise UsageError(f"Ingen Dask-schemaläggare svarar på {address}: {problem}.") from None
    with client:
        size = sum(client.nthreads().values())
        if not size:
            raise UsageError(f"Schemaläggaren på {address} har inga arbetare.")
        for worker, theirs in client.run(made_with, on_error="return").items():
            if theirs != made_with():
                raise UsageError(f"Arbetaren {worker} har ett annat program: {_differs(theirs)}.")
        executor = _Same(client.get_executor())
        try:
            yield Crew(executor, size)
        except (CancelledError, KilledWorker) as lost:
            raise WorkersLostError(f"Klustret på {address} försvann medan det spelade: {lost}.") from None
        finally:
            executor.shutdown(wait=False, cancel_futures=True)


def _reach(address: str) -> None:
    """Whether anybody answers: asked plainly, as Dask tells of its disappointment at length."""
    found = re.fullmatch(r"(?:tcp|tls)://(\[[^\]]+\]|[^:/]+):(\d{1,5})", address)
    if found is None:
        raise UsageError(f"--cluster skrivs tcp://VÄRD:PORT, till exempel tcp://10.0.0.5:8786; här står ”{address}”.")
    try:
        socket.create_connection((found[1].strip("[]"), int(found[2])), timeout=_PATIENCE).close()
    except (OSError, OverflowError) as problem:
        why = getattr(problem, "strerror", None) or problem
        raise UsageError(f"Ingen Dask-schemaläggare svarar på {address}: {why}.") from None


class _Same(Executor):
    """Refuses work by workers with another program, those too that came later."""

    def __init__(self, executor: Executor) -> None:
        self._executor = executor

    def submit(self, fn: Callable[..., T], /, *args: Any, **kwargs: Any) -> Future[T]:
        return self._executor.submit(_if_same, made_with(), fn, *args, **kwargs)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        self._executor.shutdown(wait=wait)


def _if_same(wanted: dict[str, str], fn: Callable[..., T], *args: Any, **kwargs: Any) -> T:
    if made_with() != wanted:
        raise UsageError(f"En arbetare har ett annat program: {_differs(made_with(), wanted)}.")
    return fn(*args, **kwargs)


def _differs(theirs: object, wanted: dict[str, str] | None = None) -> str:
    if not isinstance(theirs, dict):
        return "ovning går inte att köra där"
    wanted = made_with() if wanted is None else wanted
    parts = [name for name, version in wanted.items() if theirs.get(name) != version]
    told = [f"{name} {theirs.get(name, 'saknas')}, här {wanted[name]}" for name in parts if name != "code"]
    return "; ".join(told) or "samma version av ovning men inte samma kod"
