"""Which program it is that plays: only what the same one played can be put together."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Final

import ovning

_LIBRARIES: Final = ("matplotlib", "numpy", "pyarrow", "scipy", "simpy")
"""Those that what is written may depend on."""


@cache
def made_with() -> dict[str, str]:
    """The version of the program, a hash of its code, and the versions of what it stands on."""
    return {
        "ovning": ovning.__version__,
        "code": code_of(Path(ovning.__file__).parent),
        **{library: version(library) for library in _LIBRARIES},
    }


def code_of(folder: Path) -> str:
    """A hash of all code in a folder: in development the version stays the same for long."""
    found = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.suffix in (".py", ".so", ".pyd", ".j2"):
            found.update(f"{path.relative_to(folder).as_posix()}\0{path.stat().st_size}\0".encode())
            found.update(path.read_bytes())
    return found.hexdigest()
