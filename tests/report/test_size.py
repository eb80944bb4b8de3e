"""The page is small, and making it costs what is shown and not how many plays there were."""

from __future__ import annotations

import dataclasses
import sys
from types import FrameType
from typing import Any

import pytest

from ovning.experiment.replicate import replicate
from ovning.measures.aggregate import aggregate
from ovning.measures.summary import PlaySummary, summarise
from ovning.measures.tallying import tally_of
from ovning.report.findings import Findings
from ovning.report.html import render_report
from ovning.report.outcome import Outcome
from ovning.report.timeline import Timeline, timeline
from tests.report.pages import drawings_of, whole_page_of
from tests.tiny import LEVEL, Tiny, inject, task

LARGEST = 3_000_000


def test_the_page_is_under_three_megabytes(whole_page: str) -> None:
    assert len(whole_page.encode()) < LARGEST


def test_more_plays_make_no_larger_page(outcome: Outcome, summaries: tuple[PlaySummary, ...], whole_page: str) -> None:
    many = tuple(dataclasses.replace(play, replication=number) for number, play in enumerate(summaries * 50))
    plays = tally_of(many)
    told = dataclasses.replace(outcome, plays=plays, results=aggregate(plays, outcome.setup.exercise))
    page = whole_page_of(told)
    assert len(page) < 1.1 * len(whole_page)


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> tuple[Outcome, PlaySummary, Timeline]:
    """One play of an exercise with one inject and one level."""
    folder = Tiny(tmp_path_factory.mktemp("size"))
    setup = folder.setup(
        injects=[inject("E1", asks_for="look", facts=["grave"])],
        procedures={"look": [task("look", needs="verify_situation")]},
        levels=[LEVEL],
        staff={"chief": ["chiefs"], "picture": ["officers"]},
    )
    (played,) = replicate(setup, 1, [0])
    summary = summarise(played.log, setup)
    plays = tally_of([summary])
    outcome = Outcome(setup, plays, aggregate(plays, setup.exercise), 1, ("ovning", "run", "handelse"))
    return outcome, summary, timeline(played.log, setup, main_course_only=True)


def of(number: int, tiny: tuple[Outcome, PlaySummary, Timeline]) -> Outcome:
    """The same play so many times."""
    outcome, summary, _ = tiny
    plays = tally_of(dataclasses.replace(summary, replication=play) for play in range(number))
    return dataclasses.replace(outcome, plays=plays, results=aggregate(plays, outcome.setup.exercise))


def calls(outcome: Outcome, course: Timeline, *, drawn: bool) -> int:
    """How many functions, of Python and of C, are called while the page is made."""
    count = 0

    def counts(_frame: FrameType, event: str, _arg: Any) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    found = Findings.of(outcome)
    drawings = () if drawn else drawings_of(outcome, found)
    sys.setprofile(counts)
    try:
        render_report(outcome, found, drawings_of(outcome, found) if drawn else drawings, course)
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.parametrize("drawn", [False, True], ids=["words", "figures"])
def test_the_work_does_not_grow_with_the_plays(
    tiny: tuple[Outcome, PlaySummary, Timeline], drawn: bool, record_property: Any
) -> None:
    course = tiny[2]
    calls(of(40, tiny), course, drawn=drawn)  # Fills what is kept between pages.
    few, many = (calls(of(plays, tiny), course, drawn=drawn) for plays in (40, 400))
    record_property("calls", (few, many))
    # A longer number has one more separator.
    assert abs(many - few) < 0.02 * few
