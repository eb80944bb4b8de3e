"""Words that a file uses but the vocabulary, or the file itself, does not have."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from itertools import islice

from ovning.errors import Problem
from ovning.files.hints import meant
from ovning.files.parts import Part
from ovning.files.tree import Node, written
from ovning.limits import MOST_PROBLEMS
from ovning.model.organisation import Organisation
from ovning.model.scenario import Scenario
from ovning.model.vocabulary import Vocabulary

Path = tuple[str | int, ...]
Use = tuple[str, Path]
"""A word and where it stands."""


def unknown(
    part: Part[Organisation] | Part[Scenario] | Part[Vocabulary],
    uses: Iterable[Use],
    known: Collection[str],
    what: str,
    *,
    key: bool = False,
) -> Iterator[Problem]:
    """An error for each use of a word that is not known; ``what`` is what it should have been (”en roll”)."""
    for word, path in uses:
        if word not in known:
            yield part.error(f"”{word}” är inte {what}", meant(word, known), at=path, key=key)


def listed(words: Iterable[str], *path: str | int) -> list[Use]:
    """The words of a list, each with its own place."""
    return [(word, (*path, at)) for at, word in enumerate(words)]


def capabilities(organisation: Part[Organisation], vocabulary: Part[Vocabulary]) -> Iterator[Problem]:
    """What functions do, and what their deputies do not take over."""
    words = vocabulary.model
    for name, function in organisation.model.functions.items():
        at = ("functions", name)
        yield from unknown(
            organisation, listed(function.does, *at, "does"), words.capabilities, "en förmåga i ordlistan"
        )
        for n, deputy in enumerate(function.deputies):
            uses = listed(deputy.without, *at, "deputies", n, "without")
            known = {*words.capabilities, *words.decisions}
            yield from unknown(organisation, uses, known, "en förmåga eller ett beslut i ordlistan")


def decisions(organisation: Part[Organisation], vocabulary: Part[Vocabulary]) -> Iterator[Problem]:
    """What functions, bodies, seats and joint holders decide."""
    model = organisation.model
    uses: list[Use] = [
        u for f in model.functions for u in listed(model.functions[f].decides, "functions", f, "decides")
    ]
    uses += [(d, ("functions", f, "budget", d)) for f in model.functions for d in model.functions[f].budget]
    uses += [u for b in model.bodies for u in listed(model.bodies[b].decides, "bodies", b, "decides")]
    uses += [
        u for lv in model.levels for seat in lv.grants for u in listed(lv.grants[seat], "levels", lv.id, "grants", seat)
    ]
    yield from unknown(organisation, uses, vocabulary.model.decisions, "ett beslut i ordlistan")
    joint = [(name, ("joint", name)) for name in model.joint]
    yield from unknown(organisation, joint, vocabulary.model.decisions, "ett beslut i ordlistan", key=True)


def roles(organisation: Part[Organisation], vocabulary: Part[Vocabulary]) -> Iterator[Problem]:
    """Roles of functions."""
    uses = [(f.role, ("functions", name, "role")) for name, f in organisation.model.functions.items()]
    yield from unknown(organisation, uses, vocabulary.model.roles, "en roll i ordlistan")


def ladder(organisation: Part[Organisation], vocabulary: Part[Vocabulary]) -> Iterator[Problem]:
    """Levels, their seats and the standing work that they make."""
    words = vocabulary.model
    for level in organisation.model.levels:
        at = ("levels", level.id)
        yield from unknown(organisation, [(level.id, (*at, "id"))], words.levels, "ett läge i ordlistan")
        yield from unknown(
            organisation, listed(level.follow_up, *at, "follow_up"), words.follow_up, "ett löpande arbete i ordlistan"
        )
        for key, named in (("staffs", level.staffs), ("grants", level.grants)):
            seats: list[Use] = [(seat, (*at, key, seat)) for seat in named]
            yield from unknown(organisation, seats, words.seats, "en plats i ordlistan", key=True)
        including = listed(level.active_when.including, *at, "active_when", "including")
        yield from unknown(organisation, including, words.seats, "en plats i ordlistan")
    seats = [(seat, ("staff", seat)) for seat in organisation.model.staff]
    yield from unknown(organisation, seats, words.seats, "en plats i ordlistan", key=True)


def lines(organisation: Part[Organisation], vocabulary: Part[Vocabulary]) -> Iterator[Problem]:
    """Kinds of first call, channels, the services they need, and parties to agreements."""
    model, words = organisation.model, vocabulary.model
    kinds = [(kind, ("first_call", kind)) for kind in model.first_call]
    known = {"default", "else", *words.kinds}
    yield from unknown(organisation, kinds, known, "ett slag av händelse i ordlistan (eller default, else)", key=True)
    channels = [(c.id, ("channels", c.id, "id")) for c in model.channels]
    yield from unknown(organisation, channels, words.channels, "en sambandsväg i ordlistan")
    services: list[Use] = [(s, ("channels", c.id, "depends_on", s)) for c in model.channels for s in c.depends_on]
    services += [(s, ("has", s)) for s in model.has]
    yield from unknown(organisation, services, words.services, "en tjänst i ordlistan", key=True)
    parties = [u for n, a in enumerate(model.agreements) for u in listed(a.between, "agreements", n, "between")]
    yield from unknown(
        organisation, parties, {*model.units, *words.actors}, "en enhet i organisationen eller en aktör i ordlistan"
    )


def degrees(organisation: Part[Organisation], vocabulary: Part[Vocabulary]) -> Iterator[Problem]:
    """Severities at which levels are recommended or end, and from which functions are told."""
    scale = {degree.severity for degree in vocabulary.model.severities}
    uses: list[tuple[int, Path]] = []
    for level in organisation.model.levels:
        if level.recommended_when:
            at = ("levels", level.id, "recommended_when", "known_severity")
            uses.append((level.recommended_when.known_severity, at))
    for name, function in organisation.model.functions.items():
        for n, told in enumerate(function.informs):
            uses.append((told.from_severity, ("functions", name, "informs", n, "from_severity")))
    for severity, path in uses:
        if severity not in scale:
            yield organisation.error(
                f"svårighetsgraden {severity} finns inte i ordlistans skala",
                f"skalan är {', '.join(map(str, sorted(scale)))}",
                at=path,
            )


def vocabulary_itself(vocabulary: Part[Vocabulary]) -> Iterator[Problem]:
    """Seats and standing work name capabilities; the severity scale has each number once."""
    words = vocabulary.model
    uses: list[Use] = [u for seat, word in words.seats.items() for u in listed(word.does, "seats", seat, "does")]
    uses += [(word.needs, ("follow_up", name, "needs")) for name, word in words.follow_up.items()]
    yield from unknown(vocabulary, uses, words.capabilities, "en förmåga i ordlistan")
    seen: set[int] = set()
    for n, degree in enumerate(words.severities):
        if degree.severity in seen:
            message = f"svårighetsgraden {degree.severity} finns två gånger i skalan"
            yield vocabulary.error(message, at=("severities", n, "severity"))
        seen.add(degree.severity)
    if 0 not in seen:
        yield vocabulary.error(
            "skalan saknar grad 0: inget utöver det vanliga", "lägg till en grad 0", at=("severities",), key=True
        )


_REPEATABLE = frozenset({"samples", "range"})


def repeated(tree: Node) -> Iterator[Problem]:
    """A word that stands twice in one list of words."""
    for path, node in tree.walk():
        if not node.items or (path and path[-1] in _REPEATABLE) or "changes" in path:
            continue
        seen: set[str] = set()
        twice: dict[str, Node] = {}
        for item in node.items:
            if item.text is not None and item.text in seen:
                twice.setdefault(item.text, item)
            seen.add(item.text or "")
        for word, item in islice(twice.items(), MOST_PROBLEMS):
            yield item.place.warning(f"”{word}” står två gånger i {written(path) or 'listan'}", "ta bort den ena")
