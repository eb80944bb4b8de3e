"""Blanks in the texts of injects: whether they can be filled in, and whether the inject waits for what it states."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from ovning.errors import Problem
from ovning.files.checks.course import parts_of
from ovning.files.hints import meant, nearest
from ovning.files.parts import Part
from ovning.model.conditions import Condition
from ovning.model.scenario import Inject, Scenario
from ovning.units import parse_duration

_PLACEHOLDER: Final = re.compile(r"\{([^{}]*)\}|[{}]")
_CLOCK: Final = re.compile(r"clock(\s*[+-]\s*(?P<by>.+))?")
OF_SERVICES: Final = ("out", "level")
"""What a text may say of a service."""
OF_FLOWS: Final = ("waiting", "done", "arrived", "late")
"""What a text may say of a flow."""
OF_STOCKS: Final = ("left", "level", "hours_left")
"""What a text may say of a stock."""
RESERVED: Final = ("clock", "worn")
"""First words of blanks that are neither services, flows nor stocks."""


def texts(scenario: Part[Scenario]) -> Iterator[Problem]:
    """Blanks can be filled in: ``{clock +4 h}``, ``{service.out}``, ``{stock.left}``, ``{worn.16 h}``."""
    for inject in scenario.model.injects:
        at = ("injects", inject.id, "text")
        for match in _PLACEHOLDER.finditer(inject.text):
            blank = match[1]
            if blank is None:
                yield scenario.error(
                    "en klammer som inte hör ihop med någon annan", "skriv {…} eller ta bort den", at=at
                )
            else:
                yield from _blank(scenario, blank.strip(), at)


def _blank(scenario: Part[Scenario], blank: str, at: tuple[str, ...]) -> Iterator[Problem]:
    said = f"{{{blank}}} i texten"
    if (clock := _CLOCK.fullmatch(blank)) is not None:
        yield from _duration(scenario, said, clock["by"] or "0 min", "skriv till exempel {clock +4 h}", at)
        return
    name, dot, what = blank.partition(".")
    services, flows, stocks = scenario.model.services, scenario.model.flows, scenario.model.stocks
    if name == "worn" and dot:
        yield from _duration(scenario, said, what, "skriv till exempel {worn.16 h}", at)
    elif name in flows:
        if what not in OF_FLOWS:
            yield scenario.error(f"{said} kan inte fyllas i", _field(what, OF_FLOWS), at=at)
        elif what == "late" and flows[name].keeps is None:
            yield scenario.warning(
                f"{said} blir alltid 0: ingen i flödet räknas som försenad utan keeps",
                "ange keeps, eller waiting",
                at=at,
            )
    elif name in stocks:
        if what not in OF_STOCKS:
            yield scenario.error(f"{said} kan inte fyllas i", _field(what, OF_STOCKS), at=at)
    elif name in services:
        if what not in OF_SERVICES:
            yield scenario.error(f"{said} kan inte fyllas i", _field(what, OF_SERVICES), at=at)
        elif what == "out" and services[name].affects.total == 0:
            yield scenario.warning(f"{said} blir alltid 0: tjänsten säger inte hur många den berör (affects)", at=at)
    elif dot and what in OF_STOCKS and what not in OF_SERVICES:
        near = nearest(name, {*stocks, *services, *flows})
        hint = f"menade du ”{near}”?" if near is not None else meant(name, list(stocks))
        yield scenario.error(f"{said}: ”{name}” är inget förråd i scenariot", hint, at=at)
    elif dot and (what in OF_SERVICES or what in OF_FLOWS):
        kind, known = ("ingen tjänst", list(services)) if what in OF_SERVICES else ("inget flöde", list(flows))
        near = nearest(name, {*services, *flows, *stocks})
        hint = f"menade du ”{near}”?" if near is not None else meant(name, known)
        yield scenario.error(f"{said}: ”{name}” är {kind} i scenariot", hint, at=at)
    else:
        near = nearest(name, {*services, *flows, *stocks, *RESERVED} if dot else {"clock"})
        ways = "det går att fylla i {clock +4 h}, {tjänst.out}, {tjänst.level}, {flöde.waiting} och {worn.16 h}"
        yield scenario.error(f"{said} kan inte fyllas i", f"menade du ”{near}”?" if near else ways, at=at)


def _duration(scenario: Part[Scenario], said: str, text: str, fix: str, at: tuple[str, ...]) -> Iterator[Problem]:
    try:
        parse_duration(text)
    except ValueError as wrong:
        yield scenario.error(f"{said}: {wrong}", fix, at=at)


def _field(word: str, known: tuple[str, ...]) -> str:
    near = nearest(word, known)
    return f"menade du ”{near}”?" if near is not None else f"det finns: {', '.join(known)}"


def computed(scenario: Part[Scenario]) -> Iterator[Problem]:
    """An inject that states what the play computes comes when it is so, after something, or is scripted."""
    for inject in scenario.model.injects:
        if inject.at is None or inject.scripted:
            continue
        asked = {_subject(condition) for condition in parts_of(inject.unless)}
        for blank in _stated(scenario.model, inject):
            if blank.partition(".")[0] not in asked:
                yield scenario.warning(
                    f"texten säger {{{blank}}}, som spelet räknar fram, men inspelet kommer på ett bestämt klockslag: "
                    "det kan komma när det ännu inte är sant",
                    "byt at mot when eller after, skriv unless om samma sak, eller scripted: true med sets",
                    at=("injects", inject.id, "text"),
                )
                break


def _stated(scenario: Scenario, inject: Inject) -> Iterator[str]:
    known = {"worn", *scenario.services, *scenario.flows, *scenario.stocks}
    blanks = (match[1].strip() for match in _PLACEHOLDER.finditer(inject.text) if match[1] is not None)
    return (blank for blank in blanks if "." in blank and blank.partition(".")[0] in known)


def _subject(condition: Condition) -> str | None:
    return "worn" if condition.on_duty_for is not None else condition.service or condition.flow or condition.stock


CHECKS = (texts, computed)
"""Checks of the texts of a scenario."""
