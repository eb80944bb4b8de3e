"""Checks that look at several values or several files at once; each is a named function that yields what it finds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from ovning.errors import Problem
from ovning.files.checks import (
    amounts,
    flows,
    held,
    lines,
    meeting,
    numbers,
    organisation,
    scenario,
    services,
    shifts,
    sources,
    staffing,
    stocks,
    texts,
    words,
)
from ovning.files.checks import course as courses
from ovning.files.checks import exercise as exercises
from ovning.files.parts import Part
from ovning.files.tree import Node
from ovning.model.assumptions import ModelAssumptions
from ovning.model.exercise import Exercise
from ovning.model.organisation import Organisation
from ovning.model.scenario import Scenario
from ovning.model.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class Parts:
    """What could be read of a setup; what could not is ``None``, and what needs it is not checked."""

    vocabulary: Part[Vocabulary] | None = None
    organisation: Part[Organisation] | None = None
    scenario: Part[Scenario] | None = None
    exercise: Part[Exercise] | None = None
    engine: Part[ModelAssumptions] | None = None
    raw: Mapping[str, Node] = field(default_factory=dict)
    """Trees before they were resolved, by kind."""
    elsewhere: Mapping[str, Node] = field(default_factory=dict)
    """Events and injects of other variations."""
    ordinary: bool = True
    """Whether this is the ordinary course: only then is said what no course has."""


def check_all(parts: Parts) -> Iterator[Problem]:
    """Everything that can be checked with the parts there are."""
    yield from _each_alone(parts)
    yield from _organisation(parts)
    yield from _course(parts)


def _each_alone(parts: Parts) -> Iterator[Problem]:
    raw = parts.raw
    if "organisation" in raw:
        yield from sources.items_of_organisation(raw["organisation"])
    if "scenario" in raw:
        yield from sources.course(raw["scenario"])
    if "exercise" in raw:
        yield from sources.limits(raw["exercise"])
    for tree in raw.values():
        yield from words.repeated(tree)
    if parts.vocabulary is not None:
        yield from words.vocabulary_itself(parts.vocabulary)
    if parts.engine is not None:
        for check in numbers.CHECKS:
            yield from check(parts.engine)


def _organisation(parts: Parts) -> Iterator[Problem]:
    part = parts.organisation
    if part is None:
        return
    for check in (*organisation.CHECKS, *amounts.OF_ORGANISATION, *staffing.CHECKS, *shifts.CHECKS, *lines.CHECKS):
        yield from check(part)
    if parts.vocabulary is not None:
        for with_words in (
            shifts.planners,
            lines.homes,
            words.capabilities,
            words.decisions,
            words.roles,
            words.ladder,
            words.lines,
            words.degrees,
        ):
            yield from with_words(part, parts.vocabulary)
    if parts.engine is not None:
        yield from organisation.calendars(part, parts.engine)
        yield from staffing.absent_members(part, parts.engine)
        yield from shifts.longer_than_anybody_works(part, parts.engine)


def _course(parts: Parts) -> Iterator[Problem]:
    """The scenario, what measures it, and who meets it."""
    exercise, vocabulary, who = parts.exercise, parts.vocabulary, parts.organisation
    if exercise is not None:
        yield from exercises.objectives(exercise)
        if vocabulary is not None:
            yield from exercises.words(exercise, vocabulary)
            yield from held.gathered(exercise, vocabulary)
        if who is not None:
            yield from meeting.measured(exercise, who)
    part = parts.scenario
    if part is None:
        return
    if exercise is not None:
        yield from held.stretches(exercise, part)
    endless = [problem for check in amounts.OF_SCENARIO for problem in check(part)]
    yield from endless
    if endless:
        return  # what is said of it all would be as endless
    course = courses.Course(part.model, parts.elsewhere)
    for check in (*scenario.CHECKS, *services.CHECKS, *flows.CHECKS, *stocks.CHECKS, *texts.CHECKS):
        yield from check(part)
    yield from scenario.follows(part, course)
    yield from courses.never_comes(part, course)
    for of_course in (*flows.OF_COURSE, *stocks.OF_COURSE):
        yield from of_course(part, course)
    for of_all in (courses.idle, courses.unlearnt):
        yield from of_all(part, course) if parts.ordinary else ()
    if vocabulary is not None:
        for with_words in (*scenario.WITH_WORDS, flows.words):
            yield from with_words(part, vocabulary)
        yield from scenario.states(part, vocabulary, course)
    if exercise is not None:
        for measure in (exercises.measured, exercises.wholes, exercises.limits, exercises.tested, held.given):
            yield from (p for p in measure(exercise, part, course) if parts.ordinary or p.severity == "error")
    if who is not None:
        yield from meeting.roles(part, who, course)
        yield from meeting.levels(part, who)
        if parts.engine is not None:
            yield from amounts.ordinary(who, part, parts.engine)
        if exercise is not None:
            yield from meeting.absent(exercise, part, who)
        if vocabulary is not None:
            yield from meeting.capabilities(part, who, vocabulary, course)
            yield from meeting.decisions(part, who, vocabulary, course)
