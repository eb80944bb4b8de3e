"""``ovning show``: an organisation, or an exercise's inject list and objectives."""

from __future__ import annotations

from pathlib import Path

from ovning.commands.choice import chosen_organisations, loaded
from ovning.commands.console import console
from ovning.commands.show_exercise import print_exercise
from ovning.commands.show_organisation import print_organisation
from ovning.commands.show_sources import print_sources
from ovning.errors import InputError, UsageError
from ovning.files.check import kind_of
from ovning.files.folders import find_exercise, find_organisation, shipped_exercises, upward
from ovning.files.yaml12 import read_yaml


def show(
    what: str, *, figure: bool = False, sources: bool = False, out: Path | None = None, at_population: int | None = None
) -> int:
    """Print it, or with ``sources`` what is known of it and from where, or with ``figure`` draw it in folder ``out``.

    Raises ``InputError``, ``OutputError``, or ``UsageError`` when nothing has that name or it has no figure.
    """
    if _is_exercise(what):
        if figure:
            raise UsageError(f"”{what}” är en övning; --figure ritar organisationer. Se ovning list.")
        if sources:
            raise UsageError(f"”{what}” är en övning; --sources visar organisationers källor. Se ovning list.")
        setup, _ = loaded(what, chosen_organisations(what)[0], (), None, None, at_population)
        print_exercise(console(), setup)
        return 0
    try:
        found = find_organisation(what, Path())
    except InputError:
        raise UsageError(
            f"Det finns varken någon övning eller någon organisation som heter ”{what}”. Se ovning list."
        ) from None
    # An organisation's words are the vocabulary's, which is found through an exercise: one near it, else a shipped one.
    # Only beside the folders that lead to it: a glob of everything below might be a whole disk.
    near = [path for folder in upward(found.path.parent) for path in sorted(folder.glob("*/exercise.yaml"))]
    exercise = str(near[0]) if near else next(iter(shipped_exercises()))
    setup, _ = loaded(exercise, str(found.path), (), None, None, at_population)
    if figure:
        # matplotlib takes a second to load, which whoever only reads does not wait for.
        from ovning.commands.show_figure import show_figure

        return show_figure(console(), setup, out)
    (print_sources if sources else print_organisation)(console(), setup)
    return 0


def _is_exercise(what: str) -> bool:
    path = Path(what)
    if path.is_file():
        return kind_of(read_yaml(path, what), path) == "exercise"
    try:
        find_exercise(what)
    except InputError:
        return path.is_dir()
    return True
