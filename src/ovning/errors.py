"""Every expected error, with the exit code that it ends in.

Texts are Swedish: they are read by exercise leaders. Only ``cli`` turns an error into an exit.
"""

from __future__ import annotations

import errno
from dataclasses import dataclass
from typing import ClassVar, Final, Literal

Severity = Literal["error", "warning"]


_REASONS: Final = {
    errno.EEXIST: "det finns redan en fil med det namnet",
    errno.ENOENT: "mappen finns inte",
    errno.ENOTDIR: "en del av sökvägen är en fil och ingen mapp",
    errno.EACCES: "du har inte rätt att skriva där",
    errno.EPERM: "det är inte tillåtet",
    errno.EIO: "disken svarar inte",
    errno.EDQUOT: "ditt utrymme på disken är slut",
    errno.EFBIG: "filen blir för stor för disken",
    errno.ESTALE: "mappen på nätet finns inte längre",
    errno.ENOSPC: "disken är full",
    errno.EROFS: "disken går bara att läsa",
    errno.ENAMETOOLONG: "namnet är för långt",
}


class OvningError(Exception):
    """An error that the user can do something about; its text says what."""

    exit_code: ClassVar[int] = 1


class UsageError(OvningError):
    """The command was asked for something that cannot be."""

    exit_code = 2


class OutputError(OvningError):
    """What was made could not be written where it should go."""

    exit_code = 2


class WorkersLostError(OvningError):
    """Those who were to play were lost while they did."""

    exit_code = 2


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong, or that should be known, in one place of one file."""

    severity: Severity
    """``error`` stops a play; a ``warning`` is a finding to know of, with its consequence."""
    file: str
    """The file as the user named it."""
    line: int
    """From 1; 0 when the problem has no place of its own."""
    column: int
    """From 1; 0 when the problem has no place of its own."""
    message: str
    """What is wrong."""
    fix: str = ""
    """The likely mend."""
    excerpt: str = ""
    """The line of the file."""

    @property
    def place(self) -> str:
        """``file:line:column``, as far as they are known."""
        return ":".join([self.file, *(str(n) for n in (self.line, self.column) if n)])


class InputError(OvningError):
    """One or more files are wrong; carries every problem found, not only the first."""

    exit_code = 3

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("\n".join(f"{p.place}: {p.message}" for p in problems))
        self.problems = problems


class StandstillError(OvningError):
    """In a play things happen without end and no time passes: what the files say goes round in a ring."""

    exit_code = 3


class ObjectiveNotMetError(OvningError):
    """With ``--require``: an objective was not met."""

    exit_code = 4


def why(problem: OSError) -> str:
    """Why the system refused, in Swedish where it is a common reason."""
    return _REASONS.get(problem.errno or 0) or problem.strerror or str(problem)
