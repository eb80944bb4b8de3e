"""What happens in society, without anybody being told: services that fall, live on what they have, and come back."""

from __future__ import annotations

from ovning.log import records as r
from ovning.report.names import large, small
from ovning.report.teller import GRAVE, Teller
from ovning.report.wording import NBSP, percent
from ovning.units import say_duration


def event(teller: Teller, number: int, record: r.EventHappened) -> None:
    """Something happened, told to nobody."""
    known = next((event for event in teller.setup.scenario.events if event.id == record.event), None)
    if known is not None and not (known.sets or known.tells or known.moves or known.away):
        return  # a moment that something else waits for, where nothing happens
    seen = f": {small(teller.names.fact(known.tells))}" if known is not None and known.tells else ""
    text = f"i samhället, utan att någon larmas{seen}"
    teller.add(number, record.at, "world", text, about=record.event)


def service(teller: Teller, number: int, record: r.ServiceChanged) -> None:
    """A service has a new level; what a flow takes from it little by little is told with the flow."""
    before = teller.levels.get(record.service, 1.0)
    teller.levels[record.service] = record.level
    if record.caused_by in teller.setup.scenario.flows or number < teller.begins:
        return
    text = f"{small(teller.names.service(record.service))} {percent(before)} → {said_level(teller, record)}"
    text += _because(teller, record, risen=record.level > before)
    entry = teller.last(record.at, "world")
    if entry is None:
        case = teller.case_of(record.caused_by)
        teller.add(number, record.at, "world", f"i samhället: {text}", about=record.caused_by, case=case)
    else:
        entry.headline += f"{';' if ':' in entry.headline else ':'} {text}"
        entry.records.append(number)


def said_level(teller: Teller, record: r.ServiceChanged) -> str:
    """A level, and how many are without when it is people that the service concerns."""
    share = percent(record.level)
    scenario = teller.setup.scenario
    known = scenario.services.get(record.service)
    # What somebody must be taken care of for having is no thing to be without.
    things = record.service in {flow.arrives.having for flow in scenario.flows.values()}
    if known is None or not known.affects.total or record.level == 1 or things:
        return share
    without = round(known.affects.total * (1 - record.level))
    return f"{share} ({spaced(without)} {'hushåll' if known.affects.households else 'personer'} utan)"


def spaced(number: int) -> str:
    """A whole number as Swedish writes it: ``11 000``."""
    return f"{number:,}".replace(",", NBSP)


def _because(teller: Teller, record: r.ServiceChanged, *, risen: bool) -> str:
    need = record.caused_by
    scenario = teller.setup.scenario
    if need not in {*scenario.services, *scenario.stocks} or need == record.service:
        return ""
    name = small(teller.names.service(need))
    if risen:
        spec = teller.setup.scenario.services[record.service].depends_on.get(need)
        if spec is None or teller.levels.get(need, 1.0) >= spec.at_least:
            return f", {name} är tillbaka"
        helps = next((other for other in spec.instead if teller.levels.get(other, 1.0) >= spec.at_least), None)
        return f", tack vare {small(teller.names.service(helps))}" if helps else ""
    lasted = record.at - teller.lost.get((record.service, need), record.at)
    reserve = f" och reserven är slut efter {say_duration(lasted)}" if lasted > 0 else ""
    return f", för att {name} saknas{reserve}"


def need_lost(teller: Teller, number: int, record: r.NeedLost) -> None:
    """A service lives on what it has; one that has nothing falls at once and says so itself."""
    again = (record.service, record.need) in teller.lost
    teller.lost.setdefault((record.service, record.need), record.at)
    if record.fails_at <= record.at or number < teller.begins:
        return
    name, need = small(teller.names.service(record.service)), small(teller.names.service(record.need))
    if record.fails_at >= teller.log[-1].at:
        how_long = "hela spelet ut"
    else:
        left = say_duration(record.fails_at - record.at)
        how_long = f"till {teller.when(record.fails_at, record.at)} ({left})"
    begin = f"Utan {need} klarar sig {'nu ' if again else ''}"
    _list_on(teller, number, record.at, begin, f"{name} {how_long}")


def _list_on(teller: Teller, number: int, at: int, begin: str, what: str) -> None:
    """Say it on the line that has begun so, if the last one has; else on a line of its own."""
    entry = teller.last(at, "world")
    if entry is not None and entry.lines and entry.lines[-1].startswith(begin):
        entry.lines[-1] = f"{entry.lines[-1].rstrip('.')}, {what}."
        entry.records.append(number)
    else:
        _line(teller, number, at, f"{begin}{what}")


def need_restored(teller: Teller, number: int, record: r.NeedRestored) -> None:
    """A service has again what it needs."""
    teller.lost.pop((record.service, record.need), None)
    if teller.levels.get(record.service, 1.0) >= _own(teller, record.service):
        name, need = small(teller.names.service(record.service)), small(teller.names.service(record.need))
        begin = f"Behöver inte längre klara sig utan {need}: "
        _list_on(teller, number, record.at, begin, name)


def extended(teller: Teller, number: int, record: r.ServiceExtended) -> None:
    """Somebody's work lets a service do without for longer."""
    name, case = small(teller.names.service(record.service)), teller.case_of(record.task)
    text = f"{name} kan nu klara sig {say_duration(record.by)} längre: {teller.task(record.task)}{teller.tag(case)}"
    teller.add(number, record.at, "world", text, case=case, about=record.task)


def published(teller: Teller, number: int, record: r.FactPublished) -> None:
    """The public was told; what is told together is one entry."""
    case = teller.case_of(record.task)
    entry = teller.last(record.at, "knowledge", f"published/{record.task}")
    if entry is None:
        text = f"allmänheten får veta{teller.tag(case)}: {{what}}"
        entry = teller.add(number, record.at, "knowledge", text, case=case, about=f"published/{record.task}")
    else:
        entry.records.append(number)
    entry.matters = entry.matters or teller.names.severity_of(record.fact) >= GRAVE
    fact = small(teller.names.fact(record.fact))
    if fact not in entry.what:
        entry.what.append(fact)


def _line(teller: Teller, number: int, at: int, text: str) -> None:
    """A line under what happens in society at this moment."""
    entry = teller.last(at, "world")
    if entry is None:
        teller.add(number, at, "world", f"i samhället: {text}")
    else:
        entry.lines.append(f"{large(text)}.")
        entry.records.append(number)


def _own(teller: Teller, service: str) -> float:
    known = teller.setup.scenario.services.get(service)
    return known.level if known is not None else 1.0
