"""``--open``: beside the results, a folder with an extract of them that can be shared once it has been judged."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from ovning import __version__
from ovning.commands.output import MANIFEST, PROGRAM, folder_in_the_making, hashes, write_text
from ovning.report.extract import extract_of
from ovning.report.extract_page import render_extract
from ovning.report.results import to_json

ENDING: Final = "öppet"
"""What is put to the name of the folder that the extract is made from."""
PAGE: Final = "utdrag.html"
"""Not the name of the report: nobody is to send one for the other."""


def extract_folder(target: Path) -> Path:
    """Where the extract of the results in this folder is put: beside them, never among them."""
    named = target if target.name and target.name != ".." else target.resolve()
    return named.with_name(f"{named.name}-{ENDING}")


def write_extract(results: Mapping[str, Any], target: Path) -> Path:
    """Write the extract of a ``results.json`` and return its page. Raises ``OutputError``."""
    extract = extract_of(results)
    with folder_in_the_making(target) as folder:
        write_text(folder / "utdrag.json", to_json(extract))
        write_text(folder / PAGE, render_extract(extract))
        # By it the folder is known as this program's own; of the run it says nothing.
        manifest = {
            "format": "ovning-open-manifest",
            "version": 1,
            "program": PROGRAM,
            "program_version": __version__,
            "files": hashes(folder),
        }
        write_text(folder / MANIFEST, to_json(manifest))
    return target / PAGE
