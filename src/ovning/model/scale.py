"""What the steps of a judgement are called, where whoever holds the exercise has a scale of their own."""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias, get_args

from pydantic import AfterValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from ovning.model.base import Model, Sourced

OwnGrade: TypeAlias = Literal["met", "partly", "not_met", "not_assessable"]
"""Best first; what could not be seen says nothing, and is never folded into what was not met."""
OWN_GRADES: tuple[OwnGrade, ...] = get_args(OwnGrade)


def as_written(title: str) -> str:
    """How steps are compared."""
    return title.casefold().strip(" .")


def _plain(title: str) -> str:
    if not as_written(title) or set(title) & set(',;"\n'):
        raise PydanticCustomError("step", "ett steg heter ett eller några ord, utan komma, semikolon och citattecken")
    return title.strip()


class ScaleStep(Model):
    """One step."""

    title: Annotated[str, Field(max_length=40), AfterValidator(_plain)]
    """What it is called, in Swedish; also how evaluators write it."""
    meaning: str = ""
    """What it means, in a sentence; said in the program's own words if left out."""


class Scale(Sourced):
    """The four steps."""

    met: ScaleStep
    """The limit was kept."""
    partly: ScaleStep
    """The milder limit was kept, but not the first."""
    not_met: ScaleStep
    """Neither was."""
    not_assessable: ScaleStep
    """Nobody could see whether it was."""

    @model_validator(mode="after")
    def _distinct(self) -> Scale:
        titles = [as_written(self.step(grade).title) for grade in OWN_GRADES]
        if len(set(titles)) < len(titles):
            raise PydanticCustomError("scale", "två steg i skalan heter likadant")
        return self

    def step(self, grade: OwnGrade) -> ScaleStep:
        """The step of a grade."""
        return {"met": self.met, "partly": self.partly, "not_met": self.not_met}.get(grade, self.not_assessable)
