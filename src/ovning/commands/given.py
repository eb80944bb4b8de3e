"""What is given after options, in their own forms; each raises ``UsageError`` that says how it is written."""

from __future__ import annotations

from collections.abc import Sequence

from ovning.errors import UsageError


def changes_given(texts: Sequence[str] | None) -> tuple[str, ...]:
    """What stands after ``--set``, each a path and a value."""
    for text in texts or ():
        path, equals, value = text.partition("=")
        if not path.strip() or not equals or not value.strip():
            raise UsageError(f"--set skrivs VÄG=VÄRDE, till exempel functions.tib.on_call.count=2; här står ”{text}”.")
    return tuple(texts or ())


def marking_given(text: str) -> str:
    """What stands after ``--marking``."""
    from ovning.model.marking import read_marking

    try:
        return read_marking(text)
    except ValueError as problem:
        raise UsageError(f"--marking går inte att använda: {problem}.") from None


def whole_given(option: str, text: str, low: int, high: int) -> int:
    """A whole number after an option."""
    try:
        number = int(text)
    except ValueError:
        raise UsageError(f"{option} ska vara ett heltal; här står ”{text}”.") from None
    if not low <= number <= high:
        raise UsageError(f"{option} ska vara minst {low} och högst {high}; här står {number}.")
    return number
