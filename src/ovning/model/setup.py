"""Everything that one play needs to know before it begins."""

from __future__ import annotations

from ovning.model.assumptions import Assumption, ModelAssumptions, SourcedValue
from ovning.model.base import Id, Model
from ovning.model.exercise import Exercise
from ovning.model.organisation import Organisation
from ovning.model.scenario import Scenario
from ovning.model.sources import Document
from ovning.model.vocabulary import Vocabulary


class Setup(Model):
    """An exercise with its scenario, one organisation, the shared words and the assumptions, all resolved."""

    vocabulary: Vocabulary
    """The shared words."""
    organisation: Organisation
    """Who plays."""
    scenario: Scenario
    """What happens, with the chosen variation already applied."""
    exercise: Exercise
    """What it is judged by."""
    assumptions: ModelAssumptions
    """The engine's own numbers."""
    ledger: tuple[Assumption, ...] = ()
    """Every assumption in play."""
    known: tuple[SourcedValue, ...] = ()
    """Every sourced value."""
    sources: dict[str, Document] = {}
    """What the sourced values name, by the name that files use."""
    variation: str | None = None
    """The chosen variation."""
    at_population: int | None = None
    """How many inhabitants the municipality is played as if it had: what follows that is counted for so many."""
    start_sampled: bool = False
    """Whether each play starts at an hour of its own, drawn from those at which the scenario may start."""
    seated: dict[Id, tuple[tuple[int, int], ...]] = {}
    """Levels whose staff whoever leads the exercise lets sit, from when and until when: milliseconds from STARTEX."""
    files: dict[str, str] = {}
    """File as named → SHA-256 of its bytes."""
