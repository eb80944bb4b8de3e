"""A page as its texts, each with what it stands in, and what a number on it says."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import Any

VOID = ("meta", "br", "wbr", "link")
UNITS = {"s": 1000, "min": 60_000, "h": 3_600_000, "dygn": 86_400_000}


class Page(HTMLParser):
    """Every text with the attributes of what it stands in."""

    def __init__(self) -> None:
        super().__init__()
        self._open: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[tuple[str, dict[str, str | None], list[str]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in VOID:
            self._open.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop()[0] == tag

    def handle_data(self, data: str) -> None:
        inside = {name: value for _, attributes in self._open for name, value in attributes.items()}
        self.texts.append((data, inside, [tag for tag, _ in self._open]))


def value_at(document: Any, at: str) -> Any:
    for name in at.split("/")[1:]:
        document = document[int(name)] if isinstance(document, list) else document[name]
    return document


def read(text: str, kind: str) -> tuple[float, float]:
    """The number that a text says, in the unit of the document, and by how much it may be rounded."""
    plain = text.replace("\N{NO-BREAK SPACE}", " ")
    if kind == "duration":
        parts = re.findall(r"([\d,]+) (s|min|h|dygn)\b", plain)
        assert parts, text
        value = sum(float(number.replace(",", ".")) * UNITS[unit] for number, unit in parts)
        return value, (1_800_000 if "dygn" in plain else 30_000 if "s" not in plain else 500)
    digits = re.search(r"\d[\d ]*(?:,\d+)?", plain)
    assert digits, text
    value = float(digits[0].strip().replace(" ", "").replace(",", "."))
    step = 0.05 if "," in digits[0] else 0.5
    scale = {"percent": 0.01, "points": 0.01, "minutes": 60_000, "hours": 3_600_000}.get(kind, 1)
    return value * scale, step * scale
