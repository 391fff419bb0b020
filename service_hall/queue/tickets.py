"""A ticket as its holder sees it: the number, how many are ahead, how long it may take."""

from __future__ import annotations

from collections.abc import Sequence

from knowledge_base.offices import Office
from service_hall.conversation.reply import TicketReply
from service_hall.queue.outcomes import wording
from service_hall.queue.state import Glance, Position, position_of, read_queue
from service_hall.shared.clock import SHANGHAI
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
        return _told(now, office, position_of(page, read_queue(page, means, office), now))

    return means.ledger.read(work)


def ticket_at_a_glance(visit: Visit, glance: Glance) -> TicketReply | None:
    """`visit`: as it stands. `glance`: at its office, a moment ago. None: the visit has no ticket."""
    if not visit.ticket:
        return None
    return _told(visit, glance.queue.office, position_of(glance, glance.queue, visit))


def _told(visit: Visit, office: Office, position: Position) -> TicketReply:
    is_called = visit.status is Status.CALLED
    return TicketReply(
        text=_words(visit, office, position),
        code=visit.code,
        number=visit.ticket,
        office_id=office.id,
        office_name=office.name,
        counter=visit.counter if visit.status in (Status.CALLED, Status.SERVING) else "",
        ahead=position.ahead,
        estimated_wait_minutes=position.estimated_wait_minutes,
        first_from=position.first_from,
        status=visit.status.value,
        called_at=visit.called_at if is_called else None,
        calls=visit.calls if is_called else 0,
    )


def _words(visit: Visit, office: Office, position: Position) -> str:
    told = wording.say(
        f"ticket_{_how_it_stands(visit, position)}",
        number=visit.ticket,
        time=f"{position.first_from.astimezone(SHANGHAI):%H:%M}" if position.first_from else "",
        office=office.name,
        counter=visit.counter,
        ahead=position.ahead,
        minutes=position.estimated_wait_minutes,
    )
    counters = _counters(visit, office) if visit.status is Status.CHECKED_IN else ()
    return told + (wording.say("ticket_counters", counters="、".join(counters)) if counters else "")


def _counters(visit: Visit, office: Office) -> Sequence[str]:
    """At which of them it may be called."""
    line = office.line(visit.line_id)
    return (visit.counter,) if visit.counter else line.counters if line else ()


def _how_it_stands(visit: Visit, position: Position) -> str:
    if visit.status is not Status.CHECKED_IN or (position.ahead and not position.first_from):
        return visit.status.value
    if position.first_from:
        return "early_behind" if position.ahead else "early"
    return "next" if position.estimated_wait_minutes else "next_at_once"
