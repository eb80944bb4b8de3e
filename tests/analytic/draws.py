"""Luck once more, written from its description alone: shares no code with the engine.

A name is hashed to eight bytes by BLAKE2b, read as a big-endian number, and mixed with the play's key by the finaliser
of splitmix64; the key is the finaliser of (the finaliser of the seed, exclusive or the replication). The upper 52 bits,
plus a half, over 2⁵², are the uniform number. Here whole arrays of names or of replications are done at once.

Names that the tests rely on, ``Q`` being an inject that is repeated and ``serve`` its task:

    inject/Q/at                    when it first comes
    inject/Q/3/repeat              from the third to the fourth
    inject/Q/3/serve/takes         how long the third one's task takes
    inject/Q/1/serve/reach/1/0     the first telephone round for it, first person: …/delay, …/answers, …/arrives
    night/duty/0/2026-01-20/night  whether the first slot of the duty officers can be reached that night
    inject/Q/1/serve/summon/1/member/duty/2/arrives
                                   how long the third member of a body that the duty officers convene has to travel to
                                   the first session for it
"""

import hashlib
from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.uint64]
Floats = NDArray[np.float64]
Times = NDArray[np.int64]

MINUTE = 60_000


def splitmix64(state: Numbers) -> Numbers:
    """One step of splitmix64 from each state: add the golden gamma, then mix; wraps at 2⁶⁴."""
    with np.errstate(over="ignore"):
        z = state + np.uint64(0x9E3779B97F4A7C15)
        z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return z ^ (z >> np.uint64(31))


def hashed(names: Iterable[str]) -> Numbers:
    """Names as 64-bit numbers."""
    digests = b"".join(hashlib.new("blake2b", n.encode("utf-8"), digest_size=8).digest() for n in names)
    return np.frombuffer(digests, dtype=">u8").astype(np.uint64)


def uniforms(names: Sequence[str], seed: int = 1, replications: Sequence[int] | range = (0,)) -> Floats:
    """Uniform numbers, one row for each replication and one column for each name."""
    seeds = splitmix64(np.array([seed % 2**64], dtype=np.uint64))
    keys = splitmix64(seeds ^ np.array(list(replications), dtype=np.uint64))
    bits = splitmix64(keys[:, None] ^ hashed(names)[None, :]) >> np.uint64(12)
    return (bits.astype(np.float64) + 0.5) / 2.0**52


def exponential(u: Floats, mean: float) -> Times:
    """Exponential durations in whole milliseconds by inversion; ``mean`` in milliseconds."""
    return np.rint(-mean * np.log1p(-u)).astype(np.int64)
