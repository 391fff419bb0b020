"""A message that a door hands in again gets the first one's answer, never a second effect.

The first one may be in work on another node, or may have died there: a repeat waits for it, and takes its place when
its time is over.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace

from anyio import CancelScope, to_thread

from channels.switchboard.lines import EarlierStillOpen
from service_hall.conversation.inbox import FORGOTTEN, LEASE, Inbox, kept_key
from service_hall.conversation.message import CitizenMessage
from service_hall.conversation.records import ConversationRecords, RecordedTurn
from service_hall.conversation.reply import Outcome, TextReply
from service_hall.shared.clock import Clock
from service_hall.shared.errors import OutOfReach
from service_hall.shared.ids import MessageId

log = logging.getLogger(__name__)
LOOK_SECONDS = 0.2
LONGEST_WAIT_SECONDS = LEASE.total_seconds() + 2
"""Of a repeat: until the first one is answered, or is taken for dead."""
ANSWERED_AND_FORGOTTEN = "这句话已经答过，记录已按您的要求删除，还要办请再说一遍。"


class TakenOnce:
    def __init__(self, inbox: Inbox, records: ConversationRecords, clock: Clock) -> None:
        self._inbox, self._records, self._clock = inbox, records, clock

    async def take(self, message: CitizenMessage) -> CitizenMessage | RecordedTurn | None:
        """The message, if it is to be answered now, under the id that it got when it first came; or its answer. None
        while another has it in work. Raises OutOfReach."""
        taken = await to_thread.run_sync(
            self._inbox.take, message.door, kept_key(message), message.message_id, self._clock()
        )
        if taken.is_ours:
            return replace(message, message_id=taken.message_id)
        if taken.message_id == FORGOTTEN:
            return _forgotten(message)
        return await to_thread.run_sync(self._records.turn, taken.message_id)

    async def claim(self, message: CitizenMessage) -> bool:
        """Whether it is to be answered now. One without a key always is, and every one while the database is away."""
        try:
            return not message.key or isinstance(await self.take(message), CitizenMessage)
        except OutOfReach:
            return True

    async def join(self, message_id: MessageId, *messages: CitizenMessage) -> None:
        """These were answered together with the one of that id."""
        for message in messages:
            with contextlib.suppress(OutOfReach):  # a repeat of it would be answered once more
                await to_thread.run_sync(self._inbox.join, message.door, kept_key(message), message_id)

    async def give_back(self, *messages: CitizenMessage) -> None:
        for message in messages:
            await to_thread.run_sync(self._give_back, message)

    async def looks(self) -> AsyncIterator[None]:
        """How often to look whether the first one is answered or dead. Raises EarlierStillOpen at the end."""
        give_up = time.monotonic() + LONGEST_WAIT_SECONDS
        while time.monotonic() < give_up:
            yield
            await asyncio.sleep(LOOK_SECONDS)
        raise EarlierStillOpen

    @asynccontextmanager
    async def in_work(self, message: CitizenMessage) -> AsyncIterator[None]:
        """What was taken and cannot be answered is given back: the next one need not wait."""
        try:
            yield
        except BaseException:
            with CancelScope(shield=True):
                await to_thread.run_sync(self._give_back, message)
            raise

    def _give_back(self, message: CitizenMessage) -> None:
        try:
            self._inbox.give_back(message.door, kept_key(message))
        except OutOfReach:
            log.info("a message could not be given back: it is free in %d s", LEASE.total_seconds())


def _forgotten(message: CitizenMessage) -> RecordedTurn:
    replies = (TextReply(text=ANSWERED_AND_FORGOTTEN),)
    return RecordedTurn(message.message_id, message.visitor_id, message.received_at, "", Outcome.DONE, replies, 0)
