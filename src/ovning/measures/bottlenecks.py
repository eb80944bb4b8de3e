"""Bottlenecks: whom the objectives' cases waited for along their critical paths, and what might be tried against it."""

from __future__ import annotations

from typing import NamedTuple


class Remedy(NamedTuple):
    """Something to try: what it would bring is found by playing again with it, never from how long was waited."""

    title: str
    """What is tried, in Swedish."""
    sets: tuple[str, ...]
    """``PATH=VALUE`` as for ``--set``."""
