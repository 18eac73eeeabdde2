"""How sure a counted share is: Wilson's score interval, which also holds for few and for extreme counts."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from math import sqrt
from statistics import NormalDist

LEVEL = 0.95


@dataclass(frozen=True, slots=True)
class Interval:
    """From `low` to `high`, both from 0 to 1."""

    low: float
    high: float

    def overlaps(self, other: Interval) -> bool:
        """Return whether the two have a value in common."""
        return self.low <= other.high and other.low <= self.high


def estimate_share(times: int, of: int, level: float = LEVEL) -> Interval:
    """Return the Wilson score interval of a share, of which `times` in `of` were counted.

    Of nothing nothing is known: from 0 to 1.

    >>> seen = estimate_share(5, 10)
    >>> round(seen.low, 4), round(seen.high, 4)
    (0.2366, 0.7634)
    """
    if of <= 0:
        return Interval(0.0, 1.0)
    times = min(max(times, 0), of)
    z = _find_z(level)
    middle = (times + z * z / 2) / (of + z * z)
    half = z * sqrt(times * (of - times) / of + z * z / 4) / (of + z * z)
    # At the ends the bound is exact; floating point is not.
    low = 0.0 if times == 0 else max(middle - half, 0.0)
    return Interval(low, 1.0 if times == of else min(middle + half, 1.0))


@cache
def _find_z(level: float) -> float:
    return NormalDist().inv_cdf((1 + level) / 2)
