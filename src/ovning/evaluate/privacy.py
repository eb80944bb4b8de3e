"""Names, personal numbers and telephone numbers in notes, found before anything is written: functions, not people."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final, Literal, NamedTuple

from ovning.evaluate.note import Note
from ovning.model.setup import Setup

_PERSONAL: Final = re.compile(r"\b(?:19|20)?(\d{2})(0[1-9]|1[0-2])([0-2]\d|3[01]|[67]\d|8[0-9]|9[01])[-+ ]?(\d{4})\b")
_TELEPHONE: Final = re.compile(r"(?<![\d.])(?:\+46|0046|0)[ -]?\d{1,3}(?:[ -]?\d){5,8}(?!\d)")
_NAME: Final = re.compile(
    r"\b([A-ZÅÄÖ][a-zåäöé]+(?:-[A-ZÅÄÖ][a-zåäöé]+)?)\s+([A-ZÅÄÖ][a-zåäöé]+(?:-[A-ZÅÄÖ][a-zåäöé]+)?)\b"
)


class Personal(NamedTuple):
    """Something in a note that looks as if it were about one person."""

    id: str
    """The row."""
    what: Literal["name", "personal_number", "telephone"]
    text: str


def personal(notes: Sequence[Note], setup: Setup) -> tuple[Personal, ...]:
    """All that looks so. Words of the exercise's own files are nobody's name."""
    known = {word.casefold() for word in _words(setup)}
    return tuple(found for note in notes for found in _within(note, known))


def _within(note: Note, known: set[str]) -> Iterator[Personal]:
    for text in (note.text, note.place, note.observer):
        for match in _PERSONAL.finditer(text):
            if _is_right(match):
                yield Personal(note.id, "personal_number", match[0])
        for match in _TELEPHONE.finditer(text):
            if not _PERSONAL.search(match[0]):
                yield Personal(note.id, "telephone", match[0])
        for match in _NAME.finditer(text):
            starts = match.start() == 0 or text[: match.start()].rstrip().endswith((".", "!", "?", ":"))
            # The first word of a sentence has a capital whatever it is.
            if match[2].casefold() not in known and not (starts and match[1].casefold() in known):
                yield Personal(note.id, "name", match[0])


def _is_right(match: re.Match[str]) -> bool:
    """Whether the last digit is what it should be (Luhn's sum over the ten)."""
    digits = [int(digit) for digit in "".join(match.groups())]
    doubled = [digit * (2 - n % 2) for n, digit in enumerate(digits)]
    return sum(digit // 10 + digit % 10 for digit in doubled) % 10 == 0


def _words(setup: Setup) -> Iterator[str]:
    organisation, scenario = setup.organisation, setup.scenario
    titles = [organisation.title, setup.exercise.title, scenario.title, scenario.situation]
    titles += [one.title for one in organisation.functions.values()]
    titles += [one.title for one in organisation.units.values()]
    titles += [text for one in scenario.injects for text in (one.title, one.text, one.sender, one.expected)]
    titles += [one.title for one in organisation.levels]
    titles += [one.title for one in organisation.bodies.values()]
    titles += [one.title for one in scenario.facts.values()]
    words = setup.vocabulary
    for known in (words.actors, words.capabilities, words.decisions, words.seats, words.services, words.roles):
        titles += [one.title for one in known.values()]
    titles += [task.title for procedure in scenario.procedures.values() for task in procedure]
    for title in titles:
        yield from re.findall(r"\w+", title)
