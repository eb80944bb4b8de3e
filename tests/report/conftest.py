"""A setup to take Swedish names from, and a handful of plays."""

from __future__ import annotations

import pytest

from ovning.experiment.replicate import replicate
from ovning.files import load_setup
from ovning.measures.aggregate import aggregate
from ovning.measures.summary import PlaySummary
from ovning.measures.tallying import tally_of
from ovning.model.setup import Setup
from ovning.report.outcome import Outcome
from tests.report.pages import whole_page_of


@pytest.fixture(scope="session")
def orebro() -> Setup:
    found, _ = load_setup("elavbrott", "orebro")
    return found


@pytest.fixture(scope="session")
def summaries(orebro: Setup) -> tuple[PlaySummary, ...]:
    return tuple(played.summary for played in replicate(orebro, 1, range(6)))


@pytest.fixture(scope="session")
def outcome(orebro: Setup, summaries: tuple[PlaySummary, ...]) -> Outcome:
    plays = tally_of(summaries)
    command = ("ovning", "run", "elavbrott", "--org", "orebro", "--runs", "6", "--seed", "1")
    return Outcome(orebro, plays, aggregate(plays, orebro.exercise), 1, command)


@pytest.fixture(scope="session")
def whole_page(outcome: Outcome) -> str:
    """The page of the handful of plays, with all its figures."""
    return whole_page_of(outcome)
