"""What designs are told apart by, as tables."""

from __future__ import annotations

from typing import Final

from ovning.report.assumptions import say_value
from ovning.report.catalogue import word, words
from ovning.report.comparison.found import Found
from ovning.report.differences import amount, say_difference, signed
from ovning.report.numbers import DURATION, MINUTES, NOTHING, percent, plain, quantile, share, whole
from ovning.report.place import Place
from ovning.report.said import Said, Text, number, said
from ovning.report.tables.table import Row, Table, columns
from ovning.report.wording import percent as say_percent

_MOST_PARTS: Final = 12


def headlines(found: Found, duel: int) -> Table:
    """Each headline in the baseline and in one of the others, the difference between them, and what that comes to."""
    rows = [
        (
            measure["title"].value,
            _seen(found, measure, 0),
            _seen(found, measure, duel + 1),
            say_difference(measure["contrasts"][duel], measure["on"].value, measure["unit"].value),
            verdict(measure, duel),
        )
        for measure in found.headlines
        if measure["contrasts"][duel]["differing"].value
    ]
    heads = (
        (word("versus.headlines.measure"), "left"),
        (found.label(0), "right"),
        (found.label(duel + 1), "right"),
        (word("versus.headlines.difference"), "left"),
        (word("versus.headlines.verdict"), "left"),
    )
    note = words(
        "versus.headlines.note",
        confidence=percent(found.document["confidence"]),
        measures=whole(found.document["verdicts"][duel]["measures"]),
        design=found.label(duel + 1),
    )
    return Table(word("versus.headlines.title"), heads, tuple(rows), note)


def criteria(found: Found, duel: int) -> Table | None:
    """Each criterion: how often it is met in both, and how its time or amount differs; ``None`` without criteria."""
    rows: list[Row] = []
    for met in found.measures("criterion_met"):
        size = found.measure_of(met["of"].value, met["criterion"].value)
        rows.append(
            (
                met["title"].value,
                percent(met["designs"][0]["share"]),
                percent(met["designs"][duel + 1]["share"]),
                _interval(met["contrasts"][duel], "plays"),
                verdict(met, duel),
                NOTHING if size is None else _interval(size["contrasts"][duel], size["unit"].value),
                NOTHING if size is None else verdict(size, duel),
            )
        )
    if not rows:
        return None
    heads = (
        (word("versus.criteria.criterion"), "left"),
        (found.label(0), "right"),
        (found.label(duel + 1), "right"),
        (word("versus.criteria.plays"), "left"),
        (word("versus.headlines.verdict"), "left"),
        (word("versus.criteria.size"), "left"),
        (word("versus.headlines.verdict"), "left"),
    )
    return Table(word("versus.criteria.title"), heads, tuple(rows), word("versus.criteria.note"))


def smallest(found: Found) -> Table:
    """What was taken to matter."""
    rows = [(one["title"].value, _smallest(one)) for one in found.document["measures"]]
    return Table(
        word("versus.smallest.title"),
        columns("versus.smallest", "lr", "measure", "amount"),
        tuple(rows),
        word("versus.smallest.note"),
    )


def wins(found: Found) -> Table:
    """In how large a share of the pairs each design was best."""
    rows: list[Row] = []
    for measure in found.headlines:
        won = measure["wins"]
        if won["alike"]["of"].value and won["alike"]["hits"].value < won["alike"]["of"].value:
            rows.append((measure["title"].value, *(share(one) for one in won["best"]), share(won["alike"])))
    heads = (
        (word("versus.headlines.measure"), "left"),
        *((label, "right") for label in found.labels),
        (word("versus.wins.alike"), "right"),
    )
    return Table(word("versus.wins.title"), heads, tuple(rows), word("versus.wins.note"))


def parts(found: Found, level: Place, duel: int) -> Table | None:
    """Where the difference in time to a level lies, largest first; what is small together."""
    contrast = level["contrasts"][duel]
    told = [one for one in contrast["parts"] if one["difference"].value]
    if not told:
        return None
    rows: list[Row] = [
        (
            one["title"].value,
            plain(one["before"], MINUTES),
            plain(one["after"], MINUTES),
            more_or_less(one["difference"]),
        )
        for one in told[:_MOST_PARTS]
    ]
    if rest := told[_MOST_PARTS:]:
        left = sum(one["difference"].value for one in rest)
        others = words("versus.parts.others", count=str(len(rest)))
        rows.append((others, "", "", said(_signed_text(left))))
    rows.append((word("versus.parts.whole"), "", "", more_or_less(contrast["whole"])))
    heads = (
        (word("versus.parts.part"), "left"),
        (found.label(0), "right"),
        (found.label(duel + 1), "right"),
        (word("versus.parts.difference"), "right"),
    )
    title = words("versus.parts.title", level=level["title"].value)
    return Table(title, heads, tuple(rows), word("versus.parts.note"))


def turning(found: Found) -> Table | None:
    """Assumptions that turn a verdict on the first two, and where; ``None`` if none were moved or none does."""
    swept = found.document["sweep"]
    if not swept:
        return None
    rows: list[Row] = []
    for one in swept["assumptions"]:
        for turn in one["turns"]:
            measure = swept["measures"][turn["measure"].value]
            rows.append(
                (
                    _guess(one),
                    one["said"].value,
                    where_it_turns(found, one, turn),
                    measure["title"].value,
                    words(
                        "versus.turning.answers" if turn["sure"] else "versus.turning.answers_unsure",
                        before=word(f"difference.{turn['before'].value}"),
                        after=word(f"difference.{turn['after'].value}"),
                    ),
                )
            )
    if not rows:
        return None
    return Table(
        word("versus.turning.title"),
        columns("versus.turning", "lrrll", "assumption", "assumed", "turns", "measure", "verdict"),
        tuple(rows),
        words("versus.turning.note", plays=whole(swept["plays"]), values=whole(swept["values"])),
    )


def _guess(assumption: Place) -> str:
    """What it is called, and the path by which ``--set`` knows it."""
    title, key = assumption["title"].value, assumption["key"].value
    return str(title) if title == key else f"{title} ({key})"


def where_it_turns(found: Found, assumption: Place, turn: Place) -> Text:
    """At which value an answer turns, between which two it was sought; or with which it has turned."""
    last, first = (said(text) if (text := place.value) is not None else "" for place in turn["said"])
    if not first:
        tried = assumption["values"].find(value=turn["value"].value)
        return tried["said"].value if tried is not None else str(turn["value"].value)
    return words("versus.turning.between", last=last, first=first)


def designs(found: Found) -> Table:
    """Which designs were compared, and how much is known of each."""
    rows = [
        (
            one["label"].value,
            one["title"].value,
            whole(one["population"]),
            percent(one["known_share"]),
            ", ".join(one["changed"].value) or NOTHING,
        )
        for one in found.document["designs"]
    ]
    return Table(
        word("versus.designs.title"),
        columns("versus.designs", "llrrl", "label", "full", "population", "known", "changed"),
        tuple(rows),
        word("versus.designs.note"),
    )


def differences(found: Found, duel: int) -> Table | None:
    """Everything in which a design differs from the baseline; ``None`` for one design under two names."""
    rows = [
        (one["path"].value, _value(found, one["before"].value), _value(found, one["after"].value))
        for one in found.document["differences"][duel]
    ]
    if not rows:
        return None
    heads = (
        (word("versus.differences.place"), "left"),
        (found.label(0), "left"),
        (found.label(duel + 1), "left"),
    )
    title = words("versus.differences.title", design=found.label(duel + 1), baseline=found.label(0))
    return Table(title, heads, tuple(rows), word("versus.differences.note"))


def verdict(measure: Place, duel: int) -> Text:
    """What a difference comes to."""
    return word(f"difference.{measure['contrasts'][duel]['verdict'].value}")


def more_or_less(place: Place) -> Said:
    """Minutes more or less: ``+12``, ``-3,4``."""
    return number(place, _signed_text(place.value), "minutes")


def _signed_text(ms: float) -> str:
    text = MINUTES.text(abs(ms))
    return text if text == MINUTES.text(0) else f"{'+' if ms > 0 else '−'}{text}"


def _interval(contrast: Place, unit: str) -> Said:
    """A difference and its interval with signs: ``+6 (−2 till +14)``."""
    mean, low, high = (contrast[name] for name in ("mean", "low", "high"))
    if mean.value is None or low.value is None or high.value is None:
        return NOTHING
    ends = words("versus.criteria.interval", low=signed(low, unit), high=signed(high, unit))
    return said(signed(mean, unit), " (", ends, ")")


def _seen(found: Found, measure: Place, design: int) -> Text:
    """What was measured in one design: a time or an amount in the middle, a share, or a mean."""
    seen = measure["designs"][design]
    if "share" in seen.value:
        return percent(seen["share"])
    if "mean" in seen.value:
        return plain(seen["mean"]["mean"], DURATION)
    if "times" in seen.value and measure["unit"].value == "duration":
        return quantile(seen["times"]["median"], found.document["horizon"])
    contrast = measure["contrasts"][max(design - 1, 0)]
    place = contrast["after" if design else "before"]
    return NOTHING if place.value is None else number(place, say_percent(place.value), "percent")


def _smallest(measure: Place) -> Said:
    return amount(measure["smallest"], measure["unit"].value)


def _value(found: Found, value: object) -> str:
    return say_value(value, found.format_words) if value is not None else word("versus.differences.missing")
