"""Who does what, and why it was late, in sentences."""

from __future__ import annotations

from collections import Counter

from ovning.log import records as r
from ovning.report.names import small
from ovning.report.stories import Story
from ovning.report.teller import Entry, Teller
from ovning.units import HOUR, MINUTE, say_duration


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
    until = f" – till {teller.clock(end)}" if story.finished is not None and end is not None else ""
    task = small(story.requested.title)
    entry = teller.add(number, record.at, "work", f"{who}: {task}{teller.tag(case)}{until}", case=case)
    explain(teller, entry, story, record.at)
    if end is not None and end - record.at - story.worked >= MINUTE and story.finished is not None:
        entry.lines.append(f"Blir liggande {say_duration(end - record.at - story.worked)} på vägen.")
        entry.lines.extend(f"· {reason}" for reason in teller.reasons.after(story, record.at))


def explain(teller: Teller, entry: Entry, story: Story, until: int) -> None:
    """Add why a task waited until a moment."""
    waited = until - story.requested.at
    if waited <= 0:
        return
    entry.reasons = teller.reasons.of(story, until)
    if len(entry.reasons) > 1:
        entry.reasons.insert(0, f"Väntade {say_duration(waited)} i allt:")


def finished(teller: Teller, number: int, record: r.TaskFinished) -> None:
    """A task that ended otherwise than by being done."""
    story = teller.stories.get(record.task)
    if story is None or record.outcome == "done" or teller.is_routine(record.case):
        return
    tail = "behövs inte längre" if record.outcome == "cancelled" else "går inte att få gjort"
    text = f"{teller.task(record.task)}{teller.tag(record.case)} {tail}"
    entry = teller.add(number, record.at, "work" if record.outcome == "cancelled" else "gap", text, case=record.case)
    explain(teller, entry, story, record.at)


def interrupted(teller: Teller, number: int, record: r.TaskInterrupted) -> None:
    """A call came first."""
    case = teller.case_of(record.task)
    if teller.is_routine(case):
        return
    who = teller.names.short_station(record.station)
    text = f"{who} avbryter ”{teller.task(record.task)}” för ett samtal: {teller.task(record.by)}"
    teller.add(number, record.at, "work", f"{text}{teller.tag(teller.case_of(record.by))}", case=case)


def clarified(teller: Teller, number: int, record: r.Clarified) -> None:
    """Two units had to ask each other what was meant."""
    text = (
        f"{teller.names.short_station(record.sender)} och {teller.station(record.receiver)} har rett ut vad som "
        f"menades ({teller.task(record.task)}); det tog {say_duration(record.at - record.since)}"
    )
    teller.add(number, record.at, "work", text, case=teller.case_of(record.task))


def unfinished(teller: Teller, number: int, record: r.TaskUnfinished) -> None:
    """Still open at the horizon."""
    story = teller.stories.get(record.task)
    if story is None or teller.is_routine(record.case):
        return
    state = "pågår fortfarande" if record.state == "working" else "väntar fortfarande"
    text = f"när spelet slutar {state}: {teller.task(record.task)}{teller.tag(record.case)}"
    entry = teller.add(number, record.at, "open", text, case=record.case)
    if record.state == "waiting":
        explain(teller, entry, story, record.at)


def routine(teller: Teller) -> list[Entry]:
    """A staff's standing work, told together once an hour, at the hour's end."""
    hours: dict[int, Counter[str]] = {}
    minutes: Counter[int] = Counter()
    numbers: dict[int, list[int]] = {}
    end = teller.log[-1].at
    for number, record in enumerate(teller.log):
        if not isinstance(record, r.Worked) or record.activity != "work":
            continue
        opened = teller.opened.get(teller.case_of(record.task) or "")
        if opened is None or opened.kind != "follow_up":
            continue
        hour = (record.at - 1) // HOUR
        hours.setdefault(hour, Counter())[small(teller.names.follow_up(opened.subject))] += 1
        minutes[hour] += record.at - record.since
        numbers.setdefault(hour, []).append(number)
    entries = []
    for hour, kinds in hours.items():
        what = ", ".join(f"{kind} {times} gånger" if times > 1 else kind for kind, times in sorted(kinds.items()))
        since, at = hour * HOUR, min((hour + 1) * HOUR, end)
        took = f"{say_duration(minutes[hour])} arbete"
        text = f"Löpande arbete i staben {teller.clock(since)}–{teller.clock(at)}: {what} ({took})"
        entries.append(Entry(at, "routine", text, records=numbers[hour]))
    return entries
