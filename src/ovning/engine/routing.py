"""Who takes a task, and in which order they are asked."""

from __future__ import annotations

from ovning.engine.asking import deputies_of, in_order
from ovning.engine.presence import someone_there
from ovning.engine.state import Station, Why
from ovning.engine.world import World

Asked = tuple[Station, Why]


def active_seats(world: World) -> list[Station]:
    """Seats of active staffs that somebody sits in, highest level first."""
    seats: list[Station] = []
    for run in reversed(world.levels):
        if run.state in ("active", "standing_down"):
            seats += [s for s in run.seats.values() if s.people]
    return seats


def functions(world: World) -> list[Station]:
    """All functions, by id."""
    if not world.functions:
        world.functions = [s for s in world.stations.values() if s.seat is None]
    return world.functions


def line_above(world: World, station: Station) -> list[Station]:
    """The functions up the line from a station, nearest first; from a staff seat, the staff's chief first."""
    return [world.stations[name] for name in station.above if name in world.stations]


def known_numbers(world: World) -> list[Station]:
    """The functions that are called first, the default before the others: everybody knows those numbers."""
    numbers = world.compiled.organisation.first_call
    kinds = ["default", *sorted(k for k in numbers if k not in ("default", "else")), "else"]
    named = [numbers.get(kind, ()) for kind in kinds]
    return [world.stations[f] for n in named for f in ([n] if isinstance(n, str) else n)]


def who_can(world: World, capability: str, holder: Station | None, role: str | None) -> list[Station]:
    """Everybody with the capability, in the order in which they are thought of.

    A named role first, then the holder, staff seats, the line, the numbers that everybody knows, the others by id.
    """
    able = world.able.get(capability)
    if able is None:
        known = [*known_numbers(world), *functions(world)]
        able = world.able[capability] = [s for s in dict.fromkeys(known) if capability in s.does]
    everybody: list[Station] = []
    if role is not None:
        everybody += by_role(world, role)
    if holder is not None:
        everybody.append(holder)
    everybody += active_seats(world)
    if holder is not None:
        everybody += line_above(world, holder)
    return [s for s in dict.fromkeys((*everybody, *able)) if capability in s.does]


def plan_for(world: World, capability: str, holder: Station | None, role: str | None) -> list[Asked]:
    """First whoever should take it, then their deputies, then the others who can."""
    key = capability, None if holder is None else holder.id, role
    plan = world.plans.get(key)
    if plan is None:
        plan = world.plans[key] = _plan_for(world, capability, holder, role)
    return plan


def _plan_for(world: World, capability: str, holder: Station | None, role: str | None) -> list[Asked]:
    able = who_can(world, capability, holder, role)
    if not able:
        return []
    first = able[0]
    rest: list[Asked] = [(s, "staff" if s.seat is not None else "line") for s in able[1:]]
    return in_order([(first, "first")], deputies_of(world, first, capability), rest)


def could_ever(world: World, capability: str) -> bool:
    """Whether a staff seat of some level, active or not, has the capability."""
    seats = world.compiled.setup.vocabulary.seats
    return any(capability in seats[seat].does for run in world.levels for seat in run.level.staffs)


def by_role(world: World, role: str) -> list[Station]:
    """Functions with this role, by id."""
    found = world.by_role.get(role)
    if found is None:
        found = world.by_role[role] = [s for s in functions(world) if s.role == role]
    return found


def first_call(world: World, kind: str) -> list[Asked]:
    """The number that somebody outside knows for this kind of event, and whom they try then; they know no deputies."""
    numbers = world.compiled.organisation.first_call
    named = numbers.get(kind) or numbers["default"]
    firsts = [named] if isinstance(named, str) else list(named)
    otherwise = numbers.get("else", ())
    others = [otherwise] if isinstance(otherwise, str) else list(otherwise)
    first = world.stations[firsts[0]]
    return in_order(
        [(first, "first")],
        [(world.stations[f], "else") for f in firsts[1:]],
        [(world.stations[f], "else") for f in others],
    )


def addressed(world: World, to: str, *, from_outside: bool) -> list[Asked]:
    """Whom ``first_call(kind)``, ``role(role)`` or ``staff`` reaches now.

    Nobody outside rings an expert at home: a role where nobody is at work or on call is reached by way of the number
    that everybody knows.
    """
    if to == "staff":
        seats = active_seats(world)
        if seats:
            return [(s, "first" if i == 0 else "staff") for i, s in enumerate(seats)]
        return first_call(world, "default")
    word = to[to.index("(") + 1 : -1]
    if to.startswith("first_call"):
        return first_call(world, word)
    named = by_role(world, word)
    if not named:
        return first_call(world, "default")
    there = [s for s in named if someone_there(world, s, "call") or (s.function is not None and s.function.on_call)]
    if from_outside and not there:
        return first_call(world, "default")
    ordered = there + [s for s in named if s not in there]
    first = ordered[0]
    return in_order([(first, "first")], [(s, "line") for s in ordered[1:]], deputies_of(world, first, "receive_alarm"))
