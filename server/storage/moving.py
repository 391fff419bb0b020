"""What is kept of one visitor becomes another's: both were one person all along."""

from __future__ import annotations

import sqlalchemy as sa

from server.storage.awaited_schema import awaited_answers
from server.storage.checklist_schema import checklists
from server.storage.engine import insert_for
from server.storage.schema import conversations, turns, utterances
from server.storage.taking_schema import takings
from server.storage.visit_schema import booking_keys, notices, visits, wishes
from server.storage.wechat_schema import wechat_letters
from service_hall.shared.ids import VisitorId

_OF_VISITS = (visits, notices, wishes, takings, wechat_letters, checklists, awaited_answers)
_OF_TALK = (turns, utterances)


def move_all(transaction: sa.Connection, visitor_id: VisitorId, to: VisitorId) -> None:
    """Under the locks of both. What was open in the first one's conversation is over: what is sealed in it opens for
    that visitor alone."""
    for table in _OF_VISITS:
        transaction.execute(sa.update(table).where(table.c.visitor_id == visitor_id).values(visitor_id=to))
    _move_keys(transaction, visitor_id, to)
    talked = sa.select(
        sa.literal(to), conversations.c.began_at, conversations.c.last_turn_at, sa.literal({}, sa.JSON)
    ).where(conversations.c.visitor_id == visitor_id)
    columns = ["visitor_id", "began_at", "last_turn_at", "context"]
    transaction.execute(insert_for(transaction)(conversations).from_select(columns, talked).on_conflict_do_nothing())
    for table in _OF_TALK:
        transaction.execute(sa.update(table).where(table.c.visitor_id == visitor_id).values(visitor_id=to))
    transaction.execute(sa.delete(conversations).where(conversations.c.visitor_id == visitor_id))


def _move_keys(transaction: sa.Connection, visitor_id: VisitorId, to: VisitorId) -> None:
    """But for those that the other one has used for something else."""
    used = sa.select(booking_keys.c.key).where(booking_keys.c.visitor_id == to)
    hers = booking_keys.c.visitor_id == visitor_id, booking_keys.c.key.not_in(used)
    transaction.execute(sa.update(booking_keys).where(*hers).values(visitor_id=to))
