"""What all models share: frozen, nothing unknown let in, docstrings under fields kept as descriptions."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field
from pydantic_core import PydanticCustomError

from ovning.limits import LONGEST_TITLE, MOST_THINGS, SHORTEST_INTERVAL, SHORTEST_STEP
from ovning.units import parse_duration, say_duration


def _duration(value: object) -> int:
    try:
        return parse_duration(value)
    except ValueError as problem:
        raise PydanticCustomError("duration", "{problem}", {"problem": str(problem)}) from None


def _at_least(shortest: int) -> AfterValidator:
    def some(value: int) -> int:
        if value < shortest:
            words = {"shortest": say_duration(shortest)}
            raise PydanticCustomError("interval", "tiden mellan två gånger måste vara minst {shortest}", words)
        return value

    return AfterValidator(some)


DurationText = Annotated[str, Field(pattern=r"^\s*(\d+([.,]\d+)?\s*(s|min|h|d)\s*)+$")]
"""A duration as it is written in a file."""
Duration = Annotated[
    int,
    BeforeValidator(_duration, json_schema_input_type=DurationText),
    Field(description="En tid med enhet: ”15 min”, ”2 h”, ”3 d”, ”1 h 30 min”. Inside: milliseconds."),
]
Interval = Annotated[Duration, _at_least(SHORTEST_INTERVAL)]
"""A duration that comes again and again, and so cannot be next to nothing."""
Step = Annotated[Duration, _at_least(SHORTEST_STEP)]
"""A duration in which things are counted together."""
Share = Annotated[float, Field(ge=0, le=1, allow_inf_nan=False)]
Title = Annotated[str, Field(max_length=LONGEST_TITLE)]
"""What a thing is called in tables and figures, in Swedish."""
Several = Field(max_length=MOST_THINGS)
"""Many, but not without number."""
Id = Annotated[str, Field(pattern=r"^[a-zA-Z][a-zA-Z0-9_]*$", max_length=60)]


class Model(BaseModel):
    """A frozen model that forbids what it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True, validate_default=False)


class Sourced(Model):
    """A thing that owes the reader where it comes from: a source, or an assumption in words."""

    source: str | None = None
    """Document and section, in our own words; names an entry of the index of sources."""
    assumption: str | None = None
    """What is assumed here and why, when no source says it."""
