"""A lock that the system takes away when whoever holds it is no more, however it ended."""

from __future__ import annotations

import errno
import sys
from pathlib import Path
from types import TracebackType


class Lock:
    """One file, held by one process at a time."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("ab")

    def taken(self) -> bool:
        """Take it; whether that went well. Where the disk knows no locks, it always does."""
        try:
            if sys.platform == "win32":
                import msvcrt

                msvcrt.locking(self._file.fileno(), msvcrt.LK_NBLCK, 1)
            else:
                import fcntl

                fcntl.flock(self._file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as problem:
            return problem.errno not in (errno.EACCES, errno.EAGAIN, errno.EWOULDBLOCK, errno.EDEADLK)
        return True

    def __enter__(self) -> Lock:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._file.close()
