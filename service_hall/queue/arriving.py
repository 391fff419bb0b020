"""Coming to the hall: a booking checks in, or somebody without one takes a ticket."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from service_hall.queue.outcomes import Arriving, Refused, Ticketed, TooEarly
from service_hall.shared.ids import VisitorId, new_readable_code
from service_hall.visits.hours import is_open_at
from service_hall.visits.keys import Operation, kept_key
from service_hall.visits.ledger import Page, office_lock, visitor_lock
from service_hall.visits.means import Means, exceptions_on
from service_hall.visits.notices import ABOUT_THE_TIME
from service_hall.visits.own import change_own
from service_hall.visits.pack import pack_of
from service_hall.visits.states import IN_HALL, Move, Status
from service_hall.visits.visit import Code, Share, Visit, VisitId, event_of


def check_in(
    means: Means, code: Code, actor: str, visitor_id: VisitorId | None = None, office_id: str = ""
) -> Arriving:
    """`visitor_id`: by the citizen's own page, for own visits only. `office_id`: at that office's kiosk or counter.
    Checking in twice gives the same ticket; a missed citizen who is back waits again."""

    def arrive(page: Page, visit: Visit) -> Arriving:
        now, rules = means.now(), means.rules_now()
        if visit.status in IN_HALL:
            return Ticketed(visit, is_new=False)
        if visit.status is Status.MISSED and visit.ticket and visit.day == now.date():
            back = visit.moved(Move.RETURN, waits_since=now, counter="", called_at=None, calls=0, ended_at=None)
            page.save(back, event_of(visit, back, Move.RETURN, now, actor))
            return Ticketed(back, is_new=False)
        if visit.status is Status.HELD:
            return Refused("not_confirmed")
        if visit.status is not Status.BOOKED or visit.starts_at is None:
            return Refused("over")
        if visit.displaced:
            return Refused("displaced")
        opens_at = visit.starts_at - timedelta(minutes=rules.check_in_minutes)
        if now < opens_at:
            return TooEarly(opens_at)
        if visit.day != now.date():
            return Refused("not_today")
        arrived = visit.moved(
            Move.CHECK_IN, ticket=_next_ticket(page, means, visit), checked_in_at=now, waits_since=now
        )
        page.save(arrived, event_of(visit, arrived, Move.CHECK_IN, now, actor))
        page.withdraw(visit.visit_id, ABOUT_THE_TIME)
        return Ticketed(arrived)

    if visitor_id is not None:
        return change_own(means, visitor_id, code, arrive) or Refused("unknown_code")
    found = means.ledger.read(lambda page: page.by_code(code))
    if found is None:
        return Refused("unknown_code")
    if office_id and found.office_id != office_id:
        return Refused("wrong_office")

    def work(page: Page) -> Arriving:
        visit = page.visit(found.visit_id)
        return arrive(page, visit) if visit else Refused("unknown_code")

    return means.ledger.write([office_lock(found.office_id)], work)


def take_ticket(
    means: Means, office_id: str, guide_id: str, actor: str, key: str = "", visitor_id: VisitorId | None = None
) -> Arriving:
    """Without a booking. `key`: the same key of the same actor gives the same ticket: a double tap."""
    office = means.office(office_id)
    if office is None:
        return Refused("unknown_office")
    if guide_id not in means.library().names:
        return Refused("unknown_guide")
    line = office.line_of(guide_id)
    if line is None:
        return Refused("not_handled")
    owner = visitor_id or VisitorId(actor)
    kept = kept_key(Operation.TAKE_TICKET, key)

    def work(page: Page) -> Arriving:
        now = means.now()
        if key and (known := page.by_key(owner, kept)):
            return Ticketed(known, is_new=False)
        today = now.date()
        if not is_open_at(office, line, now, means.calendar, exceptions_on(page, office_id, today, today)):
            return Refused("closed_now")
        walk_in = Visit(
            visit_id=VisitId("w_" + new_readable_code(16)),
            code=Code(new_readable_code()),
            visitor_id=visitor_id,
            guide_id=guide_id,
            office_id=office_id,
            line_id=line.id,
            day=today,
            minutes=line.minutes_for(guide_id),
            share=Share.WALK_IN,
            status=Status.CHECKED_IN,
            created_at=now,
            checked_in_at=now,
            waits_since=now,
            pack=pack_of(means.library().guide(guide_id, office.region)),
        )
        ticketed = replace(walk_in, ticket=_next_ticket(page, means, walk_in))
        page.add(ticketed, event_of(None, ticketed, Move.TAKE_TICKET, now, actor))
        if key:
            page.keep_key(owner, kept, ticketed.visit_id, now)
        return Ticketed(ticketed)

    return means.ledger.write([visitor_lock(owner), office_lock(office_id)], work)


def _next_ticket(page: Page, means: Means, visit: Visit) -> str:
    """A001, A002, … by line and day, under the office's lock."""
    line = means.line(visit.office_id, visit.line_id)
    letter = line.letter if line else "Z"
    return f"{letter}{page.tickets_given(visit.office_id, means.now().date(), letter) + 1:03d}"
