"""YAML as we write it: scalars of YAML 1.2, no duplicate keys, no tags, bounded in every direction.

PyYAML parses; what is built from its events is ours. ``10:30``, ``no``, ``on`` and ``yes`` are texts; only ``true``,
``false``, ``null`` and numbers as in JSON are anything else.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final

import yaml

from ovning.errors import InputError, Problem
from ovning.files.source import as_source, read_text
from ovning.files.tree import Node, Place, Scalar, Source
from ovning.letters import IN_TEXT, name_of
from ovning.limits import DEEPEST, LONGEST_KEY, LONGEST_NUMBER, LONGEST_TEXT, MOST_PROBLEMS, MOST_VALUES

_INT: Final = re.compile(r"-?(0|[1-9][0-9]*)")
_FLOAT: Final = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?")
_WORDS: Final[dict[str, Scalar]] = {
    "": None,
    "~": None,
    "null": None,
    "Null": None,
    "NULL": None,
    "true": True,
    "True": True,
    "TRUE": True,
    "false": False,
    "False": False,
    "FALSE": False,
}
_NOT_NUMBERS: Final = frozenset({".nan", ".inf", "-.inf", "+.inf"})


def read_yaml(path: Path, name: str) -> Node:
    """A file as a tree of values and places. Raises ``InputError`` with what is wrong."""
    source, text = read_text(path, name)
    return parse_yaml(source, text)


def parse_typed(text: str, name: str, before: str = "") -> Node:
    """A value typed on the command line after ``before``, as YAML. Raises ``InputError``."""
    typed = replace(as_source((before + text).encode("utf-8", "surrogatepass"), name)[0], typed=True)
    node = parse_yaml(typed, text, mapping=False)
    return _moved(node, typed, len(before))


def _moved(node: Node, source: Source, by: int) -> Node:
    def place(old: Place) -> Place:
        return Place(source, old.line, old.column + (by if old.line == 1 else 0))

    content = node.content
    if isinstance(content, dict):
        content = {key: _moved(value, source, by) for key, value in content.items()}
    elif isinstance(content, tuple):
        content = tuple(_moved(item, source, by) for item in content)
    return Node(place(node.place), content, {key: place(old) for key, old in node.keys.items()})


def parse_yaml(source: Source, text: str, *, mapping: bool = True) -> Node:
    """A text as a tree. Raises ``InputError``; with ``mapping``, also for a top that is no mapping."""
    return _Builder(source).build(text, mapping=mapping)


@dataclass(slots=True)
class _Open:
    """A mapping or list whose end has not come yet."""

    place: Place
    anchor: str | None
    counted: int
    entries: dict[str, Node] | None
    items: list[Node]
    keys: dict[str, Place] = field(default_factory=dict)
    key: str | None = None

    def closed(self) -> Node:
        return Node(self.place, tuple(self.items) if self.entries is None else self.entries, self.keys)


class _Builder:
    def __init__(self, source: Source) -> None:
        self.source = source
        self.problems: list[Problem] = []
        self.anchors: dict[str, tuple[Node, int]] = {}
        self.count = 0

    def build(self, text: str, *, mapping: bool) -> Node:
        root: Node | None = None
        documents = 0
        stack: list[_Open] = []
        for event in self._events(text):
            place = self._place(event.start_mark)
            for name in (getattr(event, "anchor", None), getattr(event, "tag", None)):
                if name is not None and len(name) > LONGEST_KEY:
                    raise self._fatal(place, f"ett namn på mer än {LONGEST_KEY} tecken", "skriv ett kortare")
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    raise self._fatal(
                        place, "filen innehåller flera dokument (åtskilda av ---)", "dela upp i flera filer"
                    )
            elif isinstance(event, (yaml.MappingStartEvent, yaml.SequenceStartEvent)):
                self._refuse_tag(event, place)
                if stack and self._awaits_key(stack[-1]):
                    raise self._fatal(place, "en nyckel måste vara ett ord, inte en lista eller mappning")
                if len(stack) >= DEEPEST:
                    deep = f"värdena är nästlade djupare än {DEEPEST} nivåer"
                    raise self._fatal(place, deep, "se över indrag och hakparenteser")
                self._counts(place, 1)
                entries: dict[str, Node] | None = {} if isinstance(event, yaml.MappingStartEvent) else None
                stack.append(_Open(place, event.anchor, self.count, entries, []))
            elif isinstance(event, (yaml.MappingEndEvent, yaml.SequenceEndEvent)):
                done = stack.pop()
                node = done.closed()
                if done.anchor:
                    self.anchors[done.anchor] = (node, self.count - done.counted + 1)
                root = self._add(stack, node) or root
            elif isinstance(event, yaml.AliasEvent):
                root = self._add(stack, self._alias(event, place, stack)) or root
            elif isinstance(event, yaml.ScalarEvent):
                self._refuse_tag(event, place)
                if stack and self._awaits_key(stack[-1]):
                    self._key(stack[-1], event, place)
                    continue
                self._counts(place, 1)
                node = Node(place, self._scalar(event, place))
                if event.anchor:
                    self.anchors[event.anchor] = (node, 1)
                root = self._add(stack, node) or root
        if mapping and not self.problems and (root is None or root.content is None):
            raise self._fatal(Place(self.source, 0, 0), "filen är tom", "den ska innehålla nycklar och värden")
        if mapping and root is not None and not isinstance(root.content, dict):
            self._note(root.place, "filens översta nivå ska vara nycklar med värden (nyckel: värde)")
        if self.problems:
            raise InputError(tuple(self.problems))
        return root or Node(Place(self.source, 1, 1), None)

    def _events(self, text: str) -> Iterator[Any]:
        loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
        try:
            yield from yaml.parse(text, Loader=loader)
        except yaml.MarkedYAMLError as problem:
            mark = problem.problem_mark or problem.context_mark
            if "expected ':'" in str(problem.problem) and problem.context_mark is not None:
                mark = problem.context_mark  # where the key began that has no colon, not where the next one was met
            place = self._place(mark) if mark else Place(self.source, 0, 0)
            raise self._fatal(*self._syntax(place, str(problem.problem or problem.context or ""))) from None
        except yaml.YAMLError:
            raise self._fatal(Place(self.source, 0, 0), "filen kan inte läsas som YAML") from None

    def _place(self, mark: yaml.Mark) -> Place:
        return Place(self.source, mark.line + 1, mark.column + 1)

    def _syntax(self, place: Place, said: str) -> tuple[Place, str, str]:
        """What PyYAML said, as somebody would say it who sees the line."""
        lines = self.source.lines
        line = lines[place.line - 1] if 0 < place.line <= len(lines) else ""
        if "\t" in line[: len(line) - len(line.lstrip())] or ("token" in said and line[place.column - 1 :][:1] == "\t"):
            return place, "raden är indragen med tabbtecken; YAML tar bara mellanslag", "byt tabbtecknen mot mellanslag"
        if "mapping values are not allowed" in said:
            return (
                place,
                "ett kolon på fel ställe",
                "sätt citattecken om text som innehåller kolon, och se över indraget",
            )
        if "could not find expected ':'" in said:
            return place, "här väntades ett kolon efter nyckeln", "skriv ”nyckel: värde”"
        if "undefined alias" in said:
            return place, "aliaset (*namn) pekar på något som inte finns", "skriv ut värdet"
        if "unexpected end of stream" in said or "found the end" in said:
            return place, "filen slutar mitt i ett värde", "stäng citattecknet, hakparentesen eller klammern"
        if "flow sequence" in said or "',' or ']'" in said:
            return place, "en lista på en rad är inte avslutad eller saknar komma", "skriv [a, b, c]"
        if "flow mapping" in said or "',' or '}'" in said:
            return place, "en mappning på en rad är inte avslutad eller saknar komma", "skriv {a: 1, b: 2}"
        if "escape" in said or "hexadecimal" in said or "hexdecimal" in said:
            return (
                place,
                "okänt tecken efter omvänt snedstreck i en text",
                "använd enkla citattecken eller dubbla snedstreck",
            )
        if "cannot start any token" in said:
            mark = line[place.column - 1 :][:1]
            return place, f"ett värde kan inte börja med ”{mark}”", "sätt citattecken om texten"
        if ("expected key" in said or "<block end>" in said) and line[: place.column - 1].strip():
            return (
                place,
                "här väntades en ny rad",
                "se efter om ett citattecken saknas eller är för mycket, här eller ovanför",
            )
        if "block" in said or "expected key" in said or "indicator" in said or "document start" in said:
            return place, "indraget stämmer inte med raderna före", "rader på samma nivå ska ha lika många mellanslag"
        return place, "raden går inte att läsa som YAML", "se över indrag, kolon och citattecken"

    def _refuse_tag(self, event: yaml.ScalarEvent | yaml.CollectionStartEvent, place: Place) -> None:
        if event.tag is not None and event.tag != "!":
            self._note(place, f"taggar (”{event.tag}”) används inte i dessa filer", "ta bort taggen")

    def _counts(self, place: Place, values: int) -> None:
        self.count += values
        if self.count > MOST_VALUES:
            message = f"filen innehåller fler än {MOST_VALUES} värden när alias skrivits ut"
            raise self._fatal(place, message, "dela upp den, eller se om det är rätt fil")

    def _alias(self, event: yaml.AliasEvent, place: Place, stack: list[_Open]) -> Node:
        if stack and self._awaits_key(stack[-1]):
            raise self._fatal(place, "en nyckel får inte vara ett alias", "skriv ut nyckeln")
        known = self.anchors.get(event.anchor or "")
        if known is None:
            if any(o.anchor == event.anchor for o in stack):
                raise self._fatal(place, f"aliaset *{event.anchor} innehåller sig självt")
            raise self._fatal(place, f"aliaset *{event.anchor} pekar på något som inte finns", "skriv ut värdet")
        node, values = known
        self._counts(place, values)
        return node

    @staticmethod
    def _awaits_key(container: _Open) -> bool:
        return container.entries is not None and container.key is None

    def _key(self, container: _Open, event: yaml.ScalarEvent, place: Place) -> None:
        key = event.value
        container.key = key
        if len(key) > LONGEST_KEY:
            self._note(place, f"en nyckel på mer än {LONGEST_KEY} tecken", "saknas ett kolon, eller ett citattecken?")
        elif IN_TEXT.search(key):
            self._hidden(place, key)
        elif key == "" or (event.implicit[0] and key in ("~", "null")):
            self._note(place, "en nyckel saknar namn", "skriv ett ord före kolonet")
        elif key == "<<":
            self._note(place, "sammanslagning med << används inte här", "skriv ut värdena, eller använd based_on")
        elif container.entries is not None and key in container.entries:
            first = container.keys[key].line
            self._note(place, f"nyckeln ”{key}” finns redan, på rad {first}", "ta bort den ena eller slå ihop dem")
        else:
            container.keys[key] = place

    def _add(self, stack: list[_Open], node: Node) -> Node | None:
        """Puts a finished value where it belongs; gives it back if it is the whole file."""
        if not stack:
            return node
        container = stack[-1]
        if container.entries is None:
            container.items.append(node)
        elif container.key is not None:
            container.entries.setdefault(container.key, node)
            container.key = None
        return None

    def _scalar(self, event: yaml.ScalarEvent, place: Place) -> Scalar:
        text: str = event.value
        if len(text) > LONGEST_TEXT:
            self._note(place, f"en text på mer än {LONGEST_TEXT} tecken", "saknas ett citattecken? annars: korta den")
            return None
        if IN_TEXT.search(text):
            self._hidden(place, text)
            return None
        if not event.implicit[0] or event.style in ("'", '"', "|", ">"):
            return text
        if text in _WORDS:
            return _WORDS[text]
        if text.lower() in _NOT_NUMBERS:
            self._note(place, f"”{text}” är inget tal som kan användas", "skriv ett vanligt tal")
            return None
        if len(text) > LONGEST_NUMBER and _FLOAT.fullmatch(text):
            self._note(place, "talet har orimligt många siffror", f"skriv det med högst {LONGEST_NUMBER} tecken")
            return None
        if _INT.fullmatch(text):
            return int(text)
        if _FLOAT.fullmatch(text):
            number = float(text)
            if math.isinf(number):
                self._note(place, f"talet ”{text}” är för stort", "skriv ett mindre tal")
                return None
            return number
        return text

    def _hidden(self, place: Place, text: str) -> None:
        found = IN_TEXT.search(text)
        assert found is not None
        message = f"texten innehåller ett styrtecken ({name_of(found[0])}), som inte syns men kan ställa till det"
        self._note(place, message, "ta bort det; en ny rad skrivs \\n")

    def _note(self, place: Place, message: str, fix: str = "") -> None:
        self.problems.append(place.problem(message, fix))
        if len(self.problems) > MOST_PROBLEMS:
            raise InputError(tuple(self.problems))

    def _fatal(self, place: Place, message: str, fix: str = "") -> InputError:
        return InputError((*self.problems, place.problem(message, fix)))
