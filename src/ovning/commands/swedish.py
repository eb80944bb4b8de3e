"""Help with Swedish headings."""

from __future__ import annotations

from typing import Any

from typer.core import TyperCommand, TyperGroup

_IN_SWEDISH = (
    ("Usage:", "Användning:"),
    ("[OPTIONS]", "[VAL]"),
    ("COMMAND [ARGS]...", "KOMMANDO …"),
    ("]...", "] …"),
    ("Options:", "Val:"),
    ("Commands:", "Kommandon:"),
    ("Arguments:", "Argument:"),
    ("Show this message and exit.", "Visar den här hjälpen."),
    ("  [required]", ""),
    (" <str>", ""),
)


def _in_swedish(text: str) -> str:
    for english, swedish in _IN_SWEDISH:
        text = text.replace(english, swedish)
    return text


class SwedishCommand(TyperCommand):
    """A command whose help has Swedish headings."""

    def get_help(self, ctx: Any) -> str:
        """The help text."""
        return _in_swedish(super().get_help(ctx))


class SwedishGroup(TyperGroup):
    """A group of commands whose help has Swedish headings."""

    def get_help(self, ctx: Any) -> str:
        """The help text."""
        return _in_swedish(super().get_help(ctx))

    def list_commands(self, ctx: Any) -> list[str]:
        """The commands in the order in which one needs them, not by name."""
        return list(self.commands)
