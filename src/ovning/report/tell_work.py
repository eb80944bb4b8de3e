"""Who does what, and why it was late, in sentences."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence

from ovning.log import records as r
from ovning.report.names import small
from ovning.report.stories import Story
from ovning.report.teller import Entry, Teller
from ovning.units import HOUR, MINUTE, say_duration
from ovning.words import numbered, phrase

_LONG_WAIT = 2 * HOUR
"""A task that waited, or a case that took, so long is told also where only the main course is."""
_LONG_IN_CASE = 30 * MINUTE
"""A case's longest wait is told where only the main course is, if it was so long."""
_WORTH_TELLING = 5 * MINUTE
"""A shorter wait needs no word of its own when the case is closed."""


def started(teller: Teller, number: int, record: r.TaskStarted) -> None:
    """Somebody took a task; what it waited for is told here, once."""
    story = teller.stories.get(record.task)
    if story is None or story.started is not record or story.requested.needs == "gather":
        return
    case = story.requested.case
    if teller.is_routine(case):
        return
    who = teller.doer(record.station, record.person)
    end = story.ended_at
    task, tag = small(story.requested.title), teller.tag(case)
    text = phrase("course.work.started", who=who, task=task, tag=tag)
    if story.finished is not None and end is not None:
        text = phrase("course.work.started_until", who=who, task=task, tag=tag, clock=teller.clock(end))
    entry = teller.add(number, record.at, "work", text, case=case)
    explain(teller, entry, story, record.at)
    opened = teller.opened.get(case)
    entry.matters = opened is not None and opened.kind == "inject" and record.at - story.requested.at >= _LONG_WAIT
    if end is not None and end - record.at - story.worked >= MINUTE and story.finished is not None:
        lasted = say_duration(end - record.at - story.worked)
        entry.lines.append(phrase("course.work.left_lying", lasted=lasted))
        entry.lines.extend(f"· {reason}" for reason in teller.reasons.after(story, record.at))


def explain(teller: Teller, entry: Entry, story: Story, until: int) -> None:
    """Add why a task waited until a moment."""
    waited = until - story.requested.at
    if waited <= 0:
        return
    entry.reasons = teller.reasons.of(story, until)
    entry.why = entry.reasons[0]
    if len(entry.reasons) > 1:
        lasted, longest = say_duration(waited), teller.reasons.longest(story, until)
        entry.reasons.insert(0, phrase("course.work.waited", lasted=lasted))
        entry.why = phrase("course.work.waited_longest", lasted=lasted, longest=longest)


def case_closed(teller: Teller, number: int, record: r.CaseClosed) -> None:
    """All that an inject asked for is done; what it waited longest for is told once more."""
    opened = teller.opened.get(record.case)
    if opened is None or opened.kind != "inject":
        return
    stories = [story for story in teller.stories.values() if story.requested.case == record.case]
    text = phrase(
        f"course.work.closed.{'done' if record.outcome == 'done' else 'not_all'}",
        case=record.case,
        inject=teller.names.inject(opened.subject),
        lasted=say_duration(record.at - opened.at),
    )
    entry = teller.add(number, record.at, "work", text, case=record.case)
    entry.matters = record.at - opened.at >= _LONG_WAIT
    waits = [(wait.at - wait.since, n, wait) for n, story in enumerate(stories) for wait in story.waits_merged()]
    longest = max(waits, default=None, key=lambda found: found[:2])
    if longest is not None and longest[0] >= _WORTH_TELLING:
        story = stories[longest[1]]
        task, why = teller.task(story.requested.task), teller.reasons.longest(story, record.at)
        text = phrase("course.work.longest", task=task, longest=why)
        # A longer one has been told with its task.
        entry.why = text if _LONG_IN_CASE <= longest[0] < _LONG_WAIT else ""
        entry.lines.append(text)


def finished(teller: Teller, number: int, record: r.TaskFinished) -> None:
    """A task that ended otherwise than by being done."""
    story = teller.stories.get(record.task)
    if story is None or record.outcome == "done" or teller.is_routine(record.case):
        return
    key = f"course.work.{'cancelled' if record.outcome == 'cancelled' else 'blocked'}"
    text = phrase(key, task=teller.task(record.task), tag=teller.tag(record.case))
    entry = teller.add(number, record.at, "work" if record.outcome == "cancelled" else "gap", text, case=record.case)
    explain(teller, entry, story, record.at)
    entry.matters = entry.kind == "gap"


def interrupted(teller: Teller, number: int, record: r.TaskInterrupted) -> None:
    """A call came first, or the end of a shift."""
    case = teller.case_of(record.task)
    if teller.is_routine(case):
        return
    who = teller.names.short_station(record.station)
    if record.by == "shift_change":
        text = phrase("course.work.put_down", who=who, task=teller.task(record.task), tag=teller.tag(case))
        teller.add(number, record.at, "work", text, case=case)
        return
    text = phrase(
        "course.work.interrupted",
        who=who,
        task=teller.task(record.task),
        call=teller.task(record.by),
        tag=teller.tag(teller.case_of(record.by)),
    )
    teller.add(number, record.at, "work", text, case=case)


def clarified(teller: Teller, number: int, record: r.Clarified) -> None:
    """Two units had to ask each other what was meant."""
    text = phrase(
        "course.work.clarified",
        sender=teller.names.short_station(record.sender),
        receiver=teller.station(record.receiver),
        task=teller.task(record.task),
        lasted=say_duration(record.at - record.since),
    )
    teller.add(number, record.at, "work", text, case=teller.case_of(record.task))


def unfinished(teller: Teller, number: int, record: r.TaskUnfinished) -> None:
    """Still open at the horizon."""
    story = teller.stories.get(record.task)
    if story is None or teller.is_routine(record.case):
        return
    task, tag = teller.task(record.task), teller.tag(record.case)
    text = phrase(f"course.work.still.{'working' if record.state == 'working' else 'waiting'}", task=task, tag=tag)
    entry = teller.add(number, record.at, "open", text, case=record.case)
    entry.what.append(f"{task}{tag}")
    if record.state == "waiting":
        explain(teller, entry, story, record.at)


def routine(teller: Teller, bounds: Sequence[int]) -> list[Entry]:
    """A staff's standing work, told together at the end of each stretch between two bounds."""
    kinds: dict[int, Counter[str]] = {}
    minutes: Counter[int] = Counter()
    numbers: dict[int, list[int]] = {}
    for number, record in enumerate(teller.log):
        if not isinstance(record, r.Worked) or record.activity != "work":
            continue
        opened = teller.opened.get(teller.case_of(record.task) or "")
        if opened is None or opened.kind != "follow_up":
            continue
        stretch = max(bisect_left(bounds, record.at), 1)
        kinds.setdefault(stretch, Counter())[small(teller.names.follow_up(opened.subject))] += 1
        minutes[stretch] += record.at - record.since
        numbers.setdefault(stretch, []).append(number)
    entries = []
    for stretch, counted in kinds.items():
        since, at = bounds[stretch - 1], bounds[stretch]
        text = phrase(
            "course.work.routine",
            since=teller.clock(since),
            until=teller.clock(at),
            what=", ".join(
                numbered("course.work.routine_times", times, what=kind, times=str(times))
                for kind, times in sorted(counted.items())
            ),
            took=say_duration(minutes[stretch]),
        )
        entries.append(Entry(at, "routine", text, records=numbers[stretch]))
    return entries
