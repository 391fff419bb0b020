"""The visitor's own conversation: a page goes on from it, in a second window too, and it can be forgotten."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from service_hall.conversation.reply import NoticeReply
from service_hall.shared.ids import VisitorId
from tests.channels.web.conftest import Citizen, Knock, refused, visitor_of
from tests.town_house import TownHouse

MESSAGES = "/api/chat/messages"
QUESTION = "借书证丢了怎么补办"
IDENTITY = "110101199003078515"


async def read(citizen: Citizen, **asked: Any) -> dict[str, Any]:
    response = await citizen.http.get(MESSAGES, headers=citizen.headers, params=asked)
    assert response.status_code == 200, response.text
    assert response.headers["cache-control"] == "no-store"
    body: dict[str, Any] = response.json()
    return body


async def test_it_is_what_was_said_the_newest_last(town_house: TownHouse, citizen: Citizen) -> None:
    answered = await citizen.say(f"{QUESTION}，我的号码是{IDENTITY}")
    notice = NoticeReply(text="系统今晚维护。", kind="maintenance")
    number = town_house.records.push(visitor_of(citizen.token), notice, town_house.clock())
    body = await read(citizen)
    said, reply, told = body["messages"]
    assert said["who"] == "citizen" and QUESTION in said["text"] and IDENTITY not in said["text"]
    assert (reply["who"], reply["reply"]) == ("assistant", answered["replies"][0])
    assert said["message_id"] == reply["message_id"] == answered["message_id"]
    assert (told["who"], told["id"], told["message_id"]) == ("notice", number, None)
    assert told["reply"] == notice.model_dump(mode="json")
    assert {each["door"] for each in body["messages"]} == {"web"} and not body["earlier"]
    assert said["at"].endswith("+08:00")


async def test_what_was_tapped_is_told_by_its_label(citizen: Citizen) -> None:
    suggestion = (await citizen.say(QUESTION))["replies"][0]["suggestions"][0]
    await citizen.post(payload=suggestion["payload"])
    tapped = (await read(citizen))["messages"][2]
    assert (tapped["text"], tapped["payload"]) == (suggestion["label"], suggestion["payload"])
    # Where it was offered need not be among those that are asked for.
    assert (await read(citizen, limit=2))["messages"][0] == tapped


async def test_it_is_read_page_by_page(citizen: Citizen) -> None:
    for number in range(3):
        await citizen.say(f"你好 {number}")
    whole = (await read(citizen))["messages"]
    pages: list[Any] = []
    asked: dict[str, Any] = {"limit": 4}
    while True:
        body = await read(citizen, **asked)
        pages = body["messages"] + pages
        if not body["earlier"]:
            break
        asked["before"] = body["messages"][0]["id"]
    assert pages == whole and len(whole) == 6


async def test_nobody_reads_anothers(citizen: Citizen) -> None:
    other = Citizen(citizen.http)
    await citizen.say(QUESTION)
    await other.say("你好")
    mine = (await read(citizen))["messages"]
    assert QUESTION not in str(await read(other))
    assert (await read(other, before=mine[-1]["id"]))["messages"] == []


@pytest.mark.parametrize("method", ["GET", "DELETE"])
async def test_a_stranger_has_none(http: httpx.AsyncClient, method: str) -> None:
    refused(await http.request(method, MESSAGES), 401, "invalid_token")
    refused(await http.request(method, MESSAGES, headers={"Authorization": "Bearer x"}), 401, "invalid_token")


@pytest.mark.parametrize("asked", [{"limit": 0}, {"limit": 101}, {"limit": "x"}, {"before": -1}, {"before": "x"}])
async def test_what_cannot_be_asked_is_refused(citizen: Citizen, asked: dict[str, Any]) -> None:
    await citizen.say("你好")
    refused(await citizen.http.get(MESSAGES, headers=citizen.headers, params=asked), 422, "invalid_input")


async def test_reading_counts_against_the_visitor(tmp_path: Any, knock: Knock) -> None:
    citizen = Citizen(knock(TownHouse(tmp_path, rate_per_visitor=3)))
    await citizen.say("你好")
    for _ in range(2):
        await read(citizen)
    refused(await citizen.http.get(MESSAGES, headers=citizen.headers), 429, "too_many_requests")


class TestForgetting:
    async def forget(self, citizen: Citizen) -> None:
        response = await citizen.http.delete(MESSAGES, headers=citizen.headers)
        assert (response.status_code, response.content) == (204, b"")

    async def test_nothing_of_it_is_left_and_the_visitor_stays(self, town_house: TownHouse, citizen: Citizen) -> None:
        await citizen.say(QUESTION)
        visitor = visitor_of(citizen.token)
        for _ in range(2):
            await self.forget(citizen)
        assert (await read(citizen)) == {"messages": [], "earlier": False}
        # 那 leans on nothing any more.
        assert (await citizen.say("那要多少钱"))["outcome"] == "clarify"
        assert visitor_of(citizen.token) == visitor

    async def test_a_place_that_was_held_is_free_again(
        self, halls: TownHouse, knock: Knock, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        citizen = Citizen(knock(halls))
        asked = await citizen.say("我叫欧阳锦瑟，明天九点办借书证首次办理，帮我约一下")
        assert asked["outcome"] == "asking" and held_by(halls, visitor_of(citizen.token)) == ["held"]
        await self.forget(citizen)
        assert held_by(halls, visitor_of(citizen.token)) == ["cancelled"]

    async def test_another_visitors_stays(self, citizen: Citizen) -> None:
        other = Citizen(citizen.http)
        for each in (citizen, other):
            await each.say(QUESTION)
        await self.forget(citizen)
        assert len((await read(other))["messages"]) == 2


def held_by(halls: TownHouse, visitor_id: VisitorId) -> list[str]:
    visits = halls.house.hall.means.ledger.read(lambda page: page.of_visitor(visitor_id))
    return [visit.status.value for visit in visits]
