"""The story of each task in a log, gathered: what it waited for, who was tried, who did it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from ovning.log import records as r


@dataclass(slots=True)
class Story:
    """One task from request to end, with the records that tell of it in the order of the log."""

    requested: r.TaskRequested
    asked: list[r.StationAsked] = field(default_factory=list)
    contacts: list[r.ContactAttempted] = field(default_factory=list)
    handed: list[r.HandedOver] = field(default_factory=list)
    clarified: list[r.Clarified] = field(default_factory=list)
    waits: list[r.Waited] = field(default_factory=list)
    works: list[r.Worked] = field(default_factory=list)
    started: r.TaskStarted | None = None
    finished: r.TaskFinished | None = None
    unfinished: r.TaskUnfinished | None = None

    @property
    def ended_at(self) -> int | None:
        """When it was finished, blocked, cancelled or cut off by the horizon."""
        end = self.finished or self.unfinished
        return end.at if end else None

    @property
    def worked(self) -> int:
        """Milliseconds of work on the task itself, by the clock (two persons at once count once)."""
        stretches = {(w.since, w.at) for w in self.works if w.activity == "work"}
        return sum(at - since for since, at in stretches)

    def waits_merged(self) -> list[r.Waited]:
        """All waiting, neighbouring stretches for the same reason made one."""
        merged: list[r.Waited] = []
        for wait in self.waits:
            if wait.at == wait.since:
                continue
            last = merged[-1] if merged else None
            if last and last.at == wait.since and last[3:] == wait[3:]:
                merged[-1] = last._replace(at=wait.at)
            else:
                merged.append(wait)
        return merged


def stories(log: Sequence[r.Record]) -> dict[str, Story]:
    """Every task of the log by its id, in the order in which they were requested."""
    found: dict[str, Story] = {}
    for record in log:
        if isinstance(record, r.TaskRequested):
            found[record.task] = Story(record)
            continue
        task = getattr(record, "task", None)
        story = found.get(task) if task is not None else None
        if story is None:
            continue
        match record:
            case r.StationAsked():
                story.asked.append(record)
            case r.ContactAttempted():
                story.contacts.append(record)
            case r.HandedOver():
                story.handed.append(record)
            case r.Clarified():
                story.clarified.append(record)
            case r.Waited():
                story.waits.append(record)
            case r.Worked():
                story.works.append(record)
            case r.TaskStarted():
                story.started = story.started or record
            case r.TaskFinished():
                story.finished = record
            case r.TaskUnfinished():
                story.unfinished = record
            case _:
                pass
    return found
