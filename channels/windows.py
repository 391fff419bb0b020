"""So many in a minute, counted in a moving window, in memory."""

from __future__ import annotations

import math
import time
from collections import OrderedDict, deque
from collections.abc import Callable


class MovingWindow:
    """For each name on its own. Never waits: between the question and the count nobody comes in between.

    A library was here before. It went through all names with a thread for each, again and again while requests came:
    half a core for 2,000 visitors.
    """

    def __init__(self, most: int, seconds: float = 60.0, now: Callable[[], float] = time.monotonic) -> None:
        self._most, self._seconds, self._now = most, seconds, now
        self._taken: OrderedDict[str, deque[float]] = OrderedDict()
        """Who came last stands last."""

    def take(self, name: str) -> int:
        """0: one more was taken. Else nothing was, and in so many seconds there will be one."""
        now = self._now()
        self._forget(now)
        taken = self._taken.get(name)
        if taken is None:
            taken = self._taken[name] = deque()
        while taken and taken[0] <= now - self._seconds:
            taken.popleft()
        if len(taken) >= self._most:
            return max(1, math.ceil(taken[0] + self._seconds - now))
        taken.append(now)
        self._taken.move_to_end(name)
        return 0

    def __len__(self) -> int:
        """How many names are remembered."""
        return len(self._taken)

    def _forget(self, now: float) -> None:
        """Those who have not come for a whole window: each is put down once, so this costs next to nothing."""
        while self._taken:
            name, taken = next(iter(self._taken.items()))
            if taken and taken[-1] > now - self._seconds:
                return
            del self._taken[name]
