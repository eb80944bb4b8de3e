"""Who plays: processes of this machine, or the workers of a cluster."""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import TypeAlias

from ovning.errors import UsageError
from ovning.experiment.workers import Crew, default_jobs, processes

Players: TypeAlias = int | str
"""How many processes, or the address of a cluster."""


def players_of(jobs: int | None, cluster: str | None) -> Players:
    """Those asked for, else a process for each core. Raises ``UsageError`` when both are."""
    if cluster is not None and jobs is not None:
        raise UsageError("Med --cluster spelar klustrets arbetare; --jobs kan inte anges samtidigt.")
    return cluster or jobs or default_jobs()


def crew_of(players: Players, pieces: int) -> AbstractContextManager[Crew | None]:
    """They, while something is played that comes in so many pieces."""
    if isinstance(players, int):
        return processes(players, pieces)
    from ovning.experiment.cluster import cluster

    return cluster(players)
