"""``ovning list``: what comes with the program."""

from __future__ import annotations

from ovning.commands.console import console, print_table, say
from ovning.files import list_shipped


def catalogue() -> int:
    """Print the exercises and organisations that come with the program."""
    shipped = list_shipped()
    out = console()
    for heading, word, found in (
        ("Övningar", "övning", shipped.exercises),
        ("Organisationer", "organisation", shipped.organisations),
        ("Historiska händelser, för att pröva modellen", "övning", shipped.historical),
    ):
        print_table(out, heading, ((word, "left"), ("titel", "left")), tuple(found.items()))
    say(out, "Visa en av dem: ovning show NAMN. Spela: ovning run ÖVNING --org ORGANISATION.", "dim")
    return 0
