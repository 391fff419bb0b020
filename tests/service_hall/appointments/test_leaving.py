"""Whoever is forgotten leaves what was done, where and when, and nothing that she wrote."""

from __future__ import annotations

from datetime import timedelta

from service_hall.appointments.leaving import forget_visitor
from service_hall.feedback.rating import rate, rating_of
from service_hall.queue.arriving import take_ticket
from service_hall.queue.calling import call_next, finish
from service_hall.queue.outcomes import Ticketed
from service_hall.visits.ledger import Rating
from service_hall.visits.states import Status
from tests.fakes import TOWN_HALL
from tests.visit_town import CARD, MONDAY, SetClock, VisitTown, as_it_stands, moment, visitor

TUESDAY = MONDAY + timedelta(days=1)


def test_of_a_rating_the_degree_stays_and_the_comment_goes_of_a_walk_in_too() -> None:
    town = VisitTown(clock=SetClock(moment(TUESDAY, "09:00")))
    ticketed = take_ticket(town.means, TOWN_HALL, CARD, "kiosk:1", visitor_id=visitor())
    assert isinstance(ticketed, Ticketed)
    visit = ticketed.visit
    call_next(town.means, TOWN_HALL, "1", "wang")
    finish(town.means, TOWN_HALL, "1", visit.visit_id, "wang")
    rate(town.means, visitor(), visit.code, 5, "等太久，我叫欧阳锦瑟")
    assert [each.visit_id for each in forget_visitor(town.means, visitor(), False)] == [visit.visit_id]
    assert rating_of(town.means, visit) == Rating(visit.visit_id, 5, "", moment(TUESDAY, "09:00"))
    assert as_it_stands(town, visit).status is Status.FINISHED
