"""Days that are free in Sweden."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Final

import holidays

_EVES: Final = {(12, 24), (12, 31)}


def is_free_day(day: date) -> bool:
    """A Swedish holiday, or one of the three eves that are free in practice."""
    midsummer_eve = day.month == 6 and day.weekday() == 4 and 19 <= day.day <= 25
    return day in _holidays(day.year) or (day.month, day.day) in _EVES or midsummer_eve


@cache
def _holidays(year: int) -> frozenset[date]:
    return frozenset(holidays.country_holidays("SE", years=year))
