"""The catalogue: every word of the report in one file for each language, by key, with places for what is filled in."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from string import Formatter
from typing import Any, Final

from ovning.report.said import Said, Text, said

LANGUAGE: Final = "sv"
"""The language of the report."""
_FORMATTER: Final = Formatter()


@cache
def catalogue(language: str = LANGUAGE) -> Mapping[str, str]:
    """All texts of a language, by key: the names of the tables and of the text with points between."""
    text = files("ovning.report").joinpath("words", f"{language}.toml").read_text(encoding="utf-8")
    return dict(_flat(tomllib.loads(text), ""))


def words(key: str, /, **parts: Text) -> Said:
    """The text of the key with its places filled in. Raises ``KeyError`` for a key or a place that is not there."""
    pieces: list[Text] = []
    for literal, name, _, _ in _FORMATTER.parse(catalogue()[key]):
        pieces.append(literal)
        if name is not None:
            pieces.append(parts[name])
    return said(*pieces)


def word(key: str, /) -> str:
    """A text without places to fill in."""
    return catalogue()[key]


def counted(key: str, count: int, /, **parts: Text) -> Said:
    """The text for one or for several: ``key.one`` or ``key.other``."""
    return words(f"{key}.{'one' if count == 1 else 'other'}", **parts)


def _flat(table: Mapping[str, Any], before: str) -> Iterator[tuple[str, str]]:
    for name, value in table.items():
        if isinstance(value, str):
            yield before + name, value
        else:
            yield from _flat(value, f"{before}{name}.")
