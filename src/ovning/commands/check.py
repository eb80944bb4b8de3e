"""``ovning check``: everything that is wrong in the files, at once."""

from __future__ import annotations

from pathlib import Path

from ovning.commands.console import console, say, say_problems
from ovning.commands.reminder import remind
from ovning.errors import InputError
from ovning.files import check_paths
from ovning.files.check import has_own_organisation
from ovning.files.folders import shipped_exercises, shipped_historical, shipped_organisations


def check(paths: tuple[str, ...]) -> int:
    """Print all problems of all files; 3 if any is an error, else 0. A word that is no path may name a shipped file."""
    meant = [_meant(path) for path in paths]
    problems = check_paths(meant)
    out = console()
    say_problems(out, problems)
    errors = sum(problem.severity == "error" for problem in problems)
    warnings = len(problems) - errors
    say(out, f"{errors} fel, {warnings} {'varning' if warnings == 1 else 'varningar'}.", "bold")
    remind(lambda: has_own_organisation(meant))
    return InputError.exit_code if errors else 0


def _meant(path: str) -> str | Path:
    if Path(path).exists():
        return path
    exercises, organisations = {**shipped_historical(), **shipped_exercises()}, shipped_organisations()
    return exercises[path].parent if path in exercises else organisations.get(path, path)
