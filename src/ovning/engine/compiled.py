"""What every play of one exercise shares, worked out once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from ovning.engine.calendars import Calendars
from ovning.engine.draws import Draws
from ovning.engine.fortune import Fortune, fortunes, luck_role
from ovning.model.conditions import Condition
from ovning.model.distributions import Distribution, Varying
from ovning.model.organisation import Channel, Organisation
from ovning.model.scenario import Event, Inject, Mode, Task
from ovning.model.setup import Setup
from ovning.units import Clock

ASSESS = "assess_severity"
"""The capability to judge how grave a picture is and recommend a level."""
ALERT = "alert"
"""The capability to send out the call to a staff."""

PICTURE = "situation_picture"
"""The capability to keep the picture together: whoever has it in a staff takes the reports that come to the staff."""

REPORT = "report"
"""What everybody can do: take a report."""

PRIORITIES = {"life": 0, "high": 1, "normal": 2, "low": 3}


@dataclass(frozen=True, slots=True)
class Step:
    """A task of a procedure and what comes after it."""

    task: Task
    followers: tuple[int, ...]
    """The places of those that wait for it, in the order in which they stand."""


@dataclass(frozen=True, slots=True)
class Compiled:
    """A setup with its calendars spelled out and its variation chosen."""

    setup: Setup
    organisation: Organisation
    """Who plays."""
    horizon: int
    """Milliseconds."""
    clock: Clock
    calendars: Calendars
    events: tuple[Event, ...]
    injects: tuple[Inject, ...]
    procedures: dict[str, tuple[Step, ...]]
    """Inject → the steps of answering it."""
    chains: dict[str, tuple[str, ...]]
    """Function → the line above it, nearest first."""
    watched_duties: tuple[int, ...]
    """Lengths of duty that conditions ask about, in milliseconds."""
    watched_clocks: tuple[str, ...]
    """Clock times that conditions ask about."""
    watched_flows: frozenset[str]
    """Flows that conditions ask about."""
    watched_stocks: dict[str, frozenset[float]]
    """Stocks that conditions ask about → at which shares of what they hold."""
    watched_published: frozenset[str]
    """Facts of which conditions ask whether the public has been told."""
    fortune: dict[str, Fortune]
    """Group → the word that names its people's luck, and the place of its first person among those of that word."""
    luck: dict[str, str]
    """Function → the word that names its luck."""
    homes: tuple[Channel, ...]
    """The channels by which somebody at home is called, the one that is used on other days first."""
    draws: Draws
    gravity: dict[str, tuple[int, str]]
    """Fact → how grave it is, and its kind."""
    cancels: dict[str, tuple[str, ...]]
    """Fact → the facts that it makes untrue, if any."""
    cancelled_by: dict[str, tuple[str, ...]]
    """Fact → the facts that make it untrue."""
    routines: dict[tuple[str, str, str], Task] = field(default_factory=dict)
    """Tasks of no procedure, as they have come up."""
    channels: dict[str | None, tuple[Channel, ...]] = field(default_factory=dict)
    """The organisation's channels, by the one that is asked for."""

    def routine(self, task: str, title: str, needs: str, mode: Mode, takes: Varying) -> Task:
        """A task of no procedure, such as to take a report; the same one whenever it is the same."""
        key = task, title, needs
        found = self.routines.get(key)
        if found is None:
            found = self.routines[key] = Task(task=task, title=title, needs=needs, mode=mode, takes=takes)
        return found

    def channels_from(self, by: str | None) -> tuple[Channel, ...]:
        """The organisation's channels in their order, but one that is asked for first."""
        found = self.channels.get(by)
        if found is None:
            found = tuple(sorted(self.organisation.channels, key=lambda c: by is not None and c.id != by))
            self.channels[by] = found
        return found


def compile_play(setup: Setup) -> Compiled:
    """Work out what all plays of this setup share."""
    scenario, organisation = setup.scenario, setup.organisation
    clock = Clock.at(scenario.start)
    variation = scenario.variations.get(setup.variation) if setup.variation else None
    left_out = set(variation.without) if variation else set()
    events = tuple(e for e in scenario.events if e.variation in (None, setup.variation) and e.id not in left_out)
    injects = tuple(i for i in scenario.injects if i.variation in (None, setup.variation) and i.id not in left_out)
    written = {name for name, channel in setup.vocabulary.channels.items() if channel.written}
    return Compiled(
        setup=setup,
        organisation=organisation,
        horizon=scenario.horizon,
        clock=clock,
        calendars=Calendars(clock, scenario.horizon, setup.assumptions),
        events=events,
        injects=injects,
        procedures={inject.id: _steps(procedure(setup, inject)) for inject in injects},
        watched_duties=tuple(sorted({c.on_duty_for for c in _conditions(setup) if c.on_duty_for is not None})),
        watched_clocks=tuple(sorted({t for c in _conditions(setup) for t in c.between or ()})),
        watched_flows=frozenset(c.flow for c in _conditions(setup) if c.flow is not None),
        watched_stocks=_shares(setup),
        watched_published=frozenset(c.published for c in _conditions(setup) if c.published is not None),
        gravity={name: (fact.severity, fact.kind) for name, fact in scenario.facts.items()},
        cancels={name: tuple(fact.cancels) for name, fact in scenario.facts.items() if fact.cancels},
        cancelled_by={
            name: tuple(o for o, f in scenario.facts.items() if name in f.cancels) for name in scenario.facts
        },
        chains={name: _line_above(organisation, name) for name in organisation.functions},
        fortune=fortunes(organisation),
        luck={name: luck_role(organisation, name) for name in organisation.functions},
        homes=tuple(c for c in organisation.channels if c.reach == "all" and not c.units and c.id not in written),
        draws=Draws(_names(setup, injects)),
    )


def _steps(tasks: Sequence[Task]) -> tuple[Step, ...]:
    return tuple(
        Step(task, tuple(place for place, later in enumerate(tasks) if task.task in later.after)) for task in tasks
    )


def _names(setup: Setup, injects: tuple[Inject, ...]) -> Iterator[tuple[str, Distribution]]:
    """The draws that nearly every play makes: of each inject's tasks, and of bringing them to those who do them."""
    channels = [(c.id, c.delay) for c in setup.organisation.channels]
    for inject in injects:
        name = f"inject/{inject.id}"
        for what, drawn in (("at", inject.at), ("delay", inject.delay)):
            if drawn is not None:
                yield f"{name}/{what}", drawn
        for task in procedure(setup, inject):
            yield f"{name}/1/{task.task}/takes", task.takes
            passed = f"{name}/1/{task.task}/pass_on/0"
            if task.after:
                yield passed, setup.assumptions.pass_on
            sent = passed if task.after else f"{name}/1/{task.task}/sent"
            yield from ((f"{sent}/{channel}", delay) for channel, delay in channels)


def _conditions(setup: Setup) -> Iterator[Condition]:
    """Every condition of the scenario, also within others."""
    scenario = setup.scenario
    stated = [c for inject in scenario.injects for c in (inject.when, inject.unless)]
    stated += [f.when for tasks in scenario.procedures.values() for task in tasks for f in task.finds]
    for flow in scenario.flows.values():
        stated += [flow.arrives.only_while, *(stage.begins_when for stage in flow.stages)]
    for stock in scenario.stocks.values():
        for pipe in (*stock.filled_by.values(), *stock.emptied_by.values()):
            stated += [pipe.only_while, *(swing.when for swing in pipe.varies)]
    left = [c for c in stated if c is not None]
    while left:
        condition = left.pop()
        yield condition
        left += [*(condition.all or ()), *(condition.any or ())]


def _shares(setup: Setup) -> dict[str, frozenset[float]]:
    found: dict[str, set[float]] = {}
    for condition in _conditions(setup):
        if condition.stock is not None:
            found.setdefault(condition.stock, set()).update(_given(condition.below, condition.at_least))
    return {name: frozenset(shares) for name, shares in found.items()}


def _given(*shares: float | None) -> list[float]:
    return [share for share in shares if share is not None]


def _line_above(organisation: Organisation, name: str) -> tuple[str, ...]:
    chain: list[str] = []
    above = organisation.functions[name].reports_to
    while above is not None and above not in chain and above != name:
        chain.append(above)
        above = organisation.functions[above].reports_to
    return tuple(chain)


def procedure(setup: Setup, inject: Inject) -> tuple[Task, ...]:
    """The tasks that answer an inject; one plain reception when it asks for nothing."""
    if inject.asks_for is not None:
        return setup.scenario.procedures[inject.asks_for]
    return (
        Task(
            task="receive",
            title="Ta emot",
            needs="receive_alarm",
            mode="call",
            takes=setup.assumptions.report,
        ),
    )
