"""关联微信 on her own page: shown, scanned, typed, parted; a hall without an account does not offer it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from channels.wechat.api import OpenId
from server.app import make_app
from server.wechat import OnWeChat
from tests.standins.wechat import StandIn, standing_in
from tests.standins.wechat.account import settings_of
from tests.standins.wechat.server import QR_CODE, serving
from tests.town_house import SharedHallShelf, TownHouse

LI = OpenId("openid-of-li")


@dataclass
class Town:
    url: str
    wechat: StandIn
    account: OnWeChat

    def scan(self) -> str:
        """What WeChat tells her."""
        [call] = self.wechat.wait_for(QR_CODE)
        told = self.account.linking.scanned(LI, call.body["action_info"]["scene"]["scene_str"])
        [digits] = re.findall(r"\d{6}", told)
        return str(digits)


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Town]:
    with standing_in() as wechat:
        halls = TownHouse(tmp_path, shelf=SharedHallShelf, **settings_of(wechat.url))
        assert halls.house.wechat
        with serving(make_app(halls.house)) as url:
            yield Town(url, wechat, halls.house.wechat)


@pytest.fixture
def tab(browser: Browser, town: Town) -> Iterator[Page]:
    context = browser.new_context(base_url=town.url, locale="zh-CN", reduced_motion="reduce")
    page = context.new_page()
    page.goto("/chat")
    page.get_by_role("button", name="我的预约").click()
    yield page
    context.close()


def test_she_scans_types_and_parts_again(town: Town, tab: Page) -> None:
    tab.get_by_role("button", name="关联微信").click()
    expect(tab.get_by_alt_text("用微信扫的二维码")).to_be_visible()
    field = tab.get_by_label("关联码")
    field.fill("000000")
    tab.get_by_role("button", name="关联", exact=True).click()
    expect(tab.get_by_role("status").filter(has_text="还没有扫码")).to_be_visible()
    field.fill(town.scan())
    with tab.expect_navigation():
        tab.get_by_role("button", name="关联", exact=True).click()
    tab.get_by_role("button", name="我的预约").click()
    expect(tab.get_by_text("已关联微信")).to_be_visible()
    tab.get_by_role("button", name="解除关联").click()
    expect(tab.get_by_text("确定吗")).to_be_focused()
    with tab.expect_navigation():
        tab.get_by_role("button", name="解除关联").press("Enter")
    tab.get_by_role("button", name="我的预约").click()
    expect(tab.get_by_role("button", name="关联微信")).to_be_visible()


def test_what_wechat_does_not_answer_is_said(town: Town, tab: Page) -> None:
    town.wechat.order(QR_CODE, 48001)
    tab.get_by_role("button", name="关联微信").click()
    expect(tab.get_by_role("status").filter(has_text="还不能扫码关联")).to_be_visible()


def test_a_hall_without_an_account_does_not_offer_it(browser: Browser, tmp_path: Path) -> None:
    with serving(make_app(TownHouse(tmp_path, shelf=SharedHallShelf).house)) as url:
        context = browser.new_context(base_url=url, locale="zh-CN")
        page = context.new_page()
        page.goto("/chat")
        page.get_by_role("button", name="我的预约").click()
        expect(page.get_by_role("dialog").get_by_role("button", name="预约")).to_be_visible()
        expect(page.get_by_role("button", name="关联微信")).to_have_count(0)
        context.close()
