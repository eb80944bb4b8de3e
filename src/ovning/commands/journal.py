"""The finished chunks of a run, one record after another in a file that is only ever added to.

A record is the SHA-256 of the rest, how long its two parts are, what is said of the chunk (JSON, compressed) and its
tally. What a program that was killed left half-written at the end does not have the hash that it says.
"""

from __future__ import annotations

import base64
import hashlib
import json
import struct
import zlib
from collections.abc import Generator
from pathlib import Path
from typing import IO, Final, NamedTuple

from ovning.experiment.chunks import Arm, Brought
from ovning.log.groups import Group, Parts

_HEAD: Final = struct.Struct("<32sII")


class Logs(NamedTuple):
    """Where a chunk's logs stand, and what the end of the file must say of them."""

    at: int
    size: int
    sha256: str
    rows: int
    groups: tuple[Group, ...]
    frame: tuple[bytes, bytes]
    """What the file's end begins and ends with; empty in all chunks but the first."""


class Record(NamedTuple):
    """A finished chunk."""

    arm: Arm
    chunk: int
    plays: int
    logs: Logs | None
    """``None`` for plays that are only compared."""
    tally: bytes
    ends: int
    """Where in the file the next record begins."""


def write(file: IO[bytes], arm: Arm, chunk: int, brought: Brought, at: int) -> None:
    """Add a record; ``at``: where the chunk's logs stand."""
    said = {"arm": arm, "chunk": chunk, "plays": brought.plays, "logs": _said(brought.logs, at, chunk)}
    packed = zlib.compress(json.dumps(said, separators=(",", ":")).encode(), level=6)
    head = _HEAD.pack(hashlib.sha256(packed + brought.tally).digest(), len(packed), len(brought.tally))
    # In one go: what stands there is the whole record or its beginning.
    file.write(head + packed + brought.tally)
    file.flush()


def read(path: Path) -> Generator[Record, None, None]:
    """The records that are whole, up to the first that is not."""
    try:
        file = path.open("rb")
    except FileNotFoundError:
        return
    with file:
        while len(head := file.read(_HEAD.size)) == _HEAD.size:
            digest, said, tally = _HEAD.unpack(head)
            rest = file.read(said + tally)
            if len(rest) < said + tally or hashlib.sha256(rest).digest() != digest:
                return
            known = json.loads(zlib.decompress(rest[:said]))
            logs = None if known["logs"] is None else _logs(known["logs"])
            yield Record(tuple(known["arm"]), known["chunk"], known["plays"], logs, rest[said:], file.tell())


def _said(logs: Parts | None, at: int, chunk: int) -> dict[str, object] | None:
    if logs is None:
        return None
    return {
        "at": at,
        "size": len(logs.pages),
        "sha256": hashlib.sha256(logs.pages).hexdigest(),
        "rows": logs.rows,
        "groups": [[_text(group.said), group.places, group.ordinal] for group in logs.groups],
        "frame": [] if chunk else [_text(logs.before), _text(logs.after)],
    }


def _logs(said: dict[str, object]) -> Logs:
    groups: list[list[object]] = said.pop("groups")  # type: ignore[assignment]
    frame: list[str] = said.pop("frame")  # type: ignore[assignment]
    return Logs(
        **said,  # type: ignore[arg-type]
        groups=tuple(Group(_bytes(text), tuple(places), ordinal) for text, places, ordinal in groups),  # type: ignore
        frame=(_bytes(frame[0]), _bytes(frame[1])) if frame else (b"", b""),
    )


def _text(data: bytes) -> str:
    return base64.b85encode(data).decode()


def _bytes(text: str) -> bytes:
    return base64.b85decode(text)
