"""Every door's message takes this way: mask, ask Rasa, fall back to search alone, record, reply."""

from __future__ import annotations

import logging
import re
import time
from collections import Counter
from dataclasses import dataclass

from anyio import to_thread

from channels.rasa_client import RasaClient
from channels.switchboard.answering import Answering
from channels.switchboard.lines import CITIZEN_SECONDS, LinesOfVisitors, TooBusy, line_alone
from channels.waiting_line import WaitingLine
from service_hall.conversation.context import Context
from service_hall.conversation.message import CitizenMessage, legible
from service_hall.conversation.open_turns import OpenTurn
from service_hall.conversation.records import ConversationRecords, RecordedTurn
from service_hall.conversation.reply import Outcome, Reply, without_private
from service_hall.conversation.turn import Turn
from service_hall.hall import Hall
from service_hall.hearing.who.masking import mask_personal_numbers
from service_hall.shared.errors import OutOfReach
from service_hall.shared.ids import MessageId

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
    def __init__(
        self, hall: Hall, records: ConversationRecords, rasa: RasaClient, alone: WaitingLine | None = None
    ) -> None:
        """`alone`: where messages wait for the search alone, when Rasa has no place or no answer."""
        self._hall, self._records = hall, records
        self._lines = LinesOfVisitors()
        self.alone = alone or line_alone()
        self._answering = Answering(hall, rasa, self.alone)
        self.turns: Counter[tuple[Outcome, str]] = Counter()
        """How many ended so, for that reason."""

    async def receive(self, message: CitizenMessage) -> Receipt:
        """`message.payload`, if any, has been checked by the door. While the database is out of reach, questions are
        answered from search; raises OutOfReach for what needs more. Raises TooBusy."""
        began = time.monotonic()
        if not self._answering.takes_more:
            raise TooBusy  # before it costs anything
        async with self._lines.turn_of(message.visitor_id):
            try:
                context = await to_thread.run_sync(self._records.context_of, message.visitor_id)
            except OutOfReach:
                _, asked = self._open(message, Context())
                return _unrecorded(message, await self._answering.answer_alone(asked, began + CITIZEN_SECONDS))
            said, asked = self._open(message, context)
            turn = await self._answering.answer(asked, began + CITIZEN_SECONDS)
            self.turns[turn.outcome, turn.reason] += 1
            took_ms = round((time.monotonic() - began) * 1000)
            kept = tuple(map(without_private, turn.replies))
            record = RecordedTurn(
                message.message_id,
                message.visitor_id,
                message.received_at,
                said,
                turn.outcome,
                kept,
                took_ms,
                turn.reason,
                message.door,
            )
            try:
                await to_thread.run_sync(self._records.record, record, turn.context)
            except OutOfReach:
                return _unrecorded(message, turn)
        log.info(
            "turn visitor=%s outcome=%s reason=%s ms=%d", message.visitor_id, turn.outcome, turn.reason or "-", took_ms
        )
        replies = self._hall.reception.shown_whole(message.visitor_id, turn)
        return Receipt(record.message_id, turn.outcome, replies)

    def _open(self, message: CitizenMessage, before: Context) -> tuple[str, OpenTurn]:
        """What may be recorded of it, and the turn. Where a flow asks for them, name and numbers go on sealed."""
        came_along = {
            "region": message.region or before.region,
            "location": message.location,
            "origin": message.origin,
        }
        context = before.model_copy(update=came_along)
        if message.payload:
            return message.payload, OpenTurn(message.message_id, message.visitor_id, message.payload, context)
        taken = self._hall.reception.take_out_person(message.visitor_id, legible(message.text), context)
        said = mask_personal_numbers(taken.text)
        sentence = _SLASHES.sub("", self._hall.library().plainly(said))
        context = context.model_copy(update={"pocket": taken.sealed})
        return said, OpenTurn(message.message_id, message.visitor_id, sentence, context)


def _unrecorded(message: CitizenMessage, turn: Turn) -> Receipt:
    """Raises OutOfReach."""
    if turn.outcome not in _NEEDS_NO_MEMORY:
        raise OutOfReach("there is no record of it")
    return Receipt(message.message_id, Outcome.DEGRADED, turn.replies)
