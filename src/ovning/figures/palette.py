"""Colours: the same thing has the same colour everywhere, told apart in greyscale and by colour-blind readers.

The hues are Okabe and Ito's (Color Universal Design, 2008), ordered so that neighbours differ in lightness; every cause
also has a hatching of its own, for print without colour.
"""

from __future__ import annotations

from typing import Final

CAUSES: Final[dict[str, tuple[str, str]]] = {
    "unavailable": ("#0072B2", ""),
    "queue": ("#E69F00", "//"),
    "mandate": ("#8A2F00", ""),
    "meeting": ("#56B4E9", "\\\\"),
    "transmission": ("#B8B8B8", ""),
    "information": ("#009E73", ".."),
    "clarification": ("#F0E442", "xx"),
    "shift_change": ("#CC79A7", "--"),
    "channel_down": ("#404040", "++"),
}
"""Cause → fill and hatching."""

WORK: Final = ("#E8E4DA", "")
"""Time in which somebody worked."""

LEVELS: Final = ("#3D8FC7", "#0B568A", "#062F4D", "#000F1C")
"""Levels of the ladder from the lowest, darker the higher."""

LEVEL_DASHES: Final = ("-", "--", "-.", ":")
"""Lines of the levels, told apart without colour."""

INK: Final = "#222222"
FAINT: Final = "#8C8C8C"
TARGET: Final = "#8A2F00"
"""Limits and targets."""


def cause(name: str) -> tuple[str, str]:
    """Fill and hatching of a cause of waiting."""
    return CAUSES.get(name, (FAINT, ""))


def level(rank: int) -> tuple[str, str]:
    """Colour and dashes of a level, by its place on the ladder from 0."""
    return LEVELS[min(rank, len(LEVELS) - 1)], LEVEL_DASHES[rank % len(LEVEL_DASHES)]
