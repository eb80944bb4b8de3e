"""Injects as they stand in an inject list: when they come, from whom and to whom, in words."""

from __future__ import annotations

import re
from typing import Final

from ovning.model.conditions import Condition
from ovning.model.scenario import Inject
from ovning.model.setup import Setup
from ovning.report.names import Names, large, small
from ovning.report.timeline import say_offset
from ovning.report.wording import percent
from ovning.units import Clock, say_duration
from ovning.words import numbered, phrase, word

_FILLED_IN: Final = re.compile(r"\{([^{}]*)\}")


def say_when(inject: Inject, setup: Setup, names: Names, clock: Clock) -> str:
    """When it comes: a time, what it follows, or the condition."""
    said = ""
    if inject.at is not None:
        at = inject.at.middle
        varies = inject.at.quantile(0.05) != inject.at.quantile(0.95)
        offset = say_offset(at, setup.scenario.horizon)
        said = phrase(f"inject.at{'_about' if varies else ''}", offset=offset, clock=f"{clock.local(at):%H:%M}")
    elif inject.after is not None:
        said = _after(inject.after, setup, names)
    elif inject.when is not None:
        said = phrase("inject.when", condition=say_condition(inject.when, names))
    if inject.at is None and inject.delay is not None:
        said += phrase("inject.later", delay=say_duration(inject.delay.middle))
    if inject.chance < 1:
        said += phrase("inject.chance", share=percent(inject.chance))
    if inject.repeat is not None:
        said += phrase("inject.repeat", times=str(inject.repeat.times))
    if inject.unless is not None:
        said += phrase("inject.unless", condition=say_condition(inject.unless, names))
    return large(said)


def say_words(text: str) -> str:
    """The words of an inject, with a mark where the play fills in what it knows."""
    return _FILLED_IN.sub(lambda match: word(f"inject.{'clock' if match[1].startswith('clock') else 'number'}"), text)


def say_recipient(to: str, setup: Setup, names: Names) -> str:
    """Whom it is for."""
    if to == "staff":
        return word("inject.staff")
    what = to[to.index("(") + 1 : -1]
    if to.startswith("role("):
        return names.role(what)
    kind = setup.vocabulary.kinds.get(what)
    return phrase("inject.first_call_of", kind=small(kind.title)) if kind else word("inject.first_call")


def say_condition(condition: Condition, names: Names) -> str:
    """A condition in words."""
    match condition:
        case Condition(all=tuple(parts)):
            return word("inject.and").join(say_condition(part, names) for part in parts)
        case Condition(any=tuple(parts)):
            return word("inject.or").join(say_condition(part, names) for part in parts)
        case Condition(service=str(service)):
            few = condition.below is not None
            share = percent(condition.below if few else condition.at_least)
            return phrase(
                f"inject.service_{'few' if few else 'many'}", service=small(names.service(service)), share=share
            )
        case Condition(stock=str(stock)):
            few = condition.below is not None
            share = percent(condition.below if few else condition.at_least)
            return phrase(f"inject.stock_{'few' if few else 'many'}", stock=small(names.stock(stock)), share=share)
        case Condition(published=str(fact)):
            return phrase("inject.published", fact=small(names.fact(fact)))
        case Condition(level=str(level)):
            state = word(f"inject.state.{condition.state or 'active'}")
            return phrase("inject.level", level=small(names.level(level)), state=state)
        case Condition(fact=str(fact)):
            return phrase("inject.knows", who=names.role(condition.known_by or ""), fact=small(names.fact(fact)))
        case Condition(decision=str(decision)):
            return phrase("inject.decided", decision=small(names.decision(decision)))
        case Condition(inject=str(inject)):
            return phrase("inject.received", inject=inject)
        case Condition(between=(begins, ends)):
            return phrase("inject.between", begins=begins, ends=ends)
        case Condition(flow=str(flow)):
            return phrase("inject.in_flow", counted=_counted(condition), flow=small(names.flow(flow)))
        case Condition(on_duty_for=int(lasts)):
            persons = condition.persons or 1
            return numbered("inject.on_duty", persons, persons=str(persons), lasts=say_duration(lasts))
        case Condition(task=str(task)):
            return phrase("inject.done_task", task=task)
        case _:
            return phrase("inject.happened", event=names.event(condition.event or ""))


def _counted(condition: Condition) -> str:
    """How many a condition on a flow asks for."""
    for kind in ("arrived", "waiting", "late"):
        number = getattr(condition, kind)
        if number is not None:
            return phrase(f"inject.counted.{kind}", number=str(number))
    return phrase("inject.counted.done", number=str(condition.done))


def _after(name: str, setup: Setup, names: Names) -> str:
    event = next((event for event in setup.scenario.events if event.id == name), None)
    if event is not None:
        services = ", ".join(small(names.service(service)) for service in event.sets) or names.event(name)
        if event.at is None:
            return phrase("inject.after_event", services=services)
        offset = say_offset(event.at.middle, setup.scenario.horizon)
        return phrase("inject.after_event_at", services=services, offset=offset)
    inject, dot, task = name.partition(".")
    if not dot:
        return phrase("inject.after_inject", inject=name)
    return phrase("inject.after_task", inject=inject, task=small(names.task(inject, task) or task))
