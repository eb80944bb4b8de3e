"""The folder with a run's results: written beside where it will be, then put in place whole."""

from __future__ import annotations

import errno
import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path, PurePosixPath
from typing import Final

from ovning.errors import OutputError, why

MANIFEST: Final = "manifest.json"
PROGRAM: Final = "ovning"
OLD: Final = ".old-"
"""What the name of a folder begins with in which the old target stands until the new one does."""

_NO_ROOM: Final = (errno.ENOSPC, errno.EROFS, errno.EIO, errno.EDQUOT, errno.EFBIG)


@contextmanager
def folder_in_the_making(target: Path, within: Path | None = None) -> Iterator[Path]:
    """Give a folder beside the target to write in; when the block ends well it becomes the target, else it is removed.

    ``within``: a folder on the same disk to make it in instead.
    A target that stands there already is replaced only if all that is in it was made by this program and has not been
    changed since. Raises ``OutputError``, also before the work begins, when it cannot be written.
    """
    target = replaceable(Path(os.path.normpath(target)))
    new = [folder for folder in target.parents if not folder.exists()]
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        making = Path(tempfile.mkdtemp(prefix=f".{target.name}-", dir=within or target.parent))
    except OSError as problem:
        raise OutputError(f"Det går inte att skriva i {target.parent}: {why(problem)}.") from None
    try:
        try:
            yield making
            # mkdtemp makes folders that only the owner may read.
            making.chmod(0o777 & ~_umask())
            # Somebody may have written in the old one meanwhile.
            replaceable(target)
            _put_in_place(making, target)
        except (OSError, OutputError) as problem:
            # What is written by others tells of a folder that nobody has heard of.
            cause = problem if isinstance(problem, OSError) else problem.__cause__ or problem.__context__
            if not isinstance(cause, OSError):
                raise
            raise OutputError(f"Resultatet kunde inte skrivas till {target}: {why(cause)}.") from None
    finally:
        shutil.rmtree(making, ignore_errors=True)
        for folder in new:
            # Only the empty ones of those that were made for this go away again.
            with suppress(OSError):
                folder.rmdir()


def no_room(problem: BaseException) -> str | None:
    """Why nothing could be written, when the disk (or what stands in its place) is full, lost or only to be read."""
    return why(problem) if isinstance(problem, OSError) and problem.errno in _NO_ROOM else None


def write_text(path: Path, text: str) -> None:
    """Write a file that is the same bytes on every system: no line ends of its own."""
    path.write_text(text, encoding="utf-8", newline="\n")


def hashes(folder: Path) -> dict[str, str]:
    """Every file under the folder but the manifest, with the SHA-256 of its bytes; by name."""
    return {
        path.relative_to(folder).as_posix(): _sha256(path)
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path != folder / MANIFEST
    }


def _sha256(path: Path) -> str:
    # A piece at a time: the logs of many plays are larger than memory.
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _real(target: Path) -> Path:
    """Where a link leads, so that what is made stands there; anything else as it is."""
    real = Path(os.path.realpath(target)) if target.is_symlink() else target
    if real.is_symlink():
        raise OutputError(f"{target} är en länk som inte leder någonstans. Ange en annan mapp med --out.")
    return real


def replaceable(target: Path) -> Path:
    """The target, or where it leads if it is a link. Raises ``OutputError`` when it may not be written there."""
    try:
        target = _real(target)
        _check_ours(target)
    except OSError as problem:
        raise OutputError(f"{target} går inte att använda: {why(problem)}. Ange en annan mapp med --out.") from None
    return target


def _check_ours(target: Path) -> None:
    if not target.exists():
        return
    advice = "Ange en annan mapp med --out, eller flytta undan den som står där."
    if not target.is_dir():
        raise OutputError(f"{target} är en fil och ingen mapp. {advice}")
    if not any(target.iterdir()):
        return
    try:
        manifest = json.loads((target / MANIFEST).read_text(encoding="utf-8"))
        made = manifest["files"] if manifest["program"] == PROGRAM else None
    except (OSError, ValueError, KeyError, TypeError):
        made = None
    if not isinstance(made, dict):
        raise OutputError(f"Mappen {target} är inte gjord av ovning och skrivs inte över. {advice}")
    changed = sorted(name for name, digest in hashes(target).items() if made.get(name) != digest)
    changed += _foreign(target, made)
    if changed:
        few = ", ".join(changed[:3]) + (" …" if len(changed) > 3 else "")
        raise OutputError(
            f"I mappen {target} finns sådant som tillkommit eller ändrats ({few}); den skrivs inte över. {advice}"
        )


def _foreign(target: Path, made: Collection[str]) -> list[str]:
    """Folders, links, pipes and their like that no run has made."""
    folders = {above.as_posix() for name in made for above in PurePosixPath(name).parents}
    others = {
        path.relative_to(target).as_posix() for path in target.rglob("*") if path.is_symlink() or not path.is_file()
    }
    return sorted(others - folders)


def _put_in_place(making: Path, target: Path) -> None:
    if not target.exists():
        making.rename(target)
        return
    # Two renames with the old one kept until the new one stands: nothing is lost if the second cannot be made.
    old = Path(tempfile.mkdtemp(prefix=OLD, dir=making.parent))
    target.rename(old / target.name)
    try:
        making.rename(target)
    except OSError:
        (old / target.name).rename(target)
        raise
    finally:
        if target.exists():
            shutil.rmtree(old, ignore_errors=True)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
