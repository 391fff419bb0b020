"""Visitors who have got as far as each of the booking's questions, to say something there."""

from __future__ import annotations

from collections.abc import Iterator

from service_hall.appointments.own import visits_of
from service_hall.conversation.acts import Act
from service_hall.conversation.context import Context
from service_hall.conversation.message import command_payload
from service_hall.conversation.reply import OpeningsReply
from service_hall.hall import Hall
from service_hall.shared.ids import VisitorId

Open = tuple[VisitorId, Context]


def open_questions(hall: Hall, number: int) -> dict[str, Open]:
    """Node → a visitor whom it is being asked. `number`: another one for other visitors and persons."""
    one, several = _items_at(hall, 1), _items_at(hall, 2)
    booking = _Talk(hall, f"books_{number}")
    found = [
        _Talk(hall, f"asks_{number}").say("帮我约个号", Act.BOOK),
        _Talk(hall, f"goes_{number}").tap("book", guide_id=several[0]),
        *booking.book(one[0], number),
    ]
    owner = _Talk(hall, f"owns_{number}")
    for guide_id in one[:2]:
        list(owner.book(guide_id, number))
        owner.say("确认", Act.AFFIRM)
    code = visits_of(hall.means, owner.visitor_id)[0].code
    found += [owner.tap("cancel"), owner.anew().tap("cancel", code=code)]
    owner.anew().tap("reschedule", code=code)
    found.append(owner.say("随便几点都行"))
    return {context.walk.node: (visitor_id, context) for visitor_id, context in found if context.walk}


class _Talk:
    def __init__(self, hall: Hall, visitor: str) -> None:
        self.hall, self.visitor_id, self.context = hall, VisitorId(f"v_{visitor}"), Context()
        self._payloads: list[str] = []

    def anew(self) -> _Talk:
        self.context = Context()
        return self

    def tap(self, intent: str, **fields: str) -> Open:
        return self.say(command_payload(intent, **fields))

    def say(self, text: str, act: Act = Act.GIVE_DETAILS) -> Open:
        taken = self.hall.reception.take_out_person(self.visitor_id, text, self.context)
        context = self.context.model_copy(update={"pocket": taken.sealed})
        turn = self.hall.reception.respond(self.visitor_id, taken.text, act, None, context)
        self.context = turn.context
        openings = [each for reply in turn.replies if isinstance(reply, OpeningsReply) for each in reply.openings]
        options = [option for reply in turn.replies for option in getattr(reply, "options", ())]
        self._payloads = [each.payload for each in (openings or options)]
        return self.visitor_id, self.context

    def book(self, guide_id: str, number: int) -> Iterator[Open]:
        """As far as the confirmation."""
        self.anew()
        self.tap("book", guide_id=guide_id)
        if self.context.walk and self.context.walk.node == "office":
            self.say(self._payloads[0])
        yield self.visitor_id, self.context
        yield self.say(self._payloads[0])
        yield self.say(f"王小雨 138{abs(number):08d}")


def _items_at(hall: Hall, offices: int) -> list[str]:
    """Items that can be booked at so many offices, or more."""
    library = hall.library()
    bookable = {
        guide_id: [each for each in library.offices_for(guide_id) if each.line_of(guide_id)]
        for guide_id in library.guide_ids
    }
    return [guide_id for guide_id, found in bookable.items() if len(found) >= offices]
