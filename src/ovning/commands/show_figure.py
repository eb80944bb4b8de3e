"""``ovning show ORG --figure``: the organisation as pictures for a report, in a folder of their own."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from rich.console import Console

from ovning import __version__
from ovning.commands.console import say, say_unbroken
from ovning.commands.output import MANIFEST, PROGRAM, folder_in_the_making, hashes
from ovning.commands.target import RESULTS
from ovning.errors import UsageError
from ovning.figures.canvas import write
from ovning.figures.sheet import TALLEST, WIDTH
from ovning.model.setup import Setup
from ovning.report.organisation_drawings import draw_organisation
from ovning.report.results import to_json

MOST: Final = 60
"""Functions; with more nobody finds their way in a picture."""
ALTS: Final = "alternativtexter.txt"


def show_figure(out: Console, setup: Setup, folder: Path | None) -> int:
    """Draw it and write PNG, SVG and what they show in words; ``folder``: where, else under the folder for results.

    Raises ``UsageError`` when it is too large to be drawn, ``OutputError`` when the folder cannot be written.
    """
    organisation = setup.organisation
    if len(organisation.functions) > MOST:
        raise UsageError(
            f"{organisation.title} har {len(organisation.functions)} funktioner; figurerna rymmer högst {MOST}."
            " Utan --figure visas den i text."
        )
    target = folder or Path(RESULTS) / f"{organisation.organisation}-figurer"
    with folder_in_the_making(target) as making:
        drawings = draw_organisation(setup)
        for drawing in drawings:
            write(drawing.figure, making, drawing.name, drawing.alt)
        _text(making / ALTS, "\n".join(f"{drawing.name}\n{drawing.alt}\n" for drawing in drawings))
        made = hashes(making)
        document = {
            "format": "ovning-manifest",
            "version": 1,
            "program": PROGRAM,
            "program_version": __version__,
            "organisation": organisation.organisation,
            "inputs": dict(sorted(setup.files.items())),
            "files": made,
        }
        _text(making / MANIFEST, to_json(document))
    say(out, organisation.title, "bold")
    for drawing in drawings:
        say_unbroken(out, f"  {target / drawing.name}.png och .svg")
        width, height = (2.54 * inches for inches in drawing.figure.get_size_inches())
        if 72 * height / 2.54 > TALLEST + 1 or 72 * width / 2.54 > WIDTH + 1:
            say(out, f"  Större än en sida i en rapport: {width:.0f} × {height:.0f} cm.", "yellow")
    say(out, f"Vad bilderna visar, i ord för den som inte ser dem, står i {ALTS} i samma mapp.", "dim")
    return 0


def _text(path: Path, text: str) -> None:
    # The same bytes on every system: no line ends of its own.
    path.write_text(text, encoding="utf-8", newline="\n")
