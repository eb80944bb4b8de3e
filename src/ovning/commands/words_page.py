"""The words of the files on a page, for whoever writes an organisation or an exercise without knowing them by heart."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from ovning.model.vocabulary import Vocabulary, Word

_GROUPS: Final[Mapping[str, tuple[str, str]]] = {
    "capabilities": ("Förmågor", "Under does i organisationen och needs i scenariot."),
    "decisions": ("Beslut", "Under decides i organisationen; decide(ordet) under needs i scenariot."),
    "roles": ("Roller", "role hos en funktion; by hos en uppgift; role(ordet) som mottagare av ett inspel."),
    "kinds": ("Slag av händelser", "first_call i organisationen; kind hos en uppgift om läget."),
    "seats": ("Platser i staben", "staffs och staff i organisationen."),
    "levels": ("Lägen", "levels i organisationen; warrants i scenariot."),
    "services": ("Tjänster", "services i scenariot."),
    "channels": ("Sätt att nå varandra", "channels i organisationen; by hos ett inspel."),
    "actors": ("Andra aktörer", "actor hos ett inspel."),
    "follow_up": ("Stabens löpande arbete", "follow_up hos ett läge."),
}


def words_page(vocabulary: Vocabulary) -> str:
    """Every group of words as a table, in Markdown."""
    parts = [
        "# Ord som går att använda\n\nEtt ord som inte står här är ett fel i filerna. Egna ord läggs till i en egen"
        " vocabulary.yaml (se docs/files.md).\n"
    ]
    for group, (title, where) in _GROUPS.items():
        words: Mapping[str, Word] = getattr(vocabulary, group)
        rows = [(f"`{name}`", word.title, word.meaning) for name, word in words.items()]
        parts.append(f"## {title}\n\n{where}\n\n{_table(rows)}")
    degrees = [(str(number), degree.title, degree.meaning) for number, degree in enumerate(vocabulary.severities)]
    parts.append(f"## Allvar\n\nseverity hos en uppgift om läget.\n\n{_table(degrees)}")
    return "\n".join(parts)


def _table(rows: Sequence[tuple[str, ...]]) -> str:
    head = "| ord | titel | betyder |\n|---|---|---|\n"
    return head + "".join(f"| {' | '.join(cell.replace('|', '/') for cell in row)} |\n" for row in rows)
