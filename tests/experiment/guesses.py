"""A tiny exercise with two municipalities and a few guesses: one decides which is quicker, the others do not."""

from __future__ import annotations

from pathlib import Path

import yaml

from tests.tiny import LEVEL, Tiny, inject, task

RANGES = {
    "telephone": ["1 min", "60 min"],
    "stand_down": "× 0,5–2",
    "meeting_opening": ["1 min", "1 h"],
    "answer_within": ["5 min", "45 min"],
    "decide_level": ["1 min", "90 min"],
}
"""All others have a sentence for a range. How the telephone works is assumed in one of the two designs."""


def two_telephones(folder: Path) -> Path:
    """Lillby has a telephone that takes twenty minutes; Storby's takes as long as is assumed. The exercise's folder."""
    exercise = Tiny(folder).write(
        assumptions={"telephone": "5 min", "decide_level": {"mean": "20 min"}},
        organisation={
            "functions": {
                "officer": {"does": ["receive_alarm", "verify_situation", "assess_severity", "alert", "write"]},
                "chief": {"decides": ["small", "large"]},
            },
            "channels": [{"id": "phone", "delay": "20 min"}],
        },
        scenario={"warrants": ["command"]},
        injects=[inject("A", asks_for="hear", facts=["grave"])],
        procedures={"hear": [task("hear", {"mean": "10 min"})]},
        levels=[LEVEL | {"staffs": {"chief": 1}, "active_when": {"seats": 1, "including": ["chief"]}}],
        staff={"chief": ["chiefs"]},
    )
    shared = exercise.parent / "assumptions.yaml"
    entries = yaml.safe_load(shared.read_text(encoding="utf-8"))
    for name, span in RANGES.items():
        entries[name]["range"] = span
    shared.write_text(yaml.safe_dump(entries, allow_unicode=True), encoding="utf-8")
    other = {
        "based_on": "lillby",
        "organisation": "storby",
        "title": "Storby (påhittad)",
        "channels": [{"id": "phone", "delay": {"assume": "telephone"}}],
    }
    (exercise.parent / "organisations" / "storby.yaml").write_text(yaml.safe_dump(other), encoding="utf-8")
    return exercise
