"""What an evaluation is written from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ovning.evaluate.judging import Judged
from ovning.evaluate.note import Kind, Lost, Note
from ovning.evaluate.plan import Point
from ovning.experiment.forecast import Forecast
from ovning.experiment.gain import Gain
from ovning.model.exercise import Criterion
from ovning.model.held import played_after
from ovning.model.setup import Setup


@dataclass(frozen=True, slots=True)
class Evaluated:
    """A real exercise, and simulated plays of the same beside it."""

    setup: Setup
    notes: Sequence[Note]
    lost: Sequence[Lost]
    judged: Sequence[Judged]
    forecast: Forecast
    files: Sequence[tuple[str, int]]
    """What was read, and how many rows of each were used."""
    proposals: Sequence[Gain]
    """What the model can try against the worst waits, and what it brought."""
    plan: Sequence[Point] | None
    """The points of the plan before; ``None`` if none was given."""
    seed: int
    command: Sequence[str]

    def criterion(self, judged: Judged) -> Criterion:
        """What was judged."""
        return self.setup.exercise.criterion(judged.objective, judged.criterion)

    def stretch(self, judged: Judged) -> int | None:
        """How long is played after that from which a time counts, until the play next stops; ``None`` if it never does.

        Milliseconds. Also ``None`` for what is no time, or counts from hours that are not played.
        """
        return played_after(self.setup.exercise, judged.begins) if self.criterion(judged).is_time else None

    def of_kind(self, kind: Kind) -> list[Note]:
        """Those that say something of the organisation; a row that names several criteria once."""
        return list({note.id: note for note in self.all_of_kind(kind)}.values())

    def all_of_kind(self, kind: Kind) -> list[Note]:
        """The same, once for each criterion."""
        return [note for note in self.notes if note.kind == kind and not note.artefact]
