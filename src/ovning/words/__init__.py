"""The catalogue: what people read, in one file for each language, by key, with places for what is filled in.

A file is read when its first word is asked for, and once. How a second language is added stands in CONTRIBUTING.md.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from string import Formatter
from typing import Any, Final

LANGUAGE: Final = "sv"
"""Which catalogue is read."""
_FORMATTER: Final = Formatter()


@cache
def catalogue(language: str = LANGUAGE) -> Mapping[str, str]:
    """All texts of a language, by key: the names of the tables and of the text with points between."""
    text = files("ovning.words").joinpath(f"{language}.toml").read_text(encoding="utf-8")
    return dict(_flat(tomllib.loads(text), ""))


@cache
def parts_of(key: str) -> tuple[tuple[str, str | None], ...]:
    """A text in pieces: words, and the place that follows them (``None`` for none). ``KeyError``: no such text."""
    return tuple((literal, place) for literal, place, _, _ in _FORMATTER.parse(catalogue()[key]))


def word(key: str, /) -> str:
    """A text without places to fill in."""
    return catalogue()[key]


def phrase(key: str, /, **parts: str) -> str:
    """The text of the key with its places filled in. Raises ``KeyError`` for a key or a place that is not there."""
    return catalogue()[key].format(**parts)


def numbered(key: str, count: float, /, **parts: str) -> str:
    """The text for one or for several: ``key.one`` or ``key.other``."""
    return phrase(form(key, count), **parts)


def form(key: str, count: float, /) -> str:
    """The key of the text for one or for several."""
    return f"{key}.{'one' if count == 1 else 'other'}"


def _flat(table: Mapping[str, Any], before: str) -> Iterator[tuple[str, str]]:
    for name, value in table.items():
        if isinstance(value, str):
            yield before + name, value
        else:
            yield from _flat(value, f"{before}{name}.")
