"""The turn that an action takes: the one that the switchboard has opened, found by the id that Rasa hands on, or one
of Rasa's own doors (`rasa shell`), which open none."""

from __future__ import annotations

import hashlib
import time
from collections import OrderedDict
from collections.abc import Callable

from service_hall.conversation.context import Context
from service_hall.conversation.open_turns import OpenTurn
from service_hall.hall import Hall
from service_hall.shared.ids import VisitorId, new_message_id

MOST_REMEMBERED = 200
REMEMBERED_SECONDS = 3600.0


class OwnTurns:
    """Contexts in the memory of this process, the recent ones only; nothing is recorded."""

    def __init__(self, hall: Hall, now: Callable[[], float] = time.monotonic) -> None:
        """`now`: seconds of a clock that only goes forward."""
        self._hall, self._now = hall, now
        self._remembered: OrderedDict[VisitorId, tuple[float, Context]] = OrderedDict()
        """Who spoke last stands last."""

    def open(self, sender: str, text: str) -> OpenTurn:
        """Names and numbers are taken out, and thrown away: nobody here is known, and nobody sees to them."""
        visitor_id = _own_visitor(sender)
        context = self._context_of(visitor_id)
        bare = self._hall.reception.take_out_person(visitor_id, text, context).text
        return OpenTurn(new_message_id(), visitor_id, self._hall.library().spelling(bare), context)

    def remember(self, turn: OpenTurn) -> None:
        if turn.answer:
            self._remembered[turn.visitor_id] = (self._now(), turn.answer.context.after_turn)
            self._remembered.move_to_end(turn.visitor_id)

    def __len__(self) -> int:
        self._forget()
        return len(self._remembered)

    def _context_of(self, visitor_id: VisitorId) -> Context:
        self._forget()
        _, context = self._remembered.get(visitor_id, (0.0, Context()))
        return context

    def _forget(self) -> None:
        while self._remembered:
            visitor_id, (at, _) = next(iter(self._remembered.items()))
            if len(self._remembered) <= MOST_REMEMBERED and self._now() - at < REMEMBERED_SECONDS:
                return
            del self._remembered[visitor_id]


def _own_visitor(sender: str) -> VisitorId:
    """Nobody's of the other doors, whatever the sender calls itself: else it could see another's bookings."""
    return VisitorId("rasa_" + hashlib.sha256(sender.encode(errors="replace")).hexdigest()[:32])
