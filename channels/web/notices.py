"""What falls due, into the stream of the citizen's page."""

from __future__ import annotations

from collections.abc import Container
from datetime import datetime

from service_hall.conversation.records import ConversationRecords
from service_hall.conversation.reply import Reply
from service_hall.shared.errors import VisitorForgotten
from service_hall.shared.ids import VisitorId
from service_hall.visits.notices import NoticeId


class WebNotices:
    def __init__(self, records: ConversationRecords, forgotten: Container[VisitorId] = ()) -> None:
        """`forgotten`: who wanted to be, and looks at no page any more."""
        self._records, self._forgotten = records, forgotten

    def deliver(self, visitor_id: VisitorId, notice_id: NoticeId, reply: Reply, at: datetime) -> bool:
        """Kept for the stream, which goes on from where the page last was; a notice is kept once."""
        if visitor_id in self._forgotten:
            return False
        try:
            self._records.push(visitor_id, reply, at, once=str(notice_id))
        except VisitorForgotten:  # on another node, a moment ago
            return False
        return True
