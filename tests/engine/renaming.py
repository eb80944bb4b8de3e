"""The same files with other titles and other names on the organisation's side; what the log says, put back.

Everything that an organisation names for itself gets a new name: itself, units, sites, groups of people, functions and
bodies. So does everything that has a title, in whatever file. The vocabulary's words (roles, capabilities, decisions,
seats, levels, channels …) and the scenario's ids stay: by them the two sides meet, and by them things have their luck.
New names are tokens that stand nowhere else, so that they can be put back wherever the log has them.
"""

import random
import re
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

import yaml

from ovning.files.folders import Found
from ovning.files.reading import Reader
from ovning.files.tree import plain

BY_ID = ("functions", "bodies")
"""Things of these kinds are asked, called and numbered by id, where nothing else says in which order."""
ANY_ORDER = ("organisation", "units", "sites", "people")
"""The order of these ids decides nothing."""

TOKEN = re.compile(r"([qQ])([xz])(\d{6})")
"""A new name: x of something, z a title."""


class Renamed:
    """The folder of an exercise, copied with other names."""

    def __init__(
        self, exercise: Path, organisation: Path, to: Path, dice: random.Random, *, shuffled: Iterable[str]
    ) -> None:
        """``shuffled``: kinds of names whose order among themselves changes; that of all others is kept."""
        self._dice, self._shuffled = dice, set(shuffled)
        self._words: dict[str, str] = {}
        place = _plain(_whole(organisation), _read(exercise.parent / "assumptions.yaml"))
        self.names = {kind: self._tokens(kind, ids) for kind, ids in _names(place).items()}
        self.exercise, self.organisation = to / exercise.name, to / "organisations" / "other.yaml"
        root = exercise.parent
        for path in (*root.glob("*.yaml"), *exercise.glob("*.yaml")):
            content = self._titled(_read(path))
            if path.name == "exercise.yaml":
                content["organisations"] = [self.names["organisation"][place["organisation"]]]
            _write(content, to / path.relative_to(root))
        _write(self._titled(self._moved(place)), self.organisation)

    def back(self, text: str) -> str:
        """A text with all names as they were."""
        return TOKEN.sub(self._back, text)

    def _back(self, found: re.Match[str]) -> str:
        word = self._words[f"q{found[2]}{found[3]}"]
        if found[2] == "x" or found[1] == "Q":
            return word
        return word[:1].lower() + word[1:]  # the middle of a sentence: its first letter has been made small

    def _tokens(self, kind: str, ids: Iterable[str]) -> dict[str, str]:
        ordered = sorted(ids)
        tokens = self._new("x", len(ordered))
        if kind in self._shuffled:
            self._dice.shuffle(tokens)
        self._words |= dict(zip(tokens, ordered, strict=True))
        return dict(zip(ordered, tokens, strict=True))

    def _new(self, letter: str, number: int) -> list[str]:
        """So many new words, in order."""
        found: set[str] = set()
        while len(found) < number:
            found.add(f"q{letter}{self._dice.randrange(10**6):06d}")
            found -= set(self._words)
        return sorted(found)

    def _titled(self, content: Any) -> Any:
        """With other titles."""
        if isinstance(content, Mapping):
            return {
                k: self._title(v) if k == "title" and isinstance(v, str) else self._titled(v)
                for k, v in content.items()
            }
        return [self._titled(item) for item in content] if isinstance(content, list) else content

    def _title(self, title: str) -> str:
        [token] = self._new("z", 1)
        self._words[token] = title
        return token.capitalize()

    def _moved(self, place: dict[str, Any]) -> dict[str, Any]:
        """The organisation by its new names."""
        n = self.names
        both = n["functions"] | n["bodies"]
        unit, group, function = _by(n["units"]), _by(n["people"]), _by(n["functions"])
        place = dict(place)
        place["organisation"] = n["organisation"][place["organisation"]]
        place["units"] = {unit(k): {**v, "site": n["sites"][v["site"]]} for k, v in place["units"].items()}
        place["people"] = {group(k): v for k, v in place["people"].items()}
        place["functions"] = {
            function(k): _changed(
                v,
                unit=unit,
                filled_by=_each(group),
                reports_to=function,
                deputies=_each(lambda d: _changed(d, function=function)),
                informs=_each(lambda i: _changed(i, function=function)),
            )
            for k, v in place["functions"].items()
        }
        place["first_call"] = {k: _each(function)(v) for k, v in place["first_call"].items()}
        member = _each(lambda m: _changed(m, **{"from": group}))
        changes: dict[str, Callable[[Any], Any]] = {
            "bodies": lambda bodies: {
                both[k]: _changed(v, members=member, convened_by=function) for k, v in bodies.items()
            },
            "levels": _each(lambda level: _changed(level, via=function, decided_by=_by(both))),
            "staff": lambda staff: {seat: _each(group)(groups) for seat, groups in staff.items()},
            "joint": lambda joint: {
                k: _changed(v, holders=_each(function), otherwise=_by(both)) for k, v in joint.items()
            },
            "agreements": _each(lambda a: _changed(a, between=_each(lambda word: n["units"].get(word, word)))),
            "channels": _each(lambda c: _changed(c, units=_each(unit))),
        }
        return _changed(place, **changes)


def _plain(content: Any, shared: Mapping[str, Any]) -> Any:
    """With the value itself where something that the organisation names may stand in the form of an assumption."""
    if isinstance(content, list):
        return [_plain(item, shared) for item in content]
    if not isinstance(content, dict):
        return content
    if "assume" in content and "reason" in content:
        return _plain(content["assume"], shared)
    if set(content) == {"assume"} and _names_functions(shared[content["assume"]]):
        return shared[content["assume"]]["value"]
    return {key: _plain(value, shared) for key, value in content.items()}


def _names_functions(entry: Mapping[str, Any]) -> bool:
    value = entry.get("value")
    return isinstance(value, list) and all(isinstance(item, dict) and "function" in item for item in value)


def _names(place: Mapping[str, Any]) -> dict[str, list[str]]:
    """What an organisation names for itself, by kind. Functions and bodies never share a name."""
    return {
        "organisation": [place["organisation"]],
        "units": list(place["units"]),
        "sites": list({unit["site"] for unit in place["units"].values()}),
        "people": list(place["people"]),
        "functions": list(place["functions"]),
        "bodies": list(place.get("bodies", {})),
    }


def _by(names: Mapping[str, str]) -> Callable[[Any], Any]:
    return lambda value: None if value is None else names[value]


def _each(change: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """Of a list, or of something alone."""
    return lambda value: [change(item) for item in value] if isinstance(value, list) else change(value)


def _changed(content: Mapping[str, Any], **changes: Callable[[Any], Any]) -> dict[str, Any]:
    """With the values of these keys changed."""
    return {key: changes[key](value) if key in changes else value for key, value in content.items()}


def _read(path: Path) -> Any:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def _whole(organisation: Path) -> Any:
    """The organisation with all that it is based on."""
    tree = Reader().organisation(Found(organisation, organisation.name))
    assert tree is not None
    return plain(tree)


def _write(content: Any, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(yaml.safe_dump(content, allow_unicode=True, sort_keys=False), encoding="utf-8")
