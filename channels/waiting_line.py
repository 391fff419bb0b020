"""So many at a time; the others wait in the order in which they came: not too many of them, and not too long."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from enum import StrEnum
from typing import Literal

_WEIGHT_OF_THE_LAST = 0.1
"""In the running mean of how long one is in work: some ten of them make a new mean."""


class TurnedAway(StrEnum):
    FULL = "full"
    TOO_LONG = "too_long"


class NoPlace(Exception):
    """The line is full, or whoever stood in it has waited long enough."""

    def __init__(self, reason: TurnedAway) -> None:
        super().__init__(reason.value)


class WaitingLine:
    """`at_once`: how many are served side by side; `longest`: how many may wait; `patience_s`: how long each, usually.

    It is full, too, when whoever came now would wait in vain at the pace of the last ones: on a slow day it is shorter.
    """

    def __init__(
        self, at_once: int, longest: int, patience_s: float, now: Callable[[], float] = time.monotonic
    ) -> None:
        """`now`: seconds of a clock that only goes forward."""
        self.at_once, self.longest = at_once, longest
        self.in_work = self.waiting = 0
        self.turned_away: Counter[TurnedAway] = Counter()
        self._patience_s, self._now = patience_s, now
        self._seconds_each = 0.0
        self._places = asyncio.Semaphore(at_once)  # wakes those who wait in the order in which they came

    @property
    def is_full(self) -> bool:
        return self._has_no_place(self._patience_s)

    @property
    def expected_wait_s(self) -> float:
        """Of whoever joined now and found no place free."""
        return (self.waiting + 1) * self._seconds_each / self.at_once

    @property
    def state(self) -> Literal["free", "waiting", "full"]:
        if self.is_full:
            return "full"
        return "waiting" if self._places.locked() else "free"

    @asynccontextmanager
    async def place(self, patience_s: float | None = None) -> AsyncIterator[None]:
        """`patience_s`: of this one, if it is not the usual. A free place takes none. Raises NoPlace."""
        patience_s = self._patience_s if patience_s is None else patience_s
        if self._has_no_place(patience_s):
            raise self._no_place(TurnedAway.FULL)
        self.waiting += 1
        try:
            async with asyncio.timeout(patience_s):
                await self._places.acquire()
        except TimeoutError:
            raise self._no_place(TurnedAway.TOO_LONG) from None
        finally:
            self.waiting -= 1
        self.in_work += 1
        began = self._now()
        try:
            yield
        finally:
            self._seconds_each += (self._now() - began - self._seconds_each) * _WEIGHT_OF_THE_LAST
            self.in_work -= 1
            self._places.release()

    def _has_no_place(self, patience_s: float) -> bool:
        return self._places.locked() and (self.waiting >= self.longest or self.expected_wait_s > patience_s)

    def _no_place(self, reason: TurnedAway) -> NoPlace:
        self.turned_away[reason] += 1
        return NoPlace(reason)
