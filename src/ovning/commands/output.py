"""The folder with a run's results: written beside where it will be, then put in place whole."""

from __future__ import annotations

import errno
import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from ovning.errors import OutputError

MANIFEST: Final = "manifest.json"
PROGRAM: Final = "ovning"
OLD: Final = ".old-"
"""What the name of a folder begins with in which the old target stands until the new one does."""
_REASONS: Final = {
    errno.EEXIST: "det finns redan en fil med det namnet",
    errno.ENOENT: "mappen finns inte",
    errno.ENOTDIR: "en del av sökvägen är en fil och ingen mapp",
    errno.EACCES: "du har inte rätt att skriva där",
    errno.EPERM: "det är inte tillåtet",
    errno.ENOSPC: "disken är full",
    errno.EROFS: "disken går bara att läsa",
    errno.ENAMETOOLONG: "namnet är för långt",
}


@contextmanager
def folder_in_the_making(target: Path, within: Path | None = None) -> Iterator[Path]:
    """Give a folder beside the target to write in; when the block ends well it becomes the target, else it is removed.

    ``within``: a folder on the same disk to make it in instead.
    A target that stands there already is replaced only if all that is in it was made by this program and has not been
    changed since. Raises ``OutputError``, also before the work begins, when it cannot be written.
    """
    target = Path(os.path.normpath(target))
    check_replaceable(target)
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
            _put_in_place(making, target)
        except OSError as problem:
            raise OutputError(f"Resultatet kunde inte skrivas till {target}: {why(problem)}.") from None
    finally:
        shutil.rmtree(making, ignore_errors=True)
        for folder in new:
            # Only the empty ones of those that were made for this go away again.
            with suppress(OSError):
                folder.rmdir()


def why(problem: OSError) -> str:
    """Why the system refused, in Swedish where it is a common reason."""
    return _REASONS.get(problem.errno or 0) or problem.strerror or str(problem)


def hashes(folder: Path) -> dict[str, str]:
    """Every file under the folder but the manifest, with the SHA-256 of its bytes; by name."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path != folder / MANIFEST
    }


def check_replaceable(target: Path) -> None:
    """Raises ``OutputError`` if the target stands there and is not all of our making, or has been changed since."""
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
    if changed:
        few = ", ".join(changed[:3]) + (" …" if len(changed) > 3 else "")
        raise OutputError(
            f"I mappen {target} finns sådant som tillkommit eller ändrats ({few}); den skrivs inte över. {advice}"
        )


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
