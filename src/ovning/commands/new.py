"""``ovning new``: an exercise and an organisation to begin from, with notes for whoever fills them in."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator
from importlib.resources import files as resources
from pathlib import Path
from typing import Final

from ovning.commands.console import console, say, say_unbroken
from ovning.commands.output import folder_in_the_making
from ovning.commands.words_page import words_page
from ovning.errors import UsageError
from ovning.files import file_schema, load_setup
from ovning.files.folders import shipped_exercises
from ovning.files.hints import meant
from ovning.files.sources import FILE as SOURCES

ORGANISATION: Final = "min_kommun"
SCHEMAS: Final = "scheman"
README: Final = "LÄS MIG.md"
WORDS: Final = "ORD.md"
_TITLE: Final = "Vattenläcka en vardagskväll (påhittad)"
_KINDS: Final = ("exercise", "scenario", "organisation", "sources")
_STARTER: Final = Path(str(resources("ovning"))) / "starter"
_LONGEST: Final = 60
"""Characters of an id."""


def new(folder: Path, title: str | None = None, like: str | None = None) -> int:
    """Make the folder, from the starter or like a shipped exercise.

    Raises ``UsageError`` if it is there already, cannot give the exercise its name, or there is nothing to be like.
    """
    exercise = _id_of(folder.name)
    if folder.exists():
        raise UsageError(f"{folder} finns redan; ingenting har ändrats. Välj ett annat namn.")
    named = None if title is None else _title(title)
    typed = f'"{folder}"' if " " in str(folder) else str(folder)
    with folder_in_the_making(folder) as making:
        made = _starter(exercise, named, typed) if like is None else _copied(_shipped(like), exercise, named)
        for name, text in made:
            _write(making / name, text)
        (making / SCHEMAS).mkdir()
        for kind in _KINDS:
            schema = json.dumps(file_schema(kind), ensure_ascii=False, indent=1)
            _write(making / SCHEMAS / f"{kind}.schema.json", f"{schema}\n")
        organisation = ORGANISATION if like is None else "orebro"
        _write(making / WORDS, words_page(load_setup(making, organisation)[0].vocabulary))
    _tell(folder, typed, like)
    return 0


def _tell(folder: Path, typed: str, like: str | None) -> None:
    out = console()
    if like is None:
        say(out, f"Klart: en övning och en påhittad kommun att börja från i {folder}.", "bold")
        say(out, f"Börja med {README} i mappen; alla ord som går att använda står i {WORDS}. Sedan:")
    else:
        say(out, f"Klart: en egen kopia av {like} i {folder}.", "bold")
        say(out, f"Alla ord som går att använda står i {WORDS} i mappen. Granska och spela:")
    for command in ("check", "run"):
        say_unbroken(out, f"  ovning {command} {typed}{' --org orebro' if like and command == 'run' else ''}")


def _starter(exercise: str, title: str | None, typed: str) -> Iterator[tuple[str, str]]:
    """The starter's files by name, its blanks filled in."""
    names = {"readme.md": README, "organisation.yaml": f"{ORGANISATION}.yaml"}
    filled = {
        "{exercise}": exercise,
        "{title}": title or json.dumps(_TITLE, ensure_ascii=False),
        "{organisation}": ORGANISATION,
        "{folder}": typed,
    }
    for source in _STARTER.iterdir():
        text = source.read_text("utf-8")
        for blank, word in filled.items():
            text = text.replace(blank, json.loads(word) if blank == "{title}" and source.suffix == ".md" else word)
        yield names.get(source.name, source.name), text


def _copied(source: Path, exercise: str, title: str | None) -> Iterator[tuple[str, str]]:
    """The files of a shipped exercise by name, with a name of its own."""
    for path in sorted(source.iterdir()):
        text = path.read_text("utf-8")
        if path.name == "exercise.yaml":
            text = re.sub(r"(?m)^exercise: .*$", f"exercise: {exercise}", text, count=1)
            if title is not None:
                text = re.sub(r"(?m)^title: .*$", lambda _: f"title: {title}", text, count=1)
        if path.suffix == ".yaml" and path.stem in _KINDS:
            text = f"# yaml-language-server: $schema={SCHEMAS}/{path.stem}.schema.json\n{text}"
        yield path.name, text
    yield SOURCES, (_STARTER / SOURCES).read_text("utf-8")


def _shipped(like: str) -> Path:
    known = shipped_exercises()
    if like not in known:
        raise UsageError(f"Ingen övning med namnet ”{like}” följer med programmet; {meant(like, known)}")
    return known[like].parent


def _id_of(name: str) -> str:
    """``Skyfall i Åby`` becomes ``skyfall_i_aby``."""
    plain = unicodedata.normalize("NFKD", name.lower()).encode("ascii", "ignore").decode("ascii")
    made = re.sub(r"[^a-z0-9]+", "_", plain).strip("_")[:_LONGEST].rstrip("_")
    if not made or not made[0].isalpha():
        raise UsageError(
            f"”{name}” duger inte som namn på en övning: det ska börja med en bokstav, till exempel skyfall."
        )
    return made


def _title(title: str) -> str:
    """A title as YAML takes it, whatever is in it."""
    if not title.strip() or len(title) > 200 or not title.isprintable():
        raise UsageError("--title ska vara en rad text på högst 200 tecken.")
    return json.dumps(title.strip(), ensure_ascii=False)


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")
