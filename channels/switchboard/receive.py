"""Every door's message takes this way: mask, ask Rasa, fall back to search alone, record, reply."""

from __future__ import annotations

import logging
import re
import time
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from typing import Any

from anyio import to_thread

from channels.rasa_client import RasaClient
from channels.switchboard.answering import Answering
from channels.switchboard.inbox import TakenOnce
from channels.switchboard.lines import CITIZEN_SECONDS, LinesOfVisitors, TooBusy, line_alone
from channels.waiting_line import WaitingLine
from service_hall.conversation.context import Context
from service_hall.conversation.inbox import Inbox
from service_hall.conversation.message import CitizenMessage, Door, legible
from service_hall.conversation.open_turns import OpenTurn
from service_hall.conversation.records import AlreadyRecorded, ConversationRecords, RecordedTurn
from service_hall.conversation.reply import Outcome, Reply, TextReply, without_private
from service_hall.conversation.turn import Turn
from service_hall.hall import Hall
from service_hall.shared.errors import OutOfReach
from service_hall.shared.ids import MessageId, VisitorId

log = logging.getLogger(__name__)
# A leading slash is how Rasa marks an intent, and Rasa strips every kind of space before it looks: citizens do not
# give Rasa orders.
_SLASHES = re.compile(r"\A[\s/]+")

_NEEDS_NO_MEMORY = {Outcome.ANSWERED, Outcome.CLARIFY, Outcome.NOT_FOUND, Outcome.HANDED_OVER}
"""What may be said though it cannot be kept. A form would forget its answers, and what was done must be on record."""


@dataclass(frozen=True)
class Receipt:
    message_id: MessageId
    outcome: Outcome
    replies: tuple[Reply, ...]
    is_repeat: bool = field(default=False, compare=False)
    """It was answered when it was handed in before, and whoever answered it then says so at the door."""


_LATELY = 10
"""Utterances; notices may stand among them."""


async def _everybody() -> None:
    return None


class Switchboard:
    def __init__(
        self,
        hall: Hall,
        records: ConversationRecords,
        inbox: Inbox,
        rasa: RasaClient,
        alone: WaitingLine | None = None,
    ) -> None:
        """`alone`: where messages wait for the search alone, when Rasa has no place or no answer."""
        self._hall, self._records = hall, records
        self._lines, self.once = LinesOfVisitors(), TakenOnce(inbox, records, hall.clock)
        self.alone = alone or line_alone()
        self._answering = Answering(hall, rasa, self.alone)
        self.turns: Counter[tuple[Outcome, str]] = Counter()
        """How many ended so, for that reason."""

    async def receive(self, message: CitizenMessage, admit: Callable[[], Awaitable[None]] = _everybody) -> Receipt:
        """`message.payload`, if any, has been checked by the door. `admit`: raises the door's refusal of a citizen in
        too much haste; not asked about what the door hands in again. While the database is out of reach, questions are
        answered from search; raises OutOfReach for what needs more. Raises TooBusy, VisitorForgotten."""
        if not self._answering.takes_more:
            raise TooBusy  # before it costs anything
        if message.key:
            # Between two looks the visitor's line is free for what else the visitor wants.
            async for _ in self.once.looks():
                if receipt := await self._receive_once(message, admit):
                    return receipt
        began = time.monotonic()
        await admit()
        async with self._lines.turn_of(message.visitor_id):
            return await self._respond(message, began)

    async def _receive_once(self, message: CitizenMessage, admit: Callable[[], Awaitable[None]]) -> Receipt | None:
        """None while another has it in work."""
        began = time.monotonic()
        async with self._lines.turn_of(message.visitor_id):
            asked = time.monotonic()
            try:
                taken = await self.once.take(message)
            except OutOfReach:
                await admit()
                return await self._respond(message, began)
            if taken is None:
                return None
            if isinstance(taken, RecordedTurn):
                return await self._told_again(taken)
            async with self.once.in_work(taken):
                await admit()
                return await self._respond(taken, began + time.monotonic() - asked)

    async def is_asking(self, visitor_id: VisitorId) -> bool:
        """A walk is open: what is said next may be an answer to its question."""
        try:
            return (await to_thread.run_sync(self._records.context_of, visitor_id)).walk is not None
        except OutOfReach:
            return False

    async def forget(self, visitor_id: VisitorId) -> None:
        """The conversation, and what is open in it: places that are held become free. Raises TooBusy while an earlier
        message is still being answered, OutOfReach."""
        async with self._lines.turn_of(visitor_id):
            context = await to_thread.run_sync(self._records.context_of, visitor_id)
            await to_thread.run_sync(self._hall.reception.let_go, visitor_id, context)
            await to_thread.run_sync(self._records.forget_conversation, visitor_id)

    async def _respond(self, message: CitizenMessage, began: float) -> Receipt:
        """`began`: the moment of the monotonic clock from which its waiting is counted."""
        try:
            context = await to_thread.run_sync(self._records.context_of, message.visitor_id)
        except OutOfReach:
            if message.told:
                return _unrecorded(message, _told_at_the_door(message, Context()))
            _, asked = self._open(message, Context())
            return _unrecorded(message, await self._answering.answer_alone(asked, began + CITIZEN_SECONDS))
        said, asked = self._open(message, context)
        if message.told:
            turn = _told_at_the_door(message, context)
        else:
            turn = self._with_notice(message, context, await self._answering.answer(asked, began + CITIZEN_SECONDS))
        record = RecordedTurn(
            message.message_id,
            message.visitor_id,
            message.received_at,
            said,
            turn.outcome,
            tuple(map(without_private, turn.replies)),
            round((time.monotonic() - began) * 1000),
            turn.reason,
            message.door,
        )
        try:
            await to_thread.run_sync(self._records.record, record, self._kept(message, turn))
            if turn.forgets:
                await to_thread.run_sync(self._records.forget_conversation, message.visitor_id)
        except OutOfReach:
            return _unrecorded(message, turn)
        except AlreadyRecorded:
            # It took so long here that another node took it for dead: what was said there counts.
            told = await to_thread.run_sync(self._records.turn, message.message_id)
            return await self._told_again(told or record)
        self._note(record)
        return Receipt(message.message_id, turn.outcome, self._hall.reception.shown_whole(message.visitor_id, turn))

    async def _told_again(self, turn: RecordedTurn) -> Receipt:
        """As it was told. What is open now is shown whole again, if it was the last that was said."""
        lately = await to_thread.run_sync(self._records.conversation_of, turn.visitor_id, None, _LATELY)
        replies = turn.replies
        last = max((each for each in lately if each.message_id), key=lambda each: each.number, default=None)
        if last and last.message_id == turn.message_id:
            context = await to_thread.run_sync(self._records.context_of, turn.visitor_id)
            replies = self._hall.reception.shown_whole(turn.visitor_id, Turn(turn.outcome, replies, context))
        return Receipt(turn.message_id, turn.outcome, replies, is_repeat=True)

    def _with_notice(self, message: CitizenMessage, before: Context, turn: Turn) -> Turn:
        """An emergency notice is said first, once. Pages show it by themselves."""
        notice = self._hall.orders.now().notice
        if notice is None or message.door is not Door.WECHAT:
            return turn
        told = turn.context.model_copy(update={"told_notice": notice.notice_id})
        if before.told_notice == notice.notice_id:
            return replace(turn, context=told)
        return replace(turn, replies=(TextReply(text=notice.text), *turn.replies), context=told)

    def _note(self, turn: RecordedTurn) -> None:
        self.turns[turn.outcome, turn.reason] += 1
        reason = turn.reason or "-"
        log.info("turn visitor=%s outcome=%s reason=%s ms=%d", turn.visitor_id, turn.outcome, reason, turn.took_ms)

    def _kept(self, message: CitizenMessage, turn: Turn) -> Context:
        """The answer goes out when it is recorded: what came in before was written to an earlier question."""
        if message.told:
            return turn.context
        return turn.context.model_copy(update={"asked_at": self._hall.clock() if turn.context.walk else None})

    def _open(self, message: CitizenMessage, before: Context) -> tuple[str, OpenTurn]:
        """What may be recorded of it, and the turn. Where a flow asks for them, name and numbers go on sealed."""
        came_along: dict[str, Any] = {
            "region": message.region or before.region,
            "location": message.location,
            "origin": message.origin,
        }
        asked_at = before.asked_at
        came_along["is_unseen"] = asked_at is not None and message.received_at < asked_at
        context = before.model_copy(update=came_along)
        if message.payload:
            return message.payload, OpenTurn(message.message_id, message.visitor_id, message.payload, context)
        taken = self._hall.reception.take_out_person(message.visitor_id, legible(message.text), context)
        sentence = _SLASHES.sub("", self._hall.library().spelling(taken.text))
        context = context.model_copy(update={"pocket": taken.sealed})
        return taken.text, OpenTurn(message.message_id, message.visitor_id, sentence, context)


def _told_at_the_door(message: CitizenMessage, context: Context) -> Turn:
    """Nothing that is open is touched by it."""
    return Turn(Outcome.ANSWERED, (TextReply(text=message.told),), context.after_turn, "told_at_the_door")


def _unrecorded(message: CitizenMessage, turn: Turn) -> Receipt:
    """Raises OutOfReach."""
    if turn.outcome not in _NEEDS_NO_MEMORY:
        raise OutOfReach("there is no record of it")
    return Receipt(message.message_id, Outcome.DEGRADED, turn.replies)
