"""The patterns that cost most: `python -m evaluation.patterns`. Fails if one is over the budget."""

from __future__ import annotations

import argparse
import sys

from evaluation.patterns.budget import MOST_PAIRS, cost_of
from evaluation.patterns.finding import every_pattern
from evaluation.tables import Table


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pairs", type=int, default=MOST_PAIRS, help="parts in pairs, of each repeat of each pattern")
    parser.add_argument("--rows", type=int, default=20)
    options = parser.parse_args()
    costs = [(found.where, cost_of(found.pattern, found.ways, options.pairs)) for found in every_pattern()]
    costs.sort(key=lambda each: (not each[1].is_over, -each[1].steps_a_character))
    rows = [
        ("over" if cost.is_over else "", where, cost.steps_a_character, cost.growth, repr(cost.family.unit))
        for where, cost in costs[: options.rows]
    ]
    print(Table(f"{len(costs)} patterns", ("", "pattern", "steps a character", "growth", "repeated"), tuple(rows)))
    return 1 if any(cost.is_over for _, cost in costs) else 0


if __name__ == "__main__":
    sys.exit(main())
