"""Where files are found: shipped ones, those beside an exercise, and those that a file names."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from importlib.resources import files as resources
from pathlib import Path
from typing import Final

from ovning.errors import InputError
from ovning.files.hints import meant
from ovning.files.source import failed
from ovning.files.tree import Place

SHARED_BASE: Final = "base"
"""The folder below ``organisations`` of what several of them are based on."""
_UP: Final = 3
_ID: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*")


@dataclass(frozen=True, slots=True)
class Found:
    """A file, and how it is spoken of."""

    path: Path
    """Where it is."""
    name: str
    """As the user named it; ``exercises/…`` for a shipped one."""
    top: Path | None = None
    """The folder that it must lie in, also when it is reached by a link; ``None`` for what the user named."""

    @property
    def strays(self) -> bool:
        """Whether it is reached by a link that leads out of the folder that it was found in."""
        return self.top is not None and not self.identity.is_relative_to(_resolved(self.top))

    @property
    def identity(self) -> Path:
        """The same for the same file, however it was named."""
        return _resolved(self.path)

    def beside(self, relative: str) -> Found:
        """A file named from this one's folder."""
        return spoken(self.path.parent / relative)


def shipped_folder() -> Path:
    """The exercises that come with the program: in the package when installed, else in the clone."""
    packaged = Path(str(resources("ovning"))) / "exercises"
    return packaged if packaged.is_dir() else Path(__file__).parents[3] / "exercises"


def is_shipped(path: Path) -> bool:
    """Whether a file comes with the program."""
    return _resolved(path).is_relative_to(_resolved(shipped_folder()))


def spoken(path: Path, top: Path | None = None) -> Found:
    """A path with the name that the user knows it by; ``top`` as in ``Found``."""
    shipped = _resolved(shipped_folder())
    real = _resolved(path)
    if real.is_relative_to(shipped):
        return Found(path, (Path("exercises") / real.relative_to(shipped)).as_posix(), top)
    return Found(path, os.path.normpath(path), top)


def find_exercise(named: str | Path) -> Found:
    """An exercise by folder, by file or by the name of a shipped one. Raises ``InputError``."""
    path = Path(named)
    try:
        if path.is_file():
            return spoken(path)
        if _stands(path / "exercise.yaml"):
            return spoken(path / "exercise.yaml", tree_of(path))
        if (own := {**shipped_historical(), **shipped_exercises()}.get(str(named))) is not None:
            return spoken(own)
        if path.is_dir():
            raise failed(str(named), "mappen innehåller ingen exercise.yaml", "ange en mapp med en övning i")
    except (OSError, ValueError):
        pass
    known = (*shipped_exercises(), *shipped_historical())
    raise failed(str(named), f"hittar ingen övning ”{named}”", meant(str(named), known))


def find_organisation(named: str | Path, near: Path, *, place: Place | None = None) -> Found:
    """An organisation by file, or by id: near the given folder (up to three levels up) first, else shipped.

    Raises ``InputError``, at the place if one is given.
    """
    path = Path(named)
    try:
        if place is None and path.is_file():
            return spoken(path)
        folders = [*upward(near), shipped_folder()]
        if _ID.fullmatch(str(named)):
            for folder in folders:
                for below in ("organisations", "organisations/variants", ".", "variants"):
                    candidate = folder / below / f"{named}.yaml"
                    if _stands(candidate):
                        return spoken(candidate, tree_of(folder))
    except (OSError, ValueError):
        folders = []
    ids = {p.stem for folder in folders for p in folder.glob("organisations/**/*.yaml") if p.parent.name != SHARED_BASE}
    message, fix = f"hittar ingen organisation ”{named}”", meant(str(named), ids)
    raise InputError((place.problem(message, fix),)) if place else failed(str(named), message, fix)


def upward(folder: Path) -> list[Path]:
    """The folder and those above it, at most three."""
    found = [folder]
    for _ in range(_UP):
        above = found[-1] / ".."
        if _resolved(above) == _resolved(found[-1]):
            break
        found.append(above)
    return found


def find_upward(name: str, folder: Path) -> Found | None:
    """The nearest file of this name, in the folder or above it."""
    for at in upward(folder):
        if _stands(at / name):
            return spoken(at / name, at)
    return None


def tree_of(folder: Path) -> Path:
    """How far up files may be named from a file in this folder: to the vocabulary's folder, else the folder itself."""
    nearest = find_upward("vocabulary.yaml", folder) or find_upward("assumptions.yaml", folder)
    return nearest.path.parent if nearest else folder


def is_file_name(text: str) -> bool:
    """Whether an organisation is named as a file, and not by its id."""
    return text.endswith((".yaml", ".yml")) or "/" in text or "\\" in text


def named_inside(text: str, folder: Path, place: Place) -> Found:
    """A file that another file names. Raises ``InputError`` at the place when it lies outside the folder's tree."""
    try:
        path = folder / text
        inside = _resolved(path).is_relative_to(_resolved(tree_of(folder)))
        stands = _stands(path)
    except (OSError, ValueError):
        fix = "skriv filens namn, räknat från mappen som den här filen ligger i"
        raise InputError((place.problem(f"”{text}” är ingen sökväg", fix),)) from None
    if not inside:
        raise InputError(
            (
                place.problem(
                    f"”{text}” ligger utanför övningens mapp", "lägg filen i mappen; länkar ut ur den följs inte"
                ),
            )
        )
    if not stands:
        others = [p.name for p in folder.glob("*.yaml")]
        raise InputError((place.problem(f"filen ”{text}” finns inte", meant(text, others)),))
    return spoken(path)


def find_base(text: str, folder: Path, place: Place) -> Found:
    """What an organisation in this folder is based on, by id or by file. Raises ``InputError`` at the place.

    What the shipped organisations share is found also by a copy of one of them that lies elsewhere.
    """
    if not is_file_name(text):
        return find_organisation(text, folder, place=place)
    shared = shipped_folder() / "organisations" / text
    if Path(text).parts[:-1] == (SHARED_BASE,) and not _stands(folder / text) and _stands(shared):
        return spoken(shared)
    return named_inside(text, folder, place)


def shipped_exercises() -> dict[str, Path]:
    """The exercises that come with the program, by name."""
    return {p.parent.name: p for p in sorted(shipped_folder().glob("*/exercise.yaml"))}


def shipped_historical() -> dict[str, Path]:
    """Real events as exercises, by name: for trying the model against, each with its own organisations beside it."""
    return {p.parent.name: p for p in sorted(shipped_folder().glob("historical/*/exercise.yaml"))}


def shipped_organisations() -> dict[str, Path]:
    """The organisations that come with the program, by id; not what they share, which is no organisation to play."""
    folder = shipped_folder() / "organisations"
    return {p.stem: p for p in sorted(folder.glob("**/*.yaml")) if p.parent.name != SHARED_BASE}


def _stands(path: Path) -> bool:
    """Whether anything has this name, be it a file or not: what cannot be read is told of when it is read."""
    return os.path.lexists(path)


def _resolved(path: Path) -> Path:
    try:
        return path.resolve()
    except (RuntimeError, OSError):
        return path.absolute()
