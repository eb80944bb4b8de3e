"""An organisation's sources: what is known of it and from where, and what is assumed, with range and reason."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from ovning.commands.console import print_table, say
from ovning.commands.show_organisation import print_heading
from ovning.model.assumptions import Assumption, SourcedValue
from ovning.model.known import assumed_values, known_values
from ovning.model.setup import Setup
from ovning.model.sources import Document, references
from ovning.report.assumptions import format_words, say_value
from ovning.report.names import large
from ovning.report.places import ORGANISATION, say_entry, say_place, several
from ovning.report.wording import number
from ovning.words.common import enumerated

_KINDS: Final = {
    "document": "dokument",
    "law": "lag eller avgörande",
    "page": "webbsida",
    "press": "press",
    "statistics": "statistik",
    "interview": "intervju",
    "event": "egna anteckningar",
}
_READ: Final = {"whole": "läst i sin helhet", "part": "läst i utdrag", "quoted": "återgiven av andra, inte läst"}
_MOST_PLACES: Final = 3
"""So many places where a shared assumption is used are named."""


def print_sources(out: Console, setup: Setup) -> None:
    """Print it all, with the share that is known at the top."""
    print_heading(out, setup)
    _known(out, setup)
    _assumed(out, setup)


def _known(out: Console, setup: Setup) -> None:
    say(out, "Vad som är känt, och varifrån", "bold")
    named: dict[str, dict[str, list[SourcedValue]]] = {}
    for value in known_values(setup, "organisation"):
        for reference in references(value.source):
            named.setdefault(reference.name, {}).setdefault(reference.section or "", []).append(value)
    if not named:
        say(out, "Ingenting har en källa: allt är antaget.")
    for name in sorted(named, key=lambda one: (-sum(map(len, named[one].values())), one)):
        out.print()
        document = setup.sources.get(name)
        out.print(Text.assemble((name, "bold"), (f"  {_described(document)}" if document else "", "dim")))
        if document is not None and document.note:
            _inside(out, document.note, 2, "dim")
        for section, values in sorted(named[name].items()):
            _inside(out, section, 2)
            for line in _facts(values, setup):
                _inside(out, line, 4)
    out.print()


def _inside(out: Console, text: str, indent: int, style: str = "") -> None:
    if text:
        out.print(Padding(Text(text, style=style), (0, 0, 0, indent), expand=False))


def _facts(values: Sequence[SourcedValue], setup: Setup) -> Iterator[str]:
    """What a section vouches for: items of one kind in one line, then single values."""
    whole: dict[str, list[str]] = {}
    for value in values:
        _, *steps = value.path.split(".")
        if value.value is None and len(steps) == 2 and steps[0] in ORGANISATION:
            whole.setdefault(steps[0], []).append(_item(value, *steps, setup=setup))
        elif value.value is None:
            yield f"{large(say_place(value.path, setup))}."
        else:
            yield f"{large(say_place(value.path, setup))}: {_said(value.value, setup)}."
    for kind in ORGANISATION:
        if kind in whole:
            yield f"{several(kind)}: {('; ' if kind == 'agreements' else ', ').join(whole[kind])}."


def _item(value: SourcedValue, kind: str, key: str, *, setup: Setup) -> str:
    """An item that a source vouches for; of a group of people also how many, unless that is assumed."""
    said = say_entry(kind, key, setup)
    group = setup.organisation.people.get(key) if kind == "people" else None
    counted = f"{value.path}.count"
    if group is None or any(counted in (entry.path, *entry.used_at) for entry in setup.ledger):
        return said
    return f"{said} ({number(group.count)})"


def _described(document: Document) -> str:
    parts = (document.title, document.publisher, document.date, _KINDS[document.kind], _READ[document.read])
    return ", ".join(part for part in parts if part)


def _said(value: object, setup: Setup) -> str:
    return number(value) if isinstance(value, int) else say_value(value, format_words(setup))


def _assumed(out: Console, setup: Setup) -> None:
    every = assumed_values(setup, "organisation")
    own = [entry for entry in every if entry.name is None]
    valued = [entry for entry in own if entry.value is not None]
    whole = [entry for entry in own if entry.value is None]
    shared = [entry for entry in every if entry.name is not None]
    columns = (("vad", "left"), ("antaget värde", "left"), ("kan också vara", "left"), ("varför", "left"))
    if valued:
        rows = [_row(large(say_place(entry.path, setup)), entry, setup) for entry in valued]
        print_table(out, "Vad som är antaget för just den här organisationen", columns, rows)
        out.print()
    if whole:
        say(out, "Det som antas finnas, eller vara så som det står i filen", "bold")
        for reason, places in _by_reason(whole, setup):
            _inside(out, f"{large(enumerated(places))}: {reason}", 2)
        out.print()
    if shared:
        rows = [_row(_used(entry, setup), entry, setup) for entry in shared]
        print_table(out, "Vad som är antaget lika för alla organisationer (assumptions.yaml)", columns, rows)


def _row(what: str, entry: Assumption, setup: Setup) -> tuple[str, ...]:
    words = format_words(setup)
    span = "–" if entry.range is None else say_value(entry.range, words)
    return (what, say_value(entry.value, words), span, entry.reason)


def _used(entry: Assumption, setup: Setup) -> str:
    places = [say_place(place, setup) for place in entry.used_at if place.startswith("organisation.")]
    more = len(places) - _MOST_PLACES
    said = large("; ".join(places[:_MOST_PLACES]))
    return f"{said} och {more} till ({entry.name})" if more > 0 else f"{said} ({entry.name})"


def _by_reason(entries: Sequence[Assumption], setup: Setup) -> Iterator[tuple[str, list[str]]]:
    """Places with the same reason together, in the order of the first."""
    found: dict[str, list[str]] = {}
    for entry in entries:
        found.setdefault(entry.reason, []).append(say_place(entry.path, setup))
    yield from found.items()
