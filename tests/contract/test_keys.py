"""A caller's key on every kind of storage: as long as the doors let it be, and one for each thing that is asked."""

from __future__ import annotations

from dataclasses import replace

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.config import Config

from channels.inputs import MOST_KEY_CHARACTERS
from server.storage.engine import MIGRATIONS, Database, writing
from server.storage.visit_ledger import VisitLedger
from service_hall.appointments.outcomes import Booked
from service_hall.appointments.reserving import book
from service_hall.queue.arriving import take_ticket
from service_hall.queue.outcomes import Ticketed
from service_hall.shared.ids import VisitorId
from service_hall.visits.ledger import Ledger
from service_hall.visits.visit import Share, Visit
from tests.contract.sample_visits import ME, NINE, YOU, a_visit, bring
from tests.fakes import TOWN_HALL
from tests.visit_town import CARD, SetClock, VisitTown, booked, moment, request
from tests.visit_town import MONDAY as TODAY

CLERK = VisitorId("clerk:" + "王" * 64)
AS_AT_THE_DOOR = "web " + "k" * MOST_KEY_CHARACTERS


@pytest.fixture
def town(ledger: Ledger) -> VisitTown:
    return VisitTown(ledger=ledger, clock=SetClock(moment(TODAY, "09:30")))


def ticket_by(town: VisitTown, key: str, clerk: VisitorId = CLERK) -> Visit:
    taken = take_ticket(town.means, TOWN_HALL, CARD, clerk, key)
    assert isinstance(taken, Ticketed)
    return taken.visit


def test_the_longest_key_that_a_door_takes_books_once(town: VisitTown) -> None:
    visit = booked(town, key=AS_AT_THE_DOOR)
    assert book(town.means, request(key=AS_AT_THE_DOOR)) == Booked(visit, is_new=False)
    assert booked(town, 2, key=AS_AT_THE_DOOR) != visit


def test_the_longest_key_gives_one_ticket(town: VisitTown) -> None:
    assert ticket_by(town, AS_AT_THE_DOOR) == ticket_by(town, AS_AT_THE_DOOR)


def test_one_key_of_a_clerk_for_a_booking_and_a_ticket_is_two(town: VisitTown) -> None:
    wanted = replace(request().wanted, share=Share.INTERNAL)
    slip = booked(town, visitor_id=CLERK, key="tap", wanted=wanted)
    ticket = ticket_by(town, "tap")
    assert slip.visit_id != ticket.visit_id
    assert (slip.ticket, ticket.ticket) == ("", "A001")


class TestKeysKeptBefore:
    """By the version that kept them as they were sent."""

    BEFORE = "0003"

    def upgraded(self, engine: Database, kept: dict[tuple[VisitorId, str], Visit]) -> None:
        config = Config()
        config.set_main_option("script_location", str(MIGRATIONS))
        bring(VisitLedger(engine), *kept.values())
        with writing(engine).connect() as connection:
            config.attributes["connection"] = connection
            command.downgrade(config, self.BEFORE)
            for (visitor_id, key), visit in kept.items():
                row = {"of": visitor_id, "key": key, "visit": visit.visit_id}
                connection.execute(
                    sa.text("INSERT INTO booking_keys VALUES (:of, :key, :visit, '2026-06-01 01:00:00')"), row
                )
            command.upgrade(config, "head")
            connection.commit()

    def test_still_stand_for_what_was_booked_or_taken_with_them(self, engine: Database) -> None:
        mine, ticket = a_visit(), a_visit(share=Share.WALK_IN, visitor_id=None)
        self.upgraded(engine, {(ME, "web k-1"): mine, (CLERK, "tap"): ticket, (YOU, "chat:f_1"): a_visit()})
        town = VisitTown(ledger=VisitLedger(engine), clock=SetClock(NINE))
        again = book(town.means, request(visitor_id=ME, key="web k-1"))
        assert isinstance(again, Booked)
        assert (again.visit.visit_id, again.is_new) == (mine.visit_id, False)
        assert ticket_by(town, "tap").visit_id == ticket.visit_id
