"""`client_message_id`: what is sent again is the same message."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.channels.web.conftest import Citizen, Knock, refused, visitor_of
from tests.town_house import TownHouse

QUESTION = "借书证丢了怎么补办"


async def test_it_gets_the_same_answer(town_house: TownHouse, citizen: Citizen) -> None:
    await citizen.say("你好")
    first = await citizen.say(QUESTION, client_message_id="a-1_z")
    again = await citizen.say(QUESTION, client_message_id="a-1_z")
    assert {**again, "visitor_token": ""} == {**first, "visitor_token": ""}
    assert len(town_house.records.turns_of(visitor_of(citizen.token))) == 2


async def test_another_id_is_another_message(citizen: Citizen) -> None:
    await citizen.say("你好")
    ids = {(await citizen.say(QUESTION, client_message_id=str(number)))["message_id"] for number in range(3)}
    assert len(ids) == 3


async def test_it_is_bound_to_its_visitor(town_house: TownHouse, citizen: Citizen) -> None:
    other = Citizen(citizen.http)
    for each in (citizen, other):
        await each.say("你好")
    mine = await citizen.say(QUESTION, client_message_id="1")
    theirs = await other.say("养狗证怎么办", client_message_id="1")
    assert mine["message_id"] != theirs["message_id"]
    assert theirs["replies"][0]["guide_id"] == "dog-register"


async def test_it_does_not_count_against_the_visitor(tmp_path: Any, knock: Knock) -> None:
    citizen = Citizen(knock(TownHouse(tmp_path, rate_per_visitor=2)))
    await citizen.say("你好")
    for _ in range(5):
        await citizen.say(QUESTION, client_message_id="1")
    refused(await citizen.post(text=QUESTION, client_message_id="2"), 429, "too_many_requests")
    # What was refused was not taken: in a while it may be sent again. What was answered still is.
    assert (await citizen.say(QUESTION, client_message_id="1"))["outcome"] == "answered"


async def test_what_the_writer_saw_whole_is_seen_again(halls: TownHouse, knock: Knock) -> None:
    citizen = Citizen(knock(halls))
    for text in ("我叫欧阳锦瑟，明天九点办借书证首次办理，帮我约一下", "13912345678"):
        await citizen.say(text)
    first = await citizen.say("跳过", client_message_id="1")
    assert first["replies"][-1]["private"]["name"] == "欧阳锦瑟"
    assert (await citizen.say("跳过", client_message_id="1"))["replies"] == first["replies"]


async def test_null_is_no_id(citizen: Citizen) -> None:
    ids = {(await citizen.say(QUESTION, client_message_id=None))["message_id"] for _ in range(2)}
    assert len(ids) == 2


@pytest.mark.parametrize("bad", ["A", "a b", "中", "a" * 65, "a\n", "\ud800", 7, ["a"]])
async def test_what_is_no_id_is_refused(town_house: TownHouse, citizen: Citizen, bad: object) -> None:
    response = await citizen.http.post(
        "/api/chat/messages",
        content=json.dumps({"text": QUESTION, "client_message_id": bad}),
        headers={"Content-Type": "application/json"},
    )
    refused(response, 422, "invalid_input")
    assert town_house.rasa.heard == []
