"""What an exercise puts to the test, as tables, and in plain words what never happens."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from ovning.experiment.coverage import Coverage, CriterionCover, InjectCover, TaskCover
from ovning.measures.intervals import Share
from ovning.model.exercise import Criterion
from ovning.model.setup import Setup
from ovning.report.names import Names, short, small
from ovning.report.place import Place
from ovning.report.tables import Table
from ovning.report.tables.objectives import limit, within
from ovning.report.wording import percent

VARIES: Final = {
    "both": "mellan spel och organisationer",
    "plays": "mellan spel",
    "organisations": "bara mellan organisationer",
    "never": "varierar aldrig",
    "not_tested": "prövas aldrig",
}
"""Whether a criterion can turn out either way."""
_WHY: Final = {
    "unless": "dess förbehåll gällde",
    "chance": "slumpen ville det inte",
    "nobody": "den som det är till finns inte",
}


class Told:
    """Tells of one exercise's coverage."""

    def __init__(self, coverage: Coverage, setups: Sequence[Setup]) -> None:
        self._coverage = coverage
        self._setup = setups[0]
        self._names = Names(setups[0])
        self._organisations = [short(setup.organisation.title) for setup in setups]
        self._titles = {inject.id: inject.title for inject in setups[0].scenario.injects}

    def injects(self) -> Table:
        """How often each inject comes, is taken in and is answered."""
        rows = [
            (
                cover.inject,
                self._titles[cover.inject],
                *(self._shares(shares) for shares in (cover.sent, cover.received, cover.answered)),
                self._unfinished(cover.inject),
            )
            for cover in self._coverage.injects
        ]
        columns = (
            ("nr", "left"),
            ("inspel", "left"),
            ("kommer", "right"),
            ("mottas", "right"),
            ("besvaras", "right"),
            ("uppgifter som aldrig blir klara", "left"),
        )
        return Table(
            "Inspelen: i hur stor andel av spelen",
            columns,
            tuple(rows),
            "Mottas och besvaras: av de spel där inspelet kom. Besvarat är det när allt det ber om är gjort."
            + self._two(),
        )

    def criteria(self) -> Table:
        """Whether each criterion can turn out either way."""
        rows = []
        for cover in self._coverage.criteria:
            criterion = self._criterion(cover)
            rows.append(
                (
                    f"{cover.objective} {self._names.criterion(criterion)}",
                    within(criterion, Place(criterion.met)),
                    self._shares(cover.met),
                    _span(criterion, cover),
                    VARIES[cover.varies],
                )
            )
        columns = (
            ("kriterium", "left"),
            ("gräns", "left"),
            ("klaras", "left"),
            ("värden som förekom", "left"),
            ("utfallet varierar", "left"),
        )
        return Table("Kriterierna: kan de gå åt båda hållen?", columns, tuple(rows), self._two().strip())

    def never(self) -> tuple[str, ...]:
        """One sentence for each thing that never happens."""
        return (
            *(said for cover in self._coverage.injects if (said := self._never_inject(cover))),
            *(said for cover in self._coverage.tasks if (said := self._never_task(cover))),
            *(said for cover in self._coverage.criteria if (said := self._never_criterion(cover))),
        )

    def _never_inject(self, cover: InjectCover) -> str:
        about = f"{cover.inject} {self._titles[cover.inject]}"
        if not any(share.hits for share in cover.sent):
            why = ", ".join(f"{_WHY.get(reason, reason)} i {plays} spel" for reason, plays in cover.withheld)
            return f"{about}: kommer aldrig{f' ({why})' if why else ''}."
        for step, shares in (("kommer", cover.sent), ("mottas", cover.received), ("besvaras", cover.answered)):
            if never := _never(shares):
                return f"{about}: {step} aldrig{self._where(never, shares)}."
        return ""

    def _never_task(self, cover: TaskCover) -> str:
        never = _never(cover.done)
        if not never:
            return ""
        title = self._names.task(cover.inject, cover.task) or cover.task
        begun = "" if any(share.hits for share in cover.requested) else "; turen kommer aldrig till den"
        return f"{cover.inject}, ”{small(title)}”: blir aldrig klar{self._where(never, cover.done)}{begun}."

    def _never_criterion(self, cover: CriterionCover) -> str:
        if cover.varies not in ("never", "not_tested"):
            return ""
        criterion = self._criterion(cover)
        about = f"{cover.objective} {self._names.criterion(criterion)}"
        if cover.varies == "not_tested":
            return f"{about}: prövas aldrig."
        always = any(share.hits for share in cover.met)
        seen = f"värdena var {_span(criterion, cover)}" if cover.fastest is not None else "det hände aldrig"
        outcome = "klaras alltid" if always else "klaras aldrig"
        said = f"{about}: {outcome}; {seen}, gränsen är {limit(criterion, Place(criterion.met))}."
        reason = criterion.assumption or criterion.source
        return f"{said} Om gränsen: {reason}" if reason else said

    def _where(self, never: Sequence[int], shares: Sequence[Share]) -> str:
        """Which organisations it never happens in, unless it is all in which it could."""
        if len(never) == sum(share.n > 0 for share in shares):
            return ""
        return f" i {' och '.join(self._organisations[n] for n in never)}"

    def _unfinished(self, inject: str) -> str:
        tasks = [cover for cover in self._coverage.tasks if cover.inject == inject and _never(cover.done)]
        return ", ".join(
            small(self._names.task(inject, cover.task) or cover.task) + self._where(_never(cover.done), cover.done)
            for cover in tasks
        )

    def _criterion(self, cover: CriterionCover) -> Criterion:
        objective = next(o for o in self._setup.exercise.objectives if o.id == cover.objective)
        return objective.criteria[cover.criterion]

    def _shares(self, shares: Sequence[Share]) -> str:
        said = [percent(share.share) for share in shares]
        return said[0] if len(set(said)) == 1 else " / ".join(said)

    def _two(self) -> str:
        if len(self._organisations) == 1:
            return ""
        return f" Flera tal är {' / '.join(self._organisations)}, där de skiljer sig."


def _never(shares: Sequence[Share]) -> tuple[int, ...]:
    """The organisations in which it never happened, of those in which it could."""
    return tuple(n for n, share in enumerate(shares) if share.n and not share.hits)


def _span(criterion: Criterion, cover: CriterionCover) -> str:
    if cover.fastest is None or cover.slowest is None:
        return "–"
    fastest, slowest = (str(limit(criterion, Place(value))) for value in (cover.fastest, cover.slowest))
    return fastest if fastest == slowest else f"{fastest} – {slowest}"
