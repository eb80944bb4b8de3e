"""A log as the engine writes it reads as its records."""

import pickle

from ovning.log.records import EventHappened, PlayEnded, TaskStarted
from ovning.log.written import WrittenLog

FLAT = [EventHappened, 0, "dark", TaskStarted, 5, "E1/a", "tib", "tib#1", PlayEnded, 9]
RECORDS = (EventHappened(0, "dark"), TaskStarted(5, "E1/a", "tib", "tib#1"), PlayEnded(9))


def test_the_records_are_those_that_were_laid_down():
    log = WrittenLog(list(FLAT))
    assert tuple(log) == RECORDS
    assert [type(record) for record in log] == [EventHappened, TaskStarted, PlayEnded]
    assert len(log) == 3
    assert log[-1] == PlayEnded(9)
    assert log[1:] == RECORDS[1:]
    assert RECORDS[1] in log
    assert log.index(RECORDS[2]) == 2


def test_it_equals_any_sequence_of_the_same_records():
    log = WrittenLog(list(FLAT))
    assert log == RECORDS
    assert log == list(RECORDS)
    assert log == WrittenLog(list(FLAT))
    assert log != RECORDS[:2]
    assert log != 3
    assert hash(log) == hash(RECORDS)


def test_it_travels_between_processes_read_or_not():
    unread, read = WrittenLog(list(FLAT)), WrittenLog(list(FLAT))
    len(read)
    assert pickle.loads(pickle.dumps(unread)) == pickle.loads(pickle.dumps(read)) == RECORDS


def test_nothing_written_is_nothing():
    assert tuple(WrittenLog([])) == ()
