"""Fair limits: below an address's limit nobody is refused, above it those who were here before go on."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest

from channels.limits import KNOWN_VISITORS_SHARE
from channels.visitors import VisitorDesk
from service_hall.shared.ids import new_visitor_id
from tests.channels.callers import Clerk
from tests.channels.web.conftest import Citizen, Knock, refused
from tests.fakes import TOWN_HALL
from tests.town_house import SECRET, SharedHallShelf, TownHouse

LIMIT = 12
HALL = "192.0.2.1"


class Address:
    """One address at which many speak."""

    def __init__(self, town: TownHouse, knock: Knock, host: str = HALL) -> None:
        self.town, self._knock, self._host = town, knock, host

    def somebody(self) -> Citizen:
        return Citizen(self._knock(self.town, address=self._host))

    async def fill(self) -> None:
        """Until it is over its limit: a rush begins."""
        http = self.somebody().http
        while (await http.get("/api/knowledge/suggest", params={"prefix": "借"})).is_success:
            pass

    def later(self, **much: float) -> None:
        self.town.clock.at += timedelta(**much)


@pytest.fixture
def address(tmp_path: Path, knock: Knock) -> Address:
    return Address(TownHouse(tmp_path, shelf=SharedHallShelf, rate_per_address=LIMIT, rate_per_visitor=4), knock)


async def test_below_the_limit_no_first_message_is_refused(address: Address) -> None:
    for _ in range(LIMIT):
        await address.somebody().say("你好")
    refused(await address.somebody().post(text="你好"), 429, "too_many_requests")


async def test_the_sentence_blames_nobody_and_says_when_to_come_back(address: Address) -> None:
    await address.fill()
    response = await address.somebody().post(text="你好")
    seconds = int(response.headers["retry-after"])
    assert response.json()["message"] == f"现在来办事的人很多，请过{seconds}秒再试。"


async def test_above_the_limit_a_visitor_known_before_goes_on(address: Address) -> None:
    regular = address.somebody()
    await regular.say("你好")
    address.later(seconds=30)
    await address.fill()
    refused(await address.somebody().post(text="你好"), 429)
    for _ in range(2):  # renewed with every answer, and known all the same
        await regular.say("借书证丢了怎么补办")


async def test_a_token_of_the_rush_itself_opens_nothing(address: Address) -> None:
    await address.fill()
    address.later(seconds=30)
    newcomer = address.somebody()
    newcomer.token = VisitorDesk(SECRET, clock=lambda: address.town.clock().timestamp()).token_for(new_visitor_id())
    refused(await newcomer.post(text="你好"), 429)


async def test_a_forged_token_opens_nothing_and_is_not_told_apart(address: Address) -> None:
    await address.fill()
    forger = address.somebody()
    forger.token = "v_forged.c2lnbmF0dXJl"
    refused(await forger.post(text="你好"), 429, "too_many_requests")


async def test_one_who_is_known_does_not_take_what_is_for_all_who_are(address: Address) -> None:
    regular, other = address.somebody(), address.somebody()
    for each in (regular, other):
        await each.say("你好")
    address.later(seconds=30)
    await address.fill()
    asked = [await regular.http.get("/api/appointments", headers=regular.headers) for _ in range(LIMIT)]
    assert [each.status_code for each in asked].count(200) == KNOWN_VISITORS_SHARE * 4
    await other.say("你好")


async def test_tokens_collected_beforehand_open_no_more_than_once_the_limit(address: Address) -> None:
    desk = VisitorDesk(SECRET, clock=lambda: address.town.clock().timestamp())
    collected = [desk.token_for(new_visitor_id()) for _ in range(5 * LIMIT)]
    address.later(seconds=30)
    await address.fill()
    http = address.somebody().http
    asked = [await http.get("/api/appointments", headers={"Authorization": f"Bearer {each}"}) for each in collected]
    assert [each.status_code for each in asked].count(200) == LIMIT


async def test_another_address_is_not_held_up(address: Address, knock: Knock) -> None:
    await address.fill()
    await Address(address.town, knock, "192.0.2.2").somebody().say("你好")


async def test_a_house_on_ipv6_is_one_address(tmp_path: Path, knock: Knock) -> None:
    town = TownHouse(tmp_path, rate_per_address=2)
    for number in (1, 2):
        await Address(town, knock, f"2001:db8:1:2::{number}").somebody().say("你好")
    refused(await Address(town, knock, "2001:db8:1:2:ffff::3").somebody().post(text="你好"), 429)
    await Address(town, knock, "2001:db8:1:3::1").somebody().say("你好")


JSON = {"Content-Type": "application/json"}


@pytest.mark.parametrize(
    ("status", "method", "path", "more"),
    [
        (400, "POST", "/api/chat/messages", {"content": b"{", "headers": JSON}),
        (415, "POST", "/api/chat/messages", {"content": b"x"}),
        (413, "POST", "/api/chat/messages", {"content": b"x" * 20_000, "headers": JSON}),
        (422, "POST", "/api/chat/messages", {"json": {}}),
        (401, "GET", "/api/appointments", {}),
        (401, "GET", "/api/chat/stream", {}),
        (401, "GET", "/api/counter/me", {}),
        (400, "POST", "/api/counter/login", {"content": b"{", "headers": JSON}),
        (404, "GET", "/api/nowhere", {}),
        (405, "PATCH", "/api/chat/messages", {}),
        (404, "GET", f"/api/kiosk/{TOWN_HALL}x", {}),
        (401, "POST", "/api/chat/feedback", {"json": {"answer_id": "a_1", "useful": True}}),
    ],
)
async def test_what_is_refused_counts_too(
    address: Address, status: int, method: str, path: str, more: dict[str, Any]
) -> None:
    http = address.somebody().http
    statuses = [(await http.request(method, path, **more)).status_code for _ in range(LIMIT + 1)]
    assert statuses == [status] * LIMIT + [429]


async def test_whoever_works_here_is_neither_counted_nor_refused(address: Address, knock: Knock) -> None:
    clerk = Clerk(knock(address.town, address=HALL)).signed_in(address.town)
    for _ in range(2 * LIMIT):
        await clerk.did("GET", "/1")
    for _ in range(LIMIT):
        await address.somebody().say("你好")
    refused(await address.somebody().post(text="你好"), 429)
    await clerk.did("GET", "/1")


async def test_a_rush_that_is_over_is_over(address: Address) -> None:
    """Whoever came in a rush is known in the next one."""
    await address.fill()
    address.later(minutes=5)
    desk = VisitorDesk(SECRET, clock=lambda: address.town.clock().timestamp())
    met = address.somebody()
    met.token = desk.token_for(new_visitor_id())
    address.later(minutes=5)
    await met.say("你好")


async def test_pages_and_their_files_are_not_counted(address: Address) -> None:
    await address.fill()
    http: httpx.AsyncClient = address.somebody().http
    for path in ("/", "/static/icon.svg", "/healthz"):
        assert (await http.get(path)).status_code == 200
