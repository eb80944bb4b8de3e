"""Bottlenecks: what the objectives' cases waited for along their critical paths, and what might be tried against it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final, Literal, NamedTuple

from ovning.log.records import Cause, Log, MandateMissing
from ovning.measures.intervals import Mean, Share, mean_of, ratio_of, share_of
from ovning.measures.lives import Lives, Stretch
from ovning.measures.remedies import Remedy, able, faster_answer, mandate, one_more
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


def bottlenecks(
    waits: Sequence[tuple[CriticalWait, ...]],
    work: Sequence[int],
    missing: Sequence[tuple[MissingMandate, ...]],
    setup: Setup,
    most: int | None = None,
) -> tuple[Bottleneck, ...]:
    """Everything that was waited for over many plays, worst first, with what might be tried against it.

    One entry a play in ``waits``, ``work`` (milliseconds of work on the same paths) and ``missing``. Decisions that
    nobody holds come first, the most frequent first: they end a matter, whatever it waited. ``most``: no more than so
    many. Raises ``ValueError`` for no plays.
    """
    plays = len(waits)
    sums = [_by_lack(play) for play in waits]
    wholes = [done + sum(wait.lasted for wait in play) for play, done in zip(waits, work, strict=True)]
    found: list[Bottleneck] = []
    for key in {key for play in sums for key in play}:
        lasted = [sum(play.get(key, {}).values()) for play in sums]
        causes: dict[Cause, int] = {}
        for play in sums:
            for cause, time in play.get(key, {}).items():
                causes[cause] = causes.get(cause, 0) + time
        ordered = sorted(causes.items(), key=lambda item: (-item[1], item[0]))
        found.append(
            Bottleneck(
                *key,
                mean_of(lasted, at_least=0),
                ratio_of(lasted, wholes),
                tuple((cause, time / plays) for cause, time in ordered),
                share_of(sum(time > 0 for time in lasted), plays),
                remedy_for(setup, *key),
            )
        )
    found.sort(key=lambda one: (-one.waiting.mean, one.kind, one.station, one.need))
    return (*_gaps(missing, setup), *found)[:most]


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


def _by_lack(play: tuple[CriticalWait, ...]) -> dict[Lack, dict[Cause, int]]:
    found: dict[Lack, dict[Cause, int]] = {}
    for wait in play:
        causes = found.setdefault(lack_of(wait), {})
        causes[wait.cause] = causes.get(wait.cause, 0) + wait.lasted
    return found


def _gaps(missing: Sequence[tuple[MissingMandate, ...]], setup: Setup) -> list[Bottleneck]:
    plays = len(missing)
    found = []
    for one in sorted({one for play in missing for one in play}):
        need = f"decide({one.decision})"
        found.append(
            Bottleneck(
                "gap",
                one.holder,
                need,
                mean_of([0] * plays, at_least=0),
                None,
                (),
                share_of(sum(one in play for play in missing), plays),
                remedy_for(setup, "gap", one.holder, need),
            )
        )
    return sorted(found, key=lambda one: -one.plays.hits)
