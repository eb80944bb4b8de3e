"""How pages are made from templates: everything is text unless it says otherwise, and nothing may be missing."""

from __future__ import annotations

import re
from importlib.resources import files
from typing import Final

from jinja2 import Environment, FunctionLoader, StrictUndefined
from markupsafe import Markup, escape

from ovning.report.catalogue import counted, words
from ovning.report.numbers import percent, whole
from ovning.report.said import Number, Said, Text
from ovning.report.timeline import say_offset
from ovning.report.wording import unbroken

LONG: Final = 12
"""A table with more rows is folded."""


def page_environment() -> Environment:
    """Templates by name, ``report.html``; styles and scripts by theirs, ``report.css``; ``w`` gives words."""
    environment = Environment(
        loader=FunctionLoader(_template),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters |= {"breakable": _breakable, "unbroken": _unbroken, "offset": say_offset, "percent": percent}
    environment.filters["css_string"] = _css_string
    environment.globals |= {"w": words, "counted": counted, "whole": whole, "LONG": LONG, "sorts_as": _sorts_as}
    return environment


def quoted(word: str) -> str:
    """A word of a command line, as it is typed."""
    return f'"{word}"' if any(c in word for c in " ;&|<>()$`\\\"'*?[") else word


def _template(name: str) -> str:
    kind = "" if name.endswith((".css", ".js")) else ".j2"
    return files("ovning.report").joinpath("templates", f"{name}{kind}").read_text(encoding="utf-8")


def _css_string(text: str) -> Markup:
    """A text as a string of a style sheet, in which nothing can end it or the sheet."""
    return Markup('"' + "".join(one if one.isalnum() or one == " " else f"\\{ord(one):x} " for one in text) + '"')


def _unbroken(text: Text) -> Markup:
    """With no line broken inside a time or between a number and its interval."""
    pieces = text.pieces if isinstance(text, Said) else (text,)
    return Markup().join(escape(piece if isinstance(piece, Number) else unbroken(str(piece))) for piece in pieces)


def _sorts_as(text: Text) -> str:
    """What a cell is put in order by, where that is not its text."""
    value = text.sorts_as if isinstance(text, Said) else None
    return "" if value is None else f"{value:g}"


def _breakable(name: str) -> Markup:
    """A name that may be broken between its parts, where a column is narrow."""
    return Markup("<wbr>").join(re.split(r"(?<=[._])", name))
