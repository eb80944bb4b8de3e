"""Assumed values in words, as they stand in the files."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ovning.model.assumptions import Assumption
from ovning.model.setup import Setup
from ovning.model.size import counted_for
from ovning.report.names import large, short, small
from ovning.report.places import say_place
from ovning.report.wording import number, with_comma
from ovning.words import catalogue, word

_FORMAT = "format."
_SPACED = 10_000
"""From here on digits are written in groups."""
"""Words of the files' format stand under this in the catalogue."""


def assumptions_document(setup: Setup) -> list[dict[str, Any]]:
    """``assumptions`` of ``results.json``: what each is called, its value and range as written, and why.

    One that follows how many live in the municipality says for how many it is written, and what was played.
    """
    return [
        {
            "name": entry.name or entry.path,
            "title": _called(entry, setup),
            "value": entry.value,
            "range": entry.range,
            "reason": entry.reason,
            "for_population": entry.for_population,
            "played": _played(entry, setup.at_population),
        }
        for entry in setup.ledger
    ]


def _played(entry: Assumption, population: int | None) -> float | None:
    """What was played instead of the value as written, if it was counted for another number of inhabitants."""
    if population is None or entry.for_population is None or not isinstance(entry.value, (int, float)):
        return None
    return counted_for(entry.value, entry.for_population, population)


def _called(entry: Assumption, setup: Setup) -> str:
    """As the shared file calls it, or the place in words."""
    return entry.title or entry.name or large(say_place(entry.path, setup))


def format_words(setup: Setup) -> dict[str, str]:
    """Words for the format's own names and for the ids of the files that were played."""
    vocabulary, organisation = setup.vocabulary, setup.organisation
    titled = (
        vocabulary.capabilities,
        vocabulary.decisions,
        vocabulary.seats,
        organisation.functions,
        organisation.bodies,
    )
    return {name: small(short(known.title)) for group in titled for name, known in group.items()} | _format()


def say_value(value: object, words: Mapping[str, str] | None = None) -> str:
    """A value as written in a file, in one line; ``words`` are for keys and ids (the format's own, if not given)."""
    words = _format() if words is None else words
    match value:
        case None:
            return word("value.nothing")
        case bool():
            return word("value.yes" if value else "value.no")
        case dict():
            parts = ((words.get(str(key), str(key)), part, say_value(part, words)) for key, part in value.items())
            # What has several parts of its own is kept together.
            return ", ".join(
                f"{key} ({said})" if isinstance(part, dict) and len(part) > 1 else f"{key} {said}"
                for key, part, said in parts
            )
        case list() | tuple():
            said = [say_value(part, words) for part in value]
            if any(isinstance(part, dict) for part in value):
                return "; ".join(said)
            dashed = all(part[:1].isdigit() for part in said)
            return (" – " if dashed else ", ").join(said) or word("value.nothing")
        case float():
            return f"{value:g}".replace(".", ",")
        case str():
            return words.get(value) or with_comma(value)
        case int() if abs(value) >= _SPACED:
            return number(value)
        case _:
            return str(value)


def _format() -> dict[str, str]:
    return {key.removeprefix(_FORMAT): text for key, text in catalogue().items() if key.startswith(_FORMAT)}
