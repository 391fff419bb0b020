"""A browser becomes hers: shown, scanned, typed. And hers alone."""

from __future__ import annotations

import base64
import re
import time
from typing import Any

import httpx
import pytest

from channels.limits import LINKS_A_MINUTE
from channels.own_page import COOKIE, PAGE_HEADER
from channels.wechat.api import OpenId
from channels.wechat.identity.linking import NOT_LINKED, PARTED, SCENE, TOO_LATE
from channels.wechat.identity.links import GOOD_FOR, MOST_TRIES
from server.wechat import OnWeChat
from service_hall.shared.ids import VisitorId
from tests.channels.callers import OWN_PAGE, Visitor
from tests.channels.web.conftest import Knock, refused
from tests.channels.wechat.identity.conftest import LI
from tests.standins.wechat import Fault, StandIn, posting
from tests.standins.wechat.__main__ import shown
from tests.standins.wechat.server import QR_CODE
from tests.town_house import TownHouse

LINK = "/api/wechat/link"
WANG = OpenId("openid-of-wang")
BOOKS = "约明天上午十点办借书证首次办理"


class Browser:
    """Her own page, which has a cookie and no token."""

    def __init__(self, http: httpx.AsyncClient, wechat: StandIn, account: OnWeChat) -> None:
        self.http, self._wechat, self._account = http, wechat, account

    async def ask(self, method: str, path: str, **more: Any) -> httpx.Response:
        return await self.http.request(method, path, headers={PAGE_HEADER: "1"}, **more)

    async def shows(self) -> str:
        """The scene of the code."""
        shown = await self.ask("POST", LINK)
        assert shown.status_code == 201, shown.text
        scene: str = self._wechat.of(QR_CODE)[-1].body["action_info"]["scene"]["scene_str"]
        return scene

    def is_scanned_by(self, openid: OpenId, scene: str) -> str:
        """The six digits that WeChat tells her."""
        told = self._account.linking.scanned(openid, scene)
        found = re.search(r"\d{6}", told)
        assert found, told
        return found[0]

    async def types(self, code: str) -> httpx.Response:
        return await self.ask("POST", f"{LINK}/code", json={"code": code})

    async def is_linked(self, openid: OpenId = LI) -> None:
        linked = await self.types(self.is_scanned_by(openid, await self.shows()))
        assert linked.status_code == 200, linked.text

    async def state(self) -> dict[str, bool]:
        found: dict[str, bool] = (await self.ask("GET", LINK)).json()
        return found

    async def appointments(self) -> list[str]:
        response = await self.ask("GET", "/api/appointments")
        return [each["code"] for each in response.json()["appointments"]] if response.is_success else []


@pytest.fixture
def browser(door: httpx.AsyncClient, wechat: StandIn, account: OnWeChat) -> Browser:
    door.base_url = httpx.URL("https://town.test")
    return Browser(door, wechat, account)


async def book(http: httpx.AsyncClient, browser: Browser, number: int) -> str:
    """With the browser's own visitor, made by its first question."""
    token = (await browser.ask("POST", "/api/chat/messages", json={"text": "您好"})).json()["visitor_token"]
    citizen = Visitor(http, number)
    citizen.headers = {"Authorization": f"Bearer {token}"}
    return await citizen.booked()


def statuses(halls: TownHouse, visitor_id: VisitorId) -> list[str]:
    return [each.status for each in halls.house.hall.means.ledger.read(lambda page: page.of_visitor(visitor_id))]


class TestWhoScansHerOwnPage:
    async def test_finds_all_her_bookings_on_both(
        self, browser: Browser, door: httpx.AsyncClient, li: VisitorId, account: OnWeChat, halls: TownHouse
    ) -> None:
        on_wechat = await Visitor(door, 2, li).booked()
        on_the_page = await book(door, browser, 3)
        assert await browser.appointments() == [on_the_page]
        await browser.is_linked()
        assert sorted(await browser.appointments()) == sorted([on_wechat, on_the_page])
        assert {each.code for each in halls.house.hall.appointments.visits_of(li)} == {on_wechat, on_the_page}
        assert await browser.state() == {"linked": True, "scanned": False}

    async def test_sees_a_code_that_a_telephone_reads(self, browser: Browser) -> None:
        shown = (await browser.ask("POST", LINK)).json()
        head, _, drawn = shown["qr"].partition(",")
        assert head == "data:image/svg+xml;base64" and b"<svg" in base64.b64decode(drawn)
        assert shown["url"].startswith("http://weixin.qq.com/q/")

    async def test_may_be_a_newcomer(self, browser: Browser, li: VisitorId, account: OnWeChat) -> None:
        assert await browser.state() == {"linked": False, "scanned": False}
        scene = await browser.shows()
        code = browser.is_scanned_by(LI, scene)
        assert await browser.state() == {"linked": False, "scanned": True}
        linked = await browser.types(f"{code[:3]} {code[3:]}")
        assert linked.json()["linked"] and COOKIE in linked.headers["set-cookie"]
        assert await browser.state() == {"linked": True, "scanned": False}

    async def test_the_token_from_before_goes_on(
        self, browser: Browser, door: httpx.AsyncClient, li: VisitorId
    ) -> None:
        """A program, or a second window, that knows no other."""
        token = (await browser.ask("POST", "/api/chat/messages", json={"text": "您好"})).json()["visitor_token"]
        on_wechat = await Visitor(door, 2, li).booked()
        await browser.is_linked()
        own = await door.get("/api/appointments", headers={"Authorization": f"Bearer {token}"})
        assert [each["code"] for each in own.json()["appointments"]] == [on_wechat]

    async def test_two_browsers_may_be_hers(
        self, browser: Browser, knock: Knock, halls: TownHouse, wechat: StandIn, account: OnWeChat, li: VisitorId
    ) -> None:
        second = Browser(knock(halls), wechat, account)
        second.http.base_url = httpx.URL("https://town.test")
        await browser.is_linked()
        await second.is_linked()
        assert (await second.state())["linked"] and (await browser.state())["linked"]


class TestWhatWasOpen:
    """A conversation that becomes another's ends, and holds nothing any more."""

    async def test_in_the_browser_gives_its_place_back(
        self, browser: Browser, li: VisitorId, account: OnWeChat, halls: TownHouse
    ) -> None:
        await browser.ask("POST", "/api/chat/messages", json={"text": BOOKS})
        await browser.is_linked()
        assert statuses(halls, li) == ["cancelled"]

    async def test_on_wechat_does_when_she_parts(
        self, browser: Browser, door: httpx.AsyncClient, account: OnWeChat, halls: TownHouse
    ) -> None:
        await browser.is_linked()
        post = posting.plain(posting.text(LI, BOOKS, 1, int(time.time())), int(time.time()))
        await door.post("/wechat", params=post.query, content=post.body, headers=post.headers)
        assert statuses(halls, account.people.visitor_of(LI, halls.clock())) == ["held"]
        await browser.ask("DELETE", LINK)
        assert statuses(halls, account.people.visitor_of(LI, halls.clock())) == ["cancelled"]


class TestWhatWeChatHandsIn:
    @pytest.mark.parametrize("event", ["SCAN", "subscribe"])
    async def test_a_scan_is_answered_with_the_code_once_and_a_copy_of_it_changes_nothing(
        self, browser: Browser, door: httpx.AsyncClient, event: str
    ) -> None:
        scene = await browser.shows()
        key = scene if event == "SCAN" else f"qrscene_{scene}"
        post = posting.safe(posting.event(LI, event, int(time.time()), key), int(time.time()))
        told = []
        for _ in range(3):
            answer = await door.post("/wechat", params=post.query, content=post.body, headers=post.headers)
            assert answer.status_code == 200
            told += re.findall(r"关联码是 (\d{6})", "".join(shown(answer.text)))
        assert len(told) == 1
        assert (await browser.types(told[0])).status_code == 200


class TestNobodyElse:
    async def test_who_scans_over_her_shoulder_has_nothing_of_it(
        self, browser: Browser, door: httpx.AsyncClient, account: OnWeChat, halls: TownHouse
    ) -> None:
        """His WeChat knows a code that only her page takes; the one that she was told counts no more."""
        booked = await book(door, browser, 3)
        scene = await browser.shows()
        told_to_her = browser.is_scanned_by(LI, scene)
        told_to_him = browser.is_scanned_by(WANG, scene)
        if told_to_her != told_to_him:
            refused(await browser.types(told_to_her), 409, "wrong_code")
        assert await browser.appointments() == [booked] and not (await browser.state())["linked"]
        wang = account.people.visitor_of(WANG, halls.clock())
        assert halls.house.hall.appointments.visits_of(wang) == []

    async def test_guessing_ends_after_five(self, browser: Browser) -> None:
        code = browser.is_scanned_by(LI, await browser.shows())
        wrong = "000000" if code != "000000" else "111111"
        for _ in range(MOST_TRIES - 1):
            refused(await browser.types(wrong), 409, "wrong_code")
        refused(await browser.types(wrong), 409, "expired")
        refused(await browser.types(code), 409, "expired")

    async def test_a_code_is_good_once_and_for_ten_minutes(self, browser: Browser, halls: TownHouse) -> None:
        scene = await browser.shows()
        code = browser.is_scanned_by(LI, scene)
        halls.clock.at += GOOD_FOR
        refused(await browser.types(code), 409, "expired")
        assert browser._account.linking.scanned(LI, scene) == TOO_LATE

    async def test_nothing_is_typed_before_it_is_scanned(self, browser: Browser) -> None:
        await browser.shows()
        refused(await browser.types("000000"), 409, "not_scanned")

    async def test_a_scene_of_something_else_is_left_to_others(self, account: OnWeChat) -> None:
        assert account.linking.scanned(LI, "office-town-hall") == ""
        assert account.linking.scanned(LI, f"{SCENE}of-nobody") == TOO_LATE

    async def test_a_browser_that_is_somebodys_offers_no_code(self, browser: Browser) -> None:
        await browser.is_linked()
        refused(await browser.ask("POST", LINK), 409, "already_linked")

    async def test_without_a_token_nothing_is_typed_or_parted(self, browser: Browser) -> None:
        refused(await browser.types("000000"), 401)
        refused(await browser.ask("DELETE", LINK), 401)


class TestParting:
    async def test_the_bookings_stay_on_wechat_and_no_browser_sees_them(
        self, browser: Browser, door: httpx.AsyncClient, li: VisitorId, account: OnWeChat, halls: TownHouse
    ) -> None:
        code = await book(door, browser, 3)
        await browser.is_linked()
        parted = await browser.ask("DELETE", LINK)
        assert parted.json()["linked"] is False
        assert await browser.appointments() == [] and not (await browser.state())["linked"]
        now_hers = account.people.visitor_of(LI, halls.clock())
        assert [each.code for each in halls.house.hall.appointments.visits_of(now_hers)] == [code]
        refused(await Visitor(door, 2, li).ask("GET"), 401, "invalid_token")

    async def test_she_parts_from_wechat_too(
        self, browser: Browser, door: httpx.AsyncClient, account: OnWeChat, halls: TownHouse
    ) -> None:
        """Of a computer that she has lost."""
        code = await book(door, browser, 3)
        await browser.is_linked()
        told = list[str]()
        for number in (1, 1, 2):  # the second one is a copy
            post = posting.plain(posting.text(LI, "解除关联", number, int(time.time())), int(time.time()))
            answer = await door.post("/wechat", params=post.query, content=post.body, headers=post.headers)
            told += shown(answer.text)
        assert told == [PARTED, NOT_LINKED]
        assert await browser.appointments() == []
        now_hers = account.people.visitor_of(LI, halls.clock())
        assert [each.code for each in halls.house.hall.appointments.visits_of(now_hers)] == [code]

    async def test_who_is_linked_to_nothing_cannot_part(self, browser: Browser) -> None:
        await browser.shows()
        refused(await browser.ask("DELETE", LINK), 409, "not_linked")

    async def test_whoever_deletes_all_is_somebody_new_on_wechat_too(
        self, browser: Browser, account: OnWeChat, li: VisitorId, halls: TownHouse
    ) -> None:
        await browser.is_linked()
        assert (await browser.ask("DELETE", "/api/visitor")).status_code == 200
        assert account.people.visitor_of(LI, halls.clock()) != li


class TestWhereWeChatDoesNot:
    async def test_an_address_has_so_many_codes_a_minute_however_many_newcomers_it_is(
        self, browser: Browser, wechat: StandIn
    ) -> None:
        for _ in range(LINKS_A_MINUTE):
            await browser.shows()
            browser.http.cookies.clear()
        answer = await browser.ask("POST", LINK)
        refused(answer, 429, "too_many_requests")
        assert len(wechat.of(QR_CODE)) == LINKS_A_MINUTE and int(answer.headers["retry-after"]) > 0

    async def test_an_account_that_may_not_make_codes_says_so(self, browser: Browser, wechat: StandIn) -> None:
        wechat.order(QR_CODE, 48001)
        refused(await browser.ask("POST", LINK), 409, "not_possible")

    async def test_no_answer_is_told_with_when_to_come_again(self, browser: Browser, wechat: StandIn) -> None:
        wechat.order(QR_CODE, Fault("bad_json"))
        answer = await browser.ask("POST", LINK)
        refused(answer, 503, "unavailable")
        assert int(answer.headers["retry-after"]) > 0

    async def test_a_hall_without_an_account_has_no_such_door(self, turned_away: Visitor) -> None:
        assert (await turned_away.http.get(LINK, headers=OWN_PAGE)).status_code == 404
