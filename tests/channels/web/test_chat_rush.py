"""`/api/chat/messages` in a rush: more at once than can be answered at once."""

from __future__ import annotations

import asyncio
from typing import Any

import httpx
import pytest

from channels.switchboard.lines import COME_AGAIN_SECONDS, MOST_OF_A_VISITOR
from channels.waiting_line import WaitingLine
from tests.channels.web.conftest import Citizen, refused, visitor_of
from tests.town_house import TownHouse

MESSAGES = "/api/chat/messages"
QUESTION = "借书证丢了怎么补办"


class TestTooBusy:
    async def test_a_full_hall_asks_to_come_again_and_keeps_nothing(
        self, town_house: TownHouse, citizen: Citizen, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        await citizen.say("你好")
        monkeypatch.setattr(WaitingLine, "is_full", True)
        response = await citizen.post(text="借书证丢了怎么补办")
        refused(response, 503, "busy")
        low, high = COME_AGAIN_SECONDS
        assert low <= int(response.headers["retry-after"]) <= high
        assert f"{response.headers['retry-after']}秒" in response.json()["message"]
        monkeypatch.undo()
        assert (await citizen.say("借书证丢了怎么补办"))["outcome"] == "answered"
        assert len(town_house.records.turns_of(visitor_of(citizen.token))) == 2

    async def test_a_visitor_whose_earlier_messages_are_too_many_is_asked_to_wait(
        self, town_house: TownHouse, citizen: Citizen
    ) -> None:
        await citizen.say("你好")
        town_house.rasa.before = hold_for_ever
        flood = [asyncio.create_task(citizen.post(text=f"借书证丢了 {n}")) for n in range(MOST_OF_A_VISITOR + 2)]
        done, waiting = await asyncio.wait(flood, return_when=asyncio.FIRST_COMPLETED)
        for task in done:
            refused(task.result(), 429, "earlier_still_open")
            assert int(task.result().headers["retry-after"]) >= 1
        for task in waiting:
            task.cancel()


async def hold_for_ever(_: Any) -> None:
    await asyncio.Event().wait()


class TestManyAtOnce:
    async def test_twenty_messages_of_one_visitor_are_all_answered_and_recorded(
        self, town_house: TownHouse, citizen: Citizen
    ) -> None:
        await citizen.say("你好")
        responses = await asyncio.gather(*(citizen.post(text=f"借书证丢了怎么补办 {n}") for n in range(20)))
        assert {response.status_code for response in responses} == {200}
        assert all(response.json()["replies"] for response in responses)
        ids = {response.json()["message_id"] for response in responses}
        turns = town_house.records.turns_of(visitor_of(citizen.token))
        assert len(ids) == 20
        assert ids <= {turn.message_id for turn in turns}
        assert {turn.said for turn in turns} == {"你好", *(f"借书证丢了怎么补办 {n}" for n in range(20))}

    async def test_thirty_strangers_at_once_are_all_answered(self, http: httpx.AsyncClient) -> None:
        responses = await asyncio.gather(*(http.post(MESSAGES, json={"text": QUESTION}) for _ in range(30)))
        assert {response.json()["outcome"] for response in responses} == {"answered"}
        assert len({response.json()["visitor_token"] for response in responses}) == 30
