"""Draws whose names are known before a play begins, all at once: the same numbers, at a tenth of the cost.

What an exercise's files say is drawn in nearly every play, and what one play has drawn the next will mostly draw again.
So names are collected as they come up, and hashed once. For a play the hashes are mixed with its key and turned through
the inverse distributions as whole arrays; what nobody asks for is forgotten with the play. Where an array's last bits
could decide how a duration is rounded it is drawn as any other, so that it never matters which way a number came.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from ovning.engine.luck import FIRST, GOLDEN, SECOND, KnownRow, Luck, hash_of
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

    distributions: tuple[Distribution, ...]
    """Of all but the plain numbers."""
    hashes: NDArray[np.uint64]
    ends: tuple[int, int, int]
    """Where lognormal, exponential and PERT draws end."""
    scales: NDArray[np.float64]
    """Median, mean or width of each draw of these three kinds."""
    shapes: NDArray[np.float64]
    """Sigma of a lognormal, alpha of a PERT."""
    starts: NDArray[np.float64]
    """What a PERT begins at; 0 for the others."""
    alone: dict[str, tuple[Distribution, int]]
    """Names of durations in no row → what each is drawn from, and where it lies."""
    plain: dict[str, int]
    """Names of numbers between 0 and 1 in no row → where each lies among those."""
    rows: dict[tuple[str, str], list[KnownRow]]
    """By what is before and after the number in their names."""
    fixed: tuple[int, ...]
    """What is the same in every play; lies behind all that is drawn."""


@dataclass(slots=True)
class _Names:
    """The names that have come up, those that differ by a number only together."""

    named: dict[str, Distribution]
    plain: dict[str, None] = field(default_factory=dict)
    rows: dict[tuple[str, str], list[tuple[Distribution | None, dict[int, None]]]] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.named) + len(self.plain) + sum(len(numbers) for _, _, numbers in self.each_row())

    def add(self, luck: Luck) -> None:
        """Add what a play asked for that had not been drawn."""
        self.named.update(luck.asked)
        self.plain.update(dict.fromkeys(luck.asked_plain))
        for row in luck.rows:
            if row.asked:
                self._numbers((row.before, row.after), row.distribution).update(dict.fromkeys(row.asked))

    def _numbers(self, around: tuple[str, str], distribution: Distribution | None) -> dict[int, None]:
        known = self.rows.setdefault(around, [])
        for one, numbers in known:
            if one is distribution:
                return numbers
        known.append((distribution, {}))
        return known[-1][1]

    def each_row(self) -> Iterator[tuple[tuple[str, str], Distribution | None, Sequence[int]]]:
        """What is around the number, what is drawn from, and the numbers."""
        for around, rows in self.rows.items():
            for distribution, numbers in rows:
                yield around, distribution, tuple(numbers)


class Draws:
    """The draws that plays of one exercise make."""

    __slots__ = ("_known", "_learns", "_names")

    def __init__(self, named: Iterable[tuple[str, Distribution]]) -> None:
        self._names = _Names(dict(named))
        self._known = _known(self._names)
        self._learns = _LEARNS_FROM

    def luck(self, seed: int, replication: int) -> Luck:
        """The luck of a play, with what it is known to need drawn already."""
        luck = Luck(seed, replication)
        _draw(self._known, luck)
        return luck

    def learn(self, luck: Luck) -> None:
        """Have what this play drew drawn at once in those that come."""
        if not self._learns or len(self._names) > _MOST:
            return
        self._learns -= 1
        self._names.add(luck)
        self._known = _known(self._names)


def _known(names: _Names) -> Known:
    """Lay out all draws kind by kind, each row in one piece."""
    import numpy as np

    lots: list[tuple[Distribution | None, tuple[str, str], Sequence[int] | None]] = [
        (d, (name, ""), None) for name, d in names.named.items() if not isinstance(d, Constant)
    ]
    lots += [(None, (name, ""), None) for name in names.plain]
    lots += [(d, around, numbers) for around, d, numbers in names.each_row()]
    lots.sort(key=lambda lot: _kind(lot[0]))
    spelled: list[str] = []
    distributions: list[Distribution] = []
    alone: dict[str, tuple[Distribution, int]] = {}
    plain, rows = {}, defaultdict(list)
    for distribution, (before, after), numbers in lots:
        at = len(spelled) - (0 if distribution is not None else len(distributions))
        if numbers is not None:
            rows[before, after].append(KnownRow(distribution, tuple(numbers), at))
            spelled += [f"{before}{number}{after}" for number in numbers]
        else:
            spelled.append(before)
            if distribution is None:
                plain[before] = at
            else:
                alone[before] = distribution, at
        if distribution is not None:
            distributions += [distribution] * (len(spelled) - at)
    fixed = [(name, d) for name, d in names.named.items() if isinstance(d, Constant)]
    alone.update((name, (d, at)) for at, (name, d) in enumerate(fixed, len(distributions)))
    kinds = [_kind(d) for d in distributions]
    scaled = [_scaled(d) for d in distributions if isinstance(d, _KINDS)]
    return Known(
        distributions=tuple(distributions),
        hashes=np.array([hash_of(name) for name in spelled], dtype=np.uint64),
        ends=(kinds.count(0), kinds.count(0) + kinds.count(1), len(scaled)),
        scales=np.array([scale for scale, _, _ in scaled], dtype=np.float64),
        shapes=np.array([shape for _, shape, _ in scaled], dtype=np.float64),
        starts=np.array([start for _, _, start in scaled], dtype=np.float64),
        alone=alone,
        plain=plain,
        rows=dict(rows),
        fixed=tuple(d.value for _, d in fixed),
    )


def _kind(distribution: Distribution | None) -> int:
    if distribution is None:
        return len(_KINDS) + 1
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
    luck.known, luck.drawn, luck.plain = known.rows, known.alone, known.plain
    if not len(known.hashes):
        luck.lengths = list(known.fixed)
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
    n = len(known.distributions)
    for distribution, uniform in zip(known.distributions[c:], uniforms[c:n].tolist(), strict=True):
        values.append(distribution.quantile(uniform))
    luck.lengths, luck.chances = [*values, *known.fixed], uniforms[n:].tolist()


def _mixed(states: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """The finaliser of splitmix64, as in ``luck``, over a whole array; wraps at 2⁶⁴."""
    import numpy as np

    z = states + np.uint64(GOLDEN)
    z = (z ^ (z >> np.uint64(30))) * np.uint64(FIRST)
    z = (z ^ (z >> np.uint64(27))) * np.uint64(SECOND)
    return z ^ (z >> np.uint64(31))
