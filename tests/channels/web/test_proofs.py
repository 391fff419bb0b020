"""Above the day's budget of an address or a visitor, over HTTP: 428 with a proof to give, and the same request books."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import httpx
import pytest
from altcha import Challenge, solve_challenge

from channels.switchboard.receive import Switchboard
from service_hall.conversation.message import CitizenMessage
from service_hall.shared.origin import NOWHERE, Origin
from tests.channels.callers import TUESDAY, Visitor, written
from tests.channels.web.conftest import CHINESE_SENTENCE, Citizen, Knock, refused
from tests.proofs import HERE, FakeSms, solution_of
from tests.stand_ins import Heard, UnderstandingRasa
from tests.town_house import SharedHallShelf, TownHouse
from tests.visit_town import figures, somebody

NOON = ("09:00", "09:30", "10:00", "10:30", "11:00", "11:30")


@pytest.fixture
def sms() -> FakeSms:
    return FakeSms()


@pytest.fixture
def halls(tmp_path: Path) -> TownHouse:
    """Where one place a day is free of proofs."""
    town = TownHouse(tmp_path, shelf=SharedHallShelf)
    town.rules = figures(bookings_per_address=1)
    return town


@pytest.fixture
def halls_with_sms(tmp_path: Path, sms: FakeSms) -> TownHouse:
    town = TownHouse(tmp_path, shelf=SharedHallShelf, sms=sms)
    town.rules = figures(bookings_per_address=0)
    return town


def proof_of(response: httpx.Response) -> dict[str, Any]:
    """Of a 428 in the contract's form."""
    assert response.status_code == 428, response.text
    body = response.json()
    assert set(body) == {"error", "message", "proof"}
    assert body["error"] == "proof_needed"
    assert CHINESE_SENTENCE.fullmatch(body["message"])
    proof: dict[str, Any] = body["proof"]
    return proof


def solved(response: httpx.Response) -> dict[str, str]:
    proof = proof_of(response)
    assert proof.keys() == {"kind", "challenge"}
    return {"kind": "puzzle", "payload": solution_of(proof["challenge"])}


async def book(door: httpx.AsyncClient, number: int, **changed: Any) -> httpx.Response:
    """Spelled in ASCII: only so can half a character be sent."""
    visitor = Visitor(door, number)
    body = json.dumps(visitor.request_body(starts_at=written(TUESDAY, NOON[number]), **changed))
    headers = {"Idempotency-Key": "key", "Content-Type": "application/json"}
    return await visitor.ask("POST", content=body, headers=headers)


class TestThePuzzle:
    async def test_the_same_request_with_the_solution_books(self, door: httpx.AsyncClient) -> None:
        assert (await book(door, 1)).status_code == 201
        proof = solved(await book(door, 2))
        booked = await book(door, 2, proof=proof)
        assert booked.status_code == 201
        again = await book(door, 2)
        assert (again.status_code, again.json()) == (200, booked.json())

    async def test_another_address_is_not_asked(self, halls: TownHouse, knock: Knock) -> None:
        for number, address in enumerate(("10.0.0.1", "10.0.0.2", "2001:db8::1")):
            assert (await book(knock(halls, address), number)).status_code == 201

    async def test_an_ipv6_address_stands_for_its_network(self, halls: TownHouse, knock: Knock) -> None:
        assert (await book(knock(halls, "2001:db8:0:1::1"), 1)).status_code == 201
        proof_of(await book(knock(halls, "2001:db8:0:1:ffff::2"), 2))
        assert (await book(knock(halls, "2001:db8:0:2::1"), 3)).status_code == 201

    async def test_budgets_outlive_a_restart(self, halls: TownHouse, knock: Knock, tmp_path: Path) -> None:
        assert (await book(knock(halls), 1)).status_code == 201
        again = TownHouse(tmp_path, shelf=SharedHallShelf)
        again.rules = halls.rules
        proof_of(await book(knock(again), 2))

    @pytest.mark.parametrize(
        "proof",
        [
            {"kind": "puzzle", "payload": ""},
            {"kind": "puzzle", "payload": "bm9uc2Vuc2U="},
            {"kind": "puzzle", "payload": "\x00😀"},
            {"kind": "phone_code", "code": "123456"},
        ],
    )
    async def test_what_proves_nothing_is_asked_again(self, door: httpx.AsyncClient, proof: dict[str, str]) -> None:
        assert (await book(door, 1)).status_code == 201
        proof_of(await book(door, 2, proof=proof))

    @pytest.mark.parametrize(
        "proof",
        [
            *({}, {"kind": "puzzle"}, {"kind": "bribe"}, {"kind": "puzzle", "payload": 7}, "puzzle", [], 7),
            {"kind": "puzzle", "payload": "A" * 4001},
            {"kind": "phone_code", "code": "1" * 21},
        ],
    )
    async def test_what_is_no_proof_at_all_is_refused(self, door: httpx.AsyncClient, proof: Any) -> None:
        refused(await book(door, 2, proof=proof), 422, "invalid_input")

    async def test_a_proof_nobody_asked_for_is_ignored(self, door: httpx.AsyncClient) -> None:
        assert (await book(door, 1, proof={"kind": "puzzle", "payload": "x"})).status_code == 201

    async def test_wishes_are_asked_too(self, door: httpx.AsyncClient) -> None:
        assert (await book(door, 1)).status_code == 201
        visitor, person = Visitor(door, 2), somebody(2)
        body = visitor.request_body(first_day=TUESDAY.isoformat(), last_day=TUESDAY.isoformat())
        proof = solved(await visitor.ask("POST", "/waiting-list", json=body))
        assert (await visitor.ask("POST", "/waiting-list", json=body | {"proof": proof})).status_code == 201
        assert person.phone not in (await visitor.ask("GET", "/waiting-list")).text


class TestTheCode:
    async def test_the_same_request_with_the_code_books(
        self, halls_with_sms: TownHouse, knock: Knock, sms: FakeSms
    ) -> None:
        door = knock(halls_with_sms)
        asked = await book(door, 1)
        assert proof_of(asked) == {"kind": "phone_code", "phone": "138****0001", "tries_left": 3}
        assert "138****0001" in asked.json()["message"] and somebody(1).phone not in asked.text
        wrong = await book(door, 1, proof={"kind": "phone_code", "code": "nonsense"})
        assert proof_of(wrong)["tries_left"] == 3  # no digits, no try
        refused(await book(door, 1, proof={"kind": "phone_code", "code": "\ud800"}), 422, "invalid_input")
        half = await book(door, 1, proof={"kind": "phone_code", "code": sms.digits[:3]})
        assert proof_of(half)["tries_left"] == 2 and "还可以再填2次" in half.json()["message"]
        typed = f" {sms.digits[:3]} {sms.digits[3:]}".translate(str.maketrans("0123456789", "０１２３４５６７８９"))
        assert (await book(door, 1, proof={"kind": "phone_code", "code": typed})).status_code == 201
        assert len(sms.sent) == 1


class TestInConversation:
    async def test_the_puzzle_is_a_question_that_a_page_answers_by_itself(self, halls: TownHouse, knock: Knock) -> None:
        door = knock(halls)
        assert (await book(door, 1)).status_code == 201
        citizen = Citizen(door)
        await citizen.say("我要预约借书证首次办理")
        answered = await citizen.say("明天下午两点")
        reply = answered["replies"][-1]
        assert (answered["outcome"], reply["node"], reply["proof"]["kind"]) == ("asking", "proof", "puzzle")
        found = solve_challenge(Challenge.from_dict(reply["proof"]["challenge"]))
        assert found
        value = {"node": "proof", "value": f"{found.counter}.{found.derived_key}"}
        went_on = await citizen.post(payload=f"/give_details{json.dumps(value, separators=(',', ':'))}")
        assert went_on.json()["replies"][-1]["node"] == "person"

    async def test_whence_a_message_comes_reaches_the_action_and_no_record(self, halls: TownHouse) -> None:
        origins: list[Origin] = []

        async def note(heard: Heard) -> None:
            turn = halls.house.hall.open_turns.find(heard["metadata"]["message_id"])
            origins.append(turn.context.origin if turn else NOWHERE)

        rasa = UnderstandingRasa(halls.house.hall, before=note)
        board = Switchboard(halls.house.hall, halls.records, halls.house.inbox, rasa.client())
        visitor = Visitor(httpx.AsyncClient(), 3).visitor_id
        await board.receive(CitizenMessage(visitor, halls.clock(), "我要预约借书证首次办理", origin=HERE))
        assert [origin.address_key for origin in origins] == ["here"]
        assert "here" not in str(rasa.heard)
        assert "here" not in halls.records.context_of(visitor).model_dump_json()
