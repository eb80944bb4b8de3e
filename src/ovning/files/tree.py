"""A file's values with the place of each: what is read, merged, set and resolved before it becomes a model."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Final, TypeAlias

from ovning.errors import Problem, Severity
from ovning.letters import shortened

_WIDEST: Final = 200
"""Characters of a line that are shown."""
_LONGEST_MESSAGE: Final = 600
_QUOTED: Final = re.compile(r"”[^”]{80,}”")

Scalar: TypeAlias = str | int | float | bool | None
Path_: TypeAlias = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Source:
    """A text that values come from: a file, or something typed on the command line."""

    name: str
    """As the user knows it."""
    lines: tuple[str, ...]
    """For excerpts."""
    sha256: str = ""
    """Of its bytes; empty for what was typed."""
    typed: bool = False
    """Whether it was typed on the command line: then a place in it has no line."""


def _told(text: str) -> str:
    """What is said, with what it quotes cut short: a file may hold words of any length."""
    text = text.replace("\n", " ")
    return shortened(_QUOTED.sub(lambda found: f"{shortened(found[0][:-1], 60)}”", text), _LONGEST_MESSAGE)


def _part(line: str, column: int) -> str:
    """The line, or the part of a very long one around the column."""
    if len(line) <= _WIDEST:
        return line
    begin = max(0, min(column - 1 - _WIDEST // 2, len(line) - _WIDEST))
    end = begin + _WIDEST
    return f"{'…' if begin else ''}{line[begin:end]}{'…' if end < len(line) else ''}"


@dataclass(frozen=True, slots=True)
class Place:
    """A spot in a source."""

    source: Source
    line: int
    """From 1; 0 for the whole source."""
    column: int
    """From 1; 0 for the whole line."""

    def problem(self, message: str, fix: str = "", *, severity: Severity = "error") -> Problem:
        """A problem here, with the line it stands on."""
        lines = self.source.lines
        excerpt = lines[self.line - 1] if 0 < self.line <= len(lines) else ""
        line, column = (0, 0) if self.source.typed else (self.line, self.column)
        message, fix = _told(message), _told(fix)
        return Problem(severity, self.source.name, line, column, message, fix, _part(excerpt.rstrip(), self.column))

    def warning(self, message: str, fix: str = "") -> Problem:
        """Something here that should be known of."""
        return self.problem(message, fix, severity="warning")


@dataclass(frozen=True, slots=True, eq=False)
class Node:
    """A value and where it stands; never changed once made."""

    place: Place
    content: Scalar | dict[str, Node] | tuple[Node, ...]
    keys: dict[str, Place] = field(default_factory=dict)
    """Where each key of a mapping stands."""
    broken: bool = False
    """Already complained about: nothing more is said of it."""

    @property
    def mapping(self) -> dict[str, Node]:
        """Its entries; empty if it is no mapping."""
        return self.content if isinstance(self.content, dict) else {}

    @property
    def items(self) -> tuple[Node, ...]:
        """Its items; empty if it is no list."""
        return self.content if isinstance(self.content, tuple) else ()

    @property
    def text(self) -> str | None:
        """Itself, if it is a text."""
        return self.content if isinstance(self.content, str) else None

    @property
    def name(self) -> str | None:
        """What an item of a list is known by: its ``id``, or ``stage`` in a flow, or ``task`` in a procedure."""
        key = "stage" if "stage" in self.mapping else "task" if "needs" in self.mapping else "id"
        named = self.mapping.get(key)
        return named.text if named is not None else None

    def with_entry(self, key: str, value: Node, place: Place | None = None) -> Node:
        """A copy in which ``key`` has this value."""
        where = place or self.keys.get(key) or value.place
        return replace(self, content={**self.mapping, key: value}, keys={**self.keys, key: where})

    def without(self, key: str) -> Node:
        """A copy without ``key``."""
        rest = {k: v for k, v in self.mapping.items() if k != key}
        return replace(self, content=rest, keys={k: p for k, p in self.keys.items() if k != key})

    def child(self, step: str | int) -> Node | None:
        """The entry or item of this name; items of a list go by index, by id, by stage or by task."""
        if isinstance(self.content, dict):
            return self.content.get(str(step))
        index = self.index(step)
        return None if index is None else self.items[index]

    def index(self, step: str | int) -> int | None:
        """Which item of the list goes by this index, id, stage or task."""
        for at, item in enumerate(self.items):
            if item.name is not None and item.name == step:
                return at
        if isinstance(step, int) or step.isdecimal():
            at = int(step)
            return at if at < len(self.items) else None
        return None

    def walk(self, path: Path_ = ()) -> Iterator[tuple[Path_, Node]]:
        """Itself and everything in it, with paths in which items of lists go by their names where they have one."""
        yield path, self
        for key, node in self.mapping.items():
            yield from node.walk((*path, key))
        for at, node in enumerate(self.items):
            yield from node.walk((*path, node.name or at))


def plain(node: Node) -> object:
    """The value without places, as ``json`` would have read it."""
    if isinstance(node.content, dict):
        return {key: plain(value) for key, value in node.content.items()}
    if isinstance(node.content, tuple):
        return [plain(item) for item in node.content]
    return node.content


def written(path: Sequence[str | int]) -> str:
    """A path as it is written: ``functions.tib.on_call.count``."""
    return ".".join(str(step) for step in path)


def place_of(node: Node, path: Sequence[str | int], *, key: bool = False) -> Place:
    """Where the value at the path stands (or its key); as far down as the path goes."""
    for at, step in enumerate(path):
        below = node.child(step)
        if below is None:
            break
        if key and at == len(path) - 1:
            return node.keys.get(str(step), below.place)
        node = below
    return node.place
