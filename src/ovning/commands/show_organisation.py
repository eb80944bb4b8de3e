"""An organisation, printed: who does what, who is on call, the ladder, mandates, and what is known of it."""

from __future__ import annotations

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from ovning.commands.console import print_table, say, say_marking, say_note, say_population
from ovning.model.known import Known, known_share
from ovning.model.organisation import Function, Level
from ovning.model.setup import Setup
from ovning.report.names import Names, large, small
from ovning.report.wording import percent
from ovning.words.common import enumerated


def print_organisation(out: Console, setup: Setup) -> None:
    """Print it all."""
    names = Names(setup)
    print_heading(out, setup)
    _functions(out, setup, names)
    _first_calls(out, setup, names)
    _ladder(out, setup, names)
    _bodies(out, setup, names)
    _mandates(out, setup, names)


def print_heading(out: Console, setup: Setup) -> None:
    """Who it is, how large, how much of it is known, and what its file says of itself."""
    organisation = setup.organisation
    say_marking(out, organisation.marking)
    say(out, organisation.title, "bold")
    population = f"{organisation.population:,}".replace(",", " ")
    say(out, f"{population} invånare. {say_known(known_share(setup, of='organisation'))}")
    say_population(out, setup)
    say_note(out, setup)
    out.print()


def say_known(known: Known) -> str:
    """How much is known, in a sentence."""
    share = f" ({percent(known.share)})" if known.share is not None else ""
    have = "uppgift har" if known.known == 1 else "uppgifter har"
    own = "är ett eget antagande" if known.own == 1 else "är egna antaganden"
    shared = "är ett antagande" if known.shared == 1 else "är antaganden"
    return f"{known.known} {have} källa{share}, {known.own} {own}, {known.shared} {shared} som delas med andra."


def _functions(out: Console, setup: Setup, names: Names) -> None:
    say(out, "Funktioner", "bold")
    for key, function in setup.organisation.functions.items():
        out.print()
        out.print(Text.assemble((function.title, "bold"), (f"  {key}", "dim")))
        filled = ", ".join(
            f"{small(names.group(g))} ({setup.organisation.people[g].count})" for g in function.filled_by
        )
        lines = [f"Fylls av: {filled}. Beredskap: {_on_call(function, setup)}."]
        if function.does:
            lines.append(f"Kan: {', '.join(small(names.need(need)) for need in function.does)}.")
        if function.decides:
            lines.append(f"Beslutar: {', '.join(small(names.decision(decision)) for decision in function.decides)}.")
        for decision, limit in function.budget.items():
            lines.append(f"Beslutar ur egen budget, högst {_spaced(limit)} kr: {small(names.decision(decision))}.")
        lines.append(f"När den inte nås: {_next(function, names)}.")
        for line in lines:
            out.print(Padding(Text(line), (0, 0, 0, 4)))
    out.print()


def _on_call(function: Function, setup: Setup) -> str:
    if function.on_call is not None:
        other = function.on_call.other_duty
        taken = f", och kan vara upptagen med att {small(other.title)}" if other and other.times_a_week else ""
        return f"{function.on_call.count} åt gången{taken}"
    works = {setup.organisation.people[group].works for group in function.filled_by}
    return "bemannad dygnet runt" if works == {"always"} else "nej"


def _spaced(number: int) -> str:
    return f"{number:,}".replace(",", " ")


def _next(function: Function, names: Names) -> str:
    after = [f"ställföreträdare {small(names.station(d.function))}" for d in function.deputies]
    if function.reports_to:
        after.append(f"chef {small(names.station(function.reports_to))}")
    return "; ".join(after) or "ingen annan"


def _first_calls(out: Console, setup: Setup, names: Names) -> None:
    rows: list[tuple[str, ...]] = []
    for kind, stations in setup.organisation.first_call.items():
        listed = (stations,) if isinstance(stations, str) else stations
        word = setup.vocabulary.kinds.get(kind)
        title = {"default": "allt annat", "else": "om ingen svarar"}.get(kind) or (word.title if word else kind)
        rows.append((large(title), ", ".join(names.station(station) for station in listed)))
    print_table(out, "Vart utomstående ringer", (("slag av händelse", "left"), ("når", "left")), rows)


def _ladder(out: Console, setup: Setup, names: Names) -> None:
    columns = (
        ("läge", "left"),
        ("förordas vid", "left"),
        ("beslutas av", "left"),
        ("platser", "left"),
        ("aktivt när", "left"),
    )
    rows: list[tuple[str, ...]] = []
    for level in setup.organisation.levels:
        when = level.recommended_when
        severity = (
            f"känt läge {when.known_severity}: {small(names.severity(when.known_severity))}" if when else "på begäran"
        )
        decided = names.station(level.decided_by) + (f", via {small(names.station(level.via))}" if level.via else "")
        seats = ", ".join(f"{small(names.seat(seat))} {count}" for seat, count in level.staffs.items()) or "–"
        rows.append((level.title, severity, decided, seats, _active(level, names)))
    print_table(out, "Lägen, det lägsta först", columns, rows)


def _active(level: Level, names: Names) -> str:
    owed = level.active_when
    if not owed.seats and not owed.including:
        return "beslutat"
    including = (
        f", däribland {enumerated([small(names.seat(seat)) for seat in owed.including])}" if owed.including else ""
    )
    return f"{owed.seats} platser är besatta{including}"


def _bodies(out: Console, setup: Setup, names: Names) -> None:
    if not setup.organisation.bodies:
        return
    columns = (
        ("organ", "left"),
        ("ledamöter", "right"),
        ("beslutför vid", "right"),
        ("kallas av", "left"),
        ("beslutar", "left"),
    )
    rows: list[tuple[str, ...]] = []
    for body in setup.organisation.bodies.values():
        members = sum(part.count for part in body.members)
        decides = ", ".join(small(names.decision(decision)) for decision in body.decides) or "–"
        title = f"{body.title}, delad med {body.shared.others} andra kommuner" if body.shared else body.title
        rows.append((title, str(members), str(body.quorum), names.station(body.convened_by), decides))
    print_table(out, "Organ", columns, rows)


def _mandates(out: Console, setup: Setup, names: Names) -> None:
    organisation = setup.organisation
    rows: list[tuple[str, ...]] = []
    for decision, word in setup.vocabulary.decisions.items():
        holders = [f.title for f in organisation.functions.values() if decision in f.decides]
        holders += [
            f"{small(names.seat(seat))} när {small(level.title)} är aktivt"
            for level in organisation.levels
            for seat, granted in level.grants.items()
            if decision in granted
        ]
        holders += [body.title for body in organisation.bodies.values() if decision in body.decides]
        holders += [
            f"{f.title} (högst {_spaced(f.budget[decision])} kr)"
            for f in organisation.functions.values()
            if f.budget.get(decision)
        ]
        if decision in organisation.joint:
            joint = organisation.joint[decision]
            both = enumerated([small(names.station(holder)) for holder in joint.holders])
            holders.append(
                f"{both} tillsammans" + (f", annars {small(names.station(joint.otherwise))}" if joint.otherwise else "")
            )
        rows.append((large(word.title), "; ".join(holders) or "ingen"))
    print_table(out, "Mandat", (("beslut", "left"), ("får fattas av", "left")), rows)
