"""Lives of tasks, and critical paths."""

import pytest

from ovning.log.records import CaseOpened, PlayEnded, TaskFinished, TaskUnfinished, Waited, Worked
from ovning.measures.lives import read_lives
from ovning.measures.paths import case_path, objectives_of, origin_of, path_to, total, whole_path_to
from tests.measures.logs import CC, LOG, M


@pytest.fixture
def lives():
    return read_lives(LOG)


def _minutes(path):
    return [
        (stretch.task, stretch.cause or "work", stretch.station, stretch.detail, stretch.lasted // M)
        for stretch in path.stretches
    ]


def test_a_life_is_its_stretches_with_several_persons_counted_once(lives):
    inform = lives.tasks["E1/inform"]
    assert [(s.since // M, s.at // M, s.cause, s.station, s.detail) for s in inform.stretches] == [
        (29, 31, "transmission", "komm", "phone"),
        (31, 41, "queue", "komm", "ordinary"),
        (41, 46, None, "komm", ""),
    ]
    assert (inform.requested_at, inform.ended_at, inform.outcome) == (29 * M, 46 * M, "done")


def test_every_stretch_names_its_record(lives):
    for life in lives.tasks.values():
        for stretch in life.stretches:
            record = LOG[stretch.number]
            assert isinstance(record, Waited | Worked)
            assert (record.since, record.at, record.task) == (stretch.since, stretch.at, stretch.task)
        assert LOG[life.requested_by].task == life.task
        assert LOG[life.ended_by].at == life.ended_at


def test_an_open_task_lives_to_the_horizon(lives):
    assert (lives.tasks["E5/receive"].outcome, lives.tasks["E5/receive"].ended_at) == (None, 360 * M)
    assert (lives.cases["E5"].closed_at, lives.cases["E1"].closed_at) == (None, 50 * M)
    assert lives.cases["E1"].tasks == ("E1/receive", "E1/verify", "E1/inform", "E1/open", "E1/report")


def test_the_critical_path_takes_the_predecessor_that_finished_last_and_of_equals_the_first_listed(lives):
    path = case_path(lives, "E1")
    assert path.tasks == ("E1/receive", "E1/verify", "E1/open", "E1/report")
    assert _minutes(path) == [
        ("E1/receive", "unavailable", "tib", "", 4),
        ("E1/receive", "work", "tib", "", 5),
        ("E1/verify", "work", "tib", "", 10),
        ("E1/open", "mandate", "klut", "quorum", 15),
        ("E1/open", "work", "klut", "", 2),
        ("E1/report", "work", "tib", "", 4),
    ]


def test_the_critical_path_of_an_open_case_goes_to_the_horizon(lives):
    assert _minutes(case_path(lives, "E2")) == [("E2/receive", "unavailable", "vaxel", "", 240)]
    assert case_path(lives, "E2").lasted == 240 * M


def test_every_path_sums_to_the_time_it_spans(lives):
    for case in lives.cases:
        path = case_path(lives, case)
        assert total(path.stretches) == path.lasted
    for task in lives.tasks:
        path = whole_path_to(lives, task)
        assert total(path.stretches) == path.lasted == lives.tasks[task].ended_at - path.begins_at


def test_a_caused_case_goes_back_to_the_inject(lives):
    path = whole_path_to(lives, f"{CC}/gather")
    assert (path.origin, path.begins_at, path.ends_at) == ("E1", 10 * M, 100 * M)
    assert path.tasks[:3] == ("E1/receive", "E1/verify", f"{CC}/assess")
    assert origin_of(lives, CC).case == "E1"
    assert origin_of(lives, "afterwards:1").case == "E4"
    assert objectives_of(lives, CC) == ("M1",)
    assert objectives_of(lives, "E4") == objectives_of(lives, "afterwards:1") == ()


def test_a_case_opened_while_its_cause_goes_on_goes_back_through_what_the_cause_has_behind_it():
    number = _number(CaseOpened, case=CC)
    path = whole_path_to(read_lives(_with(number, caused_by="E1/open")), f"{CC}/gather")
    assert path.tasks[:4] == ("E1/receive", "E1/verify", "E1/open", f"{CC}/assess")
    assert (path.begins_at, path.lasted, total(path.stretches)) == (10 * M, 90 * M, 90 * M)


def test_a_path_to_a_task_in_the_middle_stops_there(lives):
    assert path_to(lives, "E1/verify").lasted == 19 * M


def _with(number, **values):
    return (*LOG[:number], LOG[number]._replace(**values), *LOG[number + 1 :])


def _number(kind, **values):
    return next(n for n, r in enumerate(LOG) if type(r) is kind and values.items() <= r._asdict().items())


BROKEN = {
    "gap": (_with(_number(Waited, task="E1/receive"), since=11 * M), "a stretch begins"),
    "end": (_with(_number(TaskFinished, task="E1/receive"), at=20 * M), "its last stretch"),
    "twice": ((*LOG[:-1], LOG[_number(TaskFinished, task="E1/receive")], LOG[-1]), "comes a second time"),
    "double wait": ((*LOG[:-1], LOG[_number(Waited, task="E1/receive")], LOG[-1]), "waits twice"),
    "stranger": ((*LOG[:-1], Waited(5, 0, "E9/x", "queue", "tib", ""), LOG[-1]), "never requested"),
    "no end of the task": (tuple(r for r in LOG if not isinstance(r, TaskUnfinished)), "has no end"),
    "no end of the play": (LOG[:-1], "does not end"),
}


@pytest.mark.parametrize("broken", BROKEN)
def test_a_log_that_contradicts_itself_is_refused(broken):
    log, message = BROKEN[broken]
    with pytest.raises(ValueError, match=message):
        read_lives(log)


@pytest.mark.parametrize(
    ("kind", "which", "values", "task", "message"),
    [
        ("TaskRequested", {"task": "E1/report"}, {"after": ("E1/verify",)}, "E1/report", "is requested at"),
        ("TaskRequested", {"task": "E1/report"}, {"after": ("E1/none",)}, "E1/report", "never requested"),
        ("TaskRequested", {"task": "E1/open"}, {"after": ("E1/none",)}, "E1/report", "E1/open comes after E1/none"),
        ("CaseOpened", {"case": CC}, {"caused_by": "E1/receive"}, f"{CC}/gather", "its cause ends at"),
        ("CaseOpened", {"case": "E1"}, {"at": 9 * M}, "E1/receive", "is requested at"),
    ],
)
def test_a_path_that_does_not_add_up_is_refused(kind, which, values, task, message):
    number = next(n for n, r in enumerate(LOG) if type(r).__name__ == kind and which.items() <= r._asdict().items())
    lives = read_lives(_with(number, **values))
    with pytest.raises(ValueError, match=message):
        whole_path_to(lives, task)


def test_a_play_without_tasks_has_no_lives():
    lives = read_lives((LOG[0], PlayEnded(5)))
    assert (lives.tasks, lives.cases, lives.ended_at) == ({}, {}, 5)
