"""Who is called for which seat of a staff: nobody is for two."""

from __future__ import annotations

from ovning.engine.state import LevelRun, Person
from ovning.engine.world import World


def claim(person: Person, run: LevelRun, seat: str) -> None:
    """Somebody is called for a seat, and nobody calls them for another."""
    person.claimed, person.coming_to = True, (run.level.id, run.round, seat)


def let_off(person: Person) -> None:
    """Somebody is no longer called for a seat."""
    person.claimed, person.coming_to = False, None


def is_off(run: LevelRun, round_: int) -> bool:
    """Whether a staff that was being called is no more, or has gone home."""
    return run.round != round_ or run.state == "inactive" or run.adjourned


def is_coming(run: LevelRun, person: Person, seat: str, round_: int) -> bool:
    """Whether somebody is still called for this seat; not if they are for another, or the staff is no more."""
    if person.coming_to != (run.level.id, round_, seat):
        return False
    if is_off(run, round_):
        let_off(person)
        return False
    return True


def on_the_way(world: World, run: LevelRun, seat: str) -> int:
    """How many are called for a seat and do not sit in it yet."""
    groups, key = world.compiled.organisation.staff.get(seat, ()), (run.level.id, run.round, seat)
    return sum(person.coming_to == key for group in groups for person in world.people[group])
