"""How often a secret may be tried. Wrong tries alone are counted, each count at its own pace.

The right password is never refused for what was right before it. Of what was wrong before it, it feels a few seconds:
a try that comes too soon waits for its turn where that is near, and is refused (429) where it is not and the count is
of the one who tries. A count that strangers can use up makes wait and refuses nobody.
"""

from __future__ import annotations

import asyncio
import math
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import NamedTuple

from channels.refusals import Refusal

MOST_WAIT_SECONDS = 4.0
"""Many programs hang up after five."""
_FEW = 1000


@dataclass(frozen=True)
class Pace:
    """`at_once` wrong tries, then another one every `seconds`. `of`: what is counted, told from all other counts.

    `refuses`: False where others than whoever tries can use it up: it makes wait, MOST_WAIT_SECONDS at most, and never
    turns away.
    """

    of: str
    at_once: int
    seconds: float
    refuses: bool = True


class Count(NamedTuple):
    pace: Pace
    who: str


class Guess:
    is_wrong = False
    """What is not said to be wrong leaves no trace."""


class Guesses:
    """In memory, for one event loop. `now`: seconds that only go forward."""

    def __init__(
        self, now: Callable[[], float] = time.monotonic, sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
    ) -> None:
        self._now, self._sleep = now, sleep
        self._free_at: dict[Count, float] = {}
        """When all that was tried is forgotten. Each wrong try moves it by the seconds of its pace."""
        self._tidy_above = _FEW

    @asynccontextmanager
    async def guess(self, *counts: Count) -> AsyncIterator[Guess]:
        """One try. Until it turns out right it counts as wrong, so that many at once are no more than one by one."""
        now = self._now()
        wait = max(self._wait(count, now) for count in counts)
        if wait > MOST_WAIT_SECONDS:
            raise _too_many(wait - MOST_WAIT_SECONDS)
        self._tidy(now)
        added = {count: self._add(count, now) for count in counts}
        guess = Guess()
        try:
            if wait > 0:
                await self._sleep(wait)
            yield guess
        finally:
            if not guess.is_wrong:
                for count, seconds in added.items():
                    if count in self._free_at:
                        self._free_at[count] -= seconds

    def _wait(self, count: Count, now: float) -> float:
        pace = count.pace
        wait = self._free_at.get(count, now) - now - (pace.at_once - 1) * pace.seconds
        return wait if pace.refuses else min(wait, MOST_WAIT_SECONDS)

    def _add(self, count: Count, now: float) -> float:
        """One wrong try. By how many seconds it moved the count: what refuses nobody grows no further than it tells."""
        pace, before = count.pace, max(self._free_at.get(count, now), now)
        after = before + pace.seconds
        if not pace.refuses:
            after = max(before, min(after, now + pace.at_once * pace.seconds + MOST_WAIT_SECONDS))
        self._free_at[count] = after
        return after - before

    def _tidy(self, now: float) -> None:
        """Names are made up faster than anybody forgets them."""
        if len(self._free_at) > self._tidy_above:
            self._free_at = {count: free_at for count, free_at in self._free_at.items() if free_at > now}
            self._tidy_above = max(_FEW, 2 * len(self._free_at))


def _too_many(seconds: float) -> Refusal:
    wait = max(1, math.ceil(seconds))
    return Refusal(
        429, "too_many_requests", f"试错的次数太多了，请过{wait}秒再试。", headers={"Retry-After": str(wait)}
    )
