"""One look for all who ask at the same time and shortly after: a board that hundreds of phones show is drawn once."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

from anyio import to_thread

Key = TypeVar("Key")
Seen = TypeVar("Seen")
MOST_KEPT = 256


class SharedLook(Generic[Key, Seen]):
    def __init__(
        self,
        look: Callable[[Key], Seen],
        seconds: float,
        version: Callable[[], Hashable] = lambda: 0,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        """`look`: takes its time, in a thread. `seconds`: how long what was seen counts. `version`: another one once
        something was changed here, and then nothing counts that was seen before; what other nodes changed is seen when
        the seconds are over."""
        self._look, self._seconds, self._version, self._now = look, seconds, version, now
        self._seen: dict[Key, tuple[Hashable, float, Seen]] = {}
        self._under_way: dict[Key, tuple[Hashable, asyncio.Task[Seen]]] = {}

    async def at(self, key: Key) -> Seen:
        version, now = self._version(), self._now()
        if (seen := self._seen.get(key)) and seen[0] == version and now - seen[1] < self._seconds:
            return seen[2]
        looking = self._under_way.get(key)
        if looking is None or looking[0] != version:
            looking = self._under_way[key] = version, asyncio.create_task(self._fresh(key, version, now))
        # Whoever gives up does not take the look away from the others.
        return await asyncio.shield(looking[1])

    async def _fresh(self, key: Key, version: Hashable, began: float) -> Seen:
        try:
            seen = await to_thread.run_sync(self._look, key)
        finally:
            if (under_way := self._under_way.get(key)) and under_way[0] == version:
                del self._under_way[key]
        if len(self._seen) >= MOST_KEPT:
            self._seen.clear()
        self._seen[key] = version, began, seen
        return seen
