"""What falls due, into the stream of the citizen's page."""

from __future__ import annotations

from datetime import datetime

from service_hall.conversation.records import ConversationRecords
from service_hall.conversation.reply import Reply
from service_hall.shared.ids import VisitorId
from service_hall.visits.notices import NoticeId


class WebNotices:
    def __init__(self, records: ConversationRecords) -> None:
        self._records = records

    def deliver(self, visitor_id: VisitorId, notice_id: NoticeId, reply: Reply, at: datetime) -> bool:
        """Kept for the stream, which goes on from where the page last was; a notice is kept once."""
        self._records.push(visitor_id, reply, at, once=str(notice_id))
        return True
