"""Values written with where they come from become plain; the ledger keeps the rest.

``{assume: name}``, ``{assume: …, range: …, reason: …}`` and ``{value: …, source: …}``. A number that follows how many
live in the municipality says in any of them for how many it is written: ``for_population``. Inline assumptions owe a
reason, and a range too when the value is a single number, word or duration (a list or a mapping of several things has
no one range).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import Final

from ovning.errors import Problem
from ovning.files.hints import meant
from ovning.files.hints import nearest as nearest_word
from ovning.files.tree import Node, Path_, plain, written
from ovning.limits import MOST_REFERENCES
from ovning.model.assumptions import Assumption, ModelAssumptions, SourcedValue
from ovning.model.size import counted_for
from ovning.units import parse_duration

FORMS: Final = tuple(frozenset(f) for f in (("median", "p90"), ("min", "mode", "max"), ("mean",), ("samples",)))
"""The keys by which a duration that varies is known."""
SIZED: Final = "for_population"
"""The key that says for how many inhabitants a number is written."""
_ASSUMED: Final = frozenset({"assume", "range", "reason", SIZED})
_SOURCED: Final = frozenset({"value", "source", SIZED})
_SHARED: Final = frozenset({"range", "reason", SIZED})
_BESIDE: Final = _SHARED | {"title"}
"""What may stand beside ``value`` in a shared entry; without ``value`` a title is a part of what is assumed."""


def is_form(node: Node) -> bool:
    """Whether a mapping is one value: an assumption, a sourced value or a duration that varies."""
    keys = frozenset(node.mapping)
    return "assume" in keys or ("value" in keys and keys <= _SOURCED and len(keys) > 1) or keys in FORMS


def is_assumed(node: Node) -> bool:
    """Whether this is ``{assume: …}``."""
    return "assume" in node.mapping


def is_sourced(node: Node) -> bool:
    """Whether this is ``{value, source}`` or ``{value, for_population}``, or meant to be."""
    keys = frozenset(node.mapping)
    return "value" in keys and keys <= _SOURCED


def shared_value(entry: Node) -> Node:
    """What an entry of ``assumptions.yaml`` stands for."""
    if "value" in entry.mapping:
        return entry.mapping["value"]
    if not isinstance(entry.content, dict):
        return entry
    rest = {k: v for k, v in entry.mapping.items() if k not in _SHARED}
    return replace(entry, content=rest, keys={k: p for k, p in entry.keys.items() if k in rest})


def _title(entry: Node) -> str | None:
    title = entry.mapping.get("title") if "value" in entry.mapping else None
    return title.text.strip() or None if title is not None and title.text is not None else None


def unfolded(node: Node, shared: dict[str, Node], depth: int = 0) -> Node:
    """The value that a form stands for, one layer; itself if it is no form or cannot be looked up."""
    if is_assumed(node):
        inner = node.mapping["assume"]
        if frozenset(node.mapping) == {"assume"} and inner.text in shared and depth < MOST_REFERENCES:
            return unfolded(shared_value(shared[inner.text or ""]), shared, depth + 1)
        return inner
    return node.mapping["value"] if is_sourced(node) else node


@dataclass(slots=True)
class Resolver:
    """Resolves trees and keeps the ledger and every problem on the way."""

    shared: dict[str, Node]
    """Shared assumptions by name."""
    population: int | None = None
    """How many inhabitants numbers that follow it are counted for; as they are written, if ``None``."""
    problems: list[Problem] = field(default_factory=list)
    known: list[SourcedValue] = field(default_factory=list)
    sized: set[str] = field(default_factory=set)
    """Places of numbers that follow how many live in the municipality."""
    _inline: list[Assumption] = field(default_factory=list)
    _used: dict[str, list[str]] = field(default_factory=dict)
    _resolved: dict[str, Node] = field(default_factory=dict)

    def resolve(self, node: Node, path: Path_, *, record: bool = True) -> Node:
        """The tree with every form replaced by its value; with ``record``, forms are entered in the ledger."""
        if is_assumed(node):
            return self._assumed(node, path, record)
        if is_sourced(node):
            return self._sourced(node, path, record)
        if isinstance(node.content, dict):
            if record:
                self._sentence(node, path)
            return replace(
                node,
                content={
                    key: self.resolve(value, (*path, key), record=record and (*path, key) != ("scenario", "variations"))
                    for key, value in node.content.items()
                },
            )
        if isinstance(node.content, tuple):
            return replace(
                node,
                content=tuple(
                    self.resolve(item, (*path, item.name or at), record=record) for at, item in enumerate(node.content)
                ),
            )
        return node

    def engine(self) -> Node | None:
        """The shared entries that are the engine's own numbers, as one tree; ``None`` if there is no shared file."""
        if not self.shared:
            return None
        first = next(iter(self.shared.values()))
        own = {name: self._look_up(name, ()) for name in self.shared if name in ModelAssumptions.model_fields}
        for name in own:
            self._used.setdefault(name, [])
        top = replace(first.place, line=1, column=1)
        return Node(top, own, {name: self.shared[name].place for name in own})

    def ledger(self) -> tuple[Assumption, ...]:
        """Every assumption in play: the shared ones by name, then those of the files in their order."""
        shared = [
            Assumption(
                path=f"assumptions.{name}",
                name=name,
                title=_title(self.shared[name]),
                value=plain(shared_value(self.shared[name])),
                range=plain(self.shared[name].mapping["range"]) if "range" in self.shared[name].mapping else None,
                reason=self._reason(self.shared[name]) or "",
                for_population=_written_for(self.shared[name]),
                used_at=tuple(sorted(self._used[name])),
                file=self.shared[name].place.source.name,
            )
            for name in sorted(self._used)
            if name in self.shared
        ]
        return (*shared, *sorted(self._inline, key=lambda a: a.path))

    def assume(self, entry: Assumption) -> None:
        """Enters an assumption that stands in no file."""
        self._inline.append(entry)

    def use(self, name: str, at: str) -> None:
        """Enters a use of a shared assumption."""
        self._used.setdefault(name, []).append(at)

    def used_files(self) -> set[str]:
        """The files that shared assumptions in play stand in."""
        return {self.shared[name].place.source.name for name in self._used if name in self.shared}

    def check_shared(self, nearest: str | None = None) -> None:
        """Shared entries in play, and all of the nearest file, resolve and owe a reason and a range.

        A name in the nearest file that nothing uses and that is almost one of the engine's own is taken for a slip.
        """
        own = {name for name, entry in self.shared.items() if entry.place.source.name == nearest}
        for name in sorted(own - set(self._used)):
            meant_ = nearest_word(name, set(ModelAssumptions.model_fields) - own, cutoff=0.8)
            if meant_ is not None:
                self.problems.append(
                    self.shared[name].place.warning(
                        f"”{name}” används inte, och ”{meant_}” saknas i filen: det tas ur de medföljande antagandena",
                        f"menade du ”{meant_}”?",
                    )
                )
        for name, entry in self.shared.items():
            if name not in self._used and entry.place.source.name != nearest:
                continue
            if not isinstance(entry.content, dict):
                self.problems.append(
                    entry.place.problem(
                        f"antagandet ”{name}” saknar motivering",
                        f'skriv {name}: {{value: …, range: …, reason: "…"}}',
                    )
                )
                continue
            value = shared_value(entry)
            place = entry.keys.get("value", entry.place)
            if "value" in entry.mapping and (extra := set(entry.mapping) - _BESIDE - {"value"}):
                word = min(extra)
                self.problems.append(
                    entry.keys[word].problem(f"okänd nyckel ”{word}” bredvid value", meant(word, _BESIDE))
                )
            if self._reason(entry) is None:
                self.problems.append(place.problem(f"antagandet ”{name}” saknar motivering (reason)", "skriv varför"))
            if "range" not in entry.mapping and _has_one_range(value):
                self.problems.append(
                    place.warning(
                        f"antagandet ”{name}” saknar spännvidd (range): ingen kan pröva vad det betyder",
                        "skriv range: [lägst, högst] eller de värden som är möjliga",
                    )
                )
            self._look_up(name, ())

    @staticmethod
    def _reason(entry: Node) -> str | None:
        reason = entry.mapping.get("reason")
        return reason.text.strip() or None if reason is not None and reason.text is not None else None

    def _assumed(self, node: Node, path: Path_, record: bool) -> Node:
        inner = node.mapping["assume"]
        if frozenset(node.mapping) == {"assume"}:
            name = inner.text
            if name is not None and name in self.shared:
                if record:
                    self._used.setdefault(name, []).append(written(path))
                    self.sized.update({written(path)} if SIZED in self.shared[name].mapping else ())
                return self._look_up(name, ())
            if name is None:
                return self._broken(
                    node, "ett antagande behöver motivering och spännvidd", 'skriv {assume: …, range: …, reason: "…"}'
                )
            hint = meant(name, self.shared)
            hint = hint if hint.startswith("menade") else ""
            own = f'ett eget antagande skrivs {{assume: {name}, range: …, reason: "…"}}'
            return self._broken(
                node, f"”{name}” finns inte bland antagandena i assumptions.yaml", "; ".join(filter(None, (hint, own)))
            )
        for extra in sorted(set(node.mapping) - _ASSUMED):
            self.problems.append(
                node.keys[extra].problem(f"okänd nyckel ”{extra}” i ett antagande", meant(extra, _ASSUMED))
            )
        if self._reason(node) is None:
            self.problems.append(node.place.problem("antagandet saknar motivering (reason)", 'lägg till reason: "…"'))
        if "range" not in node.mapping and _has_one_range(inner):
            self.problems.append(
                node.place.problem(
                    "antagandet saknar spännvidd (range)", "lägg till range: de värden som också är möjliga"
                )
            )
        elif "range" in node.mapping:
            self.problems.extend(_outside(inner, node.mapping["range"]))
        if record:
            self._inline.append(
                Assumption(
                    path=written(path),
                    name=None,
                    value=plain(inner),
                    range=plain(node.mapping["range"]) if "range" in node.mapping else None,
                    reason=self._reason(node) or "",
                    for_population=_written_for(node),
                    file=node.place.source.name,
                )
            )
        return self._counted(node, self.resolve(inner, path, record=record), path if record else None)

    def _sourced(self, node: Node, path: Path_, record: bool) -> Node:
        source = node.mapping.get("source")
        if source is None and SIZED in node.mapping:  # the item that it stands in says where it comes from
            pass
        elif source is None or source.text is None or not source.text.strip():
            place = source.place if source is not None else node.place
            self.problems.append(place.problem("värdet saknar källa", 'skriv {value: …, source: "Dokument / avsnitt"}'))
        elif record:
            self.known.append(SourcedValue(path=written(path), source=source.text, value=plain(node.mapping["value"])))
        resolved = self.resolve(node.mapping["value"], path, record=record)
        return self._counted(node, resolved, path if record else None)

    def _counted(self, form: Node, value: Node, path: Path_ | None) -> Node:
        """The value as it is, or counted for so many inhabitants as are played; ``path`` is where it is used."""
        if SIZED not in form.mapping or value.broken:
            return value
        given = form.mapping[SIZED]
        if not isinstance(given.content, int) or isinstance(given.content, bool) or given.content < 1:
            message = f"{SIZED} är hur många invånare talet gäller för, inte {given.content!s}"
            self.problems.append(given.place.problem(message, f"skriv {SIZED}: 90000"))
            return value
        if not isinstance(value.content, (int, float)) or isinstance(value.content, bool):
            message = f"bara ett antal eller en takt kan följa folkmängden ({SIZED})"
            self.problems.append(form.keys[SIZED].problem(message, f"ta bort {SIZED}"))
            return value
        if path is not None:
            self.sized.add(written(path))
        if self.population is None:
            return value
        return replace(value, content=counted_for(value.content, given.content, self.population))

    def _sentence(self, node: Node, path: Path_) -> None:
        source, assumption = node.mapping.get("source"), node.mapping.get("assumption")
        if source is not None and source.text:
            self.known.append(SourcedValue(path=written(path), source=source.text))
        if assumption is not None and assumption.text:
            self._inline.append(
                Assumption(
                    path=written(path), name=None, value=None, reason=assumption.text, file=node.place.source.name
                )
            )

    def _look_up(self, name: str, within: tuple[str, ...]) -> Node:
        if name in self._resolved:
            return self._resolved[name]
        value = shared_value(self.shared[name])
        if name in within:
            chain = " → ".join((*within[within.index(name) :], name))
            return self._broken(value, f"antagandena hänvisar till varandra i ring: {chain}", "bryt ringen")
        if len(within) >= MOST_REFERENCES:
            message = f"fler än {MOST_REFERENCES} antaganden hänvisar till varandra i rad"
            return self._broken(value, message, "skriv värdet längre fram i raden")
        written_ = self._within(value, (*within, name))
        self._resolved[name] = resolved = self._counted(self.shared[name], written_, None)
        if "range" in self.shared[name].mapping:
            self.problems.extend(_outside(written_, self.shared[name].mapping["range"]))
        return resolved

    def _within(self, node: Node, within: tuple[str, ...]) -> Node:
        """Resolves inside the shared file, where references may go round in a ring."""
        if is_assumed(node) and frozenset(node.mapping) == {"assume"}:
            name = node.mapping["assume"].text
            if name is not None and name in self.shared:
                self._used.setdefault(name, []).append(f"assumptions.{within[-1]}")
                return self._look_up(name, within)
            return self._assumed(node, (), record=False)
        if is_assumed(node) or is_sourced(node):
            return self.resolve(node, ("assumptions", *within), record=False)
        if isinstance(node.content, dict):
            return replace(node, content={k: self._within(v, within) for k, v in node.content.items()})
        if isinstance(node.content, tuple):
            return replace(node, content=tuple(self._within(v, within) for v in node.content))
        return node

    def _broken(self, node: Node, message: str, fix: str) -> Node:
        self.problems.append(node.place.problem(message, fix))
        return replace(node, content=None, keys={}, broken=True)


def _written_for(form: Node) -> int | None:
    given = form.mapping.get(SIZED)
    return given.content if given is not None and isinstance(given.content, int) else None


def _has_one_range(value: Node) -> bool:
    if isinstance(value.content, tuple):
        return False
    return not isinstance(value.content, dict) or frozenset(value.mapping) in FORMS


def _number(node: Node) -> float | None:
    """A number or a duration as a number, to be compared with others of its kind; the middle of one that varies."""
    for middle in ("median", "mode", "mean"):
        if middle in node.mapping:
            return _number(node.mapping[middle])
    if isinstance(node.content, bool):
        return None
    if isinstance(node.content, (int, float)):
        return float(node.content)
    if node.text and (clock := re.fullmatch(r"(\d\d):(\d\d)", node.text)):
        return float(int(clock[1]) * 60 + int(clock[2]))
    try:
        return float(parse_duration(node.content))
    except ValueError:
        return None


def _outside(value: Node, span: Node) -> list[Problem]:
    """A warning for each single value that its own range does not contain."""
    if isinstance(value.content, dict) and frozenset(value.mapping) not in FORMS:
        return [p for key, v in value.mapping.items() if key in span.mapping for p in _outside(v, span.mapping[key])]
    number, ends = _number(value), [_number(item) for item in span.items]
    if not span.items or isinstance(value.content, tuple) or (value.mapping and None in (number, *ends)):
        return []
    if number is not None and all(end is not None for end in ends):
        known = [end for end in ends if end is not None]
        inside = min(known) <= number <= max(known)
    else:
        inside = any(item.content == value.content for item in span.items)
    if inside:
        return []
    shown = value.content if not value.mapping else "som står här"
    return [span.place.warning(f"spännvidden innehåller inte värdet {shown}", "se över range eller värdet")]
