"""Every door's message takes this way: mask, ask Rasa, fall back to search alone, record, reply."""

from __future__ import annotations

import asyncio
import logging
import re
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from weakref import WeakValueDictionary

from anyio import to_thread

from channels.rasa_client import RasaClient, RasaFault
from knowledge_base.search.tokenize import plain
from service_hall.conversation.context import Context
from service_hall.conversation.masking import mask_personal_numbers
from service_hall.conversation.message import CitizenMessage, legible
from service_hall.conversation.records import ConversationRecords, RecordedTurn
from service_hall.conversation.reply import Outcome, Reply
from service_hall.conversation.turn import Turn
from service_hall.hall import Hall
from service_hall.shared.errors import OutOfReach
from service_hall.shared.ids import MessageId, VisitorId, new_message_id

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


class Switchboard:
    def __init__(self, hall: Hall, records: ConversationRecords, rasa: RasaClient) -> None:
        self._hall, self._records, self._rasa = hall, records, rasa
        self._lines: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    async def receive(self, message: CitizenMessage) -> Receipt:
        """`message.payload`, if any, has been checked by the door. While the database is out of reach, questions are
        answered from search; raises OutOfReach for what needs more."""
        began = time.monotonic()
        async with self._line_of(message.visitor_id):
            try:
                context = await to_thread.run_sync(self._records.context_of, message.visitor_id)
            except OutOfReach:
                return await self._answer_from_memory(message)
            context = context.model_copy(
                update={"region": message.region or context.region, "location": message.location}
            )
            said, context = self._without_personal_data(message, context)
            turn = await self._answer(message, said, context)
            took_ms = round((time.monotonic() - began) * 1000)
            record = RecordedTurn(
                new_message_id(), message.visitor_id, message.received_at, said, turn.outcome, turn.replies, took_ms
            )
            try:
                await to_thread.run_sync(self._records.record, record, turn.context)
            except OutOfReach:
                return _unrecorded(turn)
        log.info("turn visitor=%s outcome=%s ms=%d", message.visitor_id, turn.outcome, took_ms)
        return Receipt(record.message_id, turn.outcome, turn.replies)

    async def _answer_from_memory(self, message: CitizenMessage) -> Receipt:
        said, context = self._without_personal_data(message, Context(region=message.region, location=message.location))
        return _unrecorded(await self._answer_alone(message, self._sentence_of(message, said), context))

    def _without_personal_data(self, message: CitizenMessage, context: Context) -> tuple[str, Context]:
        """What may be stored and sent to Rasa. Where a flow asks for them, name and numbers go on sealed."""
        if message.payload:
            return message.payload, context
        text = legible(message.text)
        taken = self._hall.reception.take_out_person(message.visitor_id, text, context)
        return mask_personal_numbers(taken.text), context.model_copy(update={"pocket": taken.sealed})

    async def _answer(self, message: CitizenMessage, said: str, context: Context) -> Turn:
        sentence = self._sentence_of(message, said)
        if not plain(sentence):  # 。。。 gives Rasa nothing to understand
            return await self._answer_alone(message, sentence, context)
        try:
            answer = await self._rasa.ask(message.visitor_id, sentence, context)
            return Turn(answer.outcome, answer.replies, answer.context)
        except RasaFault:
            turn = await self._answer_alone(message, sentence, context)
            return Turn(Outcome.DEGRADED, turn.replies, turn.context)

    def _sentence_of(self, message: CitizenMessage, said: str) -> str:
        return said if message.payload else _SLASHES.sub("", self._hall.library().plainly(said))

    async def _answer_alone(self, message: CitizenMessage, sentence: str, context: Context) -> Turn:
        return await to_thread.run_sync(self._hall.reception.respond_alone, message.visitor_id, sentence, context)

    @asynccontextmanager
    async def _line_of(self, visitor_id: VisitorId) -> AsyncIterator[None]:
        """One message of a citizen at a time: Rasa's own lock polls once a second."""
        lock = self._lines.get(visitor_id)
        if lock is None:
            lock = self._lines[visitor_id] = asyncio.Lock()
        async with lock:
            yield


def _unrecorded(turn: Turn) -> Receipt:
    """Raises OutOfReach."""
    if turn.outcome not in _NEEDS_NO_MEMORY:
        raise OutOfReach("there is no record of it")
    return Receipt(new_message_id(), Outcome.DEGRADED, turn.replies)
