"""The reference model as ordinary ovning files, in as many injects, functions, people and hours as one asks for.

Forty functions with one post each, 120 injects over 72 hours, each a chain of three to six tasks that goes from one
function to another: whoever finishes a task passes the case on in a call that takes their own time, the message takes
the channel's time, and the next function takes it when it is free, the more urgent first, then what has been owed
longest. ``variants`` add a deadline on every request, calendars, a second channel, agreements or shifts.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import yaml

HOUR: Final = 60
TAKES: Final = {"median": "8 min", "p90": "20 min"}
BRIEF: Final = {"median": "8 s", "p90": "20 s"}
PASS_ON: Final = {"median": "2 min", "p90": "4 min"}
SENT: Final = {"median": "1 min", "p90": "5 min"}
PRIORITIES: Final = ("high", "normal", "low")
VARIANTS: Final = ("plain", "deadline", "calendar", "channel", "agreement", "endurance")


@dataclass(frozen=True, slots=True)
class Size:
    """How large the model is."""

    functions: int = 40
    injects: int = 120
    people: int = 1
    """Of each function."""
    hours: int = 72
    repeats: int = 1
    """How many times each inject comes."""
    brief: bool = False
    """Whether a task takes seconds, so that thirty times as many injects make no queues: those cost of themselves."""


@dataclass(frozen=True, slots=True)
class Chain:
    """One inject and the functions that its tasks go through."""

    id: str
    at: int
    """Minutes from STARTEX."""
    priority: str
    steps: tuple[int, ...]
    """The number of the function of each task."""


def chains(size: Size, variant: str = "plain", seed: int = 7) -> list[Chain]:
    """The same for the same size: when each inject comes and whom its tasks go to.

    With ``calendar`` they come by day: whom somebody outside calls at night is another rule and no matter of calendars.
    """
    draw = random.Random(seed)
    found = []
    for number in range(size.injects):
        steps = [draw.randrange(size.functions)]
        while len(steps) < 3 + number % 4:
            step = draw.randrange(size.functions)
            if step != steps[-1]:
                steps.append(step)
        at = draw.randrange(72 * HOUR * 9 // 10)
        if size.repeats > 1:  # all of them come before the end
            at //= 10
        if variant == "calendar" and 11 * HOUR <= at % (24 * HOUR) < 20 * HOUR:
            at += 9 * HOUR
        found.append(Chain(f"I{number}", at, draw.choice(PRIORITIES), tuple(steps)))
    return found


def write(folder: Path, size: Size | None = None, variant: str = "plain") -> Path:
    """Write the files; gives the exercise's folder."""
    size = size or Size()
    scenario, exercise = _scenario(size, variant), _exercise()
    files = {
        "vocabulary.yaml": _vocabulary(size),
        "assumptions.yaml": _assumptions(size, variant),
        "organisations/referens.yaml": _organisation(size, variant),
        "referens/scenario.yaml": scenario,
        "referens/exercise.yaml": exercise,
    }
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(yaml.safe_dump(content, allow_unicode=True, sort_keys=False), encoding="utf-8")
    return folder / "referens"


def _words(ids: list[str]) -> dict[str, Any]:
    return {i: {"title": i, "meaning": i} for i in ids}


def _vocabulary(size: Size) -> dict[str, Any]:
    numbers = range(size.functions)
    return {
        "capabilities": _words(["receive_alarm", "personnel", *(f"does_{n}" for n in numbers)]),
        "decisions": _words(["small"]),
        "services": _words(["power"]),
        "levels": _words(["watch"]),
        "roles": _words([f"role_{n}" for n in numbers]),
        "seats": {"chief": {"title": "Chef", "meaning": "Leder", "does": ["personnel"]}},
        "kinds": _words(["power"]),
        "actors": _words(["outside"]),
        "channels": _words(["phone", "radio"]),
        "follow_up": {},
        "severities": [{"severity": n, "title": str(n), "meaning": str(n)} for n in range(4)],
    }


def _assumptions(size: Size, variant: str) -> dict[str, Any]:
    values = {
        "pass_on": BRIEF if size.brief else PASS_ON,
        "mornings_differ": "0 min",
        "clarification": {"chance": 0, "takes": "2 min"},
        "patience": "2 min" if variant == "deadline" else "20 min",
        "calendars": {
            "office_hours": {"begin": "08:00", "end": "17:00", "days": ["mon", "tue", "wed", "thu", "fri"]},
            "days": {
                "begin": "06:00",
                "end": "22:00",
                "days": ["mon", "tue", "wed", "thu", "fri", "sat", "sun"],
                "holidays": True,
            },
        },
        "off_duty_reached": {"chance": 0, "delay": "4 min"},
    }
    if variant == "calendar":
        values["stays_awake"] = "0 min"
    return {k: {"value": v, "reason": "Referensmodell", "range": "vad som helst"} for k, v in values.items()}


def _organisation(size: Size, variant: str) -> dict[str, Any]:
    numbers = range(size.functions)
    works = "days" if variant == "calendar" else "always"
    functions = {f"f{n:03}": _function(n, size, variant) for n in numbers}
    channels: list[dict[str, Any]] = [{"id": "phone", "delay": SENT}]
    if variant == "channel":
        channels.insert(0, {"id": "radio", "delay": SENT, "reach": "same_site"})
    found = {
        "organisation": "referens",
        "title": "Referensmodell",
        "population": 1000,
        "assumption": "Referensmodell",
        "units": {f"u{n}": {"title": f"Enhet {n}", "site": f"s{n}", "assumption": "Referensmodell"} for n in numbers},
        "people": {
            f"p{n}": {"count": size.people, "works": works, "assumption": "Referensmodell"}
            | ({"posts": True} if variant == "calendar" else {})
            for n in numbers
        },
        "functions": functions,
        "first_call": {"default": "f000"},
        "channels": [c | {"assumption": "Referensmodell"} for c in channels],
    }
    if variant == "agreement":
        found["agreements"] = [
            {"between": [f"u{n}", f"u{(n + 1) % size.functions}"], "assumption": "Referensmodell"} for n in numbers
        ]
    return found


def _function(n: int, size: Size, variant: str) -> dict[str, Any]:
    does = [f"does_{n}", *(["receive_alarm"] if n == 0 else [])]
    found: dict[str, Any] = {
        "title": f"Funktion {n}",
        "unit": f"u{n}",
        "role": f"role_{n}",
        "filled_by": [f"p{n}"],
        "does": does,
        "assumption": "Referensmodell",
    }
    if variant == "deadline":
        found["deputies"] = [{"function": f"f{(n + 1) % size.functions:03}"}]
    return found


def _scenario(size: Size, variant: str) -> dict[str, Any]:
    injects, procedures = [], {}
    repeated = size.repeats > 1
    for chain in chains(size, variant):
        injects.append(
            {
                "id": chain.id,
                "title": chain.id,
                "at": f"{chain.at} min",
                "from": "Någon",
                "to": f"role(role_{chain.steps[0]})",
                "by": "phone",
                "text": "Något har hänt.",
                "asks_for": f"answer_{chain.id}",
                "priority": chain.priority,
                "expected": "Gör något",
                **({"repeat": {"every": f"{size.hours * HOUR // 40} min", "times": size.repeats}} if repeated else {}),
            }
        )
        procedures[f"answer_{chain.id}"] = [
            {
                "task": f"t{k}",
                "title": f"Uppgift {k}",
                "needs": f"does_{step}",
                "mode": "call",
                "takes": BRIEF if size.brief else TAKES,
                **({"after": [f"t{k - 1}"]} if k else {}),
            }
            for k, step in enumerate(chain.steps)
        ]
    return {
        "scenario": "referens",
        "title": "Referensmodell",
        "assumption": "Referensmodell",
        "start": "2026-01-20T10:00",
        "horizon": f"{size.hours} h",
        "facts": {"minor": {"title": "Något", "severity": 1, "kind": "power"}},
        "injects": injects,
        "procedures": procedures,
    }


def _exercise() -> dict[str, Any]:
    return {"exercise": "referens", "title": "Referens", "scenario": "scenario.yaml", "organisations": ["referens"]}
