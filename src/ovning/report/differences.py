"""Differences between plays with the same luck, as they are said: by how much, which way, and how sure that is."""

from __future__ import annotations

from ovning.report import wording
from ovning.report.catalogue import word, words
from ovning.report.place import Place
from ovning.report.said import Kind, Number, Said, number, said
from ovning.units import say_duration

_ALONE = ("same", "not_tested")
"""Verdicts that say all there is to say."""


def say_difference(difference: Place, on: str, unit: str) -> Said:
    """A difference with its interval: ``12 min tidigare (8–16 min)``; where it may be either, that alone.

    ``difference``: with ``verdict``, ``mean``, ``low`` and ``high``; ``on`` and ``unit`` as in ``Watched``.
    """
    verdict, mean = difference["verdict"].value, difference["mean"]
    if verdict in _ALONE or mean.value is None:
        return said(word(f"difference.{verdict}"))
    low, high = difference["low"], difference["high"]
    if low.value is None or high.value is None:
        return words("difference.too_few", difference=_side(mean, on, unit))
    if low.value == high.value == 0:
        return said(word("difference.same"))
    if low.value <= 0 <= high.value:
        return words("difference.between", low=_side(low, on, unit), high=_side(high, on, unit))
    near, far = sorted((low, high), key=lambda end: abs(end.value))
    return said(_side(mean, on, unit), " (", _without_unit(amount(near, unit), amount(far, unit)), "–",
                amount(far, unit), ")")  # fmt: skip


def amount(value: Place, unit: str) -> Said:
    """How large a difference is, whichever way."""
    text, kind = _size(value, unit)
    if kind == "points":
        named = word(f"difference.points.{'one' if text == '1' else 'other'}")
        text = f"{text}{wording.NBSP}{named}"
    return number(value, text, kind)


def signed(value: Place, unit: str) -> Said:
    """The same with a sign before it, and shares without their unit: ``+6``, ``−12 min``."""
    text, kind = _size(value, unit)
    is_nothing = not any(digit in text for digit in "123456789")
    return number(value, text if is_nothing else f"{'+' if value.value > 0 else '−'}{text}", kind)


def _size(value: Place, unit: str) -> tuple[str, Kind]:
    size = abs(value.value)
    match unit:
        case "duration":
            return say_duration(size), "duration"
        case "count":
            return f"{size:.1f}".replace(".", ","), "number"
        case _:
            return f"{100 * size:.0f}", "points"


def _side(value: Place, on: str, unit: str) -> Said:
    """How large, and which way."""
    if value.value == 0:
        return amount(value, unit)
    kind = on
    if unit == "count":
        kind = "count"
    elif on == "criterion_value" and unit == "duration":
        kind = "criterion_duration"
    return words(f"difference.{'less' if value.value < 0 else 'more'}.{kind}", amount=amount(value, unit))


def _without_unit(near: Said, far: Said) -> Said:
    """The nearer end without its unit, where the farther end has the same: ``5–12 min``, ``1–3 procentenheter``."""
    (first,), (second,) = near.pieces, far.pieces
    assert isinstance(first, Number)
    start, space, unit = first.text.replace(wording.NBSP, " ").rpartition(" ")
    other = str(second).replace(wording.NBSP, " ")
    if (
        space
        and start.replace(",", "").isdigit()
        and other.rpartition(" ")[2].startswith(unit)
        and "h" not in other.split()
    ):
        return Said((Number(start, first.at, first.value, first.kind),))
    return near
