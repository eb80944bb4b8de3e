"""Plays on the machines of a Dask cluster, behind the same seam as the processes of this one."""

from __future__ import annotations

import re
import socket
from collections.abc import Callable, Iterator
from concurrent.futures import CancelledError, Executor, Future, ThreadPoolExecutor
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final, TypeVar
from weakref import WeakSet

from ovning.errors import UsageError, WorkersLostError
from ovning.experiment.program import made_with
from ovning.experiment.workers import Crew

if TYPE_CHECKING:
    from distributed import Client

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
        executor = _Same(client, size)
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
    """Refuses work by workers with another program, those too that came later.

    Each result is waited for in a thread of its own, and not by Dask's own executor: that one asks how a piece of work
    stands after it has fetched what it gave, and takes a good result for an error if the worker is lost in between.
    """

    def __init__(self, client: Client, size: int) -> None:
        self._client = client
        self._fetchers = ThreadPoolExecutor(2 * size)
        self._given: WeakSet[Any] = WeakSet()

    def submit(self, fn: Callable[..., T], /, *args: Any, **kwargs: Any) -> Future[T]:
        given = self._client.submit(_if_same, made_with(), fn, *args, pure=False, **kwargs)
        self._given.add(given)
        return self._fetchers.submit(given.result)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        if cancel_futures:
            self._client.cancel(list(self._given))
        self._fetchers.shutdown(wait=wait, cancel_futures=cancel_futures)


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
