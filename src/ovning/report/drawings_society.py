"""Figures of services, queues and the way to each criterion: what each shows, its message and its words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from ovning.figures.backlog import Queue, backlog
from ovning.figures.bars import Bar
from ovning.figures.hours import Series
from ovning.figures.objectives import Aim, Group, objectives
from ovning.figures.services import Supply, services
from ovning.measures.intervals import Mean
from ovning.measures.society import FlowResult, ServiceResult
from ovning.measures.spans import Span
from ovning.measures.spans import nights as nights_of
from ovning.measures.ways import WayResult
from ovning.report.drawings import Drawing
from ovning.report.names import CAUSES, large, small
from ovning.report.outcome import Outcome
from ovning.report.own_work import there_at_start
from ovning.report.wording import hours, number, percent
from ovning.units import HOUR, say_duration
from ovning.words import phrase, word

PARTS: Final = ("work", *CAUSES, "spread", "idle")
"""Where the time to a criterion went, in the order of the stack."""
_MOST: Final = 30
"""With more criteria than so many there is one bar for each objective."""
_SEEN: Final = 0.5
"""A queue that is never this long on average is not shown."""


def draw_services(outcome: Outcome) -> Drawing | None:
    """Services over time; ``None`` if none that concerns anybody was ever gone."""
    gone = [one for one in _concerning(outcome) if one.failed.reached.hits]
    if not gone:
        return None
    supplies = [
        Supply(
            large(outcome.names.service(one.service)),
            _affected(outcome, one),
            phrase("figure.services.gone", hours=hours(one.gone.mean)),
            _series(one.level),
        )
        for one in gone
    ]
    message = services_message(outcome, gone)
    each = "; ".join(
        phrase(
            "figure.services.alt_service",
            service=small(supply.title),
            affected=supply.affected,
            gone=supply.note,
            share=percent(min(supply.level.mean)),
            when=_when(outcome, _lowest(supply.level.mean)),
        )
        for supply in supplies
    )
    alt = phrase("figure.services.alt", message=message, services=large(each))
    figure = services(supplies, outcome.results.horizon, outcome.clock, message, nights_of_plays(outcome))
    return Drawing("tjanster", figure, alt)


def services_message(outcome: Outcome, gone: Sequence[ServiceResult]) -> str:
    """Which service was gone for longest, and which for most people's time, as a sentence."""
    longest = max(gone, key=lambda one: (one.gone.mean, one.service))
    most = max(gone, key=lambda one: (one.without.mean, one.service))
    return phrase(
        f"figure.services.message.{'one' if most is longest else 'two'}",
        service=large(outcome.names.service(longest.service)),
        hours=hours(longest.gone.mean),
        affected=_affected(outcome, longest),
        most=small(outcome.names.service(most.service)),
        most_hours=hours(most.gone.mean),
        most_affected=_affected(outcome, most),
    )


def draw_backlogs(outcome: Outcome) -> Drawing | None:
    """Queues over time; ``None`` if nothing ever waited for long enough to be seen."""
    seen = [one for one in outcome.results.flows if _peak(one) >= _SEEN]
    if not seen:
        return None
    queues = [
        Queue(
            large(outcome.names.flow(one.flow)),
            outcome.setup.scenario.flows[one.flow].one,
            phrase("figure.backlogs.longest", number=number(one.largest.mean)),
            _series(one.waiting),
        )
        for one in seen
    ]
    message = backlogs_message(outcome, seen)
    each = "; ".join(
        phrase(
            "figure.backlogs.alt_flow",
            flow=small(queue.title),
            when=_when(outcome, _highest(queue.waiting.mean)),
            number=number(max(queue.waiting.mean)),
            one=queue.one,
        )
        for queue in queues
    )
    alt = phrase("figure.backlogs.alt", message=message, flows=large(each))
    unseen = [small(outcome.names.flow(one.flow)) for one in outcome.results.flows if one not in seen]
    if unseen:
        alt = f"{alt} {phrase('figure.backlogs.alt_unseen', flows=', '.join(unseen))}"
    figure = backlog(queues, outcome.results.horizon, outcome.clock, message, nights_of_plays(outcome))
    return Drawing("koer", figure, alt)


def backlogs_message(outcome: Outcome, seen: Sequence[FlowResult]) -> str:
    """In which queue most time is waited, as a sentence."""
    worst = max(seen, key=lambda one: (sum(mean.mean for mean in one.waiting), one.flow))
    told = {
        "flow": small(outcome.names.flow(worst.flow)),
        "number": number(worst.largest.mean),
        "one": outcome.setup.scenario.flows[worst.flow].one,
    }
    if worst.wait is None:
        return phrase("figure.backlogs.message.came", **told)
    return phrase("figure.backlogs.message.waited", wait=say_duration(worst.wait.mean), **told)


def draw_objectives(outcome: Outcome) -> Drawing | None:
    """Where the time to each criterion went; ``None`` if no criterion on a time was tested."""
    ways = outcome.results.ways
    if not ways:
        return None
    groups = []
    told = []
    if sum(way.criterion is not None for way in ways) > _MOST:
        return _draw_together(outcome)
    for objective in outcome.setup.exercise.objectives:
        aims = []
        for way in ways:
            if way.objective == objective.id and way.criterion is not None:
                criterion = objective.criteria[way.criterion]
                title = outcome.names.criterion(criterion)
                aims.append(Aim(Bar(title, _parts(way)), int(criterion.met), _reached(outcome, way)))
                told.append(_way_alt(way, small(title), int(criterion.met)))
        if aims:
            groups.append(Group(f"{objective.id} {objective.title}", tuple(aims)))
    message = objectives_message(outcome)
    alt = phrase("figure.objectives.alt", message=message, criteria=large("; ".join(told)))
    return Drawing("malen", objectives(groups, _words(), message), alt)


def _draw_together(outcome: Outcome) -> Drawing:
    """One bar for each objective: all its criteria one after the other."""
    titles = {objective.id: f"{objective.id} {objective.title}" for objective in outcome.setup.exercise.objectives}
    whole = [way for way in outcome.results.ways if way.criterion is None]
    aims = tuple(Aim(Bar(titles[way.objective], _parts(way)), None) for way in whole)
    message = objectives_message(outcome)
    told = "; ".join(f"{way.objective} {say_duration(way.lasted.mean)}" for way in whole)
    alt = phrase("figure.objectives.alt_together", message=message, objectives=told)
    return Drawing("malen", objectives([Group("", aims)], _words(), message), alt)


def objectives_message(outcome: Outcome) -> str:
    """How much of the time to the criteria is work and what most of the rest is, as a sentence."""
    means: dict[str, float] = {}
    for way in outcome.results.ways:
        if way.criterion is not None:
            for part, lasted in _parts(way):
                means[part] = means.get(part, 0.0) + lasted * way.plays / outcome.results.plays
    whole = sum(means.values())
    waited = {part: lasted for part, lasted in means.items() if part != "work" and lasted}
    if not whole:
        return word("figure.objectives.message.no_time")
    if not waited:
        return word("figure.objectives.message.no_waiting")
    most = max(waited, key=lambda part: (waited[part], part))
    return phrase(
        "figure.objectives.message.waiting",
        work=percent(means["work"] / whole),
        why=word(f"part_why.{most}"),
        share=percent(waited[most] / whole),
    )


def _parts(way: WayResult) -> tuple[tuple[str, float], ...]:
    waiting = tuple((cause, mean.mean) for cause, mean in way.waiting)
    return (("work", way.work.mean), *waiting, ("spread", way.spread.mean), ("idle", way.idle.mean))


def _way_alt(way: WayResult, criterion: str, limit: int) -> str:
    """How long it took, and what took most of the time if it took any."""
    part, lasted = max(_parts(way), key=lambda item: item[1])
    return phrase(
        f"figure.objectives.{'alt_criterion_mostly' if lasted else 'alt_criterion'}",
        criterion=criterion,
        lasted=say_duration(way.lasted.mean),
        limit=say_duration(limit),
        part=_words()[part],
    )


def _reached(outcome: Outcome, way: WayResult) -> str:
    """In how many of the plays it was reached, if not in all."""
    found = next(
        one for one in outcome.results.criteria if (one.objective, one.criterion) == (way.objective, way.criterion)
    )
    share = found.times.reached
    return phrase("figure.objectives.reached", share=percent(share.share)) if share.hits < share.n else ""


def _concerning(outcome: Outcome) -> list[ServiceResult]:
    """Services that concern somebody and were there when the exercise began: what is arranged later is no loss."""
    scenario = outcome.setup.scenario
    return [one for one in outcome.results.services if one.affected and there_at_start(scenario, one.service)]


def _affected(outcome: Outcome, one: ServiceResult) -> str:
    return phrase("services.affected", count=number(one.affected), whom=outcome.names.whom(one.service))


def _series(means: Sequence[Mean]) -> Series:
    return Series(
        tuple(mean.mean for mean in means),
        tuple(mean.mean if mean.low is None else mean.low for mean in means),
        tuple(mean.mean if mean.high is None else mean.high for mean in means),
    )


def _peak(one: FlowResult) -> float:
    return max((mean.mean for mean in one.waiting), default=0.0)


def _highest(values: Sequence[float]) -> int:
    return max(range(len(values)), key=lambda hour: values[hour])


def _lowest(values: Sequence[float]) -> int:
    return min(range(len(values)), key=lambda hour: values[hour])


def _when(outcome: Outcome, hour: int) -> str:
    """``från 12 h efter start (klockan 15:50)``."""
    since, clock = say_duration(hour * HOUR), outcome.clock
    if clock is None:
        return phrase("figure.from.hour", since=since) if hour else word("figure.from.start")
    at = f"{clock.local(hour * HOUR):%H:%M}"
    return (
        phrase("figure.from.hour_clock", since=since, clock=at) if hour else phrase("figure.from.start_clock", clock=at)
    )


def _words() -> dict[str, str]:
    return {part: word(f"cause.{part}" if part in CAUSES else f"part.{part}") for part in PARTS}


def nights_of_plays(outcome: Outcome) -> tuple[Span, ...]:
    """When it is night; never where plays start at different hours."""
    if outcome.clock is None:
        return ()
    assumed = outcome.setup.assumptions
    start = outcome.clock.start.isoformat()
    return nights_of(start, outcome.results.horizon, assumed.night_begins, assumed.night_ends)
