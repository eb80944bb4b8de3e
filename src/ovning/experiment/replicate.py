"""Plays of one setup with their logs, one after the other; the plays are the same whoever plays them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain

from ovning.experiment.chunks import chunks_of, compiled_from, pack
from ovning.experiment.workers import Crew, is_stopped, spread
from ovning.log.records import Log
from ovning.measures.summary import PlaySummary, summarise
from ovning.model.setup import Setup


@dataclass(frozen=True, slots=True)
class Played:
    """One play: its log and what it came to."""

    log: Log
    summary: PlaySummary


def replicate(setup: Setup, seed: int, replications: Sequence[int], *, crew: Crew | None = None) -> Iterator[Played]:
    """Play each of the replications and give them in the order asked for.

    Without a crew they are played here, one after the other. The setup is compiled once in each worker.
    """
    packed = pack(setup)
    if crew is None:
        return _play(packed, seed, replications)
    chunks = (partial(_play_chunk, packed, seed, chunk) for chunk in chunks_of(replications))
    return chain.from_iterable(spread(chunks, crew))


def _play_chunk(packed: bytes, seed: int, replications: tuple[int, ...]) -> list[Played]:
    return list(_play(packed, seed, replications))


def _play(packed: bytes, seed: int, replications: Sequence[int]) -> Iterator[Played]:
    from ovning.engine import play

    setup, compiled = compiled_from(packed)
    for replication in replications:
        if is_stopped():
            return
        log = play(compiled, seed, replication)
        yield Played(log, summarise(log, setup))
