"""Draws whose names are known before a play begins, all at once: the same numbers, at a tenth of the cost.

What an exercise's files say is drawn in nearly every play, and what one play has drawn the next will mostly draw again.
So names are collected as they come up, and hashed once. For a play the hashes are mixed with its key and turned through
the inverse distributions as whole arrays; what nobody asks for is forgotten with the play. Where an array's last bits
could decide how a duration is rounded it is drawn as any other, so that it never matters which way a number came.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from ovning.engine.luck import FIRST, GOLDEN, SECOND, Luck, hash_of
from ovning.model.distributions import Constant, Distribution, Exponential, Lognormal, Pert
from ovning.units import LONGEST

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_DOUBTFUL: Final = 1e-6
"""So near to halfway between two milliseconds (in milliseconds), a duration is worked out one by one."""
_KINDS: Final = (Lognormal, Exponential, Pert)
_MOST: Final = 50_000
"""No more names than this are kept; the others are drawn one by one."""
_LEARNS_FROM: Final = 4
"""So many plays add names to those that are drawn at once."""


@dataclass(frozen=True, slots=True)
class Known:
    """Draws with known names: lognormal ones first, then exponential, PERT, all others, and plain numbers last."""

    names: tuple[str, ...]
    distributions: tuple[Distribution, ...]
    plain: tuple[str, ...]
    """Names of numbers between 0 and 1."""
    hashes: NDArray[np.uint64]
    """Of the names and then of the plain ones."""
    ends: tuple[int, int, int]
    """Where lognormal, exponential and PERT draws end."""
    scales: NDArray[np.float64]
    """Median, mean or width of each draw of these three kinds."""
    shapes: NDArray[np.float64]
    """Sigma of a lognormal, alpha of a PERT."""
    starts: NDArray[np.float64]
    """What a PERT begins at; 0 for the others."""
    fixed: dict[str, tuple[Distribution, int]]
    """What is the same in every play."""


class Draws:
    """The draws that plays of one exercise make."""

    __slots__ = ("_known", "_learns", "_named", "_plain")

    def __init__(self, named: Iterable[tuple[str, Distribution]]) -> None:
        self._named = dict(named)
        self._plain: dict[str, None] = {}
        self._known = _known(self._named, ())
        self._learns = _LEARNS_FROM

    def luck(self, seed: int, replication: int) -> Luck:
        """The luck of a play, with what it is known to need drawn already."""
        luck = Luck(seed, replication)
        _draw(self._known, luck)
        return luck

    def learn(self, luck: Luck) -> None:
        """Have what this play drew drawn at once in those that come."""
        if not self._learns or len(self._named) + len(self._plain) > _MOST:
            return
        self._learns -= 1
        self._named.update(luck.asked)
        self._plain.update(dict.fromkeys(luck.asked_plain))
        self._known = _known(self._named, self._plain)


def _known(named: Mapping[str, Distribution], plain: Iterable[str]) -> Known:
    import numpy as np

    drawn = [(name, d) for name, d in named.items() if not isinstance(d, Constant)]
    drawn.sort(key=lambda one: _kind(one[1]))
    kinds = [_kind(d) for _, d in drawn]
    scaled = [_scaled(d) for _, d in drawn if isinstance(d, _KINDS)]
    plain = tuple(plain)
    return Known(
        names=tuple(name for name, _ in drawn),
        distributions=tuple(d for _, d in drawn),
        plain=plain,
        hashes=np.array([hash_of(name) for name in (*(name for name, _ in drawn), *plain)], dtype=np.uint64),
        ends=(kinds.count(0), kinds.count(0) + kinds.count(1), len(scaled)),
        scales=np.array([scale for scale, _, _ in scaled], dtype=np.float64),
        shapes=np.array([shape for _, shape, _ in scaled], dtype=np.float64),
        starts=np.array([start for _, _, start in scaled], dtype=np.float64),
        fixed={name: (d, d.value) for name, d in named.items() if isinstance(d, Constant)},
    )


def _kind(distribution: Distribution) -> int:
    return next((n for n, kind in enumerate(_KINDS) if isinstance(distribution, kind)), len(_KINDS))


def _scaled(distribution: Distribution) -> tuple[float, float, float]:
    """Scale, shape and start."""
    if isinstance(distribution, Lognormal):
        return distribution.median, distribution.sigma, 0.0
    if isinstance(distribution, Exponential):
        return distribution.mean, 0.0, 0.0
    assert isinstance(distribution, Pert)
    return distribution.max - distribution.min, distribution.alpha, distribution.min


def _draw(known: Known, luck: Luck) -> None:
    luck.drawn.update(known.fixed)
    if not len(known.hashes):
        return
    import numpy as np
    from scipy.special import betaincinv, ndtri

    uniforms = ((_mixed(known.hashes ^ np.uint64(luck.key)) >> np.uint64(12)).astype(np.float64) + 0.5) * 2.0**-52
    a, b, c = known.ends
    exact = known.scales.copy()
    exact[:a] *= np.exp(known.shapes[:a] * ndtri(uniforms[:a]))
    exact[a:b] *= -np.log1p(-uniforms[a:b])
    exact[b:c] *= betaincinv(known.shapes[b:c], 6 - known.shapes[b:c], uniforms[b:c])
    exact += known.starts
    values: list[int] = np.minimum(np.rint(exact), 2 * LONGEST).astype(np.int64).tolist()
    for i in np.nonzero((np.abs(exact - np.floor(exact) - 0.5) < _DOUBTFUL) | (exact > LONGEST))[0].tolist():
        values[i] = known.distributions[i].quantile(float(uniforms[i]))
    n = len(known.names)
    for distribution, uniform in zip(known.distributions[c:], uniforms[c:n].tolist(), strict=True):
        values.append(distribution.quantile(uniform))
    luck.drawn.update(zip(known.names, zip(known.distributions, values, strict=True), strict=True))
    luck.plain.update(zip(known.plain, uniforms[n:].tolist(), strict=True))


def _mixed(states: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """The finaliser of splitmix64, as in ``luck``, over a whole array; wraps at 2⁶⁴."""
    import numpy as np

    z = states + np.uint64(GOLDEN)
    z = (z ^ (z >> np.uint64(30))) * np.uint64(FIRST)
    z = (z ^ (z >> np.uint64(27))) * np.uint64(SECOND)
    return z ^ (z >> np.uint64(31))
