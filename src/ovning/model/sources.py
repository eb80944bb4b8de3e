"""The index of sources: what documents, laws and pages there are, and which of their sections may be named."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal, NamedTuple

from pydantic import Field

from ovning.model.base import Model, Several, Title

SourceName = Annotated[str, Field(pattern=r"^[^\s/;]([^/;]*[^\s/;])?$", max_length=120)]
"""What a source is called in files: neither ``/`` nor ``;``, which part it from a section and from the next."""
Section = Annotated[str, Field(pattern=r"^[^\s;]([^;]*[^\s;])?$", max_length=200)]
"""A heading, or several in each other: ``Örebro / Krisberedskap``."""
_STEP = " / "
_NEXT = ";"


class Document(Model):
    """A document, a law, a page or something else that a fact may be taken from."""

    title: Title
    """Its title, as a reader would look for it."""
    kind: Literal["document", "law", "page", "press", "statistics", "interview", "event"]
    """What kind of source it is; ``event`` is one's own notes of something that happened, or of an exercise."""
    publisher: Annotated[str, Field(max_length=200)]
    """Who stands behind it."""
    date: Annotated[str, Field(pattern=r"^\d{4}(-\d{2}(-\d{2})?)?$")] | None = None
    """When it was published, as far as known: ``"2017"``, ``"2017-10"`` or ``"2017-10-31"``."""
    read: Literal["whole", "part", "quoted"] = "whole"
    """How much of it was read: all, an excerpt, or only what somebody else says that it says."""
    sections: Annotated[tuple[Section, ...], Several] = ()
    """Headings that may be named; one that has any is named with one of them."""
    note: str | None = None
    """What else a reader should know of it."""

    @property
    def nameable(self) -> frozenset[str]:
        """Its sections, and those that they lie in."""
        found: set[str] = set()
        for section in self.sections:
            steps = section.split(_STEP)
            found.update(_STEP.join(steps[:depth]) for depth in range(1, len(steps) + 1))
        return frozenset(found)


class SourceIndex(Model):
    """Every source that a file may name."""

    sources: Annotated[dict[SourceName, Document], Several]
    """By the name that files use."""


class Reference(NamedTuple):
    """One source that a ``source:`` names."""

    name: str
    """Of the source."""
    section: str | None
    """In it, with those that it lies in; ``None`` for the whole."""


def references(text: str) -> Iterator[Reference]:
    """What a ``source:`` names: ``Name / section / section``, several with ``;`` between them."""
    for one in text.split(_NEXT):
        name, _, section = " ".join(one.split()).partition(_STEP)
        yield Reference(name.strip(" /"), section.strip(" /") or None)
