"""What she was promised is kept before it is said, so that whatever becomes of this process, she hears of it; and no
longer once it was said."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from functools import partial

from anyio import to_thread

from channels.wechat.api.parts import OpenId
from channels.wechat.late import LEASE, NOT_YET, LateAnswers, Owed
from service_hall.shared.clock import Clock
from service_hall.shared.errors import OutOfReach
from service_hall.shared.ids import MessageId

log = logging.getLogger(__name__)


class Promises:
    """Nothing of it holds up an answer: what cannot be kept, for the database is out of reach, is not."""

    def __init__(self, late: LateAnswers, clock: Clock) -> None:
        self._late, self._clock = late, clock
        self._settled = set[MessageId]()
        """Which the database does not know yet."""

    async def make(self, openid: OpenId, message_id: MessageId) -> None:
        """Of an answer that is still sought."""
        await self.keep(openid, Owed(message_id, NOT_YET), is_being_said=True)

    async def keep(self, openid: OpenId, owed: Owed, is_being_said: bool = False) -> None:
        """`is_being_said`: nobody else is to say it meanwhile."""
        now = self._clock()
        await put_down(partial(self._late.keep, openid, owed, now, now + LEASE if is_being_said else None))

    async def settle(self, message_id: MessageId) -> None:
        """It was said, or nothing is to be said."""
        if not await put_down(partial(self._late.said, message_id)):
            self._settled.add(message_id)

    def owing(self) -> Sequence[OpenId]:
        """To whom something is owed that nobody is saying. Raises OutOfReach."""
        return self._late.owing(self._clock())

    def due(self, openid: OpenId) -> Sequence[Owed]:
        """For whoever asked to say. Raises OutOfReach."""
        owed = self._late.take(openid, self._clock())
        for message_id in self._settled.intersection(each.message_id for each in owed):
            self._late.said(message_id)
        due = [each for each in owed if each.message_id not in self._settled]
        self._settled.difference_update(each.message_id for each in owed)
        return due

    def drop(self, message_id: MessageId) -> None:
        """She has deleted it. Raises OutOfReach."""
        self._late.said(message_id)


async def put_down(work: Callable[[], object]) -> bool:
    """False: the database is out of reach."""
    try:
        await to_thread.run_sync(work)
    except OutOfReach:
        log.warning("an answer on WeChat could not be kept, the database is out of reach")
        return False
    return True
