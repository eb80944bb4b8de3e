"""Flows: that what they come of, ask about and keep up exists, and that they can be followed at all."""

from __future__ import annotations

from collections.abc import Iterator

from ovning.errors import Problem
from ovning.files.checks.course import Course, greatest
from ovning.files.checks.services import HERE
from ovning.files.checks.texts import RESERVED
from ovning.files.checks.words import Use, listed, unknown
from ovning.files.parts import Part
from ovning.limits import MOST_FOLLOWED
from ovning.model.distributions import Distribution, Pert
from ovning.model.flows import Flow
from ovning.model.scenario import Scenario
from ovning.model.vocabulary import Vocabulary
from ovning.units import HOUR


def services(scenario: Part[Scenario]) -> Iterator[Problem]:
    """What flows come of, come through and keep up are services of the scenario."""
    known = scenario.model.services
    for name, flow in scenario.model.flows.items():
        at = ("flows", name, "arrives")
        causes: list[Use] = [(s, (*at, "because_of", s)) for s in flow.arrives.because_of]
        yield from unknown(scenario, causes, known, HERE, key=True)
        uses: list[Use] = [
            (word, (*at, key))
            for key, word in (
                ("lacking", flow.arrives.lacking),
                ("having", flow.arrives.having),
                ("through", flow.arrives.through),
            )
            if word is not None
        ]
        uses += [(flow.keeps, ("flows", name, "keeps"))] if flow.keeps is not None else []
        opens = [(n, stage.open_with) for n, stage in enumerate(flow.stages)]
        uses += [(word, ("flows", name, "stages", n, "open_with")) for n, word in opens if word is not None]
        yield from unknown(scenario, uses, known, HERE)


def counted(scenario: Part[Scenario]) -> Iterator[Problem]:
    """Services by which a flow is counted say how many they concern."""
    known = scenario.model.services
    for name, flow in scenario.model.flows.items():
        at = ("flows", name)
        uses: list[Use] = [
            (word, path)
            for word, path in (
                (flow.arrives.lacking, (*at, "arrives", "lacking")),
                (flow.arrives.having, (*at, "arrives", "having")),
                (flow.keeps, (*at, "keeps")),
            )
            if word is not None
        ]
        keys: list[Use] = [(s, (*at, "arrives", "because_of", s)) for s in flow.arrives.because_of]
        for word, path in (*uses, *keys):
            if word in known and known[word].affects.total == 0:
                yield scenario.error(
                    f"”{word}” säger inte hur många den berör (affects): flödet ”{name}” kan inte räknas",
                    f"skriv affects: {{persons: …}} eller {{households: …}} för {word} under services",
                    at=path,
                    key=(word, path) in keys,
                )


def sizes(scenario: Part[Scenario]) -> Iterator[Problem]:
    """A group, or a rate followed one by one, is not too large to be followed."""
    model = scenario.model
    for name, flow in model.flows.items():
        at = ("flows", name, "arrives")
        key, group = group_of(flow)
        if group is not None and group in model.services:
            total = model.services[group].affects.total
            if total > MOST_FOLLOWED:
                yield scenario.error(
                    f"”{group}” berör {total}: fler än {MOST_FOLLOWED} kan inte följas en och en",
                    f"räkna dem i steg: step: 15 min, med arrives: {{because_of: {{{group}: …}}}}",
                    at=(*at, key),
                )
        elif group is None and flow.step is None:
            most = ceiling(model, flow) * model.horizon / HOUR
            if most > MOST_FOLLOWED:
                yield scenario.warning(
                    f"flödet ”{name}” kan bli {most:.0f} som följs en och en: spelet blir långsamt",
                    "räkna dem i steg (step: 15 min) eller sätt at_most",
                    at=at,
                    key=True,
                )


def group_of(flow: Flow) -> tuple[str, str | None]:
    """By which key a flow follows a group, and which service makes the group, if it follows one."""
    return ("lacking", flow.arrives.lacking) if flow.arrives.lacking is not None else ("having", flow.arrives.having)


def ceiling(scenario: Scenario, flow: Flow) -> float:
    """The highest rate that a flow may have, per hour."""
    arrives = flow.arrives
    there = {s: rate for s, rate in arrives.because_of.items() if s in scenario.services}
    rate = (arrives.per_hour or 0) + sum(rate * scenario.services[s].affects.total for s, rate in there.items())
    rate *= max(1.0, arrives.at_night)
    return rate if arrives.at_most is None else min(rate, arrives.at_most)


def times(scenario: Part[Scenario]) -> Iterator[Problem]:
    """Nobody is to be taken care of again at once, over and over."""
    for name, flow in scenario.model.flows.items():
        if flow.arrives.every is not None and greatest(flow.arrives.every) == 0:
            yield scenario.error(
                "tiden mellan två gånger måste vara längre än noll",
                "skriv till exempel every: 12 h, eller ta bort every om det bara är en gång",
                at=("flows", name, "arrives", "every"),
            )


def facts(scenario: Part[Scenario]) -> Iterator[Problem]:
    """What those who come ask about are facts of the scenario."""
    for name, flow in scenario.model.flows.items():
        uses = listed(flow.arrives.asks_about, "flows", name, "arrives", "asks_about")
        yield from unknown(scenario, uses, scenario.model.facts, "ett faktum under facts")


def names(scenario: Part[Scenario]) -> Iterator[Problem]:
    """No flow has a service's name, no stage stands twice in a flow."""
    model = scenario.model
    for kind, known in (("services", model.services), ("flows", model.flows)):
        for name in known:
            if name in RESERVED:
                yield scenario.error(
                    f"”{name}” betyder redan något i texter ({{{name} …}})",
                    "välj ett annat namn",
                    at=(kind, name),
                    key=True,
                )
    for name, flow in model.flows.items():
        if name in model.services:
            yield scenario.error(
                f"”{name}” är både en tjänst och ett flöde: {{{name}.…}} i en text kan betyda båda",
                "ge flödet ett annat namn",
                at=("flows", name),
                key=True,
            )
        stages = [stage.stage for stage in flow.stages]
        for n, stage in enumerate(stages):
            if stage in stages[:n]:
                at = ("flows", name, "stages", n, "stage")
                yield scenario.error(f"”{stage}” finns två gånger i flödet", "ge det ett eget namn", at=at)


def words(scenario: Part[Scenario], vocabulary: Part[Vocabulary]) -> Iterator[Problem]:
    """Capabilities and roles of stages are in the vocabulary."""
    known = vocabulary.model
    for name, flow in scenario.model.flows.items():
        for n, stage in enumerate(flow.stages):
            at = ("flows", name, "stages", n)
            needs: list[Use] = [(stage.needs, (*at, "needs"))] if stage.needs is not None else []
            yield from unknown(scenario, needs, known.capabilities, "en förmåga i ordlistan")
            by: list[Use] = [(stage.by, (*at, "by"))] if stage.by is not None else []
            yield from unknown(scenario, by, known.roles, "en roll i ordlistan")


def information(scenario: Part[Scenario], course: Course) -> Iterator[Problem]:
    """Information lowers a flow only if it asks about something that somebody may publish."""
    for name, flow in scenario.model.flows.items():
        at = ("flows", name, "arrives")
        asked, lowers = flow.arrives.asks_about, flow.arrives.information_lowers
        if lowers and not asked:
            yield scenario.warning(
                "information_lowers gör ingen skillnad: asks_about säger inte vad de som kommer vill veta",
                "skriv asks_about: [fakta]",
                at=(*at, "information_lowers"),
            )
        elif lowers and not course.published:
            yield scenario.warning(
                "information_lowers gör ingen skillnad: ingen uppgift publicerar något",
                "skriv publishes: true vid den uppgift som informerar allmänheten",
                at=(*at, "information_lowers"),
            )
        elif asked and not lowers:
            yield scenario.warning(
                "asks_about gör ingen skillnad: information_lowers säger inte hur mycket information minskar takten",
                "skriv information_lowers: en andel",
                at=(*at, "asks_about"),
            )


def idle(scenario: Part[Scenario], course: Course) -> Iterator[Problem]:
    """Flows in which nobody can come, stages that nobody needs, work that cannot begin."""
    for name, flow in scenario.model.flows.items():
        at = ("flows", name)
        if not course.flows(flow):
            yield scenario.warning(
                f"ingen kommer någonsin i flödet ”{name}”: takten är 0, villkoret blir aldrig sant eller tjänsten "
                "ändras aldrig så",
                "se över arrives och vad händelser och uppgifter ändrar",
                at=(*at, "arrives"),
                key=True,
            )
        if flow.keeps is not None and flow.keeps == flow.arrives.lacking:
            yield scenario.warning(
                f"flödet håller uppe ”{flow.keeps}” och kommer av att den saknas: varje försening ger fler",
                "låt keeps vara den tjänst som besöken ersätter med",
                at=(*at, "keeps"),
            )
        for n, stage in enumerate(flow.stages):
            here = (*at, "stages", n)
            if stage.share == 0:
                yield scenario.warning(
                    f"ingen behöver steget ”{stage.stage}”: share är 0", "ta bort steget", at=(*here, "share")
                )
            if stage.begins_when is not None and not course.possible(stage.begins_when):
                yield scenario.warning(
                    f"steget ”{stage.stage}” börjar aldrig: inget i scenariot gör villkoret sant",
                    "se över begins_when och vad händelser och uppgifter ändrar",
                    at=(*here, "begins_when"),
                )
            if flow.step is not None and usual(stage.takes) > flow.step:
                yield scenario.warning(
                    f"{flow.one} tar längre tid än ett steg (step): det går inte att räkna hur många som hinns med",
                    "räkna i längre steg, eller följ dem en och en utan step",
                    at=(*at, "step"),
                )


def usual(duration: Distribution) -> int:
    """What it usually is, in milliseconds, without turning a distribution that is slow to turn."""
    return duration.mode if isinstance(duration, Pert) else duration.middle


CHECKS = (services, counted, sizes, times, facts, names)
"""Checks of the flows of a scenario by themselves."""
OF_COURSE = (information, idle)
"""Checks of the flows in one course of a scenario."""
