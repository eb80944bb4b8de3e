"""Puts an exercise, its scenario, one organisation, the vocabulary and the assumptions together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby
from pathlib import Path
from typing import Any, Final, TypeVar

from pydantic import BaseModel

from ovning.errors import InputError, Problem
from ovning.files.checks import Parts
from ovning.files.doubts import check_sound
from ovning.files.folders import Found, find_exercise, find_organisation, find_upward, named_inside
from ovning.files.hints import meant
from ovning.files.parts import Part
from ovning.files.paths import PathError, found, parse_path, put, put_at
from ovning.files.reading import Reader
from ovning.files.rest import Rest, rest_of
from ovning.files.sources import unknown
from ovning.files.tree import Node, Path_, Place, Source, plain, written
from ovning.files.validate import validate
from ovning.files.values import SIZED, Resolver, is_assumed, is_sourced, shared_value
from ovning.files.variations import left_out, varied
from ovning.files.yaml12 import parse_typed
from ovning.limits import LARGEST_POPULATION, MOST_PROBLEMS, SMALLEST_POPULATION
from ovning.model.assumptions import Assumption, ModelAssumptions
from ovning.model.exercise import Exercise
from ovning.model.organisation import Organisation
from ovning.model.scenario import Scenario
from ovning.model.setup import Setup
from ovning.model.vocabulary import Vocabulary

M = TypeVar("M", bound=BaseModel)
ANY_START: Final = "any"
"""For ``start``: each play starts at an hour of its own."""
AT_POPULATION: Final = "--at-population"
_MODELS: Final[dict[str, type[BaseModel]]] = {
    "organisation": Organisation,
    "scenario": Scenario,
    "exercise": Exercise,
}


def load_setup(
    exercise: str | Path,
    organisation: str | Path,
    *,
    sets: Sequence[str] = (),
    variation: str | None = None,
    start: str | None = None,
    at_population: int | None = None,
    reader: Reader | None = None,
) -> tuple[Setup, tuple[Problem, ...]]:
    """Everything that a play needs, and the warnings worth knowing of.

    ``exercise`` is a folder, an ``exercise.yaml`` or the name of a shipped exercise; ``organisation`` a file or an id.
    ``sets`` are ``PATH=VALUE``; ``start`` is local Swedish time, ``2026-01-22T03:50``, or ``any``.
    ``at_population``: numbers that follow how many live in the municipality are counted for so many inhabitants.
    ``reader`` is for whoever loads the same files again and again: it remembers what it has read.
    Raises ``InputError`` with every problem found when any of them is an error.
    """
    if at_population is not None and not SMALLEST_POPULATION <= at_population <= LARGEST_POPULATION:
        fix = f"ange minst {SMALLEST_POPULATION} och högst {LARGEST_POPULATION}"
        raise InputError((_asked(at_population).problem(f"{at_population} invånare går inte att räkna om till", fix),))
    reader = Reader() if reader is None else reader
    where = find_exercise(exercise)
    who = find_organisation(organisation, where.path.parent)
    setup, problems = assemble(
        reader, where, who, sets=sets, variation=variation, start=start, at_population=at_population
    )
    ordered = in_order(problems)
    if setup is None and at_population is not None:
        _refuse_size(
            at_population, ordered, assemble(Reader(), where, who, sets=sets, variation=variation, start=start)
        )
    if setup is None or any(p.severity == "error" for p in ordered):
        raise InputError(ordered)
    return setup, ordered


def in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Each problem once, with the first mend proposed for it: errors first, then by file and place; not endlessly."""
    once: dict[tuple[bool, str, int, int, str], Problem] = {}
    for p in problems:
        once.setdefault((p.severity != "error", p.file, p.line, p.column, p.message), p)
    return tuple(_not_endless(once[key] for key in sorted(once)))


def _not_endless(ordered: Iterable[Problem]) -> Iterable[Problem]:
    """The first problems of each kind in each file, and that there are more."""
    for (severity, file), alike in groupby(ordered, key=lambda p: (p.severity, p.file)):
        several = list(alike)
        yield from several[:MOST_PROBLEMS]
        if len(several) > MOST_PROBLEMS:
            what = "fel" if severity == "error" else "varningar"
            message = f"det finns fler {what} i filen än de {MOST_PROBLEMS} som visas"
            yield Problem(severity, file, 0, 0, message, "rätta dem först")


@dataclass(slots=True)
class _Trees:
    """The trees of a setup, while they are being changed."""

    by_kind: dict[str, Node]
    shared: dict[str, Node]
    elsewhere: dict[str, Node] = field(default_factory=dict)
    """Events and injects of other courses."""
    problems: list[Problem] = field(default_factory=list)
    unfolded: set[str] = field(default_factory=set)
    """Shared assumptions of which only a part was set."""
    typed: list[Assumption] = field(default_factory=list)


def assemble(
    reader: Reader,
    exercise: Found | None,
    organisation: Found | None,
    *,
    scenario: Found | None = None,
    sets: Sequence[str] = (),
    variation: str | None = None,
    start: str | None = None,
    at_population: int | None = None,
) -> tuple[Setup | None, tuple[Problem, ...]]:
    """As ``load_setup``, with errors among the problems: ``None`` when they leave no setup.

    Whatever is ``None`` is left out, and what can be checked without it is checked; ``scenario`` is for one that no
    exercise names.
    """
    before = len(reader.problems)
    hashes, reader.hashes = reader.hashes, {}
    folders = [found.path.parent for found in (exercise, scenario, organisation) if found is not None]
    vocabulary_tree = reader.vocabulary(folders[0])
    shared = reader.shared(*folders)
    trees = _Trees({}, shared)
    typed = list(_typed(sets, trees.problems))
    if exercise is not None and (exercise_tree := reader.tree(exercise)) is not None:
        trees.by_kind["exercise"] = exercise_tree
        _apply(trees, [t for t in typed if t.kind == "exercise"])
        scenario = _scenario_file(trees.by_kind["exercise"], exercise, trees.problems)
    if scenario is not None and (scenario_tree := reader.tree(scenario)) is not None:
        course = varied(scenario_tree, variation, shared, trees.problems)
        trees.by_kind["scenario"] = course
        trees.elsewhere = left_out(scenario_tree, course)
    if organisation is not None and (organisation_tree := reader.organisation(organisation)) is not None:
        trees.by_kind["organisation"] = organisation_tree
    raw = {**trees.by_kind, **({"vocabulary": vocabulary_tree} if vocabulary_tree is not None else {})}
    _apply(trees, [t for t in typed if t.kind != "exercise"])
    if start not in (None, ANY_START) and "scenario" in trees.by_kind:
        typed_start = Place(Source("--start", (start or "",), typed=True), 1, 1)
        trees.by_kind["scenario"] = trees.by_kind["scenario"].with_entry("start", Node(typed_start, start))
    files = reader.hashes
    reader.hashes = {**hashes, **files}
    index = reader.sources(*folders)
    for kind, tree in trees.by_kind.items():
        trees.problems.extend(unknown(tree, index, _MODELS[kind]))
    for entry in trees.shared.values():
        trees.problems.extend(unknown(entry, index))

    resolver = Resolver(trees.shared, at_population)
    for name in trees.unfolded:
        resolver.use(name, "--set")
    parts = _Parts(resolver, trees.problems)
    vocabulary = parts.make(Vocabulary, vocabulary_tree, "vocabulary")
    organisation_ = parts.make(Organisation, trees.by_kind.get("organisation"), "organisation")
    scenario_ = parts.make(Scenario, trees.by_kind.get("scenario"), "scenario")
    exercise_ = parts.make(Exercise, trees.by_kind.get("exercise"), "exercise")
    engine = parts.made(ModelAssumptions, resolver.engine(), "engine")
    resolver.check_shared(nearest.name if (nearest := find_upward("assumptions.yaml", folders[0])) else None)
    idle = {entry.place.source.name for entry in shared.values()} - resolver.used_files()
    for typed_entry in trees.typed:
        resolver.assume(typed_entry)
    trees.problems.extend(resolver.problems)
    trees.problems.extend(_without_size(at_population, resolver.sized, trees.by_kind))
    whole = Parts(vocabulary, organisation_, scenario_, exercise_, engine, raw, trees.elsewhere, variation is None)
    trees.problems.extend(check_sound(whole, parts.rests))
    problems = (*reader.problems[before:], *trees.problems)
    if (
        vocabulary is None
        or organisation_ is None
        or scenario_ is None
        or exercise_ is None
        or engine is None
        or any(p.severity == "error" for p in problems)
    ):
        return None, problems
    setup = Setup(
        vocabulary=vocabulary.model,
        organisation=organisation_.model,
        scenario=_as_here(scenario_.model, organisation_.model),
        exercise=exercise_.model,
        assumptions=engine.model,
        ledger=resolver.ledger(),
        known=(known := tuple(sorted(resolver.known, key=lambda k: (k.path, k.source)))),
        sources=index.cited(known),
        variation=variation,
        at_population=at_population,
        start_sampled=start == ANY_START,
        files={name: digest for name, digest in sorted(files.items()) if name not in idle},
    )
    return setup, problems


def _as_here(scenario: Scenario, organisation: Organisation) -> Scenario:
    """The scenario with what it lets the organisation say of its services."""
    has = organisation.has
    said = {name: has[name] for name, service in scenario.services.items() if service.as_here and name in has}
    if not said:
        return scenario
    services = {
        name: service.model_copy(update={"level": said[name]}) if name in said else service
        for name, service in scenario.services.items()
    }
    return scenario.model_copy(update={"services": services})


def _asked(population: int) -> Place:
    return Place(Source(AT_POPULATION, (str(population),), typed=True), 1, 1)


def _refuse_size(population: int, found: Iterable[Problem], as_written: tuple[Setup | None, object]) -> None:
    """If all is well at the size that the files are written for, it is the size that cannot be."""
    if as_written[0] is not None:
        first = next(problem for problem in found if problem.severity == "error")
        message = f"övningen går inte att spela som om kommunen hade {population} invånare: {first.message}"
        raise InputError(
            (_asked(population).problem(message, "ange ett antal närmare det som filerna är skrivna för"),)
        )


def _without_size(population: int | None, sized: set[str], trees: dict[str, Node]) -> Iterable[Problem]:
    """That nothing of a file follows the size that is asked for."""
    if population is None:
        return
    for kind, what in (("organisation", "organisationen"), ("scenario", "scenariot")):
        if kind in trees and not any(path.startswith(f"{kind}.") for path in sized):
            message = f"inget tal i {what} säger att det följer folkmängden: allt spelas som det står"
            yield trees[kind].place.warning(message, f"skriv till exempel {{value: 40, {SIZED}: 90000}}")


@dataclass(slots=True)
class _Parts:
    """Resolves and validates trees."""

    resolver: Resolver
    problems: list[Problem]
    rests: dict[str, Rest[Any]] = field(default_factory=dict)
    """What is sound of those that are no models."""

    def make(self, model: type[M], tree: Node | None, kind: str) -> Part[M] | None:
        return self.made(model, self.resolver.resolve(tree, (kind,)) if tree is not None else None, kind)

    def made(self, model: type[M], resolved: Node | None, kind: str) -> Part[M] | None:
        if resolved is None:
            return None
        made, wrong = validate(model, resolved)
        self.problems.extend(wrong)
        if made is not None:
            return Part(made, resolved)
        if (rest := rest_of(model, resolved)) is not None:
            self.rests[kind] = rest
        return None


def _scenario_file(tree: Node, exercise: Found, problems: list[Problem]) -> Found | None:
    named = tree.mapping.get("scenario")
    if named is None or named.text is None:
        return None
    if not named.text:
        problems.append(named.place.problem("övningen säger inte vilket scenario den gäller", "skriv filens namn"))
        return None
    try:
        return named_inside(named.text, exercise.path.parent, named.place)
    except InputError as wrong:
        problems.extend(wrong.problems)
        return None


@dataclass(frozen=True, slots=True)
class _Typed:
    """One ``--set``."""

    kind: str
    path: Path_
    value: Node
    place: Place


def _typed(sets: Sequence[str], problems: list[Problem]) -> Iterable[_Typed]:
    for text in sets:
        place = Place(Source("--set", (text,), typed=True), 1, 1)
        path, equals, value = text.partition("=")
        if not equals or not path.strip():
            problems.append(place.problem("--set skrivs SÖKVÄG=VÄRDE", "till exempel functions.tib.on_call.count=2"))
            continue
        try:
            node = parse_typed(value, "--set", f"{path}=")
            steps = parse_path(path)
        except InputError as wrong:
            problems.extend(wrong.problems)
            continue
        except PathError as lost:
            problems.append(place.problem(lost.message, lost.fix))
            continue
        kind = str(steps[0])
        if kind not in (*_MODELS, "assumptions"):
            yield _Typed("organisation", steps, node, place)
        elif len(steps) == 1:
            problems.append(place.problem(f"”{path}” är en hel fil; ange ett värde i den"))
        else:
            yield _Typed(kind, steps[1:], node, place)


def _apply(trees: _Trees, typed: Iterable[_Typed]) -> None:
    for one in typed:
        if one.kind == "assumptions":
            _set_shared(trees, one)
            continue
        root = trees.by_kind.get(one.kind)
        if root is None:
            continue
        old = found(root, one.path, trees.shared, trees.unfolded)
        wrong = len(trees.problems)
        trees.by_kind[one.kind] = put_at(
            root, written(one.path), one.value, trees.shared, _MODELS[one.kind], one.place, trees.problems
        )
        if len(trees.problems) == wrong and not is_assumed(one.value) and not is_sourced(one.value):
            span = _span(old, trees.shared)
            trees.typed.append(
                Assumption(
                    path=written((one.kind, *one.path)),
                    name=None,
                    value=plain(one.value),
                    range=plain(span) if span is not None else None,
                    reason="satt för denna gång med --set",
                    file="--set",
                )
            )


def _span(old: Node | None, shared: dict[str, Node]) -> Node | None:
    """The range of what stood there before, if it was an assumption."""
    if old is None or not is_assumed(old):
        return None
    name = old.mapping["assume"].text
    entry = old if "range" in old.mapping or name not in shared else shared[name or ""]
    return entry.mapping.get("range")


def _set_shared(trees: _Trees, one: _Typed) -> None:
    name = str(one.path[0])
    entry = trees.shared.get(name)
    if entry is None or not isinstance(entry.content, dict):
        trees.problems.append(one.place.problem(f"”{name}” finns inte bland antagandena", meant(name, trees.shared)))
        return
    value = one.value
    if len(one.path) > 1:
        model: Any = ModelAssumptions.model_fields[name].annotation if name in ModelAssumptions.model_fields else dict
        try:
            value = put(shared_value(entry), one.path[1:], one.value, trees.shared, model)
        except PathError as lost:
            trees.problems.append(one.place.problem(lost.message, lost.fix))
            return
    kept = {k: v for k, v in entry.mapping.items() if k in ("title", "range", "reason", SIZED)}
    trees.shared[name] = replace(
        entry, content={"value": value, **kept}, keys={"value": one.place, **{k: entry.keys[k] for k in kept}}
    )
