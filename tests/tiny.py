"""Tiny complete exercises, written as files and loaded like anybody's, with constants everywhere.

A test states only what it is about: ``Tiny(folder).play(organisation={…}, injects=[…], procedures={…})`` merges what is
given into ``BASE`` (mappings merge, anything else replaces, ``None`` removes), writes five files and plays them. In the
base everybody is at work round the clock, nothing else is in their way, and a call takes no time to go through.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

import yaml

from ovning.engine import compile_play, play
from ovning.files import load_setup
from ovning.log import jsonl
from ovning.log.records import Log
from ovning.model.setup import Setup
from ovning.units import MINUTE
from tests.measures.identity import check_log

R = TypeVar("R")


def _words(*ids: str) -> dict[str, Any]:
    return {i: {"title": i.capitalize(), "meaning": f"Ordet {i}"} for i in ids}


def _value(value: Any) -> dict[str, Any]:
    return {"value": value, "reason": "Bara för provet", "range": "vad som helst"}


VOCABULARY: dict[str, Any] = {
    "capabilities": _words(
        "receive_alarm", "verify_situation", "assess_severity", "alert", "write", "drive", "advise", "lead_staff"
    ),
    "decisions": _words("small", "large"),
    "services": _words("power", "mobile"),
    "levels": _words("watch", "command"),
    "roles": _words("duty", "executive", "expert", "board", "helper", "politics"),
    "seats": {
        "chief": {"title": "Stabschef", "meaning": "Leder", "does": ["lead_staff"]},
        "picture": {"title": "Lägesbild", "meaning": "Samlar", "does": ["verify_situation", "write"]},
    },
    "kinds": _words("power", "care"),
    "actors": _words("grid", "police"),
    "channels": _words("phone", "in_person", "radio", "messenger"),
    "follow_up": {
        "keep_log": {"title": "Föra logg", "meaning": "Skriver", "needs": "write", "every": "1 h", "takes": "5 min"}
    },
    "severities": [{"severity": n, "title": f"Grad {n}", "meaning": f"Svårighet {n}"} for n in range(4)],
}

ASSUMPTIONS: dict[str, Any] = {
    "calendars": _value(
        {"office_hours": {"begin": "08:00", "end": "17:00", "days": ["mon", "tue", "wed", "thu", "fri"]}}
    ),
    "night_begins": _value("23:00"),
    "night_ends": _value("06:00"),
    "luck_of_the_night": _value("person"),
    "mornings_differ": _value("0 min"),
    "luck_of_the_day_lasts": _value("2 h"),
    "off_duty_reached": _value({"chance": 1, "delay": "4 min", "arrives": "30 min"}),
    "try_next_after": _value("5 min"),
    "stays_awake": _value("2 h"),
    "pass_on": _value("1 min"),
    "patience": _value("10 min"),
    "report": _value("1 min"),
    "assess": _value("5 min"),
    "decide_level": _value("3 min"),
    "alert": _value("4 min"),
    "answer_within": _value("15 min"),
    "gather_present": _value("10 min"),
    "stand_down": _value("6 min"),
    "meeting_opening": _value("8 min"),
    "convene": _value("7 min"),
    "enters_function": _value("9 min"),
    "body_adjourns_after": _value("30 min"),
    "joint_patience": _value("1 h"),
    "clarification": _value({"chance": 0, "takes": "2 min"}),
    "pattern": _value({"facts": 9, "kinds": 9, "severity": 3}),
    "ordinary_piece": _value("20 min"),
    "daily_rest": _value("11 h"),
    "duty_ends_after": _value("5 h"),
    "works_at_most": _value("16 h"),
    "called_in_at_most": _value("16 h"),
    "plan_shifts": _value("30 min"),
    "shift_change": _value("10 min"),
    "report_afterwards": _value("2 min"),
}

ORGANISATION: dict[str, Any] = {
    "organisation": "lillby",
    "title": "Lillby (påhittad)",
    "population": 1000,
    "units": {"office": {"title": "Kontoret", "site": "hall"}, "depot": {"title": "Förrådet", "site": "yard"}},
    "people": {
        "officers": {"count": 1, "works": "always"},
        "chiefs": {"count": 1, "works": "always"},
    },
    "functions": {
        "officer": {
            "title": "Vakthavande",
            "unit": "office",
            "filled_by": ["officers"],
            "role": "duty",
            "does": ["receive_alarm", "verify_situation", "write", "drive"],
            "reports_to": "chief",
        },
        "chief": {
            "title": "Chefen",
            "unit": "office",
            "filled_by": ["chiefs"],
            "role": "executive",
            "does": ["lead_staff"],
            "decides": ["small", "large"],
        },
    },
    "first_call": {"default": "officer"},
    "channels": [{"id": "phone", "delay": "0 min"}],
}

SCENARIO: dict[str, Any] = {
    "scenario": "handelse",
    "title": "Händelse",
    "start": "2026-01-20T10:00",  # a Tuesday
    "horizon": "12 h",
    "facts": {
        "minor": {"title": "Något litet", "severity": 1, "kind": "power"},
        "grave": {"title": "Något allvarligt", "severity": 3, "kind": "power"},
        "over": {"title": "Det är över", "severity": 0, "kind": "power", "cancels": ["grave", "minor"]},
    },
    "injects": [],
    "procedures": {},
}

EXERCISE: dict[str, Any] = {
    "exercise": "handelse",
    "title": "Händelse i Lillby",
    "scenario": "scenario.yaml",
    "organisations": ["lillby"],
}

LEVEL: dict[str, Any] = {
    "id": "command",
    "title": "Ledningsläge",
    "recommended_when": {"known_severity": 2},
    "decided_by": "chief",
    "staffs": {"chief": 1, "picture": 1},
    "active_when": {"seats": 2, "including": ["chief"]},
}


def person(unit: str, role: str, filled_by: Sequence[str] | str, **more: Any) -> dict[str, Any]:
    """A function: unit, role and people; what it can do in ``more``."""
    groups = [filled_by] if isinstance(filled_by, str) else list(filled_by)
    return {"title": f"Funktion {groups[0]}", "unit": unit, "role": role, "filled_by": groups, **more}


def inject(name: str, at: str | None = "0 min", asks_for: str | None = None, **more: Any) -> dict[str, Any]:
    """An inject by telephone to the number that everybody knows."""
    given = {
        "id": name,
        "title": f"Inspel {name}",
        "at": None if {"after", "when"} & set(more) else at,
        "from": "Någon",
        "to": "first_call(default)",
        "by": "phone",
        "text": "Det har hänt något.",
        "asks_for": asks_for,
        "expected": "Gör något",
        **more,
    }
    return {key: value for key, value in given.items() if value is not None}


def task(name: str, takes: str = "10 min", needs: str = "receive_alarm", mode: str = "call", **more: Any) -> Any:
    """A task of a procedure: a call, unless something else is said."""
    return {"task": name, "title": f"Göra {name}", "needs": needs, "mode": mode, "takes": takes, **more}


def merged(base: Any, change: Any) -> Any:
    """Mappings merge deep, anything else replaces, ``None`` removes."""
    if not isinstance(base, Mapping) or not isinstance(change, Mapping):
        return change
    both = {key: merged(base[key], change[key]) if key in base and key in change else base.get(key) for key in base}
    both |= {key: value for key, value in change.items() if key not in base}
    return {key: value for key, value in both.items() if value is not None}


class Tiny:
    """A folder in which tiny exercises are written and played."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.number = 0

    def write(
        self,
        *,
        vocabulary: Mapping[str, Any] | None = None,
        assumptions: Mapping[str, Any] | None = None,
        organisation: Mapping[str, Any] | None = None,
        scenario: Mapping[str, Any] | None = None,
        injects: Sequence[Mapping[str, Any]] | None = None,
        procedures: Mapping[str, Any] | None = None,
        levels: Sequence[Mapping[str, Any]] | None = None,
        staff: Mapping[str, Sequence[str]] | None = None,
    ) -> Path:
        """Write a complete exercise; gives its folder. ``assumptions`` are name → value."""
        self.number += 1
        folder = self.folder / f"tiny{self.number}"
        course = merged(SCENARIO, {"injects": list(injects or []), "procedures": dict(procedures or {})})
        place = merged(ORGANISATION, organisation or {})
        if levels is not None:
            place["levels"] = list(levels)
        if staff is not None:
            place["staff"] = dict(staff)
        files = {
            "vocabulary.yaml": merged(VOCABULARY, vocabulary or {}),
            "assumptions.yaml": merged(ASSUMPTIONS, {k: _value(v) for k, v in (assumptions or {}).items()}),
            "organisations/lillby.yaml": place,
            "handelse/scenario.yaml": merged(course, scenario or {}),
            "handelse/exercise.yaml": EXERCISE,
        }
        for name, content in files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(yaml.safe_dump(content, allow_unicode=True, sort_keys=False), encoding="utf-8")
        return folder / "handelse"

    def setup(self, *, sets: Sequence[str] = (), variation: str | None = None, **changes: Any) -> Setup:
        """Write a complete exercise and load it."""
        return load_setup(self.write(**changes), "lillby", sets=sets, variation=variation)[0]

    def play(self, *, seed: int = 1, replication: int = 0, **changes: Any) -> Log:
        """Write, load and play once; every log is checked to add up."""
        return self.replay(self.setup(**changes), seed, replication)

    def plays(self, number: int, *, seed: int = 1, **changes: Any) -> list[Log]:
        """The same exercise so many times, with the luck of replications 0, 1, 2 …"""
        compiled = compile_play(self.setup(**changes))
        return [play(compiled, seed, replication) for replication in range(number)]

    def replay(self, setup: Setup, seed: int = 1, replication: int = 0) -> Log:
        """Play a setup once; the log is checked to add up."""
        log = play(compile_play(setup), seed, replication)
        path = self.folder / f"log{self.number}.jsonl"
        jsonl.write(log, path)
        check_log(path)
        return log


def of(log: Iterable[object], kind: type[R], /, **fields: Any) -> list[R]:
    """The records of one type with these values."""
    return [r for r in log if isinstance(r, kind) and all(getattr(r, k) == v for k, v in fields.items())]


def one(log: Iterable[object], kind: type[R], /, **fields: Any) -> R:
    """The only record of one type with these values."""
    found = of(log, kind, **fields)
    assert len(found) == 1, f"{len(found)} {kind.__name__} with {fields}: {found}"
    return found[0]


def at(record: Any) -> float:
    """When, in minutes since STARTEX."""
    return float(record.at / MINUTE)


def story(log: Iterable[Any]) -> list[tuple[Any, ...]]:
    """Every record as (minute, type, the other fields), times in minutes, for comparing with a table by hand."""
    told = []
    for r in log:
        fields = r._asdict()
        times = {
            k: v / MINUTE for k, v in fields.items() if k in ("at", "since", "answers_at", "horizon") and v is not None
        }
        rest = {**fields, **times}
        told.append((rest.pop("at"), type(r).__name__, *rest.values()))
    return told
