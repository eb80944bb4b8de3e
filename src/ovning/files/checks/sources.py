"""Values that owe the reader where they come from, and do not say.

The rule. In an organisation every unit, group of people, function, body, level, joint decision, agreement and channel,
and in a scenario every service, flow and stock, says ``source:`` or ``assumption:`` (a sentence). An item that says
only ``source:`` vouches for what exists and how many, hardly ever for how long or how likely; so its durations,
chances, loads and rates are each written ``{assume: …}`` or ``{value: …, source: …}``. An item that says
``assumption:`` covers its own numbers. A scenario says where the rest of its course comes from, and a criterion where
its limits do. All of this is warned of, never refused.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from ovning.errors import Problem
from ovning.files.tree import Node, written
from ovning.files.values import is_assumed, is_sourced

_ITEMS: Final = ("units", "people", "functions", "bodies", "levels", "joint", "agreements", "channels")
_ITEMS_OF_SCENARIO: Final = ("services", "flows", "stocks")
_OWING: Final = frozenset(
    {
        "patience",
        "item",
        "delay",
        "arrives",
        "meeting_every",
        "length",
        "planned_within",
        "for",
        "chance",
        "ordinary_load",
        "reached",
        "share",
    }
)
"""Fields of an organisation that hold durations, chances and loads, by their names in files."""
_OWING_IN_SCENARIO: Final = frozenset(
    {
        "endurance",
        "recovers_after",
        "per_hour",
        "per_day",
        "times",
        "back_at",
        "every",
        "first_after",
        "at_night",
        "information_lowers",
        "at_most",
        "takes",
        "patience",
        "share",
    }
)
"""Fields of services, flows and stocks that hold durations, rates and shares."""
_OWING_EACH: Final = "because_of"
"""A mapping of which every entry is a rate."""


def _says(item: Node) -> str | None:
    for key in ("assumption", "source"):
        node = item.mapping.get(key)
        if node is not None and node.content is not None:
            return key
    return None


def items_of_organisation(raw: Node) -> Iterator[Problem]:
    """Items without source or assumption, and numbers that a source does not cover; the tree before it is resolved."""
    yield from _items(raw, _ITEMS, _OWING)


def _items(raw: Node, kinds: tuple[str, ...], owing: frozenset[str]) -> Iterator[Problem]:
    for kind in kinds:
        listing = raw.mapping.get(kind)
        if listing is None:
            continue
        entries = [(name, node, listing.keys.get(name, node.place)) for name, node in listing.mapping.items()]
        entries += [(item.name or str(n), item, item.place) for n, item in enumerate(listing.items)]
        for name, item, place in entries:
            if not isinstance(item.content, dict) or is_assumed(item):
                continue
            said = _says(item)
            if said is None:
                yield place.warning(
                    f"{kind}.{name} säger inte varifrån uppgiften kommer",
                    'lägg till source: "Dokument / avsnitt" eller assumption: "vad som antas och varför"',
                )
            elif said == "source":
                yield from _numbers(item, (kind, name), owing)


def _numbers(node: Node, path: tuple[str, ...], owing: frozenset[str]) -> Iterator[Problem]:
    for key, value in node.mapping.items():
        if is_assumed(value) or (is_sourced(value) and "source" in value.mapping) or value.content is None:
            continue
        here = (*path, key)
        if key in owing and (not value.mapping or not owing & value.mapping.keys()):
            yield value.place.warning(
                f"{written(here)} saknar egen källa: källan gäller posten, inte tiden eller sannolikheten",
                'skriv {assume: …, range: …, reason: "…"} eller {value: …, source: "…"}',
            )
        else:
            yield from _numbers(value, here, owing | value.mapping.keys() if key == _OWING_EACH else owing)
    for n, item in enumerate(node.items):
        yield from _numbers(item, (*path, item.name or str(n)), owing)


def course(raw: Node) -> Iterator[Problem]:
    """A scenario and what is in it without source or assumption, and numbers that a source does not cover."""
    if _says(raw) is None:
        yield raw.place.warning(
            "scenariot säger inte var händelseförloppet kommer ifrån", "lägg till source: eller assumption: överst"
        )
    yield from _items(raw, _ITEMS_OF_SCENARIO, _OWING_IN_SCENARIO)


def limits(raw: Node) -> Iterator[Problem]:
    """Criteria whose limits come from nowhere."""
    for objective in raw.mapping["objectives"].items if "objectives" in raw.mapping else ():
        for criterion in objective.mapping["criteria"].items if "criteria" in objective.mapping else ():
            met = criterion.mapping.get("met")
            if criterion.mapping and _says(criterion) is None and not (met and (is_assumed(met) or is_sourced(met))):
                yield criterion.place.warning(
                    f"kriteriet i {objective.name or 'målet'} säger inte var gränsen kommer ifrån",
                    'lägg till source: "…" eller assumption: "…"',
                )
