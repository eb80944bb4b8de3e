"""Why a task waited, in words: one sentence for each stretch, with the clock of every call that was made."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence, Set

from ovning.log import records as r
from ovning.report.names import CAUSES, Names, large, small
from ovning.report.stories import Story
from ovning.units import MINUTE, SECOND, say_duration
from ovning.words import phrase, word
from ovning.words.common import chained

_TRIED = ("deputy", "line", "else", "staff", "otherwise")
"""Why somebody was asked, where that is told."""
_AT_MOST = 2
"""Things that somebody was busy with, named at a time."""


def portions(lengths: Sequence[int]) -> list[str]:
    """Lengths in words that add up, as they stand, to what ``say_duration`` says of the whole."""
    whole = sum(lengths)
    unit = MINUTE if whole >= MINUTE else SECOND
    said, passed, told = [], 0, 0
    for length in lengths:
        # Rounded where each ends, so that what one loses the next one gains.
        passed += length
        units = round(passed / unit) - told
        told += units
        under = word(f"time.{'under_minute' if unit == MINUTE else 'under_second'}")
        said.append(say_duration(units * unit) if units else under)
    return said


class Reasons:
    """Makes sentences of waiting."""

    def __init__(
        self,
        names: Names,
        clock: Callable[[int], str],
        log: Sequence[r.Record],
        stories: Mapping[str, Story],
        tag: Callable[[str | None], str],
    ) -> None:
        self._names = names
        self._clock = clock
        self._stories = stories
        self._tag = tag
        self._crew: dict[str, set[str]] = defaultdict(set)
        self._days: dict[str, list[r.Worked]] = defaultdict(list)
        for record in log:
            if isinstance(record, r.Worked):
                self._crew[record.station].add(record.person)
                self._days[record.person].append(record)

    def of(self, story: Story, until: int) -> list[str]:
        """One line for each stretch of waiting up to ``until``; they sum to the wait."""
        return self._lines(story, [wait for wait in story.waits_merged() if wait.at <= until])

    def after(self, story: Story, since: int) -> list[str]:
        """One line for each stretch of waiting after work had begun."""
        return self._lines(story, [wait for wait in story.waits_merged() if wait.since >= since])

    def longest(self, story: Story, until: int) -> str:
        """Its longest stretch of waiting up to ``until``, with its reason; empty if it did not wait."""
        waits = [wait for wait in story.waits_merged() if wait.at <= until]
        longest = max(waits, key=lambda wait: wait.at - wait.since, default=None)
        if longest is None:
            return ""
        return f"{portions([longest.at - longest.since])[0]}: {self._reason(longest, story)}"

    def calls(self, story: Story) -> str:
        """Everyone who was called for a task, in one sentence; empty if nobody was."""
        tries = self._tries(story, -1, (story.ended_at or 0) + 1)
        return f"{large('; '.join(tries))}." if tries else ""

    def _lines(self, story: Story, waits: Sequence[r.Waited]) -> list[str]:
        said: list[str] = []
        told = waits[0].since - 1 if waits else 0
        lengths = portions([wait.at - wait.since for wait in waits])
        for n, (wait, length) in enumerate(zip(waits, lengths, strict=True)):
            # A call at the moment where one stretch ends belongs to the next; after the last there is none.
            end = wait.at if n + 1 < len(waits) else wait.at + 1
            # Nobody is telephoned by messenger.
            telephone = "channel_down" not in (wait.cause, wait.detail.partition(": ")[0])
            tries = self._tries(story, told, end, telephone=telephone)
            told = end - 1
            text = f"{length}: {self._reason(wait, story)}"
            said.append(f"{text}. {large('; '.join(tries))}." if tries else f"{text}.")
        return said

    def _reason(self, wait: r.Waited, story: Story) -> str:
        if wait.cause != "mandate":
            return self._plain(wait.cause, wait, story, wait.detail)
        station = self._station(wait.station)
        match wait.detail.partition(": "):
            case ("" | "body", _, _) if self._names.is_body(wait.station):
                return phrase("course.reason.mandate.summons", station=station)
            case ("quorum" | "enters_function" | "joint" | "level" | "others" as why, _, _):
                return phrase(f"course.reason.mandate.{why}", station=station)
            case (cause, _, detail) if cause in CAUSES:
                return phrase("course.reason.mandate.why", why=self._plain(cause, wait, story, detail))
            case _:
                return phrase("course.reason.mandate.other", station=station)

    def _plain(self, cause: str, wait: r.Waited, story: Story, detail: str) -> str:
        station = self._station(wait.station)
        # Whoever took it in the end has just been named, and need not be named again.
        own = story.started is not None and story.started.station == wait.station
        whose = "own" if own else "other"
        match cause:
            case "transmission":
                return self._on_its_way(wait, story, own, detail)
            case "unavailable" if detail.startswith("seats missing"):
                return phrase("course.reason.seats_missing", level=small(self._names.short_level(wait.station)))
            case "unavailable" if not wait.station:
                return phrase("course.reason.nobody_able", need=small(self._names.need(detail)))
            case "unavailable":
                return phrase(f"course.reason.unavailable.{whose}", station=station)
            case "queue" if detail == "ordinary_work":
                return phrase(f"course.reason.queue.{whose}_ordinary", station=station)
            case "queue":
                doing = self._busy(wait)
                return phrase(f"course.reason.queue.{whose}{'_doing' if doing else ''}", station=station, doing=doing)
            case "meeting":
                return phrase(f"course.reason.meeting.{whose}", station=station)
            case "information" if detail:
                return phrase("course.reason.information.fact", station=station, fact=small(self._names.fact(detail)))
            case "information":
                return phrase("course.reason.information.unknown", station=station)
            case "clarification":
                other = self._station(detail) if detail else word("course.reason.clarification_sender")
                return phrase("course.reason.clarification", station=station, other=other)
            case "shift_change":
                return phrase("course.reason.shift_change", station=station)
            case "channel_down" if detail:
                channel = small(self._names.channel(detail))
                return phrase(f"course.reason.detour.{whose}", station=station, channel=channel)
            case "channel_down":
                return phrase("course.reason.channel_down", station=station)
            case _:
                return f"{self._names.cause(cause)}, {station}"

    def _on_its_way(self, wait: r.Waited, story: Story, own: bool, detail: str) -> str:
        channel, _, state = detail.partition(": ")
        sender = next((handed.sender for handed in story.handed if handed.receiver == wait.station), None)
        which = "busy" if state else "channel" if channel else "handed" if sender is not None else "passed"
        return phrase(
            f"course.reason.on_its_way.{which}{'' if own else '_to'}",
            station=self._station(wait.station),
            channel=small(self._names.channel(channel)),
            sender=self._station(sender or ""),
        )

    def _busy(self, wait: r.Waited) -> str:
        """What the station's people were doing meanwhile, most first."""
        took = self._took(wait, self._crew.get(wait.station, set()))
        if not took:  # it had people who served elsewhere just then, and perhaps never there
            groups = self._names.filled_by(wait.station)
            took = self._took(wait, {person for person in self._days if person.partition("#")[0] in groups})
        most = sorted(took.items(), key=lambda item: (-item[1], item[0]))
        shown = [what for n, (what, lasted) in enumerate(most) if n == 0 or lasted >= 2 * MINUTE][:_AT_MOST]
        return chained(shown)

    def _took(self, wait: r.Waited, crew: Set[str]) -> dict[str, int]:
        took: dict[str, int] = {}
        for person in sorted(crew):
            for work in self._days[person]:
                overlap = min(work.at, wait.at) - max(work.since, wait.since)
                if overlap > 0 and not (work.task == wait.task and work.activity == "work"):
                    what = self._doing(work)
                    took[what] = took.get(what, 0) + overlap
        return took

    def _doing(self, work: r.Worked) -> str:
        story = self._stories.get(work.task)
        what = small(story.requested.title if story else self._names.piece(work.task) or word("course.doing.other"))
        tag = self._tag(story.requested.case) if story else ""
        match work.activity:
            case "pass_on" if work.task.startswith("report:"):
                return word("course.doing.report")
            case "asking" | "agreement" | "pass_on" | "clarification" as activity:
                return phrase(f"course.doing.{activity}", what=what, tag=tag)
            case "meeting" | "session":
                return word("course.doing.meeting")
            case "shift_change":
                return word("course.doing.shift_change")
            case _:
                return f"{what}{tag}"

    def _tries(self, story: Story, after: int, before: int, *, telephone: bool = True) -> list[str]:
        """Everyone who was tried in a stretch: the calls with their answers, deputies and the line."""
        events: list[tuple[int, int, str]] = []
        for asked in story.asked:
            if after < asked.at < before and asked.why in _TRIED:
                events.append((asked.at, 0, phrase(f"course.tried.{asked.why}", station=self._station(asked.station))))
        for call in story.contacts:
            if after < call.at < before:
                events.append((call.at, 1, self._call(call, telephone)))
        return self._clocked(sorted(events, key=lambda e: e[:2]))

    def _call(self, call: r.ContactAttempted, telephone: bool) -> str:
        key = f"course.tried.{'call' if telephone else 'seek'}"
        who = small(self._names.person(call.person))
        if call.answers_at is None:
            return phrase(f"{key}.no_answer", who=who)
        return phrase(f"{key}.answers", who=who, clock=self._clock(call.answers_at))

    def _clocked(self, events: Sequence[tuple[int, int, str]]) -> list[str]:
        lines: list[str] = []
        shown = ""
        for at, _, text in events:
            clock = self._clock(at)
            lines.append(text if clock == shown else f"{clock} {text}")
            shown = clock
        return lines

    def _station(self, station: str) -> str:
        return small(self._names.short_station(station)) if station else word("course.somebody")
