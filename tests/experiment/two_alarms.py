"""A tiny exercise with something to gain: two alarms at once for one person, and the second is the grave one."""

from __future__ import annotations

import json
from pathlib import Path

from tests.tiny import LEVEL, Tiny, inject, person, task


def two_alarms(folder: Path) -> Path:
    """Write it; gives the folder to name on the command line, with ``--org lillby``."""
    long = {"median": "30 min", "p90": "50 min"}
    objectives = [
        {
            "id": "M1",
            "title": "Snabbt",
            "criteria": [
                {"measure": "time_to_task", "inject": "B", "task": "see", "met": "40 min", "partly": "1 h"},
                {"measure": "time_to_level", "level": "command", "met": "90 min"},
            ],
        }
    ]
    written = Tiny(folder).write(
        vocabulary={
            "severities": [{"severity": n, "title": f"Grad {n}", "meaning": f"Svårighet {n}"} for n in range(5)]
        },
        organisation={
            "functions": {
                "officer": person("office", "duty", "officers", does=["receive_alarm", "alert"], reports_to="chief"),
                "chief": person("office", "executive", "chiefs", does=["assess_severity"], decides=["small"])
                | {"informs": []},
                "crew": person("depot", "helper", "crew", reports_to="officer"),
            },
            "people": {"crew": {"count": 2, "works": "always"}},
        },
        levels=[LEVEL],
        staff={"chief": ["crew"], "picture": ["crew"]},
        scenario={"warrants": ["command"], "horizon": "3 h"},
        injects=[
            inject("A", asks_for="first", objectives=["M1"]),
            inject("B", at="1 min", asks_for="second", facts=["grave"], objectives=["M1"]),
        ],
        procedures={
            "first": [task("hear", "5 min"), task("do", "x", mode="desk", after=["hear"])],
            "second": [task("see", "x"), task("tell", "5 min", needs="assess_severity", after=["see"])],
        },
    )
    path = written / "scenario.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("takes: x", f"takes: {json.dumps(long)}"), encoding="utf-8")
    wanted = written / "exercise.yaml"
    wanted.write_text(wanted.read_text(encoding="utf-8") + f"objectives: {json.dumps(objectives)}\n", encoding="utf-8")
    return written
