"""Above the day's budget a place takes a proof: a puzzle, or a code by phone; for that request alone, and once."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from altcha import Challenge, Payload, Solution

from service_hall.appointments.asking import SolvedPuzzle
from service_hall.appointments.budgets import level_needed
from service_hall.appointments.changing import cancel
from service_hall.appointments.outcomes import Booked, Held, ProofNeeded, SlotFull, Wished
from service_hall.appointments.places import Wanted
from service_hall.appointments.puzzles import make_puzzle, payload_of
from service_hall.appointments.puzzles import solved as read_solution
from service_hall.appointments.reserving import accept, book, confirm, hold
from service_hall.appointments.upkeep import end_holds, forget_takings
from service_hall.appointments.waiting_list import WishFor, join, leave
from service_hall.visits.states import Status
from service_hall.visits.takings import Counted
from service_hall.visits.visit import Share
from tests.fakes import TOWN_HALL
from tests.proofs import HERE, NO_SCRIPTS, THERE, FakeSms, solution_of, solved
from tests.service_hall.appointments.budgeting import STARTS, a_town, asked, with_proof
from tests.visit_town import (
    CARD,
    MONDAY,
    FakeSafe,
    VisitTown,
    booked,
    figures,
    fill,
    moment,
    outbox,
    places_taken,
    request,
    somebody,
    visitor,
)

TUESDAY = MONDAY + timedelta(days=1)
NINE, TEN = moment(TUESDAY, "09:00"), moment(TUESDAY, "10:00")


class TestTheBudget:
    def test_of_an_address_is_so_many_a_day_whoever_books(self) -> None:
        town = a_town()
        assert [type(book(town.means, asked(number))) for number in range(3)] == [Booked, Booked, ProofNeeded]

    def test_of_one_address_is_no_business_of_another(self) -> None:
        town = a_town()
        for number in range(2):
            booked(town, number, STARTS[number], origin=HERE)
        assert isinstance(book(town.means, asked(2, THERE)), Booked)
        assert isinstance(book(town.means, asked(3, NO_SCRIPTS)), Booked)

    def test_of_a_visitor_holds_at_every_address(self) -> None:
        town = a_town(per_device=1)
        assert isinstance(book(town.means, asked(1)), Booked)
        other = asked(2, THERE, visitor_id=visitor(1))
        assert isinstance(book(town.means, other), ProofNeeded)

    def test_begins_anew_with_the_day(self) -> None:
        town = a_town(per_address=1)
        booked(town, 1, origin=HERE)
        town.clock.at = moment(MONDAY, "23:59")
        assert isinstance(book(town.means, asked(2)), ProofNeeded)
        town.clock.at = moment(TUESDAY, "00:00")
        assert isinstance(book(town.means, asked(2)), Booked)

    def test_binds_no_clerk(self) -> None:
        town = a_town(per_address=0, per_device=0)
        inside = Wanted(CARD, TOWN_HALL, NINE, Share.INTERNAL)
        booked(town, visitor_id="clerk:wang", wanted=inside)

    def test_is_not_used_up_by_what_was_refused(self) -> None:
        town = a_town()
        fill(town, "09:00")
        for number in range(5):
            assert isinstance(book(town.means, replace(request(number), origin=HERE)), SlotFull)
        assert isinstance(book(town.means, asked(2)), Booked)

    def test_is_not_used_up_twice_by_one_key(self) -> None:
        town = a_town()
        for _ in range(5):
            assert isinstance(book(town.means, asked(1)), Booked)
        assert isinstance(book(town.means, asked(2)), Booked)

    def test_of_a_key_that_has_booked_nothing_is_asked_any_more(self) -> None:
        town = a_town(per_address=1)
        first = book(town.means, asked(1))
        assert isinstance(first, Booked)
        assert book(town.means, asked(1)) == Booked(first.visit, is_new=False)

    def test_is_not_given_back_by_cancelling(self) -> None:
        town = a_town(per_address=1)
        visit = booked(town, 1, origin=HERE)
        cancel(town.means, visitor(1), visit.code)
        assert isinstance(book(town.means, asked(2)), ProofNeeded)

    def test_a_refusal_leaves_nothing_behind(self) -> None:
        town = a_town(per_address=0)
        assert isinstance(book(town.means, asked(1)), ProofNeeded)
        assert places_taken(town) == 0
        assert outbox(town) == []

    def test_a_full_opening_is_told_without_a_puzzle(self) -> None:
        town = a_town(per_address=0)
        fill(town, "09:00")
        assert isinstance(book(town.means, replace(request(), origin=HERE)), SlotFull)


class TestHolds:
    def take(self, town: VisitTown, number: int, at: int | None = None, **more: Any) -> object:
        wanted = Wanted(CARD, TOWN_HALL, STARTS[number if at is None else at])
        return hold(town.means, visitor(number), wanted, origin=HERE, **more)

    def test_take_of_the_budget_as_bookings_do(self) -> None:
        town = a_town()
        assert [type(self.take(town, number)) for number in range(3)] == [Held, Held, ProofNeeded]
        assert places_taken(town) == 2

    def test_a_hold_and_its_booking_are_one_place(self) -> None:
        town = a_town(per_address=1)
        kept = self.take(town, 1)
        assert isinstance(kept, Held)
        assert isinstance(confirm(town.means, kept.visit.code, asked(1)), Booked)

    def test_one_time_after_the_other_is_one_place(self) -> None:
        town = a_town(per_address=1)
        kept = self.take(town, 1)
        for at in (2, 3, 4):
            assert isinstance(kept, Held)
            kept = self.take(town, 1, at, instead_of=kept.visit.code)
        assert isinstance(kept, Held)
        assert town.ledger.read(lambda page: page.counted(visitor(1), "here", NINE - timedelta(days=2))) == Counted(
            1, 1
        )

    def test_given_back_they_count_no_more(self) -> None:
        town = a_town(per_address=1)
        kept = self.take(town, 1)
        assert isinstance(kept, Held)
        cancel(town.means, visitor(1), kept.visit.code)
        assert isinstance(self.take(town, 2), Held)

    def test_left_to_run_out_they_count(self) -> None:
        town = a_town(per_address=1)
        kept = self.take(town, 1)
        assert isinstance(kept, Held)
        town.clock.at += timedelta(minutes=11)
        end_holds(town.means)
        assert isinstance(self.take(town, 1, instead_of=kept.visit.code), ProofNeeded)
        assert isinstance(confirm(town.means, kept.visit.code, asked(1)), ProofNeeded)

    def test_that_cannot_be_had_leave_the_earlier_one_standing(self) -> None:
        town = a_town(per_address=1)
        kept = self.take(town, 1)
        assert isinstance(kept, Held)
        town.clock.at += timedelta(minutes=11)  # run out, and no job has ended it yet
        assert isinstance(self.take(town, 1, 2, instead_of=kept.visit.code), ProofNeeded)
        found = town.ledger.read(lambda page: page.visit(kept.visit.visit_id))
        assert found and found.status is Status.HELD

    def test_with_a_solved_puzzle_the_place_is_held(self) -> None:
        town = a_town(per_address=0)
        proof = solved(self.take(town, 1, request="flow"))
        assert isinstance(self.take(town, 1, request="another flow", proof=proof), ProofNeeded)
        assert isinstance(self.take(town, 1, request="flow", proof=proof), Held)

    def test_where_codes_are_sent_nothing_is_held_before_the_phone_is_known(self) -> None:
        sms = FakeSms()
        town = a_town(per_address=0, sms=sms)
        assert self.take(town, 1) == ProofNeeded("phone_code")
        assert sms.sent == []


class TestTheWaitingList:
    wish = WishFor(CARD, TOWN_HALL, TUESDAY, TUESDAY, "09:00", "09:30")

    def join(self, town: VisitTown, number: int, **more: Any) -> object:
        return join(town.means, visitor(number), self.wish, somebody(number), origin=HERE, **more)

    def test_wishes_take_of_the_budget(self) -> None:
        town = a_town()
        fill(town, "09:00")
        assert [type(self.join(town, number)) for number in range(3)] == [Wished, Wished, ProofNeeded]

    def test_with_a_proof_the_wish_is_written_down(self) -> None:
        town = a_town(per_address=0)
        fill(town, "09:00")
        proof = solved(self.join(town, 1))
        assert isinstance(self.join(town, 2, proof=proof), ProofNeeded)
        assert isinstance(self.join(town, 1, proof=proof), Wished)

    def test_what_is_offered_is_taken_without_another_proof(self) -> None:
        town = a_town(per_address=1)
        first = self.join(town, 1)
        assert isinstance(first, Wished) and first.wish.visit_id
        [offered] = town.ledger.read(lambda page: page.of_visitor(visitor(1)))
        assert isinstance(accept(town.means, visitor(1), offered.code, HERE), Booked)
        assert isinstance(book(town.means, asked(2)), ProofNeeded)

    def test_who_leaves_it_again_has_taken_nothing(self) -> None:
        town = a_town(per_address=1)
        fill(town, "09:00")
        first = self.join(town, 1)
        assert isinstance(first, Wished)
        leave(town.means, visitor(1), first.wish.wish_id)
        assert isinstance(self.join(town, 2), Wished)


class TestThePuzzle:
    def test_once_solved_the_same_request_books(self) -> None:
        town = a_town(per_address=0)
        outcome = with_proof(town, asked(1))
        assert isinstance(outcome, Booked) and outcome.is_new

    def test_is_good_for_one_place(self) -> None:
        town = a_town(per_address=0)
        proof = solved(book(town.means, asked(1)))
        visit = booked(town, 1, STARTS[1], origin=HERE, proof=proof)
        cancel(town.means, visitor(1), visit.code)
        kept = hold(
            town.means, visitor(1), Wanted(CARD, TOWN_HALL, NINE), request="book key-1", origin=HERE, proof=proof
        )
        assert isinstance(kept, ProofNeeded)

    @pytest.mark.parametrize("changed", [{"visitor_id": visitor(2)}, {"key": "another"}])
    def test_is_good_for_its_visitor_and_its_request(self, changed: dict[str, Any]) -> None:
        town = a_town(per_address=0)
        proof = solved(book(town.means, asked(1)))
        assert isinstance(book(town.means, asked(1, proof=proof, **changed)), ProofNeeded)
        assert isinstance(book(town.means, asked(1, proof=proof)), Booked)

    def test_is_good_for_some_minutes(self) -> None:
        town = a_town(per_address=0)
        proof = solved(book(town.means, asked(1)))
        town.clock.at += timedelta(minutes=11)
        assert isinstance(book(town.means, asked(1, proof=proof)), ProofNeeded)

    def test_stays_good_for_who_was_overtaken_by_one_level_and_no_further(self) -> None:
        town = a_town(per_address=0, bookings_per_puzzle_level=1)
        easy = [(number, solved(book(town.means, asked(number)))) for number in (1, 2, 3)]
        outcomes = [book(town.means, asked(number, proof=proof)) for number, proof in easy]
        assert [type(outcome) for outcome in outcomes] == [Booked, Booked, ProofNeeded]

    def test_two_that_are_sent_at_once_book_once(self) -> None:
        town = a_town(per_address=0)
        proof = solved(book(town.means, asked(1)))
        first = book(town.means, asked(1, proof=proof))
        assert isinstance(first, Booked)
        assert book(town.means, asked(1, proof=proof)) == Booked(first.visit, is_new=False)

    @pytest.mark.parametrize(
        "spoil",
        [
            lambda payload: "",
            lambda payload: "%%%",
            lambda payload: payload[:-5],
            lambda payload: "é" * 50,
            lambda payload: base64.b64encode(b"[]").decode(),
            lambda payload: base64.b64encode(b'{"challenge": {}, "solution": {}}').decode(),
            lambda payload: "A" * 5000,
            lambda payload: changed(payload, lambda body: body["solution"].update(counter=7)),
            lambda payload: changed(payload, lambda body: body["solution"].update(counter=-1)),
            lambda payload: changed(payload, lambda body: body["solution"].update(derivedKey="00" * 16)),
            lambda payload: changed(payload, lambda body: body["challenge"].pop("signature")),
            lambda payload: changed(payload, lambda body: body["challenge"]["parameters"].update(cost=1)),
            lambda payload: changed(payload, lambda body: body["challenge"]["parameters"].update(keyPrefix="")),
            lambda payload: changed(payload, lambda body: body["challenge"]["parameters"]["data"].update(level=9)),
            lambda payload: changed(payload, lambda body: body["challenge"]["parameters"]["data"].update(until=9**12)),
        ],
    )
    def test_what_is_not_the_solution_proves_nothing(self, spoil: Callable[[str], str]) -> None:
        town = a_town(per_address=0)
        proof = solved(book(town.means, asked(1)))
        outcome = book(town.means, asked(1, proof=SolvedPuzzle(spoil(proof.payload))))
        assert isinstance(outcome, ProofNeeded) and outcome.challenge
        assert places_taken(town) == 0

    def test_takes_twice_as_long_with_every_level(self) -> None:
        rules, safe = figures(puzzle_hashes=100_000, bookings_per_puzzle_level=10, puzzle_levels=3), FakeSafe()
        levels = [
            level_needed(Counted(0, taken), "here", rules.model_copy(update={"bookings_per_address": 20}))
            for taken in (0, 19, 20, 29, 30, 40, 50, 10_000)
        ]
        assert levels == [0, 0, 1, 1, 2, 3, 3, 3]
        work = []
        for level in (1, 2, 3):
            challenge = make_puzzle(safe, "request", level, rules, moment(MONDAY, "08:00"))
            counter = json.loads(base64.b64decode(solution_of(challenge)))["solution"]["counter"]
            work.append(counter * challenge["parameters"]["cost"])
            assert 50_000 * 2 ** (level - 1) <= work[-1] < 100_000 * 2 ** (level - 1)

    def test_a_solution_travels_short_as_well(self) -> None:
        challenge = make_puzzle(FakeSafe(), "request", 1, figures(), moment(MONDAY, "08:00"))
        payload = solution_of(challenge)
        found = Payload.from_base64(payload).solution
        short = f"{found.counter}.{found.derived_key}"
        assert len(short) <= 64
        assert read_solution(FakeSafe(), payload_of(challenge, short), "request", moment(MONDAY, "08:00"))
        for none in ("", "7", ".", "x.y", "7.", "٧.ab", "-1.ab"):
            assert payload_of(challenge, none) == ""

    def test_signed_by_another_secret_proves_nothing(self) -> None:
        challenge = Challenge.from_dict(make_puzzle(FakeSafe(), "request", 1, figures(), moment(MONDAY, "08:00")))
        challenge.signature = "00" * 32
        payload = Payload(challenge, Solution(1, "00")).to_base64()
        assert read_solution(FakeSafe(), payload, "request", moment(MONDAY, "08:00")) is None

    def test_of_a_door_without_scripts_is_not_asked(self) -> None:
        town = a_town(per_device=0)
        outcome = book(town.means, asked(1, NO_SCRIPTS))
        assert outcome == ProofNeeded("hall")
        assert isinstance(outcome, ProofNeeded) and "12345" in outcome.message


def test_after_some_days_nobody_can_tell_any_more_whence_somebody_booked() -> None:
    town = a_town(per_address=1)
    booked(town, 1, origin=HERE)
    town.clock.at += timedelta(days=town.rules.origin_days, minutes=1)
    assert forget_takings(town.means) == 1
    since = moment(MONDAY, "00:00")
    assert town.ledger.read(lambda page: page.takings_of("here", since)) == []


def changed(payload: str, change: Callable[[dict[str, Any]], object]) -> str:
    body = json.loads(base64.b64decode(payload))
    change(body)
    return base64.b64encode(json.dumps(body).encode()).decode()
