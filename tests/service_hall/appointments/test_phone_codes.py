"""Above the budget, where the hall sends short messages: a code to the phone of the booking."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from service_hall.appointments.asking import ToldCode
from service_hall.appointments.changing import cancel
from service_hall.appointments.outcomes import Booked, ProofNeeded
from service_hall.appointments.reserving import book
from service_hall.appointments.waiting_list import WishFor, join
from tests.fakes import TOWN_HALL
from tests.proofs import HERE, NO_SCRIPTS, THERE, FakeSms
from tests.service_hall.appointments.budgeting import STARTS, a_town, asked, with_proof
from tests.visit_town import CARD, MONDAY, booked, somebody, visitor

TUESDAY = MONDAY + timedelta(days=1)


class TestTheCodeByPhone:
    def test_once_told_the_same_request_books_and_the_phone_is_confirmed(self) -> None:
        sms = FakeSms()
        town = a_town(per_address=0, sms=sms)
        outcome = book(town.means, asked(1))
        assert outcome == ProofNeeded("phone_code", phone="138****0001", tries_left=3)
        [(phone, text)] = sms.sent
        assert phone == somebody(1).phone
        assert text.startswith("【问办】") and "10分钟" in text
        told = book(town.means, asked(1, proof=sms.told))
        assert isinstance(told, Booked) and told.visit.phone_key

    def test_is_asked_at_doors_without_scripts_too(self) -> None:
        sms = FakeSms()
        town = a_town(per_device=0, sms=sms)
        assert isinstance(book(town.means, asked(1, NO_SCRIPTS)), ProofNeeded)
        assert isinstance(book(town.means, asked(1, NO_SCRIPTS, proof=sms.told)), Booked)

    @pytest.mark.parametrize("changed", [{"visitor_id": visitor(2)}, {"key": "other"}, {"person": somebody(9)}])
    def test_is_good_for_its_visitor_its_request_and_its_phone(self, changed: dict[str, Any]) -> None:
        sms = FakeSms()
        town = a_town(per_address=0, sms=sms)
        book(town.means, asked(1))
        told = sms.told
        assert isinstance(book(town.means, asked(1, proof=told, **changed)), ProofNeeded)

    def test_may_be_typed_three_times_then_another_is_sent(self) -> None:
        sms = FakeSms()
        town = a_town(per_address=0, sms=sms)
        book(town.means, asked(1))
        first = sms.told
        wrong = ToldCode(f"{(int(first.digits) + 1) % 10**6:06}")
        tries = [book(town.means, asked(1, proof=wrong)) for _ in range(3)]
        assert [each.tries_left for each in tries if isinstance(each, ProofNeeded)] == [2, 1, 3]
        assert len({each.message for each in tries if isinstance(each, ProofNeeded)}) == 3
        assert len(sms.sent) == 2
        assert isinstance(book(town.means, asked(1, proof=first)), ProofNeeded)
        assert isinstance(book(town.means, asked(1, proof=sms.told)), Booked)

    def test_asked_again_is_not_sent_again_within_a_minute(self) -> None:
        sms = FakeSms()
        town = a_town(per_address=0, sms=sms)
        for _ in range(3):
            book(town.means, asked(1))
        assert len(sms.sent) == 1
        town.clock.at += timedelta(seconds=61)
        book(town.means, asked(1))
        assert len(sms.sent) == 2

    def test_is_good_for_ten_minutes(self) -> None:
        sms = FakeSms()
        town = a_town(per_address=0, sms=sms)
        book(town.means, asked(1))
        old = sms.told
        town.clock.at += timedelta(minutes=10)
        assert isinstance(book(town.means, asked(1, proof=old)), ProofNeeded)
        assert len(sms.sent) == 2

    def test_is_good_once(self) -> None:
        sms = FakeSms()
        town = a_town(per_address=0, sms=sms)
        book(town.means, asked(1))
        told = sms.told
        visit = booked(town, 1, STARTS[1], origin=HERE, proof=told)
        cancel(town.means, visitor(1), visit.code)
        wish = WishFor(CARD, TOWN_HALL, TUESDAY, TUESDAY)
        assert isinstance(join(town.means, visitor(1), wish, somebody(1), origin=HERE, proof=told), ProofNeeded)

    def test_after_so_many_of_a_visitor_an_address_or_a_phone_the_puzzle_stands_in(self) -> None:
        cases: tuple[tuple[str, list[dict[str, Any]]], ...] = (
            ("codes_per_visitor", [{"key": key, "visitor_id": visitor(1)} for key in "abc"]),
            ("codes_per_address", [{}, {}, {}]),
            ("codes_per_phone", [{"person": somebody(1)}] * 3),
            ("codes_per_phone_from_address", [{"person": somebody(1)}] * 3),
        )
        for limit, several in cases:
            sms = FakeSms()
            town = a_town(per_address=0, sms=sms, **{limit: 2})
            kinds = [
                outcome.kind
                for number, changed in enumerate(several)
                if isinstance(outcome := book(town.means, asked(number, **changed)), ProofNeeded)
            ]
            assert kinds == ["phone_code", "phone_code", "puzzle"], limit
            assert len(sms.sent) == 2
            last = asked(2, **several[2])
            assert isinstance(with_proof(town, last), Booked)

    def test_from_one_address_nobody_uses_up_the_codes_of_a_strangers_phone(self) -> None:
        sms = FakeSms()
        town = a_town(per_address=0, sms=sms)
        for number in range(10, 30):
            book(town.means, asked(number, person=somebody(1)))
        assert len(sms.sent) == town.rules.codes_per_phone_from_address
        own = book(town.means, asked(1, THERE))
        assert isinstance(own, ProofNeeded) and own.kind == "phone_code"

    def test_that_does_not_go_out_is_no_dead_end(self) -> None:
        sms = FakeSms()
        sms.works = False
        town = a_town(per_address=0, sms=sms)
        assert isinstance(with_proof(town, asked(1)), Booked)

    def test_stands_nowhere_in_clear(self) -> None:
        sms = FakeSms()
        town = a_town(per_address=0, sms=sms)
        book(town.means, asked(1))
        code = town.ledger.read(lambda page: list(page._taken.phone_codes.values()))[0]  # type: ignore[attr-defined]
        assert sms.digits not in str(code)
        assert somebody(1).phone not in str(code)
        assert sms.digits not in str(asked(1, proof=sms.told))
