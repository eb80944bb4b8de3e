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
    until = f" – till {teller.clock(end)}" if story.finished is not None and end is not None else ""
    task = small(story.requested.title)
    entry = teller.add(number, record.at, "work", f"{who}: {task}{teller.tag(case)}{until}", case=case)
    explain(teller, entry, story, record.at)
    opened = teller.opened.get(case)
    entry.matters = opened is not None and opened.kind == "inject" and record.at - story.requested.at >= _LONG_WAIT
    if end is not None and end - record.at - story.worked >= MINUTE and story.finished is not None:
        entry.lines.append(f"Blir liggande {say_duration(end - record.at - story.worked)} på vägen.")
        entry.lines.extend(f"· {reason}" for reason in teller.reasons.after(story, record.at))


def explain(teller: Teller, entry: Entry, story: Story, until: int) -> None:
    """Add why a task waited until a moment."""
    waited = until - story.requested.at
    if waited <= 0:
        return
    entry.reasons = teller.reasons.of(story, until)
    entry.why = entry.reasons[0]
    if len(entry.reasons) > 1:
        entry.reasons.insert(0, f"Väntade {say_duration(waited)} i allt:")
        entry.why = f"Väntade {say_duration(waited)} i allt, längst {teller.reasons.longest(story, until)}."


def case_closed(teller: Teller, number: int, record: r.CaseClosed) -> None:
    """All that an inject asked for is done; what it waited longest for is told once more."""
    opened = teller.opened.get(record.case)
    if opened is None or opened.kind != "inject":
        return
    stories = [story for story in teller.stories.values() if story.requested.case == record.case]
    tail = "klart" if record.outcome == "done" else "avslutat, men inte allt är gjort"
    text = f"{record.case} {teller.names.inject(opened.subject)}: {tail} efter {say_duration(record.at - opened.at)}"
    entry = teller.add(number, record.at, "work", text, case=record.case)
    entry.matters = record.at - opened.at >= _LONG_WAIT
    waits = [(wait.at - wait.since, n, wait) for n, story in enumerate(stories) for wait in story.waits_merged()]
    longest = max(waits, default=None, key=lambda found: found[:2])
    if longest is not None and longest[0] >= _WORTH_TELLING:
        story = stories[longest[1]]
        text = f"Längst väntade {teller.task(story.requested.task)}, {teller.reasons.longest(story, record.at)}."
        # A longer one has been told with its task.
        entry.why = text if _LONG_IN_CASE <= longest[0] < _LONG_WAIT else ""
        entry.lines.append(text)


def finished(teller: Teller, number: int, record: r.TaskFinished) -> None:
    """A task that ended otherwise than by being done."""
    story = teller.stories.get(record.task)
    if story is None or record.outcome == "done" or teller.is_routine(record.case):
        return
    tail = "behövs inte längre" if record.outcome == "cancelled" else "går inte att få gjort"
    text = f"{teller.task(record.task)}{teller.tag(record.case)} {tail}"
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
        text = f"{who} lägger ifrån sig ”{teller.task(record.task)}” för att bli avlöst"
        teller.add(number, record.at, "work", f"{text}{teller.tag(case)}", case=case)
        return
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
        what = ", ".join(f"{kind} {times} gånger" if times > 1 else kind for kind, times in sorted(counted.items()))
        since, at = bounds[stretch - 1], bounds[stretch]
        took = f"{say_duration(minutes[stretch])} arbete"
        text = f"Löpande arbete i staben {teller.clock(since)}–{teller.clock(at)}: {what} ({took})"
        entries.append(Entry(at, "routine", text, records=numbers[stretch]))
    return entries
