"""The checks of a log on services, rest, seats and flows: each finds what is planted for it."""

import pytest

from tests.measures.society import check_society


def r(kind, at, **fields):
    return {"type": kind, "at": at, **fields}


def rest(at, until, person="a#1"):
    return r("RestBegan", at, person=person, until=until, why="worn_out")


def cut_short(*before):
    """A rest before a shift that ends at 8 instead of 20."""
    begun = r("RestBegan", 1, person="b#1", until=20, why="before_shift")
    return [*before, begun, r("RestEnded", 8, person="b#1")]


def worked(since, at, person="a#1", **fields):
    return r("Worked", at, since=since, person=person, activity="work", task="E1/talk", **fields)


def sat(kind, at, filled, person="a#1", seat="chief", **fields):
    return r(kind, at, level="command", seat=seat, person=person, filled=filled, **fields)


def flow(kind, at, *items, **fields):
    return r(kind, at, flow="visits", number=len(items), items=list(items), **fields)


def begun(at, *items, waited=0, work="w1", stage="visit"):
    return flow("FlowBegun", at, *items, stage=stage, waited=waited, work=work)


def done(at, *items, last=True, stage="visit"):
    return flow("FlowDone", at, *items, stage=stage, last=last)


def count(kind, at, number, **fields):
    return r(kind, at, flow="calls", number=number, items=[], **fields)


def flow_work(since, at, task="w1"):
    return r("Worked", at, since=since, person="a#1", activity="flow", task=task)


def changed(at, level):
    return r("ServiceChanged", at, service="water", level=level, caused_by="power")


def lost(at, fails_at):
    return r("NeedLost", at, service="water", need="power", fails_at=fails_at)


RESTORED = r("NeedRestored", 5, service="water", need="power")
AWAY = r("WentAway", 10, person="a#1", until=20)
LEARNED = r("FactLearned", 1, fact="grave")
FINISHED = r("TaskFinished", 2, task="E1/tell", outcome="done")
TOLD = r("FactPublished", 2, fact="grave", task="E1/tell")
AGREED = r("ReliefAgreed", 0, level="command", seat="chief", person="b#1", shift=2)
RELIEVED = r("PersonRelieved", 9, since=5, level="command", seat="chief", person="a#1", by="b#1")
CHANGE = [
    r("Worked", 9, since=5, person=p, activity="shift_change", task="shift:command:1.2/change") for p in ("a#1", "b#1")
]
RELIEF = [
    AGREED,
    sat("SeatFilled", 1, 1),
    *CHANGE,
    RELIEVED,
    sat("SeatLeft", 9, 0, why="relieved"),
    sat("SeatFilled", 9, 1, person="b#1"),
]

GOOD = {
    "rest": [rest(10, 20), worked(0, 10), r("RestEnded", 20, person="a#1"), worked(20, 25)],
    "rest beyond the end": [rest(10, 200)],
    "rest for a shift that is called off": cut_short(AGREED),
    "others go on": [rest(10, 20), worked(12, 15, person="a#2"), r("RestEnded", 20, person="a#1")],
    "away": [worked(5, 10), AWAY, worked(20, 22)],
    "seats": [sat("SeatFilled", 1, 1), sat("SeatFilled", 2, 2, person="b#1"), sat("SeatLeft", 3, 1, why="ended")],
    "relief": RELIEF,
    "services": [changed(1, 0), lost(2, 9), RESTORED, changed(6, 1), lost(7, 9)],
    "fuel": [lost(1, 9), r("ServiceExtended", 3, service="water"), lost(3, 19)],
    "items": [
        flow("FlowArrived", 1, 1, 2, 3),
        begun(2, 1, 2, waited=2),
        flow("FlowLate", 3, 3),
        flow_work(2, 6),
        done(6, 1, last=False),
        done(6, 2),
        begun(7, 1, waited=1, work="", stage="stay"),
        flow("FlowLeft", 8, 3, stage="visit", waited=7, why="gave_up"),
        done(9, 1, stage="stay"),
    ],
    "counts": [
        count("FlowArrived", 1, 9),
        count("FlowTurnedAway", 1, 2, stage="answer"),
        count("FlowBegun", 2, 4, stage="answer", waited=4, work="w1"),
        count("FlowLeft", 3, 3, stage="answer", waited=6, why="gave_up"),
        flow_work(2, 5),
        count("FlowDone", 5, 4, stage="answer", last=True),
    ],
    "published": [LEARNED, FINISHED, TOLD],
    "functions": [r("FunctionEmptied", 1, function="f"), r("FunctionManned", 2, function="f")],
}

BAD = {
    "works while resting": ([rest(10, 20), worked(12, 15), r("RestEnded", 20, person="a#1")], "rests from"),
    "works into a rest": ([worked(5, 11), rest(10, 20), r("RestEnded", 20, person="a#1")], "rests from"),
    "works while away": ([AWAY, worked(15, 25)], "is away from"),
    "sits while resting": ([sat("SeatFilled", 5, 1), rest(10, 200), sat("SeatLeft", 12, 0, why="ended")], "sits from"),
    "sits to the end while resting": ([sat("SeatFilled", 5, 1), rest(10, 200)], "sits from"),
    "called while resting": (
        [rest(10, 20), r("ContactAttempted", 15, person="a#1"), r("RestEnded", 20, person="a#1")],
        "ContactAttempted",
    ),
    "arrives while away": ([AWAY, r("PersonArrived", 11, person="a#1")], "PersonArrived"),
    "rest cut short for no shift": (cut_short(), "was to until"),
    "rest cut short for a shift that others come to": (
        [*cut_short(AGREED, {**AGREED, "person": "c#1"}), sat("SeatFilled", 10, 1, person="c#1")],
        "was to until",
    ),
    "rests too long": ([rest(10, 20), r("RestEnded", 21, person="a#1")], "was to until"),
    "never done": ([rest(10, 20)], "never done"),
    "rests twice": ([rest(10, 200), rest(11, 200)], "twice"),
    "away backwards": ([r("WentAway", 10, person="a#1", until=5)], "until 5"),
    "two seats": ([sat("SeatFilled", 1, 1), sat("SeatFilled", 2, 2, seat="picture")], "and sits in"),
    "a seat never sat in": ([sat("SeatLeft", 2, 0, why="ended")], "leaves"),
    "worn out and awake": ([sat("SeatFilled", 1, 1), sat("SeatLeft", 2, 0, why="worn_out")], "leaves worn_out"),
    "away and there": ([sat("SeatFilled", 1, 1), sat("SeatLeft", 2, 0, why="away")], "leaves away"),
    "seats miscounted": ([sat("SeatFilled", 1, 2)], "counted 1"),
    "relieved and stays": ([x for x in RELIEF if x["type"] != "SeatLeft"][:-1], "does not leave"),
    "relieves and does not sit": (RELIEF[:-1], "does not sit"),
    "relieves untold": (RELIEF[1:], "without having been told"),
    "a change that took no time": ([x for x in RELIEF if x not in CHANGE], "took no time"),
    "changed to the same": ([changed(1, 0.5), changed(2, 0.5)], "what it was"),
    "more than all": ([changed(1, 1.5)], "has 1.5"),
    "lost twice": ([lost(1, 9), lost(2, 9)], "lost twice"),
    "restored and never lost": ([RESTORED], "without having been lost"),
    "fails before it is lost": ([lost(5, 4)], "fails before"),
    "begun twice": ([flow("FlowArrived", 1, 1), begun(1, 1), begun(2, 1, waited=1, work="w2")], "and was at"),
    "begun and never came": ([begun(2, 1)], "was None"),
    "done and never begun": ([flow("FlowArrived", 1, 1), done(2, 1)], "was waits"),
    "left while taken care of": (
        [flow("FlowArrived", 1, 1), begun(1, 1), flow("FlowLeft", 2, 1, stage="visit", waited=1, why="gave_up")],
        "was at visit",
    ),
    "came twice": ([flow("FlowArrived", 1, 1), flow("FlowArrived", 2, 1)], "and was waits"),
    "waited otherwise": ([flow("FlowArrived", 1, 1), begun(3, 1, waited=1)], "counted 2"),
    "miscounted": ([{**flow("FlowArrived", 1, 1), "number": 2}], "2 of"),
    "back to a stage": (
        [flow("FlowArrived", 1, 1), begun(1, 1), flow_work(1, 2), done(2, 1, last=False), begun(2, 1, work="w2")],
        "twice",
    ),
    "late twice": ([flow("FlowArrived", 1, 1), flow("FlowLate", 2, 1), flow("FlowLate", 3, 1)], "late before"),
    "more begun than came": (
        [count("FlowArrived", 1, 2), count("FlowBegun", 2, 3, stage="answer", waited=3, work="w1")],
        "-1 wait",
    ),
    "more done than begun": (
        [count("FlowArrived", 1, 2), count("FlowDone", 2, 1, stage="answer", last=True)],
        "-1 in work",
    ),
    "work nobody began": ([flow_work(1, 2)], "nobody began"),
    "work before it began": ([flow("FlowArrived", 1, 1), begun(3, 1, waited=2), flow_work(2, 4)], "begun at 3"),
    "done before the work was": (
        [flow("FlowArrived", 1, 1), begun(1, 1), done(5, 1), flow_work(1, 6)],
        "work on 0 ended",
    ),
    "published unknown": ([FINISHED, TOLD], "nobody knew"),
    "published twice": ([LEARNED, FINISHED, TOLD, TOLD], "twice"),
    "published by nothing": ([LEARNED, TOLD], "not finished"),
    "emptied twice": ([r("FunctionEmptied", 1, function="f"), r("FunctionEmptied", 2, function="f")], "emptied twice"),
    "manned and never empty": ([r("FunctionManned", 2, function="f")], "was not empty"),
}


def _log(records):
    return [r("PlayStarted", 0), *records, r("PlayEnded", 100)]


@pytest.mark.parametrize("name", GOOD)
def test_what_is_right_passes(name):
    check_society(_log(GOOD[name]))


@pytest.mark.parametrize("name", BAD)
def test_what_is_wrong_is_found(name):
    records, words = BAD[name]
    with pytest.raises(AssertionError, match=words):
        check_society(_log(records))
