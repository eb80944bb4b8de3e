"""What was learned before and still holds: lines of JSON, and digests of what they rest on."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

_READ_BY_TESTS = frozenset({".py", ".yaml", ".j2", ".json", ".toml"})


def rows(kept: Path) -> list[dict[str, Any]]:
    """All lines; one that was cut off is nothing."""
    found = []
    for row in kept.read_text(encoding="utf-8").splitlines() if kept.exists() else ():
        try:
            found.append(json.loads(row))
        except json.JSONDecodeError:
            continue
    return found


def append(kept: Path, row: Mapping[str, Any]) -> None:
    """Write a line, at once."""
    kept.parent.mkdir(exist_ok=True)
    with kept.open("a", encoding="utf-8") as out:
        out.write(json.dumps(row, ensure_ascii=False) + "\n")


def digest(parts: Iterable[str]) -> str:
    """A short name for many words."""
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]


def file_digest(path: Path) -> str:
    """Of a file's contents; empty when it is gone."""
    return hashlib.sha256(path.read_bytes()).hexdigest()[:16] if path.is_file() else ""


def code_digest(root: Path) -> str:
    """Of all that a test file rests on beside itself: the program, the exercises, and the tests' helpers."""
    files = [path for folder in ("src", "exercises", "tests") for path in sorted((root / folder).rglob("*"))]
    rests_on = [path for path in files if path.suffix in _READ_BY_TESTS and not path.name.startswith("test_")]
    return digest(part for path in rests_on for part in (path.relative_to(root).as_posix(), file_digest(path)))
