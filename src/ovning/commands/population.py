"""``--at-population``: an organisation as if so many lived there; the same option wherever something is played."""

from __future__ import annotations

from typing import Annotated

import typer

from ovning.commands.given import whole_given
from ovning.limits import LARGEST_POPULATION, SMALLEST_POPULATION

PopulationOption = Annotated[
    str | None,
    typer.Option(
        "--at-population",
        metavar="ANTAL",
        help="Räknar som om så många bodde i kommunen, så att storlek inte förväxlas med organisation: 90000.",
        show_default=False,
    ),
]


def population_given(text: str | None) -> int | None:
    """What stands after ``--at-population``: inhabitants, also written ``90 000``; ``None`` if it was not given."""
    if text is None:
        return None
    return whole_given("--at-population", "".join(text.split()), SMALLEST_POPULATION, LARGEST_POPULATION)
