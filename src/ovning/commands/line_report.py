"""The words of ``ovning report``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from ovning.commands.options import TemplateOption
from ovning.errors import UsageError

if TYPE_CHECKING:
    from ovning.commands.report import Kind

_KINDS: Final[tuple[Kind, ...]] = ("docx", "pdf")


def report_line(
    folder: Annotated[
        Path, typer.Argument(metavar="MAPP", help="Mappen med en rapport, från run eller compare.", show_default=False)
    ],
    to: Annotated[
        list[str] | None,
        typer.Option(
            "--to",
            metavar="FORMAT",
            help="docx (Word) eller pdf (PDF/UA); kan ges flera gånger. Förval: båda.",
            show_default=False,
        ),
    ] = None,
    template: TemplateOption = None,
) -> int:
    """Gör rapporten från run eller compare till Word och PDF.

    De läggs i samma mapp och säger detsamma som html-filen när den skrivs ut.
    """
    from ovning.commands.report import write_report

    wrong = [kind for kind in to or () if kind not in _KINDS]
    if wrong:
        raise UsageError(f"--to {wrong[0]} finns inte: skriv docx eller pdf.")
    return write_report(folder, tuple(kind for kind in _KINDS if not to or kind in to), template)
