"""Why a task waited, in words: one sentence for each stretch, with the clock of every call that was made."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence

from ovning.log import records as r
from ovning.report.names import CAUSES, Names, large, small
from ovning.report.stories import Story
from ovning.units import MINUTE, SECOND, say_duration

_WHY = {
    "deputy": "provar ställföreträdaren, {station}",
    "line": "går uppåt i linjen till {station}",
    "else": "provar nästa nummer, {station}",
    "staff": "lägger det hos {station}",
    "otherwise": "lägger det hos {station} i stället",
}
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
        under = "under 1 min" if unit == MINUTE else "under 1 s"
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
            tries = self._tries(story, told, end)
            if "channel_down" in (wait.cause, wait.detail.partition(": ")[0]):
                # Nobody is telephoned by messenger.
                tries = [attempt.replace("ringer ", "söker ") for attempt in tries]
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
                return f"beslutet är {station}s, och kallelsen är inte ute än"
            case ("quorum", _, _):
                return f"beslutet är {station}s, och den är inte beslutför än"
            case ("enters_function", _, _):
                return f"beslutet är {station}s; den som leder den avgör om den träder i funktion"
            case ("joint", _, _):
                return f"beslutet fattas gemensamt; {station} måste vara ense"
            case ("level", _, _):
                return f"beslutet hör till {station}, som måste aktiveras först"
            case (cause, _, detail) if cause in CAUSES:
                return f"väntar på den som får besluta – {self._plain(cause, wait, story, detail)}"
            case _:
                return f"väntar på den som får besluta, {station}"

    def _plain(self, cause: str, wait: r.Waited, story: Story, detail: str) -> str:
        station = self._station(wait.station)
        # Whoever took it in the end has just been named, and need not be named again.
        own = story.started is not None and story.started.station == wait.station
        match cause:
            case "transmission":
                return self._on_its_way(wait, story, "" if own else f" till {station}", detail)
            case "unavailable" if detail.startswith("seats missing"):
                return f"alla platser i {small(self._names.short_level(wait.station))} är inte besatta"
            case "unavailable" if not wait.station:
                return f"ingen kan göra det ({small(self._names.need(detail))})"
            case "unavailable":
                return "ingen är på plats" if own else f"ingen är på plats som {station}"
            case "queue":
                return f"{'' if own else f'{station} är '}upptagen{self._busy(wait, detail)}"
            case "meeting":
                return "i möte" if own else f"{station} sitter i möte"
            case "information":
                return f"{station} väntar på besked" + (f": {small(self._names.fact(detail))}" if detail else "")
            case "clarification":
                return f"{station} och {self._station(detail) if detail else 'avsändaren'} reder ut vad som menas"
            case "shift_change":
                return f"{station} byter pass"
            case "channel_down" if detail:
                to = "" if own else f" till {station}"
                return f"det vanliga sambandet är nere, på väg{to} på annat sätt ({small(self._names.channel(detail))})"
            case "channel_down":
                return f"allt samband är nere, ingen når {station}"
            case _:
                return f"{self._names.cause(cause)}, {station}"

    def _on_its_way(self, wait: r.Waited, story: Story, to: str, detail: str) -> str:
        channel, _, state = detail.partition(": ")
        if state:
            return f"{small(self._names.channel(channel))} är upptagen, på väg{to}"
        if channel:
            return f"på väg{to} ({small(self._names.channel(channel))})"
        for handed in story.handed:
            if handed.receiver == wait.station:
                return f"{self._station(handed.sender)} lämnar över{to}"
        return f"lämnas över{to}"

    def _busy(self, wait: r.Waited, detail: str) -> str:
        """What the station's people were doing meanwhile, most first."""
        if detail == "ordinary_work":
            return " med ordinarie arbete"
        took: dict[str, int] = {}
        for person in sorted(self._crew.get(wait.station, ())):
            for work in self._days[person]:
                overlap = min(work.at, wait.at) - max(work.since, wait.since)
                if overlap > 0 and not (work.task == wait.task and work.activity == "work"):
                    what = self._doing(work)
                    took[what] = took.get(what, 0) + overlap
        most = sorted(took.items(), key=lambda item: (-item[1], item[0]))
        shown = [what for n, (what, lasted) in enumerate(most) if n == 0 or lasted >= 2 * MINUTE][:_AT_MOST]
        return f" med att {' och '.join(shown)}" if shown else ""

    def _doing(self, work: r.Worked) -> str:
        story = self._stories.get(work.task)
        what = small(story.requested.title if story else self._names.piece(work.task) or "annat")
        tag = self._tag(story.requested.case) if story else ""
        match work.activity:
            case "pass_on" if work.task.startswith("report:"):
                return "rapportera vidare"
            case "asking":
                return f"fråga om ”{what}”{tag}"
            case "agreement":
                return f"komma överens om ”{what}”{tag}"
            case "pass_on":
                return f"lämna över ”{what}”{tag}"
            case "clarification":
                return f"reda ut ”{what}”{tag}"
            case "meeting" | "session":
                return "sitta i möte"
            case "shift_change":
                return "lämna över passet"
            case _:
                return f"{what}{tag}"

    def _tries(self, story: Story, after: int, before: int) -> list[str]:
        """Everyone who was tried in a stretch: the calls with their answers, deputies and the line."""
        events: list[tuple[int, int, str]] = []
        for asked in story.asked:
            if after < asked.at < before and asked.why in _WHY:
                events.append((asked.at, 0, _WHY[asked.why].format(station=self._station(asked.station))))
        for call in story.contacts:
            if after < call.at < before:
                who = small(self._names.person(call.person))
                answer = "inget svar" if call.answers_at is None else f"svarar {self._clock(call.answers_at)}"
                events.append((call.at, 1, f"ringer {who} – {answer}"))
        return self._clocked(sorted(events, key=lambda e: e[:2]))

    def _clocked(self, events: Sequence[tuple[int, int, str]]) -> list[str]:
        lines: list[str] = []
        shown = ""
        for at, _, text in events:
            clock = self._clock(at)
            lines.append(text if clock == shown else f"{clock} {text}")
            shown = clock
        return lines

    def _station(self, station: str) -> str:
        return small(self._names.short_station(station)) if station else "någon"
