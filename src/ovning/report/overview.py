"""The main course of a play: what a leader must know, under one heading for each part of a day."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from datetime import timedelta
from itertools import pairwise
from typing import Final

from ovning.log import records as r
from ovning.report.names import large, small
from ovning.report.situation import situations
from ovning.report.tell_flows import flows
from ovning.report.tell_shifts import people_said
from ovning.report.teller import Entry, Kind, Teller
from ovning.units import DAY, HOUR, MINUTE, Clock
from ovning.words import numbered, phrase, word
from ovning.words.common import weekday

LONG_PLAY: Final = 5 * DAY
"""A longer play is told day by day, and times since STARTEX in days."""
_PARTS = {0: "night", 6: "forenoon", 12: "afternoon", 18: "evening"}
"""Parts of a day by the hour at which they begin."""
_ALWAYS: frozenset[Kind] = frozenset({"inject", "decision", "level", "world"})
"""What is told in any case."""
_WAIT = 10 * MINUTE
"""A mean wait shorter than this is not told."""
_QUOTED = 90
"""So many letters of what somebody says."""
_FACTS = 2
"""So many facts are told at a time."""
_OPEN_NAMED = 6
"""So many open tasks are named."""


def bounds_of_hours(end: int) -> list[int]:
    """Full hours from STARTEX to the end."""
    return [*range(0, end, HOUR), end] if end else [0, 0]


def bounds_of_sections(clock: Clock, end: int) -> list[int]:
    """STARTEX, every 00, 06, 12 and 18 o'clock after it, and the end; in a long play midnights alone."""
    local, hours = clock.local(0), 24 if end > LONG_PLAY else 6
    first = local.replace(hour=local.hour - local.hour % hours, minute=0, second=0, microsecond=0, tzinfo=None)
    bounds = [0]
    for n in range(1, end // (hours * HOUR) + 3):
        at = clock.since(first + timedelta(hours=hours * n))
        if 0 < at < end:
            bounds.append(at)
    return [*bounds, end] if end else [0, 0]


def main_course(teller: Teller, told: list[Entry], stops: Sequence[int] = ()) -> list[Entry]:
    """What of all that was told belongs to the main course, with headings and where things stand.

    ``stops``: other times at which it is to be told where things stand.
    """
    end = teller.log[-1].at
    usual = bounds_of_sections(teller.exercise_clock, end)
    bounds = sorted({*usual, *(at for at in stops if 0 < at < end)}) if stops else usual
    kept = [_shortened(entry) for entry in told if entry.kind in _ALWAYS or entry.matters]
    standing = situations(teller, bounds)
    flowing = {entry.at: entry for entry in flows(teller, bounds, least_wait=_WAIT)}
    entries: list[Entry] = []
    passed = 0
    before: list[str] = []
    long = bounds[-1] > LONG_PLAY
    for n, (since, until) in enumerate(pairwise(bounds)):
        entries.append(Entry(since, "section", _heading(teller.exercise_clock, since, until, long=long)))
        last = n + 2 == len(bounds)
        while passed < len(kept) and (kept[passed].at < until or last):
            entries.append(kept[passed])
            passed += 1
        situation = standing[n]
        if until in flowing:
            hard = [small(line.rstrip(".")) for line in flowing[until].what]
            if hard:
                situation.lines.append(phrase("course.to_care_for", flows="; ".join(hard)))
            situation.records.extend(flowing[until].records)
        situation.lines.extend(_worn_out(teller, since, until))
        if entries[-1].kind == "section" and situation.lines == before and not last:
            entries.pop()
            continue
        before = situation.lines
        entries.append(situation)
    left = [entry for entry in told if entry.kind == "open"]
    if left:
        entries.append(_open(left))
    return entries


def _heading(clock: Clock, since: int, until: int, *, long: bool) -> str:
    here, there = clock.local(since), clock.local(until)
    if long:
        return phrase("course.heading_day", weekday=large(weekday(here)), day=str(here.day), month=str(here.month))
    end = "24" if there.hour == 0 and there.minute == 0 else f"{there:%H:%M}".removesuffix(":00")
    begin = f"{here:%H:%M}".removesuffix(":00")
    return phrase(
        "course.heading",
        weekday=large(weekday(here)),
        day=str(here.day),
        month=str(here.month),
        part=word(f"course.part.{_PARTS[here.hour - here.hour % 6]}"),
        begin=begin,
        end=end,
    )


def _shortened(entry: Entry) -> Entry:
    kept = {"world": len(entry.lines), "level": 1, "shift": 1}.get(entry.kind, 0)
    lines = [line for line in entry.lines[:kept] if not line.startswith("· ")]
    reasons = [entry.why] if entry.why else []
    headline = entry.in_short or entry.headline
    if entry.quote:
        headline += f": ”{_first_words(entry.quote)}”"
    if entry.kind == "knowledge" and len(entry.what) > _FACTS:
        more = phrase("course.more", count=str(len(entry.what) - _FACTS))
        headline = headline.replace("; ".join(entry.what), "; ".join([*entry.what[:_FACTS], more]))
    return Entry(
        entry.at,
        entry.kind,
        headline,
        entry.case,
        entry.about,
        reasons=reasons,
        lines=lines,
        first=entry.first,
        records=entry.records,
    )


def _first_words(quote: str) -> str:
    """The first sentence, or as much of it as is told."""
    sentence = re.split(r"(?<=[.?!])\s", quote, maxsplit=1)[0]
    return sentence if len(sentence) <= _QUOTED else f"{sentence[:_QUOTED].rpartition(' ')[0].rstrip(' ,;–')} …"


def _worn_out(teller: Teller, since: int, until: int) -> list[str]:
    """Those who went home because they had been at it for as long as anybody is; those in a staff are told by name."""
    people = [
        record.person
        for record in teller.log
        if isinstance(record, r.RestBegan)
        and record.why == "worn_out"
        and since < record.at <= until
        and (record.at, record.person) not in teller.shifts.left
    ]
    return [phrase("course.worn_out", people=people_said(teller, people))] if people else []


def _open(left: list[Entry]) -> Entry:
    entry = Entry(left[-1].at, "open", "", records=[number for x in left for number in x.records])
    entry.headline = numbered("course.open", len(left), count=str(len(left)))
    named = Counter(small("".join(x.what)) for x in left)
    entry.lines = [f"· {what}" for what in list(named)[:_OPEN_NAMED]]
    if len(named) > _OPEN_NAMED:
        entry.lines.append(f"· {phrase('course.more', count=str(len(named) - _OPEN_NAMED))}")
    return entry
