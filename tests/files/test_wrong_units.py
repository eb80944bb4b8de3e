"""Durations, distributions and clock times."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.files.wrong import ASM, ORG, SCE, Wrong, assert_found

CASES = [
    Wrong("no unit", SCE, "delay: 30 min", "delay: 30", "en tid måste skrivas med enhet", "30\n"),
    Wrong("unknown unit", SCE, "delay: 30 min", "delay: 30 minuter", "okänd tidsenhet ”minuter”", "30 minuter"),
    Wrong("negative time", SCE, "delay: 30 min", "delay: -5 min", "är ingen tid", "-5 min"),
    Wrong("longer than a year", SCE, "horizon: 6 h", "horizon: 900 d", "längre än ett år", "900 d"),
    Wrong("clock for duration", SCE, "delay: 30 min", "delay: 10:30", "är ingen tid", "10:30"),
    Wrong(
        "p90 below median",
        SCE,
        "{median: 5 min, p90: 10 min}",
        "{median: 15 min, p90: 10 min}",
        "p90 är kortare än median",
        "{median: 15",
    ),
    Wrong(
        "min above max",
        SCE,
        "{min: 3 h, mode: 4 h, max: 5 h}",
        "{min: 6 h, mode: 4 h, max: 5 h}",
        "i den ordningen",
        "{min: 6 h",
    ),
    Wrong("mean of zero", SCE, "{mean: 5 min}", "{mean: 0 min}", "större än noll", "{mean: 0"),
    Wrong("no samples", SCE, "{mean: 5 min}", "{samples: []}", "för kort", "[]"),
    Wrong(
        "unknown distribution",
        SCE,
        "{mean: 5 min}",
        "{mean: 5 min, max: 9 min}",
        "en tid som varierar skrivs {median",
        "{mean: 5 min, max",
    ),
    Wrong(
        "unit inside a distribution",
        SCE,
        "{median: 5 min, p90: 10 min}",
        "{median: 5 min, p90: 10}",
        "med enhet",
        "10}",
    ),
    Wrong(
        "no time between meetings",
        ORG,
        "meeting_every: {assume: 3 h",
        "meeting_every: {assume: 0 h",
        "minst 1 min",
        "0 h",
    ),
    Wrong("clock time", ASM, '{value: "22:00"', '{value: "22.00"', "inget klockslag", '"22.00"', "08:00"),
]


@pytest.mark.parametrize("wrong", CASES, ids=lambda wrong: wrong.kind)
def test_one_thing_wrong(wrong: Wrong, tmp_path: Path) -> None:
    assert_found(wrong, tmp_path)
