"""What came of each inject: sent, taken in, finished; and those that nobody ever answered."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from ovning.log.records import (
    CaseClosed,
    InjectReceived,
    InjectSent,
    InjectWithheld,
    Outcome,
    Record,
    TaskFinished,
    TaskRequested,
)


class InjectCourse(NamedTuple):
    """One sending of an inject, milliseconds since STARTEX."""

    inject: str
    case: str
    """Differs from ``inject`` from the second time on."""
    sent_at: int
    received_at: int | None = None
    """When somebody began to take it in; ``None``: not within the horizon."""
    station: str | None = None
    """Who did."""
    finished_at: int | None = None
    """When everything it asked for was finished; ``None``: not within the horizon."""
    outcome: Outcome | None = None
    asked: bool = False
    """Whether it asked for anything to be done."""
    done: bool = False
    """Whether anything that it asked for was done."""
    sent_by: int = 0
    """The number of its ``InjectSent``."""
    received_by: int | None = None
    """The number of its ``InjectReceived``."""

    @property
    def answer(self) -> int | None:
        """Milliseconds from sent to taken in."""
        return None if self.received_at is None else self.received_at - self.sent_at

    @property
    def took(self) -> int | None:
        """Milliseconds from sent to finished."""
        return None if self.finished_at is None else self.finished_at - self.sent_at


def inject_courses(log: Iterable[Record]) -> tuple[InjectCourse, ...]:
    """The course of every inject that was sent, in the order of sending."""
    found: dict[str, InjectCourse] = {}
    for number, record in enumerate(log):
        match record:
            case InjectSent():
                found[record.case] = InjectCourse(record.inject, record.case, record.at, sent_by=number)
            case InjectReceived() if record.case in found and found[record.case].received_at is None:
                found[record.case] = found[record.case]._replace(
                    received_at=record.at, station=record.station, received_by=number
                )
            case TaskRequested() if record.case in found:
                found[record.case] = found[record.case]._replace(asked=True)
            case TaskFinished(outcome="done") if record.case in found:
                found[record.case] = found[record.case]._replace(done=True)
            case CaseClosed() if record.case in found:
                found[record.case] = found[record.case]._replace(finished_at=record.at, outcome=record.outcome)
            case _:
                pass
    return tuple(found.values())


def never_answered(courses: Iterable[InjectCourse]) -> tuple[InjectCourse, ...]:
    """Injects that nobody took in within the horizon."""
    return tuple(course for course in courses if course.received_at is None)


def nothing_done(courses: Iterable[InjectCourse]) -> tuple[InjectCourse, ...]:
    """Injects that somebody took in, and of which nothing that they asked for was done within the horizon."""
    return tuple(c for c in courses if c.received_at is not None and c.asked and not c.done)


def withheld(log: Iterable[Record]) -> tuple[InjectWithheld, ...]:
    """Injects that did not come, with why."""
    return tuple(record for record in log if isinstance(record, InjectWithheld))
