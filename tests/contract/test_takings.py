"""The same suite of every ledger: who took places, whence, with what proof; and codes that were sent."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from service_hall.shared.ids import VisitorId
from service_hall.visits.ledger import Ledger, Page
from service_hall.visits.states import Status
from service_hall.visits.takings import CodesSent, Counted, PhoneCode, Taking
from service_hall.visits.visit import VisitId
from service_hall.visits.waiting import WishId
from tests.contract.sample_visits import HALL, ME, NINE, YOU, a_visit, a_wish, at, bring

HERE, THERE = "here", "there"


def taking(taken_id: str, by: VisitorId = ME, address_key: str = HERE, when: datetime = NINE) -> Taking:
    return Taking(VisitId(taken_id), by, address_key, when)


def note(ledger: Ledger, *takings: Taking) -> None:
    for each in takings:
        ledger.write([], lambda page, it=each: page.add_taking(it))  # type: ignore[misc]


def counted(ledger: Ledger, by: VisitorId = ME, address_key: str = HERE, since: datetime = NINE) -> Counted:
    return ledger.read(lambda page: page.counted(by, address_key, since))


class TestTakings:
    def test_an_empty_ledger_has_none(self, ledger: Ledger) -> None:
        def look(page: Page) -> None:
            assert page.counted(ME, HERE, NINE) == Counted()
            assert page.busy_addresses(NINE, 1) == []
            assert page.takings_of(HERE, NINE) == []
            assert page.code_for("r") is None
            assert page.codes_sent(ME, HERE, "p", NINE) == CodesSent()
            assert page.visits_taken([], HALL) == []
            assert page.wishes_taken([], HALL) == []

        ledger.read(look)

    def test_are_counted_of_visitor_and_address_since_a_moment(self, ledger: Ledger) -> None:
        note(ledger, taking("a"), taking("b", YOU), taking("c", ME, THERE), taking("d", when=at(8, 59)))
        assert counted(ledger) == Counted(of_visitor=2, of_address=2)
        assert counted(ledger, YOU, THERE) == Counted(1, 1)
        assert counted(ledger, since=at(8)) == Counted(3, 3)

    def test_of_a_door_without_addresses_are_nobodys_but_the_visitors(self, ledger: Ledger) -> None:
        note(ledger, taking("a", address_key=""), taking("b", YOU, ""))
        assert counted(ledger, address_key="") == Counted(of_visitor=1)
        assert ledger.read(lambda page: page.busy_addresses(NINE, 1)) == []

    def test_one_place_for_another_counts_once_and_one_given_back_not_at_all(self, ledger: Ledger) -> None:
        note(ledger, taking("a"), taking("b"))
        ledger.write([], lambda page: page.move_taking(VisitId("a"), VisitId("c")))
        ledger.write([], lambda page: page.move_taking(VisitId("none"), VisitId("d")))
        ledger.write([], lambda page: page.drop_taking(VisitId("b")))
        ledger.write([], lambda page: page.drop_taking(VisitId("none")))
        assert ledger.read(lambda page: page.takings_of(HERE, NINE)) == [taking("c")]

    def test_of_an_address_come_oldest_first_as_they_were_noted(self, ledger: Ledger) -> None:
        late, early = replace(taking("a", when=at(10)), is_proven=True), taking("b")
        note(ledger, late, early, taking("c", address_key=THERE), taking("d", when=at(8)))
        assert ledger.read(lambda page: page.takings_of(HERE, NINE)) == [early, late]

    def test_that_a_clerk_has_looked_at_make_no_address_busy(self, ledger: Ledger) -> None:
        note(ledger, *(taking(letter) for letter in "abc"), taking("d", address_key=THERE), taking("e", when=at(8)))
        assert ledger.read(lambda page: page.busy_addresses(NINE, 3)) == [HERE]
        assert ledger.read(lambda page: page.busy_addresses(NINE, 1)) == [HERE, THERE]
        ledger.write([], lambda page: page.settle_takings([VisitId("a"), VisitId("none")], "wang"))
        assert ledger.read(lambda page: page.busy_addresses(NINE, 3)) == []
        assert ledger.read(lambda page: page.takings_of(HERE, NINE))[0] == replace(taking("a"), settled_by="wang")
        assert counted(ledger).of_address == 3

    def test_lead_to_what_was_taken_at_an_office(self, ledger: Ledger) -> None:
        late, early, elsewhere = a_visit(starts_at=at(10)), a_visit(Status.HELD), a_visit(office_id="east-hall")
        bring(ledger, late, early, elsewhere, a_visit())
        wish = a_wish(wish_id=WishId("l_1"))
        ledger.write([], lambda page: page.add_wish(wish))
        ids: list[VisitId | WishId] = [late.visit_id, early.visit_id, elsewhere.visit_id, wish.wish_id, VisitId("gone")]
        assert ledger.read(lambda page: page.visits_taken(ids, HALL)) == [early, late]
        assert ledger.read(lambda page: page.wishes_taken(ids, HALL)) == [wish]
        assert ledger.read(lambda page: page.wishes_taken(ids, "east-hall")) == []


class TestProofs:
    def test_a_proof_is_used_once(self, ledger: Ledger) -> None:
        used = [ledger.write([], lambda page: page.use_up("k", NINE)) for _ in range(2)]
        assert used == [True, False]
        assert ledger.write([], lambda page: page.use_up("another", NINE))

    def test_of_the_codes_for_a_request_the_latest_counts(self, ledger: Ledger) -> None:
        first, second = a_code("c_1", sent_at=NINE), a_code("c_2", sent_at=at(9, 1))
        for code in (second, first, a_code("c_3", asked_for="other", sent_at=at(10))):
            ledger.write([], lambda page, it=code: page.keep_code(it))  # type: ignore[misc]
        assert ledger.read(lambda page: page.code_for("r")) == second
        used_up = a_code("c_0", sent_at=second.sent_at, tries_left=0)
        ledger.write([], lambda page: page.keep_code(used_up))
        assert ledger.read(lambda page: page.code_for("r")) == second
        fewer = replace(second, tries_left=1)
        ledger.write([], lambda page: page.keep_code(fewer))
        assert ledger.read(lambda page: page.code_for("r")) == fewer

    def test_codes_are_counted_by_whom_whence_and_to_whom(self, ledger: Ledger) -> None:
        codes = (
            a_code("c_1"),
            a_code("c_2", visitor_id=YOU),
            a_code("c_3", address_key=THERE),
            a_code("c_4", phone_key="q"),
            a_code("c_5", address_key="", visitor_id=YOU),
            a_code("c_6", sent_at=at(8)),
        )
        for code in codes:
            ledger.write([], lambda page, it=code: page.keep_code(it))  # type: ignore[misc]
        assert ledger.read(lambda page: page.codes_sent(ME, HERE, "p", NINE)) == CodesSent(3, 3, 4, 2)
        assert ledger.read(lambda page: page.codes_sent(YOU, "", "p", NINE)) == CodesSent(2, 0, 4, 0)

    def test_after_some_days_all_of_it_is_forgotten(self, ledger: Ledger) -> None:
        note(ledger, taking("a", when=at(8)), taking("b"))
        for code in (a_code("c_1", sent_at=at(8)), a_code("c_2", asked_for="new")):
            ledger.write([], lambda page, it=code: page.keep_code(it))  # type: ignore[misc]
        ledger.write([], lambda page: page.use_up("k", at(8)))
        assert ledger.write([], lambda page: page.forget_takings(NINE)) == 1
        assert ledger.write([], lambda page: page.forget_takings(NINE)) == 0
        assert counted(ledger, since=at(0)).of_visitor == 1
        assert ledger.read(lambda page: page.code_for("r")) is None
        assert ledger.read(lambda page: page.code_for("new"))
        assert ledger.write([], lambda page: page.use_up("k", NINE))


def a_code(code_id: str, asked_for: str = "r", sent_at: datetime = NINE, **stated: Any) -> PhoneCode:
    return replace(
        PhoneCode(code_id, asked_for, ME, HERE, "p", "digits", sent_at, sent_at + timedelta(minutes=10), 3),
        **stated,
    )
