"""Gradient-boosted regression trees, read with numpy: what each of them says adds up to a log-odds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

ARRAYS = "columns", "bounds", "left", "right", "says"


@dataclass(frozen=True, eq=False)
class Trees:
    """Every array: (trees, nodes), a tree's root first. A leaf leads to itself."""

    bias: float
    columns: NDArray[np.int16]
    """Of the row, which figure a node looks at."""
    bounds: NDArray[np.float32]
    """Up to there it goes on to the left."""
    left: NDArray[np.int16]
    right: NDArray[np.int16]
    says: NDArray[np.float32]
    """In log-odds, of all that came as far as this node; 0 at the root."""
    _steps: int = field(init=False)
    """From a root to the farthest leaf."""
    _roots: NDArray[np.int32] = field(init=False)
    _next: NDArray[np.int32] = field(init=False)
    """To the right and to the left of each node, one after the other."""

    def __post_init__(self) -> None:
        trees, nodes = self.columns.shape
        roots = np.arange(trees, dtype=np.int32) * nodes
        object.__setattr__(self, "_steps", _longest_way(self.left, self.right))
        object.__setattr__(self, "_roots", roots)
        object.__setattr__(self, "_next", (roots[:, None, None] + np.stack([self.right, self.left], axis=-1)).ravel())

    def likelihoods(self, rows: Sequence[Sequence[float]]) -> list[float]:
        """Of each row, in [0, 1]."""
        if not len(rows):
            return []
        total = self.bias + self.says.take(self._ways(rows)[-1]).sum(axis=1, dtype=np.float64)
        likelihoods: list[float] = (1 / (1 + np.exp(-total))).tolist()
        return likelihoods

    def speaks(self, row: Sequence[float]) -> tuple[float, ...]:
        """How much each figure speaks for it, in log-odds: on each way to a leaf, what is said after the figure was
        looked at, less what was said before. With `bias` they add up to the log-odds of the likelihood."""
        ways = [way[0] for way in self._ways([row])]
        found = np.zeros(len(row))
        for before, after in pairwise(ways):
            np.add.at(found, self.columns.take(before), self.says.take(after) - self.says.take(before))
        return tuple(found.tolist())

    def content(self) -> dict[str, Any]:
        """As `trees_of` reads it."""
        return {"bias": np.array(self.bias)} | {name: getattr(self, name) for name in ARRAYS}

    def _ways(self, rows: Sequence[Sequence[float]]) -> list[NDArray[np.int32]]:
        """(rows, trees) after each step: which of all nodes, counted through the trees, the row is at."""
        figures = np.asarray(rows, dtype=np.float32)
        goes_left = figures[:, self.columns.ravel()] <= self.bounds.ravel()
        of_row = np.arange(len(figures), dtype=np.int32)[:, None] * self.columns.size
        ways = [np.broadcast_to(self._roots, (len(figures), len(self._roots)))]
        for _ in range(self._steps):
            at = ways[-1]
            ways.append(self._next.take(2 * at + goes_left.ravel().take(of_row + at)))
        return ways


def trees_of(content: Mapping[str, Any]) -> Trees:
    return Trees(float(content["bias"]), *(content[name] for name in ARRAYS))


def _longest_way(left: NDArray[np.int16], right: NDArray[np.int16]) -> int:
    depth = np.zeros(left.shape, int)
    trees = np.arange(len(left))
    for node in range(left.shape[1]):  # a node stands before those that it leads to
        for goes in (left[:, node], right[:, node]):
            further = goes != node
            depth[trees[further], goes[further]] = depth[further, node] + 1
    return int(depth.max(initial=0))
