"""By which words of the vocabulary functions and people have their luck.

Never by the organisation's own names: what has the same word has the same luck in two designs. Where several share a
word they are numbered by what they are and do, so that other names, or one more of another kind, leave theirs as it is.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from ovning.model.organisation import Organisation


class Fortune(NamedTuple):
    """By what the people of a group have their luck."""

    word: str
    first: int
    """The place of the group's first person among those with that word, from 0."""


def luck_role(organisation: Organisation, function: str) -> str:
    """The vocabulary's role, numbered when several functions have it; never the organisation's own name."""
    role = organisation.functions[function].role
    same = sorted(
        (name for name, f in organisation.functions.items() if f.role == role),
        key=lambda name: (_what_it_does(organisation, name), name),
    )
    return _numbered(role, same.index(function))


def fortunes(organisation: Organisation) -> dict[str, Fortune]:
    """For every group: by a function that they fill, else as members of a body, else by a staff seat."""
    people = organisation.people
    found = {group: fortune for group in people if (fortune := _by_function(organisation, group)) is not None}
    found |= _as_members(organisation, [group for group in people if group not in found])
    for seat, named in sorted(organisation.staff.items()):
        for group in named:
            found.setdefault(group, Fortune(f"seat/{seat}", _before(organisation, named, group)))
    unattached = 0
    for group in sorted(people):
        if group not in found:
            found[group] = Fortune("unattached", unattached)
            unattached += people[group].count
    return found


def _numbered(word: str, place: int) -> str:
    return f"{word}+{place}" if place else word


def _what_it_does(organisation: Organisation, name: str) -> tuple[object, ...]:
    """The one that does and decides the most comes first; then by the words for it, and whose calls come to it."""
    function = organisation.functions[name]
    does, decides = sorted(function.does), sorted(function.decides)
    calls = sorted(kind for kind, to in organisation.first_call.items() if name == to or name in _several(to))
    return -len(does), -len(decides), does, decides, function.on_call is None, calls


def _several(to: str | tuple[str, ...]) -> tuple[str, ...]:
    return (to,) if isinstance(to, str) else to


def _by_function(organisation: Organisation, group: str) -> Fortune | None:
    """By a function that they fill, one without a rota first."""
    fills = sorted(
        (f.on_call is not None, luck_role(organisation, name), name)
        for name, f in organisation.functions.items()
        if group in f.filled_by
    )
    if not fills:
        return None
    _, role, name = fills[0]
    return Fortune(role, _before(organisation, organisation.functions[name].filled_by, group))


def _as_members(organisation: Organisation, groups: list[str]) -> dict[str, Fortune]:
    """By who convenes the body and their place in it: the same people in its committee and in the whole of it.

    Others may sit at the same place of another body that the same function convenes. Then they are numbered: the body
    that decides and is the most comes first.
    """
    seats: dict[str, list[tuple[str, int, tuple[object, ...]]]] = {}
    for body in organisation.bodies.values():
        members = [m.from_group for m in body.members]
        word = f"member/{organisation.functions[body.convened_by].role}"
        weight = -len(body.decides), -sum(m.count for m in body.members), sorted(body.decides)
        for group in groups:
            if group in members:
                seats.setdefault(group, []).append((word, _before(organisation, members, group), weight))
    taken: dict[str, list[range]] = {}
    found: dict[str, Fortune] = {}
    for (word, first, _), group in sorted((min(places), group) for group, places in seats.items()):
        places = range(first, first + organisation.people[group].count)
        number = next(n for n in range(len(groups)) if _are_free(places, taken.get(_numbered(word, n), ())))
        taken.setdefault(_numbered(word, number), []).append(places)
        found[group] = Fortune(_numbered(word, number), first)
    return found


def _are_free(places: range, taken: Iterable[range]) -> bool:
    return all(places.stop <= other.start or other.stop <= places.start for other in taken)


def _before(organisation: Organisation, groups: Iterable[str], group: str) -> int:
    """How many people stand before the group in a list."""
    listed = list(dict.fromkeys(groups))
    return sum(organisation.people[g].count for g in listed[: listed.index(group)])
