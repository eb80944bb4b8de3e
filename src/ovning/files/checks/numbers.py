"""The engine's own numbers in ``assumptions.yaml``: clock times, calendars that have days, rest within a day."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from ovning.errors import Problem
from ovning.files.checks.words import Use
from ovning.files.parts import Part
from ovning.model.assumptions import ModelAssumptions
from ovning.units import DAY, HOUR, say_duration

_MORNINGS: Final = 12 * HOUR
"""With more than half a day between them, evening and morning change places."""
_CLOCK: Final = re.compile(r"([01]\d|2[0-3]):[0-5]\d|24:00")


def clock_times(engine: Part[ModelAssumptions]) -> Iterator[Problem]:
    """Clock times are written HH:MM, and a working day begins before it ends."""
    model = engine.model
    places: list[Use] = [(model.night_begins, ("night_begins",)), (model.night_ends, ("night_ends",))]
    for name, calendar in model.calendars.items():
        places += [(calendar.begin, ("calendars", name, "begin")), (calendar.end, ("calendars", name, "end"))]
    wrong = {path for clock, path in places if not _CLOCK.fullmatch(clock)}
    for clock, path in places:
        if path in wrong:
            yield engine.error(f"”{clock}” är inget klockslag", "skriv det inom citattecken: ”08:00”", at=path)
    for name, calendar in model.calendars.items():
        at = ("calendars", name)
        if (*at, "begin") in wrong or (*at, "end") in wrong:
            continue
        if calendar.begin >= calendar.end:
            yield engine.error(
                f"arbetsdagen slutar {calendar.end} men börjar {calendar.begin}",
                "dela ett pass över midnatt i två kalendrar, eller använd always",
                at=(*at, "end"),
            )
        if not calendar.days:
            yield engine.warning("kalendern har inga dagar: ingen är någonsin i tjänst", at=(*at, "days"))
        if name in ("always", "never"):
            yield engine.error(f"”{name}” har redan en mening", "ge kalendern ett annat namn", at=at, key=True)


def rest(engine: Part[ModelAssumptions]) -> Iterator[Problem]:
    """People can work at all, and rest within a day."""
    model = engine.model
    if model.mornings_differ > _MORNINGS:
        yield engine.error(
            f"dygnen kan inte skilja sig åt med {say_duration(model.mornings_differ)}",
            f"skriv högst {say_duration(_MORNINGS)}",
            at=("mornings_differ",),
        )
    if model.works_at_most <= 0:
        yield engine.error("ingen kan arbeta 0 timmar", "skriv till exempel 16 h", at=("works_at_most",))
    if model.daily_rest >= DAY:
        yield engine.error(
            "en dygnsvila på ett helt dygn lämnar ingen tid att arbeta", "skriv till exempel 11 h", at=("daily_rest",)
        )
    elif model.duty_ends_after > model.daily_rest:
        yield engine.warning(
            f"{say_duration(model.duty_ends_after)} ledigt avslutar en tjänstgöring, men dygnsvilan är "
            f"{say_duration(model.daily_rest)}: den som har vilat klart räknas ändå som i tjänst",
            "sätt duty_ends_after till högst daily_rest",
            at=("duty_ends_after",),
        )
    if model.duty_ends_after <= 0:
        yield engine.error(
            "tjänstgöringen börjar om vid varje paus: ingen blir någonsin trött",
            "skriv till exempel 5 h",
            at=("duty_ends_after",),
        )


CHECKS = (clock_times, rest)
"""Checks of the engine's numbers."""
