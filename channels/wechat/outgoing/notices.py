"""What falls due, for citizens on WeChat: into the letters at once, and told late where it could not go."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from channels.wechat.outgoing.letters import Letter, Letters, State
from channels.wechat.people import People
from service_hall.conversation.reply import NoticeReply, Reply
from service_hall.shared.errors import VisitorForgotten
from service_hall.shared.ids import VisitorId
from service_hall.visits.notices import BY_TELEPHONE, NoticeId, NoticeKind

MOST_TOLD_AT_ONCE = 3


class WeChatNotices:
    """A door of `service_hall.reminders.delivering`."""

    def __init__(self, letters: Letters, people: People) -> None:
        self._letters, self._people = letters, people

    def deliver(self, visitor_id: VisitorId, notice_id: NoticeId, reply: Reply, at: datetime) -> bool:
        contact = self._people.contact_of(visitor_id)
        if contact is None or not contact.follows or not isinstance(reply, NoticeReply):
            return False
        office_id = reply.about.office_id if reply.about else ""
        try:
            self._letters.post(Letter(notice_id, visitor_id, office_id, reply.kind, at, at))
        except VisitorForgotten:
            return False
        return True


class ToldLate:
    """For the door: what did not reach her, beside the answer to what she writes."""

    def __init__(self, letters: Letters, as_it_stands: Callable[[NoticeId], NoticeReply | None]) -> None:
        self._letters, self._as_it_stands = letters, as_it_stands

    def open_for(self, visitor_id: VisitorId, at: datetime) -> Sequence[tuple[NoticeId, NoticeReply]]:
        """What still holds, the oldest in front. Raises OutOfReach."""
        found = list[tuple[NoticeId, NoticeReply]]()
        for letter in self._letters.open_for(visitor_id):
            if reply := self._as_it_stands(letter.notice_id):
                found.append((letter.notice_id, reply))
            else:
                self._letters.settle(letter.notice_id, State.IDLE, at)
            if len(found) == MOST_TOLD_AT_ONCE:
                break
        return found

    def told(self, notice_id: NoticeId, at: datetime) -> bool:
        """False: it was told meanwhile."""
        return self._letters.settle(notice_id, State.TOLD, at)


class LeftToStaff:
    """What WeChat did not take, and what she would hear too late if it waited until she writes; in the form of
    `service_hall.visits.undelivered`."""

    def __init__(self, letters: Letters) -> None:
        self._letters = letters

    def at(self, office_id: str) -> Sequence[NoticeId]:
        return [each.notice_id for each in self._letters.open_at(office_id) if _is_worth_a_call(each)]

    def told(self, notice_id: NoticeId, at: datetime) -> bool:
        return self._letters.settle(notice_id, State.TOLD, at)


_OF_THE_MOMENT = frozenset(
    {
        NoticeKind.ALMOST_CALLED,
        NoticeKind.CALLED,
        NoticeKind.MISSED_CALL,
        NoticeKind.WAITLIST_OFFER,
        NoticeKind.FINISHED,
    }
)
"""Over before anybody has read the list."""


def _is_worth_a_call(letter: Letter) -> bool:
    if letter.state is State.DEAD:
        return letter.kind not in _OF_THE_MOMENT
    return letter.kind in BY_TELEPHONE
