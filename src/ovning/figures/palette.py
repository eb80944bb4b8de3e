"""Colours: the same thing has the same colour everywhere, told apart in greyscale and by colour-blind readers.

The hues are Okabe and Ito's (Color Universal Design, 2008), ordered so that neighbours differ in lightness; every cause
also has a hatching of its own, for print without colour.
"""

from __future__ import annotations

from typing import Final

CAUSES: Final[dict[str, tuple[str, str]]] = {
    "unavailable": ("#0072B2", ""),
    "queue": ("#E69F00", "//"),
    "mandate": ("#8A2F00", "||"),
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

SPREAD: Final = ("#FFFFFF", "oo")
"""Time in which something was known, and not by those who should know."""

IDLE: Final = ("#FFFFFF", "")
"""Time in which nothing led there."""

SERVICE: Final = "#5B7083"
"""What those who have a service have of it."""

QUEUE: Final = "#9A6A3C"
"""Those who wait in a queue."""

RULE: Final = "#E5E5E5"
"""Lines to measure by."""

LEVELS: Final = ("#3D8FC7", "#0B568A", "#062F4D", "#000F1C")
"""Levels of the ladder from the lowest, darker the higher."""

LEVEL_DASHES: Final = ("-", "--", "-.", ":")
"""Lines of the levels, told apart without colour."""

DESIGNS: Final = (("#0B568A", "-"), ("#C25E00", "--"), ("#3F7F5F", "-."), ("#7A3E7D", ":"), ("#222222", (0, (1, 3))))
"""Lines of designs that are compared, the baseline first: colour and dashes, by which they are told apart alone."""

STEPS: Final = ("#FFFFFF", "#DCE6F0", "#AFC6DD", "#7099C0", "#2F6499", "#0A2947")
"""A scale from nothing to all, darker the more."""

INK: Final = "#222222"
SOFT: Final = "#4A4A4A"
"""Words that say more of what stands above them."""
FAINT: Final = "#8C8C8C"
FIELD: Final = "#EBEBEB"
"""Behind headings and seats."""
LACKING: Final = "#F6D9CB"
"""Behind what nobody can or may."""
TARGET: Final = "#8A2F00"
"""Limits and targets."""


def cause(name: str) -> tuple[str, str]:
    """Fill and hatching of a cause of waiting."""
    return CAUSES.get(name, (FAINT, ""))


def level(rank: int) -> tuple[str, str]:
    """Colour and dashes of a level, by its place on the ladder from 0."""
    return LEVELS[min(rank, len(LEVELS) - 1)], LEVEL_DASHES[rank % len(LEVEL_DASHES)]


def part(name: str) -> tuple[str, str, str]:
    """Fill, hatching and edge of a part of some time: a cause of waiting, ``work``, ``spread`` or ``idle``."""
    if name in {"spread", "idle"}:
        return (*(SPREAD if name == "spread" else IDLE), FAINT)
    return (*(WORK if name == "work" else cause(name)), "white")
