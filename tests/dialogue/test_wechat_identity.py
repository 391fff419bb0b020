"""One person on WeChat and on the web, before the real service and over real HTTP."""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from channels.own_page import COOKIE, PAGE_HEADER
from channels.wechat.identity.linking import NOT_LINKED, PARTED
from tests.dialogue.on_wechat import OnWeChat
from tests.standins.wechat.server import QR_CODE

pytestmark = pytest.mark.rasa
LINK = "/api/wechat/link"
GUIDE = "id-card-lost"


class Browser:
    """One of our pages: it has a cookie, or none yet."""

    def __init__(self, url: str) -> None:
        self.http = httpx.Client(base_url=url, timeout=30, trust_env=False, headers={PAGE_HEADER: "1"})

    def opens_from_wechat(self, code: str) -> httpx.Response:
        """What she sees when WeChat has sent her back with that code."""
        in_wechat = {"User-Agent": "Mozilla/5.0 (iPhone) MicroMessenger/8.0.50"}
        sent = self.http.get("/wechat/enter", params={"to": "/?panel=visits"}, headers=in_wechat)
        [state] = parse_qs(urlsplit(sent.headers["location"]).query)["state"]
        return self.http.get("/wechat/enter/back", params={"code": code, "state": state}, headers=in_wechat)

    def book(self) -> str:
        self.http.post("/api/chat/messages", json={"text": "您好"}).raise_for_status()
        booked = self.try_to_book()
        assert booked.status_code == 201, booked.text
        return str(booked.json()["code"])

    def try_to_book(self) -> httpx.Response:
        offices = self.http.get("/api/offices", params={"guide_id": GUIDE}).json()["offices"]
        where = {"guide_id": GUIDE, "office_id": next(each["office_id"] for each in offices if each["bookable"])}
        openings = self.http.get("/api/appointments/openings", params=where).json()["openings"]
        phone = f"139{secrets.randbelow(10**8):08d}"
        body = {**where, "starts_at": openings[-1]["starts_at"], "name": "李晓梅", "phone": phone}
        return self.http.post("/api/appointments", json=body, headers={"Idempotency-Key": phone})

    def codes(self) -> set[str]:
        own = self.http.get("/api/appointments")
        return {each["code"] for each in own.json()["appointments"]} if own.is_success else set()

    def is_linked_to(self, li: OnWeChat) -> None:
        assert self.http.post(LINK).status_code == 201
        scene = li.wechat.of(QR_CODE)[-1].body["action_info"]["scene"]["scene_str"]
        found = re.search(r"\d{6}", li.event("SCAN", scene, Ticket="t"))
        assert found
        linked = self.http.post(f"{LINK}/code", json={"code": found[0]})
        assert linked.status_code == 200, linked.text


@pytest.fixture
def browser(running_service: str) -> Iterator[Browser]:
    browser = Browser(running_service)
    yield browser
    browser.http.close()


def codes_on_wechat(li: OnWeChat) -> set[str]:
    told = li.hand_in(li.text("我的预约"))
    return {code.replace(" ", "") for code in re.findall(r"预约码：([A-Z0-9 ]+)", told)}


def test_a_page_opened_from_wechat_knows_who_she_is(li: OnWeChat, browser: Browser) -> None:
    li.book()
    li.wechat.answers.person("code-1", li.openid)
    came = browser.opens_from_wechat("code-1")
    assert (came.status_code, came.headers["location"]) == (302, "/?panel=visits")
    assert browser.codes() == codes_on_wechat(li) != set()


def test_a_snapshot_user_is_nobody_and_does_not_book(li: OnWeChat, browser: Browser) -> None:
    li.wechat.answers.person("code-1", "made-up", is_snapshot=True)
    came = browser.opens_from_wechat("code-1")
    assert came.status_code == 200 and "还不能预约" in came.text
    assert COOKIE not in browser.http.cookies and browser.try_to_book().status_code == 401


@pytest.mark.parametrize("parts_on_wechat", [True, False])
def test_a_browser_becomes_hers_by_scanning_and_is_nobodys_after_parting(
    li: OnWeChat, browser: Browser, parts_on_wechat: bool
) -> None:
    li.book()
    on_wechat, on_the_web = codes_on_wechat(li), browser.book()
    assert browser.codes() == {on_the_web}
    browser.is_linked_to(li)
    assert browser.codes() == codes_on_wechat(li) == on_wechat | {on_the_web}
    if parts_on_wechat:
        assert li.hand_in(li.text("解除关联")) == PARTED
        assert li.hand_in(li.text("解除关联")) == NOT_LINKED
    else:
        assert browser.http.delete(LINK).json()["linked"] is False
    assert browser.codes() == set()
    assert codes_on_wechat(li) == on_wechat | {on_the_web}
