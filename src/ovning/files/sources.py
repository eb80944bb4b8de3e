"""The index of sources as read: the shared one with those beside the files, and what of a text is not in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from pydantic import BaseModel

from ovning.errors import Problem
from ovning.files.hints import meant
from ovning.files.shapes import is_open
from ovning.files.tree import Node, Path_, Place
from ovning.files.values import is_sourced
from ovning.model.assumptions import SourcedValue
from ovning.model.sources import Document, Reference, SourceIndex, references

FILE: Final = "sources.yaml"
"""What an index of sources is called, beside the files that use it."""
_ADD: Final = f"lägg annars till den i {FILE} bredvid filen"


@dataclass(frozen=True, slots=True)
class Index:
    """What sources there are, from the nearest file to the shipped one."""

    parts: tuple[SourceIndex, ...]
    """Nearest first: where two describe the same source, the nearer is right and the sections of both may be named."""
    whole: bool = True
    """Whether every file could be read; else nothing can be said of what is not there."""

    def document(self, name: str) -> Document | None:
        """The source of this name."""
        return next((part.sources[name] for part in self.parts if name in part.sources), None)

    @property
    def names(self) -> frozenset[str]:
        """All names."""
        return frozenset(name for part in self.parts for name in part.sources)

    def sections(self, name: str) -> frozenset[str]:
        """Sections of the source that may be named."""
        described = (part.sources[name] for part in self.parts if name in part.sources)
        return frozenset().union(*(document.nameable for document in described))

    def cited(self, known: Iterable[SourcedValue]) -> dict[str, Document]:
        """The sources that these values name, by name."""
        named = {reference.name for value in known for reference in references(value.source)}
        found = ((name, self.document(name)) for name in sorted(named))
        return {name: document for name, document in found if document is not None}


def unknown(tree: Node, index: Index, model: type[BaseModel] | None = None) -> Iterator[Problem]:
    """Each ``source:`` in the tree that names what the index does not have; ``model`` is what the tree is to be."""
    if index.whole:
        yield from _unknown(tree, index, model, ())


def _unknown(node: Node, index: Index, model: type[BaseModel] | None, path: Path_) -> Iterator[Problem]:
    named = node.mapping.get("source")
    if named is not None and named.text is not None and not (model is not None and is_open(model, path)):
        if named.text.strip():
            for reference in references(named.text):
                yield from _wrong(reference, named.place, index, whole=not path)
        elif not is_sourced(node):
            yield named.place.problem("källan är tom", 'skriv source: "Dokument / avsnitt", eller assumption: "…"')
    for key, below in node.mapping.items():
        if isinstance(below.content, (dict, tuple)):
            yield from _unknown(below, index, model, (*path, key))
    for at, item in enumerate(node.items):
        if isinstance(item.content, (dict, tuple)):
            yield from _unknown(item, index, model, (*path, at))


def _wrong(reference: Reference, place: Place, index: Index, *, whole: bool) -> Iterator[Problem]:
    """``whole``: what it is about is a file as a whole, which may come from a document as a whole."""
    name, section = reference
    if name not in index.names:
        near = meant(name, index.names)
        fix = f"{near} {_ADD.capitalize()}" if near.startswith("menade") else _ADD.replace("annars ", "")
        yield place.problem(f"källan ”{name}” finns inte i källförteckningen", fix)
        return
    sections = index.sections(name)
    if section is None and sections and not whole:
        yield place.problem(f"säg vilket avsnitt i ”{name}” uppgiften står i", _listed(sections))
    elif section is not None and not sections:
        fix = f"ta bort ”/ {section}”, eller ge källan sections: i {FILE} bredvid filen"
        yield place.problem(f"”{name}” har inga avsnitt i källförteckningen", fix)
    elif section is not None and section not in sections:
        longer = sorted(known for known in sections if known.startswith(section))
        near = f"menade du ”{longer[0]}”?" if longer else meant(section, sections)
        add = f"lägg annars till avsnittet under sections: i {FILE} bredvid filen"
        fix = f"{near} {add.capitalize()}" if near.startswith("menade") else _listed(sections)
        yield place.problem(f"”{section}” är inget avsnitt i ”{name}”", fix)


def _listed(sections: frozenset[str]) -> str:
    """The sections, or how one is written when they are many."""
    shown = sorted(sections)
    few = 12
    return f"avsnitten är: {'; '.join(shown[:few])}{' …' if len(shown) > few else ''}"
