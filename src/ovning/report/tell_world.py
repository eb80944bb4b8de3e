"""What somebody outside says and what becomes known, in sentences."""

from __future__ import annotations

from ovning.log import records as r
from ovning.report.names import large, small
from ovning.report.teller import GRAVE, Teller
from ovning.units import MINUTE
from ovning.words import phrase, word
from ovning.words.common import chained

_LATE = 10 * MINUTE
"""An inject that was taken in so much later says when."""


def inject(teller: Teller, number: int, record: r.InjectSent) -> None:
    """Somebody outside says something."""
    to = chained([teller.station(station) for station in record.to]) or word("course.inject.to_nobody")
    channel = small(teller.names.channel(record.by))
    title = teller.names.inject(record.inject)
    title = title if title[-1:] in "?!" else f"{title}."
    sender = record.sender
    text = phrase("course.inject.sent", case=record.case, title=title, sender=sender, to=to, channel=channel)
    entry = teller.add(number, record.at, "inject", text, case=record.case)
    entry.quote = record.text
    received = teller.received.get(record.case)
    late = received is not None and received.at - record.at >= _LATE
    which = "in_short_unanswered" if received is None else "in_short_late" if late else "in_short"
    entry.in_short = phrase(
        f"course.inject.{which}",
        case=record.case,
        title=title,
        sender=sender,
        to=to,
        received="" if received is None else teller.when(received.at, record.at),
    )


def withheld(teller: Teller, number: int, record: r.InjectWithheld) -> None:
    """An inject did not come."""
    title = teller.names.inject(record.inject)
    text = phrase(f"course.inject.withheld.{record.reason}", inject=record.inject, title=title)
    teller.add(number, record.at, "world", text, about=record.inject)


def learned(teller: Teller, number: int, record: r.FactLearned) -> None:
    """Somebody came to know something; what is learnt together is told together."""
    knowers = teller.knowers.setdefault(record.fact, set())
    first = not knowers
    knowers.add(record.knower)
    who, fact = teller.station(record.knower), small(teller.names.fact(record.fact))
    about = "meeting" if record.how == "meeting" else f"{record.knower}/{record.how}/{record.source}/{first}"
    entry = teller.last(record.at, "knowledge", about)
    if entry is None:
        case = record.source if record.source in teller.opened else teller.case_of(record.source)
        entry = teller.add(number, record.at, "knowledge", _learning(teller, record, first), case=case, about=about)
        entry.first = first
    else:
        entry.records.append(number)
    grave = teller.names.severity_of(record.fact) >= GRAVE
    # What an inject says has just been told with it.
    entry.matters = entry.matters or (first and grave and record.how != "inject")
    if who not in entry.who:
        entry.who.append(who)
    if fact not in entry.what:
        entry.what.append(fact)


def _learning(teller: Teller, record: r.FactLearned, first: bool) -> str:
    # A staff's own member takes it in for all of them, and hands nothing over to those who sit beside.
    within = record.how == "hand_over" and record.source.startswith(f"{record.knower}.")
    # Who and what are filled in when all of them have been told.
    return phrase(
        f"course.knowledge.{'inject' if within else record.how}",
        who="{who}",
        source=record.source if record.how == "inject" else teller.station(record.source),
        first=word("course.knowledge.first") if first else "",
        what="{what}",
    )


def severity_known(teller: Teller, number: int, record: r.SeverityKnown) -> None:
    """The gravest that somebody knows of changed."""
    before = teller.severity.get(record.knower, 0)
    teller.severity[record.knower] = record.severity
    turn = "understands" if record.severity > before else "judges"
    text = phrase(
        f"course.knowledge.{turn}{'_pattern' if record.by_pattern else ''}",
        who=large(teller.station(record.knower)),
        title=small(teller.names.severity(record.severity)),
        severity=str(record.severity),
    )
    entry = teller.last(record.at, "knowledge")
    if entry is None or teller.station(record.knower) not in entry.who:
        teller.add(number, record.at, "knowledge", text)
    else:
        entry.lines.append(text)
        entry.records.append(number)
