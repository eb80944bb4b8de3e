"""Every problem of the given files and folders at once, with what they say of each other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel

from ovning.errors import InputError, Problem
from ovning.files.checks import Parts, words
from ovning.files.doubts import check_sound
from ovning.files.folders import Found, find_organisation, is_file_name, is_shipped, named_inside, spoken, tree_of
from ovning.files.parts import Part
from ovning.files.reading import Reader
from ovning.files.rest import rest_of
from ovning.files.setup import assemble, in_order
from ovning.files.source import failed
from ovning.files.sources import unknown
from ovning.files.tree import Node
from ovning.files.validate import validate
from ovning.files.values import Resolver
from ovning.limits import MOST_FILES, MOST_ORGANISATIONS, MOST_VARIATIONS
from ovning.model.assumptions import ModelAssumptions
from ovning.model.sources import SourceIndex
from ovning.model.vocabulary import Vocabulary

Kind = Literal["organisation", "exercise", "scenario", "vocabulary", "assumptions", "sources", "observed"]


def check_paths(paths: Sequence[str | Path]) -> tuple[Problem, ...]:
    """Every problem in the files, and in all YAML files of the folders: errors first, then warnings.

    An exercise is checked against every organisation it names and in every variation of its scenario; files that no
    exercise names are checked by themselves. Never raises for what stands in a file.
    """
    reader = Reader()
    problems: list[Problem] = []
    files = _Files()
    for found in _files(paths, problems):
        tree = reader.tree(found)
        if tree is None:
            continue
        kind = kind_of(tree, found.path)
        if kind is None:
            problems.append(
                tree.place.problem(
                    "det går inte att se vad detta är för slags fil",
                    "en fil börjar med organisation:, scenario: eller exercise:, eller är vocabulary.yaml, "
                    "assumptions.yaml eller sources.yaml",
                )
            )
        else:
            files.of(kind).append(found)
    problems += _exercises(files, reader)
    for found in files.of("scenario"):
        if found.identity not in files.covered:
            for variation in _variations(reader.tree(found)):
                problems += assemble(reader, None, None, scenario=found, variation=variation)[1]
    for found in files.of("organisation"):
        if found.identity not in files.covered:
            problems += assemble(reader, None, found)[1]
    for found in files.of("vocabulary"):
        problems += _vocabulary(reader.tree(found), reader.shared(found.path.parent))
    for found in files.of("assumptions"):
        problems += _assumptions(reader.tree(found), reader.shared(found.path.parent))
    for found in files.of("sources"):
        problems += _sources(reader.tree(found))
    for found in files.of("observed"):
        if (observed := reader.tree(found)) is not None:
            problems += unknown(observed, reader.sources(found.path.parent))
    return in_order((*reader.problems, *problems))


def kind_of(tree: Node, path: Path) -> Kind | None:
    """What kind of file a tree is, by its top keys; ``None`` when they do not say."""
    keys = set(tree.mapping)
    if "observed" in keys:  # times of a real event, which nothing plays: read by tools/validation.py
        return "observed"
    if "sources" in keys:
        return "sources"
    if "exercise" in keys:
        return "exercise"
    if "organisation" in keys or "based_on" in keys:
        return "organisation"
    if "scenario" in keys:
        return "exercise" if "objectives" in keys or "organisations" in keys else "scenario"
    if path.stem == "vocabulary" or len(keys & set(Vocabulary.model_fields)) >= 3:
        return "vocabulary"
    if path.stem == "assumptions" or keys & set(ModelAssumptions.model_fields):
        return "assumptions"
    if keys & {"people", "functions", "units"}:
        return "organisation"
    return "scenario" if keys & {"injects", "procedures"} else None


def has_own_organisation(paths: Sequence[str | Path]) -> bool:
    """Whether one of the files is an organisation that does not come with the program."""
    reader = Reader()
    own = ((found, reader.tree(found)) for found in _files(paths, []) if not is_shipped(found.path))
    return any(tree is not None and kind_of(tree, found.path) == "organisation" for found, tree in own)


@dataclass(slots=True)
class _Files:
    """What was found, by kind, and what an exercise has already had checked."""

    by_kind: dict[Kind, list[Found]] = field(default_factory=dict)
    covered: set[Path] = field(default_factory=set)

    def of(self, kind: Kind) -> list[Found]:
        return self.by_kind.setdefault(kind, [])


def _files(paths: Iterable[str | Path], problems: list[Problem]) -> list[Found]:
    found: dict[Path, Found] = {}
    for named in paths:
        try:
            path, top = Path(named), None
            if path.is_dir():
                top = tree_of(path)
                inside = sorted(islice((p for p in path.rglob("*") if p.suffix in (".yaml", ".yml")), MOST_FILES + 1))
                inside = [p for p in inside if not any(part.startswith(".") for part in p.relative_to(path).parts)]
                if not inside:
                    problems += failed(str(named), "mappen innehåller inga YAML-filer").problems
            else:
                inside = [path]
            for one in inside:
                spoken_ = spoken(one, top)
                found.setdefault(spoken_.identity, spoken_)
        except (OSError, ValueError):
            problems += failed(str(named), "sökvägen går inte att läsa").problems
    if len(found) > MOST_FILES:
        problems += failed(
            str(paths[0]) if isinstance(paths, Sequence) else "",
            f"fler än {MOST_FILES} filer",
            "granska en mapp i taget",
        ).problems
    return list(found.values())[:MOST_FILES]


def _exercises(files: _Files, reader: Reader) -> Iterator[Problem]:
    for found in files.of("exercise"):
        tree = reader.tree(found)
        if tree is None:
            continue
        wrong: list[Problem] = []
        organisations = list({one.identity: one for one in _organisations(tree, found, wrong)}.values())
        yield from wrong
        scenario = _scenario(tree, found)
        files.covered.update(o.identity for o in organisations)
        if scenario is not None:
            files.covered.add(scenario.identity)
        chosen: list[Found | None] = [*organisations] or [None]
        for variation in _variations(reader.tree(scenario) if scenario is not None else None):
            for organisation in chosen:
                yield from assemble(reader, found, organisation, variation=variation)[1]


def _organisations(tree: Node, exercise: Found, problems: list[Problem]) -> Iterator[Found]:
    listed = tree.mapping.get("organisations")
    for item in listed.items[:MOST_ORGANISATIONS] if listed is not None else ():
        named = item.text
        if named is None:
            continue
        try:
            if is_file_name(named):
                yield named_inside(named, exercise.path.parent, item.place)
            else:
                yield find_organisation(named, exercise.path.parent, place=item.place)
        except InputError as wrong:
            problems.extend(wrong.problems)


def _scenario(tree: Node, exercise: Found) -> Found | None:
    named = tree.mapping.get("scenario")
    try:
        return named_inside(named.text, exercise.path.parent, named.place) if named is not None and named.text else None
    except InputError:
        return None


def _variations(scenario: Node | None) -> list[str | None]:
    known = scenario.mapping.get("variations") if scenario is not None else None
    return [None, *islice(known.mapping if known is not None else (), MOST_VARIATIONS)]


def _vocabulary(tree: Node | None, shared: dict[str, Node]) -> Iterator[Problem]:
    if tree is None:
        return
    resolver = Resolver(shared)
    found = tuple(_alone(Vocabulary, resolver.resolve(tree, ("vocabulary",)), "vocabulary"))
    yield from (*resolver.problems, *found)


def _assumptions(tree: Node | None, shared: dict[str, Node]) -> Iterator[Problem]:
    if tree is None:
        return
    resolver = Resolver({**shared, **tree.mapping})
    numbers = resolver.engine()
    resolver.check_shared(tree.place.source.name)
    yield from resolver.problems
    if numbers is not None:
        yield from _alone(ModelAssumptions, numbers, "engine")


def _sources(tree: Node | None) -> Iterator[Problem]:
    if tree is not None:
        yield from validate(SourceIndex, tree)[1]
        for document in tree.mapping["sources"].mapping.values():
            yield from words.repeated(document)


def _alone(model: type[BaseModel], resolved: Node, kind: str) -> Iterator[Problem]:
    """What is wrong with one part of a setup, whatever the others are."""
    made, wrong = validate(model, resolved)
    yield from wrong
    sound: dict[str, Any] = {kind: Part(made, resolved)} if made is not None else {}
    rest = rest_of(model, resolved) if made is None else None
    yield from check_sound(replace(Parts(), **sound), {kind: rest} if rest is not None else {})
