"""What to think of before one's own organisation is written into a file: said once, to somebody at a terminal."""

from __future__ import annotations

import sys
from collections.abc import Callable
from contextlib import suppress
from importlib.resources import files
from pathlib import Path
from typing import Final

from ovning.commands.console import console, say
from ovning.commands.crash import state_folder

LINES: Final = (
    "Din egen organisation: vad den inte klarar, mest på natten, kan vara sekretess",
    "(OSL 15:2, 18:13). Fråga er informationssäkerhet och ert säkerhetsskydd först.",
    "Säkerhetsskyddsklassificerade uppgifter ska inte in i programmet alls.",
    "Inget lämnar den här datorn: programmet använder inget nät, utom med --cluster.",
    "--marking märker varje sida och figur; --open gör ett utdrag att få bedömt.",
    "Det här visas en gång. Igen, och mer att läsa: ovning --sekretess",
)
_SEEN: Final = "sekretess-visad"
"""An empty file that remembers that it was said."""


def remind(is_own: Callable[[], bool], cluster: str | None = None) -> None:
    """Say it if a person is there to read it, the organisation is one of their own and they have not seen it yet.

    ``is_own`` is asked only when it matters. With ``cluster``, where it is sent is said each time.
    """
    if not somebody_reads() or ((seen := _seen()) and cluster is None) or not is_own():
        return
    out = console(stderr=True)
    if not seen:
        for line in LINES:
            say(out, line)
        _remember()
    if cluster is not None:
        say(out, f"Organisationen skickas till klustret {cluster}, som spelar.")


def somebody_reads() -> bool:
    """Whether messages go to a terminal; a console may say so too where colours are forced on, and nobody reads."""
    return sys.stderr.isatty()


def page() -> str:
    """The reminder and, after it, the page on secrecy."""
    packaged = Path(str(files("ovning"))) / "docs" / "sekretess.md"
    path = packaged if packaged.is_file() else Path(__file__).parents[3] / "docs" / "sekretess.md"
    return "\n".join((*LINES[:-1], "", path.read_text(encoding="utf-8")))


def _seen() -> bool:
    # Where nothing can be remembered it is said again: better than never.
    try:
        return (state_folder() / _SEEN).exists()
    except (OSError, RuntimeError):
        return False


def _remember() -> None:
    with suppress(OSError, RuntimeError):
        state_folder().mkdir(parents=True, exist_ok=True)
        (state_folder() / _SEEN).touch()
