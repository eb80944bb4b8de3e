"""Bottlenecks: what the objectives' cases waited for along their critical paths, and what might be tried against it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, Literal, NamedTuple, cast

from ovning.log.records import Cause, Log, MandateMissing
from ovning.measures.intervals import Mean, Share
from ovning.measures.lives import Lives, Stretch
from ovning.measures.remedies import Remedy, able, faster_answer, mandate, one_more
from ovning.measures.tally import Tally
from ovning.model.setup import Setup

Kind = Literal["gap", "mandate", "unable", "absent", "busy", "word", "channel", "knowledge"]
"""What was lacking: a decision that nobody holds; a decision held by another; anybody who could; somebody there;
somebody free; word on its way; a channel; a fact, or what was meant."""

KINDS: Final[dict[Cause, Kind]] = {
    "mandate": "mandate",
    "unavailable": "absent",
    "queue": "busy",
    "meeting": "busy",
    "shift_change": "busy",
    "transmission": "word",
    "channel_down": "channel",
    "information": "knowledge",
    "clarification": "knowledge",
}


class CriticalWait(NamedTuple):
    """Waiting along the critical paths of the cases that test an objective, in one play."""

    cause: Cause
    station: str
    """Who was waited for; empty when nobody could do it."""
    need: str
    """What the task needed, where that is what was lacking (cause ``mandate``, or no station); else empty."""
    holder: str
    """Who had the case then; empty for nobody of the organisation, and where ``need`` is empty."""
    lasted: int
    """Milliseconds."""


class MissingMandate(NamedTuple):
    """A decision that was needed and that nobody holds."""

    decision: str
    holder: str
    """Who had the case; empty for nobody of the organisation."""


class Bottleneck(NamedTuple):
    """Something that was waited for, over many plays."""

    kind: Kind
    station: str
    """Who was waited for; for a mandate who had the case. Empty for nobody of the organisation."""
    need: str
    """The capability, or ``decide(…)``; empty where it is not what was lacking."""
    waiting: Mean
    """Milliseconds a play along the critical paths; 0 for a decision that nobody holds, which ends the matter."""
    criticality: Mean | None
    """The share of all time on those paths; ``None`` when there was none."""
    causes: tuple[tuple[Cause, float], ...]
    """Mean milliseconds a play by cause, most first."""
    plays: Share
    """Of the plays, those in which it occurred."""
    remedy: Remedy | None
    """What might be tried; ``None`` where there is nothing to set."""


def critical_waits(lives: Lives, stretches: Iterable[Stretch]) -> tuple[CriticalWait, ...]:
    """Waiting in these stretches by what was lacking, most first, ties by name."""
    summed: dict[tuple[Cause, str, str, str], int] = {}
    for stretch in stretches:
        if stretch.cause is None:
            continue
        life = lives.tasks[stretch.task]
        lacking = stretch.cause == "mandate" or not stretch.station
        key = (stretch.cause, stretch.station, life.needs if lacking else "", (life.holder or "") if lacking else "")
        summed[key] = summed.get(key, 0) + stretch.lasted
    return tuple(
        CriticalWait(*key, lasted) for key, lasted in sorted(summed.items(), key=lambda item: (-item[1], item[0]))
    )


def missing_mandates(log: Log, lives: Lives) -> tuple[MissingMandate, ...]:
    """Decisions that were needed and that nobody holds, each once with who had the case, by id."""
    found = {
        MissingMandate(record.decision, lives.tasks[record.task].holder or "")
        for record in log
        if isinstance(record, MandateMissing)
    }
    return tuple(sorted(found))


class Lack(NamedTuple):
    """What was lacking: by this waits are told apart."""

    kind: Kind
    station: str
    need: str


def lack_of(wait: CriticalWait) -> Lack:
    """The bottleneck that a wait belongs to."""
    kind = KINDS[wait.cause]
    if wait.need:
        return Lack("mandate" if kind == "mandate" else "unable", wait.holder, wait.need)
    return Lack(kind, wait.station, "")


def bottlenecks(tally: Tally, setup: Setup, most: int | None = None) -> tuple[Bottleneck, ...]:
    """Everything that was waited for over many plays, worst first, with what might be tried against it.

    Decisions that nobody holds come first, the most frequent first: they end a matter, whatever it waited. ``most``: no
    more than so many. Raises ``ValueError`` for no plays.
    """
    found: list[Bottleneck] = []
    for kind, station, need in tally.keys("lack"):
        lack = Lack(cast("Kind", kind), str(station), str(need))
        key = ("lack", *lack)
        causes = [
            (cast("Cause", cause), tally.counted("lack_cause", *lack, cause))
            for cause in tally.names("lack_cause", *lack)
        ]
        found.append(
            Bottleneck(
                *lack,
                tally.mean(*key),
                tally.ratio(key, ("lack_whole",)),
                tuple((cause, time / tally.plays) for cause, time in sorted(causes, key=lambda c: (-c[1], c[0]))),
                tally.positive(*key),
                remedy_for(setup, *lack),
            )
        )
    found.sort(key=lambda one: (-one.waiting.mean, one.kind, one.station, one.need))
    return (*_gaps(tally, setup), *found)[:most]


def remedies(found: Iterable[Bottleneck], most: int) -> tuple[Remedy, ...]:
    """What might be tried against the worst bottlenecks against which anything might, each once."""
    return tuple(dict.fromkeys(one.remedy for one in found if one.remedy is not None))[:most]


def remedy_for(setup: Setup, kind: Kind, station: str, need: str) -> Remedy | None:
    """What might be tried against a bottleneck."""
    decision = need[7:-1] if need.startswith("decide(") else None
    match kind:
        case "gap" | "mandate" | "unable":
            return able(setup, need, station) if decision is None else mandate(setup, decision, station)
        case "absent":
            return faster_answer(setup, station)
        case "busy":
            return one_more(setup, station)
        case "word" | "channel" | "knowledge":
            return None


def _gaps(tally: Tally, setup: Setup) -> list[Bottleneck]:
    found = []
    for decision, holder in sorted(tally.keys("missing")):
        need = f"decide({decision})"
        found.append(
            Bottleneck(
                "gap",
                str(holder),
                need,
                tally.mean("gap"),
                None,
                (),
                tally.share("missing", decision, holder),
                remedy_for(setup, "gap", str(holder), need),
            )
        )
    return sorted(found, key=lambda one: -one.plays.hits)
