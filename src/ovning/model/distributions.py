"""Durations that vary, in forms that a person can be asked for, each turned through its inverse distribution."""

from __future__ import annotations

import math
from abc import abstractmethod
from functools import cached_property, lru_cache
from statistics import NormalDist
from typing import Annotated, Final

from pydantic import BeforeValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from ovning.model.base import Duration, DurationText, Model
from ovning.units import LONGEST

_NORMAL: Final = NormalDist()
Z90: Final = _NORMAL.inv_cdf(0.9)


@lru_cache(maxsize=1 << 14)
def _incomplete_beta_inverse(a: float, b: float, u: float) -> float:
    """Remembered: the same luck is turned through the same distribution in every arm. Scipy comes only if needed."""
    from scipy.special import betaincinv

    return float(betaincinv(a, b, u))


class Distribution(Model):
    """A duration that may vary from time to time."""

    @abstractmethod
    def quantile(self, u: float) -> int:
        """The duration in milliseconds below which a share ``u`` (0 < u < 1) of all outcomes lies."""

    @property
    @abstractmethod
    def middle(self) -> int:
        """The median in milliseconds, for those who want one number."""


class Constant(Distribution):
    """Always the same."""

    value: Duration
    """The duration."""

    def quantile(self, u: float) -> int:
        """The value, whatever ``u``."""
        return self.value

    @property
    def middle(self) -> int:
        """The value."""
        return self.value


NO_TIME: Final = Constant.model_validate({"value": "0 min"})
"""At once."""


class Lognormal(Distribution):
    """Lognormal with a given median and 90th percentile: sigma = ln(p90/median) / z(0.9)."""

    median: Duration
    """Half of all outcomes are shorter."""
    p90: Duration
    """Nine of ten outcomes are shorter."""

    @model_validator(mode="after")
    def _ordered(self) -> Lognormal:
        if self.median <= 0:
            raise PydanticCustomError("distribution", "median måste vara större än noll")
        if self.p90 < self.median:
            raise PydanticCustomError(
                "distribution", "p90 är kortare än median; nio av tio kan inte vara kortare än hälften"
            )
        return self

    def quantile(self, u: float) -> int:
        """Median · exp(sigma · z(u)), never longer than a year."""
        return min(round(self.median * math.exp(self.sigma * _NORMAL.inv_cdf(u))), LONGEST)

    @cached_property
    def sigma(self) -> float:
        """ln(p90 / median) / z(0.9)."""
        return math.log(self.p90 / self.median) / Z90

    @property
    def middle(self) -> int:
        """The median."""
        return self.median


class Pert(Distribution):
    """PERT: a beta on [min, max] with weight 4 on the mode (Malcolm et al. 1959)."""

    min: Duration
    """Never shorter."""
    mode: Duration
    """The most likely."""
    max: Duration
    """Never longer."""

    @model_validator(mode="after")
    def _ordered(self) -> Pert:
        if not self.min <= self.mode <= self.max:
            raise PydanticCustomError("distribution", "min, mode och max måste komma i den ordningen")
        return self

    def quantile(self, u: float) -> int:
        """Min + (max - min) · I⁻¹(alpha, beta; u) with alpha = 1 + 4 (mode - min)/(max - min)."""
        width = self.max - self.min
        return round(self.min + width * _incomplete_beta_inverse(self.alpha, 6 - self.alpha, u)) if width else self.min

    @cached_property
    def alpha(self) -> float:
        """1 + 4 (mode - min)/(max - min); the other shape is what it lacks of six."""
        return 1 + 4 * (self.mode - self.min) / ((self.max - self.min) or 1)

    @property
    def middle(self) -> int:
        """The median."""
        return self.quantile(0.5)


class Exponential(Distribution):
    """Exponential with a given mean."""

    mean: Duration
    """The mean."""

    @model_validator(mode="after")
    def _positive(self) -> Exponential:
        if self.mean <= 0:
            raise PydanticCustomError("distribution", "mean måste vara större än noll")
        return self

    def quantile(self, u: float) -> int:
        """-mean · ln(1 - u)."""
        return round(-self.mean * math.log1p(-u))

    @property
    def middle(self) -> int:
        """The median, mean · ln 2."""
        return self.quantile(0.5)


class Samples(Distribution):
    """Observed or listed durations, each as likely as the other."""

    samples: Annotated[tuple[Duration, ...], Field(min_length=1, max_length=10_000)]
    """The durations, in any order."""

    def quantile(self, u: float) -> int:
        """The empirical inverse: sample number ⌊u · n⌋ + 1 in order of size."""
        ordered = sorted(self.samples)
        return ordered[min(int(u * len(ordered)), len(ordered) - 1)]

    @property
    def middle(self) -> int:
        """The median sample."""
        return self.quantile(0.5)


_FORMS: Final[dict[frozenset[str], type[Distribution]]] = {
    frozenset({"median", "p90"}): Lognormal,
    frozenset({"min", "mode", "max"}): Pert,
    frozenset({"mean"}): Exponential,
    frozenset({"samples"}): Samples,
}


def _distribution(value: object) -> object:
    if isinstance(value, Distribution):
        return value
    if isinstance(value, dict):
        form = _FORMS.get(frozenset(value))
        if form is None:
            raise PydanticCustomError(
                "distribution",
                "en tid som varierar skrivs {median, p90}, {min, mode, max}, {mean} eller {samples}; här står {keys}",
                {"keys": ", ".join(sorted(map(str, value))) or "ingenting"},
            )
        return form.model_validate(value)
    return Constant.model_validate({"value": value})


Varying = Annotated[
    Constant | Lognormal | Pert | Exponential | Samples,
    BeforeValidator(_distribution, json_schema_input_type=DurationText | Lognormal | Pert | Exponential | Samples),
]
"""A duration that may vary: ``15 min``, ``{median, p90}``, ``{min, mode, max}``, ``{mean}`` or ``{samples}``."""
