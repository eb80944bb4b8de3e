"""What somebody outside says and what becomes known, in sentences."""

from __future__ import annotations

from ovning.log import records as r
from ovning.report.names import large, small
from ovning.report.teller import GRAVE, Teller
from ovning.units import MINUTE

_LATE = 10 * MINUTE
"""An inject that was taken in so much later says when."""
_WITHHELD = {
    "unless": "läget är redan ett annat",
    "chance": "slumpen ville det",
    "nobody": "det finns ingen i organisationen att säga det till",
}


def inject(teller: Teller, number: int, record: r.InjectSent) -> None:
    """Somebody outside says something."""
    to = " och ".join(teller.station(station) for station in record.to) or "ingen som finns"
    channel = small(teller.names.channel(record.by))
    title = teller.names.inject(record.inject)
    text = f"{record.case} {title}{'' if title[-1:] in '?!' else '.'} {record.sender} söker {to} ({channel})"
    entry = teller.add(number, record.at, "inject", text, case=record.case)
    entry.quote = record.text
    received = teller.received.get(record.case)
    tail = ""
    if received is None:
        tail = "; ingen tar emot det"
    elif received.at - record.at >= _LATE:
        tail = f"; tas emot {teller.when(received.at, record.at)}"
    entry.in_short = text.rpartition(" (")[0] + tail


def withheld(teller: Teller, number: int, record: r.InjectWithheld) -> None:
    """An inject did not come."""
    text = f"{record.inject} ”{teller.names.inject(record.inject)}” kommer inte: {_WITHHELD[record.reason]}"
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
    source = teller.station(record.source)
    match record.how:
        case "inject":
            how = f"får veta genom {record.source}"
        case "established":
            how = "har själv tagit reda på"
        case "hand_over":
            how = f"får veta av {source}, som lämnar över"
        case "report":
            how = f"får rapport från {source}"
        case "seen":
            how = "ser själv"
        case "gathered":
            how = "får veta av dem som samlats"
        case "meeting":
            how = "får veta på stabsmötet"
        case "asked":
            how = f"frågar {source} och får veta"
    return f"{{who}} {how}{' – först av alla' if first else ''}: {{what}}"


def severity_known(teller: Teller, number: int, record: r.SeverityKnown) -> None:
    """The gravest that somebody knows of changed."""
    before = teller.severity.get(record.knower, 0)
    teller.severity[record.knower] = record.severity
    word = small(teller.names.severity(record.severity))
    turn = "förstår" if record.severity > before else "bedömer nu"
    pattern = ", för att flera saker hänger ihop" if record.by_pattern else ""
    text = f"{large(teller.station(record.knower))} {turn} hur allvarligt det är: {word} ({record.severity}){pattern}"
    entry = teller.last(record.at, "knowledge")
    if entry is None or teller.station(record.knower) not in entry.who:
        teller.add(number, record.at, "knowledge", text)
    else:
        entry.lines.append(text)
        entry.records.append(number)
