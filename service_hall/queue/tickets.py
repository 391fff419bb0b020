"""A ticket as its holder sees it: the number, how many are ahead, how long it may take."""

from __future__ import annotations

from service_hall.conversation.reply import TicketReply
from service_hall.queue.outcomes import wording
from service_hall.queue.state import Position, position_of, read_queue
from service_hall.visits.ledger import Page
from service_hall.visits.means import Means
from service_hall.visits.states import Status
from service_hall.visits.visit import Visit


def ticket_reply(means: Means, visit: Visit) -> TicketReply | None:
    """None: the visit has no ticket."""
    office = means.office(visit.office_id)
    if office is None or not visit.ticket:
        return None

    def work(page: Page) -> TicketReply:
        now = page.visit(visit.visit_id) or visit
        position = position_of(page, read_queue(page, means, office), now)
        return TicketReply(
            text=_words(now, office.name, position),
            code=now.code,
            number=now.ticket,
            office_id=office.id,
            office_name=office.name,
            counter=now.counter if now.status in (Status.CALLED, Status.SERVING) else "",
            ahead=position.ahead,
            estimated_wait_minutes=position.estimated_wait_minutes,
            status=now.status.value,
        )

    return means.ledger.read(work)


def _words(visit: Visit, office_name: str, position: Position) -> str:
    return wording.say(
        f"ticket_{visit.status.value}",
        number=visit.ticket,
        office=office_name,
        counter=visit.counter,
        ahead=position.ahead,
        minutes=position.estimated_wait_minutes,
    )
