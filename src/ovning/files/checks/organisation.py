"""What an organisation says of itself: that those it names exist, and that its lines do not go in rings."""

from __future__ import annotations

from collections.abc import Iterator

from ovning.errors import Problem
from ovning.files.checks.rings import ring
from ovning.files.checks.words import Use, listed, unknown
from ovning.files.hints import meant
from ovning.files.parts import Part
from ovning.model.assumptions import ModelAssumptions
from ovning.model.organisation import Organisation


def groups(organisation: Part[Organisation]) -> Iterator[Problem]:
    """Functions, bodies and staff seats are filled by groups of people that exist."""
    model = organisation.model
    uses = [u for f in model.functions for u in listed(model.functions[f].filled_by, "functions", f, "filled_by")]
    uses += [u for seat in model.staff for u in listed(model.staff[seat], "staff", seat)]
    for name, body in model.bodies.items():
        uses += [(m.from_group, ("bodies", name, "members", n, "from")) for n, m in enumerate(body.members)]
    yield from unknown(organisation, uses, model.people, "en grupp under people")


def units(organisation: Part[Organisation]) -> Iterator[Problem]:
    """Functions and channels belong to units that exist."""
    model = organisation.model
    uses: list[Use] = [(f.unit, ("functions", name, "unit")) for name, f in model.functions.items()]
    uses += [u for c in model.channels for u in listed(c.units, "channels", c.id, "units")]
    yield from unknown(organisation, uses, model.units, "en enhet under units")


def functions(organisation: Part[Organisation]) -> Iterator[Problem]:
    """Lines, deputies, first calls and summons lead to functions that exist."""
    model = organisation.model
    uses: list[Use] = []
    for name, function in model.functions.items():
        at = ("functions", name)
        if function.reports_to is not None:
            uses.append((function.reports_to, (*at, "reports_to")))
        uses += [(d.function, (*at, "deputies", n, "function")) for n, d in enumerate(function.deputies)]
        uses += [(i.function, (*at, "informs", n, "function")) for n, i in enumerate(function.informs)]
    for kind, called in model.first_call.items():
        if isinstance(called, str):
            uses.append((called, ("first_call", kind)))
        else:
            uses += listed(called, "first_call", kind)
    uses += [(body.convened_by, ("bodies", name, "convened_by")) for name, body in model.bodies.items()]
    uses += [(level.via, ("levels", level.id, "via")) for level in model.levels if level.via is not None]
    yield from unknown(organisation, uses, model.functions, "en funktion under functions")


def deciders(organisation: Part[Organisation]) -> Iterator[Problem]:
    """Whoever decides on a level, or jointly, is a function or a body."""
    model = organisation.model
    uses: list[Use] = [(level.decided_by, ("levels", level.id, "decided_by")) for level in model.levels]
    for name, joint in model.joint.items():
        uses += listed(joint.holders, "joint", name, "holders")
        if joint.otherwise is not None:
            uses.append((joint.otherwise, ("joint", name, "otherwise")))
    yield from unknown(organisation, uses, {*model.functions, *model.bodies}, "en funktion eller ett organ")


def names(organisation: Part[Organisation]) -> Iterator[Problem]:
    """No body has a function's name, no level or channel stands twice."""
    model = organisation.model
    for name in sorted(set(model.functions) & set(model.bodies)):
        yield organisation.error(
            f"”{name}” är både en funktion och ett organ", "ge organet ett annat namn", at=("bodies", name), key=True
        )
    for key, ids in (("levels", [v.id for v in model.levels]), ("channels", [c.id for c in model.channels])):
        for n, name in enumerate(ids):
            if name in ids[:n]:
                yield organisation.error(f"”{name}” finns två gånger i {key}", at=(key, n, "id"))


def default_call(organisation: Part[Organisation]) -> Iterator[Problem]:
    """Whoever rings without knowing whom to ring must reach somebody."""
    called = organisation.model.first_call
    for kind, who in called.items():
        if not who and kind != "else":
            yield organisation.error("ingen svarar", f"ange en funktion för {kind}", at=("first_call", kind))
    if "default" not in called:
        near = meant("default", called)
        yield organisation.error(
            "first_call saknar default: vem som svarar när inget annat sägs",
            near if near.startswith("menade") else "lägg till default: en funktion",
            at=("first_call",),
            key=True,
        )


def lines_in_rings(organisation: Part[Organisation]) -> Iterator[Problem]:
    """Nobody reports to themselves, however far round."""
    model = organisation.model
    above = {name: (f.reports_to,) if f.reports_to else () for name, f in model.functions.items()}
    for names_ in ring(above):
        yield organisation.error(
            f"linjen går i ring: {' → '.join((*names_, names_[0]))}",
            "låt en av dem inte ha någon över sig",
            at=("functions", names_[0], "reports_to"),
        )


def own_deputies(organisation: Part[Organisation]) -> Iterator[Problem]:
    """Nobody is their own deputy or tells themselves."""
    for name, function in organisation.model.functions.items():
        others = [("deputies", n, d.function, "ställföreträdare") for n, d in enumerate(function.deputies)]
        others += [("informs", n, told.function, "mottagare") for n, told in enumerate(function.informs)]
        for key, n, other, what in others:
            if other == name:
                yield organisation.error(
                    f"”{name}” är sin egen {what}", "ta bort raden", at=("functions", name, key, n)
                )


def calendars(organisation: Part[Organisation], engine: Part[ModelAssumptions]) -> Iterator[Problem]:
    """Groups work by calendars that exist."""
    known = {"always", "never", *engine.model.calendars}
    uses: list[Use] = [(g.works, ("people", name, "works")) for name, g in organisation.model.people.items()]
    yield from unknown(organisation, uses, known, "en kalender i assumptions.yaml (eller always, never)")
    days = [
        (level.by_day.works, ("levels", level.id, "by_day", "works"))
        for level in organisation.model.levels
        if level.by_day
    ]
    yield from unknown(organisation, days, engine.model.calendars, "en kalender i assumptions.yaml")


CHECKS = (
    groups,
    units,
    functions,
    deciders,
    names,
    default_call,
    lines_in_rings,
    own_deputies,
)
"""Checks of an organisation by itself."""
