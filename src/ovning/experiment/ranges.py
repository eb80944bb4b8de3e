"""What an assumption might also be: its range, as written, turned into changes that ``--set`` takes.

Ranges are written for people: ``[5 min, 20 min]``, ``"× 0,5–2"``, ``{chance: {night: [0.7, 1.0]}, delay: "× 0,5–2"}``,
``[tib, kommundirektor]``, whole lists or mappings beside each other, or a sentence. What can be moved is a lever; what
cannot be read as values is told of with its text, and never left out.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal, NamedTuple

from ovning.model.assumptions import Assumption
from ovning.units import DAY, HOUR, MINUTE, SECOND, parse_duration

FORMS: Final = tuple(frozenset(f) for f in (("median", "p90"), ("min", "mode", "max"), ("mean",), ("samples",)))
"""The keys by which a duration that varies is known."""
_FACTOR: Final = re.compile(r"×\s*(\d+(?:[.,]\d+)?)\s*[–-]\s*(\d+(?:[.,]\d+)?)")
_AROUND: Final = re.compile(r"±\s*(\S.*)")
_CLOCK: Final = re.compile(r"([01]\d|2[0-4]):([0-5]\d)")
_WORD: Final = re.compile(r"[a-z][a-z0-9_]*")
WhyNot = Literal["no_range", "sentence", "not_values", "no_other", "refused"]
"""Why an assumption cannot be tried by itself: no range is given; it is a sentence and no value; its range is a text
that is no values; its range holds nothing but the value; the files do not hold together with it (``text``: why)."""


class Setting(NamedTuple):
    """One other value of a lever."""

    change: str
    """As ``--set`` takes it."""
    value: object
    """As it would be written in the file."""


@dataclass(frozen=True)
class Lever:
    """Something assumed that can be moved by itself."""

    assumption: Assumption
    part: tuple[str, ...]
    """Where within it; empty for all of it."""
    value: object
    """As written."""
    settings: tuple[Setting, ...]
    """Its low end and its high end, or each other value that it might have."""
    between: tuple[Callable[[float], Setting], ...] = ()
    """For each setting, what lies on the way to it: 0 is the value, 1 the setting; empty if nothing lies between."""
    middle: Callable[[object], object] | None = None
    """The one number by which a value is told, where it is a distribution; ``None`` where the value says it."""

    @property
    def path(self) -> str:
        """By which it is known, and where ``--set`` reaches it."""
        return ".".join((self.assumption.path, *self.part))


@dataclass(frozen=True)
class Untried:
    """Something assumed that cannot be tried by itself."""

    assumption: Assumption
    part: tuple[str, ...]
    text: str
    """What its range says, as written; what is assumed, if that is a sentence."""
    why: WhyNot

    @property
    def path(self) -> str:
        """By which it is known."""
        return ".".join((self.assumption.path, *self.part))


def levers_of(ledger: Sequence[Assumption]) -> tuple[tuple[Lever, ...], tuple[Untried, ...]]:
    """Everything assumed: what can be moved, and what cannot. What was typed for this time stays as it was typed."""
    found = [one for entry in ledger if entry.file != "--set" for one in _of(entry)]
    return tuple(o for o in found if isinstance(o, Lever)), tuple(o for o in found if isinstance(o, Untried))


def _of(entry: Assumption) -> Iterator[Lever | Untried]:
    if entry.value is None:
        yield Untried(entry, (), entry.reason, "sentence")
    elif entry.range is None:
        yield Untried(entry, (), "", "no_range")
    else:
        yield from _within(entry, (), entry.value, entry.range)


def _within(entry: Assumption, part: tuple[str, ...], value: object, span: object) -> Iterator[Lever | Untried]:
    """The levers of a value, or of the parts of it that have ranges of their own."""
    if isinstance(span, Mapping) and isinstance(value, Mapping) and frozenset(value) not in FORMS:
        for key, below in span.items():
            if key in value:
                yield from _within(entry, (*part, str(key)), value[key], below)
            else:
                yield Untried(entry, (*part, str(key)), _text(below), "not_values")
        return
    yield from _levers(entry, part, value, span)


def _levers(entry: Assumption, part: tuple[str, ...], value: object, span: object) -> Iterator[Lever | Untried]:
    path = ".".join((entry.path, *part))
    along = _scale(value, span)
    if along is not None:
        found = along.to(path)
        yield (
            Untried(entry, part, _text(span), "no_other")
            if found is None
            else Lever(entry, part, value, *found, middle=along.middle)
        )
        return
    items = list(span) if isinstance(span, (list, tuple)) else [span]
    meant = [_meant(value, item) for item in items]
    others = [other for found in meant for other in found if other != value]
    if others:
        yield Lever(entry, part, value, tuple(_setting(path, other) for other in others))
    if texts := [_text(item) for item, found in zip(items, meant, strict=True) if not found]:
        yield Untried(entry, part, "; ".join(texts), "not_values")
    elif not others:
        yield Untried(entry, part, _text(span), "no_other")


def _meant(value: object, item: object) -> list[object]:
    """What an item of a range stands for beside this value: one value, or none if it is a text about values."""
    if isinstance(value, list):
        if isinstance(item, list):
            return [item]
        # One word where the value is a list of words: that one alone.
        alone = isinstance(item, str) and _WORD.fullmatch(item) and all(isinstance(one, str) for one in value)
        return [[item]] if alone else []
    if isinstance(value, Mapping):
        return [item] if isinstance(item, Mapping) else []
    if isinstance(value, str):
        return [item] if isinstance(item, str) and (item == value or _WORD.fullmatch(item)) else []
    if isinstance(value, bool):
        return [item] if isinstance(item, bool) else []
    return [item] if isinstance(item, (int, float)) and not isinstance(item, bool) else []


def _setting(path: str, value: object) -> Setting:
    # What JSON writes is YAML too, and nothing in it can be taken for anything else.
    return Setting(f"{path}={json.dumps(value, ensure_ascii=False)}", value)


def _text(span: object) -> str:
    return span if isinstance(span, str) else json.dumps(span, ensure_ascii=False)


@dataclass(frozen=True)
class _Scale:
    """Values in order, of which the one that is assumed is one."""

    now: float
    ends: tuple[float, float]
    made: Callable[[float], object]
    middle: Callable[[object], object] | None = None

    def to(self, path: str) -> tuple[tuple[Setting, ...], tuple[Callable[[float], Setting], ...]] | None:
        """Both ends that are other than the value, and what lies on the way to each."""
        value = self.made(self.now)
        ends = [end for end in self.ends if self.made(end) != value]
        if not ends:
            return None

        def way(end: float) -> Callable[[float], Setting]:
            return lambda t: _setting(path, self.made(self.now + t * (end - self.now)))

        return tuple(_setting(path, self.made(end)) for end in ends), tuple(way(end) for end in ends)


def _scale(value: object, span: object) -> _Scale | None:
    """The scale on which a value moves between two ends; ``None`` if there is none."""
    if isinstance(span, str):
        if (around := _AROUND.fullmatch(span.strip())) is not None:
            return _around(value, around[1])
        factor = _FACTOR.fullmatch(span.strip())
        if factor is None or not _can_be_scaled(value):
            return None
        low, high = (float(number.replace(",", ".")) for number in factor.groups())
        return _Scale(1.0, (low, high), lambda by: _times(value, by), _middle_of(value))
    if isinstance(span, Mapping) and isinstance(value, Mapping) and span.keys() == value.keys():
        return _together(value, span)
    if not isinstance(span, (list, tuple)) or len(span) != 2:
        return None
    if isinstance(value, Mapping):
        return _by_middle(value, span)
    for read, made in _KINDS:
        numbers = [read(one) for one in (value, *span)]
        known = [number for number in numbers if number is not None]
        if len(known) == len(numbers):
            whole = made is _number_made and all(isinstance(one, int) for one in (value, *span))
            now, low, high = known
            return _Scale(now, (low, high), _whole if whole else made)
    return None


def _around(value: object, by: str) -> _Scale | None:
    """A duration so much earlier or later; of one that varies, all of it."""
    step = _duration(by)
    numbers = list(value.values()) if isinstance(value, Mapping) and frozenset(value) in FORMS else [value]
    known = [_duration(number) for number in numbers]
    if step is None or None in known:
        return None

    def made(by: float) -> object:
        if not isinstance(value, Mapping):
            return _moved(value, by)
        return {key: _moved(number, by) for key, number in value.items()}

    return _Scale(0.0, (-step, step), made, _middle_of(value))


def _moved(value: object, by: float) -> object:
    return _duration_made(max(0.0, (_duration(value) or 0.0) + by))


def _together(value: Mapping[str, Any], span: Mapping[str, Any]) -> _Scale | None:
    """Each number of a distribution has a range: all at their low ends, all at their high ends."""
    scales = {key: _scale(value[key], span[key]) for key in value}
    known = {key: scale for key, scale in scales.items() if scale is not None}
    if len(known) < len(scales):
        return None

    def made(at: float) -> object:
        return {
            key: one.made(one.now + abs(at) * (one.ends[0 if at < 0 else 1] - one.now)) for key, one in known.items()
        }

    return _Scale(0.0, (-1.0, 1.0), made, _middle_of(value))


def _by_middle(value: Mapping[str, Any], span: Sequence[Any]) -> _Scale | None:
    """Two ends for the middle of a distribution; it keeps its shape."""
    middle = _middle_of(value)
    ends = [_duration(end) for end in span]
    now = None if middle is None else _duration(middle(value))
    if now is None or not now or None in ends:
        return None
    low, high = (end / now for end in ends if end is not None)
    return _Scale(1.0, (low, high), lambda by: _times(value, by), middle)


def _middle_of(value: object) -> Callable[[object], object] | None:
    if not isinstance(value, Mapping):
        return None
    key = next((key for key in ("median", "mode", "mean") if key in value), None)
    return None if key is None else (lambda one: one[key] if isinstance(one, Mapping) else one)


def _can_be_scaled(value: object) -> bool:
    if isinstance(value, Mapping):
        return frozenset(value) in FORMS and all(_can_be_scaled(one) for one in value.values())
    if isinstance(value, list):
        return all(_can_be_scaled(one) for one in value)
    return not isinstance(value, bool) and (isinstance(value, (int, float)) or _duration(value) is not None)


def _times(value: object, by: float) -> object:
    if isinstance(value, Mapping):
        return {key: _times(one, by) for key, one in value.items()}
    if isinstance(value, list):
        return [_times(one, by) for one in value]
    if isinstance(value, int):
        return round(value * by)
    if isinstance(value, float):
        return _number_made(value * by)
    return _duration_made((_duration(value) or 0) * by)


def _number(value: object) -> float | None:
    return None if isinstance(value, bool) or not isinstance(value, (int, float)) else float(value)


def _duration(value: object) -> float | None:
    try:
        return float(parse_duration(value))
    except ValueError:
        return None


def _clock(value: object) -> float | None:
    found = _CLOCK.fullmatch(value) if isinstance(value, str) else None
    return float(int(found[1]) * 60 + int(found[2])) if found else None


def _number_made(number: float) -> object:
    return float(f"{number:.4g}")


def _whole(number: float) -> object:
    return round(number)


def _duration_made(ms: float) -> object:
    """As it is written in a file, to the second (to the thousandth, if it is less than one)."""
    if 0 < ms < SECOND:
        return f"{round(ms) / SECOND:g} s"
    left = round(ms / SECOND) * SECOND
    if left >= 2 * DAY and left % DAY == 0:
        return f"{left // DAY} d"
    parts = []
    for unit, long in (("h", HOUR), ("min", MINUTE), ("s", SECOND)):
        number, left = divmod(left, long)
        if number:
            parts.append(f"{number} {unit}")
    return " ".join(parts) or "0 s"


def _clock_made(minutes: float) -> object:
    whole = round(minutes)
    return f"{whole // 60:02d}:{whole % 60:02d}"


_KINDS: Final[tuple[tuple[Callable[[object], float | None], Callable[[float], object]], ...]] = (
    (_number, _number_made),
    (_duration, _duration_made),
    (_clock, _clock_made),
)
