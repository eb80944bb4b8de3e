"""How a result is marked for those who come across it, on every page and figure: ``Får inte spridas``."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from ovning.letters import IN_TEXT
from ovning.limits import LONGEST_MARKING


def read_marking(text: str) -> str:
    """The marking, without spaces around it. Raises ``ValueError``, in Swedish, when it is not one short line."""
    marking = text.strip()
    if not marking:
        raise ValueError("märkningen är tom")
    if len(marking) > LONGEST_MARKING:
        raise ValueError(f"märkningen är {len(marking)} tecken lång; den får ha högst {LONGEST_MARKING}")
    if IN_TEXT.search(marking) or "\n" in marking or "\t" in marking:
        raise ValueError("märkningen ska vara en enda rad, utan tecken som inte syns")
    return marking


def _read(text: str) -> str:
    try:
        return read_marking(text)
    except ValueError as problem:
        raise PydanticCustomError("marking", "{problem}", {"problem": str(problem)}) from None


Marking = Annotated[str, Field(max_length=LONGEST_MARKING), AfterValidator(_read)]
"""One short line."""
