"""One look at the database a second for all open streams of the process; it rings whoever has news, and ends the
streams of those who have been forgotten, wherever that was.

Numbers of whatever is said are given when they are written and seen when they are committed: a lower one may turn up
after a higher one of another visitor. Numbers that were left out are therefore asked for until they can no longer come.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections import defaultdict
from collections.abc import Callable, Collection, Sequence

from anyio import to_thread

from channels.visitors import Forgotten
from service_hall.conversation.records import ConversationRecords, News
from service_hall.shared.errors import OutOfReach, VisitorForgotten
from service_hall.shared.ids import VisitorId

log = logging.getLogger(__name__)
LOOK_SECONDS = 1.0
AWAITED_SECONDS = 60.0
"""Longer than a transaction may hang between its number and its commit (`server.storage.engine`)."""
MOST_AWAITED = 1000
_LOOK_BACK = 200
"""How many numbers before the newest may still be under way when the first look is taken."""


class Numbers:
    """Which numbers have been seen, and which were left out and may still come."""

    def __init__(self, recent: Sequence[int], now: float) -> None:
        """`recent`: the newest ones that can be seen, in order."""
        self.newest = recent[-1] if recent else 0
        first = max(self.newest - _LOOK_BACK, 0) + 1
        self._awaited = dict.fromkeys(sorted(set(range(first, self.newest)) - set(recent)), now)

    @property
    def awaited(self) -> Collection[int]:
        return tuple(self._awaited)

    def take(self, found: Sequence[int], now: float) -> None:
        """`found`, in order: above the newest, or awaited."""
        for number in found:
            self._awaited.pop(number, None)
            left_out = range(max(self.newest + 1, number - MOST_AWAITED), number)
            self._awaited.update(dict.fromkeys(left_out, now))
            self.newest = max(self.newest, number)
        for number, since in list(self._awaited.items()):
            if now - since < AWAITED_SECONDS and len(self._awaited) <= MOST_AWAITED:
                break
            del self._awaited[number]


class Bell(asyncio.Event):
    """Of one stream."""

    is_over = False

    def end(self) -> None:
        self.is_over = True
        self.set()

    async def rings(self) -> bool:
        """When there may be news. False: nothing more comes."""
        await self.wait()
        self.clear()
        return not self.is_over


class StreamHub:
    def __init__(
        self, records: ConversationRecords, forgotten: Forgotten, now: Callable[[], float] = time.monotonic
    ) -> None:
        self._records, self._forgotten, self._now = records, forgotten, now
        self._heard_of = 0
        self._bells: dict[VisitorId, set[Bell]] = defaultdict(set)
        self._numbers = Numbers((), now())
        self._beginning = asyncio.Lock()
        self._looking: asyncio.Task[None] | None = None

    async def join(self, visitor_id: VisitorId) -> Bell:
        """Rung for whatever can be seen from now on, at least once. Raises OutOfReach, VisitorForgotten."""
        bell = Bell()
        self._bells[visitor_id].add(bell)
        try:
            # With the bell in its place: whoever is forgotten from now on ends it.
            await to_thread.run_sync(self._forgotten.refresh)
            if visitor_id in self._forgotten:
                raise VisitorForgotten
            async with self._beginning:
                if self._looking is None or self._looking.done():
                    self._numbers = Numbers(await to_thread.run_sync(self._recent), self._now())
                    self._looking = asyncio.create_task(self._look_on())
        except BaseException:
            self.leave(visitor_id, bell)
            raise
        return bell

    def leave(self, visitor_id: VisitorId, bell: Bell) -> None:
        self._bells[visitor_id].discard(bell)
        if not self._bells[visitor_id]:
            del self._bells[visitor_id]

    def end_forgotten(self) -> None:
        """The streams of those of whom this node has heard."""
        if len(self._forgotten) == self._heard_of:
            return
        self._heard_of = len(self._forgotten)
        for visitor_id in [each for each in self._bells if each in self._forgotten]:
            for bell in self._bells[visitor_id]:
                bell.end()

    async def look(self) -> None:
        """Raises OutOfReach; what was missed then is found by the next look."""
        await to_thread.run_sync(self._forgotten.refresh)
        self.end_forgotten()
        more = True
        while more:
            numbers = self._numbers
            found: Sequence[News] = await to_thread.run_sync(
                self._records.news_after, numbers.newest, numbers.awaited, MOST_AWAITED
            )
            numbers.take([each.number for each in found], self._now())
            for each in found:
                if not each.is_pushed:
                    continue
                for bell in self._bells.get(each.visitor_id, ()):
                    bell.set()
            more = len(found) == MOST_AWAITED

    def _recent(self) -> list[int]:
        since = self._records.newest() - _LOOK_BACK
        return [each.number for each in self._records.news_after(max(since, 0))]

    async def _look_on(self) -> None:
        while self._bells:
            await asyncio.sleep(LOOK_SECONDS)
            try:
                await self.look()
            except OutOfReach:
                pass  # storage has said so; the streams stay open
            except Exception:
                log.exception("a look for the streams failed")
