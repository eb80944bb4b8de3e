"""Critical paths: the one chain of stretches that an end had to wait for, back to what began it.

Within a case the path goes from the task that finished last back to the predecessor that finished last (ties: the one
listed first), and so on to the opening of the case. Since a task is requested the moment its last predecessor
finishes, and its life is contiguous, the stretches on the path sum exactly to the time from opening to end. A case that
was caused by a task began the moment that task finished, or while it went on (whoever takes it up learns what it
brings; it begins to wait for a level that it asks for): then a stretch of its life begins at that moment, and what lies
before is what led to the case. So the path goes on through the cause, to a case from outside.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from ovning.measures.lives import CaseLife, Life, Lives, Stretch


@dataclass(frozen=True, slots=True)
class Path:
    """A chain of stretches without gaps, milliseconds since STARTEX."""

    begins_at: int
    ends_at: int
    tasks: tuple[str, ...]
    """First to last."""
    stretches: tuple[Stretch, ...]
    """First to last."""
    origin: str | None
    """The case that it begins with; ``None`` for an empty path."""

    @property
    def lasted(self) -> int:
        """Milliseconds; equals the sum of its stretches."""
        return self.ends_at - self.begins_at


def last_task(lives: Lives, case: CaseLife) -> Life | None:
    """The task of a case that ended last, ties: the first requested; ``None`` for a case without tasks."""
    return max((lives.tasks[task] for task in case.tasks), key=lambda life: life.ended_at, default=None)


def case_path(lives: Lives, case: str) -> Path:
    """The critical path within one case: to its close, or to the horizon while a task of it is open.

    Raises ``ValueError`` if the log breaks the rule that makes its sum exact.
    """
    life = lives.cases[case]
    last = last_task(lives, life)
    if last is None:
        return Path(life.opened_at, life.opened_at, (), (), case)
    return path_to(lives, last.task)


def path_to(lives: Lives, task: str) -> Path:
    """The path from the opening of the task's case to the task's end. Raises ``ValueError`` like ``case_path``."""
    chain = [lives.tasks[task]]
    case = lives.cases[chain[0].case]
    while chain[-1].after:
        before = max((_predecessor(lives, chain[-1], name) for name in chain[-1].after), key=lambda life: life.ended_at)
        _meets(chain[-1], before.ended_at, before.task)
        chain.append(before)
    _meets(chain[-1], case.opened_at, case.case)
    chain.reverse()
    stretches = tuple(stretch for life in chain for stretch in life.stretches)
    return Path(case.opened_at, chain[-1].ended_at, tuple(life.task for life in chain), stretches, case.case)


def whole_path_to(lives: Lives, task: str) -> Path:
    """The path to the task's end from the case that set it all going, through whatever caused each case on the way.

    Raises ``ValueError`` like ``case_path``.
    """
    parts = [path_to(lives, task)]
    seen = {parts[0].origin}
    while cause := lives.cases[parts[-1].origin or ""].caused_by:
        part = _cut(path_to(lives, cause), parts[-1].begins_at)
        if part.ends_at != parts[-1].begins_at:
            raise ValueError(f"{parts[-1].origin} opens at {parts[-1].begins_at}, its cause ends at {part.ends_at}")
        if part.origin in seen:
            raise ValueError(f"{part.origin} is caused by itself")
        seen.add(part.origin)
        parts.append(part)
    parts.reverse()
    return Path(
        begins_at=parts[0].begins_at,
        ends_at=parts[-1].ends_at,
        tasks=tuple(name for part in parts for name in part.tasks),
        stretches=tuple(stretch for part in parts for stretch in part.stretches),
        origin=parts[0].origin,
    )


def origin_of(lives: Lives, case: str) -> CaseLife:
    """The case from outside that a case goes back to (itself, if nothing caused it)."""
    found = lives.cases[case]
    seen = {case}
    while found.caused_by is not None:
        found = lives.cases[lives.tasks[found.caused_by].case]
        if found.case in seen:
            raise ValueError(f"{case} is caused by itself")
        seen.add(found.case)
    return found


def objectives_of(lives: Lives, case: str) -> tuple[str, ...]:
    """The objectives that a case tests: its own, or else those of what caused it."""
    found = lives.cases[case]
    while not found.objectives and found.caused_by is not None:
        found = lives.cases[lives.tasks[found.caused_by].case]
    return found.objectives


def total(stretches: Iterable[Stretch]) -> int:
    """Milliseconds of all stretches together."""
    return sum(stretch.at - stretch.since for stretch in stretches)


def _cut(path: Path, at: int) -> Path:
    """The path until a stretch of its last task that begins at ``at``, if there is one; else all of it."""
    for number, stretch in enumerate(path.stretches):
        if stretch.since == at and stretch.task == path.tasks[-1]:
            return replace(path, ends_at=at, stretches=path.stretches[:number])
    return path


def _predecessor(lives: Lives, life: Life, name: str) -> Life:
    before = lives.tasks.get(name)
    if before is None:
        raise ValueError(f"{life.task} comes after {name}, which was never requested")
    return before


def _meets(life: Life, at: int, what: str) -> None:
    if life.requested_at != at:
        raise ValueError(f"{life.task} is requested at {life.requested_at}, not at {at} when {what} lets it")
