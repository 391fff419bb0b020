"""Ways on which something was wrong once; the random ones find them again only with luck."""

from __future__ import annotations

from datetime import timedelta

import pytest

from service_hall.appointments import closing, reserving, waiting_list
from service_hall.appointments.outcomes import Booked, Held, NotOpen, Wished
from service_hall.appointments.places import Wanted
from service_hall.queue import arriving, calling
from service_hall.queue.outcomes import Done, Refused, Ticketed
from service_hall.visits.closures import ExtraHours
from service_hall.visits.states import Status
from service_hall.visits.waiting import WishStatus
from tests.fakes import TOWN_HALL
from tests.visit_town import CARD, MONDAY, VisitTown, moment, request, somebody, visitor

TUESDAY = MONDAY + timedelta(days=1)


@pytest.fixture
def town() -> VisitTown:
    return VisitTown()


def test_what_is_held_in_extra_hours_that_are_taken_back_is_not_booked(town: VisitTown) -> None:
    evening = moment(TUESDAY, "18:00")
    extra = closing.add_hours(
        town.means, ExtraHours("", TOWN_HALL, "", TUESDAY, "18:00", "19:00", made_by="wang", made_at=town.clock())
    )
    held = reserving.hold(town.means, visitor(1), Wanted(CARD, TOWN_HALL, evening))
    assert isinstance(held, Held)
    assert closing.drop_hours(town.means, TOWN_HALL, extra.extra_id, "wang") == []
    assert isinstance(reserving.confirm(town.means, held.visit.code, request(1, at=evening)), NotOpen)


def test_who_takes_another_time_than_the_one_that_was_offered_waits_no_more(town: VisitTown) -> None:
    wish = waiting_list.join(
        town.means, visitor(1), waiting_list.WishFor(CARD, TOWN_HALL, TUESDAY, TUESDAY), somebody(1)
    )
    assert isinstance(wish, Wished)
    [offered] = town.ledger.read(lambda page: page.of_visitor(visitor(1)))
    assert offered.status is Status.HELD
    other = Wanted(CARD, TOWN_HALL, moment(TUESDAY, "15:00"))
    held = reserving.hold(town.means, visitor(1), other, instead_of=offered.code)
    assert isinstance(held, Held)
    assert isinstance(reserving.confirm(town.means, held.visit.code, request(1, at=other.starts_at)), Booked)
    [settled] = town.ledger.read(lambda page: page.wishes_of(visitor(1)))
    assert settled.status is WishStatus.WITHDRAWN


def test_somebody_left_at_the_counter_since_yesterday_keeps_it_busy_until_the_day_is_ended(town: VisitTown) -> None:
    for day in (MONDAY, TUESDAY):
        town.clock.at = moment(day, "09:30")
        assert isinstance(arriving.take_ticket(town.means, TOWN_HALL, CARD, "kiosk:1"), Ticketed)
        called = calling.call_next(town.means, TOWN_HALL, "1", "wang")
        assert isinstance(called, Done) if day == MONDAY else called == Refused("counter_busy")
