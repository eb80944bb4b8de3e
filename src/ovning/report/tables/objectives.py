"""How large a share of the plays meets each criterion, and what a limit is worth."""

from __future__ import annotations

from typing import Final

from ovning.model.exercise import Criterion
from ovning.report.catalogue import counted, word, words
from ovning.report.findings import Findings
from ovning.report.numbers import NUMBER, PERCENT, duration, percent, plain, share, whole
from ovning.report.place import Place
from ovning.report.said import Said, Text, listed
from ovning.report.tables.table import Row, Table, columns

HARD: Final = 0.15
"""A limit that is met in a smaller share of the plays is spoken of."""
EASY: Final = 0.995
"""A limit that is met in so large a share tests nothing here."""
FEW: Final = 30
"""Of fewer plays it is said that they only give a hint: a share is then known to within some 20 points at best."""


def objectives(found: Findings) -> Table:
    """How large a share of the plays meets each criterion."""
    rows: list[Row] = [
        (
            objective.id,
            _counted_from(found.names.criterion(criterion), criterion),
            _limits(criterion, place),
            _share(place, found.results["plays"]),
            percent(place["target_share"]),
            word(f"verdict.{place['verdict'].value}"),
        )
        for objective, criterion, place in found.criteria
    ]
    return Table(
        word("objectives.title"),
        columns("objectives.column", "llrrrl", "objective", "criterion", "limit", "share", "target", "verdict"),
        tuple(rows),
        word("objectives.note"),
    )


def _counted_from(title: str, criterion: Criterion) -> Text:
    """A criterion, and what its time is counted from if that is an inject."""
    if criterion.inject is None or not criterion.is_time:
        return title
    return words("objectives.since", criterion=title, inject=criterion.inject)


def _limits(criterion: Criterion, place: Place) -> Said:
    """The limit, and the milder one if there is one."""
    met = within(criterion, place["limit_met"])
    if place["limit_partly"].value is None:
        return met
    return words("objectives.partly", limit=met, partly=limit(criterion, place["limit_partly"]))


def _share(place: Place, plays: Place) -> Said:
    """The share, and of how many plays where it was not tested in all."""
    if place["tested"].value in (0, plays.value):
        return share(place["met"])
    return words("objectives.of_tested", share=share(place["met"]), tested=whole(place["tested"]))


def limits(found: Findings) -> tuple[Said, ...]:
    """Words on limits that hardly any play meets, and on those that nearly all do."""
    tested = [(o.id, found.names.criterion(c), c, place) for o, c, place in found.criteria if place["tested"]]
    # Only what the plays are enough to say: the verdict is known, not only the share of these few plays.
    hard = [one for one in tested if _is(one[3], "not_reached") and one[3]["met"]["share"].value < HARD]
    easy = [
        one
        for one in tested
        if _is(one[3], "reached") and one[3]["met"]["share"].value >= EASY and one[3]["tested"].value >= FEW
    ]
    said = [
        words(
            "objectives.hard",
            objective=objective,
            criterion=title,
            limit=within(criterion, place["limit_met"]),
            share=percent(place["met"]),
        )
        for objective, title, criterion, place in hard
    ]
    if hard:
        said.append(counted("objectives.hard_note", len(hard)))
    if easy:
        named = listed(words("objectives.named", objective=one[0], criterion=one[1]) for one in easy)
        said.append(words("objectives.easy", criteria=named))
    return tuple(said)


def _is(place: Place, verdict: str) -> bool:
    return bool(place["verdict"].value == verdict)


def within(criterion: Criterion, place: Place) -> Said:
    """A limit with its word: ``inom 30 min``, ``minst 90 %``, ``högst 3``."""
    key = "time" if criterion.is_time else "less" if criterion.wants_less else "more"
    return words(f"limit.{key}", limit=limit(criterion, place))


def limit(criterion: Criterion, place: Place) -> Text:
    """A limit of a criterion, or what it came to: ``30 min``, ``90 %``, ``3``."""
    match criterion.unit:
        case "share":
            return plain(place, PERCENT)
        case "count":
            return plain(place, NUMBER)
        case "duration":
            return duration(place)
