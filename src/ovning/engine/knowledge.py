"""Who knows what: facts per function, how grave they are together, and how they spread."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Literal

from ovning.engine.compiled import Compiled
from ovning.engine.presence import is_awake, is_emptied, on_duty
from ovning.engine.state import Knower, Station
from ovning.engine.world import World
from ovning.log.records import FactLearned, FactPublished, SeverityKnown

How = Literal["inject", "established", "hand_over", "report", "seen", "gathered", "meeting", "asked"]


def severity_of(compiled: Compiled, known: Collection[str]) -> tuple[int, bool]:
    """The worst among known facts that no known fact cancels, or their pattern; and whether it is the pattern."""
    worst = telling = 0
    kinds: set[str] = set()
    for severity, kind in _standing(compiled, known):
        if severity >= 1:
            telling += 1
            kinds.add(kind)
            if severity > worst:
                worst = severity
    pattern = compiled.setup.assumptions.pattern
    if telling >= pattern.facts and len(kinds) >= pattern.kinds and pattern.severity > worst:
        return pattern.severity, True
    return worst, False


def gravest_of(compiled: Compiled, known: Collection[str]) -> int:
    """The worst among known facts that no known fact cancels, whatever their pattern."""
    return max((severity for severity, _ in _standing(compiled, known)), default=0)


def _standing(compiled: Compiled, known: Collection[str]) -> list[tuple[int, str]]:
    """How grave each known fact is that no known fact cancels, and its kind."""
    gravity, cancels = compiled.gravity, compiled.cancels
    cancelled = {c for name in known if name in cancels for c in cancels[name]}
    return [gravity[name] for name in known if name not in cancelled]


def learn(
    world: World, station: Station, facts: Iterable[str], how: How, source: str, teller: Knower | None = None
) -> None:
    """Let a station come to know facts; the staff's room learns them too when the function's people sit there."""
    facts = list(facts)
    learn_as(world, station.knower, facts, how, source, teller)
    if is_emptied(world, station):
        for person in station.people:
            if person.seat is not None:
                learn_as(world, person.seat.knower, facts, "gathered", station.id, station.knower)


def learn_as(
    world: World, knower: Knower, facts: Iterable[str], how: How, source: str, teller: Knower | None = None
) -> None:
    """Let a knower come to know facts, and with them who else is said to know."""
    facts = list(facts)
    share_awareness(facts, knower, teller)
    new = [f for f in facts if f not in knower.facts]
    if not new:
        return
    for fact in new:
        knower.facts[fact] = world.now
        if fact not in world.known:
            world.known[fact] = world.now
            world.changed("known")
        world.write((FactLearned, world.now, fact, knower.id, how, source))
    severity, by_pattern = severity_of(world.compiled, knower.facts)
    if severity != knower.severity:
        knower.severity = severity
        world.write((SeverityKnown, world.now, knower.id, severity, by_pattern))
    world.hooks.learned(world, knower, new)
    for fact in new:
        world.changed(f"fact:{fact}")


def tellable(world: World, teller: Knower, facts: Iterable[str]) -> list[str]:
    """What an honest teller says of these facts: not those they know to be untrue, but the fact that makes them so."""
    cancelled_by, known = world.compiled.cancelled_by, teller.facts
    told: dict[str, None] = {}
    for fact in facts:
        against = [k for k in cancelled_by[fact] if k in known]
        if len(against) > 1:
            against = [k for k in known if k in against]
        told.update(dict.fromkeys(against or [fact]))
    return list(told)


def is_current(world: World, fact: str, beyond: frozenset[str] = frozenset()) -> bool:
    """Whether somebody knows it, and nothing that is known and current itself cancels it."""
    if fact not in world.known:
        return False
    cancelled_by = world.compiled.cancelled_by[fact]
    if not cancelled_by:
        return True
    within = beyond | {fact}
    for other in cancelled_by:  # noqa: SIM110 - a generator takes twice the time
        if other not in within and is_current(world, other, within):
            return False
    return True


def publish(world: World, knower: Knower, facts: Iterable[str], task: str) -> None:
    """Tell the public, of these facts and those that they ask about, what somebody knows to be so and has not told."""
    scenario = world.compiled.setup.scenario
    cancelled = {c for known in knower.facts for c in scenario.facts[known].cancels}
    theirs = {
        *facts,
        *world.compiled.watched_published,
        *(fact for flow in scenario.flows.values() for fact in flow.arrives.asks_about),
    }
    for fact in knower.facts:
        if fact in theirs and fact not in cancelled and fact not in world.published:
            world.published[fact] = world.now
            world.changed("published")
            world.write((FactPublished, world.now, fact, task))


def share_awareness(facts: Iterable[str], knower: Knower, teller: Knower | None) -> None:
    """Both now know that the other knows; the one who is told also hears from whom it came."""
    own = knower.aware
    if teller is None:
        for fact in facts:
            own[fact] = own.get(fact, 0) | knower.bit
        return
    theirs, both = teller.aware, knower.bit | teller.bit
    for fact in facts:
        told = theirs.get(fact, 0)
        own[fact] = own.get(fact, 0) | told | both
        theirs[fact] = told | knower.bit


def see(world: World, fact: str) -> None:
    """Let everybody who is at work and awake see something for themselves."""
    for station in world.stations.values():
        if station.seat is not None:
            if station.people:
                learn_as(world, station.knower, [fact], "seen", fact)
        elif any(p.seat is None and (on_duty(world, p) or is_awake(world, p)) for p in station.people):
            learn_as(world, station.knower, [fact], "seen", fact)
