"""Shifts of levels: that they fit in a day, and that somebody can plan them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from ovning.errors import Problem
from ovning.files.checks.staffing import heads
from ovning.files.parts import Part
from ovning.model.assumptions import ModelAssumptions
from ovning.model.organisation import Organisation
from ovning.model.vocabulary import Vocabulary
from ovning.units import DAY, say_duration

PERSONNEL: Final = "personnel"
"""The capability to plan who relieves whom."""


def lengths(organisation: Part[Organisation]) -> Iterator[Problem]:
    """A shift is at most a day, goes evenly into it, and is planned before it is over."""
    for level in organisation.model.levels:
        at, shifts = ("levels", level.id, "shifts"), level.shifts
        if shifts is None:
            continue
        if shifts.length > DAY:
            yield organisation.error(
                f"ett skift på {say_duration(shifts.length)} är längre än ett dygn",
                "skriv till exempel length: 8 h",
                at=(*at, "length"),
            )
        elif not shifts.changes_at and DAY % shifts.length:
            yield organisation.warning(
                f"skift på {say_duration(shifts.length)} går inte jämnt upp i dygnet: det sista blir kortare",
                'skriv när skiften byts: changes_at: ["07:00", …]',
                at=(*at, "length"),
            )
        if shifts.planned_within > shifts.length:
            yield organisation.warning(
                f"nästa skift planeras först efter {say_duration(shifts.planned_within)} men ett skift är "
                f"{say_duration(shifts.length)}: avlösningen kommer för sent",
                "sänk planned_within",
                at=(*at, "planned_within"),
            )
        for n, clock in enumerate(shifts.changes_at):
            if clock in shifts.changes_at[:n]:
                yield organisation.error(
                    f"skiften byts två gånger klockan {clock}", "ta bort den ena", at=(*at, "changes_at", n)
                )


def planners(organisation: Part[Organisation], vocabulary: Part[Vocabulary]) -> Iterator[Problem]:
    """A level with shifts has somebody who can plan them, in a seat or in the organisation."""
    model, words = organisation.model, vocabulary.model
    can = any(PERSONNEL in f.does and heads(model, f.filled_by) for f in model.functions.values())
    for level in model.levels:
        seated = any(
            PERSONNEL in words.seats[seat].does and heads(model, model.staff.get(seat, ()))
            for seat in level.staffs
            if seat in words.seats
        )
        if level.shifts is not None and not can and not seated:
            yield organisation.warning(
                f"ingen kan planera avlösningen ({PERSONNEL}): de som sitter blir sittande tills de inte orkar",
                f"bemanna en plats som har {PERSONNEL}, eller låt en funktion ha det under does",
                at=("levels", level.id, "shifts"),
                key=True,
            )


def longer_than_anybody_works(organisation: Part[Organisation], engine: Part[ModelAssumptions]) -> Iterator[Problem]:
    """A shift is over before those who sit go home of themselves."""
    longest = engine.model.works_at_most
    for level in organisation.model.levels:
        if level.shifts is not None and longest < level.shifts.length <= DAY:
            yield organisation.warning(
                f"skiftet är {say_duration(level.shifts.length)} men den som inte blir avlöst går hem efter "
                f"{say_duration(longest)} (works_at_most)",
                "korta skiftet",
                at=("levels", level.id, "shifts", "length"),
            )


CHECKS = (lengths,)
"""Checks of an organisation by itself."""
