"""Where in a file a value stands, in words instead of a path."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from ovning.model.setup import Setup
from ovning.report.names import Names, small
from ovning.words import catalogue, phrase, word
from ovning.words.common import enumerated

ORGANISATION: Final = ("units", "people", "functions", "bodies", "levels", "joint", "agreements", "channels")
"""What an organisation's file is made of, in its order."""
_TITLED: Final = ("services", "flows", "stocks")
"""What is known by its title alone."""
_LEADS: Final = frozenset({"arrives", "stages", "affects"})
"""Steps that say nothing that the next one does not."""
_SERVICES: Final = ("because_of", "depends_on")
"""What is followed by a service's id."""
_JOINS: Final = (*_SERVICES, "emptied_by", "filled_by")
"""Steps that are said together with the next."""


def say_place(path: str, setup: Setup) -> str:
    """A path of the ledger in words: ``funktionen säkerhetschefen: hur de nås``."""
    kind, *steps = path.split(".")[1:] or [""]
    if not kind:
        return word("place.whole")
    of, field = _known("kind", kind), _known("field", kind)
    if not steps or not (of or kind in _TITLED):
        return field or of or kind
    names = Names(setup)
    if kind == "procedures" and len(steps) > 1:
        title = names.task_of(steps[0], steps[1])
        said, rest = f"{of} {_quoted(title or steps[1])}", steps[2:]
    else:
        entry = say_entry(kind, steps[0], setup)
        said, rest = f"{of} {entry}" if of else entry, steps[1:]
    fields = _fields(kind, rest, steps[0], setup)
    return f"{said}: {', '.join(fields)}" if fields else said


def _fields(kind: str, steps: Sequence[str], entry: str, setup: Setup) -> list[str]:
    fields: list[str] = []
    before = ""
    for at, step in enumerate(steps):
        last = at == len(steps) - 1
        if step.isdecimal() or (step in _LEADS and not last):
            continue
        above = steps[at - 1] if at else ""
        joins = kind in _TITLED and above in _JOINS
        said = _quoted(step) if joins and above not in _SERVICES else _field(kind, step, above, entry, setup)
        if kind in _TITLED and step in _JOINS and not last:
            before = f"{said} "
            continue
        fields.append(before + said)
        before = ""
    return fields


def several(kind: str) -> str:
    """What several entries of one part of an organisation's file are."""
    return word(f"place.several.{kind}")


def _known(what: str, key: str) -> str | None:
    return catalogue().get(f"place.{what}.{key}")


def _field(kind: str, step: str, above: str, entry: str, setup: Setup) -> str:
    names = Names(setup)
    if above == "stages":
        return small(names.piece(f"flow:{entry}:{step}:") or step)
    vocabulary = setup.vocabulary
    if above in _SERVICES and kind in _TITLED:
        return small(names.service(step))
    if (said := catalogue().get(f"place.{kind}.{step}") or _known("field", step)) is not None:
        return said
    if step in vocabulary.seats:
        return small(names.seat(step))
    if step in setup.scenario.services:
        return small(names.service(step))
    titled = (vocabulary.capabilities, vocabulary.decisions, vocabulary.services)
    return next((small(words[step].title) for words in titled if step in words), step)


def _quoted(text: str) -> str:
    return f"”{text}”"


def say_entry(kind: str, key: str, setup: Setup) -> str:
    """What an entry of one part of the file is called."""
    organisation, names = setup.organisation, Names(setup)
    match kind:
        case "units":
            return organisation.units[key].title if key in organisation.units else key
        case "people":
            return small(names.group(key))
        case "functions" | "bodies":
            return small(names.station(key))
        case "levels":
            return small(names.level(key))
        case "joint":
            return small(names.decision(key))
        case "agreements":
            number = int(key) if key.isdecimal() else len(organisation.agreements)
            return (
                phrase("place.between", parties=_parties(number, setup))
                if number < len(organisation.agreements)
                else key
            )
        case "channels":
            channel = setup.vocabulary.channels.get(key)
            return small(channel.title) if channel is not None else key
        case "staff":
            return small(names.seat(key))
        case "first_call":
            known = setup.vocabulary.kinds.get(key)
            otherwise = {"default": word("place.everything_else"), "else": word("place.nobody_answers")}
            return otherwise.get(key) or (small(known.title) if known is not None else key)
        case "facts":
            return _quoted(names.fact(key))
        case "services":
            return small(names.service(key))
        case "flows":
            return small(names.flow(key))
        case "stocks":
            return small(names.stock(key))
        case "injects":
            return f"{key} {_quoted(names.inject(key))}"
        case "events":
            said = names.event(key)
            return said if said.endswith("”") else _quoted(said)
        case _:
            return key


def _parties(number: int, setup: Setup) -> str:
    units, actors = setup.organisation.units, setup.vocabulary.actors
    return enumerated(
        [
            units[one].title if one in units else small(actors[one].title) if one in actors else one
            for one in setup.organisation.agreements[number].between
        ]
    )
