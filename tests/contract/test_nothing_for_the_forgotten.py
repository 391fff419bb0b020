"""Whatever a visitor may ask of the hall is refused in the transaction that would do it, once she has been forgotten on
another node."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from datetime import timedelta

import pytest

from service_hall.appointments.outcomes import Booked, Wished
from service_hall.appointments.reserving import accept, confirm, hold
from service_hall.appointments.use_cases import Appointments
from service_hall.appointments.waiting_list import WishFor
from service_hall.feedback.use_cases import Feedback
from service_hall.queue.use_cases import Queue
from service_hall.shared.errors import VisitorForgotten
from service_hall.visits.visit import Visit
from service_hall.visits.waiting import Wish
from tests.contract.test_forgotten_visitors import Hall, hall
from tests.fakes import TOWN_HALL
from tests.visit_town import CARD, LOST, MONDAY, SetClock, VisitTown, held, moment, request, somebody, visitor

__all__ = ["hall"]
ONE = visitor()
WHOSE = {"visitor_id", "request"}
ONLY_LOOK = {"find", "visits_of", "wishes_of", "still_open"}
FORGETS = {"forget_visitor"}
TEN = moment(MONDAY + timedelta(days=1), "10:00")


def test_nothing_is_done_for_the_forgotten(hall: Hall) -> None:
    town = VisitTown(clock=SetClock(), ledger=hall.ledger)
    appointments, queue, feedback = Appointments(town.means), Queue(town.means), Feedback(town.means)
    booking, kept_place = appointments.book(request()), held(town, 1, request(at=TEN).wanted)
    wish = appointments.join(ONE, WishFor(LOST, TOWN_HALL, MONDAY, MONDAY), somebody(2))
    assert isinstance(booking, Booked) and isinstance(wish, Wished)
    code = booking.visit.code
    asked: dict[str, Callable[[], object]] = {
        "book": lambda: appointments.book(request(key="another", at=TEN)),
        "cancel": lambda: appointments.cancel(ONE, code),
        "reschedule": lambda: appointments.reschedule(ONE, code, TEN),
        "tick": lambda: appointments.tick(ONE, code, []),
        "share_with_clerk": lambda: appointments.share_with_clerk(ONE, code, True),
        "join": lambda: appointments.join(ONE, WishFor(CARD, TOWN_HALL, MONDAY, MONDAY), somebody()),
        "leave": lambda: appointments.leave(ONE, wish.wish.wish_id),
        "appeal": lambda: appointments.appeal(ONE, code, "堵车"),
        "rate": lambda: feedback.rate(ONE, code, 1, ""),
        "check_in": lambda: queue.check_in(code, f"visitor:{ONE}", ONE),
        "take_ticket": lambda: queue.take_ticket(TOWN_HALL, CARD, f"visitor:{ONE}", visitor_id=ONE),
    }
    assert asked.keys() == of_visitors(appointments, queue, feedback) - ONLY_LOOK - FORGETS
    asked |= {
        "hold": lambda: hold(town.means, ONE, request(at=TEN).wanted),
        "confirm": lambda: confirm(town.means, kept_place.code, request(key="held")),
        "accept": lambda: accept(town.means, ONE, code),
    }
    before = as_kept(hall)
    hall.forget(ONE)
    for name, ask in asked.items():
        with pytest.raises(VisitorForgotten):
            ask()
            pytest.fail(name)
    assert as_kept(hall) == before


def test_being_forgotten_is_done_all_the_same(hall: Hall) -> None:
    """Whoever was to delete it was stopped in between; an hourly job goes on."""
    town = VisitTown(clock=SetClock(), ledger=hall.ledger)
    appointments = Appointments(town.means)
    appointments.book(request())
    appointments.join(ONE, WishFor(LOST, TOWN_HALL, MONDAY, MONDAY), somebody(2))
    hall.forget(ONE)
    appointments.forget_visitor(ONE, True)
    visits, wishes = as_kept(hall)
    assert {(each.status, each.person) for each in visits} == {("cancelled", None)}
    assert [each.status for each in wishes] == ["withdrawn"]


def as_kept(hall: Hall) -> tuple[list[Visit], list[Wish]]:
    return hall.ledger.read(lambda page: (page.of_visitor(ONE), page.wishes_of(ONE)))


def of_visitors(*rooms: object) -> set[str]:
    """Use cases that are asked for a visitor, by name."""
    return {
        name for room in rooms for name, ask in vars(room).items() if WHOSE & inspect.signature(ask).parameters.keys()
    }
