"""What an exercise puts to the test, as tables, and in plain words what never happens."""

from __future__ import annotations

from collections.abc import Sequence

from ovning.experiment.coverage import Coverage, CriterionCover, InjectCover, TaskCover
from ovning.measures.intervals import Share
from ovning.model.exercise import Criterion
from ovning.model.setup import Setup
from ovning.report.names import Names, short, small
from ovning.report.place import Place
from ovning.report.tables.objectives import limit, within
from ovning.report.tables.table import Table, columns
from ovning.report.wording import percent
from ovning.words import phrase, word
from ovning.words.common import chained


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
        heads = ("number", "title", "sent", "received", "answered", "unfinished")
        note = " ".join(filter(None, (word("coverage.injects_note"), self._two())))
        return Table(word("coverage.injects"), columns("coverage.inject", "llrrrl", *heads), tuple(rows), note)

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
                    word(f"coverage.varies.{cover.varies}"),
                )
            )
        heads = columns("coverage.criterion", "lllll", "title", "limit", "met", "span", "varies")
        return Table(word("coverage.criteria"), heads, tuple(rows), self._two())

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
            why = ", ".join(phrase(f"coverage.why.{reason}", plays=str(plays)) for reason, plays in cover.withheld)
            return phrase(f"coverage.never.{'sent_why' if why else 'sent'}", inject=about, why=why)
        for step, shares in (("sent", cover.sent), ("received", cover.received), ("answered", cover.answered)):
            if never := _never(shares):
                where = self._where(never, shares)
                return phrase(f"coverage.never.{step}{'_in' if where else ''}", inject=about, organisations=where)
        return ""

    def _never_task(self, cover: TaskCover) -> str:
        never = _never(cover.done)
        if not never:
            return ""
        where = self._where(never, cover.done)
        step = "done" if any(share.hits for share in cover.requested) else "begun"
        return phrase(
            f"coverage.never.{step}{'_in' if where else ''}",
            inject=cover.inject,
            task=small(self._names.task(cover.inject, cover.task) or cover.task),
            organisations=where,
        )

    def _never_criterion(self, cover: CriterionCover) -> str:
        if cover.varies not in ("never", "not_tested"):
            return ""
        criterion = self._criterion(cover)
        about = f"{cover.objective} {self._names.criterion(criterion)}"
        if cover.varies == "not_tested":
            return phrase("coverage.never.tested", criterion=about)
        outcome = "always" if any(share.hits for share in cover.met) else "never"
        said = phrase(
            f"coverage.outcome.{outcome}{'_unseen' if cover.fastest is None else ''}",
            criterion=about,
            span=_span(criterion, cover),
            limit=str(limit(criterion, Place(criterion.met))),
        )
        reason = criterion.assumption or criterion.source
        return f"{said} {phrase('coverage.limit_reason', reason=reason)}" if reason else said

    def _where(self, never: Sequence[int], shares: Sequence[Share]) -> str:
        """Which organisations it never happens in, unless it is all in which it could."""
        if len(never) == sum(share.n > 0 for share in shares):
            return ""
        return chained([self._organisations[n] for n in never])

    def _unfinished(self, inject: str) -> str:
        tasks = [cover for cover in self._coverage.tasks if cover.inject == inject and _never(cover.done)]
        return ", ".join(self._unfinished_task(inject, cover) for cover in tasks)

    def _unfinished_task(self, inject: str, cover: TaskCover) -> str:
        task = small(self._names.task(inject, cover.task) or cover.task)
        where = self._where(_never(cover.done), cover.done)
        return phrase("coverage.task_in", task=task, organisations=where) if where else task

    def _criterion(self, cover: CriterionCover) -> Criterion:
        objective = next(o for o in self._setup.exercise.objectives if o.id == cover.objective)
        return objective.criteria[cover.criterion]

    def _shares(self, shares: Sequence[Share]) -> str:
        said = [percent(share.share) for share in shares]
        return said[0] if len(set(said)) == 1 else " / ".join(said)

    def _two(self) -> str:
        if len(self._organisations) == 1:
            return ""
        return phrase("coverage.two", organisations=" / ".join(self._organisations))


def _never(shares: Sequence[Share]) -> tuple[int, ...]:
    """The organisations in which it never happened, of those in which it could."""
    return tuple(n for n, share in enumerate(shares) if share.n and not share.hits)


def _span(criterion: Criterion, cover: CriterionCover) -> str:
    if cover.fastest is None or cover.slowest is None:
        return "–"
    fastest, slowest = (str(limit(criterion, Place(value))) for value in (cover.fastest, cover.slowest))
    return fastest if fastest == slowest else f"{fastest} – {slowest}"
