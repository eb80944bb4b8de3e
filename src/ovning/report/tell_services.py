"""What happens in society, without anybody being told: services that fall, live on what they have, and come back."""

from __future__ import annotations

from ovning.log import records as r
from ovning.report.names import large, small
from ovning.report.teller import GRAVE, Managing, Teller
from ovning.report.wording import NBSP, percent
from ovning.units import say_duration
from ovning.words import phrase, word


def event(teller: Teller, number: int, record: r.EventHappened) -> None:
    """Something happened, told to nobody."""
    known = next((event for event in teller.setup.scenario.events if event.id == record.event), None)
    if known is not None and not (known.sets or known.tells or known.moves or known.away):
        return  # a moment that something else waits for, where nothing happens
    text = word("course.world.event")
    if known is not None and known.tells:
        text = phrase("course.world.event_fact", fact=small(teller.names.fact(known.tells)))
    teller.add(number, record.at, "world", text, about=record.event)


def service(teller: Teller, number: int, record: r.ServiceChanged) -> None:
    """A service has a new level; what a flow takes from it little by little is told with the flow."""
    before = teller.levels.get(record.service, 1.0)
    teller.levels[record.service] = record.level
    if record.caused_by in teller.setup.scenario.flows or number < teller.begins:
        return
    text = _changed(teller, record, before)
    entry = teller.last(record.at, "world")
    if entry is None:
        case = teller.case_of(record.caused_by)
        text = phrase("course.world.society", what=text)
        teller.add(number, record.at, "world", text, about=record.caused_by, case=case)
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
    whom = teller.names.whom(record.service)
    return phrase("course.world.without", share=share, count=spaced(without), whom=whom)


def spaced(number: int) -> str:
    """A whole number as Swedish writes it: ``11 000``."""
    return f"{number:,}".replace(",", NBSP)


def _changed(teller: Teller, record: r.ServiceChanged, before: float) -> str:
    """From which level to which, and why if another service is why."""
    why, need = _because(teller, record, risen=record.level > before)
    return phrase(
        f"course.world.change.{why}",
        service=small(teller.names.service(record.service)),
        before=percent(before),
        after=said_level(teller, record),
        need=small(teller.names.service(need)),
        lasted=say_duration(record.at - teller.lost.get((record.service, need), record.at)),
    )


def _because(teller: Teller, record: r.ServiceChanged, *, risen: bool) -> tuple[str, str]:
    """Why, and the other service; ``plain`` if there is none to tell of."""
    need = record.caused_by
    scenario = teller.setup.scenario
    if need not in {*scenario.services, *scenario.stocks} or need == record.service:
        return "plain", need
    if risen:
        spec = teller.setup.scenario.services[record.service].depends_on.get(need)
        if spec is None or teller.levels.get(need, 1.0) >= spec.at_least:
            return "back", need
        helps = next((other for other in spec.instead if teller.levels.get(other, 1.0) >= spec.at_least), None)
        return ("instead", helps) if helps else ("plain", need)
    return "reserve" if record.at > teller.lost.get((record.service, need), record.at) else "lacks", need


def need_lost(teller: Teller, number: int, record: r.NeedLost) -> None:
    """A service lives on what it has; one that has nothing falls at once and says so itself."""
    again = (record.service, record.need) in teller.lost
    teller.lost.setdefault((record.service, record.need), record.at)
    if record.fails_at <= record.at or number < teller.begins:
        return
    name = small(teller.names.service(record.service))
    what = phrase("course.world.manage_rest", service=name)
    if record.fails_at < teller.log[-1].at:
        left, clock = say_duration(record.fails_at - record.at), teller.when(record.fails_at, record.at)
        what = phrase("course.world.manage_until", service=name, clock=clock, left=left)
    _list_on(teller, number, record.at, "again" if again else "first", record.need, what)


def _list_on(teller: Teller, number: int, at: int, key: str, need: str, what: str) -> None:
    """Say it on the last line, if that tells the same of others; else on a line of its own."""
    entry, told = teller.last(at, "world"), teller.managing
    if entry is not None and told is not None and told.entry is entry and told.need == need and _joins(key, told.key):
        told.services.append(what)
        entry.lines[-1] = f"{_managing(teller, told.key, need, told.services)}."
        entry.records.append(number)
    elif entry is None:
        text = phrase("course.world.society", what=_managing(teller, key, need, [what]))
        teller.add(number, at, "world", text)
    else:
        entry.lines.append(f"{large(_managing(teller, key, need, [what]))}.")
        entry.records.append(number)
        teller.managing = Managing(entry, key, need, [what])


def _joins(key: str, other: str) -> bool:
    """Whether it may stand on a line of the other kind: one more that manages, where others do so again."""
    return key == other or (key, other) == ("first", "again")


def _managing(teller: Teller, key: str, need: str, services: list[str]) -> str:
    return phrase(f"course.managing.{key}", need=small(teller.names.service(need)), services=", ".join(services))


def need_restored(teller: Teller, number: int, record: r.NeedRestored) -> None:
    """A service has again what it needs."""
    teller.lost.pop((record.service, record.need), None)
    if teller.levels.get(record.service, 1.0) >= _own(teller, record.service):
        _list_on(teller, number, record.at, "restored", record.need, small(teller.names.service(record.service)))


def extended(teller: Teller, number: int, record: r.ServiceExtended) -> None:
    """Somebody's work lets a service do without for longer."""
    case = teller.case_of(record.task)
    text = phrase(
        "course.world.extended",
        service=small(teller.names.service(record.service)),
        lasted=say_duration(record.by),
        task=teller.task(record.task),
        tag=teller.tag(case),
    )
    teller.add(number, record.at, "world", text, case=case, about=record.task)


def published(teller: Teller, number: int, record: r.FactPublished) -> None:
    """The public was told; what is told together is one entry."""
    case = teller.case_of(record.task)
    entry = teller.last(record.at, "knowledge", f"published/{record.task}")
    if entry is None:
        text = phrase("course.knowledge.public", tag=teller.tag(case), what="{what}")
        entry = teller.add(number, record.at, "knowledge", text, case=case, about=f"published/{record.task}")
    else:
        entry.records.append(number)
    entry.matters = entry.matters or teller.names.severity_of(record.fact) >= GRAVE
    fact = small(teller.names.fact(record.fact))
    if fact not in entry.what:
        entry.what.append(fact)


def _own(teller: Teller, service: str) -> float:
    known = teller.setup.scenario.services.get(service)
    return known.level if known is not None else 1.0
