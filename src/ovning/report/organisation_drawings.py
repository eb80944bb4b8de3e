"""The drawings of an organisation: what each shows, its message as a sentence, its words for who cannot see it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from matplotlib.figure import Figure

from ovning.figures import calls, command, staff
from ovning.figures.sheet import TALLEST
from ovning.model.organisation import Body, Function, Level
from ovning.model.setup import Setup
from ovning.report.drawings import Drawing
from ovning.report.mandate_drawings import decided_by, draw_mandates, in_words, sheets
from ovning.report.names import Names, large, short, small
from ovning.words import numbered, phrase, word
from ovning.words.common import enumerated

LINE: Final = "linjen"
STAFF: Final = "staben"
CALLS: Final = "samtalen"

_REACHES: Final[tuple[command.Reach, ...]] = ("on_call", "always", "hours", "never")


def draw_organisation(setup: Setup) -> tuple[Drawing, ...]:
    """All of them, in the order in which they are read."""
    return (*draw_line(setup), *draw_staff(setup), draw_calls(setup), *draw_mandates(setup))


def draw_line(setup: Setup) -> tuple[Drawing, ...]:
    """The units, their functions and bodies, and who is whose chief."""
    organisation, names = setup.organisation, Names(setup)
    functions = organisation.functions
    cards = _cards(setup, names)
    lines = [
        (functions[function.reports_to].unit, function.unit) for function in functions.values() if function.reports_to
    ]
    reaches = {_reach(setup, function) for function in functions.values()}
    legend = {reach: word(f"figure.line.reach.{reach}") for reach in _REACHES if reach in reaches}
    message = line_message(setup)
    figures = command.command(cards, lines, legend, message, organisation.title)
    empty = word("figure.line.alt_no_functions")
    units = "; ".join(f"{card.title}: {', '.join(map(_in_words, card.entries)) or empty}" for card in cards)
    alt = phrase("figure.line.alt", organisation=organisation.title, message=message, units=units)
    return sheets(LINE, figures, alt)


def line_message(setup: Setup) -> str:
    """How much of the line can be reached at any hour, as a sentence."""
    reaches = [_reach(setup, function) for function in setup.organisation.functions.values()]
    on_call, always = reaches.count("on_call"), reaches.count("always")
    functions, reached = _heads(len(reaches)), large(_heads(on_call + always))
    if not on_call + always:
        return phrase("figure.line.message.none", functions=functions)
    if not always:
        return phrase("figure.line.message.on_call", reached=reached, functions=functions, on_call=_heads(on_call))
    if not on_call:
        stay = _heads(always)
        return numbered("figure.line.message.always", always, reached=reached, functions=functions, always=stay)
    return numbered(
        "figure.line.message.both",
        always,
        reached=reached,
        functions=functions,
        on_call=_heads(on_call),
        always=_heads(always),
    )


def draw_staff(setup: Setup) -> tuple[Drawing, ...]:
    """The ladder and the seats; nothing if there are no levels."""
    organisation, names = setup.organisation, Names(setup)
    steps = [_step(setup, names, level) for level in organisation.levels]
    if not steps:
        return ()
    message = staff_message(setup)
    figures = staff.staff(steps, message, organisation.title)
    empty = word("figure.staff.alt_no_seats")
    said = " ".join(
        phrase(
            "figure.staff.alt_level",
            level=step.title,
            notes=" ".join(step.notes),
            seats="; ".join(chair.title for chair in step.chairs) or empty,
        )
        for step in reversed(steps)
    )
    alt = phrase("figure.staff.alt", organisation=organisation.title, message=message, levels=said)
    return sheets(STAFF, figures, alt)


def staff_message(setup: Setup) -> str:
    """Who decides on the ladder's only or highest level and what it takes, as a sentence."""
    levels, names = setup.organisation.levels, Names(setup)
    level = levels[-1]
    who, what = names.short_station(level.decided_by), small(short(level.title))
    if len(levels) > 1:
        every = large(_heads(len(levels)))
        return phrase("figure.staff.message.several", levels=every, who=small(who), level=what)
    seats = sum(level.staffs.values())
    owed = level.active_when.seats
    return phrase(
        f"figure.staff.message.{'only_seats' if owed and seats else 'only'}",
        who=large(who),
        level=what,
        owed=_heads(owed),
        seats=_heads(seats),
    )


def draw_calls(setup: Setup) -> Drawing:
    """Who rings whom."""
    organisation, names = setup.organisation, Names(setup)
    functions = organisation.functions
    callers: dict[str, list[str]] = {}
    for kind, stations in organisation.first_call.items():
        for station in (stations,) if isinstance(stations, str) else stations:
            callers.setdefault(station, []).append(_kind(setup, kind))
    for kinds in callers.values():
        kinds.sort(key=lambda kind: kind in _last())
    told = {
        (key, informs.function): informs.from_severity
        for key, function in functions.items()
        for informs in sorted(function.informs, key=lambda informs: -informs.from_severity)
    }
    grades = sorted(set(told.values()))
    legend = [
        phrase("figure.calls.informs", severity=str(grade), title=small(names.severity(grade))) for grade in grades
    ]
    if organisation.levels:
        legend.append(word("figure.calls.raises"))
    ends = [(key, f"level:{level.id}") for level in organisation.levels for key in dict.fromkeys(_raisers(level))]
    message = calls_message(setup)

    def drawn(told: Mapping[tuple[str, str], int], under: str) -> Figure:
        everybody = dict.fromkeys((*callers, *(key for pair in told for key in pair), *(key for key, _ in ends)))
        nodes = [
            calls.Node(key, names.station(key), _about(callers[key]) if key in callers else "") for key in everybody
        ]
        nodes += [calls.Node(f"level:{level.id}", level.title, level=True) for level in organisation.levels]
        arrows = [calls.Call(source, target, grades.index(grade)) for (source, target), grade in told.items()]
        arrows += [calls.Call(source, target, len(grades)) for source, target in ends]
        return calls.calls(nodes, arrows, word("figure.calls.outside"), legend, message, under)

    figure = drawn(told, organisation.title)
    if figure.get_size_inches()[1] * 72 > TALLEST:
        reached = _reached(callers, told)
        heard = {pair: grade for pair, grade in told.items() if pair[0] in reached}
        if len(heard) < len(told):
            figure = drawn(heard, phrase("figure.calls.only_reached", organisation=organisation.title))
    first = "; ".join(f"{_about(kinds)}: {names.station(key)}" for key, kinds in callers.items())
    tells = "; ".join(
        phrase(
            "figure.calls.alt_tells",
            who=function.title,
            others=enumerated([small(names.station(i.function)) for i in function.informs]),
        )
        for function in functions.values()
        if function.informs
    )
    alt = phrase(
        "figure.calls.alt",
        organisation=organisation.title,
        message=message,
        first=first,
        told=tells or word("figure.calls.alt_nobody_tells"),
    )
    return Drawing(CALLS, figure, alt)


def _reached(entries: Iterable[str], told: Iterable[tuple[str, str]]) -> set[str]:
    """Those who hear of an alarm from outside, from whomever."""
    below: dict[str, list[str]] = {}
    for source, target in told:
        below.setdefault(source, []).append(target)
    reached: set[str] = set()
    edge = list(entries)
    while edge:
        key = edge.pop()
        if key not in reached:
            reached.add(key)
            edge += below.get(key, ())
    return reached


def calls_message(setup: Setup) -> str:
    """At how many places alarms come in, and whether they reach those who raise the first level, as a sentence."""
    organisation, names = setup.organisation, Names(setup)
    entries = dict.fromkeys(
        station
        for kind, stations in organisation.first_call.items()
        if kind != "else"
        for station in ((stations,) if isinstance(stations, str) else stations)
    )
    places = numbered("figure.calls.places", len(entries), places=in_words(len(entries)))
    if not organisation.levels:
        return phrase("figure.calls.message.places", places=places)
    level = organisation.levels[0]
    # What is activated through somebody is on its way once they know.
    goal = level.via or level.decided_by
    whom = small(
        phrase(
            f"figure.calls.whom.{'via' if level.via else 'decides'}",
            who=names.short_station(goal),
            level=small(short(level.title)),
        )
    )
    grades = sorted({i.from_severity for function in organisation.functions.values() for i in function.informs}) or [0]
    # The lowest degree from which all of them are heard of; if there is none, the highest.
    for grade in grades:
        steps = {entry: _steps(setup, entry, goal, grade) for entry in entries}
        if None not in steps.values():
            break
    deaf = [small(names.station(entry)) for entry, found in steps.items() if found is None]
    if deaf and len(deaf) == len(steps):
        return phrase("figure.calls.message.silent", places=places, whom=whom)
    if deaf:
        return phrase("figure.calls.message.deaf", deaf=enumerated(deaf), whom=whom)
    most = max((found for found in steps.values() if found is not None), default=0)
    if not most:
        return phrase("figure.calls.message.direct", places=places, whom=whom)
    return phrase("figure.calls.message.calls", places=places, severity=str(grade), calls=in_words(most), whom=whom)


def _steps(setup: Setup, entry: str, end: str, grade: int) -> int | None:
    """How many calls it is from the one to the other for what is so grave; ``None`` if nobody tells them."""
    functions = setup.organisation.functions
    seen, edge, steps = {entry}, [entry], 0
    while edge:
        if end in edge:
            return steps
        told = dict.fromkeys(
            informs.function
            for key in edge
            if key in functions
            for informs in functions[key].informs
            if informs.from_severity <= grade
        )
        edge = [key for key in told if key not in seen]
        seen |= set(edge)
        steps += 1
    return None


def _cards(setup: Setup, names: Names) -> list[command.Card]:
    organisation, functions = setup.organisation, setup.organisation.functions
    posts = {unit: _posts(setup, unit) for unit in organisation.units}
    heads = {own[0][0] for own in posts.values() if own}
    cards = []
    for unit, known in organisation.units.items():
        entries: list[command.Post | command.Organ] = []
        for key, depth in posts[unit]:
            function = functions[key]
            chief = function.reports_to
            under = small(names.station(chief)) if chief and functions[chief].unit != unit else ""
            reach, note = _reach(setup, function), _other_duty(function)
            entries.append(command.Post(function.title, reach, depth, under, plain=chief in heads, note=note))
        entries += [
            _organ(names, body) for body in organisation.bodies.values() if functions[body.convened_by].unit == unit
        ]
        cards.append(command.Card(unit, known.title, tuple(entries)))
    return cards


def _posts(setup: Setup, unit: str) -> list[tuple[str, int]]:
    """The unit's functions, those below after their chief, each with its depth; who leads others stands first."""
    mine = {key: function for key, function in setup.organisation.functions.items() if function.unit == unit}
    below: dict[str | None, list[str]] = {}
    for key, function in mine.items():
        below.setdefault(function.reports_to if function.reports_to in mine else None, []).append(key)
    posts: list[tuple[str, int]] = []
    # A stack and no recursion: the line may be as long as the file allows.
    stack = [(key, 0) for key in sorted(below.get(None, ()), key=lambda key: key not in below)[::-1]]
    while stack:
        key, depth = stack.pop()
        posts.append((key, depth))
        stack += [(other, depth + 1) for other in reversed(below.get(key, ()))]
    return posts


def _organ(names: Names, body: Body) -> command.Organ:
    note = phrase(
        "figure.line.body",
        members=str(sum(part.count for part in body.members)),
        quorum=str(body.quorum),
        convener=small(names.station(body.convened_by)),
    )
    if body.shared is not None:
        others = body.shared.others
        note += "; " + numbered("figure.line.shared", others, others=in_words(others) if others > 1 else "")
    return command.Organ(body.title, note)


def _in_words(entry: command.Post | command.Organ) -> str:
    return f"{entry.title} ({entry.note})" if entry.note else entry.title


def _other_duty(function: Function) -> str:
    duty = function.on_call.other_duty if function.on_call else None
    return phrase("figure.line.other_duty", duty=small(duty.title)) if duty and duty.times_a_week else ""


def _about(kinds: Sequence[str]) -> str:
    """What those outside ring about: ``El och vatten; om ingen svarar``."""
    _, otherwise = _last()
    about = enumerated([kind for kind in kinds if kind != otherwise])
    return large("; ".join(part for part in (about, otherwise if otherwise in kinds else "") if part))


def _last() -> tuple[str, str]:
    """What is named after the kinds: everything else, and when nobody answers."""
    return word("figure.calls.kind.default"), word("figure.calls.kind.else")


def _raisers(level: Level) -> tuple[str, ...]:
    return (level.decided_by, *((level.via,) if level.via else ()))


def _step(setup: Setup, names: Names, level: Level) -> staff.Step:
    when, who = level.recommended_when, decided_by(level, names)
    recommended = phrase("figure.staff.not_recommended", who=who)
    if when:
        grade = when.known_severity
        title = small(names.severity(grade))
        recommended = phrase("figure.staff.recommended", severity=str(grade), title=title, who=who)
    owed = level.active_when
    seats = enumerated([small(names.seat(seat)) for seat in owed.including])
    active = phrase(
        f"figure.staff.active.{'seats' if owed.seats else 'decided'}{'_including' if seats else ''}",
        count=str(owed.seats),
        seats=seats,
    )
    notes = (recommended, active)
    chairs = tuple(
        staff.Chair(f"{names.seat(seat)}: {count}", large(enumerated([small(names.group(group)) for group in groups])))
        for seat, count in level.staffs.items()
        for groups in [setup.organisation.staff.get(seat, ())]
    )
    return staff.Step(level.title, notes, chairs)


def _reach(setup: Setup, function: Function) -> command.Reach:
    works = {setup.organisation.people[group].works for group in function.filled_by}
    if function.on_call is not None:
        return "on_call"
    if "always" in works:
        return "always"
    return "never" if works <= {"never"} else "hours"


def _kind(setup: Setup, kind: str) -> str:
    known = setup.vocabulary.kinds.get(kind)
    return dict(zip(("default", "else"), _last(), strict=True)).get(kind) or small(known.title if known else kind)


def _heads(number: int) -> str:
    """As ``_number``, for what is called ``en`` (funktion, plats, nivå)."""
    return word("number_word.one_common") if number == 1 else in_words(number)
