"""The report of a comparison as one HTML file that needs nothing beside it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from markupsafe import Markup

from ovning import __version__
from ovning.report.brief import startex
from ovning.report.catalogue import words
from ovning.report.comparison import tables
from ovning.report.comparison.drawings import contrasts_name, reached_name, shift_name
from ovning.report.comparison.found import Found
from ovning.report.comparison.sentences import answer
from ovning.report.drawings import Drawing
from ovning.report.numbers import whole
from ovning.report.pages import page_environment, quoted
from ovning.report.said import listed
from ovning.report.wording import with_comma
from ovning.words import LANGUAGE


def render_comparison(found: Found, drawings: Sequence[Drawing]) -> str:
    """The whole page; ``drawings`` go where their names say."""
    setup, document = found.setup, found.document
    return (
        page_environment()
        .get_template("comparison.html")
        .render(
            language=LANGUAGE,
            exercise=setup.exercise,
            labels=found.labels,
            marking=found.compared.marking,
            variation=document["variation_title"].value or "",
            start=startex(document, setup),
            start_chosen="--start" in found.compared.command,
            at_population=whole(document["at_population"]) if document["at_population"].value is not None else "",
            changed=[
                (one["label"].value, with_comma(path)) for one in document["designs"] for path in one["changed"].value
            ],
            plays=whole(document["plays"]),
            answer=answer(found),
            designs=tables.designs(found),
            notes=list(
                dict.fromkeys((one["label"].value, one["note"].value) for one in document["designs"] if one["note"])
            ),
            duels=[_duel(found, number) for number in range(len(found.labels) - 1)],
            reached=[reached_name(number) for number in range(len(document["levels"]))],
            wins=tables.wins(found),
            smallest=tables.smallest(found),
            swept=found.compared.moved is not None,
            turning=tables.turning(found),
            first_two=found.labels[:2],
            figures={drawing.name: {"svg": Markup(drawing.svg), "alt": drawing.alt} for drawing in drawings},
            seed=found.comparison.seed,
            looks=listed([whole(look) for look in document["looks"]]),
            command=" ".join(quoted(word) for word in found.compared.command),
            version=__version__,
        )
    )


def _duel(found: Found, duel: int) -> dict[str, Any]:
    levels = list(found.document["levels"])
    made = [(shift_name(number, duel), tables.parts(found, level, duel)) for number, level in enumerate(levels)]
    return {
        "heading": words("versus.headlines.heading", design=found.label(duel + 1), baseline=found.label(0)),
        "contrasts": contrasts_name(duel),
        "headlines": tables.headlines(found, duel),
        "criteria": tables.criteria(found, duel),
        "parts": [(name, table) for name, table in made if table is not None],
        "differences": tables.differences(found, duel),
    }
