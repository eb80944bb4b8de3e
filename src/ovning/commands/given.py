"""What is given after options, in their own forms; each raises ``UsageError`` that says how it is written."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from ovning.errors import UsageError


def changes_given(texts: Sequence[str] | None) -> tuple[str, ...]:
    """What stands after ``--set``, each a path and a value."""
    for text in texts or ():
        path, equals, value = text.partition("=")
        if not path.strip() or not equals or not value.strip():
            raise UsageError(f"--set skrivs VÄG=VÄRDE, till exempel functions.tib.on_call.count=2; här står ”{text}”.")
    return tuple(texts or ())


def marking_given(text: str | None) -> str | None:
    """What stands after ``--marking``, if anything does."""
    if text is None:
        return None
    from ovning.model.marking import read_marking

    try:
        return read_marking(text)
    except ValueError as problem:
        raise UsageError(f"--marking går inte att använda: {problem}.") from None


def seed_given(text: str) -> int:
    """What stands after ``--seed``."""
    return whole_given("--seed", text, 0, 2**63 - 1)


def jobs_given(text: str | None) -> int | None:
    """What stands after ``--jobs``, if anything does."""
    return None if text is None else whole_given("--jobs", text, 1, 256)


def whole_given(option: str, text: str, low: int, high: int) -> int:
    """A whole number after an option."""
    try:
        number = int(text)
    except ValueError:
        raise UsageError(f"{option} ska vara ett heltal; här står ”{text}”.") from None
    if not low <= number <= high:
        raise UsageError(f"{option} ska vara minst {low} och högst {high}; här står {number}.")
    return number


def what_ifs_given(texts: Sequence[str] | None) -> tuple[tuple[str, ...], ...]:
    """What stands after ``--what-if``, each one or more changes with semicolons between them."""
    found = []
    for text in texts or ():
        changes = tuple(part.strip() for part in text.split(";") if part.strip())
        if not changes or any("=" not in change for change in changes):
            raise UsageError(
                "--what-if skrivs som --set, med semikolon mellan flera ändringar: "
                f"functions.tib.on_call.count=2; här står ”{text}”."
            )
        found.append(changes_given(changes))
    return tuple(found)


def smallest_given(texts: Sequence[str] | None) -> dict[Literal["duration", "share"], float]:
    """What stands after ``--smallest-difference``: a time for all times, per cent for all shares."""
    from ovning.units import parse_duration

    found: dict[Literal["duration", "share"], float] = {}
    for text in texts or ():
        unit: Literal["duration", "share"] = "share" if text.strip().endswith("%") else "duration"
        try:
            value = float(text.strip(" %").replace(",", ".")) / 100 if unit == "share" else float(parse_duration(text))
        except ValueError:
            value = 0.0
        if not value > 0 or (unit == "share" and value > 1):
            raise UsageError(f"--smallest-difference är en tid eller en andel: ”15 min”, ”5 %”; här står ”{text}”.")
        if unit in found:
            raise UsageError("--smallest-difference kan ges en gång för tider och en gång för andelar.")
        found[unit] = value
    return found
