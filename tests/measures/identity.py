"""Checks of a log file alone: plain JSON, dictionaries, and no code of the measures.

``check_log(path)`` raises ``AssertionError`` with the place of whatever does not add up, and returns how much
it checked.
"""

import json
from collections import defaultdict
from itertools import pairwise
from pathlib import Path

from tests.measures.society import check_society


def check_log(path):
    """Everything that must hold in any log; returns counts of what was checked."""
    records = records_of(path)
    counts = {
        **assert_identity(path),
        "shared_persons": assert_nobody_in_two_places(records),
        "successors": assert_requested_when_the_last_predecessor_finishes(records),
    }
    assert records[0]["type"] == "PlayStarted"
    assert records[-1]["type"] == "PlayEnded"
    times = [record["at"] for record in records]
    assert times == sorted(times), "records are not in the order in which they happened"
    check_society(records)
    return counts


def assert_identity(path):
    """For every case: causes of waiting + work along its critical path = its elapsed time, to the millisecond.

    An open case is followed to the horizon. A case that was caused goes on to its cause, which finished when the case
    opened (or went on: then a stretch of its life begins at that moment), and the whole path then sums to the time from
    the opening of the first case.
    """
    records = records_of(path)
    horizon = records[-1]["at"]
    lives = _lives(records)
    requests = {r["task"]: r for r in records if r["type"] == "TaskRequested"}
    closed = {r["case"]: r for r in records if r["type"] == "CaseClosed"}
    cases = {r["case"]: r for r in records if r["type"] == "CaseOpened"}
    of_case = defaultdict(list)
    for task, request in requests.items():
        assert request["case"] in cases, f"{task}: its case {request['case']} was never opened"
        of_case[request["case"]].append(task)
    unfinished = {r["task"] for r in records if r["type"] == "TaskUnfinished"}
    parts = {}
    for name, case in cases.items():
        begun = case["at"]
        ended = closed[name]["at"] if name in closed else horizon
        still = [task for task in of_case[name] if task in unfinished]
        assert bool(still) == (name not in closed), f"{name}: closed {name in closed}, but open tasks {still}"
        for task in of_case[name]:
            assert begun <= requests[task]["at"] <= ended, f"{task}: requested outside the life of {name}"
        if not of_case[name]:
            assert ended == begun, f"{name}: {ended - begun} ms without a task"
            continue
        last = max(of_case[name], key=lambda task: (lives[task]["end"], -requests[task]["n"]))
        work, causes = _walk(last, case, lives, requests)
        parts[name] = work + sum(causes.values())
        assert parts[name] == ended - begun, f"{name}: work {work} + {causes} is not {ended - begun}"
    chained = 0
    for name, case in cases.items():
        total, link = 0, case
        while link["caused_by"] is not None:
            cause = link["caused_by"]
            assert cause in lives, f"{link['case']}: caused by {cause}, which was never requested"
            opened, chained = link["at"], chained + 1
            link = cases[requests[cause]["case"]]
            work, causes = _walk(cause, link, lives, requests)
            total += work + sum(causes.values())
            if lives[cause]["end"] != opened:
                assert opened in lives[cause]["begins"], (
                    f"case opened at {opened}: {cause} neither finishes then nor begins or ends a stretch of its life"
                )
                total -= lives[cause]["end"] - opened
        assert link["at"] + total == case["at"], f"{name}: what led to it sums to {link['at'] + total}"
    for record in records:
        if record["type"] == "LevelActivated":
            ends = [lives[task]["end"] for task in of_case[record["case"]] if task not in unfinished]
            assert record["at"] in ends, f"{record['level']}: active, but no task of {record['case']} finished then"
    return {"cases": len(cases), "open_cases": len(cases) - len(closed), "tasks": len(requests), "links": chained}


def splits(path):
    """For every case with tasks: work, and waiting by cause, along its critical path, in milliseconds."""
    records = records_of(path)
    lives = _lives(records)
    requests = {r["task"]: r for r in records if r["type"] == "TaskRequested"}
    cases = {r["case"]: r for r in records if r["type"] == "CaseOpened"}
    last = {}
    for task, request in requests.items():
        before = last.setdefault(request["case"], task)
        if lives[task]["end"] > lives[before]["end"]:
            last[request["case"]] = task
    return {case: _walk(task, cases[case], lives, requests) for case, task in last.items()}


def assert_nobody_in_two_places(records):
    """No person works on two things at once."""
    spans = defaultdict(list)
    for r in records:
        if r["type"] == "Worked":
            spans[r["person"]].append((r["since"], r["at"], r["task"]))
    for person, worked in spans.items():
        worked.sort()
        for (_, at, task), (since, _, other) in pairwise(worked):
            assert at <= since, f"{person}: still with {task} until {at}, with {other} from {since}"
    return len(spans)


def assert_requested_when_the_last_predecessor_finishes(records):
    """A task with predecessors is requested the moment the last of them is done; one without, when its case opens."""
    finished = {r["task"]: r for r in records if r["type"] == "TaskFinished"}
    opened = {r["case"]: r["at"] for r in records if r["type"] == "CaseOpened"}
    successors = 0
    for r in records:
        if r["type"] != "TaskRequested":
            continue
        if not r["after"]:
            assert r["at"] == opened[r["case"]], f"{r['task']}: has no predecessor, and waits {r['at']} for its request"
            continue
        successors += 1
        for before in r["after"]:
            assert before in finished, f"{r['task']}: comes after {before}, which is not finished"
            assert finished[before]["outcome"] == "done", f"{r['task']}: comes after {before}, which was not done"
            assert finished[before]["case"] == r["case"], f"{r['task']}: comes after {before} of another case"
        last = max(finished[before]["at"] for before in r["after"])
        assert r["at"] == last, f"{r['task']}: requested at {r['at']}, its last predecessor finished at {last}"
    return successors


def _walk(task, case, lives, requests):
    """Work and causes of waiting from the opening of the case to the end of the task."""
    work, causes = 0, defaultdict(int)
    while task is not None:
        work += lives[task]["work"]
        for cause, lasted in lives[task]["causes"].items():
            causes[cause] += lasted
        before = requests[task]["after"]
        earliest = None
        for name in before:
            assert name in lives, f"{task}: comes after {name}, which was never requested"
            if earliest is None or lives[name]["end"] > lives[earliest]["end"]:
                earliest = name
        at = case["at"] if earliest is None else lives[earliest]["end"]
        assert requests[task]["at"] == at, f"{task}: requested at {requests[task]['at']}, could have been at {at}"
        task = earliest
    return work, dict(causes)


def _lives(records):
    """For every task its end, work and causes of waiting; its stretches must meet without gap or overlap."""
    spans, requested, ended = defaultdict(dict), {}, {}
    for r in records:
        if r["type"] == "TaskRequested":
            assert r["task"] not in requested, f"{r['task']}: requested twice"
            requested[r["task"]] = r["at"]
        elif r["type"] in {"TaskFinished", "TaskUnfinished"}:
            assert r["task"] not in ended, f"{r['task']}: ended twice"
            ended[r["task"]] = r["at"]
        elif r["type"] == "Waited":
            assert (r["since"], r["at"]) not in spans[r["task"]], f"{r['task']}: waits and something else at once"
            spans[r["task"]][r["since"], r["at"]] = r["cause"]
        elif r["type"] == "Worked" and r["activity"] == "work":
            before = spans[r["task"]].setdefault((r["since"], r["at"]), "work")
            assert before == "work", f"{r['task']}: waits and is worked on at once"
    lives = {}
    assert set(spans) <= set(requested), f"never requested: {sorted(set(spans) - set(requested))}"
    for task, at in requested.items():
        assert task in ended, f"{task}: has no end"
        life = {"work": 0, "causes": defaultdict(int), "end": ended[task], "begins": set()}
        for (since, until), what in sorted(spans[task].items()):
            assert since == at, f"{task}: a stretch begins at {since}, the one before ended at {at}"
            at = until
            life["begins"].add(since)
            if what == "work":
                life["work"] += until - since
            else:
                life["causes"][what] += until - since
        assert at == ended[task], f"{task}: ends at {ended[task]}, its last stretch at {at}"
        lives[task] = life
    return lives


def records_of(path):
    """The records of a log file as dictionaries, without its header."""
    return [json.loads(line) for line in Path(path).read_bytes().splitlines()][1:]
