"""Chunks of plays: the unit that is sent out, brought home, kept and taken up again.

Which plays are in which chunk depends only on how many there are, so that what is made of chunks is the same whoever
played them. Whoever plays a chunk also makes of it what is to be kept (the logs as Parquet, all else as a tally): what
comes home is small and ready, and the one who gathers it has little to do.
"""

from __future__ import annotations

import pickle
import zlib
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache, partial
from typing import TYPE_CHECKING, Final, Literal, NamedTuple, Protocol, TypeAlias

from ovning.experiment.workers import Crew, is_stopped, spread
from ovning.log import groups, parquet
from ovning.log.records import Log
from ovning.measures.compared import add_compared, compared_of
from ovning.measures.summary import course_of, summarise
from ovning.measures.tally import Tally
from ovning.measures.tallying import add_course, add_play
from ovning.model.setup import Setup

if TYPE_CHECKING:
    from ovning.engine import Compiled

CHUNK: Final = 25
"""Plays in one piece of work: so many that sending the piece costs little beside playing it."""

Arm: TypeAlias = tuple[str, ...]
"""What was changed, as ``--set`` takes it; nothing in the design itself."""


Told: TypeAlias = Literal["all", "course", "compared"]
"""How much of a play is told: everything and its log, what remedies are judged by, or what designs are compared by."""


class Brought(NamedTuple):
    """What a chunk of plays came to."""

    plays: int
    tally: bytes
    """Packed."""
    logs: groups.Parts | None
    """``None`` for plays that are only compared."""


class Keeper(Protocol):
    """Somewhere to keep chunks while the others are played. They are always kept in the same order."""

    def kept(self, arm: Arm, chunk: int) -> bytes | None:
        """The tally of the chunk, if it was kept some time before."""

    def keep(self, arm: Arm, chunk: int, brought: Brought) -> None:
        """Keep the chunk that follows those that are kept already."""


class Forgetting:
    """Keeps nothing."""

    def kept(self, arm: Arm, chunk: int) -> bytes | None:
        """Nothing."""

    def keep(self, arm: Arm, chunk: int, brought: Brought) -> None:
        """Nothing."""


def chunks_of(replications: Sequence[int]) -> list[tuple[int, ...]]:
    """The replications, divided."""
    return [tuple(replications[at : at + CHUNK]) for at in range(0, len(replications), CHUNK)]


def play_all(
    setup: Setup,
    seed: int,
    replications: Sequence[int],
    *,
    crew: Crew | None = None,
    keeper: Keeper | None = None,
    played: Callable[[int], object] = lambda plays: None,
) -> Tally:
    """Play each of the replications; what they add up to, in the order asked for.

    ``keeper`` gets the logs, and is asked for what it has before anything is played. ``played`` hears of plays.
    """
    (tally,) = _arms([((), setup)], seed, replications, "all", crew, keeper, played)
    return tally


def replay_all(
    arms: Sequence[tuple[Arm, Setup]],
    seed: int,
    replications: Sequence[int],
    *,
    crew: Crew | None = None,
    keeper: Keeper | None = None,
    played: Callable[[int], object] = lambda plays: None,
    told: Told = "course",
) -> Iterator[Tally]:
    """Play the same replications in one arm after the other; for each, what its plays are compared by.

    All arms share one stream of chunks, so that nobody waits for the last play of one before the next begins.
    """
    return _arms(arms, seed, replications, told, crew, keeper, played)


def _arms(
    arms: Sequence[tuple[Arm, Setup]],
    seed: int,
    replications: Sequence[int],
    told: Told,
    crew: Crew | None,
    keeper: Keeper | None,
    played: Callable[[int], object],
) -> Iterator[Tally]:
    divided = chunks_of(replications)
    keeper = Forgetting() if keeper is None else keeper
    asked = [(arm, number) for arm, _ in arms for number in range(len(divided))]
    # One by one: here at home each play is counted as it ends.
    one_by_one = played if crew is None else None

    def pieces(ready: int) -> Iterator[Callable[[], Brought]]:
        for at, (_, setup) in enumerate(arms):
            missing = range(max(0, ready - at * len(divided)), len(divided))
            packed = pack(setup) if missing else b""
            for number in missing:
                yield partial(_bring, packed, seed, number, divided[number], told, one_by_one)

    coming: Iterator[Brought] | None = None
    tally = Tally()
    for at, (arm, number) in enumerate(asked):
        size = len(divided[number])
        # Those that are kept come first: chunks are kept in the order in which they are asked for.
        if coming is None and (kept := keeper.kept(arm, number)) is not None:
            packed = kept
            played(size)
        else:
            coming = spread(pieces(at), crew) if coming is None else coming
            brought = next(coming)
            if brought.plays != size:
                raise RuntimeError(f"chunk {number} came home with {brought.plays} plays of {size}")
            keeper.keep(arm, number, brought)
            packed = brought.tally
            if one_by_one is None:
                played(size)
        tally.extend(Tally.from_bytes(packed))
        if number == len(divided) - 1:
            yield tally
            tally = Tally()


def pack(setup: Setup) -> bytes:
    """The setup, to send to whoever plays."""
    # It goes out with every chunk, and the same words come back in it again and again.
    return zlib.compress(pickle.dumps(setup, protocol=pickle.HIGHEST_PROTOCOL), level=1)


@lru_cache(maxsize=1)
def compiled_from(packed: bytes) -> tuple[Setup, Compiled]:
    """The setup, and it compiled; once in each worker."""
    from ovning.engine import compile_play

    setup: Setup = pickle.loads(zlib.decompress(packed))
    return setup, compile_play(setup)


def _bring(
    packed: bytes,
    seed: int,
    number: int,
    replications: tuple[int, ...],
    told: Told,
    played: Callable[[int], object] | None,
) -> Brought:
    from ovning.engine import play

    setup, compiled = compiled_from(packed)
    tally = Tally()

    def logs() -> Iterator[Log]:
        for replication in replications:
            if is_stopped():
                return
            log = play(compiled, seed, replication)
            match told:
                case "all":
                    add_play(tally, summarise(log, setup))
                case "course":
                    add_course(tally, course_of(log, setup))
                case "compared":
                    add_compared(tally, compared_of(log, setup))
            if played is not None:
                played(1)
            yield log

    if told == "all":
        # A log is let go as soon as it is encoded.
        parts = groups.parts_of(parquet.to_bytes(logs(), first=number * CHUNK))
    else:
        parts = None
        for _ in logs():
            pass
    return Brought(tally.plays, tally.to_bytes(), parts)
