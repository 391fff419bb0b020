"""Which messages were taken, in SQL; the contract is `service_hall.conversation.inbox`."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa

from server.storage.engine import insert_for, pen_of, writing
from server.storage.schema import taken_messages, turns
from service_hall.conversation.inbox import FORGOTTEN, LEASE, Taken
from service_hall.conversation.message import Door
from service_hall.shared.ids import MessageId

_IS_ANSWERED = (taken_messages.c.message_id == FORGOTTEN) | sa.exists().where(
    turns.c.message_id == taken_messages.c.message_id
).correlate(taken_messages)
"""Of the row of an UPDATE or DELETE. Within ON CONFLICT the subquery would ask of all rows: SQLAlchemy knows no outer
table there."""


class InboxStore:
    def __init__(self, engine: sa.Engine) -> None:
        self._writing = writing(engine)
        self._pen = pen_of(engine)
        self._first = insert_for(engine)(taken_messages).on_conflict_do_nothing().returning(taken_messages.c.key)

    def take(self, door: Door, key: str, message_id: MessageId, now: datetime) -> Taken:
        first = {"door": door.value, "key": key, "message_id": message_id, "taken_at": now, "leased_until": now + LEASE}
        with self._pen, self._writing.begin() as transaction:
            # The first one to come has it, on whatever node; after that, the first one to find its time over.
            if transaction.execute(self._first, first).first():
                return Taken(message_id, is_ours=True)
            is_free = sa.and_(*_of(door, key), taken_messages.c.leased_until <= now, ~_IS_ANSWERED)
            anew = sa.update(taken_messages).where(is_free).values(leased_until=now + LEASE)
            is_ours = transaction.execute(anew).rowcount > 0
            known = transaction.execute(sa.select(taken_messages.c.message_id).where(*_of(door, key))).scalar()
        # None: it was given back between the two, and is free for whoever looks again.
        return Taken(MessageId(message_id if known is None else known), is_ours)

    def give_back(self, door: Door, key: str) -> None:
        with self._pen, self._writing.begin() as transaction:
            transaction.execute(sa.delete(taken_messages).where(*_of(door, key), ~_IS_ANSWERED))

    def join(self, door: Door, key: str, message_id: MessageId) -> None:
        with self._pen, self._writing.begin() as transaction:
            joined = sa.update(taken_messages).where(*_of(door, key), ~_IS_ANSWERED).values(message_id=message_id)
            transaction.execute(joined)

    def forget_taken(self, before: datetime) -> int:
        with self._pen, self._writing.begin() as transaction:
            return transaction.execute(sa.delete(taken_messages).where(taken_messages.c.taken_at < before)).rowcount


def _of(door: Door, key: str) -> tuple[sa.ColumnElement[bool], ...]:
    return taken_messages.c.door == door.value, taken_messages.c.key == key
