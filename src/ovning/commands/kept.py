"""What a run has finished so far, kept beside its target, so that it can go on from there when it was stopped.

The folder ``.<target>.part`` holds ``plan.json`` (what is played, and by which program), ``events.parquet`` (the logs
of the finished chunks, and at the very end what makes it a Parquet file), ``chunks`` (a record for each finished chunk,
with its tally and the hash of its logs) and ``lock``. The logs of a chunk are added first and then its record, so that
at whatever moment the program was killed, every whole record is of a whole chunk; what stands after them is cut off.
The results are written in a folder inside it, and become the target by one renaming.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Any, Final

from ovning.commands import journal
from ovning.commands.lock import Lock
from ovning.commands.output import OLD, replaceable
from ovning.errors import OutputError, UsageError, why
from ovning.experiment.chunks import CHUNK, Arm, Brought
from ovning.experiment.program import made_with
from ovning.log import groups
from ovning.model.setup import Setup

EVENTS: Final = "events.parquet"
_PLAN, _CHUNKS, _LOCK = "plan.json", "chunks", "lock"

Plan = dict[str, Any]
"""What is played, and by which program: only what is played by the same plan can be put together."""


def plan_of(kind: str, version: int, command: tuple[str, ...], setups: Sequence[Setup]) -> Plan:
    """What must be the same for plays to be put together; ``kind`` and ``version`` of what is kept."""
    return {
        "format": kind,
        "version": version,
        "command": command,
        "inputs": {name: digest for setup in setups for name, digest in setup.files.items()},
        "made_with": made_with(),
        "chunk": CHUNK,
    }


class Kept:
    """The finished chunks of a run, which go on being added to. A keeper of chunks."""

    def __init__(self, folder: Path, target: Path) -> None:
        self.folder = folder
        self.plays = 0
        """In the chunks that are kept, those of before too."""
        self._before = journal.read(folder / _CHUNKS)
        self._whole = 0
        self._ends = 0
        self._logs_end = len(groups.MAGIC)
        self._chunks: IO[bytes] | None = None
        self._events: IO[bytes] | None = None
        self.standing = _is_same(folder / EVENTS, target / EVENTS)
        """Whether the target was put in place already, whole, before the program was stopped."""

    def look(self) -> None:
        """Find out how far what is kept is whole, and how many plays that is."""
        with suppress(FileNotFoundError), (self.folder / EVENTS).open("rb") as events:
            for record in journal.read(self.folder / _CHUNKS):
                if record.logs is not None:
                    events.seek(record.logs.at)
                    if hashlib.sha256(events.read(record.logs.size)).hexdigest() != record.logs.sha256:
                        return
                self._whole = record.ends
                self.plays += record.plays

    def kept(self, arm: Arm, chunk: int) -> bytes | None:
        """The tally of a chunk that was finished before; chunks are asked for in the order in which they were kept."""
        record = next(self._before, None) if self._ends < self._whole else None
        if record is None or (record.arm, record.chunk) != (arm, chunk):
            self._whole = self._ends
            return None
        self._ends = record.ends
        if record.logs is not None:
            self._logs_end = record.logs.at + record.logs.size
        return record.tally

    def keep(self, arm: Arm, chunk: int, brought: Brought) -> None:
        """Add a chunk. Raises ``OutputError`` when it cannot be written."""
        with _written(self.folder):
            if self.standing:
                self._part_from_target()
            if self._chunks is None:
                self._chunks = _opened(self.folder / _CHUNKS, self._ends)
            if brought.logs is not None:
                if self._events is None:
                    self._events = _opened(self.folder / EVENTS, self._logs_end)
                self._events.write(brought.logs.pages)
                self._events.flush()
            journal.write(self._chunks, arm, chunk, brought, self._logs_end)
            if brought.logs is not None:
                self._logs_end += len(brought.logs.pages)
        self.plays += brought.plays

    def events(self, path: Path) -> None:
        """Put the file with all logs here too, now that all are kept. Raises ``OutputError``."""
        said: list[bytes] = []
        rows = 0
        frame = (b"", b"")
        for record in journal.read(self.folder / _CHUNKS):
            if record.logs is None:
                break  # no logs come after those of the design itself
            frame = frame if any(frame) else record.logs.frame
            rows += record.logs.rows
            by = record.logs.at - len(groups.MAGIC)
            for group in record.logs.groups:
                said.append(groups.moved(group, by, len(said)))
        with _written(self.folder):
            if self._events is None:
                self._events = _opened(self.folder / EVENTS, self._logs_end)
            for piece in groups.closing(frame, rows, said):
                self._events.write(piece)
            self._events.close()
            try:
                path.hardlink_to(self.folder / EVENTS)
            except (OSError, NotImplementedError):
                shutil.copyfile(self.folder / EVENTS, path)

    def _part_from_target(self) -> None:
        """The logs are one file with those of the target, which is not to be changed."""
        copy = self.folder / f"{EVENTS}.tmp"
        shutil.copyfile(self.folder / EVENTS, copy)
        copy.replace(self.folder / EVENTS)
        self.standing = False

    def close(self) -> None:
        """Let go of the files."""
        self._before.close()
        for file in (self._chunks, self._events):
            if file is not None:
                with suppress(OSError):
                    file.close()


@contextmanager
def keeping(target: Path, plan: Plan, *, resume: bool) -> Iterator[Kept]:
    """Keep chunks beside the target while the block runs; afterwards only if it fails and there are any.

    With ``resume``, chunks that a run with the same plan left are there from the beginning; else they are thrown away.
    Raises ``UsageError`` when they are of another plan, and ``OutputError`` when somebody else is writing there or
    nothing can be written.
    """
    target = Path(os.path.normpath(target))
    target = replaceable(target)
    folder = target.with_name(f".{target.name}.part")
    new = [parent for parent in target.parents if not parent.exists()]
    with _written(target.parent):
        folder.mkdir(parents=True, exist_ok=True)
        lock = Lock(folder / _LOCK)
    failed = True
    kept = None
    try:
        with lock:
            if not lock.taken():
                raise OutputError(f"En annan körning håller på att skriva till {target}.")
            with _written(target.parent):
                _tidy(folder, target)
                if not (resume and _is_of(folder / _PLAN, plan)):
                    _clear(folder)
                    _put(folder / _PLAN, plan)
                kept = Kept(folder, target)
                kept.look()
            try:
                yield kept
            finally:
                kept.close()
        failed = False
    finally:
        if not failed or (kept is not None and not kept.plays):
            shutil.rmtree(folder, ignore_errors=True)
        for parent in new:
            # Only the empty ones of those that were made for this go away again.
            with suppress(OSError):
                parent.rmdir()


def left(target: Path) -> int:
    """How many plays a run that was stopped left beside this target."""
    folder = target.with_name(f".{target.name}.part")
    try:
        return sum(record.plays for record in journal.read(folder / _CHUNKS))
    except OSError:  # what cannot be opened is nothing to go on from
        return 0


def _tidy(folder: Path, target: Path) -> None:
    """Put right what a program that was killed while it put its results in place left."""
    for inner in folder.iterdir():
        if inner.is_dir():
            old = inner / target.name
            if inner.name.startswith(OLD) and old.exists() and not target.exists():
                old.rename(target)
            shutil.rmtree(inner, ignore_errors=True)


def _clear(folder: Path) -> None:
    # The records first: without them the logs are nothing.
    for name in (_CHUNKS, EVENTS, _PLAN):
        (folder / name).unlink(missing_ok=True)


def _is_of(path: Path, plan: Plan) -> bool:
    """Whether there is anything of this plan. Raises ``UsageError`` if there is something of another."""
    try:
        before = json.loads(path.read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        return False
    # As it looks when it has been written and read.
    now = json.loads(json.dumps(plan))
    if before == now:
        return True
    advice = "Det går inte att gå vidare därifrån. Utan --resume spelas allt om från början."
    if before["command"] != now["command"]:
        raise UsageError(f"Det som avbröts var en annan körning: {' '.join(before['command'])}. {advice}")
    if changed := [name for name in now["inputs"] if before["inputs"].get(name) != now["inputs"][name]]:
        raise UsageError(f"{', '.join(changed)} har ändrats sedan körningen avbröts. {advice}")
    raise UsageError(f"Programmet är inte detsamma som när körningen avbröts. {advice}")


def _put(path: Path, plan: Plan) -> None:
    part = path.with_suffix(".tmp")
    part.write_text(json.dumps(plan, ensure_ascii=False, indent=1), encoding="utf-8")
    part.replace(path)


def _opened(path: Path, ends: int) -> IO[bytes]:
    """The file, open at the end of what is whole in it, and cut off there."""
    file = path.open("r+b" if path.exists() else "w+b")
    file.truncate(ends)
    file.seek(0)
    if path.name == EVENTS:
        file.write(groups.MAGIC)
    file.seek(ends)
    return file


def _is_same(one: Path, other: Path) -> bool:
    try:
        return one.samefile(other)
    except OSError:
        return False


@contextmanager
def _written(where: Path) -> Iterator[None]:
    try:
        yield
    except OSError as problem:
        raise OutputError(f"Det går inte att skriva i {where}: {why(problem)}.") from None
