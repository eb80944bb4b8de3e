"""A paper as a page: one file, without scripts, that reads well on a screen, on paper and aloud."""

from __future__ import annotations

from base64 import b64encode
from typing import Final

from jinja2 import Environment, PackageLoader, StrictUndefined

from ovning.report.papers.paper import Paper, Picture
from ovning.report.said import anchor
from ovning.words import LANGUAGE

_ENVIRONMENT: Final = Environment(
    loader=PackageLoader("ovning.report", "templates"), autoescape=True, undefined=StrictUndefined, trim_blocks=True
)
_ENVIRONMENT.filters["anchor"] = anchor


def web_page(paper: Paper, marking: str | None = None) -> str:
    """The paper as HTML."""
    blocks = [(type(block).__name__, block) for block in paper.blocks]
    pictures = {n: b64encode(one.png).decode() for n, one in enumerate(paper.blocks) if isinstance(one, Picture)}
    template = _ENVIRONMENT.get_template("paper.html.j2")
    return template.render(paper=paper, blocks=blocks, pictures=pictures, marking=marking, language=LANGUAGE)
