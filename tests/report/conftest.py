"""A setup to take Swedish names from, and a handful of plays."""

from __future__ import annotations

import pytest

from ovning.experiment.replicate import each, replicate
from ovning.files import load_setup
from ovning.measures.aggregate import aggregate
from ovning.model.setup import Setup
from ovning.report.outcome import Outcome


@pytest.fixture(scope="session")
def orebro() -> Setup:
    found, _ = load_setup("elavbrott", "orebro")
    return found


@pytest.fixture(scope="session")
def outcome(orebro: Setup) -> Outcome:
    summaries = each(replicate(orebro, 1, range(6)))
    command = ("ovning", "run", "elavbrott", "--org", "orebro", "--runs", "6", "--seed", "1")
    return Outcome(orebro, summaries, aggregate(summaries, orebro.exercise), 1, command)
