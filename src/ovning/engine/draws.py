"""Draws whose names are known before a play begins, all at once: the same numbers as one by one, at a tenth of the cost.

The names are hashed once for an exercise. For a play the hashes are mixed with its key and turned through the inverse
distributions as whole arrays. Where an array's last bits could decide how a duration is rounded, it is drawn as any
other, so that it never matters which way a number came.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from ovning.engine.luck import FIRST, GOLDEN, SECOND, hash_of
from ovning.model.distributions import LONGEST, Z90, Constant, Distribution, Exponential, Lognormal

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_DOUBTFUL: Final = 1e-6
"""So near to halfway between two milliseconds (in milliseconds), a duration is worked out one by one."""


@dataclass(frozen=True, slots=True)
class Known:
    """Draws with known names: those of a kind side by side, lognormal ones first, then exponential, then the others."""

    names: tuple[str, ...]
    distributions: tuple[Distribution, ...]
    hashes: NDArray[np.uint64]
    lognormal: int
    """How many are lognormal; their medians and sigmas are the first of ``scales`` and ``sigmas``."""
    exponential: int
    scales: NDArray[np.float64]
    sigmas: NDArray[np.float64]
    fixed: dict[str, int]
    """What is the same in every play."""


def known(named: Iterable[tuple[str, Distribution]]) -> Known:
    """Make ready for draws of these names from these distributions. A name stands for one distribution."""
    import numpy as np

    by_name = dict(named)
    fixed = {name: d.value for name, d in by_name.items() if isinstance(d, Constant)}
    drawn = [(name, d) for name, d in by_name.items() if not isinstance(d, Constant)]
    drawn.sort(key=lambda one: (not isinstance(one[1], Lognormal), not isinstance(one[1], Exponential)))
    distributions = tuple(d for _, d in drawn)
    lognormal = sum(isinstance(d, Lognormal) for d in distributions)
    exponential = sum(isinstance(d, Exponential) for d in distributions)
    scales = [d.median for d in distributions if isinstance(d, Lognormal)]
    scales += [d.mean for d in distributions if isinstance(d, Exponential)]
    return Known(
        names=tuple(name for name, _ in drawn),
        distributions=distributions,
        hashes=np.array([hash_of(name) for name, _ in drawn], dtype=np.uint64),
        lognormal=lognormal,
        exponential=exponential,
        scales=np.array(scales, dtype=np.float64),
        sigmas=np.array([d.sigma for d in distributions if isinstance(d, Lognormal)], dtype=np.float64),
        fixed=fixed,
    )


def draw_known(draws: Known, key: int) -> dict[str, int]:
    """Every known draw of the play with this key, in milliseconds by name."""
    drawn = dict(draws.fixed)
    if not draws.names:
        return drawn
    import numpy as np
    from scipy.special import ndtri

    uniforms = ((_mixed(draws.hashes ^ np.uint64(key)) >> np.uint64(12)).astype(np.float64) + 0.5) * 2.0**-52
    n, m = draws.lognormal, draws.lognormal + draws.exponential
    exact = np.empty(m)
    exact[:n] = draws.scales[:n] * np.exp(draws.sigmas * ndtri(uniforms[:n]))
    exact[n:] = -draws.scales[n:] * np.log1p(-uniforms[n:m])
    values: list[int] = np.minimum(np.rint(exact), 2 * LONGEST).astype(np.int64).tolist()
    for i in np.nonzero((np.abs(exact - np.floor(exact) - 0.5) < _DOUBTFUL) | (exact > LONGEST))[0].tolist():
        values[i] = draws.distributions[i].quantile(float(uniforms[i]))
    for distribution, uniform in zip(draws.distributions[m:], uniforms[m:].tolist(), strict=True):
        values.append(distribution.quantile(uniform))
    drawn.update(zip(draws.names, values, strict=True))
    return drawn


def _mixed(states: Any) -> Any:
    """The finaliser of splitmix64, as in ``luck``, over a whole array; wraps at 2⁶⁴."""
    import numpy as np

    with np.errstate(over="ignore"):
        z = states + np.uint64(GOLDEN)
        z = (z ^ (z >> np.uint64(30))) * np.uint64(FIRST)
        z = (z ^ (z >> np.uint64(27))) * np.uint64(SECOND)
    return z ^ (z >> np.uint64(31))
