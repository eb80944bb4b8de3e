"""The answer of a comparison in a few sentences."""

from __future__ import annotations

from typing import Final

from ovning.report.catalogue import counted, word, words
from ovning.report.comparison.found import Found
from ovning.report.comparison.tables import more_or_less, where_it_turns
from ovning.report.differences import say_difference
from ovning.report.names import small
from ovning.report.numbers import duration, percent, whole
from ovning.report.place import Place
from ovning.report.said import Said, Text, listed, number, said
from ovning.report.sweep.titles import within_quotes
from ovning.units import say_duration

_CLEAREST: Final = 2
"""Measures that are named of each side."""
_LARGEST: Final = 2
"""Parts of a difference that are named."""


def answer(found: Found) -> tuple[Said, ...]:
    """What was compared; for each design what was found and where it lies; how well it is known."""
    every: list[Said] = [_played(found)]
    for duel in range(len(found.labels) - 1):
        if not found.document["differences"][duel]:
            every.append(words("versus.say.same_design", design=found.label(duel + 1), baseline=found.label(0)))
            continue
        for level in found.document["levels"]:
            every.append(_level(found, level, duel))
        every.append(_others(found, duel))
        every += _where(found, duel)
    every.append(_hangs(found))
    every.append(_enough(found))
    every.append(_known(found))
    return tuple(filter(None, every))


def message(found: Found, duel: int) -> Said:
    """What the figure of differences says, as a sentence without its full stop."""
    found_verdicts = [one["contrasts"][duel]["verdict"].value for one in found.headlines]
    better, worse = (found_verdicts.count(verdict) for verdict in ("better", "worse"))
    told = {"design": found.label(duel + 1), "baseline": found.label(0)}
    if not better and not worse:
        return words("versus.message.nothing", **told)
    counts = {"better": str(better), "worse": str(worse), "measures": str(len(found_verdicts))}
    return words("versus.message.counts", **counts, **told)


def _played(found: Found) -> Said:
    return words(
        "versus.say.played",
        exercise=found.setup.exercise.title,
        plays=whole(found.document["plays"]),
        designs=said(listed(found.labels[:-1]), word("brief.and"), found.labels[-1]),
    )


def _level(found: Found, level: Place, duel: int) -> Said:
    measure = found.document["measures"].find(on="level_time", of=level["level"].value)
    assert measure is not None
    contrast = measure["contrasts"][duel]
    told: dict[str, Text] = {
        "level": level["title"].value,
        "design": found.label(duel + 1),
        "baseline": found.label(0),
        "difference": say_difference(contrast, "level_time", "duration"),
        "smallest": number(measure["smallest"], say_duration(measure["smallest"].value), "duration"),
    }
    sentence = words(f"versus.say.level.{contrast['verdict'].value}", **told)
    reached = [level["reached"][design] for design in (0, duel + 1)]
    if all(one["hits"].value == one["of"].value for one in reached):
        return sentence
    shares = {"first": percent(reached[1]), "second": percent(reached[0])}
    horizon = duration(found.document["horizon"])
    names = {"design": found.label(duel + 1), "baseline": found.label(0)}
    return said(sentence, " ", words("versus.say.reached", horizon=horizon, **names, **shares))


def _others(found: Found, duel: int) -> Said:
    """Of everything else: how much is better, worse, alike and not to be told apart, and what is clearest."""
    others = [one for one in found.document["measures"] if one["on"].value != "level_time"]
    counts = dict.fromkeys(("better", "worse", "equivalent", "undecided"), 0)
    for one in others:
        verdict = one["contrasts"][duel]["verdict"].value
        if verdict in counts:
            counts[verdict] += 1
    told = {name: str(count) for name, count in counts.items()}
    sentence = words("versus.say.others", measures=str(sum(counts.values())), design=found.label(duel + 1), **told)
    clear = [said(_named(one), " (", _by(one, duel), ")") for one in _clearest(others, duel)]
    return said(sentence, " ", words("versus.say.clearest", measures=listed(clear, "; "))) if clear else sentence


def _clearest(measures: list[Place], duel: int) -> list[Place]:
    """Headlines before others; those that differ most, measured in what matters."""
    found: list[Place] = []
    for verdict in ("better", "worse"):
        such = [one for one in measures if one["contrasts"][duel]["verdict"].value == verdict]
        such.sort(key=lambda one: (not one["headline"].value, -abs(_in_what_matters(one, duel))))
        found += such[:_CLEAREST]
    return found


def _in_what_matters(measure: Place, duel: int) -> float:
    return float(measure["contrasts"][duel]["mean"].value / measure["smallest"].value)


def _named(measure: Place) -> Text:
    title = measure["title"].value
    if measure["on"].value == "criterion_met":
        return words("versus.say.share_of_plays", title=title)
    # What belongs to an objective begins with its id.
    return title if measure["on"].value.startswith("criteri") else small(title)


def _by(measure: Place, duel: int) -> Said:
    contrast = measure["contrasts"][duel]
    told = say_difference(contrast, measure["on"].value, measure["unit"].value)
    return said(word(f"difference.{contrast['verdict'].value}"), ", ", told)


def _where(found: Found, duel: int) -> list[Said]:
    """Where the difference in time lies, of levels whose times do differ."""
    every: list[Said] = []
    for level in found.document["levels"]:
        measure = found.document["measures"].find(on="level_time", of=level["level"].value)
        assert measure is not None
        largest = [one for one in level["contrasts"][duel]["parts"] if one["difference"].value][:_LARGEST]
        if not largest or measure["contrasts"][duel]["verdict"].value not in ("better", "worse"):
            continue
        named = [said(small(one["title"].value), " (", more_or_less(one["difference"]), " min)") for one in largest]
        every.append(
            words("versus.say.where", level=small(level["title"].value), parts=listed(named, word("brief.and")))
        )
    return every


def _enough(found: Found) -> Said:
    document = found.document
    told: dict[str, Text] = {
        "plays": whole(document["plays"]),
        "looked": whole(document["looked"]),
        "looks": str(len(document["looks"])),
    }
    if document["stopped"].value == "known_well":
        return words("versus.say.known_well", **told)
    lacking = sum(
        one["measures"].value - one["known_well"].value - one["not_tested"].value for one in document["verdicts"]
    )
    return counted("versus.say.cap", lacking, lacking=str(lacking), **told)


def _hangs(found: Found) -> Said:
    """Which guess the answer on the first two hangs on: the main one, or else any."""
    swept = found.document["sweep"]
    if not swept:
        return words("versus.say.not_swept")
    number = swept["main"].value
    what = small(swept["measures"][number]["title"].value)
    tried: dict[str, Text] = {"values": whole(swept["values"]), "what": what}
    turning = [
        (one, turn)
        for sure in (True, False)
        for one in swept["assumptions"]
        for turn in one["turns"]
        if turn["measure"].value == number and turn["sure"].value is sure
    ]
    if not turning:
        elsewhere = [one["title"].value for one in swept["assumptions"] if one["turns"]]
        alone = words("versus.say.hangs_on_nothing", **tried)
        if not elsewhere:
            return alone
        told: dict[str, Text] = {
            "others": str(len(elsewhere)),
            "named": listed([f"”{within_quotes(title)}”" for title in elsewhere[:_CLEAREST]], word("brief.and")),
        }
        if len(elsewhere) > _CLEAREST:
            return said(alone, " ", words("versus.say.hangs_elsewhere_more", **told))
        return said(alone, " ", counted("versus.say.hangs_elsewhere", len(elsewhere), **told))
    named = [
        words(
            "versus.say.guess" if turn["sure"] else "versus.say.guess_unsure",
            assumption=within_quotes(one["title"].value),
            assumed=one["said"].value,
            turns=where_it_turns(found, one, turn),
            after=word(f"difference.{turn['after'].value}"),
        )
        for one, turn in turning[:_CLEAREST]
    ]
    guesses = listed(named, "; ")
    if len(turning) == 1:
        return words("versus.say.hangs_on_one", guesses=guesses, **tried)
    return words("versus.say.hangs_on_several", guesses=guesses, count=str(len(turning)), **tried)


def _known(found: Found) -> Said:
    shares = listed(
        (said(one["label"].value, " ", percent(one["known_share"])) for one in found.document["designs"]),
        word("brief.and"),
    )
    return words("versus.say.known", shares=shares)
