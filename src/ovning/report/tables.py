"""The tables of a run, as words: printed in the terminal and set in the report."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from ovning.measures.aggregate import LevelResult
from ovning.measures.times import Times
from ovning.report.names import CAUSE_MEANINGS, large
from ovning.report.outcome import Outcome
from ovning.report.wording import mean_minutes, minutes, percent, quantile, share, span, within
from ovning.units import MINUTE, say_duration

VERDICTS: Final = {
    "reached": "nås",
    "not_reached": "nås inte",
    "undecided": "går inte att avgöra",
    "not_tested": "prövades inte",
}
"""Whether so many plays as aimed at meet a criterion."""


@dataclass(frozen=True, slots=True)
class Table:
    """Headings with their side, and rows of text."""

    title: str
    columns: tuple[tuple[str, str], ...]
    """Heading and ``left`` or ``right``."""
    rows: tuple[tuple[str, ...], ...]
    note: str = ""
    """What one must know to read it."""


def levels(outcome: Outcome) -> Table:
    """When each level is active."""
    horizon = outcome.results.horizon
    rows = []
    for level in outcome.results.levels:
        active = dict(level.steps)["active"]
        title = outcome.names.level(level.level)
        if level.level not in outcome.warranted and level.unnecessary.hits:
            title += " – onödigt i det här förloppet"
        rows.append(
            (title, share(active.reached), quantile(active.median, horizon), span(active.p10, active.p90, horizon))
        )
    for body in outcome.results.bodies:
        convened = dict(body.steps)["convened"]
        if not dict(body.steps)["summoned"].reached.hits:
            continue
        title = f"{outcome.names.station(body.body)} sammankallad"
        rows.append(
            (
                title,
                share(convened.reached),
                quantile(convened.median, horizon),
                span(convened.p10, convened.p90, horizon),
            )
        )
    return Table(
        "Lägen: tid från övningsstart till aktivt",
        (("läge", "left"), ("aktivt i andel spel", "right"), ("median", "right"), ("10–90 % av spelen", "right")),
        tuple(rows),
        "Inom parentes: 95 procents osäkerhetsintervall.",
    )


def path(outcome: Outcome, level: LevelResult) -> Table | None:
    """Where the time to a level went; ``None`` if it was never active."""
    parts = level.path
    if parts is None:
        return None
    rows = [("innan den utlösande händelsen blev känd för någon", mean_minutes(parts.before))]
    rows += [
        (f"väntan: {outcome.names.cause(cause)}", mean_minutes(mean)) for cause, mean in parts.waiting if mean.mean
    ]
    rows += [
        ("arbete längs vägen", mean_minutes(parts.work)),
        ("från larm till att platserna är besatta", mean_minutes(parts.gather)),
    ]
    whole = sum(m.mean for m in (parts.before, parts.work, parts.gather)) + sum(m.mean for _, m in parts.waiting)
    rows.append(("summa", minutes(whole)))
    plays = "Det enda spel" if parts.n == 1 else f"Medeltal över de {parts.n} spel"
    return Table(
        f"Vart tiden till {outcome.names.level(level.level)} gick",
        (("del av tiden", "left"), ("minuter per spel", "right")),
        tuple(rows),
        f"{plays} där läget blev aktivt; delarna summerar exakt före avrundning.",
    )


def objectives(outcome: Outcome) -> Table:
    """How large a share of the plays meets each criterion."""
    rows = []
    by_place = {(result.objective, result.criterion): result for result in outcome.results.criteria}
    for objective in outcome.setup.exercise.objectives:
        for number, criterion in enumerate(objective.criteria):
            result = by_place[objective.id, number]
            rows.append(
                (
                    objective.id,
                    outcome.names.criterion(criterion),
                    within(criterion, criterion.met),
                    share(result.met),
                    percent(criterion.target_share),
                    VERDICTS[result.verdict],
                )
            )
    columns = (
        ("mål", "left"),
        ("kriterium", "left"),
        ("gräns", "right"),
        ("klaras i andel spel", "right"),
        ("ska klaras i", "right"),
        ("kravet", "left"),
    )
    return Table(
        "Kriterierna",
        columns,
        tuple(rows),
        "Kravet ”nås” när hela osäkerhetsintervallet ligger på eller över det, ”nås inte” när hela ligger under.",
    )


def waited_for(outcome: Outcome, most: int = 8) -> Table:
    """Who everybody was waiting for."""
    whole = sum(mean.mean for _, mean in outcome.waited_for)
    rows = []
    for station, mean in outcome.waited_for[:most]:
        causes = [part for part in outcome.results.critical_waiting if part.station == station]
        why = ", ".join(
            f"{outcome.names.cause(part.cause)} {minutes(part.mean.mean)}" for part in causes[:3] if part.mean.mean
        )
        part = percent(mean.mean / whole) if whole else "–"
        rows.append((large(outcome.names.station(station)), mean_minutes(mean), part, why))
    return Table(
        "Vem alla väntade på",
        (("funktion", "left"), ("minuter per spel", "right"), ("del av väntan", "right"), ("varför, minuter", "left")),
        tuple(rows),
        "Väntan längs den väg i varje ärende som avgjorde hur lång tid det tog (bara ärenden som prövar ett mål).",
    )


def waited_why(outcome: Outcome) -> Table:
    """Where the time went, by cause."""
    work = outcome.results.critical_work
    whole = sum(mean.mean for _, mean in outcome.waited_why) + work.mean
    rows = [
        (
            f"väntan: {outcome.names.cause(cause)}",
            mean_minutes(mean),
            percent(mean.mean / whole),
            CAUSE_MEANINGS.get(cause, ""),
        )
        for cause, mean in outcome.waited_why
        if mean.mean
    ]
    rows.append(("arbete", mean_minutes(work), percent(work.mean / whole if whole else 0), "någon gör uppgiften"))
    return Table(
        "Var tiden gick",
        (("", "left"), ("minuter per spel", "right"), ("del", "right"), ("betyder", "left")),
        tuple(rows),
        "Längs samma vägar som ovan; ärenden som pågår samtidigt räknas var för sig.",
    )


def injects(outcome: Outcome) -> Table:
    """When each inject was taken in, and when everything it asked for was done."""
    horizon = outcome.results.horizon
    rows = []
    known = {result.inject: result for result in outcome.results.injects}
    for inject in outcome.setup.scenario.injects:
        result = known.get(inject.id)
        if result is None:
            rows.append((inject.id, inject.title, "0 %", "–", "–", "–"))
            continue
        rows.append(
            (
                inject.id,
                inject.title,
                percent(result.sent.share),
                _times(result.answer, horizon),
                _times(result.finished, horizon),
                percent(result.never_answered.share),
            )
        )
    columns = (
        ("nr", "left"),
        ("inspel", "left"),
        ("kom i", "right"),
        ("till mottaget, median (10–90 %)", "right"),
        ("till allt gjort, median (10–90 %)", "right"),
        ("aldrig besvarat", "right"),
    )
    return Table("Inspelen", columns, tuple(rows), "Tider från att inspelet gavs.")


def mandates(outcome: Outcome) -> Table | None:
    """What mandate cost; ``None`` when no decision was ever needed."""
    rows = [
        (
            outcome.names.decision(result.decision),
            mean_minutes(result.waiting),
            share(result.without_wait),
            percent(result.gap.share),
            percent(result.acted.share),
        )
        for result in outcome.results.mandate
    ]
    if not rows:
        return None
    columns = (
        ("beslut", "left"),
        ("väntan på mandat, minuter per spel", "right"),
        ("utan väntan", "right"),
        ("ingen får besluta", "right"),
        ("gjort utan mandat", "right"),
    )
    return Table("Beslut och mandat", columns, tuple(rows))


def _times(times: Times, horizon: int) -> str:
    if times.median is None:
        return "–"
    middle = quantile(times.median, horizon)
    if times.median.value is None:
        return middle
    low, high = (_short(quantile.value if quantile else None) for quantile in (times.p10, times.p90))
    return f"{_short(times.median.value)} ({low} – {high})"


def _short(ms: float | None) -> str:
    if ms is None:
        return "aldrig"
    if ms < MINUTE:
        return "0 min" if ms == 0 else "<1 min"
    return say_duration(ms)
