"""Where in an organisation's file a value stands, in words instead of a path."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from ovning.model.setup import Setup
from ovning.report.names import Names, small

_KINDS: Final = {
    "units": "enheten",
    "people": "gruppen",
    "functions": "funktionen",
    "bodies": "organet",
    "levels": "läget",
    "joint": "det gemensamma beslutet",
    "agreements": "överenskommelsen",
    "channels": "sambandsvägen",
    "staff": "platsen i staben",
    "first_call": "första samtalet",
}
"""What an entry of each part of the file is."""
SEVERAL: Final = {
    "units": "Enheter",
    "people": "Grupper av människor",
    "functions": "Funktioner",
    "bodies": "Organ",
    "levels": "Lägen",
    "joint": "Gemensamma beslut",
    "agreements": "Överenskommelser",
    "channels": "Sambandsvägar",
}
"""What several of them are, in the order of the file."""
_FIELDS: Final = {
    "a_day": "hur många frågor om dygnet",
    "active_when": "när läget är aktivt",
    "after": "efter hur lång tid",
    "arrives": "hur fort de kommer",
    "at_least": "hur mycket som krävs",
    "attendance": "hur ledamöterna deltar",
    "between": "mellan vilka",
    "budget": "vad den får besluta för egna pengar",
    "by_day": "när staben bara sitter på dagen",
    "calls_in": "om läget kallar in folk",
    "capacity": "hur mycket den klarar",
    "chair_decides_urgent": "om ordföranden får besluta ensam",
    "chance": "chansen att nås",
    "changes_at": "när passen byts",
    "convened_by": "vem som kallar",
    "count": "antal",
    "decided_by": "vem som beslutar",
    "decides": "vilka beslut",
    "delay": "hur lång tid det tar",
    "depends_on": "vad den behöver",
    "deputies": "ställföreträdare",
    "does": "vad den kan",
    "enters_function": "om det måste träda i funktion",
    "filled_by": "vilka som fyller den",
    "follow_up": "stabens löpande arbete",
    "for": "hur länge",
    "from": "varifrån",
    "grants": "mandat som läget ger",
    "holders": "vilka som beslutar tillsammans",
    "including": "vilka platser som måste vara besatta",
    "informs": "vilka den berättar för",
    "item": "tid per fråga",
    "known_severity": "vid vilket allvar",
    "known_severity_below": "under vilket allvar",
    "length": "passens längd",
    "meeting_every": "hur ofta staben möts",
    "members": "ledamöter",
    "on_call": "beredskap",
    "ordinary_load": "hur upptagen den är till vardags",
    "other_duty": "annan tjänst",
    "others": "hur många andra som delar den",
    "otherwise": "vem som annars beslutar",
    "patience": "hur länge man väntar",
    "planned_within": "när passen är planerade",
    "population": "antal invånare",
    "posts": "om det är poster",
    "quorum": "beslutförhet",
    "reach": "vilka den når",
    "reached": "hur de nås",
    "recommended_when": "när läget förordas",
    "reports_to": "chef",
    "rhythm": "möten",
    "role": "roll",
    "round_the_clock": "om beredskapen gäller dygnet runt",
    "seats": "antal besatta platser",
    "share": "andel",
    "shared": "att den är gemensam med andra",
    "shifts": "pass",
    "site": "plats",
    "staffs": "platser i staben",
    "stands_down_when": "när läget avslutas",
    "takes": "hur lång tid det tar",
    "times_a_week": "hur ofta i veckan",
    "title": "benämning",
    "unit": "enhet",
    "units": "enheter",
    "urgent": "hur ofta de är brådskande",
    "via": "vem frågan går genom",
    "without": "undantag",
    "works": "arbetstid",
}
"""What is said of them."""


def say_place(path: str, setup: Setup) -> str:
    """A path of the ledger in words: ``funktionen säkerhetschefen: hur de nås``."""
    kind, *steps = path.split(".")[1:] or [""]
    if not kind:
        return "organisationen i stort"
    if kind not in _KINDS or not steps:
        return _FIELDS.get(kind) or _KINDS.get(kind) or kind
    said = f"{_KINDS[kind]} {say_entry(kind, steps[0], setup)}"
    fields = [_field(step, setup) for step in steps[1:] if not step.isdecimal()]
    return f"{said}: {', '.join(fields)}" if fields else said


def _field(step: str, setup: Setup) -> str:
    names = Names(setup)
    vocabulary = setup.vocabulary
    if step in _FIELDS:
        return _FIELDS[step]
    if step in vocabulary.seats:
        return small(names.seat(step))
    titled = (vocabulary.capabilities, vocabulary.decisions, vocabulary.services)
    return next((small(words[step].title) for words in titled if step in words), step)


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
            return f"mellan {_parties(number, setup)}" if number < len(organisation.agreements) else key
        case "channels":
            word = setup.vocabulary.channels.get(key)
            return small(word.title) if word is not None else key
        case "staff":
            return small(names.seat(key))
        case _:
            known = setup.vocabulary.kinds.get(key)
            return {"default": "allt annat", "else": "om ingen svarar"}.get(key) or (
                small(known.title) if known is not None else key
            )


def _parties(number: int, setup: Setup) -> str:
    units, actors = setup.organisation.units, setup.vocabulary.actors
    return joined(
        [
            units[one].title if one in units else small(actors[one].title) if one in actors else one
            for one in setup.organisation.agreements[number].between
        ]
    )


def joined(words: Sequence[str]) -> str:
    """Several words in a row."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} och {words[-1]}" if words else ""
