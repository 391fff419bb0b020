"""How far a measured figure may lie from what it stands for: 95 % either way, two and a half on each side."""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

BEYOND = 1.959964
"""Standard deviations of a normal distribution that 95 % lie within."""
DRAWS, SEED = 2000, 7


class Interval(NamedTuple):
    low: float
    high: float

    def times(self, factor: float) -> Interval:
        return Interval(self.low * factor, self.high * factor)

    def spelled(self, places: int = 1) -> str:
        return f"{self.low:.{places}f}–{self.high:.{places}f}"

    def __str__(self) -> str:
        return self.spelled()


def wilson(count: int, of: int) -> Interval:
    """Of a share, in [0, 1]; sound for few and for none as well (Wilson 1927). All of it where nothing was counted."""
    if not of:
        return Interval(0.0, 1.0)
    share, spread = count / of, BEYOND**2 / of
    middle = (share + spread / 2) / (1 + spread)
    half = BEYOND * math.sqrt(share * (1 - share) / of + spread / (4 * of)) / (1 + spread)
    return Interval(max(0.0, middle - half), min(1.0, middle + half))


def bootstrap(values: ArrayLike) -> Interval:
    """Of the mean of one figure a question, by drawing as many questions again (percentiles). The differences of two
    systems on the same questions make a paired one. The same draws each time."""
    measured = np.asarray(values, dtype=np.float64)
    low, high = np.percentile(_means(measured), (2.5, 97.5))
    return Interval(float(low), float(high))


def _means(measured: NDArray[np.float64]) -> NDArray[np.float64]:
    chance = np.random.default_rng(SEED)
    return np.array([measured[chance.integers(0, len(measured), len(measured))].mean() for _ in range(DRAWS)])
