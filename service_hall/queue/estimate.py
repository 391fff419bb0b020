"""How long it will take, learned from how long it took today. Pure."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta

PRIOR_VISITS = 3
"""The planned minutes count as so many visits, until the day has shown better."""
SILENT_MINUTES = 45
"""A counter that did nothing for so long, while others worked, is taken to be closed."""
LONGEST = 3.0
"""A visit that took longer than so many times the plan tells of a forgotten button rather than of work."""


def minutes_each(planned_minutes: float, today: Sequence[float]) -> float:
    """Minutes a visit takes at the counter, from today's and the plan."""
    told = [min(max(minutes, 0.5), LONGEST * planned_minutes) for minutes in today]
    return (PRIOR_VISITS * planned_minutes + sum(told)) / (PRIOR_VISITS + len(told))


def counters_at_work(
    planned: Sequence[str], busy: Collection[str], acts: Mapping[str, Sequence[datetime]], now: datetime
) -> float:
    """How many of the planned counters count as working. `busy`: with somebody; `acts`: when each called, served or
    finished today, in order.

    A counter that does nothing counts for less with every minute, and for nothing after `SILENT_MINUTES`. Silence
    begins when the line is first worked at, or again after a lull: that nobody called while nobody came tells nothing.
    """
    silence = timedelta(minutes=SILENT_MINUTES)
    began = _run_began([at for counter in planned for at in acts.get(counter, ())], now)
    if began is None:
        return len(planned)

    def weight(counter: str) -> float:
        if counter in busy:
            return 1.0
        last = max([began, *acts.get(counter, ())])
        return max(0.0, 1.0 - (now - last) / silence)

    return sum(map(weight, planned))


def wait_minutes(ahead: int, each_minutes: float, counters: float, busy: int) -> int:
    """For somebody with `ahead` others in front. `counters` at work, `busy` of them with somebody."""
    counters = max(1.0, counters)
    if ahead == 0 and busy < round(counters):
        return 0
    # Those at the counters are half through, on average.
    return math.ceil(each_minutes * (ahead + 0.5 * min(busy, counters)) / counters)


def _run_began(acts: Sequence[datetime], now: datetime) -> datetime | None:
    """Since when the line has been worked at without a lull; None: it is not."""
    began = None
    after = now
    for at in sorted(acts, reverse=True):
        if after - at > timedelta(minutes=SILENT_MINUTES):
            break
        began = after = at
    return began
