"""A paper as PDF/UA: tagged, with its language, for whoever reads with something else than their eyes."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Final

from jinja2 import Environment, PackageLoader, StrictUndefined

from ovning.report.papers.paper import Paper, Picture, Written, leads_in
from ovning.report.said import Reference, Said, anchor
from ovning.report.wording import NBSP
from ovning.words import LANGUAGE

_REGIONS: Final = {"sv": "SE"}
_LONG_AGO: Final = 946_684_800
"""Seconds since 1970: a document bears no time of its own."""


def pdf(paper: Paper, marking: str | None = None) -> bytes:
    """The paper as PDF/UA-1; the same bytes for the same paper."""
    import typst

    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "paper.typ"
        source.write_text(typst_source(paper, marking), encoding="utf-8")
        for number, block in enumerate(paper.blocks):
            if isinstance(block, Picture):
                (Path(folder) / f"{number}.png").write_bytes(block.png)
        # What would not be PDF/UA-1 is refused, and not written.
        made = typst.compile(source, format="pdf", pdf_standards="ua-1", ignore_system_fonts=True, timestamp=_LONG_AGO)
    assert isinstance(made, bytes)
    return made


def typst_source(paper: Paper, marking: str | None = None) -> str:
    """As the program that sets it reads it; whatever people wrote is a string, and never its language."""
    # Not HTML: every text is written as a string by the filter instead of being escaped.
    environment = Environment(
        loader=PackageLoader("ovning.report", "templates"),
        autoescape=False,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"string_of": string_of, "content_of": content_of, "anchor": anchor}
    return environment.get_template("paper.typ.j2").render(
        paper=paper,
        blocks=[
            (type(block).__name__, block, leads_in(block, after))
            for block, after in zip(paper.blocks, (*paper.blocks[1:], None), strict=False)
        ],
        header=" · ".join(filter(None, (marking, paper.reader))),
        language=LANGUAGE,
        region=_REGIONS[LANGUAGE],
    )


def content_of(text: Written) -> str:
    """What stands in a place: strings, line by line, and links to tables."""
    parts: list[str] = []
    for piece in text.pieces if isinstance(text, Said) else (text,):
        if isinstance(piece, Reference):
            parts.append(f"link(<{anchor(piece.number)}>, {string_of(str(piece))})")
            continue
        for number, line in enumerate(str(piece).split("\n")):
            parts += [*(["linebreak()"] if number else []), f"[#{string_of(line)}]"]
    return " + ".join(parts) or '""'


def string_of(text: Written) -> str:
    """A string of its language: nothing in it means anything."""
    written = str(text).replace("\\", "\\\\").replace('"', '\\"').replace("\r", "").replace("\n", "\\n")
    return f'"{"".join(one for one in written if one.isprintable() or one == NBSP)}"'
