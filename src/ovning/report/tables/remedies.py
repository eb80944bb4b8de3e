"""What was tried against the bottlenecks, and what it brought."""

from __future__ import annotations

from typing import Final

from ovning.report.catalogue import word, words
from ovning.report.differences import say_difference
from ovning.report.findings import Findings
from ovning.report.names import small
from ovning.report.numbers import NOTHING, percent, whole
from ovning.report.place import Place
from ovning.report.said import Said, Text, said
from ovning.report.tables.table import Row, Table, columns

_LOOKED_THROUGH: Final = ("criterion_met", "unnecessary", "unnecessary_alert")
"""What is told if a remedy changed it, whichever it was."""
_ORDER: Final = ("better", "worse", "undecided", "same", "not_tested")
"""Of two verdicts the first of these is told."""


def remedies(found: Findings) -> Table | None:
    """What was tried against the worst bottlenecks, and what it brought; ``None`` if nothing was tried."""
    tried = [*found.results["bottlenecks"]]
    if not tried:
        return None
    main = found.main_level
    timed = main is not None and bool(main["warranted"])
    rows: list[Row] = []
    for one in tried:
        first, second = effects_on_conclusion(one)
        gain = one["gain"]
        rows.append(
            (
                one["title"].value,
                NOTHING if one["criticality"].value is None else percent(one["criticality"]),
                gain["remedy"].value if gain else word("remedies.nothing"),
                *((_cell(one, first),) if timed else ()),
                _criterion_cell(found, one, second),
                _conclusion(one, [effect for effect in (first, second) if effect is not None]),
            )
        )
    names = ["bottleneck", "share", "remedy", *(["time"] if timed else []), "criterion", "verdict"]
    heads = list(columns("remedies.column", "lrl" + "l" * (len(names) - 3), *names))
    if main is not None and timed:
        heads[3] = (words("remedies.column.time", level=small(found.names.short_level(main["level"].value))), "left")
    return Table(word("remedies.title"), tuple(heads), tuple(rows), _note(found))


def changed_criteria(found: Findings) -> Table | None:
    """The criteria that a remedy surely changes the share of plays for; ``None`` if there are none."""
    rows: list[Row] = []
    seen: list[object] = []
    for one in found.results["bottlenecks"]:
        gain = one["gain"]
        if not gain or gain["set"].value in seen:
            continue
        seen.append(gain["set"].value)
        rows += [
            (
                gain["remedy"].value,
                _watched(found, effect),
                said(percent(effect["before"]), " → ", percent(effect["after"])),
                say_effect(effect),
                word(f"difference.{effect['verdict'].value}"),
            )
            for effect in gain["effects"]
            if effect["on"].value in _LOOKED_THROUGH and effect["verdict"].value in ("better", "worse")
        ]
    if not rows:
        return None
    return Table(
        word("changed.title"),
        columns("changed.column", "llrll", "remedy", "what", "happens", "difference", "verdict"),
        tuple(rows),
        word("changed.note"),
    )


def effects_on_conclusion(tried: Place) -> tuple[Place | None, Place | None]:
    """The effects on the headline and on the criterion that the bottleneck sits on."""
    if not tried["gain"]:
        return None, None
    effects, sits_on = tried["gain"]["effects"], tried["sits_on"]
    first = effects.find(on="level_time")
    if not sits_on:
        return first, None
    of, criterion = sits_on["objective"].value, sits_on["criterion"].value
    return first, effects.find(on="criterion_time", of=of, criterion=criterion)


def say_effect(effect: Place) -> Said:
    """What a change did, with its interval."""
    return say_difference(effect, effect["on"].value, effect["unit"].value)


def _cell(tried: Place, effect: Place | None) -> Text:
    if effect is not None:
        return say_effect(effect)
    return word("remedies.not_played") if tried["gain"] and tried["gain"]["why_not"] else NOTHING


def _criterion_cell(found: Findings, tried: Place, effect: Place | None) -> Text:
    if not tried["sits_on"]:
        return NOTHING
    objective, criterion = tried["sits_on"]["objective"].value, tried["sits_on"]["criterion"].value
    title = f"{objective} {small(_criterion_title(found, objective, criterion))}"
    return title if effect is None else said(title, ": ", say_effect(effect))


def _conclusion(tried: Place, effects: list[Place]) -> Text:
    if not tried["gain"]:
        return NOTHING
    if why_not := tried["gain"]["why_not"].value:
        return words("remedies.why_not", why=why_not)
    verdicts = {effect["verdict"].value for effect in effects}
    if {"better", "worse"} <= verdicts:
        return word("difference.both")
    return next((word(f"difference.{verdict}") for verdict in _ORDER if verdict in verdicts), NOTHING)


def _note(found: Findings) -> Said:
    gains = [one["gain"] for one in found.results["bottlenecks"] if one["gain"]]
    if not gains:
        return Said()
    note = words("remedies.note", plays=whole(found.results["plays"]))
    if gains[0]["compared"].value > 1:
        confidence = percent(found.results["confidence"])
        note += words("remedies.note_together", confidence=confidence, compared=whole(gains[0]["compared"]))
    return note + word("remedies.note_chosen")


def _watched(found: Findings, effect: Place) -> str:
    if effect["criterion"].value is None:
        return word(f"changed.{effect['on'].value}")
    of, number = effect["of"].value, effect["criterion"].value
    return f"{of} {_criterion_title(found, of, number)}"


def _criterion_title(found: Findings, objective: str, number: int) -> str:
    named = next(one for one in found.setup.exercise.objectives if one.id == objective)
    return found.names.criterion(named.criteria[number])
