"""How long it will take, learned from how long it took today. Pure."""

from __future__ import annotations

import math
from collections.abc import Sequence

PRIOR_VISITS = 3
"""The planned minutes count as so many visits, until the day has shown better."""
LONGEST = 3.0
"""A visit that took longer than so many times the plan tells of a forgotten button rather than of work."""


def minutes_each(planned_minutes: float, today: Sequence[float]) -> float:
    """Minutes a visit takes at the counter, from today's and the plan."""
    told = [min(max(minutes, 0.5), LONGEST * planned_minutes) for minutes in today]
    return (PRIOR_VISITS * planned_minutes + sum(told)) / (PRIOR_VISITS + len(told))


def wait_minutes(ahead: int, each_minutes: float, counters: int, busy: int) -> int:
    """For somebody with `ahead` others in front. `counters` at work, `busy` of them with somebody."""
    counters = max(1, counters)
    if ahead == 0 and busy < counters:
        return 0
    # Those at the counters are half through, on average.
    return math.ceil(each_minutes * (ahead + 0.5 * min(busy, counters)) / counters)
