"""What was said, as rows: one for what a citizen said, one for each reply."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from server.storage.schema import utterances
from service_hall.conversation.message import Door
from service_hall.conversation.records import RecordedTurn
from service_hall.conversation.reply import Reply, replies_adapter
from service_hall.conversation.utterances import PUSHED, Speaker, Utterance
from service_hall.shared.ids import MessageId, VisitorId

LARGEST_NUMBER = 2**31 - 1
"""PostgreSQL refuses to compare its integers with more."""
IS_PUSHED = utterances.c.who.in_(sorted(PUSHED))
_PLACE = (utterances.c.at, utterances.c.number)


def rows_of_turn(turn: RecordedTurn) -> list[dict[str, Any]]:
    common: dict[str, Any] = {
        "visitor_id": turn.visitor_id,
        "message_id": turn.message_id,
        "door": turn.door.value,
        # Of the question for the answer too: they stay together, whatever is told meanwhile.
        "at": turn.received_at,
    }
    said: dict[str, Any] = {"who": Speaker.CITIZEN.value, "said": turn.said, "reply": None}
    replies: list[dict[str, Any]] = [
        {"who": Speaker.ASSISTANT.value, "said": None, "reply": reply.model_dump(mode="json")} for reply in turn.replies
    ]
    return [common | spoken for spoken in (said, *replies)]


def last_of(visitor_id: VisitorId, limit: int, before: sa.Row[Any] | None = None) -> sa.Select[Any]:
    """The newest first. `before`: as from `place_of`."""
    wanted = sa.select(utterances).where(utterances.c.visitor_id == visitor_id)
    if before is not None:
        wanted = wanted.where(
            sa.tuple_(*_PLACE) < sa.tuple_(before.at, before.number, types=[column.type for column in _PLACE])
        )
    return wanted.order_by(*(column.desc() for column in _PLACE)).limit(limit)


def place_of(visitor_id: VisitorId, number: int) -> sa.Select[Any]:
    return sa.select(*_PLACE).where(
        utterances.c.visitor_id == visitor_id, utterances.c.number == min(number, LARGEST_NUMBER)
    )


def read_utterance(row: sa.Row[Any]) -> Utterance:
    return Utterance(
        number=row.number,
        visitor_id=VisitorId(row.visitor_id),
        who=Speaker(row.who),
        door=Door(row.door),
        at=row.at,
        said=row.said or "",
        reply=None if row.reply is None else read_reply(row.reply),
        message_id=None if row.message_id is None else MessageId(row.message_id),
    )


def read_reply(kept: Any) -> Reply:
    return replies_adapter.validate_python([kept])[0]
