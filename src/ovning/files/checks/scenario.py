"""What a scenario says of itself: words of the vocabulary, and things of its own that exist."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Final

from ovning.errors import Problem
from ovning.files.checks.course import Course, conditions
from ovning.files.checks.rings import ring
from ovning.files.checks.services import HERE, STOCK
from ovning.files.checks.words import Path, Use, listed, unknown
from ovning.files.hints import meant
from ovning.files.parts import Part
from ovning.model.conditions import Condition
from ovning.model.scenario import Scenario
from ovning.model.vocabulary import Vocabulary
from ovning.units import say_duration

_RECIPIENT: Final = re.compile(r"(first_call|role)\((\w+)\)")


def words(scenario: Part[Scenario], vocabulary: Part[Vocabulary]) -> Iterator[Problem]:
    """Services, kinds, levels, actors, channels, capabilities, decisions and roles."""
    model, known = scenario.model, vocabulary.model
    services = [(s, ("services", s)) for s in model.services]
    yield from unknown(scenario, services, known.services, "en tjänst i ordlistan", key=True)
    kinds = [(f.kind, ("facts", name, "kind")) for name, f in model.facts.items()]
    yield from unknown(scenario, kinds, known.kinds, "ett slag av händelse i ordlistan")
    levels = listed(model.warrants, "warrants")
    levels += [u for v, c in model.variations.items() for u in listed(c.warrants or (), "variations", v, "warrants")]
    yield from unknown(scenario, levels, known.levels, "ett läge i ordlistan")
    actors = [(i.actor, ("injects", i.id, "actor")) for i in model.injects if i.actor is not None]
    yield from unknown(scenario, actors, known.actors, "en aktör i ordlistan")
    gone = [u for e in model.events for u in listed(e.away, "events", e.id, "away")]
    yield from unknown(scenario, gone, known.roles, "en roll i ordlistan")
    channels = [(i.by, ("injects", i.id, "by")) for i in model.injects]
    yield from unknown(scenario, channels, known.channels, "en sambandsväg i ordlistan")
    for name, procedure in model.procedures.items():
        for task in procedure:
            at = ("procedures", name, task.task)
            decision = task.decision
            if decision is None:
                yield from unknown(
                    scenario, [(task.needs, (*at, "needs"))], known.capabilities, "en förmåga i ordlistan"
                )
            else:
                yield from unknown(scenario, [(decision, (*at, "needs"))], known.decisions, "ett beslut i ordlistan")
            if task.by is not None:
                yield from unknown(scenario, [(task.by, (*at, "by"))], known.roles, "en roll i ordlistan")


def recipients(scenario: Part[Scenario], vocabulary: Part[Vocabulary]) -> Iterator[Problem]:
    """Those addressed by role or by kind of first call."""
    uses: list[Use] = [(i.to, ("injects", i.id, "to")) for i in scenario.model.injects]
    for name, procedure in scenario.model.procedures.items():
        uses += [u for t in procedure for u in listed(t.informs, "procedures", name, t.task, "informs")]
    for recipient, path in uses:
        match = _RECIPIENT.fullmatch(recipient)
        if match is None:
            continue
        how, word = match.groups()
        if how == "role":
            yield from unknown(scenario, [(word, path)], vocabulary.model.roles, "en roll i ordlistan")
        else:
            known = {"default", *vocabulary.model.kinds}
            yield from unknown(scenario, [(word, path)], known, "ett slag av händelse i ordlistan (eller default)")


def only_there(scenario: Part[Scenario]) -> Iterator[Problem]:
    """Only a message to a role can be left out where nobody has the role."""
    for inject in scenario.model.injects:
        if inject.only_if_there and not inject.to.startswith("role("):
            yield scenario.error(
                f"only_if_there gäller den roll som inspelet går till, men ”{inject.id}” går till {inject.to}",
                "skriv to: role(…), eller ta bort only_if_there",
                at=("injects", inject.id, "to"),
            )


def degrees(scenario: Part[Scenario], vocabulary: Part[Vocabulary]) -> Iterator[Problem]:
    """Facts are as grave as the scale allows."""
    scale = sorted(degree.severity for degree in vocabulary.model.severities)
    for name, fact in scenario.model.facts.items():
        if fact.severity not in scale:
            yield scenario.error(
                f"svårighetsgraden {fact.severity} finns inte i ordlistans skala",
                f"skalan är {', '.join(map(str, scale))}",
                at=("facts", name, "severity"),
            )


def services(scenario: Part[Scenario]) -> Iterator[Problem]:
    """Only services that the scenario has are changed."""
    model = scenario.model
    uses: list[Use] = [(s, ("events", e.id, "sets", s)) for e in model.events for s in e.sets]
    uses += [(s, ("injects", i.id, "sets", s)) for i in model.injects for s in i.sets]
    for name, procedure in model.procedures.items():
        uses += [(s, ("procedures", name, t.task, "then", "sets", s)) for t in procedure if t.then for s in t.then.sets]
    yield from unknown(scenario, uses, model.services, HERE, key=True)


def facts(scenario: Part[Scenario]) -> Iterator[Problem]:
    """Facts that are told, used, established or made untrue exist; none makes itself untrue."""
    model = scenario.model
    uses = [u for f in model.facts for u in listed(model.facts[f].cancels, "facts", f, "cancels")]
    uses += [(e.tells, ("events", e.id, "tells")) for e in model.events if e.tells is not None]
    uses += [u for i in model.injects for u in listed(i.facts, "injects", i.id, "facts")]
    for name, procedure in model.procedures.items():
        for task in procedure:
            at = ("procedures", name, task.task)
            uses += [*listed(task.uses, *at, "uses"), *listed(task.establishes, *at, "establishes")]
            for n, found in enumerate(task.finds):
                uses += listed(found.establishes, *at, "finds", n, "establishes")
    yield from unknown(scenario, uses, model.facts, "ett faktum under facts")
    for name, fact in model.facts.items():
        if name in fact.cancels:
            place = ("facts", name, "cancels", fact.cancels.index(name))
            yield scenario.error(f"”{name}” gör sig självt osant", "ta bort det ur cancels", at=place)


def procedures(scenario: Part[Scenario]) -> Iterator[Problem]:
    """Injects ask for procedures that exist; every procedure is asked for."""
    model = scenario.model
    uses = [(i.asks_for, ("injects", i.id, "asks_for")) for i in model.injects if i.asks_for is not None]
    yield from unknown(scenario, uses, model.procedures, "en procedur under procedures")


def steps(scenario: Part[Scenario]) -> Iterator[Problem]:
    """Tasks have names of their own, follow tasks that exist, and never in a ring."""
    for name, procedure in scenario.model.procedures.items():
        names = [task.task for task in procedure]
        for n, task in enumerate(procedure):
            if task.task in names[:n]:
                at = ("procedures", name, n, "task")
                yield scenario.error(f"”{task.task}” finns två gånger i proceduren", "ge den ett eget namn", at=at)
        uses = [u for task in procedure for u in listed(task.after, "procedures", name, task.task, "after")]
        yield from unknown(scenario, uses, names, "en uppgift i proceduren")
        for round_ in ring({task.task: task.after for task in procedure}):
            yield scenario.error(
                f"uppgifterna väntar på varandra i ring: {' → '.join((*round_, round_[0]))}",
                "bryt ringen i after",
                at=("procedures", name, round_[0], "after"),
            )


def names(scenario: Part[Scenario]) -> Iterator[Problem]:
    """Every event and inject has an id of its own."""
    model = scenario.model
    ids = [("events", n, e.id) for n, e in enumerate(model.events)]
    ids += [("injects", n, i.id) for n, i in enumerate(model.injects)]
    counts = Counter(name for _, _, name in ids)
    seen: set[str] = set()
    for key, n, name in ids:
        if counts[name] > 1 and name in seen:
            yield scenario.error(
                f"”{name}” finns redan bland händelser och inspel", "ge det ett eget id", at=(key, n, "id")
            )
        seen.add(name)


def follows(scenario: Part[Scenario], course: Course) -> Iterator[Problem]:
    """Events and injects follow events, injects or tasks that exist, and never in a ring."""
    model = scenario.model
    known = {*course.ids, *course.absent, *course.tasks}
    uses: list[Use] = [(e.after, ("events", e.id, "after")) for e in model.events if e.after is not None]
    uses += [(i.after, ("injects", i.id, "after")) for i in model.injects if i.after is not None]
    for name, path in uses:
        inject, _, task = name.partition(".")
        if name in known or (task and inject in course.absent):
            continue
        if task and inject in course.ids:
            tasks = {t.partition(".")[2] for t in course.tasks if t.startswith(f"{inject}.")}
            yield scenario.error(f"”{inject}” har ingen uppgift ”{task}”", meant(task, tasks), at=path)
        else:
            what = "en händelse, ett inspel eller inspel.uppgift"
            yield scenario.error(f"”{name}” är inte {what}", meant(name, known), at=path)
    after = {e.id: (e.after.partition(".")[0],) for e in model.events if e.after}
    after |= {i.id: (i.after.partition(".")[0],) for i in model.injects if i.after}
    for round_ in ring(after):
        key = "events" if any(e.id == round_[0] for e in model.events) else "injects"
        yield scenario.error(
            f"händelserna väntar på varandra i ring: {' → '.join((*round_, round_[0]))}",
            "bryt ringen i after",
            at=(key, round_[0], "after"),
        )


def states(scenario: Part[Scenario], vocabulary: Part[Vocabulary], course: Course) -> Iterator[Problem]:
    """Conditions are about things that exist."""
    model, words_ = scenario.model, vocabulary.model
    subjects = (
        ("service", model.services, HERE),
        ("flow", model.flows, "ett flöde under flows i scenariot"),
        ("stock", model.stocks, STOCK),
        ("published", model.facts, "ett faktum under facts"),
        ("level", words_.levels, "ett läge i ordlistan"),
        ("fact", model.facts, "ett faktum under facts"),
        ("known_by", {"staff", *words_.roles}, "en roll i ordlistan"),
        ("decision", words_.decisions, "ett beslut i ordlistan"),
        ("event", {e.id for e in model.events} | course.absent, "en händelse"),
        ("inject", {i.id for i in model.injects} | course.absent, "ett inspel"),
    )
    for at, condition in conditions(model):
        for key, known, what in subjects:
            word = getattr(condition, key)
            if word is not None:
                yield from unknown(scenario, [(word, (*at, key))], known, what)
        task = condition.task
        if task is not None and task not in course.tasks and task.partition(".")[0] not in course.absent:
            yield scenario.error(f"”{task}” är inte inspel.uppgift", meant(task, course.tasks), at=(*at, "task"))
        yield from _times(scenario, condition, at)


def _times(scenario: Part[Scenario], condition: Condition, at: Path) -> Iterator[Problem]:
    """Spans of the clock and of duty in a condition."""
    between, longest, horizon = condition.between, condition.on_duty_for, scenario.model.horizon
    if between is not None and between[0] == between[1]:
        yield scenario.error(
            f"mellan {between[0]} och {between[1]} är ingen tid alls", "skriv två olika klockslag", at=(*at, "between")
        )
    if longest is not None and longest > horizon:
        yield scenario.warning(
            f"ingen hinner vara i tjänst i {say_duration(longest)}: spelet slutar efter {say_duration(horizon)}",
            "korta on_duty_for eller förläng horizon",
            at=(*at, "on_duty_for"),
        )


WITH_WORDS = (words, recipients, degrees)
"""Checks of a scenario against the vocabulary."""
CHECKS = (services, facts, procedures, steps, names, only_there)
"""Checks of a scenario by itself."""
