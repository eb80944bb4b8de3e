"""Causes of waiting + work along the critical path = elapsed time, recomputed from the log file alone."""

import pytest

from ovning.log import jsonl
from ovning.log.records import CaseClosed
from tests.measures.identity import (
    assert_identity,
    assert_requested_when_the_last_predecessor_finishes,
    check_log,
    records_of,
)
from tests.measures.logs import CC, LOG, M


def _written(tmp_path, log):
    path = tmp_path / "play.jsonl"
    jsonl.write(log, path)
    return path


def _changed(what, **values):
    """The hand-made log with one record changed: the last one whose fields hold everything in ``what``."""
    number = max(
        n for n, record in enumerate(LOG) if what.items() <= {**record._asdict(), "type": type(record).__name__}.items()
    )
    return (*LOG[:number], LOG[number]._replace(**values), *LOG[number + 1 :])


def _without(what):
    return tuple(r for r in LOG if not what.items() <= {**r._asdict(), "type": type(r).__name__}.items())


def test_the_hand_made_play_adds_up(tmp_path):
    assert check_log(_written(tmp_path, LOG)) == {
        "cases": 7,
        "open_cases": 2,
        "tasks": 16,
        "links": 2,
        "shared_persons": 7,
        "successors": 9,
    }


BAD = {
    "a gap in a life": (
        _changed({"type": "Waited", "task": "E1/inform", "cause": "queue"}, since=32 * M),
        "stretch begins",
    ),
    "an overlap in a life": (
        _changed({"type": "Waited", "task": "E1/inform", "cause": "queue"}, since=30 * M),
        "stretch begins",
    ),
    "a stretch too short": (_changed({"type": "Worked", "task": "E1/report"}, at=49 * M), "its last stretch"),
    "waiting nobody logged": (_without({"type": "Waited", "task": f"{CC}/decide"}), "stretch begins"),
    "two workers not together": (
        _changed({"type": "Worked", "task": "E1/inform", "person": "kom#2"}, at=45 * M),
        "stretch begins",
    ),
    "works and waits at once": (
        _changed({"type": "Worked", "task": "E1/report"}, task="E2/receive", since=120 * M, at=360 * M),
        "at once",
    ),
    "a case closed too late": (_changed({"type": "CaseClosed", "case": "E1"}, at=51 * M), "is not"),
    "a case opened too early": (_changed({"type": "CaseOpened", "case": "E1"}, at=9 * M), "could have been at"),
    "a caused case opened too early": (
        _changed({"type": "CaseOpened", "case": CC}, caused_by="E1/receive"),
        "neither finishes then",
    ),
    "a cause that never was": (_changed({"type": "CaseOpened", "case": CC}, caused_by="E1/dream"), "never requested"),
    "a closed case with an open task": ((*LOG[:-1], CaseClosed(360 * M, "E2", "done"), LOG[-1]), "open tasks"),
    "an open case without tasks": (_without({"type": "CaseClosed", "case": "afterwards:1"}), "open tasks"),
    "a task without an end": (_without({"type": "TaskUnfinished", "task": "E2/receive"}), "has no end"),
    "a late request": (_changed({"type": "TaskRequested", "task": "E1/verify"}, at=20 * M), "stretch begins"),
    "a level from nowhere": (_changed({"type": "LevelActivated"}, at=99 * M), "no task of"),
    "records out of order": ((LOG[0], LOG[2], LOG[1], *LOG[3:]), "order in which"),
}


@pytest.mark.parametrize("bad", BAD)
def test_a_log_that_does_not_add_up_is_found(bad, tmp_path):
    log, message = BAD[bad]
    path = _written(tmp_path, log)
    with pytest.raises(AssertionError) as caught:
        check_log(path)
    assert message in str(caught.value)


TWICE = _changed({"type": "Worked", "activity": "pass_on"}, person="kom#1", since=41 * M, at=42 * M)
AFTER = {
    "after another case": ("E4/act", ("E1/report",), "of another case"),
    "after something unfinished": ("E4/act", ("E2/receive",), "not finished"),
    "after something blocked": ("E4/act", ("E4/move",), "was not done"),
    "after the last predecessor": ("E1/report", ("E1/verify",), "its last predecessor finished"),
    "without a predecessor, and late": ("E1/report", (), "has no predecessor"),
}


def test_a_person_in_two_places_is_found(tmp_path):
    path = _written(tmp_path, TWICE)
    with pytest.raises(AssertionError, match="kom#1: still with"):
        check_log(path)


@pytest.mark.parametrize("after", AFTER)
def test_a_request_at_the_wrong_moment_is_found(after, tmp_path):
    task, predecessors, message = AFTER[after]
    path = _written(tmp_path, _changed({"type": "TaskRequested", "task": task}, after=predecessors))
    with pytest.raises(AssertionError, match=message):
        assert_requested_when_the_last_predecessor_finishes(records_of(path))


def test_a_case_opened_while_its_cause_goes_on_goes_back_through_what_the_cause_has_behind_it(tmp_path):
    path = _written(tmp_path, _changed({"type": "CaseOpened", "case": CC}, caused_by="E1/open"))
    assert assert_identity(path)["links"] == 2


def test_sums_alone_do_not_see_a_person_in_two_places(tmp_path):
    assert assert_identity(_written(tmp_path, TWICE))["cases"] == 7
