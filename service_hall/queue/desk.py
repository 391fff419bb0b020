"""What the clerk at a counter sees: who is there, who waits, who was missed; names masked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from knowledge_base.offices import CounterLine
from service_hall.queue.order import may_recall
from service_hall.queue.outcomes import Refused
from service_hall.queue.state import read_queue
from service_hall.visits.ledger import Look, Page, office_lock
from service_hall.visits.means import Means, person_of
from service_hall.visits.states import Status
from service_hall.visits.telling import to_tell_now
from service_hall.visits.visit import Visit, VisitId

MOST_SHOWN = 60


@dataclass(frozen=True)
class Card:
    visit: Visit
    guide_name: str
    name: str
    """As written; the door masks it. Empty without a booking."""
    waits_minutes: int


@dataclass(frozen=True)
class Desk:
    office_id: str
    office_name: str
    counter: str
    line: CounterLine
    current: Card | None
    waiting: Sequence[Card]
    missed: Sequence[Card]
    served_today: int
    average_minutes: float
    """Of the line, today; 0 until somebody was served."""
    calls_before_missed: int
    other_counters: Sequence[tuple[str, str]]
    """Counter and the name of its line."""
    to_tell: int
    """How many citizens of the office wait to be told something by telephone."""


def desk(means: Means, office_id: str, counter: str) -> Desk | Refused:
    office = means.office(office_id)
    if office is None:
        return Refused("unknown_office")
    line = next((line for line in office.lines if counter in line.counters), None)
    if line is None:
        return Refused("unknown_counter")

    undelivered = means.undelivered.at(office_id)

    def work(page: Page) -> Desk:
        queue = read_queue(page, means, office)
        today = queue.now.date()
        ended = page.of_office(office_id, today, today, [Status.MISSED, Status.FINISHED])
        # Who was sent here from another line and missed here is called after all from here.
        missed = [
            visit
            for visit in ended
            if visit.status is Status.MISSED and visit.ticket and may_recall(visit, line.id, counter)
        ]
        served = page.service_minutes(office_id, line.id, today)
        to_tell = to_tell_now(page, means, office, undelivered)
        current = page.at_counter(office_id, counter)  # one left there from yesterday too

        def card(visit: Visit) -> Card:
            return card_of(means, visit, queue.now)

        return Desk(
            office_id=office.id,
            office_name=office.name,
            counter=counter,
            line=line,
            current=card(current) if current else None,
            waiting=[card(visit) for visit in queue.for_counter(line.id, counter)[:MOST_SHOWN]],
            missed=[card(visit) for visit in sorted(missed, key=_ended, reverse=True)[:MOST_SHOWN]],
            served_today=sum(visit.status is Status.FINISHED and visit.counter == counter for visit in ended),
            average_minutes=round(sum(served) / len(served), 1) if served else 0.0,
            calls_before_missed=queue.rules.calls_before_missed,
            other_counters=tuple(
                (other, each.name) for each in office.lines for other in each.counters if other != counter
            ),
            to_tell=len({notice.visit_id for notice in to_tell}),
        )

    return means.ledger.read(work)


def look_at_pack(means: Means, office_id: str, visit_id: VisitId, clerk: str) -> Visit | Refused:
    """The checklist and the question, with the citizen's consent alone. Each look is noted before it is given."""

    def work(page: Page) -> Visit | Refused:
        visit = page.visit(visit_id)
        if visit is None or visit.office_id != office_id:
            return Refused("no_such_move")
        if not visit.share_with_clerk:
            return Refused("no_consent")
        page.note_look(Look(visit_id, means.now(), clerk, "pack"))
        return visit

    return means.ledger.write([office_lock(office_id)], work)


def card_of(means: Means, visit: Visit, now: datetime) -> Card:
    person = person_of(means, visit)
    name = person.name if person else ""
    since = visit.waits_since or visit.created_at
    return Card(visit, means.guide_name(visit.guide_id), name, max(0, int((now - since).total_seconds() // 60)))


def _ended(visit: Visit) -> datetime:
    return visit.ended_at or visit.created_at
