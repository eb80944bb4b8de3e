"""At what sort of time a play started."""

from __future__ import annotations

from datetime import datetime, time
from typing import Final, Literal, TypeAlias, get_args

from ovning.free_days import is_free_day

StartKind: TypeAlias = Literal["office", "evening", "night", "weekend"]
"""Ordinary working hours; a working day's morning and evening around them; night, on all days; any other day."""

KINDS: Final[tuple[StartKind, ...]] = get_args(StartKind)
_NIGHT_ENDS, _OFFICE_BEGINS, _OFFICE_ENDS, _NIGHT_BEGINS = time(6), time(8), time(17), time(22)


def start_kind(start: datetime) -> StartKind:
    """Of a local time: night from 22 to 06, office hours from 08 to 17 on days that are no weekend and not free."""
    clock = start.time()
    if clock < _NIGHT_ENDS or clock >= _NIGHT_BEGINS:
        return "night"
    if start.weekday() >= 5 or is_free_day(start.date()):
        return "weekend"
    return "office" if _OFFICE_BEGINS <= clock < _OFFICE_ENDS else "evening"
