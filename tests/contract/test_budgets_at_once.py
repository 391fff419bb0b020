"""Many at once from one address, on both databases: the budget is kept to the place, and a proof is used once."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from functools import partial

from server.storage.engine import Database
from service_hall.appointments.outcomes import Booked, ProofNeeded
from service_hall.appointments.places import Wanted
from service_hall.appointments.reserving import book, hold
from tests.contract.conftest import OpenAgain
from tests.contract.crowds import NINE, a_town, at_once
from tests.fakes import EAST_HALL, TOWN_HALL
from tests.proofs import HERE, solved
from tests.visit_town import CARD, DOG, request, visitor

BUDGET = 5
PLACES = (Wanted(CARD, TOWN_HALL, NINE), Wanted(DOG, EAST_HALL, NINE))
"""At two offices, so that no office's lock makes them wait for each other."""


def test_the_budget_of_an_address_is_kept_to_the_place(engine: Database, another_node: OpenAgain) -> None:
    towns = [a_town(node) for node in (engine, another_node())]
    for town in towns:
        town.change_rules(bookings_per_address=BUDGET)
    works = [
        partial(book, towns[number % 2].means, request(number, wanted=PLACES[number // 2 % 2], origin=HERE))
        for number in range(16)
    ]
    assert Counter(type(outcome) for outcome in at_once(works)) == {Booked: BUDGET, ProofNeeded: 16 - BUDGET}


def test_a_proof_that_is_sent_ten_times_at_once_takes_one_place(engine: Database, another_node: OpenAgain) -> None:
    towns = [a_town(node) for node in (engine, another_node())]
    for town in towns:
        town.change_rules(bookings_per_address=0)
    asked = request(1, wanted=PLACES[0], origin=HERE)
    asked = replace(asked, proof=solved(book(towns[0].means, asked)))
    outcomes = at_once([partial(book, towns[number % 2].means, asked) for number in range(10)])
    assert Counter(isinstance(outcome, Booked) and outcome.is_new for outcome in outcomes) == {True: 1, False: 9}

    def held(number: int) -> object:
        ask = partial(hold, towns[number % 2].means, visitor(2), PLACES[number // 2 % 2], request="flow", origin=HERE)
        return ask(proof=proof)

    proof = solved(hold(towns[0].means, visitor(2), PLACES[0], request="flow", origin=HERE))
    outcomes_of_holds = at_once([partial(held, number) for number in range(10)])
    assert sum(not isinstance(outcome, ProofNeeded) for outcome in outcomes_of_holds) == 1
