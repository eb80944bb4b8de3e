"""Names, personal numbers and telephone numbers in notes, found before anything is written: functions, not people."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final, Literal, NamedTuple

from ovning.evaluate.note import Lost, Note
from ovning.model.setup import Setup

_PERSONAL: Final = re.compile(r"\b(?:19|20)?(\d{2})(0[1-9]|1[0-2])([0-2]\d|3[01]|[67]\d|8[0-9]|9[01])[-+ ]?(\d{4})\b")
_TELEPHONE: Final = re.compile(r"(?<![\d.])(?:\+46|0046|0)[ -]?\d{1,3}(?:[ -]?\d){5,8}(?!\d)")
_NAME_OF: Final = (
    *("korset", "radio", "television", "kraftnät", "kommun", "region", "län", "länsstyrelsen", "polisen", "alarm"),
    *(
        "räddningstjänsten",
        "energi",
        "nät",
        "elnät",
        "tidning",
        "tidningen",
        "nyheter",
        "kyrkan",
        "sjukhus",
        "myndigheten",
    ),
    *("ab", "vatten", "bostäder", "trafik", "försvaret", "hemvärnet", "civilförsvar", "verket"),
)
"""Words after which two words with capitals are an organisation and nobody's name."""
_WORD: Final = r"[A-ZÅÄÖ][a-zåäöé]+(?:-[A-ZÅÄÖ][a-zåäöé]+)?"
_NAMES: Final = (
    # Found from each word on, so that a function before a name does not hide it.
    re.compile(rf"(?<![-\w])(?=({_WORD})\s+({_WORD})\b)"),
    re.compile(r"(?<![-\w])(?=([A-ZÅÄÖ]{3,})\s+([A-ZÅÄÖ]{4,})\b)"),
)
_HOURS: Final = re.compile(r"\b([01]?\d|2[0-4])[.:]?[0-5]\d\s*[-–]\s*([01]?\d|2[0-4])[.:]?[0-5]\d\b")
"""From when to when."""


class Personal(NamedTuple):
    """Something in a note that looks as if it were about one person."""

    id: str
    """The row."""
    what: Literal["name", "personal_number", "telephone"]
    text: str


def personal(texts: Sequence[tuple[str, str]], setup: Setup) -> tuple[Personal, ...]:
    """All that looks so, in texts with where they stand. Words of the exercise's own files are nobody's name."""
    known = {word.casefold() for word in _words(setup)} | set(_NAME_OF)
    found = [one for where, text in texts for one in _within(where, text, known)]
    return tuple(dict.fromkeys(found))


def written(notes: Sequence[Note], lost: Sequence[Lost], names: Sequence[str]) -> list[tuple[str, str]]:
    """All that was written by somebody and would be passed on: notes, what was not understood, and names of files."""
    found = [(name, name) for name in names]
    for note in notes:
        found += [(note.id, text) for text in (note.id, note.text, note.place, note.observer, note.written)]
    for one in lost:
        found += [(one.id, text) for text in (one.id, one.text)]
    return found


def _within(where: str, text: str, known: set[str]) -> Iterator[Personal]:
    text = _HOURS.sub(" ", text)
    for match in _PERSONAL.finditer(text):
        if _is_right(match):
            yield Personal(where, "personal_number", match[0])
    for match in _TELEPHONE.finditer(text):
        if not _PERSONAL.search(match[0]):
            yield Personal(where, "telephone", match[0])
    for form in _NAMES:
        for match in form.finditer(text):
            # A word of the files may be somebody's second word in a sentence, and never their surname.
            if not {match[1].casefold(), match[2].casefold()} & known:
                yield Personal(where, "name", f"{match[1]} {match[2]}")


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
